"""The workbook: whole, typed, linked, legible, and with nothing in it that runs."""

import io
import re
import zipfile

import openpyxl
import pandas as pd
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from briefing.publish.workbook import CODEBOOK, EAST_ASIAN, LATIN, workbook
from briefing.sources import tables

RESOURCES = tables.descriptor()["resources"]
NAMES = [resource["name"] for resource in RESOURCES]
HOSTILE = [
    '=HYPERLINK("https://example.org")',
    "+1+cmd|' /C calc'!A0",
    "@SUM(1)",
    "<script>x",
    "＝1",
]


@pytest.fixture(scope="module")
def book() -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(workbook(tables.descriptor(), tables.shared())))


def linked(sheet: Worksheet) -> dict[str, str]:
    """The place in the workbook that each cell leads to."""
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.hyperlink]
    return {cell.coordinate: cell.hyperlink.location for cell in cells}


def test_it_holds_the_codebook_and_every_table(book: openpyxl.Workbook) -> None:
    assert book.sheetnames == [CODEBOOK, *NAMES]
    described = [row[:3] for row in book[CODEBOOK].iter_rows(min_row=2, values_only=True)]
    fields = [(r["name"], f["name"], f["type"]) for r in RESOURCES for f in r["schema"]["fields"]]
    assert described == fields


@pytest.mark.parametrize("name", NAMES)
def test_a_sheet_holds_every_cell_in_its_type(book: openpyxl.Workbook, name: str) -> None:
    head, *rows = book[name].iter_rows()
    table = tables.shared()[name]
    assert [cell.value for cell in head] == list(table.columns)
    assert len(rows) == len(table)
    for row, expected in zip(rows, table.itertuples(index=False), strict=True):
        for cell, value in zip(row, expected, strict=True):
            if value == "" or pd.isna(value):
                assert cell.value is None
            else:
                assert cell.value == value
                assert cell.data_type == ("s" if isinstance(value, str) else "n")


@pytest.mark.parametrize("name", [CODEBOOK, *NAMES])
def test_a_sheet_is_frozen_filtered_and_wraps(book: openpyxl.Workbook, name: str) -> None:
    sheet = book[name]
    assert sheet.freeze_panes == "B2"
    assert sheet.auto_filter.ref == sheet.dimensions
    assert sheet.print_title_rows == "$1:$1" and sheet.page_setup.orientation == "landscape"
    assert all(5 <= column.width <= 47 for column in sheet.column_dimensions.values())
    for row in sheet.iter_rows(min_row=2):
        longest = max(len(str(cell.value or "")) for cell in row)
        assert sheet.row_dimensions[row[0].row].height >= 14 * longest / 65
        for cell in (cell for cell in row if cell.value is not None):
            assert cell.alignment.wrap_text
            is_han = re.search("[\u4e00-\u9fff]", str(cell.value))
            assert cell.font.name in ([EAST_ASIAN] if is_han else [EAST_ASIAN, LATIN])


def test_digits_that_are_words_bear_no_mark_of_a_mistyped_number() -> None:
    made = workbook(tables.descriptor(), tables.shared())
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        for place, name in enumerate([CODEBOOK, *NAMES], start=1):
            sheet = archive.read(f"xl/worksheets/sheet{place}.xml").decode()
            [cells] = re.findall(
                '<ignoredError sqref="A1:([A-Z]+[0-9]+)" numberStoredAsText', sheet
            )
            [last] = re.findall('<dimension ref="A1:([A-Z]+[0-9]+)"', sheet)
            assert openpyxl.utils.cell.coordinate_to_tuple(cells) >= (
                openpyxl.utils.cell.coordinate_to_tuple(last)
            ), name


def test_links_lead_to_the_rows_they_name(book: openpyxl.Workbook) -> None:
    assert set(linked(book[CODEBOOK]).values()) == {f"'{name}'!A1" for name in NAMES}
    for sheet in book.worksheets[1:]:
        for ref, place in linked(sheet).items():
            target, _, cell = place.partition("!")
            assert book[target.strip("'")][cell].value == sheet[ref].value
    figures = book["figures"]
    [column] = [cell.column_letter for cell in figures[1] if cell.value == "paragraph_id"]
    links = {ref: place for ref, place in linked(figures).items() if ref.startswith(column)}
    assert len(links) == len(tables.shared()["figures"])
    assert all(place.startswith("'paragraphs'!A") for place in links.values())


@pytest.mark.parametrize("hostile", [*HOSTILE, "https://example.org", "external:c.xlsx"])
def test_hostile_words_stay_words(hostile: str) -> None:
    altered = {name: table.copy() for name, table in tables.shared().items()}
    altered["figures"].loc[0, ["note", "printed"]] = hostile
    altered["paragraphs"].loc[3, "paragraph_id"] = hostile
    altered["figures"].loc[0, "paragraph_id"] = hostile
    made = workbook(tables.descriptor(), altered)
    sheet = openpyxl.load_workbook(io.BytesIO(made))["figures"]
    cells = [cell for cell in sheet[2] if cell.value == hostile]
    assert len(cells) == 3
    assert all(cell.data_type == "s" for cell in cells)
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    assert not [name for name, part in parts.items() if b"<f>" in part or b'="External"' in part]


def test_a_table_without_rows_has_its_sheet() -> None:
    altered = dict(tables.shared())
    altered["figure_errata"] = altered["figure_errata"].head(0)
    book = openpyxl.load_workbook(io.BytesIO(workbook(tables.descriptor(), altered)))
    assert book["figure_errata"].dimensions == "A1:E1"


def test_the_same_input_gives_the_same_bytes_without_a_day() -> None:
    first, second = (workbook(tables.descriptor(), tables.shared()) for _ in range(2))
    assert first == second
    with zipfile.ZipFile(io.BytesIO(first)) as parts:
        assert {info.date_time for info in parts.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        core = parts.read("docProps/core.xml").decode()
    assert set(re.findall("[0-9]{4}-[0-9]{2}-[0-9]{2}T", core)) == {"1980-01-01T"}
