"""What pandas draws by `.plot`: by matplotlib, and quantities at their numbers.

pandas calls a module such as this one its plotting backend.
"""

from importlib import import_module
from typing import Any

import pandas as pd

from briefing.core.quantity import Quantity


def plot(data: pd.DataFrame | pd.Series, kind: str, **options: Any) -> Any:
    """Draw a frame or a column as matplotlib does; a column of quantities by their numbers."""
    drawn = data.to_frame() if isinstance(data, pd.Series) else data.copy()
    for name in drawn:
        if len(drawn) and drawn[name].map(lambda cell: isinstance(cell, Quantity)).all():
            drawn[name] = drawn[name].astype(float)
    drawn = drawn.iloc[:, 0] if isinstance(data, pd.Series) else drawn
    return drawn.plot(kind=kind, backend="matplotlib", **options)


def __getattr__(name: str) -> Any:
    """All else that pandas asks of a backend, such as `hist_frame`."""
    return getattr(import_module("pandas.plotting._matplotlib"), name)
