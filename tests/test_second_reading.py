"""data/ is what two readings of the report found, the second without sight of the first."""

import csv
import io
import re
from collections import Counter
from pathlib import Path

import pytest

from briefing import tables

HERE = Path(__file__).resolve().parent / "second_reading"
TABLES = sorted(
    path.stem for path in HERE.glob("*.csv") if path.stem not in ("settled", "numerals", "decoys")
)


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def line(row: dict[str, str], columns: list[str]) -> str:
    """A row's columns as a line of CSV."""
    written = io.StringIO(newline="")
    csv.writer(written, lineterminator="").writerow(row[name] for name in columns)
    return written.getvalue()


@pytest.mark.parametrize("table", TABLES)
def test_a_table_is_what_was_coded_twice_but_for_what_was_settled(table: str) -> None:
    second, first = rows(HERE / f"{table}.csv"), rows(tables.DATA / f"{table}.csv")
    columns = list(second[0])
    settled = [row for row in rows(HERE / "settled.csv") if row["table"] == table]
    expected = Counter(line(row, columns) for row in second)
    expected -= Counter(row["second"] for row in settled)
    expected += Counter(row["adopted"] for row in settled if row["adopted"])
    assert Counter(line(row, columns) for row in first) == expected


def test_each_difference_is_one_of_the_second_reading_and_has_a_reason() -> None:
    coded = {
        (table, line(row, list(row))) for table in TABLES for row in rows(HERE / f"{table}.csv")
    }
    for row in rows(HERE / "settled.csv"):
        assert row["reason"].endswith("."), row
        assert row["second"] != row["adopted"], row
        assert not row["second"] or (row["table"], row["second"]) in coded, row


def test_numerals_are_those_that_the_text_prints() -> None:
    """As they were taken from the text, paragraph by paragraph, in their order."""
    found: dict[str, list[str]] = {}
    for row in rows(tables.DATA / "numerals.csv"):
        found.setdefault(row["paragraph_id"], []).append(row["printed"])
    of_text = {row["paragraph_id"]: row["printed"].split() for row in rows(HERE / "numerals.csv")}
    assert found == {name: printed for name, printed in of_text.items() if printed}


def test_its_page_tells_how_much_was_coded_and_settled() -> None:
    settled = Counter(row["table"] for row in rows(HERE / "settled.csv"))
    counts = [(table, len(rows(HERE / f"{table}.csv")), settled[table]) for table in TABLES]
    page = (HERE / "README.md").read_text(encoding="utf-8")
    told = re.findall(r"^\| `(\w+)` \| ([0-9]+) \| ([0-9]+) \|$", page, re.MULTILINE)
    assert [(table, int(coded), int(differ)) for table, coded, differ in told] == counts
    decoys = [row["found_out"] for row in rows(HERE / "decoys.csv")]
    assert f"{len(decoys)} of them decoys" in " ".join(page.split())
    assert f"{decoys.count('yes')} were found out" in page
