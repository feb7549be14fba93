"""The labels along an axis: names of rows, or numbers and dates that are those of their places."""

import datetime

from matplotlib import ticker
from matplotlib.axes import Axes
from matplotlib.axis import Axis, Tick
from matplotlib.category import StrCategoryFormatter
from matplotlib.dates import num2date
from matplotlib.text import Text

from briefing.core.labels import date
from briefing.core.period import Period
from briefing.notebook.evidence import SCALED, YEAR, in_full, number_in, rounded, scale_of
from briefing.notebook.series import is_seen

# Matplotlib's own, which say the number of each place and nothing else.
LOGARITHMIC = (ticker.LogFormatter, ticker.LogFormatterMathtext, ticker.LogFormatterSciNotation)
COUNTING = (ticker.ScalarFormatter, *LOGARITHMIC, ticker.NullFormatter)
APART = 0.1  # inches from a tick to its label
LATEST = 100_000  # days since 1970 that no axis reaches; matplotlib counts others from the year 1
EARLIEST = datetime.date(1000, 1, 1).toordinal()
DAYS = ("%Y", "%Y-%m", "%Y-%m-%d", "%Y-%b", "%Y-%b-%d", "%b %Y", "%B %Y", "%d %b %Y", "%b\n%Y")
DAYS += ("%b", "%B", "%d", "%d %b", "%b %d")  # among others, which tell the year


def _is_counting(formatter: ticker.Formatter) -> bool:
    """Whether it is one of matplotlib's, of which nothing is another's."""
    return type(formatter) in COUNTING and "get_offset" not in vars(formatter)


def named(axis: Axis) -> bool:
    """Whether an axis has the names of rows."""
    return bool(labels(axis)) or isinstance(axis.get_major_formatter(), StrCategoryFormatter)


def counts(axis: Axis) -> bool:
    """Whether an axis has numbers or dates that are those of their places."""
    return bool(seen(axis)) and not labels(axis)


def labels(axis: Axis) -> list[tuple[float, str]]:
    """The places and words along an axis, but for what counts: numbers, and dates of a place."""
    formatter = axis.get_major_formatter()
    found = [] if _is_counting(formatter) else seen(axis)
    is_category = isinstance(formatter, StrCategoryFormatter)
    are_places = any(all(_is_place(*it, by) for it in found) for by in (1, _scale(axis.axes)))
    return found if is_category or not are_places else []


def words(axis: Axis) -> list[str]:
    """All that is said along an axis, its own name too, that is no number of its place."""
    found = [name(axis), *(label for place, label in labels(axis) if not _is_place(place, label))]
    found += minor_labels(axis)
    offset = axis.get_major_formatter().get_offset()
    is_of_place = any(_is_day(place, offset) for place, _ in seen(axis))
    if not _is_counting(axis.get_major_formatter()) and not is_of_place:
        found.append(offset)
    return [it for it in found if it]


def is_dated(axis: Axis) -> bool:
    """Whether an axis has dates, each at its place."""
    found = seen(axis)
    return bool(found) and all(_is_day(*it) for it in found)


def name(axis: Axis) -> str:
    """The name of an axis, without the scale that its labels or its marks are held to."""
    return unscaled(_name(axis), axis.axes)


def titles(ax: Axes) -> list[str]:
    """The titles above an Axes."""
    return [it.get_text() for it in (ax.title, ax._left_title, ax._right_title)]


def unscaled(words: str, ax: Axes) -> str:
    """Words that say no number, without the scale that their Axes has."""
    is_held = _scale(ax) != 1 and not _says_number(words)
    return SCALED.sub("", words).strip() if is_held else words


def _says_number(words: str) -> bool:
    """Whether words say a number other than a year."""
    return any(map(str.isdigit, YEAR.sub("", words)))


def counted_by(axis: Axis) -> float:
    """The scale in which marks along an axis stand; 1 where its labels tell it already."""
    is_plain = _is_counting(axis.get_major_formatter()) or all(_is_place(*it) for it in seen(axis))
    return _scale(axis.axes) if is_plain else 1


def _scale(ax: Axes) -> float:
    """The one scale that names of axes tell, or titles that say no number; 1 for none or more."""
    told = [*map(_name, (*sharing(ax.xaxis), *sharing(ax.yaxis))), *titles(ax)]
    found = {scale_of(it) for it in told if not _says_number(it)} - {1}
    return found.pop() if len(found) == 1 else 1


def _name(axis: Axis) -> str:
    return axis.label.get_text().strip() if axis.label.get_visible() else ""


def minor_labels(axis: Axis) -> list[str]:
    """What is said between the labels of an axis that is no number of its place."""
    places, minor = list(axis.get_minorticklocs()), axis.get_minor_formatter()
    found = [] if _is_counting(minor) else minor.format_ticks(places)
    return [it for place, it in zip(places, found, strict=False) if it and not _is_place(place, it)]


def seen(axis: Axis) -> list[tuple[float, str]]:
    """The places and words that a reader sees along an axis, or along one that shares them."""
    shown = [it for it in sharing(axis) if it.axes.axison and it.get_visible()]
    for it in shown:
        it.get_majorticklabels()  # which puts each at its place
    ticks = [(tick, it.axes) for it in shown for tick in it.get_major_ticks()]
    seen = {
        rounded(tick.get_loc())
        for tick, ax in ticks
        if any(is_seen(it, ax) and _is_beside(it, tick, axis) for it in (tick.label1, tick.label2))
    }
    low, high = sorted(axis.get_view_interval())
    places = list(axis.get_majorticklocs())
    said = zip(places, axis.get_major_formatter().format_ticks(places), strict=True)
    held = [(float(place), str(it)) for place, it in said if low <= place <= high and it]
    return [(place, it) for place, it in held if rounded(place) in seen]


def sharing(axis: Axis) -> list[Axis]:
    """The axes of all panels that share one, itself among them."""
    shared = getattr(axis.axes, f"get_shared_{axis.axis_name}_axes")()
    return [getattr(ax, f"{axis.axis_name}axis") for ax in shared.get_siblings(axis.axes)]


def _is_beside(words: Text, tick: Tick, axis: Axis) -> bool:
    """Whether the label of a tick stands where the tick does."""
    along = "xy".index(axis.axis_name)
    place = words.get_transform().transform(words.get_position())[along]
    at = tick.axes.transData.transform([tick.get_loc()] * 2)[along]
    return abs(place - at) <= axis.get_figure().dpi * APART


def _is_place(place: float, label: str, scale: float = 1) -> bool:
    """Whether words are the number or the date of their place on an axis, in some scale."""
    words, times = in_full(label)
    number, parts = number_in(words.removesuffix("%")), 100 if words.endswith("%") else 1
    told = None if number is None else rounded(number * times * scale)
    if told is not None and told in (rounded(place), rounded(parts * place)):
        return True
    return _is_day(place, label)


def _is_day(place: float, label: str) -> bool:
    """Whether words are the date of their place, or its day, month or year."""
    if not (0 < place < LATEST or EARLIEST < place < datetime.date.max.toordinal()):
        return False
    day = num2date(place) if place < LATEST else datetime.date.fromordinal(int(place))
    forms = [day.strftime(form) for form in DAYS]
    return label in {*forms, *(date(Period(form)) for form in forms[:3])}
