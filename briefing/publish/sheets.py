"""How an edition becomes sheets of paper: a tagged PDF by Typst."""

import base64
import json
import math
import re
import struct
from collections.abc import Iterable, Iterator
from itertools import count
from pathlib import Path
from typing import Any

import matplotlib
import typst
from babel.numbers import get_decimal_symbol

from briefing.core.language import current, locale, specified, translate, width
from briefing.core.sentences import DOUBTFUL
from briefing.notebook.house import FONT
from briefing.sources import tables

FONTS = [FONT.parent, Path(matplotlib.get_data_path()) / "fonts" / "ttf"]
SPACE = re.compile(r"[ \n\t]+")
CHINESE = re.compile("([\u3000-\u9fff\uff00-\uffef]*[\u4e00-\u9fff][\u3000-\u9fff\uff00-\uffef]*)")
IN_DATE = re.compile("(?<=[年月至])\u00a0(?=[0-9])")  # where a date in a narrow column may break
KEPT_WHOLE = 4  # rows, up to which a table is not broken over pages
SHORT_HEAD = 8  # characters, up to which a head of numbers is not broken
NARROW = 12  # characters; a column no wider than this is as wide as its words
WHOLE = 20  # characters of a number that is not broken over lines
LEAST = 5.5  # share of the room that is left, for a wider column
LOWEST = 3  # the least heading that a sheet tells apart
LEFT_OUT = {"code", "links"}
PHOTO = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide} {high}">'
    '<image width="{wide}" height="{high}" href="data:image/png;base64,{png}"/></svg>'
)
Inline = list[Any]
Block = dict[str, Any]


def printed(source: str) -> bytes:
    """A document in Typst's language as a PDF that obeys PDF/UA-1, the same bytes each time.

    Raises RuntimeError where a front sheet has no room on one side, or a picture no words.
    """
    turns: list[str] = []
    while True:
        inputs = {"turns": " ".join(turns)}
        compiler = typst.Compiler(
            source.encode(), font_paths=FONTS, ignore_system_fonts=True, sys_inputs=inputs
        )
        spots = json.loads(compiler.query("<spot>", field="value"))
        late = [name for name in _parted(spots) if name not in turns]
        if not late:  # what it has laid out for the query is not laid out again
            return compiler.compile(source.encode(), pdf_standards=["ua-1"])
        turns += late


def _parted(spots: list[tuple[str, str, int]]) -> list[str]:
    """The block of each chapter that has to begin a page, for a note to stand with its mark.

    spots: the kind, name and page of each heading, block, mark of a note and note.
    """
    notes = {name: page for kind, name, page in spots if kind == "note"}
    first: dict[int, str] = {}
    found: dict[str, str] = {}
    heading = block = ""
    for kind, name, page in spots:
        if kind in ("heading", "block"):
            first.setdefault(page, name)
            heading, block = (name, "") if kind == "heading" else ("", heading or name)
        elif kind == "mark" and notes[name] != page:
            chapter = name.partition(".")[0]
            found.setdefault(chapter, block if notes[name] > page else first[page])
    return list(found.values())


def body(blocks: list[Block], name: str) -> str:
    """What follows the finding of a briefing in Typst's language.

    Code, links to neighbours and what a page folds away are left out. A briefing that begins in
    brief has a front sheet, up to its key figures.
    """
    kinds = [block["kind"] for block in blocks]
    begins = kinds.index("brief") if "brief" in kinds else len(kinds)
    ends = kinds.index("key_figures", begins) + 1 if "key_figures" in kinds[begins:] else 0
    writer = _Writer(name)
    front = [*writer.blocks(blocks[:ends]), writer.overleaf(name)] if ends else []
    writer.is_front = False
    return "\n\n".join([*front, *writer.blocks(blocks[ends:])])


