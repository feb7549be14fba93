"""A value with its bounds, unit and sources, and arithmetic that carries all of them along."""

import datetime
import difflib
import operator
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal, InvalidOperation, localcontext
from typing import Any

import pandas as pd

from briefing import tables

INFINITY = Decimal("Infinity")
MONTHS_A_YEAR, YEARS_A_BIENNIUM = 12, 2
PURE = {"", "share", "factor"}  # units of pure numbers


class Period(str):
    """A date or span in the subset of EDTF that data/ uses, e.g. `2012-05` or `2012/2013`."""

    @property
    def parts(self) -> list[str]:
        """The one date, or the first and the last."""
        return self.split("/")

    @property
    def start(self) -> datetime.date:
        """The first day that the period can mean."""
        year, month, day = [int(number) for number in self.parts[0].split("-")] + [1] * (
            2 - self.parts[0].count("-")
        )
        return datetime.date(year, month, day)

    @property
    def end(self) -> datetime.date:
        """The day after the last day that the period can mean."""
        last = Period(self.parts[-1])
        if last.count("-") == 2:
            return last.start + datetime.timedelta(days=1)
        months = MONTHS_A_YEAR if last.count("-") == 0 else 1
        index = last.start.year * MONTHS_A_YEAR + last.start.month - 1 + months
        return datetime.date(index // MONTHS_A_YEAR, index % MONTHS_A_YEAR + 1, 1)

    @property
    def years(self) -> int:
        """The length in whole years. Raises ValueError where the period is not of whole years."""
        if not re.fullmatch(r"[0-9]{4}(/[0-9]{4})?", self):
            raise ValueError(
                f"the period {str(self)!r} is not made of whole years, expected e.g. 2012/2013"
            )
        return self.end.year - self.start.year


NO_PERIOD = Period("")


class UnitError(TypeError):
    """Two quantities of different units were added, subtracted or compared."""


class FigureError(KeyError):
    """There is no figure of the name."""


@dataclass(frozen=True)
class Quantity:
    """A value with bounds, unit and sources.

    value, lower, upper: in the unit's base units; a bound of None is open, a value of None
    is not stated. unit: a unit_id of units.csv, or a compound such as `usd/donor`.
    figures: the figure_ids it comes from. formula: the printed forms it was computed from,
    each with its paragraph. derived: whether it was computed rather than printed.
    """

    value: Decimal | None
    lower: Decimal | None
    upper: Decimal | None
    unit: str
    qualifier: str = "exact"
    period: Period = NO_PERIOD
    figures: tuple[str, ...] = ()
    formula: str = ""
    derived: bool = False

    @classmethod
    def constant(cls, number: int | str, unit: str = "") -> "Quantity":
        """A number that is true by definition, such as two years in a biennium."""
        exact = Decimal(number)
        return cls(exact, exact, exact, unit, formula=f"{exact}", derived=True)

    @property
    def exact(self) -> bool:
        """Whether wording and printing leave no room around the value."""
        return self.value is not None and self.value == self.lower == self.upper

    @property
    def number(self) -> float:
        """What a chart draws: the value, or where none is stated the lower bound."""
        return float(self.lower if self.value is None else self.value)

    def __add__(self, other: "Quantity") -> "Quantity":
        self._same_unit(other, "add")
        ends = (self._low + other._low, self._high + other._high)
        return self._derive(other, "+", _apply(operator.add, self, other), ends, self.unit)

    def __sub__(self, other: "Quantity") -> "Quantity":
        self._same_unit(other, "subtract")
        ends = (self._low - other._high, self._high - other._low)
        return self._derive(other, "−", _apply(operator.sub, self, other), ends, self.unit)

    def __mul__(self, other: "Quantity") -> "Quantity":
        a, b = self._as_fraction(), other._as_fraction()
        ends, unit = _corners(operator.mul, a, b), _cancel(a.unit, b.unit)
        return self._derive(other, "×", _apply(operator.mul, a, b), ends, unit)

    def __truediv__(self, other: "Quantity") -> "Quantity":
        """Divide; a quotient of like units has the unit `""`, a pure number.

        Raises ZeroDivisionError where the divisor may be zero.
        """
        if other._low <= 0:
            raise ZeroDivisionError(f"{other.formula} may be zero")
        a, b = self._as_fraction(), other._as_fraction()
        numerator, *denominator = b.unit.split("/")
        unit = _cancel(a.unit, "/".join(["*".join(denominator), numerator]))
        ends = _corners(operator.truediv, a, b)
        return self._derive(other, "÷", _apply(operator.truediv, a, b), ends, unit)

    def share_of(self, whole: "Quantity") -> "Quantity":
        """This as a percentage of the whole, which has the same unit."""
        self._same_unit(whole, "take the share of")
        return (self / whole).in_percent()

    def growth_from(self, base: "Quantity") -> "Quantity":
        """The change from base to this as a percentage of base."""
        self._same_unit(base, "take the growth of")
        return (self / base - Quantity.constant(1)).in_percent()

    def in_percent(self) -> "Quantity":
        """A pure number as a percentage."""
        self._same_unit(Quantity.constant(1), "express as a percentage")
        return self._scaled(Decimal(100), "percent")

    def _as_fraction(self) -> "Quantity":
        """A percentage as the pure number that it multiplies with."""
        return self._scaled(Decimal("0.01"), "") if self.unit == "percent" else self

    def _scaled(self, factor: Decimal, unit: str) -> "Quantity":
        value, lower, upper = (
            None if number is None else number * factor
            for number in (self.value, self.lower, self.upper)
        )
        return replace(self, value=value, lower=lower, upper=upper, unit=unit)

    def per_year(self) -> "Quantity":
        """An amount spread evenly over its period, e.g. `usd` in 2012/2013 as `usd/year`.

        Raises ValueError where the period is not made of whole years, or the unit is of another
        time already.
        """
        years = self.period.years
        amount = replace(self, unit=self.unit.removesuffix("/biennium"))
        if "/" in amount.unit or (amount.unit != self.unit and years != YEARS_A_BIENNIUM):
            raise ValueError(
                f"{self.unit} over {self.period} cannot be spread over years, expected an amount"
            )
        if years == 1:
            return replace(amount, unit=f"{amount.unit}/year")
        return amount / Quantity.constant(years, "year")

    @property
    def _low(self) -> Decimal:
        return -INFINITY if self.lower is None else self.lower

    @property
    def _high(self) -> Decimal:
        return INFINITY if self.upper is None else self.upper

    def _same_unit(self, other: "Quantity", action: str) -> None:
        if self.unit != other.unit:
            raise UnitError(
                f"cannot {action} {self.unit or 'a pure number'} and "
                f"{other.unit or 'a pure number'}: the units differ"
            )

    def _derive(
        self,
        other: "Quantity",
        sign: str,
        value: Decimal | None,
        ends: tuple[Decimal, Decimal],
        unit: str,
    ) -> "Quantity":
        lower, upper = (end if end.is_finite() else None for end in ends)
        return Quantity(
            value,
            lower,
            upper,
            unit,
            _derived_qualifier(value, lower, upper),
            self.period if self.period == other.period else NO_PERIOD,
            tuple(dict.fromkeys(self.figures + other.figures)),
            f"{_operand(self)} {sign} {_operand(other)}",
            derived=True,
        )


def _operand(quantity: Quantity) -> str:
    compound = quantity.derived and " " in quantity.formula
    return f"({quantity.formula})" if compound else quantity.formula


def _derived_qualifier(value: Decimal | None, lower: Decimal | None, upper: Decimal | None) -> str:
    if lower is not None and upper is not None:
        return "exact" if lower == value == upper else "about"
    if lower is not None:
        return "at_least"
    return "about" if upper is None else "up_to"


def _apply(function: Callable, a: Quantity, b: Quantity) -> Decimal | None:
    return None if a.value is None or b.value is None else function(a.value, b.value)


def _corners(function: Callable, a: Quantity, b: Quantity) -> tuple[Decimal, Decimal]:
    """The bounds of a product or quotient: the least and the greatest of the bounds' own.

    A corner such as zero times infinity is undetermined and lies between the others.
    """
    with localcontext() as context:
        context.traps[InvalidOperation] = False
        corners = [function(x, y) for x in (a._low, a._high) for y in (b._low, b._high)]
    known = [corner for corner in corners if not corner.is_nan()]
    return min(known, default=Decimal(0)), max(known, default=Decimal(0))


def _cancel(*units: str) -> str:
    """Multiply units such as `usd/biennium` and `biennium/year`, here into `usd/year`."""
    above, below = [], []
    for unit in units:
        numerator, *denominators = unit.split("/")
        above += [name for name in numerator.split("*") if name not in PURE]
        below += [name for name in denominators if name not in PURE]
    for name in list(above):
        if name in below:
            above.remove(name)
            below.remove(name)
    return "/".join(["*".join(above), *below])


class _Figures:
    """The figures of the report, each to be had by its figure_id.

    A call `figure("staff-2011")` and a look-up `figure["staff-2011"]` give the same; within the
    brackets of a look-up the Tab key completes a figure_id.
    """

    def __call__(self, figure_id: str) -> Quantity:
        """A figure of the report, e.g. `figure("staff-2011")`.

        Raises FigureError, naming the closest figure_ids, when there is none of that name.
        """
        rows = tables.rows("figures")
        if figure_id not in rows:
            close = difflib.get_close_matches(figure_id, rows, cutoff=0.4)
            near = ", ".join(close) or "none"
            raise FigureError(f"no figure {figure_id!r}; the closest are {near}")
        return _read_row(figure_id, rows[figure_id])

    __getitem__ = __call__

    def __repr__(self) -> str:
        return 'figure("…"): a figure of the report by its figure_id'

    def _ipython_key_completions_(self) -> list[str]:
        return list(tables.rows("figures"))


figure = _Figures()


def _read_row(figure_id: str, row: dict[str, Any]) -> Quantity:
    value, lower, upper = (
        None if pd.isna(row[name]) else Decimal(str(row[name])).normalize()
        for name in ("value", "lower", "upper")
    )
    return Quantity(
        value,
        lower,
        upper,
        row["unit_id"],
        row["qualifier"],
        Period(row["period"]),
        (figure_id,),
        f"{row['printed']} [{row['paragraph_id']}]",
    )


def counted(rows: pd.DataFrame, unit: str) -> Quantity:
    """The number of rows of a table of data/, each of which names its paragraph_id."""
    number = Quantity.constant(len(rows), unit)
    paragraphs = " ".join(dict.fromkeys(rows["paragraph_id"]))
    return replace(number, formula=f"#{len(rows)} [{paragraphs}]" if len(rows) else "#0")


def between(low: Quantity, high: Quantity) -> Quantity:
    """A whole number of which no more is known than that it lies between two quantities.

    Raises UnitError where their units differ, ValueError where there is no such number.
    """
    low._same_unit(high, "take what lies between")
    lower = None if low.lower is None else low.lower.to_integral_value(ROUND_CEILING)
    upper = None if high.upper is None else high.upper.to_integral_value(ROUND_FLOOR)
    if lower is not None and upper is not None and lower > upper:
        raise ValueError(f"no whole number lies between {low.formula} and {high.formula}")
    return replace(
        low._derive(high, "…", None, (low._low, high._high), low.unit), lower=lower, upper=upper
    )
