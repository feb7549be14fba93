"""A date or span as the report gives it, with what is said of it beside."""

import datetime
import re
from dataclasses import dataclass
from functools import cached_property, total_ordering

import pandas as pd

# Which share of a period is meant by what is said beside: no month is.
SHARES = {
    "early": (0, 1 / 3),
    "mid": (1 / 3, 2 / 3),
    "late": (2 / 3, 1),
    "first_half": (0, 1 / 2),
    "second_half": (1 / 2, 1),
    "by_end": (1, 1),
}
ORDER = ["before", "", "early", "first_half", "since", "mid", "second_half", "late", "by_end"]


@total_ordering
@dataclass(frozen=True, eq=False)
class Period:
    """A date or span in the subset of EDTF that data/ uses, e.g. `2012-05` or `2012/2013`.

    part: what is said of it beside, such as `early` or `before`: a code of events.csv.

    Periods sort by when they begin, a year before its first day; none is before all. Words stand
    for what they are the text of: `events["When"] >= "2012"`. It is no string, of which pandas
    would put early and late 2011 into one group.

    Example: `briefing.Period("2012-02-27/2012-03-09").end`.
    """

    text: str
    part: str = ""

    def __str__(self) -> str:
        return f"{self.text} {self.part}".strip()

    def __bool__(self) -> bool:
        return bool(self.text)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, str | Period):
            return NotImplemented
        return (self.text, self.part) == (_period(other).text, _period(other).part)

    def __hash__(self) -> int:
        return hash((self.text, self.part) if self.part else self.text)  # as of words that equal it

    def __lt__(self, other: object) -> bool:
        if not isinstance(other, str | Period):
            return NotImplemented
        return self._place < _period(other)._place

    @cached_property
    def _place(self) -> tuple[float, str, int]:
        """Where it stands among others: by its first day, then from the year to the day."""
        share, _ = SHARES.get(self.part, (0, 1))
        begin = self.start.toordinal() + share * self.days if self.text else 0
        return begin, self.text, ORDER.index(self.part)

    @property
    def parts(self) -> list[str]:
        """The one date, or the first and the last."""
        return self.text.split("/")

    @property
    def start(self) -> datetime.date:
        """The first day that the period can mean."""
        return pd.Period(self.parts[0]).start_time.date()

    @property
    def end(self) -> datetime.date:
        """The last day that the period can mean."""
        return pd.Period(self.parts[-1]).end_time.date()

    @property
    def days(self) -> int:
        """How many days it can mean, its first and its last among them."""
        return (self.end - self.start).days + 1

    @property
    def years(self) -> int:
        """The length in whole years. Raises ValueError where the period is not of whole years."""
        if not self.is_whole:
            fault = f"the period {str(self)!r} is not made of whole years"
            told = fault if self else "the report states no period"
            raise ValueError(f"{told}, expected e.g. 2012/2013")
        return self.end.year - self.start.year + 1

    @property
    def is_whole(self) -> bool:
        """Whether it is made of whole years."""
        return bool(re.fullmatch(r"[0-9]{4}(/[0-9]{4})?", self.text))

    def overlaps(self, other: "str | Period") -> bool:
        """Whether the two may have a day in common."""
        other = _period(other)
        return self.start <= other.end and other.start <= self.end


def _period(given: str | Period) -> Period:
    return Period(given) if isinstance(given, str) else given


NO_PERIOD = Period("")


def periods(rows: pd.DataFrame) -> list[Period]:
    """The period of each row of events.csv, with what is said of it beside: `late 2011`.

    Example: `briefing.periods(events)`.
    """
    cells = rows[["period", "part"]].fillna("").to_numpy()  # as pandas reads an empty cell
    return [Period(period, part) for period, part in cells]
