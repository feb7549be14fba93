"""Whether a chart shows what its data say: each word is theirs, and each mark stands at a number.

What a call such as `bars` has drawn must be as it was drawn, from rows of the frame that is shown
below the chart. What is drawn by hand is held against that frame.
"""

import datetime
import re
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.dates import date2num, num2date
from matplotlib.figure import Figure
from matplotlib.ticker import LogFormatter, ScalarFormatter

from briefing.core.labels import date, label, paragraphs
from briefing.core.period import Period
from briefing.core.quantity import Quantity
from briefing.core.sentences import Sentence
from briefing.core.wording import DOUBTFUL, text
from briefing.notebook.blocks import head_of, row_sources
from briefing.notebook.canvas import DRAWN, ChartError, Drawn, Rows, marks
from briefing.sources import tables

FORMS = ("", "value", "number", "range")
HAN_SPACE = re.compile(r"(?<=[\u3000-\uffef]) | (?=[\u3000-\uffef])")
STRANGE = re.compile(r"[^\W\u4e00-\u9fff]|[\u4e00-\u9fff]{3}")
DIGITS = 6  # of a number that are compared
NEAR = 0.5  # of a row, how far from its label a mark may stand
IN_THE_CALL = (
    "expected words of either: a title is given in the call, show_chart(fig, title, frame)"
)
UNSCALED = (
    "expected a column of the frame that is shown, as it is: ax.barh(names, frame['quantity']), or "
    "briefing.bars, which says millions"
)
LATEST = 100_000  # days since 1970 that no axis reaches; matplotlib counts others from the year 1


class _Mark(NamedTuple):
    """A mark drawn by hand: words, or points of which a bar has the middles of its two ends.

    Where bars stand upright left and right are up and down, so that rows always lie.
    """

    kind: str
    points: list[tuple[float, float]]
    words: str = ""


def check(fig: Figure, title: Sentence, data: pd.DataFrame) -> None:
    """Hold a chart against its data. Raises ChartError, which names the first label or mark."""
    called = [(ax, DRAWN[ax]) for ax in fig.axes if ax in DRAWN]
    if called and len(called) < len(fig.axes):  # which leaves no room for what is by hand
        told = "some parts are drawn by a call and some by hand, expected a figure for each"
        raise ChartError(told)
    for ax, drawn in called:
        _check_untouched(ax, drawn)
    if called:
        _check_rows([row for _, drawn in called for row in drawn.rows], data)
    known, numbers = [*_words_of(data), plain(str(title))], _numbers(data.to_numpy().ravel())
    places = numbers | {float(place) for place in range(-1, len(data) + 1)}
    for ax in fig.axes:
        by_hand, is_upright = _by_hand(ax)
        for words in _words(ax, by_hand):
            if not _is_known(plain(words), known) and not _is_number(words, numbers):
                told = "is drawn, but stands neither in the chart's data nor in its title"
                raise ChartError(f"{words!r} {told}, {IN_THE_CALL}")
        _check_places(by_hand, places)
        if not called:
            _check_labelled(ax.xaxis if is_upright else ax.yaxis, by_hand, data, str(title))


def _by_hand(ax: Axes) -> tuple[list[_Mark], bool]:
    """What is drawn by hand, and whether its bars stand side by side from left to right."""
    called = DRAWN[ax].marks if ax in DRAWN else {}
    states = [state for artist, state in marks(ax).items() if artist not in called]
    bars = [place for kind, place, *_ in states if kind == "bar"]
    is_upright = all(y == 0 for _, y, *_ in bars) and any(x != 0 for x, *_ in bars)
    found = []
    for kind, place, *rest in states:
        words, points = (place, rest) if kind == "words" else ("", place)
        if kind == "bar":
            x, y, wide, high = place
            points = [(x, y + high / 2), (x + wide, y + high / 2)]
            if is_upright:
                points = [(x + wide / 2, y), (x + wide / 2, y + high)]
        found.append(_Mark(kind, [at[::-1] if is_upright else at for at in points], words))
    return found, is_upright


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
    if ax.get_xlim() != (0, drawn.right):
        raise ChartError("the axis of numbers was cut, expected it from zero on")


def _check_rows(drawn: Rows, data: pd.DataFrame) -> None:
    """Whether what calls have drawn are the rows of the data, all of them."""
    shown = [list(row.values()) for row in data.to_dict("records")]
    for row in drawn:
        if not any(all(cell in cells for cell in row) for cells in shown):
            raise ChartError(f"{str(row[0])!r} is drawn with what no row of the data holds")
    for cells in shown:
        if not any(all(cell in cells for cell in row) for row in drawn):
            told = "is a row of the data shown, but not drawn, expected the frame that was drawn"
            raise ChartError(f"{str(cells[0])!r} {told}")


def plain(words: str) -> str:
    """Words in small letters, without marks and line breaks, so that they can be compared."""
    return HAN_SPACE.sub("", " ".join(words.replace(DOUBTFUL, "").split())).casefold()


def _words_of(data: pd.DataFrame) -> list[str]:
    """All that cells, heads and sources of the data say."""
    named = data.columns.drop("paragraph_id", errors="ignore")
    rows = [] if isinstance(data.index, pd.RangeIndex) else data.index
    found = [*map(head_of, named), *map(str, named), *map(str, rows)]
    for row in data.to_dict("records"):
        found += [words for cell in row.values() for words in _said(cell)]
        found += [paragraphs([name]) for name in row_sources(row)]
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


