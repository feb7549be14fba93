"""Which numbers a free text names, in English or Chinese, in digits or in words.

forms.csv holds the forms: of what is passed by as it counts nothing, such as dates, symbols of
documents and ordinals; of fixed words; and of what stands before and behind a number. A part is
written into the patterns below it where its name stands.
"""

import csv
import re
from collections import defaultdict, namedtuple
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

from briefing.sources.characters import CHINESE
from briefing.sources.printed import SCALES, last_place, whole

ALIKE = str.maketrans(
    {chr(n): chr(n - 0xFEE0) for n in range(0xFF01, 0xFF5F)}
    | dict.fromkeys("\u00a0\u2009\u202f\u2007\u3000\u2060\u200b\t\r", " ")
    | dict.fromkeys("‐‑‒–—―−", "-")
    | dict.fromkeys("’‘ʼ", "'")
)
# Numerals as they stand on cheques; one alone may be part of a name, such as that of Oslo, but
# for those of traditional Chinese.
USUAL = str.maketrans("壹贰貳叁肆伍陆陸柒捌玖拾佰仟億萬兩", "一二二三四五六六七八九十百千亿万两")
FORMAL = re.compile("[壹贰貳叁肆伍陆陸柒捌玖拾佰仟億萬兩零亿万]{2,}|[億萬兩]")
# Of which parts of it a number is said: `more than 100` of 101 to 250.
RANGES = {"more_than": ("1.0001", "2"), "at_least": ("1", "2")}
RANGES |= {"nearly": ("0.87", "0.9999"), "up_to": ("0.8", "1"), "less_than": ("0.8", "0.9999")}
PLAIN = "unqualified"
SMALL = 12  # numbers up to it are in every text, and are not looked for in the report
EXACT = 3  # digits of a number that is not round: with more, two figures are not alike by chance
LARGE = 100_000  # from which a count may be an amount of money
Form = namedtuple("Form", "use kind value pattern example")
COUNT = Form("unit", "count", "1", "", "")


def _forms() -> tuple[dict[str, list[Form]], dict[str, str]]:
    """The forms by their use, with the parts in their places; and the parts."""
    forms, parts = defaultdict(list), {}

    def filled(pattern: str) -> str:
        return re.sub("[A-Z]{3,}", lambda name: parts.get(name[0], name[0]), pattern)

    with Path(__file__).with_name("forms.csv").open(encoding="utf-8", newline="") as file:
        for row in map(Form._make, list(csv.reader(file))[1:]):
            forms[row.use].append(row._replace(pattern=filled(row.pattern)))
            if row.use == "part":
                parts[row.kind] = filled(row.pattern)
    return forms, parts


FORMS, PARTS = _forms()
PASSED_BY = re.compile("|".join(form.pattern for form in FORMS["passed_by"]), re.MULTILINE)
LIST = re.compile(r"^[ \t>|*+-]*\(?[0-9]{1,3}[.)、](?=\s|[\u4e00-\u9fff])", re.MULTILINE)


def _any(use: str) -> str:
    """A pattern of all forms of a use, each a group of its own."""
    named = (f"(?P<{use}{place}>{form.pattern})" for place, form in enumerate(FORMS[use]))
    return f"(?P<{use}>{'|'.join(named)})"


READ = rf"{_any('fixed')}|{_any('ratio')}|{_any('currency')}?(?P<number>{PARTS['NUMBER']})"
READ += r"(?P<odd> ?[多余](?![付额])|\s?-odd|-some)?[\s-]?(?:个(?=亿))?"
READ += rf"{_any('power')}?(?P<more>(?<!\s)[多余](?!出))?[\s-]?"
READ += rf"{_any('unit')}?(?P<tenth>(?<=成)[一二三四五六七八九半])?(?P<most>(?<=成)多)?"
READ = re.compile(rf"(?=[^\W_a-z]|[$€£¥]|(?<![a-z])[a-z])(?:{READ})")  # not within a word
BEFORE, AFTER = (
    {re.compile(it.pattern): it.kind for it in FORMS[use]} for use in ("before", "after")
)
RISEN = re.compile("(?:增加|增长|提高|上升|扩大)了?(?:约|近)?$")
CELL = re.compile(r"[^|\n]*[^|\s][^|\n]*")
UNIT_OF_CELL = re.compile(  # `(US$ million)` behind what a row or column is
    r"(?:[(,]|^|\bin)\s*(?=[a-z$€£%万亿美百千])(?P<sign>us\s?\$|[$€£]|usd|eur)?\s?"
    r"(?P<power>thousands?|millions?|billions?|mn|m|bn|百万|千万|万|亿)?\s?(?:of\s)?"
    r"(?P<unit>(?:us\s)?dollars|us\$|usd|美元|欧元|%|per cent)?\s*\)?\s*$"
)
LONGEST_ROW = 2000  # characters of a row before a number in it
JOINED = re.compile(
    r"\s*(?:-|~|[升增]?[至到](?:大?约|近)?)\s*|\s+(?:to|and)\s+(?:(?:about|around|roughly|some|nearly)\s)?"
)


