"""A date or span as the report gives it, with what is said of it beside."""

import datetime
import re

import pandas as pd


class Period(str):
    """A date or span in the subset of EDTF that data/ uses, e.g. `2012-05` or `2012/2013`.

    part: what is said of it beside, such as `early` or `before`: a code of events.csv.

    Example: `briefing.Period("2012-02-27/2012-03-09").end`.
    """

    part: str

    def __new__(cls, text: str, part: str = "") -> "Period":
        period = super().__new__(cls, text)
        period.part = part
        return period

    @property
    def parts(self) -> list[str]:
        """The one date, or the first and the last."""
        return self.split("/")

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
        return bool(re.fullmatch(r"[0-9]{4}(/[0-9]{4})?", self))

    def overlaps(self, other: str) -> bool:
        """Whether the two may have a day in common."""
        other = Period(other)
        return self.start <= other.end and other.start <= self.end


NO_PERIOD = Period("")


def periods(rows: pd.DataFrame) -> list[Period]:
    """The period of each row of events.csv, with what is said of it beside: `late 2011`.

    Example: `briefing.periods(events)`.
    """
    cells = rows[["period", "part"]].fillna("").to_numpy()  # as pandas reads an empty cell
    return [Period(period, part) for period, part in cells]
