"""Which language is spoken, and how a message is translated into it.

English is the language of the notebooks. Any other language is a PO file under locale/. A kernel
speaks the language that the metadata of its notebook names, or the variable BRIEFING_LANGUAGE.
"""

import io
import json
import os
import re
import string
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from pathlib import Path

from babel import Locale, UnknownLocaleError
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from briefing.sources import tables

LOCALES = tables.ROOT / "locale"
ENGLISH = "en"
VARIABLE = "BRIEFING_LANGUAGE"
PO = "notebooks.po"
STRICT = "BRIEFING_STRICT"  # set in the environment where an edition is built; there
KERNEL = "kernel"  # a kernel says all that it lacks when all cells have run
PO_LINE = re.compile(r'\s*(?:#.*|(?:msg(?:id|str) +)?"(?:[^"\\]|\\["\\nrt])*")?\s*')
REGION = {"en": "en_GB"}  # the United Nations writes British English
LARGE = {"zh": 1}  # in which a column has its amounts, elsewhere in millions: Chinese in full
GROUPS = {"zh": "\u00a0"}  # the United Nations sets Chinese thousands apart by a space
_speaking: ContextVar[str] = ContextVar("speaking")
asked: dict[str, None] = {}  # the messages said so far, for the PO files
lacking: dict[str, None] = {}  # those of them that the current language does not have


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
        language = json.loads(notebook.read_bytes())["metadata"]["briefing"]["language"]
    except (OSError, ValueError, LookupError, TypeError, RecursionError):
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
    if catalog.locale_identifier != language:
        faults.append(f"row 1: is of language {catalog.locale_identifier!r}, expected {language!r}")
    for message in (it for it in catalog if it.id and it.string and not it.fuzzy):
        expected = _placeholders(message.id)
        if expected is not None and _placeholders(message.string) != expected:
            told = f"has other placeholders, expected {', '.join(expected) or 'none'}"
            faults.append(f"row {message.lineno}: the translation of {message.id!r} {told}")
    if not faults and len(re.findall("^msgid ", text, re.MULTILINE)) > len(catalog) + 1:
        faults.append("row 1: a message stands more than once, expected each once")
    if faults:
        raise LanguageError("\n".join(f"{language}, {PO}, {fault}" for fault in faults))
    return catalog


def _placeholders(template: str) -> list[str] | None:
    """The placeholders of a template; None where its braces are none, as in a markdown cell."""
    try:
        parts = [part for part in string.Formatter().parse(template) if part[1] is not None]
    except ValueError:
        return None
    return sorted(f"{{{name}:{form}}}" if form else f"{{{name}}}" for _, name, form, _ in parts)


catalog = cache(read_catalog)


def is_strict() -> bool:
    """Whether an edition is built, in which all is translated and every number has a source."""
    return STRICT in os.environ


def translate(message: str) -> str:
    """The message in the current language; in a live kernel, as typed where none is there.

    Raises LanguageError where an edition is made and its PO file lacks the message; the kernel of
    an edition notes it in `lacking`.
    """
    asked[message] = None
    if current() == ENGLISH:
        return message
    found = catalog(current()).get(message)
    if not found or not found.string or found.fuzzy:
        if os.environ.get(STRICT, KERNEL) == KERNEL:
            lacking[message] = None
            return message
        expected = "expected one: `make messages` lists what is missing"
        raise LanguageError(f"{current()}, {PO}: no translation of {message!r}, {expected}")
    return str(found.string)


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
