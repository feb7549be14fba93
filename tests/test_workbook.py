"""The workbook: whole, typed, linked, legible, and with nothing in it that runs."""

import io
import re
import zipfile
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from openpyxl.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet

from briefing.core.language import languages, speaking, translate
from briefing.publish.workbook import ABOVE, CODEBOOK, COVER, FONT, NOTES, workbook
from briefing.sources import tables

RESOURCES = tables.descriptor()["resources"]
NAMES = [resource["name"] for resource in RESOURCES]
SHEETS = [NOTES, CODEBOOK, *NAMES]  # which hold a table
HOSTILE = [
    '=HYPERLINK("https://example.org")',
    "+1+cmd|' /C calc'!A0",
    "@SUM(1)",
    "<script>x",
    "＝1",
    "https://example.org",
    "external:c.xlsx",
]


@pytest.fixture(scope="module")
def made() -> bytes:
    return workbook(tables.descriptor(), tables.shared())


@pytest.fixture(scope="module")
def book(made: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(made))


def rows_of(sheet: Worksheet) -> list[tuple[Cell, ...]]:
    """The head and the rows of a sheet's table."""
    return list(sheet.iter_rows(min_row=ABOVE + 1))


def linked(sheet: Worksheet) -> dict[str, str]:
    """The place in the workbook that each cell leads to."""
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.hyperlink]
    return {cell.coordinate: cell.hyperlink.location for cell in cells}


def test_it_holds_the_codebook_and_every_table(book: openpyxl.Workbook) -> None:
    assert book.sheetnames == [COVER, *SHEETS]
    described = [tuple(cell.value for cell in row[:3]) for row in rows_of(book[CODEBOOK])[1:]]
    fields = [(r["name"], f["name"], f["type"]) for r in RESOURCES for f in r["schema"]["fields"]]
    assert described == fields


@pytest.mark.parametrize("name", NAMES)
def test_a_sheet_holds_every_cell_in_its_type(book: openpyxl.Workbook, name: str) -> None:
    head, *rows = rows_of(book[name])
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


@pytest.mark.parametrize("name", SHEETS)
def test_a_sheet_is_one_marked_table_under_its_title(book: openpyxl.Workbook, name: str) -> None:
    sheet = book[name]
    [marked] = sheet.tables.values()
    assert marked.name == name and marked.headerRowCount == 1
    last = openpyxl.utils.get_column_letter(sheet.max_column)
    assert marked.ref == f"A{ABOVE + 1}:{last}{sheet.max_row}"
    title, held, empty = (sheet.cell(row, 1).value for row in range(1, ABOVE + 1))
    assert title == name and len(held) > 10
    cells = [cell.value for row in rows_of(sheet) for cell in row]
    assert (None in cells) == ("note 1" in empty)


@pytest.mark.parametrize("name", [COVER, *SHEETS])
def test_a_sheet_has_nothing_that_hides_or_distracts(book: openpyxl.Workbook, name: str) -> None:
    """What the checklist for statistics in spreadsheets advises against."""
    sheet = book[name]
    assert sheet.sheet_state == "visible" and not sheet.merged_cells.ranges
    assert not sheet.freeze_panes and not sheet.auto_filter.ref
    assert not any(table.autoFilter for table in sheet.tables.values())
    assert not any(it.hidden for it in sheet.column_dimensions.values())
    assert not any(it.hidden for it in sheet.row_dimensions.values())
    assert not sheet.oddFooter.left.text and not sheet.oddHeader.left.text
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert all(cell.font.name == FONT for cell in cells)
    assert all(cell.fill.fill_type is None and cell.font.size >= 12 for cell in cells)


@pytest.mark.parametrize("name", SHEETS)
def test_a_sheet_wraps_and_is_set_for_print(book: openpyxl.Workbook, name: str) -> None:
    sheet = book[name]
    assert sheet.print_title_rows == f"${ABOVE + 1}:${ABOVE + 1}"
    assert sheet.page_setup.orientation == "landscape"
    assert all(5 <= column.width <= 53 for column in sheet.column_dimensions.values())
    for row in rows_of(sheet)[1:]:
        longest = max(len(str(cell.value or "")) for cell in row)
        assert sheet.row_dimensions[row[0].row].height >= 17 * longest / 65
        for cell in (cell for cell in row if cell.value is not None):
            assert cell.alignment.wrap_text


