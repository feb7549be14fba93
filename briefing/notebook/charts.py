"""The common forms of charts, each one call on an Axes that draws columns of one frame.

What is drawn, said beside it, described and made editable on a slide comes from the same columns.
Words stand above their marks, so that a chart is as legible on a phone as on paper. x is in the
units of the data, y in points from the top down.
"""

from collections.abc import Iterable, Sequence
from typing import Any

import pandas as pd
from matplotlib.axes import Axes

from briefing.core.columns import same_unit
from briefing.core.language import translate
from briefing.core.quantity import Quantity
from briefing.core.wording import text
from briefing.notebook import house
from briefing.notebook.blocks import Block
from briefing.notebook.canvas import Canvas, ChartError, as_bar, as_quantity, bars_panel, rows_of
from briefing.sources import tables

BAR, DOT = 13, 11  # points: the height of a bar, and from dot to dot
LEAST_DOT = 7  # points from dot to dot, so that dots are still told apart
MOST_DOTS = 3000
ARROW = 0.08  # of the longest bar: how far an open range goes on
RANGES = ("Range assumed here", "Range assumed here; with an arrow: or more")
AIMS = {"target", "plan"}  # of what status no figure is a fact
LEAST_RANGE = 6  # points: below which a whisker is not seen
THIN, SHORT = 1.2, 6  # points: a whisker, and what stands at its ends


@house.style()
def bars(
    ax: Axes,
    data: pd.DataFrame,
    label: str,
    value: str,
    looks: str | Sequence[str] = "fact",
    head: str = "",
    form: str = "",
) -> None:
    """Draw a bar a row, its label above it, its number and a whisker of its range beside it.

    label, value: columns of data; a quantity without a value is hatched from end to end of its
    range. looks: `fact`, `comparison`, `doubt`, `begun`, `planned` or `unknown`, one for all or one
    a row; a target is planned. head: a line above. form: how numbers are said, one of those of
    `text`. Raises ChartError where data has no such column or no row, UnitError where units differ
    and are not all of things counted.

    Example: `briefing.bars(ax, frame, "label", "quantity")`.
    """
    bridge(ax, data, label, value, [False] * len(data), looks, head, form)


@house.style()
def bridge(
    ax: Axes,
    data: pd.DataFrame,
    label: str,
    value: str,
    adds: Sequence[bool],
    looks: str | Sequence[str] = "fact",
    head: str = "",
    form: str = "",
) -> None:
    """Draw how one amount becomes another: bars that begin where the one above ends.

    adds: for each row whether it adds to what stands above, or stands for itself, from zero. A row
    that stands after rows that add must be their sum: ChartError where it is not, or as in `bars`.
    looks, head, form: as in `bars`.

    Example: `briefing.bridge(ax, frame, "label", "quantity", adds=[False, True])`.
    """
    rows, quantities, looks = _numbers(data, label, value, looks)
    same_unit(quantities)
    arrow, names = ARROW * max(it.number for it in quantities), [str(name) for name, _ in rows]
    starts = _starts(names, quantities, adds)
    found = [_Bar(*row, arrow, form) for row in zip(quantities, looks, starts, strict=True)]
    chart = Canvas(ax, head, _right(found))
    for name, bar, start in zip(names, found, starts, strict=True):
        _name(chart, name, start)
        _draw(chart, bar)
    if any(bar.has_whisker(LEAST_RANGE * chart.per_point) for bar in found):
        ends, middle = [chart.per_point, 2 * SHORT * chart.per_point], chart.y + house.LINE / 2
        look = {"color": house.INK, "linewidth": THIN, "markersize": SHORT}
        ax.plot(ends, [middle, middle], "|-", **look)
        is_open = any(quantity.upper is None for quantity in quantities)
        words = translate(RANGES[is_open])
        chart.lines(3 * SHORT * chart.per_point, [words], house.MUTED)
    bars = [as_bar(bar.look, bar.start, bar.length, bar.words) for bar in found]
    chart.finish([label, value], rows, bars_panel(names, {value: bars}))


def _numbers(
    data: pd.DataFrame, label: str, value: str, looks: str | Sequence[str]
) -> tuple[list[tuple[Any, Any]], list[Quantity], list[str]]:
    """The rows of a frame, their quantities and looks; what is but targets or plans is no fact."""
    rows, looks = rows_of(data, label, value, looks=looks)
    quantities = [as_quantity(cell, str(name)) for name, cell in rows]
    figures = tables.rows("figures")
    for place, quantity in enumerate(quantities):
        status = {figures.get(name, {}).get("status") for name in quantity.figures}
        if looks[place] == "fact" and status and status <= AIMS:
            looks[place] = "planned"
    return rows, quantities, looks


