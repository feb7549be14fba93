"""Whether what figures.csv and figure_errata.csv say of a figure follows from what is printed.

`faults` is called whenever data/ is loaded, so that no number goes on from there unchecked.
"""

from collections.abc import Iterator
from decimal import Decimal

import pandas as pd

from briefing.sources.printed import read_printed

ENDS = ("value", "lower", "upper")


def faults(tables: dict[str, pd.DataFrame]) -> Iterator[str]:
    """One sentence for each cell that says other than the printed form, by file, row and column.

    tables: those of data/ as text, indexed by row; what is not there is not checked.
    """
    if "figures" in tables:
        yield from _figure_faults(tables["figures"])
        if "indicators" in tables:
            yield from _unit_faults(tables["figures"], tables["indicators"])
    if "figure_errata" in tables:
        yield from _reading_faults(tables["figure_errata"])


def _figure_faults(figures: pd.DataFrame) -> Iterator[str]:
    for row, cells in zip(figures.index, figures.to_dict("records"), strict=True):
        place = f"figures.csv, row {row}, column"
        if bool(cells["period"]) != bool(cells["period_basis"]):
            beside = f"{cells['period_basis']!r} stands beside the period {cells['period']!r}"
            yield f"{place} period_basis: {beside}, expected both or neither"
        try:
            reading = read_printed(cells["printed"], cells["status"])
        except ValueError as error:
            yield f"{place} printed: {error}"
            continue
        follows = {"qualifier": reading.qualifier}
        follows |= {name: _written(getattr(reading, name)) for name in ENDS}
        for name, expected in follows.items():
            if not _same(cells[name], expected):
                source = f"{cells['printed']!r} with the status {cells['status']}"
                told = f"{cells[name]!r} does not follow from {source}"
                yield f"{place} {name}: {told}, expected {expected or 'an empty cell'}"


def _unit_faults(figures: pd.DataFrame, indicators: pd.DataFrame) -> Iterator[str]:
    units = dict(zip(indicators["indicator_id"], indicators["unit_id"], strict=True))
    expected = figures["indicator_id"].map(units)
    for row in figures.index[expected.notna() & (figures["unit_id"] != expected)]:
        found, indicator = figures.loc[row, ["unit_id", "indicator_id"]]
        told = f"{found!r} is not the unit of {indicator}, expected {expected[row]}"
        yield f"figures.csv, row {row}, column unit_id: {told}"


def _reading_faults(readings: pd.DataFrame) -> Iterator[str]:
    """Where the range of a reading adopted does not hold its value."""
    for row, cells in zip(readings.index, readings.to_dict("records"), strict=True):
        place = f"figure_errata.csv, row {row}, column"
        value, lower, upper = (cells[f"{name}_adopted"] for name in ENDS)
        if len({bool(value), bool(lower), bool(upper)}) > 1:
            yield f"{place} value_adopted: value and range stand apart, expected all three or none"
        elif value and not Decimal(lower) <= Decimal(value) <= Decimal(upper):
            told = f"{lower} to {upper} does not hold {value}, expected a range that does"
            yield f"{place} lower_adopted: {told}"


def _written(number: Decimal | None) -> str:
    return "" if number is None else f"{number.normalize():f}"


def _same(cell: str, expected: str) -> bool:
    """Whether a cell is the number or word expected; 1.50 is 1.5."""
    try:
        return Decimal(cell) == Decimal(expected)
    except ArithmeticError:  # no number
        return cell == expected
