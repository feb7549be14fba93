"""The common forms of charts, each one call on an Axes that draws columns of one frame.

What is drawn, said beside it, described and made editable on a slide comes from the same columns.
Words stand above their marks, so that a chart is as legible on a phone as on paper. x is in the
units of the data, y in points from the top down.
"""

from collections.abc import Iterable, Sequence
from typing import Any

import pandas as pd
from matplotlib.axes import Axes

from briefing.core.language import translate
from briefing.core.quantity import Quantity, same_unit
from briefing.core.wording import text
from briefing.notebook.canvas import (
    GAP,
    ROOM,
    Canvas,
    ChartError,
    as_bar,
    as_quantity,
    looks_of,
    rows_of,
)
from briefing.notebook.house import (
    BLUE,
    FAINT,
    GOLD,
    INK,
    LINE,
    LOOKS,
    MUTED,
    POINTS,
    TEAL,
    house,
    length,
)

BAR, DOT = 13, 11  # points: the height of a bar, and from dot to dot
LEAST_DOT = 7  # points from dot to dot, so that dots are still told apart
MOST_DOTS = 3000
ARROW = 0.08  # of the longest bar: how far an open range goes on
SERIES = (BLUE, TEAL, GOLD, FAINT)
DARK = (BLUE, TEAL)  # on which words are white


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
    range. looks: `fact`, `comparison`, `doubt`, `planned` or `unknown`, one for all or one a row.
    head: a line above. form: how numbers are said, one of those of `text`. Raises ChartError where
    data has no such column or no row, UnitError where the units differ.

    Example: `briefing.bars(ax, frame, "label", "quantity")`.
    """
    rows, looks = rows_of(data, label, value), looks_of(looks, len(data))
    quantities = [as_quantity(cell) for _, cell in rows]
    same_unit(quantities)
    beside = [_beside(quantity, form) for quantity in quantities]
    with house():
        canvas = Canvas(ax, head)
        arrow = ARROW * max(quantity.number for quantity in quantities)
        ends = [_end(quantity, arrow) for quantity in quantities]
        right = canvas.scale(ends, beside)
        named = zip(rows, quantities, ends, beside, looks, strict=True)
        for (name, _), quantity, end, words, look in named:
            canvas.words(str(name))
            _bar(canvas, quantity, end, words, look)
        drawn = zip(quantities, looks, strict=True)
        told = [_told(quantity, LOOKS[look], form) for quantity, look in drawn]
        canvas.finish(rows, right, canvas.panel(head, rows, {value: told}))


def _end(quantity: Quantity, arrow: float) -> float:
    """How far to the right a quantity reaches, with an arrow where it is open above."""
    if quantity.upper is None:
        return quantity.number + arrow
    return max(quantity.number, float(quantity.upper))


def _beside(quantity: Quantity, form: str) -> str:
    return text(quantity, form if quantity.value is not None else "range")


def _bar(canvas: Canvas, quantity: Quantity, end: float, words: str, look: str) -> None:
    """A bar, its range and its number."""
    ax, middle = canvas.ax, canvas.y + BAR / 2
    low, high = 0.0, quantity.number
    if quantity.value is None:
        low, high, look = float(quantity.lower or 0), end, "unknown"
    ax.barh(middle, high - low, BAR, low, linewidth=1, **LOOKS[look])
    if not quantity.exact and (quantity.value is not None or quantity.upper is None):
        _whisker(ax, quantity, end, middle)
    canvas.beside(words, (end, middle))
    canvas.y += BAR + GAP


def _whisker(ax: Axes, quantity: Quantity, end: float, middle: float) -> None:
    """A range: a line between its ends, with an arrow head where it is open."""
    low = 0.0 if quantity.lower is None else float(quantity.lower)
    ends = ("<" if quantity.lower is None else "|", ">" if quantity.upper is None else "|")
    for color, wide in (("white", 3.5), (INK, 1.2)):
        ax.plot([low, end], [middle, middle], color=color, linewidth=wide)
    for place, marker in zip((low, end), ends, strict=True):
        ax.plot(place, middle, marker, color=INK, markersize=6)


def _told(
    quantity: Quantity, style: dict[str, Any], form: str, start: float = 0.0
) -> dict[str, Any]:
    """A bar of a panel: where it begins, how long it is, what is said beside it, and its look."""
    closed = quantity.lower is not None and quantity.upper is not None
    is_range = quantity.value is None and closed
    low = float(quantity.lower) if is_range else 0.0
    return {
        "start": start + low,
        "length": float(quantity.upper) - low if is_range else quantity.number,
        "label": _beside(quantity, form),
        **as_bar(LOOKS["unknown"] if is_range else style),
    }


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
    rows = rows_of(data, label, *values)
    bars_of = [[as_quantity(cell) for cell in cells] for _, *cells in rows]
    totals = [sum(parts).number for parts in bars_of]
    with house():
        canvas = Canvas(ax, head)
        right = max(totals) or 1
        canvas.key(zip(map(translate, values), map(_solid, SERIES), strict=False), right)
        for (name, *_), parts in zip(rows, bars_of, strict=True):
            canvas.words(str(name))
            start = 0.0
            for quantity, color in zip(parts, SERIES, strict=False):
                _part(canvas, quantity, start, right, color)
                start += quantity.number
            canvas.y += BAR + GAP
        series = {
            name: [_told(quantity, {"facecolor": color}, "") for quantity in parts]
            for name, color, parts in zip(values, SERIES, zip(*bars_of, strict=True), strict=False)
        }
        canvas.finish(rows, right, canvas.panel(head, rows, series))


def _part(canvas: Canvas, quantity: Quantity, start: float, right: float, color: str) -> None:
    """A part of a bar, and its number where that has room in it."""
    wide, words = quantity.number, text(quantity)
    middle = canvas.y + BAR / 2
    canvas.ax.barh(middle, wide, BAR, start, color=color, edgecolor="white", linewidth=1)
    if wide and length(words) + 2 <= wide / right * ROOM:
        look = {"ha": "center", "va": "center", "fontsize": POINTS}
        look["color"] = "white" if color in DARK else INK
        canvas.ax.text(start + wide / 2, middle, words, **look)


def _solid(color: str) -> dict[str, Any]:
    return {"facecolor": color, "edgecolor": color}


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
    rows, looks = rows_of(data, label, value), looks_of(looks, len(data))
    steps = [(str(name), as_quantity(cell)) for name, cell in rows]
    starts = _starts(steps, adds)
    ends = [start + quantity.number for start, (_, quantity) in zip(starts, steps, strict=True)]
    with house():
        canvas = Canvas(ax, head)
        right = canvas.scale(ends, [text(quantity, form) for _, quantity in steps])
        for (name, quantity), start, end, look in zip(steps, starts, ends, looks, strict=True):
            _step(canvas, name, start, right)
            middle = canvas.y + BAR / 2
            ax.barh(middle, end - start, BAR, start, linewidth=1, **LOOKS[look])
            canvas.beside(text(quantity, form), (end, middle))
            canvas.y += BAR + GAP
        drawn = zip(steps, looks, starts, strict=True)
        told = [_told(q, LOOKS[look], form, start) for (_, q), look, start in drawn]
        canvas.finish(rows, right, canvas.panel(head, rows, {value: told}))


def _step(canvas: Canvas, name: str, start: float, right: float) -> None:
    """The name of a bar above where it begins, and what joins it to the bar that ends there."""
    if not start:
        canvas.words(name)
        return
    above = canvas.y - GAP
    canvas.ax.plot([start, start], [above, canvas.y + LINE], color=MUTED, linewidth=0.8)
    at = min(start / right * ROOM + 4, ROOM - length(name)) * right / ROOM
    clear = {"facecolor": "white", "edgecolor": "none", "pad": 0.5}
    look = {"color": INK, "fontsize": POINTS, "bbox": clear}
    canvas.ax.text(max(at, 0), canvas.y, name, va="top", **look)
    canvas.y += LINE


def _starts(steps: list[tuple[str, Quantity]], adds: Sequence[bool]) -> list[float]:
    """Where each bar of a bridge begins."""
    starts: list[float] = []
    total: Quantity | None = None
    for number, ((name, quantity), is_added) in enumerate(zip(steps, adds, strict=True)):
        if is_added and total is not None:
            starts.append(total.number)
            total = total + quantity
            continue
        after_parts = number > 0 and adds[number - 1]
        if after_parts and total is not None and total.number != quantity.number:
            told = f"is {quantity.number:,.0f}, but what stands above adds up to"
            raise ChartError(f"{name!r} {told} {total.number:,.0f}")
        starts.append(0.0)
        total = quantity
    return starts


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
    `bars`; no dot is hatched. Raises ChartError where a number is not whole, or the rows are more
    or fewer than the whole, or as in `bars`.

    Example: `briefing.dots(ax, frame, "label", "quantity")`.
    """
    rows, looks = rows_of(data, label, value), looks_of(looks, len(data))
    parts = [(str(name), as_quantity(cell)) for name, cell in rows]
    counts = [_count(name, quantity) for name, quantity in parts]
    names = [_counted(name, quantity) for name, quantity in parts]
    shown = [LOOKS[look] | {"hatch": None} for look in looks]
    with house():
        canvas = Canvas(ax, head)
        if whole is None:
            pitch = _pitch(max(counts))
            if "planned" in looks and set(looks) != {"planned"}:
                canvas.key([(translate("Planned"), LOOKS["planned"])])
            for name, count, look in zip(names, counts, shown, strict=True):
                canvas.words(name)
                _dots(canvas, [(count, look)], pitch)
        else:
            _check_whole(_count("whole", whole), sum(counts))
            shown = _told_apart(looks, shown)
            canvas.key(zip(names, shown, strict=True))
            _dots(canvas, zip(counts, shown, strict=True), DOT)
        told = [_told(q, look, "") for (_, q), look in zip(parts, shown, strict=True)]
        # A whole and its parts are no bars: they are a picture on a slide, too.
        panel = canvas.panel(head, rows, {value: told}) if whole is None else None
        canvas.finish(rows, ROOM, panel)


