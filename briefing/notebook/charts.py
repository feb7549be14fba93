"""The common forms of charts, each one call on an Axes that draws columns of one frame.

What is drawn, said beside it, described and made editable on a slide comes from the same columns.
Words stand above their marks, so that a chart is as legible on a phone as on paper. x is in the
units of the data, y in points from the top down.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import pandas as pd
from matplotlib.axes import Axes

from briefing.core.language import translate
from briefing.core.quantity import Quantity, same_unit
from briefing.core.wording import text
from briefing.notebook.blocks import Block
from briefing.notebook.canvas import (
    GAP,
    ROOM,
    Canvas,
    ChartError,
    Rows,
    as_bar,
    as_quantity,
    rows_of,
)
from briefing.notebook.house import (
    CLEAR,
    DARK,
    INK,
    LINE,
    LOOKS,
    MUTED,
    SERIES,
    WHITE,
    house,
    length,
)
from briefing.sources import tables

BAR, DOT = 13, 11  # points: the height of a bar, and from dot to dot
LEAST_DOT = 7  # points from dot to dot, so that dots are still told apart
MOST_DOTS = 3000
ARROW = 0.08  # of the longest bar: how far an open range goes on
AIMS = {"target", "plan"}  # of what status no figure is a fact
LEAST_RANGE = 6  # points: below which a whisker is not seen
THIN, SHORT = 1.2, 6  # points: a whisker, and what stands at its ends


@house()
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
    `text`. Raises ChartError where data has no such column or no row, UnitError where units differ.

    Example: `briefing.bars(ax, frame, "label", "quantity")`.
    """
    rows, looks = rows_of(data, label, value, looks=looks)
    quantities = [as_quantity(cell) for _, cell in rows]
    same_unit(quantities)
    starts = [0.0] * len(rows)
    _draw(ax, rows, quantities, starts, looks, head=head, form=form, value=value)


class _Bar(NamedTuple):
    """What is drawn of a row. arrow: how far an open range goes on."""

    name: str
    quantity: Quantity
    look: str
    start: float
    arrow: float

    @property
    def low(self) -> float:
        """Where its range begins."""
        return self.start + float(self.quantity.lower or 0)

    @property
    def end(self) -> float:
        """How far it and its range reach."""
        number, upper = self.quantity.number, self.quantity.upper
        return self.start + (number + self.arrow if upper is None else max(number, float(upper)))

    def has_whisker(self, shortest: float) -> bool:
        """Whether its range is told beside it, and long enough to be seen."""
        is_told = self.quantity.value is not None or self.quantity.upper is None
        return is_told and not self.quantity.exact and self.end - self.low >= shortest


def _draw(
    ax: Axes,
    rows: Rows,
    quantities: list[Quantity],
    starts: list[float],
    looks: list[str],
    *,
    head: str,
    form: str,
    value: str,
) -> None:
    """Bars, each with its name, its range and its number, and a key of the ranges."""
    arrow = ARROW * max(quantity.number for quantity in quantities)
    drawn = zip(rows, quantities, _signs(looks, quantities), starts, strict=True)
    found = [_Bar(str(name), *of_row, arrow) for (name, _), *of_row in drawn]
    beside = [_beside(quantity, form) for quantity in quantities]
    chart = Canvas(ax, head)
    right = chart.scale([bar.end for bar in found], beside)
    shortest = LEAST_RANGE * right / ROOM
    for bar, words in zip(found, beside, strict=True):
        _step(chart, bar.name, bar.start, right)
        _bar(chart, bar, shortest)
        chart.beside(words, (bar.end, chart.y + BAR / 2))
        chart.y += BAR + GAP
    if any(bar.has_whisker(shortest) for bar in found):
        ends = [right / ROOM, 2 * SHORT * right / ROOM]
        look = {"color": INK, "linewidth": THIN, "markersize": SHORT}
        ax.plot(ends, [chart.y + LINE / 2] * 2, "|-", **look)
        chart.write(3 * SHORT * right / ROOM, chart.y, translate("Range assumed here"), MUTED)
        chart.y += LINE
    told = [_told(bar.quantity, LOOKS[bar.look], form, bar.start) for bar in found]
    chart.finish_bars(rows, right, {value: told})


