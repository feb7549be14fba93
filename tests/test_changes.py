"""What changed of figures between two versions is told in words, figure by figure."""

import json
import re
from pathlib import Path

import pandas as pd
import pytest

from briefing.publish.changes import changes
from briefing.sources import tables


def edit(folder: Path, version: str, edits: list[tuple[str, str]], dropped: str = "") -> None:
    """Make a copy of data/ an earlier one."""
    path = folder / "figures.csv"
    text = path.read_text(encoding="utf-8")
    for old, new in edits:
        assert text.count(old) == 1
        text = text.replace(old, new)
    path.write_text(text, encoding="utf-8")
    if dropped:
        pd.read_csv(path, dtype=str).drop(columns=dropped).to_csv(path, index=False)
    described = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    described["version"] = version
    (folder / "datapackage.json").write_text(json.dumps(described), encoding="utf-8")


def test_what_was_added_removed_and_changed_is_told(data: Path) -> None:
    edits = [
        ("\nmerged-entities,", "\nmerged-bodies,"),
        (",74,74,74,written-statement,27,74份", ",47,47,47,written-statement,26,47份"),
        (",unqualified,125000000,124500000,", ",exact,125000000,124000000,"),
    ]
    edit(data, "0.9.0", edits, dropped="period_basis")
    assert (
        changes(data)
        == f"""\
Figures, 0.9.0 to {tables.descriptor()["version"]}

Added:

- `merged-entities`: 四个, paragraph 4

Removed:

- `merged-bodies`: 四个, paragraph 4

Changed:

- `csw-written-statements`: printed form 47份书面发言 → 74份书面发言; value 47 → 74; \
paragraph 26 → 27
- `core-resources-2011`: range 124000000 to 125500000 → 124500000 to 125500000; \
qualifier exact → unqualified"""
    )


def test_figures_that_changed_alike_share_a_line(data: Path) -> None:
    assert changes(data).endswith("\n\nNone was added, removed or changed.")
    edits = [(",at_least,84,84,,", ",at_least,84,84,90,")]
    edits += [(f",baseline,unqualified,{n},", f",actual,unqualified,{n},") for n in (40, 107)]
    edit(data, "0.9.0", edits)
    alike = "- `turnout-women-egypt-before`, `government-donors-before`: status actual → baseline"
    assert changes(data).splitlines()[-2:] == [
        alike,
        "- `rio-relay-countries`: range 84 to 90 → 84 to open",
    ]


BAD = [
    ("figures.csv", "no: data\nat all", "row 1: has no column figure_id"),
    ("figures.csv", "figure_id;value\na;1", "row 1: has no column figure_id"),
    ("figures.csv", 'figure_id,a\n"a"b,c', "row 2: cannot be read as CSV"),
    ("figures.csv", "figure_id,value\na,1\n\nb,2", "row 3: is empty, expected it gone"),
    ("figures.csv", "figure_id,value\na,1\na,2", "row 3: the key stands a second time"),
    ("figures.csv", "figure_id,value\n<<<<<<< HEAD\na,2", "row 2: has a conflict of a merge"),
    ("datapackage.json", "no: data\nat all", "has no readable datapackage.json"),
    ("datapackage.json", '["version"]', "has no readable datapackage.json"),
]


@pytest.mark.parametrize(("name", "text", "told"), BAD)
def test_another_folder_is_refused_in_a_sentence(
    data: Path, name: str, text: str, told: str
) -> None:
    (data / name).write_text(text, encoding="utf-8")
    with pytest.raises(tables.DataError, match=f"{re.escape(str(data))}.*{told}"):
        changes(data)


def test_what_pandas_writes_otherwise_has_not_changed(data: Path) -> None:
    figures = pd.read_csv(data / "figures.csv")
    figures.to_csv(data / "figures.csv", index=False)
    assert changes(data).endswith("None was added, removed or changed.")
