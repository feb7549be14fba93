"""How data/ is read and validated; the schema is data/datapackage.json and nothing else.

`load` either returns tables that obey the schema or names every fault in one go.
"""

import csv
import datetime
import html
import io
import math
import re
import unicodedata
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd
from babel import Locale
from babel.core import get_global

from briefing.sources import characters, printed, spreadsheets
from briefing.sources.schema import DataError, read_descriptor

# data/ and locale/ stand beside the package in a checkout, and inside it where it is installed.
PACKAGE = Path(__file__).resolve().parents[1]
INSTALLED = (PACKAGE / "data").is_dir()
ROOT = PACKAGE if INSTALLED else PACKAGE.parent
DATA = ROOT / "data"
WHOLE = r"-?(?:0|[1-9][0-9]*)"
TYPES = {
    "number": (rf"{WHOLE}(?:\.[0-9]+)?", "a plain decimal, expected one such as 1600 or 140.8"),
    "integer": (WHOLE, "a whole number, expected one such as 1600"),
}
EDTF = "http://id.loc.gov/datatypes/edtf"  # the rdfType of columns that hold a date or span
LARGEST = 2**53  # beyond it a floating-point number no longer holds every integer
MARK = "<!-- From here on written by `python -m briefing codebook` from datapackage.json. -->"
asked: set[str] = set()  # the tables that were read, or `table#key` for a row alone


class Tables(dict[str, pd.DataFrame]):
    """Tables by name, each handed out as a copy; to ask for one that is not there is told."""

    def __getitem__(self, name: str) -> pd.DataFrame:
        asked.add(name)
        return super().__getitem__(name).copy(deep=False)

    def __missing__(self, name: str) -> pd.DataFrame:
        raise DataError([f"datapackage.json: no table {name!r}, expected {', '.join(self)}"])


class Rows(dict[str, dict[str, Any]]):
    """A table's rows by key, in its order; to ask for one that is not there is told."""

    def __init__(self, table: str, rows: dict[str, dict[str, Any]]) -> None:
        super().__init__(rows)
        self._table = table

    def __getitem__(self, key: str) -> dict[str, Any]:
        asked.add(f"{self._table}#{key}")
        return super().__getitem__(key)

    def __missing__(self, key: str) -> dict[str, Any]:
        column = shared()[self._table].columns[0]
        raise LookupError(f"{self._table}.csv holds no {column} {key!r}, expected one from there")


@cache
def descriptor() -> dict[str, Any]:
    """This collection's descriptor, read once. Raises DataError when it is missing or at fault."""
    return read_descriptor(DATA)


def load(folder: Path = DATA) -> Tables:
    """Read and check every table; the keys are the names of the files without `.csv`.

    Text columns hold str, with "" for an empty cell; numbers are float64 with NaN, integers
    int64. Raises DataError with all faults found.

    Example: `briefing.load(folder)`.
    """
    resources = {resource["name"]: resource for resource in read_descriptor(folder)["resources"]}
    known = "is no table of datapackage.json, expected it gone or renamed: it looks like a copy"
    strays = {path.name for path in folder.glob("[!.~]*.csv") if path.stem not in resources}
    faults = [f"{name}: {known}" for name in sorted(strays)]
    read = {name: _read(folder / it["path"], it["schema"]) for name, it in resources.items()}
    tables = {name: table for name, (table, _, _) in read.items() if table is not None}
    # Those that lost no row, so that a key not in them is truly missing.
    whole = {name for name, (_, _, is_whole) in read.items() if is_whole}
    for _, found, _ in read.values():
        faults += found
    for name in tables:
        faults += _key_faults(resources[name], tables, whole)
    if faults := faults or [*printed.faults(tables), *_country_faults(tables)]:
        raise DataError(list(spreadsheets.once(faults)))
    return Tables((name, _typed(it, resources[name]["schema"])) for name, it in tables.items())


@cache
def shared() -> Tables:
    """The tables of this collection, read once.

    Example: `briefing.shared()["events"]`.
    """
    return load()


def report() -> dict[str, Any]:
    """What the descriptor says of the report itself."""
    return descriptor()["report"]


@cache
def rows(name: str) -> "Rows":
    """The rows of a table of this collection by their key, which is the first column."""
    table = dict.__getitem__(shared(), name)  # which is not to read all of it
    return Rows(name, dict(zip(table.iloc[:, 0], table.to_dict("records"), strict=True)))


