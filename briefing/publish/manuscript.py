"""A document of Word's being written: the template filled with words, notes, pictures and rows."""

import io
import re
import string
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.part import PartFactory, XmlPart
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from docx.shared import Cm, Emu, Pt
from docx.table import Table
from docx.text.paragraph import Paragraph

from briefing.core.language import current
from briefing.publish import files, layouts
from briefing.sources import tables

TEMPLATE = layouts.TEMPLATE.with_name("briefs.docx")
ROOM = Cm(16.2)  # across, between the margins
CONTENTS = r'TOC \o "1-1" \h \z \u'
FIELDS = {"n": "PAGE", "m": "NUMPAGES"}
SECOND_LIST = 1  # of the template's kinds of list, the one that counts
NOTES = 1000  # above which the bookmarks of notes are numbered, below it those of chapters
UNDER_TABLE = Pt(10)
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")  # characters that XML does not know

# Else python-docx would keep a template's footnotes as bytes.
PartFactory.part_type_for[CONTENT_TYPE.WML_FOOTNOTES] = XmlPart


class Manuscript:
    """What Word is to show, in the template's styles and the current language.

    is_overleaf: whether what is added next begins a page.
    """

    def __init__(self) -> None:
        self._document = Document(str(TEMPLATE))
        part = self._document.part.part_related_by(RELATIONSHIP_TYPE.FOOTNOTES)
        self._footnotes = part.element
        self._notes = self._headed = 0
        self._is_under_table = self.is_overleaf = False
        [section] = self._document.sections
        self.header, self.footer = section.header.paragraphs[0], section.footer.paragraphs[0]
        self.last_line = section.footer.add_paragraph(style="Footer")

    def add(self, words: str = "", style: str = "Normal") -> Paragraph:
        paragraph = self._document.add_paragraph(style=style)
        if self.is_overleaf:
            paragraph.paragraph_format.page_break_before = True
        elif self._is_under_table and not style.startswith("Heading"):
            paragraph.paragraph_format.space_before = UNDER_TABLE
        self.is_overleaf = self._is_under_table = False
        if words:
            write(paragraph, words)
        return paragraph

    def contents(self, titles: list[str]) -> None:
        """A table of contents; its lines lead to the chapters, and Word adds the pages to it."""
        for place, words in enumerate(titles, start=1):
            line = self.add(style="toc 1")
            if place == 1:
                _field(line, "begin")
                instruction = OxmlElement("w:instrText")
                instruction.text = CONTENTS
                line.add_run()._r.append(instruction)
                _field(line, "separate")
            link = _element("w:hyperlink", anchor=f"_Toc{place}", history="1")
            link.append(write(line, words))
            line._p.append(link)
            if place == len(titles):
                _field(line, "end")

    def chapter(self, words: str) -> None:
        """The heading of a chapter, on a new page, to which its line in the contents leads."""
        self._headed += 1
        heading, number = self.add(style="Heading 1"), str(self._headed)
        heading._p.append(_element("w:bookmarkStart", id=number, name=f"_Toc{number}"))
        write(heading, words)
        heading._p.append(_element("w:bookmarkEnd", id=number))

    def note(self, paragraph: Paragraph, words: str) -> str:
        """A footnote at the end of a paragraph as it is so far; returns its number."""
        self._notes += 1
        number = str(self._notes)
        mark, id_ = _element("w:footnoteReference", id=number), str(NOTES + self._notes)
        paragraph._p.append(_element("w:bookmarkStart", id=id_, name=f"_Ref{number}"))
        paragraph.add_run(style="footnote reference")._r.append(mark)
        paragraph._p.append(_element("w:bookmarkEnd", id=id_))
        footnote, inner = _element("w:footnote", id=number), OxmlElement("w:p")
        footnote.append(inner)
        self._footnotes.append(footnote)
        note = Paragraph(inner, self._document)
        note.style = "footnote text"
        note.add_run(style="footnote reference")._r.append(OxmlElement("w:footnoteRef"))
        write(note, f"  {words}")
        return number

    def note_again(self, paragraph: Paragraph, number: str) -> None:
        """The mark of a footnote that stands elsewhere, to which it leads."""
        mark = _element("w:fldSimple", instr=rf"NOTEREF _Ref{number} \f \h")
        mark.append(paragraph.add_run(number, "footnote reference")._r)
        paragraph._p.append(mark)

    def picture(self, png: bytes, wide: int, alt: str) -> None:
        picture = self.add(style="Picture").add_run().add_picture(io.BytesIO(png), Emu(wide))
        picture._inline.docPr.set("descr", alt)

    def table(self, shares: list[float]) -> Table:
        """A table without rows; shares: how wide each column is of the whole."""
        if self._is_under_table:
            self.add()  # else Word would take both for one
        table = self._document.add_table(0, 0, "Briefing Table")
        table.autofit = False
        for share in shares:
            table.add_column(Emu(int(ROOM * share)))
        self._is_under_table = True
        return table

    def count(self, level: int, number: int | None) -> int:
        """Count the last paragraph at a level of a list; returns which count it is of.

        number: that of the count, None for a new one, which begins with 1.
        """
        if number is None:
            counter = self._document.part.numbering_part.element.add_num(SECOND_LIST)
            counter.add_lvlOverride(ilvl=level).add_startOverride(1)
            number = counter.numId
        counted = self._document.paragraphs[-1]._p.get_or_add_pPr().get_or_add_numPr()
        counted.get_or_add_numId().val, counted.get_or_add_ilvl().val = number, level
        return number

    def saved(self, title: str, author: str, comments: str, inputs: str) -> bytes:
        """The file; its properties say what it is, and name no day."""
        known, tag = self._document.core_properties, layouts.tag()
        known.title, known.subject, known.comments = title, tables.report()["symbol"], comments
        known.author = known.last_modified_by = author
        known.language, known.identifier = tag, inputs
        if not _is_chinese():  # the template names the report's language for its script already
            self._document.styles.element.find(f".//{qn('w:lang')}").set(qn("w:val"), tag)
        buffer = io.BytesIO()
        self._document.save(buffer)
        return files.undated(buffer.getvalue())


