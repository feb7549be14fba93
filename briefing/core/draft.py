"""Whether the numbers of a person's own text are those of the report.

A number is held against the figures whose words, in wordings.csv, stand near it. Where it fits the
figure that is meant, or one of several that may be, it agrees; where words leave open what is
meant, it cannot be told. What is clearly of another thing is passed by.
"""

import re
from bisect import bisect_left
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cache
from itertools import chain

from briefing.core.candidates import (
    made_of,
    nearest,
    not_against,
    of_another,
    of_kind,
    partly_alike,
    scored,
    undenied,
    years_of,
)
from briefing.core.comparison import (
    AGREES,
    DOUBTFUL,
    DROPS,
    FITS,
    OUT,
    READING,
    TOO_EXACT,
    compared,
    is_same,
)
from briefing.core.context import Context, Sentence
from briefing.core.labels import actor, paragraphs
from briefing.core.language import current, translate
from briefing.core.numerals import EXACT, SMALL, Numeral, in_unit, numerals, plain
from briefing.core.quantity import POINTS
from briefing.core.sums import is_made, terms
from briefing.core.wording import cited, doubts, formula, named, text
from briefing.core.wordings import Known, other_names, subject_id

OTHER, ABSENT, UNKNOWN = "other_unit", "not_in_report", "cannot_tell"
WRONG = (DROPS, TOO_EXACT, OUT, OTHER, ABSENT)  # what a draft is to be mended for
FEW = 9  # as SMALL is, of what the report's subject is said to have
ACCUSED, SURE = 0.42, 0.8  # how sure a subject is to be, and where the number fits another
COUNTRIES = {"countries", "nations", "国家"}
LONGEST = 2000  # characters of a text that has no sentences, which is cut there
FARTHEST = 1000  # times a figure that a number of it is said to be by a slip
BESIDE = 6  # numbers on either side that are looked at
ONLY = "{candidates}"
ANOTHER = "That is another number of the report. {candidates}"
CURRENCY = "The currency is another. {candidates}"
UNIT = "The unit is another. {candidates}"
OWNER = "The number is that of {owner}. {candidates}"
COUNTED = "What is counted is another. {candidates}"
BOUND = "The bound is another. {candidates}"
DIRECTION = "The direction is another. {candidates}"
TIME = "The time is another. {candidates}"
PERIOD = "The period is another. {candidates}"
PARAGRAPH = "The paragraph is another. {candidates}"
MADE = "The numbers beside it make another. {candidates}"
CANDIDATE = "{name}: {words} ({paragraphs})."
OPEN = "What stands beside it leaves open which figure is meant. {candidates}"
OF_OTHERS = "Another body is named, and {owner} is not. {candidates}"
LATER = "The time named may be after that of the report. {candidates}"
NOT_COVERED = "The report may not cover it."
NO_FIGURE = "The report holds no such figure."
TOLD = 4  # figures of which a reason tells
ITEMS = r"[ \t>]*(?:[•·*+-]\s|\(?[0-9]{1,2}[.)、]\s?|[（(]?[一二三四五六七八九十]{1,2}[）)、])"
ITEM = re.compile(rf"{ITEMS}|.*\|")
LEAD = re.compile(r"#+\s.*|[^.。！？;；|]{1,80}|.*[:：]", re.DOTALL)  # what leads others
SENTENCE = re.compile(
    r"(?<=[.!?])(?<!M[rs]\.)(?<!Mrs\.)(?<!Dr\.)(?<!U\.S\.)\s+"
    r"(?=[\"“'(\[]?(?:[0-9]{1,2}/[0-9]*\s)?[A-Z\u4e00-\u9fff])|(?<=[。！？；;])|(?<=\)\.)\s+"
    rf"|\n\s*\n|\n(?={ITEMS}|[^\n:：|]{{1,30}}[:：])"
)
CLOSED = re.compile("[.;:|]")  # beyond which nothing stands that a number counts
Told = tuple[str, list[Known], str]  # a verdict, the figures that it is about, and a message