def quoted(text: str) -> str:
    """Text as a string of Typst's, in which nothing has a meaning."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def plain(inline: Inline, mark: str = DOUBTFUL) -> str:
    """Inline content as text, with a mark after each number that is doubtful."""
    return SPACE.sub(" ", "".join(_plain(part, mark) for part in inline))


def _plain(part: str | dict[str, Any], mark: str) -> str:
    if isinstance(part, str):
        return part
    if "said" in part:
        return part["said"] + (mark if part["doubts"] else "")
    if "code" in part:
        return part["code"]
    return " " if "break" in part else plain(next(filter(_is_list, part.values())), mark)


def _is_list(value: Any) -> bool:
    return isinstance(value, list)


def numbers(inline: Inline) -> list[dict[str, Any]]:
    """The numbers in the content of a title or a cell."""
    return [part for part in inline if isinstance(part, dict) and "said" in part]


def untold(doubts: list[str], told: set[str]) -> list[str]:
    """Doubts as lines; those told before are referred to. The doubts are added to those told."""
    lines = [f"{DOUBTFUL} {doubt}" for doubt in doubts if doubt not in told]
    again = [f"{DOUBTFUL} {translate('explained above')}"] if told.intersection(doubts) else []
    told.update(doubts)
    return lines + again


class _Writer:
    """Writes the markup of a briefing, and remembers which doubts and notes it has told of.

    is_front: whether what is written stands on the front sheet, whose notes stand overleaf.
    """

    def __init__(self, name: str) -> None:
        self.is_front = True
        self._names = (quoted(f"{name}.{number}") for number in count())
        self._told: set[str] = set()
        self._notes: dict[str, str] = {}  # the note of each number of a block
        self._overleaf: dict[str, str] = {}  # the note of each number of the front sheet
        self._depth = 1

    def overleaf(self, name: str) -> str:
        """The end of the front sheet, and on the next where each of its numbers is from."""
        notes = " #linebreak() ".join(map(_words, self._overleaf.values()))
        return f"#overleaf({quoted(name)})[{notes}]"

    def blocks(self, blocks: list[Block]) -> Iterator[str]:
        for block in blocks:
            if block["kind"] not in LEFT_OUT and not block.get("summary"):
                yield getattr(self, f"_{block['kind']}")(block)

    def _heading(self, block: Block) -> str:
        """A heading; none is more than one level below the one before, as PDF/UA asks."""
        self._depth = min(max(block["level"], 2), self._depth + 1, LOWEST)
        return f"#section({next(self._names)}, {self._depth})[{self._inline(block['parts'])}]"

    def _paragraph(self, block: Block) -> str:
        return f"#held({next(self._names)})[{self._noted(block['parts'])}]"

    _sentence = _paragraph

    def _brief(self, block: Block) -> str:
        sentences = "".join(f"[{self._noted(parts)}]," for parts in block["sentences"])
        return f"#brief({next(self._names)}, {sentences})"

    def _key_figures(self, block: Block) -> str:
        self._begin()
        cards = "".join(
            f"([{self._number(item['number'], noted=True)}], [{_words(item['name'])}]),"
            for item in block["items"]
        )
        return f"#key-figures({next(self._names)}, {cards})"

    def _list(self, block: Block) -> str:
        return f"#list({''.join(f'[{self._noted(item)}],' for item in block['items'])})"

    def _items(self, block: Block) -> str:
        items = "".join(f"[{' '.join(self.blocks(item))}]," for item in block["items"])
        return f"#{'enum' if block['ordered'] else 'list'}({items})"

    def _quote(self, block: Block) -> str:
        return f"#quote(block: true)[{' '.join(self.blocks(block['blocks']))}]"

    def _rule(self, _: Block) -> str:
        return "#line(length: 100%)"

    def _verbatim(self, block: Block) -> str:
        return f"#raw(block: true, {quoted(block['text'])})"

    def _picture(self, block: Block) -> str:
        """A picture of pixels as a drawing: Typst reads no base64, but drawings that hold it."""
        wide, high = struct.unpack(">II", base64.b64decode(block["png"])[16:24])
        svg = PHOTO.format(wide=wide, high=high, png=block["png"])
        return self._drawn("", svg, block["alt"])

    def _chart(self, block: Block) -> str:
        """A chart under its title, which has no marks; its data say what its notes explain."""
        return self._drawn(
            plain(block["title"], mark=""),
            block["svg"],
            block["alt"],
            block["source"],
            self._explained(block["data"]),
        )

    def _drawn(self, title: str, svg: str, alt: str, source: str = "", notes: str = "") -> str:
        front = "true" if self.is_front else "false"
        words = f"{quoted(svg)}, {quoted(alt)}, [{_words(title)}], [{_words(source)}], [{notes}]"
        return f"#chart({next(self._names)}, {front}, {words})"

    def _table(self, block: Block) -> str:
        heads, numeric, rows = block["heads"], block["numeric"], block["rows"]
        columns = list(zip(*rows, strict=True)) or [()] * len(heads)
        widths = ", ".join(map(_width, heads, columns, numeric))
        align = ", ".join("right" if is_number else "left" for is_number in numeric)
        pads = map(_pads, columns, numeric)
        set_columns = [map(self._cell, *column) for column in zip(columns, pads, strict=True)]
        cells = "".join(f"[{cell}]," for row in zip(*set_columns, strict=True) for cell in row)
        header = "".join(f"[{_words(head)}]," for head in heads)
        is_whole = len(rows) <= KEPT_WHOLE and block["kind"] != "sources"
        layout = f"{'true' if is_whole else 'false'}, ({widths},), ({align},)"
        notes = self._explained(block)
        return (
            f"#listing({next(self._names)}, {layout}, [{notes}], table.header({header}), {cells})"
        )

    _sources = _table

    def _cell(self, cell: Inline, pad: str) -> str:
        """A cell; what is missing for its decimals to stand under others is not shown."""
        words = self._inline([IN_DATE.sub(" ", p) if isinstance(p, str) else p for p in cell])
        return f"{words}#hide[{_words(pad)}]" if pad else words

    def _explained(self, table: Block) -> str:
        """Where each doubtful number of a table comes from, and what is doubtful."""
        notes: dict[str, str] = {}
        for row in table["rows"]:
            doubtful = [
                (head, number)
                for head, cell in zip(table["heads"], row, strict=True)
                for number in numbers(cell)
                if number["doubts"]
            ]
            for head, number in doubtful:
                place = specified(plain(row[0]), head) if len(doubtful) > 1 else plain(row[0])
                if number["provenance"] not in notes:
                    notes[number["provenance"]] = self._explanation(place, number)
        return " #linebreak() ".join(map(_words, filter(None, notes.values())))

    def _explanation(self, place: str, number: dict[str, Any]) -> str:
        """What is told below a picture or table: on the front sheet, a doubt alone, and once."""
        if self.is_front:
            new = not self._told.issuperset(number["doubts"])
            return "  ".join(untold(number["doubts"], self._told)) if new else ""
        return translate("{name}: {words}").format(name=place, words=self._note(number))

    def _note(self, number: dict[str, Any]) -> str:
        return "  ".join([number["provenance"], *untold(number["doubts"], self._told)])

    def _begin(self) -> None:
        """Begin a block that is not broken over pages: what it says twice has one note."""
        self._notes.clear()

    def _noted(self, inline: Inline) -> str:
        """The content of such a block, a note for each number."""
        self._begin()
        return self._inline(inline, noted=True)

    def _inline(self, inline: Inline, noted: bool = False) -> str:
        return "".join(self._part(part, noted) for part in inline)

    def _part(self, part: str | dict[str, Any], noted: bool) -> str:
        if isinstance(part, str):
            return _words(part)
        if "said" in part:
            said = self._number(part, noted)
            return f"#box[{said}]" if len(part["said"]) <= WHOLE else said
        if "code" in part:
            return f"#raw({quoted(part['code'])})"
        if "break" in part:
            return "#linebreak()"
        if "href" in part:
            return self._inline(part["parts"], noted)
        [(kind, inline)] = part.items()
        return f"#{'strong' if kind == 'strong' else 'emph'}[{self._inline(inline, noted)}]"

    def _number(self, number: dict[str, Any], noted: bool) -> str:
        """A number with its note, in a table without."""
        mark = f"#hang[#super[{DOUBTFUL}]]" if not noted else f"#super[{DOUBTFUL}]"
        said = f"#said({quoted(number['origin'])})[{_words(number['said'])}]"
        said += mark if number["doubts"] else ""
        if not noted:
            return said
        key = json.dumps([number["provenance"], number["doubts"]])
        if self.is_front:
            told = translate("{name}: {words}")
            self._overleaf[key] = told.format(name=number["said"], words=number["provenance"])
            return said
        if key in self._notes:
            said += f"#noted-again({self._notes[key]})"
        else:
            self._notes[key] = next(self._names)
            said += f"#noted({self._notes[key]})[{_words(self._note(number))}]"
        return said


def _words(text: str) -> str:
    """Text as markup in which nothing has a meaning; the report's own words name their language."""
    text, language = SPACE.sub(" ", text), tables.descriptor()["report"]["language"]
    pieces = [text] if language == current() else CHINESE.split(text)
    return "".join(
        f"#text(lang: {quoted(language)}, {quoted(piece)})" if place % 2 else f"#{quoted(piece)}"
        for place, piece in enumerate(pieces)
        if piece
    )


def _pads(column: Iterable[Inline], numeric: bool) -> list[str]:
    """What each number of a column lacks to be as long after the decimal sign as the longest."""
    sign = get_decimal_symbol(locale())
    decimals = [re.search(rf"({re.escape(sign)}[0-9]+)?\D*$", plain(cell))[1] for cell in column]
    longest = max(map(len, filter(None, decimals)), default=0) if numeric else 0
    return [f"{sign}{'0' * longest}"[len(it or "") : longest] for it in decimals]


def _width(head: str, column: Iterable[Inline], numeric: bool) -> str:
    """A column's width: that of its numbers or few words, else a share by the root of its words.

    The head of numbers may take two lines or three.
    """
    lengths = [width(plain(cell, mark="")) for cell in column]
    heading = width(head)
    words = [width(word) for word in head.split()]
    least = max(heading / 2, min(heading, SHORT_HEAD), *words)
    longest = max([least if numeric else heading, *lengths])
    if numeric or longest <= NARROW:
        return f"{0.6 * longest + 1.6:.1f}em"
    return f"{max(LEAST, math.sqrt(longest)):.1f}fr"
