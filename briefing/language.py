"""How a quantity, a date, a country or a sentence is said in a language.

English is the language of the notebooks. Any other language is a PO file under locale/; an
edition's language is the name of the folder that its notebooks stand in.
"""

import html
import re
import string
from collections.abc import Iterable
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

from babel import Locale
from babel.core import get_global
from babel.dates import format_date, format_interval, format_skeleton
from babel.lists import format_list
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po
from babel.numbers import format_compact_decimal, format_decimal, format_percent
from babel.units import format_unit

from briefing import tables
from briefing.quantity import PURE, Period, Quantity

LOCALES = Path(__file__).resolve().parent.parent / "locale"
ENGLISH = "en"
REGION = {"en": "en_GB"}  # the United Nations writes British English
MILLION = 1_000_000
THREE_DIGITS = 100
MEASURED = {"money", "time", "ratio"}  # kinds of units that need not be whole numbers
COMPUTED, DOUBTFUL = "†", "‡"
PLACEHOLDER = re.compile(r"\[([^\]]+)\]")  # a paragraph within a quantity's formula
used_figures: dict[str, None] = {}  # the figures said so far, for the list of sources


@cache
def current() -> str:
    """The language of the edition whose folder this process works in, e.g. `en`."""
    folder = Path.cwd().name
    return folder if (LOCALES / folder).is_dir() else ENGLISH


@cache
def _catalog(language: str) -> Catalog:
    path = LOCALES / language / "LC_MESSAGES" / "notebooks.po"
    if not path.exists():
        return Catalog()
    with path.open("rb") as file:
        return read_po(file, language)


def translate(message: str) -> str:
    """The message in the current language; English where there is no translation."""
    found = _catalog(current()).get(message)
    return str(found.string) if found and found.string else message


def words(*messages: str) -> list[str]:
    """Labels in the current language, for a chart's ticks or a table's cells."""
    return [translate(message) for message in messages]


def label(table: str, key: str, column: str = "label") -> str:
    """A row's label in the current language, e.g. `label("units", "usd")`."""
    rows = tables.shared()[table]
    row = rows[rows.iloc[:, 0] == key].iloc[0]
    own = f"{column}_{current()}"
    return row[own] if own in row else translate(row[f"{column}_en"])


def country(iso3: str) -> str:
    """A country's name in CLDR for its ISO 3166-1 alpha-3 code."""
    [alpha2, *_] = get_global("territory_aliases")[iso3]
    return _locale().territories[alpha2]


def actor(actor_id: str, short: bool = False) -> str:
    """An actor's name; if short, the short form that stands in brackets at its end, if any."""
    row = tables.shared()["actors"].set_index("actor_id").loc[actor_id]
    if row["kind"] == "country":
        return country(row["iso3"])
    name = label("actors", actor_id, "name")
    bracketed = re.search(r"\(([^()]+)\)$", name)
    return bracketed[1] if short and bracketed else name


def paragraphs(paragraph_ids: Iterable[str]) -> str:
    """Paragraphs as a reference, in the report's order: `paras. 18, 20–23; box, para. 7`."""
    order = tables.shared()["paragraphs"].set_index("paragraph_id")["order"]
    numbers: dict[str, list[int]] = {}
    for name in sorted(set(paragraph_ids), key=lambda p: order[p]):
        kind, _, number = name.rpartition("-")
        if number.isdigit():
            numbers.setdefault(kind, []).append(int(number))
        else:
            numbers[name] = []
    return translate("; ").join(_reference(kind, found) for kind, found in numbers.items())


def _reference(kind: str, numbers: list[int]) -> str:
    if not numbers:
        return translate({"box-note": "note to the box"}.get(kind, kind))
    one, several = {
        "": (translate("para. {list}"), translate("paras. {list}")),
        "box": (translate("box, para. {list}"), translate("box, paras. {list}")),
        "fn": (translate("footnote {list}"), translate("footnotes {list}")),
    }[kind]
    return (one if len(numbers) == 1 else several).format(list=_ranges(numbers))


