"""Whether a chart shows what its data say: each word is theirs, and each mark stands at a number.

What a call such as `bars` has drawn must be as it was drawn, from rows of the frame that is shown
below the chart, and nothing beside it. What is drawn by hand is held against that frame.
"""

from collections.abc import Collection, Iterator
from itertools import chain, combinations
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import to_rgba
from matplotlib.figure import Figure
from matplotlib.legend import Legend
from matplotlib.lines import Line2D
from matplotlib.text import Text
from matplotlib.transforms import Bbox

from briefing.core.quantity import Quantity
from briefing.core.sentences import Sentence
from briefing.notebook import cover, house, ticks
from briefing.notebook.canvas import DRAWN, ChartError, Drawn, arrange, marks
from briefing.notebook.evidence import (
    SIGNED,
    Row,
    is_free,
    is_known,
    is_number,
    is_said,
    mentioned,
    middles,
    named_in,
    numbers_in,
    plain,
    rounded,
    rows_of,
    said_of_others,
    sources_of,
    turned,
    words_of,
)
from briefing.notebook.histograms import COUNTED, binned
from briefing.notebook.series import Panel, legends_of
from briefing.notebook.sketches import SMALL, UNSCALED, Sketch

IN_THE_CALL = (
    "expected words of either: a title is given in the call, show_chart(fig, title, frame)"
)
BESIDE = "is drawn beside the Axes, expected all that is seen in one"
MONEY = ("$", "美元", "usd", "dollar")
BY = 0.01  # inches, and shares of a picture, by which it may be another than it was drawn
LEAST = 0.05  # of an axis of numbers that marks reach over
THICKEST = 3  # points of a line across


def check(fig: Figure, title: Sentence, data: pd.DataFrame) -> None:
    """Hold a chart against its data. Raises ChartError, which names the first label or mark."""
    if len({plain(str(name)) for name in data.columns}) < len(data.columns):
        raise ChartError("the data shown have two columns of one name, expected a name for each")
    called = {ax: DRAWN[ax] for ax in fig.axes if ax in DRAWN}
    if called and len(called) < len(fig.axes):  # which leaves no room for what is by hand
        told = "some parts are drawn by a call and some by hand, expected a figure for each"
        raise ChartError(told)
    for ax, drawn in called.items():
        _check_untouched(ax, drawn)
    cover.check_plain(fig)
    for ax in fig.axes if not called else ():
        cover.check_kinds(ax)
    if called:
        _check_rows(called.values(), data)
        _check_arranged(fig)
    known = [*words_of(data), plain(str(title))]
    numbers = numbers_in([*data.to_numpy().flat, title])
    rows, others = rows_of(data), [*map(str, data.columns), str(title), *sources_of(data)]
    is_turned = not called and any(_has_columns_along(ax, rows) for ax in fig.axes)
    if is_turned:
        rows = rows_of(turned(data))
    of_axes = {ax: binned(ax, rows) or _faceted(ax, rows) for ax in fig.axes if not called}
    numbers = numbers.union(*(row.all_numbers() for its in of_axes.values() for row in its))
    scales = {ticks.counted_by(axis) for ax in fig.axes for axis in (ax.xaxis, ax.yaxis)}
    numbers |= {rounded(it / scale) for it in numbers for scale in scales}
    typed = {it for it, told in _typed(fig).items() if is_free(told, rows, numbers)}
    every = list(_words(fig))
    said = [words for words in every if words not in typed]
    for words in said:
        if not is_said(words, known, numbers):
            told = "is drawn, but stands neither in the chart's data nor in its title"
            for row in named_in(words, rows)[:1]:
                told = f"names the row {row.title!r}, of which neither data nor title say all of it"
            raise ChartError(f"{words!r} {told}, {IN_THE_CALL}")
    free = (it for it in typed if not any(map(str.isdigit, it)))
    _check_currency(fig, every, [*known, *free])
    in_title, scaled = numbers_in([title]), [[it.counted_by(by) for it in rows] for by in scales]
    for words in said:
        if is_number(words, numbers) or is_said(words, [plain(str(title))], in_title):
            continue
        found = [said_of_others(words, its, others) for its in (rows, *scaled)]
        if all(found):
            told = f"{words!r} says of {found[0].title!r} what is not in its row, or not clearly"
            raise ChartError(f"{told}, expected a comma between what is of several")
    for ax, drawn in called.items():
        _check_alone(ax, drawn, numbers)
    if called:
        panels = [Panel(set(), *it) for drawn in called.values() if (it := _scale(drawn))]
    else:
        _check_apart(fig)
        fig.draw_without_rendering()  # after which words stand where they are seen
        panels = _check_sketches(of_axes, rows, title)
        drawn = set().union(*(it.columns for it in panels))
        undrawn = [head for head, ends in [*rows[0].ends.items()][1:] if ends and head not in drawn]
        if is_turned and undrawn:
            told = "is a row of the data shown, but not drawn"
            raise ChartError(f"{undrawn[0]!r} {told}, expected the frame that was drawn")
    _check_scales(panels)
    _check_beside(fig, set().union(*(it.columns for it in panels)), rows, str(title))


