"""Every edition says the same as the English one, whole and in its own language."""

import io
import json
import os
import re
import shutil
import string
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import nbformat
import pytest
from babel.messages.catalog import Message
from babel.messages.pofile import read_po, write_po
from fontTools.ttLib import TTFont

from briefing.core import language
from briefing.core.language import ENGLISH, languages
from briefing.notebook import navigation
from briefing.notebook.blocks import MIME
from briefing.notebook.house import FONT
from briefing.publish import editions
from briefing.sources import tables

OTHERS = [name for name in languages() if name != ENGLISH]
each = pytest.mark.parametrize("name", OTHERS)
every = pytest.mark.parametrize(
    ("book", "name"), [(path.stem, name) for name in OTHERS for path in navigation.paths()]
)
# What may stand in Latin letters within Chinese: names that have no Chinese form, symbols, units.
LATIN_SENTENCE = re.compile(r"[A-Za-z]{2,}(?:[ ,;]+[A-Za-z]{2,}){3,}")
CODE, SPOKEN = ("pre", "script", "style"), ("alt", "aria-label", "placeholder", "title")


def messages(name: str) -> list[Message]:
    with language.catalog_path(name).open("rb") as file:
        return [message for message in read_po(file, name) if message.id]


def fields(text: str) -> list[str]:
    found = string.Formatter().parse(text)
    return sorted(f"{field}:{form}" for _, field, form, _ in found if field)


def outputs(book: str, name: str, kind: str) -> list[Any]:
    """All outputs of a kind, in order."""
    stored = nbformat.read(editions.folder(name) / f"{book}.ipynb", as_version=4)
    cells = [cell for cell in stored.cells if cell.cell_type == "code"]
    return [output["data"][kind] for c in cells for output in c.outputs if kind in output["data"]]


@each
def test_every_message_is_translated_and_none_is_fuzzy(name: str) -> None:
    lacking = [m.id for m in messages(name) if m.fuzzy or not m.string]
    assert lacking == []


@each
def test_placeholders_are_the_same_on_both_sides(name: str) -> None:
    for message in messages(name):
        assert fields(message.id) == fields(message.string), message.id


@each
def test_markdown_has_the_same_structure_on_both_sides(name: str) -> None:
    for message in messages(name):
        marks = [
            re.findall(r"^(#+|-) |\]\([^)]*\)|`[^`]*`", text, re.MULTILINE)
            for text in (message.id, message.string)
        ]
        assert marks[0] == marks[1], message.id


@every
def test_the_same_quantities_stand_in_the_same_places(book: str, name: str) -> None:
    """In a sentence their order may be another one, as Chinese names the whole before its part."""
    mine, english = (outputs(book, edition, MIME) for edition in (name, ENGLISH))
    assert [block["kind"] for block in mine] == [block["kind"] for block in english]
    for here, there in zip(mine, english, strict=True):
        assert sorted(quantities(here)) == sorted(quantities(there))
        cells = [
            [[list(quantities(cell)) for cell in row] for row in block.get("rows", [])]
            for block in (here, there)
        ]
        assert cells[0] == cells[1]


def quantities(content: Any) -> Iterator[tuple[str, list[str], bool]]:
    """What each number within a block is made of: its origin, its figures, whether it is marked."""
    if isinstance(content, dict) and "said" in content:
        yield content["origin"], content["figures"], bool(content["doubts"])
    elif isinstance(content, dict | list):
        for part in content.values() if isinstance(content, dict) else content:
            yield from quantities(part)


@every
def test_the_same_charts_are_drawn(book: str, name: str) -> None:
    """The shapes agree in number; what is drawn of words, or clears a line under them, may not."""
    mine, english = (outputs(book, edition, "image/svg+xml") for edition in (name, ENGLISH))
    shape = re.compile('<(?:path|use) (?![^>]*style="fill: #ffffff"/)')
    shapes = [[len(shape.findall(svg)) for svg in svgs] for svgs in (mine, english)]
    assert shapes[0] == shapes[1] and all(shapes[0])


@every
def test_the_code_is_the_same(book: str, name: str) -> None:
    """But for the way to data/, which is longer from an edition's own folder."""
    paths = [editions.folder(edition) / f"{book}.ipynb" for edition in (name, ENGLISH)]
    texts = [path.read_text(encoding="utf-8") for path in paths]
    texts[0] = texts[0].replace('"../../data/', '"../data/')
    mine, english = (json.loads(text)["cells"] for text in texts)
    for here, there in zip(mine, english, strict=True):
        assert here["cell_type"] == there["cell_type"]
        if here["cell_type"] == "code":
            assert here["source"] == there["source"]