def _words(ax: Axes, by_hand: list[_Mark]) -> Iterator[str]:
    """The words drawn by hand, but for numbers and dates of a place on an axis."""
    yield from (mark.words for mark in by_hand if mark.kind == "words")
    if legend := ax.get_legend():
        yield from (words.get_text() for words in legend.get_texts())
    for axis in (ax.xaxis, ax.yaxis):
        yield from (words for _, words in _labels(axis))


def _labels(axis: Axis) -> list[tuple[float, str]]:
    """The places and words along an axis, but for what counts: numbers, and dates of a place."""
    is_counted = isinstance(axis.get_major_formatter(), ScalarFormatter | LogFormatter)
    if is_counted or not (axis.axes.axison and axis.get_visible()):
        return []
    low, high = sorted(axis.get_view_interval())
    places = list(axis.get_majorticklocs())
    named = zip(places, axis.get_major_formatter().format_ticks(places), strict=True)
    seen = [(place, words) for place, words in named if low <= place <= high and words]
    return [(place, words) for place, words in seen if not _is_place(words, place)]


def _is_place(words: str, place: float) -> bool:
    """Whether words are the number or the date of their place on an axis."""
    if words == f"{place:g}":
        return True
    if not 0 < place < datetime.date.max.toordinal():
        return False
    day = num2date(place) if place < LATEST else datetime.date.fromordinal(int(place))
    return words in {date(Period(day.strftime(form))) for form in ("%Y", "%Y-%m", "%Y-%m-%d")}


def _is_number(words: str, numbers: set[float]) -> bool:
    """Whether words are one of some numbers, as matplotlib writes them at a bar."""
    try:
        return _rounded(float(words.replace(",", "").replace("\u2212", "-"))) in numbers
    except ValueError:
        return False


def _check_places(by_hand: list[_Mark], known: set[float]) -> None:
    """Whether each mark stands at numbers of the data or the place of a row, or is as long."""
    for kind, points, _ in by_hand:
        if kind == "words":
            continue
        found, is_known = {_rounded(n) for point in points for n in point}, False
        if kind == "bar":
            found = {_rounded(x) for x, _ in points}
            is_known = _rounded(points[1][0] - points[0][0]) in known
        if (strange := found - known) and not is_known:
            told = f"a {kind} stands at {min(strange):g}, which no row of the data holds"
            raise ChartError(f"{told}, {UNSCALED}")


def _check_labelled(axis: Axis, by_hand: list[_Mark], data: pd.DataFrame, title: str) -> None:
    """Whether what stands at each label of an axis, and the words there, are those of its row."""
    labels = _labels(axis)
    _check_named([name for _, name in labels], data)
    for place, name in labels:
        here = [mark for mark in by_hand if any(abs(y - place) < NEAR for _, y in mark.points)]
        if all(mark.kind == "words" for mark in here):
            raise ChartError(f"nothing is drawn at {name!r}, expected what its row says")
        cells = _cells(name, data)
        numbers, said = _numbers(cells), [words for cell in cells for words in _said(cell)]
        known = sorted(map(plain, [*said, title]), key=len, reverse=True)
        for kind, points, words in here:
            is_told = _is_known(plain(words), known) or _is_number(words, numbers)
            if kind == "words" and not is_told:
                raise ChartError(f"{words!r} stands beside {name!r}, but not in its row")
            if kind == "bar":
                (start, _), (end, _) = points
                if _rounded(end - start) in numbers or {_rounded(start), _rounded(end)} <= numbers:
                    continue
                told = f"is {end - start:g} long, which no number of its row is"
                raise ChartError(f"the bar at {name!r} {told}")


def _check_named(names: list[str], data: pd.DataFrame) -> None:
    """Whether the labels of an axis that names rows name each of them, and each once."""
    labels = [[plain(str(cell)) for cell in (i, *row)] for i, *row in data.itertuples(name=None)]
    told = [plain(name) for name in names]
    for row, cells in zip(data.itertuples(index=False), labels, strict=True):
        alike = [other for other in labels if set(told) & set(other) & set(cells)]
        if told and not alike and not any(cell and cell in name for cell in cells for name in told):
            raise ChartError(f"{str(row[0])!r} is a row of the data shown, but has no label")
        if len(alike) > 1:
            what = f"{len(alike)} rows have the label {str(row[0])!r} and lie on one another"
            raise ChartError(f"{what}, expected a name for each")


def _cells(name: str, data: pd.DataFrame) -> list[Any]:
    """The cells of the rows that a label names: by a whole cell, else by a cell within it."""
    rows = [[str(i), *row] for i, *row in data.itertuples(name=None)]
    named = [({plain(cell) for cell in row if isinstance(cell, str) and cell}, row) for row in rows]
    exact = [row for labels, row in named if plain(name) in labels]
    within = [row for labels, row in named if any(label in plain(name) for label in labels)]
    return [cell for row in exact or within for cell in row]


def _numbers(cells: Iterable[Any]) -> set[float]:
    """The numbers at which marks for some cells may stand, as far as they are compared."""
    return {_rounded(number) for cell in cells for number in _numbers_of(cell)}


def _numbers_of(cell: Any) -> Iterator[float]:
    """A cell's value, the ends and the length of its range, its dates."""
    if isinstance(cell, Period) and cell:
        yield from (float(date2num(cell.start)), float(date2num(cell.end)) + 1)
    for quantity in cell.quantities if isinstance(cell, Sentence) else [cell]:
        if isinstance(quantity, Quantity):
            ends = [float(end) for end in (quantity.lower, quantity.upper) if end is not None]
            yield from [quantity.number, *ends]
            if len(ends) == 2:
                yield ends[1] - ends[0]
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        yield float(cell)


def _rounded(number: float) -> float:
    return float(f"{number:.{DIGITS}g}")
