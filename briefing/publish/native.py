"""How a panel of bars, as `bars` tells it, becomes a chart of PowerPoint that can be edited."""

import io
from typing import TYPE_CHECKING, Any

from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import (
    XL_CHART_TYPE,
    XL_LABEL_POSITION,
    XL_LEGEND_POSITION,
    XL_TICK_LABEL_POSITION,
    XL_TICK_MARK,
)
from pptx.enum.dml import MSO_PATTERN
from pptx.enum.text import PP_ALIGN
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls
from pptx.util import Pt
from xlsxwriter import Workbook

from briefing.core.language import width
from briefing.notebook.charts import INK, MUTED
from briefing.publish.workbook import NO_DAY, PLAIN

if TYPE_CHECKING:
    from pptx.chart.chart import Chart
    from pptx.chart.point import Point
    from pptx.chart.series import BarSeries

    from briefing.publish.layouts import Speech

WORDS, BOUNDS = 14, 11  # points
EM = 0.52  # the width of a Latin character as a share of its height, in inches per 72 points
CLEAR = 0.2  # inches between a bar's end and the end of the plot, beside the label
LEAST = 0.25  # share of a plot that its longest bar keeps, however long the label is
LEGEND = 0.1  # share of a chart's height
DARK = 140  # brightness of 255, below which words on a bar are white
LAYOUT = (
    '<c:layout {ns}><c:manualLayout>{inner}<c:xMode val="edge"/><c:yMode val="edge"/>'
    '<c:x val="{x:.4f}"/><c:y val="{y:.4f}"/>{size}</c:manualLayout></c:layout>'
)


def chart_data(panel: dict[str, Any]) -> CategoryChartData:
    """The numbers of a panel, as python-pptx takes them."""
    data = CategoryChartData()
    data.categories = panel["categories"]
    for series in panel["series"]:
        data.add_series(series["name"], [bar and bar["length"] for bar in series["bars"]])
    return data


def kind(panel: dict[str, Any]) -> XL_CHART_TYPE:
    """Bars of a series beside one another, or one after another where they share a place."""
    return XL_CHART_TYPE.BAR_STACKED if panel["stacked"] else XL_CHART_TYPE.BAR_CLUSTERED


def dress(chart: "Chart", panel: dict[str, Any], plot: tuple[float, ...], speech: "Speech") -> None:
    """Make a chart look as it was drawn, with each number said beside its bar.

    plot: left, top and bottom of the bars, as shares of the chart, and its width in inches. The
    bars and what is said of them may take all that lies to the right.
    """
    left, top, bottom, wide = plot
    chart.part.chart_workbook.update_from_xlsx_blob(_workbook(panel))
    chart.font.size, chart.font.color.rgb = Pt(WORDS), RGBColor.from_string(INK[1:])
    speech.set_font(chart.font._element)
    chart.has_legend = panel["legend"]
    if panel["legend"]:
        bottom -= LEGEND
        chart.legend.position = XL_LEGEND_POSITION.BOTTOM
        chart.legend.include_in_layout = False
    _place(chart._chartSpace.chart.plotArea, (left, top), (1 - left, bottom - top))
    _set_title(chart, panel["title"], left, speech)
    bars = chart.plots[0]
    bars.gap_width, bars.overlap = round(100 * (1 / panel["thickness"] - 1)), 100
    _set_axes(chart, panel, wide * (1 - left))
    for drawn, series in zip(bars.series, panel["series"], strict=True):
        _fill(drawn, next(filter(None, series["bars"])))
        for number, bar in enumerate(series["bars"]):
            if bar:
                _set_bar(drawn.points[number], bar, panel["stacked"], speech)


def _workbook(panel: dict[str, Any]) -> bytes:
    """The workbook that opens when the chart's data are edited, and beside it what is said.

    python-pptx would write the day into it, and make a formula of a name that looks like one.
    """
    buffer = io.BytesIO()
    with Workbook(buffer, PLAIN) as book:
        book.set_properties({"created": NO_DAY})
        sheet = book.add_worksheet("Sheet1")
        sheet.write_column(1, 0, panel["categories"])
        for column, series in enumerate(panel["series"], start=1):
            sheet.write_string(0, column, series["name"])
            for row, bar in enumerate(series["bars"], start=1):
                if bar:
                    sheet.write_number(row, column, bar["length"])
                    sheet.write_string(row, column + len(panel["series"]), bar["label"])
    return buffer.getvalue()


