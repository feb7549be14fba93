"""A page is self-contained, small, shows everything as text, and is the same each time."""

import base64
import hashlib
import io
import re
import shutil
import unicodedata
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import nbformat
import pytest
from fontTools.ttLib import TTFont

from briefing.core.language import languages, speaking
from briefing.notebook import navigation
from briefing.publish import document, editions, fonts, handouts, pages, sheets, templating
from briefing.publish.pictograms import pictogram

PATHS = navigation.paths()
BRIEFINGS = [path for path in PATHS if "show_brief(" in path.read_text(encoding="utf-8")]
KEYED = {p.stem for p in PATHS if "show_key_figures" in p.read_text(encoding="utf-8")}
EDITIONS = [(path.stem, language) for language in languages() for path in PATHS]
LARGEST = {"en": 100_000, "zh": 150_000}  # bytes of a page
LARGER = {("figures", "en"): 260_000, ("figures", "zh"): 300_000}  # some 170 cards
KNOWN = (Path(__file__).parent / "browsers_of_2020.txt").read_text(encoding="utf-8")
CSS, ADDED, SCRIPT = (set(part.split()[1:]) for part in KNOWN.split("# ")[1:])
FREE = re.compile(r"""/\*.*?\*/|url\([^)]*\)|"[^"]*"|'[^']*'|--\w+|#\w+|U\+[^;]*""", re.DOTALL)
WORD = re.compile(r"@?-?[a-z][a-z-]*")
Block = dict[str, Any]
HOSTILE = ["<script>alert(1)</script>", '"><svg onload=alert(1)>', "<img src=x onerror=alert(1)>"]
every = pytest.mark.parametrize(("name", "language"), EDITIONS)


