"""The figures of the report, each by its name, and numbers counted in its tables."""

import difflib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

import pandas as pd

from briefing.core.period import Period
from briefing.core.quantity import FigureError, Quantity, decimal
from briefing.sources import tables
from briefing.sources.printed import ENDS

BEGINNING, SUGGESTED = 4, 6  # characters that names share, and how many of them are told


class _Figures(Mapping[str, Quantity]):
    """The figures of the report, each to be had by its figure_id.

    A call `figure("staff-2011")` and a look-up `figure["staff-2011"]` give the same; within the
    brackets of a look-up the Tab key completes a figure_id.

    Example: `briefing.figure(figure_id)`.
    """

    def __call__(self, figure_id: str) -> Quantity:
        """A figure of the report, e.g. `figure("staff-2011")`.

        Raises FigureError, naming the closest figure_ids, when there is none of that name.
        """
        rows = tables.rows("figures")
        if not isinstance(figure_id, str):
            expected = "expected rows of figures.csv by their figure_id, as index or column"
            raise FigureError(f"{figure_id!r} is no figure_id, {expected}")
        if figure_id not in rows:
            raise FigureError(f"no figure {figure_id!r}; the closest are {_near(figure_id, rows)}")
        row = rows[figure_id]
        return Quantity(
            *(decimal(row[name]) for name in ENDS),
            row["unit_id"],
            row["qualifier"],
            Period(row["period"]),
            (figure_id,),
            f"{row['printed']} [{row['paragraph_id']}]",
            measure=tables.rows("indicators")[row["indicator_id"]]["measure"],
        )

    __getitem__ = __call__

    def __iter__(self) -> Iterator[str]:
        return iter(tables.rows("figures"))

    def __len__(self) -> int:
        return len(tables.rows("figures"))

    def __repr__(self) -> str:
        return 'figure("…"): a figure of the report by its figure_id'

    def _ipython_key_completions_(self) -> list[str]:
        return list(self)


def _near(name: str, known: Iterable[str]) -> str:
    """The names that begin most like one, then those like it."""
    lengths = range(len(name), BEGINNING - 1, -1)
    beginning = [other for n in lengths for other in known if other.startswith(name[:n])]
    like = difflib.get_close_matches(name, known, cutoff=0.4) or (_labelled(name) if name else [])
    return ", ".join(list(dict.fromkeys(beginning + like))[:SUGGESTED]) or "none"


def _labelled(words: str) -> list[str]:
    """The figures whose label in any language holds the words."""
    rows = tables.shared()["figures"].merge(tables.shared()["indicators"], on="indicator_id")
    labels = rows.filter(like="label_").agg(" ".join, axis=1).str.casefold()
    return list(rows["figure_id"][labels.str.contains(words.casefold(), regex=False)])


figure = _Figures()


def counted(rows: pd.DataFrame, unit: str) -> Quantity:
    """The number of rows of a table of data/, each of which names its paragraph_id.

    Raises ValueError where they name none.

    Example: `briefing.counted(rows, "country")`.
    """
    if "paragraph_id" not in rows:
        remedy = f"or Quantity.constant({len(rows)}, {unit!r})"
        raise ValueError(f"the rows have no paragraph_id, expected rows that have one, {remedy}")
    number = Quantity.constant(len(rows), unit)
    paragraphs = " ".join(dict.fromkeys(rows["paragraph_id"]))
    return replace(number, formula=f"#{len(rows)} [{paragraphs}]" if len(rows) else "#0")
