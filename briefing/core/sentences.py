"""How a quantity is said, with its marks and provenance, and how a sentence is filled with it."""

import html
import re
import string
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal
from functools import cache
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
    rounded,
    with_unit,
)
from briefing.core.language import date, label, paragraphs, spaced, translate
from briefing.core.quantity import READING, Period, Quantity
from briefing.sources import tables
from briefing.sources.printed import HAN

FORMS = {"", "range", "number", "value", "bare", "millions"}
DIGITS = re.compile("[0-9](?:[0-9.,\u00a0\u202f]*[0-9])?")
COMPUTED, DOUBTFUL = "†", "‡"
MARKS = re.compile(f"[{COMPUTED}{DOUBTFUL}]+")
MARKUP = re.compile(f"<[^>]*>|[{COMPUTED}{DOUBTFUL}]")
COUNTED = "#"  # how the formula of a count of entries begins
PLACEHOLDER = re.compile(r"\[([^\]]+)\]")  # a paragraph within a quantity's formula
used_figures: dict[str, None] = {}  # the figures said so far, for the list of sources


def _shown(quantity: Quantity) -> Decimal:
    """The number said of a quantity; if computed, rounded to what its range supports."""
    if quantity.derived and quantity.qualifier in ("at_least", "up_to"):
        low = quantity.qualifier == "at_least"
        bound = quantity.lower if low else quantity.upper
        return rounded(bound, ROUND_FLOOR if low else ROUND_CEILING)
    value = quantity.value
    if not quantity.derived or value == value.to_integral_value():
        return value
    if quantity.exact or quantity.lower is None or quantity.upper is None:
        return rounded(value, ROUND_HALF_UP)
    place = (quantity.upper - quantity.lower).adjusted() - 1
    return at_place(value, max(0, place) if is_count(quantity.unit) else place, ROUND_HALF_UP)


def text(quantity: Quantity, form: str = "") -> str:
    """A quantity in words with its marks, e.g. `about 228 million US dollars†`.

    form: "" for this, `range` for the range assumed here, `number` for no unit,
    `value` for no qualifier, `bare` and `millions` as a column under its unit has it. Raises
    ValueError for another form.
    """
    return said(quantity, form) + marks(quantity)


def said(quantity: Quantity, form: str = "") -> str:
    """A quantity in words without marks, in one of the forms of `text`."""
    if form not in FORMS:
        raise ValueError(
            f"unknown form {form!r}, expected one of {', '.join(sorted(FORMS - {''}))}"
        )
    if form == "range":
        return spaced(_range(quantity))
    if quantity.value is None:
        return spaced(_several(quantity))
    shown = _shown(quantity)
    words = _in_form(shown, quantity.unit, form)
    if form == "value":
        return spaced(words)
    qualifier = quantity.qualifier
    if qualifier == "unqualified" and shown != quantity.value:
        qualifier = "about"
    return spaced(_qualified(words, _patterns()[qualifier]))


def _in_form(value: Decimal, unit: str, form: str) -> str:
    if form == "number":
        return in_unit(value, unit)
    if form == "bare":
        return number(value)
    if form == "millions":
        return number(value / MILLION)
    return with_unit(value, unit)


def _qualified(words: str, pattern: str) -> str:
    """Words with a qualifier at their number, as Chinese sets it within: 200 多万."""
    return DIGITS.sub(lambda digits: pattern.format(number=digits[0]), words, count=1)


def column_form(quantities: list[Quantity]) -> tuple[str, str]:
    """How a table's column says its quantities, and the unit that its head names; "" for none."""
    units = {quantity.unit for quantity in quantities}
    [unit, *others] = units or {""}
    no_value = any(quantity.value is None for quantity in quantities)
    if others or no_value or unit == "share" or kinds().get(unit) not in MEASURED:
        return "", ""
    if all(is_round(_shown(quantity)) for quantity in quantities):
        return "millions", translate("million {unit}").format(unit=label("units", unit))
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


