"""What stands around a number in its sentence: which words, how near, and what is said with it."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property

from briefing.core.numerals import LISTED, MONTH, Numeral
from briefing.core.wordings import (
    Known,
    all_words,
    nouns,
    other_names,
    own_places,
    place_names,
    subject_names,
)
from briefing.sources import tables
from briefing.sources.characters import HAN

EARLIER = 0.4  # the weight of what stands in the sentence before
MOST = 100  # paragraphs that a span of them may have
FAR = 1e9  # the distance of what does not stand there
BESIDE, WIDE = 60, 2.2  # characters at which a word weighs half; how many a Chinese one counts for
CHANGE = re.compile(
    r"(?:\bby|(?:increase|rise|growth|gain)s? of|增加了?|增长了?|增幅达?|上升了?|提高了?|多了?)\s?"
    r"(?:about|nearly|some|more than|an? |约|近|超过)?\s*$"
)
LEVEL = re.compile(
    r"(?:\bto|reach(?:ed|ing)?|totall?(?:ed|ing)|stood at|增至|增加到|升至|提高到|达到?|至)\s?"
    r"(?:about|nearly|some|more than|约|近|超过)?\s*$"
)
FROM = re.compile(r"(?:\bfrom|从|由)\s?(?:about|nearly|some|约|近)?\s*$")
RATE_AFTER = re.compile(
    r"[^,.;0-9]{0,24}?\b(?:(?:a|per|each|every)\s(year|month|day|week|biennium)\b"
    r"|(annually|yearly|monthly|daily|weekly)\b)"
)
RATE_BEFORE = re.compile(
    "(?:每|(?<![一二三四五六七八九十])一)(年|月|天|日|周|个月)[^,.;，。；0-9]{0,8}$"
    r"|\b(yearly|annual|monthly|weekly|daily)\s(?:[\w-]+\s){1,3}of\s(?:us)?\$?$"
)
RATES = {"annually": "year", "yearly": "year", "monthly": "month", "daily": "day", "年": "year"}
RATES |= {"annual": "year"}
RATES |= {"weekly": "week", "月": "month", "个月": "month", "天": "day", "日": "day", "周": "week"}
YEAR = re.compile(
    r"\b(?:(?:in|for|during|of|by|since)\s(?:the\s)?(?:year\s|biennium\s)?|\bfy\s?|fiscal\syear\s)"
    r"((?:19|20)[0-9]{2}(?:-[0-9]{2,4})?)(?!\s?(?:report|[0-9/-])|,[0-9])"
    r"|((?:19|20)[0-9]{2}(?:-[0-9]{4})?)\s?年(?!的?报告)"
)
UP_TO_A_DAY = re.compile(
    rf"\b(?:to|until|by|as of|as at)\s(?!31 dec)[0-9]{{1,2}}\s{MONTH}"
    "|截至(?![^,，。]*12月31日)[^,，。]*[0-9]日"
)
CITED = re.compile(rf"(box,\s|方框\s?)?(?:\bpara(?:graph)?s?\.?\s|第\s?)({LISTED})")
SAYS = re.compile(  # a paragraph of the report that stands before what it says
    rf"\bpara(?:graph)?s?\.?\s(?P<list>{LISTED})(?![0-9])(?:\sof\s(?:th(?:e|is)\sreport|a/67/185))?"
    r"(?:,|\s[a-z]+s\b)"
    rf"|第\s?(?P<zh>{LISTED})\s?段(?:称|说|指出|提到|显示|写道|载|列|表示|所述|中|里|[,，：:])"
)
NO_REPORT = re.compile(r"(?:号决议|号决定|resolution|decision|/[0-9]+)[^.;。；]{0,12}$")
BRACKET = re.compile(r"[^()]{0,60}?\(([^()]*(?:para|第)[^()]*)\)")
SYMBOL = re.compile(r"\b[A-Z]{1,4}/[A-Z0-9./]*[0-9]+[0-9/A-Z.()]*")
CLAUSE = re.compile(r"[.,;:|，。；：、]|\b(?:and|while|but|against)\b|而|和")
JOINED = re.compile(
    r"(?:non-)?core (?:and|or) (?:non-)?core|非?核心[^,，。；]{0,3}[与和及、]非?核心"
)
MOVES = re.compile(  # which end where the number begins
    r"(?:(?P<fall>\b(?:fell|falling|fallen|falls?|dropp?(?:ed|ing|s)?|declin(?:ed|ing|es?)|decreas(?:ed|ing|es?)"
    r"|shr[aiu]nk|shrinking|slump(?:ed|ing|s)?|plung(?:ed|ing|es?)|down|cut|reduced|lowered)\s(?:[a-z]+\s){0,2}?(?:to|by)\b"
    r"|(?:减|降|跌|缩)[^,，。；]{0,3}?(?:到|至|了|为))"
    r"|(?P<rise>\b(?:rose|ris(?:en|ing|es?)|grew|grow(?:n|ing|s)?|increas(?:ed|ing|es?)|climb(?:ed|ing|s)?|up|raised)"
    r"\s(?:[a-z]+\s){0,2}?(?:to|by)\b|(?:增|升|涨|提高|扩大)[^,，。；]{0,3}?(?:到|至|了|为)))[^,.;，。；0-9]{0,16}$"
)
RISING, FALLING = {"rose", "increas", "increase", "增加", "增至"}, {"reduced", "减"}
PAUSE = re.compile("[,.;，。；、:|]")
NO_COUNTER = re.compile("\\s?(?![个名家位次份项场条届大种级])[\u4e00-\u9fff]")
UNNAMED = re.compile(  # what may follow a number behind which nothing is counted
    r"\s?(?:[.,;:()|，。；：、]|$|(?:in|of|to|from|by|at|during|and|while|since|for|on|last|this|"
    r"were|was|are|is|had|have|took|or|compared|as|with|per|an?|each|every|respectively)(?![a-z])"
    r"|[个名家次份条项位人](?:(?![\u4e00-\u9fff])|(?=开始|增|减|升|降)))"
)
FORMULA = re.compile("[×÷]|[)0-9\u4e00-\u9fff] [−+] [(0-9]|computed as|计算式")
OWNED = re.compile(
    r"(?:\b(?:has|runs|operates|maintains|employs)\s|现有|设有|拥有|共有)[^,.;，。；0-9]{0,12}$"
)
OF_TEXTS = re.compile(  # what texts hold, and no report counts
    r"[^,.;，。；]{0,14}?(?<![a-z])(?:numerals|paragraphs|pages|sections|chapters|tables|charts|words|"
    "lines|notes|footnotes|slides|sheets|briefings|notebooks|figures|faults|errors|relations|cells|"
    "rows|statements of|数词|段落|页|节|章|图|表|字|(?<!办事)处|项陈述|关系|数字|条|笔记本|差错)"
)


@dataclass
class Sentence:
    """A sentence, and what stood before it. start: its place in its passage."""

    start: int
    written: str
    lines: str  # the same in the form that `plain` gives
    before: str
    _found: dict[str, list[int]] = field(default_factory=dict)

    @cached_property
    def words(self) -> str:
        return self.lines.replace("\n", " ")

    @cached_property
    def present(self) -> set[str]:
        """The words of figures that stand in it or before it."""
        both = f"{self.before}\n{self.words}"
        return {word for word in all_words() if word in both}

    def holds(self, known: Known) -> bool:
        """Whether words of each group of a figure's stand in it."""
        return all(any(map(self.places, group & self.present)) for group in known.subject)

    def places(self, word: str) -> list[int]:
        if word not in self._found:
            self._found[word] = list(_places(self.words, word))
        return self._found[word]


