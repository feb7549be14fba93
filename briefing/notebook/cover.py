"""What may hide a mark or change its look: other bars, boxes, thick lines, effects, other kinds.

All that is drawn by hand is plain, of a kind that can be held, and lies on no mark.
"""

import re
from collections.abc import Iterator
from itertools import combinations

import numpy as np
from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.collections import Collection, LineCollection, PathCollection
from matplotlib.colors import to_rgba
from matplotlib.container import BarContainer
from matplotlib.figure import Figure
from matplotlib.legend import Legend
from matplotlib.lines import Line2D
from matplotlib.markers import MarkerStyle
from matplotlib.patches import Patch
from matplotlib.spines import Spine
from matplotlib.text import Text
from matplotlib.transforms import Bbox

from briefing.notebook.canvas import ChartError
from briefing.notebook.series import NOTHING, UNHELD, Series, is_seen

LIGHT, LARGE = 0.8, 30  # of a ground under which marks are seen; points of letters that hide
EDGE, THICK, WIDEST = 3, 10, 20  # points of an edge or a line of an axis, of a line, of a point
BLANK = re.compile(r"\s{3}")  # which moves words to where they do not seem to stand
MARKERS = [MarkerStyle(it) for it in MarkerStyle.markers if it not in NOTHING]
SHAPES = [it.get_path().transformed(it.get_transform()).vertices.tobytes() for it in MARKERS]
LITTLE = 1e-9  # by which ends of bars that are the same may differ
CLOSE = 1e-4  # of two bars, that may lie on one another unseen


def check_plain(fig: Figure) -> None:
    """Whether all that is seen is drawn as plain matplotlib does, so that it is what it says."""
    for artist in fig.findobj():
        box, name = artist.get_clip_box(), type(artist).__name__
        whole = box and artist.axes and artist.axes.bbox
        is_cut = whole and box is not whole and not np.allclose(box.bounds, whole.bounds)
        is_odd = artist.get_path_effects() or artist.get_sketch_params() or artist.get_agg_filter()
        if is_cut or artist.get_clip_path() or is_odd:
            raise ChartError(f"a {name} is cut or has effects, expected it as it was drawn")
        if isinstance(artist, Text):
            is_apart = artist._linespacing != "normal" and artist._linespacing > 2
            is_turned = is_apart or 90 < artist.get_rotation() < 270
            if is_turned or BLANK.search(artist.get_text()):
                told = "is turned or spaced, expected words as they are read"
                raise ChartError(f"{artist.get_text()!r} {told}")


def check_kinds(ax: Axes) -> None:
    """Whether all that an Axes has is of a kind that can be held."""
    known = Spine | Axis | Text | Legend | Line2D | PathCollection | LineCollection
    bars = {bar for it in ax.containers if isinstance(it, BarContainer) for bar in it.patches}
    for artist in ax.get_children():
        is_held = isinstance(artist, known) or artist is ax.patch or artist in bars
        # A white one may hide others.
        if not is_held and artist.get_visible() and artist.get_alpha() != 0:
            raise ChartError(f"a {type(artist).__name__} {UNHELD}")
        if isinstance(artist, Spine) and artist.get_position()[0] in ("data", "axes", "c"):
            raise ChartError("the line of an axis was moved, expected it at the edge or at zero")
    if ax.child_axes:
        raise ChartError(f"an Axes within another {UNHELD}")


def check_thin(ax: Axes) -> None:
    """Whether no mark, edge or line is so thick that it hides others, or has words for a shape."""
    of_axes = [it for axis in (ax.xaxis, ax.yaxis) for it in axis.findobj(Line2D)]
    for artist in ax.findobj(lambda it: isinstance(it, Line2D | Patch | Collection)):
        edge, most, size, is_odd = artist.get_linewidth(), EDGE, 0, False
        if isinstance(artist, Line2D):
            most = EDGE if artist in of_axes else THICK
            size = max(artist.get_markersize(), artist.get_markeredgewidth() * WIDEST / EDGE)
            is_odd = artist.get_marker() not in MarkerStyle.markers
        elif isinstance(artist, PathCollection):
            size = np.max(artist.get_sizes(), initial=0) ** 0.5
            is_odd = any(it.vertices.tobytes() not in SHAPES for it in artist.get_paths())
        elif isinstance(artist, LineCollection):
            most = THICK
        is_odd = is_odd or np.max(edge, initial=0) > most or size > WIDEST
        if is_odd and artist.get_visible():
            told = "is so thick that it hides others, or of a shape of its own"
            raise ChartError(f"a {type(artist).__name__} {told}, expected a plain thin one")


def overlaid(bars: list[Series]) -> Iterator[str]:
    """Whether no bar lies on another that is no thicker, of other length, and hides it."""
    drawn = [(place, sorted(ends), it.thick) for it in bars for place, *ends in it.points]
    for (place, one, thick), (beside, other, above) in combinations(drawn, 2):
        apart = abs(place - beside)
        is_beside = LITTLE < apart < (1 - CLOSE) * (thick + above) / 2
        is_alike = thick == above and np.allclose(one, other)
        is_hidden = apart <= LITTLE and thick <= above and not is_alike
        is_on = min(one[1], other[1]) - max(one[0], other[0]) > LITTLE
        if is_on and (is_beside or is_hidden):
            yield f"two bars lie on one another at {place:g}, expected each to be seen"


def hidden(ax: Axes, series: list[Series], is_upright: bool) -> Iterator[str]:
    """What lies on marks and hides them: boxes, and letters as large as these."""
    boxes = []
    for it in (it for it in [*ax.findobj(Text), *ax.findobj(Legend)] if it.get_visible()):
        is_words = isinstance(it, Text)
        name = repr(it.get_text()) if is_words else "a legend"
        box = it.get_bbox_patch() if is_words else it.get_frame() if it.get_frame_on() else None
        if box and to_rgba(box.get_facecolor(), box.get_alpha())[3] > LIGHT:
            boxes.append((name, box.get_window_extent()))
        elif is_words and it.get_fontsize() > LARGE:
            boxes.append((name, it.get_window_extent()))
    boxes += [
        ("a bar in the paper's colour", it.get_window_extent())
        for it in ax.patches
        if not is_seen(it, ax) and it.get_visible() and to_rgba(it.get_facecolor())[3] > LIGHT
    ]
    for name, box in boxes:
        found = set()
        for one in series:
            for place, start, end in one.points:
                ends = np.array([(place - one.thick / 2, start), (place + one.thick / 2, end)])
                corners = ax.transData.transform(ends if is_upright else ends[:, ::-1])
                if not np.isnan(ends).any() and box.overlaps(Bbox(corners)):
                    found.add((one.kind, place, end))
        if len(found) > 1 or any(kind == "bar" for kind, *_ in found):
            yield f"{name} lies on {len(found)} marks and hides them, expected it beside"
