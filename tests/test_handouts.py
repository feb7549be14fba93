"""The hand-outs: whole, described, and with nothing in them that runs."""

import csv
import io
import re
from itertools import combinations
from pathlib import Path

import nbformat
import pypdf
import pytest
from PIL import Image
from pptx import Presentation
from pptx.slide import Slide

from briefing.core.language import languages, speaking, translate
from briefing.notebook import navigation
from briefing.notebook.blocks import every_number, figures_of
from briefing.publish import deck, document, editions, handouts, layouts, pages
from briefing.publish.document import plain
from briefing.publish.shapes import closed
from briefing.sources import spreadsheets, tables

EDITIONS = [(path.stem, language) for language in languages() for path in navigation.paths()]
HOSTILE = ['=HYPERLINK("https://example.org")', "+1+cmd|' /C calc'!A0", "@SUM(1)", "<script>x"]
SMALLEST = 300 * 6  # pixels across a picture
every = pytest.mark.parametrize(("name", "language"), EDITIONS)
in_every_language = pytest.mark.parametrize("language", languages())
BRIEFINGS = [path for path in navigation.paths() if "show_brief(" in path.read_text("utf-8")]


def stored(name: str, language: str) -> list[handouts.Chart]:
    path = editions.folder(language) / f"{name}.ipynb"
    with speaking(language):
        blocks = document.blocks(nbformat.read(path, as_version=4), path.name)
        return list(handouts.charts(blocks, name))


def documents(language: str) -> dict[str, list]:
    """The blocks of each briefing; what is for analysts has no slide."""
    with speaking(language):
        return {path.stem: pages.edition_blocks(path) for path in BRIEFINGS}


def brief(blocks: list) -> list:
    [told] = [block["sentences"] for block in blocks if block["kind"] == "brief"]
    return told


def said(slide: Slide) -> list[str]:
    return [it.text for it in slide.placeholders[layouts.TEXT].text_frame.paragraphs]


def slides(site: Path, language: str) -> list[Slide]:
    return list(Presentation(site / language / "briefing.pptx").slides)


@in_every_language
def test_a_deck_has_twelve_slides_and_says_what_the_briefings_do(site: Path, language: str) -> None:
    opening, story, *themes, watch, method = made = slides(site, language)
    assert len(made) == 12
    told = list(documents(language).values())
    with speaking(language):
        briefs = [list(map(closed, map(plain, brief(blocks)))) for blocks in told]
        titles = [closed(plain(blocks[0]["parts"])) for blocks in told]
        [outlook] = [block for block in told[0] if block.get("outlook")]
        planned = [closed(plain(row[0])) for row in outlook["rows"]]
        unofficial = translate("Unofficial; not affiliated with the United Nations")
    assert [slide.shapes.title.text for slide in (story, *themes)] == titles
    assert said(story) == [*briefs[0][:2], briefs[0][-1]], "the story has its end, too"
    for slide, known in zip(themes, briefs[1:], strict=True):
        assert len(said(slide)) == 2 and said(slide)[0] in known
    [table] = [shape.table for shape in watch.shapes if shape.has_table]
    assert [row.cells[0].text for row in table.rows][1:] == planned
    assert unofficial in opening.placeholders[layouts.EYEBROW].text
    for slide in [story, *themes, watch, method]:
        assert unofficial in slide.placeholders[layouts.SOURCE].text


@in_every_language
def test_a_slide_shows_every_figure_of_its_title(site: Path, language: str) -> None:
    told = documents(language).items()
    for slide, (name, blocks) in zip(slides(site, language)[1:10], told, strict=True):
        with speaking(language):
            known = {closed(plain(sentence)): sentence for sentence in brief(blocks)}
        shown = [known.get(words) for words in said(slide)]
        if blocks is not next(iter(told))[1]:
            shown.append(next(block for block in blocks if block["kind"] in ("chart", "table")))
        for number in every_number(blocks[0]["finding"]):
            is_shown = not number["figures"] or {*number["figures"]} & {*figures_of(shown)}
            assert is_shown or number["said"] in said(slide)[-1], (name, number["said"])


