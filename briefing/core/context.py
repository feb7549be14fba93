"""What stands around a number in its sentence: which words, how near, and what is said with it.

The patterns are rows of forms.csv.
"""

import re
from functools import cached_property

from briefing.core.numerals import SMALL, Numeral, plain
from briefing.core.passage import AROUND, Sentence, symbols_in, years_in, years_written
from briefing.core.wordings import (
    Known,
    all_words,
    body_names,
    names_of,
    nouns,
    other_names,
    own_places,
    place_names,
    subject_id,
    subject_names,
)
from briefing.sources import tables
from briefing.sources.characters import HAN

EARLIER = 0.2  # the nearness of what stands in the sentence before
MOST = 100  # paragraphs that a span of them may have
BESIDE, WIDE = 60, 2.2  # characters at which a word is half as near; how many a Chinese one is
LABEL = 30  # characters of a label right before a number
WHOLE = re.compile("(?<![a-z-]).*$|$")  # words from the beginning of one
CROSSED = 25  # characters by which what stands beyond another number is farther
FEW, FEWEST = 9, 4  # as SMALL is, of what the report's subject is said to have, or the report
NAMED = {"intergovernmental_body", "mechanism", "meeting", "partnership"}  # kinds of actors
COUNTRIES = {"countries", "nations", "国家"}
PAUSE = re.compile("[,.;，。；、:|]")
# The times of a rate, by how what is found begins.
RATES = {"year": "ay年2", "month": "m月个", "week": "w周", "day": "d天日", "biennium": "b两t"}
RATES |= {"session": "s届次", "whole": "el计共总整"}
RISING, FALLING = {"rose", "increas", "increase", "增加", "增至"}, {"reduced", "减"}


