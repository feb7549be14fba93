"""How an edition becomes hand-outs that people edit: a document, slides, pictures and tables."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd
import typst
from tqdm import tqdm

from briefing.core.language import languages, speaking, translate
from briefing.core.sentences import Sentence
from briefing.notebook import navigation
from briefing.notebook.blocks import Block, Inline, every_number
from briefing.publish import editions, files, pages, rules
from briefing.publish.document import is_briefing, plain, untold
from briefing.publish.sheets import EXPLAINED, fonts
from briefing.publish.templating import TEMPLATES
from briefing.publish.workers import workers
from briefing.sources import tables
from briefing.sources.spreadsheets import harmless

if TYPE_CHECKING:
    from matplotlib.figure import Figure

PICTURE_DPI = 400
FORMS = (".svg", ".png", ".csv")  # of a chart
DOCUMENTS = ("briefing.pptx", "briefs.docx")  # of an edition
PICTURE = TEMPLATES / "sheet" / "picture.typ"
Named = tuple[str, Block]  # a number by the name that it has


@dataclass(frozen=True)
class Chart:
    """A chart of a briefing: its block, and its name, which is its notebook's and its number."""

    name: str
    block: Block

    @cached_property
    def png(self) -> bytes:
        """Its picture alone, sharp enough for print."""
        return self._set("png", title="", source="")

    @property
    def rows(self) -> list[list[str]]:
        """The head and the rows of its table, as they are said."""
        table = self.block["data"]
        return [table["heads"], *([plain(cell) for cell in row] for row in table["rows"])]

    def file(self, form: str) -> bytes:
        """Its table, or its picture under its title and above its source, by a file's ending."""
        if form == ".csv":
            return _spreadsheet(pd.DataFrame(self.rows), header=False)
        title = plain(self.block["title"], mark="")
        return self._set(form[1:], title=title, source=self.block["source"])

    def numbers(self) -> Iterator[Named]:
        """Each number of title and table, by what it is and how it is said."""
        yield from by_words(self.block["title"])
        yield from by_row(self.block["data"])

    def _set(self, form: str, **words: str) -> bytes:
        return typst.compile(
            PICTURE,
            format=form,
            ppi=PICTURE_DPI,
            font_paths=fonts(),
            sys_inputs=words | {"svg": self.block["svg"]},
        )


def by_words(inline: Inline) -> Iterator[Named]:
    """The numbers of a sentence, each as it is said."""
    return ((plain([number]), number) for number in every_number(inline))


def by_row(table: Block) -> Iterator[Named]:
    """The numbers of a table, each by its row and the head of its column."""
    named = translate("{name}: {words}")
    for row in table["rows"]:
        for head, cell in zip(table["heads"], row, strict=True):
            name = " · ".join(dict.fromkeys((plain(row[0]), head)))
            for words, number in by_words(cell):
                yield named.format(name=name, words=words), number


def sourced(named: Iterable[Named]) -> Iterator[str]:
    """Lines that tell where each of some numbers comes from, by the name it has; a doubt once."""
    told: set[str] = set()
    found = {(name, it["provenance"]): it["doubts"] for name, it in named}
    for (name, provenance), doubts in found.items():
        yield from ("", name, provenance, *untold(doubts, told))


def charts(blocks: list[Block], name: str) -> Iterator[Chart]:
    """The charts of a briefing, in order."""
    drawn = (block for block in blocks if block["kind"] == "chart")
    return (Chart(f"{name}-{number}", block) for number, block in enumerate(drawn, start=1))


def save(path: str | Path, fig: "Figure", title: Sentence | str, data: pd.DataFrame) -> None:
    """Save a chart as a slide, a picture or a table.

    path: its ending says as what: .pptx a slide, .png or .svg a picture under its title, .csv its
    table. title, data: as `show_chart` has them, and what it raises. Raises ValueError for another
    ending.

    Example: `briefing.save("money.pptx", fig, title, frame)`.
    """
    from briefing.notebook.outputs import drawn

    target = Path(path)
    chart, drawing, table = drawn(fig, title, data)
    made = Chart(target.stem, chart | {"svg": drawing, "data": table})
    match target.suffix:
        case ".pptx":
            from briefing.publish import deck, slides

            message = deck.of_chart(tables.report()["symbol"], made)
            files.write_whole(target, slides.deck(message.title, "", [message], _author()))
        case ".png" | ".svg" | ".csv" as form:
            files.write_whole(target, made.file(form))
        case form:
            raise ValueError(f"{target.name} ends in {form!r}, expected .pptx, .png, .svg or .csv")


