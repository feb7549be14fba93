"""Whatever is wrong with a CSV gives one clear sentence a fault, or is read as it was meant."""

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from briefing import tables

Edit = Callable[[str], str]
PERIOD = "2012-02-27/2012-03-09"
ROW = f"csw-ngos,csw-ngos,csw-56,{PERIOD},actual,exact,435,435,435,ngo,27,435个非政府组织,"


def swap(old: str, new: str) -> Edit:
    def edit(text: str) -> str:
        assert old in text, f"{old!r} is not in the file"
        return text.replace(old, new, 1)

    return edit


def faults(data: Path) -> list[str]:
    with pytest.raises(tables.DataError) as caught:
        tables.load(data)
    assert str(caught.value) == "\n".join(caught.value.faults)
    return caught.value.faults


def rewrite(data: Path, edit: Edit, name: str = "figures.csv") -> None:
    path = data / name
    path.write_text(edit(path.read_text(encoding="utf-8")), encoding="utf-8", newline="")


BROKEN: dict[str, tuple[Edit, str]] = {
    "missing column": (swap(",status", ""), "row 1, column status: the column is missing"),
    "doubled header": (
        swap(",upper,", ",lower,"),
        "row 1, column lower: the column stands more than once",
    ),
    "unknown column": (swap(",note", ",remark"), "row 1: unknown column 'remark'"),
    "columns out of order": (swap("lower,upper", "upper,lower"), "the columns are out of order"),
    "extra field": (swap(ROW, ROW + ","), "14 fields, expected 13"),
    "missing field": (swap("2084名代表,\n", "2084名代表\n"), "12 fields, expected 13"),
    "date that does not exist": (swap("2012-06-13", "2012-02-31"), "'2012-02-31' is no date"),
    "span that ends too early": (swap(PERIOD, "2012-03-09/2012-02-27"), "is no date or span"),
    "digits that are not kept": (
        swap("exact,435,", "exact,435.00000000000000001,"),
        "has more digits than are kept",
    ),
    "negative zero": (swap("exact,435,", "exact,-0,"), "has more digits than are kept"),
    "semicolons for commas": (
        lambda text: text.replace(",", ";"),
        "row 1: no header with commas, expected figure_id,",
    ),
    "plus sign": (swap("exact,435,", "exact,+435,"), "'+435' is not a plain decimal"),
    "variation selector": (swap("435个", "435\ufe0f个"), "holds an invisible character"),
    "empty row": (swap(ROW, "\n" + ROW), "0 fields, expected 13"),
    "duplicate key": (
        swap("csw-ngo-representatives,csw-ngo-rep", "csw-ngos,csw-ngo-rep"),
        "column figure_id: the key 'csw-ngos' stands a second time",
    ),
    "orphan key": (
        swap("exact,435,435,435,ngo,27", "exact,435,435,435,ngo,99"),
        "column paragraph_id: '99' is not in paragraphs.csv, expected a paragraph_id from there",
    ),
    "text in a number": (
        swap("exact,435,", "exact,plenty,"),
        "column value: 'plenty' is not a plain",
    ),
    "thousands comma": (
        swap("exact,435,", 'exact,"1,600",'),
        "column value: '1,600' is not a plain",
    ),
    "full-width digit": (swap("exact,435,", "exact,43５,"), "column value: '43５' is not a plain"),
    "Arabic-Indic digit": (swap("exact,435,", "exact,43٥,"), "column value: '43٥' is not a plain"),
    "true minus sign": (swap("exact,435,", "exact,−435,"), "column value: '−435' is not a plain"),
    "exponent": (swap("exact,435,", "exact,4e2,"), "column value: '4e2' is not a plain decimal"),
    "infinity": (swap("exact,435,", "exact,inf,"), "column value: 'inf' is not a plain decimal"),
    "beyond floating point": (
        swap("exact,435,", "exact,90071992547409920,"),
        "column value: '90071992547409920' is too large",
    ),
    "key NA": (swap("csw-ngos,csw-ngos,", "NA,csw-ngos,"), "column figure_id: 'NA' does not have"),
    "key None": (swap("csw-ngos,csw-ngos,", "None,csw-ngos,"), "'None' does not have the form"),
    "empty key": (swap("csw-ngos,csw-ngos,", ",csw-ngos,"), "column figure_id: '' is empty"),
    "trailing space": (swap(",exact,435", ",exact ,435"), "'exact ' begins or ends with a space"),
    "zero-width mark": (
        swap(",exact,435", ",ex\u200bact,435"),
        "column qualifier: 'ex\\u200bact' holds an invisible character",
    ),
    "right-to-left mark": (swap("435个", "\u202e435个"), "holds an invisible character"),
    "non-breaking space": (swap("435个", "435\xa0个"), "holds an invisible character"),
    "line separator": (swap("435个", "435\u2028个"), "holds an invisible character"),
    "ideographic space": (swap("435个", "435\u3000个"), "holds an invisible character"),
    "line break in a cell": (
        swap("435个非政府组织,", '"435个\n非政府组织",'),
        "holds an invisible",
    ),
    "not in normal form C": (swap("The countries", "The\u0301 countries"), "normal form C"),
    "unknown word": (swap(",exact,435", ",precise,435"), "'precise' is unknown, expected one of"),
    "date out of range": (swap("2012-02-27/2012", "2012-13-27/2012"), "column period: '2012-13-27"),
    "full-width year": (swap("2012-02-27/2012", "２０１２-02-27/2012"), "column period: '２０１２"),
    "spreadsheet formula": (
        swap("2084名代表,", "2084名代表,=HYPERLINK(1)"),
        "column note: '=HYPERLINK(1)' begins like a formula",
    ),
    "formula with minus": (
        swap("2084名代表,", "2084名代表,-1+2"),
        "begins like a formula",
    ),
    "NUL": (swap("435个", "435\0个"), "holds a NUL character"),
    "open quotation mark": (swap(ROW, '"' + ROW), "expected closed quotation marks"),
    "nothing in the file": (lambda text: "", "row 1: no header with commas"),
}


