"""Mutants of data/: one cell of one row changed, or one row dropped, doubled or moved."""

import csv
import io
import json
import random
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from mutation.mutant import Mutant

CHINESE_DIGITS = "一两二三四五六七八九十百千"
DIGIT = re.compile(f"[0-9{CHINESE_DIGITS}]")
QUALIFIERS = re.compile("大约|约|近|至少|多|以上|或更多|或更高|数(?=[十百千])")
BASE = re.compile("[万亿]")
# What no other part of the project says again: statements about a text that stands outside of it.
OF_THE_TEXT = {"characters", "sha256"}
WORD, WORDS = "word of a list", 300  # such as a role or a kind: so many of them are tried
BOUNDS = {"lower", "upper", "lower_adopted", "upper_adopted"}
Row = list[str]


def mutants(root: Path, chance: random.Random) -> Iterator[Mutant]:
    """Every mutant of every table, in the order of the descriptor; words of lists only sampled."""
    found = [*_of_tables(root, chance)]
    words = [mutant for mutant in found if mutant.kind == WORD]
    sample = set(chance.sample(words, WORDS))
    yield from (mutant for mutant in found if mutant.kind != WORD or mutant in sample)


def _of_tables(root: Path, chance: random.Random) -> Iterator[Mutant]:
    descriptor = json.loads((root / "data/datapackage.json").read_text(encoding="utf-8"))
    # The words of the draft check are no data of the report: its sentences alone are of them.
    tables = {r["name"]: r for r in descriptor["resources"] if r["name"] != "wordings"}
    paragraphs = [row[0] for row in read(root / "data/paragraphs.csv")[1:]]
    for resource in tables.values():
        path = f"data/{resource['path']}"
        rows = read(root / path)
        for line, row in enumerate(rows[1:], start=1):
            yield Mutant("row dropped", path, line, write(row), "")
            yield Mutant("row doubled", path, line, write(row), write(row) + write(row))
            for column, field in enumerate(resource["schema"]["fields"]):
                for kind, cell in _cells(resource, field, rows, line, column, paragraphs, chance):
                    new = [*row[:column], cell, *row[column + 1 :]]
                    yield Mutant(kind, path, line, write(row), write(new))


def read(path: Path) -> list[Row]:
    """The rows of a table, its header first; each stands on one line."""
    return list(csv.reader(io.StringIO(path.read_text(encoding="utf-8"), newline="")))


def write(row: Row) -> str:
    """A row as its line."""
    buffer = io.StringIO(newline="")
    csv.writer(buffer, lineterminator="\n").writerow(row)
    return buffer.getvalue()


def _cells(
    resource: dict[str, Any],
    field: dict[str, Any],
    rows: list[Row],
    line: int,
    column: int,
    paragraphs: list[str],
    chance: random.Random,
) -> Iterator[tuple[str, str]]:
    """The kind and the new content of each mutant of a cell."""
    name, cell = field["name"], rows[line][column]
    schema = resource["schema"]
    targets = {f["fields"][0]: f["reference"]["resource"] for f in schema.get("foreignKeys", [])}
    values = field.get("constraints", {}).get("enum")
    if name in OF_THE_TEXT:
        return
    if field["type"] == "integer":
        for new in _digits(cell, chance):
            yield "order", new
    elif field["type"] == "number":
        for new in _numbers(cell, chance):
            yield "bound" if name in BOUNDS else "value", new
    elif name == "printed":
        for new in _printed(cell, chance):
            yield "printed form", new
    elif name == "period":
        for new in _periods(cell, chance):
            yield "period", new
    elif name == "paragraph_id" and "paragraph_id" in targets:
        place = paragraphs.index(cell)
        near = [p for p in (place - 1, place + 1) if 0 <= p < len(paragraphs)]
        yield "neighbour's paragraph", paragraphs[chance.choice(near)]
    elif values:
        kind = "qualifier" if name == "qualifier" else WORD
        yield kind, values[(values.index(cell) + 1) % len(values)] if cell else values[0]
    elif name in targets and cell:
        yield "unit" if name == "unit_id" else "reference", _neighbour(rows, line, column)
    elif name == schema["primaryKey"][0]:
        yield "key", cell[:-1]


def _numbers(cell: str, chance: random.Random) -> Iterator[str]:
    """A digit changed, digits swapped, the sign, a factor of ten, nothing, for a number."""
    if not cell:
        yield "1"
        return
    yield from _digits(cell, chance)
    yield f"-{cell}"
    yield f"{float(cell) * 10:.15g}"
    yield ""


def _digits(text: str, chance: random.Random) -> Iterator[str]:
    """A digit, Arabic or Chinese, replaced by the next one; two neighbours swapped."""
    places = [match.start() for match in DIGIT.finditer(text)]
    if places:
        place = chance.choice(places)
        digits = "0123456789" if text[place].isascii() else CHINESE_DIGITS
        new = digits[(digits.index(text[place]) + 1) % len(digits)]
        yield text[:place] + new + text[place + 1 :]
    pairs = [p for p in places if p + 1 in places and text[p] != text[p + 1]]
    if pairs:
        place = chance.choice(pairs)
        yield text[:place] + text[place + 1] + text[place] + text[place + 2 :]


def _printed(cell: str, chance: random.Random) -> Iterator[str]:
    yield from _digits(cell, chance)
    for found in BASE.finditer(cell):
        other = "亿" if found[0] == "万" else "万"
        yield cell[: found.start()] + other + cell[found.end() :]
    for found in QUALIFIERS.finditer(cell):
        yield cell[: found.start()] + cell[found.end() :]
    yield cell[:-1]


def _periods(cell: str, chance: random.Random) -> Iterator[str]:
    """A digit changed, digits swapped, a part less, another year, none or one."""
    if not cell:
        yield "2011"
        return
    yield from _digits(cell, chance)
    yield ""
    shorter = re.sub("[-/][0-9]+$", "", cell)
    if shorter != cell:
        yield shorter
    for year, other in (("2011", "2012"), ("2012", "2011")):
        if year in cell:
            yield cell.replace(year, other)


def _neighbour(rows: list[Row], line: int, column: int) -> str:
    """The nearest other content of a column, from the rows below, then above."""
    for row in [*rows[line + 1 :], *rows[line - 1 : 0 : -1]]:
        if row[column] not in ("", rows[line][column]):
            return row[column]
    return ""
