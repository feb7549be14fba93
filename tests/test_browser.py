"""Every page in a real browser: quiet, accessible, legible, and its numbers explain themselves."""

from collections.abc import Iterator
from pathlib import Path

import chromium
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page
from test_pages import SAMPLE

from briefing.core.language import ENGLISH, languages
from briefing.notebook import navigation
from briefing.publish import pages

NAMES = [*(path.stem for path in navigation.paths()), "index", "figures"]
DESK, PHONE, NARROW, SMALLEST = 1280, 390, 360, 320
pytestmark = chromium.needed
every = pytest.mark.parametrize("name", NAMES)
each_language = pytest.mark.parametrize("language", languages())
SHORT = {"resultTypes": ["violations"], "preload": False}  # nothing is loaded, nor told of the rest
# All cards are of one template: the first and the last are looked at, doubtful ones among them.
PART = {"figures": "header, h1, article:nth-of-type(-n+8), article:nth-last-of-type(-n+3), footer"}
# Contrast is measured here, in both schemes and in drawings, which axe passes by.
QUICK = SHORT | {"rules": {"color-contrast": {"enabled": False}}}
# Words that lie on one another, or run out of their chart. Boxes of words are higher than what is
# drawn of them: their middle half is compared.
FAULTS = """() => [...document.querySelectorAll("figure svg")].flatMap((svg) => {
  const frame = svg.getBoundingClientRect();
  const all = [...svg.querySelectorAll("text")].map((text) => {
    const box = text.getBoundingClientRect();
    return { words: text.textContent, left: box.left, right: box.right,
             top: box.top + box.height / 4, bottom: box.bottom - box.height / 4 };
  });
  const out = all.filter((a) => a.left < frame.left - 0.5 || a.right > frame.right + 0.5
    || a.top < frame.top || a.bottom > frame.bottom).map((a) => `clipped: ${a.words}`);
  const on = all.flatMap((a, place) => all.slice(place + 1).filter((b) =>
    Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1
    && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 0
  ).map((b) => `overlapping: ${a.words} / ${b.words}`));
  return [...out, ...on];
})"""
# Lines that begin with punctuation that closes what is on the line above.
STARTS = """() => {
  const walker = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
  const found = [], range = document.createRange();
  for (let node; (node = walker.nextNode());) {
    const block = node.parentElement.closest("h1, h2, h3, p, li, dd, dt, td, figcaption");
    if (!block || !block.clientWidth || node.parentElement.closest("code, pre")) continue;
    const { paddingLeft } = getComputedStyle(block);
    const left = block.getBoundingClientRect().left + parseFloat(paddingLeft);
    for (const sign of node.data.matchAll(/[.,;:!?](?![a-z])|[)”’、。》」，；：！？）]/g)) {
      range.setStart(node, sign.index);
      range.setEnd(node, sign.index + 1);
      if (Math.abs(range.getBoundingClientRect().left - left) < 2)
        found.push(`begins a line: ${node.data.slice(sign.index, sign.index + 9)}`);
    }
  }
  return found;
}"""

# What readers set: letters of twice the size, and the spacing of WCAG 1.4.12.
LARGE = "font-size: 200%"
SPACED = "line-height: 1.5; letter-spacing: .12em; word-spacing: .16em"
WIDTHS = [(width, "") for width in (DESK, SMALLEST, NARROW, PHONE)]
SETTINGS = [*WIDTHS, (PHONE, SPACED), (PHONE, LARGE), (DESK, LARGE)]
# Words smaller than 12 pixels, marks apart.
SMALL = """() => [...document.querySelectorAll("main *")].filter((it) =>
  it.namespaceURI.endsWith("xhtml") && it.tagName !== "SUP" && it.offsetWidth
  && [...it.childNodes].some((node) => node.nodeType === 3 && node.data.trim())
  && parseFloat(getComputedStyle(it).fontSize) < 12).map((it) => `small: ${it.outerHTML}`)"""
