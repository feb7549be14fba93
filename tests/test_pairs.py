"""English and Chinese stand side by side, block by block, and every number has its twin."""

from collections.abc import Iterator
from pathlib import Path

import pypdf
import pytest
from test_browser import PHONE, SHORT, Axe, Page, address, browser, page, shared
from test_pages import SAMPLE, Elements, number, read, sentence

from briefing.notebook import navigation
from briefing.publish import editions, pages, pairs

NAMES = [path.stem for path in navigation.paths()]
each = pytest.mark.parametrize("name", NAMES)
__all__ = ["browser", "page", "shared"]  # fixtures


def rows(site: Path, name: str) -> Iterator[Elements]:
    for row in read(site, name, "both").split('<div class="beside">')[1:]:
        yield Elements(row)


@each
def test_every_number_has_one_twin_that_leads_to_the_same_card(site: Path, name: str) -> None:
    found = 0
    for row in rows(site, name):
        sides: dict[str, list[str]] = {}
        for link in row.of("a"):
            if "title" in link:
                sides.setdefault(link["data-twin"], []).append(link["href"])
        for here, there in sides.values():  # which are two
            found += 1
            assert here.startswith("../en/figures.html#")
            if "#counted-" not in here:
                assert there == here.replace("../en/", "../zh/")
    assert found == read(site, name, "en").count(' title="')


@each
def test_what_is_side_by_side_is_whole_and_linked(site: Path, name: str) -> None:
    both = Elements(read(site, name, "both"))
    ids = [attributes["id"] for tag, attributes in both.found if "id" in attributes]
    assert len(ids) == len(set(ids))
    single = [Elements(read(site, name, language)) for language in ("en", "zh")]
    for tag in ("h1", "h2", "h3", "p", "svg", "tr", "li", "dd"):
        assert len(both.of(tag)) == sum(len(edition.of(tag)) for edition in single), tag
    for language, edition in zip(("en", "zh"), single, strict=True):
        assert [a for a in edition.of("a") if a["href"] == f"../both/{name}.html"]
        assert [a for a in both.of("a") if a["href"] == f"../{language}/{name}.html"]
    for link in {a["href"].partition("#")[0] for a in both.of("a")} - {""}:
        assert (site / "both" / link).exists(), link
    _, _, wide, high = pypdf.PdfReader(site / "both" / f"{name}.pdf").pages[0].mediabox
    assert wide > high


def twins(*blocks: list[pages.Block]) -> list[list[int]]:
    """The places of the numbers of a block in each language."""
    [row] = pairs.twinned([[block] for block in blocks])
    return [[part["twin"] for part in block["parts"] if "twin" in part] for block in row]


def counted(said: str, provenance: str) -> pages.Block:
    return number(said, figures=[], origin="counted", provenance=provenance)


def test_twins_find_each_other_in_another_order() -> None:
    core, sum_ = number("$125 million"), number("$228 million", figures=["core", "other"])
    english = [counted("3", "counted: 3 (paras. 1; 2)"), counted("two", "counted: 2 (para. 7)")]
    chinese = [counted("2", "清点：2（第 7 段）"), counted("3 个", "清点：3（第 1、2 段）")]
    here = sentence(core, " and ", sum_, *english, core)
    there = sentence(*chinese, core, core, "和", sum_)
    assert twins(here, there) == [[1, 2, 3, 4, 5], [4, 3, 1, 5, 2]]


def test_editions_that_differ_are_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(pages, "SITE", tmp_path)
    chapters = [pages.Chapter("x", "", "", "", it) for it in (SAMPLE, SAMPLE[:-1])]
    with pytest.raises(
        editions.NotebookError, match=r"04-funding\.ipynb: its editions do not show"
    ):
        pairs.write(navigation.NOTEBOOKS / "04-funding.ipynb", chapters)
    assert not list(tmp_path.iterdir())


def test_a_number_lights_its_twin_by_pointer_and_keyboard(site: Path, page: Page) -> None:
    page.goto(address(site, "04-funding", "both"))
    row = page.locator(".beside:has(.brief)")
    here, there = (row.locator(f"[lang={it}] a[title]").first for it in ("en", "zh"))
    colour = "it => getComputedStyle(it).backgroundColor"
    dark = there.evaluate(colour)
    here.hover()
    lit = there.evaluate(colour)
    assert lit == here.evaluate(colour) != dark
    page.mouse.move(0, 0)
    assert there.evaluate(colour) == dark
    there.focus()
    assert here.evaluate(colour) == lit
    lit_in_all = page.locator("[data-twin]").evaluate_all(f"all => all.map({colour})").count(lit)
    assert lit_in_all == 2


def test_on_a_phone_there_is_one_column_and_both_are_accessible(site: Path, page: Page) -> None:
    page.goto(address(site, "04-funding", "both"))
    cells = page.locator(".beside:has(.brief) > div")
    left, right = (cells.nth(it).bounding_box() for it in (0, 1))
    assert left["y"] == right["y"] and left["x"] + left["width"] < right["x"]
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        assert (
            Axe().run(page, "header, .beside:has(.brief, .key)", SHORT).response["violations"] == []
        )
    page.set_viewport_size({"width": PHONE, "height": 900})
    left, right = (cells.nth(it).bounding_box() for it in (0, 1))
    assert left["x"] == right["x"] and right["y"] >= left["y"] + left["height"]
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE
