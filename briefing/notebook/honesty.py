"""Whether a chart shows what its data say: each word is theirs, and each bar as long as they are.

A chart is drawn by hand, from labels and numbers that are put side by side; here it is held against
the frame that is shown below it.
"""

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.dates import num2date
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from matplotlib.ticker import LogFormatter, ScalarFormatter

from briefing.core.language import date, label, paragraphs, translate
from briefing.core.quantity import Period, Quantity
from briefing.core.sentences import MARKS, Sentence, cited, text
from briefing.sources import tables

FORMS = ("", "value", "number", "range")
HAN_SPACE = re.compile(r"(?<=[\u3000-\uffef]) | (?=[\u3000-\uffef])")
STRANGE = re.compile(r"[^\W\u4e00-\u9fff]|[\u4e00-\u9fff]{3}")
DIGITS = 6  # of a length that are compared
NEAR = 0.01  # how far from its label a bar may stand
LATEST = 100_000  # days since 1970 that no axis reaches; matplotlib counts others from the year 1


class ChartError(ValueError):
    """A chart shows words or a bar that its data do not hold."""


@dataclass(frozen=True)
class Bars:
    """What is drawn at a label: bars, each with the name of its series, and the words beside them.

    panel: the title of the part of the chart that they stand in.
    """

    name: str
    panel: str
    bars: list[tuple[Rectangle, str]]
    words: list[str]


def check(fig: Figure, title: Sentence, data: pd.DataFrame) -> None:
    """Hold a chart against its data. Raises ChartError, which names the first label or bar."""
    known = [*_words_of(data), plain(str(title))]
    for ax in fig.axes:
        for words in _drawn(ax):
            if not _is_known(plain(words), known):
                told = "is drawn, but stands neither in the chart's data nor in its title"
                raise ChartError(f"{words!r} {told}")
        drawn = list(_named_bars(ax))
        _check_bars(drawn, data)
        for named in drawn:
            _check_words(named, data, title)


def plain(words: str) -> str:
    """Words in small letters, without marks and line breaks, so that they can be compared."""
    return HAN_SPACE.sub("", " ".join(MARKS.sub("", words).split())).casefold()


def _words_of(data: pd.DataFrame) -> list[str]:
    """All that cells, heads and sources of the data say."""
    found = [translate(name) for name in data.columns.drop("paragraph_id", errors="ignore")]
    for row in data.to_dict("records"):
        found += [words for cell in row.values() for words in _said(cell)]
        named = str(row.get("paragraph_id", "")).split()
        named += [p for cell in row.values() if isinstance(cell, Quantity) for p in cited(cell)]
        found += [paragraphs([name]) for name in named]
    return sorted({plain(words) for words in found} - {""}, key=len, reverse=True)


def _said(cell: Any) -> list[str]:
    """The ways in which a cell may be said."""
    if isinstance(cell, Quantity):
        forms = [form for form in FORMS if form != "value" or cell.value is not None]
        units = [label("units", cell.unit)] if cell.unit in tables.rows("units") else []
        return [*(text(cell, form) for form in forms), *units]
    return [date(cell) if isinstance(cell, Period) else str(cell)]


def _is_known(words: str, known: list[str]) -> bool:
    """Whether words stand in what is known, or are put together from it.

    Between the parts may stand signs and, in Chinese, one or two characters such as 共 or 个.
    """
    whole = re.compile(rf"(?<![\w.,]){re.escape(words)}(?![\w%])", re.ASCII)
    if any(whole.search(part) for part in known):
        return True
    for part in known:  # the longest first
        words = re.sub(rf"(?<![\w.,]){re.escape(part)}(?!\w)", " ", words, flags=re.ASCII)
    return not STRANGE.search(words)


def _drawn(ax: Axes) -> Iterator[str]:
    """The words of a part of a chart, but for numbers and dates of a place on an axis."""
    yield from (words.get_text() for words in ax.texts)
    yield from (ax.get_title(loc=place) for place in ("left", "center", "right"))
    if legend := ax.get_legend():
        yield from (words.get_text() for words in legend.get_texts())
    for axis in (ax.xaxis, ax.yaxis):
        if ax.axison and axis.get_visible() and not _counts(axis):
            yield from (words for place, words in _ticks(axis) if not _is_place(words, place))


def _ticks(axis: Axis) -> list[tuple[float, str]]:
    """Where the labels of an axis stand within what is seen of it, and what they say."""
    low, high = sorted(axis.get_view_interval())
    places = list(axis.get_majorticklocs())
    labels = axis.get_major_formatter().format_ticks(places)
    return [(p, w) for p, w in zip(places, labels, strict=True) if low <= p <= high and w]


def _is_place(words: str, place: float) -> bool:
    """Whether words are the number or the date of their place on an axis."""
    if words == f"{place:g}":
        return True
    if not 0 < place < datetime.date.max.toordinal():
        return False
    day = num2date(place) if place < LATEST else datetime.date.fromordinal(int(place))
    return words in {date(Period(day.strftime(form))) for form in ("%Y", "%Y-%m", "%Y-%m-%d")}


def _named_bars(ax: Axes) -> Iterator[Bars]:
    """What is drawn at each label of an axis that is no scale of numbers."""
    if not (ax.axison and ax.yaxis.get_visible()) or _counts(ax.yaxis):
        return
    found = [(bar, bars.get_label()) for bars in ax.containers for bar in bars]
    for place, name in _ticks(ax.yaxis):
        here = [(bar, of) for bar, of in found if abs(_height(bar) - place) < NEAR]
        if here and not _is_place(name, place):
            yield Bars(name, ax.get_title(loc="left"), here, _beside(ax, place))


def _height(bar: Rectangle) -> float:
    return bar.get_y() + bar.get_height() / 2


def _counts(axis: Axis) -> bool:
    """Whether matplotlib labels an axis itself, by numbers."""
    return isinstance(axis.get_major_formatter(), ScalarFormatter | LogFormatter)


def _beside(ax: Axes, place: float) -> list[str]:
    """The words that are written at the height of a label."""
    written = [words for words in ax.texts if getattr(words, "xycoords", "data") == "data"]
    at = [(getattr(words, "xy", words.get_position()), words.get_text()) for words in written]
    return [words for (_, height), words in at if abs(height - place) < NEAR]


def _check_words(named: Bars, data: pd.DataFrame, title: Sentence) -> None:
    """Whether the words beside a bar are those of what its label names, or of the title."""
    cells = [said for cell in _cells(named.name, data, []) for said in _said(cell)]
    known = [*sorted(map(plain, cells), key=len, reverse=True), plain(str(title))]
    for written in named.words:
        if not _is_known(plain(written), known):
            raise ChartError(f"{written!r} stands beside {named.name!r}, but not in its row")


def _check_bars(drawn: list[Bars], data: pd.DataFrame) -> None:
    """Whether each bar is as long as a number of what its label names, or lies between two of them.

    Bars of ranges that are open above end at one place, wherever it is. Bars that are all of one
    length below one are counted.
    """
    lengths = {_rounded(bar.get_width()) for named in drawn for bar, _ in named.bars}
    edges = set()
    for named in drawn:
        for bar, of in named.bars:
            found = _cells(named.name, data, [named.panel, of])
            quantities = [quantity for cell in found for quantity in _quantities(cell)]
            numbers = {_rounded(number) for q in quantities for number in _numbers(q)}
            start, length = bar.get_x(), bar.get_width()
            if len(lengths) == 1 and length < 1:  # blocks, of which each series has as many
                start, length = 0, [series for _, series in named.bars].count(of)
            ends = {_rounded(start), _rounded(start + length)}
            if any(_is_open_from(start, quantity) for quantity in quantities):
                edges.add(_rounded(start + length))
            elif not ({_rounded(length)} & numbers or ends <= numbers):
                told = f"is {length:g} long, which no number of its row is"
                raise ChartError(f"the bar at {named.name!r} {told}")
    if len(edges) > 1:
        raise ChartError(f"bars that are open above end at {edges}, expected one place")


def _is_open_from(start: float, quantity: Quantity) -> bool:
    """Whether a bar from here would be one of a range without an upper end and without a value."""
    return quantity.lower is not None and quantity.upper is None and start == float(quantity.lower)


def _cells(name: str, data: pd.DataFrame, hints: list[str]) -> list[Any]:
    """The cells that a label names: those of its row.

    Of columns that the label names, too, or the panel or the series that it stands in, these alone.
    """
    said = data.columns.drop("paragraph_id", errors="ignore")
    heads = {column: plain(translate(column)) for column in said}
    hinted = [column for column, head in heads.items() if head in map(plain, hints)]
    rows = [(row, {plain(words) for words in _labels(row)}) for row in data.to_dict("records")]
    exact = [row for row, labels in rows if plain(name) in labels]
    if exact:
        return [row[column] for row in exact for column in hinted or row]
    within = [column for column, head in heads.items() if head in plain(name)]
    found = [row for row, labels in rows if any(label in plain(name) for label in labels)]
    return [row[column] for row in found for column in within or hinted or row]


def _labels(row: dict[str, Any]) -> list[str]:
    return [str(cell) for cell in row.values() if isinstance(cell, str) and cell]


def _quantities(cell: Any) -> list[Quantity]:
    found = cell.quantities if isinstance(cell, Sentence) else [cell]
    return [quantity for quantity in found if isinstance(quantity, Quantity)]


def _numbers(quantity: Quantity) -> Iterator[float]:
    """Its value, the ends of its range, and how far these are apart."""
    ends = [float(end) for end in (quantity.lower, quantity.upper) if end is not None]
    yield from [quantity.number, *ends]
    if len(ends) == 2:
        yield ends[1] - ends[0]


def _rounded(number: float) -> float:
    return float(f"{number:.{DIGITS}g}")
