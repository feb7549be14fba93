"""What a spreadsheet does to a CSV file, how each is told once, and which cell one would run."""

import re
import unicodedata
from collections.abc import Iterator
from itertools import islice

from briefing.sources.characters import NOTHING

IN_EXCEL = "in Excel, save as CSV UTF-8 (Comma delimited)"
SEPARATORS = {";": "semicolons", "\t": "tabs", "|": "bars"}
QUOTES = "“”„‟«»‘’\"' "
OWN_WORD = re.compile(
    r"#[^\W\d_a-z]+(?:[/_][^\W_a-z]+)*[!?]?|#+|TRUE|FALSE|WAHR|FALSCH|VRAI|FAUX|[真假]|Err:[0-9]+|Loading[.…]+"
    r"|undefined|\[object Object\]"
    r"|-?(?:NaN|nan)|NaT|<?NA>?|N/A|n/a|NULL|null|None"  # which pandas reads as an empty cell
)
SHORT = re.compile(r"[0-9]+(?:[.,][0-9]+)?E[+-]?[0-9]+")  # of a long number
DATE = re.compile(  # 2012-05 and 2012-05-01 as shown in several countries, or counted from 1900
    r"[^\W\d_]{3,9}\.?[- ][0-9]{2,4}|[0-9]{1,2}[- ][^\W\d_]{3,9}\.?(?:[- ][0-9]{2,4})?|[0-9]{4}年.*"
    r"|[0-9]{1,4}(?:[/.][0-9]{1,4}){1,2}|[0-9]{1,2}-[0-9]{1,2}-[0-9]{2,4}|[34][0-9]{4}"
)
LOST = re.compile(r"\?\?|^\?$|\?[\u4e00-\u9fff]|[\u4e00-\u9fff]\?")
TITLES = 5  # rows at the top, among which a header under a title is looked for
FEW = 3  # so many faults of one cause are told one by one
FAULT = re.compile(r"(\S+\.csv), row ([0-9]+)(, column [^:]*)?: (.*)", re.DOTALL)
OWN = re.compile(r"'[^']*'|\"[^\"]*\"|[0-9.]+")  # what a sentence says of its own cell
SIGNS = ("=", "+", "-", "@")  # with which a formula begins
NUMBER = re.compile("-[0-9.,]+%?")


def faults(name: str, rows: list[list[str]], columns: list[str]) -> Iterator[str]:
    """One sentence for each cause that concerns a whole file: its rows, the head with them."""
    header, width, place = rows[0], len(columns), f"{name}, row 1"
    apart = [sign for sign in SEPARATORS if sign.join(columns) == "".join(header).strip(QUOTES)]
    if apart:
        told = f"{SEPARATORS[apart[0]]} stand between the columns, expected commas: {IN_EXCEL}"
        yield f"{place}: {told}"
    elif "".join(header).startswith("sep="):
        yield f"{place}: is a line for Excel alone, expected the header: delete this line"
    elif header != columns and [word.strip(QUOTES).lower() for word in header] == columns:
        told = "quotation marks or spaces stand around the columns, or capitals in them"
        yield f"{place}: {told}, expected {','.join(columns)}"
    elif [word.rstrip(";") for word in header] == columns != header:
        yield f"{place}: a semicolon ends the row, expected none at the end of any row: {IN_EXCEL}"
    elif columns in [row[:width] for row in rows[1:TITLES]]:
        yield f"{place}: stands above the header, expected the header first: delete what is above"
    elif not set(header) & set(columns):
        yield f"{place}: no header with commas, expected {','.join(columns)}"
    elif [word for word in header if word] == columns:
        unnamed = [
            (number, cell)
            for number, row in enumerate(rows, start=1)
            for head, cell in zip(header, row, strict=False)
            if not head
        ]
        beyond = [cell for row in rows for cell in row[len(header) :]]
        if stray := next((it for it in unnamed if it[1]), None):
            told = "stands in a column without a name, expected none: delete this column"
            yield f"{name}, row {stray[0]}: {stray[1]!r} {told}"
        elif (unnamed or beyond) and not any(beyond):
            told = "expected none: in Excel, delete these columns, not only what stood in them"
            yield f"{name}: empty columns stand beside the others, {told}"
        for number, row in enumerate(rows, start=1):
            if not any(row):
                told = "expected it gone: in Excel, delete the row, not only what stood in it"
                yield f"{name}, row {number}: is empty, {told}"
        cells = ((n, cell) for n, row in enumerate(rows, start=1) for cell in row)
        for number, cell in islice((it for it in cells if LOST.search(it[1])), 1):
            told = f"{cell!r} has question marks for Chinese characters, expected these: {IN_EXCEL}"
            yield f"{name}, row {number}: {told}"


def once(found: list[str]) -> Iterator[str]:
    """Faults, of which many of one cause in one column are one sentence."""
    groups: dict[object, list[str]] = {}
    for fault in found:
        parts = FAULT.fullmatch(fault)
        cause = (parts[1], parts[3], OWN.sub("", parts[4])) if parts else fault
        groups.setdefault(cause, []).append(fault)
    for first, *rest in groups.values():
        if len(rest) < FEW:
            yield from (first, *rest)
        else:
            yield f"{first} (and {len(rest)} more rows so, to row {FAULT.fullmatch(rest[-1])[2]})"


def runs(cell: str) -> bool:
    """Whether a cell begins as a formula does, in wide, small or raised signs too; `-1` is none."""
    plain = NOTHING.sub("", unicodedata.normalize("NFKC", cell)).strip()
    return plain.startswith(SIGNS) and not NUMBER.fullmatch(plain)


def harmless(cell: str) -> str:
    """A cell that no spreadsheet runs: `=1` becomes `'=1`."""
    return f"'{cell}" if runs(cell) else cell
