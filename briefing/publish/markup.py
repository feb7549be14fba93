"""What a page and a sheet share: an edition's cells as blocks of harmless, aligned markup."""

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from babel.numbers import get_decimal_symbol
from bleach import clean
from bs4 import BeautifulSoup, NavigableString, Tag
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath

from briefing.core.language import current, locale, width
from briefing.publish.drawings import drawing
from briefing.publish.editions import NotebookError
from briefing.sources import tables

if TYPE_CHECKING:
    from nbformat import NotebookNode

SHOWN = {"image/svg+xml", "image/png", "text/html", "text/markdown", "text/plain"}
TAGS = {"a", "blockquote", "br", "code", "details", "em", "h1", "h2", "h3", "hr", "li", "ol", "p"}
TAGS |= {"dd", "div", "dl", "dt", "pre", "span", "strong", "sub", "summary", "sup", "ul"}
TAGS |= {"table", "tbody", "td", "th", "thead", "tr"}
ATTRIBUTES = {"*": ["class", "id"], "a": ["href", "title"], "th": ["scope"]}
CHINESE = re.compile("([\u3000-\u9fff\uff00-\uffef]*[\u4e00-\u9fff][\u3000-\u9fff\uff00-\uffef]*)")
WIDE = 3  # columns, beyond which a table is set as a list on a phone
LONGEST_WHOLE = 24  # characters of a quantity that is not broken over lines
WORD_JOINER = "\u2060"  # keeps a number and the counter after it on a line
LONGEST_TAIL = 2  # characters after a number that may hang over the column's edge


class PageError(NotebookError):
    """A notebook's output may not stand on a page."""


@dataclass(frozen=True)
class Block:
    """A piece of a briefing: `markup`, `code`, `chart` or plain `words`.

    content: HTML, source, SVG or text; alt: what a chart shows, in words.
    """

    kind: str
    content: str
    alt: str = ""


def blocks(notebook: "NotebookNode") -> list[Block]:
    """An executed notebook, in order; markup that could run code or load anything is text.

    Raises PageError when an output is of a kind that no page shows.
    """
    found: list[Block] = []
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            found.append(Block("markup", _harmless(_markdown(cell.source))))
            continue
        follows = found and found[-1].kind == "code"
        code = f"{found.pop().content}\n\n{cell.source}" if follows else cell.source
        found.append(Block("code", code))
        for output in cell.outputs:
            charts = sum(block.kind == "chart" for block in found)
            found.append(_output(output, f"c{charts + 1}"))
    return found


def _output(output: "NotebookNode", name: str) -> Block:
    data = output.get("data", {output.output_type: ""})
    if not set(data) <= SHOWN:
        kinds = ", ".join(sorted(set(data) - SHOWN))
        raise PageError(f"an output is of the kind {kinds}, expected one that a page shows")
    if "image/svg+xml" in data:
        alt = data["text/plain"]
        return Block("chart", drawing(data["image/svg+xml"], name, alt), alt)
    if "text/html" in data:
        return Block("markup", _harmless(data["text/html"]))
    if "text/markdown" in data:
        return Block("markup", _harmless(_markdown(data["text/markdown"])))
    return Block("words", data["text/plain"])


def _markdown(source: str) -> str:
    renderer = IPythonRenderer(escape=False, exclude_anchor_links=True)
    links = re.sub(r"(\]\([^:)]+)\.ipynb\)", r"\1.html)", source)
    return MarkdownWithMath(renderer=renderer).render(links)


def _harmless(fragment: str) -> str:
    """A fragment in which all but harmless markup stands as text, and numbers are aligned."""
    kept = clean(fragment, tags=TAGS, attributes=ATTRIBUTES, protocols={"http", "https"})
    soup = BeautifulSoup(kept, "html.parser")
    _name_language(soup)
    for link in soup.find_all("a", "quantity"):
        if width(link.get_text()) > LONGEST_WHOLE:
            link["class"].append("long")
        if isinstance(link.next_sibling, str) and CHINESE.match(link.next_sibling):
            link.next_sibling.replace_with(f"{WORD_JOINER}{link.next_sibling}")
    for table in soup.find_all("table"):
        heads = [head.get_text() for head in table.find_all("th")]
        rows = [row.find_all("td") for row in table.tbody.find_all("tr")]
        columns = zip(*rows, strict=True) if rows else [()] * len(heads)
        if len(heads) > WIDE:
            table["class"] = "wide"
        for head, column in zip(heads, columns, strict=True):
            _align([cell for cell in column if "number" in cell.get("class", [])], soup)
            for cell in column:
                if len(heads) > WIDE and head not in (heads[0], heads[-1]):
                    cell["data-head"] = head
    return str(soup)


def _name_language(soup: BeautifulSoup) -> None:
    """Say of the report's own Chinese words which language they are in, where it is another."""
    language = tables.descriptor()["report"]["language"]
    if current() == language:
        return
    for text in soup.find_all(string=CHINESE):
        pieces = [
            _span(soup, "lang", language, piece) if place % 2 else NavigableString(piece)
            for place, piece in enumerate(CHINESE.split(text))
        ]
        text.replace_with(*(piece for piece in pieces if piece))


def _align(cells: list[Tag], soup: BeautifulSoup) -> None:
    """Make the numbers of a column equally long after the decimal sign.

    What is missing is added as a span of the class `pad`, which is not shown, after the marks, and
    a few characters after the number become a span `tail`, which hangs over the edge.
    """
    sign = get_decimal_symbol(locale())
    last_number = re.compile(rf"^(.*?)(?:{re.escape(sign)}([0-9]+))?([^0-9]*)$", re.DOTALL)
    parts = [last_number.match(_words(cell)) for cell in cells]
    places = max((len(part[2] or "") for part in parts), default=0)
    for cell, part in zip(cells, parts, strict=True):
        words, tail = _words(cell), part[3]
        if len(tail) > LONGEST_TAIL or CHINESE.search(tail):
            continue
        missing = places - len(part[2] or "")
        pad = ("" if part[2] else sign) + "0" * missing if missing else ""
        if pad:
            words.parent.append(_span(soup, "class", "pad", pad))
        if tail:
            hung = _span(soup, "class", "tail", tail)
            words.replace_with(words.removesuffix(tail), hung)
            hung.extend(cell.find_all("sup"))


def _words(cell: Tag) -> NavigableString:
    """The text of a quantity in a cell, without its marks."""
    return next(text for text in cell.find_all(string=True) if text.parent.name != "sup")


def _span(soup: BeautifulSoup, attribute: str, value: str, text: str) -> Tag:
    span = soup.new_tag("span", attrs={attribute: value})
    span.string = text
    return span
