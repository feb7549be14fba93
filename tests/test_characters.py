"""A text as other tools extract it: read as it is meant, or named by character and line."""

import hashlib
import re
import time
import unicodedata
from collections.abc import Callable

import pandas as pd
import pytest
from test_other_report import SECTIONS, TEXT

from briefing.sources import agreement, characters
from briefing.sources.printed import read_printed
from briefing.sources.source import Paragraph, SourceError, census, lines, numerals, split, symbol

RULES = census({})
RADICALS = {unicodedata.normalize("NFKC", chr(code)): chr(code) for code in range(0x2F00, 0x2FD6)}
RADICALS |= {plain: sign for sign, plain in characters.LIKE.items()}


def wide(text: str) -> str:
    return re.sub("[!-~]", lambda match: chr(ord(match[0]) + 0xFEE0), text)


READ: dict[str, Callable[[str], str]] = {
    "radicals": lambda text: "".join(RADICALS.get(sign, sign) for sign in text),
    "compatibility ideographs": lambda text: text.replace("六", "\uf9d1").replace("女", "\uf981"),
    "wide digits, letters and signs": wide,
    "mathematical digits": lambda text: text.translate({48 + n: 0x1D7CE + n for n in range(10)}),
    "no-break spaces": lambda text: text.replace(" ", "\xa0"),
    "thin spaces": lambda text: re.sub("(?<=[0-9]) (?=[0-9])", "\u2009", text),
    "ideographic spaces": lambda text: re.sub("(?m)^ ", "\u3000", text),
    "a tab after a heading's number": lambda text: text.replace(". ", ".\t"),
    "no space after a heading's number": lambda text: re.sub(r"([一二三四AB])\. ", r"\1.", text),
    "soft hyphens": lambda text: text.replace("观测", "观\xad测"),
    "zero-width spaces": "\u200b".join,
    "variation selectors": lambda text: text.replace("站", "站\ufe00"),
    "bidi marks": lambda text: text.replace("2012", "\u202a\u200e2012\u202c"),
    "other dashes": lambda text: text.replace("-", "–"),
    "narrow stops": lambda text: text.replace("。", "｡"),
    "a byte-order mark": lambda text: "\ufeff" + text,
    "CRLF": lambda text: text.replace("\n", "\r\n"),
    "CR": lambda text: text.replace("\n", "\r"),
    "form feeds": lambda text: text.replace("\n A/68/9001", "\n\f A/68/9001"),
    "page numbers": lambda text: text.replace(
        "\n 13-90010 (C) 2/4", "\n- 3 -\n第 3 页\nPage 2 of 4"
    ),
    "page and job numbers": lambda text: text.replace(
        "\n 13-90010 (C) 2/4", "\n\n3      13-90010\n\n\n13-90010      3\n"
    ),
    "page numbers of other tools": lambda text: text.replace(
        "\n 13-90010 (C) 2/4", "\np. 3\nPage 3/18\n第三页"
    ),
    "rules of other tools": lambda text: re.sub("_{5,}", "- - - - -", text),
    "other rules": lambda text: re.sub("_{5,}", "﹍﹍﹍﹍", text, count=1).replace("___", "‗‗‗"),
    "links": lambda text: re.sub(r"(A/6[0-9]/[0-9]+)", r"[\1](https://undocs.org/\1)", text),
    "headings as in books": lambda text: re.sub(r"(?m)^ ([一二三四])\. ", r" \1、", text),
    "bold words": lambda text: text.replace("观测网", "**观测网**"),
    "bold numbers": lambda text: re.sub(r"(?m)^([0-9]+\.) ", r"**\1** ", text),
    "escaped stops": lambda text: re.sub(r"(?m)^([0-9]+)\. ", r"\1\\. ", text),
    "escaped ends of lines": lambda text: re.sub("(?m)(?<=。)$", r"\\", text),
    "quoted lines": lambda text: re.sub("(?m)^", "> ", text),
    "other strokes": lambda text: text.replace("/", "⁄"),
    "tags": lambda text: text.replace("\n", "<br />\n").replace("观测网", "<b>观测网</b>"),
    "entities": lambda text: text.replace(" ", "&nbsp;").replace("“", "&ldquo;"),
    "numbered entities": lambda text: "".join(
        f"&#{ord(sign)};" if ord(sign) > 127 else sign for sign in text
    ),
    "no page headings": lambda text: re.sub(r"(?m)^ (?:A/68/9001|.*13-90010.*)$", "", text),
}


