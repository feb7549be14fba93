"""Whether a mutant is killed: tests run in a warm process, or in a fork of it.

The process has imported all that tests need. Nothing of the project lives on in it but what was
found in files that the mutant leaves as they are.
"""

import csv
import gc
import importlib
import os
import signal
import sys
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

RULES = ["test_data", "test_audit", "test_witnesses", "test_errata"]
SECOND_READING = ["test_second_reading"]
# frictionless applies the schema that `tables.load` applies, in most of a second; the other test is
# of the grammar of relations, whatever the data.
LEFT_OUT = {
    "test_frictionless_finds_the_package_valid",
    "test_anything_else_is_refused_in_a_sentence",
}
OF_PACKAGE = ["data", "audit", "tables", "quantity", "expression", "language", "source"]
OF_PACKAGE += ["document", "charts", "freshness", "notebooks", "explore"]
SLOW = ["catalogue", "other_report", "honesty"]  # run where those before find nothing
STALE = "test_stored_outputs_are_of_the_present_inputs"  # a hash, which any change at all changes
LIBRARIES = ["babel", "frictionless", "matplotlib.pyplot", "nbclient"]
LIBRARIES += ["nbformat", "pandas", "pytest", "IPython.core.interactiveshell"]
SECONDS = 300  # what hangs so long is killed
LONGEST_FIELD = csv.field_size_limit()  # which frictionless raises for the whole process
_is_warm: list[bool] = []


def warm_libraries(root: Path) -> None:
    """Work in a copy of the project, with imports done but for the project itself."""
    os.chdir(root)
    sys.path[:0] = [str(root), str(root / "tests")]
    for name in LIBRARIES:
        importlib.import_module(name)
    gc.freeze()


def warm_project(root: Path) -> None:
    """Import the project, too, and run the quick tests once, so that their libraries are warm."""
    from briefing.core import audit
    from briefing.sources import tables

    assert Path(tables.__file__).is_relative_to(root), "the copy is not what was imported"
    importlib.import_module("mutation.notebooks")
    tables._read = _remembered(tables._read, lambda path, _: (path, path.read_bytes()))
    tables._typed = _remembered(tables._typed, lambda table, _: id(table))
    audit.verdict = _remembered(audit.verdict, lambda expression: (expression, _counted()))
    quick_tests_fail(RULES + SECOND_READING)
    _is_warm.append(True)
    gc.freeze()


def _remembered(function: Callable, key: Callable) -> Callable:
    """A function that is not called again where what it depends on, its key, is as it was at first.

    What it gives for a mutant is not kept.
    """
    known: dict[Any, Any] = {}

    def remembered(*arguments: Any) -> Any:
        found = key(*arguments)
        if found in known:
            return known[found]
        result = function(*arguments)
        if not _is_warm:
            known[found] = result
        return result

    return remembered


@cache
def _counted() -> tuple[bytes, ...]:
    """The tables that relations read."""
    from briefing.sources import tables

    names = ("figures", "events", "participation", "components", "citations")
    return tuple((tables.DATA / f"{name}.csv").read_bytes() for name in names)


def is_killed(test: Callable[[], None]) -> bool:
    """Whether a test fails in a fork of this process."""
    child = os.fork()
    if child == 0:
        signal.alarm(SECONDS)
        gc.disable()  # it would touch, and so copy, all that the fork shares
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.dup2(nowhere, sys.stderr.fileno())
        try:
            test()
        except BaseException:
            os._exit(1)
        os._exit(0)
    return os.waitpid(child, 0)[1] != 0


def quick_tests_fail(names: list[str]) -> bool:
    """Whether a quick test fails, or data cannot be loaded; in this process, as a fork costs more.

    Nothing of data/ is kept but what `_remembered` ties to unchanged files.
    """
    try:
        for name in names:
            _run_tests(importlib.import_module(name))
    except KeyboardInterrupt:
        raise
    except BaseException:
        return True
    finally:
        for name in names:
            sys.modules.pop(name, None)
        modules = [m for n, m in sys.modules.items() if n.startswith(("briefing", __name__))]
        for cached in {f for m in modules for f in vars(m).values() if hasattr(f, "cache_clear")}:
            cached.cache_clear()
    return False


def _run_tests(module: ModuleType) -> None:
    """Every test of a module with each of its parameters, until one fails."""
    for name, test in list(vars(module).items()):
        if name.startswith("test_") and name not in LEFT_OUT:
            for arguments in _parameters(test):
                test(**arguments)


def _parameters(test: Callable) -> Iterator[dict[str, Any]]:
    """The arguments of each run of a test, as its mark names them; quick tests bear one at most."""
    marks = [mark for mark in getattr(test, "pytestmark", []) if mark.name == "parametrize"]
    if not marks:
        yield {}
        return
    [mark] = marks
    names, values = mark.args
    for value in values:
        if isinstance(names, str):
            yield {names: value}
        else:
            yield dict(zip(names, value, strict=True))


def run_tests(names: list[str]) -> None:
    """Files of tests, by pytest."""
    import pytest

    csv.field_size_limit(LONGEST_FIELD)
    files = [f"tests/test_{name}.py" for name in names]
    options = ["-x", "--no-header", "-p", "no:xdist", "-k", f"not {STALE}"]
    assert pytest.main([*options, *files]) == 0


def run_notebooks(stems: list[str], language: str, drawn: bool) -> None:
    """Notebooks of an edition, named by their stems, against their stored outputs."""
    from mutation import notebooks

    for stem in stems:
        notebooks.compare(stem, language, drawn)


@cache
def _notebooks() -> dict[str, str]:
    """The text of each English notebook by its stem."""
    paths = sorted(Path("notebooks").glob("[0-9]*.ipynb"))
    return {path.stem: path.read_text(encoding="utf-8") for path in paths}


def likeliest_first(line: str) -> list[str]:
    """The notebooks in the order in which they hold what stands on a line of a table."""
    cells = {cell for cell in line.strip().split(",") if len(cell) > 2}
    held = {stem: sum(cell in text for cell in cells) for stem, text in _notebooks().items()}
    return sorted(held, key=lambda stem: -held[stem])
