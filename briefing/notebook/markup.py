"""A block in plain words, and in the HTML that JupyterLab shows.

JupyterLab drops classes and ids; what is written inline it keeps, trusted or not. Where styles are
dropped as well, as on GitHub, a sentence is still one line.
"""

import html
from typing import Any

from briefing.core.language import translate
from briefing.core.wording import DOUBTFUL

Block = dict[str, Any]
Inline = list[str | Block]
ASKED = "list-style:none;cursor:pointer"
TOLD = "display:block;margin:.2em 0 .4em 1em;font-size:.9em;text-align:left;white-space:pre-line"
LINE = "margin:.6em 0"
SHORT = 12  # characters of a cell that is not broken
TILE = (
    '<div style="flex:1 1 9em;border-top:2px solid #0b5c94;padding-top:.4em">'
    '<div style="font-size:1.4em">{number}</div><div>{name}</div></div>'
)


def plain(block: Block) -> str:
    """A block in plain words, each number with its mark and its paragraph in brackets."""
    if "heads" in block:
        rows = (" | ".join(map(_plain, row)) for row in block["rows"])
        return "\n".join([" | ".join(block["heads"]), *rows])
    if block["kind"] == "key_figures":
        pattern = translate("{name}: {words}")
        said = ((it["name"], _plain([it["number"]])) for it in block["items"])
        return "\n".join(pattern.format(name=name, words=words) for name, words in said)
    return "\n".join(map(_plain, _sentences(block)))


def _plain(content: Inline) -> str:
    words = ""
    for part in content:
        if isinstance(part, str):
            words += part
        elif "href" in part:
            words += "".join(part["parts"])
        else:
            source = f" [{part['source']}]" if part["source"] else ""
            words += f"{part['said']}{DOUBTFUL if part['doubts'] else ''}{source}"
    return words


def _sentences(block: Block) -> list[Inline]:
    """The lines of a block that is neither a table nor key figures."""
    alone = block.get("parts", block.get("title"))
    return block.get("sentences", block.get("items")) if alone is None else [alone]


def markup(block: Block) -> str:
    """A block as JupyterLab shows it; a click on a number opens where it is from."""
    if "heads" in block:
        return _table(block)
    if block["kind"] == "key_figures":
        said = ((_asked([it["number"]]), _words(it["name"])) for it in block["items"])
        tiles = "".join(TILE.format(number=number, name=name) for number, name in said)
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
    lines = []
    for number in numbers:
        named = translate("{name}: {words}").format(name=number["said"], words=number["provenance"])
        lines += [named if len(numbers) > 1 else number["provenance"], *number["doubts"]]
        lines += [f"figures.csv: {', '.join(number['figures'])}"] if number["figures"] else []
    told = _words("\n".join(lines))
    summary = f'<summary style="{ASKED}">{said}</summary>'
    return f'<details>{summary}<span style="{TOLD}">{told}</span></details>'


def _part(part: str | Block) -> str:
    if isinstance(part, str):
        return _words(part)
    if "href" in part:
        return f'<a href="{html.escape(part["href"])}">{_words("".join(part["parts"]))}</a>'
    if not part["provenance"]:
        return _words(part["said"])
    mark = f'<sup style="line-height:0">{DOUBTFUL}</sup>' if part["doubts"] else ""
    line = "dotted" if part["origin"] == "printed" else "dashed"
    return f'<span style="border-bottom:1px {line}">{_words(part["said"])}</span>{mark}'


def _words(words: str) -> str:
    """Words as HTML; JupyterLab would set what stands between two dollar signs as a formula."""
    return html.escape(words, quote=False).replace("$", "<span>$</span>")


def _table(block: Block) -> str:
    """A table; a number stays on one line, and a word or two in a cell, such as `para. 64`."""
    lines = []
    for row in ([[head] for head in block["heads"]], *block["rows"]):
        tag, cells = "td" if lines else "th", []
        for is_number, cell in zip(block["numeric"], row, strict=True):
            short = all(isinstance(part, str) and len(part) <= SHORT for part in cell)
            side, kept = "right" if is_number else "left", is_number or short
            style = f"text-align:{side};vertical-align:top{';white-space:nowrap' * kept}"
            cells.append(f'<{tag} style="{style}">{_asked(cell) if cell else ""}</{tag}>')
        lines.append(f"<tr>{''.join(cells)}</tr>")
    head, *rows = lines
    whole = f"<table><thead>{head}</thead><tbody>{''.join(rows)}</tbody></table>"
    if not block["summary"]:
        return whole
    return f"<details><summary>{_words(block['summary'])}</summary>{whole}</details>"
