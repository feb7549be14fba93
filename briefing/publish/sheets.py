"""How an edition becomes sheets of paper: a tagged PDF by Typst."""

import base64
import math
import re
import struct
from collections.abc import Collection, Iterable
from functools import cache
from itertools import accumulate, pairwise
from pathlib import Path

import matplotlib
import typst

from briefing.core.labels import specified, width
from briefing.core.language import current, translate
from briefing.core.wording import DOUBTFUL
from briefing.notebook import navigation
from briefing.notebook.blocks import Block, Inline, figures_of
from briefing.notebook.house import FONT
from briefing.publish import document, editions
from briefing.publish.document import closing, columns, doubtful, plain
from briefing.sources import tables

IN_DATE = re.compile("(?<=至)\u00a0(?=[0-9])")  # where a date in a narrow column may break
KEPT_WHOLE = 4  # rows, up to which a table is not broken over pages
SHORT = 600  # characters, some six lines, up to which words are not
SHORT_HEAD = 8  # characters, up to which a head of numbers is not broken
NARROW = 12  # characters; a column no wider than this is as wide as its words
WHOLE = 20  # characters of a number that is not broken over lines
LAST = re.compile(r"([^ ，]*)$")  # the last word; in Chinese what follows a comma
MARK = 1.9  # times the height of numbers that the mark of a doubtful one takes with its note's
LEAD = 1.5  # times that numbers of a front sheet's table are larger than its words
LEAST = 5.5  # share of the room that is left, for a wider column
CARE = "## Read with care"  # the heading, as a cell has it
STOP = re.compile("(?<=[.])(?= [A-Z“])|(?<=。)(?=.)")  # from sentence to sentence
TWO_LINES = 250  # characters of a front sheet's small words
EXPLAINED = "‡ unclear or inconsistent in the report: see the notes"
STANDARDS = ["ua-1", "a-3a"]
ASSERTED = "assertion failed: "  # how Typst begins what the template says of a notebook
PHOTO = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide} {high}">'
    '<image width="{wide}" height="{high}" href="data:image/png;base64,{png}"/></svg>'
)


@cache
def fonts() -> typst.Fonts:
    """The fonts of paper: to look through their folders takes as long as a short page."""
    folders = [FONT.parent, Path(matplotlib.get_data_path()) / "fonts" / "ttf"]
    return typst.Fonts(include_system_fonts=False, font_paths=folders)


def printed(source: str) -> bytes:
    """A document in Typst's language as a PDF by PDF/UA-1 and PDF/A-3a, the same bytes each time.

    Raises NotebookError where a front sheet has no room on one side, TypstError where a picture
    has no words.
    """
    try:
        return typst.compile(source.encode(), font_paths=fonts(), pdf_standards=STANDARDS)
    except typst.TypstError as error:
        if not error.message.startswith(ASSERTED):
            raise
        raise editions.NotebookError(error.message.removeprefix(ASSERTED)) from None


def body(blocks: list[Block], name: str) -> str:
    """What follows the finding of a briefing in Typst's language, its front sheet ahead."""
    writer = Writer(name)
    front, rest = _front(blocks, writer)
    overleaf, writer.front = writer.held_back(), ""
    *others, last = map(writer.block, rest or [{"kind": "paragraph", "parts": []}])
    ended = f"#ended[{last}][{overleaf}]" if overleaf else last
    return "\n\n".join(filter(None, [front, *others, ended]))


def front(blocks: list[Block], name: str) -> tuple[str, str]:
    """The front sheet of a briefing in Typst's language, and the notes that it leads to."""
    writer = Writer(name)
    return _front(blocks, writer)[0], writer.held_back()


def _front(blocks: list[Block], writer: "Writer") -> tuple[str, list[Block]]:
    """The front sheet of a briefing in brief, up to its key figures, and what follows."""
    shown = document.led(printable(blocks))
    kinds = [block["kind"] for block in shown]
    if not {"brief", "key_figures"} <= set(kinds):
        return "", shown
    place = kinds.index("key_figures")
    ahead, (keys, *rest) = shown[:place], shown[place:]
    ahead.append(rest.pop(0) | {"keys": keys} if "beside" in keys else keys)
    said = writer.blocks(ahead)
    care = writer.inline(_care([] if writer.has_warned else ahead, rest))
    return f"{said}\n\n#front-ends({writer.front})[{care}]", rest


