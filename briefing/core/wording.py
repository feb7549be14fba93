"""How a quantity is said, in words and with its mark, and where it comes from."""

import re
from collections.abc import Iterable
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal
from functools import cache

from briefing.core.amounts import (
    MEASURED,
    MINUS,
    at_place,
    in_unit,
    is_count,
    is_round,
    kinds,
    large,
    number,
    part,
    rounded,
    spoken_place,
    with_unit,
)
from briefing.core.labels import (
    actor,
    date,
    join,
    label,
    paragraphs,
    spaced,
    specified,
    within,
    worded,
)
from briefing.core.language import translate
from briefing.core.quantity import POINTS, READING, Quantity
from briefing.sources import tables
from briefing.sources.characters import HAN

FORMS = {"", "range", "number", "value", "bare", "millions", "part"}
DIGITS = re.compile(f"{MINUS}?[$]?[0-9](?:[0-9.,\u00a0\u202f]*[0-9])?")
ALONE = re.compile("(?<![0-9.,\u2212\u00a0])[1-9](?![0-9.,]|\u00a0[0-9])")
BELOW_TEN = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
DOUBTFUL = "‡"
QUALIFIERS = {
    "unqualified": "none",
    "about": "about",
    "nearly": "nearly",
    "more_than": "more than",
    "at_least": "at least",
    "several": "several",
    "up_to": "at most",
}
SEVERAL = {
    20: "several tens",
    200: "several hundred",
    2_000: "several thousand",
    20_000: "several tens of thousands",
}
IN_POINTS = "{number} percentage points"
ONE = re.compile(r" × 1(?![0-9.,])")
SINGLE = re.compile(rf"\((?!{READING})([^()+−×÷]+)\)")
FIRST = re.compile(r"((?:^|\())\(([^()−×÷]+)\)(?= \+)")
COUNTED = "#"  # how the formula of a count of entries begins
PLACEHOLDER = re.compile(r" ?\[([^\]]+)\]")  # a paragraph within a quantity's formula


def _shown(quantity: Quantity) -> Decimal:
    """The number said; if computed, as a speaker rounds it, and no finer than its range is."""
    if quantity.derived and quantity.qualifier in ("at_least", "up_to"):
        low, high = _outward(quantity)
        return high if low is None else low
    value = quantity.value
    if not quantity.derived or value == value.to_integral_value():
        return value
    place = spoken_place(value, quantity.unit)
    if not quantity.exact and quantity.lower is not None and quantity.upper is not None:
        place = max(place, (quantity.upper - quantity.lower).adjusted() - 1)
    return at_place(value, place if value.adjusted() > place else value.adjusted(), ROUND_HALF_UP)


@worded
def text(quantity: Quantity, form: str = "") -> str:
    """A quantity in words, e.g. `about $228 million`; ‡ follows one that is doubtful.

    form: "" for this, `range` for the range assumed here, `number` for no unit,
    `value` for no qualifier, `bare` and `millions`, in Chinese in full, as a column under its unit
    has it, `part` for a percentage as the part that a speaker would name, such as two thirds.
    Raises ValueError for another form.

    Example: `briefing.text(quantity, "range")`.
    """
    return said(quantity, form) + (DOUBTFUL if errata(quantity) else "")


def said(quantity: Quantity, form: str = "", prose: bool = False) -> str:
    """A quantity in words without a mark, in one of the forms of `text`.

    prose: `60 per cent`, as sentences have it, rather than `60%`.
    """
    if form not in FORMS:
        expected = f"expected one of {', '.join(sorted(FORMS - {''}))}"
        raise ValueError(f"unknown form {form!r} of a quantity in a sentence, {expected}")
    if form == "range":
        return spaced(_range(quantity, prose))
    if quantity.value is None:
        return spaced(_several(quantity, prose))
    shown = _shown(quantity)
    if form == "part":
        return spaced(_qualified(part(shown), _pattern("about")))
    if form == "number":
        words = in_unit(shown, quantity.unit)
    elif form in ("bare", "millions"):
        words = number(shown / large() if form == "millions" else shown)
    else:
        words = with_unit(shown, quantity.unit, prose)
    if form == "value":
        return spaced(words)
    is_rounded = quantity.qualifier == "unqualified" and shown != quantity.value
    return spaced(_qualified(words, _pattern("about" if is_rounded else quantity.qualifier)))


def _qualified(words: str, pattern: str) -> str:
    """Words with a qualifier at their number, as Chinese sets it within: 200 多万."""
    if not DIGITS.search(words):  # one third
        return _unspaced(pattern.format(number=words))
    return DIGITS.sub(lambda digits: pattern.format(number=digits[0]), words, count=1)


