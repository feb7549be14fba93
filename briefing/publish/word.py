"""How an edition becomes a document for Word, in which every number has a real footnote."""

import base64
import math
from itertools import chain

from docx.shared import Cm, Emu, Pt
from docx.text.paragraph import Paragraph

from briefing.core.labels import width
from briefing.core.language import translate
from briefing.core.wording import DOUBTFUL
from briefing.notebook.blocks import Block, Inline
from briefing.publish import pages
from briefing.publish.document import SPACE, Notes, columns, doubtful, plain, title
from briefing.publish.handouts import Chart
from briefing.publish.manuscript import ROOM, Manuscript, write, write_folio, write_row
from briefing.publish.sheets import EXPLAINED, printable
from briefing.sources import tables

PRINTED, COMPUTED = "Printed Number", "Computed Number"  # styles; what is counted is computed, too
# A picture's words are drawn at 11.5 points over 331: as wide as this they are as large as those of
# the text, and never smaller than those of a note.
USUAL, NARROWEST, HIGHEST = Pt(10 / 11.5 * 331), Pt(7.5 / 11.5 * 331), Cm(7)
EM = Pt(8)  # of a table's words
NARROW = 12  # characters; a column no wider than this is as wide as its words


def briefs(briefings: list[list[Block]], author: str, inputs: str) -> bytes:
    """Briefings as one document in the current language, each beginning on a page of its own.

    Code, links to neighbours and what a page folds away are left out. inputs: what the document is
    made from, by which it is known later whether anything has changed. The same input gives the
    same bytes.
    """
    manuscript, name = Manuscript(), translate(tables.descriptor()["title"])
    _cover(manuscript, name, [title(blocks)[0] for blocks in briefings])
    for blocks in briefings:
        _Writer(manuscript).briefing(blocks)
    return manuscript.saved(name, author, translate(pages.UNOFFICIAL), inputs)


def _cover(manuscript: Manuscript, name: str, titles: list[str]) -> None:
    """What the document is and is not, its contents, and what stands on every page."""
    page = pages.furnished(name, "briefs", "")
    manuscript.add(name, "Title")
    manuscript.add(page["collection"], "Subtitle")
    manuscript.add(page["unofficial"], "Subtitle")
    manuscript.add(translate("Contents"), "TOC Heading")
    manuscript.contents(titles)
    write(manuscript.header, f"{page['collection']}\t{page['unofficial']}")
    write(manuscript.footer, f"{translate('Numbers:')} ")
    write(manuscript.footer, translate("printed in the report"), PRINTED)
    write(manuscript.footer, "   ")
    write(manuscript.footer, translate("computed or counted here"), COMPUTED)
    write(manuscript.footer, "   ")
    write(manuscript.footer, DOUBTFUL, "Doubt")
    write(manuscript.footer, f" {translate('unclear or inconsistent in the report')}")
    write(manuscript.last_line, f"{page['colophon']}\t")
    write_folio(manuscript.last_line, page["folio"])


