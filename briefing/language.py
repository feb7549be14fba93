"""How a date, a country, a paragraph or a label is said in a language.

English is the language of the notebooks. Any other language is a PO file under locale/; an
edition's language is the name of the folder that its notebooks stand in.
"""

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from pathlib import Path

from babel import Locale
from babel.core import get_global
from babel.dates import format_date, format_interval, format_skeleton
from babel.lists import format_list
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from briefing import tables
from briefing.quantity import Period

THIN_SPACE = "\u2009"  # CLDR sets it around dashes; the house font lacks it
LOCALES = Path(__file__).resolve().parent.parent / "locale"
ENGLISH = "en"
REGION = {"en": "en_GB"}  # the United Nations writes British English


GROUPS = {"zh": "\u00a0"}  # the United Nations sets Chinese thousands apart by a space
_speaking: ContextVar[str] = ContextVar("speaking")
asked: dict[str, None] = {}  # the messages said so far, for the PO files


class LanguageError(LookupError):
    """A PO file lacks a message."""


def languages() -> list[str]:
    """The languages of the editions: English, then each that has a PO file."""
    return [ENGLISH, *sorted(path.parts[-3] for path in LOCALES.glob("*/LC_MESSAGES/notebooks.po"))]


def catalog_path(language: str) -> Path:
    """The PO file of a language."""
    return LOCALES / language / "LC_MESSAGES" / "notebooks.po"


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Say everything within in a language, e.g. `zh`."""
    token = _speaking.set(language)
    try:
        yield
    finally:
        _speaking.reset(token)


def current() -> str:
    """The language being spoken; at first that of the folder that this process works in."""
    return _speaking.get(None) or _language_of_folder()


@cache
def _language_of_folder() -> str:
    folder = Path.cwd().name
    return folder if folder in languages() else ENGLISH


@cache
def _catalog(language: str) -> Catalog:
    with catalog_path(language).open("rb") as file:
        return read_po(file, language)


def translate(message: str) -> str:
    """The message in the current language. Raises LanguageError where its PO file lacks it."""
    asked[message] = None
    if current() == ENGLISH:
        return message
    found = _catalog(current()).get(message)
    if not found or not found.string or found.fuzzy:
        expected = "expected one: `make messages` lists what is missing"
        raise LanguageError(f"{current()}, notebooks.po: no translation of {message!r}, {expected}")
    return str(found.string)


def words(*messages: str) -> list[str]:
    """Labels in the current language, for a chart's ticks or a table's cells."""
    return [translate(message) for message in messages]


def label(table: str, key: str, column: str = "label") -> str:
    """A row's label in the current language, e.g. `label("units", "usd")`."""
    row = tables.rows(table)[key]
    own = f"{column}_{current()}"
    return row[own] if own in row else translate(row[f"{column}_en"])


def country(iso3: str) -> str:
    """A country's name in CLDR, for a language in which data/ does not name it."""
    [alpha2, *_] = get_global("territory_aliases")[iso3]
    return locale().territories[alpha2]


def actor(actor_id: str, short: bool = False) -> str:
    """An actor's name; if short, the short form that stands in brackets at its end, if any."""
    row = tables.rows("actors")[actor_id]
    if row["kind"] == "country" and f"name_{current()}" not in row:
        return country(row["iso3"])
    name = label("actors", actor_id, "name")
    bracketed = re.search("[(（]([^()（）]+)[)）]$", name)
    return bracketed[1] if short and bracketed else name


def paragraphs(paragraph_ids: Iterable[str]) -> str:
    """Paragraphs as a reference, in the report's order: `paras. 18, 20–23; box, para. 7`."""
    recorded = tables.rows("paragraphs")
    numbers: dict[str, list[int]] = {}
    for name in sorted(set(paragraph_ids), key=lambda p: recorded[p]["order"]):
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


def spaced(text: str) -> str:
    """Text with a space between a digit and a Chinese character, which does not break a line."""
    return re.sub(r"(?<=[0-9])(?=[\u4e00-\u9fff])|(?<=[\u4e00-\u9fff])(?=[0-9])", "\u00a0", text)


def width(text: str) -> int:
    """The width of text in Latin characters; a Chinese one is as wide as two."""
    return sum(2 if character > "\u2e80" else 1 for character in text)


def run_on(sentences: Iterable[str]) -> str:
    """Sentences one after another; a Chinese full stop brings its own space."""
    return " ".join(sentences).replace("。 ", "。")


def date(period: Period) -> str:
    """A date or span with the precision it has: `2011`, `May 2012`, `27 Feb – 9 Mar 2012`."""
    return spaced(_date(period)).replace(THIN_SPACE, " ")


def _date(period: Period) -> str:
    precision = {part.count("-") for part in period.parts}
    if len(period.parts) == 2 and len(precision) == 1:
        skeleton = ("y", "yMMM", "yMMMd")[precision.pop()]
        last = Period(period.parts[1]).start
        return format_interval(period.start, last, skeleton, locale=locale())
    if len(period.parts) == 2:
        first, last = (_date(Period(part)) for part in period.parts)
        return translate("{first} to {last}").format(first=first, last=last)
    if period.count("-") == 2:
        return format_date(period.start, "long", locale=locale())
    return format_skeleton("yMMMM" if "-" in period else "y", period.start, locale=locale())


def locale() -> Locale:
    """The conventions of the current language."""
    return _locale(current())


@cache
def _locale(language: str) -> Locale:
    return Locale.parse(REGION.get(language, language))


def join(words: Iterable[str]) -> str:
    """Words as a list: `Spain, Norway and Canada`."""
    return format_list(list(words), locale=locale())
