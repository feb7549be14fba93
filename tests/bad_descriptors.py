"""Bad descriptors: what is done to datapackage.json, and all that is told of it."""

from collections.abc import Callable
from typing import Any

Descriptor = dict[str, Any]


def first(descriptor: Descriptor) -> Descriptor:
    """The first table of the descriptor, figures."""
    return descriptor["resources"][0]


def field(descriptor: Descriptor) -> Descriptor:
    """The first column of the first table, figure_id."""
    return first(descriptor)["schema"]["fields"][0]


def key(descriptor: Descriptor) -> Descriptor:
    """The first foreign key of the first table, indicator_id."""
    return first(descriptor)["schema"]["foreignKeys"][0]


# The bytes of a descriptor, None where there is none, or a change of what it holds.
DESCRIPTORS: dict[str, tuple[bytes | Callable[[Descriptor], object] | None, str]] = {
    "is not there": (
        None,
        "datapackage.json: cannot be read (No such file or directory), expected JSON",
    ),
    "is empty": (b"", "datapackage.json, row N, character 1: Expecting value, expected JSON"),
    "ends too early": (
        b'{"title": "Figures",',
        "datapackage.json, row N, character 21: Expecting property name enclosed in "
        "double quotes, expected JSON",
    ),
    "is no object": (
        b"[]",
        "datapackage.json: [] is no object, expected one with title, description, "
        "created, contributors, report, resources",
    ),
    "is not UTF-8": (
        '{"title": "数字"}'.encode("gb18030"),
        "datapackage.json: is not UTF-8, expected UTF-8",
    ),
    "is nested without end": (
        b"[" * 100_000,
        "datapackage.json: holds too much to be read, expected a descriptor",
    ),
    "holds a key twice": (
        b'{"title": "One", "title": "Two"}',
        "datapackage.json: 'title' stands twice in one object, expected once",
    ),
    "has no tables": (
        lambda d: d.pop("resources"),
        "datapackage.json: resources is missing, expected it",
    ),
    "has an empty list of tables": (
        lambda d: d.update(resources=[]),
        "datapackage.json, resources: [] is no list, expected one that is not empty",
    ),
    "has a number for a title": (
        lambda d: d.update(title=1),
        "datapackage.json, title: is 1, expected words",
    ),
    "has no maintainers": (
        lambda d: d.pop("contributors"),
        "datapackage.json: contributors is missing, expected it",
    ),
    "has a table without a schema": (
        lambda d: first(d).pop("schema"),
        "datapackage.json, resources 1: schema is missing, expected it",
    ),
    "has a table that stands twice": (
        lambda d: d["resources"].append(first(d)),
        "datapackage.json, resources: a name stands twice, expected each once",
    ),
    "leads out of the folder": (
        lambda d: first(d).update(path="../figures.csv"),
        "datapackage.json, figures: the path is '../figures.csv', expected 'figures.csv'",
    ),
    "has a column without a type": (
        lambda d: field(d).pop("type"),
        "datapackage.json, resources 1, schema, fields 1: type is missing, expected it",
    ),
    "has a column of an unknown type": (
        lambda d: field(d).update(type="money"),
        "datapackage.json, figures, figure_id: the type 'money' is unknown, expected "
        "integer, number, string",
    ),
    "has a column that stands twice": (
        lambda d: field(d).update(name="value"),
        "datapackage.json, figures: a column stands twice, expected each once\n"
        "datapackage.json, figures: the primary key 'figure_id' is no column, "
        "expected one\n"
        "datapackage.json, figure_errata: a foreign key names figures.figure_id, expected one "
        "column\n"
        "datapackage.json, numerals: a foreign key names figures.figure_id, expected "
        "one column",
    ),
    "has a pattern that is none": (
        lambda d: field(d).update(constraints={"pattern": "("}),
        "datapackage.json, figures, figure_id: '(' is no pattern (missing ), "
        "unterminated subpattern), expected one",
    ),
    "has a word for yes": (
        lambda d: field(d).update(constraints={"required": "yes"}),
        "datapackage.json, resources 1, schema, fields 1, constraints, required: is "
        "'yes', expected true or false",
    ),
    "has a list of no words": (
        lambda d: field(d).update(constraints={"enum": []}),
        "datapackage.json, resources 1, schema, fields 1, constraints, enum: [] is "
        "no list, expected one that is not empty",
    ),
    "has a key that is no column": (
        lambda d: first(d)["schema"].update(primaryKey=["id"]),
        "datapackage.json, figures: the primary key 'id' is no column, expected one",
    ),
    "refers to no table": (
        lambda d: key(d)["reference"].update(resource="themes"),
        "datapackage.json, figures: a foreign key names themes.indicator_id, expected one column",
    ),
    "refers to no column": (
        lambda d: key(d)["reference"].update(fields=["id"]),
        "datapackage.json, figures: a foreign key names indicators.id, expected one column",
    ),
    "has a census that is no list": (
        lambda d: d["report"].update(census={"numerals": "x"}),
        "datapackage.json, report, census, numerals: 'x' is no list, expected one "
        "that is not empty",
    ),
}
