"""What a number says beside a figure: that it agrees, is too exact, or lies outside its range."""

from decimal import Decimal

from briefing.core.expression import INFINITY
from briefing.core.numerals import Numeral, digits
from briefing.core.quantity import Quantity
from briefing.core.wording import errata
from briefing.core.wordings import Known

AGREES, READING, DOUBTFUL = "agrees", "reading", "doubtful"
DROPS, TOO_EXACT, OUT = "drops_qualifier", "too_exact", "out_of_range"
FITS = (AGREES, DOUBTFUL, READING)
SCALES = {"share": 100, "year": 12}  # numerals give shares in per cent and years in months


def is_number_of(one: Numeral, figure: Known) -> bool:
    """Whether a number is that of a figure, whatever stands beside it."""
    quantity, scale = figure.quantity, SCALES.get(figure.quantity.unit, 1)
    if quantity.value is None or one.upper is not None:
        return compared(one, figure) in FITS
    value = quantity.value * scale
    near = value / 100 if quantity.derived else one.step / 2
    return one.value == value or abs(one.value - value) < near


def compared(one: Numeral, figure: Known) -> str:
    """The verdict on a number if it is of a figure; one doubtful, or read otherwise, is told so."""
    quantity = figure.quantity
    if _verdict(one, quantity) == AGREES:
        if quantity.derived:
            return READING if figure.is_read else AGREES
        return DOUBTFUL if errata(quantity) else AGREES
    if figure.is_read and not quantity.derived and _verdict(one, quantity.adopted) == AGREES:
        return READING
    return _verdict(one, quantity)


def _verdict(one: Numeral, quantity: Quantity) -> str:
    """What a number says, beside what is printed with its qualifier and range."""
    scale = SCALES.get(quantity.unit, 1)
    ends = (quantity.value, quantity.lower, quantity.upper)
    value, low, high = (None if end is None else end * scale for end in ends)
    high = INFINITY if high is None else high
    if value is None or one.upper is not None:
        return _of_span(one, value, low, high)
    near = max(one.step / 2, value / 200 if quantity.derived else 0)
    near = max(near, Decimal("0.5")) if quantity.derived and one.kind == "count" else near
    if one.value == value or abs(one.value - value) < min(near, value / 20):
        return _qualified(one, value, quantity)
    said = one.value
    match one.qualifier:
        case "more_than" | "at_least":
            return AGREES if said <= low and value <= Decimal("2.5") * said else OUT
        case "up_to" | "less_than" | "nearly":
            most = Decimal("1.15") if one.qualifier == "nearly" else 2
            return AGREES if high <= said <= most * value else OUT
        case "about":
            half = Decimal(1).scaleb(said.normalize().as_tuple().exponent) / 2
            if abs(said - value) < half and abs(said - value) <= value / 10:
                return AGREES
            if (
                quantity.qualifier == "about"
                and low <= said <= high
                and one.digits <= digits(value)
            ):
                return AGREES
    return TOO_EXACT if low <= said <= min(high, 2 * value) and low < high else OUT


def _of_span(one: Numeral, value: Decimal | None, low: Decimal, high: Decimal) -> str:
    """A verdict on a span, or on what the report gives as a span: 数千."""
    last = one.value if one.upper is None else one.upper
    if value is None:
        if not low <= one.value <= last <= high:
            return OUT
        return (
            AGREES if one.qualifier in ("several", "more_than") or one.value == low else TOO_EXACT
        )
    is_within = one.value <= value <= last or one.value <= low < high <= last
    return AGREES if is_within and last <= 2 * one.value else OUT


def _qualified(one: Numeral, value: Decimal, quantity: Quantity) -> str:
    """The verdict on a number that is printed, by the qualifiers of both."""
    said, printed = one.qualifier, "unqualified" if quantity.derived else quantity.qualifier
    if said == printed or (said == "about" and printed not in ("more_than", "at_least")):
        return AGREES
    if printed == "unqualified":
        is_true = {
            "more_than": one.value < value,
            "at_least": one.value <= value,
            "nearly": one.value > value,
            "less_than": one.value > value,
            "up_to": one.value >= value,
        }
        return AGREES if is_true.get(said, True) else OUT
    implied = {("more_than", "at_least"), ("nearly", "up_to")}
    is_above = "以上" in quantity.formula and said == "more_than"  # which is said of both
    return AGREES if (printed, said) in implied or is_above else DROPS
