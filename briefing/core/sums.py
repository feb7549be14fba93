"""What a text computes from its own numbers: a sum, a difference, a share, an average."""

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import combinations, permutations

from briefing.core.context import Context
from briefing.core.numerals import SMALL, Numeral

YEARLY = Decimal("0.5"), Decimal(12)  # of what is of two years, and of a month
MOST = 6  # numbers of a text that a sum of them is looked for
JOINED = re.compile(r"[^,.;:]{0,25}(?:\bto\b|[到至为])[^,.;:]{0,12}")  # `from 1` to 2


def is_made(context: Context, one: Numeral, others: list[Numeral]) -> bool:
    """Whether others make a number: as sum, difference, share, change or average."""
    beside = [it for it in others if it.upper is None][-MOST:]
    return any(_fits(context, one, value) for value in _made(context, one, beside))


def terms(context: Context, one: Numeral, others: list[Numeral]) -> list[Numeral]:
    """The numbers before it of which a text says that it is made, in order; else none."""
    ahead = [it for it in others if it.start < one.start and it.upper is None]
    if one.is_word and one.value == 1:  # an article
        return []
    if one.kind != "percent":
        alike = [it for it in ahead if _kind(it) == _kind(one)]
        return alike if context.tells_sum and len(alike) > 1 else []
    two = ahead[-2:] if context.follows("change") else []
    first, words = context.sentence.start, context.sentence.words
    if len(two) < 2 or two[0].start < first or _kind(two[0]) != _kind(two[1]):
        return []
    return two if JOINED.fullmatch(words, two[0].end - first, two[1].start - first) else []


def apart(one: Numeral, others: list[Numeral]) -> list[Numeral]:
    """The two shares right before one in per cent by which they are apart; those are points."""
    two = [it for it in others if it.start < one.start][-2:]
    are_shares = len(two) == 2 and {it.kind for it in (one, *two)} == {"percent"}
    return two if are_shares and abs(two[0].value - two[1].value) == one.value else []


def _kind(one: Numeral) -> str:
    return "money" if one.is_amount else one.kind


def _fits(context: Context, one: Numeral, value: Decimal) -> bool:
    low, high = one.ends
    is_small = one.kind == "count" and one.value <= SMALL and low < high
    is_telling = not is_small or context.sentence.says("average")
    return is_telling and (low <= value <= high or value == one.value)


def _made(context: Context, one: Numeral, beside: list[Numeral]) -> Iterator[Decimal]:
    """What can be made of numbers that is of the kind of one."""
    if one.kind == "percent":
        yield from (100 - it.value for it in beside if it.kind == "percent")
    alike = [it.value for it in beside if _kind(it) == _kind(one)]
    if _kind(one) in ("count", "money"):
        runs = combinations(range(len(alike) + 1), 2)
        yield from (sum(alike[i:j]) for i, j in runs if j > i + 1)
        yield from (abs(a - b) for a, b in combinations(alike, 2))
        yield from (it * part for it in alike for part in YEARLY if context.rate == "year")
    for a, b in permutations(beside[-3:], 2):  # of many, some would fit by chance
        if not b.value:
            continue
        if one.kind == "percent" and _kind(a) == _kind(b) in ("count", "money"):
            yield 100 * a.value / b.value
            if b.start < a.start:  # a change is a share of what stood before
                yield 100 * abs(a.value - b.value) / b.value
        elif _kind(one) == _kind(a) and b.kind == "count" and context.sentence.says("average"):
            yield a.value / b.value
