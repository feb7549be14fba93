"""Every figure of the report as data, as quantities that know their source, and as charts.

Notebooks import what stands here, pandas and matplotlib, and nothing deeper. Each name is fetched
when it is first asked for: a command that draws nothing need not wait for what draws.
"""

import sys
from importlib import import_module
from typing import Any

_OFFERED = {
    "core.audit": "VERDICTS verdicts",
    "core.labels": "actor date document join label paragraphs",
    "core.figures": "counted figure",
    "core.period": "Period periods",
    "core.quantity": "between Quantity UnitError",
    "core.sentences": "say",
    "core.wording": "text",
    "notebook.charts": "bars bridge dots stacked",
    "notebook.diagrams": "links",
    "notebook.drafts": "draft",
    "notebook.grids": "matrix spans tiles",
    "notebook.lookup": "as_csv card compare figures quantities",
    "notebook.navigation": "claims show_contents show_coverage show_neighbours",
    "notebook.outputs": "show_brief show_chart show_headline show_key_figures show_outlook "
    "show_sources show_table",
    "publish.handouts": "save",
    "sources.tables": "DataError load shared",
}
_HOMES = {name: home for home, names in _OFFERED.items() for name in names.split()}
__all__ = sorted(_HOMES)


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'briefing' has no attribute {name!r}")
    import_module("briefing.core.wording")  # so that a quantity prints
    home = import_module(f"briefing.{_HOMES[name]}")
    _register()
    return getattr(home, name)


def __dir__() -> list[str]:
    return __all__


def _register() -> None:
    """Let what draws or shows know quantities, once it is there."""
    if {"IPython", "matplotlib"} & set(sys.modules):
        import_module("briefing.notebook.live")


_register()
