"""How a printed figure is read: its qualifier, its value and its bounds.

The rules stand in data/README.md; `read_printed` is their implementation.
"""

import re
from dataclasses import dataclass
from decimal import Decimal

SCALES = {"": 1, "万": 10_000, "亿": 100_000_000}
CHINESE = "零〇一二两三四五六七八九十百千"
PRINTED = re.compile(
    rf"""(?P<before>大约|约|近|至少)?
    (?: 数(?P<several>[十百千][万亿]?|[万亿])
      | 翻了(?P<doublings>[{CHINESE}]+)番
      | (?P<denominator>[{CHINESE}]+)分之(?P<numerator>[{CHINESE}]+)
      | (?P<number>[0-9]+(?:\.[0-9]+)?|[{CHINESE}]+)
        (?P<more>多)?(?P<scale>[万亿]?)(?P<percent>%?)(?P<much>多)? )
    (?P<counter>(?![{CHINESE}万亿成半])[^0-9]*?)
    (?P<after>以上|或更多|或更高)?""",
    re.VERBOSE,
)
SIX_PLACES = Decimal("0.000001")


@dataclass(frozen=True)
class Reading:
    """What a printed figure says: its qualifier, and value and bounds in base units."""

    qualifier: str
    value: Decimal | None
    lower: Decimal | None
    upper: Decimal | None


def read_printed(printed: str) -> Reading:
    """Read a figure as the Chinese text prints it, e.g. `1.25亿美元` or `大约三分之一`.

    Raises ValueError when the form is none that the codebook describes.
    """
    match = PRINTED.fullmatch(printed)
    if not match:
        raise ValueError(f"{printed!r} is not a printed figure: expected e.g. 1.25亿美元")
    part = match.groupdict(default="")
    try:
        return _reading(part, _qualifier(part))
    except (ValueError, LookupError, ArithmeticError):  # `千千`, `千十九`, `零分之一`
        raise ValueError(
            f"{printed!r} holds a numeral that cannot be read, expected e.g. 三分之二"
        ) from None


def _reading(part: dict[str, str], qualifier: str) -> Reading:
    if part["several"]:
        unit = _number("一" + part["several"])
        return Reading(qualifier, None, 2 * unit, 10 * unit)
    if part["denominator"]:
        return _read_fraction(qualifier, _number(part["numerator"]), _number(part["denominator"]))
    if part["doublings"]:
        factor = Decimal(2) ** int(_number(part["doublings"]))
        return Reading(qualifier, factor, *_around(qualifier, factor, Decimal(0), Decimal(0)))
    value = _number(part["number"]) * SCALES[part["scale"]]
    if part["percent"]:
        half = Decimal("0.5")
    elif part["scale"] or qualifier != "exact":
        half = Decimal(1).scaleb(value.normalize().as_tuple().exponent) / 2
    else:
        half = Decimal(0)
    return Reading(qualifier, value, *_around(qualifier, value, half, half))


def _number(digits: str) -> Decimal:
    if digits[0] not in CHINESE:
        return Decimal(digits)
    import cn2an  # as late as in `source`

    return Decimal(str(cn2an.cn2an(digits, "smart")))


def _qualifier(part: dict[str, str]) -> str:
    if part["several"]:
        return "several"
    if part["more"] or part["much"] or part["after"] == "以上":
        return "more_than"
    if part["before"] == "至少" or part["after"]:
        return "at_least"
    return {"": "exact", "近": "nearly"}.get(part["before"], "about")


def _around(
    qualifier: str, value: Decimal, below: Decimal, above: Decimal
) -> tuple[Decimal | None, Decimal | None]:
    """The bounds around a value that may be off by `below` and `above`."""
    if qualifier in ("more_than", "at_least"):
        return value, None
    return value - below, value if qualifier == "nearly" else value + above


def _read_fraction(qualifier: str, numerator: Decimal, denominator: Decimal) -> Reading:
    """`about one third` lies nearer to one third than to one quarter or one half."""
    value = numerator / denominator
    below = above = Decimal(0)
    if qualifier != "exact":
        below = (value - numerator / (denominator + 1)) / 2
        above = (numerator / (denominator - 1) - value) / 2
    bounds = (value, *_around(qualifier, value, below, above))
    return Reading(qualifier, *(b if b is None else b.quantize(SIX_PLACES) for b in bounds))
