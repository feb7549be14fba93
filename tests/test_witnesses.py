"""What data/ says twice agrees: rows with the numerals of their paragraph, and with one another."""

import re
from functools import cache

import pandas as pd
import pytest
from stored import listed_figures

from briefing import audit, source, tables
from briefing.language import actor, date, label, paragraphs
from briefing.quantity import figure
from briefing.sentences import text

SHARED = tables.shared()
ORDER = SHARED["paragraphs"].set_index("paragraph_id")["order"]
NUMERALS = SHARED["numerals"]
REPORT_YEAR = int(tables.descriptor()["report"]["year"])
# Spans that the codebook allows for what the report calls early, middle or late in a year.
THIRDS_AND_HALVES = {"01/04", "05/08", "09/12", "01/06", "07/12"}
DATED = ["events", "figures", "participation"]
BASE_YEAR = {"64": (2010,)}  # the year that the growth of resources is reckoned from
Dates = set[tuple[int, ...]]


@pytest.mark.parametrize("table", ["events", "relations", "errata", "numerals"])
def test_rows_stand_in_the_order_of_the_report(table: str) -> None:
    assert SHARED[table]["paragraph_id"].map(ORDER).is_monotonic_increasing


def test_citations_stand_in_the_order_of_documents_and_then_of_the_report() -> None:
    citations = SHARED["citations"]
    assert list(citations["symbol"].drop_duplicates()) == list(SHARED["documents"]["symbol"])
    for _, places in citations.groupby("symbol")["paragraph_id"]:
        assert places.map(ORDER).is_monotonic_increasing


def test_sections_are_a_tree_in_the_order_of_their_paragraphs() -> None:
    sections = SHARED["sections"]
    assert list(sections["order"]) == list(range(1, len(sections) + 1))
    assert list(sections["parent_id"]) == [s.rpartition(".")[0] for s in sections["section_id"]]
    with_text = list(SHARED["paragraphs"]["section_id"].drop_duplicates())
    places = [list(sections["section_id"]).index(name) for name in with_text]
    assert places == sorted(places)
    numbered = SHARED["paragraphs"][SHARED["paragraphs"]["paragraph_id"].str.isdigit()][
        "section_id"
    ]
    assert (numbered != numbered.shift()).sum() == numbered.nunique(), "a section is interrupted"


def printed(paragraph_id: str, *classes: str) -> list[str]:
    """The numerals of some classes that a paragraph prints."""
    mine = NUMERALS[NUMERALS["paragraph_id"] == paragraph_id]
    return list(mine[mine["class"].isin(classes)]["printed"])


def is_of(numeral: str, symbol: str) -> bool:
    """Whether a numeral is a document's symbol, or its end: 64/289号 of A/RES/64/289."""
    return bool(re.search(rf"(^|[/ ]){re.escape(numeral.removesuffix('号'))}$", symbol))


def test_documents_printed_and_documents_cited_are_the_same() -> None:
    citations = SHARED["citations"]
    cited = citations.groupby("paragraph_id")["symbol"].agg(list)
    symbols = NUMERALS[NUMERALS["printed"].str.contains("[/.]") & (NUMERALS["figure_id"] == "")]
    for paragraph_id, numeral in symbols[["paragraph_id", "printed"]].to_numpy():
        assert any(is_of(numeral, symbol) for symbol in cited[paragraph_id]), numeral
    for symbol, places in citations.groupby("symbol")["paragraph_id"]:
        if re.search("[0-9]/|/[0-9]|^www", symbol):
            found = [n for p in places for n in printed(p, "document", "address")]
            assert any(is_of(numeral, symbol) for numeral in found), symbol


def test_every_numeral_is_of_a_class_that_its_form_allows() -> None:
    rules = source.census(tables.descriptor()["report"]["census"])
    for numeral, name in NUMERALS[["printed", "class"]].to_numpy():
        assert rules.numeral.fullmatch(numeral), numeral
        allowed = {guess for guess, _, form, _ in rules.guesses if re.fullmatch(form, numeral)}
        assert name in allowed | {"figure"}, numeral
        assert name != "idiom" or len(numeral) > 1, numeral


def test_words_at_fault_hold_numerals_of_their_paragraph() -> None:
    for row in SHARED["errata"].itertuples():
        here = tuple(NUMERALS[NUMERALS["paragraph_id"] == row.paragraph_id]["printed"])
        for numeral in source.numerals(source.Paragraph(row.paragraph_id, row.printed)):
            assert any(other.startswith(numeral.printed) for other in here), row.erratum_id


@cache
def dates_printed(paragraph_id: str) -> frozenset[tuple[int, ...]]:
    """Years, months with their year, days with their month: (2012,), (2012, 5), (5, 29).

    A month before which no year is printed is of the report's own year.
    """
    found: Dates = set()
    year, month = REPORT_YEAR, 0
    for numeral in printed(paragraph_id, "year"):
        found |= {(int(number),) for number in re.findall("[0-9]{4}", numeral)}
    for numeral in printed(paragraph_id, "date"):
        number = int(re.match("[0-9]+", numeral)[0])
        if numeral.endswith("年"):
            year = number
            found.add((year,))
        elif numeral.endswith("月"):
            month = number
            found.add((year, month))
        else:
            found.add((month, number))
    return frozenset(found)