@dataclass(frozen=True)
class Numeral:
    """A number that a text names.

    start, end: where it stands. value, upper: the number, or the ends of a span. kind: money,
    other_money, percent, factor, time (in months) or count. qualifier: as figures.csv has it,
    or up_to. step: the last place written, 0 of a number in full.
    """

    start: int
    end: int
    value: Decimal
    kind: str = "count"
    qualifier: str = PLAIN
    upper: Decimal | None = None
    step: Decimal = Decimal(0)
    is_word: bool = False

    @property
    def is_amount(self) -> bool:
        """Whether it may be an amount that stands without its currency."""
        return self.kind == "count" and self.value >= LARGE

    @property
    def is_part(self) -> bool:
        """Whether it is a part in words, such as two thirds."""
        return self.is_word and self.kind == "percent"

    @property
    def digits(self) -> int:
        """How many digits it has, without zeros at its end."""
        return len(self.value.normalize().as_tuple().digits)

    @property
    def is_exact(self) -> bool:
        """Whether two things hardly have it by chance."""
        return self.digits > EXACT and self.kind in ("count", "money")

    @property
    def ends(self) -> tuple[Decimal, Decimal]:
        """Between which numbers is what it may be said of."""
        if self.upper is not None:
            return self.value, min(self.upper, 5 * self.value)
        if self.qualifier in RANGES:
            least, most = map(Decimal, RANGES[self.qualifier])
            return self.value * least, self.value * most
        spread = min(self.step / 2, self.value / 20)
        if self.qualifier == "about":  # half of the last digit, and what lies there is rounded away
            spread = min(last_place(self.value) / 2, self.value / 8) * Decimal("0.999")
        return self.value - spread, self.value + spread


def plain(text: str) -> str:
    """A text of the same length in which like signs are alike, in lower case."""
    same = FORMAL.sub(lambda match: match[0].translate(USUAL), text.translate(ALIKE))
    return same.lower() if len(same.lower()) == len(same) else same


def numerals(text: str) -> list[Numeral]:
    """The numbers of a text that is plain, in order."""
    masked = PASSED_BY.sub(lambda match: "·" * len(match[0]), text)
    masked = LIST.sub(_list_number, masked).replace("\n", " ")
    found: list[Numeral] = []
    for match in READ.finditer(masked):
        try:
            numeral = _qualified(masked, match, _read(match))
        except (ValueError, ArithmeticError):  # `千千`, `零分之一`
            continue
        last = found[-1] if found else None
        if last and JOINED.fullmatch(masked, last.end, numeral.start):
            found[-1:] = _joined(masked, last, numeral)
        else:
            found.append(numeral)
    return found


def in_unit(one: Numeral, words: str, head: str) -> Numeral:
    """A number in the unit of its row or column, where it has none of its own in a cell."""
    start, number = words.rfind("\n", 0, one.start) + 1, words[one.start : one.end]
    ahead = words[start : one.start]
    if one.kind != "count" or len(ahead) > LONGEST_ROW:
        return one
    column, is_alone = ahead.strip("| ").count("|") + 1, ahead.rstrip().endswith("|")
    if not is_alone:  # `Core resources (US$ million): 125`
        row, column = ahead.rstrip(" :").partition("|")[0].rstrip(), 0
        if "|" not in ahead and not row.endswith(")"):
            return one
    elif not re.match(r"\s*(?:\||\n|$)", words[one.end : one.end + 40]):
        return one
    else:
        row = ahead.strip("| ").partition("|")[0]
    heads = [cell[0] for cell in CELL.finditer(head)]
    for label in (row, *(heads[column : column + 1] if column else ())):
        if unit := UNIT_OF_CELL.search(label):
            power = (unit["power"] or "").removesuffix("s")
            found = numerals(f"{unit['sign'] or ''} {number} {power} {unit['unit'] or ''}")
            if len(found) == 1:
                return replace(found[0], start=one.start, end=one.end, qualifier=one.qualifier)
    return one


def _list_number(match: re.Match) -> str:
    """The number of a list masked; what ends a sentence that began a line above is none."""
    text, start = match.string, match.start()
    above = text[:start].rstrip()
    is_first = not above or above[-1] in ".;:!?。；：|·" or "\n\n" in text[len(above) : start]
    is_next = LIST.match(text, text.rfind("\n", 0, len(above)) + 1)
    return "·" * len(match[0]) if is_first or is_next else match[0]


def _form(match: re.Match, use: str) -> Form | None:
    """The form of a use that was found."""
    places = enumerate(FORMS[use]) if match[use] else ()
    return next((it for place, it in places if match[f"{use}{place}"]), None)


