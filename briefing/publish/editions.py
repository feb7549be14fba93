"""How notebooks are translated, run and stored.

The English notebooks are the source of every edition: another language's notebooks are made from
them and its PO file.
"""

import io
import json
import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from briefing.core.language import (
    ENGLISH,
    KERNEL,
    PO,
    STRICT,
    catalog_path,
    current,
    languages,
    read_catalog,
    speaking,
    translate,
)
from briefing.notebook import books, navigation
from briefing.notebook.books import NotebookError
from briefing.publish import files, freshness, settings
from briefing.sources import tables

if TYPE_CHECKING:
    from nbformat import NotebookNode

# nbformat and nbclient are imported where they are used: they would more than double the time
# that a notebook's kernel takes to import this package, and no kernel needs them.

CELL_SECONDS = 120
SHORT = 90  # characters of what nbformat says of a field
# As JupyterLab writes them, so that a notebook that is opened and saved there is the same.
KERNELSPEC = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}
LANGUAGE_INFO = {
    "codemirror_mode": {"name": "ipython", "version": 3},
    "file_extension": ".py",
    "mimetype": "text/x-python",
    "name": "python",
    "nbconvert_exporter": "python",
    "pygments_lexer": "ipython3",
    "version": "3.11.7",
}
LAB = {"kernelspec": KERNELSPEC, "language_info": LANGUAGE_INFO}
HEADER = """\
# What the notebooks, pages and sheets say.
msgid ""
msgstr ""
"Language: {language}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"

"""
# Run once in a kernel: what notebooks read is what it was when the first of them began. Its names
# are arguments, as those of a kernel are forgotten between editions.
GUARD = """\
import os, sys
from briefing.sources import tables
def guard(event, of, os=os, data=tables.DATA):
    is_opened = event == "open" and isinstance(of[0], str) and of[2] & (os.O_WRONLY | os.O_RDWR)
    if is_opened or event in ("os.rename", "os.remove"):
        name = os.path.relpath(os.fsdecode(of[event == "os.rename"]), data)
        if not name.startswith(".."):
            raise PermissionError(f"data/{name} is written, expected notebooks to read it alone")
sys.addaudithook(guard)
"""
# Run before the cells of an edition, so that it finds the kernel as the one before it did.
BEGIN = """\
import os
from matplotlib import pyplot
from briefing.core import language
from briefing.notebook import blocks
pyplot.close("all")
for kept in (language.asked, language.lacking, blocks.shown):
    kept.clear()
os.environ[language.VARIABLE] = {language!r}
language.of_process.cache_clear()
os.chdir({folder!r})
get_ipython().reset(new_session=False)
"""
ASKED = """\
import json
from briefing.core import language
print(json.dumps(list(language.asked)))
"""


def folder(language: str) -> Path:
    """Where the notebooks of an edition stand."""
    return navigation.NOTEBOOKS if language == ENGLISH else navigation.NOTEBOOKS / language


def current_editions(path: Path, chosen: Sequence[str]) -> dict[str, "NotebookNode"]:
    """Editions of a notebook with their stored outputs, or with fresh ones where they are stale."""
    stale = [language for language in chosen if changed(path, language)]
    fresh = execute(path, stale) if stale else {}
    return {it: fresh.get(it) or read(folder(it) / path.name) for it in chosen}


def paths() -> list[Path]:
    """The English notebooks.

    Raises NotebookError where one cannot be read or has no title, before any is run.
    """
    found = navigation.paths()
    for path in found:
        read(path)
        navigation.heading(path)
    return found


def read(path: Path) -> "NotebookNode":
    """A notebook's file. Raises NotebookError where nbformat has another kind of field."""
    import nbformat

    notebook = books.read(path)
    try:
        nbformat.validate(notebook)
    except nbformat.ValidationError as error:
        steps = [str(step + 1 if isinstance(step, int) else step) for step in error.absolute_path]
        place = ", " + " ".join(steps).replace("cells", "cell", 1) if steps else ""
        fault = error.message if len(error.message) < SHORT else "is not of its kind"
        raise NotebookError(f"{books.named(path)}{place}: {fault}, {books.EXPECTED}") from None
    return nbformat.v4.to_notebook(notebook)