class _Writer:
    """Writes a briefing, and remembers what it has told."""

    def __init__(self, manuscript: Manuscript) -> None:
        self._manuscript, self._notes = manuscript, Notes()
        self._marks: dict[int, str] = {}

    def briefing(self, blocks: list[Block]) -> None:
        """A front sheet, which ends with key figures, and overleaf the evidence."""
        self._manuscript.chapter(title(blocks)[0])
        for place, block in enumerate(printable(blocks[1:])):
            self._block(block, "Normal" if place else "Coverage")
            self._manuscript.is_overleaf |= block["kind"] == "key_figures"

    def _block(self, block: Block, style: str) -> None:
        """style: that of its words, where these are mere words."""
        add = self._manuscript.add
        match block["kind"]:
            case "heading":
                add(plain(block["parts"], mark=""), f"Heading {self._notes.level(block)}")
            case "paragraph" | "sentence":
                self._inline(add(style=style), block["parts"])
            case "brief":
                for sentence in block["sentences"]:
                    self._inline(add(style="In Brief"), sentence)
            case "list":
                for item in block["items"]:
                    self._inline(add(style="List Bullet"), item)
            case "quote":
                for inner in block["blocks"]:
                    self._block(inner, "Quote")
            case "rule":
                add(style="Rule")
            case "verbatim":
                add(block["text"], "Verbatim")
            case "picture":
                self._manuscript.picture(base64.b64decode(block["png"]), USUAL, block["alt"])
            case kind:
                getattr(self, f"_{kind}")(block)

    def _items(self, block: Block, level: int = 0) -> None:
        """A list and those within it; there are two levels at most."""
        style = f"List {'Number' if block['ordered'] else 'Bullet'}{' 2' if level else ''}"
        counter = None
        for inner in chain(*block["items"]):
            if inner["kind"] == "items":
                self._items(inner, level=1)
                continue
            self._block(inner, style)
            if block["ordered"]:
                counter = self._manuscript.count(level, counter)

    def _key_figures(self, block: Block) -> None:
        for item in block["items"]:
            line = self._manuscript.add(style="Key Figure")
            self._number(line, item["number"])
            write(line, "\t")
            write(line, item["name"], "Key Figure Name")

    def _chart(self, block: Block) -> None:
        """A chart under its title, its sources below, and the notes of what is doubtful in it."""
        self._inline(self._manuscript.add(style="Caption"), block["title"])
        wide, high = block["size"]
        size = max(NARROWEST, min(USUAL, Emu(int(HIGHEST * wide / high))))
        self._manuscript.picture(Chart("", block).png, size, block["alt"])
        source = self._manuscript.add(block["source"], "Source")
        for place, number in enumerate(doubtful(block["data"])):
            if not place:
                write(source, f"   {translate(EXPLAINED)}")
            write(source, " ")
            self._note(source, number)

    def _table(self, block: Block) -> None:
        table, heads = self._manuscript.table(_shares(block)), [[it] for it in block["heads"]]
        for number, cells in enumerate([heads, *block["rows"]]):
            row = write_row(table, block["numeric"], is_head=number == 0)
            for paragraph, cell in zip(row, cells, strict=True):
                self._inline(paragraph, cell)

    def _inline(self, paragraph: Paragraph, inline: Inline, style: str | None = None) -> None:
        for part in inline:
            match part:
                case {"said": _}:
                    self._number(paragraph, part)
                case {"href": _, "parts": inner}:
                    self._inline(paragraph, inner, style)
                case {"strong": inner}:
                    self._inline(paragraph, inner, "Strong")
                case {"emphasis": inner}:
                    self._inline(paragraph, inner, "Emphasis")
                case {"code": words}:
                    write(paragraph, words, "Code")
                case {"break": _}:
                    paragraph.add_run().add_break()
                case words:
                    write(paragraph, SPACE.sub(" ", words), style)

    def _number(self, paragraph: Paragraph, number: Block) -> None:
        style = PRINTED if number["origin"] == "printed" else COMPUTED
        write(paragraph, SPACE.sub(" ", number["said"]), style)
        if number["doubts"]:
            write(paragraph, DOUBTFUL, "Doubt")
        self._note(paragraph, number)

    def _note(self, paragraph: Paragraph, number: Block) -> None:
        """A footnote that tells where a number is from, or the mark of the one that has told it."""
        place, words = self._notes.of(number)
        if words:
            self._marks[place] = self._manuscript.note(paragraph, words)
        else:
            self._manuscript.note_again(paragraph, self._marks[place])


def _shares(table: Block) -> list[float]:
    """How wide each column is: as its numbers or few words are; others share what is left.

    These share by the root of their words. The head of numbers may take several lines.
    """
    fixed, shares = [], []
    for head, column, is_number in columns(table):
        words = [*(head.split() if is_number else [head]), *map(plain, column)]
        longest = max(map(width, words))
        is_fixed = is_number or longest <= NARROW
        fixed.append(0.6 * longest + 1.6 if is_fixed else 0)
        shares.append(0 if is_fixed else max(5.5, math.sqrt(longest)))
    left = max(ROOM / EM - sum(fixed), sum(shares)) / (sum(shares) or 1)
    sizes = [size + share * left for size, share in zip(fixed, shares, strict=True)]
    return [size / sum(sizes) for size in sizes]
