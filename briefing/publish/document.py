"""An executed notebook as one document: a list of blocks, which every renderer reads.

Beside the blocks that its outputs hold, a document has `heading` (level, parts; where it is a
headline its theme, and its content with the numbers as `finding`), `paragraph` (parts), `items`
(ordered, items: the blocks of each), `quote` (blocks), `rule`, `verbatim` (text), `code` (source)
and `picture` (png, alt). A chart's block holds its `svg` and `data`, too.
"""

import hashlib
import html
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from itertools import groupby, pairwise
from typing import TYPE_CHECKING, Any

from babel.numbers import get_decimal_symbol

from briefing.core.labels import unbroken
from briefing.core.language import conventions, current, locale, translate
from briefing.core.wording import DOUBTFUL
from briefing.notebook.blocks import MIME, Block, Inline, every_number
from briefing.publish.editions import NotebookError

if TYPE_CHECKING:
    from nbformat import NotebookNode

CHINESE = re.compile("([\u3000-\u9fff\uff00-\uffef]*[\u4e00-\u9fff][\u3000-\u9fff\uff00-\uffef]*)")
# Between a number and what it counts, or a word before it at which no line of a headline ends.
COUNTER = re.compile("(?<=[0-9]) (?=[\u4e00-\u9fff])|(?<=[在约至近由从自比为每第]) (?=[0-9])")
SPACE = re.compile(r"[ \n\t]+")
# Spaces at which no line ends: within a reference to paragraphs, `paras. 64, 70` and 第 64 段, an
# amount, `$5 million`, `60 per cent` and 7 800 万, and a date, `9 March` and 2012 年 3 月 9 日.
WITHIN = (
    r"(?<=ara\.|ras\.) (?=[0-9])|(?<=[0-9],) (?=[0-9]+(?:-[0-9]+)?(?![0-9,-]))|(?<=第) (?=[0-9])",
    r"(?<=[0-9]) (?=[\u4e00-\u9fff]|[mb]illion|per cent|[0-9]{3}(?![0-9]))|(?<=[0-9] per) (?=cent)",
    r"(?<=年) (?=[0-9]+ ?月)|(?<=月) (?=[0-9]+ ?日)",
)
COUNTED = re.compile("^ (?=[\u4e00-\u9fff])")  # between a number and what it counts
ADDRESS = re.compile(r"(https?:|mailto:|#).*|[^:\s]+\.(ipynb|html)(#\S*)?")
LOWEST = 3  # the least heading that print tells apart
# What has no spaces at which a line might end, and is not to be broken either: amounts, shares,
# sections, some paragraphs, dates, spans, and names with a hyphen such as `UN-Women`.
UNBROKEN = "|".join(
    (
        r"(?:约\s?)?[0-9]+(?:[.\s][0-9]+)*\s?(?:[万亿]?多?美元|[万亿])",
        r"约?[一二三四](?:分之[一二三四]|倍)|[二三四五六七八九十]个",
        r"第[一二三四五六七八九十](?:\.[A-Z])?节|第\s[0-9-]+(?:、[0-9-]+){1,2}\s段|第[0-9/]+号",
        r"[0-9]+[年月日](?:[0-9]+[月日])*|[0-9]+-[0-9]+(?:\s年|\u00a0[A-Z][a-z]+)?",
        r"\b(?:(?:[A-Z]{2,}|[Cc]o)-[A-Za-z]+|[A-Z][a-z]{5,}-[A-Z][a-z]+)",
    )
)
AMOUNT = r"\$[0-9.]+\s[mb]illion|[0-9]+\sper\scent"
CLOSING = re.compile("[]).,;:!?”’、。》」，；：！？）]*")
UNDESCRIBED = "A picture without a description"
# What terminals take for colours, and characters that no font has.
CONTROL = re.compile("\x1b\\[[0-9;]*[A-Za-z]|[\x00-\x08\x0b-\x1f]")


