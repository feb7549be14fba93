"""Slides: a finding each, with its chart, its sources and, in the notes, what lies behind them."""

import io
import re
import zipfile
from typing import Any

import openpyxl
import pytest
from pptx import Presentation
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION
from pptx.enum.dml import MSO_FILL, MSO_THEME_COLOR
from pptx.enum.shapes import MSO_SHAPE_TYPE
from pptx.oxml.ns import qn
from pptx.slide import Slide
from pptx.util import Inches, Pt

from briefing.core.language import asked, languages, speaking
from briefing.publish import handouts, layouts, slides
from briefing.publish.deck import of_chart

HOSTILE = ['=HYPERLINK("https://example.org")', "+1+cmd|' /C calc'!A0", "@SUM(1)", "<script>x"]
SURE = {"origin": "printed", "said": "5", "provenance": "5个", "doubts": [], "figures": []}
DOUBTFUL = SURE | {"said": "60 per cent", "provenance": "60%", "doubts": ["The report gives 60."]}
BLUE, FAINT, MIST, WHITE = "#0b5c94", "#d9e0e6", "#bcd5ea", "#ffffff"
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 331 100"><text y="20">字</text></svg>'
EXPLAINED = "‡ unclear or inconsistent in the report: see the notes"
in_every_language = pytest.mark.parametrize("language", languages())


def bar(length: float, label: str, **look: Any) -> dict[str, Any]:
    own = {"start": 0.0, "fill": BLUE, "edge": "", "hatched": False} | look
    return {"length": length, "label": label, **own}


def panel(*series: list[dict[str, Any] | None], **own: Any) -> dict[str, Any]:
    told = [{"name": f"Series {number}", "bars": bars} for number, bars in enumerate(series)]
    names = [f"第{number}行" for number, _ in enumerate(series[0])]
    whole = {"title": "单位", "categories": names, "stacked": False, "height": 1.0, "series": told}
    return whole | own


SIMPLE = panel([bar(125e6, "$125 million‡"), bar(0, "none"), None])
STACKED = panel([bar(4, "4"), bar(0, "0")], [bar(2, "2", fill=FAINT), bar(3, "3")], stacked=True)
BRIDGE = panel([bar(78.0, "78"), bar(47.0, "47‡", start=78.0), None, bar(125.0, "125")])


