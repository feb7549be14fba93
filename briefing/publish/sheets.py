"""How an edition becomes sheets of paper: a tagged PDF by Typst."""

import json
import math
import re
from collections.abc import Iterator
from itertools import count, pairwise
from pathlib import Path

import matplotlib
import typst
from bs4 import BeautifulSoup, NavigableString, Tag

from briefing.core.language import specified, width
from briefing.core.sentences import DOUBTFUL, untold
from briefing.notebook.charts import FONT
from briefing.publish.markup import Block

FONTS = [FONT.parent, Path(matplotlib.get_data_path()) / "fonts" / "ttf"]
WRAPPED = {"strong": "strong", "em": "emph", "sup": "super", "sub": "sub", "blockquote": "quote"}
HEADINGS = {"h1": 1, "h2": 2, "h3": 3}
SPACE = re.compile(r"[ \n\t]+")
IN_DATE = re.compile("(?<=[年月至])\u00a0(?=[0-9])")  # where a date in a narrow column may break
KEPT_WHOLE = 4  # rows, up to which a table is not broken over pages
SHORT_HEAD = 8  # characters, up to which a head of numbers is not broken
NARROW = 12  # characters; a column no wider than this is as wide as its words
LEAST = 5.5  # share of the room that is left, for a wider column


def printed(source: str) -> bytes:
    """A document in Typst's language as a PDF that obeys PDF/UA-1, the same bytes each time."""
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
    """What follows the finding of a briefing in Typst's language, up to the links at its end.

    Code is left out, and so is what a page folds away.
    """
    return "\n\n".join(_Writer(name).blocks(blocks[1:]))