@cache
def _markdown() -> Callable[[str], Any]:
    import mistune  # not where no page has changed: it takes long

    return mistune.create_markdown(renderer="ast", plugins=["table"])


def blocks(notebook: "NotebookNode", name: str) -> list[Block]:
    """The blocks of a notebook, in order.

    name: the file's. Raises NotebookError where a cell holds what cannot be shown.
    """
    found: list[Block] = []
    for number, cell in enumerate(notebook.cells, start=1):
        try:
            new = list(_cell(cell))
        except ValueError as fault:
            raise NotebookError(f"{name}, cell {number}: {fault}") from None
        if new and found and found[-1]["kind"] == new[0]["kind"] == "code":
            found[-1]["source"] += f"\n\n{new.pop(0)['source']}"
        found += new
    # A headline is the first heading; that heading is its theme.
    lines = [block["parts"] for block in found if block["kind"] == "headline"]
    if lines and found[0]["kind"] == "heading":
        finding, theme = (plain(parts, mark="") for parts in (lines[0], found[0]["parts"]))
        parts = [COUNTER.sub("\u00a0", finding)]
        found[0] |= {"parts": parts, "theme": theme, "finding": lines[0]}
    return [block for block in found if block["kind"] != "headline"]


def is_briefing(blocks: list[Block]) -> bool:
    """Whether a notebook says in brief what a reader of one minute is to know."""
    return any(block["kind"] == "brief" for block in blocks)


def title(blocks: Sequence[Block]) -> tuple[str, str]:
    """The title of a document, its theme before it, and the finding under it, "" for none."""
    heading, following = blocks[:2]
    words = plain(heading["parts"])
    finding = following["parts"] if following["kind"] == "paragraph" else []
    if "theme" in heading:
        words = translate("{name}: {words}").format(name=heading["theme"], words=words)
    return words, plain(finding)


def below_title(blocks: Sequence[Block]) -> list[Block]:
    """What follows the title and the finding of a document."""
    return list(blocks[2 if title(blocks)[1] else 1 :])


def _cell(cell: "NotebookNode") -> Iterator[Block]:
    """A cell's words, or its code and what that shows."""
    if cell.cell_type == "markdown":
        yield from _blocks(_markdown()(cell.source))
        return
    if cell.cell_type == "raw":
        raise ValueError("is a raw cell, expected code or markdown: change its type")
    yield {"kind": "code", "source": cell.source}
    rest = iter(cell.outputs)
    for output in rest:
        block = output.get("data", {}).get(MIME)
        if block is None:
            yield from _own(output)
        elif block["kind"] == "chart":
            picture, table = next(rest).data, next(rest).data
            yield block | {"svg": picture["image/svg+xml"], "data": table[MIME]}
        else:
            yield block


def _own(output: "NotebookNode") -> Iterator[Block]:
    """What a person's own code shows. Raises ValueError where it is of another kind."""
    data = {output.name: output.text} if "name" in output else output.get("data", {"error": ""})
    match sorted(set(data) - {"text/plain"}):
        case []:
            yield {"kind": "verbatim", "text": CONTROL.sub("", data["text/plain"])}
        case ["stdout"]:
            yield {"kind": "verbatim", "text": CONTROL.sub("", data["stdout"].rstrip("\n"))}
        case ["text/markdown"]:
            yield from _blocks(_markdown()(data["text/markdown"]))
        case ["image/png"]:
            alt = translate(UNDESCRIBED)  # show_chart would describe it
            yield {"kind": "picture", "png": data["image/png"], "alt": alt}
        case ["stderr"]:
            raise ValueError("warns on stderr, expected no warning: mend what it warns of")
        case kinds:
            told = "expected words, a figure or a table: print it, or show it by "
            told += "briefing.show_table or briefing.show_chart"
            raise ValueError(f"shows {', '.join(kinds)}, {told}")


