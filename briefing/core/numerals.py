"""Which numbers a free text names, in English or Chinese, in digits or in words.

What counts nothing is passed by: dates, years, times, symbols of documents, references, ordinals,
numbers of lists and pages, telephones, versions and addresses.
"""

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from briefing.core.qualifiers import qualifier
from briefing.sources.characters import CHINESE
from briefing.sources.printed import SCALES, whole

MONTH = "(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?"
MONTH += "(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\\b\\.?"
ONES = "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen"
ONES += "|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
POWERS = {"hundred": 100, "thousand": 1000, "k": 1000, "million": 10**6, "mn": 10**6, "m": 10**6}
POWERS |= {
    "mio": 10**6,
    "mln": 10**6,
    "mill.": 10**6,
    "billion": 10**9,
    "bn": 10**9,
    "b": 10**9,
    "dozen": 12,
}
POWERS |= {"十万": 10**5, "百万": 10**6, "千万": 10**7, **SCALES}
CHINESE_NUMBER = f"(?:[{CHINESE}百千点]+|[0-9]{{1,15}}(?:\\.[0-9]{{1,9}})?千?)"
N = "[0-9]{1,15}"  # what is longer is no number that a text names
NUMBER = f"(?:{N}|(?:{ONES})\\b|[ivx]+\\b)"
PARTED = "\\s?(?:,|;|、|和|至|and|&|to|-|/|\\.)(?:\\s?and)?\\s?"
LISTED = f"{NUMBER}(?:[a-z]\\b)?(?:{PARTED}{NUMBER})*"
COUNTERS = "个名家位次份项场条届级大种国人倍成阶支段"
NOUNS = "people|women|men|representatives|organi|countries|posts|staff|donors|outlets|messages|"
NOUNS += "events|visits|ngos|members|delegates|million|billion|thousand|per cent|%|dollars|us"
REFERENCES = (
    "resolutions?|decisions?|paras?\\.?|paragraphs?|sections?|sect\\.|chapters?|annex(?:es)?|"
    "tables?|figures?|figs?\\.|charts?|box(?:es)?,?|pages?|pp?\\.|slides?|items?|articles?|"
    "rules?|goals?|sdgs?|mdgs?|steps?|nos?\\.|footnotes?|notes?|fn\\.?|volumes?|vol\\.|versions?|"
    "rev\\.|rooms?|suite|floor|appendix|lines?|rows?|columns?|cells?|phase|stage|option|question|"
    "quarter|week|day|isbn|issn|python|aged?|tier|building|entity no\\.|grade|levels? of"
)
# Each is masked before numbers are read.
PASSED_BY = re.compile(
    rf"""https?://\S+ | www\.\S+ | \S+@\S+\.\w+ | \[\^?{N}\] | \([0-9]{{1,2}}\) | &\#{N};
    | \b[a-z]{{1,8}}(?:/[a-z0-9.()-]+)*/[0-9][a-z0-9./()-]*             # A/12/345
    | \b(?:{REFERENCES})\s?\#?\(?{LISTED}
    | \b(?=[a-f]*[0-9])(?=[0-9]*[a-f])[0-9a-f]{{7,}}\b                       # of a version
    | (?:tel|telephone|phone|fax|mobile|电话|传真|手机|邮编)[^0-9a-z]{{0,4}}[0-9()+. -]{{5,}}
    | \+[0-9]{{1,3}}[ .-]?\(?[0-9][0-9 ().-]{{6,}} | \([0-9]{{3}}\)\s?[0-9]{{3}}-[0-9]{{4}}
    | \b[0-9]{{3}}[-.][0-9]{{3,4}}[-.][0-9]{{4}}\b | \b0[0-9]{{2,3}}-[0-9]{{7,8}}
    | \bv?{N}\.{N}\.[0-9][\w.]* | \bv{N}(?:\.{N})*\b
    | (?<![a-z])(?!(?:usd?|eur|gbp|rmb|cny)[0-9])[a-z_\#@]+[+_-]?[0-9][\w+-]*    # G7, Paris+5
    | 第\s?[0-9{CHINESE}、,和至到/.a-z\s-]{{1,60}}\s?[段号届次节章条页项款期卷版年轮步类组季位名批]?
    | (?:图|表|附件|方框|附录|脚注|目标)\s?{N}(?!%|[0-9.]*[万亿{COUNTERS}])
    | (?:星期|周|礼拜)[一二三四五六日] | 进一步 | 统一 | 一[些般致定直起样切旦贯级体] | 十分(?!之)
    | [0-9]{{1,2}}(?:st|nd|rd|th)?(?:\s?(?:-|to|and)\s?[0-9]{{1,2}})?\s{MONTH}(?![a-z])
      (?:\s?(?:-|to)\s?[0-9]{{1,2}}\s{MONTH}(?![a-z]))?(?:,?\s[0-9]{{4}})?
    | \b(?:{MONTH})(?<!may)\s[0-9]{{1,2}}(?:st|nd|rd|th)?(?:\s?(?:-|to)\s?[0-9]{{1,2}})?\b
      (?!\s(?:million|billion|per|{NOUNS})|%|,[0-9]{{3}})(?:,?\s[0-9]{{4}})?
    | \b[0-9]{{4}}-[0-9]{{2}}(?:-[0-9]{{2}})?\b | \b[0-9]{{1,2}}[./][0-9]{{1,2}}[./][0-9]{{2,4}}\b
    | (?:[0-9]{{4}}|[〇零一二三四五六七八九]{{4}})\s?(?:[-至到]\s?[0-9]{{2,4}})?\s?年
      (?:\s?[0-9{CHINESE}]+\s?月)?(?:\s?[0-9{CHINESE}]+\s?日)?
    | [0-9{CHINESE}]{{1,3}}\s?月\s?(?:[0-9{CHINESE}]{{1,3}}\s?(?:[-至]\s?{N}\s?)?[日号])?
    | (?:{N}|[{CHINESE}]+)\s?(?:世纪|年代|[时点](?![0-9{CHINESE}])|日(?!元)|号)
    | [0-9]{{1,2}}:[0-9]{{2}}(?:\s?[ap]\.?m\b\.?)? | \b[0-9]{{1,2}}(?:\.[0-9]{{2}})?\s?[ap]\.?m\b
    | \b(?:1/2|1/3|2/3|[13]/4)(?P<fraction>\b)(?!/) | \b{N}/{N}(?:/{N})?
    | (?<![0-9.,$€£¥])(?<![0-9]\s)(?:19[0-9]|20[0-4])[0-9](?:s\b|-(?:[0-9]{{4}}|[0-9]{{2}})\b)?
      (?![0-9,]?[0-9]|\.[0-9]|\s?[万亿余多{COUNTERS}]|\s?(?:{NOUNS}))
    | {N}(?:st|nd|rd|th)\b | (?:\.\s?){{4,200}}{N} | [×÷]\s?{N} | “翻[^”]*”
    | \|[^|0-9]*[^|0-9\s:：]\s[0-9]{{1,2}}(?:[;；][^|0-9;；]+\s[0-9]{{1,2}})*\s*(?=\||$)
    | ^[ ]*(?:-\s)?[0-9]{{1,4}}(?:\s-)?[ ]*$ | ^\#+\s{N}(?:\.{N})*\.?\s
    | ^[ ]*[0-9]{{1,2}}(?:\.[0-9]{{1,2}})+\s+(?=[a-z])(?!million|billion|per\s?cent)
    """,
    re.VERBOSE | re.MULTILINE,
)
LIST = re.compile(r"^[ \t>|*+-]*\(?[0-9]{1,3}[.)、](?=\s|[\u4e00-\u9fff])", re.MULTILINE)
POWER = "hundred|thousand|million|billion"
WORDS = (
    rf"(?:{ONES})(?:[ -](?:{ONES}))?"
    rf"(?:\s(?:{POWER})(?:\s(?:and\s)?(?:{ONES})(?:[ -](?:{ONES}))?)?)*"
    rf"|(?<![a-z])an?\s(?:{POWER})(?:\s(?:{POWER})|\sand\s(?:{ONES})(?:[ -](?:{ONES}))?)*"
)
DIGITS = rf"(?:[0-9]{{1,3}}(?:[,' ][0-9]{{3}}){{1,6}}|{N})(?![0-9])(?:\.[0-9]{{1,9}})?"
OTHER_SIGNS = r"[ac]\$|€|£|¥|eur|gbp|chf|jpy|cad|aud|sek|nok|dkk|rmb|cny"
CURRENCY = rf"(?:{OTHER_SIGNS}|us\s?\$|usd|us\sdollars?(?=\s)|\$|美元)\s?"
DOLLARS = r"(?:us|u\.s\.|united\sstates)?\s?dollars?|usd|us\$|美元|美金"
OTHERS = r"euros?|eur|pounds?|gbp|yuan|rmb|yen|欧元|英镑|元|人民币|日元|瑞士法郎|瑞郎"
OTHERS += "|(?:swiss\\s)?francs?|chf|kroner|(?:australian|canadian)\\sdollars?|[澳加]元"
POINTS = r"per\s*cent(?:age\spoints?)|个百分点|百分点"
PER_CENT = rf"%|(?P<points>{POINTS})|per\s*cent(?![a-z])|pct"
FRACTIONS = {"half": (1, 2), "third": (1, 3), "quarter": (1, 4), "fifth": (1, 5), "tenth": (1, 10)}
FOLDS = {"doubl": 2, "tripl": 3, "trebl": 3, "quadrupl": 4}
READ = re.compile(
    rf"""(?P<fold>\b(?:doubled|tripled|trebled|quadrupled)\b)
    | (?P<several>(?:(?:several|many|tens\sof|hundreds\sof|some|a\sfew|few)\s)?
        (?:dozens|hundreds|thousands|(?<=several\s)(?:hundred|thousand))\b
      |\b(?:several|a\sfew)\s(?:hundred|thousand|million)\b|[数几上成][十百千万亿]+)
    | (?P<dozen>(?<![a-z])a\sdozen\b)
    | (?P<half>\bhalf\sa\s(?P<of>million|billion)
      |(?<![a-z])(?:one|a)\sand\sa\shalf\s(?P<more>million|billion))
    | (?P<part>(?<![a-z])(?:an?|one|two|three|four)[ -](?:thirds?|quarters?|fifths?|tenths?)\b
        (?=\sof\b|\s?[.,;)]|$|\s(?!session|meeting|conference|year|high|united|world))
      |\b(?<!first\s)(?<!second\s)half\s(?=of|the|all)|\bone\shalf\b
      |(?<![0-9.,])(?:{ONES}|[0-9]{{1,2}})\s(?:in|out\sof)\s(?:every\s)?(?:{ONES}|[345]|10)\b(?![.,][0-9])|\b(?:1/2|1/3|2/3|[13]/4)\b)
    | (?P<denominator>[{CHINESE}]+|{N})分之(?P<numerator>[{CHINESE}]+|[0-9.]+)
    | 每(?P<of_each>[{CHINESE}]+|{N})[个名位][^,，。;；0-9]{{0,12}}?[中里内][^,，。;；0-9]{{0,4}}?
      (?P<each>[{CHINESE}]+|{N})[个名位]
    | (?P<banshu>一半|半数|过半)
    | 翻了?(?P<fan>[{CHINESE}]?)番
    | (?P<currency>{CURRENCY})?
      (?P<number>(?<![0-9.a-z])(?:{CHINESE_NUMBER}\s?亿\s?零?(?:{CHINESE_NUMBER}\s?万)?(?:零?{CHINESE_NUMBER}(?![万亿]))?(?<!亿)(?<!亿\s)(?<!亿零)|{CHINESE_NUMBER}\s?万\s?零?{CHINESE_NUMBER}(?![万亿百千]))
        |(?<![0-9.a-z]){DIGITS}|(?<![a-z-])(?!(?<=(?:as|no|ny|ry|ch|he|is|at)\s)one\b)(?:{WORDS})(?!(?!fold)[a-z]|-[a-z]*th\b|-(?:first|second|third))
        |[{CHINESE}百千]+(?:点[{CHINESE}]+)?(?=[多余几]?个?[万亿{COUNTERS}年美天月周点]|多|余)|[一二三四五六七八九两百千万十零]{{3,}})
      (?P<odd>\s?[多余]|\s?-odd|-some)?[\s-]?(?:个(?=亿))?
      (?P<power>十万|百万|千万|万|亿|(?:(?:hundred|thousand|million|mln|mn|mio|billion|bn|dozen)\b|mill\.|[kmb]\b))?
      (?P<odd2>[多余])?[\s-]?
      (?:(?P<percent>{PER_CENT})|(?P<dollars>(?:{DOLLARS})(?![a-z]))|(?P<other>(?:{OTHERS})(?![a-z]))
        |(?P<times>-?fold\b|times\s(?=the|as|its|high|more|that|what|great|larg|over)|倍)|(?P<cheng>成(?![员立])(?P<tenth>[一二三四五六七八九半])?(?P<odd3>多)?)
        |(?P<span>(?:years?|months?|年半?|个月)(?!\sold|-old|度|底|初|中|末|来|期)))?""",
    re.VERBOSE,
)
RISEN = re.compile("(?:增加|增长|提高|上升|扩大)了?(?:约|近)?$")
JOINED = re.compile(r"\s*(?:-|~|至|到)\s*|\s+(?:to|and)\s+")
ALIKE = str.maketrans(
    {chr(n): chr(n - 0xFEE0) for n in range(0xFF01, 0xFF5F)}
    | dict.fromkeys("\u00a0\u2009\u202f\u2007\u3000\u2060\u200b\t\r", " ")
    | dict.fromkeys("‐‑‒–—―−", "-")
    | dict.fromkeys("’‘ʼ", "'")
    | dict(
        zip(
            map(ord, "壹贰貳叁肆伍陆陸柒捌玖拾佰仟億萬兩"),
            "一二二三四五六六七八九十百千亿万两",
            strict=True,
        )
    )
)


