"""How an edition becomes self-contained HTML pages, an index and sheets."""

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache, partial
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

from babel import Locale

from briefing.core.figures import figure
from briefing.core.labels import actor, date, label, paragraphs, specified
from briefing.core.language import (
    ENGLISH,
    LanguageError,
    catalog_path,
    current,
    languages,
    speaking,
    translate,
)
from briefing.core.period import Period
from briefing.notebook import navigation
from briefing.notebook.blocks import Block, figures_of, number
from briefing.publish import document, editions, files, rules
from briefing.publish.freshness import data_files, data_version
from briefing.publish.workers import workers
from briefing.sources import tables

if TYPE_CHECKING:
    from nbformat import NotebookNode

# Templates, Typst, the font tools and the like are imported where they are used: where nothing has
# changed, none is needed, and they take longer to import than it takes to find that out.

SITE = tables.ROOT / "site"
BOTH = "both"  # the folder of languages side by side
LINKED = SITE / "figures.json"  # of the English edition
SOURCES = "Sources"
COLOPHON = "All figures are from {symbol} or computed from it. Data version {version}."
UNOFFICIAL = "Unofficial; not affiliated with the United Nations"
MADE = re.compile(b'<meta name="inputs" content="([0-9a-f]{64})">')
END = {".html": b"</html>", ".pdf": b"%%EOF", ".docx": b"PK\5\6", ".pptx": b"PK\5\6"}
TAIL = 30  # bytes in which a file that is whole has its end
WHOLE = ("index.html", "figures.html", "briefs.pdf", "volume.pdf")  # what is of all notebooks


@dataclass(frozen=True)
class Chapter:
    """What a notebook of an edition gives to index and volume.

    title: its theme and its headline; finding: what stands under these; body: in Typst's language;
    blocks: all that it shows.
    """

    name: str
    title: str
    finding: str
    body: str
    blocks: Sequence[Block] = ()

    @property
    def is_briefing(self) -> bool:
        return document.is_briefing(self.blocks)


def write_site(names: Sequence[str] = (), edition: str = "") -> list[Path]:
    """Write what has changed of pages, sheets, indexes and volumes; returns what to open.

    names: notebooks such as `04-funding`, of which pages and sheets alone are written; edition: the
    one language to write, all if none is named. Raises NotebookError and LanguageError for others.
    """
    from briefing.publish import pairs

    found = [language for language in languages() if edition in ("", language)]
    if not found:
        raise LanguageError(f"no edition {edition!r}, expected one of {', '.join(languages())}")
    known = {path.stem: path for path in navigation.paths()}
    if strange := [name for name in names if name not in known]:
        told = f"no notebook {strange[0]!r}, expected one of {', '.join(known)}"
        raise editions.NotebookError(told)
    if told := list(rules.misplaced()):
        raise editions.NotebookError("\n".join(told))
    paths = [known[name] for name in names or known]
    stale = {path: its for path in paths if (its := _stale(path, found))}
    incomplete = [language for language in found if not names and not _is_whole(language)]
    beside = [path for path in paths if not edition and pairs.is_stale(path)]
    if steps := sum(map(len, stale.values())) + len(incomplete) + len(beside):
        from tqdm import tqdm

        tables.shared()  # a fault in data or notebooks is told before anything is run or written
        if told := rules.faults(stale, found):
            raise editions.NotebookError("\n".join(told))
        with workers() as pool, tqdm(desc="briefings", total=steps, disable=None) as progress:
            chapters: dict[tuple[Path, str], Chapter] = {}
            for written in pool.map(_write, stale, stale.values()):
                chapters |= written
                progress.update(len(written))
            whole = pool.map(partial(_write_whole_edition, chapters), incomplete)
            made = [[chapters.get((path, side)) for side in rules.sides()] for path in beside]
            for _ in chain(whole, pool.map(pairs.write, beside, made)):
                progress.update()
    if not names:
        _remove_gone([*found, BOTH])
    opened = names or ["index"]
    return [SITE / language / f"{name}.html" for language in found for name in opened]


def _remove_gone(folders: list[str]) -> None:
    """Remove the pages and sheets of notebooks that are no more, and no file that others made.

    A page of ours leads to its own sheet, which was made from the same.
    """
    known = {"index", *(path.stem for path in navigation.paths())}
    for page in (page for folder in folders for page in (SITE / folder).glob("*.html")):
        held = page.read_bytes() if page.is_file() and page.stem not in known else b""
        made = MADE.search(held)
        if made and f'"{page.stem}.pdf"'.encode() in held:
            for file in (page, page.with_suffix(".pdf")):
                if _is_of(file, made[1]):
                    file.unlink()


def _write(path: Path, chosen: list[str]) -> dict[tuple[Path, str], Chapter]:
    """Write the page and the sheet of a notebook in some languages."""
    chapters = {}
    for language, notebook in editions.current_editions(path, chosen).items():
        with speaking(language):
            blocks = _blocks(notebook, path)
            chapters[path, language] = chapter = _chapter(path, blocks)
            page = furnished(chapter.title, path.stem, inputs_of(path, language))
            page["running"] = blocks[0].get("theme", chapter.title)
            write_forms(language, chapter, page, render(blocks, page))
    return chapters


