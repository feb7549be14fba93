"""What is to be said of a number of a text, from the figures whose words stand near it."""

import re
from collections.abc import Collection, Iterable
from functools import cached_property
from itertools import combinations, product

from briefing.core.candidates import (
    nearest,
    not_against,
    of_another,
    of_another_unit,
    of_kind,
    partly_alike,
    scored,
    undenied,
    years_of,
)
from briefing.core.comparison import (
    AGREES,
    DROPS,
    FITS,
    OUT,
    TOO_EXACT,
    compared,
    is_near,
    is_same,
    is_slip,
)
from briefing.core.context import Context
from briefing.core.numerals import EXACT, SMALL, Numeral
from briefing.core.quantity import POINTS
from briefing.core.sums import apart, is_made, terms
from briefing.core.wording import cited
from briefing.core.wordings import Known, known, subject_id
from briefing.sources import tables

OTHER, ABSENT, UNKNOWN = "other_unit", "not_in_report", "cannot_tell"
WRONG = (DROPS, TOO_EXACT, OUT, OTHER, ABSENT)  # what a draft is to be mended for
PRICE = 1000  # below which an amount is none of a budget
APART = 0.1  # how much likelier what a number stands by is than what it is of, to be exchanged
ACCUSED, SURE = 0.42, 0.8  # how sure a subject is to be, and where the number fits another
OFTEN = {"month", "week", "day", "session"}  # what is no rate is of no such time
SHORT = {"month": ("month", "月"), "day": ("day", "dai", "天", "日")}  # of whose rates they tell
FARTHEST = 1000  # times a figure that a number of it is said to be by a slip
LEVELS = {"level", "part"}  # of figures by which nothing rises
CLOSED = re.compile("[.;:|]")  # beyond which nothing stands that a number counts
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
OPEN = "What stands beside it leaves open which figure is meant. {candidates}"
OF_OTHERS = "Another body is named, and {owner} is not. {candidates}"
LATER = "The time named may be after that of the report. {candidates}"
NOT_COVERED = "The report may not cover it."
NO_FIGURE = "The report holds no such figure."
MESSAGES = (ANOTHER, CURRENCY, UNIT, OWNER, COUNTED, BOUND, DIRECTION, TIME, PERIOD, PARAGRAPH)
MESSAGES += (MADE, OPEN, OF_OTHERS, LATER, NOT_COVERED, NO_FIGURE)
Told = tuple[str, list[Known], str]  # a verdict, the figures that it is about, and a message


def summed(
    context: Context, one: Numeral, told: Told | None, right: dict[Numeral, list[Known]]
) -> Told | None:
    """What is told of a number that others may make. right: those before it that agree."""
    is_open = not told or told[0] in (UNKNOWN, ABSENT)
    is_told = context.tells_sum or context.sentence.says("average") or context.rate or one.is_part
    if not is_open and not (told[0] in (OUT, TOO_EXACT) and is_told):
        return told
    if is_open and (two := apart(one, [*right])):
        return OTHER, [meant for it in two for meant in right[it]], UNIT
    if is_made(context, one, [*right]):
        return (AGREES, [meant[0] for meant in right.values()], ONLY) if told else told
    meant = [right[it][0] for it in terms(context, one, [*right])] if is_open else []
    is_other = one.kind == "count" and any(_is_other(context, figure) for figure in meant)
    are_alike = len({figure.quantity.unit for figure in meant}) == 1 and not is_other
    return (OUT, meant, MADE) if are_alike else told


def _is_other(context: Context, figure: Known) -> bool:
    """Whether what is counted is none of what a figure counts."""
    return context.counted is not None and context.counted not in figure.counted


def _is_level(figure: Known) -> bool:
    """Whether nothing rises by a figure: it is what there was, as at another time."""
    alike = (it for it in known() if it.label == figure.label and it.years != figure.years)
    return figure.kind != "time" and (figure.measure in LEVELS or any(alike))


def exchanged(cases: Iterable["Case"]) -> dict[Numeral, Told]:
    """What is told of numbers of a sentence each of which is that of what the other stands by."""
    found: dict[Numeral, Told] = {}
    told = (case for case in cases if case.apart and not case.context.sentence.is_computed)
    for one, other in combinations(told, 2):
        if other.context.is_whole_of(one.one):
            continue
        for mine, its in product(other.fitting, one.fitting):
            low, high = sorted((one.apart.get(mine, -1), other.apart.get(its, -1)))
            if (low > 0 and low + high > 1.5 * APART) or (low > -APART and high > 3 * APART):
                found[one.one] = OTHER, [mine, its], ANOTHER
                found[other.one] = OTHER, [its, mine], ANOTHER
    return found