def _several(quantity: Quantity) -> str:
    """A quantity without a value: in words where the report prints 数, else by its range."""
    words = {
        20: translate("several tens"),
        200: translate("several hundred"),
        2_000: translate("several thousand"),
        20_000: translate("several tens of thousands"),
    }
    printed = None if quantity.derived else words.get(quantity.lower)
    return printed or _range(quantity)


def _range(quantity: Quantity) -> str:
    unit, low, high = quantity.unit, quantity.lower, quantity.upper
    if low is None and high is None:
        return translate("unknown")
    if low == high:
        same = rounded(low, ROUND_HALF_UP)
        pattern = "{number}" if same == low else _patterns()["about"]
        return _qualified(with_unit(same, unit), pattern)
    low, high = _outward(quantity)
    if high is None:
        open_end = translate("{number} or more")
        above = translate("above {number}")
        pattern = above if quantity.qualifier == "more_than" else open_end
        return pattern.format(number=with_unit(low, unit))
    if low is None:
        return translate("{number} or less").format(number=with_unit(high, unit))
    both = translate("between {low} and {high}").format(low=in_unit(low, unit), high="{number}")
    return _qualified(with_unit(high, unit), both)


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


def provenance(quantity: Quantity) -> str:
    """Where a quantity comes from, its range, and in further lines what is doubtful."""
    if quantity.derived:
        told = translate("Computed: {formula}; range assumed here: {range}")
        alone = translate("Computed: {formula}")
    else:
        told = translate("Printed: {formula}; range assumed here: {range}")
        alone = translate("Printed: {formula}")
    origin = (alone if quantity.exact else told).format(
        formula=formula(quantity), range=said(quantity, "range")
    )
    return "\n".join([origin, *(f"{DOUBTFUL} {doubt}" for doubt in doubts(quantity))])


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


def formula(quantity: Quantity) -> str:
    """The printed forms that a quantity comes from, each with its paragraph."""
    printed = quantity.formula.replace(COUNTED, translate("entries counted: "))
    printed = printed.replace(READING, translate("reading adopted of "))
    source = translate("({paragraphs})")
    said = PLACEHOLDER.sub(lambda m: source.format(paragraphs=paragraphs(m[1].split())), printed)
    return said.replace(" （", "（")  # a full-width bracket brings its own space


def marks(quantity: Quantity) -> str:
    """The marks of a computed and of a doubtful quantity."""
    return (COMPUTED if quantity.derived else "") + (DOUBTFUL if errata(quantity) else "")


def cited(quantity: Quantity) -> list[str]:
    """The paragraphs that a quantity comes from."""
    return sorted({name for m in PLACEHOLDER.findall(quantity.formula) for name in m.split()})


def as_html(quantity: Quantity, form: str = "") -> str:
    """A quantity as a link to its source, which a pointer's hover explains."""
    used_figures.update(dict.fromkeys(quantity.figures))
    target = quantity.figures[0] if quantity.figures else "sources"
    mark = marks(quantity)
    kind = "quantity counted" if quantity.formula.startswith(COUNTED) else "quantity"
    return (
        f'<a class="{kind}" href="#{html.escape(target)}" '
        f'title="{html.escape(provenance(quantity))}">{html.escape(said(quantity, form))}'
        + (f"<sup>{mark}</sup>" if mark else "")
        + "</a>"
    )


def as_plain(quantity: Quantity, form: str = "") -> str:
    """A quantity with its marks and the paragraphs it comes from in brackets."""
    source = paragraphs(cited(quantity))
    return text(quantity, form) + (f" [{source}]" if source else "")


def untold(provenance: str, told: set[str]) -> tuple[list[str], bool]:
    """The lines of a provenance without doubts told before, and whether there were any of these.

    The doubts among the lines are added to those told.
    """
    origin, *doubts = provenance.split("\n")
    new = [doubt for doubt in doubts if doubt not in told]
    told.update(new)
    return [origin, *new], len(new) < len(doubts)


def legend() -> "Sentence":
    """What the marks of quantities mean."""
    return say(
        "{computed} computed or counted; {doubtful} doubtful in the report.",
        computed=COMPUTED,
        doubtful=DOUBTFUL,
    )


