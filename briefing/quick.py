"""A sound table read fast: a few looks at each block of its file instead of one at each cell.

Nothing is told of a table that is not plainly sound: `tables` reads it again, slower, and names
the faults.
"""

import datetime
import io
import re
import unicodedata
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

NUMBER = r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?"
INTEGER = r"-?(?:0|[1-9][0-9]*)"
NUMERIC = {"number": NUMBER, "integer": INTEGER}
EDTF = "http://id.loc.gov/datatypes/edtf"  # the rdfType of columns that hold a date or span
SHORT = 15  # digits that a floating-point number always keeps
FORMULA = "[=+@-]"  # how a cell begins that a spreadsheet runs
# Control and format characters, exotic spaces, private use and the replacement character.
UNSEEN = re.compile(
    "[\x00-\x1f\x7f-\xa0\xad\u034f\u061c\u115f\u1160\u1680\u180e\u2000-\u200f\u2028-\u202f"
    "\u205f-\u206f\u2800\u3000\u3164\ue000-\uf8ff\ufdd0-\ufdef\ufe00-\ufe0f\ufeff\uffa0"
    "\ufff9-\ufffd\U000e0000-\U0010ffff]"
)
NOWHERE = "\x7f"  # a sign that no cell may hold
PLAIN = b"\n" + bytes(range(0x20, 0x7F))  # the characters of ASCII that any cell may hold
JAMO = range(0x1100, 0x1200)  # letters that join with the one before, as combining marks do
NO_SEPARATORS = bytes(byte for byte in range(256) if byte not in b",\n")
LONG = 2**16  # bytes without the end of a line; at twice as many csv gives a field up
BLOCK = 2**22  # bytes read at a time: larger ones are no faster, and take memory
REPEATS = 2  # cells to a distinct one, on average, from which on a column's cells repeat


def read(path: Path, schema: dict[str, Any]) -> pd.DataFrame | None:
    """A table of text whose every cell is sound, indexed by row; None where that cannot be said.

    In a large table, columns whose cells repeat are categories.
    """
    columns = [_Column(field) for field in schema["fields"]]
    try:
        with path.open("rb") as file:
            sound = _gather(file, columns)
    except OSError:
        return None
    if not sound:
        return None
    table = pd.DataFrame({column.name: column.cells() for column in columns})
    return table.set_axis(range(2, len(table) + 2))


def _gather(file: io.BufferedReader, columns: "list[_Column]") -> bool:
    """Read a file into columns; returns whether all of it is sound."""
    names = [column.name for column in columns]
    if file.readline() != (",".join(names) + "\n").encode():
        return False
    for number, block in enumerate(_blocks(file)):
        if not _is_whole(block, len(columns)) or not _is_clean(block):
            return False
        table = _parsed(block, {column.name: column.kind for column in columns})
        if not all(column.take(table[column.name]) for column in columns):
            return False
        if number == 0 and len(block) > BLOCK:
            for column in columns:
                column.choose_kind()
    return True


def _blocks(file: io.BufferedReader) -> Iterator[bytes]:
    """The rest of a file in pieces of whole lines."""
    while block := file.read(BLOCK) + file.readline():
        yield block


class _Column:
    """Gathers the cells of a column: their words, or where they repeat, places in a list of words.

    kind: how pandas is to read them, `str` or `category`.
    """

    def __init__(self, field: dict[str, Any]) -> None:
        self.name, self.kind = field["name"], "str"
        self._field = field
        self._places: dict[str, int] = {}
        self._parts: list[np.ndarray] = []

    def choose_kind(self) -> None:
        """Keep places from now on, if the cells gathered so far repeat."""
        [cells] = self._parts
        places, words = pd.factorize(cells)
        if REPEATS * len(words) <= len(cells):
            self.kind, self._parts = "category", [places]
            self._places = {word: place for place, word in enumerate(words)}

    def take(self, cells: pd.Series) -> bool:
        """Add the cells of a block; returns whether they obey the schema."""
        if self.kind == "str":
            words = cells.to_numpy()[:-1]
            self._parts.append(words)
            return _obeys(words, self._field)
        words = list(cells.cat.categories)
        new = [word for word in words if word not in self._places and word != NOWHERE]
        self._places |= {word: place for place, word in enumerate(new, len(self._places))}
        places = np.array([self._places.get(word, -1) for word in words])
        self._parts.append(places[cells.cat.codes[:-1]])
        if REPEATS * len(words) > len(cells):  # as lists of many words would take long
            self._parts = [self._words()[part] for part in self._parts]
            self.kind = "str"
        return not new or _obeys(new, self._field)

    def _words(self) -> np.ndarray:
        return np.array(list(self._places), dtype=object)

    def cells(self) -> pd.Series:
        """All cells as text or categories."""
        whole = np.concatenate(self._parts) if self._parts else np.array([], dtype=object)
        if self.kind == "str":
            return pd.Series(whole, dtype="str")
        words = pd.Index(self._words(), dtype="str")
        return pd.Series(pd.Categorical.from_codes(whole, words))


