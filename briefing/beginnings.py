"""How a collection on another report begins: what its text gives, and what is left to a person.

The new folder gets a copy of this package, byte for byte. So it runs by itself, its stored outputs
are those of the code beside them, and nothing but its data/ knows which report it is about.
"""

import csv
import io
import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from briefing import editions, files, source, tables

TO_WRITE = "to be written"  # stands wherever a person has to write something
COPIED = [
    *("briefing", "CONTRIBUTING.md", "LICENSE", "Makefile", "environment.yml", "pyproject.toml"),
    *("postBuild", "requirements.txt", "tests/test_data.py", ".editorconfig", ".gitattributes"),
    *(".gitignore", ".pre-commit-config.yaml"),
]
SKELETON = Path(__file__).resolve().parent / "templates" / "collection" / "00-overview.ipynb"
OWN_WORDS = {"theme", "function"}  # columns whose words each collection chooses for itself
WORD = "[a-z]+(?:_[a-z]+)*"
Row = dict[str, Any]


class FolderError(ValueError):
    """A new collection cannot be begun in the folder named."""


def begin(text: str, folder: Path) -> dict[str, int]:
    """Begin a collection on the report whose text is given; returns what its tables hold.

    Raises FolderError where the folder holds something or cannot be written, SourceError where the
    text has no paragraphs or no headings.
    """
    rows, symbol = _rows(text), source.symbol(text) or TO_WRITE
    folder = folder.resolve()
    new = files.temporary(folder)
    try:
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise FolderError(f"{folder}: holds something already, expected an empty folder")
        begun = _begin(new, symbol, rows)
        if folder.exists():
            folder.rmdir()
        new.rename(folder)
    except OSError as error:
        why = error.strerror or "not all of the package could be copied"
        raise FolderError(f"{folder}: cannot be written ({why})") from None
    finally:
        shutil.rmtree(new, ignore_errors=True)
    return {name: len(table) for name, table in begun.items() if len(table)}


def _begin(folder: Path, symbol: str, rows: dict[str, list[Row]]) -> tables.Tables:
    """Write all of a collection into a folder, not yet in its place; returns its tables."""
    data = folder / "data"
    for name, content in _files(_descriptor(symbol), rows):
        _write(data / name, content)
    _write(data / "README.md", tables.codebook(_rules(symbol), data))
    _copy(SKELETON, folder / "notebooks" / SKELETON.name)
    for name in COPIED:
        _copy(editions.ROOT / name, folder / name)
    return tables.load(data)


def unfinished() -> list[str]:
    """What of this collection a person has still to write, a sentence for each file."""
    found = []
    for path in editions.data_files():
        left = path.read_text(encoding="utf-8").count(TO_WRITE)
        if left:
            found.append(f"data/{path.name}: {left} entries are {TO_WRITE}.")
    numerals = tables.shared()["numerals"]
    left = ((numerals["class"] == "figure") & (numerals["figure_id"] == "")).sum()
    if left:
        found.append(f"data/numerals.csv: {left} numerals of the class figure name no figure.")
    figures = tables.shared()["figures"]["figure_id"]
    left = (~figures.isin(editions.claims()["figure_id"])).sum()
    if left:
        found.append(f"data/figures.csv: {left} figures are named in no notebook.")
    return found


def _rows(text: str) -> dict[str, list[Row]]:
    """What a report's text gives of its tables."""
    titles: dict[str, str] = {}
    places: dict[str, str] = {}  # the section of each paragraph
    for line in source.lines(text):
        if line.paragraph_id:
            places.setdefault(line.paragraph_id, line.section_id)
        else:
            words = "".join(line.words.split())
            titles[line.section_id] = titles.get(line.section_id, "") + words
    paragraphs, rules = source.split(text), source.census({})
    outside = [paragraph_id for paragraph_id, section_id in places.items() if not section_id]
    if outside:
        expected = "expected one such as `一. 导言` before it"
        raise source.SourceError(f"paragraph {outside[0]} stands under no heading, {expected}")
    return {
        "sections": [
            {
                "section_id": name,
                "parent_id": name.rpartition(".")[0],
                "order": order,
                "title_en": TO_WRITE,
                "title_zh": title,
            }
            for order, (name, title) in enumerate(titles.items(), start=1)
        ],
        "paragraphs": [
            {
                "paragraph_id": paragraph.paragraph_id,
                "section_id": places[paragraph.paragraph_id],
                "order": order,
                "topic_en": TO_WRITE,
                "topic_zh": TO_WRITE,
                "characters": len(paragraph.text),
                "sha256": paragraph.sha256,
            }
            for order, paragraph in enumerate(paragraphs, start=1)
        ],
        "numerals": [
            {
                "paragraph_id": numeral.paragraph_id,
                "position": numeral.position,
                "printed": numeral.printed,
                "class": numeral.guess,
            }
            for paragraph in paragraphs
            for numeral in source.numerals(paragraph, rules)
        ],
    }


def _descriptor(symbol: str) -> dict[str, Any]:
    """This collection's schema, with nothing in it of this collection's report."""
    own = tables.descriptor()
    known = symbol != TO_WRITE
    url = f"https://undocs.org/{own['report']['language']}/{symbol}" if known else TO_WRITE
    for resource in own["resources"]:
        for field in resource["schema"]["fields"]:
            if field["name"] in OWN_WORDS:
                field["constraints"] = {"required": True, "pattern": WORD}
    return {
        "$schema": own["$schema"],
        "name": symbol.lower().replace("/", "-") if known else "report",
        "title": f"Figures of the report {symbol}",
        "description": f"Every figure of the report {symbol} in its Chinese version.",
        "version": "0.1.0",
        "licenses": own["licenses"],
        "contributors": [{"title": TO_WRITE, "roles": ["creator"]}],
        "sources": [{"title": f"{symbol}, Chinese version", "path": url}],
        "resources": own["resources"],
        "report": {
            "symbol": symbol,
            "title": TO_WRITE,
            "title_zh": TO_WRITE,
            "year": TO_WRITE,
            "language": own["report"]["language"],
            "url": url,
            "names_with_digits": [],
            "census": {"numerals": [], "guesses": []},
        },
    }


def _files(descriptor: dict[str, Any], rows: dict[str, list[Row]]) -> Iterator[tuple[str, str]]:
    """The descriptor and every table, most of them only a header."""
    yield "datapackage.json", json.dumps(descriptor, ensure_ascii=False, indent=2) + "\n"
    for resource in descriptor["resources"]:
        columns = [field["name"] for field in resource["schema"]["fields"]]
        buffer = io.StringIO(newline="")
        writer = csv.DictWriter(buffer, columns, restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows.get(resource["name"], []))
        yield resource["path"], buffer.getvalue()


def _rules(symbol: str) -> str:
    """The codebook's rules, which hold for every report of this kind."""
    own = (tables.DATA / "README.md").read_text(encoding="utf-8")
    _, heading, rules = own.partition("\n## ")
    return (
        f"# Codebook\n\nEvery figure that the report {symbol} states in its Chinese version.\n"
        f"{heading}{rules}"
    )


def _write(path: Path, content: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content, encoding="utf-8", newline="")


def _copy(here: Path, there: Path) -> None:
    if here.is_dir():
        shutil.copytree(here, there, ignore=shutil.ignore_patterns("__pycache__"))
    elif here.exists():
        there.parent.mkdir(exist_ok=True)
        shutil.copyfile(here, there)