@pytest.mark.parametrize(("edit", "sentence"), BROKEN.values(), ids=BROKEN)
def test_a_broken_table_gives_a_sentence_for_its_fault(
    data: Path, edit: Edit, sentence: str
) -> None:
    rewrite(data, edit)
    found = [fault for fault in faults(data) if sentence in fault]
    assert len(found) == 1, faults(data)
    assert found[0].startswith("figures.csv")


def test_a_fault_names_file_row_and_column(data: Path) -> None:
    rewrite(data, swap("exact,435,", "exact,plenty,"))
    text = (data / "figures.csv").read_text(encoding="utf-8")
    row = next(n for n, line in enumerate(text.splitlines(), 1) if "plenty" in line)
    where = f"figures.csv, row {row}, column value"
    assert faults(data) == [f"{where}: 'plenty' is not a plain decimal such as 1600 or 140.8"]


def test_all_faults_are_told_at_once(data: Path) -> None:
    rewrite(data, swap("exact,435,", "exact,plenty,"))
    rewrite(data, swap(",exact,2084", ",precise,2084"))
    rewrite(data, swap("USA", "usa"), "actors.csv")
    assert [fault.split(",")[0] for fault in faults(data)] == ["figures.csv"] * 2 + ["actors.csv"]


def test_a_row_that_is_lost_does_not_make_its_references_faulty(data: Path) -> None:
    rewrite(data, swap("usd,US dollars,", "usd,US, dollars,"), "units.csv")
    [fault] = faults(data)
    assert fault == "units.csv, row 2: 5 fields, expected 4"


def test_bytes_that_are_not_utf8_are_named(data: Path) -> None:
    path = data / "figures.csv"
    path.write_bytes(path.read_text(encoding="utf-8").encode("gb18030"))
    [fault] = faults(data)
    assert "is not UTF-8 (it looks like GB18030), expected UTF-8" in fault


def test_a_missing_file_is_named(data: Path) -> None:
    (data / "units.csv").unlink()
    assert "units.csv: cannot be read (No such file or directory), expected a CSV file" in faults(
        data
    )


def test_a_broken_descriptor_is_named(data: Path) -> None:
    rewrite(data, lambda text: text[:-10], "datapackage.json")
    [fault] = faults(data)
    assert fault.startswith("datapackage.json: cannot be read")


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
