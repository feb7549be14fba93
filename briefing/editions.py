"""How notebooks are found, translated, run, stored and linked to one another.

The English notebooks are the source of every edition: another language's notebooks are made from
them and its PO file.
"""

import hashlib
import io
import json
import os
import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd
from IPython.display import display

from briefing import files, tables
from briefing.language import (
    ENGLISH,
    catalog_path,
    current,
    label,
    languages,
    paragraphs,
    read_catalog,
    speaking,
    translate,
)
from briefing.sentences import say

if TYPE_CHECKING:
    from nbformat import NotebookNode

# nbformat and nbclient are imported where they are used: they would more than double the time
# that a notebook's kernel takes to import this package, and no kernel needs them.

ROOT = Path(__file__).resolve().parent.parent
NOTEBOOKS = ROOT / "notebooks"
CELL_SECONDS = 120
KERNEL = {"display_name": "Python 3", "language": "python", "name": "python3"}
HEADER = """\
# What the notebooks, pages and sheets say.
msgid ""
msgstr ""
"Language: {language}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"

"""
ASKED = "import json\nfrom briefing import language\nprint(json.dumps(list(language.asked)))"
ASK_ALL = ("briefing.claims(", "briefing.card(")  # whose answers depend on all notebooks


class NotebookError(RuntimeError):
    """A notebook does not run."""


def paths() -> list[Path]:
    """The English notebooks, in reading order."""
    return sorted(NOTEBOOKS.glob("[0-9]*.ipynb"))


def folder(language: str) -> Path:
    """Where the notebooks of an edition stand."""
    return NOTEBOOKS if language == ENGLISH else NOTEBOOKS / language


def sources(path: Path) -> list[tuple[str, str]]:
    """The type and the source of each cell of a notebook in the current language."""
    return [
        (kind, translate(source) if kind == "markdown" else source)
        for kind, source in _english(path)
    ]


def _english(path: Path) -> list[tuple[str, str]]:
    """The type and the source of each cell of an English notebook, read without nbformat."""
    return _read(path, path.stat().st_mtime_ns)[0]


@cache
def _read(path: Path, changed: int) -> tuple[list[tuple[str, str]], str]:
    """The type and source of each cell of a notebook, and the fingerprint kept with its outputs.

    Read once for each change, as every notebook is asked for what all others link to.
    """
    notebook = json.loads(path.read_text(encoding="utf-8"))
    cells = [(cell["cell_type"], "".join(cell["source"])) for cell in notebook["cells"]]
    return cells, notebook["metadata"].get("briefing", {}).get("inputs", "")


def heading(path: Path) -> tuple[str, str]:
    """The title and the finding of a notebook in the current language."""
    title, _, finding = translate(_english(path)[0][1]).removeprefix("# ").partition("\n")
    return title, " ".join(finding.split())


def theme(path: Path) -> str:
    """The first words of a notebook's title, up to the colon."""
    return re.split("[:：]", heading(path)[0])[0]


def claims() -> pd.DataFrame:
    """Which code cell of which notebook names which figure.

    A row for each: figure_id, notebook (the file's stem), title (its first words), cell (its number
    among the code cells).
    """
    known = set(tables.shared()["figures"]["figure_id"])
    rows = []
    for path in paths():
        code = [source for kind, source in _english(path) if kind == "code"]
        title = theme(path)
        for number, source in enumerate(code, start=1):
            named = dict.fromkeys(re.findall(r'"([a-z0-9-]+)"', source))
            rows += [(name, path.stem, title, number) for name in named if name in known]
    return pd.DataFrame(rows, columns=["figure_id", "notebook", "title", "cell"])


def current_edition(path: Path, language: str) -> "NotebookNode":
    """A notebook of an edition with its stored outputs, or with fresh ones where they are stale."""
    import nbformat

    if is_current(path, language):
        return nbformat.read(folder(language) / path.name, as_version=4)
    return execute(path, language)


