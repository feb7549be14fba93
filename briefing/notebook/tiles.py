"""A chart of where: tiles of one size under the heads of regions, without any boundary."""

import pandas as pd
from matplotlib.axes import Axes

from briefing.notebook.blocks import Block
from briefing.notebook.canvas import BESIDE, GAP, ROOM, Canvas, ChartError, rows_of
from briefing.notebook.house import INK, KINDS, MUTED, POINTS, TIGHT, broken, ink_on, length, style

ACROSS, APART, INSET = 4, 3, 3  # tiles in a row; points between two, and from a tile to its words
SIDE = (ROOM - (ACROSS - 1) * APART) / ACROSS  # points: the width of a tile
SHORT = 2 * POINTS  # two Chinese characters


@style()
def tiles(
    ax: Axes,
    data: pd.DataFrame,
    label: str,
    group: str,
    kind: str = "",
    head: str = "",
    beside: str = "",
) -> None:
    """Draw a tile with its name for each row, all of one width, under the head of its group.

    label, group, kind: columns of words. Groups stand in the order in which they are met; the
    kinds, three at most, are told apart by colour, the first of them as the finding; without any
    all are. head: a line above. beside: a column of words, beside each of which its tile has a row
    of its own. Raises ChartError where data has no such column, no row, or more kinds.

    Example: `briefing.tiles(ax, roles, "who", "where", "role")`.
    """
    named = [name for name in (label, group, kind, beside) if name]
    drawn, _ = rows_of(data, *named)
    rows = [dict(zip(named, map(str, row), strict=True)) | {"": ""} for row in drawn]
    kinds = list(dict.fromkeys(row[kind] for row in rows))
    if len(kinds) > len(KINDS):
        raise ChartError(f"there are {len(kinds)} kinds of tiles, expected at most {len(KINDS)}")
    looks = dict(zip(kinds, KINDS, strict=False))
    chart = Canvas(ax, head)
    table, fills = [[chart.head]], [[""]]
    if kind:
        chart.key(looks.items())
        table[0] += looks
        fills[0] += [look["facecolor"] for look in looks.values()]
    across = 1 if beside else ACROSS
    least = 1 if beside else max(len(_lines(row[label])) for row in rows)
    for name in dict.fromkeys(row[group] for row in rows):
        chart.words(name, MUTED)
        chart.y += 1
        members = [row for row in rows if row[group] == name]
        for start in range(0, len(members), across):
            line = members[start : start + across]
            said = [line[0][beside]] if beside else []
            row = [(_lines(it[label]), looks[it[kind]]) for it in line]
            _draw(chart, row, broken("".join(said), ROOM - SIDE - BESIDE), least)
            table.append(["" if start else name, *(it[label] for it in line), *said])
            fills.append(["", *(look["facecolor"] for _, look in row)])
        chart.y += GAP / 2
    # On a slide it is a table, of which the first row is what its colours mean.
    for cells in table + fills:
        cells += [""] * (ACROSS + 1 - len(cells))
    chart.finish(drawn, {"title": "", "table": table, "fills": fills})


def _draw(chart: Canvas, row: list[tuple[list[str], Block]], words: list[str], least: int) -> None:
    """Tiles side by side, of at least so many lines, and the words beside them."""
    high = TIGHT * max(least, len(words), *(len(lines) for lines, _ in row)) + 2 * INSET
    middle = chart.y + high / 2
    for place, (lines, look) in enumerate(row):
        x = place * (SIDE + APART)
        chart.bar(look, x, middle, SIDE, high)
        _set(chart, lines, x + SIDE / 2, middle, ink_on(look["facecolor"]), ha="center")
    _set(chart, words, SIDE + BESIDE, middle, INK, ha="left")
    chart.y += high + APART


def _set(chart: Canvas, lines: list[str], x: float, middle: float, color: str, ha: str) -> None:
    """Lines of words about a height, from or around a place."""
    for number, line in enumerate(lines):
        y = middle + TIGHT * (number - (len(lines) - 1) / 2)
        chart.write(x, y, line, color, ha=ha, va="center_baseline")


def _lines(name: str) -> list[str]:
    """A name in lines of a tile, of which the last is no single sign, where that can be helped."""
    found = [broken(name, SIDE - 2 * INSET - less * POINTS) for less in range(2)]
    return next((lines for lines in found if length(lines[-1]) > SHORT), found[0])
