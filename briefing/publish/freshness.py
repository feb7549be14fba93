"""What a notebook's stored outputs were made from, and which of it is another now.

Outputs depend on what the kernel imports and on the tables that it reads, and on nothing else. The
names of both are kept with the outputs, each with a digest of the content that matters.
"""

import csv
import hashlib
import io
import json
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from briefing.core.language import ENGLISH, catalog, catalog_path, current
from briefing.notebook import navigation
from briefing.sources import tables

# Said by a kernel when all cells have run: the tables read and the modules of this package, and
# what its language lacks.
RECORD = """\
import json, sys
from pathlib import Path
from briefing.core import language
from briefing.sources import tables
modules = [module for name, module in sys.modules.items() if name.split(".")[0] == "briefing"]
files = [Path(module.__file__).relative_to(tables.ROOT).as_posix() for module in modules]
files.append("briefing/notebook/house.mplstyle")
asked = [name.partition("#") for name in sorted(tables.asked)]
read = [f"data/{table}.csv{sign}{key}" for table, sign, key in asked]
print(json.dumps([[*read, *sorted(files)], list(language.lacking)]))
"""
ASK_ALL = ("briefing.claims(", "briefing.card(")  # whose answers depend on all notebooks
LIBRARIES = ("babel", "ipython", "matplotlib", "numpy", "pandas", "pillow", "pylopdf-fonts-zh-cn")
CELLS, OUTPUTS, OTHERS = "its cells", "its outputs", "other notebooks"
OWN = "its own cells, which are made from the PO file,"
MESSAGES = "its messages"
LOCK, SCHEMA = "requirements.txt", "data/datapackage.json"
MANY = 20  # rows of a table that are told one by one
Inputs = dict[str, str]


def inputs(path: Path, names: list[str]) -> Inputs:
    """A digest of each thing that a notebook's outputs in the current language are made from.

    names: files that its kernel imports or reads, relative to the project; a row of a table is
    `data/figures.csv#KEY`. What is gone has the digest "".
    """
    cells = navigation.english(path)
    asks_all = any(call in source for _, source in cells for call in ASK_ALL)
    code = "".join(source for kind, source in cells if kind == "code")
    read = [f"data/{table.name}" for table in data_files() if table.name in code]  # by pandas alone
    files_of = {name: name.partition("#")[0] for name in (*names, *read)}
    found = {CELLS: of_cells(cells), OTHERS: _others(asks_all), LOCK: _libraries()}
    found[SCHEMA] = _schema(frozenset(files_of.values()))
    if current() != ENGLISH:
        found[MESSAGES] = _messages(current(), path.name)
    # A table is a whole where it, or many rows of it, were read.
    rows = Counter(file for name, file in files_of.items() if "#" in name)
    apart = (file if file in files_of or rows[file] > MANY else n for n, file in files_of.items())
    return found | {name: (_row if "#" in name else _file)(name) for name in apart}


def changed(stored: Inputs, now: Inputs) -> list[str]:
    """What differs between what outputs were made from and what is there now."""
    return [name for name in now if stored.get(name) != now[name]] if stored else [OUTPUTS]


def data_files() -> list[Path]:
    """The files of data/ that hold data."""
    found = sorted(path for path in tables.DATA.glob("[!.~]*.csv") if path.is_file())
    return [*found, tables.DATA / "datapackage.json"]


@cache
def data_version() -> str:
    """The version of the data: the first 12 digits of the SHA-256 over its files' text."""
    texts = ((path.name, _text(path)) for path in data_files())
    return _digest([(name, text.encode().hex()) for name, text in texts])


def _digest(content: object) -> str:
    written = content if isinstance(content, str) else json.dumps(content)
    return hashlib.sha256(written.encode()).hexdigest()[:12]


def of_cells(cells: list[tuple[str, str]]) -> str:
    """A digest of the types and sources of cells; one that holds nothing is none."""
    return _digest([(kind, source) for kind, source in cells if source.strip()])


@contextmanager
def _told() -> Iterator[None]:
    """What cannot be read is told of as where it is read for its content."""
    try:
        yield
    except (OSError, UnicodeDecodeError, csv.Error):
        tables.shared()
        if current() != ENGLISH:
            catalog(current())
        raise


@_told()
def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8-sig")


@cache
def _file(name: str) -> str:
    """Of a file's text or of a table's cells, whatever marks, quotes and line ends stand around."""
    path = tables.ROOT / name
    if not path.exists():
        return ""
    return _digest(_rows(path) if path.suffix == ".csv" else _text(path))


def _row(name: str) -> str:
    table, _, key = name.partition("#")
    row = _table(tables.ROOT / table).get(key)
    return _digest(row) if row else ""


@cache
def _table(path: Path) -> dict[str, list[str]]:
    """The rows of a table by their first cell."""
    return {row[0]: row for row in _rows(path)} if path.exists() else {}


@cache
@_told()
def _rows(path: Path) -> list[list[str]]:
    return list(filter(any, csv.reader(io.StringIO(_text(path)))))


@cache
def _others(asks_all: bool) -> str:
    """Of the titles of all notebooks, or of all their cells."""
    books = map(navigation.english, navigation.paths())
    return _digest([of_cells(cells if asks_all else cells[:1]) for cells in books])


@cache
def _libraries() -> str:
    """Of the versions of the libraries that a kernel draws and words with."""
    lock = (tables.ROOT / LOCK).read_text(encoding="utf-8")
    return _digest(re.findall(rf"^(?:{'|'.join(LIBRARIES)})==\S+", lock, re.MULTILINE))


@cache
def _schema(read: frozenset[str]) -> str:
    """Of what the descriptor says of the report, and of the columns of the tables read."""
    descriptor = tables.descriptor()
    columns = [
        (field["name"], field["type"])
        for resource in descriptor["resources"]
        if f"data/{resource['path']}" in read
        for field in resource["schema"]["fields"]
    ]
    return _digest([descriptor["report"], descriptor["title"], columns])


@cache
def _messages(language: str, notebook: str) -> str:
    """Of the messages of a language's PO file that a notebook says."""
    entries = _text(catalog_path(language)).split("\n\n")
    said = (entry.splitlines() for entry in entries if f"notebooks/{notebook}" in entry)
    return _digest(["\n".join(it for it in lines if not it.startswith("#:")) for lines in said])
