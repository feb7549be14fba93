"""What a notebook must hold to be published, told by notebook and cell before anything runs."""

import ast
import re
import string
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from briefing.core import audit
from briefing.core.figures import figure
from briefing.core.language import (
    ENGLISH,
    PO,
    LanguageError,
    catalog,
    catalog_path,
    conventions,
    languages,
)
from briefing.core.quantity import FigureError
from briefing.notebook import navigation
from briefing.publish import editions
from briefing.sources import tables

SAYING = {"say", "show_headline", "show_brief", "show_chart"}  # whose strings are sentences
MOST_LINES = 15  # of a cell
SHORT = 60  # characters of a sentence that an error shows
NUMBERED = re.compile("[0-9]{2}[-_]")  # how what is meant for a briefing begins
NUMBER = re.compile(
    r"[\d½¼¾²³](?:[\d.,]*\d)?|"
    r"\b(two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozen|thirteen|fourteen|"
    r"fifteen|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|"
    r"fifty|sixty|seventy|eighty|ninety|hundreds?|thousands?|millions?(?! of dollars)|"
    r"billions?|half|halves|thirds?|quarters?|twice|thrice|doubled|tripled)\b(?!-)",
    re.IGNORECASE,
)


def breaches(path: Path) -> Iterator[str]:
    """One sentence for each rule that a notebook breaks.

    Its number is its own; it begins with a title; its cells are short and read as Python; no number
    is typed in what it says, and every figure that it names is one of the report. Raises
    NotebookError where it is no notebook.
    """
    editions.read(path)
    place = path.stem.partition("-")[0]
    for other in navigation.paths():
        if other.stem.partition("-")[0] == place and other.stem < path.stem:
            yield f"{path.name}: has the number of {other.name}, expected its own: it is its place"
    try:
        navigation.heading(path)
    except editions.NotebookError as error:
        yield error.args[0]
    for number, (kind, source) in enumerate(navigation.english(path), start=1):
        if kind == "raw":
            yield f"{path.name}, cell {number}: is a raw cell, expected code or markdown"
        for fault in _code_faults(source) if kind == "code" else _typed(source, source):
            yield f"{path.name}, cell {number}: {fault}"


def _code_faults(source: str) -> Iterator[str]:
    try:
        said, calls = list(_said(source)), list(_calls(source))
    except SyntaxError as error:
        yield f"line {error.lineno} is not Python ({error.msg}), expected Python alone"
        return
    except RecursionError:
        yield "is nested too deep to be read, expected shorter expressions"
        return
    lines = len(source.splitlines())
    if lines > MOST_LINES:
        yield f"has {lines} lines, expected at most {MOST_LINES}: split it"
    for words in said:
        try:
            prose = "".join(text for text, *_ in string.Formatter().parse(words))
        except ValueError as error:
            yield f"has a brace alone in {_short(words)!r} ({error}), expected two of it"
            continue
        yield from _typed(words, prose)
    for name in _strings(it.args[0] for name, it in calls if name == "figure" and it.args):
        try:
            figure(name)
        except FigureError as error:
            yield error.args[0]


def _typed(words: str, prose: str) -> Iterator[str]:
    """The numbers that are typed in words; prose: those without their fields."""
    if found := [number[0] for number in NUMBER.finditer(prose)]:
        told = f"types {', '.join(found)} in {_short(words)!r}"
        yield f"{told}, expected a name of the cell: {{n}}, or for its date {{n.period}}"


def misplaced() -> Iterator[str]:
    """One sentence for each file and folder that looks like a briefing's, and is none."""
    known = tuple(path.stem for path in navigation.paths())
    for path in sorted(navigation.NOTEBOOKS.iterdir()):
        if path.is_dir() and _is_language(path.name) and path.name not in languages():
            told = "holds an edition whose PO file is missing"
            expected = catalog_path(path.name).relative_to(tables.ROOT)
            yield f"notebooks/{path.name}: {told}, expected {expected}, or the folder gone"
        is_like = path.suffix.lower() == ".ipynb" and NUMBERED.match(path.stem)
        is_copy = path.suffix == ".ipynb" and path.stem.startswith(known)  # or is one of these
        if is_like and not is_copy:
            told = "is named otherwise than a briefing, and would not be published"
            expected = "a name such as 04-funding.ipynb, or another folder, such as scratch/"
            yield f"notebooks/{path.name}: {told}, expected {expected}"


def _is_language(name: str) -> bool:
    try:
        return bool(conventions(name))
    except LanguageError:
        return False


def untranslated(path: Path, language: str) -> Iterator[str]:
    """One sentence for each cell text and sentence that a language's PO file does not translate."""
    if language == ENGLISH:
        return
    messages = catalog(language)
    for number, (kind, source) in enumerate(navigation.english(path), start=1):
        said = []
        with suppress(SyntaxError):  # which is a breach
            said = [source] if kind == "markdown" else [*_said(source)]
        for message in said:
            found = messages.get(message)
            if found is None or not found.string or found.fuzzy:
                place = f"{language}, {PO}, row {found.lineno}" if found else f"{language}, {PO}"
                expected = "expected a translation there" if found else "`make messages` adds it"
                told = f"{_short(message)!r} is not translated"
                yield f"{path.name}, cell {number}: {told}: {place}, {expected}"


def sides() -> list[str]:
    """The languages set side by side, English and the report's; none where that has no edition."""
    found = [it for it in languages() if it in (ENGLISH, tables.report()["language"])]
    return found if len(found) > 1 else []


def faults(paths: Iterable[Path], spoken: list[str]) -> list[str]:
    """All that keeps notebooks from being published in some languages, that of the data first."""
    found = list(audit.faults())
    for path in paths:
        found += breaches(path)
        for language in spoken:
            found += untranslated(path, language)
    return found


def _said(source: str) -> Iterator[str]:
    """What a cell is sure to say: strings in calls such as `say`, and names of key figures."""
    for name, call in _calls(source):
        given = call.args if name in SAYING else []
        if name == "show_key_figures":
            given = [key for it in call.args if isinstance(it, ast.Dict) for key in it.keys]
        yield from _strings(given)


def _calls(source: str) -> Iterator[tuple[str, ast.Call]]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call):
            yield ast.unparse(node.func).split(".")[-1], node


def _strings(nodes: Iterable[ast.AST | None]) -> list[str]:
    found = (node.value for node in nodes if isinstance(node, ast.Constant))
    return [value for value in found if isinstance(value, str)]


def _short(words: str) -> str:
    line = " ".join(words.split())
    return line if len(line) <= SHORT else f"{line[:SHORT]}…"
