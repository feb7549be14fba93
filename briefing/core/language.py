"""How a date, a country, a paragraph or a label is said in a language.

English is the language of the notebooks. Any other language is a PO file under locale/. A kernel
speaks the language that the metadata of its notebook names, or the variable BRIEFING_LANGUAGE.
"""

import io
import json
import os
import re
import string
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache, reduce, wraps
from pathlib import Path
from typing import Any

from babel import Locale, UnknownLocaleError
from babel.core import get_global
from babel.dates import format_date, format_interval, format_skeleton
from babel.lists import format_list
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

from briefing.core.quantity import Period
from briefing.sources import tables
from briefing.sources.printed import HAN

THIN_SPACE = "\u2009"  # CLDR sets it around dashes; the house font lacks it
LOCALES = tables.ROOT / "locale"
ENGLISH = "en"
VARIABLE = "BRIEFING_LANGUAGE"
PO = "notebooks.po"
STRICT = "BRIEFING_STRICT"  # set in the environment where an edition is built
PO_LINE = re.compile(r'\s*(?:#.*|(?:msg(?:id|str) +)?"(?:[^"\\]|\\["\\nrt])*")?\s*')
REGION = {"en": "en_GB"}  # the United Nations writes British English


GROUPS = {"zh": "\u00a0"}  # the United Nations sets Chinese thousands apart by a space
LISTED = "; "  # what stands between the things that a cell lists
SAID = {"note", "reason", "evidence"}  # columns in English alone, which a PO file translates
_speaking: ContextVar[str] = ContextVar("speaking")
asked: dict[str, None] = {}  # the messages said so far, for the PO files
_worded: set[str] = set()  # words that functions of this module gave to a cell


class LanguageError(LookupError):
    """A language is unknown, or its PO file is at fault or lacks a message."""


def languages() -> list[str]:
    """The languages of the editions: English, then each that has a PO file."""
    return [ENGLISH, *sorted(path.parts[-3] for path in LOCALES.glob(f"*/LC_MESSAGES/{PO}"))]


def catalog_path(language: str) -> Path:
    """The PO file of a language."""
    return LOCALES / language / "LC_MESSAGES" / PO


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Say everything within in a language, e.g. `zh`."""
    token = _speaking.set(language)
    try:
        yield
    finally:
        _speaking.reset(token)


def current() -> str:
    """The language being spoken; at first that of this process, as `of_process` has it."""
    return _speaking.get(None) or of_process()


@cache
def of_process() -> str:
    """The language of the variable, else of the notebook that Jupyter names, else of its folder.

    A folder has a language where all its notebooks that state one agree: nbval and nbconvert run a
    notebook in its folder, and do not name it. Where none is found it is English. Raises
    LanguageError where the variable names a language that has no edition.
    """
    if chosen := os.environ.get(VARIABLE):
        if chosen not in languages():
            expected = f"expected one of {', '.join(languages())}"
            raise LanguageError(f"{VARIABLE}: {chosen!r} is no language of an edition, {expected}")
        return chosen
    named = Path(os.environ.get("JPY_SESSION_NAME", ""))
    for notebooks in ([named], [Path(named.name)], Path().glob("*.ipynb")):
        stated = {_stated(path) for path in notebooks} - {None}
        if len(stated) == 1:
            return stated.pop()
    return ENGLISH


def _stated(notebook: Path) -> str | None:
    """The language that a notebook's metadata names; None where it cannot be read or has none."""
    try:
        metadata = json.loads(notebook.read_text(encoding="utf-8"))["metadata"]
        language = metadata["briefing"]["language"]
    except (OSError, ValueError, LookupError, TypeError):
        return None
    return language if language in languages() else None


def read_catalog(language: str) -> Catalog:
    """A language's PO file. Raises LanguageError with all that is wrong with it."""
    conventions(language)
    try:
        raw = catalog_path(language).read_bytes()
        text = raw.decode("utf-8")
    except OSError as error:
        raise LanguageError(f"{language}, {PO}: cannot be read ({error.strerror})") from None
    except UnicodeDecodeError as error:
        row = raw[: error.start].count(b"\n") + 1
        raise LanguageError(f"{language}, {PO}, row {row}: is not UTF-8, expected UTF-8") from None
    faults = [
        f"row {row}: {line!r} cannot be read, expected msgid or msgstr and quoted words"
        for row, line in enumerate(text.split("\n"), start=1)
        if not PO_LINE.fullmatch(line)
    ]
    catalog = Catalog(language) if faults else read_po(io.StringIO(text), language)
    for message in catalog:
        faults += _message_faults(message)
    if not faults and len(re.findall("^msgid ", text, re.MULTILINE)) > len(catalog) + 1:
        faults.append("row 1: a message stands more than once, expected each once")
    if faults:
        raise LanguageError("\n".join(f"{language}, {PO}, {fault}" for fault in faults))
    return catalog


