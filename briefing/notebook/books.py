"""How a notebook's file is read, and what is wrong with one that is no notebook.

It is read without nbformat, which would more than double the time that a kernel takes to begin.
"""

import hashlib
import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from briefing.sources.characters import CONFLICT, DAMAGE, damaged
from briefing.sources.schema import once

EXPECTED = "expected a notebook as JupyterLab saves it"
NO_TEXT = re.compile("[\0\ud800-\udfff]")
MERGED = re.compile("(?:<{7}|>{7}) \\w")  # as tools that merge notebooks leave it within a cell
FORMAT, IDS_SINCE = 4, 5  # its major version, and the minor one from which cells have ids


class NotebookError(RuntimeError):
    """A notebook cannot be read, or does not run."""


def contents(path: Path) -> tuple[list[tuple[str, str]], dict[str, str], str]:
    """The type and source of each cell of a notebook, what its outputs were made from, and these.

    Read once for each change, as every notebook is asked for what all others link to. Raises
    NotebookError where it is no notebook. Outputs are a digest, by which a change of them is known.
    """
    return _contents(path, path.stat().st_mtime_ns if path.exists() else 0)


@cache
def _contents(path: Path, changed: int) -> tuple[list[tuple[str, str]], dict[str, str], str]:
    notebook = read(path)
    cells = [(cell["cell_type"], "".join(cell["source"])) for cell in notebook["cells"]]
    run = filter(_is_run, notebook["cells"])
    whole = all(cell.get("execution_count") for cell in run)  # its outputs were not cleared
    own = notebook["metadata"].get("briefing") if whole else None
    inputs = own.get("inputs") if isinstance(own, dict) else None
    return cells, inputs if isinstance(inputs, dict) else {}, digest(notebook["cells"])


def digest(cells: list[Any]) -> str:
    """The first 12 digits of the SHA-256 over what cells show, in whatever order they were run."""
    shown = [_whole(cell.get("outputs", [])) for cell in filter(_is_run, cells)]
    written = json.dumps(shown, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(written.encode("utf-8", "surrogatepass")).hexdigest()[:12]


def _is_run(cell: dict[str, Any]) -> bool:
    """Whether a cell is of code and holds some, which the last that JupyterLab adds does not."""
    return cell["cell_type"] == "code" and bool("".join(cell["source"]).strip())


def _whole(content: Any) -> Any:
    """Outputs in which text is one, as a file may hold it in lines."""
    if isinstance(content, dict):
        return {name: _whole(it) for name, it in content.items() if name != "execution_count"}
    if isinstance(content, list) and all(isinstance(part, str) for part in content):
        return "".join(content)
    return list(map(_whole, content)) if isinstance(content, list) else content


def read(path: Path) -> dict[str, Any]:
    """A notebook's file, whose cells have a type, a source and an id of their own.

    Raises NotebookError, which names file and line, or cell, for any other file.
    """
    name = named(path)
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise NotebookError(f"{name}: cannot be read ({error.strerror}), {EXPECTED}") from None
    text, fault = _decoded(raw)
    try:
        notebook = json.loads(text, object_pairs_hook=once) if not fault else None
    except LookupError as error:
        fault = _damage(text) or f": {error.args[0]}"
    except json.JSONDecodeError as error:
        told = f", line {error.lineno}: is not JSON ({error.msg}), {EXPECTED}"
        fault = _damage(text) or told
    except (RecursionError, ValueError):  # nested without end; a number of thousands of digits
        fault = f": holds too much to be read, {EXPECTED}"
    if fault := fault or next(_faults(notebook), ""):
        raise NotebookError(f"{name}{fault}")
    return notebook


def named(path: Path) -> str:
    """A notebook as it is told of, with its folder, which is its edition's."""
    return f"{path.parent.name}/{path.name}"


def _decoded(raw: bytes) -> tuple[str, str]:
    """The text of a file, and where and why it cannot be JSON."""
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        return "", f", line {line}: is not UTF-8, {EXPECTED}"
    if not text.strip():
        return "", f": is empty, {EXPECTED}"
    if text.startswith("\ufeff"):
        return "", ", line 1: begins with a mark of byte order, expected UTF-8 without it"
    return text, ""


def _damage(text: str) -> str:
    """Where a text that is not JSON was damaged."""
    line, told = damaged(text)
    return f", line {line}: {told}" if line else ""


def _faults(notebook: Any) -> Iterator[str]:
    """What keeps JSON from being a notebook."""
    book = notebook if isinstance(notebook, dict) else {}
    cells = book.get("cells")
    if book and (book.get("nbformat") != FORMAT or type(book["nbformat"]) is not int):
        told = repr(book["nbformat"]) if "nbformat" in book else "none that it names"
        yield f": its format is {told}, expected {FORMAT}: save it in JupyterLab"
    if not isinstance(cells, list) or not isinstance(book.get("metadata"), dict):
        yield f": is JSON, but no notebook, {EXPECTED}"
        return
    minor, seen = book.get("nbformat_minor"), set()
    if type(minor) is not int:
        yield f": its nbformat_minor is {minor!r}, expected a number: save it in JupyterLab"
        return
    for number, cell in enumerate(cells, start=1):
        if fault := _cell_fault(cell):
            yield f", cell {number}: {fault}"
        elif minor >= IDS_SINCE:
            given = cell.get("id")
            if not isinstance(given, str) or given in seen:
                told = "has the id of another cell" if given in seen else "has no id"
                yield f", cell {number}: {told}, expected its own: save it in JupyterLab"
            seen.add(given)
        elif "id" in cell:
            told = f"has an id, and the notebook's nbformat_minor is {minor}, expected {IDS_SINCE}"
            yield f", cell {number}: {told}: save it in JupyterLab"


def _cell_fault(cell: Any) -> str:
    if not isinstance(cell, dict) or cell.get("cell_type") not in ("code", "markdown", "raw"):
        return "has no type, expected code, markdown or raw"
    source = cell.get("source")
    lines = [source] if isinstance(source, str) else source
    if not isinstance(lines, list) or not all(isinstance(line, str) for line in lines):
        return "has no source, expected text"
    if found := NO_TEXT.search("".join(lines)):
        return f"its source holds {found[0]!r}, expected text"
    if MERGED.search("".join(lines)):
        return DAMAGE[CONFLICT]
    return ""