def write_forms(folder: str, chapter: Chapter, page: dict[str, Any], html: str) -> None:
    """Write a page, and its one chapter as a sheet."""
    from briefing.publish.sheets import printed

    made = html, printed(sheet([chapter], page))
    for form, content in zip(forms(chapter.name), made, strict=True):
        files.write_whole(SITE / folder / form, content)


def _write_whole_edition(fresh: dict[tuple[Path, str], Chapter], language: str) -> None:
    """Write index, cards and volume of a language; what is not fresh is read again."""
    from briefing.publish import cards
    from briefing.publish.sheets import front, printed

    with speaking(language):
        chapters = [
            fresh.get((path, language)) or _chapter(path, edition_blocks(path))
            for path in navigation.paths()
        ]
        title = translate(tables.descriptor()["title"])
        page = furnished(title, "index", whole_inputs(language))
        briefings = [chapter for chapter in chapters if chapter.is_briefing]
        opening, fronts, notes = front_of(briefings), [], []
        for it in briefings:
            body, its_notes = front(document.below_title(it.blocks), it.name)
            fronts.append(replace(it, body=body))
            notes.append((it.blocks[0].get("theme") or it.title, its_notes))
        made = {
            "index.html": contents(chapters, page),
            "volume.pdf": printed(sheet(briefings, page, opening)),
            "briefs.pdf": printed(sheet(fronts, page, opening, notes)),
        }
        for name, content in made.items():
            files.write_whole(SITE / language / name, content)
        cards.write(chapters, page["inputs"])


def _stale(path: Path, spoken: Iterable[str]) -> list[str]:
    """The languages in which a notebook is not written as it is now."""
    return [it for it in spoken if not are_written(it, forms(path.stem), inputs_of(path, it))]


def _is_whole(language: str) -> bool:
    linked = [LINKED] * (language == ENGLISH)
    return are_written(language, (*WHOLE, *linked), whole_inputs(language))


def whole_inputs(language: str) -> str:
    """SHA-256 of all that makes what is of all notebooks in a language."""
    return digest(*(inputs_of(path, language) for path in navigation.paths()))


def forms(name: str) -> tuple[str, str]:
    """The files of a notebook: its page and its sheet."""
    return f"{name}.html", f"{name}.pdf"


def are_written(folder: str, names: Iterable[str | Path], inputs: str) -> bool:
    """Whether files of a folder of the site have been made from these inputs."""
    found = [SITE / folder / name for name in names]
    return all(_is_of(file, inputs.encode(), END.get(file.suffix, b"")) for file in found)


def _is_of(file: Path, inputs: bytes, end: bytes = b"") -> bool:
    """Whether a file names the inputs that it was made from, and is not cut off before its end."""
    held = file.read_bytes() if file.is_file() else b""
    return inputs in held and end in held[-TAIL:]


@cache
def inputs_of(path: Path, language: str) -> str:
    """SHA-256 of all that makes a notebook's page and sheet in a language."""
    with speaking(language):
        return digest(json.dumps(editions.made_from(path)), _renderers(language))


@cache
def _renderers(language: str) -> str:
    """SHA-256 of what makes pages of whatever a notebook holds, and of what they say themselves."""
    package = [path for path in (tables.ROOT / "briefing").rglob("*") if path.is_file()]
    found = [path for path in package if path.suffix != ".pyc"]
    found += [*data_files(), tables.ROOT / "requirements.txt"]
    found += [] if language == ENGLISH else [catalog_path(language)]
    return digest(*(path.read_bytes() for path in sorted(found)))


def digest(*parts: str | bytes) -> str:
    whole = hashlib.sha256()
    for part in parts:
        whole.update((part.encode() if isinstance(part, str) else part) + b"\0")
    return whole.hexdigest()


def edition_blocks(path: Path) -> list[Block]:
    """The blocks of a notebook in the current language, its sources at the end among them."""
    return _blocks(editions.current_editions(path, [current()])[current()], path)


def _blocks(notebook: "NotebookNode", path: Path) -> list[Block]:
    blocks = document.blocks(notebook, path.name)
    if any(block["kind"] == "sources" for block in blocks):
        return blocks
    from briefing.notebook.outputs import sources_of  # and with it matplotlib

    heading = {"kind": "heading", "level": 2, "parts": [translate(SOURCES)]}
    return [*blocks, heading, sources_of(set(figures_of(blocks)))]


def _chapter(path: Path, blocks: list[Block]) -> Chapter:
    from briefing.publish.sheets import body

    below = body(document.below_title(blocks), path.stem)
    return Chapter(path.stem, *document.title(blocks), below, blocks)


def render(blocks: list[Block], page: dict[str, Any]) -> str:
    """Blocks as one HTML page that requests nothing from anywhere.

    Code is folded away in a briefing, which has key figures, and shown where code is what it is of.
    """
    from briefing.publish.templating import whole

    coded = not any(block["kind"] == "key_figures" for block in blocks)
    shown = list(document.keyed(document.led(blocks)))
    return whole("index.html.j2", "notes.js", page, blocks=shown, coded=coded)