@dataclass(frozen=True)
class Numeral:
    """A number that a text names.

    start, end: where it stands. value, upper: the number, or the ends of a span. kind: money,
    other_money, percent, factor, time (in months) or count. qualifier: as figures.csv has it,
    or up_to. step: the last place written; digits: how many digits that are not 0 it has.
    """

    start: int
    end: int
    value: Decimal
    kind: str = "count"
    qualifier: str = "unqualified"
    upper: Decimal | None = None
    step: Decimal = Decimal(0)
    is_word: bool = False

    @property
    def digits(self) -> int:
        return digits(self.value)


def digits(value: Decimal) -> int:
    """How many digits a number has, without zeros at its end."""
    return len(value.normalize().as_tuple().digits)


def plain(text: str) -> str:
    """A text of the same length in which like signs are alike, in lower case."""
    same = text.translate(ALIKE)
    return same.lower() if len(same.lower()) == len(same) else same


def numerals(text: str) -> list[Numeral]:
    """The numbers of a text that is plain, in order."""
    masked = PASSED_BY.sub(lambda m: m[0] if m["fraction"] is not None else "·" * len(m[0]), text)
    masked = LIST.sub(lambda m: _list_number(m), masked).replace("\n", " ")
    found: list[Numeral] = []
    for match in READ.finditer(masked):
        try:
            numeral = _read(match)
        except (ValueError, ArithmeticError):  # `千千`, `零分之一`
            continue
        if numeral is None:
            continue
        numeral = replace(numeral, qualifier=_qualifier(masked, match, numeral))
        last = found[-1] if found else None
        if last and _is_span(masked, last, numeral):
            found[-1] = _span(last, numeral)
        else:
            if last and masked[last.end : numeral.start] in (" to ", "至", "到") and _bare(last):
                found[-1] = _scaled_like(last, numeral)
            found.append(numeral)
    return found


