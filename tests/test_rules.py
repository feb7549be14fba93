"""A notebook that cannot be published is told of by notebook and cell, before anything runs."""

from pathlib import Path

import nbformat
import pytest

from briefing.core import audit, language
from briefing.notebook import navigation
from briefing.publish import rules
from briefing.sources import tables

SOURCES = ("code", "briefing.show_sources()")
TITLE = ("markdown", "# Donors")


def notebook(path: Path, *cells: tuple[str, str]) -> Path:
    """A notebook of some cells: the type and the source of each."""
    make = {kind: getattr(nbformat.v4, f"new_{kind}_cell") for kind in ("code", "markdown", "raw")}
    nbformat.write(nbformat.v4.new_notebook(cells=[make[kind](it) for kind, it in cells]), path)
    return path


def test_a_short_notebook_without_questions_keeps_the_rules(tmp_path: Path) -> None:
    said = ("code", 'say("{q[staff-2011]}")')  # a name holds a digit, the sentence none
    path = notebook(tmp_path / "11-donors.ipynb", TITLE, ("code", "2011 + 1"), said, SOURCES)
    assert list(rules.breaches(path)) == []


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        ([SOURCES], "11-donors.ipynb, cell 1: is no title"),
        ([("markdown", "Donors"), SOURCES], "cell 1: is no title, expected markdown"),
        ([TITLE, ("markdown", "In 2011"), SOURCES], "cell 2: types 2011 in 'In 2011'"),
        ([TITLE, ("code", 'say("About two thirds")'), SOURCES], "cell 2: types two, thirds in"),
        ([TITLE, ("markdown", "Fifteen, ５０ or ½"), SOURCES], "cell 2: types Fifteen, ５０, ½ in"),
        ([TITLE, ("raw", "words"), SOURCES], "cell 2: is a raw cell, expected code or markdown"),
        ([TITLE, ("code", 'say("An open { brace")'), SOURCES], "cell 2: has a brace alone in"),
        ([TITLE, ("code", "a" + "+a" * 20_000), SOURCES], "cell 2: is nested too deep"),
        ([TITLE, ("code", 'show_brief("a", "It doubled")'), SOURCES], "cell 2: types doubled in"),
        ([TITLE, ("code", 'show_key_figures({"In 2011": x})'), SOURCES], "cell 2: types 2011 in"),
        ([TITLE, ("code", "x\n" * 16), SOURCES], "cell 2: has 16 lines, expected at most 15"),
        ([TITLE, ("code", "%matplotlib inline"), SOURCES], "cell 2: line 1 is not Python"),
        (
            [TITLE, ("code", 'figure("core-resource")'), SOURCES],
            "cell 2: no figure 'core-resource'; the closest are core-resources-2011",
        ),
    ],
)
def test_each_breach_is_told_with_its_cell(
    tmp_path: Path, cells: list[tuple[str, str]], told: str
) -> None:
    [fault] = rules.breaches(notebook(tmp_path / "11-donors.ipynb", *cells))
    assert told in fault


