"""The data obey their schema and their rules, and what is said in two places agrees."""

import re

import pytest
from babel import Locale
from babel.core import get_global
from frictionless import Package

from briefing.sources import tables

SHARED = tables.shared()
FIGURES = SHARED["figures"].to_dict("records")


def test_frictionless_finds_the_package_valid() -> None:
    report = Package(str(tables.DATA / "datapackage.json")).validate()
    assert report.valid, report.flatten(["rowNumber", "fieldName", "message"])


@pytest.mark.parametrize("row", FIGURES, ids=lambda row: row["figure_id"])
def test_the_range_is_that_of_the_rules(row: dict) -> None:
    """The rules once more, from the words printed and without the code that reads them."""
    value, lower, upper = row["value"], row["lower"], row["upper"]
    printed, open_end = row["printed"], upper != upper
    if row["status"] == "target":
        assert lower == value == upper
    elif printed.startswith("近"):
        assert (lower, upper) == (pytest.approx(0.9 * value), value)
    elif printed.startswith(("约", "大约")):
        assert upper - value == pytest.approx(value - lower, rel=1e-4)
        assert upper - value >= value / 20 - 1e-6
    elif printed.startswith("数"):
        assert value != value
        assert upper == 5 * lower
    elif "多" in printed or re.search("至少|以上|或更", printed):
        assert lower == value
        assert open_end
    elif re.search("[万亿%]", printed):
        assert upper - value == value - lower > 0
        assert upper - value <= value / 10
    else:
        assert lower == value == upper


def test_every_actor_is_used() -> None:
    used = set(SHARED["figures"]["subject_id"]) | set(SHARED["events"]["place_id"])
    for column in ("actor_id", "in_id"):
        used |= set(SHARED["participation"][column])
    assert set(SHARED["actors"]["actor_id"]) == used - {""}


@pytest.mark.parametrize("table", ["figures", "participation"])
def test_rows_stand_in_the_order_of_the_report(table: str) -> None:
    order = SHARED["paragraphs"].set_index("paragraph_id")["order"]
    assert SHARED[table]["paragraph_id"].map(order).is_monotonic_increasing


def test_paragraphs_are_numbered_without_a_gap() -> None:
    paragraphs = SHARED["paragraphs"]
    assert list(paragraphs["order"]) == list(range(1, len(paragraphs) + 1))
    numbered = [int(p) for p in paragraphs["paragraph_id"] if p.isdigit()]
    assert numbered == list(range(1, len(numbered) + 1))


def test_every_indicator_and_unit_is_used() -> None:
    assert set(SHARED["indicators"]["indicator_id"]) == set(SHARED["figures"]["indicator_id"])
    assert set(SHARED["units"]["unit_id"]) == set(SHARED["figures"]["unit_id"])


def test_every_document_is_cited() -> None:
    assert set(SHARED["documents"]["symbol"]) == set(SHARED["citations"]["symbol"])


# Where the United Nations, and so the report, names a country otherwise than CLDR.
UN_NAMES = {
    "GBR": ("United Kingdom", "联合王国"),
    "KOR": ("Republic of Korea", "大韩民国"),
    "TZA": ("United Republic of Tanzania", "坦桑尼亚联合共和国"),
}


def test_countries_have_the_names_of_cldr_or_of_the_united_nations() -> None:
    english, chinese = (Locale(language).territories for language in ("en", "zh"))
    aliases = get_global("territory_aliases")
    for row in SHARED["actors"].query("kind == 'country'").itertuples():
        [alpha2, *_] = aliases[row.iso3]
        names = (english[alpha2], chinese[alpha2])
        assert (row.name_en, row.name_zh) == UN_NAMES.get(row.iso3, names)


