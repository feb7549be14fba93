"""Whether the figures satisfy what the report states or implies: relations and their verdicts.

A relation is an expression over figures in square brackets, counts over the tables and days of
events, e.g. `[sessions] = count(events, paragraph_id=28)`. It is parsed, never run: nothing
but the forms below is understood.
"""

import ast
import operator
import re
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pandas as pd

from briefing import tables
from briefing.quantity import Period, Quantity, figure

EXACT, WITHIN = "holds exactly", "holds within what is printed"
UNDECIDED, CONTRADICTED = "cannot be decided", "contradicts"
VERDICTS = [EXACT, WITHIN, UNDECIDED, CONTRADICTED]
FIGURE = re.compile(r"\[([a-z0-9-]+)\]")
OF_TABLES = re.compile(r"\b(count|first_day|last_day)\(([^()\"]*)\)")
SIGNS: dict[type, str] = {ast.Eq: "=", ast.LtE: "<=", ast.Lt: "<"}
ARITHMETIC: dict[type, Callable] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
}


class RelationError(ValueError):
    """An expression is not of the form that relations have."""


def sides(expression: str) -> tuple[Quantity, str, Quantity]:
    """The quantities on both sides of a relation, and the sign between them.

    Raises RelationError where the expression is not of the form described above.
    """
    source = FIGURE.sub(r"figure('\1')", expression).replace(" = ", " == ")
    source = OF_TABLES.sub(_quoted, source)
    try:
        tree = ast.parse(source, mode="eval").body
    except SyntaxError:
        raise RelationError(f"{expression!r} cannot be read as a relation") from None
    if not isinstance(tree, ast.Compare) or len(tree.ops) != 1 or type(tree.ops[0]) not in SIGNS:
        raise RelationError(f"{expression!r} is not of the form A = B, A <= B or A < B")
    try:
        return _quantity(tree.left), SIGNS[type(tree.ops[0])], _quantity(tree.comparators[0])
    except (TypeError, ValueError, ZeroDivisionError, KeyError) as error:
        raise RelationError(f"{expression!r}: {error.args[0]}") from None


def _quoted(call: re.Match) -> str:
    """A call over the tables, such as `count(events, theme=staff)`, with its words quoted."""
    parts = [part.strip().rpartition("=") for part in call[2].split(",")]
    return f"{call[1]}({', '.join(f'{name}{sign}{word!r}' for name, sign, word in parts)})"


def verdict(expression: str) -> str:
    """One of VERDICTS: what bounds and values of a relation's sides say of it."""
    left, sign, right = sides(expression)
    if left.unit and right.unit and left.unit != right.unit:
        raise RelationError(f"{expression!r} compares {left.unit} with {right.unit}")
    return _equal(left, right) if sign == "=" else _less(left, right, strictly=sign == "<")


def verdicts() -> pd.DataFrame:
    """relations.csv with a column `verdict`, computed."""
    relations = tables.shared()["relations"]
    return relations.assign(verdict=relations["expression"].map(verdict))


def _equal(left: Quantity, right: Quantity) -> str:
    if left.exact and right.exact:
        return EXACT if left.value == right.value else CONTRADICTED
    if _apart(left, right) or _apart(right, left):
        return CONTRADICTED
    return WITHIN if _inside(left.value, right) or _inside(right.value, left) else UNDECIDED


def _less(left: Quantity, right: Quantity, strictly: bool) -> str:
    compare = operator.lt if strictly else operator.le
    if left.upper is not None and right.lower is not None and compare(left.upper, right.lower):
        return EXACT if left.exact and right.exact else WITHIN
    surely_not = operator.ge if strictly else operator.gt
    if left.lower is not None and right.upper is not None and surely_not(left.lower, right.upper):
        return CONTRADICTED
    return UNDECIDED


def _apart(low: Quantity, high: Quantity) -> bool:
    return low.upper is not None and high.lower is not None and low.upper < high.lower


def _inside(value: Decimal | None, quantity: Quantity) -> bool:
    """Whether a value lies within bounds that are both known."""
    if value is None or quantity.lower is None or quantity.upper is None:
        return False
    return quantity.lower <= value <= quantity.upper


def _quantity(node: ast.expr) -> Quantity:
    if isinstance(node, ast.BinOp) and type(node.op) in ARITHMETIC:
        return ARITHMETIC[type(node.op)](_quantity(node.left), _quantity(node.right))
    if isinstance(node, ast.Constant) and isinstance(node.value, int | float):
        return Quantity.constant(str(node.value))
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
        name, arguments = node.func.id, node.args
        if name in OF_QUANTITIES and not node.keywords:
            return OF_QUANTITIES[name](*map(_quantity, arguments))
        if name in OF_WORDS:
            values = {k.arg: _word(k.value) for k in node.keywords}
            return OF_WORDS[name](*map(_word, arguments), **values)
    raise RelationError(f"{ast.unparse(node)!r} is not allowed in a relation")


def _word(node: ast.expr) -> str:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    raise RelationError(f"{ast.unparse(node)!r} is not a word")


def _count(table: str, **values: str) -> Quantity:
    """The number of rows of a table whose columns hold the values named."""
    rows = tables.shared()[table]
    for column, value in values.items():
        rows = rows[rows[column] == value]
    return Quantity.constant(len(rows))


def _day(event_id: str, last: bool) -> Quantity:
    """The first or the last day that an event can fall on, counted from a day long ago."""
    period = Period(tables.shared()["events"].set_index("event_id")["period"][event_id])
    return Quantity.constant(period.end.toordinal() - 1 if last else period.start.toordinal())


OF_QUANTITIES: dict[str, Callable[..., Quantity]] = {
    "share": lambda part, whole: part.share_of(whole),
    "growth": lambda new, old: new.growth_from(old),
    "per_year": lambda amount: amount.per_year(),
    "number": lambda quantity: replace(quantity, unit=""),  # where units may differ on purpose
}
OF_WORDS: dict[str, Callable[..., Quantity]] = {
    "figure": figure,
    "count": _count,
    "first_day": lambda event_id: _day(event_id, last=False),
    "last_day": lambda event_id: _day(event_id, last=True),
}
