"""The house style, and how a chart or table shows its alt text, its data and its sources."""

import html
import io
import re
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

import matplotlib
import matplotlib.pyplot as plt
import pandas as pd
import pylopdf_fonts_zh_cn
from IPython.display import display
from matplotlib import font_manager
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.patheffects import withStroke
from matplotlib.text import Text

from briefing.core.language import (
    actor,
    date,
    label,
    paragraphs,
    run_on,
    specified,
    translate,
    width,
)
from briefing.core.quantity import Period, Quantity, figure
from briefing.core.sentences import (
    DOUBTFUL,
    MARKS,
    Sentence,
    as_html,
    as_plain,
    cited,
    column_form,
    doubts,
    legend,
    say,
    text,
    used_figures,
)
from briefing.notebook import bars, honesty
from briefing.sources import tables

FONT = Path(pylopdf_fonts_zh_cn.__file__).parent / "NotoSansSC-Regular.otf"
FAMILY = "Noto Sans SC"
# Dark enough on white, apart in grey, and apart to colour-blind eyes.
INK, MUTED, FAINT = "#1b2a3a", "#5b6b7b", "#d9e0e6"
BLUE, ORANGE, TEAL, GOLD = "#0b5c94", "#c2571a", "#3d8f86", "#d8a32b"
STYLE = {
    "font.family": [FAMILY, "DejaVu Sans"],
    "font.size": 11,
    "text.color": INK,
    "text.parse_math": False,  # words between two dollar signs are words, but where set below
    "axes.labelcolor": MUTED,
    "axes.edgecolor": FAINT,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.spines.left": False,
    "axes.prop_cycle": matplotlib.cycler(color=[BLUE, ORANGE, TEAL, GOLD, MUTED]),
    "axes.axisbelow": True,
    "axes.unicode_minus": True,
    "xtick.color": MUTED,
    "ytick.color": MUTED,
    "ytick.labelcolor": INK,
    "xtick.major.size": 0,
    "ytick.major.size": 0,
    "figure.figsize": (6, 3.2),
    "figure.constrained_layout.use": True,
    "figure.constrained_layout.w_pad": 0.18,
    "legend.frameon": False,
    "svg.hashsalt": "briefing",
    "svg.fonttype": "path",
}
PNG_DPI = 144
# A Chinese character with the signs that may not begin a line, or a run of other characters.
SIGNS = "、。〉》」』】〕！），．：；？”’"
PIECE = re.compile(
    f"[（《“]?[\u4e00-\u9fff][{SIGNS}]*\\s*|[^ 、\u4e00-\u9fff（《“]+、? *|[（《“、] *"
)
BESIDE = {"xytext": (7, 0), "textcoords": "offset points", "va": "center"}
TITLE_POINTS, CAPTION_POINTS = 13, 8.5
font_manager.fontManager.addfont(FONT)
matplotlib.rcParams.update(STYLE)


def mark_bounds(ax: Axes, quantities: Sequence[Quantity], form: str = "") -> None:
    """Draw each quantity's range at the end of its bar, and the quantity in words beside it.

    The bars are horizontal and stand at 0, 1, 2 … A known end is a whisker, an open one an
    arrow head. form: one of those of `text`.
    """
    overhang = 0.06 * max(quantity.number for quantity in quantities)
    for place, quantity in enumerate(quantities):
        low, high = quantity.number - overhang, quantity.number + overhang
        low = low if quantity.lower is None else float(quantity.lower)
        high = high if quantity.upper is None else float(quantity.upper)
        if not quantity.exact:
            halo = [withStroke(linewidth=3, foreground="white")]
            line = {"color": INK, "label": bars.WHISKER}
            ax.plot([low, high], [place, place], linewidth=1.2, path_effects=halo, **line)
            ends = {"markersize": 6, "zorder": 3, **line}
            ax.plot(low, place, "<" if quantity.lower is None else "|", **ends)
            ax.plot(high, place, ">" if quantity.upper is None else "|", **ends)
        ax.annotate(text(quantity, form), (max(high, quantity.number), place), **BESIDE)


def draw_ranges(ax: Axes, ranges: Sequence[Quantity], color: str) -> None:
    """Draw quantities without a value as bands from end to end, and their ranges in words."""
    for place, quantity in enumerate(ranges):
        low, high = float(quantity.lower), float(quantity.upper)
        ax.barh(place, high - low, left=low, color=color, height=0.5)
        marker = "o" if low == high else "|"
        ax.plot([low, high], [place, place], color=INK, linewidth=1.2, marker=marker, markersize=6)
        clear = {"facecolor": "white", "edgecolor": "none", "pad": 1}
        ax.annotate(text(quantity, "range"), (high, place), **BESIDE, bbox=clear)


def style_bars(ax: Axes) -> None:
    """Leave out the axis of values, which stand beside the bars; the first bar stands on top."""
    ax.xaxis.set_visible(False)
    ax.spines["bottom"].set_visible(False)
    ax.margins(x=0.33)
    ax.yaxis.set_inverted(True)


