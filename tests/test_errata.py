"""Faults of the report: tied to figures and roles by key, with evidence, and read on purpose."""

import json
import re
from collections import Counter

from briefing.notebook import navigation
from briefing.sources import tables

SHARED = tables.shared()


def test_an_adopted_reading_is_used_where_it_is_used_on_purpose() -> None:
    """Each place that says what is read, and not what is printed."""
    places = []
    for path in navigation.paths():
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        for source in ("".join(cell["source"]) for cell in cells):
            places += [path.stem] * source.count(".adopted")
    assert Counter(places) == {"06-communications": 1, "09-audit": 2}


def test_every_erratum_that_a_figure_or_a_role_names_stands_in_its_paragraph() -> None:
    faults = SHARED["errata"].set_index("erratum_id")["paragraph_id"]
    figures = SHARED["figures"].set_index("figure_id")["paragraph_id"]
    elsewhere = {("impressions", "box-7"), ("unique-followers", "box-7")}  # which the reason names
    for row in SHARED["figure_errata"].itertuples():
        places = (row.erratum_id, figures[row.figure_id])
        assert faults[row.erratum_id] == places[1] or places in elsewhere, row
    roles = SHARED["participation"].query("erratum_id != ''")
    assert not roles.empty
    assert (roles["erratum_id"].map(faults) == roles["paragraph_id"]).all()


def test_an_erratum_names_its_evidence() -> None:
    for row in SHARED["errata"].itertuples():
        if row.basis == "document":
            assert re.search("[A-Z]{2}|[0-9]{4}|A/[0-9]|www|[.]org", row.evidence), row.erratum_id
        if row.basis == "arithmetic":
            assert re.search("[0-9] ?/ ?[0-9(]|[0-9]%", row.evidence), row.erratum_id
        assert row.kind != "suspected" or "likely" in row.reading_en + row.reason_en, row.erratum_id


def test_a_thing_of_the_list_of_terms_has_several_names() -> None:
    for term_id, rows in SHARED["terms"].groupby("term_id"):
        assert rows["printed"].nunique() > 1, term_id
        assert rows["name_en"].nunique() == rows["name_zh"].nunique() == 1, term_id


def test_measures_tell_levels_changes_parts_and_thresholds_apart() -> None:
    units = SHARED["units"].set_index("unit_id")["kind"]
    for row in SHARED["indicators"].itertuples():
        assert row.measure != "count" or units[row.unit_id] not in ("money", "ratio"), row
        assert row.measure != "level" or units[row.unit_id] != "ratio", row
    targets = SHARED["figures"].query("status == 'target'")["indicator_id"]
    measures = SHARED["indicators"].set_index("indicator_id")["measure"]
    assert set(measures[targets]) == {"threshold"}
