"""How a date, a country, a paragraph or a label is said, and what a cell has typed."""

import re
from collections.abc import Callable, Iterable
from functools import cache, reduce, wraps
from itertools import groupby
from typing import Any

from babel.core import get_global
from babel.dates import format_date, format_interval, format_skeleton
from babel.lists import format_list

from briefing.core.language import ENGLISH, current, languages, locale, speaking, translate
from briefing.core.period import Period
from briefing.sources import tables
from briefing.sources.characters import HAN

THIN_SPACE = "\u2009"  # CLDR sets it around dashes; the house font lacks it
LISTED = "; "  # what stands between the things that a cell lists
LONGEST = 9  # characters of a name that is not broken over lines
ONE_WORD = re.compile(rf"\S*(?:-|{HAN.pattern})\S*")  # with a hyphen or in Chinese
SAID = {"note", "reason", "evidence"}  # columns in English alone, which a PO file translates
_worded: set[tuple[str, str]] = set()  # a language, and words that are of it as they stand


def in_language(cell: Any) -> Any:
    """What a cell has typed, in the current language: a label of data/ as data/ has it.

    Keys, dates and printed forms of data/ stand as they are, and so do words that were worded here
    and whatever is no plain string.
    """
    if type(cell) is not str or not any(map(str.isalpha, cell)) or _is_worded(cell):
        return cell
    known, listed = _of_data(current()), cell.split(LISTED)
    if all(words in known or _is_worded(words) for words in listed):
        said = translate(LISTED).join(known.get(words, words) for words in listed)
    else:
        said = translate(cell)
    _worded.add((current(), said))
    return said


def _is_worded(words: str) -> bool:
    return (current(), words) in _worded


@cache
def _of_data(language: str) -> dict[str, str]:
    """The text that data/ holds, each as a language has it: a label in English by its own label."""
    labels, keys = {}, {tables.report()["symbol"]}
    for resource in tables.descriptor()["resources"]:
        table = dict.__getitem__(tables.shared(), resource["name"])
        for field in resource["schema"]["fields"]:
            name, is_label = field["name"], field["name"].endswith(f"_{ENGLISH}")
            own = f"{name.removesuffix(ENGLISH)}{language}"
            is_code = "enum" in field.get("constraints", {})
            if is_label and own in table:
                said = map(spaced, table[own].tolist())
                labels = dict(zip(table[name].tolist(), said, strict=True)) | labels
            elif field["type"] == "string" and not (is_label or is_code or name in SAID):
                keys.update(table[name])
    return {words: words for words in keys} | labels


def worded(function: Callable[..., str]) -> Callable[..., str]:
    """A function whose words are of the current language and stand as they are in a cell."""

    @wraps(function)
    def wording(*arguments: Any, **named: Any) -> str:
        words = function(*arguments, **named)
        _worded.add((current(), words))
        return words

    return wording


@worded
def label(table: str, key: str, column: str = "label") -> str:
    """A row's label in the current language, e.g. `label("units", "usd")`.

    Example: `briefing.label("units", "percent")`.
    """
    row = tables.rows(table)[key]
    own = f"{column}_{current()}"
    return spaced(row[own]) if own in row else translate(row[f"{column}_en"])


@worded
def document(symbol: str) -> str:
    """A document as a sentence names it: `resolution 1/2`, `decision 2010/3`, or its symbol.

    Example: `briefing.document(symbol)`.
    """
    kind, _, number = symbol.removeprefix("A/").replace("RES/", "resolution ").rpartition(" ")
    patterns = {
        "resolution": translate("resolution {number}"),
        "decision": translate("decision {number}"),
    }
    return spaced(patterns[kind].format(number=number)) if kind in patterns else symbol


@worded
def actor(actor_id: str, short: bool = False) -> str:
    """An actor's name; if short, the short form that stands in brackets at its end, if any.

    Example: `briefing.actor(actor_id, short=True)`.
    """
    row = tables.rows("actors")[actor_id]
    if row["kind"] == "country" and f"name_{current()}" not in row:  # as CLDR has it
        return locale().territories[get_global("territory_aliases")[row["iso3"]][0]]
    name = label("actors", actor_id, "name")
    bracketed = re.search("[(（]([^()（）]+)[)）]$", name)
    return bracketed[1] if short and bracketed else name


@worded
def paragraphs(paragraph_ids: Iterable[str]) -> str:
    """Paragraphs as a reference, in the report's order: `paras. 18, 20–23; box, para. 7`.

    Example: `briefing.paragraphs(["18", "20"])`.
    """
    recorded = tables.rows("paragraphs")
    numbers: dict[str, list[int]] = {}
    for name in sorted(set(paragraph_ids), key=lambda p: recorded[p]["order"]):
        kind, _, number = name.rpartition("-")
        if number.isdigit():
            numbers.setdefault(kind, []).append(int(number))
        else:
            numbers[name] = []
    return translate("; ").join(_reference(kind, found) for kind, found in numbers.items())


