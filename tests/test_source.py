"""How a text of the report is split, and what verify says of a text that differs."""

import hashlib
import re

import pandas as pd
import pytest

from briefing.sources.agreement import verify
from briefing.sources.source import Paragraph, SourceError, lines, numerals, split, symbol

# An invented text in the report's form: pages cut lines, footnotes interrupt paragraphs.
TEXT = """ 第一届会议

 摘要

 本文共有 3 段，另有一

个方框。

__________________


*
  一. 导言


1. 第一段花费 1 500

万美元，
1
 另有约 20 个

__________________


1
 见www.example.org/notes.pdf。
 办事处。

2. 2011 年的第二段有 2 084 名

代表。



方框的标题

 方框第一段有 6 项。

 方框第二段一直延续到下
 一页。

 * 方框的注释。

  二. 结论

3. 第三段。
"""
EXPECTED = {
    "summary": "本文共有3段，另有一个方框。",
    "1": "第一段花费1500万美元，另有约20个办事处。",
    "fn-1": "见www.example.org/notes.pdf。",
    "2": "2011年的第二段有2084名代表。",
    "box-1": "方框第一段有6项。",
    "box-2": "方框第二段一直延续到下一页。",
    "box-note": "方框的注释。",
    "3": "第三段。",
}
SECTIONS = {"summary": "摘要", "I": "导言", "I.box": "方框的标题", "II": "结论"}


def section_of(name: str) -> str:
    return {"summary": "summary", "3": "II"}.get(name, "I.box" if "box" in name else "I")


def recorded(printed: str = "2084名代表") -> dict[str, pd.DataFrame]:
    paragraphs = [
        {
            "paragraph_id": name,
            "section_id": section_of(name),
            "characters": len(text),
            "sha256": hashlib.sha256(text.encode()).hexdigest(),
        }
        for name, text in EXPECTED.items()
    ]
    figures = [{"figure_id": "delegates", "paragraph_id": "2", "printed": printed}]
    errata = [{"erratum_id": "offices", "paragraph_id": "1", "printed": "约20个"}]
    numerals_ = [
        {"paragraph_id": n.paragraph_id, "position": n.position, "printed": n.printed}
        for name, text in EXPECTED.items()
        for n in numerals(Paragraph(name, text))
    ]
    sections = [
        {"section_id": name, "order": n, "title_zh": title}
        for n, (name, title) in enumerate(SECTIONS.items(), start=1)
    ]
    rows = {
        "paragraphs": paragraphs,
        "sections": sections,
        "figures": figures,
        "events": [{"event_id": "day", "paragraph_id": "2", "printed": "2011年"}],
        "terms": [{"term_id": "office", "paragraph_id": "1", "printed": "办事处"}],
        "errata": errata,
        "numerals": numerals_,
    }
    return {name: pd.DataFrame(table) for name, table in rows.items()}


LOOSE = "stands in no paragraph or heading recorded, expected none but these"


def test_the_text_is_split_into_its_paragraphs() -> None:
    assert {p.paragraph_id: p.text for p in split(TEXT)} == EXPECTED


def test_a_paragraph_has_the_hash_of_its_text() -> None:
    assert Paragraph("1", "第三段。").sha256 == hashlib.sha256("第三段。".encode()).hexdigest()


def test_the_text_recorded_agrees_with_itself() -> None:
    assert verify(TEXT, recorded()) == []


def test_a_changed_digit_is_told_with_its_paragraph() -> None:
    faults = verify(TEXT.replace("2 084", "2 085"), recorded())
    assert faults == [
        "paragraph 2: the text differs from the one recorded (18 characters, 18 recorded)",
        "paragraph 2, numeral 3: the text has 2085名, recorded is 2084名",
        "figures.csv, delegates: 2084名代表 is not printed in paragraph 2",
    ]


def test_a_printed_form_that_is_not_in_the_text_is_told() -> None:
    faults = verify(TEXT, recorded(printed="2048名代表"))
    assert faults == ["figures.csv, delegates: 2048名代表 is not printed in paragraph 2"]


def test_a_paragraph_is_found_though_its_number_is_lost() -> None:
    assert verify(TEXT.replace("2. 2011", "2011"), recorded()) == []
    faults = verify(TEXT.replace("2. 2011", "2012"), recorded())
    assert faults == [
        "paragraph 2: not in the text",
        f"line 29: '2012年的第二段有2084名代表。' {LOOSE}",
    ]