def _words(fig: Figure) -> Iterator[str]:
    """All words of a figure but those that a call has drawn, and the numbers along axes.

    Raises ChartError for what is no words beside the Axes.
    """
    for artist in fig.get_children():
        if artist not in [fig.patch, *fig.axes, *fig.texts] and artist.get_visible():
            raise ChartError(f"a {type(artist).__name__} {BESIDE}")
    found = list(fig.texts)
    for ax in fig.axes:
        drawn = DRAWN[ax].marks if ax in DRAWN else {}
        added = [it for it in ax.get_children() if it not in drawn and it.get_visible()]
        legends = [it for it in added if isinstance(it, Legend)]
        found += [it for it in added if isinstance(it, Text)]
        found += [words for it in legends for words in (it.get_title(), *it.get_texts())]
        for axis in (ax.xaxis, ax.yaxis) if ax.axison else ():
            yield from ticks.words(axis)
    yield from (it.get_text() for it in found if it.get_text() not in ("", "None"))


def _faceted(ax: Axes, rows: list[Row]) -> list[Row]:
    """The rows that a panel's title names, where there are several panels; else all."""
    titled = set(map(plain, ticks.titles(ax))) if len(ax.figure.axes) > 1 else set()
    return [row for row in rows if row.names & titled] or rows


def _has_columns_along(ax: Axes, rows: list[Row]) -> bool:
    """Whether the columns of the data stand along an axis, as years do, and its rows are lines."""
    names, heads = {it for row in rows for it in row.names}, {*rows[0].numbers}
    for axis in (ax.xaxis, ax.yaxis):
        along = {plain(words) for _, words in ticks.seen(axis)}
        if len(along & heads) > 1 and along <= heads and not along & names:
            return True
    return False


def _typed(fig: Figure) -> dict[str, str]:
    """What is typed beside marks and their labels: names of axes and legends, titles and notes.

    Each with what is to be free of it: not a scale to which marks are held.
    """
    axes = [axis for ax in fig.axes for axis in (ax.xaxis, ax.yaxis)]
    found = {name: name for name in map(ticks.name, axes)}
    for ax in fig.axes:
        notes = [*fig.texts, *ax.texts, *(it.get_title() for it in legends_of(ax))]
        notes += (words for it in legends_of(ax) for words in it.get_texts())
        found |= {it: it for it in (words.get_text() for words in notes)}
        found |= {it: ticks.unscaled(it, ax) for it in ticks.titles(ax)}
    return found


def _check_currency(fig: Figure, said: list[str], known: list[str]) -> None:
    """Whether amounts in dollars are said of money alone."""
    axes = (axis for ax in fig.axes if ax.axison for axis in (ax.xaxis, ax.yaxis))
    along = (words for axis in axes for _, words in ticks.seen(axis))
    dollars = [*filter(SIGNED.search, [*said, *along])]
    if dollars and not any(sign in it.casefold() for it in known for sign in MONEY):
        told = "is drawn, but neither data nor title tell of dollars"
        raise ChartError(f"{dollars[0]!r} {told}, expected a column, or its name, that does")