def _list_number(match: re.Match) -> str:
    """The number of a list masked; what ends a sentence that began a line above is none."""
    text, start = match.string, match.start()
    above = text[:start].rstrip()
    is_first = not above or above[-1] in ".;:!?。；：|·" or "\n\n" in text[len(above) : start]
    is_next = LIST.match(text, text.rfind("\n", 0, len(above)) + 1)
    return "·" * len(match[0]) if is_first or is_next else match[0]


def _read(match: re.Match) -> Numeral | None:
    part, start = match.groupdict(default=""), match.start()
    end = match.start() + len(match[0].rstrip(" -"))
    if part["fold"]:
        value = next(value for word, value in FOLDS.items() if part["fold"].startswith(word))
        return Numeral(start, end, Decimal(value), "factor")
    if part["fan"] or match[0].startswith("翻"):
        return Numeral(start, end, Decimal(2) ** _chinese(part["fan"] or "一"), "factor")
    if part["several"]:
        return _several(part["several"], start, end)
    if part["dozen"]:
        return Numeral(start, end, Decimal(12), is_word=True)
    if part["half"]:
        value = POWERS[part["of"] or part["more"]] * (
            Decimal("0.5") if part["of"] else Decimal("1.5")
        )
        return Numeral(start, end, value, step=value / 10)
    if part["part"] or part["denominator"] or part["banshu"] or part["each"]:
        return _fraction(part, start, end)
    value = _value(part["number"])
    if part["times"] == "倍" and RISEN.search(match.string, 0, start):
        value += 1  # 增加两倍: to three times as much
    return _measured(part, start, end, value)