# Words that stand out less than 4.5 to 1 from what is behind them, in a chart too.
PALE = """() => {
  const light = (colour) => {
    const parts = colour.match(/[0-9.]+/g).slice(0, 3).map((it) => it / 255)
      .map((it) => it <= 0.03928 ? it / 12.92 : ((it + 0.055) / 1.055) ** 2.4);
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2];
  };
  const ground = (it) => {
    if (it.tagName === "text") {
      const { x, y, width, height } = it.getBoundingClientRect();
      const under = [...it.closest("svg").querySelectorAll("path")].filter((path) => {
        const box = path.getBoundingClientRect();
        return getComputedStyle(path).fill !== "none"
          && path.compareDocumentPosition(it) & Node.DOCUMENT_POSITION_FOLLOWING
          && Math.abs(box.x + box.width / 2 - x - width / 2) < box.width / 2
          && Math.abs(box.y + box.height / 2 - y - height / 2) < box.height / 2;
      });
      return getComputedStyle(under.at(-1)).fill;
    }
    const own = getComputedStyle(it).backgroundColor;
    if (own !== "rgba(0, 0, 0, 0)") return own;
    return it.parentElement ? ground(it.parentElement) : "255 255 255";
  };
  return [...document.querySelectorAll("body *")].filter((it) => it.getClientRects().length
    && [...it.childNodes].some((node) => node.nodeType === 3 && node.data.trim())).map((it) => {
      const style = getComputedStyle(it);
      const [a, b] = [it.closest("svg") ? style.fill : style.color, ground(it)].map(light);
      return [it.outerHTML, (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05)];
    }).filter(([, contrast]) => contrast < 4.5);
}"""
GROUNDS = """() => [...document.querySelectorAll("html, body *")].filter((it) =>
  it.getClientRects().length).map((it) => getComputedStyle(it).backgroundColor)"""

# Where the whole part of each number ends, in pixels.
WHOLE_ENDS = """all => all.map((link) => {
  const range = document.createRange();
  range.setStart(link.firstChild, 0);
  range.setEnd(link.firstChild, link.firstChild.data.split(".")[0].length);
  return range.getBoundingClientRect().right;
})"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium.browsing() as browser:
        yield browser


@pytest.fixture(scope="module")
def shared(browser: Browser) -> Page:
    """One page for all tests, as a new one takes a process, which reads every script again."""
    return browser.new_page()


@pytest.fixture
def page(shared: Page) -> Page:
    """The page as it is before a reader sets anything."""
    shared.set_viewport_size({"width": DESK, "height": 900})
    shared.emulate_media(
        media="null", color_scheme="null", reduced_motion="null", forced_colors="null"
    )
    shared.mouse.move(0, 0)
    return shared


def address(site: Path, name: str, language: str) -> str:
    return (site / language / f"{name}.html").as_uri()


@each_language
@every
def test_a_page_is_quiet_fits_and_is_accessible(
    site: Path, page: Page, name: str, language: str
) -> None:
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("request", lambda request: said.append(request.url))
    url = address(site, name, language)
    page.goto(url)
    found = Axe().run(page, PART.get(name), QUICK).response["violations"]
    faults = [f"{v['id']} {[node['html'][:90] for node in v['nodes']][:3]}" for v in found]
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        faults += [f"pale, {scheme}: {it} {ratio:.1f}" for it, ratio in page.evaluate(PALE)]
    for width, setting in SETTINGS:
        page.set_viewport_size({"width": width, "height": 900})
        page.evaluate("it => { document.documentElement.style = it }", setting)
        if page.evaluate("document.documentElement.scrollWidth") > width:
            faults.append(f"scrolls sideways at {width} pixels, {setting}")
        if width in (DESK, PHONE) and not setting:
            faults += page.evaluate(FAULTS) + page.evaluate(SMALL)
        if width in (NARROW, PHONE) and not setting:
            faults += page.evaluate(STARTS)
    assert faults == []
    assert [words for words in said if words != url and not words.startswith("data:")] == []


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The address of a page of blocks of all kinds."""
    path = tmp_path_factory.mktemp("page") / "sample.html"
    page = pages.render(SAMPLE, pages.furnished("Title", "sample", "inputs"))
    path.write_text(page, encoding="utf-8")
    return path.as_uri()


