"""How a quantity is said, with its marks and provenance, and how a sentence is filled with it."""

import inspect
import re
import string
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal
from functools import cache
from numbers import Real
from typing import Any

from briefing.core.amounts import (
    MEASURED,
    MILLION,
    at_place,
    in_unit,
    is_count,
    is_round,
    kinds,
    number,
    part,
    rounded,
    spoken_place,
    with_unit,
)
from briefing.core.labels import date, in_language, label, paragraphs, spaced, worded
from briefing.core.language import is_strict, translate
from briefing.core.quantity import POINTS, READING, Period, Quantity
from briefing.sources import tables
from briefing.sources.printed import HAN

FORMS = {"", "range", "number", "value", "bare", "millions", "part"}
DIGITS = re.compile("[$]?[0-9](?:[0-9.,\u00a0\u202f]*[0-9])?")
DOUBTFUL = "‡"
WITHIN = {"<listcomp>", "<genexpr>", "<dictcomp>", "<setcomp>", "<lambda>"}
FIELD = re.compile(r"[^.\[]*")  # the name that a field of a template begins with
IN_POINTS = "{number} percentage points"
COUNTED = "#"  # how the formula of a count of entries begins
PLACEHOLDER = re.compile(r"\[([^\]]+)\]")  # a paragraph within a quantity's formula


def _shown(quantity: Quantity) -> Decimal:
    """The number said; if computed, as a speaker rounds it, and no finer than its range is."""
    if quantity.derived and quantity.qualifier in ("at_least", "up_to"):
        low = quantity.qualifier == "at_least"
        bound = quantity.lower if low else quantity.upper
        return rounded(bound, ROUND_FLOOR if low else ROUND_CEILING)
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
    `value` for no qualifier, `bare` and `millions` as a column under its unit has it, `part` for a
    percentage as the part that a speaker would name, such as two thirds. Raises ValueError for
    another form.

    Example: `briefing.text(quantity, "range")`.
    """
    return said(quantity, form) + (DOUBTFUL if errata(quantity) else "")


def said(quantity: Quantity, form: str = "", prose: bool = False) -> str:
    """A quantity in words without a mark, in one of the forms of `text`.

    prose: `60 per cent`, as sentences have it, rather than `60%`.
    """
    if form not in FORMS:
        raise ValueError(
            f"unknown form {form!r}, expected one of {', '.join(sorted(FORMS - {''}))}"
        )
    if form == "range":
        return spaced(_range(quantity, prose))
    if quantity.value is None:
        return spaced(_several(quantity, prose))
    shown = _shown(quantity)
    words = _in_form(shown, quantity.unit, form, prose)
    if form == "value":
        return spaced(words)
    if form == "part":
        return spaced(_qualified(part(shown), _patterns()["about"]))
    qualifier = quantity.qualifier
    if qualifier == "unqualified" and shown != quantity.value:
        qualifier = "about"
    return spaced(_qualified(words, _patterns()[qualifier]))


def _in_form(value: Decimal, unit: str, form: str, prose: bool) -> str:
    if form == "number":
        return in_unit(value, unit)
    if form == "bare":
        return number(value)
    if form == "millions":
        return number(value / MILLION)
    return with_unit(value, unit, prose)


def _qualified(words: str, pattern: str) -> str:
    """Words with a qualifier at their number, as Chinese sets it within: 200 多万."""
    if not DIGITS.search(words):  # one third
        return _unspaced(pattern.format(number=words))
    return DIGITS.sub(lambda digits: pattern.format(number=digits[0]), words, count=1)


def _unspaced(words: str) -> str:
    """Words without a space between Chinese characters."""
    return re.sub(f"(?<={HAN.pattern}) (?={HAN.pattern})", "", words)


def column_form(quantities: list[Quantity]) -> tuple[str, str]:
    """How a table's column says its quantities, and the unit that its head names; "" for none."""
    units = {quantity.unit for quantity in quantities}
    [unit, *others] = units or {""}
    no_value = any(quantity.value is None for quantity in quantities)
    if others or no_value or unit == "share" or kinds().get(unit) not in MEASURED:
        return "", ""
    if all(is_round(_shown(quantity)) for quantity in quantities):
        head = translate("million {unit}").format(unit=label("units", unit))
        return "millions", head.replace("million US dollars", "$ million")
    return "bare", label("units", unit)


