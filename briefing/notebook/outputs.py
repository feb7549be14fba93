"""What a cell shows: charts with their data, tables, key figures, what is in brief, sources."""

from collections.abc import Collection
from contextlib import suppress
from numbers import Real
from typing import Any

import matplotlib.pyplot as plt
import pandas as pd
from IPython.display import display
from matplotlib.figure import Figure
from matplotlib.text import Text

from briefing.core.figures import figure
from briefing.core.labels import actor, date, label, paragraphs, run_on, specified
from briefing.core.language import is_strict, translate
from briefing.core.period import Period
from briefing.core.quantity import Quantity
from briefing.core.sentences import Sentence, say
from briefing.core.wording import marked_doubts, text
from briefing.notebook import blocks, honesty, pictures
from briefing.notebook.blocks import Block, head_of, inline, show, sources_by_row, table
from briefing.notebook.canvas import DRAWN
from briefing.notebook.house import FAMILY, style
from briefing.sources import tables

SOURCE = "Source: {symbol}, {paragraphs}"
COMPUTED = "Source: {symbol}, {paragraphs}; own calculations"
UNSOURCED = {"provenance": "", "source": "", "origin": "typed", "doubts": [], "figures": []}


def show_chart(fig: Figure, title: Sentence | str, data: pd.DataFrame) -> None:
    """Show a chart with its finding, its sources, its alt text and the data it was drawn from.

    title: the finding. data: what was drawn; the first column names a row, quantities carry their
    sources, and a column `paragraph_id` names those of other rows. Raises ChartError where the
    chart shows words or a mark that neither data nor title hold.

    Example: `briefing.show_chart(fig, title, frame)`.
    """
    chart, drawing, table_block = drawn(fig, title, data)
    with style():
        picture = {"image/svg+xml": drawing, "image/png": pictures.png(fig)}
    sizes = {"image/png": pictures.size(fig)}
    plt.close(fig)
    show(chart)
    display(blocks.Output(picture | {"text/plain": chart["alt"]}, sizes))
    show(table_block)


def drawn(fig: Figure, title: Sentence | str, data: pd.DataFrame) -> tuple[Block, str, Block]:
    """A chart's block, its SVG and the block of its table; raises as `show_chart` does."""
    if not isinstance(fig, Figure):
        raise TypeError(f"{type(fig).__name__} is no figure, expected one, as of plt.subplots()")
    title, data = _sentence(title), blocks.in_words(data)
    if not any(ax in DRAWN for ax in fig.axes):
        with suppress(RuntimeError):  # of a colour bar, which is told of below
            fig.set_layout_engine("constrained")  # which leaves room for the names of bars
        for ax in fig.axes:  # whose labels are made when they are asked for
            ax.get_xticklabels()
            ax.get_yticklabels()
        for words in fig.findobj(Text):
            words.set_fontfamily(FAMILY)  # which has Chinese characters
            # Two dollars are no formula, but what matplotlib writes along a bent axis is one.
            words.set_parse_math(words.get_text().startswith("$\\mathdefault{"))
    with style():
        honesty.check(fig, title, data)
    alt, ids = _alt_text(title, data), _paragraph_ids(data)
    is_computed = any(isinstance(it, Quantity) and it.derived for it in data.to_numpy().flat)
    template = translate(COMPUTED if is_computed else SOURCE)
    source = template.format(symbol=tables.report()["symbol"], paragraphs=paragraphs(ids))
    panels = [DRAWN[ax].panel if ax in DRAWN else None for ax in fig.axes]
    chart = {
        "kind": "chart",
        "title": inline(title, marked=False),
        "alt": alt,
        "source": source if ids else "",
        "paragraphs": ids,
        "size": [round(float(side), 2) for side in fig.get_size_inches()],
        "panels": panels if all(panels) else [],
    }
    with style(), plt.rc_context({"svg.hashsalt": alt}):
        drawing = pictures.svg(fig)
    return chart, drawing, table(data, translate("Data of this chart"))


def _paragraph_ids(data: pd.DataFrame) -> list[str]:
    return sorted({name for found in sources_by_row(data) for name in found})


def _sentence(words: Sentence | str) -> Sentence:
    """Words as a sentence; a string is one that says no number."""
    return words if isinstance(words, Sentence) else say(words)


