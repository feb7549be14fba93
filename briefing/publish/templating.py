"""How the templates of pages and sheets are filled."""

import base64
import hashlib
import html
import re
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, pass_context
from markupsafe import Markup

from briefing.core.labels import width
from briefing.core.language import current, translate
from briefing.notebook.blocks import Block, Inline
from briefing.publish import document
from briefing.sources import tables

# Typst and the font tools are imported where they are used: they take long to import.

TEMPLATES = Path(__file__).resolve().parent / "templates"
WORDY = 60  # characters, from which a cell beside two others is a strip on a phone
LATIN = re.compile("[A-Za-z]")  # with which words are not the report's own
SPAN = Markup('<span lang="{}">{}</span>')
# What a page needs not of a drawing: namespaces, a style, an ink and corners that are the page's
# too, spaces between its parts, and each corner of a rectangle.
NAMESPACE = ' xmlns(?::xlink)?="http://www.w3.org/[^"]*"'
OWN = r'<defs>\s*<style[^<]*</style>\s*</defs>|(?<=") fill="#1b2a3a"(?=>)|; stroke-linejoin: miter'
SPARE = re.compile(rf"{NAMESPACE}|{OWN}|\n *(?=<)")
# The colours of drawings, as the house has them, and what they are on a dark screen.
DARK = {
    "#1b2a3a": "#e4eaf0",
    "#5b6b7b": "#a9b5c1",
    "#d9e0e6": "#414e5b",
    "#ffffff": "#12181f",
    "#0b5c94": "#64b0e8",
    "#c2571a": "#ee9460",
    "#a9b5c0": "#5a6773",
    "#06304f": "#b9dcf5",
    "#5a96c5": "#4589bd",
    "#bcd5ea": "#24465f",
    "#0c1a28": "#12181f",
}
COLOUR = re.compile(f'(?<=fill|roke)(: |=")({"|".join(DARK)})')
RECTANGLE = re.compile(r"M (\S+) (\S+) L (\S+) \2 L \3 (\S+) L \1 \4 z")
NOTHING = re.compile(r'<path d="M(\S+) \S+H\1V\S+H\1z" style="[^"]*"/>')  # a bar that has no length
SPACED = re.compile(r"""("[^"]*")|\s*([{};:,])\s+""")  # in a style sheet
INDENT = re.compile("^ *(?://.*\n)?", re.MULTILINE)  # and remarks, in a script
HOLE = "\0"  # where the font of a page will stand
WORD_JOINER = "\u2060"  # keeps a number and the counter after it on a line


def shown(block: Block) -> Markup:
    """A block as HTML, in the current language."""
    return Markup(environment("page").get_template("blocks.html.j2").module.show(block))


def whole(name: str, script: str, page: dict[str, Any], **content: Any) -> str:
    """A page with its script, and the font of just its characters."""
    from briefing.publish import fonts

    page = page | {"script": _script(script), "font": HOLE}
    template = environment("page").get_template(name)
    before, after = template.render(page=page, **content).split(HOLE)
    return before + fonts.woff2(before + after) + after


@cache
def environment(form: str) -> Environment:
    """The templates of a form, page or sheet; in a page's, words are escaped."""
    from briefing.publish.sheets import quoted

    environment = Environment(
        loader=FileSystemLoader(TEMPLATES / form),
        autoescape=form == "page",
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )
    environment.globals["colours"] = DARK
    filters = [document.anchor, document.closing, document.pads, document.tied, quoted, width]
    filters += [coloured, _drawn, _lean, _spoken, _wide, _words]
    environment.filters |= {it.__name__.removeprefix("_"): it for it in filters} | {
        # Jinja would translate once for all languages if the filter did not ask for the context.
        "translate": pass_context(lambda _, message: translate(message)),
        # To the page of a notebook of this collection, or as the link says.
        "address": lambda href: re.sub(r"^([^:]+)\.ipynb", r"\1.html", href),
        "card": document.address,
        "code": lambda source: Markup(html.escape(source, quote=False)),
    }
    return environment


def _words(words: str, before: Any = None, is_headline: bool = False) -> Markup:
    """Plain words; the report's own are named as such, and a counter stays with its number.

    before: the part of the content that they follow.
    """
    if isinstance(before, dict) and "said" in before:
        closed = document.closing(words)
        joined = WORD_JOINER if not closed and document.CHINESE.match(words) else ""
        words = joined + document.COUNTED.sub("\u00a0", words[len(closed) :])
    words, language = document.tied(words), tables.report()["language"]
    pattern = f"{document.whole()}[，。、；：]?" if is_headline else document.UNBROKEN
    pieces = ["", words] if _spoken([words]) else document.CHINESE.split(words)
    return Markup().join(
        SPAN.format(language, piece)
        if place % 2
        else Markup(re.sub(pattern, r"<span>\g<0></span>", html.escape(piece, quote=False)))
        for place, piece in enumerate([words] if current() == language else pieces)
    )


def _spoken(cell: Inline) -> str:
    """The report's language where content is the report's words alone in another edition, or ""."""
    words, language = cell[0] if len(cell) == 1 else None, tables.report()["language"]
    is_foreign = isinstance(words, str) and document.CHINESE.search(words) and current() != language
    return language if is_foreign and not LATIN.search(words) else ""


def _wide(table: Block) -> bool:
    """Whether a table has more columns, or three with longer words, than a phone has room for."""
    columns = len(table["heads"])
    longest = max((width(document.plain(cell)) for row in table["rows"] for cell in row), default=0)
    return columns > 3 or (columns == 3 and longest > WORDY)


def _drawn(chart: Block) -> Markup:
    """A chart's drawing, which says what it shows."""
    start = Markup('<svg role="img" aria-label="{}" ').format(chart["alt"])
    drawing = RECTANGLE.sub(r"M\1 \2H\3V\4H\1z", SPARE.sub("", chart["svg"]))
    return start + coloured(NOTHING.sub("", drawing).removeprefix("<svg "))


def coloured(drawing: str) -> Markup:
    """A drawing in the colours of the page, numbered, which are others on a dark screen.

    Its own stand beside them for a reader of mail that drops the page's style.
    """
    numbers = {color: number for number, color in enumerate(DARK)}
    return Markup(COLOUR.sub(lambda it: f"{it[1].strip()}var(--{numbers[it[2]]},{it[2]})", drawing))


def _lean(style: str) -> Markup:
    """A style sheet without the spaces around its signs, but within strings."""
    return Markup(SPACED.sub(r"\1\2", str(style)).replace(";}", "}"))


def _script(name: str) -> dict[str, str]:
    """A script, and the hash by which the page's own security policy lets it run."""
    code = INDENT.sub("", (TEMPLATES / "page" / name).read_text(encoding="utf-8")).strip()
    digest = hashlib.sha256(code.encode()).digest()
    return {"code": Markup(code), "hash": base64.b64encode(digest).decode()}
