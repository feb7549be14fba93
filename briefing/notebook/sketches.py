"""What is drawn by hand on an Axes, held against the rows of the frame that is shown below it.

All that is seen is of a kind that can be held against data: bars, lines, points and words. Each
stands at a label or a number of a row, and says what that row says.
"""

from collections.abc import Iterator
from itertools import combinations

import numpy as np
from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.collections import LineCollection, PathCollection
from matplotlib.colors import to_rgba
from matplotlib.container import BarContainer
from matplotlib.legend import Legend
from matplotlib.lines import Line2D
from matplotlib.spines import Spine
from matplotlib.text import Annotation, Text

from briefing.core.quantity import Quantity, UnitError, same_unit
from briefing.notebook.canvas import ChartError
from briefing.notebook.evidence import (
    Row,
    is_known,
    is_number,
    longest_first,
    number_in,
    numbers_in,
    plain,
    rounded,
    said_of,
)
from briefing.notebook.series import UNHELD, Series, bars_of, is_seen, others_of
from briefing.notebook.ticks import counts, labels, minor_labels, named

NOTHING = 1e-9  # by which numbers that are the same may differ
NEAR = 0.5  # of a row, how far from its label a mark may stand
UNSCALED = (
    "expected a column of the frame that is shown, as it is: ax.barh(names, frame['quantity']), or "
    "briefing.bars, which says millions"
)
OTHER_COLUMN = "is of another column than those beside it"


def check(ax: Axes, rows: list[Row], title: str) -> None:
    """Hold an Axes against rows. Raises ChartError, which names the first label or mark."""
    _check_kinds(ax)
    if fault := next(_Sketch(ax, rows, title).faults(), ""):
        raise ChartError(fault)


def _check_kinds(ax: Axes) -> None:
    """Whether all that an Axes has is of a kind that can be held."""
    known = Spine | Axis | Text | Legend | Line2D | PathCollection | LineCollection
    bars = {bar for it in ax.containers if isinstance(it, BarContainer) for bar in it.patches}
    for artist in ax.get_children():
        is_held = isinstance(artist, known) or artist is ax.patch or artist in bars
        # A white one may hide others.
        if not is_held and artist.get_visible() and artist.get_alpha() != 0:
            raise ChartError(f"a {type(artist).__name__} {UNHELD}")
    if ax.child_axes:
        raise ChartError(f"an Axes within another {UNHELD}")


def check_named(words: str, rows: list[Row], others: list[str]) -> None:
    """Whether words that name rows say numbers of these alone. others: what may be said, too."""
    of = _named_in(words, rows)
    if of and not is_known(plain(words), _said(of, *others)):
        raise ChartError(f"{words!r} says of {of[0].title!r} what is not in its row")


def _named_in(words: str, rows: list[Row]) -> list[Row]:
    """The rows that words name."""
    held = {it for row in rows for it in row.names if number_in(it) is None}
    held = {it for it in held if is_known(it, [plain(words)])}
    return [row for row in rows if row.names & held]


def _said(rows: list[Row], *others: str) -> list[str]:
    return longest_first([*(it for row in rows for it in row.said()), *others])


