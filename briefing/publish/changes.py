"""What changed between two versions of the figures, in words, for CHANGELOG.md."""

import csv
import json
from pathlib import Path

from briefing.sources.tables import DATA, DataError

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
WHOLE = "`{figure_id}`: {printed}, paragraph {paragraph_id}"
Row = dict[str, str]


def changes(old: Path, new: Path = DATA) -> str:
    """The figures added, removed and changed, as markdown; those that changed alike in one line.

    old, new: folders of data of any version, with figures.csv and datapackage.json. Raises
    DataError where one is no such folder.
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
    try:
        descriptor = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
        with (folder / "figures.csv").open(encoding="utf-8-sig", newline="") as file:
            rows = {row["figure_id"]: row for row in csv.DictReader(file, strict=True)}
        for row in rows.values():
            low, high = row.get("lower"), row.get("upper")
            row["range"] = "" if low == high else f"{low or 'open'} to {high or 'open'}"
        return descriptor["version"], rows
    except (OSError, LookupError, TypeError, ValueError, csv.Error):
        expected = "expected one with figures.csv and datapackage.json, such as an earlier data/"
        raise DataError([f"{folder}: is no folder of data, {expected}"]) from None


def _difference(before: Row, after: Row) -> str:
    """What of a figure differs, in words; a column that a version lacks is passed over."""
    return "; ".join(
        f"{name} {before[column] or 'none'} → {after[column] or 'none'}"
        for column, name in TOLD.items()
        if column in before and column in after and before[column] != after[column]
    )
