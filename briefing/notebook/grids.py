"""Charts of when, who and where: spans on an axis of time, roles in a matrix, tiles by region."""

import datetime
from collections.abc import Sequence

import pandas as pd
from matplotlib.axes import Axes

from briefing.core.labels import LISTED, date
from briefing.core.language import translate
from briefing.core.period import SHARES, Period
from briefing.core.sentences import filled
from briefing.notebook import house
from briefing.notebook.blocks import Block
from briefing.notebook.canvas import Canvas, ChartError, as_bar, bars_panel, fitting, rows_of

SPAN = 8  # points: the height of a span
ARROW = 14  # points: the length of an arrow, which tells no length of time
WORDS = 0.62  # of the width, the share that words take beside the axis of years
INSET = 3  # points: from a box or tile to its words, and to the next
ACROSS = 4  # tiles in a row
SIDE = (house.ROOM - (ACROSS - 1) * INSET) / ACROSS  # points: the width of a tile
SHORT = 2 * house.POINTS  # two Chinese characters
MANY_YEARS = 6  # beyond which only some years are named
MEANT = {"unknown": "Exact date not given", "begun": "Under way", "planned": "Planned"}
OPEN = {"before": "<", "by_end": "<", "since": ">"}  # what is said of a time with one end


class _Event:
    """What is drawn of an event: a mark from a day to a day, counted from the first year.

    arrow: the days that an arrow is long.
    """

    def __init__(self, name: str, when: Period, look: str, first: int, arrow: float) -> None:
        start, end = _days(first, when.start), _days(first, when.end) + 1
        first_share, last_share = SHARES.get(when.part, (0, 1))
        start, end = start + first_share * (end - start), start + last_share * (end - start)
        if when.part == "since":
            end = start + arrow
        elif when.part in OPEN:
            end = start if when.part == "before" else end
            start = end - arrow
        is_vague = when.is_whole and len(when.parts) == 1 and when.part not in OPEN
        self.name, self.when, self.start, self.end = name, when, start, end
        self.look = "unknown" if is_vague and look == "fact" else look


def _days(first: int, day: datetime.date) -> float:
    """The days from the beginning of a year to that of a day."""
    return float((day - datetime.date(first, 1, 1)).days)


