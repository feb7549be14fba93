"""A histogram as rows of its own: bars that count the rows of a column between their edges."""

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.container import BarContainer

from briefing.notebook.evidence import Row, rounded, rows_of

COUNTED = "number of rows"


def binned(ax: Axes, rows: list[Row]) -> list[Row]:
    """What a histogram of a column of the data has to show: of each bar its middle and its count.

    Nothing where an Axes has none: bars of one width, side by side, that are as long as rows lie
    between them.
    """
    bars = [it for it in ax.containers if isinstance(it, BarContainer) and len(it.patches) > 1]
    if len(bars) != 1 or not rows:
        return []
    boxes = np.array([it.get_bbox().bounds for it in bars[0].patches])
    if bars[0].orientation == "vertical":
        start, _, thick, long = boxes.T
    else:
        _, start, long, thick = boxes.T
    centres = start + thick / 2
    step = np.diff(centres)
    edges = [*start, start[-1] + thick[-1]]
    if not (step > 0).all() or not np.allclose(step, step[0]):
        return []
    if not np.allclose(step, thick[:-1]):  # with room between bars
        edges = [*(centres - step[0] / 2), centres[-1] + step[0] / 2]
    for head in rows[0].numbers:
        numbers = [it for row in rows for it in row.numbers[head]]
        if numbers and np.array_equal(np.histogram(numbers, edges)[0], long):
            return rows_of(pd.DataFrame({head: list(map(rounded, centres)), COUNTED: long}))
    return []
