"""The hand-outs: whole, typed, linked, described, editable, and with nothing in them that runs."""

import copy
import csv
import io
import re
import zipfile
from pathlib import Path

import nbformat
import openpyxl
import pandas as pd
import pytest
from openpyxl.worksheet.worksheet import Worksheet
from PIL import Image
from pptx import Presentation
from pptx.oxml.ns import qn
from pptx.slide import Slide

from briefing.core.language import languages, speaking
from briefing.notebook import navigation
from briefing.publish import document, editions, handouts, native, pages
from briefing.publish.workbook import CODEBOOK, EAST_ASIAN, workbook
from briefing.sources import tables

RESOURCES = tables.descriptor()["resources"]
NAMES = [resource["name"] for resource in RESOURCES]
EDITIONS = [(path.stem, language) for language in languages() for path in navigation.paths()]
HOSTILE = ['=HYPERLINK("https://example.org")', "+1+cmd|' /C calc'!A0", "@SUM(1)", "<script>x"]
FEWEST_EDITABLE = 13  # charts of an edition
SMALLEST = 300 * 6  # pixels across a picture
SPOKEN, RUN = re.compile("ppt/(slides|notesSlides|charts)/[^_]"), re.compile("<a:r>.*?</a:r>")
HAN = re.compile("[\u4e00-\u9fff]")
every = pytest.mark.parametrize(("name", "language"), EDITIONS)
in_every_language = pytest.mark.parametrize("language", languages())


@pytest.fixture(scope="session")
def book(site: Path) -> openpyxl.Workbook:
    return openpyxl.load_workbook(site / "figures.xlsx")


def stored(name: str, language: str) -> list[handouts.Chart]:
    path = editions.folder(language) / f"{name}.ipynb"
    with speaking(language):
        blocks = document.blocks(nbformat.read(path, as_version=4), path.name)
        return list(handouts.charts(blocks, name))


def all_stored(language: str) -> list[handouts.Chart]:
    return [c for path in navigation.paths() for c in stored(path.stem, language)]


def slides(site: Path, language: str) -> list[Slide]:
    return list(Presentation(site / language / "briefing.pptx").slides)


def linked(sheet: Worksheet) -> dict[str, str]:
    """The place in the workbook that each cell leads to."""
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.hyperlink]
    return {cell.coordinate: cell.hyperlink.location for cell in cells}


def test_the_workbook_holds_the_codebook_and_every_table(book: openpyxl.Workbook) -> None:
    assert book.sheetnames == [CODEBOOK, *NAMES]
    described = [row[:3] for row in book[CODEBOOK].iter_rows(min_row=2, values_only=True)]
    fields = [(r["name"], f["name"], f["type"]) for r in RESOURCES for f in r["schema"]["fields"]]
    assert described == fields


@pytest.mark.parametrize("resource", RESOURCES, ids=NAMES)
def test_a_sheet_holds_every_cell_in_its_type(book: openpyxl.Workbook, resource: dict) -> None:
    head, *rows = book[resource["name"]].iter_rows()
    table = tables.shared()[resource["name"]]
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
    assert all(cell.alignment.wrap_text for row in sheet.iter_rows() for cell in row)
    assert all(8 <= column.width <= 46 for column in sheet.column_dimensions.values())


def test_links_lead_to_the_rows_they_name(book: openpyxl.Workbook) -> None:
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
def test_hostile_words_stay_words_in_the_workbook(hostile: str) -> None:
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


@in_every_language
def test_every_chart_has_its_slide(site: Path, language: str) -> None:
    opening, *rest = slides(site, language)
    charts = all_stored(language)
    with speaking(language):
        assert opening.shapes.title.text == editions.translate(tables.descriptor()["title"])
    assert [slide.shapes.title.text for slide in rest] == [c.told["title"] for c in charts]
    for slide, chart in zip(rest, charts, strict=True):
        drawn = [s for s in slide.shapes if s.has_chart or s.shape_type == 13]
        assert len(drawn) == max(1, len(chart.told["panels"]))
        assert {s._element._nvXxPr.cNvPr.get("descr") for s in drawn} == {chart.alt}
        assert chart.told["source"] in "\n".join(s.text_frame.text for s in slide.placeholders)


@in_every_language
def test_notes_tell_where_every_number_comes_from(site: Path, language: str) -> None:
    for slide, chart in zip(slides(site, language)[1:], all_stored(language), strict=True):
        notes = slide.notes_slide.notes_text_frame.text
        assert notes.startswith(chart.alt)
        cells = [cell for row in chart.block["data"]["rows"] for cell in row]
        parts = [part for cell in [chart.block["title"], *cells] for part in cell]
        numbers = [part for part in parts if "said" in part]
        assert numbers
        for number in numbers:
            assert number["said"] in notes
            assert all(line in notes for line in [number["provenance"], *number["doubts"]])


