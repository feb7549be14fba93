"""A value with its range, unit and sources, and arithmetic that carries all of them along."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, fields, replace
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from functools import wraps
from numbers import Integral, Real
from operator import ge, gt, le, lt
from typing import Any

import numpy as np
import pandas as pd

from briefing.core.expression import INFINITY, Computed, Expression, Known
from briefing.core.period import NO_PERIOD, Period
from briefing.sources import tables
from briefing.sources.printed import ENDS

Number = int | float | Decimal
READING = "~"  # how the formula of a reading adopted begins
YEARS_A_BIENNIUM = 2
POINTS = "percentage-point"  # what a percentage less another is
PURE = {"", "share", "factor", POINTS}  # units of pure numbers
BARE = {"", "share"}  # beside which a bare number is one of them
ONE_UNIT = ", expected rows of one unit, as of .query(\"unit_id == 'usd'\")"


class UnitError(TypeError):
    """Two quantities of different units were computed with, or a level and a change were added."""

    def __str__(self) -> str:
        """What is wrong, also where pandas raises it again with words of its own."""
        cause = self.__cause__
        return str(cause if isinstance(cause, UnitError) else super().__str__())


class FigureError(KeyError):
    """There is no figure of the name."""


def _of_one(operator: Callable[..., Any]) -> Callable[..., Any]:
    """An operator of a quantity; beside a column it is left to pandas, which goes cell by cell."""

    @wraps(operator)
    def of_one(quantity: "Quantity", other: Any) -> Any:
        return NotImplemented if pd.api.types.is_list_like(other) else operator(quantity, other)

    return of_one


def _comparison(operator: Callable[[float, float], bool]) -> Callable[..., Any]:
    """An operator by which a quantity is compared with another, or with a number in its unit."""

    @_of_one
    def compare(quantity: "Quantity", other: "Quantity | Number") -> bool:
        if isinstance(other, Quantity):
            quantity._same_unit(other, "compare", ONE_UNIT)
        return operator(quantity.number, float("nan") if pd.isna(other) else _pure(other).number)

    return compare


@dataclass(frozen=True, repr=False)
class Quantity:
    """A value with the range assumed for it, its unit and its sources.

    value, lower, upper: in the unit's base units; an end of None is open, a value of None is not
    stated. unit: a unit_id of units.csv, or a compound such as `usd/donor`. figures: the
    figure_ids it comes from. formula: the printed forms it was computed from, each with its
    paragraph. derived: whether it was computed rather than printed. measure: what a sum may add, as
    indicators.csv has it; "" for what may be added to anything. expression: what it was computed
    from, from which the range follows; a figure used twice is one number.

    Two are == only where sources, too, are the same: as keys and in groups two figures of one
    number stay two. A plain number is == where it is the value: `frame.query("quantity == 435")`.

    Example: `briefing.Quantity.constant(2, "year")`.
    """

    value: Decimal | None
    lower: Decimal | None
    upper: Decimal | None
    unit: str
    qualifier: str = "unqualified"
    period: Period = NO_PERIOD
    figures: tuple[str, ...] = ()
    formula: str = ""
    derived: bool = False
    measure: str = field(default="", compare=False)
    expression: Expression | None = field(default=None, repr=False, compare=False)

    def __post_init__(self) -> None:
        if self.expression is None:
            name = (self.figures, self.formula) if self.figures else object()
            known = Known(name, self.value, (self._low, self._high))
            object.__setattr__(self, "expression", known)

    @classmethod
    def constant(cls, number: int | str | Decimal, unit: str = "") -> "Quantity":
        """A number that is true by definition, such as two years in a biennium."""
        value = Decimal(number)
        return cls(value, value, value, unit, formula=f"{value}", derived=True)

    @property
    def exact(self) -> bool:
        """Whether the range is the value alone."""
        return self.value is not None and self.value == self.lower == self.upper

    @property
    def number(self) -> float:
        """What a chart draws: the value, or where none is stated the lower end of the range."""
        return float(self.lower if self.value is None else self.value)

    @property
    def adopted(self) -> "Quantity":
        """The reading that this collection adopts in place of what is printed of a figure.

        Raises FigureError where figure_errata.csv has none for it.
        """
        errata = tables.shared()["figure_errata"].dropna(subset="value_adopted")
        own = errata[errata["figure_id"].isin(self.figures)].to_dict("records")
        if not own or self.derived:
            raise FigureError(f"{self.formula}: no reading is adopted in figure_errata.csv")
        ends = [decimal(own[0][f"{name}_adopted"]) for name in ENDS]
        return self._known(ends, READING + self.formula)

    def __float__(self) -> float:
        """The value; NaN where none is stated, as an end of its range is no number of it."""
        return float("nan" if self.value is None else self.value)

    @_of_one
    def __eq__(self, other: object) -> bool:
        """Whether another quantity is the same, sources too, or a plain number is the value."""
        if isinstance(other, Quantity):
            return all(getattr(self, name) == getattr(other, name) for name in TOLD)
        return float(self) == other if isinstance(other, Real | Decimal) else NotImplemented

    def __hash__(self) -> int:
        return hash(None if self.value is None else float(self))

    def __repr__(self) -> str:
        return str(self)

    def __int__(self) -> int:
        return int(float(self))

    def __neg__(self) -> "Quantity":
        return self._derive(Quantity.constant(-1), "×", self.unit)

    def __abs__(self) -> "Quantity":
        if self._low >= 0:
            return self
        if self._high <= 0:
            return -self
        ends = (self.value and abs(self.value), Decimal(0), max(-self._low, self._high))
        return self._known(ends, f"|{self.formula}|")

    def __round__(self, digits: int = 0) -> float:
        return round(float(self), digits)

    __lt__, __le__, __gt__, __ge__ = map(_comparison, (lt, le, gt, ge))

    def overlaps(self, other: "Quantity") -> bool:
        """Whether the ranges have a number in common, so that neither is surely the larger."""
        self._same_unit(other, "compare")
        return self._low <= other._high and other._low <= self._high

    @_of_one
    def __add__(self, other: "Quantity | Number") -> "Quantity":
        """Add a quantity of the unit, points to a percentage, or a bare number to a pure one."""
        other = self._beside(other, "add")
        twice = [name for name in self.figures if name in other.figures]
        if twice and self._is_sum and other._is_sum:
            told = f"{twice[0]} ({self.unit}) is in the sum already"
            raise UnitError(f"{told}, expected each figure once, or 2 * quantity")
        if self.measure and other.measure and self.measure != other.measure:
            both = f"{self.figures[-1]} ({self.measure}) and {other.figures[0]} ({other.measure})"
            told = "a sum holds like with like, expected rows of one `measure`"
            raise UnitError(f"cannot add {both}: {told}")
        measure = self.measure if self.measure == other.measure else ""
        unit = other.unit if self.unit == POINTS else self.unit
        return replace(self._derive(other, "+", unit), measure=measure)

    @_of_one
    def __radd__(self, other: Number) -> "Quantity":
        """What `sum` asks for, which begins with 0, and a bare number and this."""
        return self + other if _pure(other).value else self

    @_of_one
    def __sub__(self, other: "Quantity | Number") -> "Quantity":
        """Subtract what could be added."""
        other = self._beside(other, "subtract")
        # What is left of the whole is a percentage again; of two printed ones the points between.
        is_points = self.unit == other.unit == "percent" and self.figures
        return self._derive(other, "−", POINTS if is_points else self.unit)

    @_of_one
    def __rsub__(self, other: Number) -> "Quantity":
        return self._beside(other, "subtract") - self

    @_of_one
    def __mul__(self, other: "Quantity | Number") -> "Quantity":
        other = _pure(other)
        kept = {self.unit, other.unit} - (PURE - {POINTS})  # so many times a percentage, or points
        if kept in ({POINTS}, {"percent"}) and self.unit != other.unit:
            return self._derive(other, "×", *kept)
        a, b = self._as_fraction(), other._as_fraction()
        return a._derive(b, "×", _cancel(a.unit, b.unit))

    __rmul__ = __mul__

    @_of_one
    def __truediv__(self, other: "Quantity | Number") -> "Quantity":
        """Divide; a quotient of like units has the unit `""`, a pure number.

        Raises ZeroDivisionError where the divisor may be zero.
        """
        other = _pure(other)
        if other._low <= 0 <= other._high:
            raise ZeroDivisionError(f"{other.formula} may be zero")
        if self.unit in (POINTS, "percent") and other.unit in PURE - {POINTS}:
            return self._derive(other, "÷", self.unit)
        a, b = self._as_fraction(), other._as_fraction()
        numerator, *denominator = b.unit.split("/")
        unit = _cancel(a.unit, "/".join(["*".join(denominator), numerator]))
        return a._derive(b, "÷", unit)

    @_of_one
    def __rtruediv__(self, other: Number) -> "Quantity":
        return _pure(other) / self

    def __pow__(self, power: Number) -> "Quantity":
        raise UnitError(f"{self._named} ** {power!r}: expected quantity * quantity")

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
        return self._scaled(100, "percent")

    def _as_fraction(self) -> "Quantity":
        """A percentage, or points, as the pure number that it multiplies with."""
        return self._scaled("0.01", "") if self.unit in ("percent", POINTS) else self

    def _scaled(self, factor: int | str, unit: str) -> "Quantity":
        """The same quantity in another unit, with the formula and qualifier it has."""
        scaled = self._derive(Quantity.constant(factor), "×", unit)
        kept = {name: getattr(self, name) for name in ("qualifier", "period", "formula", "derived")}
        return replace(scaled, **kept)

    def per_year(self) -> "Quantity":
        """An amount spread evenly over its period, e.g. `usd` in 2012/2013 as `usd/year`.

        Raises ValueError where the period is not made of whole years, or the unit is of another
        time already.
        """
        if self.unit.endswith("/year"):
            return self
        try:
            years = self.period.years
        except ValueError as error:
            remedy = "take it as it stands, without .per_year()"
            raise ValueError(f"{self._named}: {error}: {remedy}") from None
        amount = replace(self, unit=self.unit.removesuffix("/biennium"))
        if "/" in amount.unit or (amount.unit != self.unit and years != YEARS_A_BIENNIUM):
            told = f"{self._named} over {self.period} cannot be spread over years"
            raise ValueError(f"{told}, expected an amount")
        if years == 1:
            return replace(amount, unit=f"{amount.unit}/year")
        return amount / Quantity.constant(years, "year")

    @property
    def _low(self) -> Decimal:
        return -INFINITY if self.lower is None else self.lower

    @property
    def _high(self) -> Decimal:
        return INFINITY if self.upper is None else self.upper

    def _beside(self, other: "Quantity | Number", action: str) -> "Quantity":
        """What is added or subtracted, of a unit that fits; a bare number fits a pure one."""
        if self.unit in BARE and not isinstance(other, Quantity):
            return replace(_pure(other), unit=self.unit)
        units = [self.unit, getattr(other, "unit", "")]
        if units != ["percent", POINTS] and (action, *units) != ("add", POINTS, "percent"):
            self._same_unit(other, action)
        return other

    def _same_unit(self, other: "Quantity", action: str, remedy: str = "") -> None:
        if not isinstance(other, Quantity):
            number = 100 if _pure(other).value == 1 and self.unit == "percent" else other
            told = f"cannot {action} {self._named} and {other!r}, which has no unit"
            raise UnitError(f"{told}: expected Quantity.constant({number!r}, {self.unit!r})")
        if self.unit != other.unit:
            remedy = ", expected .per_year() of both" if self.is_spread(other) else remedy
            told = f"cannot {action} {self._named} and {other._named}: the units differ"
            raise UnitError(told + remedy)

    @property
    def _is_sum(self) -> bool:
        """Whether it is a figure, or figures that were added and no more."""
        return bool(self.figures) and not set("−×÷…~") & set(self.formula)

    @property
    def _named(self) -> str:
        """Its figure, or its first and how many more, and its unit, for an error."""
        unit = self.unit or "a pure number"
        if not self.figures:
            return unit
        more = len(self.figures) - 1
        return f"{self.figures[0]}{f' and {more} more' if more else ''} ({unit})"

    def is_spread(self, other: "Quantity") -> bool:
        """Whether two amounts differ only in the time that they are for."""
        return self.unit.partition("/")[0] == other.unit.partition("/")[0]

    def _derive(self, other: "Quantity", sign: str, unit: str) -> "Quantity":
        made = Computed(sign, self.expression, other.expression)
        value = None if made.value is None else +made.value  # rounded to the usual digits
        lower, upper = (+end if end.is_finite() else None for end in made.range)
        value = lower if lower is not None and lower == upper else value
        qualifier = _derived_qualifier(value, lower, upper)
        period = self.period if self.period == other.period else NO_PERIOD
        figures = tuple(dict.fromkeys(self.figures + other.figures))
        formula = f"{_operand(self)} {sign} {_operand(other)}"
        told = (unit, qualifier, period, figures, formula)
        return Quantity(value, lower, upper, *told, derived=True, expression=made)

    def _known(self, ends: Iterable[Decimal | None], formula: str) -> "Quantity":
        """A number of its own with the sources of this, of which value and range are known."""
        told = [end if end is not None and end.is_finite() else None for end in ends]
        kept = (self.period, self.figures, formula)
        return Quantity(*told, self.unit, _derived_qualifier(*told), *kept, derived=True)


TOLD = [it.name for it in fields(Quantity) if it.compare]


def _pure(number: "Quantity | Number") -> Quantity:
    """A bare number as a quantity without a unit. Raises TypeError for what is none."""
    if isinstance(number, Quantity):
        return number
    is_number = isinstance(number, Integral | float | np.floating | Decimal)
    if not is_number or isinstance(number, bool) or not Decimal(str(number)).is_finite():
        told = f"{number!r} cannot be computed with"
        raise TypeError(f"{told}, expected a quantity or a number that is finite")
    return Quantity.constant(str(number))


def _operand(quantity: Quantity) -> str:
    compound = quantity.derived and " " in quantity.formula
    return f"({quantity.formula})" if compound else quantity.formula


def _derived_qualifier(value: Decimal | None, lower: Decimal | None, upper: Decimal | None) -> str:
    if lower is not None and upper is not None:
        return "unqualified" if lower == value == upper else "about"
    if lower is not None:
        return "at_least"
    return "about" if upper is None else "up_to"


def _cancel(*units: str) -> str:
    """Multiply units such as `usd/biennium` and `biennium/year`, here into `usd/year`."""
    above, below = Counter(), Counter()
    for unit in units:
        numerator, *denominators = unit.split("/")
        above.update(name for name in numerator.split("*") if name not in PURE)
        below.update(name for name in denominators if name not in PURE)
    return "/".join(["*".join((above - below).elements()), *(below - above).elements()])


def decimal(cell: float) -> Decimal | None:
    return None if pd.isna(cell) else Decimal(str(cell)).normalize()


def between(low: Quantity, high: Quantity) -> Quantity:
    """A whole number of which no more is known than that it lies between two quantities.

    Raises UnitError where their units differ, ValueError where there is no such number.

    Example: `briefing.between(low, high)`.
    """
    low._same_unit(high, "take what lies between")
    lower = low._low.to_integral_value(ROUND_CEILING)
    upper = high._high.to_integral_value(ROUND_FLOOR)
    if lower > upper:
        raise ValueError(f"no whole number lies between {low.formula} and {high.formula}")
    made = low._derive(high, "+", low.unit)
    return made._known((None, lower, upper), f"{_operand(low)} … {_operand(high)}")
