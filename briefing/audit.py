"""Whether the figures satisfy what the report states or implies: relations and their verdicts.

A relation is an expression over figures in square brackets, counts over the tables and days of
events, e.g. `[sessions] = count(events, paragraph_id=28)`. It is parsed, never run: nothing
but the forms below is understood.
"""

import ast
import inspect
import math
import operator
import re
from collections.abc import Callable
from dataclasses import replace
from decimal import Context, Decimal

import pandas as pd

from briefing import tables
from briefing.quantity import Period, Quantity, figure

EXACT, WITHIN = "holds exactly", "holds within what is printed"
UNDECIDED, CONTRADICTED = "cannot be decided", "contradicts"
VERDICTS = [EXACT, WITHIN, UNDECIDED, CONTRADICTED]
FIGURE = re.compile(r"\[([a-z0-9-]+)\]")
OF_TABLES = re.compile(r"\b(count|first_day|last_day)\(([^()\"]*)\)")
KEPT = Context(prec=20)  # of the 28 digits that arithmetic carries
SIGNS: dict[type, str] = {ast.Eq: "=", ast.LtE: "<=", ast.Lt: "<"}
ALLOWED = "expected what the codebook names"
LONGEST = 1000  # characters of an expression
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
    if len(expression) > LONGEST:
        raise RelationError(
            f"{expression[:40]!r}… is too long, expected at most {LONGEST} characters"
        )
    source = FIGURE.sub(r"figure('\1')", expression).replace(" = ", " == ")
    source = OF_TABLES.sub(_quoted, source)
    try:
        tree = ast.parse(source, mode="eval").body
    except (SyntaxError, ValueError):  # half a character is a ValueError
        raise RelationError(
            f"{expression!r} cannot be read, expected A = B, A <= B or A < B"
        ) from None
    if not isinstance(tree, ast.Compare) or len(tree.ops) != 1 or type(tree.ops[0]) not in SIGNS:
        raise RelationError(f"{expression!r} is no relation, expected A = B, A <= B or A < B")
    try:
        return _quantity(tree.left), SIGNS[type(tree.ops[0])], _quantity(tree.comparators[0])
    except ZeroDivisionError as error:
        raise RelationError(f"{expression!r}: {error.args[0]}, expected another divisor") from None
    except (ArithmeticError, RecursionError):
        raise RelationError(f"{expression!r} is too large to be computed, expected less") from None
    except (TypeError, ValueError, KeyError) as error:
        raise RelationError(f"{expression!r}: {error.args[0]}") from None


def _quoted(call: re.Match) -> str:
    """A call over the tables, such as `count(events, theme=staff)`, with its words quoted."""
    parts = [part.strip().rpartition("=") for part in call[2].split(",")]
    return f"{call[1]}({', '.join(f'{name}{sign}{word!r}' for name, sign, word in parts)})"


def verdict(expression: str) -> str:
    """One of VERDICTS: what bounds and values of a relation's sides say of it."""
    left, sign, right = sides(expression)
    if left.unit and right.unit and left.unit != right.unit:
        raise RelationError(
            f"{expression!r} compares {left.unit} with {right.unit}, expected one unit"
        )
    left, right = _kept(left), _kept(right)
    return _equal(left, right) if sign == "=" else _less(left, right, strictly=sign == "<")


def _kept(quantity: Quantity) -> Quantity:
    """Without the last digits, which a division leaves rounded: 100 / 3 * 3 is 100."""
    numbers = (quantity.value, quantity.lower, quantity.upper)
    value, lower, upper = (None if n is None else KEPT.plus(n) for n in numbers)
    return replace(quantity, value=value, lower=lower, upper=upper)


def verdicts() -> pd.DataFrame:
    """relations.csv with a column `verdict`, computed. Raises RelationError with all faults."""
    relations, found, faults = tables.shared()["relations"], [], []
    for row, expression in enumerate(relations["expression"], start=2):
        try:
            found.append(verdict(expression))
        except RelationError as error:
            faults.append(f"relations.csv, row {row}, column expression: {error}")
    if faults:
        raise RelationError("\n".join(faults))
    return relations.assign(verdict=pd.Series(found, dtype=str))


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
    if isinstance(node, ast.Constant) and type(node.value) in (int, float):
        return Quantity.constant(_plain(node.value))
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
        name, arguments = node.func.id, node.args
        if name in OF_QUANTITIES and not node.keywords:
            return _called(OF_QUANTITIES[name], name, [_quantity(a) for a in arguments], {})
        if name in OF_WORDS:
            values = {k.arg: _word(k.value) for k in node.keywords if k.arg}
            return _called(OF_WORDS[name], name, [_word(a) for a in arguments], values)
    raise RelationError(f"{ast.unparse(node)!r} is not allowed in a relation, {ALLOWED}")


def _called(function: Callable, name: str, arguments: list, values: dict[str, str]) -> Quantity:
    signature = inspect.signature(function)
    try:
        signature.bind(*arguments, **values)
    except TypeError:
        expected = ", ".join(signature.parameters)
        raise RelationError(f"{name}() is given other than expected, {name}({expected})") from None
    return function(*arguments, **values)


def _plain(number: float) -> str:
    if not math.isfinite(number):
        raise RelationError("a number is too large, expected a smaller one")
    return str(number)


def _word(node: ast.expr) -> str:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    raise RelationError(f"{ast.unparse(node)!r} is not a word, expected one")


def _count(table: str, **values: str) -> Quantity:
    """The number of rows of a table whose columns of words hold the values named."""
    rows = tables.shared()[table]
    known = [name for name in rows if not pd.api.types.is_numeric_dtype(rows[name])]
    for column, value in values.items():
        if column not in known:
            raise RelationError(f"{column!r} is not in {table}, expected {', '.join(known)}")
        rows = rows[rows[column] == value]
    return Quantity.constant(len(rows))


def _day(event_id: str, last: bool) -> Quantity:
    """The first or the last day that an event can fall on, counted from a day long ago."""
    events = tables.rows("events")
    if event_id not in events:
        raise RelationError(f"no event {event_id!r}, expected an event_id of events.csv")
    period = Period(events[event_id]["period"])
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