class Reference(str):
    """A reference to paragraphs in words, which knows these."""

    cited: list[str]


class References:
    """Paragraphs as a field of a sentence cites them: `{paras[64]}`, `{paras[63 65]}`."""

    def __getitem__(self, paragraph_ids: str | int) -> Reference:
        named = str(paragraph_ids).split()
        said = Reference(paragraphs(named).replace(". ", ".\u00a0"))  # on one line
        said.cited = named
        return said


def _reference(kind: str, numbers: list[int]) -> str:
    """Numbers of paragraphs, of which three or more that follow on one another are a range."""
    if not numbers:
        return translate({"box-note": "note to the box"}.get(kind, kind))
    one, several = {
        "": (translate("para. {list}"), translate("paras. {list}")),
        "box": (translate("box, para. {list}"), translate("box, paras. {list}")),
        "fn": (translate("footnote {list}"), translate("footnotes {list}")),
    }[kind]
    comma, dash, said = translate(", "), translate("-"), []
    for _, placed in groupby(enumerate(numbers), lambda pair: pair[1] - pair[0]):
        first, *others = (number for _, number in placed)
        said += [f"{first}{dash}{others[-1]}"] if len(others) > 1 else [first, *others]
    return (one if len(numbers) == 1 else several).format(list=comma.join(map(str, said)))


def spaced(text: str) -> str:
    """Text with a space between Latin and Chinese characters, which does not break a line."""
    latin, chinese = "[0-9A-Za-z%+]", HAN.pattern
    return re.sub(f"(?<={latin})(?={chinese})|(?<={chinese})(?={latin})", "\u00a0", text)


@cache
def unbroken() -> list[str]:
    """Words in which no line ends, the longest first: names of actors, and the descriptor's.

    Names are those that are one word, with a hyphen or in Chinese, in any language that data/ has.
    """
    kept, actors = {*tables.report().get("unbroken", [])}, tables.rows("actors")
    for language in languages():
        if all(f"name_{language}" in row for row in actors.values()):
            with speaking(language):
                names = {actor(key, short=True) for key in actors}
            kept |= {it for it in names if len(it) <= LONGEST and ONE_WORD.fullmatch(it)}
    return sorted(kept, key=lambda it: (-len(it), it))


@worded
def within(name: str) -> str:
    """A name as it stands within a list: `core resources`, but `Red Cross gifts`."""
    is_common = current() == ENGLISH and re.match("[A-Z][a-z'-]+ [a-z]", name)
    return name[0].lower() + name[1:] if is_common else name


def width(text: str) -> int:
    """The width of text in Latin characters; a Chinese one is as wide as two."""
    return sum(2 if character > "\u2e80" else 1 for character in text)


def run_on(sentences: Iterable[str]) -> str:
    """Sentences one after another; a Chinese full stop brings its own space."""
    return " ".join(sentences).replace("。 ", "。")


@worded
def date(period: Period) -> str:
    """A date or span with the precision it has: `2011`, `May 2012`, `late 2011`.

    Example: `briefing.date(briefing.Period("2012-05"))`.
    """
    if not isinstance(period, Period):
        raise TypeError(f"{period!r} is no period, expected e.g. Period({str(period)!r})")
    parts = {
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
    said = parts[period.part].replace("{date}", _date(period))
    joined = spaced(said).replace(THIN_SPACE, " ").replace(" – ", translate(" to "))
    return joined.replace("–", translate("-"))


def _date(period: Period) -> str:
    skeletons = [("y", "yMMMM", "yMMMMd")[part.count("-")] for part in period.parts]
    if skeletons == ["yMMMMd"]:
        return format_date(period.start, "long", locale=locale())
    if len(skeletons) == 1:
        return format_skeleton(*skeletons, period.start, locale=locale())
    first, last = map(Period, period.parts)
    if skeletons[0] == skeletons[1]:
        said = format_interval(first.start, last.start, skeletons[0], locale=locale())
        return _in_full(said)
    return translate("{first} to {last}").format(first=_date(first), last=_date(last))


def _in_full(said: str) -> str:
    """An interval with the names of its months in full, for which CLDR has no pattern of days."""
    months = locale().months["format"]
    for number, short in months["abbreviated"].items():
        if months["wide"][number].startswith(short):
            said = re.sub(rf"\b{short}\b", months["wide"][number], said)
    return said


@worded
def specified(*words: str) -> str:
    """A thing and what tells it from others, as far as it is known: `Core resources, 2011`."""
    pattern = translate("{name}, {further}")
    return reduce(lambda name, word: pattern.format(name=name, further=word), filter(None, words))


@worded
def join(words: Iterable[str]) -> str:
    """Words as a list: `Spain, Norway and Canada`.

    Example: `briefing.join(["one", "another"])`.
    """
    return format_list(list(map(in_language, words)), locale=locale())