def _check_sketches(
    of_axes: dict[Axes, list[Row]], rows: list[Row], title: Sentence
) -> list[Panel]:
    """Hold what is drawn by hand against rows; what one panel leaves out another has to show.

    of_axes: the rows that each Axes is of: those of the data, or of its histogram.
    """
    sketches = [Sketch(ax, its, title) for ax, its in of_axes.items()]
    for one in sketches:
        if COUNTED in one.heads:
            one.levels |= middles(rows, one.heads - {COUNTED})
        cover.check_thin(one.ax)
        one.elsewhere = [it for other in sketches if other is not one for it in other.named_rows]
        _check_filled(one, sketches)
        if fault := next(one.faults(), ""):
            raise ChartError(fault)
    _check_columns(sketches, rows)
    return [one.panel() for one in sketches]


def _check_filled(one: Sketch, sketches: list[Sketch]) -> None:
    """Whether marks fill an axis of numbers, in one of the panels that share it."""
    panels = {axis.axes for axis in ticks.sharing(one.across)}
    series = chain(*(it.series for it in sketches if it.ax in panels))
    reached = [abs(end) for it in series for _, _, end in it.points if np.isfinite(end)]
    low, high = one.across.get_view_interval()
    if max(reached, default=high) < LEAST * (high - low):
        raise ChartError(SMALL)


def _check_columns(sketches: list[Sketch], rows: list[Row]) -> None:
    """Whether a column that is drawn is drawn of all rows that have a number in it."""
    series = [it for one in sketches for it in one.series if it.kind != "level"]
    for head in sorted({it for one in series if len(one.columns) == 1 for it in one.columns}):
        drawn = [row for one in series if head in one.columns for its in one.rows for row in its]
        drawn += (row for one in sketches for row in one.crossed)
        for row in rows:
            if row.ends.get(head) and row not in drawn:
                told = f"is not drawn of {row.title!r}, expected all rows that have a number"
                raise ChartError(f"{head!r} {told}")


def _check_apart(fig: Figure) -> None:
    """Whether no Axes lies on another, where marks would be read by the numbers of either."""
    for one, other in combinations(fig.axes, 2):
        shared = Bbox.intersection(one.get_position(), other.get_position())
        if shared is not None and shared.width * shared.height > BY**2:
            raise ChartError("two Axes lie on one another, expected one axis of numbers")


def _check_scales(panels: list[Panel]) -> None:
    """Whether panels that are compared have one scale: those of one unit."""
    for one, other in combinations(panels, 2):
        if one.unit == other.unit and one.scale != other.scale:
            told = "two panels of one unit have each a scale of their own, expected one"
            way = "in one call, or a figure for each; by hand sharex=True or sharey=True"
            raise ChartError(f"{told} {way}, and two units named along their axes")


def _scale(drawn: Drawn) -> tuple[str, tuple[float, ...]] | None:
    """The unit and the scale of what a call has drawn, but for dots, of which each is one."""
    units = {it.unit for row in drawn.rows for it in row if isinstance(it, Quantity)}
    is_dots = any(kind == "dot" for kind, *_ in drawn.marks.values())
    return (units.pop(), (drawn.right,)) if units and not is_dots else None


def _check_beside(fig: Figure, columns: set[str], rows: list[Row], title: str) -> None:
    """Whether words of a figure lie on no Axes, and name columns that are drawn."""
    heads = {head for row in rows for head, numbers in row.ends.items() if numbers}
    for words in fig.texts:
        text, box = words.get_text(), words.get_window_extent()
        if any(box.overlaps(ax.get_window_extent()) for ax in fig.axes if text.strip()):
            told = "lies on an Axes, expected it beside, or left to show_chart(fig, title, frame)"
            raise ChartError(f"{text!r} {told}, which sets title and source")
        is_told = plain(text) not in heads and is_known(plain(text), [plain(title)])
        if columns and not is_told and mentioned(text, heads) - columns:
            told = f"is said of what is drawn from {', '.join(sorted(columns))!r}"
            raise ChartError(f"{text!r} {told}, expected its own name")