def is_current(path: Path, language: str) -> bool:
    """Whether the outputs stored in an edition were made by what is there now."""
    with speaking(language):
        return _stored_inputs(folder(language) / path.name) == fingerprint(path)


def stale() -> list[Path]:
    """The notebooks of all editions whose stored outputs were made by something else."""
    return [
        folder(language) / path.name
        for language in languages()
        for path in paths()
        if not is_current(path, language)
    ]


def _stored_inputs(stored: Path) -> str:
    """The fingerprint kept with a notebook's outputs; "" where there is none."""
    return _read(stored, stored.stat().st_mtime_ns)[1] if stored.exists() else ""


def execute(path: Path, language: str = ENGLISH) -> "NotebookNode":
    """Run a notebook in a language, in a fresh kernel in the edition's folder; write nothing.

    Raises NotebookError where a cell fails.
    """
    with speaking(language):
        inputs = fingerprint(path)
        notebook = _translated(path)
    _run(notebook, path.name, folder(language))
    notebook.metadata = {"kernelspec": KERNEL, "briefing": {"inputs": inputs}}
    return notebook


def _translated(path: Path) -> "NotebookNode":
    """A notebook in the current language, without outputs."""
    import nbformat

    notebook = nbformat.read(path, as_version=4)
    for cell, (_, source) in zip(notebook.cells, sources(path), strict=True):
        cell.source = source
        if cell.cell_type == "code":
            cell.outputs = []
    return notebook


def _run(notebook: "NotebookNode", name: str, where: Path) -> None:
    from nbclient import NotebookClient
    from nbclient.exceptions import CellExecutionError, CellTimeoutError

    client = NotebookClient(
        notebook,
        timeout=CELL_SECONDS,
        kernel_name="python3",
        record_timing=False,
        extra_arguments=["--IPKernelApp.log_level=ERROR"],
        resources={"metadata": {"path": str(where)}},
    )
    try:
        where.mkdir(exist_ok=True)
        client.execute(env=_surroundings())
    except CellExecutionError as error:
        raise NotebookError(f"{name}: {error.ename}: {error.evalue}") from None
    except CellTimeoutError:
        told = f"a cell takes more than {CELL_SECONDS} seconds, expected less"
        raise NotebookError(f"{name}: {told}") from None
    except (RuntimeError, OSError) as error:  # a kernel that cannot begin, or was killed
        raise NotebookError(f"{name}: its kernel ended ({error}), expected it to go on") from None
    for cell in notebook.cells:
        if any(output.output_type == "error" for output in cell.get("outputs", [])):
            last = cell.source.splitlines()[-1]  # an error in how something is shown ends no cell
            raise NotebookError(f"{name}: `{last}` cannot be shown, expected it to be")


def _surroundings() -> dict[str, str]:
    """The environment of a kernel: it imports this package and no other, and installs nothing."""
    found = [str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])]
    return os.environ | {"PYTHONPATH": os.pathsep.join(found), "PIP_NO_INDEX": "1"}


def messages(path: Path) -> list[str]:
    """All that a notebook says through the package or in markdown, in English."""
    import nbformat

    with speaking(ENGLISH):
        notebook = _translated(path)
    said = [source for kind, source in _english(path) if kind == "markdown"]
    notebook.cells.append(nbformat.v4.new_code_cell(ASKED))
    _run(notebook, path.name, NOTEBOOKS)
    return said + json.loads(notebook.cells[-1].outputs[0].text)


