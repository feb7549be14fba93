"""How data/ is read and validated; the schema is data/datapackage.json and nothing else.

`load` either returns tables that obey the schema or names every fault in one go.
"""

import csv
import datetime
import io
import math
import re
import unicodedata
from collections.abc import Callable, Iterator
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd

from briefing.sources import characters, formulas, spreadsheets, truth
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
    """Tables by name, each handed out as a copy.

    To ask for one that is not there is told in a sentence.
    """

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
    resources = read_descriptor(folder)["resources"]
    tables: dict[str, pd.DataFrame] = {}
    paths = {resource["path"] for resource in resources}
    strays = sorted({path.name for path in folder.glob("[!.]*.csv")} - paths)
    known = "is no table of datapackage.json, expected it gone or renamed: it looks like a copy"
    faults = [f"{name}: {known}" for name in strays]
    whole: set[str] = set()  # tables that lost no row, so that a key not in them is truly missing
    for resource in resources:
        table, found, complete = _read(folder / resource["path"], resource["schema"])
        faults += found
        if table is not None:
            tables[resource["name"]] = table
        if complete:
            whole.add(resource["name"])
    for resource in resources:
        if resource["name"] in tables:
            faults += _key_faults(resource, tables, whole)
    faults = faults or list(truth.faults(tables))
    if faults:
        raise DataError(list(spreadsheets.once(faults)))
    return Tables(
        (resource["name"], _typed(tables[resource["name"]], resource["schema"]))
        for resource in resources
    )


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
    try:
        text, fault = characters.decode(path.read_bytes())
    except OSError as error:
        fault = f": cannot be read ({error.strerror}), expected a CSV file"
        return None, [f"{path.name}{fault}"], False
    if text is None:
        return None, [f"{path.name}{fault}, expected UTF-8: {spreadsheets.IN_EXCEL}"], False
    if "\0" in text:
        row = text[: text.index("\0")].count("\n") + 1
        return None, [f"{path.name}, row {row}: holds a NUL character, expected none"], False
    columns = [field["name"] for field in schema["fields"]]
    reader = csv.reader(io.StringIO(text.rstrip("\r\n"), newline=""), strict=True)
    try:
        header, *rows = list(reader) or [[]]
    except csv.Error as error:
        sentence = f"cannot be read as CSV ({error}), expected closed quotation marks"
        return None, [f"{path.name}, row {reader.line_num}: {sentence}"], False
    faults = list(spreadsheets.faults(path.name, [header, *rows], columns))
    if not faults and header != columns:
        faults = list(_header_faults(path.name, header, columns))
    if faults:
        return None, faults, False
    faults = [
        f"{path.name}, row {number}: {len(row)} fields, expected {len(columns)}"
        for number, row in enumerate(rows, start=2)
        if len(row) != len(columns)
    ]
    numbers = [n for n, row in enumerate(rows, start=2) if len(row) == len(columns)]
    good = [row for row in rows if len(row) == len(columns)]
    table = pd.DataFrame(good, columns=columns, index=numbers, dtype=object)
    for field in schema["fields"]:
        faults += _cell_faults(path.name, table[field["name"]], field)
    return table, faults, len(good) == len(rows)


def _header_faults(name: str, header: list[str], columns: list[str]) -> Iterator[str]:
    doubled = {column for column in header if header.count(column) > 1}
    for column in sorted(doubled):
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
    checks = list(_checks(field))
    found = {
        cell: next((sentence for is_wrong, sentence in checks if is_wrong(cell)), None)
        for cell in set(cells)
    }
    for row, cell in cells.items():
        if found[cell]:
            yield f"{name}, row {row}, column {field['name']}: {cell!r} {found[cell]}"


