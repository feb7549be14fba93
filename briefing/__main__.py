"""The command line: `python -m briefing COMMAND`."""

import argparse
import errno
import json
import os
import sys
from collections import defaultdict
from collections.abc import Callable
from concurrent.futures import BrokenExecutor
from functools import partial
from pathlib import Path

from briefing.core import audit
from briefing.core.figures import figure
from briefing.core.labels import label
from briefing.core.language import ENGLISH, STRICT, LanguageError, asked, conventions, languages
from briefing.core.quantity import FigureError
from briefing.core.wording import marked_doubts, provenance, text
from briefing.notebook import navigation
from briefing.publish import editions, files, rules, settings
from briefing.publish.workers import WorkerError, workers
from briefing.sources import agreement, characters, source, tables

# What a user can mend is told in the error's own sentence; anything else is a fault of ours.
TOLD = (
    tables.DataError,
    source.SourceError,
    audit.RelationError,
    editions.NotebookError,
    files.WriteError,
    LanguageError,
    FigureError,
    WorkerError,
    BrokenExecutor,  # a worker was killed
)
FULL = (errno.ENOSPC, errno.EDQUOT)  # no room is left, as a fault of no one's
STOPPED = 130  # what a command returns that was stopped from the keyboard
ANYWHERE = ("draft", "show", "verify")  # the commands that need no notebooks
DRAFT = (
    "Reads md, txt, html, docx, pptx and pdf, and tells of each number whether it agrees with the "
    "report; 1 is returned where a number is to be mended. Nothing is written unless --html or "
    "--docx asks for it. A line is a paragraph in Word, a slide in PowerPoint, a page in PDF."
)
Options = argparse.Namespace
COMPARED = ("paragraphs", "numerals", *agreement.FORMS)


