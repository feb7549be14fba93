"""Sentences about the report, made of frames, each with what is to be said of its number.

A frame says one figure in other words than data/ has for it; the numbers put into it are those of
the report in the forms that people write, and others.
"""

import csv
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

from briefing.sources import tables

FRAMES = Path(__file__).resolve().parent / "data" / "draft_frames.csv"
ONES = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen"
ONES = [*ONES.split(), "sixteen", "seventeen", "eighteen", "nineteen"]
TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
QUALIFIERS = {
    "en": {
        "about": ["about {}", "some {}", "roughly {}", "approximately {}", "around {}"],
        "nearly": ["nearly {}", "almost {}", "close to {}", "just under {}"],
        "more_than": ["more than {}", "over {}", "in excess of {}", "upwards of {}"],
        "at_least": ["at least {}", "{} or more", "no less than {}", "a minimum of {}"],
    },
    "zh": {
        "about": ["约{}", "大约{}", "大概{}", "约为{}"],
        "nearly": ["近{}", "将近{}", "接近{}", "近{}"],
        "more_than": ["超过{}", "逾{}", "超过{}", "多于{}"],
        "at_least": ["至少{}", "不少于{}", "至少{}", "不低于{}"],
    },
}
UNITS = {"en": {"year": "years", "month": "months"}, "zh": {"year": "年", "month": "个月"}}


class Case(NamedTuple):
    language: str
    sentence: str
    said: str
    verdict: str
    figure_id: str


def words(number: int) -> str:
    """A whole number below ten thousand in English words."""
    if number < 20:
        return ONES[number - 1]
    if number < 100:
        tens, ones = divmod(number, 10)
        return TENS[tens - 2] + (f"-{ONES[ones - 1]}" if ones else "")
    power, name = (1000, "thousand") if number >= 1000 else (100, "hundred")
    above, below = divmod(number, power)
    rest = f" {'and ' if below < 100 else ''}{words(below)}" if below else ""
    return f"{words(above)} {name}{rest}"


def said(value: Decimal, unit: str, language: str, form: int) -> str:
    """A number in one of the forms that people write."""
    number, zh = f"{value.normalize():f}", language == "zh"
    grouped = f"{value:,.10f}".rstrip("0").rstrip(".")
    million = f"{(value / 1_000_000).normalize():f}"
    if unit.startswith("usd") and zh:
        large = f"{(value / 100_000_000).normalize():f}亿" if value >= 10**8 else ""
        return [large or f"{(value / 10_000).normalize():f}万", number][form % 2] + "美元"
    if unit.startswith("usd"):
        forms = [
            f"${million} million",
            f"US${million}m",
            f"${grouped}",
            f"{million} million dollars",
        ]
        return [*forms, f"USD {million} million"][form % 5]
    if unit == "percent":
        per_cent = [f"{number}%", f"百分之{number}"] if zh else [f"{number} per cent", f"{number}%"]
        return per_cent[form % 2]
    if unit in UNITS[language]:
        return f"{number}{'' if zh else ' '}{UNITS[language][unit]}"
    if unit == "share":
        return "三分之一" if zh else ["one third", "a third"][form % 2]
    if unit == "factor":
        return f"{number}{'倍' if zh else ' times'}"
    if zh:
        large = value >= 10_000
        full = number.translate({48 + digit: 0xFF10 + digit for digit in range(10)})
        return [f"{(value / 10_000).normalize():f}万" if large else number, number, full][form % 3]
    if value >= 1_000_000:
        return [f"{million} million", grouped][form % 2]
    spelled = value < 10_000 and value == int(value)
    return [grouped, words(int(value)) if spelled else grouped, number][form % 3]


def cases() -> Iterator[Case]:
    rows = tables.rows("figures")
    with FRAMES.open(encoding="utf-8", newline="") as file:
        frames = list(csv.DictReader(file))
    errata = tables.shared()["errata"].query("severity != 'minor'")
    touched = tables.shared()["figure_errata"].merge(errata, on="erratum_id")
    doubtful = dict(zip(touched["figure_id"], touched["value_adopted"], strict=True))
    for form, frame in enumerate(frames):
        for language in ("en", "zh"):
            row = rows[frame["figure_id"]]
            yield from _of_figure(row, frame[language], language, form, doubtful)
    yield from _distractors(rows)


