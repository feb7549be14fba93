"""Charts of who is linked with whom: boxes in rows, and straight links between them.

A box is as wide as all that it is linked with, so that every link goes straight up, down or to the
side, its words on it, and none crosses another.
"""

from collections.abc import Sequence
from graphlib import CycleError, TopologicalSorter
from itertools import combinations, cycle, pairwise
from typing import NamedTuple

import pandas as pd
from matplotlib.axes import Axes

from briefing.notebook import house
from briefing.notebook.blocks import Block
from briefing.notebook.canvas import Canvas, ChartError, fitting, one_a_row, rows_of

WAYS = ("down", "up", "beside")
PAD, GUTTER = 6, 14  # points: around the words of a box, and between two boxes
STUB, HEAD = 11, 7  # points: of a link on each side of its words, and of its arrow head
HEADS = {"down": "v", "up": "^"}
NEAR = 0.25  # of a row: how far from its row a box reaches
Span = tuple[float, float]


class Link(NamedTuple):
    """A row of the frame. first, last: what it lies between, from the top or from the left."""

    first: str
    last: str
    words: str
    look: str
    way: str

    @property
    def parts(self) -> list[str]:
        """What stands in rows: both its ends, and between them the words of one to the side."""
        return [self.first, *([self.words] if self.way == "beside" else []), self.last]


class Place(NamedTuple):
    """Where lines of words stand, in points from the left and from the top."""

    lines: list[str]
    left: float
    top: float
    wide: float
    high: float

    @property
    def middle(self) -> tuple[float, float]:
        return self.left + self.wide / 2, self.top + self.high / 2


def _around(lines: list[str], x: float, y: float) -> Place:
    """A place no larger than its words."""
    wide, high = max(map(house.length, lines)) + PAD, house.LINE * len(lines) + PAD / 2
    return Place(lines, x - wide / 2, y - high / 2, wide, high)


@house.style()
def links(
    ax: Axes,
    data: pd.DataFrame,
    start: str,
    end: str,
    label: str,
    looks: str | Sequence[str] = "fact",
    ways: str | Sequence[str] = "down",
    main: str = "",
) -> None:
    """Draw a link a row, from one box to another, with words on it.

    start, end, label: columns of words; an end that is the label of a link `beside` is that link.
    looks: as for `bars`; a link in doubt, planned or unknown is dashed. ways: `down`, `up`, or
    `beside` without an arrow head, one for all or one a row. main: the box that the others are
    drawn around. Raises ChartError where data has no such column, row or box, or where a link
    cannot be drawn straight.

    Example: `briefing.links(ax, roles, "who", "where", "role")`.
    """
    rows, looks = rows_of(data, start, end, label, looks=looks)
    found = []
    for cells, look, way in zip(rows, looks, one_a_row("ways", ways, WAYS, len(data)), strict=True):
        first, last, words = map(str, cells)
        found.append(Link(*((last, first) if way == "up" else (first, last)), words, look, way))
    plan = _Plan(found)
    plan.check()
    if main and main not in plan.boxes:
        raise ChartError(f"{main!r} is no box, expected one of {', '.join(plan.boxes)}")
    chart = Canvas(ax)
    places, boxes = plan.places(chart, main), []
    for name in plan.boxes:
        box, fill = places[name], house.BLUE if name == main else house.FAINT
        ax.barh(box.middle[1], box.wide, box.high, box.left, color=fill)
        _write(chart, box, house.ink_on(fill))
        boxes.append({"words": name, "place": _shares(chart, *box[1:]), "fill": fill})
    drawn = [_draw(chart, link, places, plan.room(link)) for link in found]
    chart.finish([start, end, label], rows, {"boxes": boxes, "links": drawn})