class Context:
    """A number within its sentence, beside others."""

    def __init__(self, sentence: Sentence, one: Numeral, all_: list[Numeral]) -> None:
        start = sentence.start
        self.sentence, self.at, self.end = sentence, one.start - start, one.end - start
        self.starts = [other.start - start for other in all_]
        self.others = [o.start - start for o in all_ if o is not one and o.kind != "time"]
        first = min((at for at in self.starts if at >= self.end), default=None)
        last = max((other.end - start for other in all_ if other.end <= one.start), default=0)
        self.is_after = last > 0
        self.before = sentence.words[last : self.at]
        self.after = subject_names().sub("", sentence.lines[self.end : first])
        self.wide = WIDE if HAN.search(sentence.words) else 1
        # Whether it stands behind a colon or in a cell of its own.
        self.is_listed = bool(AROUND["listed"].search(self.before))
        self._near: dict[str, float] = {}

    def behind(self, length: int) -> str:
        """What stands behind the number, before the next one."""
        return self.after[: int(length / self.wide)]

    def near(self, words: set[str]) -> float:
        """From 1 for a word beside the number down to that of words which stood before alone."""
        return max(map(self._nearness, words & self.sentence.within), default=EARLIER)

    def _nearness(self, word: str) -> float:
        if word not in self._near:
            gaps = (self._gap(at, at + len(word)) for at in self.sentence.places[word])
            self._near[word] = 1 / (1 + min(gaps) / BESIDE)
        return self._near[word]

    def _gap(self, start: int, end: int) -> float:
        """How far words are from the number; farther beyond another."""
        between = (end, self.at) if end <= self.at else (self.end, start)
        crossed = sum(between[0] <= at < between[1] for at in self.starts)
        if start >= self.end and any(at >= end for at in self.starts):
            crossed += bool(AROUND["clause"].search(self.sentence.words, *between))
        if self.before.rstrip().endswith(":"):  # a cell that holds its label
            crossed += 2 * self.sentence.words.count("|", *between)
            crossed += 4 * (start >= self.end and self.is_labelled)
        return max(0, between[1] - between[0]) * self.wide + CROSSED * crossed

    def follows(self, kind: str) -> bool:
        """Whether `change`, `level`, `from` or such is what words before the number tell of it."""
        return bool(AROUND[kind].search(self.before))

    def precedes(self, kind: str) -> bool:
        """Whether what stands behind it is `unnamed`, one of `others counted`, or `of them`."""
        return bool(AROUND[kind].match(self.after))

    @property
    def tells_change(self) -> bool:
        """Whether it is said to be by how much something rose or fell."""
        return self.follows("change") and bool(AROUND["moves"].search(self.before))

    @property
    def tells_sum(self) -> bool:
        """Whether a sum is told of right before the number or behind it."""
        ahead, behind = AROUND["sum before"].search(self.before), AROUND["sum after"]
        is_of_last = self.is_listed and behind.match(self.before)  # `38 in all: 17`
        return bool((ahead and not is_of_last) or behind.match(self.behind(45)))

    @cached_property
    def counted(self) -> str | None:
        """The noun of any figure that the number counts, behind it or right before it."""
        named = AROUND["named"].search(self.before) if self.precedes("unnamed") else None
        ahead = [*nouns().finditer(self.before, 0, named.start())] if named else []
        if ahead and not self.before[ahead[-1].end() : named.start()].strip():
            return ahead[-1][0]
        behind = PAUSE.split(self.behind(45))[0]
        found = nouns().search(behind)
        if not found and self.is_listed:
            start = 3 if self.is_after else 0  # a noun before is counted by the last number
            labels = {it[0] for it in nouns().finditer(self.before) if it.start() >= start}
            return labels.pop() if len(labels) == 1 else None
        if not found or self.is_labelled or AROUND["aside"].match(behind):
            return None
        if found.start() > 2 and AROUND["no counter"].match(behind):
            return None
        # The last of several: representatives of `NGO representatives`, and what 次 counts.
        while following := nouns().search(behind, found.end()):
            between = behind[found.end() : following.start()]
            if "\n" in between or len(between.strip()) > (4 if found[0] == "次" else 0):
                break
            found = following
        return found[0]

    @property
    def is_labelled(self) -> bool:
        """Whether it stands between a label and that of the next number."""
        return self.is_listed and bool(AROUND["label"].match(self.behind(45)))

    @property
    def is_in_place(self) -> bool:
        """Whether a country is named before it in its clause."""
        return bool(place_names().search(AROUND["clause"].split(self.before)[-1]))

    def is_named_before(self, known: Known) -> bool:
        """Whether what a figure counts is named before a number behind which nothing is."""
        words, both = self.sentence.words, self.sentence.both
        above = nouns().finditer(both, 0, len(both) - len(words))
        ahead = [*nouns().finditer(words, 0, self.at)] or above
        return self.precedes("unnamed") and any(noun[0] in known.counted for noun in ahead)

    def speaks_against(self, known: Known) -> bool:
        """Whether a word beside it tells that it is of another thing than a figure."""
        if "from" in known.further and self.follows("from"):  # `lowered from`
            return False
        far = 20 if known.kind == "percent" else 12 * self.wide
        far = 0 if self.follows("from") or self.is_labelled else far
        behind = AROUND["said"].split(AROUND["clause"].split(self.behind(far))[0])[0]
        return self._is_in(self._ahead + behind, known.against)

    @cached_property
    def _ahead(self) -> str:
        """Its label, or what stands before it in its clause."""
        ahead = AROUND["both cores"].sub("", self.before)
        if self.is_listed and (self.precedes("unnamed") or self.counted):
            ahead = WHOLE.search(ahead, max(0, len(ahead) - int(LABEL / self.wide)))[0]
        else:
            ahead = AROUND["clause"].split(ahead)[-1]
        if AROUND["part of"].fullmatch(self.before):  # `9 offices out of the` 33
            return ""
        rate = AROUND["rate after"].match(ahead)  # which is that of the number before
        return ahead[rate.end() :] if rate else ahead

    def _is_in(self, text: str, words: set[str]) -> bool:
        """Whether a part of its sentence holds one of words."""
        return any(all_words()[word].search(text) for word in words & self.sentence.within)

    def denies(self, known: Known) -> bool:
        """Whether its clause tells of another thing, and does not hold the words of a figure."""
        held = (self._is_in(self._clause, group - known.against) for group in known.subject)
        return self._is_in(self._clause, known.against) and not all(held)

    @cached_property
    def _clause(self) -> str:
        words = AROUND["both cores"].sub(lambda both: " " * len(both[0]), self.sentence.words)
        ahead, behind = map(AROUND["clause"].split, (words[: self.at], words[self.end :]))
        return ahead[-1] + words[self.at : self.end] + behind[0]

    def counts_against(self, known: Known) -> bool:
        """Whether what is counted is said to be another thing than a figure counts."""
        counted = PAUSE.split(self.behind(14))[0].partition("\n")[0]
        is_other = self._is_in(counted, known.against) or self.precedes("others counted")
        is_other |= self.counts_countries([known])
        return known.kind == "count" and not self.is_labelled and is_other

    def is_of_another_thing(self, known: Known) -> bool:
        """Whether it is said to be of another thing than a figure."""
        is_denied = known.kind == "percent" and self.denies(known)
        return self.counts_against(known) or self.speaks_against(known) or is_denied

    def is_instead(self, known: Known) -> bool:
        """Whether its clause tells of another thing in place of one of what a figure is of.

        So does what leads the sentence: `In Africa, `.
        """
        lead = AROUND["leading"].match(self.sentence.words)
        told = f"{lead[0] if lead else ''}{self._clause}"
        missing = [group for group in known.subject if not self.sentence.has(group)]
        is_counted = known.kind != "count" or self.counted in known.counted
        is_other = len(missing) == 1 < len(known.subject) and not self.sentence.speaks_of(known)
        return is_other and is_counted and self._is_in(told, known.against)

    def counts_countries(self, figures: list[Known]) -> bool:
        """Whether countries are counted, which figures do not count."""
        return self.counted in COUNTRIES and not any(COUNTRIES & it.counted for it in figures)

    def moves_against(self, known: Known) -> bool:
        """Whether it is said to fall to what rose, or to rise to what fell."""
        moves = list(AROUND["moves"].finditer(self.before))
        rises, falls = (bool(words & known.words) for words in (RISING, FALLING))
        return bool(moves) and rises != falls and bool(moves[-1]["fall"]) == rises

    def is_whole_of(self, one: Numeral) -> bool:
        """Whether what a number before it counts is said to be a part of what it counts."""
        words = self.sentence.words[one.end - self.sentence.start : self.at]
        return bool(AROUND["part of"].fullmatch(words))

    @property
    def is_cited(self) -> bool:
        """Whether another document is named right before the number, or by its symbol."""
        no_report = AROUND["no report"].search(self.sentence.unsigned, 0, self.at)
        return bool(self.sentence.symbols or no_report)

    @cached_property
    def is_after_others(self) -> bool:
        """Whether another is named before it."""
        return bool(other_names().search(self.sentence.written, 0, self.at))

    @cached_property
    def is_of_others(self) -> bool:
        """Whether another is named before it, and what the report is about is not."""
        return not self.sentence.names_subject and (self.is_after_others or self.is_ours)

    def names_owner(self, known: Known) -> bool:
        """Whether whom a figure is of has a name of its own, and is named, or is told of.

        So it is where another is named that is of the figure's words.
        """
        is_held = self.sentence.holds(known) and not self.is_ours
        is_named = is_held or any(it in self.sentence.words for it in names_of(known.owner))
        named = other_names().finditer(self.sentence.written, 0, self.at)
        others = {plain(match[0]) for match in named}
        is_of_it = is_held and bool(others) and others <= known.words
        return is_of_it or (is_named and tables.rows("actors")[known.owner]["kind"] in NAMED)

    @property
    def is_behind_others(self) -> bool:
        """Whether others, or who writes, are named before it, not what the report is about."""
        is_after = self.is_after_others or self.is_ours
        return is_after and not subject_names().search(self.sentence.words, 0, self.at)

    @property
    def is_behind_body(self) -> bool:
        """Whether a body of States is named before it, whose terms may be told."""
        return any(name in self.sentence.words[: self.at] for name in body_names())

    @property
    def is_of_body(self) -> bool:
        """Whether its clause names a body of States, whose members may be what is counted."""
        names = body_names().union(f"of {name}" for name in names_of(subject_id()))
        words = self.sentence.words
        clause = PAUSE.split(words[: self.at])[-1] + PAUSE.split(words[self.end :])[0]
        return any(name in clause for name in names)

    @property
    def is_supposed(self) -> bool:
        """Whether what leads to it is supposed."""
        return bool(AROUND["supposed"].search(self.sentence.words, 0, self.at))

    @property
    def is_ours(self) -> bool:
        """Whether it is of who writes."""
        return bool(AROUND["ours"].search(self.sentence.words, 0, self.at))

    @cached_property
    def nearer(self) -> str:
        """Another organization that is named in its clause, and what the report is about not."""
        start = self.at - len(AROUND["clause"].split(self.sentence.words[: self.at])[-1])
        own = subject_names().search(self.sentence.words, start, self.at)
        at = AROUND["at"].match(self.sentence.words, self.end)  # `78 per cent at UNDP`
        named = other_names().search(self.sentence.written, start, self.at)
        named = named or (at and other_names().match(self.sentence.written, at.end()))
        return plain(named[0]) if named and not own else ""

    def is_of_another_than(self, known: Known) -> bool:
        """Whether another is named nearer, that is neither whose a figure is nor of its words."""
        is_own = any(self.nearer in word for word in known.words)  # as where none is nearer
        return not (is_own or self.names_owner(known))

    def is_elsewhere(self, known: Known) -> bool:
        """Whether another country stands in place of that of a figure, whose other words stand."""
        if not known.places:
            return False
        here = {match[0] for match in place_names().finditer(self._clause)}
        words = self._clause if here & own_places() else self.sentence.words
        own = known.places.union(*(group for group in known.subject if group & known.places))
        if any(place in words for place in own):
            return False
        rest = (group for group in known.subject if not group & known.places)
        first = next(rest, set())
        return bool(place_names().search(words)) and self.sentence.has(first)

    @property
    def is_owned(self) -> bool:
        """Whether what the report is about is said to have what is counted."""
        return bool(AROUND["owned"].search(self.before)) and self.sentence.is_linked

    @property
    def least(self) -> int:
        """Up to which number one that the report does not have may be of another thing."""
        if self.sentence.says("sourced") and not self.sentence.says("average"):
            return FEWEST
        return FEW if self.is_owned else SMALL

    @cached_property
    def rate(self) -> str:
        """The time for which the number is, `month` of `a month`; "" for none."""
        words = self.sentence.words
        found = AROUND["rate after"].match(words, self.end)
        if self.is_listed and not found:  # in its label
            found = AROUND["rate after"].search(self.before)
        found = found or AROUND["rate before"].search(words[max(0, self.at - 80) : self.at])
        begins = next(filter(None, found.groups()))[0] if found else "-"
        return next((time for time, signs in RATES.items() if begins in signs), "")

    @cached_property
    def years(self) -> set[int]:
        """The years that the sentence names near the number, not those of others beside them."""
        found = AROUND["year"].finditer(self.sentence.words)
        return years_in(year for year in found if self._is_near(*year.span()))

    def _is_near(self, start: int, end: int) -> bool:
        """Whether a year is said of it, and is neither beside nor behind another number."""
        is_beside = any(end <= at <= end + 3 for at in self.others)
        is_behind = any(self.end <= at < start for at in self.starts)
        is_behind &= bool(AROUND["clause"].search(self.sentence.words[self.end : start]))
        is_near = start < 2 or (self._gap(start, end) < 75 and not is_behind)
        return is_near and not is_beside

    def is_of_other_period(self, years: set[int]) -> bool:
        """Whether years are named near it, and none of a figure's in its sentence."""
        named, words = self.sentence.years, self.sentence.words
        held = (named | years_written(words)) & years
        is_part = len(held) == 1 and len(years) > 1
        is_end = is_part and held == {max(years)} and self.sentence.says("by the end")
        is_other = (is_part and not is_end) or not named & years
        return bool(self.years and years and is_other) and not self.follows("from")

    def is_of_other_time(self, years: set[int]) -> bool:
        """Whether years but these, of which the report does not tell, or a last day are named."""
        return bool(self._untold - years or self.sentence.says("other time"))

    @cached_property
    def _untold(self) -> set[int]:
        """The years that are named, the nearest ones, where the report tells of none of them.

        All are after the report's, or of a century before.
        """
        behind = AROUND["year"].match(self.sentence.words, self.end + 1)
        nearest = [behind] if behind else AROUND["year"].finditer(self._clause)
        sentence = self.sentence
        named = years_in(nearest) or self.years or sentence.years or years_written(sentence.both)
        year = int(tables.report()["year"])
        return named if all(it > year or it < year // 100 * 100 for it in named) else set()

    @cached_property
    def paragraphs(self) -> set[str]:
        """The paragraphs that are cited behind the number, or before what they say."""
        words = self.sentence.unsigned
        if bracket := AROUND["bracket"].match(words, self.end):
            return self._of_this_report(bracket)
        if placed := AROUND["placed"].match(words, self.end):
            return _cited(placed[1])
        ahead = AROUND["bracket"].match(words, 0, self.at)  # behind what the first number is of
        if ahead and not self.is_after:
            return self._of_this_report(ahead)
        said = AROUND["says"].finditer(words, 0, self.at)
        no_report = AROUND["no report"]
        before = [it[0] for it in said if not no_report.search(words, 0, it.start() + 2)]
        return _cited(before[-1]) if before else set()

    def _of_this_report(self, bracket: re.Match[str]) -> set[str]:
        """The paragraphs that a bracket cites, where it names no other document."""
        written = self.sentence.written[slice(*bracket.span(1))]
        return set() if symbols_in(written) else _cited(bracket[1])


def _cited(words: str) -> set[str]:
    """The paragraphs that words cite."""
    found = set()
    for is_box, listed in AROUND["cited"].findall(words):
        for first, last in re.findall(r"([0-9]+)(?:\s?-\s?([0-9]+))?", listed):
            numbers = range(int(first), min(int(last or first), int(first) + MOST) + 1)
            found |= {f"{'box-' if is_box else ''}{number}" for number in numbers}
    return found
