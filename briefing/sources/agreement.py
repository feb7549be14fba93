"""Whether a text of the report is the one that data/ records, however a tool has laid it out."""

import re
from collections import Counter
from collections.abc import Iterator
from hashlib import sha256
from itertools import accumulate, chain, combinations, groupby, pairwise, product
from typing import Any

import pandas as pd

from briefing.sources.characters import HAN, UNKNOWN, first_few, folded
from briefing.sources.source import CHAPTERS, SYMBOL, Paragraph, SourceError, held, numerals, split

FORMS = ("figures", "events", "errata", "terms")  # tables whose column `printed` quotes the text
HAN_SHARE = 0.5  # the least share of Chinese characters among the letters of a Chinese text
DIGITS_SHARE = 0.9  # of the digits recorded, by which the report is known in other characters
WIDE = str.maketrans(",:;?!", "，：；？！")
FILE = "[!-~]{80,}"  # a picture within a text
# Characters in numbers, as mail, addresses and programs have them: =E5, %E5, \u5987
CODED = re.compile(
    r"(?:[=%][0-9A-F]{2}){3}|(?:\\u[0-9A-F]{4}){2}|^[A-Z0-9+/]{60,}$",
    re.IGNORECASE | re.MULTILINE,
)
QUOTES = str.maketrans(dict.fromkeys("「」『』„«»“”‘’〝〞", '"'))
LONGEST = 40  # characters that are shown
NOTE = re.compile(rf"\*?(?:{SYMBOL})。")  # a note of the cover
PRINTED = {section: chapter for chapter, section in CHAPTERS.items()}
# Of a footnote, where a tool sets it into the line.
MARK = re.compile(r"[(\[〔]?(?:[0-9]{1,2}|[*†‡])[)\]〕]?")
COMMAS = 10  # in a paragraph, up to which each is tried wide and narrow
Data, Found = dict[str, pd.DataFrame], dict[str, Paragraph]
Row = Any  # of a frame, as itertuples gives it
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
    words = [sign for sign in re.sub(f"{UNKNOWN}|{FILE}", "", folded(text)) if sign.isalpha()]
    if len(HAN.findall("".join(words))) <= HAN_SHARE * len(words):
        if coded := CODED.search(text):
            told = f"{coded.group()[:LONGEST]!r} is a code for characters"
            return f"{told}, expected them as they are read: save it as plain text where it opens"
        return "is not in Chinese, expected the version in that language"
    try:
        found = {paragraph.sha256 for paragraph in split(text)}
    except SourceError as error:
        return str(error)
    known = found & {*recorded["paragraphs"]["sha256"]}
    if known or _has_its_digits(_Held(text).words, recorded):
        return ""
    return "is another text, expected one with a paragraph that is recorded"


def verify(text: str, data: Data) -> list[str]:
    """Compare a text of the report with data/; return one sentence for each difference.

    Checks that each paragraph stands in the text with the recorded length and hash, wherever a
    tool has set its lines, boxes and footnotes; that paragraphs and headings stand in the recorded
    order under their numbers, and nothing beside them; that the numerals are those recorded, one
    by one; and that every printed form of FORMS stands in its paragraph.
    """
    found = {paragraph.paragraph_id: paragraph for paragraph in split(text)}
    holding, recorded = _Held(text), data["paragraphs"]
    causes: dict[str, list[str]] = {}
    differing = []
    for row in recorded.itertuples():
        name, here = row.paragraph_id, found.get(row.paragraph_id, Paragraph("", ""))
        if (here.sha256, len(here.text)) == (row.sha256, row.characters):
            holding.take_lines(name)
        elif reading := holding.reading(row, here.text):
            words, cause = reading
            found[name] = Paragraph(name, words)
            causes.setdefault(cause, []).append(name)
        else:
            differing.append(row)
    if len(differing) > len(recorded) / 2 and _has_its_digits(holding.words, data):
        return [CHANGED]
    for row in differing:
        holding.take_lines(row.paragraph_id)
    faults = []
    for name in (it for it in found if it.isdigit() and it not in {*recorded["paragraph_id"]}):
        if holding.take_lines(name):
            holding.take_before(holding.places()[name], _number(name), "number")
            faults.append(f"paragraph {name}: in the text, but not in paragraphs.csv")
    faults += [f"paragraph {first_few(names)}: {cause}" for cause, names in causes.items() if cause]
    for row in differing:
        told = "not in the text"
        if row.paragraph_id in found:
            length = f"{len(found[row.paragraph_id].text)} characters, {row.characters} recorded"
            told = f"the text differs from the one recorded ({length})"
        faults.append(f"paragraph {row.paragraph_id}: {told}")
    faults += [*_order_faults(holding, data), *_heading_faults(holding, data), *_left(holding)]
    return [*faults, *_numeral_faults(found, data), *_missing_forms(found, data)]