def _of_figure(row: dict, frame: str, language: str, form: int, doubtful: dict) -> Iterator[Case]:
    unit, qualifier, name = row["unit_id"], row["qualifier"], row["figure_id"]

    def case(number: str, verdict: str, pattern: str = "{}") -> Case:
        sentence = frame.replace("{n}", pattern.format(number))
        return Case(language, sentence[0].upper() + sentence[1:], number, verdict, name)

    if qualifier == "several":
        yield case("several thousand" if language == "en" else "数千", "agrees")
        yield case("5,000" if language == "en" else "5000", "too_exact")
        yield case("25,000" if language == "en" else "25000", "out_of_range")
        return
    value = Decimal(str(row["value"]))
    right = "doubtful" if name in doubtful else "agrees"
    patterns = QUALIFIERS[language].get(qualifier, ["{}"])
    for turn in range(2):
        number = said(value, unit, language, form + turn)
        yield case(number, right, patterns[(form + turn) % len(patterns)])
        if qualifier != "unqualified" and turn == 0:
            yield case(number, "drops_qualifier")
    wrong = {"share": None, "factor": value + 4}.get(unit, wrong_value(value, form))
    if wrong:
        yield case(said(wrong, unit, language, form), "out_of_range", patterns[0])
    if unit.startswith("usd") and row["status"] != "target" and value % 1_000_000 == 0:
        finer = value + Decimal(300_000 if value >= 10**7 else 30_000)
        if row["lower"] < finer and qualifier == "unqualified":
            yield case(said(finer, unit, language, form), "too_exact")
        other = {"en": f"€{value / 10**6:g} million", "zh": f"{value / 10_000:g}万欧元"}
        yield case(other[language], "other_unit", patterns[0])
    if doubtful.get(name, 0) > 0:
        yield case(said(Decimal(str(doubtful[name])), unit, language, form), "reading")
    cited = {"en": "{} (para. 2)", "zh": "{}（第2段）"}[language]
    if frame.rstrip(".。").endswith("{n}") and form % 3 == 0 and "para" not in row["paragraph_id"]:
        yield case(
            said(value, unit, language, form), "other_unit", cited.replace("{}", patterns[0])
        )


def wrong_value(value: Decimal, form: int) -> Decimal:
    """A number that people write by mistake: digits changed places, or one is another."""
    digits = f"{value.normalize():f}"
    significant = digits.rstrip("0").replace(".", "")
    if (
        len(significant) == 2
        and significant[0] != significant[1]
        and form % 2
        and "." not in digits
    ):
        return Decimal(significant[::-1] + digits[2:])
    place = Decimal(1).scaleb(value.normalize().adjusted())
    return value + (2 if form % 3 else 3) * (
        place if value < 30 else place / 5 if value < 100 else place
    )


UNRELATED = {
    "en": [
        "{n} people attended our meeting in the town hall.",
        "The library lent {n} books last week.",
        "Our school has {n} pupils.",
        "The bridge is {n} metres long.",
        "The museum sold {n} tickets.",
        "He walked {n} kilometres.",
    ],
    "zh": [
        "{n}人参加了我们在市政厅的聚会。",
        "图书馆上周借出{n}本书。",
        "我们学校有{n}名学生。",
        "这座桥长{n}米。",
        "博物馆卖出{n}张票。",
        "他走了{n}公里。",
    ],
}
NUMBERLESS = {
    "en": [
        "UN-Women was established by resolution 64/289 of 2 July 2010.",
        "The report (A/67/185) was issued on 27 July 2012.",
        "See paragraphs 18 and 63 to 66 of the report on UN-Women.",
        "The fifty-sixth session was held from 27 February to 9 March 2012.",
        "Call UN-Women at +1 646 781 4400 or see https://www.unwomen.org/en/2012/06.",
        "In 2011 UN-Women became fully operational; its plan covers 2011-2013.",
        "1. UN-Women and the Commission",
        "Decision 2011/5 approved the institutional budget for 2012-2013.",
    ],
    "zh": [
        "妇女署由大会第64/289号决议设立。",
        "报告（A/67/185）于2012年7月27日印发。",
        "见报告第18段和第63至66段。",
        "第五十六届会议于2012年2月27日至3月9日举行。",
        "电话：010-85325925。",
        "妇女署2011年全面运作，战略计划涵盖2011-2013年。",
        "三、妇女署的治理",
        "第2011/5号决定核准了2012-2013年机构预算。",
    ],
}
ABSENT = {
    "en": ["UN-Women employs {n} people in Geneva.", "UN-Women paid {m} in rent."],
    "zh": ["妇女署在日内瓦雇用{n}名翻译。", "妇女署支付租金{m}。"],
}


def _distractors(rows: dict) -> Iterator[Case]:
    """Sentences about other things with numbers that are equal, and sentences without any."""
    for language, frames in UNRELATED.items():
        for place, row in enumerate(rows.values()):
            if row["value"] == row["value"] and row["unit_id"] not in ("share", "percent"):
                number = f"{int(row['value']):,}" if language == "en" else f"{int(row['value'])}"
                sentence = frames[place % len(frames)].replace("{n}", number)
                yield Case(language, sentence, number, "", "")
    for language, sentences in NUMBERLESS.items():
        for sentence in sentences:
            yield Case(language, sentence, "", "", "")
    for language, frames in ABSENT.items():
        for number in (2137, 613, 1911, 389, 77):
            money = f"${number} million" if language == "en" else f"{number}万美元"
            for frame in frames:
                sentence = frame.replace("{n}", str(number)).replace("{m}", money)
                shown = money if "{m}" in frame else str(number)
                yield Case(language, sentence, shown, "not_in_report", "")
