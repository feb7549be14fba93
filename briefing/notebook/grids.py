"""Charts of when and of who: spans on an axis of time, and roles in a matrix."""

import datetime
from collections.abc import Sequence
from typing import Any, NamedTuple

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.dates import date2num

from briefing.core.labels import date
from briefing.core.language import translate
from briefing.core.period import Period
from briefing.core.sentences import filled
from briefing.notebook.blocks import Block
from briefing.notebook.canvas import (
    BESIDE,
    ROOM,
    Canvas,
    ChartError,
    as_bar,
    rows_of,
)
from briefing.notebook.house import (
    CLEAR,
    DARK,
    FAINT,
    INK,
    LINE,
    LOOKS,
    MUTED,
    TIGHT,
    WHITE,
    broken,
    even,
    house,
    length,
)

SPAN = 8  # points: the height of a span
ARROW = 14  # points: the length of an arrow, which tells no length of time
APART = 2  # points: from the words of a span to it
INSET = 3  # points: from a box to its words, and from box to box
MANY_YEARS = 6  # beyond which only some years are named
OPEN = {"before": "<", "by_end": "<", "since": ">"}  # what is said of a time with one end
# Which share of a year is meant: no month is.
SHARES = {
    "early": (0, 1 / 3),
    "mid": (1 / 3, 2 / 3),
    "late": (2 / 3, 1),
    "first_half": (0, 1 / 2),
    "second_half": (1 / 2, 1),
}


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
    """Draw when each row is, on one axis of years, below its date and label.

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
    days = _days(first, years[-1] + 1)
    lanes: dict[str, list[_Event]] = {}
    for row, look in zip(rows, looks, strict=True):
        event = _event(str(row[-2]), row[-1], look, first, ARROW * days / ROOM)
        lanes.setdefault(str(row[0]) if lane else "", []).append(event)
    chart = Canvas(ax)
    seen = {event.look for events in lanes.values() for event in events}
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
    first_share, last_share = SHARES.get(when.part, (0, 1))
    start, end = start + first_share * (end - start), start + last_share * (end - start)
    if when.part == "since":
        end = start + arrow
    elif when.part in OPEN:
        end = start if when.part == "before" else end
        start = end - arrow
    is_vague = when.is_whole and len(when.parts) == 1 and when.part not in OPEN
    return _Event(name, when, "unknown" if is_vague and look == "fact" else look, start, end)


def _draw(chart: Canvas, event: _Event, per_point: float) -> None:
    """An event: its words, from where it begins on if there is room, and below them its mark."""
    words = str(filled("{when}: {name}", when=event.when, name=event.name))
    start = event.start / per_point
    lines = even(words[:1].upper() + words[1:], ROOM)
    left = max(min(start, ROOM - max(map(length, lines))), 0) * per_point
    for line in lines:
        chart.write(left, chart.y, line, bbox=CLEAR)
        chart.y += LINE
    _mark(chart, event, chart.y + APART + SPAN / 2)
    chart.y += SPAN + APART + BESIDE


def _mark(chart: Canvas, event: _Event, middle: float) -> None:
    """A diamond for a day, an arrow for a time with one end, else a bar from end to end."""
    look, tip = LOOKS[event.look], OPEN.get(event.when.part)
    color = look["edgecolor"]
    if tip:
        ends = [event.start, event.end]
        line = {"color": color, "linestyle": "--" if event.look == "planned" else "-"}
        chart.ax.plot(ends, [middle, middle], linewidth=1.5, **line)
        head = {"color": color, "markerfacecolor": look["facecolor"]}
        chart.ax.plot(ends[tip == ">"], middle, tip, markersize=6, **head)
    elif event.when.days == 1:
        fill = {"markerfacecolor": look["facecolor"], "markeredgecolor": color}
        chart.ax.plot(event.start, middle, "D", markersize=SPAN - 1, **fill)
    else:
        chart.bar(look | {"zorder": 3}, middle, event.end - event.start, SPAN, event.start)


def _bar(event: _Event) -> Block:
    """An event as a bar of a slide, in days from the first year; an arrow of a fact is hatched."""
    is_open = event.when.part in OPEN and event.look == "fact"
    look = LOOKS["unknown" if is_open else event.look]
    return as_bar(look, event.start, event.end - event.start, date(event.when))


@house()
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
    `bars`. Raises ChartError where data has no such column or no row.

    Example: `briefing.matrix(ax, roles, "who", "where", "role")`.
    """
    drawn, looks = rows_of(data, row, column, cell, looks=looks)
    rows = [tuple(map(str, cells)) for cells in drawn]
    names, heads, _ = (list(dict.fromkeys(cells)) for cells in zip(*rows, strict=True))
    slot = ROOM / len(heads)
    chart = Canvas(ax)
    _heads(chart, heads, slot)
    lines, fills = [], [[""] * (len(heads) + 1)]
    for name in names:
        ax.plot([0, ROOM], [chart.y, chart.y], color=FAINT, linewidth=1)
        mine = [(*row[1:], look) for row, look in zip(rows, looks, strict=True) if row[0] == name]
        top = _named(chart, name, slot * min(heads.index(head) for head, *_ in mine))
        said: dict[str, list[str]] = {head: [] for head in heads}
        ends, colors = dict.fromkeys(heads, top), dict.fromkeys(heads, "")
        for head, words, look in mine:
            said[head].append(words)
            colors[head] = LOOKS[look]["facecolor"]
            at = (heads.index(head) * slot, ends[head])
            ends[head] += _chip(chart, words, at, slot - INSET, LOOKS[look]) + INSET
        chart.y = max(chart.y, *ends.values()) + INSET
        lines.append([name, *map("; ".join, said.values())])
        fills.append(["", *colors.values()])
    chart.finish(drawn, ROOM, {"table": [["", *heads], *lines], "fills": fills})


def _named(chart: Canvas, name: str, room: float) -> float:
    """The name of a row in the columns that it leaves empty, or above it; returns its top."""
    top = chart.y + 4
    chart.y = top
    for line in broken(name, room - INSET if room else ROOM):
        chart.write(0, chart.y, line)
        chart.y += LINE
    return top if room else chart.y + 2


def _chip(
    chart: Canvas, words: str, at: tuple[float, float], wide: float, look: dict[str, Any]
) -> float:
    """Words in a box of a look; returns how high it is."""
    lines = broken(words, wide - 2 * INSET)
    (left, top), high = at, TIGHT * len(lines) + 2 * INSET
    chart.bar(look, top + high / 2, wide, high, left)
    for number, line in enumerate(lines):
        ink = WHITE if look["facecolor"] in DARK else INK
        chart.write(left + INSET, top + INSET + TIGHT * number, line, ink)
    return high


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