def _signs(looks: list[str], quantities: list[Quantity]) -> list[str]:
    """The same looks; what is but targets or plans is drawn as no fact."""
    figures = tables.rows("figures")
    status = [[figures.get(name, {}).get("status") for name in it.figures] for it in quantities]
    found = zip(looks, status, strict=True)
    return ["planned" if look == "fact" and it and set(it) <= AIMS else look for look, it in found]


def _bar(chart: Canvas, bar: _Bar, shortest: float) -> None:
    """A bar and its range: a line from end to end, light on a dark bar, an arrow where open."""
    quantity, middle = bar.quantity, chart.y + BAR / 2
    first, last, look = bar.start, bar.start + quantity.number, LOOKS[bar.look]
    if quantity.value is None:
        first, last, look = bar.low, bar.end, LOOKS["unknown"]
    chart.bar(look, middle, last - first, BAR, first)
    if not bar.has_whisker(shortest):
        return
    within = WHITE if look["facecolor"] in DARK else INK
    for ends, color in (((bar.low, last), within), ((last, bar.end), INK)):
        chart.ax.plot(ends, [middle, middle], color=color, linewidth=THIN)
    for place, end, color in ((bar.low, quantity.lower, within), (bar.end, quantity.upper, INK)):
        tip = "|" if end is not None else "<" if place == bar.low else ">"
        chart.ax.plot(place, middle, tip, color=color, markersize=SHORT)


def _beside(quantity: Quantity, form: str = "") -> str:
    return text(quantity, form if quantity.value is not None else "range")


def _told(quantity: Quantity, look: Block, form: str = "", start: float = 0.0) -> Block:
    """A bar of a panel; what has no value is hatched from end to end of a closed range."""
    if quantity.value is None and None not in (quantity.lower, quantity.upper):
        low, look = float(quantity.lower), LOOKS["unknown"]
        start, long = start + low, float(quantity.upper) - low
    else:
        long = quantity.number
    return as_bar(look, start, long, _beside(quantity, form))


@house()
def stacked(
    ax: Axes, data: pd.DataFrame, label: str, values: Sequence[str], head: str = ""
) -> None:
    """Draw a bar a row whose parts are columns of data, each part's number in it or left out.

    label: a column of names; values: columns of quantities, up to four, told apart by colour.
    Raises ChartError as `bars` does, UnitError where the units differ.

    Example: `briefing.stacked(ax, frame, "label", ["quantity", "other"])`.
    """
    if isinstance(values, str):
        raise ChartError(f"values is {values!r}, expected a list of columns, such as [{values!r}]")
    rows, _ = rows_of(data, label, *values)
    bars_of = [[as_quantity(cell) for cell in cells] for _, *cells in rows]
    right = max(sum(parts).number for parts in bars_of) or 1
    chart = Canvas(ax, head)
    chart.key(zip(map(translate, values), SERIES, strict=False), right)
    for (name, *_), parts in zip(rows, bars_of, strict=True):
        chart.words(str(name))
        start, middle = 0.0, chart.y + BAR / 2
        for quantity, look in zip(parts, SERIES, strict=False):
            wide, words, color = quantity.number, text(quantity), look["facecolor"]
            chart.bar({"color": color, "edgecolor": "white"}, middle, wide, BAR, start)
            if wide and length(words) + 2 <= wide / right * ROOM:
                ink = "white" if color in DARK else INK
                chart.write(start + wide / 2, middle, words, ink, ha="center", va="center")
            start += wide
        chart.y += BAR + GAP
    series = {
        name: [_told(quantity, {"facecolor": look["facecolor"]}) for quantity in parts]
        for name, look, parts in zip(values, SERIES, zip(*bars_of, strict=True), strict=False)
    }
    chart.finish_bars(rows, right, series)


@house()
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
    rows, looks = rows_of(data, label, value, looks=looks)
    quantities = [as_quantity(cell) for _, cell in rows]
    starts = _starts([str(name) for name, _ in rows], quantities, adds)
    _draw(ax, rows, quantities, starts, looks, head=head, form=form, value=value)


