"""A block in plain words, and in the HTML that JupyterLab shows.

JupyterLab drops classes and ids; what is written inline it keeps, trusted or not. Where styles are
dropped as well, as on GitHub, a sentence is still one line.
"""

import html
from collections.abc import Iterator
from typing import Any

from briefing.core.language import translate
from briefing.core.wording import DOUBTFUL

Block = dict[str, Any]
Inline = list[str | Block]
LEFT, RIGHT = "text-align:left;vertical-align:top", "text-align:right;vertical-align:top"
NUMBER = "border-bottom:1px {}"
ASKED = "list-style:none;cursor:pointer"
TOLD = "display:block;margin:.2em 0 .4em 1em;font-size:.9em;text-align:left;white-space:pre-line"
LINE = "margin:.6em 0"
SHORT = 12  # characters of a cell that is not broken
TILE = "flex:1 1 9em;border-top:2px solid #0b5c94;padding-top:.4em"


def plain(block: Block) -> str:
    """A block in plain words, each number with its mark and its paragraph in brackets."""
    return "\n".join(_lines(block))


def _lines(block: Block) -> Iterator[str]:
    if "heads" in block:
        yield " | ".join(block["heads"])
        for row in block["rows"]:
            yield " | ".join(_plain(cell) for cell in row)
    elif block["kind"] == "key_figures":
        pattern = translate("{name}: {words}")
        for item in block["items"]:
            yield pattern.format(name=item["name"], words=_plain([item["number"]]))
    else:
        yield from map(_plain, _sentences(block))


def _sentences(block: Block) -> list[Inline]:
    """The lines of a block that is neither a table nor key figures."""
    alone = block.get("parts", block.get("title"))
    return block.get("sentences", block.get("items")) if alone is None else [alone]


def _plain(content: Inline) -> str:
    return "".join(map(_plain_part, content))


def _plain_part(part: str | Block) -> str:
    if isinstance(part, str):
        return part
    if "href" in part:
        return "".join(part["parts"])
    source = f" [{part['source']}]" if part["source"] else ""
    return f"{part['said']}{DOUBTFUL if part['doubts'] else ''}{source}"


def markup(block: Block) -> str:
    """A block as JupyterLab shows it; a click on a number opens where it is from."""
    if "heads" in block:
        return _table(block)
    if block["kind"] == "key_figures":
        tiles = "".join(map(_tile, block["items"]))
        return f'<div style="display:flex;flex-wrap:wrap;gap:1em">{tiles}</div>'
    mark = {"chart": "strong", "headline": "big"}.get(block["kind"], "span")
    lines = [_asked(content, mark) for content in _sentences(block)]
    lines += [f"<small>{_words(hint)}</small>" for hint in block.get("hints", [])]
    return "".join(f'<div style="{LINE}">{line}</div>' for line in lines)


def _asked(content: Inline, mark: str = "span") -> str:
    """Content that opens, where it stands, what each of its numbers comes from.

    No link would lead anywhere in an output that is not trusted.
    """
    said = f"<{mark}>{''.join(map(_part, content))}</{mark}>"
    numbers = [part for part in content if isinstance(part, dict) and part.get("provenance")]
    if not numbers:
        return said
    told = "\n".join(_source(number, named=len(numbers) > 1) for number in numbers)
    summary = f'<summary style="{ASKED}">{said}</summary>'
    return f'<details>{summary}<span style="{TOLD}">{_words(told)}</span></details>'


def _source(number: Block, named: bool) -> str:
    """Where a number comes from, its doubts, and its rows of data/."""
    said = translate("{name}: {words}").format(name=number["said"], words=number["provenance"])
    rows = [f"figures.csv: {', '.join(number['figures'])}"] if number["figures"] else []
    return "\n".join([said if named else number["provenance"], *number["doubts"], *rows])


def _part(part: str | Block) -> str:
    if isinstance(part, str):
        return _words(part)
    if "href" in part:
        return f'<a href="{html.escape(part["href"])}">{_words("".join(part["parts"]))}</a>'
    mark = f'<sup style="line-height:0">{DOUBTFUL}</sup>' if part["doubts"] else ""
    if not part["provenance"]:
        return _words(part["said"])
    line = NUMBER.format("dotted" if part["origin"] == "printed" else "dashed")
    return f'<span style="{line}">{_words(part["said"])}</span>{mark}'


def _words(words: str) -> str:
    """Words as HTML; JupyterLab would set what stands between two dollar signs as a formula."""
    return html.escape(words, quote=False).replace("$", "<span>$</span>")


def _tile(item: Block) -> str:
    number = f'<div style="font-size:1.4em">{_asked([item["number"]])}</div>'
    return f'<div style="{TILE}">{number}<div>{_words(item["name"])}</div></div>'


def _table(block: Block) -> str:
    sides = [RIGHT if number else LEFT for number in block["numeric"]]
    head = _row("th", sides, [[head] for head in block["heads"]])
    rows = "".join(_row("td", sides, row) for row in block["rows"])
    whole = f"<table><thead>{head}</thead><tbody>{rows}</tbody></table>"
    if not block["summary"]:
        return whole
    return f"<details><summary>{_words(block['summary'])}</summary>{whole}</details>"


def _row(tag: str, sides: list[str], cells: list[Inline]) -> str:
    """A row of a table; a word or two, such as `para. 64`, stay on one line."""
    told = []
    for side, cell in zip(sides, cells, strict=True):
        short = all(isinstance(part, str) and len(part) <= SHORT for part in cell)
        style = f"{side};white-space:nowrap" if short else side
        told.append(f'<{tag} style="{style}">{_asked(cell) if cell else ""}</{tag}>')
    return f"<tr>{''.join(told)}</tr>"