def _measured(part: dict[str, str], start: int, end: int, value: Decimal) -> Numeral:
    power = Decimal(POWERS[part["power"]])
    if part["number"][0] == "a" or re.search(f"[万亿百千]|(?:{POWER})$", part["number"]):
        step = Decimal(1).scaleb(value.normalize().as_tuple().exponent)
    else:
        step = power.scaleb(-len(part["number"].partition(".")[2]))
    exact = step if part["power"] or part["percent"] or "." in part["number"] else Decimal(0)
    numeral = Numeral(
        start, end, value * power, step=exact, is_word=part["number"][0] not in "0123456789"
    )
    currency = part["currency"].strip()
    if part["cheng"]:
        tenth = 5 if part["tenth"] == "半" else _chinese(part["tenth"] or "零")
        return replace(numeral, value=value * 10 + tenth, kind="percent", step=Decimal(5))
    if part["span"]:
        months = 1 if part["span"][0] in "m个" else 12
        half = 6 if part["span"].endswith("半") else 0
        return replace(numeral, value=months * numeral.value + half, kind="time")
    kinds = {"points": "points", "percent": "percent", "times": "factor"}
    kind = next((kind for name, kind in kinds.items() if part[name]), "count")
    if re.fullmatch(OTHER_SIGNS, currency) or part["other"]:
        kind = "other_money"
    elif currency or part["dollars"]:
        kind = "money"
    return replace(numeral, kind=kind)


