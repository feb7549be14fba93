"""Mutants of what is shown: labels, translations, templates of alt texts, and what charts draw."""

import random
import re
from collections.abc import Iterator
from pathlib import Path

from mutation import rows
from mutation.mutant import Mutant

LABELS = re.compile("(label|name|title|topic|definition|statement|reason)_(en|zh)")
CALL = r"briefing\.(?:bars|stacked|bridge|dots|spans|matrix|links|tiles)\([\w\[\]]+, "
# What is exchanged in a line of a notebook's code, each by its kind.
IN_CODE = [
    ("order of rows", rf"({CALL}\w+)", r"\1[::-1]"),
    ("row left out", rf"({CALL}\w+)", r"\1[1:]"),
    ("form of a chart", r"briefing\.(stacked|dots|spans|bridge)\(ax", "briefing.bars(ax"),
    ("columns of a chart", rf"({CALL}\w+, )([\w\\\"]+), ([\w\\\"]+)(?=[,)])", r"\1\3, \2"),
    ("region of a tile", r"(where: found\[\\\"region\\\"\])", r"\1.shift(1).bfill()"),
    ("form of a chart", r"briefing\.bars\(ax", "briefing.dots(ax"),
    ("look of marks", r"(looks ?=.*?)\\\"(?:fact|comparison|unknown)\\\"", r'\1\\"doubt\\"'),
    ("chart not drawn", rf"{CALL}.*\)", "pass"),
    ("label of a chart", r"(words\(\\\"\w+)", r"\1 more"),
    ("alt-text template", r"(title = say\(f?\\\"\w+)", r"\1 not"),
]


def mutants(root: Path, chance: random.Random, of_each: int) -> Iterator[Mutant]:
    """A sample of each kind."""
    found: dict[str, list[Mutant]] = {}
    for mutant in [*_labels(root), *_translations(root, chance), *_code(root)]:
        found.setdefault(mutant.kind, []).append(mutant)
    for kind in found.values():
        yield from chance.sample(kind, min(of_each, len(kind)))


def _labels(root: Path) -> Iterator[Mutant]:
    """A label in data/ without its last character."""
    for path in sorted((root / "data").glob("*.csv")):
        header, *table = rows.read(path)
        for line, row in enumerate(table, start=1):
            for column, name in enumerate(header):
                found = LABELS.fullmatch(name)
                if found and row[column]:
                    new = [*row[:column], row[column][:-1], *row[column + 1 :]]
                    kind = f"label in data, {found[2]}"
                    yield Mutant(kind, f"data/{path.name}", line, rows.write(row), rows.write(new))


def _translations(root: Path, chance: random.Random) -> Iterator[Mutant]:
    """A translation without one of its Chinese characters."""
    path = "locale/zh/LC_MESSAGES/notebooks.po"
    for line, old in enumerate((root / path).read_text(encoding="utf-8").splitlines(True)):
        places = [match.start() for match in re.finditer("[\u4e00-\u9fff]", old)]
        if places and not old.startswith("msgid"):
            place = chance.choice(places)
            yield Mutant("translation", path, line, old, old[:place] + old[place + 1 :])


def _code(root: Path) -> Iterator[Mutant]:
    for path in sorted((root / "notebooks").glob("*.ipynb")):
        name, in_source = f"notebooks/{path.name}", False
        for line, old in enumerate(path.read_text(encoding="utf-8").splitlines(keepends=True)):
            in_source = old.strip() == '"source": [' or (in_source and old.strip() != "]")
            for kind, pattern, replacement in IN_CODE if in_source else []:
                new = re.sub(pattern, replacement, old, count=1)
                if new != old:
                    yield Mutant(kind, name, line, old, new)
