"""Every figure of the report as data, as quantities that know their source, and as charts.

Notebooks import what stands here, pandas and matplotlib, and nothing deeper.
"""

from briefing.core.audit import VERDICTS, verdicts
from briefing.core.language import actor, date, document, join, label, paragraphs, unit, words
from briefing.core.quantity import Period, Quantity, UnitError, between, counted, figure, periods
from briefing.core.sentences import say, text
from briefing.notebook.charts import (
    BLUE,
    FAINT,
    GOLD,
    INK,
    MUTED,
    ORANGE,
    TEAL,
    draw_ranges,
    mark_bounds,
    show_chart,
    show_key_figures,
    show_sources,
    show_table,
    style_bars,
    wrap,
)
from briefing.notebook.lookup import as_csv, card, compare, explore, figures, show_figures
from briefing.notebook.navigation import claims, show_contents, show_coverage, show_neighbours
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
    "between",
    "card",
    "claims",
    "compare",
    "counted",
    "date",
    "document",
    "draw_ranges",
    "explore",
    "figure",
    "figures",
    "join",
    "label",
    "load",
    "mark_bounds",
    "paragraphs",
    "periods",
    "say",
    "shared",
    "show_chart",
    "show_contents",
    "show_coverage",
    "show_figures",
    "show_key_figures",
    "show_neighbours",
    "show_sources",
    "show_table",
    "style_bars",
    "text",
    "unit",
    "verdicts",
    "words",
    "wrap",
]
