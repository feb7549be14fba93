"""Relations are parsed by a closed grammar, and their verdicts follow from values and bounds."""

import re

import pytest

from briefing.core import audit
from briefing.sources import source, tables

VERDICTS = {
    "1 + 1 = 2": audit.EXACT,
    "2 * 3 = 7": audit.CONTRADICTED,
    "[regular-allotment-2011] - [regular-expenditure-2011]"
    " = [regular-overpayment-2011]": audit.EXACT,
    "[institutional-budget-2012-2013] = [institutional-budget-2012-2013-governance]": audit.WITHIN,
    "growth([core-resources-2011], [core-increase-2011]) = [core-increase-rate-2011]": audit.WITHIN,
    "growth([core-resources-2011], [core-resources-2011] - [core-increase-2011])"
    " = [core-increase-rate-2011]": audit.CONTRADICTED,
    "[women-trained-business-ethiopia] = 6000": audit.UNDECIDED,
    "[women-trained-business-ethiopia] = 4999": audit.CONTRADICTED,
    "[turnout-women-egypt-before] < [turnout-women-egypt-2011]": audit.WITHIN,
    "[outlets-womens-day-2012] <= [media-outlets-contacted]": audit.UNDECIDED,
    "[government-donors-2011] < [government-donors-before]": audit.CONTRADICTED,
    "[core-contributors] < [government-donors-2011]": audit.CONTRADICTED,
    "[board-sessions] = count(events, paragraph_id=28)": audit.EXACT,
    "count(citations, symbol=decision 2011/5) = 3": audit.EXACT,
    "end(joint-field-visit-djibouti) = start(joint-field-visit-ethiopia)": audit.EXACT,
    "[core-resources-2011] = [core-resources-2011]": audit.EXACT,
    "[rio-relays] - [rio-relays] = 0": audit.EXACT,
    "[women-trained-business-ethiopia] <= [women-trained-business-ethiopia]": audit.EXACT,
    "[multi-year-share] * [core-contributors] <= [core-contributors]": audit.WITHIN,
    "least([core-support-threshold-2011]) = 10000000": audit.EXACT,
    "end(ceb-review-of-system-wide-action-plan) < start(unesco-cooperation-agreement)": (
        audit.WITHIN
    ),
    "end(unesco-cooperation-agreement) < start(ceb-review-of-system-wide-action-plan)": (
        audit.CONTRADICTED
    ),
    # Two events of one month are in no order, and what lies before or since a time is open.
    "end(ceb-review-of-system-wide-action-plan)"
    " < start(global-civil-society-advisory-group-appointed)": audit.UNDECIDED,
    "start(regional-restructuring-started) < start(field-capacity-assessment)": audit.UNDECIDED,
    "start(senior-management-team-appointed) < start(senior-management-team-in-post)": (
        audit.UNDECIDED
    ),
    "end(senior-management-team-in-post) < start(headquarters-relocation)": audit.WITHIN,
    "end(staff-representation-process) < start(beijing-review-and-appraisal-2015)": (
        audit.UNDECIDED
    ),
    "end(strategic-plan-2011-2013) = end(institutional-budget-2012-2013)": audit.WITHIN,
    "end(institutional-budget-2012-2013) < start(proposed-programme-budget-2014-2015)": (
        audit.WITHIN
    ),
    "number([csw-ngos]) <= number([csw-ngo-representatives])": audit.EXACT,
    "per_year([resource-target-2012-2013-reduced]) < [resource-target-annual]": audit.EXACT,
}


@pytest.mark.parametrize(("expression", "verdict"), VERDICTS.items())
def test_verdicts_follow_from_values_and_bounds(expression: str, verdict: str) -> None:
    assert audit.verdict(expression) == verdict


@pytest.mark.parametrize("beyond", ["9" * 400, "-" * 900 + "1", "1" + " + 1" * 999])
def test_what_cannot_be_computed_is_refused(beyond: str) -> None:
    with pytest.raises(audit.RelationError, match="too l"):
        audit.verdict(f"{beyond} = 1")


RELATIONS = tables.shared()["relations"].to_dict("records")


@pytest.mark.parametrize("row", RELATIONS, ids=lambda row: row["relation_id"])
def test_every_relation_has_a_verdict(row: dict) -> None:
    assert audit.verdict(row["expression"]) in audit.VERDICTS


def test_what_the_report_says_and_contradicts_is_told_in_the_errata() -> None:
    found = audit.verdicts()
    contradicted = found[(found["verdict"] == audit.CONTRADICTED) & (found["basis"] != "assumed")]
    paragraphs = set(tables.shared()["errata"]["paragraph_id"])
    assert not contradicted.empty
    assert set(contradicted["paragraph_id"]) <= paragraphs


def test_an_assumption_is_named_by_its_statement() -> None:
    for row in RELATIONS:
        assumed = row["basis"] == "assumed"
        assert row["statement_en"].startswith("If ") == assumed, row["relation_id"]
        assert row["statement_zh"].startswith("如果") == assumed, row["relation_id"]