def contents(chapters: list[Chapter], page: dict[str, Any]) -> str:
    """The index page: what the report says, its themes, further pages, all figures to search."""
    from briefing.publish.templating import whole

    front = front_of([chapter for chapter in chapters if chapter.is_briefing])
    listed = {"chapters": chapters, "figures": list(_figures(chapters))}
    return whole("contents.html.j2", "search.js", page, front=front, **listed)


def front_of(briefings: list[Chapter]) -> dict[str, Any]:
    """What index and volume begin with: the overview, the numbers to know, a picture a theme."""
    from briefing.publish import pictograms

    pages, keys = [], {}
    for chapter in briefings:
        heading, name = chapter.blocks[0], chapter.name
        keys[name] = _all(chapter.blocks, "key_figures", "items")
        named = {"name": name, "theme": heading.get("theme", chapter.title)}
        named |= {"headline": document.plain(heading["parts"])}
        pages.append(named | {"picture": pictograms.pictogram(name)})
    places = pictograms.front()["tiles"]
    return {
        "overview": pages[0] if pages else None,
        "tiles": [(name, keys[name][place]) for name, place in places if name in keys],
        "themes": pages[1:],
        "report": str(navigation.coverage()),
    }


def _all(blocks: Sequence[Block], kind: str, name: str) -> list[Any]:
    """What blocks of a kind hold under a name, one after another."""
    return [it for block in blocks if block["kind"] == kind for it in block[name]]


def _figures(chapters: list[Chapter]) -> Iterator[dict[str, Any]]:
    """What the index says of each figure, and the page that it is found on, if any."""
    overview_last = [*chapters[1:], *chapters[:1]]
    listed = {it.name: set(_all(it.blocks, "sources", "ids")) for it in overview_last}
    themes = {path.stem: navigation.theme(path) for path in navigation.paths()}
    for row in tables.shared()["figures"].to_dict("records"):
        name = next((name for name, ids in listed.items() if row["figure_id"] in ids), "")
        when = date(Period(row["period"])) if row["period"] else ""
        yield {
            "what": label("indicators", row["indicator_id"]),
            "whose": specified(actor(row["subject_id"], short=True), when),
            "number": number(figure(row["figure_id"])),
            "printed": row["printed"],
            "source": paragraphs([row["paragraph_id"]]),
            "id": row["figure_id"],
            "page": f"{name}.html" if name else "",
            "theme": themes.get(name, ""),
        }


def furniture() -> None:
    """Say all that pages and sheets say beside the notebooks, so that it is known to be asked."""
    from briefing.publish import cards

    page = furnished(translate(tables.descriptor()["title"]), "index", "") | {"beside": "there"}
    empty = Chapter("", "", "", "")
    listed = {key: [] for key in ("heads", "numeric", "rows", "ids")}
    contents([empty], page)
    render([{"kind": "sources", "summary": ""} | listed], page)
    sheet([empty, empty], page, front_of([]), [("", "")])
    translate(document.UNDESCRIBED)
    translate(SOURCES)
    cards.render({"": cards.Entry([])}, "")


def sheet(
    chapters: list[Chapter],
    page: dict[str, Any],
    front: dict[str, Any] | None = None,
    notes: Sequence[tuple[str, str]] = (),
) -> str:
    """Chapters as one document in Typst's language; a volume of several has a front.

    notes: what stands at its end, the theme and the notes of each chapter.
    """
    from briefing.publish.sheets import attached
    from briefing.publish.templating import environment

    template = environment("sheet").get_template("index.typ.j2")
    page |= {
        "attached": attached({chapter.name for chapter in chapters}),
        "day": datetime.fromisoformat(tables.descriptor()["created"]),  # when its data were made
    }
    return template.render(chapters=chapters, page=page, front=front, notes=notes)


def furnished(title: str, name: str, inputs: str) -> dict[str, Any]:
    """The furniture of a page and a sheet, in the current language."""
    report, found, sides = tables.report(), _editions_of(name), set(rules.sides())
    is_of_notebook = navigation.NAME.fullmatch(name)
    return {
        "title": title,
        "running": title,  # at the head of a sheet's further pages
        "name": name,
        "inputs": inputs,
        "symbol": report["symbol"],
        "report_language": report["language"],
        "language": current(),
        "languages": {it: Locale.parse(it).get_display_name(it) for it in found},
        "beside": "there" if is_of_notebook and sides and sides <= set(found) else "",
        "collection": translate("Briefings on {symbol}").format(**report),
        "folio": translate("page {n} of {m}"),
        "whole": f"{document.whole()}[；：]?",  # which Typst else lets begin a line
        "unofficial": translate(UNOFFICIAL),
        "colophon": translate(COLOPHON).format(**report, version=data_version()),
    }


@cache
def _editions_of(name: str) -> list[str]:
    """The languages that a page is written in: those that a notebook is translated into."""
    [path] = [path for path in navigation.paths() if path.stem == name] or [None]
    return [it for it in languages() if not (path and any(rules.untranslated(path, it)))]
