"""How a sentence is filled with quantities, periods and words."""

import difflib
import inspect
import re
import string
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import reduce
from numbers import Real
from typing import Any

from briefing.core.amounts import is_count, kinds, number
from briefing.core.labels import Reference, References, date, in_language, worded
from briefing.core.language import is_strict, translate
from briefing.core.period import Period
from briefing.core.quantity import Quantity
from briefing.core.wording import said, spelled
from briefing.sources.characters import HAN

WITHIN = {"<listcomp>", "<genexpr>", "<dictcomp>", "<setcomp>", "<lambda>"}
# The name that a field of a template begins with, and what may follow it.
FIELD = re.compile(r"(\w+)(?:\.\w+|\[[^][()'\"]+\])*")


@dataclass(frozen=True)
class Said:
    """A quantity as a sentence says it: in one of the forms of `text`.

    spelled: whether a number below ten is a word; first: whether the sentence begins with it.
    """

    quantity: Quantity
    form: str = ""
    spelled: bool = False
    first: bool = False

    def __str__(self) -> str:
        """The quantity in words, without a mark."""
        words = said(self.quantity, self.form, prose=True)
        words = spelled(words) if self.spelled else words
        return words[0].upper() + words[1:] if self.first else words


class Sentence:
    """A translated sentence with its quantities filled in; notebooks display it as it is.

    parts: its words and its quantities in order; between Chinese characters no space stands. cited:
    the paragraphs that it refers to.
    """

    def __init__(self, template: str, values: dict[str, Any], typed: bool = False) -> None:
        """Fill a template; typed: whether the words among the values are yet to be translated."""
        pieces: list[str | Said] = []
        self.cited: list[str] = []
        for literal, name, form, _ in string.Formatter().parse(translate(template)):
            pieces += [literal] if literal else []
            if name is not None:
                value, _ = string.Formatter().get_field(name, (), values)
                self.cited += value.cited if isinstance(value, Reference | Sentence) else []
                pieces += _parts_of(in_language(value) if typed else value, form or "")
        self.parts: list[str | Said] = reduce(_joined, _as_written(pieces), [])

    @worded
    def __str__(self) -> str:
        """The sentence in plain words."""
        return "".join(map(str, self.parts))

    @property
    def quantities(self) -> list[Quantity]:
        """Its quantities, in their order."""
        return [part.quantity for part in self.parts if isinstance(part, Said)]


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


def _as_written(parts: list[str | Said]) -> list[str | Said]:
    """Parts in which counts below ten are words, unless others of the unit are ten or more."""
    counts = [part.quantity for part in parts if _is_count(part)]
    large = {quantity.unit for quantity in counts if quantity.number >= 10}
    small = [_is_count(part) and part.quantity.unit not in large for part in parts]
    return [
        part if isinstance(part, str) else replace(part, spelled=is_small, first=place == 0)
        for place, (part, is_small) in enumerate(zip(parts, small, strict=True))
    ]


def _is_count(part: str | Said) -> bool:
    """Whether it is a count, a time or a factor, which below ten is a word in a sentence."""
    if isinstance(part, str) or part.form == "range":
        return False
    unit = part.quantity.unit
    return is_count(unit) or unit == "factor" or kinds().get(unit) == "time"


def _joined(parts: list[str | Said], piece: str | Said) -> list[str | Said]:
    """Parts and one more, without a space between Chinese characters; words beside words are one.

    Only words can lose their edge: a quantity has no spaces around it.
    """
    if not parts:
        return [piece]
    *others, last = parts
    before, after = str(last), str(piece)
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
    `say("{n} people in {n.period}.")`; `{paras[63 65]}` cites paragraphs. Words are translated as
    the sentence is. A field may ask for a form of `text`: `{n:range}`. A bare number claims no
    source: where an edition is built, it raises TypeError. Raises LookupError for a field that is
    neither given nor a name.

    Example: `briefing.say("{total} in all.", total=quantity)`.
    """
    if not isinstance(template, str):
        told = f"{template!r} cannot be said, expected a sentence as words"
        raise TypeError(f'{told}, such as say("{{n}} people.", n=quantity)')
    names = [name for _, name, *_ in string.Formatter().parse(template) if name]
    if computed := next((name for name in names if not FIELD.fullmatch(name)), None):
        told = f"{{{computed}}} is more than a name, expected one of the cell"
        raise LookupError(f"{told}: `it = {computed}` before, then {{it}}")
    fields = [FIELD.match(name)[1] for name in names]
    given = {name: values[name] if name in values else _named(name) for name in fields}
    return Sentence(template, given, typed=True)


def _named(name: str) -> Any:
    """What a name stands for in the cell or function that says a sentence."""
    frame = inspect.currentframe()
    while frame and frame.f_globals.get("__name__", "").startswith("briefing."):
        frame = frame.f_back
    while frame and name not in frame.f_locals and frame.f_code.co_name in WITHIN:
        frame = frame.f_back  # which a comprehension stands in
    known = {"paras": References()} | ((frame.f_globals | frame.f_locals) if frame else {})
    if name not in known:
        near = ", ".join(difflib.get_close_matches(name, known)) or "none"
        told = f"{{{name}}} is neither given nor a name of the cell"
        raise LookupError(f"{told}, expected one; the closest are {near}")
    return known[name]
