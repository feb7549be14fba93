"""Whether the numbers of a person's own text are those of the report.

A number is held against the figures whose words, in wordings.csv, stand near it. Where it fits the
figure that is meant, or one of several that may be, it agrees; where words leave open what is
meant, it cannot be told. What is clearly of another thing is passed by.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain

from briefing.core.comparison import DOUBTFUL, FITS, OUT, READING
from briefing.core.context import Context
from briefing.core.judgement import (
    ANOTHER,
    MESSAGES,
    ONLY,
    OPEN,
    UNKNOWN,
    WRONG,
    Case,
    Told,
    exchanged,
    summed,
)
from briefing.core.labels import actor, paragraphs
from briefing.core.language import current, translate
from briefing.core.numerals import Numeral, in_unit, numerals, plain
from briefing.core.passage import ITEM, LEAD, SENTENCE, SHORT, Passage, Sentence, symbols_in
from briefing.core.quantity import POINTS
from briefing.core.wording import cited, doubts, formula, named, text
from briefing.core.wordings import Known, other_names
from briefing.sources.characters import folded

LONGEST = 2000  # characters of a text that has no sentences, which is cut there
BESIDE = 6  # numbers on either side that are looked at
CANDIDATE = "{name}: {words} ({paragraphs})."
RATHER = 0.4  # how much likelier one number is of a figure than another
TOLD = 4  # figures of which a reason tells


@dataclass(frozen=True)
class Finding:
    """What is to be said of a number of a draft. start, end: its place in its passage."""

    said: str
    verdict: str
    figure_ids: list[str]
    line: int
    why: str
    passage: int
    start: int
    end: int


def check(passages: Iterable[Passage]) -> list[Finding]:
    """What is to be said of each number of a text that is of the report, or may be.

    Example: `check([Passage("Core resources rose to $125 million in 2011.")])`.
    """
    found: list[Finding] = []
    heading = head = last = ""
    for place, passage in enumerate(passages):
        written, places_of = _as_meant(passage.text)
        words, start = plain(written), 0
        head = (head or words) if "|" in words else ""
        named = [in_unit(one, words, head) for one in numerals(words)]
        is_lead, is_item = LEAD.fullmatch(written.strip()), ITEM.match(written)
        above = f"{heading}\n{head}" if head != words else heading
        before = above = above if is_item or not is_lead or heading == last else ""
        places, line = [one.start for one in named], passage.line
        lined = written if passage.has_lines else ""
        right: dict[Numeral, list[Known]] = {}
        is_of_others = False
        ends = {match.start() for match in SENTENCE.finditer(written)}
        for end in sorted({*ends, *range(LONGEST, len(words), LONGEST), len(words)}):
            inside = named[bisect_left(places, start) : bisect_left(places, end)]
            own, is_elsewhere = written[start:end], is_of_others and not right
            is_of_others = is_of_others or bool(other_names().search(own) or symbols_in(own))
            if inside:
                is_told = bool(right) and not is_of_others
                sentence = Sentence(start, own, words[start:end], before, is_told, is_elsewhere)
                for told, one in _of_sentence(sentence, inside, right):
                    said = " ".join(written[one.start : one.end].split())
                    at = line + lined.count("\n", start, one.start)
                    ends_at = places_of[one.start], places_of[one.end - 1] + 1
                    found.append(_finding(told, said, at, place, ends_at))
            if lines := words[start:end].strip():
                line += lined.count("\n", start, end)
                before = f"{before if len(lines) < SHORT else above}\n{lines}"
                start = end
        last = words
        if is_lead and not is_item:
            heading = words
        elif not is_item:
            heading = heading if heading.startswith("#") else ""
    return found


def _of_sentence(
    sentence: Sentence, inside: list[Numeral], right: dict[Numeral, list[Known]]
) -> Iterator[tuple[Told, Numeral]]:
    """What is told of a sentence's numbers. right: those that agree, to which its are added."""
    contexts = {
        one: Context(sentence, one, inside[max(0, number - BESIDE) : number + BESIDE + 1])
        for number, one in enumerate(inside)
    }
    cases = {one: Case(context, one) for one, context in contexts.items()}
    said = {one: case.told() for one, case in cases.items()}
    wrong = {one: told for one, told in said.items() if told and told[0] in WRONG}
    said |= exchanged(cases.values()) | wrong
    here = {one: told[1] for one, told in said.items() if told and told[0] in FITS}
    right |= here
    taken = {*chain(*here.values())}
    begun = {it.label for one, its in here.items() if contexts[one].follows("from") for it in its}
    for one, told in said.items():
        is_taken = told and told[0] == OUT and taken.issuperset(told[1])
        if is_taken and not _is_rather(one, cases, here):
            # The figure is told by another number: the next one may be meant.
            again = Case(contexts[one], one, taken).told()
            told = again if again and again[0] == OUT else (UNKNOWN, told[1], OPEN)
        elif told and told[2] == ANOTHER and told[1][0] in taken:
            computed = {it for _, it in cases[one].found if it.quantity.derived}
            again = Case(contexts[one], one, taken | computed).told()
            told = again if again and again[0] in FITS else told
        elif told and told[0] == UNKNOWN and contexts[one].follows("level"):
            ended = [it for _, it in cases[one].found[:1] if it.label in begun]
            told = (OUT, ended, ONLY) if ended else told
        if told := summed(contexts[one], one, told, right):
            yield told, one


