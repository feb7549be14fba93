"""How a panel becomes a chart, a table or shapes of PowerPoint that can be edited."""

import io
import math
import re
from itertools import compress, repeat

import pandas as pd
from pptx.chart.chart import Chart
from pptx.chart.data import CategoryChartData
from pptx.chart.point import Point
from pptx.chart.series import BarSeries
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION, XL_LEGEND_POSITION, XL_TICK_MARK
from pptx.enum.dml import MSO_PATTERN
from pptx.enum.text import MSO_ANCHOR
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.shapes.base import BaseShape
from pptx.shapes.graphfrm import GraphicFrame
from pptx.shapes.shapetree import SlideShapes
from pptx.table import _Cell
from pptx.util import Emu, Inches, Length, Pt

from briefing.core.labels import width
from briefing.notebook import house
from briefing.notebook.blocks import Block
from briefing.publish import layouts
from briefing.publish.shapes import BREAK, INK, LATIN, MUTED, Box, ink_on, links, paint, rgb, write
from briefing.publish.workbook import writer
from briefing.sources.characters import HAN

WORDS = Pt(14)
EM = 0.52  # the width of a Latin character as a share of its height
PLOT = 0.65  # share of a chart's width that is left beside the names of its bars
LEAST = 0.25  # share of a plot that its longest bar keeps, however long the words beside it are
CLEAR = Inches(0.2)  # from a bar past its words to the end of the plot
GAP = 40  # from bar to bar, per cent of a bar
TABLE_WORDS = range(18, 8, -1)  # points that a table's words may have
LEAST_COLUMN = 0.15  # share of a table's width
MARGIN = Pt(4)  # on each side of a cell's words
NAME = 2.4  # times the height of its words that a bar's name takes
WIDER = 1.1  # times the width of words in pictures; Chinese characters are as wide in every font
LINES, CHINESE_LINES = 1.3, 1.5  # from line to line of words, as a share of their height
LINK_LINES = 1.2  # the same of boxes and links, in which words have no margins
TIP = Pt(5)  # of a link, seen on each side of its words
NO_STYLE = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"  # how PowerPoint names a table without a look
LINK_WORDS = range(14, 8, -1)  # points that the words of boxes and links may have
LINE = '<a:{} {} w="9525"><a:solidFill><a:srgbClr val="{}"/></a:solidFill></a:{}>'
UNDER, AROUND = ("lnB",), ("lnL", "lnR", "lnT", "lnB")  # where a cell has lines
# The edges of fills that are not seen by themselves.
EDGES = {
    house.LOOKS[look]["facecolor"]: house.LOOKS[look]["edgecolor"] for look in ("begun", "planned")
}


def draw(shapes: SlideShapes, panel: Block, box: Box) -> BaseShape:
    """Draw a panel on a slide in a box where it fits: bars with their numbers, a table, links."""
    if "links" in panel:
        size = type_size(panel, box)
        return links(shapes, _holding(panel, box, size), box, Pt(size))
    return (_table if "table" in panel else _chart)(shapes, panel, box)


def merged(panels: list[Block]) -> list[Block]:
    """Panels of which neighbours with bars of one unit are one panel, and so stand on one axis.

    Between their bars is an empty row.
    """
    found: list[Block] = []
    for panel in panels:
        last = found[-1] if found else {}
        are_bars = not any(one.get("stacked", True) for one in (last, panel))
        if not are_bars or last["title"] != panel["title"]:
            found.append(panel)
            continue
        [first], [second] = last["series"], panel["series"]
        found[-1] = last | {
            "categories": [*last["categories"], "", *panel["categories"]],
            "series": [first | {"bars": [*first["bars"], None, *second["bars"]]}],
            "height": last["height"] + panel["height"],
        }
    return found