class _Held:
    """All that a text holds but the furniture of its pages, and which of it has been found.

    Its words are without white space. Footnotes, which interrupt paragraphs, stand at their end.
    """

    def __init__(self, text: str) -> None:
        placed = sorted(held(text), key=lambda line: line.paragraph_id.startswith("fn-"))
        parts = ["".join((line.number + line.words).split()) for line in placed]
        ends = [*accumulate(map(len, parts))]
        self.words = "".join(parts)
        self.lines = [*zip(placed, [0, *ends], ends, strict=False)]  # each with start and end
        self.variants = _variants(self.words)
        self.owners: list[str | None] = [None] * len(self.words)

    def take(self, start: int, end: int, name: str) -> None:
        """Set down what has been found from start to end, where nothing was before."""
        self.owners[start:end] = [owner or name for owner in self.owners[start:end]]

    def take_lines(self, name: str) -> bool:
        """Take all that the text has set into a paragraph; whether there was something left."""
        before = self.owners.count(None)
        for line, start, end in self.lines:
            if line.paragraph_id == name:
                self.take(start + len(line.number), end, name)
        return self.owners.count(None) < before

    def reading(self, row: Row, here: str) -> tuple[str, str] | None:
        """The words that are a recorded paragraph, and what is said of them; None if none are.

        They may be any stretch of the text, or what stands here less what was set into it.
        """
        begins = [start + len(line.number) for line, start, _ in self.lines]
        for starts in (begins, range(len(self.words) - row.characters + 1)):
            for words, cause in self.variants.items():
                for start in starts:
                    found = words[start : start + row.characters]
                    if sha256(found.encode()).hexdigest() == row.sha256:
                        self.take(start, start + row.characters, row.paragraph_id)
                        return found, cause
        for words, cause in self._mended(row.paragraph_id, here):
            if sha256(words.encode()).hexdigest() == row.sha256:
                self.take_lines(row.paragraph_id)
                return words, cause
        return None

    def _mended(self, name: str, here: str) -> Iterator[tuple[str, str]]:
        """What a paragraph may have been before a mark or lines were set into it, or its commas."""
        for mark in MARK.finditer(here):
            told = f"agrees but for {mark.group()!r}, expected "
            told += "a footnote's mark on a line of its own"
            yield here[: mark.start()] + here[mark.end() :], told
            yield here.replace(mark.group(), ""), told
        lines = [line for line, *_ in self.lines if line.paragraph_id == name]
        parts = ["".join(line.words.split()) for line in lines]
        for start, end in combinations(range(len(parts) + 1), 2):
            told = f"agrees but for {lines[start].words[:LONGEST]!r} in line {lines[start].row}"
            yield "".join(parts[:start] + parts[end:]), f"{told}, expected no such line within it"
        for words in _variants(here):
            found = re.split("[,，]", words)
            for signs in product(",，", repeat=len(found) - 1) if len(found) <= COMMAS else ():
                told = "agrees but for the width of commas, expected each as printed"
                yield "".join(chain.from_iterable(zip(found, (*signs, ""), strict=True))), told

    def places(self) -> dict[str, int]:
        """Where each paragraph that was found begins, in the order of the text."""
        first: dict[str, int] = {}
        for place, owner in enumerate(self.owners):
            if owner:
                first.setdefault(owner, place)
        return first

    def take_before(self, end: int, pattern: str, name: str) -> bool:
        """Take what a pattern finds in the words that nothing has taken, up to a place."""
        begin = end
        while begin and not self.owners[begin - 1]:
            begin -= 1
        for words in self.variants:
            if match := re.search(pattern, words[begin:end]):
                self.take(begin + match.start(), begin + match.end(), name)
                return True
        return False


