"""A page is self-contained, small, shows everything as text, and is the same each time."""

import base64
import copy
import hashlib
import io
import re
import unicodedata
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

import lxml.html
import nbformat
import pytest
from fontTools.ttLib import TTFont

from briefing.core.language import languages, speaking, translate
from briefing.notebook import navigation
from briefing.publish import editions, markup, pages, sheets

PATHS = navigation.paths()
EDITIONS = [(path.stem, language) for language in languages() for path in PATHS]
LARGEST = 150_000  # bytes of a page
HOSTILE = ["<script>alert(1)</script>", '"><svg onload=alert(1)>', "<img src=x onerror=alert(1)>"]
FORMULA = '=HYPERLINK("https://example.org")'
every = pytest.mark.parametrize(("name", "language"), EDITIONS)


class Elements(HTMLParser):
    """All elements of a page, with their attributes."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.words = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.words += data

    def of(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.found if name == tag]


def read(site: Path, name: str, language: str) -> str:
    return (site / language / f"{name}.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("name", [*(path.stem for path in PATHS), "index"])
def test_a_page_is_small_and_requests_nothing(site: Path, name: str, language: str) -> None:
    page = read(site, name, language)
    assert len(page.encode()) <= LARGEST
    elements = Elements(page)
    assert elements.found[0] == ("html", {"lang": language})
    assert not elements.of("link") + elements.of("iframe") + elements.of("img")
    for tag, attributes in elements.found:
        assert not [name for name in attributes if name.startswith("on")]
        assert "style" not in attributes and "src" not in attributes, tag
    assert not re.findall(r"url\((?!data:|#)|@import", page)
    [policy] = [m["content"] for m in elements.of("meta") if m.get("http-equiv")]
    [script] = re.findall("<script>(.*?)</script>", page, re.DOTALL)
    allowed = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    assert policy == (
        f"default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-{allowed}'; "
        "font-src data:; base-uri 'none'; form-action 'none'"
    )


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("name", [*(path.stem for path in PATHS), "index"])
def test_no_glyph_is_missing_from_the_font_of_a_page(site: Path, name: str, language: str) -> None:
    page = read(site, name, language)
    [font] = re.findall(r"font/woff2;base64,([^)]*)\)", page)
    glyphs = TTFont(io.BytesIO(base64.b64decode(font))).getBestCmap()
    elements = Elements(re.sub("<(style|script)>.*?</\\1>", "", page, flags=re.DOTALL))
    shown = elements.words + "".join(a.get("title") or "" for a in elements.of("a"))
    drawn = {c for c in shown if ord(c) > 32 and unicodedata.category(c) != "Cf"}
    assert {c for c in drawn if ord(c) not in glyphs} == set()


@every
def test_every_chart_has_its_alt_text_and_title(site: Path, name: str, language: str) -> None:
    stored = nbformat.read(editions.folder(language) / f"{name}.ipynb", as_version=4)
    outputs = [o for cell in stored.cells for o in cell.get("outputs", [])]
    alts = [o.data["text/plain"] for o in outputs if "image/svg+xml" in o.get("data", {})]
    # Read as a browser does: to Python's own parser, a no-break space ends a value without quotes.
    charts = list(lxml.html.fromstring(read(site, name, language)).iter("svg"))
    assert [chart.get("aria-label") for chart in charts] == alts
    assert all(chart.get("role") == "img" for chart in charts)
    elements = Elements(read(site, name, language))
    ids = {attributes["id"] for _, attributes in elements.found if "id" in attributes}
    assert {use["href"][1:] for use in elements.of("use")} <= ids, "marks are drawn"
    with speaking(language):
        begin = translate("Chart. {title}. {rows}.").partition("{title}")[0]
    assert all(alt.startswith(begin) for alt in alts)


@every
def test_every_number_leads_to_a_row_of_the_sources(site: Path, name: str, language: str) -> None:
    elements = Elements(read(site, name, language))
    ids = [attributes["id"] for _, attributes in elements.found if "id" in attributes]
    assert len(ids) == len(set(ids))
    quantities = [a for a in elements.of("a") if "quantity" in (a.get("class") or "")]
    assert quantities
    assert {a["href"].removeprefix("#") for a in quantities} <= set(ids)
    assert all(a["title"] for a in quantities)


@every
def test_a_page_begins_with_title_finding_and_key_figures(
    site: Path, name: str, language: str
) -> None:
    page = read(site, name, language)
    main = page[page.index("<main>") :]
    with speaking(language):
        title, finding = navigation.heading(navigation.NOTEBOOKS / f"{name}.ipynb")
    places = [main.index(part) for part in ("<h1", "<p>", "<dl class=key>", "<h2")]
    assert places == sorted(places)
    assert title in main and finding in " ".join(re.sub("<[^>]*>", "", main).split())
    [key] = re.findall("<dl class=key>.*?</dl>", main, re.DOTALL)
    assert 3 <= key.count("<dd>") <= 5


@pytest.mark.parametrize("language", languages())
def test_links_lead_to_pages_that_are_there(site: Path, language: str) -> None:
    for name in [*(path.stem for path in PATHS), "index"]:
        elements = Elements(read(site, name, language))
        links = [a["href"] for a in elements.of("a") if not a["href"].startswith("#")]
        assert links
        for link in links:
            path, _, anchor = link.partition("#")
            target = (site / language / path).resolve()
            assert target.exists(), link
            if anchor:
                ids = {a.get("id") for _, a in Elements(target.read_text(encoding="utf-8")).found}
                assert anchor in ids, link


@pytest.mark.parametrize("language", languages())
def test_the_index_names_every_briefing_and_every_figure(site: Path, language: str) -> None:
    page = read(site, "index", language)
    with speaking(language):
        for path in PATHS:
            title, finding = navigation.heading(path)
            assert title in page and finding in page
            assert f"href={path.stem}.html" in page
    rows = page[page.index("<tbody>") :].count("<tr>")
    assert rows == len(pages.tables.shared()["figures"])
    assert page.count("<dd>") == len(PATHS) == page.count("class=thumbnail")


def with_output(data: dict[str, str]) -> nbformat.NotebookNode:
    return notebook_of(nbformat.v4.new_code_cell("1", outputs=[output(data)]))


def notebook_of(*cells: nbformat.NotebookNode) -> nbformat.NotebookNode:
    return nbformat.v4.new_notebook(cells=list(cells))


def output(data: dict[str, str]) -> nbformat.NotebookNode:
    return nbformat.v4.new_output("display_data", data)


def rendered(notebook: nbformat.NotebookNode) -> str:
    page = pages._page("Title", "name", "inputs")
    return pages.render(markup.blocks(copy.deepcopy(notebook)), page)


@pytest.mark.parametrize("hostile", [*HOSTILE, FORMULA])
def test_hostile_words_are_shown_as_text(hostile: str) -> None:
    code = nbformat.v4.new_code_cell(hostile, outputs=[output({"text/plain": hostile})])
    page = Elements(rendered(notebook_of(nbformat.v4.new_markdown_cell(f"`{hostile}`"), code)))
    assert page.words.count(hostile) == 3
    assert not page.of("img") + page.of("svg")
    assert len(page.of("script")) == 1


def chart(words: str, alt: str) -> dict[str, str]:
    """A chart in which some words are drawn as matplotlib draws them."""
    escaped = words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9" version="1.1">'
        f'<g><!-- {escaped} --><g style="fill: #1b2a3a" transform="translate(1 2) '
        'scale(0.1 -0.1)"/></g></svg>'
    )
    return {"image/svg+xml": svg, "image/png": "", "text/plain": alt}


@pytest.mark.parametrize("hostile", [*HOSTILE, FORMULA])
def test_hostile_words_in_a_chart_are_shown_as_text(hostile: str) -> None:
    page = Elements(rendered(with_output(chart(hostile, hostile))))
    assert len(page.of("script")) == 1 and not page.of("img")
    [drawn] = page.of("svg")
    assert drawn["aria-label"] == hostile


@cache
def plain_page() -> Elements:
    """A page whose only output is empty."""
    return Elements(rendered(with_output({"text/plain": ""})))


@pytest.mark.parametrize(
    "hostile",
    [
        *HOSTILE,
        '<a href="javascript:alert(1)">x</a>',
        '<a href="java\tscript:alert(1)">x</a>',
        '<meta http-equiv="refresh" content="0;url=https://example.org">',
        "<!--><img src=x onerror=alert(1)>-->",
        "<style>@import url(https://example.org)</style>",
        '<p style="background:url(https://example.org)">x</p>',
    ],
)
@pytest.mark.parametrize("kind", ["text/html", "text/markdown"])
def test_markup_that_would_run_or_load_is_disarmed(hostile: str, kind: str) -> None:
    page = Elements(rendered(with_output({kind: hostile, "text/plain": ""})))
    added = [e for e in page.found if e not in plain_page().found]
    assert not [e for e in added if e[0] not in markup.TAGS]
    assert not [a for _, a in added if set(a) - {"href", "title", "class", "id"}]
    assert not [a for _, a in added if "script" in (a.get("href") or "")]


def test_an_output_of_another_kind_is_refused() -> None:
    with pytest.raises(markup.PageError, match="of the kind text/vnd"):
        rendered(with_output({"text/vnd.mermaid": "graph", "text/plain": ""}))


def test_numbers_of_a_column_are_aligned_on_the_decimal_sign() -> None:
    cells = "".join(f'<tr><td class="number"><a>{n}</a></td></tr>' for n in ("9", "12.25", "0.5"))
    table = f"<table><thead><tr><th>N</th></tr></thead><tbody>{cells}</tbody></table>"
    [block] = markup.blocks(with_output({"text/html": table, "text/plain": ""}))[1:]
    pads = re.findall('>([0-9.]+)(?:<span class="pad">([^<]*)</span>)?</a>', block.content)
    assert pads == [("9", ".00"), ("12.25", ""), ("0.5", "0")]


def test_a_table_without_rows_and_a_briefing_without_a_chart_are_shown() -> None:
    """So a collection can be rendered while its tables are being filled in."""
    head = '<tr><th scope="col">Nothing</th><th scope="col">Yet</th></tr>'
    table = f"<table><thead>{head}</thead><tbody></tbody></table>"
    output = nbformat.v4.new_output("display_data", {"text/html": table, "text/plain": ""})
    cells = [nbformat.v4.new_code_cell("", outputs=[output]) for _ in range(2)]
    blocks = markup.blocks(nbformat.v4.new_notebook(cells=cells))
    furniture = pages._page("Title", "00-overview", "")
    chapter = pages._chapter(navigation.paths()[0], blocks)
    assert (chapter.picture, chapter.key) == ("", "")
    assert "Nothing" in chapter.body
    assert sheets.printed(pages.sheet([chapter], furniture)).startswith(b"%PDF")
    assert "thumbnail" not in pages.contents([chapter], furniture).partition("</style>")[2]
