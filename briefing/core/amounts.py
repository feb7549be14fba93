"""How a bare number is rounded and said, with its unit where it is one of measure."""

import re
from decimal import Decimal
from fractions import Fraction
from functools import cache

from babel.numbers import format_compact_decimal, format_decimal, format_percent, get_group_symbol
from babel.units import format_unit

from briefing.core.language import GROUPS, LARGE, current, locale, translate
from briefing.core.quantity import PURE
from briefing.sources import tables

MINUS = "\u2212"
MILLION, THREE_DIGITS = 1_000_000, 100
NEAR = Fraction(1, 50)  # how far a share may be from the part that it is said to be
LENGTHS = ("long", "short")  # in which a time is said
MEASURED = {"money", "time", "ratio"}  # kinds of units that need not be whole numbers


def number(value: Decimal) -> str:
    """A bare number: in millions where it is a round one, else with its thousands apart."""
    if not is_round(value):
        return _grouped(format_decimal(value, locale=locale(), decimal_quantization=False))
    form = "long" if "long" in list(locale().compact_decimal_formats) else "short"
    said = format_compact_decimal(value, format_type=form, locale=locale(), fraction_digits=4)
    return _grouped(re.sub("^[0-9]{4,}", lambda m: f"{int(m[0]):,}", said))


def large() -> int:
    """What a column counts its large amounts in: millions, or 1 where they are said in full."""
    return LARGE.get(current(), MILLION)


def is_round(value: Decimal) -> bool:
    return abs(value) >= MILLION and value % (MILLION // 100) == 0


def _grouped(said: str) -> str:
    """A number with its thousands apart in the language's own way."""
    group = get_group_symbol(locale())
    return said.replace(group, GROUPS.get(current(), group)).replace("-", MINUS)


def rounded(value: Decimal, rounding: str) -> Decimal:
    """To whole numbers from a hundred on, to tenths below, and to two digits below one."""
    if value == value.to_integral_value():
        return value
    return at_place(value, 0 if abs(value) >= THREE_DIGITS else _fine_place(value), rounding)


def spoken_place(value: Decimal, unit: str) -> int:
    """The power of ten to which a speaker would round a computed number."""
    if unit == "percent":
        return 0 if abs(value) >= 10 else -1
    if is_count(unit):
        return 0
    return value.adjusted() - 2 if abs(value) >= THREE_DIGITS else _fine_place(value)


def _fine_place(value: Decimal) -> int:
    """The power of ten of tenths, or of the second digit below one."""
    return min(-1, value.adjusted() - 1)


def at_place(value: Decimal, place: int, rounding: str) -> Decimal:
    """Round to the power of ten `place`, without trailing zeros."""
    return Decimal(f"{value.quantize(Decimal(1).scaleb(place), rounding).normalize():f}") + 0


def in_unit(value: Decimal, unit: str) -> str:
    if value < 0:
        return MINUS + in_unit(-value, unit)
    if unit == "percent":
        return format_percent(value / 100, format="#,##0.##%", locale=locale())
    if unit == "share":
        return str(Fraction(value).limit_denominator(100))
    return number(value)


@cache
def kinds() -> dict[str, str]:
    units = tables.shared()["units"]
    return dict(zip(units["unit_id"], units["kind"], strict=True))


def is_count(unit: str) -> bool:
    """Whether what is counted is a whole number; a compound such as `ngo/session` is a mean."""
    return "/" not in unit and unit not in PURE and kinds().get(unit) not in MEASURED


def with_unit(value: Decimal, unit: str, prose: bool = False) -> str:
    """Money, time and ratios are said with their unit; what is counted, the sentence names.

    prose: percentages as a sentence has them, `60 per cent`.
    """
    if value < 0:
        return MINUS + with_unit(-value, unit, prose)
    named = unit if unit in kinds() else unit.split("/")[0]
    kind = kinds().get(named)
    if kind == "time":  # CLDR has the long form in most languages, the short one in all
        forms = (format_unit(value, f"duration-{named}", f, locale=locale()) for f in LENGTHS)
        return next(said for said in forms if f"duration-{named}" not in said)
    if named == "percent" and prose:
        return translate("{number} per cent").replace("{number}", number(value))
    if named == "share" and prose:
        return _part(value) or in_unit(value, unit)
    if named in ("percent", "share") or kind not in MEASURED:
        return in_unit(value, unit)
    # The period of an amount is said beside it; that it is for a biennium need not be said twice.
    label = tables.rows("units")[named]["label_en"].removesuffix(" for the biennium")
    pattern = f"{{number}} {label}".replace("{number} US dollars", "${number}")
    return translate(pattern).replace("{number}", in_unit(value, unit))


def part(percentage: Decimal) -> str:
    """A percentage as the part that a speaker would name, `two thirds`, or as it is."""
    return _part(percentage / 100) or in_unit(percentage, "percent")


def _part(share: Decimal) -> str:
    """A share in words where one that people say is within two hundredths; else ""."""
    words = {
        Fraction(1, 2): translate("one half"),
        Fraction(1, 3): translate("one third"),
        Fraction(2, 3): translate("two thirds"),
        Fraction(1, 4): translate("one quarter"),
        Fraction(3, 4): translate("three quarters"),
    }
    nearest = min(words, key=lambda one: abs(one - Fraction(share)))
    return words[nearest] if abs(nearest - Fraction(share)) < NEAR else ""