def write_handouts() -> list[Path]:
    """Write the tables, and each edition's slides and charts unless nothing has changed.

    Returns the paths of workbook, flat table, slides and documents.
    """
    from briefing.publish.workbook import flat, workbook

    book, table = pages.SITE / "figures.xlsx", pages.SITE / "figures.csv"
    files.write_whole(book, workbook(tables.descriptor(), tables.shared()))
    files.write_whole(table, _spreadsheet(flat(tables.shared())))
    found = ((it, pages.whole_inputs(it)) for it in languages())
    stale = [it for it, inputs in found if not pages.are_written(it, DOCUMENTS, inputs)]
    jobs = [(path, language) for language in stale for path in navigation.paths()]
    if jobs:
        if told := rules.faults(navigation.paths(), stale):
            raise editions.NotebookError("\n".join(told))
        with workers() as pool:
            made = tqdm(pool.map(_write_charts, jobs), "charts", len(jobs), disable=None)
            _remove_all_but(set(chain.from_iterable(made)), stale)
            list(pool.map(_write_documents, stale))
    return [book, table, *(pages.SITE / it / name for it in languages() for name in DOCUMENTS)]


def _spreadsheet(table: pd.DataFrame, header: bool = True) -> bytes:
    """A table as CSV for Excel, which knows UTF-8 by the mark before it; nothing in it runs."""
    words = table.map(lambda cell: harmless(cell) if isinstance(cell, str) else cell)
    form = {"index": False, "header": header, "lineterminator": "\r\n", "float_format": "%.15g"}
    return words.to_csv(**form).encode("utf-8-sig")


def _write_charts(job: tuple[Path, str]) -> list[str]:
    """Write each chart of a notebook in a language as drawing, picture and table; returns names."""
    path, language = job
    with speaking(language):
        found = list(charts(pages.edition_blocks(path), path.stem))
    for chart in found:
        for form in FORMS:
            target = pages.SITE / language / "charts" / f"{chart.name}{form}"
            files.write_whole(target, chart.file(form))
    return [chart.name for chart in found]


def _remove_all_but(names: set[str], spoken: list[str]) -> None:
    """Remove the charts that are no more, each of which is three files, and nothing of others."""
    for drawing in (it for name in spoken for it in (pages.SITE / name / "charts").glob("*.svg")):
        files_of = [drawing.with_suffix(form) for form in FORMS]
        if drawing.stem not in names and all(path.is_file() for path in files_of):
            for path in files_of:
                path.unlink()


def _write_documents(language: str) -> None:
    """Write the slides and the document of an edition, of which the overview is the first."""
    from briefing.publish import deck, slides
    from briefing.publish.word import briefs

    with speaking(language):
        found = [(path.stem, pages.edition_blocks(path)) for path in navigation.paths()]
        documents = {name: blocks for name, blocks in found if is_briefing(blocks)}
        made_from = (_author(), pages.whole_inputs(language))
        title, messages = translate(tables.descriptor()["title"]), deck.messages(documents)
        made = slides.deck(title, deck.subtitle(), messages, *made_from)
        text = briefs(list(documents.values()), *made_from)
    for name, content in zip(DOCUMENTS, (made, text), strict=True):
        files.write_whole(pages.SITE / language / name, content)


def _author() -> str:
    return tables.descriptor()["contributors"][0]["title"]


def furniture() -> None:
    """Say all that hand-outs say beside the notebooks, so that it is known to be asked."""
    from briefing.publish import deck, word, workbook

    deck.subtitle()
    list(deck.messages({}))
    translate(EXPLAINED)
    word.briefs([], "", "")
    for message in ("explained above", *workbook.KNOWN):
        translate(message)
