"""Bad inputs, and what is told of each: the catalogue that FAULTS.md shows.

`python tests/catalogue.py` writes FAULTS.md; test_catalogue.py compares it and runs every case.
"""

from dataclasses import dataclass
from pathlib import Path

import bad_books
import bad_cells
import bad_descriptors
import bad_inputs
import bad_tables

PAGE = Path(__file__).resolve().parent / "FAULTS.md"
INTRODUCTION = """# What is told of bad input

Written by `.venv/bin/python tests/catalogue.py`; `tests/test_catalogue.py` gives every input here
to the package and compares what it tells. N stands for the number of a row.
"""


@dataclass(frozen=True)
class Case:
    """A bad input of a kind: how it is made, and all that is told of it."""

    kind: str
    name: str
    made: object
    told: str


CASES = [
    Case(kind, name, made, told)
    for kind, cases in {
        "A table": bad_tables.TABLES,
        "The descriptor": bad_descriptors.DESCRIPTORS,
        "A text of the report": bad_inputs.REPORTS,
        "A PO file": bad_inputs.CATALOGS,
        "A relation": {e: (e, told) for e, told in bad_inputs.RELATIONS.items()},
        "The command line": {c: (c, told) for c, told in bad_inputs.COMMANDS.items()},
        "A name in a notebook": bad_inputs.NAMES,
        "A notebook": bad_books.BOOKS,
        "A chart": bad_cells.CHARTS,
        "A cell of a notebook": bad_cells.CELLS,
    }.items()
    for name, (made, told) in cases.items()
]


def page() -> str:
    """FAULTS.md."""
    lines = [INTRODUCTION]
    for kind in dict.fromkeys(case.kind for case in CASES):
        lines += [f"\n## {kind}\n", "| bad input | what is told |", "| --- | --- |"]
        lines += [f"| {c.name} | {_cell(c.told)} |" for c in CASES if c.kind == kind]
    return "\n".join(lines) + "\n"


def _cell(told: str) -> str:
    return " <br> ".join(f"`` {line} ``" for line in told.replace("|", "\\|").splitlines())


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8", newline="")