def _read(path: Path, schema: dict[str, Any]) -> tuple[pd.DataFrame | None, list[str], bool]:
    """One file as a table of strings indexed by row, its faults, and whether it lost no row."""
    columns = [field["name"] for field in schema["fields"]]
    try:
        rows = cells_of(path)
    except DataError as error:
        return None, error.faults, False
    faults = list(spreadsheets.faults(path.name, rows, columns))
    if not faults and rows[0] != columns:
        faults = list(_header_faults(path.name, rows[0], columns))
    if faults:
        return None, faults, False
    numbered, wide = dict(enumerate(rows[1:], start=2)), len(columns)
    good = {number: row for number, row in numbered.items() if len(row) == wide}
    lost = ((n, len(row)) for n, row in numbered.items() if n not in good)
    faults = [f"{path.name}, row {n}: {has} fields, expected {wide}" for n, has in lost]
    table = pd.DataFrame(good.values(), columns=columns, index=list(good), dtype=object)
    for field in schema["fields"]:
        faults += _cell_faults(path.name, table[field["name"]], field)
    return table, faults, len(good) == len(numbered)


def cells_of(path: Path) -> list[list[str]]:
    """The cells of a file, the header's first. Raises DataError where it is no CSV in UTF-8."""
    name = path.name
    try:
        text, fault = characters.decode(path.read_bytes())
    except OSError as error:
        told = f"{name}: cannot be read ({error.strerror}), expected a CSV file"
        raise DataError([told]) from None
    if text is None:
        raise DataError([f"{name}{fault}, expected UTF-8: {spreadsheets.IN_EXCEL}"])
    row, told = characters.damaged(text)
    if row:
        raise DataError([f"{name}, row {row}: {told}"])
    reader = csv.reader(io.StringIO(text.rstrip("\r\n"), newline=""), strict=True)
    try:
        return list(reader) or [[]]
    except csv.Error as error:
        head = text.partition("\n")[0].rstrip("\r")
        if "," not in head or head.endswith(";"):  # what ends its columns is told of the head
            return [head.split(",")]
        told = f"cannot be read as CSV ({error}), expected closed quotation marks"
        raise DataError([f"{name}, row {reader.line_num}: {told}"]) from None


def _header_faults(name: str, header: list[str], columns: list[str]) -> Iterator[str]:
    for column in sorted({column for column in header if header.count(column) > 1}):
        yield f"{name}, row 1, column {column}: the column stands more than once, expected once"
    for column in columns:
        if column not in header:
            yield f"{name}, row 1, column {column}: the column is missing, expected it"
    for column in header:
        if column not in columns:
            yield f"{name}, row 1: unknown column {column!r}, expected {', '.join(columns)}"
    if sorted(header) == sorted(columns):
        yield f"{name}, row 1: the columns are out of order, expected {', '.join(columns)}"


def _cell_faults(name: str, cells: pd.Series, field: dict[str, Any]) -> Iterator[str]:
    """Faults of one column; a cell is told of its first fault only."""
    found = {cell: next(_wrong(cell, field), None) for cell in set(cells.tolist())}
    for row, cell in cells.items() if any(found.values()) else ():
        if found[cell]:
            yield f"{name}, row {row}, column {field['name']}: {cell!r} {found[cell]}"


def _wrong(cell: str, field: dict[str, Any]) -> Iterator[str]:
    """What is wrong with a cell of a column; only the first may be told."""
    rules, kind = field.get("constraints", {}), field["type"]
    if spreadsheets.OWN_WORD.fullmatch(cell):
        yield "is a program's own word, expected what stood there, or an empty cell"
    if characters.UNSEEN.search(cell):
        yield "holds an invisible character or an unusual space, expected none"
    if cell != cell.strip():
        yield "begins or ends with a space, expected none"
    if re.search("&#x?[0-9A-Fa-f]+;", cell):
        yield f"holds HTML's code of a character, expected {html.unescape(cell)!r}"
    if not unicodedata.is_normalized("NFC", cell):
        yield "is not in Unicode's normal form C, expected that form"
    if kind not in TYPES and spreadsheets.runs(cell):
        yield "begins like a formula, expected words"
    if not cell:
        if rules.get("required"):
            yield "is empty, expected a value"
        return
    if kind in TYPES:
        yield from _wrong_number(cell, kind, rules.get("minimum", -math.inf))
    if field.get("rdfType") == EDTF and not is_period(cell):
        if spreadsheets.DATE.fullmatch(cell):
            yield "is how a spreadsheet rewrites a date, expected e.g. 2012-05: format it as text"
        yield "is no date or span, expected e.g. 2012-05"
    if not re.fullmatch(pattern := rules.get("pattern", ".*"), cell):
        yield f"does not have the expected form {pattern}"
    if cell not in rules.get("enum", [cell]):
        yield f"is unknown, expected one of {', '.join(rules['enum'])}"
    if others := characters.other_forms(cell):
        yield f"holds {others[0]!r}, which looks like another character, expected that one"


