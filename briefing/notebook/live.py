"""What a live kernel is told of quantities: how matplotlib draws them, how names are completed."""

import re
import sys
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from matplotlib import units

from briefing.core.figures import figure
from briefing.core.quantity import Quantity
from briefing.notebook.blocks import frame_bundle

if TYPE_CHECKING:
    from IPython.core.interactiveshell import InteractiveShell

CALL = re.compile(r"""(?:figure|card|compare)\((?:\[?[^()]*)["']([^"']*)$""")


class _Numbers(units.ConversionInterface):
    """Draws a quantity at its number."""

    @staticmethod
    def convert(value: Any, unit: Any, axis: Any) -> Any:
        if isinstance(value, Quantity):
            return float(value)
        return np.array([float(one) for one in np.ravel(value)])


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


units.registry[Quantity] = _Numbers()
if pd.options.plotting.backend == "matplotlib":
    pd.options.plotting.backend = "briefing.notebook.plotting"
if "IPython" in sys.modules and (running := sys.modules["IPython"].get_ipython()):
    register(running)
