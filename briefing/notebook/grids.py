"""Charts of when and of who: spans on an axis of time, and roles in a matrix."""

import datetime
from collections.abc import Sequence
from typing import NamedTuple

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.dates import date2num

from briefing.core.labels import date
from briefing.core.language import translate
from briefing.core.period import Period
from briefing.core.sentences import filled
from briefing.notebook.blocks import Block
from briefing.notebook.canvas import BESIDE, ROOM, Canvas, ChartError, as_bar, rows_of
from briefing.notebook.house import BLUE, FAINT, LINE, LOOKS, MUTED, broken, house, length

SPAN = 8  # points: the height of a span
ARROW = 14  # points: the length of an arrow, which tells no length of time
CLEAR = BESIDE + 3  # points: from a span to its words
MANY_YEARS = 6  # beyond which only some years are named
OPEN = {"before": "<", "by_end": "<", "since": ">"}  # what is said of a time with one end
JULY = 7  # the month with which the second half of a year begins


class _Event(NamedTuple):
    """What is drawn of an event: a mark from a day to a day, counted from the first year."""

    name: str
    when: Period
    look: str
    start: float
    end: float


@house()
def spans(
    ax: Axes,
    data: pd.DataFrame,
    label: str,
    when: str,
    lane: str = "",
    looks: str | Sequence[str] = "fact",
) -> None:
    """Draw when each row is, on one axis of years, its date and label beside it or above.

    label: a column of words; when: a column of periods; lane: one of words, under which rows stand
    together. looks: as for `bars`. A day is a diamond; a year is hatched where more is not known of
    a fact; what is before, since or by the end of a time is an arrow. Raises ChartError where data
    has no such column, no row, or a row without a period.

    Example: `briefing.spans(ax, events, "label", "when")`.
    """
    columns = [lane, label, when] if lane else [label, when]
    rows, looks = rows_of(data, *columns, looks=looks)
    for *_, name, period in rows:
        if not isinstance(period, Period) or not period:
            raise ChartError(f"{name!r} has no period, expected one to draw")
    first = min(period.start.year for *_, period in rows)
    years = range(first, max(period.end.year for *_, period in rows) + 1)
    days = _days(first, years[-1] + 1)
    lanes: dict[str, list[_Event]] = {}
    for row, look in zip(rows, looks, strict=True):
        event = _event(str(row[-2]), row[-1], look, first, ARROW * days / ROOM)
        lanes.setdefault(str(row[0]) if lane else "", []).append(event)
    chart = Canvas(ax)
    seen = {it.look for events in lanes.values() for it in events if it.when.part not in OPEN}
    meant = {"unknown": "Exact date not given", "planned": "Planned"}
    if named := [(translate(words), LOOKS[it]) for it, words in meant.items() if it in seen]:
        chart.key(named, days)
    top = chart.y
    chart.y += LINE
    for name, events in lanes.items():
        ax.plot([0, days], [chart.y, chart.y], color=FAINT, linewidth=1)
        chart.y += 3
        if name:
            chart.words(name, MUTED)
        for event in events:
            _draw(chart, event, days / ROOM)
        chart.y += 3
    for year in years[:: 1 + len(years) // MANY_YEARS]:
        start = _days(first, year)
        ax.plot([start, start], [top, chart.y], color=FAINT, linewidth=1, zorder=0)
        chart.write(start + 3 * days / ROOM, top, date(Period(f"{year}")), MUTED)
    drawn = [(name, event) for name, events in lanes.items() for event in events]
    names = [f"{name}: {it.name}" if name else it.name for name, it in drawn]
    chart.finish_bars(rows, days, {when: [_bar(event) for _, event in drawn]}, names)


def _days(first: int, year: int) -> float:
    """The days from the beginning of one year to that of another."""
    return float(date2num(datetime.date(year, 1, 1)) - date2num(datetime.date(first, 1, 1)))


def _event(name: str, when: Period, look: str, first: int, arrow: float) -> _Event:
    """An event in days since the first year. arrow: the days that an arrow is long."""
    origin = date2num(datetime.date(first, 1, 1))
    start, end = float(date2num(when.start) - origin), float(date2num(when.end) - origin) + 1
    middle = float(date2num(datetime.date(when.start.year, JULY, 1)) - origin)
    start = middle if when.part == "second_half" else start
    end = middle if when.part == "first_half" else end
    if when.part == "since":
        end = start + arrow
    elif when.part in OPEN:
        end = start if when.part == "before" else end
        start = end - arrow
    is_vague = when.is_whole and len(when.parts) == 1 and when.part not in OPEN
    return _Event(name, when, "unknown" if is_vague and look == "fact" else look, start, end)


def _draw(chart: Canvas, event: _Event, per_point: float) -> None:
    """An event: its mark, and its words on the side that has more room, or above."""
    words = str(filled("{when}: {name}", when=event.when, name=event.name))
    words = words[:1].upper() + words[1:]
    before, after = event.start / per_point - CLEAR, ROOM - event.end / per_point - CLEAR
    room, above = max(before, after), broken(words, ROOM)
    beside = broken(words, max(room, 0))
    if len(beside) > len(above) + 1 or max(map(length, beside)) > room:
        left = max(min(event.start / per_point, ROOM - max(map(length, above))), 0)
        _lines(chart, above, left * per_point, "left")
        _mark(chart, event, chart.y + SPAN / 2)
        chart.y += SPAN + 4
        return
    at, side = (ROOM - room, "left") if after >= before else (room, "right")
    _mark(chart, event, chart.y + LINE / 2)
    _lines(chart, beside, at * per_point, side)
    chart.y += 2


def _lines(chart: Canvas, lines: list[str], at: float, side: str) -> None:
    for line in lines:
        chart.write(at, chart.y + LINE / 2, line, va="center_baseline", ha=side)
        chart.y += LINE


def _mark(chart: Canvas, event: _Event, middle: float) -> None:
    """A diamond for a day, an arrow for a time with one end, else a bar from end to end."""
    look, tip = LOOKS[event.look], OPEN.get(event.when.part)
    color = look["edgecolor"]
    if tip:
        ends = [event.start, event.end]
        chart.ax.plot(ends, [middle, middle], color=color, linewidth=1.5)
        chart.ax.plot(ends[tip == ">"], middle, tip, color=color, markersize=6, clip_on=False)
    elif event.when.days == 1:
        fill = {"markerfacecolor": look["facecolor"], "markeredgecolor": color}
        chart.ax.plot(event.start, middle, "D", markersize=SPAN - 1, clip_on=False, **fill)
    else:
        look = look | {"zorder": 3, "clip_on": False}
        chart.bar(look, middle, event.end - event.start, SPAN, event.start)


def _bar(event: _Event) -> Block:
    """An event as a bar of a slide, in days from the first year; an arrow is hatched."""
    look = LOOKS["unknown" if event.when.part in OPEN else event.look]
    return as_bar(look, event.start, event.end - event.start, date(event.when))


@house()
def matrix(ax: Axes, data: pd.DataFrame, row: str, column: str, cell: str) -> None:
    """Draw who does what where: a row each, its name above, and in each column what is said.

    row, column, cell: columns of words; a row and a column may meet more than once. Raises
    ChartError where data has no such column or no row.

    Example: `briefing.matrix(ax, roles, "who", "where", "role")`.
    """
    rows, _ = rows_of(data, row, column, cell)
    names, heads, _ = (list(dict.fromkeys(map(str, cells))) for cells in zip(*rows, strict=True))
    slot = ROOM / len(heads)
    chart = Canvas(ax)
    _heads(chart, heads, slot)
    lines = []
    for name in names:
        ax.plot([0, ROOM], [chart.y, chart.y], color=FAINT, linewidth=1)
        chart.y += 4
        chart.words(name)
        said: dict[str, list[str]] = {head: [] for head in heads}
        taken = dict.fromkeys(heads, 0)
        for who, head, words in ((str(cell) for cell in row) for row in rows):
            if who == name:
                said[head].append(words)
                for line in broken(words, slot - 2):
                    at = (heads.index(head) * slot, chart.y + LINE * taken[head])
                    chart.write(*at, line, BLUE)
                    taken[head] += 1
        chart.y += LINE * max(taken.values()) + BESIDE
        lines.append([name, *map("; ".join, said.values())])
    chart.finish(rows, ROOM, {"table": [["", *heads], *lines]})


def _heads(chart: Canvas, heads: list[str], slot: float) -> None:
    """The heads of columns, along their lines; upright where a word is longer than its column."""
    lines = [broken(head, slot - BESIDE) for head in heads]
    is_upright = any(length(line) > slot - 2 for found in lines for line in found)
    if is_upright:
        lines = [broken(head, 9 * LINE) for head in heads]
        high = max(length(line) for found in lines for line in found) + 4
    for number, found in enumerate(lines):
        for place, line in enumerate(found):
            x, down = number * slot, place * LINE
            if is_upright:
                at = (x + down, chart.y + high)
                chart.write(*at, line, MUTED, rotation=90, va="bottom")
            else:
                chart.write(x, chart.y + down, line, MUTED)
    chart.y += high if is_upright else LINE * max(map(len, lines)) + 2
