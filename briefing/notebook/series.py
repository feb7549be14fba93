"""What is drawn by hand on an Axes as series of marks, and whether a reader sees it.

What is hidden, as pale as the paper or too small is not seen.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.collections import Collection, LineCollection, PathCollection
from matplotlib.colors import to_rgba, to_rgba_array
from matplotlib.container import BarContainer, ErrorbarContainer
from matplotlib.legend import Legend
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.text import Annotation, Text

from briefing.notebook.canvas import ChartError
from briefing.notebook.evidence import Row, rounded

UNHELD = "cannot be held against the data, expected bars, lines, points or words"
FAINT = 0.1  # of full light, how far from the paper's colour what is seen lies at least
CLOSE = 12  # points from a mark to its words
NEAR = 0.42  # of a row, how far from its label a mark may stand
SMALLEST = 4  # points of letters
THIN = 1  # points of a line in the paper's colour that parts what lies on either side of it
NOTHING = ("", " ", "None", "none", None)
Look = tuple[tuple[float, ...], str]  # a colour, and a hatch or the signs of a line


@dataclass
class Series:
    """Marks that are one to a reader: those of one call.

    points: where each stands along the rows, and from where to where along the numbers. looks: of
    each, or of all; tints: the numbers that colours stand for. thick: how thick bars are. columns:
    those heads that all of them are of; rows: those that each is of.
    """

    kind: str
    looks: list[Look]
    label: str
    points: list[tuple[float, float, float]]
    thick: float = 0
    tints: list[float] = field(default_factory=list)
    columns: set[str] = field(default_factory=set)
    rows: list[list[Row]] = field(default_factory=list)


@dataclass
class Panel:
    """What an Axes is read by: its columns, the unit of its numbers, and their scale."""

    columns: set[str]
    unit: str
    scale: tuple[float | str, ...]


def bars_of(ax: Axes) -> tuple[list[Series], set[bool]]:
    """The bars of an Axes, and whether they stand side by side from left to right."""
    found, ways = [], set()
    bars = [it for it in ax.containers if isinstance(it, BarContainer) and it.patches]
    for container in sorted(bars, key=lambda it: it.patches[0].get_zorder()):
        seen = [bar for bar in container.patches if bar.axes and is_seen(bar, ax)]
        is_upright = container.orientation == "vertical"
        points, thick = [], set()
        for bar in seen:
            if bar.get_angle() or bar.get_data_transform() != ax.transData:
                raise ChartError("a bar is turned or moved, expected it as it was drawn")
            x, y, wide, high = (float(it) for it in bar.get_bbox().bounds)
            if is_upright:
                x, y, wide, high = y, x, high, wide
            thick.add((rounded(high), bar.get_zorder()))
            points.append((y + high / 2, x, x + wide))
        if len(thick) > 1:
            raise ChartError("bars of one call differ in thickness or order, expected one for all")
        ways.add(is_upright)
        looks, label = [it for bar in seen for it in looks_of(bar, ax)], str(container.get_label())
        found.append(Series("bar", looks, label, points, max(thick, default=(0, 0))[0]))
    if len(ways) > 1:
        raise ChartError("some bars stand and some lie, expected all in one way")
    return found, ways


def others_of(ax: Axes, is_upright: bool) -> Iterator[Series]:
    """Lines and points, each as marks; a line across the whole Axes stands at a number alone."""
    whole = (ax.get_xaxis_transform(), ax.get_yaxis_transform())
    errors = [it for it in ax.containers if isinstance(it, ErrorbarContainer)]
    caps = {cap for it in errors for cap in it.lines[1]}  # at the ends of stems
    for artist in ax.get_children():
        moved = artist.get_transform()
        if not is_seen(artist, ax):
            _check_covers_nothing(artist)
            continue
        if isinstance(artist, Line2D):
            kind, parts = "line", [artist.get_xydata()]
            if artist.get_linestyle() in NOTHING:  # which joins nothing
                kind = "stem" if artist in caps else "dot"
                parts = [[point] for point in parts[0]]
                if artist.get_markevery() is not None:
                    raise ChartError("only some points of a call are seen, expected all of them")
        elif isinstance(artist, PathCollection):
            kind, parts = "dot", [[it] for it in artist.get_offsets()[_dots_seen(artist, ax)]]
            moved = artist.get_offset_transform()
            if len({rounded(float(it)) for it in artist.get_sizes()}) > 1:
                raise ChartError("dots of one call differ in size, expected one for all")
        elif isinstance(artist, LineCollection):
            kind, parts = "line", artist.get_segments()
        else:
            continue
        points: list[tuple[float, float, float]] = []
        for pairs in (np.asarray(part, float) for part in parts):
            along, numbers = pairs.T if is_upright else pairs.T[::-1]
            kind = "stem" if kind == "line" and len(along) == 2 and len({*along}) == 1 else kind
            if kind == "line" and moved == ax.transData and is_back(along):
                raise ChartError("a line goes back along the rows, expected them in order")
            if moved in whole and pairs[:, 1 - whole.index(moved)].tolist() == [0, 1]:
                kind = "level"
                points += [(np.nan, *[float(pairs[0][whole.index(moved)])] * 2)]
            elif moved == ax.transData:
                points += zip(along.tolist(), numbers.tolist(), numbers.tolist(), strict=True)
            else:
                raise ChartError(f"a {kind} that is not set in the numbers of the axes {UNHELD}")
        if points:
            found = Series(kind, looks_of(artist, ax), str(artist.get_label()), points)
            if isinstance(artist, PathCollection) and artist.get_array() is not None:
                found.tints = list(artist.get_array()[_dots_seen(artist, ax)])
            yield found


def legends_of(ax: Axes) -> list[Legend]:
    """The legends of an Axes."""
    return [it for it in ax.get_children() if isinstance(it, Legend)]


def _check_covers_nothing(artist: Artist) -> None:
    if not isinstance(artist, Line2D | Collection) or not artist.get_visible():
        return
    is_line = isinstance(artist, Line2D | LineCollection)
    is_thick = artist.get_linestyle() not in NOTHING and np.max(artist.get_linewidth()) > THIN
    is_dotted = not is_line or (isinstance(artist, Line2D) and artist.get_marker() not in NOTHING)
    if artist.get_alpha() != 0 and (is_dotted or is_thick):
        kind = "line" if is_line else "dot"
        raise ChartError(f"a {kind} in the paper's colour hides what it lies on, expected none")


def is_back(places: np.ndarray) -> bool:
    """Whether places do not go on in one way; those that are missing aside."""
    steps = np.diff(places[~np.isnan(places)])
    return bool((steps < 0).any() and (steps > 0).any())


def is_seen(artist: Artist, ax: Axes) -> bool:
    """Whether a reader sees a mark or words at all."""
    return artist.get_visible() and any(_stands_out(it, ax) for it in _colors(artist))


def looks_of(artist: Artist, ax: Axes) -> list[Look]:
    """The looks of an artist by which readers tell it apart: of each of its points, or of all."""
    every, sign = [_colors(artist)], ""
    if isinstance(artist, Collection):
        parts = [list(artist.get_facecolor()), list(artist.get_edgecolor())]
        count = max(map(len, parts))
        every = list(zip(*(np.resize(it, (count, 4)) for it in parts if it), strict=True))
    elif isinstance(artist, Line2D):
        sign = f"{artist.get_linestyle()} {artist.get_marker()}"
    elif isinstance(artist, Patch):
        sign = artist.get_hatch() or ""
    seen = ([it for it in colors if _stands_out(it, ax)] for colors in every)
    return [(tuple(np.round(to_rgba(it[0]), 3)), sign) for it in seen if it]


def _colors(artist: Artist) -> list[Any]:
    alpha = artist.get_alpha()
    if isinstance(artist, Patch):
        edge = artist.get_edgecolor() if artist.get_linewidth() else "none"
        return [artist.get_facecolor(), "black" if artist.get_hatch() else edge]
    if isinstance(artist, Text):
        return [to_rgba(artist.get_color(), alpha)] * (artist.get_fontsize() >= SMALLEST)
    if isinstance(artist, Line2D):
        is_marked = artist.get_marker() not in NOTHING and artist.get_markersize() > 0
        is_drawn = artist.get_linestyle() not in NOTHING and artist.get_linewidth() > 0
        marks = [artist.get_markerfacecolor(), artist.get_markeredgecolor()] * is_marked
        return [to_rgba(it, alpha) for it in [artist.get_color()] * is_drawn + marks]
    if isinstance(artist, Collection):
        return [*artist.get_facecolor(), *artist.get_edgecolor()]
    return []


def _stands_out(color: Any, ax: Axes) -> bool:
    """Whether a colour is another than those behind an Axes and around it."""
    *drawn, alpha = to_rgba(color)
    grounds = [to_rgba(it.get_facecolor()) for it in (ax, ax.figure)]
    paper = [np.multiply(it[:3], it[3]) + 1 - it[3] for it in grounds]
    return all(alpha * np.abs(drawn - it).max() > FAINT for it in paper)


def _dots_seen(dots: PathCollection, ax: Axes) -> list[bool]:
    count = len(dots.get_offsets())
    colors = [to_rgba_array(it) for it in (dots.get_facecolor(), dots.get_edgecolor())]
    seen = [[_stands_out(color, ax) for color in it] or [False] for it in colors]
    found = np.resize(seen[0], count) | np.resize(seen[1], count)
    return list(found & (np.resize(dots.get_sizes(), count) > 0))


def place_of(words: Text, ax: Axes, named: int | None) -> tuple[float, float]:
    """Where words stand, or what an arrow leads from them to, in the numbers of the axes.

    named: along which axis names of rows stand, None for along none.
    """
    place, at = words.get_transform().transform(words.get_unitless_position()), None
    if isinstance(words, Annotation):
        units = (ax.convert_xunits, ax.convert_yunits)
        if words.xycoords == "data":
            at = tuple(float(to(it)) for to, it in zip(units, words.xy, strict=True))
        elif words.arrow_patch:
            place = words._get_position_xy(ax.figure._get_renderer())
    found = tuple(map(float, ax.transData.inverted().transform(place)))
    is_far = at and named is not None and abs(found[named] - at[named]) > NEAR
    return at if at and (words.arrow_patch or not is_far) else found


def beside(
    series: list[Series], ax: Axes, place: tuple[float, float], is_upright: bool, is_counted: bool
) -> tuple[float, float, set[str]]:
    """Where the mark nearest to a place stands, if numbers are along and it is close, or the place
    itself; and the columns that the mark is of."""
    marks = [(at, end, it.columns) for it in series for at, _, end in it.points]
    marks = [it for it in marks if np.isfinite(it[0] + it[1])]
    ends = np.array([place, *((at, end) for at, end, _ in marks)])
    seen = ax.transData.transform(ends if is_upright else ends[:, ::-1])
    far = np.hypot(*(seen[1:] - seen[0]).T)
    if not len(far):
        return *place, set()
    at, end, columns = marks[far.argmin()]
    is_close = far.min() < CLOSE * ax.figure.dpi / 72 and is_counted
    return (at, end, columns) if is_close else (*place, columns)