def _ranges(numbers: list[int]) -> str:
    """Numbers as a list in which three or more that follow on one another are a range."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    said = [f"{r[0]}–{r[-1]}" if len(r) > 2 else translate(", ").join(map(str, r)) for r in runs]
    return translate(", ").join(said)


def date(period: Period) -> str:
    """A date or span with the precision it has: `2011`, `May 2012`, `27 Feb – 9 Mar 2012`."""
    precision = {part.count("-") for part in period.parts}
    if len(period.parts) == 2 and len(precision) == 1:
        skeleton = ("y", "yMMM", "yMMMd")[precision.pop()]
        last = Period(period.parts[1]).start
        return format_interval(period.start, last, skeleton, locale=_locale())
    if len(period.parts) == 2:
        first, last = (date(Period(part)) for part in period.parts)
        return translate("{first} to {last}").format(first=first, last=last)
    if period.count("-") == 2:
        return format_date(period.start, "long", locale=_locale())
    return format_skeleton("yMMMM" if "-" in period else "y", period.start, locale=_locale())


@cache
def _locale() -> Locale:
    return Locale.parse(REGION.get(current(), current()))


def figure(value: Decimal) -> str:
    """A bare number: in millions where it is a round one, else with its thousands apart."""
    if abs(value) >= MILLION and value % (MILLION // 100) == 0:
        form = "long" if "long" in list(_locale().compact_decimal_formats) else "short"
        return format_compact_decimal(value, format_type=form, locale=_locale(), fraction_digits=2)
    return format_decimal(value, locale=_locale(), decimal_quantization=False)


def _shown(quantity: Quantity) -> Decimal:
    """The value, if computed rounded to what its bounds support."""
    value = quantity.value
    if not quantity.derived or value == value.to_integral_value():
        return value
    place = 0 if abs(value) >= THREE_DIGITS else -1
    if quantity.lower is not None and quantity.upper is not None and not quantity.exact:
        place = (quantity.upper - quantity.lower).adjusted() - 1
    return _round(value, place, ROUND_HALF_UP)


def _round(value: Decimal, place: int, rounding: str) -> Decimal:
    """Round to the power of ten `place`, without trailing zeros."""
    return Decimal(f"{value.quantize(Decimal(1).scaleb(place), rounding).normalize():f}")


def _number(value: Decimal, unit: str) -> str:
    if unit == "percent":
        return format_percent(value / 100, format="#,##0.##%", locale=_locale())
    if unit == "share":
        return str(Fraction(value).limit_denominator(100))
    return figure(value)


def _kinds() -> dict[str, str]:
    units = tables.shared()["units"]
    return dict(zip(units["unit_id"], units["kind"], strict=True))


def _is_count(unit: str) -> bool:
    """Whether what is counted is a whole number; a compound such as `ngo/session` is a mean."""
    return "/" not in unit and unit not in PURE and _kinds().get(unit) not in MEASURED


def _with_unit(value: Decimal, unit: str) -> str:
    """Money, time and ratios are said with their unit; what is counted, the sentence names."""
    named = unit if unit in _kinds() else unit.split("/")[0]
    kind = _kinds().get(named)
    if kind == "time":
        return _duration(value, named)
    if named in ("percent", "share") or kind not in MEASURED:
        return _number(value, unit)
    template = translate("{number} {unit}")
    return template.format(number=_number(value, unit), unit=label("units", named))


def _duration(value: Decimal, unit: str) -> str:
    """`1 year`, `18 months`; CLDR has the long form in most languages, the short one in all."""
    name = f"duration-{unit}"
    said = format_unit(value, name, "long", locale=_locale())
    return format_unit(value, name, "short", locale=_locale()) if name in said else said


def text(quantity: Quantity, form: str = "") -> str:
    """A quantity in words, with its qualifier, e.g. `about 15 million US dollars`.

    form: "" for this, `bounds` for what wording and printing allow, `number` for no unit,
    `value` for no qualifier. Raises ValueError for another form.
    """
    if form == "bounds":
        return _bounds(quantity)
    if form not in ("", "number", "value"):
        raise ValueError(f"unknown form {form!r}, expected bounds, number or value")
    if quantity.value is None:
        return _several(quantity)
    say_value = _number if form == "number" else _with_unit
    said = say_value(_shown(quantity), quantity.unit)
    if form == "value":
        return said
    pattern = {
        "exact": "{number}",
        "about": translate("about {number}"),
        "nearly": translate("nearly {number}"),
        "more_than": translate("more than {number}"),
        "at_least": translate("at least {number}"),
        "up_to": translate("at most {number}"),
    }[quantity.qualifier]
    return pattern.format(number=said)


def _several(quantity: Quantity) -> str:
    """A quantity without a value: in words where the report prints 数, else by its bounds."""
    words = {
        20: translate("several tens"),
        200: translate("several hundred"),
        2_000: translate("several thousand"),
        20_000: translate("several tens of thousands"),
    }
    printed = None if quantity.derived else words.get(quantity.lower)
    return printed or _bounds(quantity)


def _bounds(quantity: Quantity) -> str:
    unit, whole = quantity.unit, _is_count(quantity.unit)
    low = _bound(quantity, quantity.lower, ROUND_CEILING if whole else ROUND_HALF_UP)
    high = _bound(quantity, quantity.upper, ROUND_FLOOR if whole else ROUND_HALF_UP)
    if low is None and high is None:
        return translate("unknown")
    if low == high:
        return translate("exactly {number}").format(number=_with_unit(low, unit))
    if high is None and quantity.qualifier == "more_than":
        return translate("more than {number}").format(number=_with_unit(low, unit))
    if high is None:
        return translate("{number} or more").format(number=_with_unit(low, unit))
    if low is None:
        return translate("{number} or less").format(number=_with_unit(high, unit))
    return translate("between {low} and {high}").format(
        low=_number(low, unit), high=_with_unit(high, unit)
    )


def _bound(quantity: Quantity, bound: Decimal | None, rounding: str) -> Decimal | None:
    """A bound as it is shown; what is counted is a whole number within its bounds."""
    if bound is None or not quantity.derived or bound == bound.to_integral_value():
        return bound
    return _round(bound, 0 if rounding != ROUND_HALF_UP or bound >= THREE_DIGITS else -1, rounding)


def errata(quantity: Quantity) -> list[dict[str, str]]:
    """The rows of errata.csv whose words at fault hold one of the quantity's figures."""
    shared = tables.shared()
    figures = shared["figures"]
    mine = figures[figures["figure_id"].isin(quantity.figures)]
    pairs = mine[["paragraph_id", "printed"]].merge(
        shared["errata"], on="paragraph_id", suffixes=("_figure", "")
    )
    found = [
        row for row in pairs.to_dict("records") if _holds(row["printed"], row["printed_figure"])
    ]
    return list({row["erratum_id"]: row for row in found}.values())