@dataclass(frozen=True)
class Passage:
    """Words that a reader sees as one: a paragraph, a heading, a row of a table; and its line."""

    text: str
    line: int = 1


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
        words, start = plain(passage.text), 0
        head = (head or words) if "|" in words else ""
        named = [in_unit(one, words, head) for one in numerals(words)]
        is_lead, is_item = LEAD.fullmatch(passage.text.strip()), ITEM.match(passage.text)
        above = f"{heading}\n{head}" if head != words else heading
        before = above = above if is_item or not is_lead or heading == last else ""
        places, line = [one.start for one in named], passage.line
        right: dict[Numeral, list[Known]] = {}
        is_of_others = False
        ends = {match.start() for match in SENTENCE.finditer(passage.text)}
        for end in sorted({*ends, *range(LONGEST, len(words), LONGEST), len(words)}):
            inside = named[bisect_left(places, start) : bisect_left(places, end)]
            is_of_others = is_of_others or bool(other_names().search(passage.text, start, end))
            if inside:
                written, is_told = passage.text[start:end], bool(right) and not is_of_others
                sentence = Sentence(start, written, words[start:end], before, is_told)
            said = []
            for number, one in enumerate(inside):
                beside = inside[max(0, number - BESIDE) : number + BESIDE + 1]
                context = Context(sentence, one, beside)
                said.append((_told(context, one), one, context))
            here = {one: told[1] for told, one, _ in said if told and told[0] in FITS}
            taken, right = {*chain(*here.values())}, right | here
            for told, one, context in said:
                if told and told[0] == OUT and taken.issuperset(told[1]):
                    # The figure is told by another number: the next one may be meant.
                    again = _told(context, one, taken)
                    told = again if again and again[0] == OUT else (UNKNOWN, told[1], OPEN)
                if told := _summed(context, one, told, right):
                    found.append(_finding(told, one, passage, place, line, start))
            if lines := words[start:end].strip():
                line += passage.text.count("\n", start, end)
                before, start = f"{above}\n{lines}", end
        last = words
        if is_lead and not is_item:
            heading = words
        elif not is_item:
            heading = heading if heading.startswith("#") else ""
    return found


def _finding(
    told: Told, one: Numeral, passage: Passage, place: int, line: int, start: int
) -> Finding:
    """start, line: where its sentence begins."""
    verdict, meant, _ = told
    said = " ".join(passage.text[one.start : one.end].split())
    figure_ids = list(dict.fromkeys(name for known in meant for name in known.quantity.figures))
    line += passage.text.count("\n", start, one.start)
    return Finding(said, verdict, figure_ids, line, _why(told), place, one.start, one.end)


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


def _told(context: Context, one: Numeral, taken: Collection[Known] = ()) -> Told | None:
    """What is to be said of a number; None where it is of another thing.

    taken: figures that are told by other numbers.
    """
    figures = [figure for figure in of_kind(one) if figure not in taken]
    fitting = [figure for figure in figures if is_same(one, figure.readings[0])]
    if others := of_another(context, one, fitting):
        return OTHER, others, COUNTED if context.counts_against(others[0]) else OWNER
    found = scored(context, figures)
    if not found:
        return _unmatched(context, one, fitting)
    alike = [figure for _, figure in found if figure in fitting]
    found = undenied(context, one, found, fitting)
    near = nearest(context, found, alike)
    if context.is_of_others:
        return _of_others(context, one, found[0][0], near, alike)
    verdicts = {figure: compared(one, figure) for figure in near}
    placed = [_placed(context, one, verdicts[f], [f]) for f in near if verdicts[f] in FITS]
    if any(f in alike for f in near) and not any(meant[0] in fitting for _, meant, _ in placed):
        placed = []  # another has the number itself, with another bound
    if agreeing := [meant[0] for verdict, meant, _ in placed if verdict in FITS]:
        is_large = one.kind == "count" and one.value > SMALL
        if is_large and _counts_countries(context, agreeing):
            return OTHER, agreeing, COUNTED
        return verdicts[agreeing[0]], agreeing, ONLY
    (best, first), is_later = found[0], context.is_of_other_time(years_of(found[0][1]))
    is_sure = best >= ACCUSED and not is_later and _is_sure(context, one, first, near, alike)
    if not is_sure or not _is_said_of(context, one, first, fitting):
        return _unsure(context, one, verdicts, fitting, is_later)
    return placed[0] if placed else _wrong(context, one, best, first, verdicts, alike, fitting)


