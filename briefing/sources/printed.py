"""How a printed figure is read: its qualifier, its value and the range assumed for it.

The rules stand in data/README.md; `read_printed` is their implementation. What they do not
describe is refused, so that no form is read as another number. `faults` holds figures.csv against
them whenever data/ is loaded, so that no number goes on from there unchecked.
"""

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

import pandas as pd

from briefing.sources.characters import CHINESE, FORMAL, FORMAL_OR_WORD

ENDS = ("value", "lower", "upper")
SCALES = {"": 1, "万": 10_000, "亿": 100_000_000}
TENS = {"十": 10, "百": 100, "千": 1000}
DIGITS = "零一二三四五六七八九"
# What in the words after a number would change it: numerals, halves, ranges, limits, qualifiers.
CHANGING = f"{CHINESE}{FORMAL}万萬亿億兆半几幾余餘来來数數兩多约約近逾超左右至到或翻"
LIMITS = (
    r"成(?!员)|以[上下内外前后]|之[内外间上下]|上下|开外|不[等足够满止]|未满|最少|上限|下限|为[限止]|封顶"
    r"|(?<=[年月周日天时钟秒])[内外](?!瓦)|(?<=[元人名])[内起](?!部|阁|政|科|陆|诉|草|义|源|点)|略[多少高低]|往[上下]"
    r"|[打保]底|有奇|[内外起强弱许]\Z|出头|冒头|挂零|光景|模样|样子"
)
INSTEAD = f"[成折分点打番内外许强弱{FORMAL_OR_WORD}]"  # of a counter, right behind a number
WORD = rf"(?!{LIMITS}|[{CHANGING}])[\u4e00-\u9fff]"
QUOTED = rf"“(?![{CHANGING}]+”)(?:(?!{LIMITS})[\u4e00-\u9fffA-Za-z]){{2,}}”"
COUNTER = rf"(?:(?!{INSTEAD}){WORD}(?:{WORD}|、(?={WORD})|{QUOTED})*)?"
NO_COUNT = "一(?:些|系列|批|致|般|定|切|直|旦|并|贯|体|样)"
# Compiled where it is first used: most commands read no printed form.
PRINTED = rf"""(?P<before>大约|约|近|至少)?
    (?: 数(?P<several>[十百千][万亿]?|[万亿])
      | 翻了(?P<doublings>[{CHINESE}]+)番
      | (?P<denominator>[{CHINESE}]+)分之(?P<numerator>[{CHINESE}]+)
      | (?!{NO_COUNT})(?P<number>(?:0|[1-9][0-9]*)(?:\.[0-9]+)?|[{CHINESE}]+)
        (?P<more>多)?(?:(?P<scale>[万亿])|(?P<percent>%))?(?(more)|(?P<much>多)?) )
    (?P<counter>{COUNTER})
    (?P<after>以上|或更多|或更高)?"""
LIANG = re.compile("两(?=[百千])|^两$")  # where it stands for 二, and not for a weight
QUALIFIERS = dict.fromkeys(("大约", "约"), "about") | {"近": "nearly", "多": "more_than"}
QUALIFIERS |= dict.fromkeys(("至少", "以上", "或更多", "或更高"), "at_least")


class Reading(NamedTuple):
    """What a printed figure says: its qualifier, its value and the ends of its range.

    value, lower and upper are in base units; None is a value not stated or an open end.
    """

    qualifier: str
    value: Decimal | None
    lower: Decimal | None
    upper: Decimal | None


def read_printed(printed: str, status: str = "actual") -> Reading:
    """Read a figure as the Chinese text prints it, e.g. `1.25亿美元` or `大约三分之一`.

    status: that of the figure; a target is set, not measured, and has no range. Raises ValueError
    when the form is none that the codebook describes.
    """
    match = re.fullmatch(PRINTED, printed, re.VERBOSE)
    if not match:
        raise ValueError(f"{printed!r} is not a printed figure: expected e.g. 1.25亿美元")
    part = match.groupdict(default="")
    try:
        reading = _reading(part, _qualifier(part))
        if status == "target":
            if reading.value is None:
                raise ValueError(printed)
            reading = reading._replace(lower=reading.value, upper=reading.value)
    except (ValueError, LookupError, ArithmeticError):  # `千千`, `两三`, `0.0亿`
        told = "holds a numeral or qualifiers that cannot be read, expected e.g. 三分之二"
        raise ValueError(f"{printed!r} {told}") from None
    return reading


def _reading(part: dict[str, str], qualifier: str) -> Reading:
    if several := part["several"]:
        unit = Decimal(TENS.get(several[0], 1) * SCALES[several.lstrip("十百千")])
        return Reading(qualifier, None, 2 * unit, 10 * unit)
    half = Decimal(0)
    if part["denominator"]:
        value = _number(part["numerator"]) / _number(part["denominator"])
        if not 0 < value < 1:
            raise ValueError(part["denominator"])
    elif part["doublings"]:
        value = Decimal(2) ** int(_number(part["doublings"]))
    else:
        value = _number(part["number"]) * SCALES[part["scale"]]
        half = _half_a_step(value, part, qualifier)
    ends = (value, *_range(qualifier, value, half))  # which data/ keeps to six places
    return Reading(qualifier, *(end if end is None else round(end, 6) for end in ends))


def _half_a_step(value: Decimal, part: dict[str, str], qualifier: str) -> Decimal:
    """Half a unit of the last place printed, which of a rounded number is its last digit but 0.

    ValueError for a nought that is rounded, which has no such digit.
    """
    if part["percent"]:
        return Decimal(1).scaleb(value.as_tuple().exponent) / 2
    if part["scale"] or qualifier == "about":
        if not value:
            raise ValueError(part["number"])
        return last_place(value) / 2
    return Decimal(0)


def last_place(value: Decimal) -> Decimal:
    """One unit of the last digit of a number that is no nought."""
    return Decimal(1).scaleb(value.normalize().as_tuple().exponent)


def _number(digits: str) -> Decimal:
    return Decimal(digits) if digits[0] not in CHINESE else Decimal(whole(digits))


def whole(numeral: str) -> int:
    """A whole number below ten thousand, written in Chinese. Raises ValueError for another form."""
    number, digit, plain = 0, 0, LIANG.sub("二", numeral)
    for sign in plain:
        if sign in TENS:
            number, digit = number + (digit or 1) * TENS[sign], 0
        else:
            digit = DIGITS.index(sign)
    number += digit
    if _written(number) != plain:
        raise ValueError(numeral)
    return number


def _written(number: int) -> str:
    """A number as Chinese writes it: `十二`, `一百一十二`, `一千零二`."""
    places = zip(map(int, f"{number:04}"), "千百十", strict=False)
    above = "".join(DIGITS[digit] + place * (digit > 0) for digit, place in places)
    said = re.sub("零+", "零", above + DIGITS[number % 10]).strip("零") or "零"
    return said.removeprefix("一") if said.startswith("一十") else said


def _qualifier(part: dict[str, str]) -> str:
    """The one qualifier of a form; ValueError where there are two."""
    names = ("before", "more", "much", "after")
    found = [QUALIFIERS[part[name]] for name in names if part[name]]
    [qualifier] = found + ["several"] * bool(part["several"]) or ["unqualified"]
    return qualifier


def _range(qualifier: str, value: Decimal, half: Decimal) -> tuple[Decimal | None, Decimal | None]:
    """The range assumed for a value that is printed to within half a step."""
    if qualifier in ("more_than", "at_least"):
        return value, None
    if qualifier == "nearly":
        return value * 9 / 10, value
    around = max(half, value / 20) if qualifier == "about" else half
    return value - around, value + around


def faults(tables: dict[str, pd.DataFrame]) -> Iterator[str]:
    """One sentence for each cell that says other than the printed form, by file, row and column.

    tables: those of data/ as text, indexed by row; what is not there is not checked.
    """
    if "figures" in tables:
        found = list(_figure_faults(tables["figures"]))
        if "numerals" in tables and not found:
            found += _numeral_faults(tables["numerals"], tables["figures"])
        yield from found
        if "indicators" in tables:
            yield from _unit_faults(tables["figures"], tables["indicators"])
    if "events" in tables:
        yield from _date_faults(tables["events"])
    if "figure_errata" in tables:
        yield from _reading_faults(tables["figure_errata"])


