"""How notebooks are found and linked to one another, and which figure stands in which."""

import re
from pathlib import Path

import pandas as pd
from babel import Locale

from briefing.core.labels import join, worded
from briefing.core.language import current, translate
from briefing.core.sentences import Sentence, filled
from briefing.notebook import books
from briefing.notebook.blocks import Block, Inline, sentence, show
from briefing.sources import tables

HINT = "Click on an underlined number to see where it is from, and again to close it."
NAME = re.compile("[0-9]{2}(-[a-z]+)+")
NOTEBOOKS = tables.ROOT / "notebooks"


def paths() -> list[Path]:
    """The English notebooks, in reading order; a name other than `NN-theme` is no briefing's."""
    return sorted(path for path in NOTEBOOKS.glob("*.ipynb") if NAME.fullmatch(path.stem))


def english(path: Path) -> list[tuple[str, str]]:
    """The type and the source of each cell of an English notebook."""
    return books.contents(path)[0]


def heading(path: Path) -> tuple[str, str]:
    """The title and the finding of a notebook in the current language.

    Raises NotebookError where it begins with no title.
    """
    kind, source = (english(path) or [("", "")])[0]
    if kind != "markdown" or not source.startswith("# "):
        told = "is no title, expected markdown that begins with `# `"
        raise books.NotebookError(f"{path.name}, cell 1: {told}")
    title, _, finding = translate(source).removeprefix("# ").partition("\n")
    return title, " ".join(finding.split())


@worded
def theme(path: Path) -> str:
    """The first words of a notebook's title, up to the colon."""
    return re.split("[:：]", heading(path)[0])[0]


def claims() -> pd.DataFrame:
    """Which cell of which notebook names which figure, or a part of its name in `filter`.

    A row for each: figure_id, notebook (the file's stem), title (its first words), cell (its number
    from the top, as `check` counts).

    Example: `briefing.claims().query("figure_id == @figure_id")`.
    """
    known = list(tables.shared()["figures"]["figure_id"])
    rows = []
    for path in paths():
        title = theme(path)
        for number, (kind, source) in enumerate(english(path), start=1):
            if kind != "code":
                continue
            named = re.findall(r'["\[]([a-z0-9-]+)["\]]', source)
            parts = re.findall(r'filter\(like="([a-z0-9-]+)"', source)
            named += [name for name in known for part in parts if part in name]
            rows += [(n, path.stem, title, number) for n in dict.fromkeys(named) if n in known]
    return pd.DataFrame(rows, columns=["figure_id", "notebook", "title", "cell"])


def show_coverage(*section_ids: str) -> None:
    """Say in a line what the report is, and which sections a notebook draws on; all, if none.

    Example: `briefing.show_coverage("II.B", "VI")`.
    """
    show(sentence(coverage(*section_ids)) | {"hints": [translate(HINT)]})


def coverage(*section_ids: str) -> Sentence:
    """What the report is, and which sections are drawn on; all, if none."""
    report = tables.report()
    template = (
        "Unofficial briefing on the Secretary-General's report {symbol} of {year} ({language} "
        "version), “{title}”. Everything is as reported in {year}."
    )
    if section_ids:
        template = (
            "Unofficial briefing on the Secretary-General's report {symbol} of {year} ({language} "
            "version), “{title}”: {section}. Everything is as reported in {year}."
        )
    is_one = sum(not name.endswith("box") for name in section_ids) <= 1
    pattern = translate("section {list}") if is_one else translate("sections {list}")
    where = {
        "section": pattern.format(list=join(map(_section, section_ids))),
        "title": report.get(f"title_{current()}", report["title"]),
        "language": Locale.parse(report["language"]).get_display_name(current()),
    }
    return filled(template, symbol=report["symbol"], year=str(report["year"]), **where)


@worded
def _section(section_id: str) -> str:
    is_box = section_id.endswith("box")
    return translate(tables.report().get("box", "the box") if is_box else section_id)


def show_contents() -> None:
    """List the notebooks of the edition, by title.

    Example: `briefing.show_contents()`.
    """
    items = [[_link(path, heading(path)[0])] for path in paths()[1:]]
    show({"kind": "list", "items": items})


def show_neighbours(name: str) -> None:
    """Link to the notebooks before and after the one named, e.g. `02-staff`, by theme.

    Example: `briefing.show_neighbours("02-staff")`.
    """
    named = [("Previous: {link}", path) for path in paths() if path.stem < name][-1:]
    named += [("Next: {link}", path) for path in paths() if path.stem > name][:1]
    parts: Inline = []
    for message, path in named:
        words = translate(message).format(link="")
        parts += [f" · {words}" if parts else words, _link(path, theme(path))]
    show({"kind": "links", "parts": parts})


def _link(path: Path, words: str) -> Block:
    return {"href": path.name, "parts": [words]}
