"""What all tests share: a user's settings are set aside for them, as for a command."""

import gc
import os
import shutil
import subprocess
import sys
from contextlib import ExitStack, chdir
from functools import partial
from pathlib import Path

import nbval.kernel
import pytest

from briefing.core import audit
from briefing.core.language import STRICT, VARIABLE
from briefing.notebook import navigation
from briefing.publish import editions, kernels, settings, workers
from briefing.sources import tables

# Begun first, as whoever comes last to a long file leaves the other workers waiting.
LONGEST = ["reproducible", "lab", "browser", "honesty", "settings", "hostile", "draft", "faults"]
LONGEST += ["commands", "sheets"]


def pytest_configure(config: pytest.Config) -> None:
    """Set a user's settings aside, and let nbval run notebooks by the kernel that stored them."""
    gc.set_threshold(10_000, 20, 50)  # what tests hold is much, and little of it is garbage
    try:
        workers.allow_files()
    except workers.WorkerError as error:
        pytest.exit(error.args[0], 1)
    aside = ExitStack()
    aside.enter_context(settings.set_aside())
    config.add_cleanup(aside.close)
    os.environ.pop(VARIABLE, None)
    os.environ[STRICT] = "1"  # what is tested is as strict as an edition is
    with chdir(os.environ[settings.FOLDER]):  # matplotlib reads a file in the folder it is in
        import matplotlib as mpl
    mpl.rcdefaults()  # a plugin may have been first
    if getattr(config.option, "dist", "no") not in (
        "no",
        "each",
    ):  # the cells of a notebook share a kernel
        config.option.dist = "loadfile"
    nbval.kernel.start_new_kernel = partial(kernels.begun, nbval.kernel.start_new_kernel)
    config.option.nbval_current_env, config.option.nbval_kernel_name = False, settings.KERNEL


def pytest_ignore_collect(collection_path: Path) -> bool | None:
    """Pass by a notebook that is nobody's briefing, such as a copy."""
    is_briefing = navigation.NAME.fullmatch(collection_path.stem)
    return True if collection_path.suffix == ".ipynb" and not is_briefing else None


def pytest_collect_file(file_path: Path) -> None:
    """Tell of a notebook that cannot be read what a command tells of it."""
    if file_path.suffix == ".ipynb":
        try:
            editions.read(file_path)
        except editions.NotebookError as error:
            raise pytest.Collector.CollectError(error.args[0]) from None


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Put the longest files first, and leave the order in each as it is.

    A warning is an error in a test of ours, but not that of a plugin: it may be somebody's own.
    """
    first = {f"test_{name}": place for place, name in enumerate(LONGEST)}
    items.sort(key=lambda item: first.get(item.path.stem, len(first)))
    names = {getattr(it, "__name__", "").split(".")[0] for it in config.pluginmanager.get_plugins()}
    plugins = sorted(names - {"", "_pytest", __name__})
    told = pytest.mark.filterwarnings("error", *(rf"default:::{name}\b" for name in plugins))
    for item in items:
        item.add_marker(told)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print the audit in numbers under every run."""
    try:
        used = navigation.claims()["figure_id"]
    except (editions.NotebookError, tables.DataError) as error:
        terminalreporter.write_line(error.args[0])
        return
    shared = tables.shared()
    figures = shared["figures"]["figure_id"]
    counts = {
        "figures reached from a numeral": f"{figures.isin(shared['numerals']['figure_id']).sum()}"
        f" of {len(figures)}",
        "figures used in a notebook": f"{figures.isin(used).sum()} of {len(figures)}",
        "numerals by class": shared["numerals"]["class"].value_counts().to_dict(),
        "relations by verdict": audit.verdicts()["verdict"].value_counts().to_dict(),
        "errata by severity": shared["errata"]["severity"].value_counts().to_dict(),
    }
    terminalreporter.section("audit")
    for name, count in counts.items():
        terminalreporter.write_line(f"{name}: {count}")


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A copy of data/ that a test may break."""
    return shutil.copytree(tables.DATA, tmp_path / "data")


@pytest.fixture(scope="session")
def site() -> Path:
    """The folder of pages, sheets and hand-outs, written afresh where anything has changed.

    By commands: Typst, once it has printed in a process, prints in none that is forked from it.
    """
    from briefing.publish import pages

    for command in ("briefings", "handouts"):
        subprocess.run([sys.executable, "-m", "briefing", command], cwd=tables.ROOT, check=True)
    return pages.SITE
