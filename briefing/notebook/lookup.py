"""How figures are found, seen whole, compared and taken along."""

import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from typing import Any

import matplotlib.pyplot as plt
import pandas as pd
from IPython.display import display

from briefing.core import audit
from briefing.core.columns import QuantityArray
from briefing.core.figures import figure
from briefing.core.labels import actor, date, join, label, paragraphs, specified, worded
from briefing.core.language import translate
from briefing.core.period import Period
from briefing.core.quantity import FigureError, Quantity
from briefing.core.sentences import Sentence, filled
from briefing.core.wording import (
    IN_POINTS,
    doubt,
    formula,
    labels_of,
    marked_doubts,
    provenance,
    text,
    title,
    wording,
)
from briefing.notebook import navigation
from briefing.notebook.blocks import HEADS, Shown, table
from briefing.notebook.charts import bars
from briefing.notebook.outputs import name_of, show_chart
from briefing.sources import tables
from briefing.sources.spreadsheets import harmless

JOINED = ["label", "subject", "quantity", "period", "theme", "measure"]
TOO_FEW = "Not compared: a comparison takes more than one figure."
LARGEST = "{name} is the largest: {number}"
OPEN = "Which of these figures is the largest, wording and rounding leave open"
UNITS = "Not compared: the units differ. {first}: {unit}; {second}: {other}."
PERIODS = "Not compared: the periods differ in length. {first}: {period}; {second}: {other}."
UNDATED = "The report states no period for {names}."
BY_THE_YEAR = " By the year they can be: take .per_year() of each."
ROW = "row {n} of data/figures.csv, {name}"
SET, IN_FULL = "none: a target is set, not measured", "none: printed in full"
# The codebook's rules for a range that is not the number alone, by qualifier.
RULES = {
    "unqualified": "half a unit of the last printed place on both sides",
    "about": "half a unit of the last printed place, or a twentieth if that is more, on both sides",
    "nearly": "from nine tenths of the number up to, not including, it",
    "more_than": "above the number, open",
    "at_least": "the number or more, open",
    "several": "from two to below ten of the unit named",
}


def figures(words: str = "") -> pd.DataFrame:
    """All figures as `quantities` has them, or those in whose row all the words stand.

    Words are looked for in the identifiers, in labels and definitions of every language, in the
    printed forms and the notes.

    Example: `briefing.figures("statements").query("qualifier == 'unqualified'")`.
    """
    rows = tables.shared()["figures"].set_index("figure_id")
    texts = _texts()
    found = [all(word in texts[key] for word in words.casefold().split()) for key in rows.index]
    return quantities(rows[found])


def quantities(figures: pd.DataFrame) -> pd.DataFrame:
    """Rows of figures.csv with their labels and a column `quantity`, for ordinary pandas.

    figures: rows by their figure_id, as index or column, e.g. those of
    `pd.read_csv("../data/figures.csv", index_col="figure_id")`. In front stand label and subject in
    the current language; the quantity, which sums, sorts, compares and draws; its period; and theme
    and measure of the indicator. Raises FigureError where a figure_id is none of the report's.

    Example: `briefing.quantities(pd.read_csv("../data/figures.csv"))`.
    """
    rows = figures.set_index("figure_id") if "figure_id" in figures else figures
    rows = rows.drop(columns=JOINED, errors="ignore")
    found = [figure(figure_id) for figure_id in rows.index]
    known = [tables.rows("figures")[figure_id] for figure_id in rows.index]
    of = [tables.rows("indicators")[row["indicator_id"]] for row in known]
    joined = pd.DataFrame(of, rows.index, JOINED)
    joined["label"] = [label("indicators", row["indicator_id"]) for row in known]
    joined["subject"] = [actor(row["subject_id"], short=True) for row in known]
    joined["quantity"] = pd.Series(QuantityArray(found), rows.index)
    joined["period"] = [row["period"] or None for row in known]
    return joined.join(rows)


def _texts() -> pd.Series:
    """All that is written of each figure, in every language, by figure_id."""
    shared = tables.shared()
    rows = shared["figures"].merge(shared["indicators"], on="indicator_id")
    rows = rows.merge(shared["actors"], left_on="subject_id", right_on="actor_id")
    rows = rows.merge(shared["units"], left_on="unit_id_x", right_on="unit_id")
    written = rows.set_index("figure_id", drop=False).select_dtypes(exclude="number")
    return written.agg(" ".join, axis=1).str.casefold()


class Csv(str):
    """CSV as text, which a cell shows as it is."""

    def _repr_pretty_(self, printer: Any, cycle: bool) -> None:
        printer.text(str(self))