def test_the_cover_says_what_it_is_in_every_language_and_leads_to_every_sheet(
    book: openpyxl.Workbook,
) -> None:
    cover, descriptor = book[COVER], tables.descriptor()
    lines = [cell.value for [cell] in cover.iter_rows()]
    for language in languages():
        with speaking(language):
            assert translate(descriptor["title"]) in lines
            assert translate("Unofficial; not affiliated with the United Nations") in lines
    told = "\n".join(lines)
    assert lines[0] == descriptor["title"] and book.active.title == COVER
    for said in (descriptor["description"], descriptor["version"], "CC BY 4.0", "Contents"):
        assert said in told
    assert list(linked(cover).values()) == [f"'{name}'!A1" for name in SHEETS]


def test_notes_tell_of_every_fault_that_touches_a_figure_in_words(
    book: openpyxl.Workbook,
) -> None:
    head, *rows = [[cell.value for cell in row] for row in rows_of(book[NOTES])]
    assert head == ["note", "figures", "note_en", "note_zh"]
    assert [row[0] for row in rows] == [f"note {number}" for number in range(1, len(rows) + 1)]
    faults = tables.shared()["errata"].set_index("erratum_id")
    for _, row in tables.shared()["figure_errata"].iterrows():
        [told] = [row_ for row_ in rows if faults.loc[row["erratum_id"], "reason_en"] in row_[2]]
        assert row["figure_id"] in told[1].split(", ")
        assert faults.loc[row["erratum_id"], "reading_zh"] in told[3]


def test_digits_that_are_words_bear_no_mark_of_a_mistyped_number(made: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        for place, name in enumerate(SHEETS, start=2):
            sheet = archive.read(f"xl/worksheets/sheet{place}.xml").decode()
            cells = re.findall('<ignoredError sqref="(A4:[A-Z]+[0-9]+)" numberStoredAsText', sheet)
            [last] = re.findall('<dimension ref="A1:([A-Z]+[0-9]+)"', sheet)
            assert cells == [f"A4:{last}"], name


def test_links_lead_to_the_rows_they_name(book: openpyxl.Workbook) -> None:
    assert set(linked(book[CODEBOOK]).values()) == {f"'{name}'!A1" for name in NAMES}
    for sheet in book.worksheets[2:]:
        for ref, place in linked(sheet).items():
            target, _, cell = place.partition("!")
            assert book[target.strip("'")][cell].value == sheet[ref].value
    figures = book["figures"]
    [column] = [cell.column_letter for cell in rows_of(figures)[0] if cell.value == "paragraph_id"]
    links = {ref: place for ref, place in linked(figures).items() if ref.startswith(column)}
    assert len(links) == len(tables.shared()["figures"])
    assert all(place.startswith("'paragraphs'!A") for place in links.values())


def test_hostile_words_stay_words() -> None:
    altered = {name: table.copy() for name, table in tables.shared().items()}
    for row, hostile in enumerate(HOSTILE):
        altered["figures"].loc[row, ["note", "printed", "paragraph_id"]] = hostile
        altered["paragraphs"].loc[row, "paragraph_id"] = hostile
    made = workbook(tables.descriptor(), altered)
    sheet = openpyxl.load_workbook(io.BytesIO(made))["figures"]
    for hostile, row in zip(HOSTILE, rows_of(sheet)[1:], strict=False):
        cells = [cell for cell in row if cell.value == hostile]
        assert len(cells) == 3, hostile
        assert all(cell.data_type == "s" for cell in cells), hostile
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    assert not [name for name, part in parts.items() if b"<f>" in part or b'="External"' in part]


def test_a_table_without_rows_has_its_sheet() -> None:
    altered = dict(tables.shared())
    altered["figure_errata"] = altered["figure_errata"].head(0)
    book = openpyxl.load_workbook(io.BytesIO(workbook(tables.descriptor(), altered)))
    assert len(rows_of(book["figure_errata"])) == 1


def test_the_same_input_gives_the_same_bytes_without_a_day(made: bytes) -> None:
    assert workbook(tables.descriptor(), tables.shared()) == made
    with zipfile.ZipFile(io.BytesIO(made)) as parts:
        assert {info.date_time for info in parts.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        core = parts.read("docProps/core.xml").decode()
    assert set(re.findall("[0-9]{4}-[0-9]{2}-[0-9]{2}T", core)) == {"1980-01-01T"}


def test_the_readmes_way_to_a_table(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, made: bytes
) -> None:
    told = (tables.ROOT / "README.md").read_text(encoding="utf-8")
    [code] = re.findall(r"`(pd\.read_excel\(.+?\))`", told)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "figures.xlsx").write_bytes(made)
    found, figures = eval(code, {"pd": pd}), tables.shared()["figures"]
    assert list(found.columns) == list(figures.columns)
    assert list(found["figure_id"]) == list(figures["figure_id"])
