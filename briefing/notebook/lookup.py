"""How figures are found, seen whole, compared and taken along."""

from collections.abc import Iterable
from typing import Any

import matplotlib.pyplot as plt
import pandas as pd
from IPython.display import display

from briefing.core import audit
from briefing.core.figures import figure
from briefing.core.language import actor, date, join, label, specified, translate, worded
from briefing.core.quantity import Period, Quantity
from briefing.core.sentences import IN_POINTS, Sentence, filled, marked_doubts, text, title, wording
from briefing.notebook import navigation
from briefing.notebook.blocks import Shown, table
from briefing.notebook.charts import bars
from briefing.notebook.outputs import show_chart, show_table
from briefing.sources import tables

HEADS = {
    "indicator": "Figure",
    "theme": "Theme",
    "subject": "Subject",
    "period": "Period",
    "status": "Status",
    "qualifier": "Qualifier",
    "value": "Value",
    "lower": "Lower end of the range",
    "upper": "Upper end of the range",
    "unit": "Unit",
    "unit_id": "Unit in the data",
    "paragraph_id": "Paragraph",
    "printed": "Printed",
    "note": "Note",
}
TOO_FEW = "Not compared: a comparison takes more than one figure."
LARGEST = "{name} is the largest: {number}"
OPEN = "Which of these figures is the largest, wording and rounding leave open"
DAYS_A_YEAR = 365.25


def figures(words: str = "") -> pd.DataFrame:
    """All figures with their labels in the current language, or those that hold all the words.

    Words are looked for in the identifiers, in labels and definitions of every language, in the
    printed forms and the notes:
    `briefing.figures("resources").query("unit_id == 'usd' and qualifier == 'unqualified'")`.
    """
    rows = tables.shared()["figures"].set_index("figure_id")
    themes = tables.shared()["indicators"].set_index("indicator_id")["theme"]
    found = pd.DataFrame(
        {
            "indicator": rows["indicator_id"].map(lambda key: label("indicators", key)),
            "theme": rows["indicator_id"].map(themes),
            "subject": rows["subject_id"].map(lambda key: actor(key, short=True)),
            **{name: rows[name] for name in ("period", "status", "qualifier")},
            **{name: rows[name] for name in ("value", "lower", "upper")},
            "unit": rows["unit_id"].map(lambda key: label("units", key)),
            **{name: rows[name] for name in ("unit_id", "paragraph_id", "printed")},
            "note": rows["note"].map(lambda note: translate(note) if note else ""),
        }
    )
    texts = _texts()
    held = [all(word in texts[key] for word in words.casefold().split()) for key in found.index]
    return found[held]


def quantities(figures: pd.DataFrame) -> pd.DataFrame:
    """Rows of figures.csv with their labels and a column `quantity`, for ordinary pandas.

    figures: rows by their figure_id, as index or column, e.g. those of
    `pd.read_csv("../data/figures.csv", index_col="figure_id")`. In front stand label and subject in
    the current language, and the quantity, which sums, sorts, compares and draws. Raises
    FigureError where a figure_id is none of the report's.
    """
    rows = figures.set_index("figure_id") if "figure_id" in figures else figures
    known = tables.rows("figures")
    found = [figure(figure_id) for figure_id in rows.index]
    labels = [label("indicators", known[key]["indicator_id"]) for key in rows.index]
    subjects = [actor(known[key]["subject_id"], short=True) for key in rows.index]
    joined = pd.DataFrame({"label": labels, "subject": subjects}, index=rows.index)
    joined["quantity"] = pd.Series(found, rows.index, dtype=object)
    return joined.join(rows)


def _texts() -> pd.Series:
    """All that is written of each figure, in every language, by figure_id."""
    shared = tables.shared()
    rows = shared["figures"].merge(shared["indicators"], on="indicator_id")
    rows = rows.merge(shared["actors"], left_on="subject_id", right_on="actor_id")
    rows = rows.merge(shared["units"], left_on="unit_id_x", right_on="unit_id")
    written = rows.set_index("figure_id", drop=False).select_dtypes(exclude="number")
    return written.agg(" ".join, axis=1).str.casefold()


def show_figures(found: pd.DataFrame) -> None:
    """Show a selection from `figures()`: what each figure is of, its number and its identifier."""
    quantities = [figure(figure_id) for figure_id in found.index]
    chosen = {
        "Figure": list(found["indicator"]),
        "Subject": list(found["subject"]),
        "Period": [_when(quantity.period) for quantity in quantities],
        "Number": quantities,
        "Identifier": list(found.index),
    }
    show_table(pd.DataFrame(chosen, dtype=object))


class Csv(str):
    """CSV as text, which a cell shows as it is."""

    def _repr_pretty_(self, printer: Any, cycle: bool) -> None:
        printer.text(str(self))


def as_csv(found: pd.DataFrame) -> Csv:
    """A selection from `figures()` as CSV, with heads in the current language.

    `Path("selection.csv").write_text(briefing.as_csv(found), encoding="utf-8-sig")` keeps it in a
    file that a spreadsheet opens.
    """
    heads = {name: translate(HEADS[name]) for name in found.columns if name in HEADS}
    named = found.rename(columns=heads).rename_axis(translate("Identifier"))
    return Csv(named.to_csv(lineterminator="\n", float_format="%.15g"))


