"""Files that are no notebook, though they are called one, each with what is told of it."""

import json
from typing import Any

CELL = {"cell_type": "code", "execution_count": 1, "id": "b", "metadata": {}, "outputs": []}
CELL |= {"source": "1 + 1"}
TITLE = {"cell_type": "markdown", "id": "a", "metadata": {}, "source": ["# 资金: a title"]}
GONE = object()


def book(**fields: Any) -> bytes:
    """A notebook some of whose fields are others or gone."""
    sound = {"cells": [TITLE, CELL], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    return _written(sound | fields)


def cell(**fields: Any) -> bytes:
    """A notebook some of whose second cell's fields are others or gone."""
    return book(cells=[TITLE, _without(CELL | fields)])


def _without(fields: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if value is not GONE}


def _written(fields: dict[str, Any]) -> bytes:
    return json.dumps(_without(fields), ensure_ascii=False, indent=1).encode(
        "utf-8", "surrogatepass"
    )


SOUND, AS_LAB = book(), "expected a notebook as JupyterLab saves it"
CONFLICT = b'<<<<<<< HEAD\n   "id": "b"\n=======\n   "id": "c"\n>>>>>>> theirs\n'
MERGED = SOUND.replace(b'   "id": "b"', CONFLICT)
NOT_LAB = f", {AS_LAB}"
SAVE = "save it in JupyterLab"

BOOKS: dict[str, tuple[bytes, str]] = {
    "is empty": (b"", f": is empty{NOT_LAB}"),
    "is blank": (b" \n\n", f": is empty{NOT_LAB}"),
    "is cut off": (SOUND[:-60], f", line 18: is not JSON (Expecting ',' delimiter){NOT_LAB}"),
    "goes on after its end": (SOUND + b"}", f", line 23: is not JSON (Extra data){NOT_LAB}"),
    "is a page": (b"<html>", f", line 1: is not JSON (Expecting value){NOT_LAB}"),
    "is a pointer of Git LFS": (
        b"version https://git-lfs.github.com/spec/v1\n",
        ", line 1: only names a file that git keeps apart, expected that file: run `git lfs pull`",
    ),
    "has a conflict of a merge": (
        MERGED,
        ", line 14: has a conflict of a merge, expected one of its sides",
    ),
    "has a conflict within a cell": (
        SOUND.replace(b"1 + 1", b"<<<<<<< local\\n1 + 1\\n=======\\n>>>>>>> remote"),
        ", cell 2: has a conflict of a merge, expected one of its sides",
    ),
    "has a mark of byte order": (
        b"\xef\xbb\xbf" + SOUND,
        ", line 1: begins with a mark of byte order, expected UTF-8 without it",
    ),
    "has a key twice, as a merge leaves it": (
        SOUND.replace(b'"metadata": {', b'"metadata": {},\n  "metadata": {', 1),
        ": 'metadata' stands twice in one object, expected once",
    ),
    "is UTF-16": (SOUND.decode().encode("utf-16"), f", line 1: is not UTF-8{NOT_LAB}"),
    "is UTF-16 without a mark": (
        SOUND.decode().encode("utf-16-le"),
        f", line 8: is not UTF-8{NOT_LAB}",
    ),
    "is GB18030": (SOUND.decode().encode("gb18030"), f", line 8: is not UTF-8{NOT_LAB}"),
    "is packed": (b"\x1f\x8b\x08\x00", f", line 1: is not UTF-8{NOT_LAB}"),
    "holds NUL bytes": (
        SOUND.replace(b"1 + 1", b"1\0\0"),
        ", line 17: holds a NUL character, expected none",
    ),
    "is nested without end": (b"[" * 100_000, f": holds too much to be read{NOT_LAB}"),
    "holds an endless number": (
        b'{"cells": ' + b"9" * 5000 + b"}",
        f": holds too much to be read{NOT_LAB}",
    ),
    "is a list": (b"[]", f": is JSON, but no notebook{NOT_LAB}"),
    "is null": (b"null", f": is JSON, but no notebook{NOT_LAB}"),
    "is a settings file": (b'{"nbformat": 4}', f": is JSON, but no notebook{NOT_LAB}"),
    "is of format 3": (
        b'{"worksheets": [], "metadata": {}, "nbformat": 3, "nbformat_minor": 0}',
        f": its format is 3, expected 4: {SAVE}",
    ),
    "is of a format to come": (book(nbformat=5), f": its format is 5, expected 4: {SAVE}"),
    "names no format": (
        book(nbformat=GONE),
        f": its format is none that it names, expected 4: {SAVE}",
    ),
    "names a word for its minor format": (
        book(nbformat_minor="5"),
        f": its nbformat_minor is '5', expected a number: {SAVE}",
    ),
    "has no metadata": (book(metadata=None), f": is JSON, but no notebook{NOT_LAB}"),
    "has null for a cell": (
        book(cells=[None]),
        ", cell 1: has no type, expected code, markdown or raw",
    ),
    "has a cell of an old type": (
        cell(cell_type="heading"),
        ", cell 2: has no type, expected code, markdown or raw",
    ),
    "has a cell without an id": (
        cell(id=GONE),
        f", cell 2: has no id, expected its own: {SAVE}",
    ),
    "has two cells of one id": (
        cell(id="a"),
        f", cell 2: has the id of another cell, expected its own: {SAVE}",
    ),
    "has an id with a space": (
        cell(id="b b"),
        f", cell 2 id: 'b b' does not match '^[a-zA-Z0-9-_]+$'{NOT_LAB}",
    ),
    "has ids that its format has not": (
        book(nbformat_minor=4),
        f", cell 1: has an id, and the notebook's nbformat_minor is 4, expected 5: {SAVE}",
    ),
    "has a number for a source": (cell(source=5), ", cell 2: has no source, expected text"),
    "has a source with half a character": (
        cell(source=["\ud83d"]),
        f", line 18: is not UTF-8{NOT_LAB}",
    ),
    "has a source with a NUL character": (
        cell(source=["1\0"]),
        r", cell 2: its source holds '\x00', expected text",
    ),
    "has words for outputs": (
        cell(outputs="none"),
        f", cell 2 outputs: 'none' is not of type 'array'{NOT_LAB}",
    ),
    "has an output without a type": (
        cell(outputs=[{}]),
        f", cell 2 outputs 1: {{}} is not valid under any of the given schemas{NOT_LAB}",
    ),
    "has a word for a count": (
        cell(execution_count="1"),
        f", cell 2 execution_count: '1' is not of type 'integer', 'null'{NOT_LAB}",
    ),
    "has a field that no notebook has": (
        book(worksheets=[]),
        f": Additional properties are not allowed ('worksheets' was unexpected){NOT_LAB}",
    ),
    "has a number for a kernel": (
        book(metadata={"kernelspec": 3}),
        f", metadata kernelspec: 3 is not of type 'object'{NOT_LAB}",
    ),
}