@in_every_language
def test_a_slide_names_every_paragraph_that_it_refers_to(site: Path, language: str) -> None:
    told = documents(language).values()
    for slide, blocks in zip(slides(site, language)[1:10], told, strict=True):
        source = slide.placeholders[layouts.SOURCE].text_frame.text
        ends = re.findall("([0-9]+)(?:-([0-9]+))?", source.partition("A/67/185")[2])
        named = {it for first, last in ends for it in range(int(first), int(last or first) + 1)}
        [told_in_brief] = [block for block in blocks if block["kind"] == "brief"]
        with speaking(language):
            known = [closed(plain(sentence)) for sentence in told_in_brief["sentences"]]
        for words, cited in zip(known, told_in_brief["paragraphs"], strict=True):
            assert cited, words
            if words in said(slide):
                assert {int(it.removeprefix("box-")) for it in cited} <= named, words


@in_every_language
def test_nothing_on_a_slide_runs_into_another(site: Path, language: str) -> None:
    for number, slide in enumerate(slides(site, language)[1:], start=2):
        source = slide.placeholders[layouts.SOURCE]
        theme = slide.placeholders[layouts.EYEBROW]
        boxes = [
            (it.left, it.top, it.left + it.width, it.top + it.height)
            for it in slide.shapes
            if it.shape_id != theme.shape_id  # which the template sets close to the title
        ]
        for one, other in combinations(boxes, 2):
            across = max(one[0], other[0]) < min(one[2], other[2])
            down = max(one[1], other[1]) < min(one[3], other[3])
            assert not (across and down), (number, one, other)
        assert all(box[3] < source.top for box in boxes if box[1] != source.top)


@in_every_language
def test_words_beside_and_in_pictures_are_legible(site: Path, language: str) -> None:
    for number, slide in enumerate(slides(site, language)[1:], start=2):
        sizes = [int(it) for it in slide.shapes._spTree.xpath(".//a:rPr/@sz")]
        sizes += [shape.chart.font.size.centipoints for shape in slide.shapes if shape.has_chart]
        assert min(sizes) >= 1200, number


@in_every_language
def test_a_theme_has_its_picture_and_the_notes_tell_where_its_numbers_are_from(
    site: Path, language: str
) -> None:
    for slide, (name, blocks) in zip(
        slides(site, language)[2:10], list(documents(language).items())[1:], strict=True
    ):
        assert [shape for shape in slide.shapes if not shape.is_placeholder], name
        notes = slide.notes_slide.notes_text_frame.text
        shown = next(block for block in blocks if block["kind"] in ("chart", "table"))
        with speaking(language):
            caption = closed(plain(shown["title"])) if "title" in shown else ""
        words = [shape.text_frame.text for shape in slide.shapes if shape.has_text_frame]
        assert not caption or caption in words, "what it shows on no condition would be a fact"
        cells = [cell for row in shown.get("data", shown)["rows"] for cell in row]
        found = list(every_number([blocks[0]["finding"], *brief(blocks)[:1], *cells]))
        with speaking(language):
            assert all(closed(it["provenance"]) in notes for it in found), name


@every
def test_every_chart_is_there_as_drawing_picture_and_table(
    site: Path, name: str, language: str
) -> None:
    charts = stored(name, language)
    folder = site / language / "charts"
    assert charts
    for chart in charts:
        assert (folder / f"{chart.name}.svg").read_bytes().startswith(b"<svg")
        picture = Image.open(folder / f"{chart.name}.png")
        assert picture.width >= SMALLEST
        assert len(picture.convert("L").getcolors()) > 2, "the picture is not empty"
        raw = (folder / f"{chart.name}.csv").read_bytes()
        assert raw.startswith(b"\xef\xbb\xbf")
        assert list(csv.reader(io.StringIO(raw.decode("utf-8-sig"), newline=""))) == chart.rows
        assert chart.rows[1:]
    assert not (folder / f"{name}-{len(charts) + 1}.svg").exists()