def _patterns() -> dict[str, str]:
    return {
        "unqualified": "{number}",
        "about": translate("about {number}"),
        "nearly": translate("nearly {number}"),
        "more_than": translate("more than {number}"),
        "at_least": translate("at least {number}"),
        "up_to": translate("at most {number}"),
    }


def _several(quantity: Quantity, prose: bool) -> str:
    """A quantity without a value: in words where the report prints 数, else by its range."""
    words = {
        20: translate("several tens"),
        200: translate("several hundred"),
        2_000: translate("several thousand"),
        20_000: translate("several tens of thousands"),
    }
    printed = None if quantity.derived else words.get(quantity.lower)
    return printed or _range(quantity, prose)


def _range(quantity: Quantity, prose: bool) -> str:
    unit, low, high = quantity.unit, quantity.lower, quantity.upper
    if low is None and high is None:
        return translate("unknown")
    if low == high:
        same = rounded(low, ROUND_HALF_UP)
        pattern = "{number}" if same == low else _patterns()["about"]
        return _qualified(with_unit(same, unit, prose), pattern)
    low, high = _outward(quantity)
    if unit == "share":  # nobody says 19/60
        unit, low, high = "percent", *(end and round(100 * end, 1) for end in (low, high))
    if high is None:
        open_end = translate("{number} or more")
        above = translate("above {number}")
        pattern = above if quantity.qualifier == "more_than" else open_end
        return pattern.format(number=with_unit(low, unit, prose))
    if low is None:
        return translate("{number} or less").format(number=with_unit(high, unit, prose))
    last = with_unit(high, unit, prose)
    first = number(low) if unit == "percent" and prose else in_unit(low, unit)
    first = f"${first}" if last.startswith("$") else first
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


def errata(quantity: Quantity) -> list[dict[str, str]]:
    """The serious and moderate errata that touch the quantity's figures."""
    return _errata(quantity.figures)


@cache
def _errata(figure_ids: tuple[str, ...]) -> list[dict[str, str]]:
    touched = tables.shared()["figure_errata"]
    found = touched["erratum_id"][touched["figure_id"].isin(figure_ids)].unique()
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


def provenance(quantity: Quantity) -> str:
    """Where a quantity comes from, and the range assumed for it."""
    kind = translate("Computed: {formula}") if quantity.derived else translate("Printed: {formula}")
    origin = kind.format(formula=formula(quantity))
    if quantity.exact:
        return origin
    pattern = translate("{origin}; range assumed here: {range}")
    return pattern.format(origin=origin, range=said(quantity, "range"))


def wording(quantity: Quantity) -> str:
    """The name of a quantity's qualifier."""
    return {
        "unqualified": translate("none"),
        "about": translate("about"),
        "nearly": translate("nearly"),
        "more_than": translate("more than"),
        "at_least": translate("at least"),
        "several": translate("several"),
        "up_to": translate("at most"),
    }[quantity.qualifier]


def doubts(quantity: Quantity) -> list[str]:
    """What is wrong with a quantity's figures in the report, and how it is read here."""
    template = translate("{reason} {reading}")
    return [
        template.format(
            reason=label("errata", row["erratum_id"], "reason"),
            reading=label("errata", row["erratum_id"], "reading"),
        )
        for row in errata(quantity)
    ]


def marked_doubts(quantity: Quantity) -> list[str]:
    """What is doubtful of a quantity, a line each, after the mark."""
    return [f"{DOUBTFUL} {doubt}" for doubt in doubts(quantity)]


def formula(quantity: Quantity) -> str:
    """The printed forms that a quantity comes from, each with its paragraph."""
    printed = quantity.formula.replace(COUNTED, translate("entries counted: "))
    printed = printed.replace(READING, translate("reading adopted of "))
    source = translate("({paragraphs})")
    said = PLACEHOLDER.sub(lambda m: source.format(paragraphs=paragraphs(m[1].split())), printed)
    return said.replace(" （", "（")  # a full-width bracket brings its own space


def cited(quantity: Quantity) -> list[str]:
    """The paragraphs that a quantity comes from."""
    return sorted({name for m in PLACEHOLDER.findall(quantity.formula) for name in m.split()})