def test_no_label_states_a_number() -> None:
    """A number in a label would be one without a source; what the descriptor lists are names."""
    names = tables.descriptor()["report"]["names_with_digits"]
    of_names = "|".join(map(re.escape, names)) or "(?!)"
    for table, columns in {
        "events": ["label_en"],
        "components": ["label_en"],
        "indicators": ["label_en"],
    }.items():
        for column in columns:
            labels = SHARED[table][column].str.replace(of_names, "", regex=True)
            assert not labels.str.contains("[0-9]").any(), list(labels)


def test_every_erratum_names_words_of_its_own_paragraph_once() -> None:
    keys = SHARED["errata"][["paragraph_id", "printed"]]
    assert not keys.duplicated().any()


def test_the_codebook_is_current() -> None:
    path = tables.DATA / "README.md"
    current = path.read_text(encoding="utf-8")
    assert current == tables.codebook(current), "run: python -m briefing codebook"


@pytest.mark.parametrize("table", list(SHARED))
def test_words_are_whole(table: str) -> None:
    """Brackets and quotation marks close, and sentences end."""
    for column in SHARED[table].columns[SHARED[table].columns.str.endswith(("_en", "_zh"))]:
        end = "." if column.endswith("_en") else "。"
        for words in filter(None, SHARED[table][column]):
            for first, last in ("()", "（）", "“”", "《》"):
                assert words.count(first) == words.count(last), words
            if column.startswith(("statement", "reason_", "reading")):
                assert words.endswith(end), words


# Words of keys that no English label or note holds.
MORE = {"56", "afterwards", "again", "agreement", "appraisal", "ask", "beyond", "budgeting"}
MORE |= {"concluding", "continuation", "contributors", "denominator", "difference", "eighteen"}
MORE |= {"enter", "existence", "follow", "funding", "indicators", "integration", "ldcs", "plus"}
MORE |= {"rises", "staffing", "substantive", "sum", "whom", "womens"}


@pytest.mark.parametrize("table", ["relations", "events", "components", "errata"])
def test_a_key_is_made_of_whole_words(table: str) -> None:
    said = [
        text
        for t in SHARED.values()
        for c in t
        if c.endswith("_en") or c == "note"
        for text in t[c]
    ]
    known = {word for text in said for word in re.findall("[a-z0-9]+", text.lower())} | MORE
    keys = SHARED[table].iloc[:, 0]
    assert [key for key in keys if not known.issuperset(key.split("-"))] == []


# Where a conference met, or a body sits, whose label does not say so.
CITIES = {
    "fourth-un-conference-on-ldcs": "istanbul",
    "fourth-high-level-forum-on-aid-effectiveness": "busan",
    "training-centre-first-annual-work-plan": "santo-domingo",
    "un-conference-on-sustainable-development": "rio-de-janeiro",
    "headquarters-relocation": "new-york",
}


def test_the_place_of_an_event_is_one_that_its_label_names() -> None:
    names = SHARED["actors"].set_index("actor_id")["name_en"]
    for row in SHARED["events"].query("place_id != ''").itertuples():
        words = set(re.findall("[A-Z][a-z]+", names[row.place_id]))
        is_named = words & set(row.label_en.split())
        assert is_named or CITIES.get(row.event_id) == row.place_id, row


# The paragraph with which each section begins.
FIRST = {"summary": "summary", "1": "I", "4": "II.A", "13": "II.B", "24": "II.C", "31": "II.D"}
FIRST |= {"39": "II.E", "box-1": "II.box", "43": "III", "44": "III.A", "46": "III.B", "48": "III.C"}
FIRST |= {"50": "IV", "58": "V.A", "61": "V.B", "69": "VI"}


NOTES = {"fn-1": "II.B", "fn-2": "V.B"}  # at the foot of a page, after other paragraphs


def test_a_paragraph_stands_in_the_section_that_began_last() -> None:
    section = ""
    for row in SHARED["paragraphs"].sort_values("order").itertuples():
        section = FIRST.get(row.paragraph_id, section)
        assert row.section_id == NOTES.get(row.paragraph_id, section), row
