"""How a date, a country, a paragraph or a label is said in a language.

English is the language of the notebooks. Any other language is a PO file under locale/; an
edition's language is the name of the folder that its notebooks stand in.
"""

import re
from collections.abc import Iterable
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

LOCALES = Path(__file__).resolve().parent.parent / "locale"
ENGLISH = "en"
REGION = {"en": "en_GB"}  # the United Nations writes British English


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
    return locale().territories[alpha2]


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
        return format_interval(period.start, last, skeleton, locale=locale())
    if len(period.parts) == 2:
        first, last = (date(Period(part)) for part in period.parts)
        return translate("{first} to {last}").format(first=first, last=last)
    if period.count("-") == 2:
        return format_date(period.start, "long", locale=locale())
    return format_skeleton("yMMMM" if "-" in period else "y", period.start, locale=locale())


@cache
def locale() -> Locale:
    """The conventions of the current language."""
    return Locale.parse(REGION.get(current(), current()))


def join(words: Iterable[str]) -> str:
    """Words as a list: `Spain, Norway and Canada`."""
    return format_list(list(words), locale=locale())
