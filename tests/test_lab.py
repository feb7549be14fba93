"""Notebooks in a real JupyterLab: they run, all stands at its place, and git sees no change."""

import difflib
import json
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice, product
from pathlib import Path
from typing import Any

import chromium
import lab
import pytest
from playwright.sync_api import Page

from briefing.core.language import ENGLISH
from briefing.publish import editions
from briefing.sources import tables

pytestmark = chromium.needed
# The folder of an edition is called otherwise: what is spoken, a notebook says itself.
COPIES = {
    "funding.ipynb": ("04-funding", ENGLISH),
    "中文/资金.ipynb": ("04-funding", "zh"),
    "explore.ipynb": ("10-explore", ENGLISH),
}
IDS = ["funding", "funding-zh", "explore"]
LIGHT, DARK = "JupyterLab Light", "JupyterLab Dark"
WIDTHS = {LIGHT: [1100, 1440, 1920], DARK: [1440]}  # a theme moves nothing
FAULTS = ["keyFigures", "tables", "sentences", "cut", "cutOpened", "formulas", "faint"]
SUM = "core-resources-2011, non-core-resources-2011"  # as a number computed from both names them
View = tuple[str, str, int]  # untrusted or run, in a theme, at a width
EVERY = {
    (how, theme, width)
    for how, theme in product(("untrusted", "run"), WIDTHS)
    for width in WIDTHS[theme]
}


@dataclass
class Seen:
    """What was seen of a notebook before and after its run, and what was saved then."""

    stored: str
    views: dict[View, dict[str, list[Any]]] = field(default_factory=dict)
    errors: list[Any] = field(default_factory=list)
    counts: list[int] = field(default_factory=list)
    asked: dict[str, tuple[str, bool]] = field(default_factory=dict)
    saved: str = ""

    def faults(self, name: str) -> list[str]:
        """Each fault of a kind, under the first of the views that have it."""
        assert set(self.views) == EVERY
        first = {fault: view for view in reversed(self.views) for fault in self.views[view][name]}
        return [f"{view}: {fault}" for fault, view in first.items()]


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Copies of notebooks of both editions with their outputs, as deep as they stand."""
    place = tmp_path_factory.mktemp("lab")
    shutil.copytree(tables.DATA, place / "data")  # which cells read
    for copy, (name, language) in COPIES.items():
        target = place / "notebooks" / copy
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(editions.folder(language) / f"{name}.ipynb", target)
    return place


@pytest.fixture(scope="module")
def address(place: Path) -> Iterator[str]:
    with lab.serving(place, place / "notebooks") as address:
        yield address


@pytest.fixture(scope="module")
def page() -> Iterator[Page]:
    with lab.browsing() as page:
        yield page


@pytest.fixture(scope="module", params=COPIES, ids=IDS)
def seen(request: pytest.FixtureRequest, place: Path, address: str, page: Page) -> Seen:
    """A notebook that is opened, looked at, run, looked at again and saved."""
    path = place / "notebooks" / request.param
    lab.open_notebook(page, f"{address}/{request.param}")
    seen = Seen(path.read_text(encoding="utf-8"))
    _look(page, seen, "untrusted", [LIGHT, DARK])
    seen.asked["untrusted"] = lab.ask(page, SUM)
    lab.run_all(page)
    seen.asked["run"] = lab.ask(page, SUM)
    seen.errors, seen.counts = page.evaluate(lab.ERRORS), page.evaluate(lab.COUNTS)
    _look(page, seen, "run", [DARK, LIGHT])
    lab.save(page)
    seen.saved = path.read_text(encoding="utf-8")
    return seen


def _look(page: Page, seen: Seen, how: str, themes: list[str]) -> None:
    for theme in themes:
        lab.set_theme(page, theme)
        for width in WIDTHS[theme]:
            seen.views[how, theme, width] = lab.measure(page, width, [*FAULTS, "charts"])


def test_a_notebook_runs(seen: Seen) -> None:
    """Every cell, in order, without an error or a warning."""
    assert seen.errors == []
    assert seen.counts == list(range(1, len(seen.counts) + 1))


def test_a_key_figure_stands_with_its_label(seen: Seen) -> None:
    """One tile holds number and label, the one at the other, and no tile lies on another."""
    assert seen.faults("keyFigures") == []


def test_columns_of_words_stand_left_and_of_numbers_right(seen: Seen) -> None:
    """All cells of a column begin, or end, at one line; its head is one of them."""
    assert seen.faults("tables") == []


def test_a_sentence_flows_through_its_numbers(seen: Seen) -> None:
    """It says what its block does, and is not broken at a number where there is room for more."""
    assert seen.faults("sentences") == []


def test_dollars_are_not_typeset_as_a_formula(seen: Seen) -> None:
    """JupyterLab takes what stands between two dollar signs of one text for a formula."""
    assert seen.faults("formulas") == []


def test_nothing_is_cut(seen: Seen) -> None:
    """No output is larger than its area, and no area runs out of the notebook's panel."""
    assert seen.faults("cut") == []


def test_nothing_is_cut_where_the_reader_has_opened_it(seen: Seen) -> None:
    """The same of what is folded away."""
    assert seen.faults("cutOpened") == []


def test_words_are_legible_in_both_themes(seen: Seen) -> None:
    """Sentences, cells of tables, key figures and links have a contrast of 4.5 or more."""
    assert seen.faults("faint") == []


def test_a_click_on_a_sum_tells_all_its_sources_and_another_closes_it(seen: Seen) -> None:
    """Where it stands, so that nobody is led away: each printed form, and the rows of data/."""
    for words, closes in seen.asked.values():
        assert closes
        assert "1.25亿美元" in words and "1.03亿美元" in words
        assert f"figures.csv: {SUM}" in words.splitlines()


def test_a_chart_is_as_large_untrusted_as_trusted(seen: Seen) -> None:
    """Untrusted, JupyterLab shows the PNG, else the SVG: at every width, both have one size."""
    charts = {view: told["charts"] for view, told in seen.views.items()}
    kinds = {(how, kind) for (how, *_), shown in charts.items() for kind, *_ in shown}
    assert kinds == {("untrusted", "image/png"), ("run", "image/svg+xml")}
    sizes = [[side for _, *sides in shown for side in sides] for shown in charts.values()]
    for several in zip(*sizes, strict=True):
        assert max(several) - min(several) < 1  # a PNG has whole dots


def test_run_and_saved_a_notebook_is_what_was_stored(seen: Seen) -> None:
    """Its cells, their outputs and its own metadata; of the kernel JupyterLab may say more."""
    stored, saved = (json.loads(text) for text in (seen.stored, seen.saved))
    cells = zip(stored.pop("cells"), saved.pop("cells"), strict=True)
    assert [before["id"] for before, after in cells if after != before] == []
    for notebook in (stored, saved):
        notebook["metadata"].pop("language_info", None)
        notebook["metadata"]["kernelspec"].pop("display_name")
    assert saved == stored


def test_run_and_saved_a_notebook_has_no_line_that_git_shows(seen: Seen) -> None:
    """Except the one that names the version of Python that it was run with."""
    stored, saved = (
        re.sub(r'"version": "3\.[^"]*"', '"version": "3"', text).splitlines()
        for text in (seen.stored, seen.saved)
    )
    shown = difflib.unified_diff(stored, saved, "stored", "saved", n=0, lineterm="")
    assert list(islice(shown, 30)) == []
