"""What a text computes from its own numbers: a sum, a difference, a share, an average."""

from collections.abc import Iterator
from decimal import Decimal
from itertools import combinations, permutations

from briefing.core.context import Context
from briefing.core.numerals import Numeral

Operands = list[Numeral]
SMALL, LARGE = 12, 100_000  # above which a number may be rounded; which is an amount of money
MOST = 6  # numbers of a text that a sum of them is looked for


def is_computed(context: Context, one: Numeral, others: Operands) -> bool | None:
    """Whether a number is what others of a text make; None where it is not said to be.

    others: numbers that are those of the report, in order.
    """
    beside = [it for it in others if it.upper is None][-MOST:]
    if any(_fits(context, one, value) for value in _made(context, one, beside)):
        return True
    is_said = context.tells("sum") and one.kind != "percent"
    is_said |= context.follows("change") and one.kind == "percent"
    of = ("count", "money") if one.kind == "percent" else (_kind(one),)
    ahead = [it for it in beside if _kind(it) in of and it.start < one.start]
    return False if is_said and len(ahead) > 1 else None


def _kind(one: Numeral) -> str:
    """Its kind; an amount may stand without its currency."""
    return "money" if one.kind == "count" and one.value >= LARGE else one.kind


def _fits(context: Context, one: Numeral, value: Decimal) -> bool:
    low, high = one.ends
    is_telling = one.kind != "count" or one.value > SMALL or low == high or context.tells("average")
    return is_telling and low <= value <= high


def _made(context: Context, one: Numeral, beside: Operands) -> Iterator[Decimal]:
    """What can be made of numbers that is of the kind of one."""
    if one.kind == "percent":
        yield from (100 - it.value for it in beside if it.kind == "percent")
    alike = [it.value for it in beside if _kind(it) == _kind(one)]
    if _kind(one) in ("count", "money"):
        runs = combinations(range(len(alike) + 1), 2)
        yield from (sum(alike[i:j]) for i, j in runs if j > i + 1)
        yield from (abs(a - b) for a, b in combinations(alike, 2))
    for a, b in permutations(beside, 2):
        if not b.value:
            continue
        if one.kind == "percent" and _kind(a) == _kind(b) in ("count", "money"):
            yield 100 * a.value / b.value
            if b.start < a.start:  # a change is a share of what stood before
                yield 100 * abs(a.value - b.value) / b.value
        elif _kind(one) == _kind(a) and b.kind == "count" and context.tells("average"):
            yield a.value / b.value
