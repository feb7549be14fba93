"""A chart of where: tiles of one size under the heads of regions, without any boundary."""

import pandas as pd
from matplotlib.axes import Axes

from briefing.notebook import house
from briefing.notebook.canvas import Canvas, rows_of

ACROSS, APART, INSET = 4, 3, 3  # tiles in a row; points between two, and from a tile to its words
SIDE = (house.ROOM - (ACROSS - 1) * APART) / ACROSS  # points: the width of a tile
SHORT = 2 * house.POINTS  # two Chinese characters


@house.style()
def tiles(ax: Axes, data: pd.DataFrame, label: str, group: str, beside: str = "") -> None:
    """Draw a tile with its name for each row, all of one width, under the head of its group.

    label, group: columns of words; groups stand in the order in which they are met. beside: one of
    words, beside each of which its tile has a row of its own. Raises ChartError where data has no
    such column or no row.

    Example: `briefing.tiles(ax, roles, "who", "where")`.
    """
    named = [name for name in (label, group, beside) if name]
    drawn, _ = rows_of(data, *named)
    rows = [dict(zip(named, map(str, row), strict=True)) for row in drawn]
    chart = Canvas(ax)
    across = 1 if beside else ACROSS
    least = 1 if beside else max(len(_lines(row[label])) for row in rows)
    table: list[list[str]] = [[""]]
    for name in dict.fromkeys(row[group] for row in rows):
        chart.words(name, house.MUTED)
        chart.y += 1
        members = [row for row in rows if row[group] == name]
        for start in range(0, len(members), across):
            line = members[start : start + across]
            said = [line[0][beside]] if beside else []
            names = [row[label] for row in line]
            words = house.broken("".join(said), house.ROOM - SIDE - house.BESIDE)
            _draw(chart, list(map(_lines, names)), words, least)
            table.append(["" if start else name, *names, *said])
        chart.y += house.GAP / 2
    fills = [["", *[house.BLUE] * min(across, len(row) - 1)] for row in table]
    for cells in table + fills:
        cells += [""] * (ACROSS + 1 - len(cells))
    chart.finish(named, drawn, {"title": "", "table": table, "fills": fills})


def _draw(chart: Canvas, names: list[list[str]], words: list[str], least: int) -> None:
    """Tiles side by side, of at least so many lines, and the words beside them."""
    high = house.TIGHT * max(least, len(words), *map(len, names)) + 2 * INSET
    middle = chart.y + high / 2
    for place, lines in enumerate(names):
        x = place * (SIDE + APART)
        chart.bar(house.LOOKS["fact"], x, middle, SIDE, high)
        _set(chart, lines, x + SIDE / 2, middle, house.WHITE, ha="center")
    _set(chart, words, SIDE + house.BESIDE, middle, house.INK, ha="left")
    chart.y += high + APART


def _set(chart: Canvas, lines: list[str], x: float, middle: float, color: str, ha: str) -> None:
    """Lines of words about a height, from or around a place."""
    for number, line in enumerate(lines):
        y = middle + house.TIGHT * (number - (len(lines) - 1) / 2)
        chart.write(x, y, line, color, ha=ha, va="center_baseline")


def _lines(name: str) -> list[str]:
    """A name in lines of a tile, of which the last is no single sign, where that can be helped."""
    found = [house.broken(name, SIDE - 2 * INSET - less * house.POINTS) for less in range(2)]
    return next((lines for lines in found if house.length(lines[-1]) > SHORT), found[0])