def _wrong_number(cell: str, kind: str, least: float) -> Iterator[str]:
    pattern, expected = TYPES[kind]
    if spreadsheets.SHORT.fullmatch(cell):
        yield "is how a spreadsheet shortens a long number, expected all its digits: format it so"
    if not re.fullmatch(pattern, cell):
        yield f"is not {expected}"
    number = float(cell)
    if cell == "-0" or Decimal(cell) != Decimal(repr(number)):
        yield "has more digits than are kept, expected fewer"
    if abs(number) > LARGEST:
        yield f"is too large, expected at most {LARGEST}"
    if number < least:
        yield f"is too small, expected at least {least}"


def is_period(cell: str) -> bool:
    """Whether a date exists, or a span ends no earlier than it begins."""
    try:
        days = [datetime.date.fromisoformat((part + "-01-01")[:10]) for part in cell.split("/")]
    except ValueError:
        return False
    return days == sorted(days)


def _key_faults(
    resource: dict[str, Any], tables: dict[str, pd.DataFrame], whole: set[str]
) -> Iterator[str]:
    """Doubled primary keys, and references that lead nowhere in a table that lost no row."""
    name, table = resource["path"], tables[resource["name"]]
    key = resource["schema"]["primaryKey"]
    for row in table.index[table.duplicated(key)]:
        value = ", ".join(table.loc[row, key])
        place = f"{name}, row {row}, column {', '.join(key)}"
        yield f"{place}: the key {value!r} stands a second time, expected once"
    for reference in resource["schema"].get("foreignKeys", []):
        [column], [target] = reference["fields"], reference["reference"]["fields"]
        other = reference["reference"]["resource"] or resource["name"]
        if other not in whole:
            continue
        lost = table[column][~table[column].isin(["", *tables[other][target]])]
        for row, cell in lost.items():
            told = f"{cell!r} is not in {other}.csv, expected a {target} from there"
            yield f"{name}, row {row}, column {column}: {told}"


def _country_faults(tables: dict[str, pd.DataFrame]) -> Iterator[str]:
    """Where a country has the name of another, as when one column alone was sorted."""
    actors = tables.get("actors", pd.DataFrame(columns=["kind"]))
    for row, cells in actors[actors["kind"] == "country"].to_dict("index").items():
        for column in ("name_en", "name_zh"):
            code = _codes(column[-2:]).get(cells[column])
            if code and code not in get_global("territory_aliases").get(cells["iso3"], ()):
                told = f"{cells[column]!r} is not the country {cells['iso3']}"
                yield f"actors.csv, row {row}, column {column}: {told}, expected one country"


@cache
def _codes(language: str) -> dict[str, str]:
    """The codes of countries by their names in a language."""
    return {name: code for code, name in Locale(language).territories.items()}


def _typed(table: pd.DataFrame, schema: dict[str, Any]) -> pd.DataFrame:
    table = table.astype("str").reset_index(drop=True)
    for field in schema["fields"]:
        if kind := {"number": "float64", "integer": "int64"}.get(field["type"]):
            table[field["name"]] = pd.to_numeric(table[field["name"]]).astype(kind)
    return table


def codebook(current: str) -> str:
    """The codebook: its own text up to MARK, then the descriptor's tables as Markdown."""
    text, mark, _ = current.partition(MARK)
    if not mark:
        raise DataError([f"README.md: the line {MARK!r} is missing, expected it after the rules"])
    lines = [text + mark]
    for resource in descriptor()["resources"]:
        lines += [f"\n## {resource['path']}\n", resource["description"]]
        lines += [f"Key: {', '.join(resource['schema']['primaryKey'])}.\n"]
        lines += ["| column | type | what it holds |", "| --- | --- | --- |"]
        lines += [f"| {' | '.join(field)} |" for field in described_fields(resource)]
    return "\n".join(lines) + "\n"


def targets(resource: dict[str, Any]) -> dict[str, str]:
    """The columns of a table whose values are keys of a table, and that table."""
    return {
        reference["fields"][0]: reference["reference"]["resource"] or resource["name"]
        for reference in resource["schema"].get("foreignKeys", [])
    }


def described_fields(resource: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
    """Name and type of each column of a table, and in Markdown what it holds."""
    found_in = targets(resource)
    for field in resource["schema"]["fields"]:
        rules = field.get("constraints", {})
        notes = [field["description"].rstrip(".") + "."]
        if field["name"] in found_in:
            notes.append(f"Found in {found_in[field['name']]}.csv.")
        if "enum" in rules:
            notes.append("One of: " + ", ".join(f"`{value}`" for value in rules["enum"]) + ".")
        if not rules.get("required"):
            notes.append("May be empty.")
        yield field["name"], field["type"], " ".join(notes)