def test_all_that_is_not_translated_is_told_at_once_with_its_row(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(language, "LOCALES", tmp_path)
    language.catalog_path("fr").parent.mkdir(parents=True)
    entries = ['msgid "# Donors"\nmsgstr "# Donateurs"', 'msgid "Who gives."\nmsgstr ""']
    language.catalog_path("fr").write_text("\n\n".join(entries) + "\n", encoding="utf-8")
    code = 'say("Who gives.")\nsay("{n} gave.", n=n)\nshow_chart(fig, "Most", frame)'
    path = notebook(tmp_path / "11-donors.ipynb", TITLE, ("code", code), SOURCES)
    language.catalog.cache_clear()
    assert list(rules.untranslated(path, "en")) == []
    assert list(rules.untranslated(path, "fr")) == [
        "11-donors.ipynb, cell 2: 'Who gives.' is not translated: fr, notebooks.po, row 4, "
        "expected a translation there",
        "11-donors.ipynb, cell 2: '{n} gave.' is not translated: fr, notebooks.po, "
        "`make messages` adds it",
        "11-donors.ipynb, cell 2: 'Most' is not translated: fr, notebooks.po, "
        "`make messages` adds it",
    ]


def test_a_notebook_that_takes_the_place_of_another_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As a copy does that was named like a briefing."""
    monkeypatch.setattr(navigation, "NOTEBOOKS", tmp_path)
    first = notebook(tmp_path / "11-donors.ipynb", TITLE)
    second = notebook(tmp_path / "11-donors-old.ipynb", TITLE)
    told = "11-donors-old.ipynb: has the number of 11-donors.ipynb, expected its own"
    assert list(rules.breaches(first)) == []
    assert [fault.partition(":")[0] for fault in rules.breaches(second)] == ["11-donors-old.ipynb"]
    assert next(rules.breaches(second)).startswith(told)


@pytest.mark.parametrize(
    ("stem", "is_briefing"),
    [
        ("11-donors", True),
        ("11-new-donors", True),
        ("04-funding-Copy1", False),
        ("Untitled", False),
        ("1-donors", False),
        ("11_donors", False),
    ],
)
def test_only_notebooks_named_by_number_and_theme_are_briefings(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, stem: str, is_briefing: bool
) -> None:
    monkeypatch.setattr(navigation, "NOTEBOOKS", tmp_path)
    notebook(tmp_path / f"{stem}.ipynb", TITLE)
    assert bool(navigation.paths()) == is_briefing


def test_what_looks_like_a_briefing_and_is_none_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(navigation, "NOTEBOOKS", tmp_path)
    for folder in ("fr", "old", ".ipynb_checkpoints"):
        (tmp_path / folder).mkdir()
    ignored = ["old/04-funding", ".ipynb_checkpoints/04-funding-checkpoint"]
    ignored += [
        "04-funding",
        "04-funding-Copy1",
        "04-funding (1)",
        "Untitled",
        "2012 notes",
        "1-budget",
    ]
    told = ["04-Funding", "11-budget2", "11_budget", "fr/04-funding"]
    for stem in [*ignored, *told]:
        notebook(tmp_path / f"{stem}.ipynb", TITLE)
    notebook(tmp_path / "05-staff.IPYNB", TITLE)
    found = [fault.partition(":")[0] for fault in rules.misplaced()]
    assert found == [
        *(f"notebooks/{name}.ipynb" for name in told[:1]),
        "notebooks/05-staff.IPYNB",
        *(f"notebooks/{name}.ipynb" for name in told[1:3]),
        "notebooks/fr",
    ]


@pytest.mark.parametrize(
    ("figure_id", "changed", "told"),
    [
        ("core-resources-2011", {"value": 125.1e6}, []),  # within the range of what it must equal
        (
            "core-resources-2011",  # a reading adopted of another figure would not mend it
            dict.fromkeys(("value", "lower", "upper"), 140e6),
            [
                "data/relations.csv, row 48, column expression: 'growth([core-resources-2011], "
                "[core-resources-2011] - [core-increase-2011]) = [core-increase-rate-2011]' is "
                "stated, and figures contradict it, expected figures that agree, or a reading in "
                "figure_errata.csv"
            ],
        ),
        (
            "csw-ngos",
            {"printed": "434个非政府组织"},
            [
                "data/numerals.csv, row 135, column printed: '435个' is not in '434个非政府组织' "
                "(data/figures.csv, row 21, column printed: csw-ngos), expected one form in both"
            ],
        ),
    ],
)
def test_what_changed_figures_contradict_and_no_reading_mends_is_told(
    monkeypatch: pytest.MonkeyPatch, figure_id: str, changed: dict, told: list[str]
) -> None:
    figures = tables.rows("figures")
    monkeypatch.setitem(figures, figure_id, figures[figure_id] | changed)
    assert list(audit.faults()) == told