def _care(front: list[Block], blocks: list[Block]) -> Inline:
    """How the figures of a front sheet are to be read with care: two lines at most.

    Or else, or where that is told, what the report does not say, under the last heading of a list.
    """
    care, told = translate(CARE).lstrip("# "), {*figures_of(front)}
    headed = [(plain(it["parts"]), block) for it, block in pairwise(blocks) if "level" in it]
    named = [it for it in headed if it[0] == care and told & {*figures_of(it[1])}]
    for name, block in named or [it for it in headed if it[1]["kind"] == "items"][-1:]:
        parts = block["items"][0][0]["parts"] if block["kind"] == "items" else block["parts"]
        sentences: list[Inline] = [[]]
        for part in parts:
            first, *more = STOP.split(part) if isinstance(part, str) else [part]
            sentences[-1] = [*sentences[-1], first]
            sentences += [[it] for it in more]
        first, *longer = accumulate(sentences)
        fitting = [it for it in longer if width(plain(it)) <= TWO_LINES]
        return [translate("{name}: {words}").format(name=name, words=""), *(fitting or [first])[-1]]
    return []


def printable(blocks: list[Block]) -> list[Block]:
    """What is printed: no code, links or sources, nor what is folded away, with its heading."""
    shown: list[Block] = []
    for block in (it for it in blocks if not _is_of_screens(it)):
        kinds = [it["kind"] for it in shown[-2:]]
        if block["kind"] != "sources" and not block.get("summary"):
            shown.append(block)
        elif kinds[-1:] == ["heading"]:
            shown.pop()
        elif kinds == ["heading", "paragraph"] and block["kind"] != "sources":
            del shown[-2:]  # the words say what is folded away
    return shown


def _is_of_screens(block: Block) -> bool:
    """Whether a block is code, or does nothing but lead to other pages."""
    first = [item[0] for item in block["items"]] if block["kind"] == "list" else []
    leads = any(isinstance(part, dict) and "href" in part for part in first)
    return leads or block["kind"] in ("code", "links")


def attached(names: Collection[str]) -> list[dict[str, str]]:
    """The tables that notebooks such as `04-funding` were made from, and their descriptor."""
    of_these = [path for path in navigation.paths() if path.stem in names]
    files = {name.partition("#")[0] for path in of_these for name in editions.made_from(path)}
    known = [it for it in tables.descriptor()["resources"] if f"data/{it['path']}" in files]
    named = {"path": "datapackage.json", "mediatype": "application/json"}
    return [
        it | {"text": (tables.DATA / it["path"]).read_bytes().decode()}
        for it in [*known, *[tables.descriptor() | named] * bool(known)]
    ]