def changed(path: Path, language: str) -> list[str]:
    """What the outputs stored in an edition were made from and is another now."""
    _, kept, _ = _stored(path, language)
    with speaking(language):
        return freshness.changed(kept, made_from(path))


def made_from(path: Path) -> freshness.Inputs:
    """What a notebook's outputs in the current language are made from, as it is now."""
    cells, kept, outputs = _stored(path, current())
    names = [it for it in kept if it.startswith(("briefing/", "data/")) and it != freshness.SCHEMA]
    return freshness.inputs(path, names) | _own(cells) | {freshness.OUTPUTS: outputs}


def _own(cells: list[tuple[str, str]]) -> freshness.Inputs:
    """What an edition holds that is made; the English one is not."""
    return {} if current() == ENGLISH else {freshness.OWN: freshness.of_cells(cells)}


def stale() -> dict[Path, list[str]]:
    """The notebooks of all editions whose stored outputs are stale, and what changed for each."""
    return {
        folder(language) / path.name: names
        for language in languages()
        for path in navigation.paths()
        if (names := changed(path, language))
    }


def _stored(path: Path, language: str) -> tuple[list[tuple[str, str]], freshness.Inputs, str]:
    """The cells of an edition, what its outputs were made from, and a digest of these."""
    stored = folder(language) / path.name
    try:
        return books.contents(stored) if stored.exists() else ([], {}, "")
    except NotebookError:
        if language == ENGLISH:
            raise
        return [], {}, ""  # it is made again from the English one


def execute(path: Path, chosen: Sequence[str]) -> dict[str, "NotebookNode"]:
    """Run editions of a notebook, each in its folder as in a fresh kernel; write nothing.

    They share one, as half of what a notebook takes is that its kernel begins, which is found where
    a user's settings are set aside. Raises NotebookError where a cell fails.
    """
    editions = {}
    for language, (notebook, (names, lacking)) in _run(path, chosen, freshness.RECORD).items():
        if lacking:
            told = f"{language}, {PO}: no translation of {', '.join(map(repr, lacking))}"
            raise NotebookError(f"{path.name}: {told}: `make messages` lists what is missing")
        with speaking(language):
            cells = [(cell.cell_type, cell.source) for cell in notebook.cells]
            inputs = freshness.inputs(path, names) | _own(cells)
        inputs[freshness.OUTPUTS] = books.digest(notebook.cells)
        notebook.metadata = LAB | {"briefing": {"language": language, "inputs": inputs}}
        editions[language] = notebook
    return editions


def _translated(path: Path) -> "NotebookNode":
    """A notebook in the current language, without outputs."""
    import nbformat

    notebook = read(path)
    up = '"../data/' if current() == ENGLISH else '"../../data/'  # from the folder it stands in
    for cell in notebook.cells:
        is_words, cell.metadata = cell.cell_type == "markdown", nbformat.NotebookNode()
        cell.source = translate(cell.source) if is_words else cell.source.replace('"../data/', up)
        if cell.cell_type == "code":
            cell.outputs = []
    return notebook


def _run(path: Path, chosen: Sequence[str], last: str) -> dict[str, tuple["NotebookNode", Any]]:
    """Run editions of a notebook; each, and what a last cell says that stays out of it."""
    import nbformat

    new, editions, ends = nbformat.v4.new_code_cell, {}, {}
    whole = nbformat.v4.new_notebook(cells=[new(GUARD)])
    for language in chosen:
        with speaking(language):
            editions[language] = _translated(path)
        folder(language).mkdir(exist_ok=True)
        begin = BEGIN.format(language=language, folder=str(folder(language)))
        ends[language] = new(last)
        whole.cells += [new(begin), *editions[language].cells, ends[language]]
    failed = _failure(whole, path.name)
    for notebook in editions.values():
        count = 0  # from 1 in each edition
        for number, cell in enumerate(notebook.cells, start=1):
            count += cell.cell_type == "code"
            for counted in (cell, *cell.get("outputs", [])):
                if "execution_count" in counted:
                    counted.execution_count = count
                if counted.get("output_type") == "error":
                    line = cell.source.splitlines()[-1]
                    told = f", cell {number}: {failed}"  # an error in showing ends no cell
                    shown = f": `{line}` cannot be shown, expected it to be"
                    raise NotebookError(f"{path.name}{told if failed else shown}")
    return {it: (editions[it], json.loads(ends[it].outputs[0].text)) for it in chosen}


