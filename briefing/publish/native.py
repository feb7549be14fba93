"""How a panel of bars becomes a chart of PowerPoint that can be edited."""

import io
from typing import TYPE_CHECKING, Any

import pandas as pd
from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION, XL_LEGEND_POSITION, XL_TICK_MARK
from pptx.enum.dml import MSO_PATTERN, MSO_THEME_COLOR
from pptx.enum.text import PP_ALIGN
from pptx.util import Inches, Length, Pt

from briefing.core.language import width
from briefing.publish.layouts import write
from briefing.publish.workbook import writer

if TYPE_CHECKING:
    from pptx.chart.chart import Chart
    from pptx.chart.point import Point
    from pptx.chart.series import BarSeries
    from pptx.shapes.graphfrm import GraphicFrame
    from pptx.shapes.shapetree import SlideShapes
    from pptx.text.text import _Paragraph

Box = tuple[Length, Length, Length, Length]  # left, top, width, height
WORDS, BOUNDS = Pt(14), Pt(11)
EM = 0.52  # the width of a Latin character as a share of its height
PLOT = 0.65  # share of a chart's width that is left beside the names of its bars
LEAST = 0.25  # share of a plot that its longest bar keeps, however long the words beside it are
CLEAR = Inches(0.2)  # from a bar past its words to the end of the plot
GAP = 40  # from bar to bar, per cent of a bar
DARK = 3 * 128  # sum of red, green and blue below which words on a bar are white
INK, MUTED = MSO_THEME_COLOR.TEXT_1, MSO_THEME_COLOR.TEXT_2
WHITE = MSO_THEME_COLOR.BACKGROUND_1


def draw(shapes: "SlideShapes", panel: dict[str, Any], box: Box) -> "GraphicFrame":
    """Draw a panel on a slide, with each number said beside its bar, or in it where stacked."""
    bars = XL_CHART_TYPE.BAR_STACKED if panel["stacked"] else XL_CHART_TYPE.BAR_CLUSTERED
    shape = shapes.add_chart(bars, *box, _data(panel))
    chart = shape.chart
    chart.part.chart_workbook.update_from_xlsx_blob(_workbook(panel))
    chart.font.size, chart.font.color.theme_color = WORDS, INK
    chart.has_title = bool(panel["title"])
    if panel["title"]:
        write(chart.chart_title.text_frame, panel["title"])
        _look(chart.chart_title.text_frame.paragraphs[0], WORDS, MUTED)
    chart.has_legend = panel["stacked"]
    if panel["stacked"]:
        chart.legend.position = XL_LEGEND_POSITION.BOTTOM
        chart.legend.include_in_layout = False
    chart.plots[0].gap_width, chart.plots[0].overlap = GAP, 100
    _set_axes(chart, panel, box[2])
    for series, told in zip(chart.plots[0].series, panel["series"], strict=True):
        _fill(series, next(filter(None, told["bars"])))
        for number, bar in enumerate(told["bars"]):
            if bar:
                _set_bar(series.points[number], bar, panel["stacked"])
    return shape


def _data(panel: dict[str, Any]) -> CategoryChartData:
    data = CategoryChartData()
    data.categories = panel["categories"]
    for series in panel["series"]:
        data.add_series(series["name"], [bar and bar["length"] for bar in series["bars"]])
    return data


def _workbook(panel: dict[str, Any]) -> bytes:
    """The workbook that opens when the chart's data are edited, and beside it what is said.

    python-pptx would write the day into it, and make a formula of a name that looks like one.
    """
    series = panel["series"]
    columns = [[bar and bar["length"] for bar in one["bars"]] for one in series]
    columns += [[bar and bar["label"] for bar in one["bars"]] for one in series]
    table = pd.DataFrame(zip(*columns, strict=True), panel["categories"], dtype=object)
    buffer = io.BytesIO()
    with writer(buffer) as book:
        names = [one["name"] for one in series] + [""] * len(series)
        table.to_excel(book, sheet_name="Sheet1", header=names)
    return buffer.getvalue()


def _set_axes(chart: "Chart", panel: dict[str, Any], wide: Length) -> None:
    """No axis of values, which stand beside the bars; the first bar on top."""
    names, values = chart.category_axis, chart.value_axis
    values.visible = values.has_major_gridlines = False
    values.minimum_scale, values.maximum_scale = 0, _longest(panel, PLOT * wide)
    names.reverse_order = True
    names.major_tick_mark = XL_TICK_MARK.NONE
    names.format.line.fill.background()


def _longest(panel: dict[str, Any], room: float) -> float:
    """The value at the end of a plot of some width, with room for the words beside bars."""
    rows = [
        [bar for bar in row if bar]
        for row in zip(*(one["bars"] for one in panel["series"]), strict=True)
    ]
    if panel["stacked"]:
        return max(sum(bar["length"] for bar in row) for row in rows) or 1
    ends = [bar["length"] / max(LEAST, 1 - _beside(bar) / room) for row in rows for bar in row]
    return max(ends) or 1


def _beside(bar: dict[str, Any]) -> float:
    """The width of what stands beside a bar."""
    return CLEAR + EM * max(width(bar["label"]) * WORDS, width(bar["bounds"]) * BOUNDS)


def _set_bar(point: "Point", bar: dict[str, Any], stacked: bool) -> None:
    """Colour a bar and say its number; a part of no length says none."""
    _fill(point, bar)
    if stacked and not bar["length"]:
        return
    label = point.data_label
    write(label.text_frame, "\n".join(filter(None, (bar["label"], bar["bounds"]))))
    first, *further = label.text_frame.paragraphs
    _look(first, WORDS, WHITE if stacked and _is_dark(bar) else INK)
    for paragraph in further:
        _look(paragraph, BOUNDS, MUTED)
    label.text_frame.word_wrap = False
    label.position = XL_LABEL_POSITION.CENTER if stacked else XL_LABEL_POSITION.OUTSIDE_END


def _look(paragraph: "_Paragraph", size: Length, color: MSO_THEME_COLOR) -> None:
    paragraph.alignment = PP_ALIGN.LEFT
    for run in paragraph.runs:
        run.font.size, run.font.bold, run.font.color.theme_color = size, False, color


def _fill(part: "BarSeries | Point", bar: dict[str, Any]) -> None:
    """Colour a bar, or a series by its first bar, which a legend shows; the unknown is hatched."""
    fill, line = part.format.fill, part.format.line
    if bar["hatched"]:
        fill.patterned()
        fill.pattern = MSO_PATTERN.WIDE_UPWARD_DIAGONAL
        fill.fore_color.theme_color, fill.back_color.theme_color = MUTED, WHITE
        line.color.theme_color = MUTED
        return
    fill.solid()
    fill.fore_color.rgb = RGBColor.from_string(bar["fill"][1:])
    if bar["edge"]:
        line.color.rgb = RGBColor.from_string(bar["edge"][1:])
    else:
        line.fill.background()


def _is_dark(bar: dict[str, Any]) -> bool:
    return not bar["hatched"] and sum(bytes.fromhex(bar["fill"][1:])) < DARK
