"""Ranges of expressions: never left by any values of their figures, and where exact, reached."""

import copy
import itertools
import operator
import pickle
import tempfile
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

from hypothesis import assume, configuration, given, settings
from hypothesis import strategies as st

from briefing.core.figures import figure
from briefing.core.quantity import Quantity

configuration.set_hypothesis_home_dir(Path(tempfile.gettempdir()) / "hypothesis")
tried = settings(derandomize=True, database=None, deadline=None, max_examples=300)

ROOM = Fraction(1, 10**24)  # what rounding to 28 digits may move an end by, as a share of it
STEPS = 4  # into which the range of a figure is divided, to try the values between its ends
FAR = 10**7  # a value that a figure without an upper end may have
SIGNS: dict[str, Callable] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": operator.truediv,
}
Tree = tuple | int  # a sign with two trees, or the number of a figure


def numbers(least: int) -> st.SearchStrategy[Decimal]:
    return st.integers(least, 10**5).map(lambda n: Decimal(n).scaleb(-2))


@st.composite
def figures(draw: st.DrawFn, least: int = -(10**5), closed: bool = True) -> list[Quantity]:
    """Up to four figures with ranges, some of them open above where they may be."""
    made = []
    for _ in range(draw(st.integers(1, 4))):
        lower = draw(numbers(least))
        upper = lower + draw(
            st.sampled_from([Decimal(0), Decimal(1), Decimal("0.37"), Decimal(250)])
        )
        end = upper if closed or draw(st.booleans()) else None
        made.append(Quantity(lower, lower, end, ""))
    return made


def trees(signs: str, figures: int) -> st.SearchStrategy[Tree]:
    leaf = st.integers(0, figures - 1)
    return st.recursive(
        leaf, lambda inner: st.tuples(st.sampled_from(signs), inner, inner), max_leaves=7
    )


def computed(tree: Tree, of: list) -> Quantity | Fraction:
    """What a tree is for figures, or for values of theirs."""
    if isinstance(tree, int):
        return of[tree]
    sign, left, right = tree
    return SIGNS[sign](computed(left, of), computed(right, of))


def values(figure: Quantity, steps: int) -> list[Fraction]:
    low = Fraction(figure.lower)
    high = low + FAR if figure.upper is None else Fraction(figure.upper)
    return [low + (high - low) * step / steps for step in range(steps + 1)]


def points(of: list[Quantity], steps: int) -> list[tuple[Fraction, ...]]:
    return list(itertools.product(*(values(figure, steps) for figure in of)))


def is_inside(truth: Fraction, result: Quantity) -> bool:
    room = ROOM * (1 + abs(truth))
    low, high = result.lower, result.upper
    return (low is None or Fraction(low) <= truth + room) and (
        high is None or truth - room <= Fraction(high)
    )


def is_reached(result: Quantity, of: list[Quantity], tree: Tree) -> bool:
    """Whether the ends of a range are the least and the greatest value at the figures' own ends."""
    found = [computed(tree, point) for point in points(of, 1)]
    ends = Fraction(result.lower), Fraction(result.upper)
    return all(
        abs(end - extreme) <= ROOM * (1 + abs(extreme))
        for end, extreme in zip(ends, (min(found), max(found)), strict=True)
    )


@tried
@given(st.data(), st.booleans())
def test_no_values_of_its_figures_leave_the_range_of_an_expression(
    data: st.DataObject, closed: bool
) -> None:
    of = data.draw(figures(closed=closed))
    tree = data.draw(trees("+-*/", len(of)))
    try:
        result = computed(tree, of)
    except ZeroDivisionError:
        assume(False)
    for point in points(of, STEPS):
        assert is_inside(computed(tree, point), result), (tree, of, point)


@tried
@given(st.data())
def test_the_range_of_a_monotone_expression_is_reached_to_the_last_digit(
    data: st.DataObject,
) -> None:
    of = data.draw(figures(least=1))
    tree = data.draw(trees("+*", len(of)))
    assert is_reached(computed(tree, of), of, tree), (tree, of)


@tried
@given(st.data(), st.permutations(range(4)))
def test_the_range_is_reached_where_each_figure_stands_once(
    data: st.DataObject, order: list[int]
) -> None:
    of = (data.draw(figures(least=1)) * 4)[:4]
    of = [Quantity(q.value, q.lower, q.upper, "") for q in of]  # four, each a number of its own
    signs = [data.draw(st.sampled_from("+-*/")) for _ in range(3)]
    tree = (signs[2], (signs[0], order[0], order[1]), (signs[1], order[2], order[3]))
    try:
        result = computed(tree, of)
    except ZeroDivisionError:
        assume(False)
    assert is_reached(result, of, tree), (tree, of)


@tried
@given(st.data(), st.booleans())
def test_the_range_of_a_share_and_of_a_growth_is_reached(data: st.DataObject, of_sum: bool) -> None:
    of = (data.draw(figures(least=10**4)) * 2)[:2]
    of = [Quantity(q.value, q.lower, q.upper, "") for q in of]
    part = ("+", 0, 1) if of_sum else ("-", 0, 1)
    tree = ("/", 0, part)
    try:
        result = computed(tree, of)
    except ZeroDivisionError:
        assume(False)
    assert is_reached(result, of, tree), (tree, of)


def test_a_turning_point_within_a_range_is_not_missed() -> None:
    x, ten = Quantity(Decimal(4), Decimal(2), Decimal(8), ""), Quantity.constant(10)
    bow = x * (ten - x)  # 25 at five, 16 at the ends
    assert bow.lower <= 16
    assert bow.upper >= 25


def test_a_power_rises_with_its_figure_where_the_figure_is_above_zero() -> None:
    x = Quantity(Decimal(4), Decimal(3), Decimal(5), "")
    cube = x * x * x
    assert (cube.lower, cube.value, cube.upper) == (27, 64, 125)
    falling = Quantity.constant(1) / (x * x)
    assert (falling.lower, falling.upper) == (Decimal("0.04"), Decimal(1) / 9)


def test_an_open_end_stays_open_where_it_decides_nothing() -> None:
    more = Quantity(Decimal(4), Decimal(4), None, "")
    assert (more + more).lower == 8
    assert (more + more).upper is None
    assert (more * more).lower == 16
    share = more / (more + Quantity.constant(1))
    assert share.lower <= Decimal("0.8")
    assert share.upper is None or share.upper >= 1


def known(lower: str | None, value: str, upper: str) -> Quantity:
    low, at, high = (None if end is None else Decimal(end) for end in (lower, value, upper))
    return Quantity(at, low, high, "usd", formula=value)


def ends(result: Quantity) -> tuple[Decimal | None, Decimal | None, Decimal | None]:
    return result.lower, result.value, result.upper


def test_a_quantity_is_copied_and_kept() -> None:
    core = figure("core-resources-2011")
    share = core.share_of(core + figure("non-core-resources-2011"))
    for kept in (copy.deepcopy(core), pickle.loads(pickle.dumps(core))):
        assert kept == core and ends(kept - core) == (0, 0, 0)
    for kept in (copy.deepcopy(share), pickle.loads(pickle.dumps(share))):
        assert kept == share and ends(kept - share) == ends(share - share)


def test_an_amount_has_its_size_whatever_its_sign() -> None:
    less = figure("non-core-resources-2011") - figure("core-resources-2011")
    assert ends(abs(less)) == ends(-less) and abs(-less) == -less
    assert ends(abs(known("-3", "-2", "1"))) == (0, 2, 3)
    assert ends(abs(known(None, "-2", "1"))) == (0, 2, None)
