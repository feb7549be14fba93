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
# A figure, and a change of it that obeys the codebook.
BEFORE, AFTER = (f",unqualified,{n},{n},{n},ngo,27,{n}个" for n in (435, 436))


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


def _edit(folder: Path, old: str, new: str) -> None:
    path = folder / "data" / "figures.csv"
    path.write_text(path.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")


def _in_turn(*steps: partial) -> None:
    for step in steps:
        step()
