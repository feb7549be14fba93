"""How notebooks are found, run, stored and linked to one another."""

import hashlib
import json
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd
from IPython.display import display

from briefing import tables
from briefing.language import ENGLISH, label, translate
from briefing.sentences import say

if TYPE_CHECKING:
    from nbformat import NotebookNode

# nbformat and nbclient are imported where they are used: they would more than double the time
# that a notebook's kernel takes to import this package, and no kernel needs them.

ROOT = Path(__file__).resolve().parent.parent
NOTEBOOKS = ROOT / "notebooks"
CELL_SECONDS = 120
KERNEL = {"display_name": "Python 3", "language": "python", "name": "python3"}


class NotebookError(RuntimeError):
    """A notebook does not run."""


def paths(language: str = ENGLISH) -> list[Path]:
    """The notebooks of an edition, in reading order."""
    folder = NOTEBOOKS if language == ENGLISH else NOTEBOOKS / language
    return sorted(folder.glob("[0-9]*.ipynb"))


def read(path: Path) -> "NotebookNode":
    """The notebook, with its stored outputs."""
    import nbformat

    return nbformat.read(path, as_version=4)


def heading(source: str) -> tuple[str, str]:
    """The title and the finding of a notebook, from the source of its first cell."""
    title, _, finding = source.removeprefix("# ").partition("\n")
    return title, finding.strip()


def _sources(path: Path) -> list[tuple[str, str]]:
    """The type and the source of each cell, read without nbformat."""
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    return [(cell["cell_type"], "".join(cell["source"])) for cell in cells]


def _link(path: Path) -> str:
    """A link to a notebook by its title."""
    title, _ = heading(_sources(path)[0][1])
    return f"[{title}]({path.name})"


def claims() -> pd.DataFrame:
    """Which code cell of which notebook names which figure.

    A row for each: figure_id, notebook (the file's stem), cell (its number among the code cells).
    """
    known = set(tables.shared()["figures"]["figure_id"])
    rows = []
    for path in paths():
        code = [source for kind, source in _sources(path) if kind == "code"]
        for number, source in enumerate(code, start=1):
            named = dict.fromkeys(re.findall(r'"([a-z0-9-]+)"', source))
            rows += [(name, path.stem, number) for name in named if name in known]
    return pd.DataFrame(rows, columns=["figure_id", "notebook", "cell"])


def execute(path: Path) -> "NotebookNode":
    """Run a notebook in a fresh kernel in its own folder; nothing is written.

    Raises NotebookError where a cell fails.
    """
    from nbclient import NotebookClient
    from nbclient.exceptions import CellExecutionError

    notebook = read(path)
    client = NotebookClient(
        notebook,
        timeout=CELL_SECONDS,
        kernel_name="python3",
        record_timing=False,
        extra_arguments=["--IPKernelApp.log_level=ERROR"],
        resources={"metadata": {"path": str(path.parent)}},
    )
    try:
        with _closed_to_installers():
            client.execute()
    except CellExecutionError as error:
        raise NotebookError(f"{path.name}: {error.ename}: {error.evalue}") from None
    notebook.metadata = {"kernelspec": KERNEL, "briefing": {"inputs": fingerprint(notebook)}}
    return notebook


@contextmanager
def _closed_to_installers() -> Iterator[None]:
    """A notebook must not change the environment that it is tested in."""
    before = os.environ.get("PIP_NO_INDEX")
    os.environ["PIP_NO_INDEX"] = "1"
    try:
        yield
    finally:
        del os.environ["PIP_NO_INDEX"]
        if before is not None:
            os.environ["PIP_NO_INDEX"] = before


def fingerprint(notebook: "NotebookNode") -> str:
    """SHA-256 of all that makes a notebook's outputs: its cells, data, package and lock."""
    package = sorted((ROOT / "briefing").glob("*.py"))
    digest = _digest([*data_files(), *package, ROOT / "requirements.txt"])
    for cell in notebook.cells:
        digest.update(f"{cell.cell_type}\0{cell.source}\0".encode())
    return digest.hexdigest()


def data_files() -> list[Path]:
    """The files of data/ that hold data."""
    return [*sorted(tables.DATA.glob("*.csv")), tables.DATA / "datapackage.json"]


def data_version() -> str:
    """The version of the data: the first 12 digits of the SHA-256 over its files."""
    return _digest(data_files()).hexdigest()[:12]


def _digest(paths: list[Path]) -> "hashlib._Hash":
    digest = hashlib.sha256()
    for path in paths:
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest


def current(path: Path) -> "NotebookNode":
    """The notebook with outputs that its inputs give: the stored ones, or fresh if stale."""
    notebook = read(path)
    stored = notebook.metadata.get("briefing", {}).get("inputs")
    return notebook if stored == fingerprint(notebook) else execute(path)


def store(notebook: "NotebookNode", path: Path) -> None:
    """Write a notebook whole or not at all."""
    import nbformat

    write_whole(path, nbformat.writes(notebook) + "\n")


def write_whole(path: Path, text: str) -> None:
    """Replace a file in one step, so that an interruption leaves the old one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.{os.getpid()}")
    temporary.write_text(text, encoding="utf-8", newline="\n")
    temporary.replace(path)


def show_coverage(section_id: str = "") -> None:
    """Say which section and paragraphs of the report a notebook covers; all, if none is named."""
    recorded = tables.shared()["paragraphs"]
    inside = recorded["section_id"].str.match(rf"{re.escape(section_id)}(\.|$)")
    covered = recorded if not section_id else recorded[inside]
    numbered = covered["paragraph_id"][covered["paragraph_id"].str.isdigit()]
    if section_id:
        template = "Covers section {section}, {title}: paragraphs {first} to {last}."
    else:
        template = (
            "Covers the whole report: the summary, paragraphs {first} to {last}, box and notes."
        )
    heading = label("sections", section_id, "title") if section_id else ""
    first, last = numbered.iloc[0], numbered.iloc[-1]
    display(say(template, section=section_id, title=heading, first=first, last=last))


def show_contents() -> None:
    """List the notebooks of the edition, by title."""
    _show_markdown("\n".join(f"- {_link(path)}" for path in paths()[1:]))


def show_neighbours(name: str) -> None:
    """Link to the notebooks before and after the one named, e.g. `04-funding`."""
    found = paths()
    place = [path.stem for path in found].index(name)
    links = [
        f"{translate(word)} {_link(path)}"
        for word, path in (
            ("Previous:", found[place - 1] if place else None),
            ("Next:", found[place + 1] if place + 1 < len(found) else None),
        )
        if path
    ]
    _show_markdown(" · ".join(links))


def _show_markdown(text: str) -> None:
    display({"text/markdown": text, "text/plain": text}, raw=True)
