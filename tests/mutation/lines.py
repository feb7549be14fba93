"""Mutants of the package: one comparison, operator, number, condition or result of a line."""

import ast
import random
from collections.abc import Iterator
from pathlib import Path

from mutation.mutant import Mutant

# What decides what is said; what lays pages, slides and sheets out is tested by looking at them.
MODULES = ["sources/tables", "sources/printed", "sources/source"]
MODULES += ["core/expression", "core/quantity", "core/audit", "core/language", "core/amounts"]
MODULES += ["core/sentences", "notebook/blocks", "notebook/canvas", "notebook/charts"]
MODULES += ["notebook/diagrams", "notebook/grids", "notebook/honesty", "notebook/lookup"]
MODULES += ["notebook/navigation", "notebook/outputs", "publish/document"]
MODULES += ["publish/editions", "publish/freshness"]
COMPARISONS = {"==": "!=", "!=": "==", "<": "<=", "<=": "<", ">": ">=", ">=": ">"}
COMPARISONS |= {"in": "not in", "not in": "in", "is": "is not", "is not": "is"}
OPERATORS = {"+": "-", "-": "+", "*": "/", "/": "*", "%": "*", "and": "or", "or": "and"}


def mutants(root: Path, chance: random.Random, of_each: int) -> Iterator[Mutant]:
    """A random sample of each kind."""
    found: dict[str, list[Mutant]] = {}
    for name in MODULES:
        for mutant in _of_module(root, f"briefing/{name}.py"):
            found.setdefault(mutant.kind, []).append(mutant)
    for kind in found.values():
        yield from chance.sample(kind, of_each)


def _of_module(root: Path, path: str) -> Iterator[Mutant]:
    """Each change that stays on one line."""
    source = (root / path).read_text(encoding="utf-8")
    lines, tree = source.splitlines(keepends=True), ast.parse(source)
    said = {part for node in ast.walk(tree) for part in _not_run(node)}
    for node in ast.walk(tree):
        for kind, part, new in _changes(node):
            if part.lineno == part.end_lineno and part not in said:
                old = lines[part.lineno - 1]
                raw = old.encode()  # columns count bytes
                line = raw[: part.col_offset] + new.encode() + raw[part.end_col_offset :]
                yield Mutant(kind, path, part.lineno - 1, old, line.decode())


def _not_run(node: ast.AST) -> Iterator[ast.AST]:
    """Docstrings, and pieces of f-strings, whose columns Python does not tell."""
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
        yield node.value
    if isinstance(node, ast.JoinedStr):
        yield from (part for part in ast.walk(node) if part is not node)


def _changes(node: ast.AST) -> Iterator[tuple[str, ast.AST, str]]:
    """Kind, part replaced and its new text for each change of a node."""
    if isinstance(node, ast.Compare) and len(node.ops) == 1:
        sign = ast.unparse(ast.Compare(ast.Name(""), node.ops, [ast.Name("")])).strip()
        new = f"{ast.unparse(node.left)} {COMPARISONS[sign]} {ast.unparse(node.comparators[0])}"
        yield "comparison flipped", node, new
    elif isinstance(node, ast.BinOp | ast.BoolOp):
        yield from _swapped(node)
    elif isinstance(node, ast.If | ast.IfExp):
        yield "condition negated", node.test, f"not ({ast.unparse(node.test)})"
    elif isinstance(node, ast.Return) and node.value:
        yield "nothing returned", node, "return None"
    elif isinstance(node, ast.Constant) and type(node.value) is int:
        yield "number off by one", node, str(node.value + 1)
    elif isinstance(node, ast.Constant) and type(node.value) is str and len(node.value) > 1:
        yield "string changed", node, repr(node.value[:-1])


def _swapped(node: ast.BinOp | ast.BoolOp) -> Iterator[tuple[str, ast.AST, str]]:
    sides = node.values if isinstance(node, ast.BoolOp) else [node.left, node.right]
    signs = {ast.And: "and", ast.Or: "or", ast.Add: "+", ast.Sub: "-", ast.Mult: "*"}
    sign = (signs | {ast.Div: "/", ast.Mod: "%"}).get(type(node.op))
    if sign:
        new = f" {OPERATORS[sign]} ".join(f"({ast.unparse(side)})" for side in sides)
        yield "operator swapped", node, f"({new})"