def as_csv(found: pd.DataFrame) -> Csv:
    """A selection from `figures()` as CSV, with heads in the current language.

    `Path("selection.csv").write_text(briefing.as_csv(found), encoding="utf-8-sig")` keeps it in a
    file that a spreadsheet opens. Words that it could take for a formula begin with an apostrophe.

    Example: `briefing.as_csv(frame)`.
    """
    if not isinstance(found, pd.DataFrame):
        kind = type(found).__name__
        raise TypeError(f"a {kind} is no selection, expected a frame, such as .to_frame() of it")
    heads = {name: translate(head) for name, head in HEADS.items()}
    levels = heads | dict.fromkeys(["figure_id", None], translate("Identifier"))
    index = [_safe(levels.get(name, name)) for name in found.index.names]
    named = found.rename(columns=heads).rename_axis(index)
    safe = named.rename(index=_safe, columns=_safe).map(_safe)
    return Csv(safe.to_csv(lineterminator="\n", float_format="%.15g"))


def _safe(cell: Any) -> Any:
    """A cell that is no formula, on lines that every reader of CSV takes for lines."""
    is_said = isinstance(cell, str | Quantity)
    return re.sub("\r\n?", "\n", harmless(str(cell))) if is_said else cell


def card(chosen: str | Quantity) -> Shown:
    """All that is known about a figure, as a table; of a computed number, what it comes from.

    It has the printed form, the range, the relations that the figure takes part in with their
    verdicts, what is doubtful, and the notebooks that use it. Raises FigureError as `figure` does.

    Example: `briefing.card(figure_id)`.
    """
    if isinstance(chosen, Quantity) and not title(chosen):
        rows = list(_derivation(chosen))
    else:
        figure_id = chosen.figures[0] if isinstance(chosen, Quantity) else chosen
        rows, claims = facts(figure_id), navigation.claims()
        titles = claims["title"][claims["figure_id"] == figure_id].unique()
        rows += [(translate("Used in"), join(titles), "")] if len(titles) else []
    return Shown(table(pd.DataFrame(rows, columns=["Item", "Content", "paragraph_id"])))


def _derivation(quantity: Quantity) -> Iterator[tuple[str, Any, str]]:
    """How a number is computed, from which figures, and what is doubtful of them."""
    yield translate("Number"), quantity, ""
    yield translate("Computed from"), provenance(quantity), ""
    for row in (tables.rows("figures")[name] for name in quantity.figures):
        words = filled("{name}: {words}", name=name_of(row), words=figure(row["figure_id"]))
        yield translate("Figure"), words, row["paragraph_id"]
    yield from ((translate("Open questions"), told, "") for told in marked_doubts(quantity))


def facts(figure_id: str) -> list[tuple[str, Any, str]]:
    """What is known about a figure: of each fact its name, what it says and its paragraph."""
    quantity, row = figure(figure_id), tables.rows("figures")[figure_id]
    paragraph = tables.rows("paragraphs")[row["paragraph_id"]]
    section = label("sections", paragraph["section_id"], "title")
    named = translate("{name}: {words}")
    basis = {"printed": translate("printed in the report"), "inferred": translate("inferred here")}
    found = [
        ("Figure", filled("{name}: {words}", name=title(quantity), words=quantity)),
        ("Definition", label("indicators", row["indicator_id"], "definition")),
        ("Subject", actor(row["subject_id"])),
        ("Period", specified(_when(quantity.period), basis.get(row["period_basis"], ""))),
        ("Status", translate(row["status"])),
        ("Printed", row["printed"]),
        ("Qualifier", wording(quantity)),
        ("Range assumed here", _range(quantity, row)),
        ("Paragraph", named.format(name=paragraphs([row["paragraph_id"]]), words=section)),
        *(("Open questions", doubt) for doubt in marked_doubts(quantity)),
        *_minor_and_adopted(quantity),
        *(("Note", translate(note)) for note in [row["note"]] if note),
        ("Row", translate(ROW).format(name=figure_id, n=list(figure).index(figure_id) + 2)),
    ]
    known = [(translate(item), content, row["paragraph_id"]) for item, content in found]
    for relation in audit.verdicts(figure_id).itertuples():
        statement = label("relations", relation.relation_id, "statement")
        verdict = translate(relation.verdict.capitalize())
        said = filled("{statement} {verdict}.", statement=statement, verdict=verdict)
        known.append((translate("Relation"), said, relation.paragraph_id))
    return known


def _range(quantity: Quantity, row: dict[str, Any]) -> str:
    """The range assumed for a figure, and the rule of the codebook that it follows from."""
    if quantity.exact:
        return translate(SET if row["status"] == "target" else IN_FULL)
    rule = translate(RULES[row["qualifier"]])
    return translate("{name}: {words}").format(name=text(quantity, "range"), words=rule)


