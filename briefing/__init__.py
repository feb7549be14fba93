"""Every figure of the report as data, as quantities that know their source, and as charts.

Notebooks import what stands here, pandas and matplotlib, and nothing deeper.
"""

from briefing.core.audit import VERDICTS, verdicts
from briefing.core.language import actor, date, document, join, label, paragraphs, unit, words
from briefing.core.quantity import Period, Quantity, UnitError, between, counted, figure, periods
from briefing.core.sentences import say, text
from briefing.notebook.charts import bars, bridge, dots, stacked
from briefing.notebook.grids import matrix, spans
from briefing.notebook.house import BLUE, FAINT, GOLD, INK, MUTED, ORANGE, TEAL
from briefing.notebook.lookup import as_csv, card, compare, explore, figures, show_figures
from briefing.notebook.navigation import claims, show_contents, show_coverage, show_neighbours
from briefing.notebook.outputs import (
    show_brief,
    show_chart,
    show_headline,
    show_key_figures,
    show_sources,
    show_table,
)
from briefing.sources.tables import DataError, load, shared

__all__ = [
    "BLUE",
    "FAINT",
    "GOLD",
    "INK",
    "MUTED",
    "ORANGE",
    "TEAL",
    "VERDICTS",
    "DataError",
    "Period",
    "Quantity",
    "UnitError",
    "actor",
    "as_csv",
    "bars",
    "between",
    "bridge",
    "card",
    "claims",
    "compare",
    "counted",
    "date",
    "document",
    "dots",
    "explore",
    "figure",
    "figures",
    "join",
    "label",
    "load",
    "matrix",
    "paragraphs",
    "periods",
    "say",
    "shared",
    "show_brief",
    "show_chart",
    "show_contents",
    "show_coverage",
    "show_figures",
    "show_headline",
    "show_key_figures",
    "show_neighbours",
    "show_sources",
    "show_table",
    "spans",
    "stacked",
    "text",
    "unit",
    "verdicts",
    "words",
]
