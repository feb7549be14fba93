"""Relations are parsed by a closed grammar, and their verdicts follow from values and bounds."""

import pytest

from briefing import audit, source, tables

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
    "count(citations, symbol=UNW 2011/5) = 3": audit.EXACT,
    "last_day(joint-field-visit-djibouti) = first_day(joint-field-visit-ethiopia)": audit.EXACT,
    "number([csw-ngos]) <= number([csw-ngo-representatives])": audit.EXACT,
    "per_year([resource-target-2012-2013-reduced]) < [resource-target-annual]": audit.WITHIN,
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


def test_what_contradicts_is_told_in_the_errata() -> None:
    found = audit.verdicts()
    contradicted = found[found["verdict"] == audit.CONTRADICTED]
    paragraphs = set(tables.shared()["errata"]["paragraph_id"])
    assert set(contradicted["paragraph_id"]) <= paragraphs


PRINTED = ["printed", "printed_of_figure"]


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
        within = [n.printed for n in source.numerals(source.Paragraph("", printed))]
        # A figure printed without counter ends where the next word follows the numeral.
        assert numeral in within or (numeral[:-1] in within and printed.endswith(numeral[:-1]))
    positions = numerals.groupby("paragraph_id")["position"].agg(list)
    assert all(p == list(range(1, len(p) + 1)) for p in positions)
