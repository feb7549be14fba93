"""Mutants of relations.csv: each part of each relation's expression changed in turn."""

import random
import re
from collections.abc import Iterator
from pathlib import Path

from mutation import rows
from mutation.mutant import Mutant

COLUMN = 1  # of the expression
FIGURE = re.compile(r"(?<=\[)[a-z0-9-]+(?=\])")
EVENT = re.compile(r"(?:(?<=start\()|(?<=end\())[a-z0-9-]+(?=\))")
NUMBER = re.compile(r"(?<![\w.\[/-])[0-9]+(?:\.[0-9]+)?(?![\w.\]/-])")
SIGNS = {" = ": " < ", " <= ": " = ", " < ": " = "}
OPERATORS = {" + ": " - ", " - ": " + ", " * ": " / ", " / ": " * "}
WORDS = {"start(": "end(", "end(": "start(", "growth(": "share(", "least(": "number("}
FILTER = re.compile(r", \w+=[^,()]+")


def mutants(root: Path, chance: random.Random) -> Iterator[Mutant]:
    """Signs, operators, names, numbers and filters changed, and sides swapped."""
    path = "data/relations.csv"
    known = {
        FIGURE: [row[0] for row in rows.read(root / "data/figures.csv")[1:]],
        EVENT: [row[0] for row in rows.read(root / "data/events.csv")[1:]],
    }
    for line, row in enumerate(rows.read(root / path)):
        if line:
            for expression in _changed(row[COLUMN], known, chance):
                new = [*row[:COLUMN], expression, *row[COLUMN + 1 :]]
                yield Mutant("expression", path, line, rows.write(row), rows.write(new))


def _changed(
    expression: str, known: dict[re.Pattern, list[str]], chance: random.Random
) -> Iterator[str]:
    for exchange in (SIGNS, OPERATORS, WORDS):
        for old, new in exchange.items():
            for found in re.finditer(re.escape(old), expression):
                yield _at(expression, found, new)
    for pattern, names in known.items():
        for found in pattern.finditer(expression):
            yield _at(expression, found, chance.choice([n for n in names if n != found[0]]))
    for found in NUMBER.finditer(expression):
        yield _at(expression, found, f"{float(found[0]) + 1:g}")
    for found in FILTER.finditer(expression):
        yield _at(expression, found, "")
    left, sign, right = re.split(" (=|<=|<) ", expression)
    if sign != "=":
        yield f"{right} {sign} {left}"


def _at(expression: str, found: re.Match, new: str) -> str:
    return expression[: found.start()] + new + expression[found.end() :]
