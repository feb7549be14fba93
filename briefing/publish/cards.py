"""The card of each figure: all that is known of it, where it is shown, and how it is cited.

What is computed or counted here has an entry below the cards, so that every number has an address.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from briefing.core.figures import figure
from briefing.core.labels import label, paragraphs, specified
from briefing.core.language import ENGLISH, current, translate
from briefing.core.wording import doubts, said
from briefing.notebook import navigation
from briefing.notebook.blocks import Block, Inline, every_number, inline, number
from briefing.notebook.lookup import facts
from briefing.notebook.outputs import name_of
from briefing.publish import files, pages
from briefing.publish.document import address, anchor, plain
from briefing.publish.freshness import data_version
from briefing.publish.observations import linked
from briefing.publish.templating import whole
from briefing.sources import tables

CITED = (
    "{name}: {number} ({printed}). {symbol}, {paragraphs}. {collection}, version {version}, data "
    "{data}, {figure}."
)


@dataclass
class Entry:
    """What the numbers that answer at one address say, and the places that show them.

    told: what each number that is not printed says, by where it is from; places: links, by address.
    """

    figures: list[str]
    told: dict[str, str] = field(default_factory=dict)
    places: dict[str, Block] = field(default_factory=dict)


def write(chapters: Iterable[pages.Chapter], inputs: str) -> None:
    """Write the page of cards in the current language; in English also figures as linked data."""
    shown = _entries(chapters)
    files.write_whole(pages.SITE / current() / "figures.html", render(shown, inputs))
    if current() == ENGLISH:
        files.write_whole(pages.LINKED, linked(shown, inputs))


def render(shown: dict[str, Entry], inputs: str) -> str:
    """The page on which every number answers for itself."""
    page = pages.furnished(translate("Every number and where it is from"), "figures", inputs)
    sections = _sections(shown)
    others = [_other(where, it) for where, it in shown.items() if len(it.figures) != 1]
    return whole("cards.html.j2", "cards.js", page, sections=sections, others=others)


def _entries(chapters: Iterable[pages.Chapter]) -> dict[str, Entry]:
    """What all numbers of some pages say, and the headings under which they stand, by address."""
    found: dict[str, Entry] = {}
    for chapter in chapters:
        page = f"{chapter.name}.html"
        theme = navigation.theme(navigation.NOTEBOOKS / f"{chapter.name}.ipynb")
        place = _link(page, theme)
        for block in chapter.blocks:
            if block["kind"] == "heading" and block["level"] > 1:
                words = _named(theme, plain(block["parts"]))
                place = _link(f"{page}#{anchor(block['parts'])}", words)
            for it in every_number(block):
                entry = found.setdefault(address(it), Entry(it["figures"]))
                entry.places[place["href"]] = place
                if it["origin"] != "printed":
                    origin = it["provenance"].partition("\n")[0]
                    forms = {it["said"], entry.told.get(origin, "")}  # `122`, its range, in full
                    best = max(forms, key=lambda form: (form not in origin, len(form), form))
                    entry.told[origin] = best
    return found


def _sections(shown: dict[str, Entry]) -> dict[str, list[dict[str, Any]]]:
    """The card of each figure, in the order of the report, by the title of its section."""
    found: dict[str, list[dict[str, Any]]] = {}
    for row in tables.shared()["figures"].to_dict("records"):
        section = tables.rows("paragraphs")[row["paragraph_id"]]["section_id"]
        found.setdefault(label("sections", section, "title"), []).append(_card(row, shown))
    return found


def _card(row: dict[str, Any], shown: dict[str, Entry]) -> dict[str, Any]:
    key, name = row["figure_id"], name_of(row)
    quantity, descriptor = figure(key), tables.descriptor()
    rows: dict[str, list[Inline]] = {}
    for item, content, _ in facts(key)[1:]:
        rows.setdefault(item, []).append(inline(content))
    mine = {where: entry for where, entry in shown.items() if key in entry.figures}
    computed = [
        _link(f"#{where}", words)
        for where, entry in mine.items()
        for words in entry.told.values()
        if where != key
    ]
    rows[translate("Computed from it")] = [*_told(mine.get(key, Entry([]))), _listed(computed)]
    rows[translate("Shown in")] = [_places(*mine.values())]
    doubtful = translate("unclear or inconsistent in the report") if doubts(quantity) else ""
    citation = translate(CITED).format(
        name=name,
        number=specified(said(quantity), doubtful),
        printed=row["printed"],
        symbol=descriptor["report"]["symbol"],
        paragraphs=paragraphs([row["paragraph_id"]]),
        collection=translate(descriptor["title"]),
        version=descriptor["version"],
        data=data_version(),
        figure=key,
    )
    own = {"number": number(quantity), "citation": citation}
    return {"id": key, "name": name, "rows": rows} | own


def _other(where: str, entry: Entry) -> dict[str, Any]:
    names = {key: name_of(tables.rows("figures")[key]) for key in entry.figures}
    rows = {
        translate("Number"): _told(entry),
        translate("Computed from"): [[_link(f"#{key}", name)] for key, name in names.items()],
        translate("Shown in"): [_places(entry)],
    }
    places = (plain(link["parts"]) for link in entry.places.values())
    name = translate("; ").join(names.values()) or next(places, "")
    return {"id": where, "name": name, "rows": rows}


def _told(entry: Entry) -> list[Inline]:
    """What each number says, and how it is computed or counted."""
    return [[_named(said, origin)] for origin, said in entry.told.items()]


def _named(name: str, words: str) -> str:
    return translate("{name}: {words}").format(name=name, words=words)


def _link(href: str, words: str) -> Block:
    return {"href": href, "parts": [words]}


def _places(*entries: Entry) -> Inline:
    """Links to where numbers are shown, page by page."""
    links = {href: link for entry in entries for href, link in entry.places.items()}
    return _listed(links[href] for href in sorted(links, key=lambda href: href.partition("#")[0]))


def _listed(links: Iterable[Block]) -> Inline:
    """Links one after another."""
    return [part for link in links for part in (translate("; "), link)][1:]