def _in_order(data: Data) -> list[Row]:
    """The recorded paragraphs; without footnotes, which stand where a page ends."""
    rows = data["paragraphs"].itertuples()
    return [row for row in rows if not row.paragraph_id.startswith("fn-")]


def _order_faults(holding: _Held, data: Data) -> Iterator[str]:
    order = {row.paragraph_id: n for n, row in enumerate(_in_order(data))}
    for before, name in pairwise(name for name in holding.places() if name in order):
        if order[name] < order[before]:
            yield f"paragraph {name}: stands after paragraph {before}, expected before it"


def _heading_faults(holding: _Held, data: Data) -> Iterator[str]:
    """Takes headings, and the numbers of paragraphs and notes, each before what it stands above."""
    places, awaited = holding.places(), [*data["sections"].sort_values("order").itertuples()]
    order = {section.section_id: section.order for section in awaited}
    for row in _in_order(data):
        if row.paragraph_id not in places:
            continue
        place = places[row.paragraph_id]
        while awaited and awaited[0].order <= order[row.section_id]:
            yield from _heading_fault(holding, place, awaited.pop(0))
        holding.take_before(place, _number(row.paragraph_id), "number")
    for section in awaited:
        yield from _heading_fault(holding, len(holding.words), section)


def _number(name: str) -> str:
    """A pattern of what is printed before a paragraph, as tools write it."""
    if not name.isdigit():
        return r"\*$" if name.endswith("note") else ""
    return rf"(?<![0-9])(?:{name}[.、)]?|\({name}\)|1\.)$"  # Markdown counts from any number


def _heading_fault(holding: _Held, place: int, section: Row) -> Iterator[str]:
    last = section.section_id.rpartition(".")[2]
    number = f"{PRINTED.get(last, last)}." if last not in ("summary", "box") else ""
    title = "".join(section.title_zh.split())
    printed = number.replace(".", "[.、]") + re.escape(title)
    if not holding.take_before(place, rf"#*{printed}", "heading"):  # as Markdown has it
        yield f"heading {section.section_id}: not in its place, expected {number + title!r}"


def _left(holding: _Held) -> Iterator[str]:
    """What is no paragraph and no heading; the cover may hold anything but sentences."""
    body = min((it for name, it in holding.places().items() if name.isdigit()), default=0)
    for line, start, end in holding.lines:
        words = holding.words[start:end]
        is_cover = not line.section_id and start < body
        if is_cover and ("。" not in words or NOTE.fullmatch(words)):
            holding.take(start, end, "cover")
    for is_left, run in groupby(range(len(holding.words)), lambda it: not holding.owners[it]):
        if is_left:
            places = [*run][:LONGEST]
            row = next(line.row for line, _, end in holding.lines if places[0] < end)
            words = holding.words[places[0] : places[-1] + 1]
            told = "stands in no paragraph or heading recorded, expected none but these"
            yield f"line {row}: {words!r} {told}"


def _variants(words: str) -> dict[str, str]:
    """A text as it is and with its signs as Chinese prints them, each with what was changed."""
    curly = re.sub('"([^"]*)"', "“\\1”", words.translate(QUOTES))
    variants = {words: ""}
    variants.setdefault(curly, "agrees but for other quotation marks, expected “ ” as printed")
    narrow = "agrees but for narrow punctuation, expected ， ： ； as printed"
    variants.setdefault(curly.translate(WIDE), narrow)
    return variants


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