def _holds(words_at_fault: str, printed: str) -> bool:
    """Whether a figure stands in the words, whole: 5亿 does not stand in 1.25亿."""
    return bool(re.search(rf"(?<![0-9.]){re.escape(printed)}", words_at_fault))


def provenance(quantity: Quantity) -> str:
    """Where a quantity comes from: paragraph, printed form, bounds, computation, errata."""
    origin = translate("Computed: {formula}.") if quantity.derived else translate("{formula}.")
    parts = [origin.format(formula=formula(quantity)), _bounds(quantity).capitalize() + "."]
    return " ".join(parts + doubts(quantity))


def doubts(quantity: Quantity) -> list[str]:
    """What is wrong with a quantity's figures in the report, and how it is read here."""
    template = translate("{reason} Reading adopted: {reading}")
    return [
        template.format(
            reason=label("errata", row["erratum_id"], "reason"),
            reading=translate(row["reading_adopted"]),
        )
        for row in errata(quantity)
    ]


def formula(quantity: Quantity) -> str:
    """The printed forms that a quantity comes from, each with its paragraph."""
    said = quantity.formula.replace("#", translate("entries counted: "))
    return PLACEHOLDER.sub(lambda m: f"({paragraphs(m[1].split())})", said)


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
    return (
        f'<a class="quantity" href="#{html.escape(target)}" '
        f'title="{html.escape(provenance(quantity))}">{html.escape(text(quantity, form))}'
        + (f"<sup>{mark}</sup>" if mark else "")
        + "</a>"
    )


def as_plain(quantity: Quantity, form: str = "") -> str:
    """A quantity with its marks and the paragraphs it comes from in brackets."""
    source = paragraphs(cited(quantity))
    return f"{text(quantity, form)}{marks(quantity)}" + (f" [{source}]" if source else "")


class Sentence:
    """A translated sentence with its quantities filled in; notebooks display it as it is."""

    def __init__(self, template: str, values: dict[str, Any]) -> None:
        self._template, self._values = translate(template), values

    def __str__(self) -> str:
        """The sentence in plain words, without marks or paragraphs."""
        return _Formatter(text, str).vformat(self._template, (), self._values)

    @property
    def html(self) -> str:
        """The sentence with each quantity a link to its source."""
        template = html.escape(self._template, quote=False)
        return _Formatter(as_html, html.escape).vformat(template, (), self._values)

    @property
    def quantities(self) -> list[Quantity]:
        """The quantities that it is filled with."""
        return [value for value in self._values.values() if isinstance(value, Quantity)]

    def _repr_mimebundle_(self, **_: Any) -> dict[str, str]:
        plain = _Formatter(as_plain, str).vformat(self._template, (), self._values)
        return {"text/plain": plain, "text/html": f'<p class="say">{self.html}</p>'}


class _Formatter(string.Formatter):
    """Fills a template; only quantities, periods, words and sentences may stand in one."""

    def __init__(self, say_quantity: Any, say_words: Any) -> None:
        self._say_quantity, self._say_words = say_quantity, say_words

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

    A field may ask for a form of `text`: `{n:bounds}`. Raises TypeError for a bare number.
    """
    return Sentence(template, values)


def join(words: Iterable[str]) -> str:
    """Words as a list: `Spain, Norway and Canada`."""
    return format_list(list(words), locale=_locale())