def card(figure_id: str) -> Shown:
    """All that is known about a figure, as a table: `briefing.card(figure_id)`.

    It has the printed form, the range, the relations that the figure takes part in with their
    verdicts, what is doubtful, and the notebooks that use it. Raises FigureError as `figure` does.
    """
    rows = [*_facts(figure_id), *_relations(figure_id), *_uses(figure_id)]
    return Shown(table(pd.DataFrame(rows, columns=["Item", "Content", "paragraph_id"])))


def _facts(figure_id: str) -> list[tuple[str, str | Sentence, str]]:
    quantity = figure(figure_id)
    row = tables.rows("figures")[figure_id]
    said = filled("{name}: {words}", name=title(quantity), words=quantity)
    definition = label("indicators", row["indicator_id"], "definition")
    facts = [
        ("Figure", said),
        ("Definition", definition),
        ("Subject", actor(row["subject_id"])),
        ("Period", _when(quantity.period)),
        ("Printed", row["printed"]),
        ("Qualifier", wording(quantity)),
        ("Range assumed here", text(quantity, "range")),
        *(("Open questions", doubt) for doubt in marked_doubts(quantity)),
        *(("Note", translate(note)) for note in [row["note"]] if note),
        ("Identifier", figure_id),
    ]
    return [(translate(item), content, row["paragraph_id"]) for item, content in facts]


def _relations(figure_id: str) -> list[tuple[str, Sentence, str]]:
    relations = tables.shared()["relations"]
    mine = relations["expression"].str.contains(f"[{figure_id}]", regex=False)
    return [
        (
            translate("Relation"),
            filled(
                "{statement} {verdict}.",
                statement=label("relations", relation.relation_id, "statement"),
                verdict=translate(audit.verdict(relation.expression).capitalize()),
            ),
            relation.paragraph_id,
        )
        for relation in relations[mine].itertuples()
    ]


def _uses(figure_id: str) -> list[tuple[str, str, str]]:
    claims = navigation.claims()
    titles = claims["title"][claims["figure_id"] == figure_id].unique()
    return [(translate("Used in"), join(titles), "")] if len(titles) else []


def compare(figure_ids: Iterable[str]) -> None:
    """Draw figures on one axis where unit and period allow it; else say why they do not."""
    chosen = list(dict.fromkeys(figure_ids))
    quantities = [figure(figure_id) for figure_id in chosen]
    names = _names(chosen)
    reason = _incomparable(quantities, names)
    if reason:
        display(reason)
        return
    drawn = pd.DataFrame({"Figure": names, "Number": quantities})
    fig, ax = plt.subplots()
    bars(ax, drawn, "Figure", "Number")
    show_chart(fig, _comparison(quantities, names), drawn)


def _names(figure_ids: list[str]) -> list[str]:
    """What each figure is of, with as much beside it as tells them apart."""
    rows = figures().loc[figure_ids]
    dates = rows["period"].map(lambda period: _when(Period(period)))
    names = rows["indicator"]
    for further in (rows["subject"], dates, rows["printed"], rows.index.to_series()):
        if names.is_unique:
            break
        names = names.combine(further, specified)
    return list(names)


def _incomparable(quantities: list[Quantity], names: list[str]) -> Sentence | None:
    """Why quantities do not stand on one axis; None where they do."""
    if len(quantities) < 2:
        return filled(TOO_FEW)
    first, name = quantities[0], names[0]
    for other, its_name in zip(quantities[1:], names[1:], strict=True):
        both = {"first": name, "second": its_name}
        if other.unit != first.unit:
            template = "Not compared: the units differ. {first}: {unit}; {second}: {other}."
            units = {"unit": label("units", first.unit), "other": label("units", other.unit)}
            return filled(template, **both, **units)
        if _length(other.period) != _length(first.period):
            template = "Not compared: the periods differ in length. {first}: {period}; {second}: "
            periods = {"period": _when(first.period), "other": _when(other.period)}
            return filled(template + "{other}.", **both, **periods)
    return None


def _length(period: Period) -> float | None:
    """The length of a period in years and tenths; None where it is not stated."""
    return round((period.end - period.start).days / DAYS_A_YEAR, 1) if period else None


@worded
def _when(period: Period) -> str:
    return date(period) if period else translate("not stated")


def _comparison(quantities: list[Quantity], names: list[str]) -> Sentence:
    """Which quantity is the largest, if ranges leave no doubt."""
    place = max(range(len(quantities)), key=lambda i: quantities[i].number)
    largest, others = quantities[place], quantities[:place] + quantities[place + 1 :]
    if all(other._high < largest._low for other in others):
        return filled(LARGEST, name=names[place], number=largest)
    return filled(OPEN)


def furniture() -> None:
    """Say all that no stored notebook says, so that it is known to be asked."""
    said = [*HEADS.values(), TOO_FEW, OPEN, "not stated", IN_POINTS]
    for message in [*said, *map(str.capitalize, audit.VERDICTS)]:
        translate(message)
