"""A page is self-contained, shows everything as text, and is the same each time."""

import copy
import html
import re
from html.parser import HTMLParser

import nbformat
import pytest

from briefing import editions, pages

PATHS = editions.paths()
HOSTILE = ["<script>alert(1)</script>", '"><svg onload=alert(1)>', "<img src=x onerror=alert(1)>"]
every = pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)


class Elements(HTMLParser):
    """All elements of a page, with their attributes."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def of(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.found if name == tag]


@every
def test_a_page_requests_nothing(path: editions.Path) -> None:
    page = pages.render(editions.read(path))
    elements = Elements(page)
    assert not elements.of("script") + elements.of("link") + elements.of("iframe")
    for _, attributes in elements.found:
        assert not [name for name in attributes if name.startswith("on")]
        assert (attributes.get("src") or "data:").startswith("data:")
    assert not re.findall(r"url\((?!data:)|@import", page)
    [policy] = [m["content"] for m in elements.of("meta") if m.get("http-equiv")]
    assert policy == (
        "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; "
        "base-uri 'none'; form-action 'none'"
    )


@every
def test_every_picture_has_its_alt_text(path: editions.Path) -> None:
    notebook = editions.read(path)
    alts = [attributes["alt"] for attributes in Elements(pages.render(notebook)).of("img")]
    outputs = [o for cell in notebook.cells for o in cell.get("outputs", [])]
    assert alts == [o.data["text/plain"] for o in outputs if "image/svg+xml" in o.get("data", {})]
    assert all(alt.startswith("Chart. ") for alt in alts)


@every
def test_every_number_leads_to_a_row_of_the_sources(path: editions.Path) -> None:
    elements = Elements(pages.render(editions.read(path)))
    ids = {attributes["id"] for _, attributes in elements.found if "id" in attributes}
    quantities = [a for a in elements.of("a") if a.get("class") == "quantity"]
    assert quantities
    assert {a["href"].removeprefix("#") for a in quantities} <= ids
    assert all(a["title"] for a in quantities)


def test_links_to_notebooks_become_links_to_pages() -> None:
    names = {f"{path.stem}.html" for path in PATHS} | {"index.html"}
    for path in PATHS:
        links = [a["href"] for a in Elements(pages.render(editions.read(path))).of("a")]
        assert not [link for link in links if link.endswith(".ipynb")]
        assert {link for link in links if link.endswith(".html")} <= names


def test_the_index_names_every_briefing_with_its_finding() -> None:
    page = pages.contents(PATHS)
    for path in PATHS:
        (
            title,
            *_,
        ) = editions.read(path).cells[0].source.splitlines()
        assert title.removeprefix("# ") in page
        finding = " ".join(editions.read(path).cells[0].source.split("\n\n")[1].split())
        assert finding in " ".join(html.unescape(page).split())
        assert f'href="{path.stem}.html"' in page


def with_output(data: dict[str, str]) -> nbformat.NotebookNode:
    notebook = copy.deepcopy(editions.read(PATHS[0]))
    notebook.cells[2:] = [nbformat.v4.new_code_cell("1", outputs=[output(data)])]
    return notebook


def output(data: dict[str, str]) -> nbformat.NotebookNode:
    return nbformat.v4.new_output("display_data", data)


@pytest.mark.parametrize("hostile", HOSTILE)
def test_hostile_words_are_shown_as_text(hostile: str) -> None:
    page = pages.render(with_output({"text/plain": hostile}))
    assert hostile not in page
    code = copy.deepcopy(editions.read(PATHS[0]))
    code.cells[0].source = f"# {hostile}\n\n{hostile}"
    code.cells[1].source = hostile
    assert hostile not in pages.render(code)
    svg = {"image/svg+xml": "<svg/>", "image/png": "", "text/plain": hostile}
    assert hostile not in pages.render(with_output(svg))


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
    page = Elements(pages.render(with_output({kind: hostile, "text/plain": ""})))
    plain = Elements(pages.render(with_output({"text/plain": ""})))
    added = [e for e in page.found if e not in plain.found]
    assert not [e for e in added if e[0] not in pages.TAGS]
    assert not [a for _, a in added if set(a) - {"href", "title", "class", "id"}]
    assert not [a for _, a in added if "script" in (a.get("href") or "")]


def test_an_output_of_another_kind_is_refused() -> None:
    with pytest.raises(pages.PageError, match="of the kind text/vnd"):
        pages.render(with_output({"text/vnd.mermaid": "graph", "text/plain": ""}))


@every
def test_the_same_notebook_gives_the_same_page(path: editions.Path) -> None:
    assert pages.render(editions.read(path)) == pages.render(editions.read(path))