@pytest.mark.parametrize("changed", READ.values(), ids=READ)
def test_a_text_in_like_characters_is_read_as_it_is_meant(changed: Callable[[str], str]) -> None:
    other = changed(TEXT)
    assert other != TEXT
    assert symbol(other) == symbol(TEXT)
    assert split(other) == split(TEXT)
    places = [(line.section_id, line.paragraph_id) for line in lines(TEXT)]
    assert [(line.section_id, line.paragraph_id) for line in lines(other)] == places


def test_what_tools_make_of_common_signs_is_as_it_was_printed() -> None:
    assert characters.folded("用⼾说不⸺ofﬁce――") == "用户说不——office——"


@pytest.mark.parametrize("dash", ["—", "～", "~", "–", " – ", " - ", "——", "⁃", "－", "\xad"])
def test_a_span_of_years_is_one_whatever_dash_it_has(dash: str) -> None:
    assert characters.folded(f"在2012{dash}2013年，") == "在2012-2013年，"


NAMED = {
    "①": "'①' (U+2460 CIRCLED DIGIT ONE)",
    "⑴": "'⑴' (U+2474 PARENTHESIZED DIGIT ONE)",
    "⒈": "'⒈' (U+2488 DIGIT ONE FULL STOP)",
    "㈠": "'㈠' (U+3220 PARENTHESIZED IDEOGRAPH ONE)",
    "㋀": "'㋀' (U+32C0 IDEOGRAPHIC TELEGRAPH SYMBOL FOR JANUARY)",
    "²": "'²' (U+00B2 SUPERSCRIPT TWO)",
    "½": "'½' (U+00BD VULGAR FRACTION ONE HALF)",
    "Ⅱ": "'Ⅱ' (U+2161 ROMAN NUMERAL TWO)",
    "〢": "'〢' (U+3022 HANGZHOU NUMERAL TWO)",
    "〸": "'〸' (U+3038 HANGZHOU NUMERAL TEN)",
    "٣": "'٣' (U+0663 ARABIC-INDIC DIGIT THREE)",
    "५": "'५' (U+096B DEVANAGARI DIGIT FIVE)",
    "㇐": "'㇐' (U+31D0 CJK STROKE H)",
    "㐅": "'㐅' (U+3405 CJK UNIFIED IDEOGRAPH-3405)",
    "ニ": "'ニ' (U+30CB KATAKANA LETTER NI)",
    "ﾆ": "'ニ' (U+30CB KATAKANA LETTER NI)",
    "ー": "'ー' (U+30FC KATAKANA-HIRAGANA PROLONGED SOUND MARK)",
    "О": "'О' (U+041E CYRILLIC CAPITAL LETTER O)",
    "⺀": "'⺀' (U+2E80 CJK RADICAL REPEAT)",
    "\ue0b5": "'\\ue0b5' (U+E0B5 a control or private character)",
    "\ufffd": "'\ufffd' (U+FFFD REPLACEMENT CHARACTER)",
    "\0": "'\\x00' (U+0000 a control or private character)",
    "\u202e": "'\\u202e' (U+202E RIGHT-TO-LEFT OVERRIDE)",
    "(cid:233)": "'(cid:233)'",
    "1,600": "'1,600'",
    "4，000": "'4，000'",
    "1’600": "'1’600'",
    "3･5": "'3·5'",
    "1O0": "'1O0'",
    "二○一": "'二○一'",
    "2〇84": "'2〇84'",
    "5口0": "'5口0'",
    "20l2": "'20l2'",
    "I8": "'I8'",
    "l.25亿": "'l.25'",
    "201|年": "'201|'",
    "□": "'□'",
    "2011一2013": "'一'",
    "2٬084": "'2٬084'",
    "/uni5987": "'/uni5987'",
    "<5987>": "'<5987>'",
    "5萬": "'5萬'",
    "−5": "'−5'",
    "处。3方案": "'。3方'",
}


