"""How an edition becomes hand-outs that people edit: a document, slides, pictures and tables."""

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd
import typst
from tqdm import tqdm

from briefing.core.language import current, languages, speaking, translate
from briefing.core.sentences import Sentence
from briefing.notebook import navigation
from briefing.publish import files, pages
from briefing.publish.document import is_briefing, numbers, plain, untold
from briefing.publish.flat import flat
from briefing.publish.sheets import FONTS
from briefing.publish.templating import TEMPLATES
from briefing.publish.workers import workers
from briefing.sources import tables
from briefing.sources.formulas import harmless

if TYPE_CHECKING:
    from matplotlib.figure import Figure

PICTURE_DPI = 400
FORMS = (".svg", ".png", ".csv")  # of a chart
PICTURE = TEMPLATES / "sheet" / "picture.typ"
Named = tuple[str, dict[str, Any]]  # a number by the name that it has


@dataclass(frozen=True)
class Chart:
    """A chart of a briefing: its block, and its name, which is its notebook's and its number."""

    name: str
    block: dict[str, Any]

    @property
    def alt(self) -> str:
        return self.block["alt"]

    @cached_property
    def png(self) -> bytes:
        """Its picture alone, sharp enough for print."""
        return self._set("png", title="", source="")

    def picture(self, form: str) -> bytes:
        """Its picture under its title and above its source, as `png` or `svg`."""
        title = plain(self.block["title"], mark="")
        return self._set(form, title=title, source=self.block["source"])

    @property
    def rows(self) -> list[list[str]]:
        """The head and the rows of its table, as they are said."""
        table = self.block["data"]
        return [table["heads"], *([plain(cell) for cell in row] for row in table["rows"])]

    @property
    def csv(self) -> bytes:
        """Its table for Excel, which knows UTF-8 by the mark before it.

        A cell that Excel could take for a formula begins with an apostrophe.
        """
        written = io.StringIO()
        csv.writer(written).writerows([harmless(cell) for cell in row] for row in self.rows)
        return written.getvalue().encode("utf-8-sig")

    @property
    def notes(self) -> str:
        """For the speaker: what the chart shows, and where each number in it comes from."""
        return "\n".join([self.alt, *sourced(self.numbers())])

    def numbers(self) -> Iterator[Named]:
        """Each number of title and table, by what it is and how it is said."""
        yield from by_words(self.block["title"])
        yield from by_row(self.block["data"])

    def _set(self, form: str, **words: str) -> bytes:
        return typst.compile(
            PICTURE,
            format=form,
            ppi=PICTURE_DPI,
            font_paths=FONTS,
            ignore_system_fonts=True,
            sys_inputs=words | {"svg": self.block["svg"]},
        )


def by_words(inline: list[Any]) -> Iterator[Named]:
    """The numbers of a sentence, each as it is said."""
    for number in numbers(inline):
        yield plain([number]), number


def by_row(table: dict[str, Any]) -> Iterator[Named]:
    """The numbers of a table, each by its row and the head of its column."""
    named = translate("{name}: {words}")
    for row in table["rows"]:
        for head, cell in zip(table["heads"], row, strict=True):
            for number in numbers(cell):
                name = " · ".join(dict.fromkeys((plain(row[0]), head)))
                yield named.format(name=name, words=plain([number])), number


def sourced(named: Iterable[Named]) -> Iterator[str]:
    """Lines that tell where each of some numbers comes from, by the name it has; a doubt once."""
    told: set[str] = set()
    found = {(name, it["provenance"]): it["doubts"] for name, it in named}
    for (name, provenance), doubts in found.items():
        yield from ("", name, provenance, *untold(doubts, told))


def charts(blocks: list[dict[str, Any]], name: str) -> Iterator[Chart]:
    """The charts of a briefing, in order."""
    drawn = (block for block in blocks if block["kind"] == "chart")
    for number, block in enumerate(drawn, start=1):
        yield Chart(f"{name}-{number}", block)


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
            files.write_whole(target, slides.slide(message, _author()))
        case ".png" | ".svg" as ending:
            files.write_whole(target, made.picture(ending[1:]))
        case ".csv":
            files.write_whole(target, made.csv)
        case ending:
            raise ValueError(
                f"{target.name} ends in {ending!r}, expected .pptx, .png, .svg or .csv"
            )


