"""How an edition becomes sheets of paper: a tagged PDF by Typst."""

import re
from pathlib import Path

import matplotlib
import typst
from bs4 import BeautifulSoup, NavigableString, Tag

from briefing.charts import FONT
from briefing.markup import Block

FONTS = [FONT.parent, Path(matplotlib.get_data_path()) / "fonts" / "ttf"]
WRAPPED = {"strong": "strong", "em": "emph", "sup": "super", "sub": "sub", "blockquote": "quote"}
HEADINGS = {"h1": 1, "h2": 2, "h3": 3}
SPACE = re.compile(r"[ \n\t]+")
NARROW, WIDEST = 12, 60  # characters: a column narrower than this is as wide as its words


def printed(source: str) -> bytes:
    """A document in Typst's language as a PDF that obeys PDF/UA-1, the same bytes each time."""
    return typst.compile(
        source.encode(), font_paths=FONTS, ignore_system_fonts=True, pdf_standards=["ua-1"]
    )


def body(blocks: list[Block]) -> str:
    """Blocks in Typst's language; code is left out, and so is what a page folds away."""
    parts = []
    for number, block in enumerate(blocks):
        if block.kind == "chart":
            table = _data_table(blocks[number + 1 :])
            parts.append(f"#chart({quoted(block.content)}, {quoted(block.alt)}, [{table}])")
        elif block.kind == "markup":
            parts.append(_content(BeautifulSoup(block.content, "html.parser")))
        elif block.kind == "words":
            parts.append(f"#{quoted(block.content)}")
    return "\n\n".join(parts)


def quoted(text: str) -> str:
    """Text as a string of Typst's, in which nothing has a meaning."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _data_table(following: list[Block]) -> str:
    """What the marks in a chart mean: a note for each marked quantity of its data."""
    soup = BeautifulSoup(following[0].content, "html.parser")
    marked = {mark["title"]: mark for mark in soup.select("a.quantity:has(sup)")}
    notes = [f"#{quoted(m.get_text())}: #{quoted(title)}" for title, m in marked.items()]
    return " #linebreak() ".join(notes)


def _content(node: Tag) -> str:
    return "".join(_piece(child) for child in node.children)


def _piece(node: Tag | NavigableString) -> str:
    if isinstance(node, NavigableString):
        words = SPACE.sub(" ", node)
        return f"#{quoted(words)}" if words.strip() else words
    if node.name in WRAPPED:
        return f"#{WRAPPED[node.name]}[{_content(node)}]"
    if node.name in HEADINGS:
        return f"\n#heading(level: {HEADINGS[node.name]})[{_content(node)}]\n"
    special = {
        "a": _link,
        "br": lambda _: "#linebreak()",
        "code": lambda code: f"#raw({quoted(code.get_text())})",
        "details": lambda _: "",
        "dl": _key_figures,
        "hr": lambda _: "\n#line(length: 100%)\n",
        "li": lambda item: f"[{_content(item)}],",
        "ol": lambda items: f"\n#enum({_items(items)})\n",
        "p": lambda words: f"\n\n{_content(words)}\n\n",
        "pre": lambda words: f"\n#raw(block: true, {quoted(words.get_text())})\n",
        "span": _span,
        "table": _table,
        "ul": lambda items: f"\n#list({_items(items)})\n",
    }
    return special.get(node.name, _content)(node)


def _items(items: Tag) -> str:
    return "".join(_piece(item) for item in items.find_all("li", recursive=False))


def _link(link: Tag) -> str:
    """A quantity with a note at the foot of the page; in a table, only where it is marked."""
    words = _content(link)
    if "quantity" not in link.get("class", []):
        return words
    marks = link.sup.extract().get_text() if link.sup else ""
    said = f"#box[{_content(link)}]" if len(link.get_text()) < NARROW else _content(link)
    if link.find_parent("table") and not marks:
        return said
    return f"{said}#footnote[#{quoted(link['title'])}]"


def _span(span: Tag) -> str:
    """Words of another language; for alignment, what is not shown or hangs over the edge."""
    if "lang" in span.attrs:
        return f"#text(lang: {quoted(span['lang'])})[{_content(span)}]"
    name = span.get("class", [""])[0]
    return {"pad": "#hide", "tail": "#hang"}.get(name, "#") + f"[{_content(span)}]"


def _key_figures(key: Tag) -> str:
    cards = [f"([{_content(c.dd)}], [{_content(c.dt)}])," for c in key.find_all("div")]
    return f"\n#key-figures({''.join(cards)})\n"


def _table(table: Tag) -> str:
    heads = table.thead.find_all("th")
    rows = [row.find_all("td") for row in table.tbody.find_all("tr")]
    columns = list(zip(*rows, strict=True))
    numeric = [all("number" in cell.get("class", []) for cell in column) for column in columns]
    align = ", ".join("right" if number else "left" for number in numeric)
    widths = ", ".join(_width([head, *cells]) for head, cells in zip(heads, columns, strict=True))
    header = "".join(f"[{_content(head)}]," for head in heads)
    cells = "".join(f"[{_content(cell)}]," for row in rows for cell in row)
    return f"\n#listing(({widths},), ({align},), table.header({header}), {cells})\n"


def _width(cells: list[Tag]) -> str:
    """A column's width: its own where it is narrow, else a share that grows with its words."""
    lengths = [_length(cell.get_text()) for cell in cells]
    if max(lengths) <= NARROW:
        return "auto"
    return f"{min(WIDEST, max(NARROW, sum(lengths) / len(lengths), max(lengths) / 3)):.0f}fr"


def _length(text: str) -> int:
    """The width of text in Latin characters; a Chinese one is as wide as two."""
    return sum(2 if character > "\u2e80" else 1 for character in text)
