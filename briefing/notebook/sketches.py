"""What is drawn by hand on an Axes, held against the rows of the frame that is shown below it.

All that is seen is of a kind that can be held against data: bars, lines, points and words. Each
stands at a label or a number of a row, and says what that row says.
"""

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
from briefing.notebook.series import UNHELD, Series, bars_of, others_of
from briefing.notebook.sight import is_seen
from briefing.notebook.ticks import counts, labels, minor_labels

NOTHING = 1e-9  # by which numbers that are the same may differ
NEAR = 0.5  # of a row, how far from its label a mark may stand
UNSCALED = (
    "expected a column of the frame that is shown, as it is: ax.barh(names, frame['quantity']), or "
    "briefing.bars, which says millions"
)


def check(ax: Axes, rows: list[Row], title: str) -> None:
    """Hold an Axes against rows. Raises ChartError, which names the first label or mark."""
    _check_kinds(ax)
    bars, is_upright = bars_of(ax)
    series = [*bars, *others_of(ax, is_upright)]
    along, across = (ax.xaxis, ax.yaxis) if is_upright else (ax.yaxis, ax.xaxis)
    if bars:
        _check_baseline(across, bars)
    _check_within(across, along, series)
    _check_counted(across, rows)
    if between := [*minor_labels(across), *minor_labels(along)]:
        told = "is a label between others, expected labels of their places"
        raise ChartError(f"{between[0]!r} {told}")
    places = labels(along)
    _check_named([name for _, name in places], rows)
    _check_overlaid(bars)
    if not places and not counts(along):
        raise ChartError("its rows have no labels along an axis, expected the names of the data")
    of_rows, met = _Places(places, rows, [point for it in bars for point in it.points]), set()
    for one in series:
        met |= _check_series(one, of_rows)
    _check_singles(series)
    _check_met(places, rows, of_rows, met)
    _check_units(bars, rows)
    _check_called(ax, across, series, rows)
    for artist in ax.texts:
        if is_seen(artist, ax) and plain(artist.get_text()):
            _check_words(ax, artist, of_rows, title, is_upright, series)


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


def _check_baseline(axis: Axis, bars: list[Series]) -> None:
    """Whether bars are as long as their numbers: from zero on, none of them cut."""
    low, high = axis.get_view_interval()
    ends = [end for one in bars for _, *both in one.points for end in both if np.isfinite(end)]
    is_whole = low <= min([0, *ends]) and max([0, *ends]) <= high
    if axis.get_scale() != "linear" or not is_whole:
        told = "the axis of numbers was cut, turned or bent"
        raise ChartError(f"{told}, expected it from zero on, beyond the longest bar")


def _check_overlaid(bars: list[Series]) -> None:
    """Whether no bar lies on another that is as thick and of other length, and would hide it."""
    drawn = [(place, sorted(ends), it.thick) for it in bars for place, *ends in it.points]
    for (place, one, thick), (beside, other, as_thick) in combinations(drawn, 2):
        apart = abs(place - beside)
        is_beside = apart > NOTHING and apart < (thick + as_thick) / 2 - NOTHING
        is_same = apart <= NOTHING and thick == as_thick and not np.allclose(one, other)
        is_on = min(one[1], other[1]) - max(one[0], other[0]) > NOTHING
        if is_on and (is_beside or is_same):
            raise ChartError(f"two bars lie on one another at {place:g}, expected each to be seen")


def _check_within(across: Axis, along: Axis, series: list[Series]) -> None:
    """Whether all marks lie within the picture, and numbers rise as they are read."""
    if across.get_inverted() or (along.get_inverted() and counts(along)):
        raise ChartError("the axis of numbers was cut, turned or bent, expected it as it rises")
    (low, high), (first, last) = (sorted(it.get_view_interval()) for it in (across, along))
    for one in series:
        for place, _, end in one.points:
            is_out = end < low - NOTHING or end > high + NOTHING or place < first or place > last
            if is_out and not np.isnan(place):
                told = f"a {one.kind} at {place:g}, {end:g} lies outside the picture"
                raise ChartError(f"{told}, expected all that is drawn within")