def matrix(rows: int, words: str = "member") -> dict[str, Any]:
    lines = [
        ["UN-Women and its field offices", words, ""],
        ["妇女署及其各区域办事处", "", "成员‡"],
    ] * (rows // 2)
    return {"title": "", "height": 4.0, "table": [["", "Board", "第五十六届会议"], *lines]}


def drawn(title: Any = ("Up by ", SURE), rows: Any = (), **own: Any) -> handouts.Chart:
    """A chart, a picture if not said otherwise."""
    table = {"kind": "table", "heads": ["What"], "numeric": [True], "rows": [*rows]}
    block = {"kind": "chart", "title": [*title], "alt": "Bars.", "source": "A/67/185, 第1段"}
    block |= {"size": [4.6, 3.0], "panels": [], "paragraphs": ["1"], "svg": SVG, "data": table}
    block |= own
    return handouts.Chart("00-x-1", block)


def deck(*charts: handouts.Chart, language: str = "en", theme: str = "资金") -> bytes:
    with speaking(language):
        told = [of_chart(theme, chart) for chart in charts]
        return slides.deck("联合国", "Every figure", told, "Author", "inputs")


def slide(chart: handouts.Chart, language: str = "en") -> Slide:
    return Presentation(io.BytesIO(deck(chart, language=language))).slides[1]


def message(*sentences: str, language: str = "en", **own: Any) -> Slide:
    """The slide of some sentences, beside a table if one is given."""
    with speaking(language):
        told = slides.Message("Theme", "Title", sentences, **own)
        made = slides.deck("Title", "", [told], "Author")
    return Presentation(io.BytesIO(made)).slides[0]


def area_of(made: Slide) -> Any:
    """Where the layout of a slide has room for a picture."""
    places = made.slide_layout.placeholders
    return next(it for it in places if it.placeholder_format.idx == layouts.AREA)


def native(*panels: dict[str, Any]) -> list[Any]:
    shapes = slide(drawn(panels=panels)).shapes
    return [shape.chart for shape in shapes if shape.has_chart]


@in_every_language
@pytest.mark.parametrize("panels", [[], [SIMPLE], [SIMPLE, STACKED], [BRIDGE], [matrix(4)]])
def test_a_chart_has_its_slide(language: str, panels: list[dict[str, Any]]) -> None:
    chart = drawn(panels=panels)
    made = slide(chart, language)
    words = {place.placeholder_format.idx: place.text_frame.text for place in made.placeholders}
    assert words.pop(layouts.SOURCE).count("\n") == 1  # of which paragraphs; of whom it is not
    assert words == {0: "Up by 5", layouts.EYEBROW: "资金"}
    shown = [shape for shape in made.shapes if not shape.is_placeholder]
    kinds = [(shape.has_chart, shape.has_table) for shape in shown]
    assert kinds == ([("series" in it, "table" in it) for it in panels] or [(False, False)])
    assert {shape._element._nvXxPr.cNvPr.get("descr") for shape in shown} == {"Bars."}
    with speaking(language):
        assert made.notes_slide.notes_text_frame.text == of_chart("", chart).notes


@pytest.mark.parametrize(("origin", "is_own"), [("printed", False), ("computed", True)])
def test_a_slide_of_what_is_computed_says_so(origin: str, is_own: bool) -> None:
    source = slide(drawn(rows=[[[DOUBTFUL | {"origin": origin}]]])).placeholders[layouts.SOURCE]
    assert ("own calculations" in source.text_frame.text) == is_own


@pytest.mark.parametrize(
    ("title", "rows", "said"),
    [(["Up by ", DOUBTFUL], [], "Up by 60 per cent‡"), (["Up"], [[[DOUBTFUL]]], "Up")],
)
def test_a_doubt_is_raised_and_explained(title: Any, rows: Any, said: str) -> None:
    made = slide(drawn(title, rows))
    source = made.placeholders[layouts.SOURCE].text_frame
    assert made.shapes.title.text == said
    assert source.paragraphs[1].text == EXPLAINED
    for frame in (made.shapes.title.text_frame, source):
        for run in (run for paragraph in frame.paragraphs for run in paragraph.runs):
            assert (run.font._element.get("baseline") == "30000") == (run.text == "‡")
            assert "‡" not in run.text or run.text == "‡"


@pytest.mark.parametrize("told", [SIMPLE, STACKED])
def test_a_native_chart_holds_the_numbers(told: dict[str, Any]) -> None:
    [chart] = native(told)
    plot = chart.plots[0]
    blob = chart.part.chart_workbook.xlsx_part.blob
    sheet = openpyxl.load_workbook(io.BytesIO(blob)).active
    assert chart.chart_title.text_frame.text == "单位"
    assert list(plot.categories) == told["categories"]
    assert chart.has_legend == told["stacked"]
    for column, (shown, series) in enumerate(zip(plot.series, told["series"], strict=True), 2):
        lengths = [bar and bar["length"] for bar in series["bars"]]
        assert list(shown.values) == lengths
        cells = [sheet.cell(row, column).value for row in range(1, 2 + len(lengths))]
        assert cells == [series["name"], *lengths]
        for place, one in enumerate(series["bars"]):
            if one and (one["length"] or not told["stacked"]):
                label = shown.points[place].data_label
                assert label.text_frame.text == one["label"]
    assert sheet.cell(2, 2 + len(told["series"])).value == told["series"][0]["bars"][0]["label"]


def test_the_longest_bar_leaves_room_for_its_words() -> None:
    [short] = native(panel([bar(1, "1")]))
    [long] = native(panel([bar(1, "between $124 million and $126 million")]))
    assert 1 < short.value_axis.maximum_scale < 1.2 < long.value_axis.maximum_scale <= 4


def test_bars_float_between_what_is_not_seen() -> None:
    [chart] = native(BRIDGE)
    before, shown, past = series = chart.plots[0].series
    end = chart.value_axis.maximum_scale
    assert chart.chart_type == XL_CHART_TYPE.BAR_STACKED and not chart.has_legend
    assert list(before.values) == [0, 78, None, 0]
    assert list(shown.values) == [78, 47, None, 125]
    assert list(past.values) == [end - 78, end - 125, None, end - 125]
    for unseen in (before, past):
        look = unseen.format
        assert look.fill.type == look.line.fill.type == MSO_FILL.BACKGROUND
    assert str(shown.points[1].format.fill.fore_color.rgb) == "0B5C94"
    labels = [past.points[n].data_label for n in (0, 1, 3)]
    assert [label.text_frame.text for label in labels] == ["78", "47‡", "125"]
    assert {label.position for label in labels} == {XL_LABEL_POSITION.INSIDE_BASE}
    assert [len(one._element.findall(".//" + qn("c:dLbl"))) for one in series] == [0, 0, 3]
    book = io.BytesIO(chart.part.chart_workbook.xlsx_part.blob)
    sheet = openpyxl.load_workbook(book).active
    assert [cell.value for cell in sheet[1]] == [None, "→ Series 0", "Series 0", None, None]
    assert [cell.value for cell in sheet[3]] == ["第1行", 78, 47, pytest.approx(end - 125), "47‡"]


def test_a_bar_that_begins_late_leaves_room_for_its_words() -> None:
    [early] = native(panel([bar(1, "1"), bar(9, "none")]))
    [late] = native(panel([bar(1, "1", start=8.0), bar(1, "between 124 and 126", start=8.0)]))
    assert 9 < early.value_axis.maximum_scale < late.value_axis.maximum_scale


@in_every_language
@pytest.mark.parametrize("rows", [2, 14])
def test_a_table_is_one_of_powerpoint(rows: int, language: str) -> None:
    told = matrix(rows)
    made = slide(drawn(panels=[told], size=[4.6, 9.0]), language)
    [shape] = [shape for shape in made.shapes if shape.has_table]
    table, area = shape.table, area_of(made)
    cells = [list(row.cells) for row in table.rows]
    assert [[cell.text for cell in row] for row in cells] == told["table"]
    assert table.first_row and not table.horz_banding
    wide = [column.width for column in table.columns]  # by the words in each
    assert wide[0] > wide[2] > wide[1] > 0.1 * sum(wide)
    assert area.left > shape.left and shape.top + shape.height <= area.top + area.height
    first, second = cells[:2]
    colors = [
        row[1].text_frame.paragraphs[0].runs[0].font.color.theme_color for row in (first, second)
    ]
    assert colors == [MSO_THEME_COLOR.TEXT_2, MSO_THEME_COLOR.TEXT_1]
    paragraphs = [
        paragraph for row in cells for it in row for paragraph in it.text_frame.paragraphs
    ]
    [size] = {run.font.size.pt for paragraph in paragraphs for run in paragraph.runs}
    assert size == 18 if rows == 2 else 9 <= size < 18
    assert {it._p.find(qn("a:endParaRPr")).get("sz") for it in paragraphs} == {f"{size:.0f}00"}


@pytest.mark.parametrize("told", [matrix(28), matrix(2, "Unbreakably" * 9)])
def test_a_table_without_room_is_a_picture(told: dict[str, Any]) -> None:
    made = slide(drawn(panels=[told], size=[4.6, 9.0]))
    shown = [shape for shape in made.shapes if not shape.is_placeholder]
    assert [shape.shape_type for shape in shown] == [MSO_SHAPE_TYPE.PICTURE]


@pytest.mark.parametrize("heads", [["", "", "", ""], ["Who", "won", "", "lost"]])
def test_filled_cells_stand_under_their_heads_and_their_words_are_seen(heads: list[str]) -> None:
    fills = [["", "", "", ""], ["", BLUE, "", MIST], ["", FAINT, "", WHITE], ["", "", "", ""]]
    told = {"title": "", "height": 4.0, "fills": fills}
    told["table"] = [heads, ["North", "A", "", "C"], ["South", "B", "", "D"], ["", "", "", ""]]
    made = slide(drawn(panels=[told], size=[4.6, 4.0]))
    [table] = [shape.table for shape in made.shapes if shape.has_table]
    assert table.first_row == bool(heads[0])
    shown = [[cell.text for cell in row.cells] for row in table.rows]
    assert shown[0] == ([*heads[:2], heads[3]] if heads[0] else ["North", "A", "C"])
    for row, colors in zip(table.rows, fills if heads[0] else fills[1:], strict=True):
        del colors[2]  # a column without words is not shown
        for cell, color in zip(row.cells, colors, strict=True):
            edges = [cell._tc.find(f".//{qn(f'a:ln{side}')}") is not None for side in "LRTB"]
            assert edges == [color in (MIST, WHITE)] * 3 + [True]
            if not color:
                assert cell.fill.type is None
                continue
            assert str(cell.fill.fore_color.rgb) == color[1:].upper()
            [run] = cell.text_frame.paragraphs[0].runs
            seen = MSO_THEME_COLOR.BACKGROUND_1 if color == BLUE else MSO_THEME_COLOR.TEXT_1
            assert run.font.color.theme_color == seen


def test_many_bars_have_smaller_words_and_none_is_left_without_its_name() -> None:
    [few], [many] = (native(panel([bar(1, "1")] * rows)) for rows in (4, 16))
    assert few.font.size.pt == 14 > many.font.size.pt >= 9
    labels = [point.data_label for point in list(many.plots[0].series[0].points)]
    assert {it.text_frame.paragraphs[0].runs[0].font.size for it in labels} == {many.font.size}
    for chart in (few, many):
        assert chart.category_axis._element.find(qn("c:tickLblSkip")).get("val") == "1"
        [turned] = chart.category_axis._element.iter(qn("a:bodyPr"))
        assert turned.get("rot") == "0", "LibreOffice would leave names of two lines out"


def test_a_hatch_is_seen_in_its_own_colours() -> None:
    [chart] = native(panel([bar(1, "1", fill="#ffffff", edge=BLUE, hatched=True)]))
    look = chart.plots[0].series[0].points[0].format
    assert look.fill.type == MSO_FILL.PATTERNED
    colors = (look.fill.fore_color, look.fill.back_color, look.line.color)
    assert [str(color.rgb) for color in colors] == ["0B5C94", "FFFFFF", "0B5C94"]


def test_a_native_chart_looks_as_it_was_drawn() -> None:
    edged = bar(1, "1", fill="#ffffff", edge=BLUE)
    [chart] = native(panel([bar(1, "1"), edged]))
    plain, planned = (chart.plots[0].series[0].points[n].format for n in range(2))
    assert (
        str(plain.fill.fore_color.rgb) == "0B5C94" and plain.line.fill.type == MSO_FILL.BACKGROUND
    )
    assert str(planned.line.color.rgb) == "0B5C94" and str(planned.fill.fore_color.rgb) == "FFFFFF"
    [chart] = native(STACKED)
    labels = [series.points[0].data_label.text_frame for series in chart.plots[0].series]
    colors = [label.paragraphs[0].runs[0].font.color.theme_color for label in labels]
    assert colors == [MSO_THEME_COLOR.BACKGROUND_1, MSO_THEME_COLOR.TEXT_1]


@pytest.mark.parametrize("high", [1.5, 8.0])
@pytest.mark.parametrize("panels", [[], [SIMPLE | {"height": 2.0}, STACKED]])
def test_a_chart_has_the_whole_width_and_keeps_its_shape(high: float, panels: list) -> None:
    made = slide(drawn(size=[4.6, high], panels=panels))
    area, title = area_of(made), made.shapes.title
    shown = [shape for shape in made.shapes if not shape.is_placeholder]
    left, top = title.left, shown[0].top
    assert 0 < top - (title.top + title.height) < Inches(0.3)
    for shape in shown:
        assert (shape.left, shape.top) == (left, top)
        assert shape.left + shape.width <= area.left + area.width
        top += shape.height
    assert top <= area.top + area.height
    if panels:
        assert shown[0].height == pytest.approx(2 * shown[1].height, rel=1e-4)
    else:
        assert shown[0].width / shown[0].height == pytest.approx(4.6 / high, rel=1e-4)


@pytest.mark.parametrize(
    ("other", "axes"), [({}, 1), ({"title": "dollars"}, 2), ({"stacked": True}, 2)]
)
def test_bars_of_one_unit_in_two_panels_stand_on_one_axis(other: dict[str, Any], axes: int) -> None:
    few, many = panel([bar(10, "10")]), panel([bar(100, "100"), bar(50, "50")], **other)
    drawn_ = native(few, many)
    assert len(drawn_) == axes
    if axes == 1:
        assert list(drawn_[0].plots[0].series[0].values) == [10, None, 100, 50]


def test_sentences_stand_beside_a_picture_as_many_as_have_room() -> None:
    table = [["What", "When"], ["This", "2012"]]
    short, long, more = "A sentence.", *("A sentence that goes on and on. " * it for it in (16, 25))
    cases = [((short, short), 2, 16), ((long, short), 2, 14), ((more, short), 1, 14)]
    for told, shown, size in cases:
        made = message(*told, picture=table)
        text = made.placeholders[layouts.TEXT]
        assert [it.text for it in text.text_frame.paragraphs] == list(told)[:shown]
        assert text.text_frame.paragraphs[0].runs[0].font.size.pt == size
        [beside] = [shape for shape in made.shapes if shape.has_table]
        assert text.left + text.width < beside.left


def test_what_a_picture_shows_stands_above_it() -> None:
    told = "What it shows"
    for chart in (drawn(), drawn(panels=[SIMPLE])):
        made = message("A sentence.", picture=chart, caption=told)
        caption, picture = [shape for shape in made.shapes if not shape.is_placeholder]
        assert caption.text_frame.text == told
        assert caption.left == picture.left and caption.top == made.placeholders[layouts.TEXT].top
        assert caption.top + caption.height < picture.top


def test_sentences_beside_links_leave_them_more_room() -> None:
    box = {"words": "Box", "place": [0, 0, 1, 0.5], "fill": FAINT}
    told = {"title": "", "height": 4.0, "boxes": [box], "links": []}
    wide = []
    for one in (SIMPLE, told):
        made = message("A sentence.", picture=drawn(panels=[one]))
        [picture] = [shape for shape in made.shapes if not shape.is_placeholder]
        text = made.placeholders[layouts.TEXT]
        assert text.left + text.width < picture.left
        wide.append(picture.width)
    assert wide[0] < wide[1]


def test_the_words_of_a_box_stand_in_even_lines() -> None:
    """A program that shows the slide would fill one line after another."""
    words = "Inter-Agency Network on Women and Gender Equality"
    box = {"words": words, "place": [0, 0, 0.25, 0.5], "fill": FAINT}
    told = {"title": "", "height": 4.0, "boxes": [box], "links": []}
    [group] = [it for it in slide(drawn(panels=[told])).shapes if not it.is_placeholder]
    [line, other] = group.shapes[0].text_frame.text.split("\v")
    assert f"{line} {other}" == words and abs(len(line) - len(other)) < 6


def test_a_table_among_bars_leaves_them_room() -> None:
    bars = panel([bar(1, "1")] * 6) | {"height": 1.0}
    made = slide(drawn(panels=[matrix(4), bars], size=[4.6, 5.0]))
    [table] = [shape for shape in made.shapes if shape.has_table]
    [chart] = [shape for shape in made.shapes if shape.has_chart]
    [size] = {
        run.font.size for it in table.table.cell(0, 1).text_frame.paragraphs for run in it.runs
    }
    assert Pt(12) <= size <= chart.chart.font.size
    assert table.top + table.height <= chart.top


@in_every_language
def test_no_space_parts_chinese_from_latin_on_a_chinese_slide(language: str) -> None:
    said = "妇女署 2011\u00a0年共 2\u00a0084 人 A‡ 个"
    closed = "妇女署2011年共2\u00a0084人A‡ 个"
    told = panel([bar(1, said)], categories=[said], title=said)
    made = message(said, language=language, picture=drawn(panels=[told]), caption=said)
    [chart] = [shape.chart for shape in made.shapes if shape.has_chart]
    frames = [shape.text_frame for shape in made.shapes if shape.has_text_frame]
    frames += [
        chart.chart_title.text_frame,
        chart.plots[0].series[0].points[0].data_label.text_frame,
    ]
    words = [frame.text for frame in frames] + list(chart.plots[0].categories)
    expected = closed if language == "zh" else said
    assert [it for it in words if "2011" in it] == [expected] * 5


def test_sentences_alone_are_as_large_as_have_room() -> None:
    sizes = []
    for number in (3, 5, 7):
        text = message(*["A sentence of some length. " * 4] * number).placeholders[layouts.TEXT]
        assert len(text.text_frame.paragraphs) == number
        sizes.append(text.text_frame.paragraphs[0].runs[0].font.size.pt)
    assert sizes == sorted(sizes, reverse=True) and len(set(sizes)) > 1


@in_every_language
def test_runs_name_their_language(language: str) -> None:
    charts = (drawn(["Up by ", DOUBTFUL], panels=[told]) for told in (SIMPLE, BRIDGE, matrix(2)))
    made = deck(*charts, language=language)
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        names = [
            n for n in archive.namelist() if re.match("ppt/(slides|notesSlides|charts)/[^_]", n)
        ]
        runs = [
            run for n in names for run in re.findall("<a:r>.*?</a:r>", archive.read(n).decode())
        ]
    assert len(runs) > 10
    assert all(re.search(rf'lang="{language}-[A-Z]{{2}}"', run) for run in runs)


def test_the_template_is_the_houses() -> None:
    template = Presentation(layouts.TEMPLATE)
    assert template.slide_width / template.slide_height == pytest.approx(16 / 9, rel=1e-4)
    names = [layout.name for layout in template.slide_layouts]
    assert names == [layouts.OPENING, layouts.MESSAGE]
    numbered = ['type="slidenum"' in layout.part.blob.decode() for layout in template.slide_layouts]
    assert numbered == [False, True]
    with zipfile.ZipFile(layouts.TEMPLATE) as archive:
        parts = archive.namelist()
        themes = [archive.read(name).decode() for name in parts if "theme" in name]
    assert not [name for name in parts if re.search("thumbnail|printer|slides/", name)]
    for theme in themes:
        assert 'typeface="Arial"' in theme and 'typeface="Microsoft YaHei"' in theme
        assert "Office" not in theme and "Calibri" not in theme


@pytest.mark.parametrize("hostile", HOSTILE)
def test_hostile_words_stay_words(hostile: str) -> None:
    told = panel([bar(1, hostile)], categories=[hostile], title=hostile)
    told["series"][0]["name"] = hostile
    chart = drawn([hostile], panels=[told], source=hostile, alt=hostile)
    made = Presentation(io.BytesIO(deck(chart, theme=hostile))).slides[1]
    words = {it.placeholder_format.idx: it.text_frame.text for it in made.placeholders}
    assert words[0] == words[layouts.EYEBROW] == hostile
    [shown] = [shape.chart for shape in made.shapes if shape.has_chart]
    assert list(shown.plots[0].categories) == [hostile]
    book = io.BytesIO(shown.part.chart_workbook.xlsx_part.blob)
    sheet = openpyxl.load_workbook(book).active
    assert [sheet[cell].value for cell in ("B1", "A2", "C2")] == [hostile] * 3
    with zipfile.ZipFile(book) as archive:
        assert b"<f>" not in archive.read("xl/worksheets/sheet1.xml")


def test_the_same_input_gives_the_same_bytes_without_a_day() -> None:
    chart = drawn(panels=[SIMPLE, BRIDGE | {"title": "dollars"}, matrix(2)])
    made = deck(chart)
    assert made == deck(chart)
    assert b"<dc:identifier>inputs</dc:identifier>" in made
    with zipfile.ZipFile(io.BytesIO(made)) as parts:
        books = [parts.read(name) for name in parts.namelist() if name.endswith(".xlsx")]
    assert len(books) == 2
    for archive in (made, *books):
        with zipfile.ZipFile(io.BytesIO(archive)) as parts:
            assert {info.date_time for info in parts.infolist()} == {(1980, 1, 1, 0, 0, 0)}
            core = parts.read("docProps/core.xml").decode()
        assert set(re.findall("[0-9]{4}-[0-9]{2}-[0-9]{2}T", core)) == {"1980-01-01T"}


def test_all_that_slides_say_is_asked_for() -> None:
    asked.pop(EXPLAINED, None)
    handouts.furniture()
    assert EXPLAINED in asked


def test_a_deck_begins_with_its_title() -> None:
    [opening] = Presentation(io.BytesIO(deck())).slides
    assert opening.shapes.title.text == "联合国"
