"""The sheets: tagged, in their language, with every picture described and every number noted."""

import re
import shutil
import subprocess
from pathlib import Path

import pikepdf
import pytest
import typst

from briefing.core.language import languages, speaking
from briefing.notebook import navigation
from briefing.publish import editions, sheets
from briefing.publish.markup import Block
from briefing.sources import tables

NAMES = [path.stem for path in navigation.paths()]
EDITIONS = [(name, language) for language in languages() for name in [*NAMES, "volume"]]
A4 = (595, 842)  # points
FEWEST_LINES = 8  # on a page
every = pytest.mark.parametrize(("name", "language"), EDITIONS)
HOSTILE = [
    "#panic()",
    '"#panic()',
    "\\",
    '\\"#panic()',
    "]#panic()[",
    "*_`$<a>@b//",
    "$ 1 $",
    "= x",
]


def read(site: Path, name: str, language: str) -> pikepdf.Pdf:
    return pikepdf.open(site / language / f"{name}.pdf")


def tags(pdf: pikepdf.Pdf) -> list[pikepdf.Dictionary]:
    """All elements of the tag tree."""
    found, open_ = [], [pdf.Root.StructTreeRoot]
    while open_:
        node = open_.pop()
        if isinstance(node, pikepdf.Array):
            open_ += list(node)
        elif isinstance(node, pikepdf.Dictionary):
            found.append(node)
            open_ += [node.K] if "/K" in node else []
    return found


def words(site: Path, name: str, language: str) -> list[str]:
    """The words of each page."""
    if not shutil.which("pdftotext"):
        pytest.skip("no pdftotext was found: install poppler to test the words of the sheets")
    file = site / language / f"{name}.pdf"
    run = subprocess.run(["pdftotext", "-layout", file, "-"], capture_output=True, check=True)
    return run.stdout.decode().split("\f")[:-1]


@every
def test_a_sheet_is_tagged_and_names_its_title_and_language(
    site: Path, name: str, language: str
) -> None:
    with read(site, name, language) as pdf:
        assert pdf.Root.MarkInfo.Marked
        assert str(pdf.Root.Lang).partition("-")[0] == language
        assert pdf.Root.ViewerPreferences.DisplayDocTitle
        with pdf.open_metadata() as metadata:
            assert metadata["pdfuaid:part"] == "1"
            title = metadata["dc:title"]
        assert str(pdf.docinfo["/Title"]) == title
        assert "/CreationDate" not in pdf.docinfo
        with pdf.open_outline() as outline:
            assert outline.root
        for page in pdf.pages:
            assert tuple(round(float(n)) for n in page.MediaBox[2:]) == A4
    if name != "volume":
        with speaking(language):
            assert title == navigation.heading(navigation.NOTEBOOKS / f"{name}.ipynb")[0]


@every
def test_every_picture_has_the_alt_text_of_its_chart(site: Path, name: str, language: str) -> None:
    books = NAMES if name == "volume" else [name]
    stored = [(editions.folder(language) / f"{book}.ipynb").read_text() for book in books]
    charts = sum(text.count('"image/svg+xml"') for text in stored)
    with read(site, name, language) as pdf:
        figures = [tag for tag in tags(pdf) if tag.get("/S") == "/Figure"]
        assert len(figures) == charts
        assert all(len(str(figure.Alt)) > 20 for figure in figures)


@every
def test_fonts_are_embedded_and_charts_are_vectors(site: Path, name: str, language: str) -> None:
    with read(site, name, language) as pdf:
        for item in pdf.objects:
            if not isinstance(item, pikepdf.Dictionary | pikepdf.Stream):
                continue
            if item.get("/Type") == "/FontDescriptor":
                assert "/FontFile2" in item or "/FontFile3" in item
                assert re.match(r"/[A-Z]{6}\+", str(item.FontName)), "cut to what is used"
            assert item.get("/Subtype") != "/Image"


@every
def test_no_page_is_nearly_empty_and_each_is_numbered(site: Path, name: str, language: str) -> None:
    pages = words(site, name, language)
    for number, page in enumerate(pages, start=1):
        lines = [line for line in page.splitlines() if line.strip()]
        assert len(lines) >= FEWEST_LINES, f"page {number}: {lines}"
        assert re.search(rf"\b{number}\b.*\b{len(pages)}\b", lines[-1]), lines[-1]
        if number > 1:
            assert tables.descriptor()["report"]["symbol"] in lines[0]


@every
def test_a_note_stands_on_the_page_of_its_mark(site: Path, name: str, language: str) -> None:
    with read(site, name, language) as pdf:
        numbers = {page.objgen: number for number, page in enumerate(pdf.pages)}
        noted = 0
        for number, page in enumerate(pdf.pages):
            links = [link.A.D if "/A" in link else link.Dest for link in page.get("/Annots", [])]
            reached = {numbers[link[0].objgen] for link in links}
            is_contents = number not in reached and name == "volume" and not noted
            assert is_contents or reached <= {number}
            noted += not is_contents and len(links)
        assert noted, "a mark leads to its note, and back"


def test_hostile_words_are_set_as_they_are() -> None:
    for hostile in HOSTILE:
        block = Block("words", hostile)
        body = sheets.body([block, block, block], "x")
        pdf = typst.compile(f"#set document(date: none)\n{body}".encode())
        assert pdf.startswith(b"%PDF")


def test_a_picture_without_words_is_refused() -> None:
    svg = "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 9'/>"
    source = f'#set document(title: "x")\n#image(bytes({sheets.quoted(svg)}), format: "svg")'
    with pytest.raises(typst.TypstError, match="alt"):
        sheets.printed(source)