def type_size(panel: Block, box: Box) -> float:
    """The points of a panel's words in a box, 0 where a table or links would not be legible.

    Each name of a chart's bars has two lines.
    """
    for kind, sizes, fits in (("links", LINK_WORDS, _holding), ("table", TABLE_WORDS, _fits)):
        if kind in panel:
            return next((size for size in sizes if fits(panel, box, size)), 0)
    room = Emu(int(box[3] / (NAME * len(panel["categories"]))))
    return max(min(WORDS.pt, room.pt // 1), TABLE_WORDS[-1])


def heights(panels: list[Block], wide: Length, high: float) -> list[float]:
    """How high panels are one below the other: in the shares that they have in the picture.

    A table among bars is as high as it needs to be for words as large as those of the bars.
    """
    tables = [panel for panel in panels if "table" in panel]
    others = sum(panel["height"] for panel in panels if "table" not in panel)
    for size in TABLE_WORDS if tables and others else ():
        rest = (high - sum(_whole(table, wide, size) for table in tables)) / others
        found = [_whole(it, wide, size) if "table" in it else rest * it["height"] for it in panels]
        boxes = ((0, 0, wide, share) for share in found)
        if all(type_size(it, box) >= size for it, box in zip(panels, boxes, strict=True)):
            return found
    whole = sum(panel["height"] for panel in panels)
    return [high * panel["height"] / whole for panel in panels]


def _chart(shapes: SlideShapes, panel: Block, box: Box) -> GraphicFrame:
    """Bars with each number beside its bar, or in it where stacked.

    Bars that do not all begin at 0 lie between two series that are not seen: what is before them,
    and what is past them, in which their words stand.
    """
    series, end = panel["series"], _longest(panel, PLOT * box[2])
    bars, floats = series[0]["bars"], any(bar and bar["start"] for bar in series[0]["bars"])
    kind, position = XL_CHART_TYPE.BAR_STACKED, XL_LABEL_POSITION.CENTER
    columns = [(one["name"], [bar and bar["length"] for bar in one["bars"]]) for one in series]
    if floats:
        position = XL_LABEL_POSITION.INSIDE_BASE
        before = [bar and bar["start"] for bar in bars]
        past = [bar and end - bar["start"] - bar["length"] for bar in bars]
        columns = [(f"→ {series[0]['name']}", before), *columns, ("", past)]
    elif not panel["stacked"]:
        kind, position = XL_CHART_TYPE.BAR_CLUSTERED, XL_LABEL_POSITION.OUTSIDE_END
    data = CategoryChartData()
    data.categories = panel["categories"]
    for name, lengths in columns:
        data.add_series(name, lengths)
    shape = shapes.add_chart(kind, *box, data)
    chart = shape.chart
    chart.part.chart_workbook.update_from_xlsx_blob(_workbook(panel, columns))
    size = Pt(type_size(panel, box))
    chart.font.size, chart.font.color.theme_color = size, INK
    chart._chartSpace.txPr.find(f".//{qn('a:endParaRPr')}").set("lang", layouts.tag())
    chart.has_title, chart.has_legend = bool(panel["title"]), panel["stacked"]
    if panel["title"]:
        write(chart.chart_title.text_frame, panel["title"], WORDS, MUTED)
    if panel["stacked"]:
        chart.legend.position = XL_LEGEND_POSITION.BOTTOM
        chart.legend.include_in_layout = False
    chart.plots[0].gap_width, chart.plots[0].overlap = GAP, 100
    _set_axes(chart, end)
    drawn = list(chart.plots[0].series)
    unseen = [drawn.pop(0), drawn.pop()] if floats else []
    for one, told in zip(drawn, series, strict=True):
        _fill(one, next(filter(None, told["bars"])))
        labelled = unseen[-1] if floats else one
        for number, bar in enumerate(told["bars"]):
            if bar:
                _fill(one.points[number], bar)
                _say(labelled.points[number], bar, position, size)
    for one in unseen:
        one.format.fill.background()
        one.format.line.fill.background()
    return shape


def _workbook(panel: Block, columns: list[tuple[str, list[float | None]]]) -> bytes:
    """The workbook that opens when the chart's data are edited, and beside it what is said.

    python-pptx would write the day into it, and make a formula of a name that looks like one.
    """
    said = [("", [bar and bar["label"] for bar in one["bars"]]) for one in panel["series"]]
    names, cells = zip(*columns, *said, strict=True)
    table = pd.DataFrame(zip(*cells, strict=True), panel["categories"], dtype=object)
    buffer = io.BytesIO()
    with writer(buffer) as book:
        table.to_excel(book, sheet_name="Sheet1", header=list(names))
    return buffer.getvalue()


def _set_axes(chart: Chart, end: float) -> None:
    """No axis of values, which stand beside the bars; the first bar on top."""
    names, values = chart.category_axis, chart.value_axis
    values.visible = values.has_major_gridlines = False
    values.minimum_scale, values.maximum_scale = 0, end
    names.reverse_order = True
    names.major_tick_mark = XL_TICK_MARK.NONE
    names.format.line.fill.background()
    names.tick_labels.font.bold = False
    turned = names._element.find(f"{qn('c:txPr')}/{qn('a:bodyPr')}")
    turned.set("rot", "0")  # without which LibreOffice leaves names out that take two lines
    every = parse_xml(f'<c:tickLblSkip {nsdecls("c")} val="1"/>')
    names._element.find(qn("c:noMultiLvlLbl")).addprevious(every)


def _longest(panel: Block, room: float) -> float:
    """The value at the end of a plot of some width, with room for the words beside bars."""
    bars = [list(filter(None, one["bars"])) for one in panel["series"]]
    if panel["stacked"]:
        return max(sum(it["length"] for it in row) for row in zip(*bars, strict=True)) or 1
    ends = [
        (it["start"] + it["length"])
        / max(LEAST, 1 - (CLEAR + EM * width(it["label"]) * WORDS) / room)
        for it in bars[0]
    ]
    return max(ends) or 1


def _say(point: Point, bar: Block, position: XL_LABEL_POSITION, size: Length) -> None:
    """Say a bar's number; within it, a part of no length says none."""
    is_within, label = position == XL_LABEL_POSITION.CENTER, point.data_label
    if bar["length"] or not is_within:
        ink = ink_on(bar["fill"]) if is_within and not bar["hatched"] else INK
        write(label.text_frame, bar["label"], size, ink)
        label.text_frame.word_wrap, label.position = False, position


def _fill(part: BarSeries | Point, bar: Block) -> None:
    """Colour a bar, or a series by its first bar, which a legend shows; the unknown is hatched."""
    fill, line = part.format.fill, part.format.line.fill
    if bar["hatched"]:
        fill.patterned()
        fill.pattern = MSO_PATTERN.WIDE_UPWARD_DIAGONAL
        fill.fore_color.rgb, fill.back_color.rgb = rgb(bar["edge"]), rgb(bar["fill"])
    else:
        paint(fill, bar["fill"])
    if bar["edge"]:
        paint(line, bar["edge"])
    else:
        line.background()


def _table(shapes: SlideShapes, panel: Block, box: Box) -> GraphicFrame:
    """Words in rows with thin lines between them, as large as the box has room for."""
    rows, size, is_headed = _rows(panel), type_size(panel, box), any(panel["table"][0])
    widths, heights = _measured(panel, box[2], size)
    fills = _rows(panel, "fills") if "fills" in panel else [[""] * len(widths)] * len(rows)
    shape = shapes.add_table(len(rows), len(widths), *box)
    table = shape.table
    table.first_row, table.horz_banding, table.first_col = is_headed, False, True
    table._tbl.tblPr.find(qn("a:tableStyleId")).text = NO_STYLE
    for column, wide in zip(table.columns, widths, strict=True):
        column.width = Emu(int(wide))
    for line, high, cells, colors in zip(table.rows, heights, rows, fills, strict=True):
        line.height = Emu(int(high))
        for cell, said, color in zip(line.cells, cells, colors, strict=True):
            _set_cell(cell, said, color, Pt(size), is_headed and cells is rows[0])
    return shape


def _rows(panel: Block, name: str = "table") -> list[list[str]]:
    """The rows of a table, its words or its fills, but for what has no words at all."""
    seen = [any(column) for column in zip(*panel["table"], strict=True)]
    shown = [list(compress(row, seen)) for row in panel[name]]
    return shown if any(panel["table"][0]) else shown[1:]


def _set_cell(cell: _Cell, words: str, color: str, size: Length, is_head: bool) -> None:
    cell.margin_left = cell.margin_right = MARGIN
    cell.margin_top = cell.margin_bottom = MARGIN // 2
    cell.vertical_anchor = MSO_ANCHOR.BOTTOM if is_head else MSO_ANCHOR.TOP
    write(cell.text_frame, words, size, MUTED if is_head else ink_on(color))
    # A cell without words is as high as words of this size.
    [paragraph] = cell.text_frame.paragraphs
    end = paragraph._p.get_or_add_endParaRPr()
    end.set("lang", layouts.tag())
    end.set("sz", str(size.centipoints))
    edge = EDGES.get(color, house.MUTED if is_head else house.FAINT)
    for side in AROUND if color in EDGES else UNDER:
        line = LINE.format(side, nsdecls("a"), edge[1:], side)
        cell._tc.get_or_add_tcPr().append(parse_xml(line))
    if color:  # as a tile is
        paint(cell.fill, color)


def _measured(panel: Block, wide: Length, size: int) -> tuple[list[float], list[float]]:
    """The widths of columns, by the root of their longest words, and the heights of rows."""
    rows = _rows(panel)
    roots = [math.sqrt(max(map(width, column))) for column in zip(*rows, strict=True)]
    shares = [max(root, LEAST_COLUMN * sum(roots)) for root in roots]
    widths = [wide * share / sum(shares) for share in shares]
    return widths, [max(map(height, row, widths, repeat(size))) + MARGIN for row in rows]


def _fits(panel: Block, box: Box, size: int) -> bool:
    """Whether a table's words of some points fit a box, none of them broken."""
    widths, _ = _measured(panel, box[2], size)
    return _whole(panel, box[2], size) <= box[3] and all(
        house.length(line) <= _room(line, wide - 2 * MARGIN, size)
        for row in _rows(panel)
        for wide, words in zip(widths, row, strict=True)
        for line in _in_lines(words, wide, size)
    )


def _whole(panel: Block, wide: Length, size: int) -> int:
    """How high a table is at some points."""
    return math.ceil(sum(_measured(panel, wide, size)[1]))


def _holding(panel: Block, box: Box, size: int) -> Block | None:
    """Boxes and links with room for their words of some points, None where there is none.

    Words may take more of their link than in the picture, all but its tips; their lines are even.
    """
    line, margin = LINK_LINES * Pt(size) / box[3], MARGIN / box[2]
    held: Block = {"boxes": [], "links": []}
    for kind, found in held.items():
        for one in panel[kind]:
            left, top, wide, high = one["place"]
            room = high
            if kind == "links":
                wide, left = wide + 2 * margin, left - margin
                room = max(high, abs(one["line"][3] - one["line"][1]) - 2 * TIP / box[3])
            lines = house.even(one["words"], _room(one["words"], wide * box[2], size))
            taken = max(high, line * len(lines))
            if taken > room:
                return None
            place = [left, top + (high - taken) / 2, wide, taken]
            found.append(one | {"words": BREAK.join(lines), "place": place})
    return panel | held


def height(words: str, wide: float, size: int) -> int:
    """How high words are in a width at some points."""
    apart = CHINESE_LINES if HAN.search(words) else LINES
    return math.ceil(apart * len(_in_lines(words, wide, size)) * Pt(size))


def _in_lines(words: str, wide: float, size: int) -> list[str]:
    """Words in the lines that they take in a cell of some width at some points."""
    return house.broken(words, _room(words, wide - 2 * MARGIN, size))


def _room(words: str, wide: float, size: int) -> float:
    """A width in points, had words the size of those in pictures."""
    wider = WIDER if re.search(LATIN, words) else 1
    return wide / (wider * Pt(size)) * house.POINTS
