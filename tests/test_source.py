"""How a text of the report is split, and what verify says of a text that differs."""

import hashlib

import pandas as pd
import pytest

from briefing.source import Paragraph, SourceError, split, verify

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


def recorded(printed: str = "2084名代表") -> dict[str, pd.DataFrame]:
    paragraphs = [
        {
            "paragraph_id": name,
            "characters": len(text),
            "sha256": hashlib.sha256(text.encode()).hexdigest(),
        }
        for name, text in EXPECTED.items()
    ]
    figures = [{"figure_id": "delegates", "paragraph_id": "2", "printed": printed}]
    errata = [{"erratum_id": "offices", "paragraph_id": "1", "printed": "约20个"}]
    rows = {"paragraphs": paragraphs, "figures": figures, "errata": errata}
    return {name: pd.DataFrame(table) for name, table in rows.items()}


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
        "figures.csv, delegates: 2084名代表 is not printed in paragraph 2",
    ]


def test_a_printed_form_that_is_not_in_the_text_is_told() -> None:
    faults = verify(TEXT, recorded(printed="2048名代表"))
    assert faults == ["figures.csv, delegates: 2048名代表 is not printed in paragraph 2"]


def test_missing_and_additional_paragraphs_are_told() -> None:
    assert "paragraph 3: not in the text" in verify(TEXT.replace("3. 第三段。", ""), recorded())
    longer = TEXT + "\n4. 第四段。\n"
    assert verify(longer, recorded()) == ["paragraph 4: in the text, but not in paragraphs.csv"]


@pytest.mark.parametrize("text", ["", "Not a report.", "\n\n  一. 导言\n"])
def test_a_text_without_paragraphs_is_refused(text: str) -> None:
    with pytest.raises(SourceError, match="no paragraph was found"):
        split(text)
