"""A chart of where: tiles of one size under the heads of regions, without any boundary."""

import pandas as pd
from matplotlib.axes import Axes

from briefing.notebook.blocks import Block
from briefing.notebook.canvas import BESIDE, GAP, ROOM, Canvas, ChartError, rows_of
from briefing.notebook.house import (
    INK,
    KINDS,
    LINE,
    MUTED,
    POINTS,
    TIGHT,
    WHITE,
    broken,
    house,
    length,
)

ACROSS, APART, INSET = 4, 3, 3  # tiles in a row; points between two, and from a tile to its words
SIDE = (ROOM - (ACROSS - 1) * APART) / ACROSS  # points: the width of a tile
SHORT = 2 * POINTS  # two Chinese characters
Member = tuple[str, str, str]  # its name, its kind, and what is said beside it, if anything
Groups = dict[str, list[Member]]


@house()
def tiles(
    ax: Axes,
    data: pd.DataFrame,
    label: str,
    group: str,
    kind: str = "",
    head: str = "",
    beside: str = "",
) -> None:
    """Draw a tile with its name for each row, all of one size, under the head of its group.

    label, group, kind: columns of words. Groups stand in the order in which they are met, a small
    one beside another where there is room; the kinds, three at most, are told apart by colour, the
    first of them as the finding; without any all are. head: a line above.
    beside: a column of words, which give a tile a row of its own where they are any. Raises
    ChartError where data has no such column, no row, or more kinds.

    Example: `briefing.tiles(ax, roles, "who", "where", "role")`.
    """
    named = [name for name in (label, group, kind, beside) if name]
    found, _ = rows_of(data, *named)
    rows = [tuple(map(str, row)) for row in found]
    groups: Groups = {}
    for row in rows:
        told = dict(zip(named, row, strict=True)) | {"": ""}
        groups.setdefault(told[group], []).append((told[label], told[kind], told[beside]))
    kinds = list(dict.fromkeys(what for _, what, _ in _members(groups)))
    if len(kinds) > len(KINDS):
        raise ChartError(f"there are {len(kinds)} kinds of tiles, expected at most {len(KINDS)}")
    looks = dict(zip(kinds, KINDS, strict=False))
    chart = Canvas(ax, head)
    if kind:
        chart.key(looks.items())
    lines = max((len(_lines(who)) for who, *_, said in _members(groups) if not said), default=1)
    for band in _bands(groups):
        if _is_list(groups[band[0]]):
            _list(chart, band[0], groups[band[0]], looks)
        else:
            _band(chart, band, groups, looks, TIGHT * lines + 2 * INSET)
    chart.finish(rows, ROOM, _panel(chart.head, groups, looks, bool(kind)))


def _members(groups: Groups) -> list[Member]:
    return [member for members in groups.values() for member in members]


def _is_list(members: list[Member]) -> bool:
    """Whether tiles of a group stand one below the other, with words beside them."""
    return any(said for *_, said in members)


def _bands(groups: Groups) -> list[list[str]]:
    """The names of groups that stand side by side: where all have room in one row."""
    bands: list[list[str]] = []
    for name in groups:
        for band in bands:
            both = [groups[other] for other in [*band, name]]
            if sum(map(len, both)) <= ACROSS and not any(map(_is_list, both)):
                band.append(name)
                break
        else:
            bands.append([name])
    return bands


def _band(
    chart: Canvas, band: list[str], groups: Groups, looks: dict[str, Block], high: float
) -> None:
    """Groups side by side: the head of each, and its tiles in rows."""
    column = 0
    for name in band:
        chart.write(column * (SIDE + APART), chart.y, name, MUTED)
        for place, (who, what, _) in enumerate(groups[name]):
            x = (column + place % ACROSS) * (SIDE + APART)
            y = chart.y + LINE + 1 + place // ACROSS * (high + APART)
            _tile(chart, who, (x, y), high, looks[what])
        column += len(groups[name])
    deepest = max(-(-len(groups[name]) // ACROSS) for name in band)
    chart.y += LINE + 1 + deepest * (high + APART) + GAP / 2


def _list(chart: Canvas, name: str, members: list[Member], looks: dict[str, Block]) -> None:
    """A group by itself: its head, and each tile in a row with what is said beside it."""
    chart.words(name, MUTED)
    chart.y += 1
    for who, what, said in members:
        words = broken(said, ROOM - SIDE - BESIDE)
        high = TIGHT * max(len(_lines(who)), len(words)) + 2 * INSET
        _tile(chart, who, (0, chart.y), high, looks[what])
        _set(chart, words, (SIDE + BESIDE, chart.y + high / 2), INK, "left")
        chart.y += high + APART
    chart.y += GAP / 2


def _tile(chart: Canvas, name: str, at: tuple[float, float], high: float, look: Block) -> None:
    """A tile, and its name in its middle."""
    x, y = at
    chart.bar(look, y + high / 2, SIDE, high, x)
    color = WHITE if look is KINDS[0] else INK
    _set(chart, _lines(name), (x + SIDE / 2, y + high / 2), color, "center")


def _set(
    chart: Canvas, lines: list[str], middle: tuple[float, float], color: str, side: str
) -> None:
    """Lines of words about a height, from or around a place."""
    x, y = middle
    for number, line in enumerate(lines):
        place = (x, y + TIGHT * (number - (len(lines) - 1) / 2))
        chart.write(*place, line, color, ha=side, va="center_baseline")


def _lines(name: str) -> list[str]:
    """A name in lines of a tile, of which the last is no single sign, where that can be helped."""
    found = [broken(name, SIDE - 2 * INSET - less * POINTS) for less in range(2)]
    return next((lines for lines in found if length(lines[-1]) > SHORT), found[0])


def _panel(head: str, groups: Groups, looks: dict[str, Block], is_keyed: bool) -> Block:
    """What was drawn as a table of a slide whose cells are filled, under the key as its head."""
    key = [(what, look["facecolor"]) for what, look in looks.items()] if is_keyed else []
    cells = [[(head, ""), *key]]
    for name, members in groups.items():
        across = 1 if _is_list(members) else ACROSS
        for start in range(0, len(members), across):
            row = members[start : start + across]
            tiles = [(who, looks[what]["facecolor"]) for who, what, _ in row]
            words = [(said, "") for *_, said in row if said]
            cells.append([("" if start else name, ""), *tiles, *words])
    whole = [[*row, *[("", "")] * (ACROSS + 1 - len(row))] for row in cells]
    table, fills = ([[cell[part] for cell in row] for row in whole] for part in range(2))
    return {"title": "", "table": table, "fills": fills}
