"""What nbval cannot see: the form of the notebooks, and what it would silently pass over."""

import ast
import json
import re
import string
from functools import cache
from pathlib import Path

import pytest

from briefing.core import language
from briefing.core.language import ENGLISH, languages, read_catalog
from briefing.notebook import navigation
from briefing.notebook.blocks import MIME
from briefing.publish import editions, rules
from briefing.sources import tables

PATHS = navigation.paths()
EDITIONS = [(path, name) for name in languages() for path in PATHS]
NOTEBOOKS = {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in PATHS}
IN_ENGLISH = [("figures", "note"), ("errata", "evidence")]  # which a PO file translates, too
every = pytest.mark.parametrize("name", NOTEBOOKS)


def source(cell: dict) -> str:
    return "".join(cell["source"])


def cells(name: str, kind: str) -> list[dict]:
    return [cell for cell in NOTEBOOKS[name]["cells"] if cell["cell_type"] == kind]


@cache
def not_typed() -> set[str]:
    """What is translated and stands in data/ or in the package, and is typed in no notebook."""
    shared, files = tables.shared(), (tables.ROOT / "briefing").rglob("*.py")
    nodes = [node for file in files for node in ast.walk(ast.parse(file.read_text("utf-8")))]
    words = {node.value for node in nodes if isinstance(node, ast.Constant)}
    return words.union(*(shared[table][column] for table, column in IN_ENGLISH))


def said(name: str) -> list[str]:
    """All words that are typed in a notebook, as the PO file has them."""
    place = f"notebooks/{name}.ipynb"
    found = [message.id for message in read_catalog("zh") if place in dict(message.locations)]
    return [words for words in found if words not in not_typed()]


def prose(template: str) -> str:
    """A template without its fields."""
    return "".join(literal for literal, *_ in string.Formatter().parse(template))


def test_there_are_the_overview_and_the_four_themes() -> None:
    assert {"00-overview", "01-coordination", "02-civil-society"} <= set(NOTEBOOKS)
    assert {"03-knowledge-hub", "04-funding"} <= set(NOTEBOOKS)


@every
def test_every_code_cell_is_executed_in_order(name: str) -> None:
    """nbval does not compare a cell without an execution count."""
    counts = [cell["execution_count"] for cell in cells(name, "code")]
    assert counts == list(range(1, len(counts) + 1))


@every
def test_outputs_are_of_the_kinds_that_are_compared(name: str) -> None:
    """nbval does not compare PNG and metadata; each output has a twin that it does compare."""
    for cell in cells(name, "code"):
        for output in cell["outputs"]:
            assert output["output_type"] in ("display_data", "execute_result"), source(cell)
            assert "text/plain" in output["data"], source(cell)
            is_picture = "image/svg+xml" in output["data"]
            assert set(output["metadata"]) == ({"image/png"} if is_picture else set())
            assert is_picture or MIME in output["data"] or set(output["data"]) == {"text/plain"}
            assert " at 0x" not in json.dumps(output), source(cell)
            pictures = {"image/png", "image/svg+xml"} & set(output["data"])
            assert len(pictures) in (0, 2), source(cell)


@every
def test_nothing_is_hidden_from_the_comparison(name: str) -> None:
    for cell in NOTEBOOKS[name]["cells"]:
        assert cell["metadata"] == {}, "a tag could hide an output from nbval"
        assert "NBVAL" not in source(cell)


@every
def test_no_prose_contains_a_typed_number(name: str) -> None:
    shown = said(name)
    assert len(shown) > 10
    for text in shown:
        assert not rules.NUMBER.search(prose(text)), text


LIMITS = {
    "09-audit": "What the audit does not show",
    "10-explore": "What the figures do not show",
}


@every
def test_the_skeleton(name: str) -> None:
    """What a theme's notebook has beyond the rules that any published notebook keeps."""
    book = NOTEBOOKS[name]["cells"]
    first = source(book[0]).splitlines()
    beginning = "\n".join(map(source, book[1:4]))
    assert first[2:] or "briefing.show_headline(" in beginning, "a finding stands under the title"
    assert "briefing.show_coverage(" in beginning
    headings = re.findall(r"^## (.+)$", "\n".join(map(source, cells(name, "markdown"))), re.M)
    assert headings[-2:] == [LIMITS.get(name, "What the report does not say"), "Sources"]
    assert source(book[-1]) == f'briefing.show_sources()\nbriefing.show_neighbours("{name}")'


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_a_notebook_keeps_the_rules_and_is_translated(path: Path) -> None:
    assert rules.faults([path], languages()) == []


@every
def test_a_notebook_imports_nothing_deeper(name: str) -> None:
    modules = set()
    for cell in cells(name, "code"):
        for node in ast.walk(ast.parse(source(cell))):
            if isinstance(node, ast.Import):
                modules |= {alias.name for alias in node.names}
            if isinstance(node, ast.ImportFrom):
                modules.add(node.module)
    assert modules <= {"briefing", "pandas", "matplotlib.pyplot"}


@every
def test_every_figure_named_exists_and_is_listed_among_the_sources(name: str) -> None:
    blocks = [output["data"][MIME] for output in NOTEBOOKS[name]["cells"][-1]["outputs"]]
    [sources] = [block for block in blocks if block["kind"] == "sources"]
    ids = set(sources["ids"])
    assert ids <= set(tables.shared()["figures"]["figure_id"])
    for cell in cells(name, "code"):
        for figure_id in re.findall(r'figure\(\s*"([^"]+)"', source(cell)):
            assert figure_id in ids, figure_id


@pytest.mark.parametrize(("path", "name"), EDITIONS)
def test_stored_outputs_are_of_the_present_inputs(path: editions.Path, name: str) -> None:
    stored = json.loads((editions.folder(name) / path.name).read_text(encoding="utf-8"))
    assert stored["metadata"]["briefing"]["inputs"]
    assert {key: it for key, it in stored["metadata"].items() if key != "briefing"} == editions.LAB
    assert editions.changed(path, name) == [], "run: make notebooks"


def test_every_figure_is_used_in_a_notebook() -> None:
    unused = set(tables.shared()["figures"]["figure_id"]) - set(navigation.claims()["figure_id"])
    assert not unused


@pytest.mark.parametrize("name", [name for name in languages() if name != ENGLISH])
def test_translators_are_asked_for_what_a_notebook_says(name: str) -> None:
    path = PATHS[4]
    located = {m.id for m in read_catalog(name) if (f"notebooks/{path.name}", None) in m.locations}
    assert set(editions.messages(path)) == located


def test_labels_are_asked_for_where_data_has_no_column_for_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(language, "LOCALES", tmp_path)
    assert editions.update_catalog("zh", {}) == 0
    lacking = editions.update_catalog("fr", {})
    asked = {message.id for message in read_catalog("fr")} - {""}
    assert lacking == len(asked)
    assert set(tables.shared()["units"]["label_en"]) < asked