def write_handouts() -> list[Path]:
    """Write the tables, and each edition's slides and charts unless nothing has changed.

    Returns the paths of workbook, flat table, slides and documents.
    """
    from briefing.publish.workbook import workbook

    book, table = pages.SITE / "figures.xlsx", pages.SITE / "figures.csv"
    files.write_whole(book, workbook(tables.descriptor(), tables.shared()))
    files.write_whole(table, _spreadsheet(flat(tables.shared())))
    stale = [language for language in languages() if not _is_written(language)]
    jobs = [(path, language) for language in stale for path in navigation.paths()]
    if jobs:
        with workers() as pool:
            written = tqdm(pool.map(_write_charts, jobs), "charts", len(jobs), unit="notebook")
            names: dict[str, set[str]] = {language: set() for language in stale}
            for (_, language), made in zip(jobs, written, strict=True):
                names[language] |= made
            list(pool.map(_write_documents, stale))
            for language in stale:
                _remove_all_but(names[language], language)
    return [book, table, *(path for it in languages() for path in _documents(it))]


def _spreadsheet(table: pd.DataFrame) -> bytes:
    """A table as CSV that Excel opens as it is: numbers are numbers, and nothing runs."""
    words = table.map(lambda cell: harmless(cell) if isinstance(cell, str) else cell)
    written = words.to_csv(index=False, lineterminator="\r\n", float_format="%.15g")
    return written.encode("utf-8-sig")


def _documents(language: str) -> list[Path]:
    """Where an edition's slides and its document for Word are."""
    return [pages.SITE / language / name for name in ("briefing.pptx", "briefs.docx")]


def _inputs(language: str) -> str:
    """What an edition's slides and charts are made from."""
    with speaking(language):
        return pages.whole_inputs()


def _is_written(language: str) -> bool:
    inputs = _inputs(language)
    return all(pages.is_written(path, inputs) for path in _documents(language))


def _write_charts(job: tuple[Path, str]) -> set[str]:
    """Write each chart of a notebook in a language as drawing, picture and table; returns names."""
    path, language = job
    with speaking(language):
        found = list(charts(pages.edition_blocks(path), path.stem))
    for chart in found:
        target = _charts_folder(language) / chart.name
        for form in FORMS[:2]:
            files.write_whole(target.with_suffix(form), chart.picture(form[1:]))
        files.write_whole(target.with_suffix(".csv"), chart.csv)
    return {chart.name for chart in found}


def _remove_all_but(names: set[str], language: str) -> None:
    """Remove the charts that are no more, each of which is three files, and nothing of others."""
    for drawing in _charts_folder(language).glob("*.svg"):
        files_of = [drawing.with_suffix(form) for form in FORMS]
        if drawing.stem not in names and all(path.is_file() for path in files_of):
            for path in files_of:
                path.unlink()


def _charts_folder(language: str) -> Path:
    return pages.SITE / language / "charts"


def _write_documents(language: str) -> None:
    from briefing.publish.word import briefs

    with speaking(language):
        found = [(path.stem, pages.edition_blocks(path)) for path in navigation.paths()]
        documents = {name: blocks for name, blocks in found if is_briefing(blocks)}
        slides = edition_slides(documents)
        text = briefs(list(documents.values()), _author(), _inputs(language))
    for path, made in zip(_documents(language), (slides, text), strict=True):
        files.write_whole(path, made)


def edition_slides(documents: dict[str, list[dict[str, Any]]]) -> bytes:
    """The slides of briefings in the current language, the first of which is the overview."""
    from briefing.publish import deck, slides

    opening = translate(tables.descriptor()["title"]), deck.subtitle()
    messages = deck.messages(documents)
    return slides.deck(*opening, messages, _author(), _inputs(current()))


def _author() -> str:
    return tables.descriptor()["contributors"][0]["title"]


def furniture() -> None:
    """Say all that hand-outs say beside the notebooks, so that it is known to be asked."""
    from briefing.publish import deck, word, workbook

    deck.furniture()
    word.briefs([], "", "")
    for message in ("explained above", *workbook.KNOWN):
        translate(message)
