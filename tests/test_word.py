"""The document for Word: the page's own numbers, each with its footnote, in styles Word knows."""

import io
import re
import zipfile
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx.document import Document as Written
from docx.oxml.ns import qn
from docx.table import Table
from docx.text.paragraph import Paragraph
from test_sheets import HOSTILE, PNG, chart, number, sentence, table

from briefing.core.language import languages, speaking, translate
from briefing.core.wording import DOUBTFUL
from briefing.notebook import navigation
from briefing.publish import document, pages, word
from briefing.sources import tables

every = pytest.mark.parametrize("language", languages())
TAGS = {"en": "en-GB", "zh": "zh-CN"}
NOT_PRINTED = {"code", "links", "sources"}
Block = dict[str, Any]


@cache
def briefings(language: str) -> list[list[Block]]:
    with speaking(language):
        found = [pages.edition_blocks(path) for path in navigation.paths()]
    return [blocks for blocks in found if document.is_briefing(blocks)]


def printed(blocks: list[Block]) -> list[Block]:
    return [it for it in blocks if it["kind"] not in NOT_PRINTED and not it.get("summary")]


def said(content: Any) -> Iterator[Block]:
    """The numbers of a block, in order; the data of a chart are in its picture."""
    if isinstance(content, dict) and "said" in content:
        yield content
    elif isinstance(content, dict):
        yield from (it for name, part in content.items() if name != "data" for it in said(part))
    elif isinstance(content, list):
        yield from (it for part in content for it in said(part))


def opened(site: Path, language: str) -> Written:
    return Document(str(site / language / "briefs.docx"))


def chapters(written: Written) -> list[list[Any]]:
    """The elements of each chapter's paragraphs, those of tables among them."""
    found: list[list[Any]] = []
    for element in written.element.body.iter(qn("w:p")):
        if Paragraph(element, written).style.name == "Heading 1":
            found.append([])
        if found:
            found[-1].append(element)
    return found


def looks(chapter: list[Any]) -> Iterator[tuple[str, bool]]:
    """Each number and whether its look is that of one which the report prints."""
    for element in chapter:
        for run in element.xpath(".//w:r[w:rPr/w:rStyle]"):
            style = run.rPr.rStyle.get(qn("w:val"))
            if style in ("PrintedNumber", "ComputedNumber"):
                yield run.text, style == "PrintedNumber"


def notes(written: Written, chapter: list[Any]) -> list[str]:
    """The footnotes of a chapter, in the order of their numerals."""
    [part] = [it.target_part for it in written.part.rels.values() if "footnotes" in it.reltype]
    told = {
        it.get(qn("w:id")): "".join(text.text for text in it.iter(qn("w:t"))) for it in part.element
    }
    marks = [mark for element in chapter for mark in element.iter(qn("w:footnoteReference"))]
    return [told[mark.get(qn("w:id"))].strip() for mark in marks]


def made(*blocks: Block) -> Written:
    heading = {"kind": "heading", "level": 1, "parts": ["Title"]}
    with speaking("en"):
        return Document(io.BytesIO(word.briefs([[heading, *blocks]], "Author", "made of")))


@every
def test_it_reads_back_with_the_numbers_of_the_pages(site: Path, language: str) -> None:
    found = chapters(opened(site, language))
    for chapter, blocks in zip(found, briefings(language), strict=True):
        expected = [it for block in printed(blocks[1:]) for it in said(block)]
        assert list(looks(chapter)) == [(it["said"], it["origin"] == "printed") for it in expected]


@every
def test_every_number_has_one_footnote_in_its_chapter(site: Path, language: str) -> None:
    written = opened(site, language)
    for chapter, blocks in zip(chapters(written), briefings(language), strict=True):
        found = notes(written, chapter)
        shown = [it for block in printed(blocks[1:]) for it in said(block)]
        shown += [it for block in blocks for it in said(block.get("data", [])) if it["doubts"]]
        told = {(*it["provenance"].split("\n"), *it["doubts"]) for it in shown}
        assert len(found) == len(told)
        origins = sorted(re.split(f"  {DOUBTFUL} ", note)[0] for note in found)
        assert origins == sorted(origin for origin, *_ in told)
        doubts = {doubt for _, *doubts in told for doubt in doubts}
        assert all(sum(doubt in note for note in found) == 1 for doubt in doubts)


def test_a_figure_told_of_before_bears_the_mark_of_its_note() -> None:
    again = {"kind": "sentence", "parts": [number("7"), ", ", number("8"), ", ", number("7")]}
    written = made(again)
    [field] = written.element.xpath("//w:fldSimple")
    [mark] = written.element.xpath("//w:bookmarkStart[@w:name='_Ref1']")
    assert field.get(qn("w:instr")).split()[:2] == ["NOTEREF", "_Ref1"]
    assert [it.text for it in field.iter(qn("w:t"))] == ["1"]
    assert mark.getnext().xpath("./w:footnoteReference/@w:id") == ["1"]
    ids = written.element.xpath("//w:bookmarkStart/@w:id")
    assert len(ids) == len(set(ids)) == 3  # of two notes and the chapter


