"""How the report's text, as extracted from its PDF, is split into paragraphs and numerals."""

import csv
import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from briefing.sources import characters, tables
from briefing.sources.characters import CHINESE, COUNTERS, FORMAL, FORMAL_OR_WORD

SUMMARY = "摘要"
HEADING = re.compile(
    r"([一二三四五六七八九十]+|[A-Z])(?:\.|(?<=[一二三四五六七八九十])、(?![一二三四五六七八九十]+、))"
    r"(?: +|(?=[\u4e00-\u9fff]))(\S.*)"
)
ROMAN = ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"]
CHAPTERS = dict(zip([*"一二三四五六七八九十", "十一", "十二"], ROMAN, strict=True))
SYMBOL = r"[A-Z][A-Z.0-9]*(?:/[A-Z0-9][A-Za-z.0-9]*)+(?:\([A-Za-z.]+[0-9]+\))?"
FOLIO = re.compile(r"[0-9]{2}-[0-9]{5}|\([A-Z]\)|[0-9]+/[0-9]+")  # job number, language, page
PAGE = re.compile(  # as tools and programs number pages
    r"[-–—] ?[0-9]+ ?[-–—]|第 ?[0-9]+ ?页(?: ?[，/]? ?共 ?[0-9]+ ?页)?|Page [0-9]+(?: of [0-9]+)?"
    r"|[Pp](?:age|\.)? ?[0-9]+(?: ?/ ?[0-9]+)?|第 ?[一二三四五六七八九十]+ ?页"
    r"|[0-9]* ?/ ?[0-9]*|[0-9]{1,3} +[0-9]{2}-[0-9]{5}|[0-9]{2}-[0-9]{5} +[0-9]{1,3}"
)
FOOTNOTE_RULE = re.compile(r"(?:[-_*—=─━﹍‗] ?){3,}")
FOOTNOTE_MARK = re.compile(r"[0-9]{1,2}|\*")
NUMBERED = re.compile(r"([0-9]{1,3})\.(?![0-9])\s*")
LOST_AT_MOST = 10  # paragraph numbers that a damaged text may have lost in a row
STARRED = re.compile(r"\* \S")
# Words that hold a numeral and count nothing; how a numeral of cheques is told from a word.
WORDS = (
    "进一步|(?<!系)统一|一致|一般|一切|一直|一些|一旦|一并|一贯|一小部分|一部分|一步|一体|唯一"
    "|[这同另]一(?![年节项个次种届份])|十分|两年期|千年|[上下]半年"
)
CHEQUE = (
    f"(?:[{FORMAL_OR_WORD}]*[{FORMAL}]|[{FORMAL_OR_WORD}]{{{{2}}}})[零{FORMAL}{FORMAL_OR_WORD}]*"
    f"|[{FORMAL_OR_WORD}](?=[万亿])"
)
NUMERAL = rf"""(?: {{own}} www\.[!-~]+  |  {SYMBOL}
      | [0-9]{{{{4}}}}-[0-9]{{{{4}}}}  |  [0-9]+/[0-9]+号?  |  {WORDS}
      | (?:[0-9]+(?:\.[0-9]+)?|[数几]?[{CHINESE}]+(?:分之(?:[{CHINESE}]+|[0-9.]+))?|{CHEQUE})
        [多余几]?[万亿]?[多余]?[%‰]? (?:{COUNTERS})?(?:半月?)?
      | [数几][万亿](?:{COUNTERS})? | 半(?:数|年|个月|天|日) )"""
IDIOMS = {"class": "idiom", "printed": f"{WORDS}|一.?"}
PARTS = ("class", "before", "printed", "after")
CONTEXT = 8  # characters before and after a numeral that tell its class


class SourceError(ValueError):
    """The text given is not a text of the report."""


@dataclass(frozen=True)
class Paragraph:
    """A paragraph of the report; its text holds no white space."""

    paragraph_id: str
    text: str

    @property
    def sha256(self) -> str:
        """The SHA-256 of the text's UTF-8 bytes, in hexadecimal."""
        return hashlib.sha256(self.text.encode()).hexdigest()

    def sentence(self, printed: str) -> str:
        """The sentence that a printed form stands in; empty where it does not stand here."""
        sentences = re.findall(r"[^。]+。?", self.text)
        return next((sentence for sentence in sentences if printed in sentence), "")


