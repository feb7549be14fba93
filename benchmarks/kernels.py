"""All notebooks under nbval, beside a floor and beside other ways to run notebooks."""

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from benchmarks.measure import WORKERS, Row, alternate, compared, run
from benchmarks.projects import PARTS, floor, project

TITLE = "Notebooks run and compared"
SOME = ("01-coordination", "04-funding", "09-audit")  # what slower ways are measured with
NBVAL = ["pytest", "--nbval", "--nbval-current-env", "--dist", "loadfile"]
OURS, FLOOR = "nbval, all notebooks of both languages", "nbval, the floor"
PLAIN = f"{OURS}, without the project's own way to begin kernels"


def rows() -> Iterator[Row]:
    """Ratios to the floor, and to what other ways take for the same notebooks."""
    with project((*PARTS, "conftest.py", "pyproject.toml")) as folder, TemporaryDirectory() as away:
        found = sorted(folder.glob("notebooks/**/[0-9]*.ipynb"))
        low = floor(Path(away), found)
        ours = partial(nbval, [folder / "notebooks"], folder)
        plain = partial(nbval, ["--noconftest", folder / "notebooks"], folder)
        ways = {FLOOR: partial(nbval, [low], low), OURS: ours, PLAIN: plain}
        yield from compared(alternate(ways), FLOOR, {OURS: 1.3})
        some = [path for path in found if path.stem in SOME]
        seconds = alternate(_ways(some, folder))
        each = {name: [taken / len(some) for taken in values] for name, values in seconds.items()}
        (ours, mine), *others = each.items()
        for name, values in others:
            beside, ratio = f"{name}, a notebook", median(mine) / median(values)
            yield Row(beside, median(values), len(values))
            yield Row(f"{ours}, a notebook", median(mine), len(mine), "s", beside, ratio, 1)


def _ways(paths: list[Path], folder: Path) -> dict[str, Callable[[], None]]:
    """Ways to run notebooks; the first is ours."""
    return {
        "nbval": partial(nbval, paths, folder),
        "nbmake": partial(_nbmake, paths, folder),
        "papermill": partial(_papermill, paths, folder),
        "nbconvert --execute": partial(_nbconvert, paths, folder),
    }


def _nbmake(paths: list[Path], folder: Path) -> None:
    nbmake = ["pytest", "--nbmake", "--noconftest", "-p", "no:cacheprovider"]
    run([*nbmake, "-n", str(WORKERS), *paths], folder)


def _papermill(paths: list[Path], folder: Path) -> None:
    for path in paths:
        papermill = ["papermill", "--no-progress-bar", "--cwd", path.parent]
        run([*papermill, path, folder / "papermill.ipynb"], folder)


def _nbconvert(paths: list[Path], folder: Path) -> None:
    nbconvert = ["nbconvert", "--execute", "--to", "notebook", "--log-level", "ERROR"]
    run([*nbconvert, "--output-dir", folder / "executed", *paths], folder)


def nbval(paths: list[Path | str], folder: Path) -> None:
    """Run notebooks under nbval and compare their outputs."""
    run([*NBVAL, "-n", str(WORKERS), "-p", "no:cacheprovider", *paths], folder)
