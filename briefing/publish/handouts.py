"""How an edition's stored charts become hand-outs that people edit: slides, pictures and tables."""

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd
from tqdm import tqdm

from briefing.core.language import languages, speaking, translate
from briefing.core.sentences import DOUBTFUL, untold
from briefing.notebook import navigation
from briefing.publish import editions, files, pages
from briefing.publish.flat import flat
from briefing.publish.freshness import data_version
from briefing.publish.workers import workers
from briefing.sources import tables

if TYPE_CHECKING:
    from nbformat import NotebookNode

PICTURE_DPI = 300
PAGE = "#set page(width: auto, height: auto, margin: 0pt)\n#image(bytes({svg}), format: {form})"
FORMULA = re.compile(r"[=+@\-\t\r＝＋－＠]")  # how a cell begins that Excel may run
NUMERIC = re.compile("-[0-9.,]+%?")
MARGIN = 0.01  # share of the figure kept above and below what is drawn


@dataclass(frozen=True)
class Chart:
    """A chart as its notebook stores it.

    name: its notebook and its number in it; told: what `show_chart` keeps of it; data: its table,
    HTML.
    """

    name: str
    alt: str
    svg: str
    told: dict[str, Any]
    data: str

    @cached_property
    def png(self) -> bytes:
        """Its picture, made from the SVG that the tests compare, sharp enough for print."""
        import typst

        from briefing.publish.sheets import quoted

        page = PAGE.format(svg=quoted(self.svg), form=quoted("svg"))
        return typst.compile(page.encode(), format="png", ppi=PICTURE_DPI, ignore_system_fonts=True)

    @property
    def span(self) -> tuple[float, float]:
        """Top and bottom of all but title and sources, as shares of the figure's height."""
        boxes = [frame["box"] for frame in self.told["frames"]]
        top, bottom = min(box[1] for box in boxes), max(box[3] for box in boxes)
        return max(top - MARGIN, 0), min(bottom + MARGIN, 1)

    @property
    def inches(self) -> tuple[float, float]:
        """Width and height of what is within the span, as it was drawn."""
        wide, high = self.told["size"]
        return wide, high * (self.span[1] - self.span[0])

    @property
    def rows(self) -> list[list[str]]:
        """The head and the rows of its table, as they are said."""
        return [[_plain(cell) for cell in row] for row in self._cells()]

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
        told: set[str] = set()
        lines = [self.alt]
        for said, provenance in dict.fromkeys(self._numbers()):
            new, is_again = untold(provenance, told)
            lines += ["", said, *new]
            if is_again:
                lines.append(f"{DOUBTFUL} {translate('explained above')}")
        return "\n".join(lines)

    def _cells(self) -> list[list[Any]]:
        from bs4 import BeautifulSoup

        table = BeautifulSoup(self.data, "html.parser").table
        return [row.find_all(["th", "td"]) for row in table.find_all("tr")]

    def _numbers(self) -> Iterator[tuple[str, str]]:
        """Each number of title and table as it is said, with what it is, and its provenance."""
        yield from map(tuple, self.told["numbers"])
        named = translate("{name}: {words}")
        heads, *rows = self._cells()
        for row in rows:
            for head, cell in zip(heads, row, strict=True):
                for link in cell.select("a.quantity"):
                    name = " · ".join(dict.fromkeys((_plain(row[0]), _plain(head))))
                    yield named.format(name=name, words=_plain(link)), link["title"]


def _plain(cell: Any) -> str:
    return " ".join(cell.get_text().split())


def harmless(cell: str) -> str:
    """A cell of a CSV file that no spreadsheet runs: `=1` becomes `'=1`, and `-1` stays."""
    return f"'{cell}" if FORMULA.match(cell) and not NUMERIC.fullmatch(cell) else cell