def _of_others(
    context: Context, one: Numeral, best: float, near: list[Known], alike: list[Known]
) -> Told:
    """What is told of a number that is said of another body."""
    is_telling = best >= ACCUSED and (one.digits > 2 or one.kind != "count")
    is_telling &= not context.is_ours
    own = [f for f in near if f in alike and f.owner == subject_id()]
    own = [f for f in own if is_telling and context.sentence.holds(f)]
    return (OTHER, own[:1], OWNER) if own else (UNKNOWN, near, OF_OTHERS)


def _is_sure(
    context: Context, one: Numeral, first: Known, near: list[Known], alike: list[Known]
) -> bool:
    """Whether a number can be told wrong: it is meant for the first figure, the likeliest."""
    is_sure = not (context.is_computed or context.speaks_against(first) or context.is_of_nearer)
    is_sure &= one.kind != "other_money" or context.is_linked or first in alike
    is_sure &= first.measure not in ("change", "rate") or context.sentence.holds(first)
    is_sure &= one.kind != "count" or one.value < FARTHEST * first.quantity.number
    return is_sure and (any(figure.places for figure in near) or not context.is_in_place)


def _unsure(
    context: Context,
    one: Numeral,
    verdicts: dict[Known, str],
    fitting: list[Known],
    is_later: bool,
) -> Told:
    """What is told of a number that may be meant for figures, each with the verdict on it."""
    if only := _only(context, one, fitting):
        return only
    dropped = [figure for figure, verdict in verdicts.items() if verdict == DROPS]
    if len(dropped) == 1 and not is_later:
        return _placed(context, one, DROPS, dropped)
    is_open = is_later or context.is_of_nearer or context.is_cited or context.speaks_of_us
    is_open = is_open or fitting or one.value <= SMALL
    if (context.is_sourced or context.is_owned) and not is_open:
        return ABSENT, [], NO_FIGURE
    return UNKNOWN, [*verdicts], LATER if is_later else OPEN


def _wrong(
    context: Context,
    one: Numeral,
    best: float,
    first: Known,
    verdicts: dict[Known, str],
    alike: list[Known],
    fitting: list[Known],
) -> Told:
    """What is wrong with a number that is meant for a figure."""
    for verdict in (DROPS, TOO_EXACT):
        if meant := [figure for figure, told in verdicts.items() if told == verdict]:
            return _placed(context, one, verdict, meant)
    if meant := [figure for figure in verdicts if figure in alike]:
        return OUT, meant, BOUND
    if best > SURE and not first.quantity.derived and any(map(context.sentence.holds, alike)):
        return OTHER, [first, *alike], ANOTHER
    alike = not_against(context, alike)
    if best < SURE and not alike:
        alike = partly_alike(context, fitting) or made_of(one, fitting, first)
    if (alike or (best < SURE and one.is_exact)) and (only := _only(context, one, fitting)):
        return only
    return (UNKNOWN, [*verdicts, *alike], OPEN) if alike else (OUT, [*verdicts], ONLY)


def _summed(
    context: Context, one: Numeral, told: Told | None, right: dict[Numeral, list[Known]]
) -> Told | None:
    """What is told of a number that others may make. right: those before it that agree."""
    is_open = not told or told[0] in (UNKNOWN, ABSENT)
    if not is_open and not (told[0] == OUT and context.tells_sum):
        return told
    if is_made(context, one, [*right]):
        return (AGREES, [meant[0] for meant in right.values()], ONLY) if told else told
    meant = [right[it][0] for it in terms(context, one, [*right])] if is_open else []
    is_other = one.kind == "count" and any(_is_other(context, figure) for figure in meant)
    are_alike = len({figure.quantity.unit for figure in meant}) == 1 and not is_other
    return (OUT, meant, MADE) if are_alike else told


def _is_other(context: Context, figure: Known) -> bool:
    """Whether what is counted is none of what a figure counts."""
    return context.counted is not None and context.counted not in figure.counted


def _only(context: Context, one: Numeral, fitting: list[Known]) -> Told | None:
    """The verdict where one figure alone has the number, and words of it stand there.

    With many digits it is that figure's whatever the words.
    """
    alike = [f for f in fitting if one.is_exact and not _is_other(context, f)]
    if not alike:
        if one.is_exact:
            fitting = fitting or [it for it in of_kind(one) if compared(one, it) == TOO_EXACT]
        alike = [f for f in partly_alike(context, fitting) if not f.quantity.derived]
        alike = [f for f in alike if f.kind != "count" or context.counted in f.counted]
        alike = [f for f in alike if context.sentence.has(f.subject[0] | f.places)]
    is_telling = one.digits > 1 or one.value > 100 or one.kind == "money"
    is_telling |= any(f.places for f in alike)
    verdict = compared(one, alike[0]) if len({f.label for f in alike}) == 1 else UNKNOWN
    if not is_telling or verdict in (OUT, UNKNOWN) or context.is_of_other_time(set()):
        return None
    return _placed(context, one, verdict, alike)


