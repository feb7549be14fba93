"""How the schema is read: data/datapackage.json, and what is wrong with it.

`read_descriptor` either returns one that the rest of the package can rely on or names every fault.
"""

import json
import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

from briefing.sources.characters import damaged

NAME = "datapackage.json"
TYPES = {"string", "number", "integer"}
# What the package relies on. A list is of one or more of its only item; `?` marks what may be left
# out, and `*` a list that may be empty.
RULES = {"required?": bool, "pattern?": str, "minimum?": (int, float), "enum?": [str]}
FIELD = {"name": str, "type": str, "description": str, "constraints?": RULES}
KEY = {"fields": [str], "reference": {"resource": str, "fields": [str]}}
COLUMNS = {"fields": [FIELD], "primaryKey": [str], "foreignKeys?*": [KEY]}
CENSUS = {"numerals?*": [str], "guesses?*": [{"class": str}]}
FORM = {
    "title": str,
    "description": str,
    "created": str,
    "contributors": [{"title": str}],
    "report": {"symbol": str, "language": str, "census?": CENSUS},
    "resources": [{"name": str, "path": str, "description": str, "schema": COLUMNS}],
}
WORDS = {str: "words", bool: "true or false", (int, float): "a number"}


class DataError(ValueError):
    """Tables or their schema are at fault; `faults` holds one sentence for each fault."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults

    def __reduce__(self) -> tuple[type, tuple[list[str]]]:
        """Keep the faults when the error passes from one process to another."""
        return DataError, (self.faults,)


def read_descriptor(folder: Path) -> dict[str, Any]:
    """The descriptor of a folder's data package. Raises DataError with all faults found."""
    try:
        text = (folder / NAME).read_text(encoding="utf-8-sig")
    except OSError as error:
        raise DataError([f"{NAME}: cannot be read ({error.strerror}), expected JSON"]) from None
    except UnicodeDecodeError:
        raise DataError([f"{NAME}: is not UTF-8, expected UTF-8"]) from None
    row, told = damaged(text)
    if row:
        raise DataError([f"{NAME}, row {row}: {told}"])
    try:
        found = json.loads(text, object_pairs_hook=once)
    except LookupError as error:
        raise DataError([f"{NAME}: {error.args[0]}"]) from None
    except json.JSONDecodeError as error:
        place = f"{NAME}, row {error.lineno}, character {error.colno}"
        raise DataError([f"{place}: {error.msg}, expected JSON"]) from None
    except (RecursionError, ValueError):  # nested without end; a number of thousands of digits
        raise DataError([f"{NAME}: holds too much to be read, expected a descriptor"]) from None
    if faults := list(_misshapen(found, FORM, NAME)) or list(_inconsistent(found["resources"])):
        raise DataError(faults)
    return found


def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object of JSON whose keys stand once each; else the last of them would quietly be kept.

    Raises LookupError for another.
    """
    found = dict(pairs)
    if len(found) < len(pairs):
        names = sorted(name for name, _ in pairs)
        doubled = next(name for name, following in pairwise(names) if name == following)
        raise LookupError(f"{doubled!r} stands twice in one object, expected once")
    return found


def _misshapen(value: Any, form: Any, place: str) -> Iterator[str]:
    if isinstance(form, dict):
        if not isinstance(value, dict):
            yield f"{place}: {_short(value)} is no object, expected one with {', '.join(form)}"
            return
        for key, inner in form.items():
            name = key.rstrip("?*")
            if name in value and not (key.endswith("*") and value[name] == []):
                yield from _misshapen(value[name], inner, f"{place}, {name}")
            elif name not in value and "?" not in key:
                yield f"{place}: {name} is missing, expected it"
    elif isinstance(form, list):
        if not isinstance(value, list) or not value:
            yield f"{place}: {_short(value)} is no list, expected one that is not empty"
            return
        for number, item in enumerate(value, start=1):
            yield from _misshapen(item, form[0], f"{place} {number}")
    elif not isinstance(value, form):
        yield f"{place}: is {_short(value)}, expected {WORDS[form]}"


def _short(value: Any) -> str:
    said = repr(value)
    return said if len(said) < 40 else f"{said[:40]}…"


def _inconsistent(resources: list[dict[str, Any]]) -> Iterator[str]:
    """Where names, types, patterns and keys do not fit one another."""
    columns = {it["name"]: [field["name"] for field in it["schema"]["fields"]] for it in resources}
    if len(columns) < len(resources):
        yield f"{NAME}, resources: a name stands twice, expected each once"
    for resource in resources:
        name, schema = resource["name"], resource["schema"]
        place = f"{NAME}, {name}"
        if resource["path"] != f"{name}.csv":
            yield f"{place}: the path is {resource['path']!r}, expected '{name}.csv'"
        if len(set(columns[name])) < len(columns[name]):
            yield f"{place}: a column stands twice, expected each once"
        for field in schema["fields"]:
            yield from _field_faults(field, f"{place}, {field['name']}")
        for column in schema["primaryKey"]:
            if column not in columns[name]:
                yield f"{place}: the primary key {column!r} is no column, expected one"
        # A reference is of one column to one column, of the same table where that is "".
        for key in schema.get("foreignKeys", []):
            table, target = key["reference"]["resource"] or name, key["reference"]["fields"]
            for known, named in ((name, key["fields"]), (table, target)):
                if len(named) != 1 or named[0] not in columns.get(known, []):
                    found = f"{known}.{', '.join(named)}"
                    yield f"{place}: a foreign key names {found}, expected one column"


def _field_faults(field: dict[str, Any], place: str) -> Iterator[str]:
    if field["type"] not in TYPES:
        yield f"{place}: the type {field['type']!r} is unknown, expected {', '.join(sorted(TYPES))}"
    try:
        re.compile(field.get("constraints", {}).get("pattern", ""))
    except re.error as error:
        yield f"{place}: {error.pattern!r} is no pattern ({error.msg}), expected one"