def title(quantity: Quantity) -> str:
    """What a figure of the report is of; "" for a quantity computed."""
    if quantity.derived or len(quantity.figures) != 1:
        return ""
    return label("indicators", tables.rows("figures")[quantity.figures[0]]["indicator_id"])


@dataclass(frozen=True)
class Said:
    """A quantity as a sentence says it: in one of the forms of `text`."""

    quantity: Quantity
    form: str = ""

    @property
    def words(self) -> str:
        """The quantity in words, without a mark."""
        return said(self.quantity, self.form, prose=True)


class Sentence:
    """A translated sentence with its quantities filled in; notebooks display it as it is.

    parts: its words and its quantities in order; between Chinese characters no space stands.
    """

    def __init__(self, template: str, values: dict[str, Any]) -> None:
        self.parts: list[str | Said] = []
        for literal, name, form, _ in string.Formatter().parse(translate(template)):
            pieces: list[str | Said] = [literal] if literal else []
            if name is not None:
                value, _ = string.Formatter().get_field(name, (), values)
                pieces += _parts_of(value, form or "")
            for piece in pieces:
                self.parts = _joined(self.parts, piece)

    @worded
    def __str__(self) -> str:
        """The sentence in plain words."""
        return "".join(map(_plain, self.parts))

    @property
    def quantities(self) -> list[Quantity]:
        """Its quantities, in their order."""
        return [part.quantity for part in self.parts if isinstance(part, Said)]


def _plain(part: str | Said) -> str:
    return part if isinstance(part, str) else part.words


def _parts_of(value: Any, form: str) -> list[str | Said]:
    """The parts that a value gives; where an edition is built, a bare number gives none."""
    if isinstance(value, Quantity):
        return [Said(value, form)]
    if isinstance(value, Period):
        return [date(value)]
    if isinstance(value, Sentence):
        return value.parts
    if isinstance(value, str):
        return [value]
    if isinstance(value, Real) and not is_strict():
        return [number(Decimal(str(value)))]
    raise TypeError(f"{value!r} cannot be said: expected a quantity, a period or words")


def _joined(parts: list[str | Said], piece: str | Said) -> list[str | Said]:
    """Parts and one more, without a space between Chinese characters; words beside words are one.

    Only words can lose their edge: a quantity has no spaces around it.
    """
    if not parts:
        return [piece]
    *others, last = parts
    before, after = _plain(last), _plain(piece)
    if HAN.match(before.rstrip()[-1:]) and HAN.match(after.lstrip()[:1]):
        last = before.rstrip(" ") if isinstance(last, str) else last
        piece = after.lstrip(" ") if isinstance(piece, str) else piece
    if isinstance(last, str) and isinstance(piece, str):
        return [*others, last + piece]
    return [*others, last, piece]


def filled(template: str, **values: Any) -> Sentence:
    """Fill a sentence of the package's own, whose words are of the current language already."""
    return Sentence(template, values)


def say(template: str, **values: Any) -> Sentence:
    """Fill a sentence with quantities, periods and words: `say("{n} offices.", n=…)`.

    A field that is not given is a name of the cell: with `n = figure("staff-2011")`,
    `say("{n} people in {n.period}.")`. Words are translated as the sentence is. A field may ask for
    a form of `text`: `{n:range}`. A bare number claims no source: where an edition is built, it
    raises TypeError. Raises LookupError for a field that is neither given nor a name.

    Example: `briefing.say("{total} in all.", total=quantity)`.
    """
    fields = [FIELD.match(name)[0] for _, name, *_ in string.Formatter().parse(template) if name]
    return filled(
        template,
        **{name: in_language(values[name] if name in values else _named(name)) for name in fields},
    )


def _named(name: str) -> Any:
    """What a name stands for in the cell or function that says a sentence."""
    frame = inspect.currentframe()
    while frame and frame.f_globals.get("__name__", "").startswith("briefing."):
        frame = frame.f_back
    while frame and name not in frame.f_locals and frame.f_code.co_name in WITHIN:
        frame = frame.f_back  # which a comprehension stands in
    known = (frame.f_globals | frame.f_locals) if frame else {}
    if name not in known:
        raise LookupError(f"{{{name}}} is neither given nor a name of the cell, expected either")
    return known[name]
