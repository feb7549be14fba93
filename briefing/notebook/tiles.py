"""A chart of where: tiles of one size under the heads of regions, without any boundary."""

from typing import Any

import pandas as pd
from matplotlib.axes import Axes

from briefing.core.language import translate
from briefing.notebook.canvas import BESIDE, GAP, POINTS_PER_INCH, ROOM, Canvas, ChartError, rows_of
from briefing.notebook.house import INK, KINDS, LINE, MUTED, POINTS, WHITE, broken, house, length

ACROSS, APART, INSET = 4, 3, 3  # tiles in a row; points between two, and from a tile to its words
SIDE = (ROOM - (ACROSS - 1) * APART) / ACROSS  # points: the width of a tile
TIGHT = 1.1 * POINTS  # from line to line in a tile
SHORT = 2 * POINTS  # two Chinese characters
Member = tuple[str, str, str]  # its name, its kind, and what is said beside it, if anything
Groups = dict[str, list[Member]]


def tiles(
    ax: Axes,
    data: pd.DataFrame,
    label: str,
    group: str,
    kind: str,
    head: str = "",
    beside: str = "",
) -> None:
    """Draw a tile with its name for each row, all of one size, under the head of its group.

    label, group, kind: columns of words. Groups stand in the order in which they are met, a small
    one beside another where there is room; the kinds, three at most, are told apart by colour, the
    first of them as the finding; kinds that are the groups need no key. head: a line above.
    beside: a column of words, which give a tile a row of its own where they are any. Raises
    ChartError where data has no such column, no row, or more kinds.

    Example: `briefing.tiles(ax, roles, "who", "where", "role")`.
    """
    columns = [label, group, kind, *([beside] if beside else [])]
    rows = [tuple(map(str, row)) for row in rows_of(data, *columns)[0]]
    groups: Groups = {}
    for who, where, what, *said in rows:
        groups.setdefault(where, []).append((who, what, "".join(said)))
    kinds = list(dict.fromkeys(what for _, _, what, *_ in rows))
    if len(kinds) > len(KINDS):
        raise ChartError(f"there are {len(kinds)} kinds of tiles, expected at most {len(KINDS)}")
    looks = dict(zip(kinds, KINDS, strict=False))
    with house():
        canvas = Canvas(ax, head)
        if group != kind:
            canvas.key(looks.items())
        lines = max((len(_lines(who)) for who, *_, said in _members(groups) if not said), default=1)
        for band in _bands(groups):
            if _is_list(groups[band[0]]):
                _list(canvas, band[0], groups[band[0]], looks)
            else:
                _band(canvas, band, groups, looks, TIGHT * lines + 2 * INSET)
        canvas.finish(rows, ROOM, _panel(canvas, head, groups, looks, group != kind))


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
    canvas: Canvas,
    band: list[str],
    groups: Groups,
    looks: dict[str, dict[str, Any]],
    high: float,
) -> None:
    """Groups side by side: the head of each, and its tiles in rows."""
    column = rows = 0
    for name in band:
        left = column * (SIDE + APART)
        canvas.ax.text(left, canvas.y, name, va="top", color=MUTED, fontsize=POINTS)
        for place, (who, what, _) in enumerate(groups[name]):
            x = left + place % ACROSS * (SIDE + APART)
            y = canvas.y + LINE + 1 + place // ACROSS * (high + APART)
            _tile(canvas, who, (x, y), high, looks[what])
        rows = max(rows, -(-len(groups[name]) // ACROSS))
        column += len(groups[name])
    canvas.y += LINE + 1 + rows * (high + APART) + GAP / 2


def _list(
    canvas: Canvas, name: str, members: list[Member], looks: dict[str, dict[str, Any]]
) -> None:
    """A group by itself: its head, and each tile in a row with what is said beside it."""
    canvas.words(name, color=MUTED)
    canvas.y += 1
    for who, what, said in members:
        words = broken(said, ROOM - SIDE - BESIDE)
        high = TIGHT * max(len(_lines(who)), len(words)) + 2 * INSET
        _tile(canvas, who, (0, canvas.y), high, looks[what])
        _set(canvas, words, (SIDE + BESIDE, canvas.y + high / 2), INK, "left")
        canvas.y += high + APART
    canvas.y += GAP / 2


def _tile(
    canvas: Canvas, name: str, at: tuple[float, float], high: float, look: dict[str, Any]
) -> None:
    """A tile, and its name in its middle."""
    x, y = at
    canvas.ax.barh(y + high / 2, SIDE, high, x, linewidth=1, **look)
    color = WHITE if look is KINDS[0] else INK
    _set(canvas, _lines(name), (x + SIDE / 2, y + high / 2), color, "center")


def _set(
    canvas: Canvas, lines: list[str], middle: tuple[float, float], color: str, side: str
) -> None:
    """Lines of words about a height, from or around a place."""
    x, y = middle
    words = {"ha": side, "va": "center_baseline", "color": color, "fontsize": POINTS}
    for number, line in enumerate(lines):
        canvas.ax.text(x, y + TIGHT * (number - (len(lines) - 1) / 2), line, **words)


def _lines(name: str) -> list[str]:
    """A name in lines of a tile, of which the last is no single sign, where that can be helped."""
    found = [broken(name, SIDE - 2 * INSET - less * POINTS) for less in range(2)]
    return next((lines for lines in found if length(lines[-1]) > SHORT), found[0])


def _panel(
    canvas: Canvas,
    head: str,
    groups: Groups,
    looks: dict[str, dict[str, Any]],
    keyed: bool,
) -> dict[str, Any]:
    """What was drawn as a table of a slide whose cells are filled, under the key as its head."""
    key = looks if keyed else {}
    fills = [["", *(look["facecolor"] for look in key.values())]]
    table = [[translate(head) if head else "", *key]]
    for name, members in groups.items():
        across = 1 if _is_list(members) else ACROSS
        for start in range(0, len(members), across):
            row = members[start : start + across]
            words = [said for *_, said in row if said]
            table.append(["" if start else name, *(who for who, *_ in row), *words])
            fills.append(["", *(looks[what]["facecolor"] for _, what, _ in row)])
    for row in table + fills:
        row += [""] * (ACROSS + 1 - len(row))
    return {"title": "", "height": canvas.y / POINTS_PER_INCH, "table": table, "fills": fills}