def _read(match: re.Match) -> Numeral:
    start, end = match.start(), match.start() + len(match[0].rstrip(" -"))
    if fixed := _form(match, "fixed"):
        if fixed.kind == "share":
            return _share(start, end, Fraction(fixed.value))
        value = Decimal(fixed.value)
        if fixed.kind == "several":
            return Numeral(start, end, 2 * value, "count", "several", 10 * value)
        step = value / 10 if value > 1000 else Decimal(0)
        return Numeral(start, end, value, fixed.kind, step=step, is_word=value == 12)
    if match["below"] in ("百", "100"):
        value = _value(match["above"])
        places = match["above"].replace("点", ".").partition(".")[2]
        return Numeral(start, end, value, "percent", step=Decimal(1).scaleb(-len(places)))
    for part, whole_ in (("part", "every"), ("some", "each"), ("above", "below")):
        if match[part]:
            share = Fraction(_value(match[part])) / Fraction(_value(match[whole_]))
            return _share(start, end, share)
    number, power, currency = match["number"], _form(match, "power"), _form(match, "currency")
    unit, value = _form(match, "unit") or currency or COUNT, _value(number)
    scale, step = Decimal(power.value if power else 1), Decimal(0)
    is_rounded = power or "." in number or re.search(f"[a-z] {PARTS['POWER']}$", number)
    if is_rounded or unit.kind in ("percent", "points"):
        step = scale.scaleb(-len(number.partition(".")[2]))
        if re.search(f"[万亿百千]|{PARTS['POWER']}$", number):
            step = last_place(value)
    if match["unit"] == "倍" and RISEN.search(match.string, 0, start):
        value += 1  # 增加两倍: to three times as much
    if match["tenth"]:
        value += Decimal("0.5") if match["tenth"] == "半" else _value(match["tenth"]) / 10
    value, step = value * scale * int(unit.value), 5 if unit.value == "10" else step
    value += 6 if match["unit"] == "年半" else 0
    kind = currency.kind if currency and unit.kind != "other_money" else unit.kind
    return Numeral(start, end, value, kind, step=Decimal(step), is_word=not number[0].isdigit())


def _share(start: int, end: int, share: Fraction) -> Numeral:
    """A part in per cent, which is said of what is near it. Raises ValueError where it is none."""
    if not 0 < share < 1:
        raise ValueError(share)
    value = 100 * Decimal(share.numerator) / share.denominator
    return Numeral(start, end, value, "percent", step=Decimal(4), is_word=True)


def _value(number: str) -> Decimal:
    """A number in digits or words. Raises ValueError where it is none."""
    if re.search(f"[{CHINESE}万亿]", number):
        return _chinese(number.replace(" ", ""))
    if number[0] in "0123456789":
        return Decimal(re.sub("[,' ]", "", number))
    try:
        from text_to_num import text2num
    except ImportError:
        raise ImportError("text2num is not installed, expected briefing[draft]") from None
    whole_, half, _ = re.sub("^an? ", "one ", " ".join(number.split())).partition(" and a half")
    return Decimal(text2num(whole_, "en")) + (Decimal("0.5") if half else 0)


def _chinese(number: str) -> Decimal:
    """A number in Chinese, or in digits with 万 and 亿. Raises ValueError where it is none."""
    number = number if number.startswith("零点") else number.removeprefix("零") or number
    for power in ("亿", "万"):
        above, sign, below = number.partition(power)
        if sign:
            return _chinese(above) * SCALES[power] + (_chinese(below) if below else 0)
    if number[:1].isdigit():
        return Decimal(number.removesuffix("千")) * (1000 if number.endswith("千") else 1)
    above, point, below = number.partition("点")
    places = "".join(str(whole(sign)) for sign in below)
    return Decimal(f"{whole(above)}.{places}") if point else Decimal(whole(above))


def _qualified(text: str, match: re.Match, numeral: Numeral) -> Numeral:
    """A number with the qualifier that stands before or behind it."""
    if numeral.qualifier != PLAIN:
        return numeral
    before = text[max(0, numeral.start - 30) : numeral.start]
    after = text[numeral.end : numeral.end + 24]
    if match["odd"] or match["more"] or match["most"] or match[0] == "过半":
        return replace(numeral, qualifier="more_than")
    found = [kind for pattern, kind in AFTER.items() if pattern.match(after)]
    found += [kind for pattern, kind in BEFORE.items() if pattern.search(before)]
    return replace(numeral, qualifier=found[0] if found else PLAIN)


def _joined(text: str, first: Numeral, second: Numeral) -> list[Numeral]:
    """Two numbers as the ends of a span, or as two, where the first has the second's unit.

    `40 to 46 per cent` is a span, and so is what stands `between` two; `from 40 to 46` is none.
    """
    low, before = first, text[max(0, first.start - 14) : first.start].rstrip("$ us")
    if first.kind == "count" and not first.step:
        power = Decimal(1)
        if second.step >= 1 and second.kind != "percent" and first.value < 1000:
            power = Decimal(10) ** (3 * (second.step.adjusted() // 3))
        step = power if power > 1 else first.step
        low = replace(first, value=first.value * power, kind=second.kind, step=step)
    is_pair = "and" in text[first.end : second.start]
    is_span = before.endswith("between") if is_pair else not re.search("from$|从$|由$", before)
    is_span &= first.kind in ("count", second.kind) and (is_pair or low.value < second.value)
    if is_span:
        ends = {"value": low.value, "upper": second.value}
        return [replace(second, start=low.start, qualifier=low.qualifier, **ends)]
    return [first if is_pair else low, second]