def _said(quantity: Quantity, form: str = "") -> str:
    return text(quantity, form if quantity.value is not None else "range")


class _Bar:
    """A row as it is drawn: a bar, what is said beside it, and its range, from low to end.

    arrow: how far an open range goes on. Without a value, the bar is its range.
    """

    def __init__(
        self, quantity: Quantity, look: str, start: float, arrow: float, form: str
    ) -> None:
        number, upper = quantity.number, quantity.upper
        self.quantity, self.words = quantity, _said(quantity, form)
        self.low = start + float(quantity.lower or 0)
        self.end = start + (number + arrow if upper is None else max(number, float(upper)))
        self.look, self.start, self.length = house.LOOKS[look], start, number
        if quantity.value is None:
            self.look, self.start = house.LOOKS["unknown"], self.low
            self.length = self.end - self.low

    def has_whisker(self, shortest: float) -> bool:
        """Whether its range is told beside it, and long enough to be seen."""
        is_told = self.quantity.value is not None or self.quantity.upper is None
        return is_told and not self.quantity.exact and self.end - self.low >= shortest


def _right(bars: list[_Bar]) -> float:
    """What stands at the right edge, so that the words beside each bar have room."""
    full = house.ROOM - house.BESIDE
    rooms = [max(full - house.length(bar.words), house.ROOM / 4) for bar in bars]
    return max(bar.end * house.ROOM / room for bar, room in zip(bars, rooms, strict=True)) or 1


def _name(chart: Canvas, name: str, start: float) -> None:
    """The name of a bar above where it begins, and what joins it to the bar that ends there."""
    if not start:
        chart.words(name)
        return
    ends, look = [chart.y - house.GAP, chart.y + house.LINE], {"color": house.MUTED}
    chart.ax.plot([start, start], ends, linewidth=0.8, **look)
    at = min(start / chart.per_point + 4, house.ROOM - house.length(name))
    chart.lines(max(at, 0) * chart.per_point, [name], bbox=house.CLEAR)


def _draw(chart: Canvas, bar: _Bar) -> None:
    """A bar, its number, and its range: a line, light on a dark bar, an arrow where it is open."""
    middle, last = chart.y + BAR / 2, bar.start + bar.length
    chart.bar(bar.look, bar.start, middle, bar.length, BAR)
    if bar.has_whisker(LEAST_RANGE * chart.per_point):
        within, beyond = house.ink_on(bar.look["facecolor"]), house.INK
        left = "<" if bar.quantity.lower is None else "|"
        right = ">" if bar.quantity.upper is None else "|"
        for ends, color in (((bar.low, last), within), ((last, bar.end), beyond)):
            chart.ax.plot(ends, [middle, middle], color=color, linewidth=THIN)
        for place, tip, color in ((bar.low, left, within), (bar.end, right, beyond)):
            chart.ax.plot(place, middle, tip, color=color, markersize=SHORT)
    chart.beside(bar.words, bar.end, middle)
    chart.y += BAR + house.GAP


def _starts(names: list[str], quantities: list[Quantity], adds: Sequence[bool]) -> list[float]:
    starts: list[float] = []
    total, after_parts = None, False
    for name, quantity, is_added in zip(names, quantities, adds, strict=True):
        is_alone = total is None or not is_added
        if is_alone and after_parts and total.number != quantity.number:
            told = f"is {quantity.number:,.0f}, but what stands above adds up to"
            raise ChartError(f"{name!r} {told} {total.number:,.0f}")
        starts.append(0.0 if is_alone else total.number)
        total, after_parts = quantity if is_alone else total + quantity, is_added
    return starts