def quoted(text: str) -> str:
    """Text as a string of Typst's, in which nothing has a meaning."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


class Writer:
    """Writes the markup of a briefing, and remembers what it has told.

    A note stands at the foot of the page where its number first stands, those of a front sheet
    under the last words. front: the notebook whose front sheet is written, in Typst's language, ""
    after it. after: the last number of notes that others have. has_warned: whether a doubt is told
    on the front sheet.
    """

    def __init__(self, name: str, is_front: bool = True, after: int = 0) -> None:
        self.front = quoted(f"{name}.ipynb") if is_front else ""
        self.notes = document.Notes(after)
        self._name = quoted(name)
        self.has_warned = False
        self._held: list[str] = []

    def held_back(self) -> str:
        """The notes of what has room for numerals alone: a front sheet, a table."""
        notes, self._held = self._held, []
        return "".join(notes)

    def blocks(self, blocks: list[Block]) -> str:
        return "\n\n".join(map(self.block, blocks))

    def block(self, block: Block) -> str:
        match block["kind"]:
            case "heading":
                words = self.inline(block["parts"], noted=False)
                return f"#heading(level: {self.notes.level(block)})[{words}]"
            case "paragraph" | "sentence":
                told, said = len(self.notes), plain(block["parts"])
                words = self.inline(block["parts"])
                # Of the notes of what is not broken Typst keeps the first alone on its page.
                is_whole = width(said) <= SHORT and len(self.notes) - told < 2
                is_leading = said.endswith((":", "："))
                kept = [*["sticky: true"] * is_leading, *["breakable: false"] * is_whole]
                return f"#block({', '.join(kept)})[{words}]" if words and kept else words
            case "brief":
                return f"#brief({_several(map(self.inline, block['sentences']))})"
            case "list":
                return f"#list({_several(map(self.inline, block['items']))})"
            case "items":
                items = _several(map(self.blocks, block["items"]))
                return f"#{'enum' if block['ordered'] else 'list'}({items})"
            case "quote":
                return f"#quote(block: true)[{self.blocks(block['blocks'])}]"
            case "rule":
                return "#line(length: 100%)"
            case "verbatim":
                return f"#raw(block: true, {quoted(block['text'])})"
            case "key_figures":
                numbers = [item["number"] for item in block["items"]]
                # With where the report has them, as a front sheet may go alone.
                told = (specified(it["name"], it["number"]["source"]) for it in block["items"])
                names = _several(map(_tied, told, map(self._numeral, numbers)))
                numbers = _several(map(self._said, numbers))
                return f"#key-figures(({numbers}), {names})"
            case "picture":  # Typst reads no base64, but drawings that hold it
                wide, high = struct.unpack(">II", base64.b64decode(block["png"])[16:24])
                svg = PHOTO.format(wide=wide, high=high, png=block["png"])
                return self._drawn({"svg": svg, "alt": block["alt"], "title": [], "source": ""})
            case "chart":  # its data say what its notes explain
                notes = self._doubted(block)
                keys = f", keys: [{self.block(block['keys'])}]" if "keys" in block else ""
                return self._drawn(block, notes, keys)
        return self._table(block)

    def _drawn(self, chart: Block, notes: str = "", keys: str = "") -> str:
        """keys: what stands beside it on a front sheet."""
        words = f"{quoted(chart['svg'])}, {quoted(chart['alt'])}"
        title, source = _words(plain(chart["title"], mark="")), _words(chart["source"])
        return f"#chart({self.front or 'none'}, {words}, [{title}], [{source}], [{notes}]{keys})"

    def _table(self, block: Block) -> str:
        numeric, scale = block["numeric"], LEAD if self.front else 1
        marks = [_mark(cells, is_number) for _, cells, is_number in columns(block)]
        widths = ", ".join(_width(*column, scale) for column in columns(block))
        align = ", ".join("right" if is_number else "left" for is_number in numeric)
        whole = "true" if len(block["rows"]) <= KEPT_WHOLE else "false"
        layout = f"{whole}, {self.front or 'none'}, ({widths},), ({align},)"
        heads = zip(block["heads"], marks, strict=True)
        named = (f"{_words(head)}{_room(mark * scale)}" for head, mark in heads)
        header = f"table.header({_several(named)})"
        # Large numbers have units beside them: these stand under one another, not the decimals.
        padded = [[""] * len(marks)] * len(block["rows"]) if self.front else document.pads(block)
        cells = _several(
            self._cell(cell, pad, scale if is_number else 1, mark)
            for row, hidden in zip(block["rows"], padded, strict=True)
            for cell, pad, is_number, mark in zip(row, hidden, numeric, marks, strict=True)
        )
        notes = "" if self.front else self.held_back()
        return f"#listing({layout}, {header}, {cells})\n{notes}"

    def _cell(self, cell: Inline, pad: str, scale: float, mark: float) -> str:
        """A cell; what is missing for its decimals to stand under others is not shown.

        mark: the room after its number, in which the mark of a doubtful one hangs.
        """
        parts = [IN_DATE.sub(" ", part) if isinstance(part, str) else part for part in cell]
        hung = [part | {"hung": True} if mark and "said" in part else part for part in parts]
        words = self.inline(hung, noted=False)
        shown = (f"{words}#hide[{_words(pad)}]" if pad else words) + _room(mark)
        return shown if scale == 1 else f"#large({scale})[{shown}]"

    def _doubted(self, chart: Block) -> str:
        """What is doubtful in a chart: on a front sheet in words, once; else by its notes."""
        found, told = doubtful(chart["data"]), self.notes.doubts
        if self.front:
            new = dict.fromkeys(it for one in found for it in one["doubts"] if it not in told)
            self.has_warned |= bool(new)
            return _words("  ".join(document.untold(list(new), told)))
        numerals = map(self._numeral, {number["provenance"]: number for number in found}.values())
        return f"{_words(translate(EXPLAINED))} {' '.join(numerals)}" if found else ""

    def inline(self, inline: Inline, noted: bool = True) -> str:
        written, closed = [], ""
        for part, following in pairwise([*inline, ""]):
            part = part.removeprefix(closed) if isinstance(part, str) else part
            # What closes a number begins no line.
            closed = closing(following) if "said" in part and isinstance(part, dict) else ""
            written.append(self._part(part, noted, closed))
        return "".join(written)

    def _part(self, part: str | Block, noted: bool, closed: str) -> str:
        match part:
            case {"said": words}:  # in a table and a heading with its note only if doubtful
                is_told = noted or part["doubts"]
                said = self._said(part, self._numeral(part, noted) if is_told else "")
                said += _words(closed)
                return f"#box[{said}]" if len(words) <= WHOLE else said
            case {"href": _, "parts": inner}:
                return self.inline(inner, noted)
            case {"strong": inner}:
                return f"#strong[{self.inline(inner, noted)}]"
            case {"emphasis": inner}:
                return f"#emph[{self.inline(inner, noted)}]"
            case {"code": words}:
                return f"#raw({quoted(words)})"
            case {"break": _}:
                return "#linebreak()"
        return _words(part)

    def _said(self, number: Block, told: str = "") -> str:
        """A number with its mark, and what is told behind it, which may hang over its column."""
        said = f"#said({quoted(number['origin'])})[{_words(number['said'])}]"
        told = f"#super[{DOUBTFUL}]{told}" if number["doubts"] else told
        return f"{said}#hang[{told}]" if told and "hung" in number else said + told

    def _numeral(self, number: Block, noted: bool = True) -> str:
        """The numeral of a number's note, and where it stands for the first time the note."""
        place, note = self.notes.of(number)
        if note and noted and not self.front:
            return f"#noted({self._name}, {place})[{_words(note)}]"
        if note:
            form = "at-end({}, {})" if self.front else "noted({}, {}, shown: false)"
            self._held.append(f"#{form.format(self._name, place)}[{_words(note)}]")
        return f"#numeral({self._name}, {place})"