def _value(number: str) -> Decimal:
    """A number in digits or words. Raises ValueError where it is none."""
    if re.search(f"[{CHINESE}百千万亿]", number):
        return _chinese(number)
    if number[0] in "0123456789":
        return Decimal(re.sub("[,' ]", "", number))
    try:
        from text_to_num import text2num
    except ImportError:
        raise ImportError("text2num is not installed, expected briefing[draft]") from None
    return Decimal(text2num(re.sub("^an? ", "one ", " ".join(number.split())), "en"))


def _chinese(number: str) -> Decimal:
    """A number in Chinese, or in digits with 万 and 亿. Raises ValueError where it is none."""
    number = number.replace(" ", "")
    number = number.removeprefix("零") or number
    for power in ("亿", "万"):
        above, sign, below = number.partition(power)
        if sign:
            rest = _chinese(below) if below else 0
            return _chinese(above) * SCALES[power] + rest
    if number[:1].isdigit():
        return Decimal(number.removesuffix("千")) * (1000 if number.endswith("千") else 1)
    above, point, below = number.partition("点")
    places = "".join(str(whole(sign)) for sign in below)
    return Decimal(f"{whole(above)}.{places}") if point else Decimal(whole(above))


def _several(words: str, start: int, end: int) -> Numeral:
    """`several thousand` as a span from two to ten of them."""
    units = {"dozen": 12, "hundred": 100, "thousand": 1000, "million": 10**6}
    units |= {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8}
    value = Decimal(1)
    for word, unit in units.items():
        if word in words:
            value *= unit
    value *= 10 if "tens of" in words else 100 if "hundreds of" in words else 1
    return Numeral(start, end, 2 * value, "count", "several", 10 * value)


