"""How an edition becomes self-contained HTML pages and an index."""

import base64
import io
import json
import re
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bleach import clean
from fontTools import subset
from nbconvert import HTMLExporter
from tqdm import tqdm

from briefing import editions, tables
from briefing.charts import FONT
from briefing.language import ENGLISH, translate

if TYPE_CHECKING:
    from nbformat import NotebookNode

SITE = editions.ROOT / "site"
TEMPLATES = Path(__file__).resolve().parent / "templates"
SHOWN = {"image/svg+xml", "image/png", "text/html", "text/markdown", "text/plain"}
TAGS = {"a", "blockquote", "br", "code", "details", "em", "h1", "h2", "h3", "hr", "li", "ol", "p"}
TAGS |= {"pre", "span", "strong", "sub", "summary", "sup", "ul"}
TAGS |= {"table", "tbody", "td", "th", "thead", "tr"}
ATTRIBUTES = {"*": ["class", "id"], "a": ["href", "title"], "th": ["scope"]}


class PageError(ValueError):
    """A notebook's output may not stand on a page."""


def write_site(language: str = ENGLISH) -> Path:
    """Write every page of an edition and its index; returns the index's path."""
    folder = SITE / language
    found = editions.paths(language)
    with ProcessPoolExecutor() as pool:
        rendered = tqdm(pool.map(_render_path, found), "pages", len(found), unit="page")
        for path, page in zip(found, rendered, strict=True):
            editions.write_whole(folder / f"{path.stem}.html", page)
    editions.write_whole(folder / "index.html", contents(found, language))
    return folder / "index.html"


def _render_path(path: Path) -> str:
    return render(editions.current(path))


def render(notebook: "NotebookNode", language: str = ENGLISH) -> str:
    """An executed notebook as one HTML page that requests nothing from anywhere.

    Raises PageError when an output is of a kind that no page shows; markup that could run code
    or load anything is shown as text.
    """
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            kinds = set(output.get("data", {output.output_type: ""}))
            if not kinds <= SHOWN:
                raise PageError(f"an output is of the kind {', '.join(sorted(kinds - SHOWN))}")
    page = _page(editions.heading(notebook.cells[0].source)[0], language)
    text = "".join(json.dumps(cell, ensure_ascii=False) for cell in notebook.cells)
    exporter = _exporter()
    body, _ = exporter.from_notebook_node(notebook, {"page": page | {"font": _font(text, page)}})
    return body


def contents(paths: list[Path], language: str = ENGLISH) -> str:
    """The index page of an edition."""
    page = _page(tables.descriptor()["title"], language)
    briefings = []
    for path in paths:
        title, finding = editions.heading(editions.read(path).cells[0].source)
        briefings.append({"href": f"{path.stem}.html", "title": title, "finding": finding})
    font = _font(json.dumps(briefings, ensure_ascii=False), page)
    template = _exporter().environment.get_template("contents.html.j2")
    resources = {"page": page | {"font": font}}
    return template.render(resources=resources, briefings=briefings)


def _page(title: str, language: str) -> dict[str, str]:
    """The furniture of a page."""
    report = tables.descriptor()["report"]
    return {
        "title": title,
        "language": language,
        "collection": translate("Briefings on {symbol}").format(**report),
        "code": translate("Code"),
        "colophon": translate("Every figure: {symbol}. Data version {version}.").format(
            **report, version=editions.data_version()
        ),
    }


@cache
def _exporter() -> HTMLExporter:
    exporter = HTMLExporter(
        extra_template_basedirs=[str(TEMPLATES)],
        template_name="page",
        exclude_input_prompt=True,
        exclude_anchor_links=True,
    )
    exporter.register_filter("data_uri", _data_uri)
    exporter.register_filter("notebook_links", _notebook_links)
    exporter.register_filter("safe_markup", _safe)
    return exporter


def _data_uri(svg: str) -> str:
    return "data:image/svg+xml;base64," + base64.b64encode(svg.encode()).decode()


def _notebook_links(markup: str) -> str:
    return re.sub(r'(href="[^":]+)\.ipynb(#[^"]*)?"', r'\1.html\2"', markup)


def _font(text: str, page: dict[str, Any]) -> str:
    """The house font cut down to the characters of a page, as base64 of WOFF2."""
    options = subset.Options(flavor="woff2", layout_features=["kern", "locl"], notdef_outline=True)
    cutter = subset.Subsetter(options)
    cutter.populate(text=text + "".join(page.values()))
    buffer = io.BytesIO()
    with subset.load_font(FONT, options) as font:
        cutter.subset(font)
        subset.save_font(font, buffer, options)
    return base64.b64encode(buffer.getvalue()).decode()


def _safe(fragment: str) -> str:
    """A fragment in which all but harmless markup stands as text."""
    return clean(fragment, tags=TAGS, attributes=ATTRIBUTES, protocols={"http", "https"})