def _counted(name: str, quantity: Quantity) -> str:
    return translate("{name}: {words}").format(name=name, words=_beside(quantity, ""))


def _count(name: str, quantity: Quantity) -> int:
    if quantity.number != int(quantity.number) or quantity.number > MOST_DOTS:
        told = f"expected a whole number of at most {MOST_DOTS} dots"
        raise ChartError(f"{name!r} is {quantity.number:,.6g}, {told}")
    return int(quantity.number)


def _check_whole(whole: int, parts: int) -> None:
    if parts != whole:
        how = "more" if parts > whole else "fewer"
        told = f"the rows are {abs(parts - whole)} {how} than their whole"
        raise ChartError(f"{told}, expected a row for each part of it")


def _told_apart(looks: list[str], shown: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The same looks, each fact with a colour of its own."""
    facts, colors = looks.count("fact"), iter(SERIES)
    if facts > len(SERIES):
        raise ChartError(f"{facts} rows are facts of one whole, expected at most {len(SERIES)}")
    told = zip(looks, shown, strict=True)
    return [_solid(next(colors)) if look == "fact" else one for look, one in told]


def _pitch(longest: int) -> float:
    """From dot to dot, in points: so close that each row is a line, if that is not too close."""
    found = ROOM / max(longest, 1)
    return min(DOT, found) if found >= LEAST_DOT else DOT


def _dots(canvas: Canvas, parts: Iterable[tuple[int, dict[str, Any]]], pitch: float) -> None:
    """Dots in lines as wide as the picture, part after part."""
    a_line, place = int(ROOM / pitch + 0.001), 0
    for count, look in parts:
        places = range(place, place + count)
        colors = {"facecolors": look["facecolor"], "edgecolors": look["edgecolor"]}
        x = [pitch * (spot % a_line) + pitch / 2 for spot in places]
        y = [canvas.y + pitch * (spot // a_line) + pitch / 2 for spot in places]
        canvas.ax.scatter(x, y, 0.5 * pitch**2, linewidths=1, **colors)
        place += count
    canvas.y += pitch * -(-place // a_line) + pitch
