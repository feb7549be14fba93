"""How the text of the report, as extracted from its PDF, is split into paragraphs."""

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import pandas as pd

SUMMARY = "摘要"
HEADING = re.compile(r"(?:[一二三四五六七八九十]+|[A-Z])\. \S")
FOOTNOTE_RULE = re.compile(r"_{5,}")
FOOTNOTE_MARK = re.compile(r"[0-9]|\*")
BOX_NOTE = re.compile(r"\* \S")


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

    A paragraph begins with the number that comes next, so that `2011` at the start of a line
    begins none. A footnote interrupts a paragraph at a page's end; the paragraph goes on after
    it. A line that follows a finished paragraph at a distance, without number, is a box's title.
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
        if line.startswith(f"{number}. "):
            current, line = str(number), line.removeprefix(f"{number}. ")
            number += 1
        elif BOX_NOTE.match(line):
            current, line = "box-note", line.removeprefix("* ")
        elif in_box and finished and raw.startswith(" "):
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


def verify(text: str, tables: dict[str, pd.DataFrame]) -> list[str]:
    """Compare a text of the report with data/; return one sentence for each difference.

    Checks that the paragraphs are the same, that each has the recorded length and hash, and
    that every printed form of figures.csv and errata.csv stands in its paragraph.
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
    return faults + list(_missing_forms(found, tables))


def _missing_forms(found: dict[str, Paragraph], tables: dict[str, pd.DataFrame]) -> Iterable[str]:
    for table, key in (("figures", "figure_id"), ("errata", "erratum_id")):
        for row in tables[table].to_dict("records"):
            paragraph = found.get(row["paragraph_id"])
            if paragraph and row["printed"] not in paragraph.text:
                yield (
                    f"{table}.csv, {row[key]}: {row['printed']} is not printed "
                    f"in paragraph {row['paragraph_id']}"
                )