@house.style()
def stacked(ax: Axes, data: pd.DataFrame, label: str, values: Sequence[str]) -> None:
    """Draw a bar a row whose parts are columns of data, each part's number in it or left out.

    label: a column of names; values: columns of quantities, up to four, told apart by colour.
    Raises ChartError as `bars` does and for a part without a value, UnitError where units differ.

    Example: `briefing.stacked(ax, frame, "label", ["quantity", "other"])`.
    """
    if isinstance(values, str):
        raise ChartError(f"values is {values!r}, expected a list of columns, such as [{values!r}]")
    if len(values) > len(house.SERIES):
        raise ChartError(f"values are {len(values)} columns, expected at most {len(house.SERIES)}")
    rows, _ = rows_of(data, label, *values)
    parts_of = [[as_quantity(cell, str(name)) for cell in cells] for name, *cells in rows]
    if any(part.value is None for parts in parts_of for part in parts):
        raise ChartError("a part has a range alone, expected a value: `bars` draws a range")
    chart = Canvas(ax, right=max(sum(parts).number for parts in parts_of) or 1)
    chart.key(zip(map(translate, values), house.SERIES, strict=False))
    series: dict[str, list[Block]] = {name: [] for name in values}
    for (name, *_), parts in zip(rows, parts_of, strict=True):
        chart.words(str(name))
        start, middle = 0.0, chart.y + BAR / 2
        for column, quantity, look in zip(values, parts, house.SERIES, strict=False):
            wide, words, color = quantity.number, _said(quantity), look["facecolor"]
            chart.bar(look | {"edgecolor": house.WHITE}, start, middle, wide, BAR)
            if wide and house.length(words) + 2 <= wide / chart.per_point:
                inside = {"ha": "center", "va": "center"}
                chart.write(start + wide / 2, middle, words, house.ink_on(color), **inside)
            start += wide
            series[column].append(as_bar({"facecolor": color}, 0.0, wide, words))
        chart.y += BAR + house.GAP
    chart.finish([label, *values], rows, bars_panel([name for name, *_ in rows], series))


@house.style()
def dots(
    ax: Axes,
    data: pd.DataFrame,
    label: str,
    value: str,
    whole: Quantity | None = None,
    looks: str | Sequence[str] = "fact",
    head: str = "",
) -> None:
    """Draw a dot for each thing counted: a row of dots a row, or all of them as one whole.

    whole: the number that the rows make up; facts are then told apart by colour. looks, head: as in
    `bars`. Raises ChartError where a number is not whole, or the rows are more or fewer than the
    whole, or as in `bars`.

    Example: `briefing.dots(ax, frame, "label", "quantity")`.
    """
    rows, quantities, looks = _numbers(data, label, value, looks)
    own, words = [str(name) for name, _ in rows], list(map(_said, quantities))
    counts, named = list(map(_count, own, quantities)), translate("{name}: {words}")
    names = [named.format(name=name, words=it) for name, it in zip(own, words, strict=True)]
    chart = Canvas(ax, head)
    if whole is not None:
        shown = _apart(looks, sum(counts) - _count("whole", as_quantity(whole, "whole")))
        chart.key(zip(names, shown, strict=True))
        _dots(chart, zip(counts, shown, strict=True), DOT)
        # A picture on a slide, too: a whole and its parts are no bars.
        chart.finish([label, value], rows, None)
        return
    if "planned" in looks and set(looks) != {"planned"}:
        chart.key([(translate("Planned"), house.LOOKS["planned"])])
    # So close that each row is a line, if that is not too close.
    found = house.ROOM / max(*counts, 1)
    pitch = min(DOT, found) if found >= LEAST_DOT else DOT
    shown = [house.LOOKS[look] for look in looks]
    for name, count, look in zip(names, counts, shown, strict=True):
        chart.words(name)
        _dots(chart, [(count, look)], pitch)
    told = zip(shown, quantities, words, strict=True)
    bars = [as_bar(look, 0.0, quantity.number, said) for look, quantity, said in told]
    chart.finish([label, value], rows, bars_panel(own, {value: bars}))


def _apart(looks: list[str], more: int) -> list[Block]:
    """The looks of parts of a whole, facts told apart. more: how many they are more than it."""
    if more:
        told = f"the rows are {abs(more)} {'more' if more > 0 else 'fewer'} than their whole"
        raise ChartError(f"{told}, expected a row for each part of it")
    facts, colors = looks.count("fact"), iter(house.SERIES)
    if facts > len(house.SERIES):
        told = f"expected at most {len(house.SERIES)}"
        raise ChartError(f"{facts} rows are facts of one whole, {told}")
    return [next(colors) if look == "fact" else house.LOOKS[look] for look in looks]


def _count(name: str, quantity: Quantity) -> int:
    if quantity.number != int(quantity.number) or quantity.number > MOST_DOTS:
        told = f"expected a whole number of at most {MOST_DOTS} dots"
        raise ChartError(f"{name!r} is {quantity.number:,.6g}, {told}")
    return int(quantity.number)


def _dots(chart: Canvas, parts: Iterable[tuple[int, Block]], pitch: float) -> None:
    """Dots in lines as wide as the picture, part after part."""
    a_line, place = int(house.ROOM / pitch + 0.001), 0
    for count, look in parts:
        places = range(place, place + count)
        x = [pitch * (spot % a_line) + pitch / 2 for spot in places]
        y = [chart.y + pitch * (spot // a_line) + pitch / 2 for spot in places]
        chart.ax.scatter(x, y, 0.5 * pitch**2, linewidths=1, **look)
        place += count
    chart.y += pitch * -(-place // a_line) + pitch
