"""What the stored English notebooks show."""

import json
import re
from functools import cache
from typing import Any

from briefing.notebook import navigation
from briefing.notebook.blocks import MIME


@cache
def _outputs() -> list[dict[str, Any]]:
    """All outputs, in reading order."""
    return [
        output["data"]
        for path in navigation.paths()
        for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]
        for output in cell.get("outputs", [])
        if "data" in output
    ]


def _plain() -> str:
    return "\n".join("".join(output["text/plain"]) for output in _outputs())


@cache
def listed_figures() -> dict[str, set[tuple[str, ...]]]:
    """The cells of each row that a notebook's list of sources has for a figure, by figure_id."""
    found: dict[str, set[tuple[str, ...]]] = {}
    for block in (output[MIME] for output in _outputs() if MIME in output):
        if block["kind"] == "sources":
            for figure_id, row in zip(block["ids"], block["rows"], strict=True):
                cells = tuple("".join(cell) for cell in row)
                found.setdefault(figure_id, set()).add(cells)
    return found


@cache
def cells() -> set[str]:
    """The cells of all tables, in plain text: `6 [paras. 14, 44]`."""
    lines = _plain().splitlines()
    return {cell for line in lines for cell in line.split(" | ")}


@cache
def coverages() -> dict[str, list[str]]:
    """The sections that each notebook says it draws on, where it is not the whole report."""
    found = {}
    for path in navigation.paths():
        held = path.read_text("utf-8")
        told = re.search(r"”: sections? ([^\"]+?)\. Everything is", held)
        if told:
            found[path.stem] = re.split(", | and ", told[1])
    return found


def figures_of(name: str) -> list[str]:
    """The figures that a notebook lists as its sources."""
    notebook = json.loads((navigation.NOTEBOOKS / f"{name}.ipynb").read_text("utf-8"))
    shown = (
        output["data"].get(MIME) for cell in notebook["cells"] for output in cell.get("outputs", [])
    )
    return [
        name for block in shown if block and block["kind"] == "sources" for name in block["ids"]
    ]