@every
def test_contents_lead_to_the_chapters(site: Path, language: str) -> None:
    written = opened(site, language)
    with speaking(language):
        titles = [document.title(blocks)[0] for blocks in briefings(language)]
    lines = [it for it in written.paragraphs if it.style.name == "toc 1"]
    assert [line.hyperlinks[0].text for line in lines] == titles
    heads = [it for it in written.paragraphs if it.style.name == "Heading 1"]
    assert [head.text for head in heads] == titles
    marks = [head._p.find(qn("w:bookmarkStart")).get(qn("w:name")) for head in heads]
    assert [line.hyperlinks[0].fragment for line in lines] == marks
    field = "".join(written.element.xpath("//w:instrText/text()"))
    kinds = written.element.xpath("//w:fldChar/@w:fldCharType")
    assert field.startswith("TOC ") and kinds == ["begin", "separate", "end"]
    asked = [it.style.name for it in written.paragraphs]
    assert {"Heading 2", "Caption", "Source", "List Bullet", "In Brief"} <= set(asked)


@every
def test_pictures_have_alt_text_and_tables_heads(site: Path, language: str) -> None:
    written = opened(site, language)
    shown = [it for blocks in briefings(language) for it in printed(blocks)]
    alts = [shape._inline.docPr.get("descr") for shape in written.inline_shapes]
    assert alts == [block["alt"] for block in shown if block["kind"] == "chart"]
    blocks = [block for block in shown if block["kind"] == "table"]
    for found, block in zip(written.tables, blocks, strict=True):
        head, *rows = found.rows
        assert head._tr.trPr.find(qn("w:tblHeader")) is not None
        assert [cell.text for cell in head.cells] == block["heads"]
        for row, cells in zip(rows, block["rows"], strict=True):
            assert row._tr.trPr.find(qn("w:tblHeader")) is None
            assert [cell.text for cell in row.cells] == [document.plain(it) for it in cells]


@every
def test_it_says_what_it_is_and_names_no_day(site: Path, language: str) -> None:
    written, author = opened(site, language), tables.descriptor()["contributors"][0]["title"]
    with speaking(language):
        unofficial = translate("Unofficial; not affiliated with the United Nations")
        title = translate(tables.descriptor()["title"])
    known = written.core_properties
    assert (known.title, known.author, known.subject) == (title, author, "A/67/185")
    assert (known.language, known.comments) == (TAGS[language], unofficial)
    assert unofficial in written.sections[0].header.paragraphs[0].text
    [defaults] = written.styles.element.xpath("w:docDefaults/w:rPrDefault/w:rPr")
    assert defaults.find(qn("w:lang")).get(qn("w:eastAsia")) == "zh-CN"
    assert defaults.rFonts.get(qn("w:eastAsia")) == "Microsoft YaHei"
    with zipfile.ZipFile(site / language / "briefs.docx") as parts:
        assert {info.date_time for info in parts.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        core = parts.read("docProps/core.xml").decode()
    assert set(re.findall("[0-9]{4}-[0-9]{2}-[0-9]{2}T", core)) == {"1980-01-01T"}


def test_the_evidence_begins_overleaf() -> None:
    key = {"kind": "key_figures", "items": [{"name": "Key", "number": number("7")}]}
    heading = {"kind": "heading", "level": 2, "parts": ["Why?"]}
    found = made(sentence("Briefly."), key, heading, sentence("Because.")).paragraphs[-3:]
    assert [it.paragraph_format.page_break_before for it in found] == [None, True, None]


def test_ordered_lists_begin_anew_and_tables_stay_apart() -> None:
    words = [{"kind": "paragraph", "parts": ["x"]}]
    ordered = {"kind": "items", "ordered": True, "items": [words, words]}
    nested = {"kind": "items", "ordered": True, "items": [[*words, ordered]]}
    written = made(ordered, nested, table(number("7")), table(number("8")))
    counted = [it._p.pPr.numPr.numId.val for it in written.paragraphs if it.text == "x"]
    assert len(set(counted)) == 3
    assert [a == b for a, b in pairwise(counted)] == [True, False, False, True]
    inner = list(written.iter_inner_content())
    assert not any(isinstance(a, Table) and isinstance(b, Table) for a, b in pairwise(inner))


@pytest.mark.parametrize("hostile", [*HOSTILE, "<w:p/>&amp;", "a\x1b[31mb"])
def test_hostile_words_stay_words_in_every_block(hostile: str) -> None:
    one = number(hostile, hostile)
    inline = [hostile, one, {"strong": [one]}, {"code": hostile}, {"break": True}]
    inline += [{"href": hostile, "parts": [{"emphasis": [hostile]}]}]
    words = {"kind": "paragraph", "parts": inline}
    named = {"title": inline, "alt": hostile.replace("\x1b", ""), "source": hostile}
    blocks = [
        {"kind": "brief", "sentences": [inline]},
        chart(one) | named | {"size": [4.6, 2.0]},
        {"kind": "heading", "level": 5, "parts": inline},
        table(one),
        {"kind": "items", "ordered": False, "items": [[words]]},
        {"kind": "list", "items": [inline]},
        {"kind": "quote", "blocks": [words]},
        {"kind": "rule"},
        {"kind": "verbatim", "text": hostile},
        {"kind": "picture", "png": PNG, "alt": "x"},
    ]
    written, clean = made(*blocks), hostile.replace("\x1b", "\ufffd")
    assert [it.text for it in written.paragraphs if it.style.name == "Verbatim"] == [clean]
    texts = [it.text for it in written.paragraphs if it.style.name in ("In Brief", "List Bullet")]
    assert len(texts) == 3 and all(text.startswith(clean * 2 + DOUBTFUL) for text in texts)


def test_the_same_input_gives_the_same_bytes() -> None:
    blocks = [{"kind": "heading", "level": 1, "parts": ["T"]}, sentence(number("7")), table()]
    with speaking("en"):
        first, second = (word.briefs([blocks], "Author", "made of") for _ in range(2))
    assert first == second and b"made of" in first