def test_blocks_of_all_kinds_are_accessible_and_fit(page: Page, sample: str) -> None:
    page.goto(sample)
    page.locator("#code").check()
    for fold in page.locator("summary").all():
        fold.click()
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        assert Axe().run(page, options=SHORT).response["violations"] == []
    page.set_viewport_size({"width": SMALLEST, "height": 900})
    assert page.evaluate("document.documentElement.scrollWidth") == SMALLEST


def test_a_number_explains_itself_by_pointer_and_keyboard(page: Page, sample: str) -> None:
    page.goto(sample)
    note, number = page.locator("#note"), page.locator("p a[title]").first
    assert note.is_hidden()
    number.hover()
    assert note.locator("div").inner_text() == 'Printed: 1.25亿 "<i>'
    note.hover()
    assert note.is_visible()
    page.keyboard.press("Escape")
    assert note.is_hidden()
    page.mouse.move(0, 0)
    number.focus()
    assert note.is_visible()
    assert number.get_attribute("aria-describedby") == "source"
    page.keyboard.press("Tab")
    assert (
        note.locator("div")
        .inner_text()
        .endswith("\n‡ Printed as the rise.\n‡ Read here as the level.")
    )
    page.keyboard.press("Enter")
    page.wait_for_url(f"{sample}#core-resources-2011")


def test_a_number_explains_itself_by_tap(browser: Browser, sample: str) -> None:
    context = browser.new_context(
        viewport={"width": PHONE, "height": 800}, has_touch=True, is_mobile=True
    )
    page = context.new_page()
    page.goto(sample)
    page.locator("p a[title]").last.tap()
    note = page.locator("#note")
    assert note.is_visible()
    assert page.url == sample
    box = note.bounding_box()
    assert box["x"] >= 0 and box["x"] + box["width"] <= PHONE
    page.locator("h1").tap()
    assert note.is_hidden()
    context.close()


def test_the_pop_up_of_a_number_leads_to_its_card(browser: Browser, site: Path) -> None:
    for touch in (False, True):
        context = browser.new_context(has_touch=touch, is_mobile=touch, reduced_motion="reduce")
        page = context.new_page()
        page.goto(address(site, "04-funding", "en"))
        number = page.locator('.brief a[href="#core-resources-2011"]').first
        number.tap() if touch else number.hover()
        link = page.locator("#note a")
        link.tap() if touch else link.click()
        page.wait_for_url("**/figures.html#core-resources-2011")
        card = page.locator("article:target")
        assert card.locator("h3").bounding_box()["y"] < 100 and "1.25亿美元" in card.inner_text()
        context.close()


def test_a_citation_is_copied_by_button_and_without_scripts_by_hand(
    browser: Browser, site: Path
) -> None:
    for scripted in (True, False):
        context = browser.new_context(java_script_enabled=scripted)
        page = context.new_page()
        page.goto(address(site, "figures", "en") + "#csw-ngos")
        card = page.locator("article:target")
        assert card.get_by_role("button").is_visible() == scripted
        citation = card.locator(".citation")
        assert citation.evaluate("it => getComputedStyle(it).userSelect") == "all"
        if scripted:
            card.get_by_role("button").click()
            assert card.get_by_role("button").inner_text() == "Copied"
            assert page.evaluate("getSelection().toString().trim()") == citation.inner_text()
        context.close()


def test_a_card_is_printed_whole_and_highlighted(page: Page, site: Path) -> None:
    page.goto(address(site, "figures", "en") + "#csw-ngos")
    page.emulate_media(media="print")
    style = "it => { const s = getComputedStyle(it); return [s.breakInside, s.backgroundColor]; }"
    target, other = (
        page.locator(f"article#{it}").evaluate(style) for it in ("csw-ngos", "ceb-pillars")
    )
    assert target[0] == other[0] == "avoid" and target[1] != other[1]
    assert page.locator("article button:visible").count() == 0