def _message_faults(message: Message) -> Iterator[str]:
    """Placeholders that are not the same on both sides; a markdown cell may hold other braces."""
    if not message.id or not message.string or message.fuzzy:
        return
    expected, found = _placeholders(message.id), _placeholders(message.string)
    if expected is not None and found != expected:
        told = ", ".join(expected) or "none"
        place = f"row {message.lineno}: the translation of {message.id!r}"
        yield f"{place} has other placeholders, expected {told}"


def _placeholders(template: str) -> list[str] | None:
    """The placeholders of a template; None where its braces are none."""
    try:
        parts = list(string.Formatter().parse(template))
    except ValueError:
        return None
    return sorted(
        (f"{{{name}:{form}}}" if form else f"{{{name}}}")
        for _, name, form, _ in parts
        if name is not None
    )


_catalog = cache(read_catalog)


def is_strict() -> bool:
    """Whether an edition is built, in which all is translated and every number has a source."""
    return STRICT in os.environ


def translate(message: str) -> str:
    """The message in the current language; in a live kernel, as typed where none is there.

    Raises LanguageError where an edition is built and its PO file lacks the message.
    """
    asked[message] = None
    if current() == ENGLISH:
        return message
    found = _catalog(current()).get(message)
    if not found or not found.string or found.fuzzy:
        if not is_strict():
            return message
        expected = "expected one: `make messages` lists what is missing"
        raise LanguageError(f"{current()}, {PO}: no translation of {message!r}, {expected}")
    return str(found.string)


def in_language(cell: Any) -> Any:
    """What a cell has typed, in the current language: a label of data/ as data/ has it.

    Keys, dates and printed forms of data/ stand as they are, and so do words that were worded here
    and whatever is no plain string.
    """
    if type(cell) is not str or cell in _worded or not any(map(str.isalpha, cell)):
        return cell
    known = _of_data(current())
    listed = cell.split(LISTED)
    if all(words in known or words in _worded for words in listed):
        return translate(LISTED).join(known.get(words, words) for words in listed)
    return translate(cell)


@cache
def _of_data(language: str) -> dict[str, str]:
    """The text that data/ holds, each as a language has it: a label in English by its own label."""
    labels, keys = {}, {tables.report()["symbol"]: tables.report()["symbol"]}
    for resource in tables.descriptor()["resources"]:
        table = dict.__getitem__(tables.shared(), resource["name"])
        for field in resource["schema"]["fields"]:
            name, is_label = field["name"], field["name"].endswith(f"_{ENGLISH}")
            own = f"{name.removesuffix(ENGLISH)}{language}"
            is_code = "enum" in field.get("constraints", {})
            if is_label and own in table:
                labels = dict(zip(table[name], map(spaced, table[own]), strict=True)) | labels
            elif field["type"] == "string" and not (is_label or is_code or name in SAID):
                keys |= dict(zip(table[name], table[name], strict=True))
    return keys | labels


def worded(function: Callable[..., str]) -> Callable[..., str]:
    """A function whose words are of the current language and stand as they are in a cell."""

    @wraps(function)
    def wording(*arguments: Any, **named: Any) -> str:
        words = function(*arguments, **named)
        _worded.add(words)
        return words

    return wording


@worded
def label(table: str, key: str, column: str = "label") -> str:
    """A row's label in the current language, e.g. `label("units", "usd")`."""
    row = tables.rows(table)[key]
    own = f"{column}_{current()}"
    return spaced(row[own]) if own in row else translate(row[f"{column}_en"])


@worded
def document(symbol: str) -> str:
    """A document as a sentence names it: `resolution 1/2`, `decision 2010/3`, or its symbol."""
    kind, _, number = symbol.removeprefix("A/").replace("RES/", "resolution ").rpartition(" ")
    patterns = {
        "resolution": translate("resolution {number}"),
        "decision": translate("decision {number}"),
    }
    return spaced(patterns[kind].format(number=number)) if kind in patterns else symbol


