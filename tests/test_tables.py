"""How tables are read: all faults at once, each with its place; what is harmless as meant.

What each fault is told as stands in the catalogue.
"""

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from bad_tables import Edit, swap

from briefing.sources import tables


def faults(data: Path) -> list[str]:
    with pytest.raises(tables.DataError) as caught:
        tables.load(data)
    assert str(caught.value) == "\n".join(caught.value.faults)
    return caught.value.faults


def rewrite(data: Path, edit: Edit, name: str = "figures.csv") -> None:
    path = data / name
    path.write_bytes(edit(path.read_text(encoding="utf-8")))


def test_a_fault_names_file_row_and_column(data: Path) -> None:
    rewrite(data, swap("unqualified,435,", "unqualified,plenty,"))
    text = (data / "figures.csv").read_text(encoding="utf-8")
    row = next(n for n, line in enumerate(text.splitlines(), 1) if "plenty" in line)
    where = f"figures.csv, row {row}, column value"
    assert faults(data) == [
        f"{where}: 'plenty' is not a plain decimal, expected one such as 1600 or 140.8"
    ]


def test_all_faults_are_told_at_once(data: Path) -> None:
    rewrite(data, swap("unqualified,435,", "unqualified,plenty,"))
    rewrite(data, swap(",unqualified,2084", ",precise,2084"))
    rewrite(data, swap("USA", "usa"), "actors.csv")
    assert [fault.split(",")[0] for fault in faults(data)] == ["figures.csv"] * 2 + ["actors.csv"]


def test_a_row_that_is_lost_does_not_make_its_references_faulty(data: Path) -> None:
    rewrite(data, swap("usd,US dollars,", "usd,US, dollars,"), "units.csv")
    [fault] = faults(data)
    assert fault == "units.csv, row 2: 5 fields, expected 4"


def test_a_missing_file_is_named(data: Path) -> None:
    (data / "units.csv").unlink()
    assert "units.csv: cannot be read (No such file or directory), expected a CSV file" in faults(
        data
    )


@pytest.mark.parametrize(
    "change",
    [
        lambda raw: b"\xef\xbb\xbf" + raw,
        lambda raw: raw.replace(b"\n", b"\r\n"),
        lambda raw: raw.rstrip(b"\n"),
        lambda raw: raw + b"\n\n",
        lambda raw: raw.replace(b"csw-ngos,csw-ngos,", b'"csw-ngos",csw-ngos,'),
    ],
    ids=[
        "byte-order mark",
        "CRLF",
        "no last line feed",
        "blank last lines",
        "needless quotation marks",
    ],
)
def test_what_is_harmless_is_read_as_meant(data: Path, change: Callable[[bytes], bytes]) -> None:
    path = data / "figures.csv"
    path.write_bytes(change(path.read_bytes()))
    pd.testing.assert_frame_equal(tables.load(data)["figures"], tables.shared()["figures"])


def test_numbers_are_numbers_and_empty_cells_are_empty() -> None:
    figures = tables.shared()["figures"]
    assert figures["value"].dtype == "float64"
    assert tables.shared()["paragraphs"]["order"].dtype == "int64"
    assert (figures["note"] == "").any()
