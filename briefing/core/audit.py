"""Whether the figures satisfy what the report states or implies: relations and their verdicts.

A relation is an expression over figures in square brackets, counts over the tables and days of
events, e.g. `[sessions] = count(events, paragraph_id=28)`. It is parsed, never run: nothing
but the forms below is understood. Its verdict is that of the difference of its sides, in which a
figure that stands on both is one number.
"""

import ast
import inspect
import math
import operator
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal

import pandas as pd

from briefing.core.figures import counted, figure
from briefing.core.period import Period
from briefing.core.quantity import Quantity
from briefing.sources import source, tables

EXACT, WITHIN = "holds exactly", "holds within the ranges assumed here"
UNDECIDED, CONTRADICTED = "cannot be decided", "contradicts"
VERDICTS = [EXACT, WITHIN, UNDECIDED, CONTRADICTED]
FIGURE = re.compile(r"\[([a-z0-9-]+)\]")
OF_TABLES = re.compile(r"\b(count|start|end)\(([^()\"]*)\)")
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
        told = f"{expression[:40]!r}… is too long"
        raise RelationError(f"{told}, expected at most {LONGEST} characters")
    source = FIGURE.sub(r"figure('\1')", expression).replace(" = ", " == ")
    source = OF_TABLES.sub(_quoted, source)
    try:
        tree = ast.parse(source, mode="eval").body
    except (SyntaxError, ValueError):  # half a character is a ValueError
        told = f"{expression!r} cannot be read, expected A = B, A <= B or A < B"
        raise RelationError(told) from None
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
    """One of VERDICTS: what the ranges of a relation's sides say of it."""
    left, sign, right = sides(expression)
    if left.unit and right.unit and left.unit != right.unit:
        told = f"{expression!r} compares {left.unit} with {right.unit}"
        raise RelationError(f"{told}, expected one unit")
    difference = replace(left, unit="") - replace(right, unit="")
    low, high = difference._low, difference._high
    never, surely = {
        "=": (low > 0 or high < 0, low == high),
        "<=": (low > 0, high <= 0),
        "<": (low >= 0, high < 0),
    }[sign]
    if never:
        return CONTRADICTED
    if surely:
        return EXACT if difference.exact else WITHIN
    return WITHIN if sign == "=" and low.is_finite() and high.is_finite() else UNDECIDED


def verdicts(figure_id: str = "") -> pd.DataFrame:
    """relations.csv with a column `verdict`, computed. Raises RelationError with all faults.

    figure_id: of those rows alone in which it stands.

    Example: `briefing.verdicts()["verdict"].value_counts()`.
    """
    relations = tables.shared()["relations"]
    if figure_id:
        stands = relations["expression"].str.contains(f"[{figure_id}]", regex=False)
        relations = relations[stands]
    found, faults = [], []
    for row, expression in relations["expression"].items():
        try:
            found.append(verdict(expression))
        except RelationError as error:
            faults.append(f"relations.csv, row {row + 2}, column expression: {error}")
    if faults:
        raise RelationError("\n".join(faults))
    return relations.assign(verdict=pd.Series(found, relations.index, dtype=str))


def faults() -> Iterator[str]:
    """A sentence for each relation that figures contradict, and each figure with two forms.

    A relation counts that is stated or implied, and that readings adopted contradict, too.
    """
    readings = tables.shared()["figure_errata"].dropna(subset="value_adopted")["figure_id"]
    by_reading = {name: f"adopted('{name}')" for name in readings}
    found = verdicts()
    is_told = (found["verdict"] == CONTRADICTED) & (found["basis"] != "assumed")
    for relation in found[is_told].itertuples():
        read = FIGURE.sub(lambda name: by_reading.get(name[1], name[0]), relation.expression)
        if verdict(read) == CONTRADICTED:
            place = f"data/relations.csv, row {relation.Index + 2}, column expression"
            told = f"{relation.expression!r} is {relation.basis}, and figures contradict it"
            yield f"{place}: {told}, expected figures that agree, or a reading in figure_errata.csv"
    printed = {name: row["printed"] for name, row in tables.rows("figures").items()}
    numerals = tables.shared()["numerals"]
    of_figures = numerals[numerals["figure_id"] != ""]
    for row, form, name in of_figures[["printed", "figure_id"]].itertuples():
        read = source.numerals(source.Paragraph("", printed[name]))
        if form not in [numeral.printed for numeral in read]:
            place = f"data/figures.csv, row {list(printed).index(name) + 2}, column printed"
            told = f"data/numerals.csv, row {row + 2}, column printed: {form!r} is not in"
            yield f"{told} {printed[name]!r} ({place}: {name}), expected one form in both"


