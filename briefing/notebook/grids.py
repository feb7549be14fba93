"""Charts of when and of who: spans on an axis of time, and roles in a matrix."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.dates import date2num

from briefing.core.labels import date
from briefing.core.language import translate
from briefing.core.period import Period
from briefing.core.sentences import filled
from briefing.notebook.canvas import (
    BESIDE,
    ROOM,
    Canvas,
    ChartError,
    as_bar,
    looks_of,
    rows_of,
)
from briefing.notebook.house import (
    BLUE,
    FAINT,
    INK,
    LINE,
    LOOKS,
    MUTED,
    POINTS,
    broken,
    house,
    length,
)

SPAN = 8  # points: the height of a span
ARROW = 14  # points: the length of an arrow, which tells no length of time
CLEAR = BESIDE + 3  # points: from a span to its words
MANY_YEARS = 6  # beyond which only some years are named
OPEN = {"before": "<", "by_end": "<", "since": ">"}  # what is said of a time with one end
JULY = 7  # the month with which the second half of a year begins


@dataclass
class _Event:
    """What is drawn of an event: a mark from a day to a day, counted from the first year."""

    name: str
    when: Period
    look: str
    start: float
    end: float


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
    rows, looks = rows_of(data, *columns), looks_of(looks, len(data))
    for *_, name, period in rows:
        if not isinstance(period, Period) or not period:
            raise ChartError(f"{name!r} has no period, expected one to draw")
    years = _years([period for *_, period in rows])
    events = [_event(*row[-2:], look, years) for row, look in zip(rows, looks, strict=True)]
    lanes: dict[str, list[_Event]] = {}
    for row, event in zip(rows, events, strict=True):
        lanes.setdefault(str(row[0]) if lane else "", []).append(event)
    days = _days(years[-1] + 1, years)
    with house():
        canvas = Canvas(ax, "")
        _key(canvas, events, days)
        top = canvas.y
        canvas.y += LINE
        for name, found in lanes.items():
            _lane(canvas, name, found, days)
        _grid(canvas, years, top, days)
        canvas.finish(rows, days, _panel(canvas, lanes, when))


def _years(periods: Sequence[Period]) -> range:
    """The years that some periods lie in."""
    first = min(period.start.year for period in periods)
    return range(first, max(period.end.year for period in periods) + 1)


def _days(year: int, years: range) -> float:
    """The days from the beginning of the first of some years to that of a year."""
    return float(date2num(datetime.date(year, 1, 1)) - date2num(datetime.date(years[0], 1, 1)))


def _event(name: str, when: Period, look: str, years: range) -> _Event:
    origin = date2num(datetime.date(years[0], 1, 1))
    start, end = float(date2num(when.start) - origin), float(date2num(when.end) - origin) + 1
    middle = float(date2num(datetime.date(when.start.year, JULY, 1)) - origin)
    start = middle if when.part == "second_half" else start
    end = middle if when.part == "first_half" else end
    arrow = ARROW * _days(years[-1] + 1, years) / ROOM
    if when.part == "since":
        end = start + arrow
    elif when.part in OPEN:
        end = start if when.part == "before" else end
        start = end - arrow
    is_vague = when.is_whole and len(when.parts) == 1 and when.part not in OPEN
    return _Event(str(name), when, "unknown" if is_vague and look == "fact" else look, start, end)


def _key(canvas: Canvas, events: list[_Event], days: float) -> None:
    """What the looks of spans mean, where not all are facts."""
    meant = {"unknown": "Exact date not given", "planned": "Planned"}
    seen = {event.look for event in events if event.when.part not in OPEN}
    named = [(translate(words), LOOKS[look]) for look, words in meant.items() if look in seen]
    if named:
        canvas.key(named, days)


def _lane(canvas: Canvas, name: str, events: list[_Event], days: float) -> None:
    """A lane: a line and its name, and its events one below the other."""
    canvas.ax.plot([0, days], [canvas.y, canvas.y], color=FAINT, linewidth=1)
    canvas.y += 3
    if name:
        canvas.words(name, MUTED)
    for event in events:
        _draw(canvas, event, days / ROOM)
    canvas.y += 3


def _draw(canvas: Canvas, event: _Event, per_point: float) -> None:
    """An event: its mark, and its words on the side that has more room, or above."""
    words = str(filled("{when}: {name}", when=event.when, name=event.name))
    words = words[:1].upper() + words[1:]
    before, after = event.start / per_point - CLEAR, ROOM - event.end / per_point - CLEAR
    room, above = max(before, after), broken(words, ROOM)
    beside = broken(words, max(room, 0))
    look = {"va": "center_baseline", "color": INK, "fontsize": POINTS}
    if len(beside) > len(above) + 1 or max(map(length, beside)) > room:
        left = max(min(event.start / per_point, ROOM - max(map(length, above))), 0)
        _lines(canvas, above, left * per_point, look)
        _mark(canvas, event, canvas.y + SPAN / 2)
        canvas.y += SPAN + 4
        return
    at, side = (ROOM - room, "left") if after >= before else (room, "right")
    _mark(canvas, event, canvas.y + LINE / 2)
    _lines(canvas, beside, at * per_point, look | {"ha": side})
    canvas.y += 2


def _lines(canvas: Canvas, lines: list[str], at: float, look: dict[str, Any]) -> None:
    for line in lines:
        canvas.ax.text(at, canvas.y + LINE / 2, line, **look)
        canvas.y += LINE


def _mark(canvas: Canvas, event: _Event, middle: float) -> None:
    """A diamond for a day, an arrow for a time with one end, else a bar from end to end."""
    look, tip = LOOKS[event.look], OPEN.get(event.when.part)
    color = look["edgecolor"]
    if tip:
        ends = [event.start, event.end]
        canvas.ax.plot(ends, [middle, middle], color=color, linewidth=1.5)
        at = ends[tip == ">"]
        canvas.ax.plot(at, middle, tip, color=color, markersize=6, clip_on=False)
    elif event.when.days == 1:
        fill = {"markerfacecolor": look["facecolor"], "markeredgecolor": color}
        canvas.ax.plot(event.start, middle, "D", markersize=SPAN - 1, clip_on=False, **fill)
    else:
        at = (middle, event.end - event.start, SPAN, event.start)
        canvas.ax.barh(*at, linewidth=1, zorder=3, clip_on=False, **look)


def _grid(canvas: Canvas, years: range, top: float, days: float) -> None:
    """A line where each year begins, with its name at its top."""
    for year in years[:: 1 + len(years) // MANY_YEARS]:
        start = _days(year, years)
        canvas.ax.plot([start, start], [top, canvas.y], color=FAINT, linewidth=1, zorder=0)
        words = {"va": "top", "color": MUTED, "fontsize": POINTS}
        canvas.ax.text(start + 3 * days / ROOM, top, date(Period(f"{year}")), **words)


def _panel(canvas: Canvas, lanes: dict[str, list[_Event]], when: str) -> dict[str, Any]:
    """What was drawn as bars of a slide, in days from the first year; an arrow is hatched."""
    bars, names = [], []
    for lane, events in lanes.items():
        for event in events:
            look = LOOKS["unknown" if event.when.part in OPEN else event.look]
            told = {"label": date(event.when), **as_bar(look)}
            bars.append({"start": event.start, "length": event.end - event.start, **told})
            names.append((f"{lane}: {event.name}" if lane else event.name,))
    return canvas.panel("", names, {when: bars})


def matrix(ax: Axes, data: pd.DataFrame, row: str, column: str, cell: str) -> None:
    """Draw who does what where: a row each, its name above, and in each column what is said.

    row, column, cell: columns of words; a row and a column may meet more than once. Raises
    ChartError where data has no such column or no row.

    Example: `briefing.matrix(ax, roles, "who", "where", "role")`.
    """
    rows = rows_of(data, row, column, cell)
    names = list(dict.fromkeys(str(name) for name, _, _ in rows))
    heads = list(dict.fromkeys(str(head) for _, head, _ in rows))
    slot = ROOM / len(heads)
    with house():
        canvas = Canvas(ax, "")
        _heads(canvas, heads, slot)
        for name in names:
            canvas.ax.plot([0, ROOM], [canvas.y, canvas.y], color=FAINT, linewidth=1)
            canvas.y += 4
            canvas.words(name)
            mine = [(str(head), str(words)) for who, head, words in rows if str(who) == name]
            _cells(canvas, mine, heads, slot)
        canvas.finish(rows, ROOM, canvas.table(names, heads, rows))


def _heads(canvas: Canvas, heads: list[str], slot: float) -> None:
    """The heads of columns, along their lines; upright where a word is longer than its column."""
    lines = [broken(head, slot - BESIDE) for head in heads]
    upright = any(length(line) > slot - 2 for found in lines for line in found)
    look = {"color": MUTED, "fontsize": POINTS}
    if upright:
        lines = [broken(head, 9 * LINE) for head in heads]
        high = max(length(line) for found in lines for line in found) + 4
        for number, found in enumerate(lines):
            for place, line in enumerate(found):
                at = (number * slot + place * LINE, canvas.y + high)
                canvas.ax.text(*at, line, rotation=90, va="bottom", **look)
        canvas.y += high
        return
    for number, found in enumerate(lines):
        for place, line in enumerate(found):
            canvas.ax.text(number * slot, canvas.y + place * LINE, line, va="top", **look)
    canvas.y += LINE * max(map(len, lines)) + 2


def _cells(canvas: Canvas, cells: list[tuple[str, str]], heads: list[str], slot: float) -> None:
    """What a row says in its columns; under one head one below the other."""
    filled = dict.fromkeys(heads, 0)
    for head, words in cells:
        for line in broken(words, slot - 2):
            at = (heads.index(head) * slot, canvas.y + LINE * filled[head])
            canvas.ax.text(*at, line, va="top", color=BLUE, fontsize=POINTS)
            filled[head] += 1
    canvas.y += LINE * max(filled.values()) + BESIDE
