"""The floors of the package: each imports only from those above it, and no file is long."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

from briefing.sources import tables

PACKAGE = tables.ROOT / "briefing"
FLOORS = ["sources", "core", "notebook", "publish"]
LONGEST = 400
MODULES = sorted(path.relative_to(PACKAGE) for path in PACKAGE.glob("*/*.py"))
KERNEL = (
    "import sys, briefing;"
    " [getattr(briefing, name) for name in briefing.__all__ if name != 'save'];"
    " print(*sys.modules)"
)


def floors_imported(path: Path) -> set[str]:
    """The floors that a module imports from, anywhere in it."""
    found = set()
    for node in ast.walk(ast.parse((PACKAGE / path).read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom):
            named = [node.module]
        elif isinstance(node, ast.Import):
            named = [alias.name for alias in node.names]
        else:
            continue
        found |= {name.split(".")[1] for name in named if name.startswith("briefing.")}
        assert "briefing" not in named, f"{path} imports from the top, not from a floor"
    return found


@pytest.mark.parametrize("path", MODULES, ids=str)
def test_a_module_imports_only_from_its_floor_and_those_above(path: Path) -> None:
    floor = path.parts[0]
    assert floor in FLOORS
    assert floors_imported(path) <= set(FLOORS[: FLOORS.index(floor) + 1])


def test_a_kernel_imports_nothing_of_the_lowest_floor() -> None:
    loaded = subprocess.run([sys.executable, "-c", KERNEL], capture_output=True, text=True)
    names = set(loaded.stdout.split())
    assert "briefing.notebook.charts" in names
    assert not {name for name in names if name.startswith("briefing.publish")}


LIGHT = {
    "a command begins": (
        "briefing.__main__",
        {"docx", "matplotlib", "nbformat", "pptx", "typst", "briefing.core.draft"},
        "briefing.publish.editions",
    ),
    "pages are found to be current": (
        "briefing.publish.pages, briefing.publish.pairs",
        {"fontTools", "jinja2", "matplotlib", "mistune", "nbformat", "typst"},
        "briefing.publish.document",
    ),
}


@pytest.mark.parametrize(("imported", "rare", "there"), LIGHT.values(), ids=LIGHT)
def test_what_is_rarely_needed_is_not_waited_for(imported: str, rare: set[str], there: str) -> None:
    code = f"import sys, {imported}; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert rare & set(loaded.stdout.split()) == set()
    assert there in loaded.stdout


@pytest.mark.parametrize("path", sorted(PACKAGE.rglob("*.py")), ids=str)
def test_no_file_is_long(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST


def test_contributing_names_every_module() -> None:
    told = (tables.ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    named = [line.split("`")[1] for line in told.splitlines() if line.startswith("| `")]
    there = [path.stem for path in MODULES if path.stem != "__init__"]
    assert sorted(named) == sorted([*there, "__main__"])
