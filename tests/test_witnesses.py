"""What data/ says twice agrees: rows with the numerals of their paragraph, and with one another."""

import re
from functools import cache

import pytest
from stored import cells, coverages, figures_of, listed_figures

from briefing.core import audit
from briefing.core.labels import date, paragraphs, specified
from briefing.core.period import Period
from briefing.sources import source, tables

SHARED = tables.shared()
ORDER = SHARED["paragraphs"].set_index("paragraph_id")["order"]
ROWS = {name: table.to_dict("records") for name, table in SHARED.items()}
IN_PARAGRAPH: dict[str, list[dict]] = {}
for numeral in ROWS["numerals"]:
    IN_PARAGRAPH.setdefault(numeral["paragraph_id"], []).append(numeral)
REPORT_YEAR = int(tables.descriptor()["report"]["year"])
PARTS = {  # how the words of a date say a part
    "early": "初$",
    "mid": "年中$",
    "late": "后期$",
    "first_half": "上半年$",
    "second_half": "下半年$",
    "before": "(?<!底)前$",
    "since": "以来$",
    "by_end": "底前?$",
}
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
    for row in ROWS["paragraphs"]:
        of_box = row["paragraph_id"].startswith("box-")
        assert row["section_id"].endswith(".box") == of_box, row["paragraph_id"]
        assert (row["section_id"] == "summary") == (row["paragraph_id"] == "summary")


def printed(paragraph_id: str, *classes: str) -> list[str]:
    """The numerals of some classes that a paragraph prints."""
    return [row["printed"] for row in IN_PARAGRAPH.get(paragraph_id, []) if row["class"] in classes]


def is_of(numeral: str, symbol: str) -> bool:
    """Whether a numeral is a document's symbol, or its end: 64/289号 of A/RES/64/289."""
    return bool(re.search(rf"(^|[/ ]){re.escape(numeral.removesuffix('号'))}$", symbol))


def test_documents_printed_and_documents_cited_are_the_same() -> None:
    cited: dict[str, list[str]] = {}
    for row in ROWS["citations"]:
        cited.setdefault(row["paragraph_id"], []).append(row["symbol"])
    for row in ROWS["numerals"]:
        if re.search("[/.]", row["printed"]) and not row["figure_id"]:
            here = cited.get(row["paragraph_id"], [])
            assert any(is_of(row["printed"], symbol) for symbol in here), row
    for document in ROWS["documents"]:
        if re.search("[0-9]/|/[0-9]|^www", document["symbol"]):
            where = [place for place, symbols in cited.items() if document["symbol"] in symbols]
            found = [n for place in where for n in printed(place, "document", "address")]
            assert any(is_of(numeral, document["symbol"]) for numeral in found), document


def test_every_numeral_is_of_a_class_that_its_form_allows() -> None:
    rules = source.census(tables.descriptor()["report"]["census"])
    for row in ROWS["numerals"]:
        numeral = row["printed"]
        assert rules.numeral.fullmatch(numeral), row
        allowed = {guess for guess, _, form, _ in rules.guesses if re.fullmatch(form, numeral)}
        assert row["class"] in allowed | {"figure"}, row
        assert row["class"] != "idiom" or len(numeral) > 1, row


def test_words_at_fault_hold_numerals_of_their_paragraph() -> None:
    for row in ROWS["errata"]:
        here = tuple(numeral["printed"] for numeral in IN_PARAGRAPH.get(row["paragraph_id"], []))
        for numeral in source.numerals(source.Paragraph(row["paragraph_id"], row["printed"])):
            assert any(other.startswith(numeral.printed) for other in here), row["erratum_id"]


@cache
def dates_printed(paragraph_id: str) -> Dates:
    """Years, months with their year, days with their month: (2012,), (2012, 5), (5, 29).

    A month before which no year is printed is of the report's own year.
    """
    found: Dates = set()
    year, month = REPORT_YEAR, 0
    for numeral in printed(paragraph_id, "year"):
        found |= {(int(number),) for number in re.findall("[0-9]{4}", numeral)}
    for numeral in (n for n in printed(paragraph_id, "date") if n[0].isdigit()):
        number = int(re.match("[0-9]+", numeral)[0])
        if numeral.endswith("年"):
            year = number
            found.add((year,))
        elif numeral.endswith("月"):
            month = number
            found.add((year, month))
        else:
            found.add((month, number))
    return found


def told(period: str) -> Dates:
    """What a period says of years, months and days, in the same form."""
    ends = [tuple(map(int, part.split("-"))) for part in period.split("/")]
    return {part for end in ends for part in (end[:1], end[:2], end[1:]) if part != end[1:2]}


def is_printed(period: str, paragraph_id: str) -> bool:
    """Whether each year, month and day of a period is printed."""
    here = set(dates_printed(paragraph_id))
    if not any(len(found) == 1 for found in here):
        here.add((REPORT_YEAR,))
    return told(period) <= here


def test_an_event_is_dated_by_the_words_that_print_its_date() -> None:
    """Its numbers are those of the words, and its part is what they say beside."""
    for row in ROWS["events"]:
        words = row["printed"]
        numbers = {int(number) for number in re.findall("[0-9]+", words)}
        dated = {number for date in told(row["period"]) for number in date}
        assert numbers <= dated <= numbers | {REPORT_YEAR}, row
        assert row["part"] == next((p for p, w in PARTS.items() if re.search(w, words)), ""), row


