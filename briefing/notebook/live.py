"""What a live kernel is told of quantities: how they are drawn, how names are completed.

pandas calls a module such as this one its plotting backend.
"""

import re
import sys
from importlib import import_module
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from matplotlib import units
from matplotlib.category import StrCategoryConverter

from briefing.core.columns import same_unit
from briefing.core.figures import figure
from briefing.core.labels import date
from briefing.core.period import Period
from briefing.core.quantity import Quantity
from briefing.notebook.blocks import frame_bundle

if TYPE_CHECKING:
    from IPython.core.interactiveshell import InteractiveShell

CALL = re.compile(r"""(?:figure|card|compare)\((?:\[?[^()]*)["']([^"']*)$""")


class _Numbers(units.ConversionInterface):
    """Draws a quantity at its number."""

    @staticmethod
    def convert(value: Any, unit: Any, axis: Any) -> Any:
        return np.vectorize(float, otypes=[float])(value)[()]


class _Periods(StrCategoryConverter):
    """Draws periods as names, as a reader reads them."""

    @staticmethod
    def convert(value: Any, unit: Any, axis: Any) -> Any:
        return StrCategoryConverter.convert(_dates(value), unit, axis)

    @staticmethod
    def default_units(data: Any, axis: Any) -> Any:
        return StrCategoryConverter.default_units(_dates(data), axis)


def _dates(found: Any) -> list[str]:
    return [date(it) for it in np.ravel(found)]


def register(shell: "InteractiveShell") -> None:
    """Let a shell show frames as blocks and complete the name in `figure("core`."""
    formatter = shell.display_formatter.mimebundle_formatter
    formatter.for_type(pd.DataFrame, frame_bundle)
    shell.Completer.custom_matchers.append(_names)


def _names(text: str) -> list[str]:
    """The names of figures that complete what is typed within a call."""
    from IPython import get_ipython

    line = get_ipython().Completer.text_until_cursor
    typed = CALL.search(line)
    return [name for name in figure if name.startswith(typed[1])] if typed else []


def plot(data: pd.DataFrame | pd.Series, kind: str, **options: Any) -> Any:
    """Draw a frame or a column as matplotlib does; a column of quantities by their numbers.

    Raises UnitError where the units of a column to be drawn differ.
    """
    drawn = data.to_frame() if isinstance(data, pd.Series) else data.copy()
    x, y = options.get("x"), options.get("y")
    asked = [x, *(y if isinstance(y, list) else [y])]
    for place, name in enumerate(drawn):
        if len(drawn) and drawn[name].map(lambda cell: isinstance(cell, Period)).all():
            drawn[name] = drawn[name].map(date)
        if len(drawn) and drawn[name].map(lambda cell: isinstance(cell, Quantity)).all():
            if y is None or name in asked or place in asked:
                same_unit(drawn[name])
            drawn[name] = drawn[name].astype(float)
    drawn = drawn.iloc[:, 0] if isinstance(data, pd.Series) else drawn
    return drawn.plot(kind=kind, backend="matplotlib", **options)


def __getattr__(name: str) -> Any:
    """All else that pandas asks of a backend, such as `hist_frame`."""
    return getattr(import_module("pandas.plotting._matplotlib"), name)


units.registry |= {Quantity: _Numbers(), Period: _Periods()}
if pd.options.plotting.backend == "matplotlib":
    pd.options.plotting.backend = __name__
if "IPython" in sys.modules and (running := sys.modules["IPython"].get_ipython()):
    register(running)