@pytest.mark.parametrize(("lost", "is_paragraph"), [(9, True), (10, False)])
def test_so_many_paragraph_numbers_may_be_lost_in_a_row(lost: int, is_paragraph: bool) -> None:
    """A number that is further off is one of a list, not of a paragraph."""
    found = split(f"一. 导言\n1. 第一段。\n{lost + 2}. 下一段。\n")
    assert [p.paragraph_id for p in found] == ["1", *([str(lost + 2)] if is_paragraph else [])]


def test_chapters_are_numbered_as_in_the_report_and_beyond_twelve_as_printed() -> None:
    printed = ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二", "十三"]
    text = "".join(f"{name}. 章\n{n}. 一段。\n" for n, name in enumerate(printed, start=1))
    roman = ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "十三"]
    assert list(dict.fromkeys(line.section_id for line in lines(text))) == roman


CENSUS = {
    "第64/289号决议第56段": ["document 64/289号", "paragraph_ref 56段"],
    "2011年7月1日在45个国家": ["date 2011年", "date 7月", "date 1日", "figure 45个"],
    "3月18日至22日": ["date 3月", "date 18日", "date 22日"],
    "6月20至22日": ["date 6月", "date 20", "date 22日"],
    "2012-2013两年期预算1.408亿美元": ["year 2012-2013", "idiom 两年期", "figure 1.408亿美元"],
    "第五十六届会议": ["ordinal 五十六届"],
    "第一份报告，第二，首批": ["ordinal 一份", "ordinal 二"],
    "全系统一致，统一的，进一步": ["idiom 一致", "idiom 统一", "idiom 进一步"],
    "过去一年，未来一年，2012年下半年": ["date 一年", "date 一年", "year 2012年", "date 下半年"],
    "从40%提高，330万独特，这一举措": ["figure 40%", "figure 330万", "idiom 这一"],
    "(A/66/6(Sect.17))第44至46段": [
        "document A/66/6(Sect.17)",
        "paragraph_ref 44",
        "paragraph_ref 46段",
    ],
    "数千次，近100条，大约三分之一": ["figure 数千次", "figure 100条", "figure 三分之一"],
    "见www.un.org/a2.pdf。东42街220号": [
        "address www.un.org/a2.pdf",
        "address 42街",
        "address 220号",
    ],
    "一致努力，十分积极，8个“一体行动”": [
        "idiom 一致",
        "idiom 十分",
        "figure 8个",
        "name 一体",
    ],
    "“#CSW56”标签，H4+，千年发展目标": [
        "name #CSW56",
        "name H4+",
        "name 千年",
    ],
}


@pytest.mark.parametrize(("text", "expected"), CENSUS.items())
def test_every_numeral_is_found_and_its_class_guessed(text: str, expected: list[str]) -> None:
    found = numerals(Paragraph("1", text))
    assert [f"{numeral.guess} {numeral.printed}" for numeral in found] == expected
    assert [numeral.position for numeral in found] == list(range(1, len(found) + 1))


def test_missing_and_additional_paragraphs_are_told() -> None:
    assert "paragraph 3: not in the text" in verify(TEXT.replace("3. 第三段。", ""), recorded())
    longer = TEXT + "\n4. 第四段。\n"
    assert verify(longer, recorded()) == ["paragraph 4: in the text, but not in paragraphs.csv"]


OWN = "共有九国。"
BESIDE = {  # what was changed into what, and which words are told
    "a sentence after a heading": ("一. 导言\n", f"一. 导言\n\n{OWN}\n", [OWN]),
    "a sentence in place of a box's title": ("2. 2011", f"\n\n\n{OWN}\n2. 2011", [OWN]),
    "a paragraph and a sentence": ("2. 2011", f"{OWN}\n2. 2011", [OWN]),
    "a note after the end": ("3. 第三段。\n", f"3. 第三段。\n\n\n {OWN}\n", [OWN]),
    "a starred note under a rule": ("2. 2011", f"{'_' * 9}\n\n* {OWN}\n\n2. 2011", [f"*{OWN}"]),
    "a paragraph pasted again": ("3. 第三段。\n", "3. 第三段。\n3. 第三段。\n", ["3.第三段。"]),
    "a sentence on the cover": (" 摘要\n", f"{OWN}\n 摘要\n", [OWN]),
    "a wrong number": ("2. 2011", "3. 2011", ["3."]),
    "a number far off": ("2. 2011", "99. 2011", ["99."]),
    "a digit after a sentence": ("办事处。", "办事处。9.", ["9."]),
    "a star after a sentence": ("代表。", "代表。*", ["*"]),
    "a star before a box's paragraph": (" 方框第一段", " *\u200b方框第一段", ["*"]),
    "an invented heading": ("2. 2011", "A. 新题\n2. 2011", ["A.新题"]),
    "a longer heading": ("二. 结论", "二. 结论与九国", ["与九国"]),
}