@pytest.mark.parametrize("table", DATED)
def test_every_period_is_printed_in_its_paragraph_or_is_one_of_an_event(table: str) -> None:
    for row in ROWS[table]:
        if row["period"] and not is_printed(row["period"], row["paragraph_id"]):
            assert row.get("period_basis", "inferred") == "inferred", row
            assert told(row["period"]) <= set().union(*map(dates_printed, IN_PARAGRAPH)), row


def test_every_date_printed_is_of_a_row_there_or_of_an_event() -> None:
    known: dict[str, Dates] = {}
    for row in (row for table in DATED for row in ROWS[table] if row["period"]):
        known.setdefault(row["paragraph_id"], set()).update(told(row["period"]))
    everywhere = set().union(*(told(event["period"]) for event in ROWS["events"]))
    for paragraph_id in IN_PARAGRAPH:
        rest = dates_printed(paragraph_id) - known.get(paragraph_id, set()) - everywhere
        assert rest - {BASE_YEAR.get(paragraph_id)} == set(), paragraph_id


SIGNS = {  # how the two sides of each sort of relation may be joined
    **{name: {"="} for name in ("same", "sum", "difference", "count")},
    **{name: {"<", "<="} for name in ("bound", "order")},
    "span": {"=", "<="},
    "growth": {"=", "<"},
    "basis": {"=", "<", "<="},
}
OPERATIONS = {"sum": " + ", "difference": " - ", "growth": "growth(", "count": "count("}
each_relation = pytest.mark.parametrize("row", ROWS["relations"], ids=lambda r: r["relation_id"])


@each_relation
def test_an_expression_has_the_form_of_its_sort_of_relation(row: dict) -> None:
    [sign] = re.findall(" (=|<=|<) ", row["expression"])
    assert sign in SIGNS[row["relation"]]
    assert OPERATIONS.get(row["relation"], "") in row["expression"]


@each_relation
def test_a_relation_stands_in_a_paragraph_of_what_it_names(row: dict) -> None:
    assert row["paragraph_id"] in places(row["expression"])


def places(expression: str) -> set[str]:
    """The paragraphs of what an expression names, and of figures of the same indicators."""
    names = set(re.findall(r"[\[(]([a-z0-9-]+)[\])]", expression))
    indicators = {row["indicator_id"] for row in ROWS["figures"] if row["figure_id"] in names}
    found = {r["paragraph_id"] for r in ROWS["figures"] if r["indicator_id"] in indicators}
    found |= {r["paragraph_id"] for r in ROWS["events"] if r["event_id"] in names}
    for table, filters in re.findall(r"count\((\w+), ([^()]+)\)", expression):
        values = dict(part.split("=") for part in filters.split(", "))
        counted = [row for row in ROWS[table] if row.items() >= values.items()]
        assert counted, f"nothing is counted: {filters}"
        found |= {row["paragraph_id"] for row in counted}
    return found


def short(name: str) -> str:
    """The short form that stands in brackets at the end of an actor's name, if any."""
    return re.sub(r"^.*\(([^()]+)\)$", r"\1", name)


def test_each_figure_is_listed_among_the_sources_as_it_is_in_the_data() -> None:
    """Its row in the stored notebooks tells label, subject, period, printed form and note."""
    labels = {row["indicator_id"]: row["label_en"] for row in ROWS["indicators"]}
    names = {row["actor_id"]: short(row["name_en"]) for row in ROWS["actors"]}
    places = {name: paragraphs([name]) for name in SHARED["figures"]["paragraph_id"].unique()}
    for row in ROWS["figures"]:
        what, whose = labels[row["indicator_id"]], names[row["subject_id"]]
        when = date(Period(row["period"])) if row["period"] else ""
        expected = [specified(what, whose if whose != what else "", when), row["printed"]]
        for *named, _, doubts, place in listed_figures()[row["figure_id"]]:
            assert named == expected
            assert doubts.endswith(row["note"])
            assert place.replace("\xa0", " ") == places[row["paragraph_id"]]


def test_the_audit_shows_as_many_of_each_sort_as_there_are() -> None:
    """Numerals, errata and relations by sort, and paragraphs by what is recorded of them."""
    places: dict[tuple[str, ...], list[str]] = {}
    for row in ROWS["numerals"]:
        places.setdefault(("numerals", row["class"]), []).append(row["paragraph_id"])
    for row in ROWS["errata"]:
        places.setdefault(("errata", row["kind"], row["severity"]), []).append(row["paragraph_id"])
    for row in ROWS["relations"]:
        verdict = audit.verdict(row["expression"])
        places.setdefault((row["basis"], verdict), []).append(row["paragraph_id"])
    for table in ("figures", "events", "participation", "components", "citations"):
        places[table,] = list(dict.fromkeys(row["paragraph_id"] for row in ROWS[table]))
    for sort, named in places.items():
        assert f"{len(named)} [{paragraphs(named)}]" in cells(), sort


def test_each_briefing_names_every_section_that_its_figures_come_from() -> None:
    section_of = {row["paragraph_id"]: row["section_id"] for row in ROWS["paragraphs"]}
    place_of = {row["figure_id"]: row["paragraph_id"] for row in ROWS["figures"]}
    told = coverages()
    assert len(told) == 8
    for name, sections in told.items():
        for section in {section_of[place_of[figure_id]] for figure_id in figures_of(name)}:
            named = tables.report()["box"] if section.endswith("box") else section
            assert any(f"{named}.".startswith(f"{it}.") for it in sections), (name, section)