def charts(notebook: "NotebookNode", name: str) -> Iterator[Chart]:
    """The charts of an executed notebook, in order."""
    number = 0
    for cell in notebook.cells:
        for output, following in pairwise(cell.get("outputs", [])):
            if "image/svg+xml" not in output.get("data", {}):
                continue
            number += 1
            data, told = output.data, output.metadata["briefing"]
            yield Chart(
                f"{name}-{number}",
                data["text/plain"],
                data["image/svg+xml"],
                told,
                following.data["text/html"],
            )


def write_handouts() -> list[Path]:
    """Write the tables, and each edition's slides and charts unless nothing has changed.

    Returns the paths of workbook, flat table and slides.
    """
    from briefing.publish.workbook import workbook

    book, table = pages.SITE / "figures.xlsx", pages.SITE / "figures.csv"
    files.write_whole(book, workbook(tables.descriptor(), tables.shared()))
    files.write_whole(table, _spreadsheet(flat(tables.shared())))
    stale = [language for language in languages() if not _is_written(language)]
    jobs = [(path, language) for language in stale for path in navigation.paths()]
    found: dict[str, dict[str, list[Chart]]] = {language: {} for language in stale}
    if jobs:
        with workers() as pool:
            written = tqdm(pool.map(_write_charts, jobs), "charts", len(jobs), unit="notebook")
            for (path, language), made in zip(jobs, written, strict=True):
                with speaking(language):
                    found[language][navigation.theme(path)] = made
            list(pool.map(_write_slides, found.items()))
    for language, chapters in found.items():
        _remove_all_but({chart.name for made in chapters.values() for chart in made}, language)
    return [book, table, *(_slides(language) for language in languages())]


def _spreadsheet(table: pd.DataFrame) -> bytes:
    """A table as CSV that Excel opens as it is: numbers are numbers, and nothing runs."""
    words = table.map(lambda cell: harmless(cell) if isinstance(cell, str) else cell)
    written = words.to_csv(index=False, lineterminator="\r\n", float_format="%.15g")
    return written.encode("utf-8-sig")


def _slides(language: str) -> Path:
    return pages.SITE / language / "briefing.pptx"


def _inputs(language: str) -> str:
    """What an edition's slides and charts are made from."""
    with speaking(language):
        return pages.whole_inputs()


def _is_written(language: str) -> bool:
    return pages.is_written(_slides(language), _inputs(language))


def _write_charts(job: tuple[Path, str]) -> list[Chart]:
    """Write each chart of a notebook in a language as a drawing, a picture and a table."""
    path, language = job
    with speaking(language):
        found = list(charts(editions.current_edition(path, language), path.stem))
    for chart in found:
        target = _charts_folder(language) / chart.name
        for form, content in (("svg", chart.svg), ("png", chart.png), ("csv", chart.csv)):
            files.write_whole(target.with_suffix(f".{form}"), content)
    return found


def _remove_all_but(names: set[str], language: str) -> None:
    """Remove the files of charts that are no more."""
    for file in _charts_folder(language).glob("[!.]*"):
        if file.stem not in names:
            file.unlink()


def _charts_folder(language: str) -> Path:
    return pages.SITE / language / "charts"


def _write_slides(edition: tuple[str, dict[str, list[Chart]]]) -> None:
    language, chapters = edition
    with speaking(language):
        files.write_whole(_slides(language), edition_slides(chapters, _inputs(language)))


def edition_slides(chapters: dict[str, list[Chart]], inputs: str) -> bytes:
    """The slides of chapters in the current language."""
    from briefing.publish.slides import deck

    descriptor = tables.descriptor()
    colophon = translate("Every figure: {symbol}. Data version {version}.").format(
        **descriptor["report"], version=data_version()
    )
    author = descriptor["contributors"][0]["title"]
    return deck(translate(descriptor["title"]), colophon, chapters, author, inputs)


def furniture() -> None:
    """Say all that hand-outs say beside the notebooks, so that it is known to be asked."""
    edition_slides({}, "")
    translate("explained above")