def _parsed(block: bytes, kinds: dict[str, str]) -> pd.DataFrame:
    """Rows of a file as text, and one that keeps pandas from taking categories for numbers."""
    last = ",".join([NOWHERE] * len(kinds)).encode() + b"\n"
    return pd.read_csv(
        io.BytesIO(block + last),
        names=list(kinds),
        dtype=kinds,
        index_col=False,
        na_filter=False,
        low_memory=False,
        skip_blank_lines=False,
    )


def _is_whole(block: bytes, columns: int) -> bool:
    """Whether each line has one field for each column, those in quotation marks included."""
    pieces = block.split(b'"')
    outside = pieces[::2]
    # Between a closing and an opening mark stands a comma or a line's end, or nothing: a mark.
    edges = {(piece[:1], piece[-1:]) for piece in outside[1:-1] if piece}
    edges.add((outside[-1][:1], outside[0][-1:] or b"\n"))
    if len(pieces) > 1 and not all(mark and mark in b",\n" for edge in edges for mark in edge):
        return False
    separators = b"".join(outside).translate(None, NO_SEPARATORS)
    line = b"," * (columns - 1) + b"\n"
    short = all(block.find(b"\n", n, n + LONG) >= 0 for n in range(0, len(block), LONG))
    closed = short and len(pieces) % 2 == 1 and block.endswith(b"\n")
    return closed and separators == line * block.count(b"\n")


def _is_clean(block: bytes) -> bool:
    """Whether all is UTF-8 in normal form C and nothing is invisible.

    A character that could join with the one before it is taken for a fault.
    """
    try:
        block.decode("utf-8")
        special = set(block.translate(None, PLAIN).decode("utf-8"))
    except UnicodeDecodeError:
        return False
    return not UNSEEN.search("".join(special)) and all(
        unicodedata.is_normalized("NFC", character)
        and unicodedata.category(character)[0] != "M"
        and ord(character) not in JAMO
        for character in special
    )


def _obeys(cells: Sequence[str], field: dict[str, Any]) -> bool:
    """Whether each cell is of the form that its column allows."""
    # A match ends with its line: as many as there are cells, with nothing left, is one for each.
    left, matches = re.subn(_form(field), "", "\n".join(cells) + "\n")
    if left or matches != len(cells):
        return False
    least = field.get("constraints", {}).get("minimum")
    if least is not None and (pd.to_numeric(pd.Series(cells)) < least).any():
        return False
    return field.get("rdfType") != EDTF or all(is_period(cell) for cell in set(cells) if cell)


def _form(field: dict[str, Any]) -> str:
    """What a cell of a column looks like, as a regular expression of a line; numbers are short."""
    rules = field.get("constraints", {})
    if field["type"] in NUMERIC:
        forms = [f"(?!-0$).{{1,{SHORT}}}", NUMERIC[field["type"]]]
    else:
        forms = [f"(?! |{FORMULA}).*[^ \n]"]
    if "enum" in rules:
        forms.append("|".join(map(re.escape, rules["enum"])))
    if "pattern" in rules:
        forms.append(rules["pattern"])
    *also, form = forms
    whole = "".join(f"(?=(?:{other})$)" for other in also) + f"(?:{form})"
    return f"(?m)^(?:{whole}{'' if rules.get('required') else '|'})\n"


def is_period(cell: str) -> bool:
    """Whether a date exists, or a span ends no earlier than it begins."""
    try:
        days = [datetime.date.fromisoformat((part + "-01-01")[:10]) for part in cell.split("/")]
    except ValueError:
        return False
    return days == sorted(days)
