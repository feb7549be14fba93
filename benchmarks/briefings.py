"""`make briefings` beside nbconvert, which makes pages of one language alone, and no PDF."""

import shutil
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from benchmarks.measure import Row, alternate, compared, run
from benchmarks.projects import project

TITLE = "Briefings made"
NBCONVERT = "nbconvert --execute --to html, English notebooks"
COMMITTED, NOTHING, FIGURE = "from committed outputs", "nothing changed", "one figure changed"
GOALS = {COMMITTED: 0.5, FIGURE: 0.9, NOTHING: 0.02}
# A figure and its numeral, and a change of both that obeys the codebook.
BEFORE, AFTER = 435, 436
CHANGED = {"figures.csv": ",unqualified,{n},{n},{n},ngo,27,{n}个", "numerals.csv": ",{n}个,figure,"}


def rows() -> Iterator[Row]:
    """Ratios of three cases of `make briefings` to nbconvert on the English notebooks."""
    with project() as folder:
        make = partial(run, ["briefing", "briefings"], folder)
        cases = {
            NBCONVERT: partial(_nbconvert, folder),
            COMMITTED: make,
            NOTHING: make,
            FIGURE: make,
        }
        before = {
            COMMITTED: partial(_as_committed, folder),
            NOTHING: make,
            FIGURE: partial(_edit, folder, BEFORE, AFTER),
        }
        # The figure is put back before whatever follows.
        restore = partial(_edit, folder, AFTER, BEFORE)
        for name in (NBCONVERT, COMMITTED, NOTHING):
            before[name] = partial(_in_turn, restore, before.get(name, restore))
        yield from compared(alternate(cases, before=before), NBCONVERT, GOALS)


def _as_committed(folder: Path) -> None:
    """Take away what a fresh checkout does not have."""
    for made in ("site", ".fonts"):
        shutil.rmtree(folder / made, ignore_errors=True)


def _nbconvert(folder: Path) -> None:
    found = sorted((folder / "notebooks").glob("[0-9]*.ipynb"))
    nbconvert = ["nbconvert", "--execute", "--to", "html", "--log-level", "ERROR"]
    run([*nbconvert, "--output-dir", folder / "pages", *found], folder)


def _edit(folder: Path, old: int, new: int) -> None:
    for name, form in CHANGED.items():
        path = folder / "data" / name
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace(form.format(n=old), form.format(n=new), 1), encoding="utf-8")


def _in_turn(*steps: partial) -> None:
    for step in steps:
        step()