def _is_said_of(context: Context, one: Numeral, figure: Known, fitting: list[Known]) -> bool:
    """Whether a number that does not fit a figure can be meant for it, and is no article."""
    if one.kind != "count" or figure.kind != "count":
        return True
    is_of_another = any(not it.quantity.derived and context.sentence.holds(it) for it in fitting)
    is_few = one.value <= SMALL and 3 * one.value < figure.quantity.number and not is_of_another
    if (one.is_word and one.value == 1) or is_few:
        return False
    if context.counted is None:
        words = tuple(set().union(*figure.subject))
        is_beside = not context.is_labelled and context.after.lstrip().startswith(words)
        is_large = one.value > SMALL or context.follows("change")
        behind = CLOSED.split(context.behind(45))[0]
        is_beside |= context.wide == 1 and any(noun in behind for noun in figure.counted)
        return is_large and (is_beside or context.is_named_before(figure))
    return context.counted in figure.counted


def _placed(context: Context, one: Numeral, verdict: str, meant: list[Known]) -> Told:
    """A verdict on a number, unless unit, period or paragraph beside it are of another."""
    rate, unit = context.rate, meant[0].quantity.unit.partition("/")[2]
    covered, here = {year for f in meant for year in f.years}, context.paragraphs
    in_points = any(figure.quantity.unit == POINTS for figure in meant)
    others = {
        CURRENCY: one.kind == "other_money",
        UNIT: one.kind == ("percent" if in_points else "points"),
        DIRECTION: any(map(context.moves_against, meant)),
        TIME: rate and unit and unit != rate,
        PERIOD: context.is_of_other_period(covered),
        PARAGRAPH: here and not any(here.intersection(cited(f.quantity)) for f in meant),
    }
    message = next((message for message, is_other in others.items() if is_other), ONLY)
    return verdict if message == ONLY else OTHER, meant, message


def _counts_countries(context: Context, figures: list[Known]) -> bool:
    """Whether countries are counted, which figures do not count."""
    counted = context.counted in COUNTRIES
    return counted and not any(COUNTRIES & f.counted for f in figures)


def _unmatched(context: Context, one: Numeral, fitting: list[Known]) -> Told | None:
    """What is told of a number beside which no figure's words stand."""
    is_count = one.kind == "count"
    least = FEW if context.is_owned else SMALL
    if one.kind == "factor" or (is_count and one.value <= least):
        return None
    if only := _only(context, one, fitting):
        return only
    alike = [f for f in of_kind(one) if not is_count or context.counted in f.counted]
    alike = [f for f in alike if compared(one, f) in FITS]
    if alike and one.digits > EXACT and context.is_linked and len({f.label for f in alike}) == 1:
        return _placed(context, one, compared(one, alike[0]), alike)
    alike = alike or [f for f in partly_alike(context, fitting) if one.value > SMALL]
    if is_count and context.is_linked and one.digits >= EXACT:
        alike = alike or fitting
    if alike or not context.is_linked:
        return (UNKNOWN, alike, OPEN) if alike else None
    is_vague = one.kind == "time" or context.is_of_other_time(set()) or context.is_of_nearer
    is_vague |= one.is_word and one.kind != "money"
    is_vague |= is_count and context.is_unnamed and not context.is_owned
    is_vague |= (
        context.speaks_of_us
        or context.is_listed
        or context.is_quoted
        or context.is_cited
        or context.is_mentioned
    )
    return (UNKNOWN, [], NOT_COVERED) if is_vague else (ABSENT, [], NO_FIGURE)


def furniture() -> None:
    """Say all that may be said of a draft, so that it is known to be asked."""
    whys = (ANOTHER, CURRENCY, UNIT, OWNER, COUNTED, BOUND, DIRECTION, TIME, PERIOD, PARAGRAPH)
    whys += (OPEN, OF_OTHERS, LATER, MADE)
    for message in (*whys, CANDIDATE, NOT_COVERED, NO_FIGURE):
        translate(message)