def show_chart(fig: Figure, title: Sentence, data: pd.DataFrame) -> None:
    """Show a chart with its title, its sources, its alt text and the data it was drawn from.

    title: the finding. data: what was drawn, a row for each mark; the first column names it,
    quantities carry their sources, and a column `paragraph_id` names those of other rows. What a
    slide needs to draw the chart again is kept in the output's metadata, which no page shows.
    Raises ChartError where the chart shows words or a bar that neither data nor title hold.
    """
    honesty.check(fig, title, data)
    panels = bars.panels(fig, data)
    fig.suptitle(_wrap(fig, str(title), TITLE_POINTS), x=0.01, ha="left", fontsize=TITLE_POINTS)
    symbol = tables.descriptor()["report"]["symbol"]
    source = say("Source: {symbol}, {paragraphs}", symbol=symbol, paragraphs=_sources(data))
    caption = _wrap(fig, str(source), CAPTION_POINTS)
    fig.supxlabel(caption, x=0.01, ha="left", fontsize=CAPTION_POINTS, color=MUTED)
    _raise_marks(fig)
    svg = _save(fig, "svg", metadata={"Date": None, "Creator": None}).decode()
    # What follows keeps this layout and has one resolution, so that nothing is measured twice.
    fig.set_layout_engine("none")
    fig.set_dpi(PNG_DPI)
    png = _save(fig, "png", dpi=PNG_DPI)
    picture = {"image/svg+xml": svg, "image/png": png, "text/plain": _alt_text(title, data)}
    told = {"title": str(title), "numbers": title.numbers, "source": str(source)}
    told |= {"size": list(fig.get_size_inches()), "frames": bars.frames(fig), "panels": panels}
    plt.close(fig)
    display(picture, raw=True, metadata={"briefing": told})
    display(Table(data, translate("Data of this chart")))


def show_table(data: pd.DataFrame, folded_under: str = "") -> None:
    """Show a table whose last column names the paragraphs that its rows come from.

    folded_under: words that it is folded away under, for a long table.
    """
    display(Table(data, translate(folded_under) if folded_under else ""))


def wrap(labels: Iterable[str], columns: int) -> list[str]:
    """Labels broken into lines of so many Latin characters; a Chinese one is as wide as two."""
    return [_broken(label, lambda line: width(line) <= columns) for label in labels]