def test_no_relation_is_true_by_the_way_the_tables_were_built() -> None:
    """What is compared is printed in two places or is a number beside a list."""
    for row in RELATIONS:
        left, right = re.split(" (?:=|<=|<) ", row["expression"])
        assert left != right, row["relation_id"]
        assert "citations" not in row["expression"], row["relation_id"]
        if "count(" in left and "count(" in right:
            assert left.partition("paragraph_id=")[2] != right.partition("paragraph_id=")[2]


PRINTED = ["printed", "printed_of_figure"]


KEY, PLACE = r"[a-z0-9-]+", r"(?:[0-9]+|box-[0-9]+)"
SHAPES = {
    "order": rf"end\({KEY}\) <=? start\({KEY}\)|\[{KEY}\] < \[{KEY}\]",
    "span": rf"\[{KEY}\] = \(start\({KEY}\) - start\({KEY}\)\) \* 12 / 365\.25",
    "growth": rf"growth\(\[{KEY}\], \[{KEY}\](?: - \[{KEY}\])?\) = \[{KEY}\]",
    "basis": rf"(?:2 \* \()?number\(\[{KEY}\]\) \+ number\(\[{KEY}\]\)\)? < number\(\[{KEY}\]\)"
    rf"|per_year\(\[{KEY}\]\) < \[{KEY}\]",
    "count": rf"\[{KEY}\] = count\((?:participation, (?:in|actor)_id={KEY}, role=[a-z_]+, "
    rf"paragraph_id={PLACE}|components, function=[a-z_]+|events, paragraph_id={PLACE})\)",
}
# What a statement may take from another paragraph to put its own events beside.
BESIDE = {"previous-progress-report-finalized", "global-civil-society-advisory-group-appointed"}
BESIDE |= {"un-conference-on-sustainable-development", "programme-budget-2012-2013"}


@pytest.mark.parametrize("row", RELATIONS, ids=lambda row: row["relation_id"])
def test_a_relation_has_the_shape_of_its_sort_and_is_about_its_paragraph(row: dict) -> None:
    expression, place = row["expression"], row["paragraph_id"]
    if row["relation"] in SHAPES:
        assert re.fullmatch(SHAPES[row["relation"]], expression)
    if row["relation"] == "same":
        left, right = re.sub(rf"\[{KEY}\]|\({KEY}\)|{PLACE}\)", "()", expression).split(" = ")
        assert left == right
    of_figures = tables.shared()["figures"].set_index("figure_id")["paragraph_id"]
    of_events = tables.shared()["events"].set_index("event_id")["paragraph_id"]
    figures = re.findall(rf"\[({KEY})\]", expression)
    events = re.findall(rf"(?:start|end)\(({KEY})\)", expression)
    places = [*of_figures[figures], *of_events[events]]
    assert place in places or not places
    if row["relation"] == "count" or (row["relation"] == "bound" and "number(" in expression):
        assert set(places) == {place}
    if row["relation"] == "growth":
        assert set(places) == {place}
    if row["relation"] == "basis":
        amounts = tables.shared()["figures"].set_index("figure_id").loc[figures]
        assert set(amounts["paragraph_id"]) <= {place, "64"}
        assert set(amounts["unit_id"].str.partition("/")[0]) == {"usd"}
    if row["relation"] == "bound":  # a threshold may be that of another paragraph
        assert of_figures[figures[0]] == place or "threshold" in figures[0]
    if row["relation"] == "order" and events:
        assert all(of_events[name] == place or name in BESIDE for name in events)
    assert all(
        f"paragraph_id={place}" in e for e in re.findall(r"\[.+ = (.*paragraph_id.*)", expression)
    )
    numbers = re.findall(
        r"(?<![\w.\[-])[0-9][0-9.]*(?![\w-])", re.sub(r"\[[^]]*\]|\([a-z][^()]*\)", "", expression)
    )
    assert set(numbers) <= {"2", "12", "365.25"}


def test_every_numeral_is_accounted_for() -> None:
    """Every numeral is accounted for, and every figure is reached from one."""
    shared = tables.shared()
    numerals, figures = shared["numerals"], shared["figures"]
    of_figures = numerals[numerals["class"] == "figure"]
    assert set(of_figures["figure_id"]) == set(figures["figure_id"])
    assert (of_figures["figure_id"] != "").all()
    assert (numerals[numerals["class"] != "figure"]["figure_id"] == "").all()
    both = of_figures.merge(figures, on="figure_id", suffixes=("", "_of_figure"))
    assert (both["paragraph_id"] == both["paragraph_id_of_figure"]).all()
    for numeral, printed in both[PRINTED].to_numpy():
        assert numeral in [n.printed for n in source.numerals(source.Paragraph("", printed))]
    positions = numerals.groupby("paragraph_id")["position"].agg(list)
    assert all(p == list(range(1, len(p) + 1)) for p in positions)