def _blocks(tokens: Iterable[Block]) -> Iterator[Block]:
    """Blocks of markdown; markup of HTML's own is words."""
    for token in tokens:
        inner = token.get("children", [])
        match token["type"]:
            case "table":
                raise ValueError("has a table in markdown, expected briefing.show_table(frame)")
            case "heading" if not plain(_parts(inner)).strip():
                raise ValueError("has a heading without words, expected some")
            case "heading":
                yield {"kind": "heading", **token["attrs"], "parts": _parts(inner)}
            case "paragraph" | "block_text":
                yield {"kind": "paragraph", "parts": _parts(inner)}
            case "block_html":
                yield {"kind": "paragraph", "parts": [token["raw"].strip()]}
            case "list":
                items = [list(_blocks(item["children"])) for item in inner]
                yield {"kind": "items", "ordered": token["attrs"]["ordered"], "items": items}
            case "block_quote":
                yield {"kind": "quote", "blocks": list(_blocks(inner))}
            case "block_code":
                yield {"kind": "verbatim", "text": token["raw"].rstrip("\n")}
            case "thematic_break":
                yield {"kind": "rule"}


def _parts(tokens: Iterable[Block]) -> list[Any]:
    """The inline content of markdown, each run of plain words as one."""
    parts = [part for token in tokens for part in _part(token)]
    runs = groupby(parts, key=lambda part: isinstance(part, str))
    return [part for plain, run in runs for part in (["".join(run)] if plain else run)]


def _part(token: dict[str, Any]) -> list[Any]:
    """What a token of markdown stands for; a link to where no page may lead is its words."""
    inner = _parts(token.get("children", []))
    match token["type"]:
        case "text":
            return [html.unescape(token["raw"])]
        case "inline_html":
            return [token["raw"]]
        case "softbreak":
            return [" "]
        case "linebreak":
            return [{"break": True}]
        case "codespan":
            return [{"code": token["raw"]}]
        case "strong" | "emphasis" as kind:
            return [{kind: inner}]
        case "link":
            href = token["attrs"]["url"]
            return [{"href": href, "parts": inner}] if ADDRESS.fullmatch(href) else inner
        case _:
            raise ValueError("has a picture in markdown, expected none: draw it in a code cell")


def plain(inline: Inline, mark: str = DOUBTFUL) -> str:
    """Inline content as text, with a mark after each number that is doubtful."""
    return SPACE.sub(" ", "".join(_plain(part, mark) for part in inline))


def _plain(part: str | Block, mark: str) -> str:
    match part:
        case {"said": said, "doubts": doubts}:
            return said + (mark if doubts else "")
        case {"parts": inner} | {"strong": inner} | {"emphasis": inner}:
            return plain(inner, mark)
        case {"code": words}:
            return words
        case {"break": _}:
            return " "
    return part


def closing(words: Any) -> str:
    """The punctuation that words begin with, which belongs to the number before them."""
    return CLOSING.match(words)[0] if isinstance(words, str) else ""


def doubtful(content: Any) -> list[Block]:
    """The numbers within a block that the report leaves in doubt, in order."""
    return [number for number in every_number(content) if number["doubts"]]


def address(number: Block) -> str:
    """Where a number answers for itself on the page of cards: by its figures or its paragraphs."""
    counted = hashlib.sha256(number["source"].encode()).hexdigest()[:8]
    return "+".join(sorted(number["figures"])) or f"counted-{counted}"


def anchor(heading: Inline) -> str:
    """The id by which a heading is linked to."""
    return "".join(part for part in heading if isinstance(part, str)).replace(" ", "-")


def led(blocks: list[Block]) -> list[Block]:
    """Blocks with the key figures ahead of the lead picture, beside which they then stand."""
    for chart, keys in pairwise(block for block in blocks if block["kind"] != "code"):
        if (chart["kind"], keys["kind"]) == ("chart", "key_figures"):
            led = [block for block in blocks if block is not keys]
            led.insert(led.index(chart), keys | {"beside": True})
            return led
    return blocks