def _check_counted(axis: Axis, rows: list[Row]) -> None:
    """Whether what stands along an axis of numbers are the numbers of its places."""
    cells = [cell for row in rows for cell in row.cells]
    offset, shown = axis.get_major_formatter().get_offset(), axis.get_offset_text()
    if offset and not is_seen(shown, axis.axes):
        raise ChartError(f"the axis of numbers does not show its {offset!r}, expected it")
    for place, words in labels(axis):
        number = number_in(words)
        said = [cell for cell in cells if plain(words) in map(plain, said_of(cell))]
        is_other = said and rounded(place) not in numbers_in(said)
        if is_other or (number is not None and rounded(number) != rounded(place)):
            raise ChartError(f"{words!r} stands at {place:g}, expected the number of its place")


def _check_named(names: list[str], rows: list[Row]) -> None:
    """Whether the labels of an axis that names rows name each of them, and each once."""
    told = [plain(name) for name in names]
    for row in rows if told else ():
        alike = [other for other in rows if set(told) & other.names & row.names]
        if not alike and not any(cell in name for cell in row.names for name in told):
            raise ChartError(f"{row.title!r} is a row of the data shown, but has no label")
        if len(alike) > 1:
            shared = next(name for name in names if plain(name) in row.names)
            what = f"{len(alike)} rows have the label {shared!r} and lie on one another"
            raise ChartError(f"{what}, expected a name for each, or a column, as by .pivot()")


class _Places:
    """The rows that stand at a place along the axis of rows: at a label, or at their number.

    bars: where each bar is, along the rows and along the numbers.
    """

    def __init__(
        self, places: list[tuple[float, str]], rows: list[Row], bars: list[tuple[float, ...]]
    ) -> None:
        self.places, self.rows, self.bars = places, rows, bars
        self.found = {name: self._rows_named(name) for _, name in places}

    def _rows_named(self, name: str) -> list[Row]:
        """The rows that a label names: by a whole cell, else by a cell within it."""
        exact = [row for row in self.rows if plain(name) in row.names]
        words = {cell for row in self.rows for cell in row.names if cell in plain(name)}
        longest = {it for it in words if not any(it != one and it in one for one in words)}
        within = [row for row in self.rows if row.names & longest]
        if not exact and len(within) > 1:
            raise ChartError(f"{name!r} names {len(within)} rows of the data, expected one")
        return exact or within

    def begins(self, place: float, number: float) -> bool:
        """Whether a bar may begin at a number: zero, or where one in its row or beside it ends."""
        near = (end for at, _, end in self.bars if abs(at - place) <= 1)
        return not number or number in map(rounded, near)

    def at(self, place: float) -> tuple[str, list[Row]]:
        """What stands there, and the rows that it is of."""
        if self.places:
            near = [name for at, name in self.places if abs(at - place) < NEAR]
            return (near[0], self.found[near[0]]) if len(near) == 1 else ("", [])
        rows = [row for row in self.rows if rounded(place) in row.all_numbers()]
        return f"{place:g}", rows