def _minor_and_adopted(quantity: Quantity) -> Iterator[tuple[str, Any]]:
    """The faults of the text that leave a figure's number as it is, and the reading adopted."""
    touched = tables.shared()["figure_errata"]
    for erratum_id in touched["erratum_id"][touched["figure_id"].isin(quantity.figures)]:
        if tables.rows("errata")[erratum_id]["severity"] == "minor":
            yield "Minor fault of the text", doubt(erratum_id)
    with suppress(FigureError):
        yield "Reading adopted here", quantity.adopted


def compare(chosen: pd.DataFrame | Iterable[str | Quantity]) -> None:
    """Draw numbers on one axis where unit and period allow it; else say why not, and what would.

    chosen: a frame with a column `quantity`, or figure_ids and quantities. Where a period is not
    stated, they are drawn and that is said.

    Example: `briefing.compare(frame)`.
    """
    given = chosen["quantity"] if isinstance(chosen, pd.DataFrame) else chosen
    given = [given] if isinstance(given, str | Quantity) else given
    quantities = list(dict.fromkeys(map(_compared, given)))
    names = _names(quantities)
    if reason := _incomparable(quantities, names):
        display(reason)
        return
    drawn = pd.DataFrame({"Figure": names, "Number": quantities})
    fig, ax = plt.subplots()
    bars(ax, drawn, "Figure", "Number")
    show_chart(fig, _comparison(quantities, names), drawn)
    undated = [title(one) for one in quantities if title(one) and not one.period]
    if undated:
        display(filled(UNDATED, names=join(undated)))


def _compared(one: str | Quantity) -> Quantity:
    if not isinstance(one, str | Quantity):
        raise TypeError(f"{one!r} cannot be compared, expected figure_ids and quantities")
    return figure(one) if isinstance(one, str) else one


def _names(quantities: list[Quantity]) -> list[str]:
    """What each quantity is of, with as much beside it as tells them apart."""
    rows = tables.rows("figures")
    printed = [rows[one.figures[0]] if title(one) else {} for one in quantities]
    names = pd.Series([labels_of(one.figures) or formula(one) for one in quantities])
    for further in (
        [actor(row["subject_id"], short=True) if row else "" for row in printed],
        [_when(one.period) for one in quantities],
        [row.get("printed", "") for row in printed],
        [" ".join(one.figures) for one in quantities],
    ):
        if not names.is_unique:
            names = names.combine(pd.Series(further), specified)
    return list(names)


def _incomparable(quantities: list[Quantity], names: list[str]) -> Sentence | None:
    """Why quantities do not stand on one axis, and what would; None where they do."""
    if len(quantities) < 2:
        return filled(TOO_FEW)
    first, units = quantities[0], tables.rows("units")
    for other, name in zip(quantities[1:], names[1:], strict=True):
        both, said = (first, other), {"first": names[0], "second": name}
        can = all(one.unit.endswith("/year") or one.period.is_whole for one in both)
        remedy = BY_THE_YEAR if can and first.is_spread(other) else ""
        if other.unit != first.unit:
            named = [label("units", it.unit) if it.unit in units else it.unit for it in both]
            return filled(UNITS + remedy, unit=named[0], other=named[1], **said)
        if first.period and other.period and "/" not in first.unit:
            apart = abs(first.period.days - other.period.days)
            if round(apart / 365.25, 1):  # a tenth of a year
                periods = {"period": _when(first.period), "other": _when(other.period)}
                return filled(PERIODS + remedy, **periods, **said)
    return None


@worded
def _when(period: Period) -> str:
    return date(period) if period else translate("not stated")


def _comparison(quantities: list[Quantity], names: list[str]) -> Sentence:
    """Which quantity is the largest, if ranges leave no doubt."""
    place = max(range(len(quantities)), key=lambda i: quantities[i].number)
    largest, others = quantities[place], quantities[:place] + quantities[place + 1 :]
    if any(largest.overlaps(other) for other in others):
        return filled(OPEN)
    return filled(LARGEST, name=names[place], number=largest)


def furniture() -> None:
    """Say all that no stored notebook says, so that it is known to be asked."""
    refusals = [refusal + end for refusal in (UNITS, PERIODS) for end in ("", BY_THE_YEAR)]
    said = [*HEADS.values(), "actual", "target", "plan", "baseline", SET, IN_FULL, *RULES.values()]
    said += [ROW, TOO_FEW, OPEN, UNDATED, *refusals, "not stated", IN_POINTS]
    said += map(str.capitalize, audit.VERDICTS)
    for message in said:
        translate(message)