def _alt_text(title: Sentence, data: pd.DataFrame) -> str:
    rows, named = [], translate("{name}: {words}")
    told = data.drop(columns="paragraph_id", errors="ignore")
    for row in told.itertuples(index=False, name=None):
        (_, first), *rest = zip(told.columns, row, strict=True)
        said = [(head_of(name), _words(it)) for name, it in rest if not (it == "" or pd.isna(it))]
        cells = [it if len(rest) == 1 else named.format(name=head, words=it) for head, it in said]
        rows.append(named.format(name=_words(first), words=translate(", ").join(cells)))
    alt = translate("Chart. {title}. {rows}.")
    return alt.format(title=title, rows=translate("; ").join(rows))


def _words(cell: Any) -> str:
    if isinstance(cell, Quantity):
        return text(cell)
    return date(cell) if isinstance(cell, Period) else str(cell)


def show_table(data: pd.DataFrame, folded_under: str = "") -> None:
    """Show a table whose last column names the paragraphs that its rows come from.

    folded_under: words that it is folded away under, for a long table.

    Example: `briefing.show_table(frame)`.
    """
    show(table(blocks.in_words(data), translate(folded_under) if folded_under else ""))


def show_outlook(data: pd.DataFrame) -> None:
    """Show what is planned or undecided as a table, which is a slide of its own, too.

    data: as `show_table` has it; the heading above is the slide's title.

    Example: `briefing.show_outlook(frame)`.
    """
    data = blocks.in_words(data)
    show(table(data) | {"outlook": True, "paragraphs": _paragraph_ids(data)})


def show_key_figures(named: dict[str | Sentence, Quantity | float | str]) -> None:
    """Show the few quantities that a briefing stands on, each with what it is.

    Raises TypeError for a bare number where an edition is built.

    Example: `briefing.show_key_figures({"Statements": quantity})`.
    """
    items = []
    for name, value in named.items():
        if is_strict() and not isinstance(value, Quantity):
            raise TypeError(f"{name!r} is {value!r}, expected a quantity")
        if not isinstance(value, Quantity | Real | str) or pd.isna(value):
            raise TypeError(f"{name!r} is {type(value).__name__}, expected a number or a quantity")
        bare = UNSOURCED | {"said": str(value)}
        said = blocks.number(value, marked=False) if isinstance(value, Quantity) else bare
        worded = str(name) if isinstance(name, Sentence) else translate(name)
        items.append({"name": worded, "number": said})
    show({"kind": "key_figures", "items": items})


def show_headline(finding: Sentence | str) -> None:
    """Show a notebook's finding, which stands above all else on its page, under its theme.

    The theme is the heading of the first cell.

    Example: `briefing.show_headline("What was found")`.
    """
    show({"kind": "headline", "parts": inline(_sentence(finding), marked=False)})


def show_brief(*sentences: Sentence | str) -> None:
    """Show what a reader of one minute is to know, a sentence each.

    Example: `briefing.show_brief("One sentence.", "Another.")`.
    """
    told = list(map(_sentence, sentences))
    cited = [it.cited for it in told]
    show({"kind": "brief", "sentences": list(map(inline, told)), "paragraphs": cited})


def show_sources() -> None:
    """List every figure shown so far: how it is printed, its range, what is doubtful.

    Example: `briefing.show_sources()`.
    """
    show(sources_of(blocks.shown))


def sources_of(figure_ids: Collection[str]) -> Block:
    """The list of sources of some figures, in the report's order."""
    figures = tables.rows("figures")
    rows = [figures[figure_id] for figure_id in figures if figure_id in figure_ids]
    listed = []
    for row in rows:
        quantity = figure(row["figure_id"])
        notes = marked_doubts(quantity) + ([translate(row["note"])] if row["note"] else [])
        told = row["printed"], text(quantity, "range"), run_on(notes)
        listed.append([name_of(row), *told, row["paragraph_id"]])
    heads = ["Figure", "Printed", "Range assumed here", "Open questions", "paragraph_id"]
    block = table(pd.DataFrame(listed, columns=heads))
    return block | {"kind": "sources", "ids": [row["figure_id"] for row in rows]}


def name_of(row: dict[str, str]) -> str:
    """What a figure is of, of whom, and when."""
    what, whose = label("indicators", row["indicator_id"]), actor(row["subject_id"], short=True)
    when = date(Period(row["period"])) if row["period"] else ""
    return specified(what, whose if whose != what else "", when)