@dataclass(frozen=True)
class Line:
    """A line of the text, and where it stands; a heading's line stands in no paragraph.

    What stands in no section either is of the cover, or a note with a star.
    """

    section_id: str
    paragraph_id: str
    words: str
    number: str = ""  # of the heading or paragraph that begins here, as it is printed
    row: int = 0  # in the text, counted from 1


def split(text: str) -> list[Paragraph]:
    """Split the report's text into its paragraphs, in the order in which they begin.

    Page headings, the marks of footnotes and all white space are left out. The paragraphs of a
    box become box-1, box-2 and so on. Characters that look like others are read as these. Raises
    SourceError when no paragraph is found, and with a line for each character that cannot be read.
    """
    texts: dict[str, str] = {}
    for line in lines(text):
        if line.paragraph_id:
            words = "".join(line.words.split())
            texts[line.paragraph_id] = texts.get(line.paragraph_id, "") + words
    if not texts:
        raise SourceError("no paragraph was found, expected the text of the report")
    return [Paragraph(*item) for item in texts.items()]


def symbol(text: str) -> str:
    """The report's own symbol, which stands before its first heading; "" where there is none."""
    for line in characters.folded(text).splitlines():
        words = line.strip()
        if words == SUMMARY or HEADING.match(words) or NUMBERED.match(words):
            break
        if found := [word for word in words.split() if re.fullmatch(SYMBOL, word)]:
            return found[0]
    return ""


def lines(text: str) -> Iterator[Line]:
    """The lines of headings and of running text, each with its section and its paragraph.

    A paragraph begins with the number that comes next, or soon, if a damaged text has lost some;
    so `2011` at the start of a line begins none. Footnotes interrupt a paragraph at a page's
    end; the paragraph goes on after them. A line that follows a finished paragraph at a distance,
    without number, is a box's title.
    """
    return (line for line in held(text) if line.section_id or line.paragraph_id)


def held(text: str) -> Iterator[Line]:
    """All lines of the text, but the furniture of pages and the marks of footnotes."""
    plain = characters.folded(text)
    if told := characters.strange(plain):
        raise SourceError("\n".join(told))
    reader = _Reader(symbol(plain))
    for row, printed in enumerate(plain.split("\n"), start=1):
        for raw in re.split(f"[{characters.BREAKS}]", printed):
            yield from (replace(line, row=row) for line in reader.read(raw))


class _Reader:
    """Takes a text's lines one by one, and remembers where in the report it is."""

    def __init__(self, own_symbol: str) -> None:
        self._symbol = own_symbol
        self._section = self._outside = ""  # the present one, and that around a box
        self._paragraph, self._finished, self._number = "", True, 1
        self._in_box, self._boxes = False, 0
        self._in_notes, self._note = False, ""
        self._marked: dict[str, str] = {}  # the section in which a footnote's mark stands
        self._blank = 0

    def read(self, raw: str) -> Iterator[Line]:
        """What a line of the text gives: one line, or none."""
        line, after_gap = raw.strip(), self._blank > 1
        self._blank = 0 if line else self._blank + 1
        if not line or self._is_page_heading(line):
            return
        if FOOTNOTE_RULE.fullmatch(line):
            self._in_notes, self._note = True, ""
        elif self._in_notes and self._is_noted(line):
            yield from self._noted(line)
        else:
            self._in_notes = False
            yield from self._running(line, raw[:1].isspace(), after_gap)

    def _is_page_heading(self, line: str) -> bool:
        signs = [word for word in line.split() if not FOLIO.fullmatch(word)]
        return bool(PAGE.fullmatch(line)) or bool(self._symbol and {*signs} <= {self._symbol})

    def _is_noted(self, line: str) -> bool:
        """Whether a line belongs to a footnote: its mark, or its words."""
        if not self._note:
            is_starred = not self._in_box and STARRED.match(line)
            return bool(FOOTNOTE_MARK.fullmatch(line) or is_starred)
        return self._note != "*" or not (HEADING.match(line) or NUMBERED.match(line))

    def _noted(self, line: str) -> Iterator[Line]:
        """A line of a footnote; one with a star is of the cover, and of no section."""
        if not self._note and FOOTNOTE_MARK.fullmatch(line):
            self._note = line
            return
        self._note = self._note or "*"
        if self._note == "*":
            yield Line("", "", line)
        else:
            section = self._marked.get(self._note, self._section)
            yield Line(section, f"fn-{self._note}", line)
        if line.endswith("。"):
            self._note = ""

    def _running(self, line: str, indented: bool, after_gap: bool) -> Iterator[Line]:
        if FOOTNOTE_MARK.fullmatch(line):
            self._marked[line], self._finished = self._section, False
            return
        words = self._place(line, indented, after_gap)
        number = line.removesuffix(words).strip()
        yield Line(self._section, self._paragraph, words, number)
        if self._paragraph:
            self._finished = words.endswith("。")

    def _place(self, line: str, indented: bool, after_gap: bool) -> str:
        """Go on to the section, paragraph or box that a line begins, if any; returns its words."""
        heading, begins = HEADING.match(line), NUMBERED.match(line)
        if heading or line == SUMMARY:
            named = _numbered(heading[1], self._outside) if heading else "summary"
            self._section = self._outside = named
            self._paragraph, self._in_box = "", False
            return heading[2] if heading else line
        if begins and self._number <= int(begins[1]) < self._number + LOST_AT_MOST:
            self._paragraph, self._number = begins[1], int(begins[1]) + 1
            self._section, self._in_box = self._outside, False
            return line[begins.end() :]
        if self._in_box and STARRED.match(line):
            self._paragraph = "box-note"
            return line.removeprefix("* ")
        if self._in_box and self._finished and indented:
            self._boxes += 1
            self._paragraph = f"box-{self._boxes}"
        elif self._paragraph.isdigit() and self._finished and after_gap:
            self._section = f"{self._outside.partition('.')[0]}.box"
            self._paragraph, self._in_box = "", True
        elif self._section == "summary":
            self._paragraph = "summary"
        return line


