"""What is drawn by hand on an Axes, held against the rows of the frame that is shown below it.

All that is seen is of a kind that can be held against data: bars, lines, points and words. Each
stands at a label or a number of a row, and says what that row says.
"""

from collections.abc import Iterator
from functools import cached_property
from itertools import chain

import numpy as np
from matplotlib.axes import Axes
from matplotlib.text import Annotation, Text

from briefing.core.columns import same_unit
from briefing.core.quantity import Quantity, UnitError
from briefing.core.sentences import Sentence
from briefing.notebook.cover import hidden, overlaid
from briefing.notebook.evidence import (
    BARE,
    YEAR,
    Row,
    counted,
    in_full,
    is_free,
    is_known,
    is_said,
    longest_first,
    mentioned,
    middles,
    named_in,
    number_in,
    numbers_in,
    plain,
    rounded,
    said_of,
    unsaid,
)
from briefing.notebook.series import (
    NEAR,
    Panel,
    Series,
    bars_of,
    beside,
    is_back,
    is_seen,
    legends_of,
    looks_of,
    others_of,
    place_of,
)
from briefing.notebook.ticks import counted_by, counts, is_dated, labels, minor_labels, named

NOTHING = 1e-9  # by which numbers that are the same may differ
BETWEEN = 0.5  # the same of words
SIDE = 0.5  # inches of an Axes, at least
SMALL = "what is drawn is too small to be compared, expected an axis that it fills"
UNSCALED = "expected a number of the frame, as of a column added to it, or an axis named with its "
UNSCALED += "scale, such as '$ million'"


