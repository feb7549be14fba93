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
from matplotlib.container import BarContainer
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle
from matplotlib.text import Text

from briefing.notebook.canvas import ChartError
from briefing.notebook.evidence import Row, rounded

UNHELD = "cannot be held against the data, expected bars, lines, points or words"
FAINT = 0.05  # of full light, how far from the paper's colour what is seen lies at least
SMALLEST = 4  # points of letters
THIN = 1  # points of a line in the paper's colour that parts what lies on either side of it
NOTHING = ("", " ", "None", "none", None)


@dataclass
class Series:
    """Marks that are one to a reader: those of one call.

    points: where each stands along the rows, and from where to where along the numbers. colors: of
    each, or of all. thick: how thick bars are. columns: those heads that all of them are of; rows:
    those that each is of.
    """

    kind: str
    colors: list[tuple[float, ...]]
    label: str
    points: list[tuple[float, float, float]]
    thick: float = 0
    columns: set[str] = field(default_factory=set)
    rows: list[list[Row]] = field(default_factory=list)


def bars_of(ax: Axes) -> tuple[list[Series], set[bool]]:
    """The bars of an Axes, and whether they stand side by side from left to right."""
    found, ways = [], set()
    for container in (it for it in ax.containers if isinstance(it, BarContainer)):
        seen = [bar for bar in container.patches if is_seen(bar, ax)]
        is_upright = container.orientation == "vertical"
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
        ways.add(is_upright)
        colors, label = [bar.get_facecolor() for bar in seen], str(container.get_label())
        found.append(Series("bar", colors, label, points, max(thick, default=0)))
    if len(ways) > 1:
        raise ChartError("some bars stand and some lie, expected all in one way")
    return found, ways


def others_of(ax: Axes, is_upright: bool) -> Iterator[Series]:
    """Lines and points, each as marks; a line across the whole Axes stands at a number alone."""
    whole = (ax.get_xaxis_transform(), ax.get_yaxis_transform())
    for artist in ax.get_children():
        moved = artist.get_transform()
        if not is_seen(artist, ax):
            _check_covers_nothing(artist)
            continue
        if isinstance(artist, Line2D):
            kind, colors, parts = "line", [to_rgba(artist.get_color())], [artist.get_xydata()]
        elif isinstance(artist, PathCollection):
            kind, colors = "dot", [tuple(it) for it in artist.get_facecolor()]
            parts = [[point] for point in artist.get_offsets()[_dots_seen(artist, ax)]]
            moved = artist.get_offset_transform()
            if len({rounded(float(it)) for it in artist.get_sizes()}) > 1:
                raise ChartError("dots of one call differ in size, expected one for all")
        elif isinstance(artist, LineCollection):
            kind, parts = "line", artist.get_segments()
            colors = [tuple(it) for it in artist.get_colors()]
        else:
            continue
        points: list[tuple[float, float, float]] = []
        for pairs in (np.asarray(part, float) for part in parts):
            along, numbers = pairs.T if is_upright else pairs.T[::-1]
            kind = "stem" if kind == "line" and len(along) == 2 and len({*along}) == 1 else kind
            if moved in whole:
                points += [(np.nan, *[float(pairs[0][whole.index(moved)])] * 2)]
            elif moved == ax.transData:
                points += zip(along.tolist(), numbers.tolist(), numbers.tolist(), strict=True)
            else:
                raise ChartError(f"a {kind} that is not set in the numbers of the axes {UNHELD}")
        if points:
            yield Series(kind, colors, str(artist.get_label()), points)


def _check_covers_nothing(artist: Artist) -> None:
    if not isinstance(artist, Line2D | LineCollection) or not artist.get_visible():
        return
    if artist.get_linestyle() not in NOTHING and np.max(artist.get_linewidth()) > THIN:
        raise ChartError("a line in the paper's colour hides what it crosses, expected none")


def is_seen(artist: Artist, ax: Axes) -> bool:
    """Whether a reader sees a mark or words at all."""
    return artist.get_visible() and any(_stands_out(it, ax) for it in _colors(artist))


def _colors(artist: Artist) -> list[Any]:
    """The colours in which a mark or words are drawn."""
    alpha = artist.get_alpha()
    if isinstance(artist, Rectangle):
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
    """Whether a colour is another than that behind an Axes."""
    *_, alpha = drawn = np.array(to_rgba(color))
    far = np.abs(drawn - np.array(to_rgba(ax.get_facecolor())))[:3].max()
    return bool(alpha * far > FAINT)


def _dots_seen(dots: PathCollection, ax: Axes) -> list[bool]:
    """Of each point whether a reader sees it."""
    count = len(dots.get_offsets())
    colors = [to_rgba_array(it) for it in (dots.get_facecolor(), dots.get_edgecolor())]
    seen = [[_stands_out(color, ax) for color in it] or [False] for it in colors]
    found = np.resize(seen[0], count) | np.resize(seen[1], count)
    return list(found & (np.resize(dots.get_sizes(), count) > 0))