def _wrap(fig: Figure, words: str, points: float) -> str:
    """Words broken into as few lines as fit the figure, of about the same length."""
    renderer, font = fig.canvas.get_renderer(), FontProperties(size=points)
    room = 0.94 * fig.bbox.width

    def fits(line: str) -> bool:
        return renderer.get_text_width_height_descent(line, font, False)[0] <= room

    broken = _broken(words, fits)
    lines = broken.count("\n") + 1
    for columns in range(width(words) // lines, width(words)):
        [even] = wrap([words], columns)
        if even.count("\n") < lines:
            return even if all(map(fits, even.split("\n"))) else broken
    return broken


def _broken(words: str, fits: Callable[[str], bool]) -> str:
    """Words broken into lines; Chinese may break after any character and its sign."""
    lines = [""]
    for piece in PIECE.findall(words):
        if lines[-1] and not fits(lines[-1] + piece.strip()):
            lines.append("")
        lines[-1] += piece
    return "\n".join(line.strip() for line in lines)


def _raise_marks(fig: Figure) -> None:
    """Set the marks of computed and doubtful quantities as superscripts.

    The house font draws them as wide as a Chinese character; mathematical text does not, but has
    no narrow space.
    """
    for words in fig.findobj(Text):
        plain = words.get_text().replace("\u202f", "\u00a0")
        raised, marks = MARKS.subn(r"$^{\g<0>}$", plain.replace("$", r"\$"))
        if marks:
            words.set_text(raised)
            words.set_parse_math(True)
    for axis in (axis for ax in fig.axes for axis in (ax.xaxis, ax.yaxis)):
        if axis.get_scale() == "log":  # whose powers of ten are mathematical text
            for words in axis.get_ticklabels(which="both"):
                words.set_parse_math(True)


def _save(fig: Figure, form: str, **options: Any) -> bytes:
    buffer = io.BytesIO()
    fig.savefig(buffer, format=form, **options)
    return buffer.getvalue()


def _alt_text(title: Sentence, data: pd.DataFrame) -> str:
    rows = []
    for row in data.drop(columns="paragraph_id", errors="ignore").to_dict("records"):
        first, *rest = row.items()
        named = [_named(name, value, len(rest)) for name, value in rest if value != ""]
        row_template = translate("{name}: {words}")
        words = translate(", ").join(named)
        rows.append(row_template.format(name=_words(first[1], text), words=words))
    alt = translate("Chart. {title}. {rows}.")
    return alt.format(title=title, rows=translate("; ").join(rows))


def _named(name: str, value: Any, columns: int) -> str:
    return _words(value, text) if columns == 1 else f"{translate(name)} {_words(value, text)}"


def _words(cell: Any, say_quantity: Callable[[Quantity], str]) -> str:
    if isinstance(cell, Quantity):
        return say_quantity(cell)
    if isinstance(cell, Period):
        return date(cell)
    if isinstance(cell, str | Sentence):
        return str(cell)
    raise TypeError(f"{cell!r} cannot be shown: expected a quantity, a period or words")


def _row_sources(row: dict[str, Any]) -> list[str]:
    named = str(row.get("paragraph_id", "")).split()
    return named + [p for cell in row.values() if isinstance(cell, Quantity) for p in cited(cell)]


def _sources(data: pd.DataFrame) -> str:
    return paragraphs(name for row in data.to_dict("records") for name in _row_sources(row))


class Table:
    """A table as HTML, folded away under a summary where it has one, and as plain text.

    Where all quantities of a column have one unit of measure, its head names the unit.
    """

    def __init__(self, data: pd.DataFrame, summary: str = "", ids: Iterable[str] = ()) -> None:
        self._rows, self._summary, self._ids = data.to_dict("records"), summary, list(ids)
        self._heads, self._forms = [], {}
        for name in data.columns.drop("paragraph_id", errors="ignore"):
            cells = [cell for cell in data[name] if cell != ""]
            quantities = [cell for cell in cells if isinstance(cell, Quantity)]
            form, unit = column_form(quantities) if cells == quantities else ("", "")
            with_unit = translate("{head} ({unit})").format(head=translate(name), unit=unit)
            self._heads.append(with_unit if unit else translate(name))
            self._forms[name] = form
        self._heads.append(translate("Source"))

    def _repr_mimebundle_(self, **_: Any) -> dict[str, str]:
        return {"text/html": self._html(), "text/plain": self._plain()}

    def _html(self) -> str:
        heads = "".join(f'<th scope="col">{html.escape(head)}</th>' for head in self._heads)
        rows = "".join(self._html_row(number, row) for number, row in enumerate(self._rows))
        name = ' id="sources"' if self._ids else ""
        table = f"<table{name}><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>"
        if not self._summary:
            return table
        return f"<details><summary>{html.escape(self._summary)}</summary>{table}</details>"

    def _html_row(self, number: int, row: dict[str, Any]) -> str:
        anchor = f' id="{html.escape(self._ids[number])}"' if self._ids else ""
        cells = "".join(self._html_cell(row[name], form) for name, form in self._forms.items())
        source = html.escape(paragraphs(_row_sources(row))).replace(". ", ".&nbsp;")
        return f"<tr{anchor}>{cells}<td>{source}</td></tr>"

    def _html_cell(self, cell: Any, form: str) -> str:
        if isinstance(cell, Quantity):
            return f'<td class="number">{as_html(cell, form)}</td>'
        if isinstance(cell, Sentence):
            return f"<td>{cell.html}</td>"
        return f"<td>{html.escape(_words(cell, text))}</td>"

    def _plain(self) -> str:
        lines = [" | ".join(self._heads)]
        for row in self._rows:
            cells = [
                _words(row[name], lambda quantity, form=form: as_plain(quantity, form))
                for name, form in self._forms.items()
            ]
            lines.append(" | ".join([*cells, paragraphs(_row_sources(row))]))
        return "\n".join(lines)


class _KeyFigures:
    """A few quantities set large, each above what it is."""

    def __init__(self, named: dict[str, Quantity]) -> None:
        self._named = {translate(name): quantity for name, quantity in named.items()}

    def _repr_mimebundle_(self, **_: Any) -> dict[str, str]:
        cards = "".join(
            f"<div><dt>{html.escape(name)}</dt><dd>{as_html(quantity)}</dd></div>"
            for name, quantity in self._named.items()
        )
        plain = "\n".join(f"{name}: {as_plain(q)}" for name, q in self._named.items())
        return {"text/html": f'<dl class="key">{cards}</dl>', "text/plain": plain}


def show_key_figures(named: dict[str, Quantity]) -> None:
    """Show the three to five quantities that a briefing stands on, each with what it is.

    The first of them stands for the briefing on the index page.
    """
    display(_KeyFigures(named))


def show_sources() -> None:
    """List every figure used so far: how it is printed, its range, what is doubtful."""
    rows = tables.shared()["figures"]
    rows = rows[rows["figure_id"].isin(used_figures)].reset_index(drop=True)
    quantities = [figure(figure_id) for figure_id in rows["figure_id"]]
    listed = pd.DataFrame(
        {
            "Figure": list(map(_name, rows.to_dict("records"))),
            "Printed": rows["printed"],
            "Range assumed here": [text(q, "range") for q in quantities],
            "Open questions": [
                run_on(_doubts(q, n)) for q, n in zip(quantities, rows["note"], strict=True)
            ],
            "paragraph_id": rows["paragraph_id"],
        }
    )
    display(legend())
    display(Table(listed, ids=rows["figure_id"]))


def _name(row: dict[str, str]) -> str:
    """What a figure is of, of whom, and when."""
    what, whose = label("indicators", row["indicator_id"]), actor(row["subject_id"], short=True)
    when = date(Period(row["period"])) if row["period"] else ""
    return specified(what, whose if whose != what else "", when)


def _doubts(quantity: Quantity, note: str) -> list[str]:
    said = [f"{DOUBTFUL} {doubt}" for doubt in doubts(quantity)]
    return [*said, translate(note)] if note else said
