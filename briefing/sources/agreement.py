"""Whether a text of the report is the one that data/ records, however a tool has laid it out."""

import re
from collections import Counter
from collections.abc import Iterator
from hashlib import sha256

import pandas as pd

from briefing.sources.characters import HAN, UNKNOWN, folded
from briefing.sources.source import Paragraph, SourceError, lines, numerals, split

FORMS = ("figures", "events", "errata", "terms")  # tables whose column `printed` quotes the text
HAN_SHARE = 0.5  # the least share of Chinese characters among the letters of a Chinese text
DIGITS_SHARE = 0.9  # of the digits recorded, by which the report is known in other characters
WIDE = str.maketrans(",:;?!", "，：；？！")
SHOWN, LONGEST = 3, 40  # paragraphs that are named of a cause; characters that are shown
NUMBERS = re.compile(r"[0-9]{1,3}\\?\.|\*")  # of paragraphs, where they are not read as such
MARK = re.compile("[0-9]{1,2}")  # of a footnote, where a tool sets it into the line
Data, Found = dict[str, pd.DataFrame], dict[str, Paragraph]
CHANGED = (
    "its digits are those recorded, its characters are not: expected it as printed, and not in "
    "traditional characters, in other punctuation or retyped"
)


def mistaken(text: str, recorded: Data) -> str:
    """In a few words why a text is not that of the report recorded; "" where it is.

    Of characters that cannot be read it is a line each.
    """
    if not text.strip():
        return "is empty, expected the report's text"
    words = [sign for sign in re.sub(UNKNOWN, "", folded(text)) if sign.isalpha()]
    if len(HAN.findall("".join(words))) < HAN_SHARE * len(words):
        return "is not in Chinese, expected the version in that language"
    try:
        found = {paragraph.sha256 for paragraph in split(text)}
    except SourceError as error:
        return str(error)
    if found & set(recorded["paragraphs"]["sha256"]) or _has_its_digits(_running(text), recorded):
        return ""
    return "is another text, expected one with a paragraph that is recorded"


def verify(text: str, data: Data) -> list[str]:
    """Compare a text of the report with data/; return one sentence for each difference.

    Checks that each paragraph stands in the text with the recorded length and hash, wherever a
    tool has set its lines, boxes and footnotes; that its numerals are those recorded, one by one;
    and that every printed form of FORMS stands in it.
    """
    found = {paragraph.paragraph_id: paragraph for paragraph in split(text)}
    placed, recorded, running = dict(found), data["paragraphs"], _running(text)
    whole, differing = _variants(running), []
    causes: dict[str, list[str]] = {}
    for row in recorded.itertuples():
        name, here = row.paragraph_id, placed.get(row.paragraph_id, Paragraph("", ""))
        if (here.sha256, len(here.text)) == (row.sha256, row.characters):
            continue
        for words, cause in _readings(whole, here.text, row.characters):
            if sha256(words.encode()).hexdigest() == row.sha256:
                found[name] = Paragraph(name, words)
                causes.setdefault(cause, []).append(name)
                break
        else:
            differing.append(row)
    if len(differing) > len(recorded) / 2 and _has_its_digits(running, data):
        return [CHANGED]
    known = {*recorded["paragraph_id"]} if differing or not causes else placed
    faults = [
        f"paragraph {name}: in the text, but not in paragraphs.csv"
        for name in placed
        if name not in known
    ]
    for cause, names in causes.items():
        if cause:
            more = f" and {len(names) - SHOWN} more" if len(names) > SHOWN else ""
            faults.append(f"paragraph {', '.join(names[:SHOWN])}{more}: {cause}")
    for row in differing:
        told = "not in the text"
        if row.paragraph_id in found:
            length = f"{len(found[row.paragraph_id].text)} characters, {row.characters} recorded"
            told = f"the text differs from the one recorded ({length})"
        faults.append(f"paragraph {row.paragraph_id}: {told}")
    if list(causes) == [""] and not differing:
        faults += _left_over(placed, found, causes[""], data)
    return [*faults, *_numeral_faults(found, data), *_missing_forms(found, data)]


def _left_over(placed: Found, found: Found, names: list[str], data: Data) -> Iterator[str]:
    """What stands in no paragraph where a tool has set some otherwise; a heading may."""
    recorded = set(data["paragraphs"]["sha256"])
    loose = "".join(it.text for it in placed.values() if it.sha256 not in recorded)
    titles = data["sections"]["title_zh"] if "sections" in data else []
    for words in [*(found[name].text for name in names), *titles]:
        loose = loose.replace("".join(words.split()), "", 1)
    if loose := NUMBERS.sub("", loose):
        yield f"{loose[:LONGEST]!r} stands in no paragraph recorded, expected none but these"


def _running(text: str) -> str:
    """The text without white space, headings of pages and marks; footnotes stand at its end."""
    placed = [(line.paragraph_id.startswith("fn-"), line.words) for line in lines(text)]
    return "".join("".join(words.split()) for _, words in sorted(placed, key=lambda it: it[0]))


def _variants(running: str) -> dict[str, str]:
    """A text with its signs as Chinese prints them and as it is, each with what was changed."""
    curly = re.sub('"([^"]*)"', "“\\1”", running)
    return {
        curly.translate(WIDE): "agrees but for narrow punctuation, expected ， ： ； as printed",
        curly: "agrees but for straight quotation marks, expected “ ” as printed",
        running: "",
    }


def _readings(whole: dict[str, str], here: str, length: int) -> Iterator[tuple[str, str]]:
    """What may be a paragraph of a length: any stretch of a text, or what stands here less a mark.

    With each, what is said of it.
    """
    for text, cause in reversed(whole.items()):
        for start in range(len(text) - length + 1):
            yield text[start : start + length], cause
    for mark in MARK.finditer(here):
        told = f"agrees but for {mark.group()!r}, expected a footnote's mark on a line of its own"
        yield here[: mark.start()] + here[mark.end() :], told


def _has_its_digits(running: str, data: Data) -> bool:
    recorded = Counter(re.findall("[0-9]+", " ".join(data["numerals"]["printed"])))
    both = recorded & Counter(re.findall("[0-9]+", running))
    return both.total() >= DIGITS_SHARE * recorded.total() > 0


def _numeral_faults(found: Found, data: Data) -> Iterator[str]:
    printed = {
        (numeral.paragraph_id, numeral.position): numeral.printed
        for paragraph in found.values()
        for numeral in numerals(paragraph)
    }
    rows = data["numerals"].set_index(["paragraph_id", "position"])["printed"].to_dict()
    both = found.keys() & {*data["paragraphs"]["paragraph_id"]}
    for place in sorted(place for place in printed.keys() | rows.keys() if place[0] in both):
        here, there = printed.get(place, "nothing"), rows.get(place, "nothing")
        if here != there:
            where = f"paragraph {place[0]}, numeral {place[1]}"
            yield f"{where}: the text has {here}, recorded is {there}"


def _missing_forms(found: Found, data: Data) -> Iterator[str]:
    for table in FORMS:
        for row in data[table].to_dict("records"):
            paragraph = found.get(row["paragraph_id"])
            if paragraph and row["printed"] not in paragraph.text:
                told = f"{row['printed']} is not printed in paragraph {row['paragraph_id']}"
                yield f"{table}.csv, {next(iter(row.values()))}: {told}"