def _figure_faults(figures: pd.DataFrame) -> Iterator[str]:
    for row, cells in figures.to_dict("index").items():
        place = f"figures.csv, row {row}, column"
        if bool(cells["period"]) != bool(cells["period_basis"]):
            beside = f"{cells['period_basis']!r} stands beside the period {cells['period']!r}"
            yield f"{place} period_basis: {beside}, expected both or neither"
        try:
            reading = read_printed(cells["printed"], cells["status"])
        except ValueError as error:
            yield f"{place} printed: {error}"
            continue
        for name, read in reading._asdict().items():
            if not _same(cells[name], expected := _plain(read)):
                source = f"{cells['printed']!r} with the status {cells['status']}"
                told = f"{cells[name]!r} does not follow from {source}"
                yield f"{place} {name}: {told}, expected {expected or 'an empty cell'}"


def _numeral_faults(numerals: pd.DataFrame, figures: pd.DataFrame) -> Iterator[str]:
    """Where a figure has no numeral, or stands apart from it, as when one column was sorted."""
    is_reached = figures["figure_id"].isin(numerals["figure_id"])
    for row, name in figures.loc[~is_reached, "figure_id"].items():
        told = f"{name!r} is reached from no row of numerals.csv, expected one"
        yield f"figures.csv, row {row}, column figure_id: {told}"
    known = figures.set_index("figure_id")[["paragraph_id", "printed"]].to_dict("index")
    for row, cells in numerals[numerals["figure_id"].isin(known)].to_dict("index").items():
        name, numeral, figure = cells["figure_id"], cells["printed"], known[cells["figure_id"]]
        place, other = cells["paragraph_id"], figure["paragraph_id"]
        if place != other or numeral not in figure["printed"]:
            told = f"{name!r} is {numeral!r} in paragraph {place}"
            stands = f"in figures.csv {figure['printed']!r} in paragraph {other}"
            yield f"numerals.csv, row {row}, column figure_id: {told}, {stands}, expected one place"


def _date_faults(events: pd.DataFrame) -> Iterator[str]:
    """Where a date is finer than it is printed."""
    for row, cells in events.to_dict("index").items():
        said = 2 if "日" in cells["printed"] else 1 if "月" in cells["printed"] else 0
        finest = max(part.count("-") for part in cells["period"].split("/"))
        if "年" in cells["printed"] and finest > said:
            told = f"{cells['period']!r} is finer than {cells['printed']!r}, expected no finer date"
            yield f"events.csv, row {row}, column period: {told}"


def _unit_faults(figures: pd.DataFrame, indicators: pd.DataFrame) -> Iterator[str]:
    expected = figures["indicator_id"].map(indicators.set_index("indicator_id")["unit_id"])
    for row in figures.index[expected.notna() & (figures["unit_id"] != expected)]:
        found, indicator = figures.loc[row, ["unit_id", "indicator_id"]]
        told = f"{found!r} is not the unit of {indicator}, expected {expected[row]}"
        yield f"figures.csv, row {row}, column unit_id: {told}"


def _reading_faults(readings: pd.DataFrame) -> Iterator[str]:
    """Where the range of a reading adopted does not hold its value."""
    for row, cells in readings.to_dict("index").items():
        place = f"figure_errata.csv, row {row}, column"
        value, lower, upper = (cells[f"{name}_adopted"] for name in ENDS)
        if len({bool(value), bool(lower), bool(upper)}) > 1:
            yield f"{place} value_adopted: value and range stand apart, expected all three or none"
        elif value and not Decimal(lower) <= Decimal(value) <= Decimal(upper):
            told = f"{lower} to {upper} does not hold {value}, expected a range that does"
            yield f"{place} lower_adopted: {told}"


def _plain(read: str | Decimal | None) -> str:
    return f"{read.normalize():f}" if isinstance(read, Decimal) else read or ""


def _same(cell: str, expected: str) -> bool:
    """Whether a cell is the number or word expected; 1.50 is 1.5."""
    try:
        return Decimal(cell) == Decimal(expected)
    except ArithmeticError:  # no number
        return cell == expected
