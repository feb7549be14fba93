"""What several tests share."""

import os
import shutil
from pathlib import Path

import pytest

from briefing.core import audit
from briefing.core.language import STRICT
from briefing.notebook import navigation
from briefing.publish import handouts, pages
from briefing.sources import tables

os.environ[STRICT] = "1"  # what is tested is as strict as an edition is
# Begun first, as whoever comes last to a long file leaves the other workers waiting.
LONGEST = ["reproducible", "lab", "browser", "honesty", "hostile", "commands", "translation"]
LONGEST += ["faults", "mutation", "handouts", "explore"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the longest files first, and leave the order in each as it is."""
    first = {f"test_{name}": place for place, name in enumerate(LONGEST)}
    items.sort(key=lambda item: first.get(item.path.stem, len(first)))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print the audit in numbers under every run."""
    shared = tables.shared()
    figures = shared["figures"]["figure_id"]
    counts = {
        "figures reached from a numeral": f"{figures.isin(shared['numerals']['figure_id']).sum()}"
        f" of {len(figures)}",
        "figures used in a notebook": f"{figures.isin(navigation.claims()['figure_id']).sum()}"
        f" of {len(figures)}",
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
    """The folder of pages, sheets and hand-outs, written afresh where anything has changed."""
    pages.write_site()
    handouts.write_handouts()
    return pages.SITE