@house.style()
def spans(
    ax: Axes,
    data: pd.DataFrame,
    label: str,
    when: str,
    lane: str = "",
    looks: str | Sequence[str] = "fact",
) -> None:
    """Draw when each row is, on one axis of years, beside its date and label.

    label: a column of words; when: a column of periods; lane: one of words, under which rows stand
    together. looks: as for `bars`. A day is a diamond; a year or a part of it is hatched where no
    more is known of a fact; what is before, since or by the end of a time is an arrow. Raises
    ChartError where data has no such column, no row, or a row without a period.

    Example: `briefing.spans(ax, events, "label", "when")`.
    """
    columns = [lane, label, when] if lane else [label, when]
    rows, looks = rows_of(data, *columns, looks=looks)
    for *_, name, period in rows:
        if not isinstance(period, Period) or not period:
            raise ChartError(f"{name!r} has no period, expected one to draw")
    first = min(period.start.year for *_, period in rows)
    years = range(first, max(period.end.year for *_, period in rows) + 1)
    days = _days(first, datetime.date(years[-1] + 1, 1, 1))
    chart = Canvas(ax, right=days / (1 - WORDS))
    begin = chart.right - days  # where the years do
    lanes: dict[str, list[_Event]] = {}
    for row, look in zip(rows, looks, strict=True):
        event = _Event(str(row[-2]), row[-1], look, first, ARROW * chart.right / house.ROOM)
        lanes.setdefault(str(row[0]) if lane else "", []).append(event)
    drawn = [(name, event) for name, events in lanes.items() for event in events]
    seen = {event.look for _, event in drawn}
    if named := [(translate(words), house.LOOKS[it]) for it, words in MEANT.items() if it in seen]:
        chart.key(named)
    top = chart.y
    chart.y += house.LINE
    for name, events in lanes.items():
        ax.plot([0, chart.right], [chart.y, chart.y], color=house.FAINT, linewidth=1)
        chart.y += 3
        if name:
            chart.words(name, house.MUTED)
        for event in events:
            _draw(chart, event, begin)
    for year in years[:: 1 + len(years) // MANY_YEARS]:
        start = begin + _days(first, datetime.date(year, 1, 1))
        below = [top + house.LINE, chart.y]
        ax.plot([start, start], below, color=house.FAINT, linewidth=1, zorder=0)
        chart.write(start, top, f"{year}", house.MUTED)
    names = [f"{name}: {event.name}" if name else event.name for name, event in drawn]
    chart.finish(columns, rows, bars_panel(names, {when: [_bar(event) for _, event in drawn]}))


def _draw(chart: Canvas, event: _Event, begin: float) -> None:
    """An event's words, and beside their first line its mark.

    This is a diamond for a day, an arrow for a time with one end, else a bar from end to end.
    begin: where the first year does.
    """
    words = str(filled("{when}: {name}", when=event.when, name=event.name))
    lines = house.even(words[:1].upper() + words[1:], WORDS * house.ROOM - house.GAP)
    middle, ends = chart.y + house.LINE / 2, [begin + event.start, begin + event.end]
    chart.lines(0, lines)
    look, tip = house.LOOKS[event.look], OPEN.get(event.when.part)
    sign = {"color": look["edgecolor"], "markerfacecolor": look["facecolor"]}
    if tip:
        style = "--" if event.look == "planned" else "-"
        chart.ax.plot(ends, [middle, middle], style, color=look["edgecolor"], linewidth=1.5)
        chart.ax.plot(ends[tip == ">"], middle, tip, markersize=6, **sign)
    elif event.when.days == 1:
        chart.ax.plot(ends[0], middle, "D", markersize=SPAN - 1, **sign)
    else:
        chart.bar(look | {"zorder": 3}, ends[0], middle, ends[1] - ends[0], SPAN)
    chart.y += house.BESIDE


def _bar(event: _Event) -> Block:
    """An event as a bar of a slide, in days from the first year; an arrow of a fact is hatched."""
    is_open = event.when.part in OPEN and event.look == "fact"
    look = house.LOOKS["unknown" if is_open else event.look]
    return as_bar(look, event.start, event.end - event.start, date(event.when))


@house.style()
def matrix(
    ax: Axes,
    data: pd.DataFrame,
    row: str,
    column: str,
    cell: str,
    looks: str | Sequence[str] = "fact",
) -> None:
    """Draw who does what where: a row each with its name, and in each column what is said.

    row, column, cell: columns of words; a row and a column may meet more than once. looks: as for
    `bars`. Raises ChartError where data has no such column or no row, or words have no room.

    Example: `briefing.matrix(ax, roles, "who", "where", "role")`.
    """
    drawn, looks = rows_of(data, row, column, cell, looks=looks)
    rows = [(*map(str, cells), house.LOOKS[look]) for cells, look in zip(drawn, looks, strict=True)]
    names, heads = (list(dict.fromkeys(row[part] for row in rows)) for part in range(2))
    chart, slot = Canvas(ax), house.ROOM / len(heads)
    top = bottom = chart.y
    for number, head in enumerate(heads):
        chart.y = top
        chart.lines(number * slot, fitting(head, slot - house.BESIDE), house.MUTED)
        bottom = max(bottom, chart.y)
    chart.y = bottom + 2
    lines, fills = [], [[""] * (len(heads) + 1)]
    for name in names:
        ax.plot([0, house.ROOM], [chart.y, chart.y], color=house.FAINT, linewidth=1)
        mine = [cells for who, *cells in rows if who == name]
        chart.y += 4
        chart.words(name)
        said: dict[str, list[str]] = {head: [] for head in heads}
        ends = dict.fromkeys(heads, chart.y + 2)
        colors = dict.fromkeys(heads, "")
        for head, words, look in mine:
            said[head].append(words)
            colors[head] = look["facecolor"]
            at = (heads.index(head) * slot, ends[head])
            ends[head] += _chip(chart, words, at, slot - INSET, look) + INSET
        chart.y = max(chart.y, *ends.values()) + INSET
        lines.append([name, *map(translate(LISTED).join, said.values())])
        fills.append(["", *colors.values()])
    chart.finish([row, column, cell], drawn, {"table": [["", *heads], *lines], "fills": fills})


def _chip(chart: Canvas, words: str, at: tuple[float, float], wide: float, look: Block) -> float:
    """Words in a box of a look; returns how high it is."""
    lines, ink = fitting(words, wide - 2 * INSET), house.ink_on(look["facecolor"])
    (left, top), high = at, house.TIGHT * len(lines) + 2 * INSET
    chart.bar(look, left, top + high / 2, wide, high)
    for number, line in enumerate(lines):
        chart.write(left + INSET, top + INSET + house.TIGHT * number, line, ink)
    return high


@house.style()
def tiles(ax: Axes, data: pd.DataFrame, label: str, group: str, beside: str = "") -> None:
    """Draw a tile with its name for each row, all of one width, under the head of its group.

    label, group: columns of words; groups stand in the order in which they are met. beside: one of
    words, beside each of which its tile has a row of its own. Raises ChartError where data has no
    such column or no row.

    Example: `briefing.tiles(ax, roles, "who", "where")`.
    """
    named = [name for name in (label, group, beside) if name]
    drawn, _ = rows_of(data, *named)
    rows = [dict(zip(named, map(str, row), strict=True)) for row in drawn]
    chart = Canvas(ax)
    across = 1 if beside else ACROSS
    least = 1 if beside else max(len(_lines(row[label])) for row in rows)
    table: list[list[str]] = [[""]]
    for name in dict.fromkeys(row[group] for row in rows):
        chart.words(name, house.MUTED)
        chart.y += 1
        members = [row for row in rows if row[group] == name]
        for start in range(0, len(members), across):
            line = members[start : start + across]
            said = [line[0][beside]] if beside else []
            names = [row[label] for row in line]
            room = house.ROOM - SIDE - house.BESIDE
            words = house.broken(said[0], room) if said else []
            _tiles(chart, list(map(_lines, names)), words, least)
            table.append(["" if start else name, *names, *said])
        chart.y += house.GAP / 2
    fills = [["", *[house.BLUE] * min(across, len(row) - 1)] for row in table]
    for cells in table + fills:
        cells += [""] * (ACROSS + 1 - len(cells))
    chart.finish(named, drawn, {"title": "", "table": table, "fills": fills})


def _tiles(chart: Canvas, names: list[list[str]], words: list[str], least: int) -> None:
    """Tiles side by side, of at least so many lines, and the words beside them."""
    high = house.TIGHT * max(least, len(words), *map(len, names)) + 2 * INSET
    middle = chart.y + high / 2
    for place, lines in enumerate(names):
        x = place * (SIDE + INSET)
        chart.bar(house.LOOKS["fact"], x, middle, SIDE, high)
        _set(chart, lines, x + SIDE / 2, middle, house.WHITE, ha="center")
    _set(chart, words, SIDE + house.BESIDE, middle, house.INK, ha="left")
    chart.y += high + INSET


def _set(chart: Canvas, lines: list[str], x: float, middle: float, color: str, ha: str) -> None:
    """Lines of words about a height, from or around a place."""
    for number, line in enumerate(lines):
        y = middle + house.TIGHT * (number - (len(lines) - 1) / 2)
        chart.write(x, y, line, color, ha=ha, va="center_baseline")


def _lines(name: str) -> list[str]:
    """A name in lines of a tile, of which the last is no single sign, where that can be helped."""
    found = [house.broken(name, SIDE - 2 * INSET - less * house.POINTS) for less in range(2)]
    return next((lines for lines in found if house.length(lines[-1]) > SHORT), found[0])
