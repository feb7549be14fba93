"""What is drawn by hand on an Axes as series of marks, each with its ends."""

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection, PathCollection
from matplotlib.colors import to_rgba
from matplotlib.container import BarContainer
from matplotlib.lines import Line2D

from briefing.notebook.canvas import ChartError
from briefing.notebook.evidence import Row, rounded
from briefing.notebook.sight import NOTHING, dots_seen, is_seen
from briefing.notebook.ticks import named

UNHELD = "cannot be held against the data, expected bars, lines, points or words"
THIN = 1  # points of a line in the paper's colour that parts what lies on either side of it
Color = tuple[float, ...]


@dataclass
class Series:
    """Marks that are one to a reader: those of one call.

    points: where each stands along the rows, and from where to where along the numbers. colors: of
    each, or of all. columns: those heads that all of them are of; rows: those that each is of.
    thick: how thick bars are.
    """

    kind: str
    colors: list[Color]
    label: str
    points: list[tuple[float, float, float]]
    columns: set[str] = field(default_factory=set)
    rows: list[list[Row]] = field(default_factory=list)
    thick: float = 0


def bars_of(ax: Axes) -> tuple[list[Series], bool]:
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
        label = str(container.get_label())
        found.append(Series("bar", colors, label, points, thick=max(thick, default=0)))
    if len(ways) > 1:
        raise ChartError("some bars stand and some lie, expected all in one way")
    if found:
        return found, ways.pop()
    return found, not named(ax.yaxis) or named(ax.xaxis)


def others_of(ax: Axes, is_upright: bool) -> Iterator[Series]:
    """Lines and points, each as marks; a line across the whole Axes stands at a number alone."""
    for artist in ax.get_children():
        if not is_seen(artist, ax):
            is_line = isinstance(artist, Line2D) and artist.get_linestyle() not in NOTHING
            if is_line and artist.get_visible() and artist.get_linewidth() > THIN:
                told = "a line in the paper's colour hides what it crosses"
                raise ChartError(f"{told}, expected none")
            continue
        label, parts = str(artist.get_label()), []
        if isinstance(artist, Line2D):
            kind, colors, parts = "line", [to_rgba(artist.get_color())], [artist.get_xydata()]
        elif isinstance(artist, PathCollection):
            kind, colors = "dot", [tuple(it) for it in artist.get_facecolor()]
            parts = [[point] for point in artist.get_offsets()[dots_seen(artist, ax)]]
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
            yield Series(kind, colors, label, points)
