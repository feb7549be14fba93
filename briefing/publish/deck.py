"""What an edition says in twelve slides: its story, a message for each theme, what to watch."""

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from briefing.core.labels import paragraphs
from briefing.core.language import current, translate
from briefing.notebook.blocks import Block, Inline, figures_of
from briefing.notebook.outputs import COMPUTED, SOURCE
from briefing.publish import pages
from briefing.publish.document import plain
from briefing.publish.freshness import data_version
from briefing.publish.handouts import Chart, Named, by_row, by_words, sourced
from briefing.publish.sheets import EXPLAINED
from briefing.publish.slides import Message
from briefing.sources import tables

SENTENCES = 3  # in which the story is told
BESIDE = 2  # at most beside a picture
REPORT = "The Secretary-General's report {symbol} of {year}, “{title}”"
METHOD = (
    "Every figure is from the Secretary-General's report {symbol} of {year}, in its Chinese text, "
    "or computed from it; other language versions were not read.",
    "Each figure is given in the form in which the report prints it, with its paragraph; the notes "
    "to each slide show how computed or counted figures were obtained.",
    "Where the report rounds a figure or says “about”, a range is assumed here by the same rule "
    "for all.",
    "‡ marks a figure on which the text of the report is unclear or inconsistent; the notes say "
    "why, and which reading is adopted.",
    "Data version {version}.",
)
Cited = tuple[Inline, list[str]]  # a sentence, and the paragraphs that it refers to
HEADING = "Sources and method"


def messages(documents: dict[str, list[Block]]) -> Iterator[Message]:
    """The messages of briefings by name, of which the first is the overview.

    Each is a finding and what bears it out; but for the overview's beside the picture that it leads
    with: a chart, or else a table.
    """
    for place, (name, blocks) in enumerate(documents.items()):
        heading, theme = blocks[0], blocks[0].get("theme", "")
        lead = next((it for it in blocks if place and it["kind"] in ("chart", "table")), None)
        told = _told(blocks, bool(lead))
        said, cited = [inline for inline, _ in told], [name for _, its in told for name in its]
        found = [it for inline in (heading.get("finding", []), *said) for it in by_words(inline)]
        picture, notes, caption = None, [], ""
        if lead and lead["kind"] == "chart":
            picture, notes, caption = Chart(name, lead), [lead["alt"]], plain(lead["title"])
            cited += lead["paragraphs"]
            found += picture.numbers()
        elif lead:
            picture = _rows(lead)
            found += by_row(lead)
        title, words = plain(heading["parts"]), tuple(map(plain, said))
        notes = "\n".join([*notes, *sourced(found)])
        yield Message(theme, title, words, picture, caption, _source(found, cited), notes)
    for blocks in documents.values():
        for heading, block in pairwise(it for it in blocks if it["kind"] != "code"):
            if block.get("outlook"):
                found, theme = list(by_row(block)), blocks[0].get("theme", "")
                told = (" · ".join(filter(None, map(plain, row))) for row in block["rows"])
                notes = "\n".join([*told, *sourced(found)])
                source = _source(found, block["paragraphs"])
                yield Message(theme, plain(heading["parts"]), (), _rows(block), "", source, notes)
    known = _report() | {"version": data_version()}
    method = tuple(translate(line).format(**known) for line in METHOD)
    own = translate(pages.UNOFFICIAL)
    yield Message(known["symbol"], translate(HEADING), method, source=own)


def _told(blocks: list[Block], is_pictured: bool) -> list[Cited]:
    """What is said beside a picture: first of all the sentences in brief with a headline's figures.

    Without a picture it is the first sentences and the last.
    """
    [block] = [block for block in blocks if block["kind"] == "brief"]
    brief = list(zip(block["sentences"], block["paragraphs"], strict=True))
    if not is_pictured:
        return [*brief[:-1][: SENTENCES - 1], brief[-1]]
    named = set(figures_of(blocks[0].get("finding", [])))
    chosen = sorted(brief, key=lambda it: named.isdisjoint(figures_of(it[0])))[:BESIDE]
    return [sentence for sentence in brief if sentence in chosen]


def subtitle() -> str:
    """What the opening says of the report, and of whom it is not."""
    return f"{translate(REPORT).format(**_report())}\n{translate(pages.UNOFFICIAL)}"


def _report() -> dict[str, Any]:
    report = tables.report()
    return report | {"title": report.get(f"title_{current()}", report["title"])}


def of_chart(theme: str, chart: Chart) -> Message:
    """A chart under its finding."""
    found, block = list(chart.numbers()), chart.block
    source, notes = _source(found, block["paragraphs"]), "\n".join([block["alt"], *sourced(found)])
    return Message(theme, plain(block["title"]), (), chart, "", source, notes)


def _rows(table: Block) -> list[list[str]]:
    """The head and the rows of a table without the sources at their end, as words."""
    rows = ([plain(cell) for cell in row[:-1]] for row in table["rows"])
    return [table["heads"][:-1], *rows]


def _source(found: list[Named], drawn_from: list[str]) -> str:
    """The paragraphs of numbers and of what else is shown, and whose the slide is not."""
    figures = tables.rows("figures")
    named = {figures[name]["paragraph_id"] for _, number in found for name in number["figures"]}
    report, where = tables.report()["symbol"], paragraphs({*named, *drawn_from})
    form = COMPUTED if any(number["origin"] == "computed" for _, number in found) else SOURCE
    source = where and translate(form).format(symbol=report, paragraphs=where)
    doubt = any(number["doubts"] for _, number in found) and translate(EXPLAINED)
    return "\n".join(filter(None, [source, doubt, translate(pages.UNOFFICIAL)]))
