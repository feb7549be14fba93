"""A column of quantities as pandas holds it: what is computed of it keeps units and sources."""

from collections.abc import Callable, Iterable, Sequence
from functools import reduce, wraps
from numbers import Real
from statistics import median
from typing import Any, Self

import numpy as np
import pandas as pd
from pandas.api.extensions import ExtensionArray, ExtensionDtype, ExtensionScalarOpsMixin, take
from pandas.api.indexers import check_array_indexer

from briefing.core.quantity import ONE_UNIT, Quantity
from briefing.sources import tables

MEASURED = {"money", "ratio", "time"}  # kinds of units that count no things


class QuantityDtype(ExtensionDtype):
    """The type of a column of quantities."""

    name, type = "quantity", Quantity

    @classmethod
    def construct_array_type(cls) -> "type[QuantityArray]":
        return QuantityArray


class QuantityArray(ExtensionScalarOpsMixin, ExtensionArray):
    """Quantities, and NaN where there is none. Raises TypeError for anything else."""

    dtype = QuantityDtype()

    def __init__(self, cells: Iterable[Any]) -> None:
        self.cells = np.array(list(cells), dtype=object)
        for cell in self.cells[~self.isna()]:
            if not isinstance(cell, Quantity):
                kind = "float" if isinstance(cell, Real) else "object"
                raise TypeError(f"{cell!r} is no quantity, expected one, or .astype({kind}) before")

    @classmethod
    def _from_sequence(cls, scalars: Iterable[Any], **_: Any) -> Self:
        return cls(scalars)

    @classmethod
    def _from_factorized(cls, cells: Iterable[Any], _: Self) -> Self:
        return cls(cells)

    @classmethod
    def _concat_same_type(cls, parts: Iterable[Self]) -> Self:
        return cls(cell for part in parts for cell in part.cells)

    @property
    def nbytes(self) -> int:
        return self.cells.nbytes

    def __len__(self) -> int:
        return len(self.cells)

    def __getitem__(self, item: Any) -> Any:
        found = self.cells[check_array_indexer(self, item)]
        return type(self)(found) if isinstance(found, np.ndarray) else found

    def __setitem__(self, key: Any, value: Any) -> None:
        cells = self.cells.copy()
        cells[check_array_indexer(self, key)] = value
        self.cells = type(self)(cells).cells

    def __neg__(self) -> Self:
        return self * -1

    def isna(self) -> np.ndarray:
        return pd.isna(self.cells)

    def copy(self) -> Self:
        return type(self)(self.cells)

    def _values_for_argsort(self) -> np.ndarray:
        """What a column is sorted by, also one of several units: its numbers."""
        return np.array([np.nan if pd.isna(cell) else cell.number for cell in self.cells])

    def argsort(self, *, kind: str = "", **options: Any) -> np.ndarray:
        """Where each cell goes; of one number they stay in their order, on every machine."""
        return super().argsort(kind="stable", **options)

    def take(self, indices: Any, *, allow_fill: bool = False, fill_value: Any = None) -> Self:
        filled = np.nan if fill_value is None else fill_value
        return type(self)(take(self.cells, indices, allow_fill=allow_fill, fill_value=filled))

    def _reduce(
        self,
        name: str,
        *,
        skipna: bool = True,
        keepdims: bool = False,
        min_count: int = 0,
        **_: Any,
    ) -> Any:
        if name not in REDUCED:
            raise TypeError(f"{name}() of quantities is not known, expected .astype(float) before")
        cells = self.cells[~self.isna()]
        is_known = len(cells) >= min_count and (skipna or len(cells) == len(self))
        found = REDUCED[name](cells) if is_known and (len(cells) or name == "sum") else np.nan
        return type(self)([found]) if keepdims else found

    def _quantile(self, *_: Any) -> Self:
        told = "quantile() of quantities may be narrower than what is known"
        raise TypeError(f"{told}, expected .median(), or .astype(float) before")

    def _accumulate(self, name: str, *, skipna: bool = True, **_: Any) -> Self:
        missing = self.isna()
        known = ~missing if skipna else ~np.logical_or.accumulate(missing)
        cells = np.full(len(self), np.nan, dtype=object)
        cells[known] = ACCUMULATED[name].accumulate(self.cells[known])
        return type(self)(cells)

    @classmethod
    def _create_arithmetic_method(cls, op: Callable[[Any, Any], Any]) -> Any:
        """An operator of two cells as one of columns; what is missing stays so."""

        @wraps(op)
        def of_cells(a: Any, b: Any) -> Any:
            return np.nan if pd.isna(a) or pd.isna(b) else op(a, b)

        return super()._create_arithmetic_method(of_cells)


def _mean(cells: Sequence[Quantity]) -> Quantity:
    total = sum(cells)
    return total._derive(Quantity.constant(len(cells)), "÷", total.unit)


def _median(cells: Sequence[Quantity]) -> Quantity:
    """The one in the middle, or where ranges let another stand there, what lies among them all."""
    ordered, half = sorted(cells), len(cells) // 2
    middle = ordered[half] if len(cells) % 2 else _mean(ordered[half - 1 : half + 1])
    found = median(cell._low for cell in cells), median(cell._high for cell in cells)
    if found == (middle._low, middle._high):
        return middle
    together = reduce(lambda a, b: a._derive(b, "+", a.unit), ordered)
    formula = " … ".join(f"({cell.formula})" for cell in ordered)
    return together._known((middle.value, *found), formula)


REDUCED = {"sum": sum, "min": min, "max": max, "mean": _mean, "median": _median}
ACCUMULATED = {"cumsum": np.add, "cummin": np.minimum, "cummax": np.maximum}
QuantityArray._add_arithmetic_ops()
QuantityArray._add_comparison_ops()


def same_unit(quantities: Iterable[Quantity]) -> None:
    """Raises UnitError where two quantities cannot stand on one axis, which it names.

    Things counted can, whatever they are.
    """
    first, *others = quantities
    for other in others:
        if not (_is_count(first.unit) and _is_count(other.unit)):
            first._same_unit(other, "draw beside each other", ONE_UNIT)


def _is_count(unit: str) -> bool:
    """Whether a unit is a thing counted, which can stand beside other things that are."""
    kind = tables.rows("units").get(unit, {"kind": ""})["kind"]
    return bool(kind) and kind not in MEASURED and "/" not in unit
