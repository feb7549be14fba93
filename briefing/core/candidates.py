"""Which figures a number of a text may be of, from the words around it."""

from functools import cache

from briefing.core.context import Context
from briefing.core.numerals import SMALL, Numeral
from briefing.core.wordings import Known, known

NEAR, FITTING = 0.2, 0.45  # how far behind another is as likely, and one that the number fits
Scored = list[tuple[float, Known]]  # how likely each is, the likeliest first


def of_kind(one: Numeral) -> list[Known]:
    """The figures that a number can be of by its kind."""
    kind = {"other_money": "money", "points": "percent"}.get(one.kind, one.kind)
    kinds = {kind, "money" if one.is_amount else kind}
    return [figure for figure in known() if figure.kind in kinds]


def scored(context: Context, figures: list[Known]) -> Scored:
    """Those some of whose words stand around a number."""
    spoken = filter(context.sentence.speaks_of, figures)
    found = [(score, it) for it in spoken if (score := _score(context, it)) > 0]
    return sorted(found, key=lambda pair: -pair[0])


def undenied(context: Context, found: Scored) -> Scored:
    """Those that the number's clause does not deny, where these are not of what is computed."""
    kept = [(score, it) for score, it in found if not context.denies(it)]
    return kept if kept and not any(it[0][1].quantity.derived for it in (found, kept)) else found


def nearest(context: Context, found: Scored, alike: list[Known]) -> list[Known]:
    """Those as likely as the first, and farther ones, too, of those that have the number."""
    best, first = found[0]
    near = [first]
    for score, figure in found[1:]:
        is_rival = first.words & figure.against and context.speaks_against(figure)
        is_of_first = first.name in figure.quantity.figures
        is_likely = figure in alike and (score > best - FITTING or is_of_first)
        if (score > best - NEAR or is_likely) and not is_rival:
            near.append(figure)
    return near


def of_another(context: Context, one: Numeral, fitting: list[Known]) -> list[Known]:
    """Those whose number is said of another country, of men, or of other things."""
    is_told = one.value > SMALL or one.kind == "percent"
    is_told &= not context.sentence.is_computed
    alike = [f for f in fitting if is_told and not f.quantity.derived]
    telling = [f for f in alike if f.kind != "money" or one.is_exact]
    held = [f for f in telling if context.sentence.holds(f)]
    if held and all(map(context.is_of_another_thing, held)):
        return held
    instead = [] if one.upper else [*filter(context.is_instead, telling)]
    return [f for f in alike if f in instead or context.is_elsewhere(f)]


def of_another_unit(
    context: Context, one: Numeral, fitting: list[Known], found: Scored
) -> list[Known]:
    """A printed growth that is said as a count, or a count that is said in per cent."""
    if one.kind == "count" and not fitting and context.tells_change:
        told = (it for it in known() if it.measure == "rate")
    elif one.kind == "percent" and not found and one.value > SMALL:
        told = (it for it in known() if it.kind == "count" and it.size == one.value)
    else:
        return []
    return [*filter(context.sentence.holds, told)]


def partly_alike(context: Context, fitting: list[Known]) -> list[Known]:
    """Those figures some of whose words stand near the number."""
    places = context.sentence.places.keys()
    return not_against(context, [f for f in fitting if any(it & places for it in f.subject)])


def not_against(context: Context, figures: list[Known]) -> list[Known]:
    """Those that no word of the sentence speaks against, and what is computed."""
    return [f for f in figures if f.quantity.derived or not context.sentence.has(f.against)]


@cache
def years_of(figure: Known) -> set[int]:
    """The years of a figure, or of those that it is computed from."""
    made_of = (it.years for it in known() if it.name in figure.quantity.figures)
    return figure.years.union(*made_of)


def _score(context: Context, figure: Known) -> float:
    """How likely a number is of a figure that is spoken of; 0 where it is not."""
    if figure.quantity.derived and not context.sentence.holds(figure):
        return 0
    score = sum(map(context.near, figure.subject)) / len(figure.subject)
    within = filter(context.sentence.places.get, figure.further)
    score += 0.08 * sum(context.near({word}) for word in within)
    if figure.kind == "count" and context.counted:
        score += 0.3 if context.counted in figure.counted else -0.6
    is_change, is_first = figure.measure in ("change", "rate"), "from" in figure.further
    if context.follows("change"):
        score += 0.25 if is_change else -0.35 * bool(figure.measure)
    elif context.follows("level"):
        score -= 0.35 * (is_change or is_first)
    elif context.follows("from"):
        score += 0.3 if is_first else -0.3
    is_elsewhere = figure.places & figure.subject[0] and not context.sentence.has(figure.subject[0])
    return score - 0.4 * bool(is_elsewhere or context.speaks_against(figure))