def write(paragraph: Paragraph, words: str, style: str | None = None) -> Any:
    """Add words, and return their element; in Chinese, signs of both scripts are Chinese."""
    run = paragraph.add_run(CONTROL.sub("\ufffd", words), style)
    if _is_chinese():
        run._r.get_or_add_rPr().get_or_add_rFonts().set(qn("w:hint"), "eastAsia")
    return run._r


def write_folio(paragraph: Paragraph, message: str) -> None:
    """Write words of which {n} is the page's number and {m} how many there are."""
    for words, field, *_ in string.Formatter().parse(message):
        write(paragraph, words)
        if field:
            paragraph._p.append(_element("w:fldSimple", instr=FIELDS[field]))


def write_row(table: Table, numeric: list[bool], is_head: bool = False) -> list[Paragraph]:
    """The paragraphs of a new row, which is kept whole; a head is repeated on every page."""
    row = table.add_row()
    for tag in ("w:cantSplit", *["w:tblHeader"] * is_head):
        row._tr.get_or_add_trPr().append(OxmlElement(tag))
    paragraphs = [cell.paragraphs[0] for cell in row.cells]
    for paragraph, is_number in zip(paragraphs, numeric, strict=True):
        paragraph.style, paragraph.alignment = "Table Text", ALIGN.RIGHT if is_number else None
    return paragraphs


def _is_chinese() -> bool:
    return current() == tables.report()["language"]


def _element(tag: str, **attributes: str) -> Any:
    return OxmlElement(tag, {qn(f"w:{name}"): value for name, value in attributes.items()})


def _field(paragraph: Paragraph, part: str) -> None:
    """Where a field of Word's begins, where its result does, or where it ends."""
    paragraph.add_run()._r.append(_element("w:fldChar", fldCharType=part))
