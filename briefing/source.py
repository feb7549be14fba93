"""How the report's text, as extracted from its PDF, is split into paragraphs and numerals."""

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import pandas as pd

SUMMARY = "摘要"
HEADING = re.compile(r"(?:[一二三四五六七八九十]+|[A-Z])\. \S")
FOOTNOTE_RULE = re.compile(r"_{5,}")
FOOTNOTE_MARK = re.compile(r"[0-9]|\*")
NUMBERED = re.compile(r"([0-9]{1,3})\.(?![0-9])\s*")
LOST_AT_MOST = 10  # paragraph numbers that a damaged text may have lost in a row
BOX_NOTE = re.compile(r"\* \S")
CHINESE = "零〇一二两三四五六七八九十百千"
NUMERAL = re.compile(
    rf"""(?: www\.[!-~]+  |  \#[A-Za-z]+[0-9]+  |  H[0-9]\+
      | [A-Z][A-Z.0-9]* (?:/[A-Z0-9][A-Za-z.0-9]*)+ (?:\([A-Za-z.]+[0-9]+\))?
      | [0-9]{{4}}-[0-9]{{4}}  |  [0-9]+/[0-9]+
      | (?:[0-9]+(?:\.[0-9]+)?|数?[{CHINESE}]+(?:分之[{CHINESE}]+)?) 多?[万亿]?多?%? )
    (?:美元|个月|(?![{CHINESE}])[\u4e00-\u9fff])?""",
    re.VERBOSE,
)
# The first rule that fits the words before, the numeral with its counter, and the words after.
GUESSES = [
    ("address", r"", r"www\..*", r""),
    ("address", r"东|街", r"[0-9]+[街号]", r""),
    ("document", r"", r"[A-Z]+[./].*", r""),
    ("document", r"", r"[0-9]+/[0-9]+号?", r""),
    ("ordinal_name", r"", r"#.*|H[0-9]\+.*|千年", r""),
    ("ordinal_name", r"“", r"一体", r"行动"),
    ("date", r"", r"[0-9]{4}年", r"[0-9]{1,2}月"),
    ("year", r"", r"[0-9]{4}(-[0-9]{4})?[年和期]?", r""),
    ("date", r"", r"[0-9]{1,2}[月日]", r""),
    ("date", r"", r"[0-9]{1,2}至", r"[0-9]{1,2}日"),
    ("date", r"月/?", r"[0-9]{1,2}", r""),
    ("paragraph_ref", r"第", r"[0-9]+[段至]?", r""),
    ("paragraph_ref", r"第[0-9]+至", r"[0-9]+段", r""),
    ("ordinal_name", r"第", r".*", r""),
    ("idiom", r"", r"十分|两年", r"积极|期"),
    ("idiom", r"", r"一.?", r""),
]
HAN = re.compile("[\u4e00-\u9fff]")
HAN_SHARE = 0.5  # the least share of Chinese characters in a Chinese text
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


def split(text: str) -> list[Paragraph]:
    """Split the report's text into its paragraphs, in the order in which they begin.

    Page headings, the marks of footnotes and all white space are left out. The eight
    paragraphs of the box become box-1 to box-8. Raises SourceError when no paragraph is found.
    """
    texts: dict[str, str] = {}
    for paragraph_id, line in _assign(text):
        texts[paragraph_id] = texts.get(paragraph_id, "") + "".join(line.split())
    if not texts:
        raise SourceError("no paragraph was found: expected the text of the report")
    return [Paragraph(*item) for item in texts.items()]


def _assign(text: str) -> Iterator[tuple[str, str]]:
    """Give each line of running text, with the paragraph it belongs to.

    A paragraph begins with the number that comes next, or soon, if a damaged text has lost some;
    so `2011` at the start of a line begins none. A footnote interrupts a paragraph at a page's
    end; the paragraph goes on after it. A line that follows a finished paragraph at a distance,
    without number, is a box's title.
    """
    current, finished, blank = "", True, 0
    number, boxes, in_box = 1, 0, False
    lines = iter(text.splitlines())
    for raw in lines:
        line = raw.strip()
        if not line:
            blank += 1
            continue
        after_gap, blank = blank > 1, 0
        if FOOTNOTE_RULE.fullmatch(line):
            yield from _footnote(lines)
            continue
        if FOOTNOTE_MARK.fullmatch(line):
            finished = False
            continue
        if HEADING.match(line):
            current, in_box = "", False
            continue
        if line == SUMMARY:
            current, finished = "summary", False
            continue
        begins = NUMBERED.match(line)
        if begins and number <= int(begins[1]) < number + LOST_AT_MOST:
            current, line = begins[1], line[begins.end() :]
            number = int(begins[1]) + 1
        elif BOX_NOTE.match(line):
            current, line = "box-note", line.removeprefix("* ")
        elif in_box and finished and raw[:1].isspace():
            boxes += 1
            current = f"box-{boxes}"
        elif current.isdigit() and finished and after_gap:
            in_box = True
            continue
        if current:
            yield current, line
            finished = line.endswith("。")