@pytest.mark.parametrize(("sign", "told"), NAMED.items())
def test_what_may_be_a_numeral_is_named_with_its_line(sign: str, told: str) -> None:
    place = "故障站点的修复时间"
    row = TEXT[: TEXT.index(place)].count("\n") + 1
    with pytest.raises(SourceError) as caught:
        split(TEXT.replace(place, f"故障站点约{sign}个的修复时间"))
    assert str(caught.value).startswith(f"line {row}: {told}, expected ")


def test_a_mark_glued_to_the_end_of_a_sentence_is_named_and_a_date_there_is_none() -> None:
    with pytest.raises(SourceError, match="line 1: '。2', expected a footnote's mark"):
        split("1. 渔民受益。2\n\n 二. 执行\n")
    assert split("1. 渔民受益。20\n\n12 年完成。\n")[0].text == "渔民受益。2012年完成。"
    assert split("1. 渔民受益。21个成员，12国。\n")[0].text == "渔民受益。21个成员，12国。"


def test_of_many_strange_characters_ten_are_named() -> None:
    strange = "".join(map(chr, range(0x2460, 0x2473)))
    told = characters.strange(f"{strange}\n①\n①\n①")
    assert told[0].startswith("lines 1, 2, 3 and 1 more: '①' (U+2460")
    assert (len(told), told[-1]) == (11, "9 more of this kind, expected none")


FORMS = {
    "伍佰名": "伍佰名",
    "廿个": "廿个",
    "陆亿美元": "陆亿美元",
    "5‰": "5‰",
    "100余个": "100余个",
    "十几个": "十几个",
    "几千名": "几千名",
    "数万名": "数万名",
    "百分之40": "百分之40",
    "两年半": "两年半",
    "一个半月": "一个半月",
    "半数": "半数",
    "大陆队伍": "",
}


@pytest.mark.parametrize(("words", "found"), FORMS.items())
def test_a_numeral_of_any_kind_is_in_the_census_whole(words: str, found: str) -> None:
    paragraph = Paragraph("1", f"约有{words}，")
    assert [numeral.printed for numeral in numerals(paragraph, RULES)] == [found] * bool(found)
    if found:
        with pytest.raises(ValueError, match="expected"):
            read_printed(words if words != "数万名" else "数万万名")


@pytest.fixture(scope="module")
def recorded() -> dict[str, pd.DataFrame]:
    return record(TEXT)


def record(text: str) -> dict[str, pd.DataFrame]:
    """What data/ would record of the other report."""
    found = split(text)
    within = {line.paragraph_id: line.section_id for line in reversed([*lines(text)])}
    rows = [
        (
            p.paragraph_id,
            within[p.paragraph_id],
            len(p.text),
            hashlib.sha256(p.text.encode()).hexdigest(),
        )
        for p in found
    ]
    counted = [(n.paragraph_id, n.position, n.printed) for p in found for n in numerals(p)]
    names = ["paragraph_id", "section_id", "characters", "sha256"]
    data = {
        name: pd.DataFrame(columns=["key", "paragraph_id", "printed"]) for name in agreement.FORMS
    }
    data["paragraphs"] = pd.DataFrame(rows, columns=names)
    data["numerals"] = pd.DataFrame(counted, columns=["paragraph_id", "position", "printed"])
    order = ["summary", "I", "II", "II.A", "II.B", "II.box", "III", "IV"]
    titles = [(name, n, SECTIONS[name]) for n, name in enumerate(order)]
    data["sections"] = pd.DataFrame(titles, columns=["section_id", "order", "title_zh"])
    return data


LAID_OUT: dict[str, Callable[[str], str]] = {
    "no blank lines": lambda text: re.sub(r"\n\s*\n+", "\n", text),
    "no indents": lambda text: "\n".join(map(str.strip, text.split("\n"))),
    "numbers of paragraphs lost": lambda text: re.sub(r"(?m)^[0-9]+\. ", "", text),
    "numbers of paragraphs in brackets": lambda text: re.sub(r"(?m)^([0-9]+)\. ", r"(\1) ", text),
    "numbers of paragraphs without stop": lambda text: re.sub(r"(?m)^([0-9]+)\. ", r"\1 ", text),
    "numbers of paragraphs left to Markdown": lambda text: re.sub(r"(?m)^[0-9]+\. ", "1. ", text),
    "numbers of paragraphs as lists have them": lambda text: re.sub(
        r"(?m)^([0-9]+)\. ", r"\1) ", text
    ),
    "headings of Markdown": lambda text: re.sub(r"(?m)^ *([一二三]\. .+)$", r"## \1", text),
}


