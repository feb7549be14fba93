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
    assert Counter(places) == {
        "00-overview": 1,
        "04-funding": 1,
        "06-communications": 1,
        "09-audit": 2,
    }


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


def test_a_count_is_doubtful_where_the_list_that_it_counts_is() -> None:
    """The list is printed wrongly, or its items are put at a wrong time."""
    counts = SHARED["relations"].query("relation == 'count'")
    counted = {
        row.paragraph_id: row.expression[1:].partition("]")[0] for row in counts.itertuples()
    }
    lists = SHARED["errata"].query("kind in ['list', 'date']")
    tied = set(
        SHARED["figure_errata"][["figure_id", "erratum_id"]].itertuples(index=False, name=None)
    )
    found = [
        (counted[r.paragraph_id], r.erratum_id)
        for r in lists.itertuples()
        if r.paragraph_id in counted
    ]
    assert len(found) == 2 and set(found) <= tied


OUTSIDE = re.compile("A/[0-9]|[0-9]{4}[^0-9]|[.]org")  # a symbol, a year or an address


def test_the_basis_of_an_erratum_is_where_its_evidence_lies() -> None:
    for row in SHARED["errata"].itertuples():
        found = "document" if OUTSIDE.search(row.evidence) else "text"
        assert row.basis == ("arithmetic" if row.kind == "arithmetic" else found), row.erratum_id
        if row.basis == "arithmetic":
            assert re.search("[0-9] ?/ ?[0-9(]|[0-9]%", row.evidence), row.erratum_id
        assert row.kind != "suspected" or "likely" in row.reading_en + row.reason_en, row.erratum_id


def test_a_thing_of_the_list_of_terms_has_several_names() -> None:
    for term_id, rows in SHARED["terms"].groupby("term_id"):
        assert rows["printed"].nunique() > 1, term_id
        assert rows["name_en"].nunique() == rows["name_zh"].nunique() == 1, term_id


CHANGE = re.compile("Increase|added|over-?payment")
THRESHOLD = re.compile("target|threshold")
GROWTH = re.compile("Growth|Rise|Increase")
OVER_TIME = re.compile("a (month|day)$|a (month|day) of ")


def test_measures_follow_from_units_and_labels() -> None:
    """A part of an amount or of a count is told by what holds it, and may have any unit."""
    units = SHARED["units"].set_index("unit_id")["kind"]
    for row in SHARED["indicators"].itertuples():
        kind, label = units[row.unit_id], row.label_en
        if THRESHOLD.search(label):
            expected = {"threshold"}
        elif kind == "ratio":
            expected = {"rate"} if GROWTH.search(label) else {"part"}
        elif CHANGE.search(label):
            expected = {"change"}
        elif kind == "time" or OVER_TIME.search(label):
            expected = {"level"}
        else:
            expected = {"level", "part"} if kind == "money" else {"count", "part"}
        assert row.measure in expected, row
