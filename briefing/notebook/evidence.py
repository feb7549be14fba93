"""What the rows of a frame say, in words and in numbers, for a chart to be held against."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date as Day
from decimal import Decimal
from numbers import Real
from statistics import fmean, median
from typing import Any

import pandas as pd
from matplotlib.dates import date2num

from briefing.core.labels import date, label, paragraphs
from briefing.core.language import is_strict
from briefing.core.period import Period
from briefing.core.quantity import Quantity
from briefing.core.sentences import Sentence
from briefing.core.wording import DOUBTFUL, text
from briefing.notebook.blocks import head_of, is_count, sources_by_row
from briefing.sources import printed, tables

FORMS = ("", "value", "number", "range")
HAN_SPACE = re.compile(r"(?<=[\u3000-\uffef]) | (?=[\u3000-\uffef])")
# What may stand between words that are known: a sign before a number or a unit would change it.
BETWEEN = re.compile(r"[\s.,;:·/()\[\]“”\"'’、，；：。（）]|(?<=\s)[-–—](?=\s)")
PER_CENT = re.compile(r"(?<=\d) per cent\b")  # in sentences; in charts it is a sign
DIGITS = 10  # of a number that are compared
WORDS = {"thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12}
SCALES = printed.SCALES | {"k": 1e3, "m": 1e6, "mn": 1e6, "百万": 1e6, "bn": 1e9}
SCALES |= WORDS | {f"{word}s": scale for word, scale in WORDS.items()}
SIGNS = "|".join(sorted(SCALES, key=len, reverse=True))
AMOUNT = re.compile(rf"(?:US)?\$?([-\u2212]?[0-9][0-9.,]*)\s?({SIGNS})(?:美元)?", re.IGNORECASE)
BARE = re.compile(rf"{AMOUNT.pattern}|[0-9][0-9.,]*(?<=[0-9])", re.IGNORECASE)  # or a number alone
SCALED = re.compile(
    rf"(?i)\b(?:{'|'.join(WORDS)})s?\b|百万|万|亿"
    r"|(?:(?<=\$)|(?<=\$ )|(?<=USD ))(?:k|mn?|bn)\b"
)
SIGNED = re.compile(r"\$ ?[0-9]|[0-9] ?美元")
CITED = re.compile(r"\bpara(?:graph)?s?\.? ?[0-9][0-9, –-]*(?:and [0-9]+)?|第[0-9、至 -]+段")
MIDDLE = re.compile(r"(?i)\b(?:mean|median|average)\b|平均|中位数")
YEAR = re.compile(r"\b(?:19|20)[0-9]{2}\b")
CLAUSE = re.compile(r"[,;](?=\s)|[;\n，；、。]")  # where a sentence goes on to say another thing


@dataclass(frozen=True)
class Row:
    """A row of a frame.

    names: its cells of words; numbers: the values of each column by its head; ends: the same with
    the ends of their ranges, both as an axis counts them: by one, or by so many.
    """

    cells: list[Any]
    names: set[str]
    numbers: dict[str, set[float]] = field(compare=False)
    ends: dict[str, set[float]] = field(compare=False)
    by: float = field(default=1, compare=False)

    @property
    def title(self) -> str:
        return str(next((it for it in self.cells if isinstance(it, str | Period)), self.cells[0]))

    @property
    def is_whole(self) -> bool:
        """Whether no cell of it is missing."""
        return not any(pd.api.types.is_scalar(cell) and pd.isna(cell) for cell in self.cells)

    def said(self, head: str = "") -> list[str]:
        """What it may be said to be; head: of its numbers, those of this column alone."""
        cells = list(zip(self.numbers, self.cells, strict=True))
        of = [cell for name, cell in cells if head in ("", name) or not self.numbers[name]]
        cited = [paragraphs([cell]) for name, cell in cells if name == "paragraph id"]
        return [*cited, *(words for cell in of for words in said_of(cell))]

    def stands_at(self, place: float) -> bool:
        """Whether a place is one of its numbers, or of its names that are numbers, as years are."""
        named = (number for it in self.names if (number := number_in(it)) is not None)
        return place in self.all_numbers() or place in map(rounded, named)

    def all_numbers(self) -> set[float]:
        return set().union(*self.ends.values())

    def counted_by(self, scale: float) -> "Row":
        """The same on an axis that counts by so many, such as by a million."""
        both = [
            {head: {rounded(it / scale) for it in found} for head, found in of.items()}
            for of in (self.numbers, self.ends)
        ]
        return Row(self.cells, self.names, *both, scale)


def rows_of(data: pd.DataFrame) -> list[Row]:
    """The rows of a frame; an index that is no mere count is a column of it."""
    frame, found = data if is_count(data.index) else data.reset_index(), []
    heads = [plain(str(head)) for head in frame.columns]
    for cells in frame.itertuples(index=False, name=None):
        words = (it for it in cells if isinstance(it, str | int | Period) and str(it))
        names = {plain(date(it) if isinstance(it, Period) else str(it)) for it in words}
        numbers = [set(map(rounded, _values_of(cell))) for cell in cells]
        ends = [numbers_in([cell]) for cell in cells]
        named = (dict(zip(heads, it, strict=True)) for it in (numbers, ends))
        found.append(Row(list(cells), names, *named))
    return found


def counted(rows: list[Row], by: float) -> list[Row]:
    """Rows as an axis counts them; numbers without a unit may be in its scale already."""
    is_bare = not any(isinstance(cell, Quantity) for row in rows for cell in row.cells)
    largest = max((abs(it) for row in rows for it in row.all_numbers()), default=0)
    told = max((scale_of(head) for row in rows for head in row.numbers), default=1)
    by /= told if by != 1 else 1
    is_in_it = by == 1 or (told == 1 and is_bare and largest < by)
    return rows if is_in_it else [row.counted_by(by) for row in rows]


def middles(rows: list[Row], columns: set[str]) -> set[float]:
    """The means and medians of some columns."""
    found = ([it for row in rows for it in row.numbers[head]] for head in columns)
    return {rounded(of(it)) for it in found if it for of in (fmean, median)}


def turned(data: pd.DataFrame) -> pd.DataFrame:
    """A frame with its columns as rows, under the names that its rows have in its first column."""
    data = data.drop(columns="paragraph_id", errors="ignore")  # of which all are
    named = data.set_index(data.columns[0]) if is_count(data.index) else data
    heads = pd.to_numeric(named.columns, errors="coerce")
    is_numbers = not heads.isna().any()
    return named.T.set_axis(heads if is_numbers else named.columns).reset_index(names="")


def plain(words: str) -> str:
    """Words in small letters, without marks and line breaks, so that they can be compared."""
    words = words.replace("-\n", "-").replace(DOUBTFUL, "").replace("_", " ")
    words = " ".join(words.split())
    return PER_CENT.sub("%", HAN_SPACE.sub("", words).casefold())


def words_of(data: pd.DataFrame) -> list[str]:
    """All that cells, heads and sources of a frame say."""
    named = data.columns.drop("paragraph_id", errors="ignore")
    found = [*map(head_of, named), *map(str, named)]
    if not is_count(data.index):
        heads = [str(name) for name in data.index.names if name is not None]
        found += [*map(str, data.index), *heads, ",".join(heads)]  # as pandas writes them
    found += [words for cell in data.to_numpy().flat for words in said_of(cell)]
    return longest_first(found + sources_of(data))


def sources_of(data: pd.DataFrame) -> list[str]:
    return [paragraphs([name]) for sources in sources_by_row(data) for name in sources]


def longest_first(words: Iterable[str]) -> list[str]:
    return sorted({plain(it) for it in words} - {""}, key=len, reverse=True)


def said_of(cell: Any) -> list[str]:
    """The ways in which a cell may be said."""
    if isinstance(cell, float) and cell.is_integer():
        return [f"{cell}", f"{cell:.0f}"]
    if isinstance(cell, Quantity):
        forms = [form for form in FORMS if form != "value" or cell.value is not None]
        units = [label("units", cell.unit)] if cell.unit in tables.rows("units") else []
        return [*(text(cell, form) for form in forms), *units]
    return [date(cell) if isinstance(cell, Period) else str(cell)]


def is_known(words: str, known: list[str]) -> bool:
    """Whether plain words stand in what is known, or are put together from it.

    known: the longest first. Between the parts may stand signs that leave them what they are.
    """
    whole = _whole(words)
    if any(whole.search(part) for part in known):
        return True
    for part in known:
        within = rf"(?<![\w.,-]){re.escape(part)}(?![\w-]|[.,]\d)"
        words = re.sub(within, " ", words, flags=re.ASCII)
    return not BETWEEN.sub("", words)


def _whole(words: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w.,%$-]){re.escape(words)}(?![\w%-]|[.,]\d)", re.ASCII)


def mentioned(words: str, names: Iterable[str]) -> set[str]:
    """The names that words hold; of one within another, the longest."""
    left, found = plain(words), set()
    for name in longest_first(names):
        rest = _whole(name).sub("|", left)
        found |= {name} if rest != left else set()
        left = rest
    return found


def named_in(words: str, rows: list[Row]) -> list[Row]:
    """The rows that words name."""
    held = mentioned(words, {it for row in rows for it in row.names if number_in(it) is None})
    return [row for row in rows if row.names & held]


def said_of_others(words: str, rows: list[Row], others: list[str]) -> Row | None:
    """A row whose numbers words do not say, though they speak of it, clause by clause.

    others: what may be said of any.
    """
    of, heads = named_in(words, rows), [*rows[0].numbers] if rows else []
    if any(plain(words) in map(plain, row.said()) for row in of):
        return None
    for clause in CLAUSE.split(words):
        of, called = named_in(clause, rows) or of, mentioned(clause, heads) or {""}
        if not any(map(str.isdigit, clause)):
            continue
        asked = of or rows
        fits = [row for row in asked if all(_is_said(clause, row, it, others) for it in called)]
        if not fits or len(fits) < len(of):
            return next(row for row in asked if row not in fits)
    return None


def _is_said(clause: str, row: Row, head: str, others: list[str]) -> bool:
    numbers = row.ends[head] if head else row.all_numbers()
    known = longest_first([*row.said(head), head, *others])
    rest = unsaid(clause, numbers, BARE) if head else clause
    return is_said(clause.strip(), known, numbers) or is_known(plain(rest), known)


def is_said(words: str, known: list[str], numbers: set[float]) -> bool:
    """Whether words are a number, or are known but for amounts that are."""
    if is_number(words, numbers) or is_known(plain(words), known):
        return True
    return is_known(plain(unsaid(words, numbers)), known)


def is_free(words: str, rows: list[Row], numbers: set[float]) -> bool:
    """Whether words may be typed where no edition is made: they name no row.

    They say no number but paragraphs, years, the mean or median of a column, and amounts such as
    `$1.3m` that are some numbers.
    """
    rest = CITED.sub("", words.replace(tables.report()["symbol"], ""))
    if MIDDLE.search(rest) and rows:
        rest = unsaid(rest, middles(rows, {*rows[0].numbers}), BARE)
    named = mentioned(rest, {it for row in rows for it in row.names})
    rest = YEAR.sub("", rest)
    if SIGNED.search(rest):
        rest = unsaid(rest, numbers)
        named |= mentioned(rest, {head for row in rows for head in row.numbers})
    says_number = any(map(str.isdigit, rest)) or scale_of(rest) != 1
    return not (is_strict() or says_number or named)


def unsaid(words: str, numbers: set[float], form: re.Pattern[str] = AMOUNT) -> str:
    """Words without the amounts that are some numbers."""
    return form.sub(lambda it: " " if is_number(it[0].strip(), numbers) else it[0], words)


def is_number(words: str, numbers: set[float]) -> bool:
    """Whether words are one of some numbers, rounded to the digits that they have."""
    if words.endswith("%"):  # of a share, or of a hundred
        words, numbers = words[:-1], numbers | {100 * it for it in numbers if abs(it) <= 1}
    words, scale = in_full(words)
    number, places = number_in(words), len(words.partition(".")[2])
    if number is None or (not number and 0 not in numbers):
        return False
    if "e" in words:
        return any(f"{number:g}" == f"{it:g}" for it in numbers)
    found = (it / scale for it in numbers)
    return any(rounded(number) in (rounded(it), rounded(round(it, places))) for it in found)


def number_in(words: str) -> float | None:
    """The number that words are, as matplotlib writes it."""
    try:
        return float(words.replace(",", "").replace("\u2212", "-"))
    except ValueError:
        return None


def in_full(words: str) -> tuple[str, float]:
    """An amount such as `$1.3m`, without its currency and scale, and what its scale is."""
    amount = AMOUNT.fullmatch(words)
    return (amount[1], SCALES[amount[2].casefold()]) if amount else (words, 1)


def scale_of(words: str) -> float:
    """The scale that the name of an axis tells, 1 for none: a million of `$ million`."""
    named = SCALED.search(words)
    return SCALES[named[0].casefold()] if named else 1


def numbers_in(cells: Iterable[Any]) -> set[float]:
    """The numbers at which marks for some cells may stand, as far as they are compared."""
    return {rounded(it) for cell in cells for it in (*_values_of(cell), *_ends_of(cell))}


def _values_of(cell: Any) -> Iterator[float]:
    if isinstance(cell, Day) and not pd.isna(cell):
        yield float(date2num(cell))
    if isinstance(cell, Real | Decimal) and not isinstance(cell, bool) and not pd.isna(cell):
        yield float(cell)
    yield from (it.number for it in _quantities(cell) if it.value is not None)


def _ends_of(cell: Any) -> Iterator[float]:
    if isinstance(cell, Period) and cell:
        yield from (float(date2num(cell.start)), float(date2num(cell.end)) + 1)
    ends = (end for it in _quantities(cell) for end in (it.lower, it.upper))
    yield from (float(end) for end in ends if end is not None)


def _quantities(cell: Any) -> list[Quantity]:
    found = cell.quantities if isinstance(cell, Sentence) else [cell]
    return [it for it in found if isinstance(it, Quantity)]


def rounded(number: float) -> float:
    return float(f"{number:.{DIGITS}g}")
