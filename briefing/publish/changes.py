"""What changed between two versions of the figures, in words, for CHANGELOG.md."""

import json
import re
from pathlib import Path

from briefing.sources.tables import DATA, DataError, cells_of

# What is told of a figure, by column; its range is made of two.
TOLD = {
    "printed": "printed form",
    "value": "value",
    "range": "range",
    "unit_id": "unit",
    "qualifier": "qualifier",
    "status": "status",
    "period": "period",
    "subject_id": "subject",
    "indicator_id": "indicator",
    "paragraph_id": "paragraph",
}
DECIMAL = re.compile(r"-?[0-9]+\.[0-9]+")
WHOLE = "`{figure_id}`: {printed}, paragraph {paragraph_id}"
Row = dict[str, str]


def changes(old: Path, new: Path = DATA) -> str:
    """The figures added, removed and changed, as markdown; those that changed alike in one line.

    old, new: folders of data of any version, with figures.csv and datapackage.json. Raises
    DataError where one is no such folder or its file is at fault.
    """
    (earlier, before), (later, after) = _version(old), _version(new)
    changed: dict[str, list[str]] = {}
    for key in (key for key in after if key in before):
        if told := _difference(before[key], after[key]):
            changed.setdefault(told, []).append(f"`{key}`")
    lists = {
        "Added": [WHOLE.format(**after[key]) for key in after if key not in before],
        "Removed": [WHOLE.format(**before[key]) for key in before if key not in after],
        "Changed": [f"{', '.join(keys)}: {told}" for told, keys in changed.items()],
    }
    said = [f"Figures, {earlier} to {later}"]
    for what, items in lists.items():
        said += [f"{what}:\n\n" + "\n".join(f"- {item}" for item in items)] if items else []
    return "\n\n".join(said if len(said) > 1 else [*said, "None was added, removed or changed."])


def _version(folder: Path) -> tuple[str, dict[str, Row]]:
    """A folder's version, and its figures by figure_id."""
    path = folder / "figures.csv"
    try:
        descriptor = json.loads((folder / "datapackage.json").read_text(encoding="utf-8-sig"))
        version = str(descriptor["version"])
    except (OSError, LookupError, TypeError, ValueError):
        expected = (
            "expected one with a version, beside figures.csv, such as that of an earlier data/"
        )
        raise DataError([f"{folder}: has no readable datapackage.json, {expected}"]) from None
    head, *rows = cells_of(path)
    if "figure_id" not in head:
        raise DataError([f"{path}, row 1: has no column figure_id, expected it between commas"])
    found: dict[str, Row] = {}
    for number, cells in enumerate(rows, start=2):
        if len(cells) != len(head):
            told = f"{len(cells)} fields, expected {len(head)}"
            raise DataError([f"{path}, row {number}: {told}"])
        row = dict(zip(head, map(_plain, cells), strict=True))
        low, high = row.get("lower"), row.get("upper")
        row["range"] = "" if low == high else f"{low or 'open'} to {high or 'open'}"
        if found.setdefault(row["figure_id"], row) is not row:
            raise DataError([f"{path}, row {number}: the key stands a second time, expected once"])
    return version, found


def _plain(cell: str) -> str:
    """A number as data/ has it, whatever wrote it: 2 for 2.0; other words as they are."""
    return cell.rstrip("0").removesuffix(".") if DECIMAL.fullmatch(cell) else cell


def _difference(before: Row, after: Row) -> str:
    """What of a figure differs, in words; a column that a version lacks is passed over."""
    return "; ".join(
        f"{name} {before[column] or 'none'} → {after[column] or 'none'}"
        for column, name in TOLD.items()
        if column in before and column in after and before[column] != after[column]
    )