def keyed(blocks: list[Block]) -> Iterator[Block]:
    """Blocks with what their marks mean: after what is in brief, and where the first ‡ stands."""
    marked = next((place for place, it in enumerate(blocks) if doubtful(it)), None)
    for place, block in enumerate(blocks):
        yield block
        origins, doubts = block["kind"] == "brief", place == marked
        if origins or doubts:
            yield {"kind": "legend", "origins": origins, "doubts": doubts}


def tied(words: str) -> str:
    """Words in which spaces at which no line is to end do not break it."""
    return _within(current()).sub("\u00a0", words)


@cache
def _within(language: str) -> re.Pattern[str]:
    """Spaces within a reference, an amount or a date, as a language names its months."""
    months = "|".join(conventions(language).months["format"]["wide"].values())
    return re.compile("|".join([*WITHIN, f"(?<=[0-9]) (?={months})"]))


@cache
def whole() -> str:
    """A pattern of what no line of a headline ends in: amounts and such, names, further words."""
    return f"(?:{'|'.join([AMOUNT, UNBROKEN, *map(re.escape, unbroken())])})"


def untold(doubts: Iterable[str], told: set[str]) -> list[str]:
    """Doubts as lines; those told before are referred to. The doubts are added to those told."""
    lines = [f"{DOUBTFUL} {doubt}" for doubt in doubts if doubt not in told]
    again = [f"{DOUBTFUL} {translate('explained above')}"] if told.intersection(doubts) else []
    told.update(doubts)
    return lines + again


class Notes:
    """What a briefing in print has told: which notes, which doubts, and how deep its heading is.

    after: the last number of notes that others have.
    """

    def __init__(self, after: int = 0) -> None:
        self._after, self._depth = after, 1
        self._known: dict[tuple[str, ...], int] = {}
        self.doubts: set[str] = set()

    def __len__(self) -> int:
        return len(self._known)

    def level(self, heading: Block) -> int:
        """A heading's level; none is more than one below the one before, as PDF/UA asks."""
        self._depth = min(max(heading["level"], 2), self._depth + 1, LOWEST)
        return self._depth

    def of(self, number: Block) -> tuple[int, str]:
        """The number of the note on where a number is from, and its words, "" if told before."""
        origin, *doubts = told = (*number["provenance"].split("\n"), *number["doubts"])
        is_new = told not in self._known
        place = self._known.setdefault(told, self._after + len(self._known) + 1)
        return place, "  ".join([origin, *untold(doubts, self.doubts)]) if is_new else ""


def columns(table: Block) -> list[tuple[str, Sequence[Inline], bool]]:
    """The head of each column, its cells, and whether they are numbers."""
    cells = list(zip(*table["rows"], strict=True)) or [()] * len(table["heads"])
    return list(zip(table["heads"], cells, table["numeric"], strict=True))


def pads(table: Block) -> list[tuple[str, ...]]:
    """For each cell of each row what a number in it lacks behind its column's decimal sign."""
    cells = zip(*table["rows"], strict=True)
    return list(zip(*map(_missing, cells, table["numeric"]), strict=True))


def _missing(column: Sequence[Inline], numeric: bool) -> list[str]:
    """Decimals by which a column's numbers of one unit become equally long, set but not shown."""
    if not numeric:
        return [""] * len(column)
    sign = re.escape(get_decimal_symbol(locale()))
    last = re.compile(f"([$]?)(?:[0-9][0-9,\u00a0]*)?({sign}[0-9]+)?([^0-9]*)$")
    said = [cell[0] if cell else "" for cell in column]
    words = [number if isinstance(number, str) else number["said"] for number in said]
    found = [last.search(number).groups("") for number in words]
    longest: dict[tuple[str, str], str] = {}
    for before, own, unit in found:
        longest[before, unit] = max(longest.get((before, unit), ""), own, key=len)
    return [longest[before, unit][len(own) :] for before, own, unit in found]