def _step(chart: Canvas, name: str, start: float, right: float) -> None:
    """The name of a bar above where it begins, and what joins it to the bar that ends there."""
    if not start:
        chart.words(name)
        return
    chart.ax.plot([start, start], [chart.y - GAP, chart.y + LINE], color=MUTED, linewidth=0.8)
    at = min(start / right * ROOM + 4, ROOM - length(name)) * right / ROOM
    chart.write(max(at, 0), chart.y, name, bbox=CLEAR)
    chart.y += LINE


def _starts(names: list[str], quantities: list[Quantity], adds: Sequence[bool]) -> list[float]:
    """Where each bar of a bridge begins."""
    starts: list[float] = []
    total: Quantity | None = None
    after_parts = False
    for name, quantity, is_added in zip(names, quantities, adds, strict=True):
        if is_added and total is not None:
            starts.append(total.number)
            total = total + quantity
        else:
            if after_parts and total.number != quantity.number:
                told = f"is {quantity.number:,.0f}, but what stands above adds up to"
                raise ChartError(f"{name!r} {told} {total.number:,.0f}")
            starts.append(0.0)
            total = quantity
        after_parts = is_added
    return starts


@house()
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
    rows, looks = rows_of(data, label, value, looks=looks)
    quantities = [as_quantity(cell) for _, cell in rows]
    named = [(str(name), it) for (name, _), it in zip(rows, quantities, strict=True)]
    counts = [_count(*it) for it in named]
    pattern = translate("{name}: {words}")
    names = [pattern.format(name=name, words=_beside(quantity)) for name, quantity in named]
    looks = _signs(looks, quantities)
    shown = [LOOKS[look] for look in looks]
    chart = Canvas(ax, head)
    if whole is not None:
        if more := sum(counts) - _count("whole", whole):
            told = f"the rows are {abs(more)} {'more' if more > 0 else 'fewer'} than their whole"
            raise ChartError(f"{told}, expected a row for each part of it")
        facts, colors = looks.count("fact"), iter(SERIES)
        if facts > len(SERIES):
            told = f"expected at most {len(SERIES)}"
            raise ChartError(f"{facts} rows are facts of one whole, {told}")
        apart = zip(looks, shown, strict=True)
        shown = [next(colors) if look == "fact" else one for look, one in apart]
        chart.key(zip(names, shown, strict=True))
        _dots(chart, zip(counts, shown, strict=True), DOT)
        # A whole and its parts are no bars: they are a picture on a slide, too.
        chart.finish(rows, ROOM)
        return
    if "planned" in looks and set(looks) != {"planned"}:
        chart.key([(translate("Planned"), LOOKS["planned"])])
    # So close that each row is a line, if that is not too close.
    found = ROOM / max(*counts, 1)
    pitch = min(DOT, found) if found >= LEAST_DOT else DOT
    for name, count, look in zip(names, counts, shown, strict=True):
        chart.words(name)
        _dots(chart, [(count, look)], pitch)
    told = [_told(quantity, look) for quantity, look in zip(quantities, shown, strict=True)]
    chart.finish_bars(rows, ROOM, {value: told})


def _count(name: str, quantity: Quantity) -> int:
    if quantity.number != int(quantity.number) or quantity.number > MOST_DOTS:
        told = f"expected a whole number of at most {MOST_DOTS} dots"
        raise ChartError(f"{name!r} is {quantity.number:,.6g}, {told}")
    return int(quantity.number)


def _dots(chart: Canvas, parts: Iterable[tuple[int, Block]], pitch: float) -> None:
    """Dots in lines as wide as the picture, part after part."""
    a_line, place = int(ROOM / pitch + 0.001), 0
    for count, look in parts:
        places = range(place, place + count)
        x = [pitch * (spot % a_line) + pitch / 2 for spot in places]
        y = [chart.y + pitch * (spot // a_line) + pitch / 2 for spot in places]
        chart.ax.scatter(x, y, 0.5 * pitch**2, linewidths=1, **look)
        place += count
    chart.y += pitch * -(-place // a_line) + pitch