def _check_series(one: Series, of_rows: _Places) -> set[int]:
    """Whether each mark is of a row there, and all of one column; returns the rows met."""
    met, columns = set[int](), None
    for point in one.points:
        place, start, end = point
        if np.isnan(place) or _is_level(one):
            _check_level(one, end, of_rows.rows)
            continue
        name, rows = of_rows.at(place)
        if not rows:
            at = "stands at no label" if of_rows.places else f"stands at {place:g}"
            raise ChartError(f"a {one.kind} {at}, which no row of the data holds, {UNSCALED}")
        met |= {of_rows.rows.index(row) for row in rows}
        one.rows.append(rows)
        if not np.isfinite(end) or (start == end and one.kind == "bar"):
            if all(row.is_whole and 0 not in row.all_numbers() for row in rows):
                raise ChartError(f"the bar at {name!r} is 0 long, which no number of its row is")
            continue
        fits = _fits(one.kind, point, rows, of_rows)
        if one.kind == "stem":  # from column to column of one row
            fits = {*rows[0].numbers} if fits or not end else set()
        if not fits:
            long = end - start if one.kind == "bar" else end
            stands = "is {} long" if one.kind == "bar" else "stands at {}"
            kind = "line" if one.kind == "stem" else one.kind
            told = f"the {kind} at {name!r} {stands.format(f'{long:g}')}"
            raise ChartError(f"{told}, which no number of its row is, {UNSCALED}")
        columns = fits if columns is None or one.kind == "stem" else columns & fits
        if not columns:
            told = f"the {one.kind} at {name!r} is of another column than those beside it"
            raise ChartError(f"{told}, expected one column a call")
    one.columns = columns or set()
    return met


def _check_singles(series: list[Series]) -> None:
    """Whether marks that were drawn one by one, without a name, are of one column."""
    for kind in ("bar", "dot"):
        alike = [it for it in series if it.kind == kind and len(it.points) == 1]
        is_one = alike and all(it.columns and it.label.startswith("_") for it in alike)
        if is_one and not set.intersection(*(it.columns for it in alike)):
            raise ChartError(f"a {kind} is of another column than those beside it")


def _fits(
    kind: str, point: tuple[float, float, float], rows: list[Row], of_rows: _Places
) -> set[str]:
    """The columns of the rows at a place that a mark is of."""
    found, (place, low, high) = set(), map(rounded, point)
    long = rounded(point[2] - point[1])
    for row in rows:
        for head, numbers in row.numbers.items():
            ends = row.ends[head]
            is_place = not of_rows.places and place in ends and len(row.numbers) > 1
            is_it = high in ends
            if kind == "bar":
                is_range = low and {low, high} <= ends
                is_it = is_range or (long in numbers and of_rows.begins(place, low))
            if is_it and not is_place:
                found.add(head)
    return found


def _is_level(one: Series) -> bool:
    """Whether a line lies along the rows at one number."""
    numbers = {rounded(end) for _, _, end in one.points}
    return one.kind == "line" and len(one.points) == 2 and len(numbers) == 1


def _check_level(one: Series, number: float, rows: list[Row]) -> None:
    if rounded(number) and not any(rounded(number) in row.all_numbers() for row in rows):
        told = f"a {one.kind} stands at {number:g}, which no row of the data holds"
        raise ChartError(f"{told}, {UNSCALED}")


def _check_met(
    places: list[tuple[float, str]], rows: list[Row], of_rows: _Places, met: set[int]
) -> None:
    """Whether something is drawn of every row, and at every label."""
    for _, name in places:
        if not any(rows.index(row) in met for row in of_rows.found[name]):
            raise ChartError(f"nothing is drawn at {name!r}, expected what its row says")
    for place, row in enumerate(rows):
        if place not in met and row.is_whole:
            told = "is a row of the data shown, but not drawn, expected the frame that was drawn"
            raise ChartError(f"{row.title!r} {told}")


def _check_units(bars: list[Series], rows: list[Row]) -> None:
    """Whether bars on one axis are of one unit."""
    heads = set().union(*(one.columns for one in bars)) if bars else set()
    drawn = [
        cell
        for row in rows
        for head, cell in zip(row.numbers, row.cells, strict=False)
        if head in heads and isinstance(cell, Quantity)
    ]
    try:
        if drawn:
            same_unit(drawn)
    except UnitError as error:
        raise ChartError(str(error)) from None