def _places(words: str, word: str) -> Iterator[int]:
    """Where a word begins, but where it is denied, as in `non-core`."""
    at = words.find(word)
    while at >= 0:
        before = words[max(0, at - 4) : at]
        if HAN.match(word):
            denied = before.endswith("非") and word[0] != "非"
        else:
            denied = re.search("[a-z0-9]$|non[- ]?$", before)
        if not denied:
            yield at
        at = words.find(word, at + 1)


def _is_in(words: str, word: str) -> bool:
    return next(_places(words, word), None) is not None


class Context:
    """A number within its sentence."""

    def __init__(self, sentence: Sentence, one: Numeral, all_: list[Numeral]) -> None:
        start, others = sentence.start, [other for other in all_ if other is not one]
        self.sentence, self.at, self.end = sentence, one.start - start, one.end - start
        # Where other numbers stand, and whether they are of the same kind.
        self.others = [(o.start - start, o.end - start, o.kind == one.kind) for o in others]
        self.wide = WIDE if HAN.search(sentence.words) else 1

    @cached_property
    def before(self) -> str:
        """What stands before the number, behind the last one."""
        last = max((end for _, end, _ in self.others if end <= self.at), default=0)
        return self.sentence.words[last : self.at]

    def behind(self, length: int) -> str:
        """What stands behind the number, before the next one."""
        first = min((at for at, _, _ in self.others if at >= self.end), default=None)
        return self.sentence.lines[self.end : first][: int(length / self.wide)]

    def gap(self, word: str) -> float:
        """How far the nearest place of a word is; what stands beyond another number is farther."""
        places = self.sentence.places(word)
        return min((self._gap(at, at + len(word)) for at in places), default=FAR)

    def _gap(self, start: int, end: int) -> float:
        between = (end, self.at) if end <= self.at else (self.end, start)
        crossed = sum(between[0] <= at < between[1] for at, _, _ in self.others)
        marks = len(re.findall("[,;，；(]", self.sentence.words[slice(*between)]))
        own = max(0, between[1] - between[0])
        other = min(
            (max(at - end, start - to) for at, to, same in self.others if same), default=own
        )
        stolen = 60 if crossed and max(0, other) < own / 2 else 0  # it stands beside another number
        return own * self.wide + 25 * crossed + 10 * marks + stolen

    def nearness(self, words: Iterable[str]) -> float:
        """From 1 for the words beside the number down to 0 for those that do not stand there."""
        gap = min(map(self.gap, words), default=FAR)
        return 0 if gap == FAR else 1 / (1 + gap / BESIDE)

    def weight(self, words: Iterable[str]) -> float:
        """The same, where what stands in the sentence before has some weight, too."""
        words = self.sentence.present.intersection(words)
        if near := self.nearness(words):
            return near
        is_before = any(True for word in words for _ in _places(self.sentence.before, word))
        return is_before * (EARLIER if self.sentence.start else EARLIER / 2)

    @cached_property
    def counted(self) -> str | None:
        """The noun of any figure that stands behind the number and that it counts."""
        behind = PAUSE.split(self.behind(45))[0]
        found = nouns().search(behind)
        if not found or self.is_listed or len(behind[: found.start()].split()) > 4:
            return None
        if found.start() > 2 and NO_COUNTER.match(behind):
            return None
        # The last of several: representatives of `NGO representatives`, and what 次 counts.
        while following := nouns().search(behind, found.end()):
            between = behind[found.end() : following.start()]
            if "\n" in between or len(between.strip()) > (4 if found[0] == "次" else 0):
                break
            found = following
        return found[0]

    @property
    def is_listed(self) -> bool:
        """Whether it stands behind a colon or in a cell of its own."""
        return self.before.rstrip().endswith((":", "|"))

    @cached_property
    def is_unnamed(self) -> bool:
        return bool(UNNAMED.match(self.behind(45)))

    def is_named_before(self, known: Known) -> bool:
        """Whether what a figure counts is named before a number behind which nothing is."""
        ahead = nouns().finditer(self.sentence.words, 0, self.at)
        return self.is_unnamed and any(noun[0] in known.counted for noun in ahead)

    def speaks_against(self, known: Known) -> bool:
        """Whether a word beside it tells that it is of another thing than a figure."""
        ahead = CLAUSE.split(JOINED.sub("", self.before))[-1]
        beside = ahead + CLAUSE.split(self.behind(12))[0]
        return any(_is_in(beside, word) for word in known.against)

    def is_against(self, known: Known) -> bool:
        """The same of any word of the sentence."""
        return any(map(self.sentence.places, known.against))

    def counts_against(self, known: Known) -> bool:
        """Whether what is counted is said to be another thing than a figure counts."""
        counted = PAUSE.split(self.behind(8))[0].partition("\n")[0]
        is_counted = known.kind == "count" and not self.is_listed
        return is_counted and any(_is_in(counted, word) for word in known.against)

    def moves_against(self, known: Known) -> bool:
        """Whether it is said to fall to what rose, or to rise to what fell."""
        moves = list(MOVES.finditer(self.before))
        if not moves:
            return False
        has_fallen = bool(moves[-1]["fall"])
        rises, falls = (bool(words & known.words) for words in (RISING, FALLING))
        return rises != falls and has_fallen == rises

    @property
    def is_linked(self) -> bool:
        """Whether the sentence names what the report is about."""
        return any(name in self.sentence.words for name in subject_names())

    @property
    def is_of_others(self) -> bool:
        """Whether another organization is named before it, and what the report is about is not."""
        return not self.is_linked and bool(other_names().search(self.sentence.written, 0, self.at))

    def is_elsewhere(self, known: Known) -> bool:
        """Whether another country stands in place of that of a figure, whose other words stand."""
        words = self.sentence.words
        own = known.places if known.elsewhere else {*known.places, *known.subject[0]}
        if not known.places or any(place in words for place in own):
            return False
        if known.elsewhere:
            is_named = bool(place_names().search(words))
            return is_named and all(any(map(self.sentence.places, g)) for g in known.elsewhere)
        ahead = {match[0] for match in place_names().finditer(words, 0, self.at)}
        return bool(ahead & own_places()) and any(map(self.sentence.places, known.further))

    @property
    def is_owned(self) -> bool:
        """Whether what the report is about is said to have what is counted."""
        return bool(OWNED.search(self.before)) and self.is_linked

    @property
    def is_computed(self) -> bool:
        """Whether it is a term or the result of a formula."""
        return bool(FORMULA.search(self.sentence.written))

    @property
    def is_of_text(self) -> bool:
        return bool(OF_TEXTS.match(self.sentence.words, self.end))

    @property
    def is_before_a_name(self) -> bool:
        """Whether a capital follows, as behind the number of a page or note."""
        return self.sentence.written[self.end :].lstrip()[:1].isupper()

    def quotes(self, known: Known) -> bool:
        """Whether the number stands as the report prints a figure, and its paragraph behind it."""
        printed, words = known.quantity.formula.partition(" ")[0], self.sentence.words
        at = words.find(printed, max(0, self.at - 3), self.end + len(printed))
        return at >= 0 and words[at + len(printed) :].lstrip().startswith("(")

    @property
    def rate(self) -> str:
        """The time for which the number is, `month` of `a month`; "" for none."""
        found = RATE_AFTER.match(self.sentence.words, self.end) or RATE_BEFORE.search(
            self.sentence.words[max(0, self.at - 60) : self.at]
        )
        named = next(filter(None, found.groups())) if found else ""
        return RATES.get(named, named)

    @cached_property
    def years(self) -> set[int]:
        """The years that the sentence names for the number."""
        found = set()
        for match in YEAR.finditer(self.sentence.words):
            if self._gap(*match.span()) < 75:
                first, _, last = (match[1] or match[2]).partition("-")
                found |= {int(first), int(first[: 4 - len(last)] + last)}
        return found

    def is_of_other_time(self, known: Known | None) -> bool:
        """Whether the sentence names years after the report's, or a day up to which it counts."""
        later = {year for year in self.years if year > int(tables.report()["year"])}
        beyond = later == self.years and later - (known.years if known else set())
        return bool(beyond or UP_TO_A_DAY.search(self.sentence.words))

    @property
    def paragraphs(self) -> set[str]:
        """The paragraphs that are cited in brackets behind the number, or before what they say."""
        words = self.sentence.words
        if bracket := BRACKET.match(words, self.end):
            inside = self.sentence.written[slice(*bracket.span(1))]
            if any(found[0] != tables.report()["symbol"] for found in SYMBOL.finditer(inside)):
                return set()
            return _numbers(CITED.finditer(bracket[1]))
        before = [
            match
            for match in SAYS.finditer(words, 0, self.at)
            if not NO_REPORT.search(words, 0, match.start() + 2)
        ]
        return _numbers(CITED.finditer(before[-1][0])) if before else set()


def _numbers(citations: Iterable[re.Match]) -> set[str]:
    """The paragraphs that citations name."""
    found = set()
    for cited in citations:
        for first, last in re.findall(r"([0-9]+)(?:\s?-\s?([0-9]+))?", cited[2]):
            numbers = range(int(first), min(int(last or first), int(first) + MOST) + 1)
            found |= {f"{'box-' if cited[1] else ''}{number}" for number in numbers}
    return found
