"""What pandas draws by `.plot`: by matplotlib, and quantities at their numbers.

pandas calls a module such as this one its plotting backend.
"""

from importlib import import_module
from typing import Any

import pandas as pd

from briefing.core.quantity import Quantity, same_unit


def plot(data: pd.DataFrame | pd.Series, kind: str, **options: Any) -> Any:
    """Draw a frame or a column as matplotlib does; a column of quantities by their numbers.

    Raises UnitError where the units of a column to be drawn differ.
    """
    drawn = data.to_frame() if isinstance(data, pd.Series) else data.copy()
    x, y = options.get("x"), options.get("y")
    asked = [x, *(y if isinstance(y, list) else [y])]
    for place, name in enumerate(drawn):
        if len(drawn) and drawn[name].map(lambda cell: isinstance(cell, Quantity)).all():
            if y is None or name in asked or place in asked:
                same_unit(drawn[name])
            drawn[name] = drawn[name].astype(float)
    drawn = drawn.iloc[:, 0] if isinstance(data, pd.Series) else drawn
    return drawn.plot(kind=kind, backend="matplotlib", **options)


def __getattr__(name: str) -> Any:
    """All else that pandas asks of a backend, such as `hist_frame`."""
    return getattr(import_module("pandas.plotting._matplotlib"), name)