@worded
def unit(unit_id: str) -> str:
    """A unit's name where it stands alone, without the counter that a language sets before it."""
    return translate(tables.rows("units")[unit_id]["label_en"])


def country(iso3: str) -> str:
    """A country's name in CLDR, for a language in which data/ does not name it."""
    [alpha2, *_] = get_global("territory_aliases")[iso3]
    return locale().territories[alpha2]


@worded
def actor(actor_id: str, short: bool = False) -> str:
    """An actor's name; if short, the short form that stands in brackets at its end, if any."""
    row = tables.rows("actors")[actor_id]
    if row["kind"] == "country" and f"name_{current()}" not in row:
        return country(row["iso3"])
    name = label("actors", actor_id, "name")
    bracketed = re.search("[(（]([^()（）]+)[)）]$", name)
    return bracketed[1] if short and bracketed else name


@worded
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
    dash = translate("-")
    said = [
        f"{run[0]}{dash}{run[-1]}" if len(run) > 2 else translate(", ").join(map(str, run))
        for run in runs
    ]
    return translate(", ").join(said)


def spaced(text: str) -> str:
    """Text with a space between Latin and Chinese characters, which does not break a line."""
    latin, chinese = "[0-9A-Za-z%+]", HAN.pattern
    return re.sub(f"(?<={latin})(?={chinese})|(?<={chinese})(?={latin})", "\u00a0", text)


def width(text: str) -> int:
    """The width of text in Latin characters; a Chinese one is as wide as two."""
    return sum(2 if character > "\u2e80" else 1 for character in text)


def run_on(sentences: Iterable[str]) -> str:
    """Sentences one after another; a Chinese full stop brings its own space."""
    return " ".join(sentences).replace("。 ", "。")


@worded
def date(period: Period) -> str:
    """A date or span with the precision it has: `2011`, `May 2012`, `late 2011`."""
    said = _parts()[period.part].replace("{date}", _date(period))
    joined = spaced(said).replace(THIN_SPACE, " ").replace(" – ", translate(" to "))
    return joined.replace("–", translate("-"))


def _parts() -> dict[str, str]:
    """How what is said of a period beside it is said."""
    return {
        "": "{date}",
        "early": translate("early {date}"),
        "mid": translate("mid-{date}"),
        "late": translate("late {date}"),
        "first_half": translate("first half of {date}"),
        "second_half": translate("second half of {date}"),
        "before": translate("before {date}"),
        "since": translate("since {date}"),
        "by_end": translate("by the end of {date}"),
    }


def _date(period: Period) -> str:
    precision = {part.count("-") for part in period.parts}
    if len(period.parts) == 2 and len(precision) == 1:
        skeleton = ("y", "yMMMM", "yMMMMd")[precision.pop()]
        last = Period(period.parts[1]).start
        return _in_full(format_interval(period.start, last, skeleton, locale=locale()))
    if len(period.parts) == 2:
        first, last = (_date(Period(part)) for part in period.parts)
        return translate("{first} to {last}").format(first=first, last=last)
    if period.count("-") == 2:
        return format_date(period.start, "long", locale=locale())
    return format_skeleton("yMMMM" if "-" in period else "y", period.start, locale=locale())


def _in_full(said: str) -> str:
    """An interval with the names of its months in full, for which CLDR has no pattern of days."""
    months = locale().months["format"]
    for number, short in months["abbreviated"].items():
        if months["wide"][number].startswith(short):
            said = re.sub(rf"\b{short}\b", months["wide"][number], said)
    return said


def locale() -> Locale:
    """The conventions of the current language."""
    return conventions(current())


@cache
def conventions(language: str) -> Locale:
    """The conventions of a language. Raises LanguageError where CLDR does not know it."""
    try:
        return Locale.parse(REGION.get(language, language))
    except (ValueError, UnknownLocaleError):
        told = "is no language that CLDR knows, expected a code such as fr"
        raise LanguageError(f"{language!r} {told}") from None


@worded
def specified(*words: str) -> str:
    """A thing and what tells it from others, as far as it is known: `Core resources, 2011`."""
    pattern = translate("{name}, {further}")
    return reduce(lambda name, word: pattern.format(name=name, further=word), filter(None, words))


@worded
def join(words: Iterable[str]) -> str:
    """Words as a list: `Spain, Norway and Canada`."""
    return format_list(list(words), locale=locale())