def _numbered(number: str, section: str) -> str:
    """The section_id of a heading: `二` is II, and `A` within it II.A."""
    if number.isascii():
        return f"{section.partition('.')[0]}.{number}"
    return CHAPTERS.get(number, number)


@dataclass(frozen=True)
class Numeral:
    """A numeral of the report: its place, how it is printed with its counter, a guess of its class.

    Positions count from 1.
    """

    paragraph_id: str
    position: int
    printed: str
    guess: str


@dataclass(frozen=True)
class Census:
    """What is one numeral, and which class its context suggests: the first guess that fits.

    A guess is a class and the patterns of what stands before, is printed and stands after.
    """

    numeral: re.Pattern
    guesses: list[tuple[str, str, str, str]]

    def guess(self, found: re.Match) -> str:
        """The class that the context suggests; `figure` where nothing else fits."""
        text, start, end = found.string, *found.span()
        for name, before, printed, after in self.guesses:
            if (
                re.fullmatch(printed, found[0])
                and re.match(after, text[end : end + CONTEXT])
                and re.search(f"(?:{before})$", text[max(0, start - CONTEXT) : start])
            ):
                return name
        return "figure"


def census(own: dict[str, list]) -> Census:
    """The general rules, before which come a report's own, as its descriptor states them.

    own: `numerals`, patterns of what is one numeral; `guesses`, rows as those of guesses.csv.
    """
    patterns = "".join(f"(?-x:{pattern}) | " for pattern in own.get("numerals", []))
    with Path(__file__).with_name("guesses.csv").open(encoding="utf-8") as file:
        rules = [*own.get("guesses", []), *csv.DictReader(file), IDIOMS]
    guesses = [tuple(rule.get(part, "") for part in PARTS) for rule in rules]
    try:
        for pattern in (pattern for _, *parts in guesses for pattern in parts):
            re.compile(pattern)
        return Census(re.compile(NUMERAL.format(own=patterns), re.VERBOSE), guesses)
    except re.error as error:
        told = f"datapackage.json, report, census: {error.pattern!r} is no pattern ({error.msg})"
        raise SourceError(told) from None


@cache
def _own_census() -> Census:
    return census(tables.report().get("census", {}))


def numerals(paragraph: Paragraph, rules: Census | None = None) -> list[Numeral]:
    """Every numeral of a paragraph, Arabic and Chinese, in order.

    rules: those of a report; of the one recorded in data/, if none are given.
    """
    rules = rules or _own_census()
    found = enumerate(rules.numeral.finditer(paragraph.text), start=1)
    return [Numeral(paragraph.paragraph_id, n, it[0], rules.guess(it)) for n, it in found]