@pytest.mark.parametrize(("old", "new", "left"), BESIDE.values(), ids=BESIDE)
def test_what_is_no_paragraph_or_heading_is_told_by_line(
    old: str, new: str, left: list[str]
) -> None:
    text = TEXT.replace(old, new)
    faults = verify(text, recorded())
    assert [fault.partition(": ")[2] for fault in faults] == [f"{it!r} {LOOSE}" for it in left]
    row = int(faults[0].removeprefix("line ").partition(":")[0])
    assert left[0][:2] in "".join(text.split("\n")[row - 1].split())


def test_what_is_left_over_is_told_beside_other_causes() -> None:
    text = TEXT.replace("2 084", "2 085").replace("代表。", f"代表。\n\n\n{OWN}")
    faults = verify(text, recorded())
    assert f"line {text[: text.index(OWN)].count(chr(10)) + 1}: {OWN!r} {LOOSE}" in faults
    assert any("numeral 3" in fault for fault in faults)


HEADINGS = {
    "other words": ("二. 结论", "二. 结语", "heading II: not in its place, expected '二.结论'"),
    "another number": ("二. 结论", "三. 结论", "heading II: not in its place, expected '二.结论'"),
    "none": ("一. 导言\n", "", "heading I: not in its place, expected '一.导言'"),
    "none of a box": ("方框的标题", "", "heading I.box: not in its place, expected '方框的标题'"),
}


@pytest.mark.parametrize(("old", "new", "told"), HEADINGS.values(), ids=HEADINGS)
def test_a_heading_that_is_not_as_recorded_is_told(old: str, new: str, told: str) -> None:
    assert verify(TEXT.replace(old, new), recorded())[0] == told


ONE = re.search(r"(?s)第一段.*办事处。", TEXT)[0]
TWO = re.search(r"(?s)2011 年的.*?代表。", TEXT)[0]


def test_paragraphs_that_changed_places_under_their_numbers_are_told() -> None:
    other = TEXT.replace(ONE, "@").replace(TWO, ONE).replace("@", TWO)
    told = "paragraph 1: stands after paragraph 2, expected before it"
    assert verify(other, recorded())[0] == told


def test_a_paragraph_that_stands_after_another_is_told() -> None:
    other = TEXT.replace(f"2. {TWO}\n", "") + f"2. {TWO}\n"
    assert "paragraph 2: stands after paragraph 3, expected before it" in verify(other, recorded())


@pytest.mark.parametrize("text", ["", "Not a report.", "\n\n  一. 导言\n"])
def test_a_text_without_paragraphs_is_refused(text: str) -> None:
    with pytest.raises(SourceError, match="no paragraph was found"):
        split(text)


def test_a_starred_footnote_of_the_cover_is_left_out_wherever_its_words_stand() -> None:
    for mark in ("*\n", "*\n A/1/2。\n", "* A/1/2。\n"):
        other = TEXT.replace("__________________\n\n\n*\n", f"__________________\n\n{mark}", 1)
        assert mark in other
        assert {p.paragraph_id: p.text for p in split(other)} == EXPECTED, mark


def test_headings_and_boxes_are_sections() -> None:
    titles = [(line.section_id, line.words) for line in lines(TEXT) if not line.paragraph_id]
    assert titles == [
        ("summary", "摘要"),
        ("I", "导言"),
        ("I.box", "方框的标题"),
        ("II", "结论"),
    ]


def test_a_box_ends_where_the_next_paragraph_begins() -> None:
    text = "一. 导言\n1. 第一句。\n 第二句。\n\n\n方框的标题\n 方框。\n2. 第一句。\n 第二句。\n"
    found = {line.paragraph_id: line.section_id for line in lines(text)}
    assert found == {"": "I.box", "1": "I", "box-1": "I.box", "2": "I"}
    assert [paragraph.text for paragraph in split(text)] == [
        "第一句。第二句。",
        "方框。",
        "第一句。第二句。",
    ]


@pytest.mark.parametrize("first", ["摘要", "一. 导言", "1. 第一段。"])
def test_the_reports_symbol_stands_before_its_text(first: str) -> None:
    """What is cited in the text is another document's."""
    assert symbol(f"A/67/185 \n{first}\n2. 见A/66/120 。\n") == "A/67/185"
    assert symbol(f"第一届会议\n{first}\n2. 见 A/66/120 。\n") == ""