def _quantity(node: ast.expr) -> Quantity:
    if isinstance(node, ast.BinOp) and type(node.op) in ARITHMETIC:
        return ARITHMETIC[type(node.op)](_quantity(node.left), _quantity(node.right))
    if isinstance(node, ast.Constant) and type(node.value) in (int, float):
        if not math.isfinite(node.value):
            raise RelationError("a number is too large, expected a smaller one")
        return Quantity.constant(str(node.value))
    name = node.func.id if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) else ""
    if name in OF_QUANTITIES and not node.keywords:
        return _called(OF_QUANTITIES[name], name, [_quantity(it) for it in node.args], {})
    if name in OF_WORDS:
        values = {it.arg: _word(it.value) for it in node.keywords if it.arg}
        return _called(OF_WORDS[name], name, [_word(it) for it in node.args], values)
    raise RelationError(f"{ast.unparse(node)!r} is not allowed in a relation, {ALLOWED}")


def _called(function: Callable, name: str, arguments: list, values: dict) -> Quantity:
    signature = inspect.signature(function)
    try:
        bound = signature.bind(*arguments, **values)
    except TypeError:
        expected = ", ".join(signature.parameters)
        raise RelationError(f"{name}() is given other than expected, {name}({expected})") from None
    return function(*bound.args, **bound.kwargs)


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
    return counted(rows, "") if "paragraph_id" in rows else Quantity.constant(len(rows))


def _day(event_id: str, of_end: bool) -> Quantity:
    """The days on which an event can begin or end, counted from a day long ago.

    A month or year stands for any of its days, and what is before or since a time is open.
    """
    events = tables.rows("events")
    if event_id not in events:
        raise RelationError(f"no event {event_id!r}, expected an event_id of events.csv")
    period, part = Period(events[event_id]["period"]), events[event_id]["part"]
    time = Period(period.parts[-1 if of_end else 0])
    first, last = Decimal(time.start.toordinal()), Decimal(time.end.toordinal())
    if part == "before":
        first, last = None, first - 1
    elif part == "by_end":
        first = None
    elif part == "since" and of_end:
        last = None
    value = first if first == last else None
    return Quantity(value, first, last, "", figures=(event_id,), formula=f"{event_id} {of_end}")


def _least(quantity: Quantity) -> Quantity:
    """The lower end of a quantity's range, such as the level of a threshold."""
    if quantity.lower is None:
        raise RelationError(f"{quantity.formula} has no lower end, expected one that has")
    return replace(Quantity.constant(quantity.lower, quantity.unit), figures=quantity.figures)


OF_QUANTITIES: dict[str, Callable[..., Quantity]] = {
    "share": lambda part, whole: part.share_of(whole),
    "growth": lambda new, old: new.growth_from(old),
    "per_year": lambda amount: amount.per_year(),
    "number": lambda quantity: replace(quantity, unit=""),  # where units may differ on purpose
    "least": _least,
}
OF_WORDS: dict[str, Callable[..., Quantity]] = {
    "figure": figure,
    "adopted": lambda figure_id: figure(figure_id).adopted,
    "count": _count,
    "start": lambda event_id: _day(event_id, of_end=False),
    "end": lambda event_id: _day(event_id, of_end=True),
}
