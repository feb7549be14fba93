"""Every figure with its labels joined, as one flat table for those who open a single file."""

import pandas as pd

from briefing.core.period import Period
from briefing.sources.tables import Tables

PRECISIONS = ("year", "month", "day")  # by the dashes in a date
COLUMNS = (
    "figure_id theme label_en label_zh subject_en subject_zh measure status qualifier value lower "
    "upper unit_en unit_zh period_start period_end period_precision period_basis paragraph_id "
    "printed value_adopted severity reading_en reading_zh note"
)


def flat(tables: Tables) -> pd.DataFrame:
    """The figures in the order of the report, each with its labels, and what an erratum says of it.

    value, lower, upper and value_adopted are in base units of unit_en; period_start and period_end
    are the first and the last day, both within it.
    """
    names = {"name_en": "subject_en", "name_zh": "subject_zh", "actor_id": "subject_id"}
    units = {"label_en": "unit_en", "label_zh": "unit_zh"}
    faults = tables["figure_errata"].merge(tables["errata"], on="erratum_id")
    columns = ["figure_id", "value_adopted", "severity", "reading_en", "reading_zh"]
    joined = (
        tables["figures"]
        .merge(tables["indicators"].drop(columns="unit_id"), on="indicator_id")
        .merge(tables["actors"].rename(columns=names).drop(columns="kind"), on="subject_id")
        .merge(tables["units"].rename(columns=units), on="unit_id")
        .merge(faults[columns], on="figure_id", how="left")
    )
    joined = joined.set_index("figure_id").loc[tables["figures"]["figure_id"]].reset_index()
    spans = [Period(period) if period else None for period in joined["period"]]
    joined["period_start"] = [span.start.isoformat() if span else "" for span in spans]
    joined["period_end"] = [span.end.isoformat() if span else "" for span in spans]
    dashes = [span.parts[0].count("-") if span else None for span in spans]
    joined["period_precision"] = ["" if it is None else PRECISIONS[it] for it in dashes]
    return joined[COLUMNS.split()]