def main(arguments: list[str] | None = None) -> int:
    """Run a command; returns 0 when all is well, 1 when there are faults, 130 when stopped."""
    parser = argparse.ArgumentParser(prog="python -m briefing", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)

    def command(do: Callable, told: str, more: str = "") -> argparse.ArgumentParser:
        added = commands.add_parser(do.__name__.strip("_"), help=told, description=more)
        added.set_defaults(do=do)
        return added

    briefings = command(_briefings, "write the pages, running what has changed")
    briefings.add_argument("notebooks", nargs="*", help="some alone, such as 04-funding")
    briefings.add_argument("--edition", default="", help="one language alone, such as en")
    command(_handouts, "write workbook, Word, slides and charts to be edited")
    command(_notebooks, "run every notebook and store its outputs")
    messages = command(_messages, "bring the PO files up to date")
    messages.add_argument("language", nargs="?", help="a language to begin, such as fr")
    command(_codebook, "write the codebook from the descriptor")
    command(_check, "say what is stale")
    changes = command(_changes, "print what changed of figures, as markdown")
    changes.add_argument("old", type=Path, help="an earlier folder of data")
    verify = command(_verify, "compare data/ with a text of the report")
    verify.add_argument("report", type=Path, help="the report's text, UTF-8")
    show = command(_show, "print everything known about a figure")
    show.add_argument("figure_id")
    show.add_argument("--report", type=Path, help="the report's text, to print the sentence too")
    draft = command(_draft, "hold the numbers of a text of your own against the report", DRAFT)
    draft.add_argument("file", type=Path, help="the text")
    draft.add_argument("--json", action="store_true", help="print the findings as JSON")
    draft.add_argument("--html", type=Path, help="write the text with its numbers marked")
    draft.add_argument("--docx", type=Path, help="write the Word file with a comment a number")
    options = parser.parse_args(arguments)
    if tables.INSTALLED and options.command not in ANYWHERE:
        told = f"needs a checkout of the project; these need none: {', '.join(ANYWHERE)}"
        print(f"{options.command}: {told}", file=sys.stderr)
        return 1
    sys.stdout = sys.stdout or open(os.devnull, "w")  # noqa: SIM115 it may be closed
    sys.stderr = sys.stderr or open(os.devnull, "w")  # noqa: SIM115
    sys.stdout.reconfigure(errors="backslashreplace")  # where a terminal is set to less than UTF-8
    try:
        with settings.set_aside():
            os.environ[STRICT] = "1"  # for the kernels and processes of a command, too
            if options.do is not _briefings:  # which reads data/ only where something changed
                tables.shared()
            returned = options.do(options) or 0
            sys.stdout.flush()
            return returned
    except TOLD as error:
        print(error.args[0], file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("stopped: what is written is whole, and the rest as it was", file=sys.stderr)
        return STOPPED
    except OSError as error:
        if error.filename and error.errno not in FULL:
            raise
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if not isinstance(error, BrokenPipeError):  # what reads has read enough, such as `head -1`
            what = error.filename or "what is said, or a temporary file,"
            print(f"{what} cannot be written ({error.strerror})", file=sys.stderr)
        return 1


def _briefings(options: Options) -> None:
    from briefing.publish import pages

    index = "; `make briefings` lists what is new on the index" if options.notebooks else ""
    written = pages.write_site(options.notebooks, options.edition)
    _ready(f"The briefings are ready{index}:", written)


def _handouts(_: Options) -> None:
    from briefing.publish import handouts

    _ready("The hand-outs are ready:", handouts.write_handouts())


def _ready(told: str, written: list[Path]) -> None:
    """Say what is there, by addresses that a terminal opens with a click."""
    print(told, *(path.as_uri() for path in written), sep="\n")


def _notebooks(_: Options) -> None:
    from tqdm import tqdm

    found, chosen = editions.paths(), languages()
    with workers() as pool:
        executed = pool.map(partial(editions.execute, chosen=chosen), found)
        for path, made in zip(
            found, tqdm(executed, "notebooks", len(found), disable=None), strict=True
        ):
            for language, notebook in made.items():
                editions.store(notebook, editions.folder(language) / path.name)
    for language in set(languages()) - {ENGLISH}:
        editions.remove_gone(language)


def _messages(options: Options) -> None:
    """Collect what notebooks, pages and hand-outs say, and bring every PO file up to date."""
    from tqdm import tqdm

    from briefing.notebook import drafts, lookup
    from briefing.publish import handouts, pages

    if options.language and options.language.casefold() == ENGLISH:
        raise LanguageError("en is the language of the notebooks, expected another, such as fr")
    wanted = sorted({*languages(), options.language} - {ENGLISH, None})
    for language in wanted:
        conventions(language)
    found = editions.paths()
    with workers() as pool:
        said = list(tqdm(pool.map(editions.messages, found), "notebooks", len(found), disable=None))
    places: dict[str, list[str]] = {}
    for path, messages in zip(found, said, strict=True):
        for message in messages:
            places.setdefault(message, []).append(f"notebooks/{path.name}")
    asked.clear()
    for module in (pages, handouts, lookup, drafts):
        module.furniture()
    places |= {message: ["briefing/publish/pages.py"] for message in asked if message not in places}
    for language in wanted:
        missing = editions.update_catalog(language, places)
        print(f"{language}: {missing} messages lack a translation")


def _codebook(_: Options) -> None:
    path = tables.DATA / "README.md"
    files.write_whole(path, tables.codebook(_read(path, "the codebook")))


def _changes(options: Options) -> None:
    from briefing.publish.changes import changes

    print(changes(options.old))


def _check(_: Options) -> int:
    """Say what is stale, and what keeps a notebook from being published."""
    stale = [*rules.misplaced(), *rules.faults(navigation.paths(), languages())]
    books, changes = defaultdict(list), defaultdict(list)
    for path, changed in editions.stale().items():
        for name in changed:
            book = path.relative_to(navigation.NOTEBOOKS).with_suffix("").as_posix()
            books[name].append(book)
    for name, found in books.items():
        changes[f"{len(found)} are stale ({', '.join(found)})"].append(name)
    for told, names in changes.items():
        stale.append(f"{', '.join(names)} changed; {told}: run `python -m briefing notebooks`.")
    current = _read(tables.DATA / "README.md", "the codebook")
    if current != tables.codebook(current):
        stale.append("data/README.md is stale: run `python -m briefing codebook`.")
    if stale:
        print("\n".join(stale), file=sys.stderr)
        return 1
    print("Every notebook can be published; every stored output and the codebook are current.")
    return 0


def _draft(options: Options) -> int:
    """Tell of the numbers of a person's own text."""
    from briefing.notebook.drafts import Checked
    from briefing.publish import drafts

    file, page, word = options.file, options.html, options.docx
    passages, note = drafts.read(file)
    if note:
        print(note, file=sys.stderr)
    if word and file.suffix.lower() != ".docx":
        raise drafts.DraftError(f"{file}: is no Word file, expected one for --docx")
    targets = [it.resolve() for it in (file, page, word) if it]
    if len(set(targets)) < len(targets):
        told = "--html and --docx name the text itself or one file twice, expected one for each"
        raise drafts.DraftError(f"{file}: {told}")
    checked = Checked(passages)
    if page:
        files.write_whole(page, checked.page(file.name))
    if word:
        files.write_whole(word, drafts.commented(file.read_bytes(), checked))
    names = ("said", "verdict", "figure_ids", "line", "why")
    found = [{name: getattr(one, name) for name in names} for one in checked.findings]
    print(json.dumps(found, ensure_ascii=False, indent=1) if options.json else checked)
    return int(checked.is_wrong)


def _show(options: Options) -> None:
    """Print everything known about a figure, a line each."""
    quantity = figure(options.figure_id)
    row = tables.rows("figures")[options.figure_id]
    paragraphs = _split(options.report) if options.report else []
    print(f"{label('indicators', row['indicator_id'])}: {text(quantity)}")
    print(label("indicators", row["indicator_id"], "definition") + ".")
    print(provenance(quantity), *marked_doubts(quantity), sep="\n")
    for name in ("subject_id", "period", "status", "qualifier", "unit_id", "note"):
        if row[name]:
            print(f"{name}: {row[name]}")
    for relation in audit.verdicts(options.figure_id).itertuples():
        statement = label("relations", relation.relation_id, "statement")
        print(f"relation: {statement} ({relation.verdict})")
    if options.report:
        printed, place = row["printed"], row["paragraph_id"]
        found = (it.sentence(printed) for it in paragraphs if it.paragraph_id == place)
        none = f"none was found, expected {printed} in paragraph {place}"
        print(f"sentence: {next(found, '') or none}")


def _read(path: Path, what: str = "the report's text") -> str:
    try:
        text, fault = characters.decode(path.read_bytes())
    except OSError as error:
        text, fault = None, f": cannot be read ({error.strerror})"
    if text is None:
        raise source.SourceError(f"{path}{fault}, expected {what} in UTF-8")
    return text


def _split(report: Path) -> list[source.Paragraph]:
    words = _read(report)
    try:
        return source.split(words)
    except source.SourceError as error:
        raise _of_report(report, error.args[0]) from None


def _of_report(report: Path, told: str) -> source.SourceError:
    """What is told of a text, each line of it by the file's name."""
    return source.SourceError("\n".join(f"{report}: {line}" for line in told.splitlines()))


def _verify(options: Options) -> int:
    report, data = options.report, tables.shared()
    words = _read(report)
    if mistake := agreement.mistaken(words, data):
        raise _of_report(report, mistake)
    if faults := agreement.verify(words, data):
        print("\n".join(faults), file=sys.stderr)
        return 1
    counted = ", ".join(f"{len(data[name])} {name}" for name in COMPARED)
    print(f"{report.name} holds the text that data/ records: {counted} agree.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