@pytest.mark.parametrize("changed", LAID_OUT.values(), ids=LAID_OUT)
def test_the_right_text_agrees_however_it_is_laid_out(
    recorded: dict[str, pd.DataFrame], changed: Callable[[str], str]
) -> None:
    assert split(changed(TEXT)) != split(TEXT)
    assert agreement.mistaken(changed(TEXT), recorded) == ""
    assert agreement.verify(changed(TEXT), recorded) == []


def test_words_of_ones_own_are_told_however_the_text_is_laid_out(
    recorded: dict[str, pd.DataFrame],
) -> None:
    other = re.sub(r"\n\s*\n+", "\n", TEXT).replace("测量练习。", "测量练习。共五人。")
    [fault] = agreement.verify(other, recorded)
    told = "'共五人。' stands in no paragraph or heading recorded, expected none but these"
    assert fault == f"line {other[: other.index('共五人')].count(chr(10)) + 1}: {told}"


CAUSES: dict[str, tuple[Callable[[str], str], str]] = {
    "a mark in the line": (
        lambda text: text.replace("读数。\n1\n", "读数1。\n"),
        "paragraph 3: agrees but for '1', expected a footnote's mark on a line of its own",
    ),
    "a mark in brackets": (
        lambda text: text.replace("读数。\n1\n", "读数[1]。\n"),
        "paragraph 3: agrees but for '[1]', expected a footnote's mark on a line of its own",
    ),
    "words of a page within": (
        lambda text: text.replace("\n点。\n", "\nhttps://x.org/a 2012/8/1\n草稿 3\n点。\n"),
        "paragraph 9: agrees but for 'https://x.org/a 2012/8/1' in line 109, expected no such "
        "line within it",
    ),
    "narrow punctuation": (
        lambda text: text.replace("，", ","),
        "paragraph summary, 1, 2 and 8 more: agrees but for narrow punctuation, expected "
        "， ： ； as printed",
    ),
    "a mark in brackets at each sentence": (
        lambda text: text.replace("联合国。", "联合国。[1]").replace(
            "读数。\n1\n", "[1]读数[1]。\n"
        ),
        "paragraph 3: agrees but for '[1]', expected a footnote's mark on a line of its own",
    ),
    "quotation marks of Germany": (
        lambda text: text.replace("“", "„").replace("”", "“"),
        "paragraph 1: agrees but for other quotation marks, expected “ ” as printed",
    ),
    "quotation marks of Taiwan": (
        lambda text: text.replace("“", "「").replace("”", "」"),
        "paragraph 1: agrees but for other quotation marks, expected “ ” as printed",
    ),
    "other characters": (
        lambda text: text.replace("。", "！"),
        agreement.CHANGED,
    ),
}


@pytest.mark.parametrize(("changed", "told"), CAUSES.values(), ids=CAUSES)
def test_what_sets_the_right_text_apart_is_said_in_one_sentence(
    recorded: dict[str, pd.DataFrame], changed: Callable[[str], str], told: str
) -> None:
    assert agreement.mistaken(changed(TEXT), recorded) == ""
    assert agreement.verify(changed(TEXT), recorded) == [told]


def test_commas_that_are_all_narrow_are_told_where_both_widths_are_printed() -> None:
    printed = TEXT.replace("发起，现有", "发起,现有")
    told = "agrees but for the width of commas, expected each as printed"
    faults = agreement.verify(printed.replace(",", "，"), record(printed))
    assert faults == [f"paragraph summary: {told}"]


def test_digits_without_end_are_read_in_time() -> None:
    begun = time.process_time()
    characters.strange("9" * 40_000)
    assert time.process_time() - begun < 1