def _unspaced(words: str) -> str:
    """Words without a space between Chinese characters."""
    return re.sub(f"(?<={HAN.pattern})\\s(?={HAN.pattern})", "", words)


def spelled(words: str) -> str:
    """Words in which a lone number below ten is a word."""
    below_ten = [translate(word) for word in BELOW_TEN]
    return _unspaced(ALONE.sub(lambda digit: below_ten[int(digit[0]) - 1], words))


def column_form(quantities: list[Quantity]) -> tuple[str, str]:
    """How a table's column says its quantities, and the unit that its head names; "" for none."""
    units = {quantity.unit for quantity in quantities}
    [unit, *others] = units or {""}
    no_value = any(quantity.value is None for quantity in quantities)
    if others or no_value or unit == "share" or kinds().get(unit) not in MEASURED:
        return "", ""
    amounts = [abs(_shown(quantity)) for quantity in quantities]
    if all(map(is_round, amounts)) and max(amounts) >= large():
        head = translate("million {unit}").format(unit=label("units", unit))
        return "millions", head.replace("million US dollars", "$ million")
    return "bare", label("units", unit)


def _pattern(qualifier: str) -> str:
    named = (name for name in QUALIFIERS if name not in ("unqualified", "several"))
    patterns = {name: translate(f"{QUALIFIERS[name]} {{number}}") for name in named}
    return patterns.get(qualifier, "{number}")


def _several(quantity: Quantity, prose: bool) -> str:
    """A quantity without a value: in words where the report prints 数, else by its range."""
    words = {low: translate(words) for low, words in SEVERAL.items()}
    printed = None if quantity.derived else words.get(quantity.lower)
    return printed or _range(quantity, prose)


def _range(quantity: Quantity, prose: bool) -> str:
    unit, low, high = quantity.unit, quantity.lower, quantity.upper
    if low is None and high is None:
        return translate("unknown")
    if low == high:
        same = rounded(low, ROUND_HALF_UP)
        pattern = _pattern("" if same == low else "about")
        return _qualified(with_unit(same, unit, prose), pattern)
    low, high = _outward(quantity)
    if unit == "share":  # nobody says 19/60
        unit, low, high = "percent", *(end and round(100 * end, 1) for end in (low, high))
    if high is None:
        above, open_end = translate("above {number}"), translate("{number} or more")
        pattern = above if quantity.qualifier == "more_than" else open_end
        return pattern.format(number=with_unit(low, unit, prose))
    last = with_unit(high, unit, prose)
    if low is None:
        return translate("{number} or less").format(number=last)
    first = number(low) if unit == "percent" and prose else in_unit(low, unit)
    if "$" in last:  # before the sign of the currency stands that of the number
        first = f"{first[: low < 0]}${first.lstrip(MINUS)}"
    both = translate("between {low} and {high}").format(low=first, high="{number}")
    return _qualified(last, both)


def _outward(quantity: Quantity) -> tuple[Decimal | None, Decimal | None]:
    """A range as it is shown: rounded outward, but a count's to whole numbers within it."""
    low, high = quantity.lower, quantity.upper
    if not quantity.derived:
        return low, high
    if is_count(quantity.unit) and low is not None and high is not None:
        within = low.to_integral_value(ROUND_CEILING), high.to_integral_value(ROUND_FLOOR)
        if within[0] < within[1]:
            return within
    return (
        None if low is None else rounded(low, ROUND_FLOOR),
        None if high is None else rounded(high, ROUND_CEILING),
    )


@cache
def errata(quantity: Quantity) -> list[dict[str, str]]:
    """The serious and moderate errata that touch the quantity's figures."""
    touched = tables.shared()["figure_errata"]
    found = touched["erratum_id"][touched["figure_id"].isin(quantity.figures)].unique()
    rows = [tables.rows("errata")[erratum_id] for erratum_id in found]
    return [row for row in rows if row["severity"] != "minor"]


def named(quantity: Quantity) -> str:
    """A quantity in words with what is counted, where its words do not say it: `45 countries`."""
    unit, units = quantity.unit, tables.rows("units")
    if unit == POINTS:
        return translate(IN_POINTS).format(number=text(quantity))
    counts = unit in units and units[unit]["kind"] not in MEASURED
    return f"{text(quantity)} {label('units', unit)}" if counts else text(quantity)


# A quantity stands below the words for it; how it is printed is added here.
Quantity.__str__ = named