@pytest.mark.parametrize(
    "words", ["-1", "-12.5%", "−1", "<script>", "about 20‡", "1.25 亿美元", ""]
)
def test_a_harmless_cell_is_left_as_it_is(words: str) -> None:
    assert spreadsheets.harmless(words) == words


def drawn() -> handouts.Chart:
    """A chart of two doubtful numbers."""
    number = {"said": "7", "provenance": "of 7", "doubts": ["Seven is odd."], "origin": "printed"}
    number["figures"] = []
    rows = [[["=One"], [number]], [["Two"], [number | {"said": "14", "provenance": "of 14"}]]]
    table = {"kind": "table", "heads": ["What", "How many"], "numeric": [False, True], "rows": rows}
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 331 100"><text y="20">字</text></svg>'
    )
    words = {"title": ["Of ", number], "alt": "Numbers.", "source": "Source: para. 1"}
    block = {"kind": "chart", **words, "size": [4.6, 1.4], "panels": [], "svg": svg, "data": table}
    block["paragraphs"] = ["1"]
    [code, chart] = [{"kind": "code", "source": ""}, block]
    with speaking("en"):
        return next(handouts.charts([code, chart], "x"))


def test_a_doubt_is_explained_once_in_a_slides_notes() -> None:
    with speaking("en"):
        again = "‡ explained above"
        assert deck.of_chart("", drawn()).notes.split("\n") == [
            *("Numbers.", "", "7‡", "of 7", "‡ Seven is odd."),
            *("", "=One · How many: 7‡", "of 7", again, "", "Two · How many: 14‡", "of 14", again),
        ]


def test_a_charts_table_says_what_it_holds() -> None:
    assert drawn().name == "x-1"
    assert drawn().rows == [["What", "How many"], ["=One", "7‡"], ["Two", "14‡"]]
    assert drawn().file(".csv").decode("utf-8-sig").split("\r\n")[1] == "'=One,7‡"


def test_a_picture_stands_alone_or_under_its_title_and_above_its_source() -> None:
    alone, whole = (Image.open(io.BytesIO(it)) for it in (drawn().png, drawn().file(".png")))
    assert alone.width / alone.height == pytest.approx(3.31, rel=0.01)
    assert alone.width >= SMALLEST and whole.height > 1.3 * alone.height
    assert drawn().file(".svg") == drawn().file(".svg")


def test_what_a_removed_chart_left_is_removed_and_nothing_of_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pages, "SITE", tmp_path)
    monkeypatch.setattr(
        navigation, "paths", lambda: [navigation.NOTEBOOKS / "03-knowledge-hub.ipynb"]
    )
    folder = tmp_path / "en" / "charts"
    folder.mkdir(parents=True)
    for form in ("svg", "png", "csv"):
        (folder / f"03-knowledge-hub-99.{form}").touch()
    others = {"03-knowledge-hub-98.png", "mine.svg", "mine.docx"}
    for name in others:
        (folder / name).touch()
    handouts.write_handouts()
    names = [chart.name for chart in stored("03-knowledge-hub", "en")]
    left = {file.name for file in folder.iterdir()}
    assert others < left
    assert sorted({Path(name).stem for name in left - others}) == names


def test_all_that_the_readme_names_is_written(site: Path) -> None:
    told = (tables.ROOT / "README.md").read_text(encoding="utf-8")
    named = re.findall(r"`site/([a-z0-9./-]+)[#`]", told)
    assert len(named) > 5
    assert [name for name in named if not (site / name).exists()] == []


def test_the_readmes_way_to_a_sheets_tables(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    told = (tables.ROOT / "README.md").read_text(encoding="utf-8")
    [(code, file)] = re.findall(r"`(pypdf\.\S+)` is\s+`(data/\S+)`", told)
    monkeypatch.chdir(tables.ROOT)
    assert eval(code, {"pypdf": pypdf}) == [(tables.ROOT / file).read_bytes()]