def _fraction(part: dict[str, str], start: int, end: int) -> Numeral | None:
    words = part["part"].replace("-", " ")
    if part["banshu"]:
        above, below = 1, 2
    elif part["each"]:
        above, below = _value(part["each"]), _value(part["of_each"])
    elif part["denominator"]:
        above, below = (
            _value(part["numerator"]),
            100 if part["denominator"] == "百" else _value(part["denominator"]),
        )
    elif "/" in words:
        above, below = map(int, words.split("/"))
    elif ratio := re.fullmatch(r"(\w+) (?:in|out of) (?:every )?(\w+)", words):
        above, below = _value(ratio[1]), _value(ratio[2])
    else:
        first, *rest = words.split()
        above = {"two": 2, "three": 3, "four": 4}.get(first, 1)
        below = FRACTIONS[(rest or [first])[-1].removesuffix("s").replace("halve", "half")][1]
    if not above > 0:
        return None
    if below == 100:
        return Numeral(start, end, Decimal(above), "percent", step=Decimal(1))
    share = 100 * Decimal(above) / Decimal(below)  # which people say of what is near it
    return (
        Numeral(start, end, share, "percent", step=Decimal(4), is_word=True)
        if above < below
        else None
    )


def _qualifier(text: str, match: re.Match, numeral: Numeral) -> str:
    if numeral.qualifier != "unqualified":
        return numeral.qualifier
    if match["odd"] or match["odd2"] or match["odd3"]:
        return "more_than"
    if match["banshu"] == "过半":
        return "more_than"
    before, after = (
        text[max(0, numeral.start - 30) : numeral.start],
        text[numeral.end : numeral.end + 24],
    )
    return qualifier(before, after)


def _bare(numeral: Numeral) -> bool:
    return numeral.kind == "count" and numeral.step == 0


def _scaled_like(first: Numeral, second: Numeral) -> Numeral:
    """`40` of `40 to 46 per cent`, with the unit and power of what follows."""
    power = second.step if second.step >= 1 and second.kind != "percent" else Decimal(1)
    power = Decimal(10) ** (3 * (power.adjusted() // 3)) if power > 1 else power
    if first.value >= 1000:
        power = Decimal(1)
    return replace(
        first,
        value=first.value * power,
        kind=second.kind,
        step=max(first.step, power if power > 1 else first.step),
    )


def _is_span(text: str, first: Numeral, second: Numeral) -> bool:
    """Whether two numbers are the ends of a span; what rises from one to another is none."""
    between = text[first.end : second.start]
    before = text[max(0, first.start - 14) : first.start].rstrip("$ us")
    if not JOINED.fullmatch(between) or first.kind not in ("count", second.kind):
        return False
    if "and" in between:
        return before.endswith("between")
    return (
        not re.search("from$|从$|由$", before) and _scaled_like(first, second).value < second.value
    )


def _span(first: Numeral, second: Numeral) -> Numeral:
    low = _scaled_like(first, second) if _bare(first) else first
    return replace(
        second, start=first.start, value=low.value, upper=second.value, qualifier=first.qualifier
    )