@every
def test_no_latin_sentence_is_left_and_no_glyph_missing(book: str, name: str) -> None:
    stored = nbformat.read(editions.folder(name) / f"{book}.ipynb", as_version=4)
    prose = [cell.source for cell in stored.cells if cell.cell_type == "markdown"]
    shown = "\n".join([*prose, *outputs(book, name, "text/plain")])
    if name == "zh":
        names = sorted(set(tables.shared()["actors"]["name_en"]), key=len, reverse=True)
        kept = re.compile("|".join(map(re.escape, names)))
        assert LATIN_SENTENCE.findall(kept.sub("", shown)) == []
    assert {c for c in shown if ord(c) > 32 and ord(c) not in glyphs()} == set()


@cache
def glyphs() -> dict[int, str]:
    return TTFont(FONT).getBestCmap()


@pytest.fixture
def pseudo(tmp_path: Path) -> Path:
    """A copy of the project with a further language, made of the English with marks around it."""
    for part in ("briefing", "data", "notebooks", "locale"):
        shutil.copytree(tables.ROOT / part, tmp_path / part)
    shutil.copy(tables.ROOT / "requirements.txt", tmp_path)
    said = {message.id: [] for message in messages(OTHERS[0])}
    target = tmp_path / "locale" / "fr" / "LC_MESSAGES" / "notebooks.po"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(language, "LOCALES", tmp_path / "locale")
        assert editions.update_catalog("fr", said) > len(said), "labels of data/ are to be said too"
    with target.open("rb") as file:
        catalog = read_po(file, "fr")
    for message in catalog:
        if message.id:
            head, sign, rest = re.match(r"(#* ?)()(.*)", message.id, re.DOTALL).groups()
            message.string = f"{head}{sign}«{rest}»"
    buffer = io.BytesIO()
    write_po(buffer, catalog)
    target.write_bytes(buffer.getvalue())
    return tmp_path


RUN = """
from briefing.core import language
from briefing.notebook import navigation
from briefing.publish import editions, settings
assert language.languages() == ["en", "fr", "zh"]
path = navigation.NOTEBOOKS / "04-funding.ipynb"
with settings.set_aside():
    editions.store(editions.execute(path, ["fr"])["fr"], editions.folder("fr") / path.name)
"""


def test_a_further_language_is_a_po_file_and_no_change_to_a_notebook(pseudo: Path) -> None:
    before = {path: path.read_bytes() for path in pseudo.glob("notebooks/*.ipynb")}
    environment = os.environ | {"PYTHONPATH": str(pseudo)}
    subprocess.run([sys.executable, "-c", RUN], cwd=pseudo, env=environment, check=True)
    assert {path: path.read_bytes() for path in before} == before
    stored = nbformat.read(pseudo / "notebooks" / "fr" / "04-funding.ipynb", as_version=4)
    assert stored.cells[0].source.startswith("# «")
    said = [o["data"]["text/plain"] for c in stored.cells for o in c.get("outputs", [])]
    assert said
    assert all("«" in words for words in said)
    assert any("125 millions" in words for words in said), "numbers are said as CLDR has them"


class Page(HTMLParser):
    """What a page says, in words and in attributes, outside of code."""

    def __init__(self) -> None:
        super().__init__()
        self.said: set[str] = set()
        self.in_code = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.in_code += tag in CODE
        self.said |= {value.strip() for name, value in attrs if value and name in SPOKEN}

    def handle_endtag(self, tag: str) -> None:
        self.in_code -= tag in CODE

    def handle_data(self, data: str) -> None:
        if not self.in_code:
            self.said.add(data.strip())


@each
@pytest.mark.parametrize("book", [*(path.stem for path in navigation.paths()), "index"])
def test_no_english_message_stands_on_a_page(site: Path, book: str, name: str) -> None:
    """What a page says beside its notebook is translated, too; its code stays as it is."""
    page = Page()
    page.feed((site / name / f"{book}.html").read_text(encoding="utf-8"))
    english = {m.id for m in messages(name) if m.id != m.string and "{" not in m.id}
    assert len(page.said) > 20
    assert english & page.said == set()