def _format(quantity: Quantity, form: str) -> str:
    """Its words, in a form of `text`, or its number in a form such as `,.0f` or `.1%`."""
    if not form:
        return named(quantity)
    if form in FORMS:
        return text(quantity, form)
    is_hundredths = form.endswith("%") and quantity.unit in ("percent", POINTS)
    try:
        return format(quantity.number / 100 if is_hundredths else quantity.number, form)
    except ValueError:
        expected = f"expected one of {', '.join(sorted(FORMS - {''}))}, or e.g. ,.0f"
        raise ValueError(f"unknown form {form!r} of a quantity, {expected}") from None


Quantity.__format__ = _format


def provenance(quantity: Quantity) -> str:
    """What a quantity is, where it comes from, and the range assumed for it."""
    origin = _kind(quantity).format(names=_names(quantity), formula=formula(quantity))
    if quantity.exact:
        return origin
    pattern = translate("{origin}; range assumed here: {range}")
    return pattern.format(origin=origin, range=said(quantity, "range"))


def _kind(quantity: Quantity) -> str:
    """How is said whether the report prints a quantity or what it was computed from."""
    if not quantity.figures:
        return translate("Computed: {formula}")
    if not quantity.derived:
        return translate("{names}: printed {formula}")
    if quantity.formula.startswith(READING):
        return "{names}: {formula}"
    signs = set("+−×÷…") & set(quantity.formula)
    together, computed = "{names} together: {formula}", "{names}: computed as {formula}"
    return translate(together) if signs == {"+"} else translate(computed)


def _names(quantity: Quantity) -> str:
    """What the figures of a quantity are of; of a single one of when it is, too.

    Whose it is stands there where the report gives the same of others.
    """
    names = labels_of(quantity.figures)
    if len(quantity.figures) != 1:
        return names
    figures = tables.rows("figures")
    row = figures[quantity.figures[0]]
    alike = (it for it in figures.values() if it["indicator_id"] == row["indicator_id"])
    is_shared = len({it["subject_id"] for it in alike}) > 1
    whose = actor(row["subject_id"], short=True) if is_shared else ""
    return specified(names, whose, date(quantity.period) if quantity.period else "")


def wording(quantity: Quantity) -> str:
    """The name of a quantity's qualifier."""
    return {name: translate(words) for name, words in QUALIFIERS.items()}[quantity.qualifier]


def doubts(quantity: Quantity) -> list[str]:
    """What is wrong with a quantity's figures in the report, and how it is read here."""
    return [doubt(row["erratum_id"]) for row in errata(quantity)]


def doubt(erratum_id: str) -> str:
    """What is wrong in the report, and how it is read here."""
    told = {name: label("errata", erratum_id, name) for name in ("reason", "reading")}
    return translate("{reason} {reading}").format(**told)


def marked_doubts(quantity: Quantity) -> list[str]:
    """What is doubtful of a quantity, a line each, after the mark."""
    return [f"{DOUBTFUL} {doubt}" for doubt in doubts(quantity)]


def formula(quantity: Quantity) -> str:
    """The printed forms that a quantity comes from, and the paragraphs of them all."""
    printed = _simplified(quantity.formula).replace(COUNTED, translate("entries counted: "))
    printed = printed.replace(READING, translate("reading adopted of "))
    source = translate("({paragraphs})").format(paragraphs=paragraphs(cited(quantity)))
    said = f"{PLACEHOLDER.sub('', printed)} {source}" if cited(quantity) else printed
    return said.replace(" （", "（")  # a full-width bracket brings its own space


def _simplified(formula: str) -> str:
    """A formula without what changes nothing: times one, and brackets of one term or first sum."""
    before = ""
    while formula != before:
        before = formula
        formula = ONE.sub("", formula)
        formula = SINGLE.sub(r"\1", formula)
        formula = FIRST.sub(r"\1\2", formula)
    return formula


def cited(quantity: Quantity) -> list[str]:
    """The paragraphs that a quantity comes from."""
    return sorted({name for m in PLACEHOLDER.findall(quantity.formula) for name in m.split()})


def title(quantity: Quantity) -> str:
    """What a figure of the report is of; "" for a quantity computed."""
    if quantity.derived or len(quantity.figures) != 1:
        return ""
    return label_of(quantity.figures[0])


def label_of(figure_id: str) -> str:
    """What a figure of the report is of."""
    return label("indicators", tables.rows("figures")[figure_id]["indicator_id"])


def labels_of(figure_ids: Iterable[str]) -> str:
    """What figures of the report are of, as a list."""
    names = dict.fromkeys(map(label_of, figure_ids))
    return join(within(name) if place else name for place, name in enumerate(names))