class Case:
    """A number in its context, and the figures that it may be of.

    figures: those of its kind; fitting: those of them that have the number; found: those some of
    whose words stand around it, the likeliest first, and alike: those of them that have the number;
    near: those that may be meant, and verdicts: what is told of it beside each of these. taken:
    figures that are told by other numbers.
    """

    def __init__(self, context: Context, one: Numeral, taken: Collection[Known] = ()) -> None:
        self.context, self.one = context, one
        self.figures = [figure for figure in of_kind(one) if figure not in taken]
        near = [it for it in self.figures if is_near(one, it)]
        self.fitting = [it for it in near if is_same(one, it.readings[0])]
        found = scored(context, self.figures)
        if context.is_listed:  # of whose label the figure's words are
            held = [it for _, it in found if context.sentence.holds(it)]
            if all(it.quantity.derived for it in held):
                held += held and self.fitting
            found = [pair for pair in found if pair[1] in held] or found
        self.alike = [figure for _, figure in found if figure in self.fitting]
        self.found = undenied(context, found)

    @cached_property
    def near(self) -> list[Known]:
        return nearest(self.context, self.found, self.alike)

    @cached_property
    def verdicts(self) -> dict[Known, str]:
        return {figure: compared(self.one, figure) for figure in self.near}

    @cached_property
    def is_later(self) -> bool:
        """Whether a time is named that is not that of the likeliest figure."""
        return self.context.is_of_other_time(years_of(self.found[0][1]))

    @cached_property
    def apart(self) -> dict[Known, float]:
        """How much likelier than those that have the number is each that has another."""
        fitting = max((score for score, it in self.found if it in self.fitting), default=0)
        others = ((score, it) for score, it in self.found if it not in self.fitting)
        return {it: score - fitting for score, it in others if not it.quantity.derived}

    def told(self) -> Told | None:
        """What is to be said of the number; None where it is of another thing."""
        context, one, fitting = self.context, self.one, self.fitting
        others = of_another(context, one, [] if context.is_ours else fitting)
        if others and not context.is_of_other_time(years_of(others[0])):
            is_own = others[0].owner == subject_id() or context.counts_against(others[0])
            return OTHER, others, COUNTED if is_own else OWNER
        if misread := self._misread():
            return OUT, misread, ONLY
        if aims := self._received():
            return OTHER, aims, ANOTHER
        if others := of_another_unit(context, one, fitting, self.found):
            return OTHER, others, UNIT
        if not self.found:
            return self._unmatched()
        is_of_others = context.is_of_others and (self.alike or not context.sentence.is_sourced)
        if is_of_others and not context.names_owner(self.found[0][1]):
            return self._of_others()
        placed = [self._placed(told, [it]) for it, told in self.verdicts.items() if told in FITS]
        have_it = any(figure in self.alike for figure in self.near)
        if have_it and not any(meant[0] in fitting for _, meant, _ in placed):
            placed = []  # another has the number itself, with another bound
        if agreeing := [meant[0] for verdict, meant, _ in placed if verdict in FITS]:
            is_large = one.kind == "count" and one.value > SMALL
            if is_large and context.counts_countries(agreeing):
                return OTHER, agreeing, COUNTED
            return self.verdicts[agreeing[0]], agreeing, ONLY
        if not self._is_sure() or not self._is_said_of():
            return self._unsure()
        return placed[0] if placed else self._wrong()

    def _misread(self) -> list[Known]:
        """The figure of whose many digits one is another, or two have changed places."""
        context = self.context
        is_ours = not (context.is_of_others or context.sentence.says("ours"))
        if self.fitting or not (self.one.is_exact and is_ours) or context.is_of_other_time(set()):
            return []
        alike = [it for it in self.figures if is_slip(self.one, it.readings[0])]
        alike = [it for it in partly_alike(context, alike) if not it.quantity.derived]
        return alike if len(alike) == 1 else []

    def _received(self) -> list[Known]:
        """Targets of which the number is one, and is said to have been received."""
        context, figures = self.context, tables.rows("figures")
        own = [it for it in self.fitting if it.name in figures]
        are_aims = own and all(figures[it.name]["status"] == "target" for it in own)
        is_told = are_aims and context.follows("received") and context.sentence.is_linked
        if not is_told or context.is_of_others or context.is_supposed:
            return []
        return own[:1] if not any(word in context.before for word in own[0].subject[0]) else []

    def _of_others(self) -> Told:
        """What is told of a number that is said of another body."""
        context, one = self.context, self.one
        is_telling = self.found[0][0] >= ACCUSED and (one.digits > 2 or one.kind != "count")
        is_telling &= not context.is_ours
        own = [f for f in self.near if f in self.alike and f.owner == subject_id()]
        own = [f for f in own if is_telling and context.sentence.holds(f)]
        return (OTHER, own[:1], OWNER) if own else (UNKNOWN, self.near, OF_OTHERS)

    def _is_sure(self) -> bool:
        """Whether it can be told wrong: it is meant for the first figure, the likeliest."""
        context, one, (best, first) = self.context, self.one, self.found[0]
        sentence = context.sentence
        is_sure = best >= ACCUSED and not (self.is_later or sentence.says("supposed"))
        is_sure &= not (sentence.is_computed or context.speaks_against(first))
        is_sure &= not (context.is_of_another_than(first) or sentence.symbols)
        is_sure &= not sentence.is_behind_another or sentence.is_linked
        is_sure &= not (context.is_ours and context.is_behind_others)
        named, covered = context.years, set().union(*map(years_of, self.near))
        is_of_other = named and covered and named.isdisjoint(covered)
        has_it = any(it in self.fitting for it in self.near)
        is_sure &= not is_of_other or context.follows("from") or has_it
        is_sure &= one.kind != "other_money" or sentence.is_linked or first in self.alike
        is_level = first.measure not in ("change", "rate")
        is_sure &= is_level or sentence.is_told or sentence.holds(first)
        is_sure &= one.kind != "time" or not context.is_behind_body
        is_sure &= one.kind != "count" or one.value == int(one.value) or first.quantity.derived
        is_sure &= one.kind != "count" or one.value <= FARTHEST * first.quantity.number
        return is_sure and (any(it.places for it in self.near) or not context.is_in_place)

    def _is_said_of(self) -> bool:
        """Whether it can be meant for the first figure that it does not fit, and is no article."""
        context, one, figure = self.context, self.one, self.found[0][1]
        if figure.kind != "count":
            return True
        if context.precedes("others counted"):
            return False
        own = (it for it in self.fitting if not it.quantity.derived)
        is_of_another = any(map(context.sentence.holds, own))
        is_few = one.value <= SMALL and 3 * one.value < figure.quantity.number
        is_told = " " in (context.counted or "") and context.counted in figure.counted
        is_few &= not (is_of_another or is_told)
        is_picked = context.precedes("of them") or context.follows("picked")
        is_few |= is_picked and 2 * one.value <= figure.quantity.number
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

    def _unsure(self) -> Told:
        """What is told of a number that may be meant for several."""
        context, one = self.context, self.one
        sentence = context.sentence
        if only := self._only():
            return only
        if one.kind == "other_money" and len({figure.label for figure in self.alike}) == 1:
            return self._placed(AGREES, self.alike)
        dropped = [figure for figure, verdict in self.verdicts.items() if verdict == DROPS]
        if len(dropped) == 1 and not self.is_later:
            return self._placed(DROPS, dropped)
        is_open = self.is_later or context.nearer or context.is_cited or sentence.says("ours")
        fitting = self.fitting if one.value > SMALL else partly_alike(context, self.fitting)
        is_fitting = fitting and not context.precedes("others counted")
        is_open = is_open or is_fitting or one.value <= context.least
        if (sentence.is_sourced or context.is_owned) and not is_open:
            return ABSENT, [], NO_FIGURE
        return UNKNOWN, self.near, LATER if self.is_later else OPEN

    def _wrong(self) -> Told:
        """What is wrong with a number that is meant for a figure."""
        context, one, (best, first) = self.context, self.one, self.found[0]
        for verdict in (DROPS, TOO_EXACT):
            if meant := [figure for figure, told in self.verdicts.items() if told == verdict]:
                return self._placed(verdict, meant)
        if meant := [figure for figure in self.near if figure in self.alike]:
            return OUT, meant, BOUND
        is_other = best > SURE and not first.quantity.derived
        own = [figure for figure in self.alike if not figure.quantity.derived]
        if is_other and any(map(context.sentence.holds, own)):
            return OTHER, [first, *self.alike], ANOTHER
        alike = self._may_be_meant() or (self._added() if context.tells_sum else [])
        if (alike or (best < SURE and one.is_exact)) and (only := self._only()):
            return only
        return (UNKNOWN, [*self.near, *alike], OPEN) if alike else (OUT, self.near, ONLY)

    def _may_be_meant(self) -> list[Known]:
        """Other figures of which a number may be that does not fit the likeliest."""
        context, one, (best, first) = self.context, self.one, self.found[0]
        if alike := not_against(context, self.alike):
            return alike
        alike = partly_alike(context, self.fitting)
        if one.is_part or one.kind == "count":
            alike = [it for it in alike if not it.quantity.derived or context.sentence.holds(it)]
        if best >= SURE:  # what is counted may be what another is computed from
            is_near = one.kind == "count" and first.quantity.derived
            alike = [it for it in alike if is_near and not it.quantity.derived]
        derived = [it for it in self.fitting if it.quantity.derived]
        derived = [it for it in derived if not context.speaks_against(it)]
        is_open = best < SURE or one.is_exact or len(self.near) > 1 or context.tells_sum
        if not alike and is_open and not one.is_part:
            terms = {name for figure in self.near for name in figure.quantity.figures}
            alike = [it for it in derived if terms.intersection(it.quantity.figures)]
        return alike or (derived if one.is_exact else [])

    def _added(self) -> list[Known]:
        """Two figures that the sentence speaks of, and that make the number."""
        told = (it for _, it in self.found if not it.quantity.derived)
        held = [it for it in told if self.context.sentence.holds(it)]
        pairs = combinations({it.label: it for it in held}.values(), 2)
        return next((list(it) for it in pairs if sum(a.size for a in it) == self.one.value), [])

    def _only(self) -> Told | None:
        """The verdict where one figure alone has the number, and words of it stand there.

        With many digits it is that figure's whatever the words.
        """
        context, one, fitting = self.context, self.one, self.fitting
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
        if one.is_exact and all(map(context.speaks_against, alike)):
            return OTHER, alike, COUNTED
        return self._placed(verdict, alike)

    def _placed(self, verdict: str, meant: list[Known]) -> Told:
        """A verdict, unless unit, period or paragraph beside the number are of another."""
        context, kind = self.context, self.one.kind
        rate, unit = context.rate, meant[0].quantity.unit.partition("/")[2]
        is_rate = rate != "whole" or unit in OFTEN if rate else self._is_of_a_year(unit)
        covered = {year for f in meant if f.is_dated for year in f.years}
        here = context.paragraphs
        in_points = any(figure.quantity.unit == POINTS for figure in meant)
        others = {
            ANOTHER: context.tells_change and all(map(_is_level, meant)),
            CURRENCY: kind == "other_money",
            UNIT: kind == ("percent" if in_points else "points"),
            DIRECTION: any(map(context.moves_against, meant)),
            TIME: is_rate and unit != rate if unit else kind != "time" and rate in OFTEN,
            PERIOD: context.is_of_other_period(covered),
            PARAGRAPH: here and not any(here.intersection(cited(f.quantity)) for f in meant),
        }
        message = next((message for message, is_other in others.items() if is_other), ONLY)
        return verdict if message == ONLY else OTHER, meant, message

    def _is_of_a_year(self, unit: str) -> bool:
        """Whether what is so many a month is told of a year without one."""
        words = self.context.sentence.words
        return bool(self.context.years) and not any(it in words for it in SHORT.get(unit, words))

    def _unmatched(self) -> Told | None:
        """What is told of a number beside which no figure's words stand."""
        context, one, fitting = self.context, self.one, self.fitting
        sentence = context.sentence
        is_count = one.kind == "count"
        is_price = one.kind == "money" and one.value < PRICE
        if one.kind == "factor" or is_price or (is_count and one.value <= context.least):
            return None
        if only := self._only():
            return only
        alike = [f for f in of_kind(one) if not is_count or context.counted in f.counted]
        alike = [f for f in alike if compared(one, f) in FITS and is_near(one, f)]
        is_single = one.digits > EXACT and len({f.label for f in alike}) == 1
        if is_single and sentence.is_linked:
            return self._placed(compared(one, alike[0]), alike)
        alike = alike or [f for f in partly_alike(context, fitting) if one.value > SMALL]
        if is_count and sentence.is_linked and one.digits >= EXACT:
            alike = alike or fitting
        if alike or not sentence.is_linked:
            return (UNKNOWN, alike, OPEN) if alike else None
        is_vague = bool(context.nearer) or context.is_listed
        is_vague |= one.is_word and one.kind != "money"
        is_vague |= is_count and context.precedes("unnamed") and not context.is_owned
        is_vague |= context.is_behind_others
        is_vague |= context.is_of_other_time(set()) or (is_count and context.is_of_body)
        is_vague &= not sentence.is_sourced
        is_vague |= sentence.says("ours") or sentence.is_quoted or context.is_cited
        is_vague |= context.follows("mentioned") or one.kind == "time" or sentence.says("supposed")
        return (UNKNOWN, [], NOT_COVERED) if is_vague else (ABSENT, [], NO_FIGURE)