class Sketch:
    """An Axes with what is drawn on it: along the rows stand their labels, across the numbers."""

    def __init__(self, ax: Axes, rows: list[Row], title: Sentence) -> None:
        self.ax, self.title = ax, str(title)
        self.levels = numbers_in([title])  # at which a line may stand across
        self.elsewhere: list[Row] = []  # rows that another panel names
        self.crossed: list[Row] = []  # rows of which a line across is drawn and named
        self.bars, ways = bars_of(ax)
        self.is_upright = ways.pop() if ways else not named(ax.yaxis) or named(ax.xaxis)
        self.series = [*self.bars, *others_of(ax, self.is_upright)]
        axes = (ax.xaxis, ax.yaxis)
        self.along, self.across = axes if self.is_upright else axes[::-1]
        self.labels, self.is_dated = labels(self.along), is_dated(self.across)
        self.labelled: dict[str, list[Row]] = {}
        self.met: list[Row] = []
        self.heads = {head for row in rows for head in row.numbers}
        self.rows = counted(rows, counted_by(self.across))

    @cached_property
    def named_rows(self) -> list[Row]:
        """The rows that its labels name, words of its legends, or words where a line is across."""
        levels = {end for it in self.series if it.kind == "level" for *_, end in it.points}
        words = [it for legend in legends_of(self.ax) for it in legend.get_texts()]
        said = {plain(it.get_text()) for it in words} | {plain(name) for _, name in self.labels}
        beside = {plain(it.get_text()) for it in self.ax.texts}
        crossed = [it for it in self.rows if it.all_numbers() & set(map(rounded, levels))]
        return [it for it in self.rows if it.names & said or (it in crossed and it.names & beside)]

    def faults(self) -> Iterator[str]:
        yield from self._axes()
        yield from self._outside()
        yield from self._numbers_along()
        yield from self._labels()
        yield from overlaid(self.bars)
        if not self.labels and not counts(self.along):
            yield "its rows have no labels along an axis, expected the names of the data"
        for one in self.series:
            yield from self._series(one)
        yield from self._unmet()
        yield from self._columns()
        yield from hidden(self.ax, self.series, self.is_upright)
        yield from self._units()
        yield from self._called()
        for artist in self.ax.texts:
            if artist.get_visible():  # in any colour: on a bar white is seen
                yield from self._words(artist)

    def _axes(self) -> Iterator[str]:
        """Whether numbers rise as they are read, and bars are as long as theirs: from zero on."""
        low, high = self.across.get_view_interval()
        ends = [end for it in self.bars for _, *both in it.points for end in both]
        ends = [*filter(np.isfinite, ends)]
        is_cut = ends and (low > min(ends) or high < max(ends))
        scales = ["linear"] if self.bars else ["linear", "log"]
        is_bent = self.across.get_scale() not in scales or self.along.get_scale() != "linear"
        is_turned = self.along.get_inverted() and (counts(self.along) or self.is_upright)
        if is_cut or is_bent or self.across.get_inverted() or is_turned:
            told = "the axis of numbers was cut, turned or bent"
            yield f"{told}, expected it as it rises; bars need zero and no log"
        if min(self.ax.get_window_extent().size) < SIDE * self.ax.figure.dpi:
            yield SMALL
        names = [name.replace("-", ".", 1) for _, name in sorted(self.labels)]
        numbers = [number_in(name.replace("-", "")) for name in names]  # a month is a part
        if None not in numbers and is_back(np.array(numbers)) and not self._is_ranked():
            yield "the numbers that name the rows do not rise along the axis, expected their order"

    def _is_ranked(self) -> bool:
        """Whether bars stand in the order of their lengths, whatever their names."""
        bars = [end - start for one in self.bars for _, start, end in sorted(one.points)]
        return len(self.series) == len(self.bars) == 1 and not is_back(np.array(bars))

    def _outside(self) -> Iterator[str]:
        """Whether all marks lie within the picture."""
        views = (sorted(it.get_view_interval()) for it in (self.across, self.along))
        (low, high), (first, last) = views
        for one in self.series:
            for place, _, end in one.points:
                is_in = low - NOTHING <= end <= high + NOTHING and first <= place <= last
                if not is_in and not np.isnan(place + end):
                    told = f"a {one.kind} at {place:g}, {end:g} lies outside the picture"
                    yield f"{told}, expected all that is drawn within"

    def _numbers_along(self) -> Iterator[str]:
        """Whether what stands along an axis of numbers are the numbers of its places."""
        cells = [cell for row in self.rows for cell in row.cells]
        offset = self.across.get_major_formatter().get_offset()
        if offset and not is_seen(self.across.get_offset_text(), self.ax):
            yield f"the axis of numbers does not show its {offset!r}, expected it"
        for place, words in labels(self.across):
            number = number_in(words)
            said = [cell for cell in cells if plain(words) in map(plain, said_of(cell))]
            is_other = said and rounded(place) not in numbers_in(said)
            if is_other or (number is not None and rounded(number) != rounded(place)):
                yield f"{words!r} stands at {place:g}, expected the number of its place"
        for words in (*minor_labels(self.across), *minor_labels(self.along)):
            yield f"{words!r} is a label between others, expected labels of their places"

    def _labels(self) -> Iterator[str]:
        """Whether the labels of an axis that names rows name each of them, and each once."""
        told = {plain(name): name for _, name in self.labels}
        is_named = [*self.named_rows, *self.elsewhere]
        for row in self.rows if told else ():
            alike = [other for other in self.rows if told.keys() & other.names & row.names]
            is_told = row in is_named or any(cell in name for cell in row.names for name in told)
            if not is_told and row.is_whole:
                what = f"{row.title!r} is a row of the data shown, but has no label"
                seen = ", ".join(map(repr, [*told.values()][:3]))
                yield f"{what} among {seen}, expected the names of the frame there"
            if len(alike) > 1 and not self._is_strip(alike):
                shared = next(name for it, name in told.items() if it in row.names)
                what = f"{len(alike)} rows have the label {shared!r}"
                yield f"{what}, expected a name for each, or a column, as by .pivot()"
        for said, name in told.items():
            found = [row for row in self.rows if said in row.names]
            if not found:  # by a cell within the label
                words = {cell for row in self.rows for cell in row.names if cell in said}
                longest = {it for it in words if not any(it != one and it in one for one in words)}
                found = [row for row in self.rows if row.names & longest]
                if len(found) > 1:
                    yield f"{name!r} names {len(found)} rows of the data, expected one"
            self.labelled[name] = found

    def _is_strip(self, rows: list[Row]) -> bool:
        """Whether rows of one label have a dot each there, from one column."""
        names = set().union(*(row.names for row in rows))
        places = [at for at, name in self.labels if plain(name) in names]
        dots = [
            rounded(end)
            for one in self.series
            for place, _, end in one.points
            if one.kind == "dot" and any(abs(at - place) < NEAR for at in places)
        ]
        every = ([it for row in rows for it in row.numbers[head]] for head in self.heads)
        return any(dots and sorted(dots) == sorted(numbers) for numbers in every)

    def _at(self, place: float, near_by: float = NEAR) -> tuple[str, list[Row]]:
        """What stands at a place along the rows, a label or a number, and the rows it is of."""
        if not self.labels:
            return f"{place:g}", [row for row in self.rows if row.stands_at(rounded(place))]
        near = [name for at, name in self.labels if abs(at - place) < near_by]
        return (near[0], self.labelled[near[0]]) if len(near) == 1 else ("", [])

    def _series(self, one: Series) -> Iterator[str]:
        """Whether each mark is of a row there, and all of one column."""
        is_level = one.kind == "line" and len(one.points) == 2
        is_level = is_level and len({rounded(end) for _, _, end in one.points}) == 1
        columns = None
        if all(np.isnan(place) and rounded(end) in self.levels for place, _, end in one.points):
            return
        inner = middles(self.rows, set().union(*(it.columns for it in self.series)))
        for at, point in enumerate(one.points):
            place, start, end = point
            if np.isnan(place) or is_level:
                ends = inner.union({0}, *(it.all_numbers() for it in self.rows))
                if rounded(end) not in ends:
                    told = f"a line stands at {end:g}, which no row of the data holds"
                    yield f"{told}, {UNSCALED}"
                if np.isnan(place):
                    one.rows.append([it for it in self.rows if rounded(end) in it.all_numbers()])
                    self.crossed += [it for it in one.rows[-1] if it in self.named_rows]
                    heads = (it.ends.items() for it in one.rows[-1])
                    columns = {head for it in heads for head, ends in it if rounded(end) in ends}
                continue
            name, rows = self._at(place)
            if not rows:
                at = "stands at no label" if self.labels else f"stands at {place:g}"
                yield f"a {one.kind} {at}, which no row of the data holds, {UNSCALED}"
            if one.tints and not any(rounded(one.tints[at]) in it.all_numbers() for it in rows):
                yield f"the colour of the {one.kind} at {name!r} is of no number of its row"
            if len(rows) > 1:  # of one label
                rows = [row for row in rows if rounded(end) in row.all_numbers()] or rows
            self.met += rows
            one.rows.append(rows)
            if not np.isfinite(end) or (start == end and one.kind == "bar"):
                if all(row.is_whole and 0 not in row.all_numbers() for row in rows):
                    yield f"the bar at {name!r} is 0 long, which no number of its row is"
                continue
            fits = self._fits(one.kind, point, rows)
            if one.kind == "stem" and (fits or not end):  # from column to column of one row
                columns = {*rows[0].numbers}
            elif not fits:
                stands = f"is {end - start:g} long" if one.kind == "bar" else f"stands at {end:g}"
                told = f"the {one.kind.replace('stem', 'line')} at {name!r} {stands}"
                yield f"{told}, which no number of its row is, {UNSCALED}"
            else:
                columns = fits if columns is None else columns & fits
            if not columns:
                yield f"the {one.kind} at {name!r} is of another column than those beside it"
        one.columns = columns or set()

    def _fits(self, kind: str, point: tuple[float, float, float], rows: list[Row]) -> set[str]:
        """The columns of the rows at a place that a mark is of."""
        found, (place, low, high) = set(), map(rounded, point)
        # A bar begins at zero, or where one in its row or beside it ends.
        bars = (bar for it in self.bars for bar in it.points)
        begins = {0, *(rounded(end) for at, _, end in bars if abs(at - place) <= 1)}
        for row in rows:
            for head, numbers in row.numbers.items():
                is_place = not self.labels and place in row.ends[head] and len(row.numbers) > 1
                is_it = high in row.ends[head]
                if kind == "bar":
                    own = row.all_numbers()
                    is_long = rounded(point[2] - point[1]) in numbers
                    is_long &= low in (own if self.is_dated else begins)
                    is_it = is_long or (low and is_it and low in own)
                if is_it and (high == place or not is_place):
                    found.add(head)
        return found

    def _unmet(self) -> Iterator[str]:
        """Whether something is drawn of every row, and at every label."""
        for name, rows in self.labelled.items():
            if not any(row in self.met for row in rows):
                yield f"nothing is drawn at {name!r}, expected what its row says"
        for row in self.rows:
            if row.is_whole and row not in [*self.met, *self.elsewhere, *self.crossed]:
                told = "is a row of the data shown, but not drawn"
                yield f"{row.title!r} {told}, expected the frame that was drawn"

    def _columns(self) -> Iterator[str]:
        """Whether a column is drawn of each row once."""
        for head in sorted(self.heads):
            marks = [
                (rows[0], (one.kind, *point))
                for one in self.series
                if one.columns == {head} and one.kind in ("bar", "dot") and self.labels
                for point, rows in zip(one.points, one.rows, strict=False)
                if len(rows) == 1
            ]
            for row in self.rows:
                kinds = [kind for kind, *_ in {mark for of, mark in marks if of is row}]
                if len(kinds) > len({*kinds}):
                    yield f"{row.title!r} is drawn twice from {head!r}, expected each row once"

    def panel(self) -> Panel:
        """What it is read by. Bare numbers are of one unit, but where their axis tells another."""
        columns = set().union(*(one.columns for one in self.series if one.kind != "stem"))
        ends = {head: set().union(*(row.ends[head] for row in self.rows)) for head in self.heads}
        places = {rounded(at) for one in self.series for at, *_ in one.points if not np.isnan(at)}
        along = {head for head, found in ends.items() if places <= found}
        units = {it.unit for it in self._quantities(columns)}
        unit = units.pop() if units else plain(self.across.label.get_text())
        size = self.ax.get_window_extent().size[int(self.is_upright)]
        low, high = map(float, self.across.get_view_interval())
        scale = (self.across.get_scale(), self.is_upright, round(float(size)), low, high)
        return Panel(columns | along, f"{bool(units)} {unit}", scale)

    def _quantities(self, heads: set[str]) -> list[Quantity]:
        rows = [row for row in self.rows if row in self.met or row in self.crossed]
        cells = (it for row in rows for it in zip(row.numbers, row.cells, strict=False))
        return [cell for head, cell in cells if head in heads and isinstance(cell, Quantity)]

    def _units(self) -> Iterator[str]:
        """Whether all on one axis is of one unit."""
        found = self._quantities(set().union(*(it.columns for it in self.series)))
        try:
            if found:
                same_unit(found)
        except UnitError as error:
            yield str(error)

    def _called(self) -> Iterator[str]:
        """Whether what is called by a column or a row, in a legend or a title, is of it."""
        heads = self.heads
        every = set().union(*(one.columns for one in self.series))
        titles = (self.across.label, self.ax.title, self.ax._left_title, self.ax._right_title)
        names = {it for row in self.rows for it in row.names}
        drawn = [rows for one in self.series for rows in one.rows]
        # A name alone over a panel is that of all that it shows.
        shown = (drawn if plain(it.get_text()) in names else [] for it in titles)
        unheld = {it for it in heads if not any(row.ends[it] for row in self.rows)}
        called = [(it.get_text(), every | unheld, of) for it, of in zip(titles, shown, strict=True)]
        called += [(one.label, one.columns, one.rows) for one in self.series]
        for legend in legends_of(self.ax):
            called.append((legend.get_title().get_text(), every | unheld, []))
            for handle, words in zip(legend.legend_handles, legend.get_texts(), strict=True):
                [look, *_] = [*looks_of(handle, self.ax), ()]
                alike = [it for it in self.series if look in it.looks]
                tints = {tint for it in self.series for tint in it.looks if tint[:1] == look[:1]}
                if not tints:
                    yield f"{words.get_text()!r} stands in a legend beside a mark drawn nowhere"
                for one in self.series:
                    each = one.looks * (len(one.rows) if len(one.looks) == 1 else 1)
                    same = {look} if alike else tints
                    tinted = [row for it, row in zip(each, one.rows, strict=False) if it in same]
                    if same & set(one.looks):
                        called.append((words.get_text(), one.columns, tinted))
        for words, columns, of in called:
            said = plain(words)
            if said not in heads and is_known(said, [plain(self.title)]):
                continue
            told = {it for it in mentioned(words, names) if it == said or number_in(it) is None}
            if columns and mentioned(words, heads) - columns:
                drawn = ", ".join(sorted(columns & every))
                yield f"{words!r} is said of what is drawn from {drawn!r}, expected its own name"
            elif told and said not in heads and any(not told & it.names for it in chain(*of)):
                what = f"{words!r} is said of marks of other rows, expected those of its own"
                yield f"{what}, or a column of that name, as by .pivot()"

    def _words(self, words: Text) -> Iterator[str]:
        """Whether words beside a label, or at a row's number, are of that row and its end of it."""
        where = place_of(words, self.ax, "xy".index(self.along.axis_name) if self.labels else None)
        place, number = where if self.is_upright else where[::-1]
        by_numbers = self.is_upright, not self.labels
        place, number, beside_it = beside(self.series, self.ax, (place, number), *by_numbers)
        low, high = sorted(self.along.get_view_interval())
        text, said = words.get_text(), plain(words.get_text())
        arrow = isinstance(words, Annotation) and words.arrow_patch
        if not said and arrow:
            yield "an arrow has no words, expected those of the mark that it leads to"
        name, rows = self._at(place, BETWEEN) if low <= place <= high else ("", [])
        if any(isinstance(it, str) and plain(it) == said for row in rows for it in row.cells):
            return
        of = named_in(text, self.rows)
        if of and not arrow and not any(said in row.names for row in of):
            rows = of  # which says of whom it is, wherever it stands
        if not rows or not said or said in beside_it:
            return
        known = longest_first([*(it for row in rows for it in row.said()), self.title])
        numbers = set().union(*(it.all_numbers() for it in rows))
        points = [point for one in self.series for point in one.points]
        here = (rounded(place), rounded(number))
        met = [(start, end) for at, start, end in points if (rounded(at), rounded(end)) == here]
        is_bare = number_in(in_full(text)[0]) is not None
        if met and is_bare:
            known = [plain(self.title)]
            numbers = {it for start, end in met for it in (rounded(end), rounded(end - start))}
        numbers |= {rounded(it * rows[0].by) for it in numbers}
        heads = mentioned(text, self.heads)
        if not (is_bare or heads or of):
            numbers |= self.levels  # those of the title
        if len(heads) == 1 and heads <= beside_it and any(map(str.isdigit, text)):
            own = {it for row in rows for head in heads for it in row.ends[head]}
            if is_known(plain(unsaid(text, own, BARE)), [*heads, *known]):
                return
        is_own = not YEAR.search(text) and is_free(text, self.rows, numbers)  # a number here
        if not is_said(text, known, numbers) and (heads or not is_own):
            yield f"{text!r} stands beside {name or rows[0].title!r}, but not in its row"
