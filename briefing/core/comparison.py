"""What a number says beside a figure: that it agrees, is too exact, or lies outside its range."""

from decimal import Decimal

from briefing.core.expression import INFINITY
from briefing.core.numerals import EXACT, PLAIN, RANGES, Numeral
from briefing.core.wording import errata
from briefing.core.wordings import Known, Reading
from briefing.sources.printed import last_place

AGREES, READING, DOUBTFUL = "agrees", "reading", "doubtful"
DROPS, TOO_EXACT, OUT = "drops_qualifier", "too_exact", "out_of_range"
FITS = (AGREES, DOUBTFUL, READING)


def compared(one: Numeral, figure: Known) -> str:
    """The verdict on a number if it is of a figure; one doubtful, or read otherwise, is told so."""
    quantity, verdicts = figure.quantity, [_verdict(one, it) for it in figure.readings]
    if verdicts[0] == AGREES and not (quantity.derived and figure.is_read):
        return DOUBTFUL if not quantity.derived and errata(quantity) else AGREES
    return READING if AGREES in verdicts else verdicts[0]


def is_near(one: Numeral, figure: Known) -> bool:
    """Whether a number can be said for that of a figure, whatever its bound; a span can for any."""
    size = float(one.value)
    return one.upper is not None or 0.9 * size <= figure.size <= 1.1 * size


def is_same(one: Numeral, reading: Reading) -> bool:
    """Whether a number is that of a figure, whatever stands beside it."""
    value, is_derived = reading.value, reading.quantity.derived
    if one.upper is not None:
        return one.value <= value <= one.upper <= 2 * one.value or one.qualifier == "several"
    near = max(one.step / 2, value / 200 if is_derived and one.digits <= 3 else 0)
    if is_derived and one.kind == "count":  # of which there are no parts
        near = max(near, Decimal("0.51"))
    if one.qualifier == "about":  # a round number, as a speaker gives it
        near = max(near, last_place(one.value) / 2)
    return one.value == value or abs(one.value - value) < min(near, value / 20)


def is_slip(one: Numeral, reading: Reading) -> bool:
    """Whether a number is another's but for one digit, or has its digits in another order."""
    said, printed = f"{one.value:.0f}", f"{reading.value:.0f}"
    apart = sum(map(str.__ne__, said, printed))
    if len(printed.rstrip("0")) <= EXACT:  # it may be said more exactly
        return False
    return len(said) == len(printed) and (apart == 1 or sorted(said) == sorted(printed))


def _verdict(one: Numeral, reading: Reading) -> str:
    """What a number says, beside what is printed with its qualifier and range."""
    quantity, low, value, high = reading
    said, printed = one.qualifier, PLAIN if quantity.derived else quantity.qualifier
    is_span, is_value = one.upper is not None, one.upper is None and is_same(one, reading)
    is_above = "以上" in quantity.formula and said == "more_than"  # which is said of both
    if is_value and (said == printed or is_above or (said == "about" and high < INFINITY)):
        return AGREES
    least, most = one.ends
    if high == INFINITY and said in RANGES:  # which is said with its own bound, or a round one
        most = min(most, one.value + max(last_place(one.value), one.value / 20))
    ends = [value] if is_span or said == "about" or quantity.derived else [low, value, high]
    if high == INFINITY:  # which only what has no end itself says, too
        ends = [low, value] if said in ("more_than", "at_least") else [high]
    if all(least <= end <= most for end in ends) and not (is_value and said == PLAIN):
        return AGREES
    if is_value:
        return OUT if printed == PLAIN else DROPS
    is_plain = not is_span and said in (PLAIN, "about")
    is_within = low <= one.value <= min(high, 2 * value)
    return TOO_EXACT if is_plain and is_within else OUT
