"""What an edition says in twelve slides: its story, a message for each theme, what to watch."""

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from briefing.core.labels import paragraphs
from briefing.core.language import current, translate
from briefing.notebook.blocks import Block
from briefing.publish import pages
from briefing.publish.document import plain
from briefing.publish.freshness import data_version
from briefing.publish.handouts import Chart, Named, by_row, by_words, sourced
from briefing.publish.sheets import EXPLAINED
from briefing.publish.slides import Message
from briefing.sources import tables

SENTENCES = 3  # in which the story is told
BESIDE = 2  # of them at most beside a picture
SOURCE = "Source: {symbol}, {paragraphs}"
REPORT = "The Secretary-General's report {symbol} of {year}, “{title}”"
METHOD = (
    "Every figure is from the Secretary-General's report {symbol} of {year}, in its Chinese text; "
    "other language versions were not read.",
    "A figure keeps the form in which the report prints it, and its paragraph; for what was "
    "computed or counted, the notes of each slide say from what.",
    "Where the report rounds a figure or says “about”, a range is assumed here by the same rule "
    "for all.",
    "‡ marks a figure of which the text of the report is in doubt; the notes say why, and which "
    "reading is adopted.",
    "Data version {version}.",
)
HEADING = "Sources and method"


def messages(documents: dict[str, list[Block]]) -> Iterator[Message]:
    """The messages of briefings by name, of which the first is the overview."""
    for place, (name, blocks) in enumerate(documents.items()):
        yield _of_briefing(name, blocks) if place else _story(blocks)
    for blocks in documents.values():
        yield from _outlook(blocks)
    yield _method()


def subtitle() -> str:
    """What the opening says of the report, and of whom it is not."""
    return f"{translate(REPORT).format(**_report())}\n{translate(pages.UNOFFICIAL)}"


def _report() -> dict[str, Any]:
    report = tables.report()
    return report | {"title": report.get(f"title_{current()}", report["title"])}


def of_chart(theme: str, chart: Chart) -> Message:
    """A chart under its finding."""
    found = list(chart.numbers())
    source = _source(found, chart.block["paragraphs"])
    return Message(theme, plain(chart.block["title"]), (), chart, source, chart.notes)


def _story(blocks: list[Block]) -> Message:
    """The overview's finding, and in brief what it tells."""
    return _message(blocks, SENTENCES)


def _of_briefing(name: str, blocks: list[Block]) -> Message:
    """A briefing's finding beside the picture that it leads with: a chart, or else a table."""
    [lead] = [block for block in blocks if block["kind"] in ("chart", "table")][:1] or [None]
    return _message(blocks, BESIDE, Chart(name, lead) if lead and lead["kind"] == "chart" else lead)


def _message(blocks: list[Block], most: int, lead: Chart | Block | None = None) -> Message:
    """A briefing's finding, and the first sentences that it has in brief."""
    heading, [brief] = blocks[0], [block for block in blocks if block["kind"] == "brief"]
    said = brief["sentences"][:most]
    found = [named for inline in (heading.get("finding", []), *said) for named in by_words(inline)]
    alone, picture, drawn_from = [], lead, []
    if isinstance(lead, Chart):
        alone, drawn_from = [lead.alt], lead.block["paragraphs"]
        found += lead.numbers()
    elif lead:
        picture = _rows(lead)
        found += by_row(lead)
    return Message(
        heading.get("theme", ""),
        plain(heading["parts"]),
        tuple(map(plain, said)),
        picture,
        _source(found, drawn_from),
        "\n".join([*alone, *sourced(found)]),
    )


def _rows(table: Block) -> list[list[str]]:
    """The head and the rows of a table without the sources at their end, as words."""
    rows = ([plain(cell) for cell in row[:-1]] for row in table["rows"])
    return [table["heads"][:-1], *rows]


def _outlook(blocks: list[Block]) -> Iterator[Message]:
    """What is planned or undecided, where a briefing lists it."""
    for heading, block in pairwise(it for it in blocks if it["kind"] != "code"):
        if block.get("outlook"):
            found = list(by_row(block))
            source = _source(found, block["paragraphs"])
            places = [" · ".join(filter(None, map(plain, row))) for row in block["rows"]]
            notes = "\n".join([*places, *sourced(found)])
            theme, title = blocks[0].get("theme", ""), plain(heading["parts"])
            yield Message(theme, title, (), _rows(block), source, notes)


def _source(found: list[Named], drawn_from: list[str]) -> str:
    """The paragraphs of numbers and of what else is shown, and whose the slide is not."""
    figures = tables.rows("figures")
    named = {figures[name]["paragraph_id"] for _, number in found for name in number["figures"]}
    report, where = tables.report()["symbol"], paragraphs({*named, *drawn_from})
    lines = [translate(SOURCE).format(symbol=report, paragraphs=where)] if where else []
    lines += [translate(EXPLAINED)] if any(number["doubts"] for _, number in found) else []
    return "\n".join([*lines, translate(pages.UNOFFICIAL)])


def _method() -> Message:
    """What the report is, and how its figures were read."""
    known = _report() | {"version": data_version()}
    said = tuple(translate(line).format(**known) for line in METHOD)
    return Message(known["symbol"], translate(HEADING), said, source=translate(pages.UNOFFICIAL))


def furniture() -> None:
    """Say all that slides say beside the notebooks, so that it is known to be asked."""
    subtitle()
    _method()
    for message in (EXPLAINED, SOURCE):
        translate(message)
