"""How a text is parted: passages as a reader sees them, sentences, and the words in these."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, pairwise

from briefing.core.numerals import FORMS, plain
from briefing.core.wordings import Known, all_words, by_beginning, subject_names
from briefing.sources import tables

AROUND = {form.kind: re.compile(form.pattern) for form in FORMS["around"]}
ITEMS = r"[ \t>]*(?:[•·*+-]\s|\(?[0-9]{1,2}[.)、]\s?|[（(]?[一二三四五六七八九十]{1,2}[）)、])"
ITEM = re.compile(rf"{ITEMS}|.*\|")
YEAR = re.compile("(?<![0-9])20[0-3][0-9](?![0-9])")
SHORT = 9  # characters of a sentence that tells nothing of what is counted, such as an answer
LEAD = re.compile(
    r"#+\s.*|(?:[A-Z][a-z]+ [0-9]+\. )?[^.。！？;；|]{1,80}|.*[:：]", re.DOTALL
)  # what leads others
SENTENCE = re.compile(
    r"(?<=[.!?])(?<!M[rs]\.)(?<!Mrs\.)(?<!Dr\.)(?<!U\.S\.)(?<![Aa]pprox\.)(?<!ca\.)(?<!\sc\.)\s+"
    r"(?=[\"“'(\[]?(?:[0-9]{1,2}/[0-9]*\s)?[A-Z\u4e00-\u9fff])|(?<=[。！？；;])|(?<=\)\.)\s+"
    rf"|\n\s*\n|\n(?={ITEMS}|[^\n:：|]{{1,30}}[:：]|[^\n|]*\|)"
)


@dataclass(frozen=True)
class Passage:
    """Words that a reader sees as one: a paragraph, a heading, a row of a table; and its line.

    has_lines: whether its line breaks count lines; those of a page or a slide do not.
    """

    text: str
    line: int = 1
    has_lines: bool = False


class Sentence:
    """A sentence as written, the same as `plain` gives it, and what stood before it.

    start: its place in its passage. is_told: whether figures, and no others, are told before it.
    is_behind_another: whether others are told before it, and no figures.
    places: where the words of figures stand in it; nowhere for those that stood before alone.
    """

    def __init__(
        self,
        start: int,
        written: str,
        lines: str,
        before: str,
        is_told: bool,
        is_behind_another: bool,
    ) -> None:
        self.start, self.written, self.lines, self.is_told = start, written, lines, is_told
        self.is_behind_another = is_behind_another
        self.words = lines.replace("\n", " ")
        own = plain(tables.report()["symbol"])
        self.unsigned = self.words.replace(own, "~" * len(own))  # without the report's symbol
        self.places: dict[str, list[int]] = {}
        self._said: dict[str, bool] = {}
        self.both = f"{before}\n{self.words}"
        beginnings = dict.fromkeys(chain(self.both, map("".join, pairwise(self.both))))
        for word in chain.from_iterable(filter(None, map(by_beginning().get, beginnings))):
            if word in self.both:
                pattern = all_words()[word]
                found = [match.start() for match in pattern.finditer(self.words)]
                if found or pattern.search(before):
                    self.places[word] = found
        self.within = {word for word, found in self.places.items() if found}

    @cached_property
    def years(self) -> set[int]:
        """The years that it names, and those that it tells of as a year later."""
        named = years_in(AROUND["year"].finditer(self.words))
        return named | ({year + 1 for year in named} if self.says("a year later") else set())

    @cached_property
    def is_linked(self) -> bool:
        """Whether it names what the report is about, or the report."""
        return self.is_sourced or self.names_subject

    @cached_property
    def names_subject(self) -> bool:
        """Whether it names what the report is about, or tells of it again."""
        is_again = bool(AROUND["subject again"].search(self.words))
        is_named = bool(subject_names().search(self.both if is_again else self.words))
        return is_named or (is_again and self.is_told)

    @cached_property
    def is_sourced(self) -> bool:
        """Whether it names the report."""
        return self.unsigned != self.words or bool(AROUND["sourced"].search(self.words))

    @cached_property
    def symbols(self) -> set[str]:
        """The symbols of other documents that it names."""
        return symbols_in(self.written)

    @cached_property
    def is_quoted(self) -> bool:
        """Whether what the report is about is named as a source, or beside another."""
        return bool(AROUND["quoted"].search(subject_names().sub("~", self.words)))

    @cached_property
    def is_computed(self) -> bool:
        """Whether it holds a formula."""
        return bool(AROUND["formula"].search(self.written))

    def says(self, kind: str) -> bool:
        """Whether it speaks of `ours`, an `average`, an `other time`, or what is `supposed`."""
        if kind not in self._said:  # once for all its numbers
            self._said[kind] = bool(AROUND[kind].search(self.words))
        return self._said[kind]

    def has(self, words: Iterable[str]) -> bool:
        """Whether one of words of figures stands in it."""
        return not self.within.isdisjoint(words)

    def holds(self, known: Known) -> bool:
        """Whether words of each group of a figure's stand in it."""
        return all(map(self.has, known.subject))

    def speaks_of(self, known: Known) -> bool:
        """Whether of each group of a figure's words one stands in it or stood before."""
        return not any(map(self.places.keys().isdisjoint, known.subject))


def symbols_in(written: str) -> set[str]:
    """The symbols of other documents in a text."""
    return {*AROUND["symbol"].findall(written)} - {tables.report()["symbol"]}


def years_written(text: str) -> set[int]:
    """The years that stand in a text, in whatever words."""
    return {*map(int, YEAR.findall(text))}


def years_in(matches: Iterable[re.Match]) -> set[int]:
    """The years of what the form of a year has found."""
    found = set()
    for match in matches:
        first, _, last = (match[1] or match[2]).partition("-")
        found |= {int(first), int(first[: 4 - len(last)] + last)}
    return found
