"""Whether a reader sees what is drawn: not what is hidden, as pale as the paper, or too small."""

from typing import Any

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.collections import PathCollection
from matplotlib.colors import to_rgba, to_rgba_array
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle
from matplotlib.text import Text

FAINT = 0.05  # of full light, how far from the paper's colour what is seen lies at least
SMALLEST = 4  # points of letters
NOTHING = ("", " ", "None", "none", None)


def is_seen(artist: Artist, ax: Axes) -> bool:
    """Whether a reader sees an artist at all."""
    if not artist.get_visible():
        return False
    if isinstance(artist, Rectangle):
        edge = artist.get_linewidth() and stands_out(artist.get_edgecolor(), ax)
        return bool(edge or artist.get_hatch()) or stands_out(artist.get_facecolor(), ax)
    if isinstance(artist, Text):
        is_large = artist.get_fontsize() >= SMALLEST
        return is_large and stands_out(to_rgba(artist.get_color(), artist.get_alpha()), ax)
    if isinstance(artist, Line2D):
        return _is_line_seen(artist, ax)
    return artist.get_alpha() is None or bool(np.max(artist.get_alpha()) > FAINT)


def stands_out(color: Any, ax: Axes) -> bool:
    """Whether a colour is another than that behind an Axes."""
    *_, alpha = drawn = np.array(to_rgba(color))
    far = np.abs(drawn - np.array(to_rgba(ax.get_facecolor())))[:3].max()
    return bool(alpha * far > FAINT)


def dots_seen(dots: PathCollection, ax: Axes) -> list[bool]:
    """Of each point whether a reader sees it."""
    count = len(dots.get_offsets())
    colors = [to_rgba_array(it) for it in (dots.get_facecolor(), dots.get_edgecolor())]
    seen = [[stands_out(color, ax) for color in it] for it in colors]
    each = [np.resize(it, count) if it else np.zeros(count, bool) for it in seen]
    sizes = np.resize(dots.get_sizes(), count) > 0
    return list((each[0] | each[1]) & sizes)


def _is_line_seen(line: Line2D, ax: Axes) -> bool:
    alpha = line.get_alpha()
    marks = [line.get_markerfacecolor(), line.get_markeredgecolor()]
    is_marked = line.get_marker() not in NOTHING and line.get_markersize() > 0
    is_drawn = line.get_linestyle() not in NOTHING and line.get_linewidth() > 0
    colors = [line.get_color()] * is_drawn + [it for it in marks if is_marked and it != "none"]
    return any(stands_out(to_rgba(color, alpha), ax) for color in colors)