def _failure(whole: "NotebookNode", name: str) -> str:
    """Run cells in a kernel; returns the error that a cell ends in, "" where none does."""
    from nbclient import NotebookClient
    from nbclient.exceptions import CellExecutionError, CellTimeoutError

    from briefing.publish.kernels import begun

    client = NotebookClient(
        whole,
        timeout=CELL_SECONDS,
        kernel_name=settings.KERNEL,
        record_timing=False,
        shutdown_kernel="immediate",
        resources={"metadata": {"path": str(navigation.NOTEBOOKS)}},
    )
    try:
        # What a kernel logs while it is ended is no message of ours; its errors are told below.
        with open(os.devnull, "wb") as nowhere:
            begun(client.execute, env=os.environ | {STRICT: KERNEL}, stderr=nowhere)
        return ""
    except CellExecutionError as error:
        return f"{error.ename}: {error.evalue}"
    except CellTimeoutError:
        told = f"a cell takes more than {CELL_SECONDS} seconds, expected less"
    except (RuntimeError, OSError) as error:  # a kernel that cannot begin, or was killed
        told = f"its kernel ended ({error}), expected it to go on"
    raise NotebookError(f"{name}: {told}")


def messages(path: Path) -> list[str]:
    """All that a notebook says through the package or in markdown, in English."""
    said = [source for kind, source in navigation.english(path) if kind == "markdown"]
    return said + _run(path, [ENGLISH], ASKED)[ENGLISH][1]


def update_catalog(language: str, said: dict[str, list[str]]) -> int:
    """Bring a language's PO file up to date; returns how many messages it lacks.

    said: where each message is said, notebooks or modules; labels of data/ that the language has no
    column for are added. A message that is like an old one takes over its translation as a fuzzy
    one, to be checked.
    """
    from babel.messages.catalog import Catalog
    from babel.messages.pofile import write_po

    path = catalog_path(language)
    catalog = read_catalog(language) if path.exists() else Catalog(language)
    labels = {
        label: [f"data/{name}.csv"]
        for name, table in tables.shared().items()
        for column in table.columns[table.columns.str.endswith("_en")]
        if f"{column.removesuffix('en')}{language}" not in table
        for label in filter(None, table[column])
    }
    template = Catalog()
    for message, places in (said | labels).items():
        template.add(message, locations=[(place, None) for place in places])
    catalog.update(template)
    buffer = io.BytesIO()
    write_po(buffer, catalog, width=100, ignore_obsolete=True, omit_header=True)
    files.write_whole(path, HEADER.format(language=language).encode() + buffer.getvalue())
    return sum(1 for message in catalog if message.id and (message.fuzzy or not message.string))


def remove_gone(language: str) -> None:
    """Remove what was made of a notebook that is no more, and nothing that others have put there.

    language: another than English, whose notebooks are the source.
    """
    known = {path.name for path in navigation.paths()}
    for path in folder(language).glob("*.ipynb"):
        is_named = navigation.NAME.fullmatch(path.stem) and path.name not in known
        _, made_from, _ = _stored(path, language) if is_named else ([], {}, "")
        if made_from:
            path.unlink()


def store(notebook: "NotebookNode", path: Path) -> None:
    """Write a notebook whole or not at all."""
    import nbformat

    files.write_whole(path, nbformat.writes(notebook) + "\n")
