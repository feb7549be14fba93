"""What a computed number is made of, and the range that follows for it.

An expression is a tree of + - × ÷ over figures. Its range is that over its distinct figures, each
taken once: 103 ÷ (103 − 6) has two figures, not three.
"""

from __future__ import annotations

import itertools
import operator
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Context, Decimal, InvalidOperation, localcontext
from functools import cached_property

INFINITY = Decimal("Infinity")
ZERO = Decimal(0)
DIGITS = Context(prec=60)  # with which is computed; what is told is rounded to the usual 28
SPLITS = 6  # times that a range is halved to see whether an expression is monotone over it
CORNERS = 8  # figures used more than once whose ends are all tried with one another

Range = tuple[Decimal, Decimal]
OPERATORS: dict[str, Callable[[Decimal, Decimal], Decimal]] = {
    "+": operator.add,
    "−": operator.sub,
    "×": operator.mul,
    "÷": operator.truediv,
}


@dataclass(frozen=True)
class Known:
    """A number of which a range is known.

    name: that of a figure, or any object; the same name is the same number. value: None where none
    is stated. range: its ends, infinite where they are open.
    """

    name: object
    value: Decimal | None = field(compare=False)
    range: Range = field(compare=False)

    @property
    def uses(self) -> Counter[Known]:
        """How often each number with a range stands in the expression."""
        return Counter() if self.range[0] == self.range[1] else Counter([self])


@dataclass(frozen=True, eq=False)
class Computed:
    """Two expressions joined by one of + − × ÷."""

    sign: str
    left: Expression
    right: Expression

    @cached_property
    def uses(self) -> Counter[Known]:
        """How often each number with a range stands in the expression."""
        return self.left.uses + self.right.uses

    @cached_property
    def value(self) -> Decimal | None:
        """What the values of its figures give; None where one is not stated."""
        left, right = self.left.value, self.right.value
        if left is None or right is None:
            return None
        with localcontext(DIGITS):
            return OPERATORS[self.sign](left, right)

    @cached_property
    def range(self) -> Range:
        """The least and the greatest that the expression can be, infinite where that is open.

        Exact where each figure stands once, where the expression is monotone in each that stands
        more often, and where it is a quotient of sums of these; elsewhere it may be wider.
        """
        with localcontext(DIGITS) as context:
            context.traps[InvalidOperation] = False
            return _range(self)


Expression = Known | Computed
Box = Mapping[Known, Range]


def _range(node: Computed) -> Range:
    often = [known for known, times in node.uses.items() if times > 1]
    outer = _joined(node.sign, node.left.range, node.right.range)
    if not often:
        return outer
    if len(often) <= CORNERS and all(_is_quotient_of_sums(node, known) for known in often):
        ends = itertools.product(*([(end, end) for end in known.range] for known in often))
        found = [_at(node, dict(zip(often, at, strict=True))) for at in ends]
        low, high = min(low for low, _ in found), max(high for _, high in found)
    else:
        low, high = _monotone(node, often, outer)
    return max(low, outer[0]), min(high, outer[1])


def _monotone(node: Computed, often: list[Known], outer: Range) -> Range:
    """The range where numbers in which an expression is monotone stand at their ends."""
    box = {known: known.range for known in often}
    found = {known: _ends(node, known, box) for known in often}
    least, greatest = (
        {known: (ends[last],) * 2 for known, ends in found.items() if ends} for last in (0, 1)
    )
    if not least:
        return outer
    low, high = _at(node, least)[0], _at(node, greatest)[1]
    return (
        low if all(end.is_finite() for end, _ in least.values()) else outer[0],
        high if all(end.is_finite() for end, _ in greatest.values()) else outer[1],
    )


def _at(node: Expression, box: Box) -> Range:
    """The range of an expression where some of its numbers lie in narrower ranges."""
    if isinstance(node, Known):
        return box.get(node, node.range)
    if not any(known in box for known in node.uses):
        return node.range
    return _joined(node.sign, _at(node.left, box), _at(node.right, box))


def _joined(sign: str, left: Range, right: Range) -> Range:
    """The range of a sum, difference, product or quotient of two independent numbers.

    What is undetermined, such as zero times infinity, lies between what is not.
    """
    if sign == "÷" and right[0] <= 0 <= right[1]:
        return -INFINITY, INFINITY
    ends = [OPERATORS[sign](a, b) for a in left for b in right]
    known = [end for end in ends if not end.is_nan()] or [ZERO]
    return min(known), max(known)


def _ends(node: Expression, known: Known, box: Box) -> Range | None:
    """Where in its range a number makes an expression least, and where greatest.

    None where the expression may rise and fall.
    """
    slopes = [_slope(node, known, piece) for piece in _pieces(box)]
    low, high = min(low for low, _ in slopes), max(high for _, high in slopes)
    if low == high == 0:  # the number does not matter, as in x − x
        return (max(known.range, key=Decimal.is_finite),) * 2
    if low >= 0:
        return known.range
    return known.range[::-1] if high <= 0 else None


def _slope(node: Expression, known: Known, box: Box) -> Range:
    """The range of an expression's derivative by a number."""
    if node == known:
        return Decimal(1), Decimal(1)
    if isinstance(node, Known) or known not in node.uses:
        return ZERO, ZERO
    left, right = _slope(node.left, known, box), _slope(node.right, known, box)
    if node.sign in "+−":
        return _joined(node.sign, left, right)
    a, b = _at(node.left, box), _at(node.right, box)
    if node.sign == "×":
        return _joined("+", _joined("×", left, b), _joined("×", a, right))
    quotient = _joined("÷", _joined("×", a, right), b)
    return _joined("÷", _joined("−", left, quotient), b)


def _pieces(box: Box) -> list[Box]:
    """A box in smaller ones, so that the slopes over each are better known."""
    pieces = [dict(box)]
    for known in itertools.islice(itertools.cycle(box), SPLITS):
        pieces = [piece | {known: half} for piece in pieces for half in _halves(piece[known])]
    return pieces


def _halves(ends: Range) -> list[Range]:
    middle = (ends[0] + ends[1]) / 2
    return [(ends[0], middle), (middle, ends[1])] if middle.is_finite() else [ends]


def _is_quotient_of_sums(node: Expression, known: Known) -> bool:
    """Whether a number stands at most once, plainly, above and below: as in (x − y) ÷ (x + z).

    Then each of the extremes is reached at one of the number's ends.
    """
    return max(_degrees(node, known)) <= 1 and all(end.is_finite() for end in known.range)


def _degrees(node: Expression, known: Known) -> tuple[int, int]:
    """The powers of a number above and below the line of an expression."""
    if isinstance(node, Known):
        return int(node == known), 0
    (a, b), (c, d) = _degrees(node.left, known), _degrees(node.right, known)
    if node.sign in "+−":
        return max(a + d, c + b), b + d
    return (a + c, b + d) if node.sign == "×" else (a + d, b + c)
