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
    outer = _joined(node.sign, node.left.range, node.right.range)
    box = {known: known.range for known, times in node.uses.items() if times > 1}
    found = {known: ends for known in box if (ends := _ends(node, known, box))}
    told = list(outer)
    for last in (0, 1) if found else ():
        ways = ([(pair[last],) * 2 for pair in pairs] for pairs in found.values())
        points = [dict(zip(found, at, strict=True)) for at in itertools.product(*ways)]
        if all(end.is_finite() for point in points for end, _ in point.values()):
            told[last] = (min, max)[last](_at(node, point)[last] for point in points)
    return max(told[0], outer[0]), min(told[1], outer[1])


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


def _ends(node: Expression, known: Known, box: Box) -> list[Range]:
    """At which ends of its range a number may make an expression least, and at which greatest.

    Of one pair where the expression is monotone, of either where it is a quotient of sums, such as
    (x − y) ÷ (x + z); none where it may turn between the ends.
    """
    low, high = known.range
    is_closed = low.is_finite() and high.is_finite()
    if is_closed and len(box) <= CORNERS and max(_degrees(node, known)) <= 1:
        return [(low, high), (high, low)]
    slopes = [_slope(node, known, piece) for piece in _pieces(box)]
    least, most = min(low for low, _ in slopes), max(high for _, high in slopes)
    if least == most == 0:  # the number does not matter, as in x − x
        return [(max(known.range, key=Decimal.is_finite),) * 2]
    return [(low, high)] if least >= 0 else [(high, low)] * (most <= 0)


def _slope(node: Expression, known: Known, box: Box) -> Range:
    """The range of an expression's derivative by a number."""
    if node == known:
        return Decimal(1), Decimal(1)
    if known not in node.uses:
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


def _degrees(node: Expression, known: Known) -> tuple[int, int]:
    """The powers of a number above and below the line of an expression."""
    if isinstance(node, Known):
        return int(node == known), 0
    (a, b), (c, d) = _degrees(node.left, known), _degrees(node.right, known)
    if node.sign in "+−":
        return max(a + d, c + b), b + d
    return (a + c, b + d) if node.sign == "×" else (a + d, b + c)