def _is_rather(one: Numeral, cases: dict[Numeral, Case], here: dict[Numeral, list[Known]]) -> bool:
    """Whether a number is by far likelier of its figure than those that agree with it."""
    best, figure = cases[one].found[0]
    others = [other for other, its in here.items() if figure in its]
    scores = (score for it in others for score, its in cases[it].found if its == figure)
    is_whole = any(map(cases[one].context.is_whole_of, others))
    return best > max(scores, default=best) + RATHER and not is_whole


def _as_meant(text: str) -> tuple[str, Sequence[int]]:
    """A text with each character as it is meant, and where each of them stands in what is given.

    What shows nothing is left out.
    """
    meant = {} if text.isascii() else {sign: _folded(sign) for sign in set(text)}
    if all(sign == same for sign, same in meant.items()):
        return text, range(len(text))
    places = [place for place, sign in enumerate(text) for _ in meant[sign]]
    return "".join(map(meant.__getitem__, text)), places


_folded = cache(folded)  # of one character


def _finding(told: Told, said: str, line: int, place: int, ends: tuple[int, int]) -> Finding:
    verdict, meant, _ = told
    figure_ids = list(dict.fromkeys(name for known in meant for name in known.quantity.figures))
    return Finding(said, verdict, figure_ids, line, _why(told), place, *ends)


def _why(told: Told) -> str:
    """What is wrong or open, what the report says of the figures, and what is doubtful in it."""
    verdict, figures, message = told
    message = message if message == ONLY else translate(message)
    if not figures:
        return message
    found = [_candidate(figure, current()) for figure in figures[:TOLD]]
    found += doubts(figures[0].quantity) if verdict in (READING, DOUBTFUL) else []
    owner = actor(figures[0].owner, short=True)
    return message.format(owner=owner, candidates=" ".join(dict.fromkeys(found)))


@cache
def _candidate(figure: Known, language: str) -> str:
    quantity = figure.quantity
    words = named(quantity) if quantity.unit == POINTS else text(quantity)
    origin = formula(quantity) if quantity.derived else paragraphs(cited(quantity))
    return translate(CANDIDATE).format(name=figure.label, words=words, paragraphs=origin)


def furniture() -> None:
    """Say all that may be said of a draft, so that it is known to be asked."""
    for message in (*MESSAGES, CANDIDATE):
        translate(message)