def _several(contents: Iterable[str]) -> str:
    """Contents as arguments."""
    return "".join(f"[{content}]," for content in contents)


def _words(text: str) -> str:
    """Text as markup in which nothing has a meaning; the report's own words name their language."""
    text, language = document.tied(document.SPACE.sub(" ", text)), tables.report()["language"]
    pieces = [text] if language == current() else document.CHINESE.split(text)
    return "".join(
        f"#text(lang: {quoted(language)}, {quoted(piece)})" if place % 2 else f"#{quoted(piece)}"
        for place, piece in enumerate(pieces)
        if piece
    )


def _tied(text: str, numeral: str) -> str:
    """Text and a numeral that is not parted from its last word."""
    start, last, _ = LAST.split(document.tied(text), maxsplit=1)
    return f"{_words(start)}#box[{_words(last)}{numeral}]"


def _room(em: float) -> str:
    return f"#h({em}em)" if em else ""


def _mark(column: Iterable[Inline], numeric: bool) -> float:
    """The room after a column's numbers in which the mark of a doubtful one hangs, in their em."""
    return MARK if numeric and doubtful(list(column)) else 0


def _width(head: str, column: Iterable[Inline], numeric: bool, scale: float) -> str:
    """A column's width: that of its numbers or few words, else a share by the root of its words.

    The head of numbers may take two lines or three. scale: how much larger numbers are.
    """
    heading = width(head)
    least = max(heading / 2, min(heading, SHORT_HEAD), *map(width, head.split()))
    lengths = (width(plain(cell, mark="")) for cell in column)
    longest = max([least if numeric else heading, *lengths])
    if numeric or longest <= NARROW:
        room = 0.6 * longest + _mark(column, numeric)
        return f"{(scale if numeric else 1) * room + 1.6:.1f}em"
    return f"{max(LEAST, math.sqrt(longest)):.1f}fr"