@in_every_language
def test_native_charts_hold_the_numbers_of_the_data(site: Path, language: str) -> None:
    pairs = list(zip(slides(site, language)[1:], all_stored(language), strict=True))
    editable = [(slide, chart) for slide, chart in pairs if chart.told["panels"]]
    assert len(editable) >= FEWEST_EDITABLE
    for slide, chart in editable:
        said = {cell for row in chart.rows for cell in row}
        drawn = [shape.chart for shape in slide.shapes if shape.has_chart]
        for one, panel in zip(drawn, chart.told["panels"], strict=True):
            assert list(one.plots[0].categories) == panel["categories"]
            sheet = openpyxl.load_workbook(
                io.BytesIO(one.part.chart_workbook.xlsx_part.blob)
            ).active
            for column, (shown, series) in enumerate(
                zip(one.plots[0].series, panel["series"], strict=True), start=2
            ):
                lengths = [bar and bar["length"] for bar in series["bars"]]
                assert list(shown.values) == lengths
                cells = [sheet.cell(row, column).value for row in range(2, 2 + len(lengths))]
                assert cells == lengths
                for place, bar in enumerate(series["bars"]):
                    if bar and (bar["length"] or not panel["stacked"]):
                        label = shown.points[place].data_label.text_frame.text
                        assert label.split("\n")[0] == bar["label"]
                        assert digits(bar["label"]) <= digits(" ".join(said) + chart.alt)


def digits(words: str) -> set[str]:
    return set(re.findall("[0-9]+", words))


def test_only_bars_that_show_the_data_are_native() -> None:
    import matplotlib.pyplot as plt

    from briefing.core.quantity import figure
    from briefing.notebook import bars, charts

    core = figure("core-resources-2011")
    data = pd.DataFrame({"What": ["Core"], "Dollars": [core]})

    def panels(length: float, left: float = 0, line: bool = False, words: str = "") -> list:
        fig, ax = plt.subplots()
        ax.barh(["Core"], [length], left=left)
        charts.mark_bounds(ax, [core])
        charts.style_bars(ax)
        if line:
            ax.axvline(1)
        ax.text(0, 0, words) if words else None
        found = bars.panels(fig, data)
        plt.close(fig)
        return found

    [panel] = panels(core.number)
    assert panel["series"][0]["bars"][0]["length"] == core.number
    assert panel["series"][0]["bars"][0]["label"] == "125 million US dollars"
    assert panels(core.number + 1) == []
    assert panels(core.number, left=1) == []
    assert panels(core.number, line=True) == []
    assert panels(core.number, words="more") == []


@in_every_language
def test_runs_name_their_language_and_an_east_asian_font(site: Path, language: str) -> None:
    with zipfile.ZipFile(site / language / "briefing.pptx") as archive:
        written = [
            n for n in archive.namelist() if re.match("ppt/(slides|notesSlides|charts)/[^_]", n)
        ]
        runs = [
            run
            for name in written
            for run in re.findall("<a:r>.*?</a:r>", archive.read(name).decode())
        ]
    assert any(HAN.search(run) for run in runs)
    for run in runs:
        assert f'<a:ea typeface="{EAST_ASIAN}"/>' in run
        assert re.search(rf'lang="{language}-[A-Z]{{2}}"', run)


@in_every_language
def test_slides_lie_on_the_page_and_look_like_the_house(site: Path, language: str) -> None:
    deck = Presentation(site / language / "briefing.pptx")
    assert deck.slide_width / deck.slide_height == pytest.approx(16 / 9, rel=1e-3)
    for slide in deck.slides:
        for shape in slide.shapes:
            assert shape.left >= 0 and shape.left + shape.width <= deck.slide_width
            assert shape.top >= 0 and shape.top + shape.height <= deck.slide_height
    with zipfile.ZipFile(site / language / "briefing.pptx") as archive:
        assert not [name for name in archive.namelist() if "thumbnail" in name]
        theme = archive.read("ppt/theme/theme1.xml").decode()
    assert "Office" not in theme and "Calibri" not in theme
    numbers = [s.element.findall(".//" + qn("a:fld")) for s in list(deck.slides)[1:]]
    assert all(len(found) == 1 for found in numbers)


@every
def test_every_chart_is_there_as_drawing_picture_and_table(
    site: Path, name: str, language: str
) -> None:
    charts = stored(name, language)
    folder = site / language / "charts"
    assert charts
    for chart in charts:
        assert (folder / f"{chart.name}.svg").read_bytes().startswith(b"<svg")
        picture = Image.open(folder / f"{chart.name}.png")
        assert picture.width >= SMALLEST
        assert len(picture.convert("L").getcolors()) > 2, "the picture is not empty"
        raw = (folder / f"{chart.name}.csv").read_bytes()
        assert raw.startswith(b"\xef\xbb\xbf")
        assert list(csv.reader(io.StringIO(raw.decode("utf-8-sig"), newline=""))) == chart.rows
        assert chart.rows[1:]
    assert not (folder / f"{name}-{len(charts) + 1}.svg").exists()