def _check_called(ax: Axes, across: Axis, series: list[Series], rows: list[Row]) -> None:
    """Whether what is called by a column or a row, in a legend or a title, is of it."""
    heads = {head for row in rows for head in row.numbers}
    drawn = set().union(*(one.columns for one in series))
    for words in (across.label, ax.title, ax._left_title, ax._right_title):
        if (said := plain(words.get_text())) in heads and drawn and said not in drawn:
            _refuse(words.get_text(), drawn)
    called = [(one, one.label, one.rows) for one in series]
    for legend in (it for it in ax.get_children() if isinstance(it, Legend)):
        for handle, words in zip(legend.legend_handles, legend.get_texts(), strict=True):
            is_line = isinstance(handle, Line2D)
            found = [handle.get_color()] if is_line else handle.get_facecolor()
            color = to_rgba(found if np.ndim(found) == 1 and not is_line else found[0])
            for one in series:
                each = one.colors * (len(one.rows) if len(one.colors) == 1 else 1)
                tinted = [row for tint, row in zip(each, one.rows, strict=False) if tint == color]
                if color in one.colors:
                    called.append((one, words.get_text(), tinted))
    for one, words, of in called:
        said = plain(words)
        if said in heads and one.columns and said not in one.columns:
            _refuse(words, one.columns)
        named = [row for row in rows if said in row.names]
        if said not in heads and named and not all(row in named for its in of for row in its):
            told = f"{words!r} is said of marks of other rows, expected those of its own"
            raise ChartError(f"{told}, or a column of that name, as by .pivot()")


def _refuse(words: str, columns: set[str]) -> None:
    told = f"{words!r} is said of what is drawn from {', '.join(sorted(columns))!r}"
    raise ChartError(f"{told}, expected the name of that column")


def _check_words(
    ax: Axes, words: Text, of_rows: _Places, title: str, is_upright: bool, series: list[Series]
) -> None:
    """Whether words beside a label, or at a row's number, are of that row, and at its end of it."""
    to_data = ax.transData.inverted()
    if isinstance(words, Annotation) and words.xycoords == "data":
        is_moved = words.anncoords == "data" and not words.arrow_patch
        where = words.xyann if is_moved else words.xy
    elif isinstance(words, Annotation):
        box = words.get_window_extent()
        where = to_data.transform(((box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2))
    else:
        where = to_data.transform(words.get_transform().transform(words.get_position()))
    place = float(where[0 if is_upright else 1])
    low, high = sorted((ax.get_xlim, ax.get_ylim)[not is_upright]())
    said = plain(words.get_text())
    named_rows = [row for row in of_rows.rows if any(_holds(said, name) for name in row.names)]
    name, rows = of_rows.at(place) if low <= place <= high else ("", [])
    if named_rows and not any(said in row.names for row in named_rows):
        rows = named_rows  # which says of whom it is, wherever it stands
    if not rows:
        return
    known = longest_first([*(it for row in rows for it in row.said()), title])
    numbers = set().union(*(row.all_numbers() for row in rows))
    here = (rounded(place), rounded(float(where[int(is_upright)])))
    ends = [(one, *point) for one in series for point in one.points]
    beside = [(start, end) for _, at, start, end in ends if (rounded(at), rounded(end)) == here]
    if beside and number_in(words.get_text()) is not None:
        known = [plain(title)]
        numbers = {it for start, end in beside for it in (rounded(end), rounded(end - start))}
    if not is_known(said, known) and not is_number(words.get_text(), numbers):
        beside = name or rows[0].title
        raise ChartError(f"{words.get_text()!r} stands beside {beside!r}, but not in its row")


def check_named(words: str, rows: list[Row], others: list[str]) -> None:
    """Whether words that name rows say numbers of these alone. others: what may be said, too."""
    said = plain(words)
    of = [row for row in rows if any(_holds(said, name) for name in row.names)]
    known = longest_first([*(it for row in of for it in row.said()), *others])
    if of and not is_known(said, known):
        raise ChartError(f"{words!r} says of {of[0].title!r} what is not in its row")


def _holds(words: str, name: str) -> bool:
    return number_in(name) is None and is_known(name, [words])