def _checks(field: dict[str, Any]) -> Iterator[tuple[Callable[[str], Any], str]]:
    """What is wrong with a cell of a column, and how it is told; the first is told alone."""
    rules, kind = field.get("constraints", {}), field["type"]
    yield spreadsheets.OWN_WORD.fullmatch, "is a spreadsheet's own word, expected what stood there"
    yield (
        characters.UNSEEN.search,
        "holds an invisible character or an unusual space, expected none",
    )
    yield lambda cell: cell != cell.strip(), "begins or ends with a space, expected none"
    yield lambda cell: not _is_nfc(cell), "is not in Unicode's normal form C, expected that form"
    if kind not in TYPES:
        yield formulas.runs, "begins like a formula, expected words"
    if rules.get("required"):
        yield lambda cell: not cell, "is empty, expected a value"
    if kind in TYPES:
        short = "is how a spreadsheet shortens a long number, expected all its digits: format it so"
        yield spreadsheets.SHORT.fullmatch, short
        pattern, expected = TYPES[kind]
        number = re.compile(pattern).fullmatch
        yield lambda cell: cell and not number(cell), f"is not {expected}"
        yield (
            lambda cell: cell and not _is_kept(cell),
            "has more digits than are kept, expected fewer",
        )
        large = f"is too large, expected at most {LARGEST}"
        yield lambda cell: cell and abs(float(cell)) > LARGEST, large
        least = rules.get("minimum", -math.inf)
        small = f"is too small, expected at least {least}"
        yield lambda cell: cell and float(cell) < least, small
    if field.get("rdfType") == EDTF:
        turned = "is how a spreadsheet rewrites a date, expected e.g. 2012-05: format it as text"
        yield lambda cell: spreadsheets.DATE.fullmatch(cell) and not is_period(cell), turned
        dated = "is no date or span, expected e.g. 2012-05"
        yield lambda cell: cell and not is_period(cell), dated
    if "pattern" in rules:
        form = re.compile(rules["pattern"]).fullmatch
        told = f"does not have the expected form {rules['pattern']}"
        yield lambda cell: cell and not form(cell), told
    if "enum" in rules:
        known = f"is unknown, expected one of {', '.join(rules['enum'])}"
        yield lambda cell: cell and cell not in rules["enum"], known


def _is_nfc(cell: str) -> bool:
    return unicodedata.is_normalized("NFC", cell)


def _is_kept(cell: str) -> bool:
    """Whether floating point keeps a number as it is written."""
    return cell != "-0" and Decimal(cell) == Decimal(repr(float(cell)))


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
    """Doubled primary keys and references that lead nowhere."""
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
        lost = (table[column] != "") & ~table[column].isin(tables[other][target])
        for row in table.index[lost]:
            yield (
                f"{name}, row {row}, column {column}: {table.loc[row, column]!r} is not "
                f"in {other}.csv, expected a {target} from there"
            )


def _typed(table: pd.DataFrame, schema: dict[str, Any]) -> pd.DataFrame:
    numeric = {"number": "float64", "integer": "int64"}
    kinds = {field["name"]: numeric.get(field["type"], "str") for field in schema["fields"]}
    numbers = {name: pd.to_numeric(table[name]) for name, kind in kinds.items() if kind != "str"}
    return table.assign(**numbers).astype(kinds).reset_index(drop=True)


def codebook(current: str, folder: Path = DATA) -> str:
    """The codebook: its own text up to MARK, then the descriptor's tables as Markdown."""
    text, mark, _ = current.partition(MARK)
    if not mark:
        raise DataError([f"README.md: the line {MARK!r} is missing, expected it after the rules"])
    return (
        text + mark + "\n" + "\n".join(_described(r) for r in read_descriptor(folder)["resources"])
    )


def _described(resource: dict[str, Any]) -> str:
    lines = [
        f"\n## {resource['path']}\n\n{resource['description']}",
        f"Key: {', '.join(resource['schema']['primaryKey'])}.\n",
        "| column | type | what it holds |",
        "| --- | --- | --- |",
    ]
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