def quoted(text: str) -> str:
    """Text as a string of Typst's, in which nothing has a meaning."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


class _Writer:
    """Writes the markup of a briefing, and remembers which doubts it has told of."""

    def __init__(self, name: str) -> None:
        self._told: set[str] = set()
        self._names = (quoted(f"{name}.{number}") for number in count())

    def blocks(self, blocks: list[Block]) -> Iterator[str]:
        for block, following in pairwise(blocks):
            if block.kind == "chart":
                notes = self._marked(BeautifulSoup(following.content, "html.parser"))
                picture = f"{quoted(block.content)}, {quoted(block.alt)}"
                yield f"#chart({next(self._names)}, {picture}, [{notes}])"
            elif block.kind == "markup":
                content = self._content(BeautifulSoup(block.content, "html.parser"))
                before_sources = following.content.startswith('<table id="sources"')
                yield f"#block(sticky: true)[{content}]" if before_sources else content
            elif block.kind == "words":
                yield f"#raw(block: true, {quoted(block.content)})"

    def _marked(self, data: Tag) -> str:
        """What the marks in a chart or table mean: where each marked quantity comes from.

        Of entries counted it is only said that they are.
        """
        marked: dict[str, Tag] = {}
        last = []
        for link in data.select("a.quantity:has(sup)"):
            if _is_count(link):
                last = ["#counted"]
            else:
                marked.setdefault(link["title"], link)
        notes = [f"#{quoted(_place(k) + ': ')}{self._note(k)}" for k in marked.values()]
        return " #linebreak() ".join([*notes, *last])

    def _note(self, quantity: Tag) -> str:
        """Where a quantity comes from; a doubt is explained once and then referred to."""
        lines, is_again = untold(quantity["title"], self._told)
        return f"#{quoted('  '.join(lines))}{' #again' if is_again else ''}"

    def _content(self, node: Tag) -> str:
        return "".join(self._piece(child) for child in node.children)

    def _piece(self, node: Tag | NavigableString) -> str:
        if isinstance(node, NavigableString):
            words = SPACE.sub(" ", node)
            if node.find_parent("td"):
                words = IN_DATE.sub(" ", words)
            return f"#{quoted(words)}" if words.strip() else words
        if node.name in WRAPPED:
            wrapped = f"#{WRAPPED[node.name]}[{self._content(node)}]"
            hangs = node.name == "sup" and node.find_parent("td", "number")
            return f"#hang[{wrapped}]" if hangs else wrapped
        if node.name in HEADINGS:
            depth, words = HEADINGS[node.name], self._content(node)
            return f"\n#section({next(self._names)}, {depth})[{words}]\n"
        special = {
            "a": self._link,
            "br": lambda _: "#linebreak()",
            "code": lambda code: f"#raw({quoted(code.get_text())})",
            "details": lambda _: "",
            "dl": self._key_figures,
            "hr": lambda _: "\n#line(length: 100%)\n",
            "li": lambda item: f"[{self._content(item)}],",
            "ol": lambda items: f"\n#enum({self._items(items)})\n",
            "p": self._paragraph,
            "pre": lambda words: f"\n#raw(block: true, {quoted(words.get_text())})\n",
            "span": self._span,
            "table": self._table,
            "ul": lambda items: f"\n#list({self._items(items)})\n",
        }
        return special.get(node.name, self._content)(node)

    def _paragraph(self, words: Tag) -> str:
        return f"\n#held({next(self._names)})[{self._content(words)}]\n"

    def _items(self, items: Tag) -> str:
        return "".join(self._piece(item) for item in items.find_all("li", recursive=False))

    def _link(self, link: Tag) -> str:
        """A quantity with a note at the foot of the page, or in a table without."""
        said = self._content(link)
        if "quantity" not in link.get("class", []) or link.find_parent("table"):
            return said
        noted = f"{said}#noted({next(self._names)})[{self._note(link)}]"
        return f"#box[{noted}]" if len(link.get_text()) <= NARROW else noted

    def _span(self, span: Tag) -> str:
        """Words of another language; for alignment, what is not shown or hangs over the edge."""
        if "lang" in span.attrs:
            return f"#text(lang: {quoted(span['lang'])})[{self._content(span)}]"
        name = span.get("class", [""])[0]
        return {"pad": "#hide", "tail": "#hang"}.get(name, "#") + f"[{self._content(span)}]"

    def _key_figures(self, key: Tag) -> str:
        cards = key.find_all("div")
        written = [f"([{self._content(c.dd)}], [{self._content(c.dt)}])," for c in cards]
        return f"\n#key-figures({''.join(written)})\n"

    def _table(self, table: Tag) -> str:
        heads = table.thead.find_all("th")
        rows = [row.find_all("td") for row in table.tbody.find_all("tr")]
        columns = list(zip(*rows, strict=True)) or [()] * len(heads)
        numeric = [all("number" in cell.get("class", []) for cell in column) for column in columns]
        align = ", ".join("right" if number else "left" for number in numeric)
        widths = ", ".join(map(_width, heads, columns, numeric))
        header = "".join(f"[{self._content(head)}]," for head in heads)
        cells = "".join(f"[{self._content(cell)}]," for row in rows for cell in row)
        whole = "true" if len(rows) <= KEPT_WHOLE and not table.get("id") else "false"
        head, notes = f"table.header({header})", self._marked(table)
        layout = f"{whole}, ({widths},), ({align},)"
        return f"\n#listing({next(self._names)}, {layout}, [{notes}], {head}, {cells})\n"


def _place(quantity: Tag) -> str:
    """Where in a chart's data or a table a quantity stands: its row, and column if need be."""
    row = quantity.find_parent("tr")
    name = row.td.get_text()
    if len(row.select("a.quantity:has(sup)")) == 1:
        return name
    heads = row.find_parent("table").thead.find_all("th")
    column = row.find_all("td").index(quantity.find_parent("td"))
    return specified(name, heads[column].get_text())


def _is_count(quantity: Tag) -> bool:
    return "counted" in quantity["class"] and DOUBTFUL not in quantity.get_text()


def _width(head: Tag, cells: tuple[Tag, ...], numeric: bool) -> str:
    """A column's width: that of its numbers or few words, else a share by the root of its words.

    The head of numbers may take two lines or three.
    """
    lengths = [width(cell.get_text()) for cell in cells]
    heading = width(head.get_text())
    words = [width(word) for word in head.get_text().split()]
    least = max(heading / 2, min(heading, SHORT_HEAD), *words)
    longest = max([least if numeric else heading, *lengths])
    if numeric or longest <= NARROW:
        return f"{0.6 * longest + 1.6:.1f}em"
    return f"{max(LEAST, math.sqrt(longest)):.1f}fr"
