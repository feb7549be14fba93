"""Charts of when and of who: spans on an axis of time, and roles in a matrix."""

from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.dates import date2num

from briefing.core.labels import date
from briefing.core.period import Period
from briefing.core.sentences import filled
from briefing.notebook.canvas import (
    BESIDE,
    GAP,
    ROOM,
    Canvas,
    ChartError,
    as_bar,
    rows_of,
)
from briefing.notebook.house import (
    BLUE,
    FAINT,
    LINE,
    LOOKS,
    MUTED,
    POINTS,
    broken,
    house,
    length,
)

SPAN = 8  # points: the height of a span
MANY_YEARS = 6  # beyond which only some years are named
VAGUE = {"early", "mid", "late"}  # what is said of a year that names no month


def spans(ax: Axes, data: pd.DataFrame, label: str, when: str) -> None:
    """Draw when each row is, on one axis of time, with date and label above.

    label: a column of words; when: a column of periods. A day is a diamond, dates to the month a
    bar; a year of which no more is known is hollow, one that is early, mid or late is hatched.
    Raises ChartError where data has no such column, no row, or a row without a period.

    Example: `briefing.spans(ax, events, "label", "when")`.
    """
    rows = rows_of(data, label, when)
    for name, period in rows:
        if not isinstance(period, Period) or not period:
            raise ChartError(f"{name!r} has no period, expected one to draw")
    first = Period(min(period for _, period in rows)[:4]).start
    last = max(Period(period.parts[-1][:4]).end for _, period in rows)
    origin, years = float(date2num(first)), range(first.year, last.year + 1)
    days = float(date2num(last)) + 1 - origin
    with house():
        canvas = Canvas(ax, "")
        bars = []
        for name, period in rows:
            canvas.words(str(filled("{when}: {name}", when=period, name=str(name))))
            bars.append(_span(canvas, period, origin, days))
        ax.plot([0, days], [canvas.y, canvas.y], color=FAINT, linewidth=1)
        for named in _named(years):
            start = float(date2num(named.start)) - origin
            ax.plot([start, start], [canvas.y, canvas.y + 4], color=MUTED, linewidth=1)
            ax.text(start, canvas.y + 5, date(named), va="top", color=MUTED, fontsize=POINTS)
        canvas.y += LINE + BESIDE
        canvas.finish(rows, days, canvas.panel("", rows, {when: bars}))


def _named(years: range) -> list[Period]:
    """What an axis of time names: some years, or of a single one the quarters by their months."""
    if len(years) == 1:
        return [Period(f"{years[0]}-{month:02}") for month in (1, 4, 7, 10)]
    return [Period(f"{year}") for year in years[:: 1 + len(years) // MANY_YEARS]]


def _span(canvas: Canvas, period: Period, origin: float, days: float) -> dict[str, Any]:
    """Draw a span; returns it as a bar of a panel, in days from the origin."""
    start = float(date2num(period.start)) - origin
    end = start + period.days
    middle = canvas.y + SPAN / 2
    canvas.ax.plot([0, days], [middle, middle], color=FAINT, linewidth=1)
    whole_year = "unknown" if period.part in VAGUE else "planned"
    look = LOOKS["fact" if "-" in period else whole_year]
    if period.days == 1:
        canvas.ax.plot(start, middle, "D", color=BLUE, markersize=SPAN - 1, clip_on=False)
    else:
        at = (middle, end - start, SPAN, start)
        canvas.ax.barh(*at, linewidth=1, zorder=3, clip_on=False, **look)
    canvas.y += SPAN + GAP
    words = {"label": date(period), "bounds": ""}
    return {"start": start, "length": end - start, **words, **as_bar(look)}


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
