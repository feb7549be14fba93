"""An Axes on which a chart is set from the top down, and what was drawn on it."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from numbers import Real
from typing import Any
from weakref import WeakKeyDictionary

import numpy as np
import pandas as pd
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.collections import PathCollection
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle
from matplotlib.text import Annotation, Text

from briefing.core.labels import in_language
from briefing.core.language import is_strict, translate
from briefing.core.quantity import Quantity
from briefing.notebook import house
from briefing.notebook.blocks import Block, head_of
from briefing.notebook.house import BESIDE, GAP, INK, LINE, MUTED, POINTS, ROOM, broken, length

SAMPLE = 9  # points: the side of a mark in a key
POINTS_PER_INCH = 72
# Of each kind of mark where it stands, or what it says, and what else makes its look.
LOOKS: dict[str, tuple[type[Artist], str]] = {
    "bar": (Rectangle, "bbox facecolor hatch edgecolor linewidth angle data_transform clip_path"),
    "line": (
        Line2D,
        "xydata marker linestyle color markerfacecolor markeredgecolor linewidth markersize "
        "transform",
    ),
    "dot": (PathCollection, "offsets facecolor sizes edgecolor offset_transform"),
    "words": (Text, "text position color fontsize rotation ha va"),
}
SHOWN = " visible alpha zorder clip_on"
Rows = list[tuple[Any, ...]]
Breaking = Callable[[str, float], list[str]]


class ChartError(ValueError):
    """A chart shows words or a mark that its data do not hold, or cannot be drawn from them."""


@dataclass
class Drawn:
    """What a call has drawn: columns and their rows, the marks as they were, height and right end.

    panel: the same as data for a chart on a slide that can be edited, None where there is none.
    own: all that was on the Axes then.
    """

    columns: Sequence[str]
    rows: Rows
    height: float
    right: float
    panel: Block | None
    marks: dict[Artist, Any]
    own: list[Artist]


DRAWN: WeakKeyDictionary[Axes, Drawn] = WeakKeyDictionary()


class Canvas:
    """An Axes as wide as the picture, on which rows are set from the top down.

    x is in the units of the data, y in points. right: what x is at the right edge; head: a line
    above.
    """

    def __init__(self, ax: Axes, head: str = "", right: float = ROOM) -> None:
        if not isinstance(ax, Axes):
            raise ChartError(f"{type(ax).__name__} is no Axes, expected one, as of plt.subplots()")
        if is_strict() and any(map(str.isdigit, head)):
            raise ChartError(f"the head {head!r} says a number, expected it in the data")
        if marks(ax):
            raise ChartError("the Axes holds something already, expected an empty one")
        ax.set_axis_off()
        self.ax, self.y, self.head = ax, 2.0, translate(head) if head else ""
        self.right, self.per_point = right, right / ROOM
        if head:
            self.words(self.head, MUTED)
            self.y += BESIDE

    def write(self, x: float, y: float, words: str, color: str = INK, **look: Any) -> None:
        """Words at a place, of the one size."""
        self.ax.text(x, y, words, **{"va": "top", "color": color, "fontsize": POINTS} | look)

    def lines(self, x: float, lines: list[str], color: str = INK, **look: Any) -> None:
        """Lines of words from here down."""
        for line in lines:
            self.write(x, self.y, line, color, **look)
            self.y += LINE

    def words(self, words: str, color: str = INK) -> None:
        """Words over the whole width, in as many lines as they take."""
        self.lines(0, broken(words, ROOM), color)

    def bar(
        self, look: Mapping[str, Any], x: float, middle: float, wide: float, high: float
    ) -> None:
        self.ax.barh(middle, wide, high, x, linewidth=1, **look)

    def beside(self, words: str, x: float, middle: float) -> None:
        """Words to the right of a mark."""
        look = {"textcoords": "offset points", "va": "center", "color": INK, "fontsize": POINTS}
        self.ax.annotate(words, (x, middle), (BESIDE, 0), **look)

    def key(self, named: Iterable[tuple[str, Block]]) -> None:
        """What the looks of marks mean, in as few lines as it takes."""
        x = 0.0
        for name, look in named:
            wide = length(name) + 2.6 * POINTS
            if x and x + wide > ROOM:
                x, self.y = 0.0, self.y + LINE
            at = self.y + LINE / 2
            self.bar(look, x * self.per_point, at, SAMPLE * self.per_point, SAMPLE)
            self.write((x + SAMPLE + 4) * self.per_point, at, name, va="center_baseline")
            x += wide
        self.y += LINE + GAP / 2

    def finish(self, columns: Sequence[str], rows: Rows, panel: Block | None) -> None:
        """Set the limits, and keep what was drawn, for the check and for slides."""
        self.ax.set(xlim=(0, self.right), ylim=(self.y, 0))
        for artist in (*self.ax.patches, *self.ax.lines, *self.ax.collections):
            artist.set_clip_on(False)  # all lies within, and each would name what it is cut by
        if panel:
            panel = {"title": self.head, "height": self.y / POINTS_PER_INCH} | panel
        drawn, own = marks(self.ax), self.ax.get_children()
        DRAWN[self.ax] = Drawn(columns, rows, self.y, self.right, panel, drawn, own)
        arrange(self.ax.get_figure())


def arrange(fig: Figure) -> None:
    """Set what calls have drawn one below the other, over the whole width."""
    fig.set_layout_engine("none")
    heights = [DRAWN[ax].height if ax in DRAWN else 0 for ax in fig.axes]
    top = whole = sum(heights) + GAP * (len(heights) - 1)
    fig.set_size_inches(house.WIDE / POINTS_PER_INCH, whole / POINTS_PER_INCH)
    left = BESIDE / house.WIDE
    for ax, high in zip(fig.axes, heights, strict=True):
        ax.set_position((left, (top - high) / whole, 1 - 2 * left, max(high, 1) / whole))
        top -= high + GAP


def bars_panel(names: Iterable[Any], series: dict[str, list[Block]]) -> Block:
    """What is bars on a slide: the names of rows, and the bars of each column; several stack."""
    told = [{"name": head_of(name), "bars": bars} for name, bars in series.items()]
    return {"categories": list(map(str, names)), "stacked": len(told) > 1, "series": told}


def as_bar(look: Block, start: float, long: float, label: str) -> Block:
    """A bar on a slide: where it begins, how long it is, what is said beside it, and its look."""
    fill, edge = look["facecolor"], look.get("edgecolor", "")
    drawn = {"fill": fill, "edge": edge, "hatched": bool(look.get("hatch"))}
    return {"start": start, "length": long, "label": label} | drawn


def rows_of(
    data: pd.DataFrame, *columns: str, looks: str | Sequence[str] = "fact"
) -> tuple[Rows, list[str]]:
    """The rows of some columns, words in the current language, and the look of each.

    looks: one for all, or one a row. Raises ChartError where the frame has no such column or no
    row, or as `one_a_row`.
    """
    missing = [name for name in columns if name not in data]
    if missing:
        found = ", ".join(map(repr, data.columns))
        raise ChartError(f"the frame has no column {missing[0]!r}, expected one of {found}")
    if any(isinstance(data[name], pd.DataFrame) for name in columns):
        raise ChartError("the frame has two columns of one name, expected a name for each")
    if data.empty:
        raise ChartError("the frame has no row, expected at least one to draw")
    rows = list(zip(*(data[name].map(in_language) for name in columns), strict=True))
    return rows, one_a_row("looks", looks, house.LOOKS, len(rows))


def one_a_row(
    name: str, given: str | Sequence[str], known: Collection[str], rows: int
) -> list[str]:
    """What is given for all rows or for each.

    Raises ChartError where something is unknown or they are not as many.
    """
    found = [given] * rows if isinstance(given, str) else list(given)
    if set(found) - set(known) or len(found) != rows:
        told = f"expected one of {', '.join(known)}, for all or for each of {rows} rows"
        raise ChartError(f"{name} are {found}, {told}")
    return found


def fitting(words: str, room: float, breaking: Breaking = broken) -> list[str]:
    """Words in lines no longer than so many points. Raises ChartError where one does not fit."""
    lines = breaking(words, room)
    if max(map(length, lines)) > room:
        told = "expected shorter words or fewer boxes in a row"
        raise ChartError(f"{words!r} has no room beside the others, {told}")
    return lines


def as_quantity(cell: Any, name: str) -> Quantity:
    """A number to be drawn, which a row of some name has.

    Raises ChartError where it has none, TypeError for a bare one where an edition is built.
    """
    if isinstance(cell, Quantity):
        if cell.number < 0:
            raise ChartError(f"{name!r} is below zero, expected from zero on: draw it by hand")
        return cell
    if pd.isna(cell):
        raise ChartError(f"{name!r} has no number, expected rows that have one, as of .dropna()")
    if isinstance(cell, Real) and not is_strict():
        return as_quantity(Quantity.constant(str(cell)), name)
    raise TypeError(f"{cell!r} cannot be drawn: expected a quantity")


def marks(ax: Axes) -> dict[Artist, Any]:
    """Every mark on an Axes, and what it says by where it stands, how long it is, or in words."""
    found = {artist: _state(artist) for artist in ax.get_children() if artist is not ax.patch}
    return {artist: state for artist, state in found.items() if state}


def _state(artist: Artist) -> Any:
    """Its kind, where it stands or what it says, and how it looks; None for what is no mark."""
    kind = next((kind for kind, (of, _) in LOOKS.items() if isinstance(artist, of)), "")
    if not kind or (kind == "words" and not artist.get_text()):
        return None
    found = [getattr(artist, f"get_{name}")() for name in (LOOKS[kind][1] + SHOWN).split()]
    state = [it.tolist() if isinstance(it, np.ndarray) else it for it in found]
    if kind == "bar":
        state[0] = state[0].bounds
    elif kind == "words":
        behind = artist.get_bbox_patch()
        state.append(behind and behind.get_facecolor())
        # Words beside a mark are set from it at each drawing, by a transform of their own.
        is_beside = isinstance(artist, Annotation)
        state += [artist.xy, artist.xycoords] if is_beside else [artist.get_transform()]
    return [kind, *state]
