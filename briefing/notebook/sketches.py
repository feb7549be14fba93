"""What is drawn by hand on an Axes, held against the rows of the frame that is shown below it.

All that is seen is of a kind that can be held against data: bars, lines, points and words. Each
stands at a label or a number of a row, and says what that row says.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.collections import LineCollection, PathCollection
from matplotlib.colors import to_rgba
from matplotlib.container import BarContainer
from matplotlib.legend import Legend
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle
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
    plain,
    rounded,
)
from briefing.notebook.ticks import counts, labels, named

NEAR = 0.5  # of a row, how far from its label a mark may stand
UNSCALED = (
    "expected a column of the frame that is shown, as it is: ax.barh(names, frame['quantity']), or "
    "briefing.bars, which says millions"
)
UNHELD = "cannot be held against the data, expected bars, lines, points or words"
Color = tuple[float, ...]


@dataclass
class _Series:
    """Marks that are one to a reader: those of one call.

    points: where each stands along the rows, and from where to where along the numbers. colors: of
    each, or of all. columns: those heads that all of them are of; rows: those that each is of.
    """

    kind: str
    colors: list[Color]
    label: str
    points: list[tuple[float, float, float]]
    columns: set[str] = field(default_factory=set)
    rows: list[list[Row]] = field(default_factory=list)


def check(ax: Axes, rows: list[Row], title: str) -> None:
    """Hold an Axes against rows. Raises ChartError, which names the first label or mark."""
    _check_kinds(ax)
    bars, is_upright = _bars(ax)
    series = [*bars, *_others(ax, is_upright)]
    along, across = (ax.xaxis, ax.yaxis) if is_upright else (ax.yaxis, ax.xaxis)
    if bars:
        _check_baseline(across, bars)
    _check_counted(across)
    places = labels(along)
    _check_named([name for _, name in places], rows)
    if not places and not counts(along):
        raise ChartError("its rows have no labels along an axis, expected the names of the data")
    of_rows, met = _Places(places, rows, {end for it in bars for *_, end in it.points}), set()
    for one in series:
        met |= _check_series(one, of_rows)
    _check_met(places, rows, of_rows, met)
    _check_units(bars, rows)
    _check_called(ax, across, series, rows)
    for artist in ax.texts:
        if is_seen(artist, ax) and plain(artist.get_text()):
            _check_words(ax, artist, of_rows, title, is_upright)


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


def is_seen(artist: Artist, ax: Axes) -> bool:
    """Whether a reader sees an artist at all."""
    if not artist.get_visible() or artist.get_alpha() == 0:
        return False
    ground = to_rgba(ax.get_facecolor())
    if isinstance(artist, Rectangle):
        face, edge = artist.get_facecolor(), artist.get_edgecolor()
        has_edge = artist.get_linewidth() and edge[3] and edge != ground
        return bool(face[3] and face != ground) or bool(has_edge) or bool(artist.get_hatch())
    if isinstance(artist, Text):
        return to_rgba(artist.get_color()) != ground and artist.get_fontsize() >= 4
    return True


def _bars(ax: Axes) -> tuple[list[_Series], bool]:
    """The bars of an Axes, and whether they stand side by side from left to right."""
    found, ways = [], set()
    for container in ax.containers:
        if not isinstance(container, BarContainer):
            continue
        seen = [bar for bar in container.patches if is_seen(bar, ax)]
        is_upright = container.orientation == "vertical"
        ways.add(is_upright)
        points, thick = [], set()
        for bar in seen:
            clip = bar.get_clip_box()
            is_cut = clip and not np.allclose(clip.bounds, ax.bbox.bounds)
            if bar.get_angle() or bar.get_data_transform() != ax.transData or is_cut:
                raise ChartError("a bar is turned, moved or cut, expected it as it was drawn")
            x, y, wide, high = (float(it) for it in bar.get_bbox().bounds)
            if is_upright:
                x, y, wide, high = y, x, high, wide
            thick.add(rounded(high))
            points.append((y + high / 2, x, x + wide))
        if len(thick) > 1:
            raise ChartError("bars of one call differ in thickness, expected one for all")
        colors = [bar.get_facecolor() for bar in seen]
        found.append(_Series("bar", colors, str(container.get_label()), points))
    if len(ways) > 1:
        raise ChartError("some bars stand and some lie, expected all in one way")
    if found:
        return found, ways.pop()
    return found, not named(ax.yaxis) or named(ax.xaxis)


def _others(ax: Axes, is_upright: bool) -> Iterator[_Series]:
    """Lines and points, each as marks; a line across the whole Axes stands at a number alone."""
    for artist in ax.get_children():
        if not is_seen(artist, ax):
            continue
        label, parts = str(artist.get_label()), []
        if isinstance(artist, Line2D):
            kind, colors, parts = "line", [to_rgba(artist.get_color())], [artist.get_xydata()]
        elif isinstance(artist, PathCollection):
            kind, colors = "dot", [tuple(it) for it in artist.get_facecolor()]
            parts = [[point] for point in artist.get_offsets()]
            if len({rounded(float(it)) for it in artist.get_sizes()}) > 1:
                raise ChartError("dots of one call differ in size, expected one for all")
        elif isinstance(artist, LineCollection):
            kind, colors = "line", [tuple(it) for it in artist.get_colors()]
            parts = artist.get_segments()
        is_dots = isinstance(artist, PathCollection)
        moved = artist.get_offset_transform() if is_dots else artist.get_transform()
        whole = (ax.get_xaxis_transform(), ax.get_yaxis_transform())
        across = next((place for place, it in enumerate(whole) if moved == it), None)
        points: list[tuple[float, float, float]] = []
        for part in parts:
            pairs = np.asarray(part, float)
            along = pairs[:, 0 if is_upright else 1]
            kind = "stem" if kind == "line" and len(along) == 2 and len({*along}) == 1 else kind
            if across is not None:
                points += [(np.nan, *[float(pairs[0][across])] * 2)]
                continue
            if moved != ax.transData:
                raise ChartError(f"a {kind} that is not set in the numbers of the axes {UNHELD}")
            for pair in pairs:
                place, number = (pair if is_upright else pair[::-1]).tolist()
                points.append((place, number, number))
        if points:
            yield _Series(kind, colors, label, points)


def _check_baseline(axis: Axis, bars: list[_Series]) -> None:
    """Whether bars are as long as their numbers: from zero on, none of them cut."""
    low, high = axis.get_view_interval()
    ends = [end for one in bars for _, *both in one.points for end in both if np.isfinite(end)]
    is_whole = low <= min([0, *ends]) and max([0, *ends]) <= high
    if axis.get_scale() != "linear" or not is_whole:
        told = "the axis of numbers was cut, turned or bent"
        raise ChartError(f"{told}, expected it from zero on, beyond the longest bar")


def _check_counted(axis: Axis) -> None:
    """Whether what stands along an axis of numbers are the numbers of its places."""
    for place, words in labels(axis):
        number = number_in(words)
        if number is not None and rounded(number) != rounded(place):
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
            raise ChartError(f"{what}, expected a name for each")


class _Places:
    """The rows that stand at a place along the axis of rows: at a label, or at their number.

    begins: where a bar may begin, at zero or where another ends.
    """

    def __init__(self, places: list[tuple[float, str]], rows: list[Row], ends: set[float]) -> None:
        self.places, self.rows, self.begins = places, rows, {0.0, *map(rounded, ends)}
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

    def at(self, place: float) -> tuple[str, list[Row]]:
        """What stands there, and the rows that it is of."""
        if self.places:
            near = [name for at, name in self.places if abs(at - place) < NEAR]
            return (near[0], self.found[near[0]]) if len(near) == 1 else ("", [])
        rows = [row for row in self.rows if rounded(place) in row.all_numbers()]
        return f"{place:g}", rows


def _check_series(one: _Series, of_rows: _Places) -> set[int]:
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
                is_it = is_range or (long in numbers and low in of_rows.begins)
            if is_it and not is_place:
                found.add(head)
    return found


def _is_level(one: _Series) -> bool:
    """Whether a line lies along the rows at one number."""
    numbers = {rounded(end) for _, _, end in one.points}
    return one.kind == "line" and len(one.points) == 2 and len(numbers) == 1


def _check_level(one: _Series, number: float, rows: list[Row]) -> None:
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


def _check_units(bars: list[_Series], rows: list[Row]) -> None:
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


def _check_called(ax: Axes, across: Axis, series: list[_Series], rows: list[Row]) -> None:
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
            raise ChartError(f"{words!r} is said of marks of other rows, expected those of its own")


def _refuse(words: str, columns: set[str]) -> None:
    told = f"{words!r} is said of what is drawn from {', '.join(sorted(columns))!r}"
    raise ChartError(f"{told}, expected the name of that column")


def _check_words(ax: Axes, words: Text, of_rows: _Places, title: str, is_upright: bool) -> None:
    """Whether words beside a label, or at a row's number, are of that row."""
    to_data = ax.transData.inverted()
    if isinstance(words, Annotation) and words.xycoords == "data":
        where = words.xy
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
    if not is_known(said, known) and not is_number(words.get_text(), numbers):
        beside = name or rows[0].title
        raise ChartError(f"{words.get_text()!r} stands beside {beside!r}, but not in its row")


def _holds(words: str, name: str) -> bool:
    return number_in(name) is None and is_known(name, [words])