class _Sketch:
    """An Axes with what is drawn on it: along the rows stand their labels, across the numbers."""

    def __init__(self, ax: Axes, rows: list[Row], title: str) -> None:
        self.ax, self.rows, self.title = ax, rows, title
        self.bars, ways = bars_of(ax)
        self.is_upright = ways.pop() if ways else not named(ax.yaxis) or named(ax.xaxis)
        self.series = [*self.bars, *others_of(ax, self.is_upright)]
        axes = (ax.xaxis, ax.yaxis)
        self.along, self.across = axes if self.is_upright else axes[::-1]
        self.labels = labels(self.along)
        self.labelled: dict[str, list[Row]] = {}
        self.met: list[Row] = []

    def faults(self) -> Iterator[str]:
        yield from self._axes()
        yield from self._outside()
        yield from self._numbers_along()
        yield from self._labels()
        yield from self._overlaid()
        if not self.labels and not counts(self.along):
            yield "its rows have no labels along an axis, expected the names of the data"
        for one in self.series:
            yield from self._series(one)
        yield from self._singles()
        yield from self._unmet()
        yield from self._units()
        yield from self._called()
        for artist in self.ax.texts:
            if is_seen(artist, self.ax) and plain(artist.get_text()):
                yield from self._words(artist)

    def _axes(self) -> Iterator[str]:
        """Whether numbers rise as they are read, and bars are as long as theirs: from zero on."""
        low, high = self.across.get_view_interval()
        ends = [end for it in self.bars for _, *both in it.points for end in both]
        ends = [0, *(end for end in ends if np.isfinite(end))]
        is_cut = low > min(ends) or high < max(ends) or self.across.get_scale() != "linear"
        is_turned = self.along.get_inverted() and counts(self.along)
        if (self.bars and is_cut) or self.across.get_inverted() or is_turned:
            told = "the axis of numbers was cut, turned or bent"
            yield f"{told}, expected it as it rises, and under bars from zero on"

    def _outside(self) -> Iterator[str]:
        """Whether all marks lie within the picture."""
        views = (sorted(it.get_view_interval()) for it in (self.across, self.along))
        (low, high), (first, last) = views
        for one in self.series:
            for place, _, end in one.points:
                is_in = low - NOTHING <= end <= high + NOTHING and first <= place <= last
                if not is_in and not np.isnan(place + end):
                    told = f"a {one.kind} at {place:g}, {end:g} lies outside the picture"
                    yield f"{told}, expected all that is drawn within"

    def _numbers_along(self) -> Iterator[str]:
        """Whether what stands along an axis of numbers are the numbers of its places."""
        cells = [cell for row in self.rows for cell in row.cells]
        offset = self.across.get_major_formatter().get_offset()
        if offset and not is_seen(self.across.get_offset_text(), self.ax):
            yield f"the axis of numbers does not show its {offset!r}, expected it"
        for place, words in labels(self.across):
            number = number_in(words)
            said = [cell for cell in cells if plain(words) in map(plain, said_of(cell))]
            is_other = said and rounded(place) not in numbers_in(said)
            if is_other or (number is not None and rounded(number) != rounded(place)):
                yield f"{words!r} stands at {place:g}, expected the number of its place"
        for words in (*minor_labels(self.across), *minor_labels(self.along)):
            yield f"{words!r} is a label between others, expected labels of their places"

    def _labels(self) -> Iterator[str]:
        """Whether the labels of an axis that names rows name each of them, and each once."""
        told = {plain(name): name for _, name in self.labels}
        for row in self.rows if told else ():
            alike = [other for other in self.rows if told.keys() & other.names & row.names]
            if not alike and not any(cell in name for cell in row.names for name in told):
                yield f"{row.title!r} is a row of the data shown, but has no label"
            if len(alike) > 1:
                shared = next(name for it, name in told.items() if it in row.names)
                what = f"{len(alike)} rows have the label {shared!r} and lie on one another"
                yield f"{what}, expected a name for each, or a column, as by .pivot()"
        for said, name in told.items():
            found = [row for row in self.rows if said in row.names]
            if not found:  # by a cell within the label
                words = {cell for row in self.rows for cell in row.names if cell in said}
                longest = {it for it in words if not any(it != one and it in one for one in words)}
                found = [row for row in self.rows if row.names & longest]
                if len(found) > 1:
                    yield f"{name!r} names {len(found)} rows of the data, expected one"
            self.labelled[name] = found

    def _overlaid(self) -> Iterator[str]:
        """Whether no bar lies on another as thick and of other length, and would hide it."""
        drawn = [(place, sorted(ends), it.thick) for it in self.bars for place, *ends in it.points]
        for (place, one, thick), (beside, other, as_thick) in combinations(drawn, 2):
            apart = abs(place - beside)
            is_beside = NOTHING < apart < (thick + as_thick) / 2 - NOTHING
            is_same = apart <= NOTHING and thick == as_thick and not np.allclose(one, other)
            is_on = min(one[1], other[1]) - max(one[0], other[0]) > NOTHING
            if is_on and (is_beside or is_same):
                yield f"two bars lie on one another at {place:g}, expected each to be seen"

    def _at(self, place: float) -> tuple[str, list[Row]]:
        """What stands at a place along the rows, a label or a number, and the rows it is of."""
        if not self.labels:
            return f"{place:g}", [row for row in self.rows if rounded(place) in row.all_numbers()]
        near = [name for at, name in self.labels if abs(at - place) < NEAR]
        return (near[0], self.labelled[near[0]]) if len(near) == 1 else ("", [])

    def _series(self, one: Series) -> Iterator[str]:
        """Whether each mark is of a row there, and all of one column."""
        is_level = one.kind == "line" and len(one.points) == 2
        is_level = is_level and len({rounded(end) for _, _, end in one.points}) == 1
        columns = None
        for point in one.points:
            place, start, end = point
            if np.isnan(place) or is_level:
                if rounded(end) and not any(rounded(end) in it.all_numbers() for it in self.rows):
                    told = f"a {one.kind} stands at {end:g}, which no row of the data holds"
                    yield f"{told}, {UNSCALED}"
                continue
            name, rows = self._at(place)
            if not rows:
                at = "stands at no label" if self.labels else f"stands at {place:g}"
                yield f"a {one.kind} {at}, which no row of the data holds, {UNSCALED}"
            self.met += rows
            one.rows.append(rows)
            if not np.isfinite(end) or (start == end and one.kind == "bar"):
                if all(row.is_whole and 0 not in row.all_numbers() for row in rows):
                    yield f"the bar at {name!r} is 0 long, which no number of its row is"
                continue
            fits = self._fits(one.kind, point, rows)
            if one.kind == "stem" and (fits or not end):  # from column to column of one row
                columns = {*rows[0].numbers}
            elif not fits:
                stands = f"is {end - start:g} long" if one.kind == "bar" else f"stands at {end:g}"
                told = f"the {one.kind.replace('stem', 'line')} at {name!r} {stands}"
                yield f"{told}, which no number of its row is, {UNSCALED}"
            else:
                columns = fits if columns is None else columns & fits
            if not columns:
                yield f"the {one.kind} at {name!r} {OTHER_COLUMN}, expected one column a call"
        one.columns = columns or set()

    def _fits(self, kind: str, point: tuple[float, float, float], rows: list[Row]) -> set[str]:
        """The columns of the rows at a place that a mark is of."""
        found, (place, low, high) = set(), map(rounded, point)
        # A bar begins at zero, or where one in its row or beside it ends.
        bars = (bar for it in self.bars for bar in it.points)
        begins = {0, *(rounded(end) for at, _, end in bars if abs(at - place) <= 1)}
        for row in rows:
            for head, numbers in row.numbers.items():
                is_place = not self.labels and place in row.ends[head] and len(row.numbers) > 1
                is_it = high in row.ends[head]
                if kind == "bar":
                    is_range = low and is_it and low in row.ends[head]
                    is_long = rounded(point[2] - point[1]) in numbers
                    is_it = is_range or (is_long and low in begins)
                if is_it and not is_place:
                    found.add(head)
        return found

    def _singles(self) -> Iterator[str]:
        """Whether marks that were drawn one by one, without a name, are of one column."""
        for kind in ("bar", "dot"):
            alike = [it for it in self.series if it.kind == kind and len(it.points) == 1]
            is_one = alike and all(it.columns and it.label.startswith("_") for it in alike)
            if is_one and not set.intersection(*(it.columns for it in alike)):
                yield f"a {kind} {OTHER_COLUMN}"

    def _unmet(self) -> Iterator[str]:
        """Whether something is drawn of every row, and at every label."""
        for name, rows in self.labelled.items():
            if not any(row in self.met for row in rows):
                yield f"nothing is drawn at {name!r}, expected what its row says"
        for row in self.rows:
            if row not in self.met and row.is_whole:
                told = "is a row of the data shown, but not drawn"
                yield f"{row.title!r} {told}, expected the frame that was drawn"

    def _units(self) -> Iterator[str]:
        """Whether bars on one axis are of one unit."""
        heads = set().union(*(one.columns for one in self.bars))
        cells = (it for row in self.rows for it in zip(row.numbers, row.cells, strict=False))
        drawn = [cell for head, cell in cells if head in heads and isinstance(cell, Quantity)]
        try:
            if drawn:
                same_unit(drawn)
        except UnitError as error:
            yield str(error)

    def _called(self) -> Iterator[str]:
        """Whether what is called by a column or a row, in a legend or a title, is of it."""
        heads = {head for row in self.rows for head in row.numbers}
        every = set().union(*(one.columns for one in self.series))
        titles = (self.across.label, self.ax.title, self.ax._left_title, self.ax._right_title)
        called = [(it.get_text(), every, []) for it in titles]
        called += [(one.label, one.columns, one.rows) for one in self.series]
        for legend in (it for it in self.ax.get_children() if isinstance(it, Legend)):
            for handle, words in zip(legend.legend_handles, legend.get_texts(), strict=True):
                is_line = isinstance(handle, Line2D)
                color = to_rgba(handle.get_color()) if is_line else handle.get_facecolor()
                color = tuple(np.ravel(color)[:4])
                for one in self.series:
                    each = one.colors * (len(one.rows) if len(one.colors) == 1 else 1)
                    tints = zip(each, one.rows, strict=False)
                    tinted = [row for tint, row in tints if tuple(tint) == color]
                    if color in map(tuple, one.colors):
                        called.append((words.get_text(), one.columns, tinted))
        for words, columns, of in called:
            if (said := plain(words)) in heads:
                if columns and said not in columns:
                    told = f"{words!r} is said of what is drawn from {', '.join(sorted(columns))!r}"
                    yield f"{told}, expected the name of that column"
            elif any(said in row.names for row in self.rows) and any(
                said not in row.names for its in of for row in its
            ):
                told = f"{words!r} is said of marks of other rows, expected those of its own"
                yield f"{told}, or a column of that name, as by .pivot()"

    def _words(self, words: Text) -> Iterator[str]:
        """Whether words beside a label, or at a row's number, are of that row and its end of it."""
        where = self._where(words)
        place, number = where if self.is_upright else where[::-1]
        low, high = sorted(self.along.get_view_interval())
        text, said = words.get_text(), plain(words.get_text())
        name, rows = self._at(place) if low <= place <= high else ("", [])
        of = _named_in(text, self.rows)
        if of and not any(said in row.names for row in of):
            rows = of  # which says of whom it is, wherever it stands
        if not rows:
            return
        known, numbers = _said(rows, self.title), set().union(*(it.all_numbers() for it in rows))
        points = [point for one in self.series for point in one.points]
        here = (rounded(place), rounded(number))
        beside = [(start, end) for at, start, end in points if (rounded(at), rounded(end)) == here]
        if beside and number_in(text) is not None:
            known = [plain(self.title)]
            numbers = {it for start, end in beside for it in (rounded(end), rounded(end - start))}
        if not is_known(said, known) and not is_number(text, numbers):
            yield f"{text!r} stands beside {name or rows[0].title!r}, but not in its row"

    def _where(self, words: Text) -> tuple[float, float]:
        """Where words stand, in the numbers of the axes."""
        place = words.get_transform().transform(words.get_position())
        if isinstance(words, Annotation) and words.xycoords == "data":
            is_moved = words.anncoords == "data" and not words.arrow_patch
            return words.xyann if is_moved else words.xy
        if isinstance(words, Annotation):
            box = words.get_window_extent()
            place = ((box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2)
        return tuple(map(float, self.ax.transData.inverted().transform(place)))
