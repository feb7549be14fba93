"""Every bad input of the catalogue gives the sentence that stands there, and no traceback."""

import csv
import json
import re
import shlex
from collections.abc import Callable
from pathlib import Path

import pytest
from bad_inputs import LANGUAGE
from catalogue import CASES, PAGE, Case, page

from briefing import __main__
from briefing.core import audit, language
from briefing.core.quantity import UnitError
from briefing.notebook.canvas import ChartError
from briefing.publish import editions
from briefing.publish.editions import NotebookError
from briefing.sources import tables

FEWEST = 40
Tell = Callable[[Case, Path, pytest.MonkeyPatch, pytest.CaptureFixture], str]


def told_of_table(case: Case, data: Path, *_: object) -> str:
    csv.field_size_limit(131072)  # its default, which frictionless raises for the whole process
    path = data / "figures.csv"
    path.write_bytes(case.made(path.read_text(encoding="utf-8")))
    with pytest.raises(tables.DataError) as caught:
        tables.load(data)
    assert str(caught.value) == "\n".join(caught.value.faults)
    return str(caught.value)


def told_of_descriptor(case: Case, data: Path, *_: object) -> str:
    path = data / "datapackage.json"
    if callable(case.made):
        changed = json.loads(path.read_text(encoding="utf-8"))
        case.made(changed)
        path.write_text(json.dumps(changed), encoding="utf-8")
    elif case.made is None:
        path.unlink()
    else:
        path.write_bytes(case.made)
    with pytest.raises(tables.DataError) as caught:
        tables.load(data)
    return str(caught.value)


def told_of_report(
    case: Case, data: Path, _: pytest.MonkeyPatch, capsys: pytest.CaptureFixture
) -> str:
    report = data / "report.txt"
    if case.made is not None:
        report.write_bytes(case.made)
    return told_of_arguments(["verify", str(report)], data, capsys)


def told_of_catalog(case: Case, data: Path, monkeypatch: pytest.MonkeyPatch, *_: object) -> str:
    raw = language.catalog_path(LANGUAGE).read_bytes()
    old, new = case.made
    assert old in raw
    monkeypatch.setattr(language, "LOCALES", data)
    path = language.catalog_path(LANGUAGE)
    path.parent.mkdir(parents=True)
    path.write_bytes(raw.replace(old, new, 1))
    with pytest.raises(language.LanguageError) as caught:
        language.read_catalog(LANGUAGE)
    return str(caught.value)


def told_of_relation(case: Case, *_: object) -> str:
    with pytest.raises(audit.RelationError) as caught:
        audit.verdict(case.made)
    return str(caught.value)


def told_of_command(
    case: Case, data: Path, _: pytest.MonkeyPatch, capsys: pytest.CaptureFixture
) -> str:
    words = [str(data) if word == "FOLDER" else word for word in shlex.split(case.made)]
    return told_of_arguments(words, data, capsys)


def told_of_arguments(arguments: list[str], data: Path, capsys: pytest.CaptureFixture) -> str:
    try:
        assert __main__.main(arguments) == 1
    except SystemExit as ended:  # argparse tells itself how a command is called
        assert ended.code == 2
    said = capsys.readouterr().err.replace(f"{data / 'report.txt'}", "REPORT")
    said = said.replace(str(data), "FOLDER")
    return said.rpartition("error: ")[2].strip()


def told_of_name(case: Case, *_: object) -> str:
    with pytest.raises((LookupError, TypeError, ValueError)) as caught:
        case.made()
    return caught.value.args[0]


def told_of_book(case: Case, data: Path, *_: object) -> str:
    path = data / "11-mine.ipynb"
    path.write_bytes(case.made)
    with pytest.raises(NotebookError) as caught:
        editions.read(path)
    return str(caught.value).removeprefix("data/11-mine.ipynb")


def told_of_chart(case: Case, *_: object) -> str:
    with pytest.raises((ChartError, UnitError)) as caught:
        case.made()
    return str(caught.value)


def told_of_cell(case: Case, *_: object) -> str:
    with pytest.raises(NotebookError) as caught:
        case.made()
    return str(caught.value)


TELL: dict[str, Tell] = {
    "A table": told_of_table,
    "The descriptor": told_of_descriptor,
    "A text of the report": told_of_report,
    "A PO file": told_of_catalog,
    "A relation": told_of_relation,
    "The command line": told_of_command,
    "A name in a notebook": told_of_name,
    "A notebook": told_of_book,
    "A chart": told_of_chart,
    "A cell of a notebook": told_of_cell,
}


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.kind}: {case.name}")
def test_a_bad_input_is_told_in_the_sentence_of_the_catalogue(
    case: Case, data: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture
) -> None:
    told = TELL[case.kind](case, data, monkeypatch, capsys)
    assert re.sub(r"\brow [0-9]+", "row N", told) == case.told


def test_the_page_is_current() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "run: .venv/bin/python tests/catalogue.py"


def test_the_catalogue_is_large_and_names_what_was_expected() -> None:
    assert len(CASES) >= FEWEST
    assert len({(case.kind, case.name) for case in CASES}) == len(CASES)
    told_what = "expected|required|choose from|the closest|the units differ|unrecognized"
    told_what += "|adds up to|its title|no row of the data|of its row is|not in its row"  # a chart
    assert [case.told for case in CASES if not re.search(told_what, case.told)] == []