@pytest.mark.parametrize("hostile", [*HOSTILE[:3], "-1+1", "\t=1", "＝1"])
def test_a_cell_that_looks_like_a_formula_is_disarmed(hostile: str) -> None:
    assert handouts.harmless(hostile) == "'" + hostile


@pytest.mark.parametrize(
    "words", ["-1", "-12.5%", "−1", "<script>", "about 20†", "1.25 亿美元", ""]
)
def test_a_harmless_cell_is_left_as_it_is(words: str) -> None:
    assert handouts.harmless(words) == words


@pytest.mark.parametrize("hostile", HOSTILE)
def test_hostile_words_stay_words_on_slides(hostile: str) -> None:
    [chart] = [c for c in stored("00-overview", "en") if c.name.endswith("-1")]
    told = copy.deepcopy(chart.told) | {"title": hostile}
    told["panels"][0]["categories"][0] = told["panels"][0]["series"][0]["name"] = hostile
    altered = handouts.Chart(chart.name, hostile, chart.svg, told, chart.data)
    with speaking("en"):
        made = handouts.edition_slides({hostile: [altered]}, "")
    [_, slide] = Presentation(io.BytesIO(made)).slides
    assert slide.shapes.title.text == hostile
    [drawn] = [shape.chart for shape in slide.shapes if shape.has_chart]
    assert next(iter(drawn.plots[0].categories)) == hostile
    with zipfile.ZipFile(io.BytesIO(native._workbook(told["panels"][0]))) as archive:
        assert b"<f>" not in archive.read("xl/worksheets/sheet1.xml")


def test_the_same_input_gives_the_same_bytes() -> None:
    charts = stored("04-funding", "zh")
    with speaking("zh"):
        first, second = (handouts.edition_slides({"资金": charts}, "x") for _ in range(2))
    assert first == second
    made = [workbook(tables.descriptor(), tables.shared()) for _ in range(2)]
    assert made[0] == made[1]
    for archive in (first, made[0]):
        with zipfile.ZipFile(io.BytesIO(archive)) as parts:
            assert {info.date_time for info in parts.infolist()} == {(1980, 1, 1, 0, 0, 0)}
            days = re.findall(
                "[0-9]{4}-[0-9]{2}-[0-9]{2}T", parts.read("docProps/core.xml").decode()
            )
        assert set(days) == {"1980-01-01T"}


def drawn() -> handouts.Chart:
    """A chart of two doubtful numbers."""
    number = {"said": "7", "provenance": "of 7", "doubts": ["Seven is odd."], "origin": "printed"}
    rows = [[["=One"], [number]], [["Two"], [number | {"said": "14", "provenance": "of 14"}]]]
    table = {"kind": "table", "heads": ["What", "How many"], "numeric": [False, True], "rows": rows}
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 331 100"><text y="20">字</text></svg>'
    )
    words = {"title": ["Of ", number], "alt": "Numbers.", "source": "Source: para. 1"}
    block = {"kind": "chart", **words, "size": [4.6, 1.4], "panels": [], "svg": svg, "data": table}
    [code, chart] = [{"kind": "code", "source": ""}, block]
    with speaking("en"):
        return next(handouts.charts([code, chart], "x"))


def test_a_doubt_is_explained_once_in_a_slides_notes() -> None:
    with speaking("en"):
        again = "‡ explained above"
        assert drawn().notes.split("\n") == [
            *("Numbers.", "", "7‡", "of 7", "‡ Seven is odd."),
            *("", "=One · How many: 7‡", "of 7", again, "", "Two · How many: 14‡", "of 14", again),
        ]


def test_a_charts_table_says_what_it_holds() -> None:
    assert drawn().name == "x-1"
    assert drawn().rows == [["What", "How many"], ["=One", "7‡"], ["Two", "14‡"]]
    assert drawn().csv.decode("utf-8-sig").split("\r\n")[1] == "'=One,7‡"


def test_a_picture_stands_alone_or_under_its_title_and_above_its_source() -> None:
    alone, whole = (Image.open(io.BytesIO(it)) for it in (drawn().png, drawn().picture("png")))
    assert alone.width / alone.height == pytest.approx(3.31, rel=0.01)
    assert alone.width >= SMALLEST and whole.height > 1.3 * alone.height
    assert drawn().picture("svg") == drawn().picture("svg")


def test_what_a_removed_chart_left_is_removed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pages, "SITE", tmp_path)
    monkeypatch.setattr(
        navigation, "paths", lambda: [navigation.NOTEBOOKS / "03-knowledge-hub.ipynb"]
    )
    folder = tmp_path / "en" / "charts"
    folder.mkdir(parents=True)
    for form in ("svg", "png", "csv"):
        (folder / f"03-knowledge-hub-99.{form}").touch()
    handouts.write_handouts()
    names = [chart.name for chart in stored("03-knowledge-hub", "en")]
    assert sorted({file.stem for file in folder.iterdir()}) == names