def title(quantity: Quantity) -> str:
    """What a figure of the report is of; "" for a quantity computed."""
    if quantity.derived or len(quantity.figures) != 1:
        return ""
    return label("indicators", tables.rows("figures")[quantity.figures[0]]["indicator_id"])


def _displayed(quantity: Quantity, **_: Any) -> dict[str, str]:
    """A quantity alone in a cell: what it is of, itself, and in further lines its provenance."""
    plain, marked = as_plain(quantity), as_html(quantity)
    named = title(quantity)
    if named:
        pattern = translate("{name}: {words}")
        plain = pattern.format(name=named, words=plain)
        marked = pattern.format(name=html.escape(named), words=marked)
    origin = provenance(quantity).splitlines()
    further = "".join(f"<br>{html.escape(line)}" for line in origin)
    return {
        "text/plain": "\n".join([plain, *origin]),
        "text/html": f'<p class="say">{marked}{further}</p>',
    }


# A quantity stands below the languages and cannot say itself; how it is shown is added here.
Quantity._repr_mimebundle_ = _displayed


class Sentence:
    """A translated sentence with its quantities filled in; notebooks display it as it is."""

    def __init__(self, template: str, values: dict[str, Any]) -> None:
        self._template, self._values = translate(template), values

    def __str__(self) -> str:
        """The sentence in plain words, with marks but without paragraphs."""
        return _Formatter(text, str).vformat(self._template, (), self._values)

    @property
    def html(self) -> str:
        """The sentence with each quantity a link to its source."""
        template = html.escape(self._template, quote=False)
        return _Formatter(as_html, html.escape).vformat(template, (), self._values)

    @property
    def quantities(self) -> list[Quantity]:
        """Its quantities, in the order of their names in the template."""
        return [value for value in self._values.values() if isinstance(value, Quantity)]

    @property
    def numbers(self) -> list[tuple[str, str]]:
        """Each of its quantities as it is said, and its provenance."""
        found: list[tuple[str, str]] = []

        def note(quantity: Quantity, form: str) -> str:
            found.append((text(quantity, form), provenance(quantity)))
            return ""

        _Formatter(note, str).vformat(self._template, (), self._values)
        return found

    def _repr_mimebundle_(self, **_: Any) -> dict[str, str]:
        plain = _Formatter(as_plain, str).vformat(self._template, (), self._values)
        return {"text/plain": plain, "text/html": f'<p class="say">{self.html}</p>'}


def _joined(before: str, after: str) -> str:
    """Two pieces of a sentence, which may be markup, without a space between Chinese characters."""
    last, first = (MARKUP.sub("", piece).strip() for piece in (before, after))
    if HAN.match(last[-1:]) and HAN.match(first[:1]):
        return before.rstrip(" ") + after.lstrip(" ")
    return before + after


class _Formatter(string.Formatter):
    """Fills a template; only quantities, periods, words and sentences may stand in one."""

    def __init__(self, say_quantity: Any, say_words: Any) -> None:
        self._say_quantity, self._say_words = say_quantity, say_words

    def vformat(self, template: str, args: Any, values: Any) -> str:
        """Fill a template; between Chinese characters no space stands."""
        filled = ""
        for literal, name, form, _ in self.parse(template):
            filled = _joined(filled, literal)
            if name is not None:
                filled = _joined(
                    filled, self.format_field(self.get_field(name, args, values)[0], form)
                )
        return filled

    def format_field(self, value: Any, form: str) -> str:
        if isinstance(value, Quantity):
            return self._say_quantity(value, form)
        if isinstance(value, Period):
            return self._say_words(date(value))
        if isinstance(value, str | Sentence):
            return self._say_words(str(value))
        raise TypeError(f"{value!r} cannot be said: expected a quantity, a period or words")


def say(template: str, **values: Any) -> Sentence:
    """Fill a sentence with quantities, periods and words: `say("{n} offices.", n=…)`.

    A field may ask for a form of `text`: `{n:range}`. Raises TypeError for a bare number.
    """
    return Sentence(template, values)