def told(period: str) -> Dates:
    """What a period says of years, months and days, in the same form."""
    ends = [tuple(map(int, part.split("-"))) for part in period.split("/")]
    return {part for end in ends for part in (end[:1], end[:2], end[1:]) if part != end[1:2]}


def is_printed(period: str, paragraph_id: str) -> bool:
    """Whether a period is printed, or early, middle or late in a year that is."""
    here = set(dates_printed(paragraph_id))
    if not any(len(found) == 1 for found in here):
        here.add((REPORT_YEAR,))
    span = re.fullmatch(r"([0-9]{4})-([0-9]{2})/\1-([0-9]{2})", period)
    if span and f"{span[2]}/{span[3]}" in THIRDS_AND_HALVES:
        return (int(span[1]),) in here
    return told(period) <= here


@pytest.mark.parametrize("table", DATED)
def test_every_period_is_printed_in_its_paragraph_or_is_one_of_an_event(table: str) -> None:
    events = SHARED["events"]
    for row in SHARED[table].itertuples():
        if row.period and not is_printed(row.period, row.paragraph_id):
            others = events[events["paragraph_id"] != row.paragraph_id]["period"]
            known = {part for period in others for part in period.split("/")}
            assert set(row.period.split("/")) <= known, row[1:]


def test_every_date_printed_is_of_a_row_there_or_of_an_event() -> None:
    rows = pd.concat([SHARED[table][["paragraph_id", "period"]] for table in DATED])
    everywhere = set().union(*map(told, SHARED["events"]["period"]))
    for paragraph_id in NUMERALS["paragraph_id"].unique():
        mine = rows[(rows["paragraph_id"] == paragraph_id) & (rows["period"] != "")]["period"]
        known = everywhere.union(*map(told, mine))
        here = {found for found in dates_printed(paragraph_id) if found not in known}
        assert here - {BASE_YEAR.get(paragraph_id)} == set(), paragraph_id


SIGNS = {  # how the two sides of each sort of relation may be joined
    **{name: {"="} for name in ("same", "sum", "difference", "count")},
    **{name: {"<", "<="} for name in ("bound", "order")},
    "span": {"=", "<="},
    "growth": {"=", "<"},
    "basis": {"=", "<", "<="},
}
each_relation = pytest.mark.parametrize(
    "row", SHARED["relations"].to_dict("records"), ids=lambda row: row["relation_id"]
)
OPERATIONS = {"sum": " + ", "difference": " - ", "growth": "growth(", "count": "count("}


@each_relation
def test_an_expression_has_the_form_of_its_sort_of_relation(row: dict) -> None:
    _, sign, _ = audit.sides(row["expression"])
    assert sign in SIGNS[row["relation"]]
    assert OPERATIONS.get(row["relation"], "") in row["expression"]


def places(expression: str) -> set[str]:
    """The paragraphs of what an expression names."""
    figures, events = SHARED["figures"], SHARED["events"]
    named = figures["figure_id"].isin(re.findall(r"\[([a-z0-9-]+)\]", expression))
    alike = figures["indicator_id"].isin(figures[named]["indicator_id"])
    dated = events["event_id"].isin(re.findall(r"_day\(([a-z0-9-]+)\)", expression))
    found = {*figures[alike]["paragraph_id"], *events[dated]["paragraph_id"]}
    for table, filters in re.findall(r"count\((\w+), ([^()]+)\)", expression):
        rows = SHARED[table]
        for name, value in (part.split("=") for part in filters.split(", ")):
            rows = rows[rows[name] == value]
        assert len(rows), f"nothing is counted: {filters}"
        found |= set(rows["paragraph_id"])
    return found


@each_relation
def test_a_relation_stands_in_a_paragraph_of_what_it_names(row: dict) -> None:
    assert row["paragraph_id"] in places(row["expression"])


@pytest.mark.parametrize("row", SHARED["figures"].to_dict("records"), ids=lambda r: r["figure_id"])
def test_a_figure_is_listed_as_it_is_in_the_data(row: dict) -> None:
    """Each stands among the sources of a notebook, so a change of one alone is seen."""
    quantity = figure(row["figure_id"])
    expected = (
        label("indicators", row["indicator_id"]),
        actor(row["subject_id"], short=True),
        date(quantity.period) if quantity.period else "",
        row["printed"],
        text(quantity, "bounds"),
    )
    for cells in listed_figures()[row["figure_id"]]:
        assert cells[:5] == expected
        assert cells[5].endswith(row["note"])
        assert cells[6].replace("\xa0", " ") == paragraphs([row["paragraph_id"]])