def _check_untouched(ax: Axes, drawn: Drawn) -> None:
    """Whether what a call has drawn is there, and as it was."""
    now = marks(ax)
    for artist, state in drawn.marks.items():
        if now.get(artist) == state:
            continue
        kind, place, *_ = state
        named = repr(place)
        if kind != "words":
            ends = [place[0] + place[2]] if kind == "bar" else [x for x, _ in place]
            named = f"a {kind} that ends at {max(ends, default=0):g}"
        told = "was drawn from the data and is changed or gone, expected it as it was"
        raise ChartError(f"{named} {told}")
    if ax.get_ylim() != (drawn.height, 0):
        raise ChartError("the order of the rows was turned, expected that of the data")
    scales = {ax.get_xscale(), ax.get_yscale()}
    is_bent = scales != {"linear"} or ax.get_aspect() != "auto" or not ax.get_visible()
    is_bent = is_bent or ax.axison or ax.get_zorder()
    if ax.get_xlim() != (0, drawn.right) or is_bent:
        raise ChartError("the axis of numbers was cut, expected it from zero on")


def _check_alone(ax: Axes, drawn: Drawn, numbers: set[float]) -> None:
    """Whether nothing was added to what a call has drawn, but for a line across at a number."""
    for artist in ax.get_children():
        if artist in drawn.own:
            continue
        named = f"a {type(artist).__name__}"
        if isinstance(artist, Line2D) and artist.get_transform() == ax.get_xaxis_transform():
            if artist.get_linewidth() > THICKEST:
                raise ChartError("a line hides what it crosses, expected a thinner one")
            if (place := rounded(float(artist.get_xdata()[0]))) in numbers:
                continue
            told = f"a line stands at {place:g}, which no row of the data holds"
            raise ChartError(f"{told}, {UNSCALED}")
        if isinstance(artist, Text):
            named = repr(artist.get_text())
        told = "was added to what a call has drawn, expected a chart by the call or by hand"
        raise ChartError(f"{named} {told}")


def _check_arranged(fig: Figure) -> None:
    """Whether a picture has the size and the ground that it was drawn for, and each part its place.

    What has lost its place is put back, before it is told.
    """
    found = _sides(fig)
    arrange(fig)
    is_own = np.allclose(found, _sides(fig), atol=BY)
    if not is_own or to_rgba(fig.get_facecolor()) != to_rgba(house.WHITE):
        told = "the picture has another size, ground or margin than it was drawn for"
        raise ChartError(f"{told}, as by tight_layout(), expected its own")


def _sides(fig: Figure) -> list[float]:
    return [*fig.get_size_inches(), *(end for ax in fig.axes for end in ax.get_position().bounds)]


def _check_rows(called: Collection[Drawn], data: pd.DataFrame) -> None:
    """Whether what calls have drawn are the rows of the data, all of them.

    A column may be renamed for readers, but none has the name of another that was drawn.
    """
    shown = [dict(zip(data.columns, cells, strict=True)) for cells in data.to_numpy().tolist()]
    each = [[dict(zip(it.columns, cells, strict=True)) for cells in it.rows] for it in called]
    drawn = [*chain(*each)]
    for it in called:
        strange = [name for name in it.columns[1:] if name not in data.columns]
        if strange and it.panel and it.panel.get("stacked"):  # whose key says their names
            raise ChartError(f"{strange[0]!r} is drawn, but is no column of the data shown")
    for rows in each:
        for row in rows:
            name, held = str(next(iter(row.values()))), sum(_is_row(row, cells) for cells in shown)
            if not held:
                raise ChartError(f"{name!r} is drawn with what no row of the data holds")
            if rows.count(row) > held:
                raise ChartError(f"{name!r} is drawn twice, expected each row of the data once")
    for cells in shown:
        for of in dict.fromkeys(tuple(it.columns) for it in called):
            is_empty = any(cells.get(name, 0) == "" or pd.isna(cells.get(name, 0)) for name in of)
            if not is_empty and not any(_is_row(row, cells) for row in drawn if tuple(row) == of):
                told = "is a row of the data shown, but not drawn"
                name = str(next(iter(cells.values())))
                raise ChartError(f"{name!r} {told}, expected the frame that was drawn")


def _is_row(drawn: dict[str, Any], shown: dict[str, Any]) -> bool:
    return all(
        cell == shown[name] if name in shown else cell in shown.values()
        for name, cell in drawn.items()
    )
