"""What changed between two versions of the figures, in words, for CHANGELOG.md."""

import json
import re
from pathlib import Path

from briefing.sources.tables import DATA, DataError, cells_of

# The columns of which is told; the range is made of two.
TOLD = "printed value range unit_id qualifier status period subject_id indicator_id paragraph_id"
DECIMAL = re.compile(r"-?[0-9]+\.[0-9]+")
EMPTY = "is empty, expected it gone"
WHOLE = "`{figure_id}`: {printed}, paragraph {paragraph_id}"
Row = dict[str, str]


def changes(old: Path, new: Path = DATA) -> str:
    """The figures added, removed and changed, as markdown; those that changed alike in one line.

    old, new: folders of data of any version, with figures.csv and datapackage.json. Raises
    DataError where one is no such folder or its file is at fault.
    """
    (earlier, before), (later, after) = _version(old), _version(new)
    changed: dict[str, list[str]] = {}
    for key, row in after.items():
        if told := _difference(before.get(key, {}), row):
            changed.setdefault(told, []).append(f"`{key}`")
    lists = {
        "Added": [WHOLE.format(**after[key]) for key in after if key not in before],
        "Removed": [WHOLE.format(**before[key]) for key in before if key not in after],
        "Changed": [f"{', '.join(keys)}: {told}" for told, keys in changed.items()],
    }
    said = ["\n- ".join([f"{what}:\n", *items]) for what, items in lists.items() if items]
    told = said or ["None was added, removed or changed."]
    return "\n\n".join([f"Figures, {earlier} to {later}", *told])


def _version(folder: Path) -> tuple[str, dict[str, Row]]:
    """A folder's version, and its figures by figure_id."""
    path = folder / "figures.csv"
    try:
        descriptor = json.loads((folder / "datapackage.json").read_text(encoding="utf-8-sig"))
        version = str(descriptor["version"])
    except (OSError, LookupError, TypeError, ValueError):
        expected = "one with a version, beside figures.csv, such as that of an earlier data/"
        told = f"{folder}: has no readable datapackage.json, expected {expected}"
        raise DataError([told]) from None
    try:
        head, *rows = cells_of(path)
    except DataError as error:
        raise DataError([f"{folder}: {fault}" for fault in error.faults]) from None
    if "figure_id" not in head:
        raise DataError([f"{path}, row 1: has no column figure_id, expected it between commas"])
    found: dict[str, Row] = {}
    for number, cells in enumerate(rows, start=2):
        if len(cells) != len(head) or not any(cells):
            told = f"{len(cells)} fields, expected {len(head)}" if any(cells) else EMPTY
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
        f"{'printed form' if name == 'printed' else name.removesuffix('_id')} "
        f"{before[name] or 'none'} → {after[name] or 'none'}"
        for name in TOLD.split()
        if name in before and before[name] != after.get(name, before[name])
    )
