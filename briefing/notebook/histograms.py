"""Whether bars count how many rows of a column have a number between two edges."""

import numpy as np
from matplotlib.axes import Axes
from matplotlib.container import BarContainer
from matplotlib.lines import Line2D

from briefing.notebook.evidence import Row


def is_histogram(ax: Axes, rows: list[Row]) -> bool:
    """Whether an Axes has one histogram of a column of the data, from zero on, and nothing else."""
    bars = [it for it in ax.containers if isinstance(it, BarContainer) and len(it.patches) > 1]
    is_alone = len(bars) == len(ax.containers) == 1 and len(ax.patches) == len(bars[0].patches)
    is_alone &= not ax.collections and not any(isinstance(it, Line2D) for it in ax.lines)
    is_plain = ax.get_xscale() == ax.get_yscale() == "linear" and ax.get_ylim()[0] == 0
    if not (is_alone and is_plain) or ax.xaxis_inverted():
        return False
    boxes = np.array([it.get_bbox().extents for it in bars[0].patches])
    left, bottom, right, top = boxes[boxes[:, 0].argsort()].T
    edges = [*left, right[-1]]
    columns = ([it for row in rows for it in row.numbers[head]] for head in rows[0].numbers)
    return bool(
        np.allclose(left[1:], right[:-1])
        and not bottom.any()
        and any(np.array_equal(np.histogram(it, edges)[0], top) for it in columns)
    )
