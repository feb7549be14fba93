"""How bars that matplotlib drew are told as numbers, so that a slide can draw them again.

Only what a chart of bars can hold is understood: horizontal bars from zero, or one after another,
each as long as a quantity of the chart's data and with that quantity in words beside it.
"""

import math
from collections.abc import Iterator
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import to_hex
from matplotlib.container import BarContainer
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from matplotlib.transforms import Bbox

from briefing.core.language import translate
from briefing.core.quantity import Quantity
from briefing.core.sentences import said, text

WHISKER = "_bounds"  # names a line that marks bounds; a legend leaves such a name out
PLACES = 4  # decimals of a share of the figure


def panels(fig: Figure, data: pd.DataFrame) -> list[dict[str, Any]]:
    """What is drawn in each part of a figure, top to bottom, or nothing where it is not only bars.

    Every length is a number of `data`, and nothing else is drawn that the bars would not say.
    """
    told = [_panel(ax, data) for ax in fig.axes]
    return [panel for panel in told if panel] if all(told) else []


def _panel(ax: Axes, data: pd.DataFrame) -> dict[str, Any] | None:
    if not _only_bars(ax):
        return None
    drawn = [words.get_text() for words in ax.texts]
    columns = [_column(bars, data, drawn) for bars in ax.containers]
    units = {quantity.unit for _, quantities in columns for quantity in quantities}
    words = [label for _, quantities in columns for q in quantities for label in _labels(q)]
    told = all(any(word.startswith(part) for word in words) for part in drawn)
    heights = {round(bar.get_height(), PLACES) for bars in ax.containers for bar in bars}
    if len(units) != 1 or not told or len(heights) != 1 or not _end_to_end(ax):
        return None
    places = sorted({_place(bar) for bars in ax.containers for bar in bars})
    ticks = ax.get_yticks()
    names = dict(zip(ticks, ax.yaxis.get_major_formatter().format_ticks(ticks), strict=True))
    title, labels = ax.get_title(loc="left"), [names.get(place, "") for place in places]
    return {
        "title": title,
        "categories": [label.replace("\n", " ") or title for label in labels],
        "labelled": any(labels) and ax.yaxis.get_tick_params().get("labelleft", True),
        "stacked": len(places) < sum(len(bars) for bars in ax.containers),
        "legend": ax.get_legend() is not None,
        "thickness": heights.pop(),
        "series": [
            {
                "name": translate(name),
                "bars": list(_bars(bars, quantities, places)),
            }
            for bars, (name, quantities) in zip(ax.containers, columns, strict=True)
        ],
    }


def _only_bars(ax: Axes) -> bool:
    """Whether there are bars on a plain scale that is not shown, and no mark but their bounds."""
    patches = {patch for bars in ax.containers for patch in bars}
    return (
        bool(patches)
        and all(isinstance(bars, BarContainer) for bars in ax.containers)
        and all(bars.orientation == "horizontal" for bars in ax.containers)
        and set(ax.patches) == patches
        and all(line.get_label() == WHISKER for line in ax.lines)
        and not ax.collections
        and not ax.images
        and ax.get_xscale() == "linear"
        and not ax.xaxis.get_visible()
        and ax.yaxis_inverted()
    )


def _end_to_end(ax: Axes) -> bool:
    """Whether each bar begins at zero, or where an earlier one of its place ends."""
    ends: dict[float, float] = {}
    for bar in (bar for bars in ax.containers for bar in bars):
        end = ends.get(_place(bar), 0.0)
        if not math.isclose(bar.get_x(), end, abs_tol=1e-9):
            return False
        ends[_place(bar)] = end + bar.get_width()
    return True


def _place(bar: Rectangle) -> float:
    return round(bar.get_y() + bar.get_height() / 2, PLACES)


def _column(bars: BarContainer, data: pd.DataFrame, drawn: list[str]) -> tuple[str, list[Quantity]]:
    """The column of the data that bars show, and its quantities; of some rows where they are few.

    Their words must be among those drawn, as two columns may hold the same numbers.
    """
    lengths = [bar.get_width() for bar in bars]
    for name in data.columns:
        for first in range(len(data) - len(lengths) + 1):
            cells = list(data[name].iloc[first : first + len(lengths)])
            if (
                all(isinstance(cell, Quantity) for cell in cells)
                and [cell.number for cell in cells] == lengths
                and all(_is_labelled(cell, drawn) for cell in cells)
            ):
                return name, cells
    return "", []


def _labels(quantity: Quantity) -> list[str]:
    """How a quantity may stand beside its bar: with its unit, or without it under a head."""
    return [text(quantity), text(quantity, "number")]


def _is_labelled(quantity: Quantity, drawn: list[str]) -> bool:
    return any(label.startswith(part) for label in _labels(quantity) for part in drawn)


def _bars(
    bars: BarContainer, quantities: list[Quantity], places: list[float]
) -> Iterator[dict[str, Any] | None]:
    """The bars of a series, one for each place; None where it has none."""
    found = {_place(bar): (bar, q) for bar, q in zip(bars, quantities, strict=True)}
    for place in places:
        if place not in found:
            yield None
            continue
        bar, quantity = found[place]
        closed = quantity.lower is not None and quantity.upper is not None
        yield {
            "length": quantity.number,
            "label": text(quantity),
            "bounds": said(quantity, "range") if closed and not quantity.exact else "",
            "fill": to_hex(bar.get_facecolor()),
            "edge": to_hex(bar.get_edgecolor()) if bar.get_edgecolor()[3] else "",
            "hatched": bool(bar.get_hatch()),
        }


def frames(fig: Figure) -> list[dict[str, list[float]]]:
    """Where each part of a drawn figure lies, with its words (`box`) and without (`plot`).

    Left, top, right and bottom, as shares of the figure from its upper left corner.
    """
    renderer = fig.canvas.get_renderer()
    return [
        {"box": _shares(ax.get_tightbbox(renderer), fig), "plot": _shares(ax.bbox, fig)}
        for ax in fig.axes
    ]


def _shares(box: Bbox, fig: Figure) -> list[float]:
    whole = fig.bbox
    corners = (box.x0 / whole.width, 1 - box.y1 / whole.height)
    corners += (box.x1 / whole.width, 1 - box.y0 / whole.height)
    return [round(min(max(float(corner), 0), 1), PLACES) for corner in corners]