def test_a_page_reads_well_without_scripts(browser: Browser, site: Path, sample: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(sample)
    assert "1.25亿" in page.locator("p a[title]").first.get_attribute("title")
    code = page.locator("pre.code")
    assert code.is_hidden()
    page.get_by_label("Show code").check()
    assert code.is_visible()
    page.goto(address(site, "index", "en"))
    assert page.locator("form").is_hidden()
    assert page.locator("table.figures tbody tr").last.is_visible()
    context.close()


def test_a_number_is_underlined_as_the_key_says(page: Page, site: Path) -> None:
    page.goto(address(site, "04-funding", "en"))

    def lines(selector: str) -> set[str]:
        style = "all => all.map((it) => getComputedStyle(it).textDecorationStyle)"
        return set(page.locator(selector).evaluate_all(style))

    assert lines("a.printed") == lines("u.printed") == {"dotted"}
    assert lines("a[title]:not(.printed)") == lines("u.computed") == {"dashed"}


def test_words_of_a_chart_are_legible_on_a_phone(page: Page, sample: str) -> None:
    page.set_viewport_size({"width": PHONE, "height": 900})
    page.goto(sample)
    scale = page.locator("svg text").evaluate("text => text.getScreenCTM().a")
    assert 11.5 * scale >= 12


def test_key_figures_stand_beside_a_lead_picture_or_ahead_of_it(page: Page, site: Path) -> None:
    page.goto(address(site, "04-funding", ENGLISH))
    boxes = {}
    for width in (DESK, PHONE):
        page.set_viewport_size({"width": width, "height": 900})
        boxes[width] = [page.locator(it).first.bounding_box() for it in ("dl.key", "figure")]
    key, picture = boxes[DESK]
    assert key["x"] >= picture["x"] + picture["width"]
    assert key["y"] < picture["y"] + picture["height"] < key["y"] + 2 * picture["height"]
    key, picture = boxes[PHONE]
    assert key["y"] + key["height"] <= picture["y"]


def test_a_chart_is_dark_on_a_dark_screen_alone(page: Page, sample: str) -> None:
    page.goto(sample)

    def colours(media: str, scheme: str) -> list[str]:
        page.emulate_media(media=media, color_scheme=scheme)
        style = "all => all.map(getComputedStyle).flatMap(it => [it.fill, it.stroke])"
        return page.locator("svg > *").evaluate_all(style)

    light, dark = colours("screen", "light"), colours("screen", "dark")
    assert light[2:4] == ["rgb(11, 92, 148)", "rgb(217, 224, 230)"]
    drawn = [(a, b) for a, b in zip(light, dark, strict=True) if a != "none"]
    assert len(drawn) == 4 and all(a != b for a, b in drawn)
    assert colours("print", "dark") == light


def test_paper_has_what_the_reader_opened_and_all_sources_in_dark_ink(
    page: Page, sample: str
) -> None:
    page.goto(sample)
    data, code = page.locator("details table"), page.locator("pre.code")
    sources = page.locator("#sources tbody tr")
    page.emulate_media(media="print")
    assert data.is_hidden() and code.is_hidden()
    assert [row.is_visible() for row in sources.all()] == [True, True]
    page.emulate_media(media="screen")
    page.get_by_text("Data of this chart").click()
    page.get_by_label("Show code").check()
    page.locator("p a[title]").first.focus()
    page.emulate_media(media="print", color_scheme="dark")
    assert data.is_visible() and code.is_visible()
    assert page.locator("#note").is_hidden(), "it would lie on the text"
    assert page.evaluate(PALE) == []
    assert page.evaluate("getComputedStyle(document.documentElement).colorScheme") == "light"
    white = {"rgba(0, 0, 0, 0)", "rgb(255, 255, 255)", "rgb(244, 247, 249)"}
    assert set(page.evaluate(GROUNDS)) <= white


def test_words_are_legible_in_the_colours_that_a_reader_has_set(page: Page, sample: str) -> None:
    page.goto(sample)
    for scheme in ("light", "dark"):
        page.emulate_media(forced_colors="active", color_scheme=scheme)
        assert page.evaluate(PALE) == []


def test_folded_sources_show_the_row_that_a_number_leads_to(browser: Browser, sample: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(sample)
    rows = page.locator("#sources tbody tr")

    def shown() -> list[bool]:
        return [row.is_visible() for row in rows.all()]

    assert shown() == [False, False]
    page.locator("p a[title]").last.click()
    assert shown() == [False, True]
    page.locator(".fold summary").click()
    assert shown() == [True, True]
    context.close()


def test_a_page_saved_as_the_browser_has_it_opens_again(
    browser: Browser, page: Page, sample: str, tmp_path: Path
) -> None:
    page.goto(sample)
    titles = "all => all.map((link) => link.title)"
    told = page.locator("a[title]").evaluate_all(titles)
    page.locator(".fold summary").click()
    page.locator("p a[title]").first.hover()
    saved = tmp_path / "妇女署 简报 #2 (1).html"
    saved.write_text(f"<!doctype html>{page.content()}", encoding="utf-8")
    page.goto(saved.as_uri())
    assert page.locator("#note").is_hidden()
    assert page.locator("a[title]").evaluate_all(titles) == told
    assert page.locator("#sources tbody tr").last.is_visible()
    page.locator("p a[title]").first.hover()
    assert page.locator("#note div").inner_text() == told[0]


def test_a_number_is_copied_in_plain_words_with_its_source(page: Page, sample: str) -> None:
    page.goto(sample)
    page.evaluate("document.querySelector('main').append(document.createElement('textarea'))")

    def pasted() -> str:
        page.locator("textarea").fill("")
        page.keyboard.press("Control+v")
        return page.locator("textarea").input_value()

    page.locator("p a[title]").first.focus()
    page.keyboard.press("Control+c")
    assert pasted() == '$125 million [A/67/185. Printed: 1.25亿 "<i>]'
    page.locator("p a[title]").last.hover()
    page.get_by_role("button").click()
    assert page.get_by_role("button").inner_text() == "Copied"
    assert pasted().startswith("2 600 [A/67/185. ")
    page.locator("p a[title]").first.hover()
    page.evaluate("getSelection().selectAllChildren(document.querySelector('h1'))")
    page.keyboard.press("Control+c")
    assert pasted() == "UN-Women's income rose", "what is selected is copied as it is"


def test_decimals_of_a_column_stand_under_one_another(page: Page, sample: str) -> None:
    page.goto(sample)
    numbers = page.locator("main > .table").first.locator("tr td:nth-child(2) a")
    one, other = numbers.evaluate_all(WHOLE_ENDS)
    assert abs(one - other) < 0.1


@each_language
def test_figures_are_found(site: Path, page: Page, language: str) -> None:
    page.goto(address(site, "index", language))
    total = page.locator("table.figures tbody tr").count()
    queries = {"2084": 1, "1600": 1, "1 600": 1, "1.25亿": 1, "zzz": 0}
    for query, found in queries.items():
        page.locator("input").fill(query)
        assert page.locator("table.figures tbody tr:visible").count() == found, query
        assert f"{found}" in page.locator("[role=status]").inner_text()
        page.locator("input").fill("")
        assert page.locator("table.figures tbody tr:visible").count() == 0, "the list is folded"
    page.locator("details.all summary").click()
    assert page.locator("table.figures tbody tr:visible").count() == total


def test_a_click_leads_to_the_other_language_and_back(site: Path, page: Page) -> None:
    here, there = languages()
    page.goto(address(site, "04-funding", here))
    for language in (there, here):
        page.locator(f'.switch a[hreflang="{language}"]').click()
        assert page.url == address(site, "04-funding", language)


def test_the_keyboard_alone_reaches_everything(page: Page, sample: str) -> None:
    page.goto(sample)
    wanted = page.locator("a:visible, summary:visible, input:visible").count()
    reached = set()
    for _ in range(wanted):
        page.keyboard.press("Tab")
        reached.add(
            page.evaluate(
                "[...document.querySelectorAll('a, summary, input')]"
                ".indexOf(document.activeElement)"
            )
        )
    assert len(reached - {-1}) == wanted