def update_catalog(language: str, said: dict[str, list[str]]) -> int:
    """Bring a language's PO file up to date; returns how many messages it lacks.

    said: where each message is said, notebooks or modules. A message that is like an old one takes
    over its translation as a fuzzy one, to be checked.
    """
    from babel.messages.catalog import Catalog
    from babel.messages.pofile import write_po

    path = catalog_path(language)
    header = HEADER.format(language=language).encode()
    catalog = read_catalog(language) if path.exists() else Catalog(language)
    template = Catalog()
    for message, places in (said | _labels(language)).items():
        template.add(message, locations=[(place, None) for place in places])
    catalog.update(template)
    buffer = io.BytesIO()
    write_po(buffer, catalog, width=100, ignore_obsolete=True, omit_header=True)
    files.write_whole(path, header + buffer.getvalue())
    return sum(1 for message in catalog if message.id and (message.fuzzy or not message.string))


def _labels(language: str) -> dict[str, list[str]]:
    """The English labels of data/ that a language has no column for."""
    labels: dict[str, list[str]] = {}
    for name, table in tables.shared().items():
        for column in table.columns[table.columns.str.endswith("_en")]:
            if f"{column.removesuffix('_en')}_{language}" not in table:
                labels |= {text: [f"data/{name}.csv"] for text in table[column] if text}
    return labels


def fingerprint(path: Path) -> str:
    """SHA-256 of all that makes a notebook's outputs in the current language.

    These are its cells, the titles that it links to, data, package, lock and PO file.
    """
    cells = _english(path)
    asks_all = any(call in source for _, source in cells for call in ASK_ALL)
    digest = hashlib.sha256(_common_inputs(current(), asks_all).encode())
    _add_cells(digest, cells)
    return digest.hexdigest()


@cache
def _common_inputs(language: str, asks_all: bool) -> str:
    """SHA-256 of what every notebook of a language is made from; with all cells of all, if asked.

    Made once, so that a notebook among a thousand costs what it costs among ten.
    """
    package = sorted((ROOT / "briefing").glob("*.py"))
    po = [] if language == ENGLISH else [catalog_path(language)]
    digest = _digest([*data_files(), *package, ROOT / "requirements.txt", *po])
    for other in paths():
        _add_cells(digest, _english(other) if asks_all else _english(other)[:1])
    return digest.hexdigest()


def _add_cells(digest: "hashlib._Hash", cells: list[tuple[str, str]]) -> None:
    for kind, source in cells:
        digest.update(f"{kind}\0{source}\0".encode())


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


def store(notebook: "NotebookNode", path: Path) -> None:
    """Write a notebook whole or not at all."""
    import nbformat

    files.write_whole(path, nbformat.writes(notebook) + "\n")


def show_coverage(section_id: str = "") -> None:
    """Say which section and paragraphs of the report a notebook covers; all, if none is named."""
    recorded = tables.shared()["paragraphs"]
    inside = recorded["section_id"].str.match(rf"{re.escape(section_id)}(\.|$)")
    covered = recorded if not section_id else recorded[inside]
    if not section_id:
        everything = paragraphs(covered["paragraph_id"])
        display(say("Covers the whole report: {paragraphs}.", paragraphs=everything))
        return
    numbered = covered["paragraph_id"][covered["paragraph_id"].str.isdigit()]
    template = "Covers section {section}, {title}: paragraphs {first} to {last}."
    title = label("sections", section_id, "title")
    first, last = numbered.iloc[0], numbered.iloc[-1]
    display(say(template, section=section_id, title=title, first=first, last=last))


def show_contents() -> None:
    """List the notebooks of the edition, by title."""
    _show_markdown("\n".join(f"- [{heading(path)[0]}]({path.name})" for path in paths()[1:]))


def show_neighbours(name: str) -> None:
    """Link to the notebooks before and after the one named, e.g. `02-staff`, by theme."""
    found = paths()
    place = [path.stem for path in found].index(name)
    before, after = found[:place][-1:], found[place + 1 :][:1]
    named = [("Previous: {link}", path) for path in before]
    named += [("Next: {link}", path) for path in after]
    links = [translate(m).format(link=f"[{theme(p)}]({p.name})") for m, p in named]
    _show_markdown(" · ".join(links))


def _show_markdown(text: str) -> None:
    display({"text/markdown": text, "text/plain": text}, raw=True)