def _footnote(lines: Iterator[str]) -> Iterator[tuple[str, str]]:
    mark = next((line.strip() for line in lines if line.strip()), "")
    if not mark.isdigit():
        return
    for line in lines:
        yield f"fn-{mark}", line
        if line.strip().endswith("。"):
            return


@dataclass(frozen=True)
class Numeral:
    """A numeral of the report: its place, how it is printed with its counter, and its context."""

    paragraph_id: str
    position: int
    printed: str
    before: str
    after: str

    def guess(self) -> str:
        """The class that the context suggests; `figure` where nothing else fits."""
        for name, before, printed, after in GUESSES:
            if (
                re.search(f"(?:{before})$", self.before)
                and re.fullmatch(printed, self.printed)
                and re.match(after, self.after)
            ):
                return name
        return "figure"


def numerals(paragraph: Paragraph) -> list[Numeral]:
    """Every numeral of a paragraph, Arabic and Chinese, in order; positions count from 1."""
    text = paragraph.text
    return [
        Numeral(
            paragraph.paragraph_id,
            position,
            match.group(),
            text[max(0, match.start() - CONTEXT) : match.start()],
            text[match.end() : match.end() + CONTEXT],
        )
        for position, match in enumerate(NUMERAL.finditer(text), start=1)
    ]


def mistaken(text: str, tables: dict[str, pd.DataFrame]) -> str:
    """In a few words why a text is no text of the report at all; empty where it is one."""
    if not text.strip():
        return "is empty, expected the report's text"
    if len(HAN.findall(text)) < HAN_SHARE * len("".join(text.split())):
        return "is not in Chinese, the language of the version that is recorded"
    known = set(tables["paragraphs"]["sha256"])
    if not any(paragraph.sha256 in known for paragraph in split(text)):
        return "is another text: none of its paragraphs is one of those recorded"
    return ""


def verify(text: str, tables: dict[str, pd.DataFrame]) -> list[str]:
    """Compare a text of the report with data/; return one sentence for each difference.

    Checks that the paragraphs are the same, that each has the recorded length and hash, that its
    numerals are those recorded, one by one, and that every printed form of figures.csv and
    errata.csv stands in it.
    """
    found = {paragraph.paragraph_id: paragraph for paragraph in split(text)}
    recorded = tables["paragraphs"]
    faults = [
        f"paragraph {extra}: in the text, but not in paragraphs.csv"
        for extra in found
        if extra not in set(recorded["paragraph_id"])
    ]
    for row in recorded.itertuples():
        paragraph = found.get(row.paragraph_id)
        if paragraph is None:
            faults.append(f"paragraph {row.paragraph_id}: not in the text")
        elif paragraph.sha256 != row.sha256 or len(paragraph.text) != row.characters:
            faults.append(
                f"paragraph {row.paragraph_id}: the text differs from the one recorded "
                f"({len(paragraph.text)} characters, {row.characters} recorded)"
            )
    return [*faults, *_numeral_faults(found, tables), *_missing_forms(found, tables)]


def _numeral_faults(found: dict[str, Paragraph], tables: dict[str, pd.DataFrame]) -> Iterator[str]:
    printed = {
        (numeral.paragraph_id, numeral.position): numeral.printed
        for paragraph in found.values()
        for numeral in numerals(paragraph)
    }
    rows = tables["numerals"].set_index(["paragraph_id", "position"])["printed"].to_dict()
    both = found.keys() & set(tables["paragraphs"]["paragraph_id"])
    for place in sorted(printed.keys() | rows.keys()):
        if place[0] not in both:
            continue
        here, there = printed.get(place, "nothing"), rows.get(place, "nothing")
        if here != there:
            where = f"paragraph {place[0]}, numeral {place[1]}"
            yield f"{where}: the text has {here}, recorded is {there}"


def _missing_forms(found: dict[str, Paragraph], tables: dict[str, pd.DataFrame]) -> Iterable[str]:
    for table, key in (("figures", "figure_id"), ("errata", "erratum_id")):
        for row in tables[table].to_dict("records"):
            paragraph = found.get(row["paragraph_id"])
            if paragraph and row["printed"] not in paragraph.text:
                yield (
                    f"{table}.csv, {row[key]}: {row['printed']} is not printed "
                    f"in paragraph {row['paragraph_id']}"
                )
