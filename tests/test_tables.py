"""How tables are read: all faults at once, each with its place; what is harmless as meant.

What each fault is told as stands in the catalogue.
"""

import csv
import io
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from bad_tables import Edit, swap

import briefing
from briefing.sources import printed as forms
from briefing.sources import spreadsheets, tables


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
        lambda raw: raw.replace(b"\n", b"\r"),
        lambda raw: raw + b"\r\n\r\n",
    ],
    ids=[
        "byte-order mark",
        "CRLF",
        "no last line feed",
        "blank last lines",
        "needless quotation marks",
        "CR, as Excel for the Macintosh saved",
        "blank last lines with CR",
    ],
)
def test_what_is_harmless_is_read_as_meant(data: Path, change: Callable[[bytes], bytes]) -> None:
    path = data / "figures.csv"
    path.write_bytes(change(path.read_bytes()))
    pd.testing.assert_frame_equal(tables.load(data)["figures"], tables.shared()["figures"])


def test_locks_and_hidden_files_are_nothing_and_a_copy_is_told(data: Path) -> None:
    for name in (".~lock.figures.csv#", "._figures.csv", "~$figures.xlsx", "~$figures.csv"):
        (data / name).write_bytes(b"\0")
    assert len(tables.load(data)) == len(tables.shared())
    (data / "figures (1).csv").write_bytes(b"")
    assert faults(data) == [
        "figures (1).csv: is no table of datapackage.json, expected it gone or renamed: it looks "
        "like a copy"
    ]


def test_a_country_with_the_name_of_another_is_told(data: Path) -> None:
    """As where a spreadsheet has sorted one column alone."""
    rewrite(data, swap("spain,country,Spain,西班牙,", "spain,country,China,中国,"), "actors.csv")
    expected = "is not the country ESP, expected one country"
    assert faults(data) == [
        f"actors.csv, row 24, column name_en: 'China' {expected}",
        f"actors.csv, row 24, column name_zh: '中国' {expected}",
    ]


def test_many_faults_of_one_cause_are_one_sentence(data: Path) -> None:
    path = data / "figures.csv"
    head, *rows = csv.reader(io.StringIO(path.read_text(encoding="utf-8")))
    for row in rows:
        row[head.index("value")] = f"x{row[0]}"
    written = io.StringIO(newline="")
    csv.writer(written, lineterminator="\n").writerows([head, *rows])
    path.write_text(written.getvalue(), encoding="utf-8")
    [fault] = faults(data)
    assert fault.startswith("figures.csv, row 2, column value: 'x")
    assert fault.endswith(f"(and {len(rows) - 1} more rows so, to row {len(rows) + 1})")


@pytest.mark.parametrize(("cells", "sentences"), [(3, 3), (4, 1)])
def test_few_faults_of_one_cause_are_a_sentence_each(
    data: Path, cells: int, sentences: int
) -> None:
    rewrite(data, lambda text: text.replace(",unqualified,", ",no,", cells).encode())
    assert len(faults(data)) == sentences


HOSTILE = ["=1", "＝1", "﹢1", "⁼1", " ＠x", "\t-x", "\u200b=1", "\xa0+1", "－cmd", "-1+1"]


@pytest.mark.parametrize("cell", HOSTILE)
def test_what_a_spreadsheet_could_run_is_disarmed_in_every_csv(cell: str) -> None:
    assert spreadsheets.harmless(cell) == f"'{cell}"
    found = pd.DataFrame({cell: [cell], "n": [-1.5], "none": [None]}, index=[cell])
    written = list(csv.reader(io.StringIO(briefing.as_csv(found), newline="")))
    assert written == [
        ["Identifier", f"'{cell}", "n", "none"],
        [f"'{cell}", f"'{cell}", "-1.5", ""],
    ]


def test_a_csv_is_read_back_line_by_line_and_heads_are_disarmed_too() -> None:
    found = pd.DataFrame({"a": ["x\ry"]}, index=pd.Index(["b"], name="=1"))
    assert briefing.as_csv(found) == '\'=1,a\nb,"x\ny"\n'


@pytest.mark.parametrize(
    ("period", "printed", "fault"),
    [
        ("2011-05-01", "2011年5月", "'2011-05-01' is finer than '2011年5月'"),
        ("2011-01", "2011年", "'2011-01' is finer than '2011年'"),
        ("2012-02-27/2012-03-09", "2012年2月27日至3月9日", ""),
        ("2012/2013", "2012-2013", ""),
    ],
)
def test_no_date_is_finer_than_it_is_printed(period: str, printed: str, fault: str) -> None:
    events = pd.DataFrame({"period": [period], "printed": [printed]}, index=[2])
    told = f"events.csv, row 2, column period: {fault}, expected no finer date"
    assert [*forms.faults({"events": events})] == ([told] if fault else [])


def test_numbers_are_numbers_and_empty_cells_are_empty() -> None:
    figures = tables.shared()["figures"]
    assert figures["value"].dtype == "float64"
    assert tables.shared()["paragraphs"]["order"].dtype == "int64"
    assert (figures["note"] == "").any()