class _Plan:
    """Where the boxes of some links stand: their rows, then their columns."""

    def __init__(self, links: list[Link]) -> None:
        self.links = links
        self.upright = [link for link in links if link.way != "beside"]
        self.beside = [link for link in links if link.way == "beside"]
        self.ranks = self._ranks()
        self.rows: list[list[str]] = [[] for _ in range(max(self.ranks.values()) + 1)]
        for name, rank in self.ranks.items():
            self.rows[rank].append(name)
        self.spans = self._spans()
        # The words of a link to the side, where another link ends, are no box.
        self.inner = {link.words for link in self.beside}
        self.boxes = [name for name in self.ranks if name not in self.inner]

    def _ranks(self) -> dict[str, int]:
        """The row of each box; in a row what is linked to the side comes first."""
        row_of = {name: name for link in self.beside + self.upright for name in link.parts}
        for link in self.beside:
            alike = {row_of[name] for name in link.parts}
            row_of = {name: link.first if row in alike else row for name, row in row_of.items()}
        above: dict[str, list[str]] = {row: [] for row in row_of.values()}
        for link in self.upright:
            above[row_of[link.last]].append(row_of[link.first])
        numbers: dict[str, int] = {}
        try:
            for row in TopologicalSorter(above).static_order():
                numbers[row] = max((numbers[upper] + 1 for upper in above[row]), default=0)
        except CycleError as error:
            told = "stands above itself, expected links that do not lead back"
            raise ChartError(f"{error.args[1][0]!r} {told}") from None
        found = {name: numbers[row] for name, row in row_of.items()}
        # What nothing stands above is next to what stands below.
        held = {link.last for link in self.upright} | {n for it in self.beside for n in it.parts}
        for name in {link.first for link in self.upright} - held:
            below = [numbers[row_of[it.last]] for it in self.upright if it.first == name]
            found[name] = min(below) - 1
        return found

    def _spans(self) -> dict[str, Span]:
        """From where to where each box reaches, in points: over all that it is linked with.

        In the fullest row a box is a column; those that hang on the same columns share them.
        """
        fullest = max(self.rows, key=len)
        found: dict[str, Span] = {name: (n, n + 1) for n, name in enumerate(fullest)}
        middle = self.rows.index(fullest)
        for row in sorted(self.rows, key=lambda row: abs(self.rows.index(row) - middle))[1:]:
            shared: dict[Span, list[str]] = {}
            for name in row:
                shared.setdefault(self._hull(name, found), []).append(name)
            for (left, right), names in shared.items():
                wide = (right - left) / len(names)
                ends = [left + wide * n for n in range(len(names) + 1)]
                found |= zip(names, pairwise(ends), strict=True)
        column = (house.ROOM + GUTTER) / max(right for _, right in found.values())
        return {it: (left * column, right * column - GUTTER) for it, (left, right) in found.items()}

    def _hull(self, name: str, found: dict[str, Span]) -> Span:
        """The columns of all that is linked with a box and found so far; a new one where none."""
        near = {part for link in self.links if name in link.parts for part in link.parts}
        spans = [found[part] for part in near if part in found]
        if not spans:
            last = max(right for _, right in found.values())
            return last, last + 1
        return min(left for left, _ in spans), max(right for _, right in spans)

    def room(self, link: Link) -> Span:
        """From where to where a link may stand: where both its ends do, or between them."""
        lefts, rights = zip(self.spans[link.first], self.spans[link.last], strict=True)
        return (rights[0], lefts[1]) if link.way == "beside" else (max(lefts), min(rights))

    def check(self) -> None:
        """Whether every box and every link has a place of its own. Raises ChartError if not."""
        found = []
        for name in self.boxes:
            rank = self.ranks[name]
            found.append((repr(name), self.spans[name], (rank - NEAR, rank + NEAR)))
        for link in self.links:
            told, room = f"the link of {link.first!r} and {link.last!r}", self.room(link)
            if not _meet(room, self.spans[link.parts[1]]):  # where its end or its words stand
                raise ChartError(f"{told} cannot be drawn straight, expected another order of rows")
            near = -NEAR if link.way == "beside" else NEAR
            ends = self.ranks[link.first] + near, self.ranks[link.last] - near
            found.append((told, room, ends))
        for (one, span, rows), (other, other_span, other_rows) in combinations(found, 2):
            if _meet(span, other_span) and _meet(rows, other_rows):
                raise ChartError(f"{one} would cross {other}, expected another order of rows")

    def places(self, chart: Canvas, main: str) -> dict[str, Place]:
        """Where each box stands; a row is as far below another as the words between them take.

        The main box is no lower than two lines.
        """
        found: dict[str, Place] = {}
        for row in self.rows:
            for link in (link for link in self.upright if link.last in row):
                above, lines = found[link.first], _broken(link.words, self.room(link))
                space = house.LINE * len(lines) + 2 * STUB
                chart.y = max(chart.y, above.top + above.high + space)
            lines = {name: _broken(name, self.spans[name]) for name in row}
            high = house.LINE * max(1 + (main in row), *map(len, lines.values())) + PAD
            for name in row:
                left, right = self.spans[name]
                box = Place(lines[name], left, chart.y, right - left, high)
                found[name] = _around(lines[name], *box.middle) if name in self.inner else box
            chart.y += high
        return found


def _meet(one: Span, other: Span) -> bool:
    return max(one[0], other[0]) < min(one[1], other[1])


def _broken(words: str, room: Span) -> list[str]:
    """Words in a room. Raises ChartError where they do not fit."""
    return fitting(words, room[1] - room[0] - PAD, house.even)


def _write(chart: Canvas, place: Place, color: str) -> None:
    x, y = place.middle
    for number, line in enumerate(place.lines):
        chart.write(x, y + house.LINE * (number - len(place.lines) / 2), line, color, ha="center")


def _draw(chart: Canvas, link: Link, places: dict[str, Place], room: Span) -> Block:
    """Draw a link, its words on it; returns it as data for a shape of a slide."""
    if link.way == "beside":
        words, y = places[link.words], places[link.first].middle[1]
        line = [(room[0], y), (words.left, y), (words.left + words.wide, y), (room[1], y)]
    else:
        first, x = places[link.first], sum(room) / 2
        top, bottom = first.top + first.high, places[link.last].top
        words = _around(_broken(link.words, room), x, (top + bottom) / 2)
        line = [(x, top), (x, words.top), (x, words.top + words.high), (x, bottom)]
    color = house.MUTED if link.look == "comparison" else house.LOOKS[link.look]["edgecolor"]
    is_dashed = link.look not in ("fact", "comparison")
    for part in (line[:2], line[2:]):
        look = {"color": color, "linestyle": "--" if is_dashed else "-", "linewidth": 1.4}
        chart.ax.plot(*zip(*part, strict=True), **look)
    start, end = (line[-1], line[0]) if link.way == "up" else (line[0], line[-1])
    head = ""
    if link.way != "beside":
        head = "hollow" if link.look == "planned" else "full"
        at = end[1] + (HEAD / 2 if link.way == "up" else -HEAD / 2)
        look = {"color": color, "markerfacecolor": house.WHITE if head == "hollow" else color}
        chart.ax.plot(end[0], at, HEADS[link.way], markersize=HEAD, **look)
    _write(chart, words, color if link.look == "doubt" else house.MUTED)
    return {
        "words": link.words,
        "place": _shares(chart, *words[1:]),
        "line": _shares(chart, *start, *end),
        "color": color,
        "dashed": is_dashed,
        "head": head,
        "doubtful": link.look == "doubt",
    }


def _shares(chart: Canvas, *points: float) -> list[float]:
    """Places as shares of the picture's sides."""
    sides = zip(points, cycle((house.ROOM, chart.y)), strict=False)
    return [round(at / side, 4) for at, side in sides]