@pytest.fixture(autouse=True)
def fontless(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a test renders itself has no font, which takes long to cut; the pages of site/ have."""
    monkeypatch.setattr(fonts, "woff2", lambda text: "")


class Elements(HTMLParser):
    """All elements of a page with their attributes, and its words but style and script."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.words = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.words += "" if self.cdata_elem else data

    def of(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.found if name == tag]


@cache
def elements_of(site: Path, name: str, language: str) -> Elements:
    return Elements(read(site, name, language))


@cache
def answering(site: Path, language: str) -> set[str]:
    """The ids of all entries on the page of cards."""
    return {entry["id"] for entry in elements_of(site, "figures", language).of("article")}


def read(site: Path, name: str, language: str) -> str:
    return (site / language / f"{name}.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("name", [*(path.stem for path in PATHS), "index", "figures"])
def test_a_page_is_small_and_requests_nothing(site: Path, name: str, language: str) -> None:
    page = read(site, name, language)
    assert len(page.encode()) <= LARGER.get((name, language), LARGEST[language])
    elements = elements_of(site, name, language)
    assert elements.found[0] == ("html", {"lang": language})
    assert not elements.of("link") + elements.of("iframe")
    for _, attributes in elements.found:
        assert not [name for name in attributes if name.startswith("on")]
        assert (attributes.get("src") or "data:").startswith("data:")
    assert not re.findall(r"url\((?!data:|#)|@import", page)
    [policy] = [m["content"] for m in elements.of("meta") if m.get("http-equiv")]
    [script] = re.findall("<script>(.*?)</script>", page, re.DOTALL)
    allowed = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    assert policy == (
        f"default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-{allowed}'; "
        "font-src data:; img-src data:; base-uri 'none'; form-action 'none'"
    )


@pytest.mark.parametrize("language", [*languages(), pages.BOTH])
def test_browsers_of_2020_know_all_that_pages_ask_of_them(site: Path, language: str) -> None:
    for name in sorted(path.stem for path in (site / language).glob("*.html")):
        page = read(site, name, language)
        [style] = re.findall("<style>(.*?)</style>", page, re.DOTALL)
        style = FREE.sub("", style)
        preludes, rules = re.findall(r"@[^{]*", style), re.findall(r"([^{}]+)\{([^{}]*)\}", style)
        drawn = [FREE.sub("", it) for it in re.findall(r'style="([a-z][^"]*)"', page)]
        asked = set(WORD.findall(" ".join([*preludes, *(rule for _, rule in rules), *drawn])))
        asked |= set(re.findall(":[a-z-]+", " ".join(selectors for selectors, _ in rules)))
        assert asked - CSS - ADDED == set()
        assert not [prelude for prelude in preludes if re.search("[<>]", prelude)]
        for selectors, rule in rules:
            # A list of selectors is passed by as a whole.
            added = [
                not ADDED.isdisjoint(re.findall(":[a-z-]+", it)) for it in selectors.split(",")
            ]
            assert len(set(added)) == 1, selectors
            assert "gap:" not in rule or "display:grid" in rule, selectors
            # Its parts are not known together; with a variable, that undoes what was there.
            assert not re.search("text-decoration:[^;]* ", rule), selectors


def test_browsers_of_2020_know_all_that_scripts_call() -> None:
    for file in (templating.TEMPLATES / "page").glob("*.js"):
        code = re.sub(r"//.*|\"[^\"]*\"|dataset\.\w+|\.{3}", "", file.read_text(encoding="utf-8"))
        assert set(re.findall(r"\.([a-z]\w*)", code)) - SCRIPT == set()
        assert not re.search(r"\?\.|\?\?|[*|&]=|\(\?<|\b(async|await|class|import)\b", code)


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("name", [*(path.stem for path in PATHS), "index", "figures"])
def test_no_glyph_is_missing_from_the_font_of_a_page(site: Path, name: str, language: str) -> None:
    page = read(site, name, language)
    [font] = re.findall(r"font/woff2;base64,([^)]*)\)", page)
    glyphs = TTFont(io.BytesIO(base64.b64decode(font))).getBestCmap()
    elements = elements_of(site, name, language)
    shown = elements.words + "".join(a.get("title") or "" for a in elements.of("a"))
    drawn = {c for c in shown if ord(c) > 32 and unicodedata.category(c) != "Cf"}
    assert {c for c in drawn if ord(c) not in glyphs} == set()


@every
def test_every_chart_has_its_alt_text_and_title(site: Path, name: str, language: str) -> None:
    stored = nbformat.read(editions.folder(language) / f"{name}.ipynb", as_version=4)
    charts = [b for b in document.blocks(stored, name) if b["kind"] == "chart"]
    elements = elements_of(site, name, language)
    assert [svg["aria-label"] for svg in elements.of("svg")] == [chart["alt"] for chart in charts]
    assert all(svg["role"] == "img" for svg in elements.of("svg"))
    assert len(elements.of("figcaption")) == len(charts)
    ids = {attributes["id"] for _, attributes in elements.found if "id" in attributes}
    assert {use["xlink:href"][1:] for use in elements.of("use")} <= ids, "marks are drawn"


@every
def test_every_number_leads_to_a_row_of_the_sources_and_to_a_card(
    site: Path, name: str, language: str
) -> None:
    elements = elements_of(site, name, language)
    ids = [attributes["id"] for _, attributes in elements.found if "id" in attributes]
    assert len(ids) == len(set(ids))
    quantities = [a for a in elements.of("a") if "title" in a]
    assert quantities
    of_figures = [a for a in quantities if not a["href"].startswith("figures.html#counted-")]
    assert {a["href"].removeprefix("#") for a in of_figures} <= set(ids)
    assert all(a["title"] for a in quantities)
    cards = {a.get("data-card") or a["href"].partition("#")[2] for a in quantities}
    assert cards <= answering(site, language)


@every
def test_a_page_begins_with_title_finding_and_key_figures(
    site: Path, name: str, language: str
) -> None:
    page = read(site, name, language)
    main = page[page.index("<main>") :]
    with speaking(language):
        title, finding = navigation.heading(navigation.NOTEBOOKS / f"{name}.ipynb")
    key = ['<dl class="key'] if name in KEYED else []
    places = [main.index(part) for part in ("<h1", "<p>", *key, "<h2")]
    assert places == sorted(places)
    words = " ".join(Elements(main).words.split())
    assert title in words and finding in words
    for shown in re.findall('<dl class="key.*?</dl>', main, re.DOTALL):
        assert 1 <= shown.count("<dd>") <= 4


@pytest.mark.parametrize("name", [path.stem for path in PATHS])
def test_code_is_shown_at_first_only_where_it_is_what_a_page_is_of(site: Path, name: str) -> None:
    [box] = [a for a in elements_of(site, name, "en").of("input") if a["id"] == "code"]
    assert ("checked" in box) == (name not in KEYED)


@pytest.mark.parametrize("language", languages())
def test_links_lead_to_pages_that_are_there(site: Path, language: str) -> None:
    there = {}  # the ids of each page, read once
    for name in [*(path.stem for path in PATHS), "index", "figures"]:
        elements = elements_of(site, name, language)
        links = [a["href"] for a in elements.of("a") if not a["href"].startswith("#")]
        [other] = [a["href"] for a in elements.of("a") if a.get("hreflang") in languages()]
        assert links and other in {f"../{it}/{name}.html" for it in languages() if it != language}
        for link in links:
            path, _, anchor = link.partition("#")
            target = (site / language / path).resolve()
            assert target.exists(), link
            if anchor:
                if target not in there:
                    found = elements_of(site, target.stem, target.parent.name).found
                    there[target] = {attributes.get("id") for _, attributes in found}
                assert anchor in there[target], link


@pytest.mark.parametrize("language", languages())
def test_the_index_names_every_briefing_and_every_figure(site: Path, language: str) -> None:
    page = read(site, "index", language)
    themes = page[page.index('<ul class="briefings">') : page.index('id="figures"')]
    listed = re.findall(r'<a href="([^"]+)\.html"><span class="picture"[^>]*><svg', themes)
    assert listed == [path.stem for path in BRIEFINGS[1:]], "each theme has its picture"
    assert {path.stem for path in PATHS} - set(listed) == {"00-overview", "09-audit", "10-explore"}
    with speaking(language):
        for path in BRIEFINGS[1:]:
            assert navigation.heading(path)[0] in themes
    rows = page[page.index("<tbody>") :].count("<tr>")
    assert rows == len(pages.tables.shared()["figures"])
    tiles = re.findall(r'<dd>.*?href="([^"#]+).*?>([^<]+)', page[: page.index("<h2")])
    names = ["04-funding"] * 3 + ["01-coordination"] * 2 + ["08-administration"]
    assert [href for href, _ in tiles] == [f"{name}.html" for name in names]
    digits = [re.sub("[^0-9.]", "", said) for _, said in tiles]
    dollars = {"en": ["228", "122"], "zh": ["2.28", "1.22"]}
    assert digits == [*dollars[language], "116", "45", "106", "80"]


def number(said: str, *doubts: str, **others: Any) -> Block:
    told = {"provenance": 'Printed: 1.25亿 "<i>', "doubts": list(doubts), "origin": "printed"}
    told |= {"figures": ["core-resources-2011"], "source": "para. 64"}
    return {"said": said} | told | others


DOUBTFUL = number("$78 million", "Printed as the rise.", "Read here as the level.")
SUMMED = ["non-core-resources-2011", "core-resources-2011"]
COMPUTED = number("about $228 million and more of it", origin="computed", figures=SUMMED)
TABLE = {
    "kind": "table",
    "heads": ["Resources", "Amount", "Share", "Source"],
    "numeric": [False, True, True, False],
    "rows": [
        [["Core"], [number("125")], [COMPUTED], ["para. 62"]],
        [["Non-core"], [number("102.75")], [], ["para. 62"]],
    ],
    "summary": "",
}
SVG = (
    '<svg viewBox="0 0 331 90" xmlns="http://www.w3.org/2000/svg">'
    '<path d="M 0 0 L 331 0 L 331 90 L 0 90 z" style="fill: #ffffff"/>'
    '<defs>\n  <style type="text/css">*{stroke-linecap: butt}</style>\n </defs>\n '
    '<path d="M 90 9 L 240 9 L 240 80 L 90 80 z" style="fill: #0b5c94; stroke: #d9e0e6"/>'
    '<text x="9" y="50" style="font: 11.5px \'Noto Sans SC\'; fill: #1b2a3a">Core 核心</text></svg>'
)
PNG = (
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGA"
    "WjR9awAAAABJRU5ErkJggg=="
)
CHART = {
    "kind": "chart",
    "title": ["Both grew by ", number("half")],
    "alt": 'Chart. "Both" <grew>.',
    "source": "Source: A/67/185, para. 62",
    "size": [4.6, 1.25],
    "panels": [],
    "svg": SVG,
    "data": TABLE | {"summary": "Data of this chart"},
}
BRIEF = [["It got ", number("$125 million"), "."], [DOUBTFUL, " came first."], ["妇女署 grew."]]
PARTS = [
    *("Words ", {"strong": ["strong"]}, {"emphasis": ["soft"]}, {"code": "code"}, {"break": True}),
    {"href": "07-governance.ipynb#Sources", "parts": ["Governance"]},
]
SAMPLE = [
    {"kind": "heading", "level": 1, "parts": ["UN-Women's income rose"]},
    {"kind": "paragraph", "parts": ["A/67/185, unofficial"]},
    {"kind": "code", "source": "import briefing"},
    {"kind": "brief", "sentences": BRIEF},
    CHART,
    {"kind": "key_figures", "items": [{"name": "Income", "number": COMPUTED}]},
    {"kind": "heading", "level": 2, "parts": ["What came in?"]},
    {"kind": "sentence", "parts": [DOUBTFUL, " and ", number("2 600", figures=["staff-planned"])]},
    TABLE,
    {"kind": "table", "heads": ["Nothing", "Yet"], "numeric": [0, 0], "rows": [], "summary": ""},
    {"kind": "heading", "level": 4, "parts": ["Deep"]},
    {"kind": "paragraph", "parts": PARTS},
    {"kind": "items", "ordered": True, "items": [[{"kind": "paragraph", "parts": ["one"]}]]},
    {"kind": "quote", "blocks": [{"kind": "paragraph", "parts": ["quoted"]}]},
    {"kind": "rule"},
    {"kind": "verbatim", "text": "printed"},
    {"kind": "picture", "png": PNG, "alt": "<Figure>"},
    TABLE
    | {"kind": "sources", "numeric": [False] * 4, "ids": ["core-resources-2011", "staff-planned"]},
    {"kind": "list", "items": [[{"href": "01-coordination.ipynb", "parts": ["Coordination"]}]]},
    {"kind": "links", "parts": ["Next: ", {"href": "05-results.ipynb", "parts": ["Results"]}]},
]


def rendered(*blocks: Block) -> str:
    """A page of blocks, from its first heading to its last block."""
    return main(pages.render(list(blocks), pages.furnished("Title", "name", "inputs")))


def main(page: str) -> str:
    return re.split('</main>|<div id="note"', page.partition("<main>")[2])[0].strip()


def sentence(*parts: Any) -> Block:
    return {"kind": "sentence", "parts": list(parts)}


def test_a_number_leads_to_its_source_and_says_where_it_is_from() -> None:
    [printed] = Elements(rendered(sentence(DOUBTFUL))).of("a")
    assert printed == {
        "class": "printed",
        "href": "#core-resources-2011",
        "title": 'Printed: 1.25亿 "<i>\n‡ Printed as the rise.\n‡ Read here as the level.',
    }
    [computed] = Elements(rendered(sentence(COMPUTED))).of("a")
    both = "core-resources-2011+non-core-resources-2011"
    assert (computed["class"], computed["data-card"]) == ("long", both)
    assert ">$78\u00a0million<sup>‡</sup></a>" in rendered(sentence(DOUBTFUL))
    assert "<sup>" not in rendered(sentence(COMPUTED))


def test_the_mark_is_explained_once_after_the_first_block_that_has_it() -> None:
    whole = rendered(*SAMPLE)
    assert whole.count('<p class="legend">') == 1
    assert (
        whole.index("$125\u00a0million") < whole.index('class="legend"') < whole.index("<figure>")
    )
    for origin in ("printed", "computed"):
        assert f'<u class="{origin}">' in whole
    assert "legend" not in rendered(sentence(COMPUTED))
    quoted = rendered({"kind": "quote", "blocks": [sentence(DOUBTFUL)]})
    assert '<p class="legend"><sup>‡</sup> unclear' in quoted


def test_no_line_ends_between_a_number_and_the_punctuation_after_it_or_within_a_name() -> None:
    short = number("$5 million")
    title = {"kind": "heading", "level": 1, "parts": ["UN-Women in 2012-2013"]}
    page = rendered(title, sentence(short, ". ", short, " and ", COMPUTED, "; x"))
    assert page.count("<span>") == 3
    assert "<span>UN-Women</span> in <span>2012-2013</span>" in page
    assert re.search(r"<span><a [^>]+>\$5\u00a0million</a>\.</span> <a", page)
    assert "</a>; x" in page, "a long number is broken over lines itself"


def test_chinese_words_on_an_english_page_are_named_as_such() -> None:
    block = sentence("Of 妇女署 & it, ", COMPUTED, "个 {", {"code": "署"})
    page, joiner = rendered(block), templating.WORD_JOINER
    assert '<p>Of <span lang="zh">妇女署</span> &amp; it, <a' in page
    assert f'</a><span lang="zh">{joiner}个 {{</span><code><span lang="zh">署' in page
    rows = [[["妇女署 (60%)"], ["UN 署"]]]
    table = {"kind": "table", "heads": ["署", ""], "numeric": [False] * 2, "rows": rows}
    page = rendered(table | {"summary": ""})
    assert '<td lang="zh">妇女署 (60%)<td>UN <span lang="zh">署</span></table>' in page
    with speaking("zh"):
        assert "<span" not in rendered(block)


def test_a_link_to_a_notebook_leads_to_its_page() -> None:
    hrefs = ["07-a.ipynb", "07-a.ipynb#b", "https://example.org/a.ipynb", "#b"]
    links = [{"href": href, "parts": ["x"]} for href in hrefs]
    found = [a["href"] for a in Elements(rendered(sentence(*links))).of("a")]
    assert found == ["07-a.html", "07-a.html#b", *hrefs[2:]]


def test_cells_of_numbers_are_padded_and_a_wide_table_names_its_heads() -> None:
    elements = Elements(rendered(TABLE))
    cells = elements.of("td")
    assert cells[1] == {"class": "number", "data-pad": ".75"} and cells[5] == {"class": "number"}
    assert cells[0] == cells[3] == {}
    [wide], [other] = elements.of("table"), Elements(rendered(narrow())).of("table")
    heads = "--head2:'Amount';--head3:'Share';--head4:'Source';"
    assert wide == {"class": "wide", "style": heads} and other == {}
    wordy = narrow() | {"rows": [[["A"], ["word " * 13], ["para. 1"]]], "numeric": [False] * 3}
    assert Elements(rendered(wordy)).of("table")[0]["class"] == "wide"
    [named] = Elements(rendered(TABLE | {"heads": ["", "a'b", "c\\", '"']})).of("table")
    assert named["style"] == r"""--head2:'a\'b';--head3:'c\\';--head4:'"';"""


def narrow() -> Block:
    rows = [row[:3] for row in TABLE["rows"]]
    return TABLE | {"heads": TABLE["heads"][:3], "numeric": TABLE["numeric"][:3], "rows": rows}


def test_a_chart_stands_between_its_title_and_its_source_and_its_data_are_folded() -> None:
    page = rendered(CHART)
    order = ["<figure>", "<figcaption>", "<svg", "</svg>", "Source: A/67", "</figure>", "<details>"]
    assert [page.index(part) for part in order] == sorted(page.index(part) for part in order)
    [svg] = Elements(page).of("svg")
    assert (svg["role"], svg["aria-label"]) == ("img", CHART["alt"])
    assert (
        'viewBox="0 0 331 90"><path d="M0 0H331V90H0z" style="fill:var(--3,#ffffff)"/><path' in page
    )
    colours = "fill:var(--4,#0b5c94); stroke:var(--2,#d9e0e6)"
    assert f'<path d="M90 9H240V80H90z" style="{colours}"/><text x="9"' in page
    style = pages.render([CHART], pages.furnished("Title", "name", "inputs")).partition("<main>")[0]
    light, dark = style.index("--4:#0b5c94;"), style.index("--4:#64b0e8;")
    assert light < style.index("prefers-color-scheme:dark") < dark


def test_headings_are_three_deep_and_can_be_linked() -> None:
    page = rendered(*SAMPLE)
    assert '<h2 id="What-came-in?">What came in?</h2>' in page
    assert '<h3 id="Deep">Deep</h3>' in page


def hostile_copy(content: Any, words: str, kept: str = "") -> Any:
    """A block in which all words are others; what the kernel or nbformat makes stays."""
    if isinstance(content, dict):
        return {name: hostile_copy(value, words, name) for name, value in content.items()}
    if isinstance(content, list):
        return [hostile_copy(value, words, kept) for value in content]
    return words if isinstance(content, str) and kept not in ("kind", "svg", "png") else content


@pytest.mark.parametrize("hostile", HOSTILE)
def test_hostile_words_are_words_wherever_they_stand(hostile: str) -> None:
    page, plain = (Elements(rendered(*hostile_copy(SAMPLE, it))) for it in (hostile, "x"))
    assert [tag for tag, _ in page.found] == [tag for tag, _ in plain.found]
    names, others = ([{*it} - {"class"} for _, it in one.found] for one in (page, plain))
    assert names == others, "but what is printed or long has a class"
    assert page.words.count(hostile) == plain.words.count("x")


def test_a_table_without_rows_and_a_briefing_without_a_chart_are_shown() -> None:
    """So a collection can be rendered while its tables are being filled in."""
    furniture = pages.furnished("Title", "00-overview", "")
    chapter = pages._chapter(navigation.paths()[0], [*SAMPLE[:2], SAMPLE[9]])
    assert "Nothing" in chapter.body
    assert sheets.printed(pages.sheet([chapter], furniture)).startswith(b"%PDF")
    assert "<dd>" not in pages.contents([chapter], furniture)


def test_a_pictogram_has_the_numbers_of_its_theme() -> None:
    assert pictogram("01-coordination").count("<circle") == 45 + 1
    assert pictogram("05-results").count("<circle") == 37 + 15
    heads = re.findall('r="9" style="fill: (#[0-9a-f]+)', pictogram("08-administration"))
    assert len(set(heads[:4])) == 1 and heads[3] != heads[4] and len(heads) == 5
    long, short = re.findall('width="([0-9.]+)" height="30"', pictogram("04-funding"))
    assert float(long) / (float(long) + float(short)) == pytest.approx(228 / 350, abs=0.001)
    assert pictogram("09-audit") == ""


def test_the_index_begins_with_the_overview_and_the_numbers_to_know() -> None:
    furniture = pages.furnished("Title", "index", "")
    keys = [{"name": f"Key {n}", "number": number(f"{n}")} for n in range(3)]
    heading = {"kind": "heading", "level": 1, "parts": ["Up"], "theme": "Funding"}
    told = [heading, {"kind": "brief", "sentences": []}, {"kind": "key_figures", "items": keys}]
    overview = pages.Chapter("00-x", "Overview: Up", "", "", told[:2])
    theme = pages.Chapter("04-funding", "Funding: Up", "", "", told)
    new = pages.Chapter("11-new", "New: Up", "", "", [heading | {"theme": "New"}, told[1]])
    further = pages.Chapter("12-more", "More", "", "", [heading])
    index = main(pages.contents([overview, theme, new, further], furniture))
    assert '<p class="lede"><a href="00-x.html">Up</a></p>' in index
    assert Elements(index.partition("<dl")[2]).of("a")[0]["href"] == (
        "04-funding.html#core-resources-2011"
    )
    assert '<span class="title">Funding</span></a><p>Up</p>' in index
    assert '<li><a href="11-new.html"><span class="title">New</span>' in index, "it has no picture"
    assert '<a href="12-more.html">More</a>' in index
    volume = pages.sheet([overview, new], furniture, pages.front_of([overview, new]))
    assert sheets.printed(volume).startswith(b"%PDF"), "nor there"


@pytest.mark.parametrize("name", ["04-funding.html", "04-funding.pdf", *handouts.DOCUMENTS])
def test_what_is_cut_off_is_written_again(
    site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """As where a folder is synchronized, and that was stopped."""
    whole = (site / "en" / name).read_bytes()
    monkeypatch.setattr(pages, "SITE", tmp_path)
    copy = tmp_path / "en" / name
    copy.parent.mkdir()
    for content, is_written in ((whole, True), (whole[:-40], False)):
        copy.write_bytes(content)
        assert pages.are_written("en", [name], whole[:4].decode()) == is_written


def test_pages_of_gone_notebooks_are_removed_and_nothing_of_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A page that was saved by another name is its reader's own."""
    monkeypatch.setattr(pages, "SITE", tmp_path)
    folder, inputs = tmp_path / "en", "a" * 64
    (folder / "14-folder.html").mkdir(parents=True)
    for stem in ("04-funding", "04-funding-Copy1", "11-gone"):
        page = pages.render([], pages.furnished(stem, stem, inputs) | {"languages": {}})
        (folder / f"{stem}.html").write_text(page, encoding="utf-8")
        (folder / f"{stem}.pdf").write_text(f"%PDF {inputs}", encoding="utf-8")
    shutil.copy(folder / "04-funding.html", folder / "04-funding-annotated.html")
    for name in ("12-own.html", "12-own.pdf", "11-gone.docx", "notes.pdf"):
        (folder / name).write_text("<p>mine</p>", encoding="utf-8")
    before = {path.name for path in folder.iterdir()}
    pages._remove_gone(["en"])
    gone = {
        f"{stem}.{form}" for stem in ("04-funding-Copy1", "11-gone") for form in ("html", "pdf")
    }
    assert {path.name for path in folder.iterdir()} == before - gone
