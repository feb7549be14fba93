"""Whether bars count how many rows of a column have a number between two edges."""

import numpy as np
from matplotlib.axes import Axes
from matplotlib.container import BarContainer

from briefing.notebook.evidence import Row, middles, rounded


def is_histogram(ax: Axes, rows: list[Row]) -> bool:
    """Whether an Axes has one histogram of a column of the data, from zero on, and nothing else.

    But for lines at the mean or the median of a column.
    """
    bars = [it for it in ax.containers if isinstance(it, BarContainer) and len(it.patches) > 1]
    is_alone = len(bars) == len(ax.containers) == 1 and len(ax.patches) == len(bars[0].patches)
    is_plain = ax.get_xscale() == ax.get_yscale() == "linear"
    if not (is_alone and is_plain and rows) or ax.collections or ax.xaxis_inverted():
        return False
    inner = middles(rows, {*rows[0].numbers})
    for line in ax.lines:
        is_across = line.get_transform() == ax.get_xaxis_transform()
        if not (is_across and {rounded(float(it)) for it in line.get_xdata()} <= inner):
            return False
    is_upright = bars[0].orientation == "vertical"
    boxes = np.array([it.get_bbox().extents for it in bars[0].patches])
    start, zero, end, top = (boxes if is_upright else boxes[:, [1, 0, 3, 2]]).T
    view = ax.get_ylim() if is_upright else ax.get_xlim()
    centres, gaps = (start + end) / 2, np.diff(start + end) / 2
    if zero.any() or view[0] != 0 or not (gaps > 0).all() or not np.allclose(gaps, gaps[0]):
        return False
    edges = [*start, end[-1]]
    if not np.allclose(start[1:], end[:-1]):  # with room between bars
        edges = [*(centres - gaps[0] / 2), centres[-1] + gaps[0] / 2]
    columns = ([it for row in rows for it in row.numbers[head]] for head in rows[0].numbers)
    return any(np.array_equal(np.histogram(it, edges)[0], top) for it in columns)