def _place(element: Any, corner: tuple[float, float], size: tuple[float, float] | None) -> None:
    """Say where a part of a chart lies, in the place of its own layout."""
    for layout in element.findall(f"{{{element.nsmap['c']}}}layout"):
        element.remove(layout)
    inner = '<c:layoutTarget val="inner"/>' if size else ""
    own = '<c:w val="{:.4f}"/><c:h val="{:.4f}"/>'.format(*size) if size else ""
    words = LAYOUT.format(ns=nsdecls("c"), inner=inner, x=corner[0], y=corner[1], size=own)
    element.insert(0 if size else 1, parse_xml(words))


def _set_title(chart: "Chart", title: str, left: float, speech: "Speech") -> None:
    chart.has_title = bool(title)
    if title:
        speech.write(chart.chart_title.text_frame, title, WORDS, MUTED)
        chart.chart_title.text_frame.paragraphs[0].runs[0].font.bold = False
        chart.chart_title.include_in_layout = False
        _place(chart.chart_title._element, (left, 0.0), None)


def _set_axes(chart: "Chart", panel: dict[str, Any], room: float) -> None:
    """No axis of values, which stand beside the bars; the first bar on top."""
    names, values = chart.category_axis, chart.value_axis
    values.visible = values.has_major_gridlines = False
    values.minimum_scale, values.maximum_scale = 0, _longest(panel, room)
    names.reverse_order = True
    names.major_tick_mark = XL_TICK_MARK.NONE
    names.format.line.fill.background()
    if not panel["labelled"]:
        names.tick_label_position = XL_TICK_LABEL_POSITION.NONE


def _longest(panel: dict[str, Any], room: float) -> float:
    """The value at the end of a plot so many inches wide, with room for the labels beside bars."""
    columns = zip(*(series["bars"] for series in panel["series"]), strict=True)
    drawn = [[bar for bar in column if bar] for column in columns]
    if panel["stacked"]:
        return max(sum(bar["length"] for bar in column) for column in drawn)
    ends = [
        bar["length"] / max(LEAST, 1 - (_inches(bar) + CLEAR) / room)
        for column in drawn
        for bar in column
    ]
    return max(ends) or 1


def _inches(bar: dict[str, Any]) -> float:
    """The width of what stands beside a bar."""
    lines = (width(bar["label"]) * WORDS, width(bar["bounds"]) * BOUNDS)
    return max(lines) * EM / 72


def _set_bar(point: "Point", bar: dict[str, Any], stacked: bool, speech: "Speech") -> None:
    _fill(point, bar)
    if stacked and not bar["length"]:
        return
    label = point.data_label
    frame = label.text_frame
    color = ("#ffffff" if _is_dark(bar["fill"]) else INK) if stacked else INK
    speech.write(frame, bar["label"], WORDS, color)
    if bar["bounds"] and not stacked:
        speech.write(frame, bar["bounds"], BOUNDS, MUTED, new_line=True)
    for paragraph in frame.paragraphs:
        paragraph.alignment = PP_ALIGN.LEFT
    frame.word_wrap = False
    label.position = XL_LABEL_POSITION.CENTER if stacked else XL_LABEL_POSITION.OUTSIDE_END


def _fill(part: "BarSeries | Point", bar: dict[str, Any]) -> None:
    """Colour a bar, or a series by its first bar, which a legend shows."""
    fill = part.format.fill
    if bar["hatched"]:
        fill.patterned()
        fill.pattern = MSO_PATTERN.WIDE_UPWARD_DIAGONAL
        fill.fore_color.rgb = RGBColor.from_string(bar["edge"][1:])
        fill.back_color.rgb = RGBColor.from_string(bar["fill"][1:])
    else:
        fill.solid()
        fill.fore_color.rgb = RGBColor.from_string(bar["fill"][1:])
    if bar["edge"]:
        part.format.line.color.rgb = RGBColor.from_string(bar["edge"][1:])
    else:
        part.format.line.fill.background()


def _is_dark(color: str) -> bool:
    red, green, blue = bytes.fromhex(color[1:])
    return 0.3 * red + 0.59 * green + 0.11 * blue < DARK
