"""With which words a text of one's own speaks of a figure, as wordings.csv has them."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache, cached_property
from typing import NamedTuple

from babel import Locale

from briefing.core import audit
from briefing.core.expression import INFINITY
from briefing.core.figures import figure
from briefing.core.labels import label
from briefing.core.numerals import FORMS, plain
from briefing.core.quantity import POINTS, Quantity
from briefing.core.wording import label_of
from briefing.sources import tables
from briefing.sources.characters import HAN

UNIONS = {"UN", "EU", "EZ", "QO"}  # which are among territories, and no country
BORDER = r"\b"  # of a word
SCALES = {"share": 100, "year": 12}  # numerals give shares in per cent and years in months
# Of units; others are of their own kind, or count.
KINDS = {"percent": "percent", "share": "percent", POINTS: "percent", "factor": "factor"}


class Reading(NamedTuple):
    """A quantity with its least, its value and its most, in the unit of numerals."""

    quantity: Quantity
    low: Decimal
    value: Decimal
    high: Decimal


@dataclass(frozen=True, eq=False)
class Known:
    """A figure of the report, or what is computed from figures, and the words for it.

    kind: that of numerals which can be of it. subject: groups of words, of each of which one is to
    stand near its number; counted: the nouns that it counts; further: words that make it likelier,
    twice where they are its own and its indicator's; against: words that tell of another thing.
    measure: its indicator's, else "".
    """

    name: str
    quantity: Quantity
    kind: str
    subject: list[set[str]]
    counted: set[str]
    further: list[str]
    against: set[str]
    measure: str

    @cached_property
    def words(self) -> set[str]:
        return {*self.further}.union(*self.subject)

    @cached_property
    def places(self) -> set[str]:
        """The countries that it is of; empty where it is of none."""
        return {word for word in self.words if place_names().fullmatch(word)}

    @cached_property
    def owner(self) -> str:
        """Whom it is of: an actor."""
        return tables.rows("figures").get(self.name, {}).get("subject_id") or subject_id()

    @property
    def label(self) -> str:
        """What it is, in the current language."""
        return label("wordings", self.name) if self.quantity.derived else label_of(self.name)

    @cached_property
    def is_read(self) -> bool:
        """Whether another reading of it, or of what it comes from, is adopted."""
        errata = tables.shared()["figure_errata"].dropna(subset="value_adopted")
        return bool(errata["figure_id"].isin(self.quantity.figures).any())

    @cached_property
    def readings(self) -> list[Reading]:
        """What is printed, and what it is read as where that is another."""
        is_printed = self.is_read and not self.quantity.derived
        return [_reading(it) for it in (self.quantity, is_printed and self.quantity.adopted) if it]

    @cached_property
    def size(self) -> float:
        """Its value, for what need not be exact."""
        return float(self.readings[0].value)

    @cached_property
    def is_dated(self) -> bool:
        """Whether the report prints its period."""
        return tables.rows("figures").get(self.name, {}).get("period_basis") == "printed"

    @cached_property
    def years(self) -> set[int]:
        """The years that its period covers."""
        years = [] if self.quantity.derived else re.findall("[0-9]{4}", self.quantity.period.text)
        return set(range(int(years[0]), int(years[-1]) + 1)) if years else set()


def _reading(quantity: Quantity) -> Reading:
    scale = SCALES.get(quantity.unit, 1)
    high = INFINITY if quantity.upper is None else scale * quantity.upper
    value = high if quantity.value is None else scale * quantity.value
    return Reading(quantity, scale * quantity.lower, value, high)


@cache
def known() -> list[Known]:
    """Every figure, and what is computed from them, with the words for each."""
    wordings, found = tables.rows("wordings"), []
    for name, row in tables.rows("figures").items():
        keys = dict.fromkeys((row["indicator_id"], name))
        rows = [wordings[key] for key in keys if key in wordings]
        # A figure's own words stand for those of its indicator.
        rows = rows[-1:] if rows[-1]["subject"] else rows
        measure = tables.rows("indicators")[row["indicator_id"]]["measure"]
        found.append(_known(name, figure(name), rows, measure))
    for name, row in wordings.items():
        if row["expression"]:
            made, _, _ = audit.sides(f"{row['expression']} = 0")
            unit = POINTS if made.unit == POINTS else row["unit_id"]
            found.append(_known(name, replace(made, unit=unit, derived=True), [row], ""))
    return found


def _known(name: str, quantity: Quantity, rows: list[dict[str, str]], measure: str) -> Known:
    def words(column: str) -> list[str]:
        return [word for row in rows for word in row[column].split("/") if word]

    of_unit = tables.rows("units").get(quantity.unit, {}).get("kind")
    kind = KINDS.get(quantity.unit, of_unit if of_unit in ("money", "time") else "count")
    groups = [set(it.split("/")) for row in rows for it in row["subject"].split("; ") if it]
    counted, against = set(words("counted")), set(words("against"))
    return Known(name, quantity, kind, groups, counted, words("further"), against, measure)


@cache
def all_words() -> dict[str, re.Pattern[str]]:
    """The words that tell what a number is of, where they are not denied as in `non-core`."""
    words = {word for one in known() for word in one.words | one.against}
    before = {True: "(?<!非)", False: "(?<![a-z0-9])(?<!non[- ])"}
    return {word: re.compile(before[bool(HAN.match(word))] + re.escape(word)) for word in words}


@cache
def by_beginning() -> dict[str, list[str]]:
    """The same words by their first two characters, so that few are looked for in a sentence."""
    found: dict[str, list[str]] = {}
    for word in all_words():
        found.setdefault(word[:2], []).append(word)
    return found


@cache
def nouns() -> re.Pattern[str]:
    """The nouns that figures count, the longest first, where they are no verbs."""
    words = {word for one in known() if one.kind == "count" for word in one.counted}
    any_noun = _any(words, r"(?<![\w-])", BORDER)
    return re.compile(f"(?!{_form('verb')})(?:{any_noun})")


def _any(words: Iterable[str], before: str, after: str) -> str:
    """A pattern of words, the longest first; Chinese ones stand anywhere."""
    longest = sorted(map(re.escape, words), key=len, reverse=True)
    chinese, others = [w for w in longest if HAN.match(w)], [w for w in longest if not HAN.match(w)]
    return "|".join([*chinese, f"{before}(?:{'|'.join(others)}){after}"])


def subject_id() -> str:
    """What the report is about: the one that most figures are of."""
    return tables.shared()["figures"]["subject_id"].mode()[0]


@cache
def names_of(actor_id: str) -> list[str]:
    """The names of an actor as they stand in plain words."""
    names = [plain(name) for name in _names(tables.rows("actors")[actor_id])]
    return [*names, *(name.replace("-", " ") for name in names)]


@cache
def subject_names() -> re.Pattern[str]:
    """The names of what the report is about: of the one that most figures are of."""
    return re.compile(_any(names_of(subject_id()), "", ""))


@cache
def body_names() -> set[str]:
    """The names of bodies of States, without that of what the report is about within them."""
    actors = tables.rows("actors").values()
    rows = [row for row in actors if row["kind"] == "intergovernmental_body"]
    names = {plain(name) for row in rows for name in _names(row)}
    for own in names_of(subject_id()):
        names = {name.removesuffix(f" of {own}").removeprefix(own) for name in names}
    return names


def _names(actor: dict[str, str]) -> list[str]:
    """The names of an actor in both languages, with those in brackets apart."""
    names = re.split("[()（）]", f"{actor['name_en']}({actor['name_zh']})")
    return [name.strip() for name in names if name.strip()]


@cache
def place_names() -> re.Pattern[str]:
    """The names of all countries."""
    territories = [item for tag in ("en", "zh") for item in Locale(tag).territories.items()]
    names = {plain(name) for code, name in territories if code.isalpha() and code not in UNIONS}
    return re.compile(_any({*names, *own_places()} - {""}, BORDER, BORDER))


@cache
def own_places() -> set[str]:
    """The names of the countries that the report names, with those of their committees."""
    kinds = ("country", "national_committee")
    rows = [row for row in tables.rows("actors").values() if row["kind"] in kinds]
    names = [plain(row[name]) for row in rows for name in ("name_en", "name_zh")]
    names = [name.partition(" national committee for")[0] for name in names]
    return {name.removesuffix("委员会") for name in names if "国家委员会" not in name}


@cache
def other_names() -> re.Pattern[str]:
    """The names of other organizations, which may be what a sentence is about."""
    kinds, subject = ("un_entity", "international_organization", "fund"), subject_id()
    actors = tables.rows("actors").items()
    others = [row for key, row in actors if row["kind"] in kinds and key != subject]
    names = {name for row in others for name in _names(row)}
    return re.compile(f"{_any(names, BORDER, '')}|{_form('other body')}")


def _form(kind: str) -> str:
    """The pattern of what stands around numbers."""
    return next(form.pattern for form in FORMS["around"] if form.kind == kind)
