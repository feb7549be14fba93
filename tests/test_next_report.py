"""The next report: another one, invented, is carried from its text to its pages by data/ alone."""

import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import nbformat
import pandas as pd
import pikepdf
import pytest

from briefing import __main__, beginnings, editions, markup, pages, sheets, source, tables

HERE = Path(__file__).resolve().parent / "data"
REPORT = HERE / "second_report.txt"
FILLED = HERE / "second_report"  # what a person writes: tables, as the report's text gives them
SYMBOL = "A/68/9001"
PARAGRAPHS = ["summary", "1", "2", "3", "4", "fn-1", "fn-2", "5", "6"]
PARAGRAPHS += ["box-1", "box-2", "box-note", "7", "8", "9", "10"]
SECTIONS = {"summary": "摘要", "I": "导言", "II": "站点与人员", "II.A": "站点", "II.B": "人员"}
SECTIONS |= {"II.box": "观测员日", "III": "经费", "IV": "结论"}
NOTEBOOK = [
    (
        "markdown",
        "# Funding: the parts do not make the whole\n\n"
        "What governments and the private sector gave comes to less than the total printed.",
    ),
    (
        "code",
        "import matplotlib.pyplot as plt\nimport pandas as pd\n\n"
        "import briefing\nfrom briefing import figure, say, words\n\n"
        'briefing.show_coverage("III")',
    ),
    (
        "code",
        'whole = figure("contributions")\nbriefing.show_key_figures({"Contributions": whole})',
    ),
    ("markdown", "## How much was contributed?"),
    (
        "code",
        'parts = [figure("contributions-governments"), figure("contributions-private")]\n'
        "say(\n"
        '    "Contributions were {whole}, but their parts come to {sum}.",\n'
        "    whole=whole,\n"
        "    sum=parts[0] + parts[1],\n"
        ")",
    ),
    (
        "code",
        "fig, ax = plt.subplots(figsize=(6, 2))\n"
        'named = words("Governments", "Private sector")\n'
        "ax.barh(named, [part.number for part in parts])\n"
        "briefing.mark_bounds(ax, parts)\n"
        "briefing.style_bars(ax)\n"
        'title = say("Governments gave {sum:value}", sum=parts[0])\n'
        'briefing.show_chart(fig, title, pd.DataFrame({"Source": named, "Amount": parts}))',
    ),
    ("markdown", "## What the figures do not show\n\n- Who promised more.\n\n## Sources"),
    ("code", 'briefing.show_sources()\nbriefing.show_neighbours("01-funding")'),
]


@dataclass(frozen=True)
class Collection:
    """The new folder, and what its `check` said before a person wrote anything."""

    folder: Path
    at_first: subprocess.CompletedProcess


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess:
    """Run Python in a folder, with the package that stands there and no other."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    return subprocess.run(
        [sys.executable, *arguments], cwd=folder, env=environment, capture_output=True, text=True
    )


def command(folder: Path, *arguments: str) -> subprocess.CompletedProcess:
    result = run(folder, "-m", "briefing", *arguments)
    assert result.returncode == 0, result.stderr
    return result


def fill_in(folder: Path) -> None:
    """Write what a person would: the tables, the figure of each numeral, a notebook."""
    for path in FILLED.iterdir():
        shutil.copy(path, folder / "data")
    numerals = pd.read_csv(folder / "data" / "numerals.csv", dtype=str, keep_default_na=False)
    figures = pd.read_csv(FILLED / "figures.csv", dtype=str)
    left = figures.to_dict("records")
    for row in numerals[numerals["class"] == "figure"].itertuples():
        mine = left.pop(0)
        assert mine["paragraph_id"] == row.paragraph_id
        assert row.printed in mine["printed"] or mine["printed"].endswith(row.printed[:-1])
        numerals.loc[row.Index, "figure_id"] = mine["figure_id"]
    assert not left
    numerals.to_csv(folder / "data" / "numerals.csv", index=False, lineterminator="\n")
    make = {"code": nbformat.v4.new_code_cell, "markdown": nbformat.v4.new_markdown_cell}
    cells = [make[kind](text, id=f"c{place}") for place, (kind, text) in enumerate(NOTEBOOK)]
    notebook = nbformat.v4.new_notebook(cells=cells)
    nbformat.write(notebook, folder / "notebooks" / "01-funding.ipynb")


@pytest.fixture(scope="module")
def collection(tmp_path_factory: pytest.TempPathFactory) -> Collection:
    """The second report's collection: begun, filled in, run and rendered."""
    folder = tmp_path_factory.mktemp("第二份 report") / "collection"
    command(editions.ROOT, "new", str(REPORT), str(folder))
    at_first = run(folder, "-m", "briefing", "check")
    fill_in(folder)
    command(folder, "notebooks")
    command(folder, "briefings")
    return Collection(folder, at_first)


def page(collection: Collection, name: str) -> str:
    return (collection.folder / "site" / "en" / f"{name}.html").read_text(encoding="utf-8")


def test_the_text_gives_paragraphs_sections_and_numerals(tmp_path: Path) -> None:
    counts = beginnings.begin(REPORT.read_text(encoding="utf-8"), tmp_path / "new")
    data = tables.load(tmp_path / "new" / "data")
    assert list(data["paragraphs"]["paragraph_id"]) == PARAGRAPHS
    assert dict(data["sections"][["section_id", "title_zh"]].to_numpy()) == SECTIONS
    of_section = dict(data["paragraphs"][["paragraph_id", "section_id"]].to_numpy())
    assert [of_section[name] for name in ("fn-2", "box-note", "6", "7")] == [
        *("II.A", "II.box", "II.B", "III")
    ]
    classes = data["numerals"]["class"].value_counts()
    assert classes["figure"] == len(pd.read_csv(FILLED / "figures.csv"))
    assert (data["numerals"]["figure_id"] == "").all()
    assert counts == {name: len(table) for name, table in data.items() if len(table)}
    assert set(counts) == {"paragraphs", "sections", "numerals"}


def test_no_sentence_of_the_report_enters_its_collection(collection: Collection) -> None:
    paragraphs = source.split(REPORT.read_text(encoding="utf-8"))
    sentences = [s for p in paragraphs for s in re.findall("[^。]+。", p.text)]
    files = [path for path in collection.folder.rglob("*") if path.suffix in (".csv", ".json")]
    written = "".join(path.read_text(encoding="utf-8") for path in files)
    assert files and not [sentence for sentence in sentences if sentence in written]


def test_the_descriptor_names_the_new_report_and_not_this_one(collection: Collection) -> None:
    descriptor = tables.descriptor(collection.folder / "data")
    assert descriptor["report"]["symbol"] == SYMBOL
    assert descriptor["name"] == "a-68-9001"
    own = tables.descriptor()["report"]
    written = (collection.folder / "data" / "datapackage.json").read_text(encoding="utf-8")
    rules = (collection.folder / "data" / "README.md").read_text(encoding="utf-8")
    for name in (own["symbol"], own["title"], "UN-Women", "knowledge_hub"):
        assert name not in written + rules


def test_a_text_without_its_symbol_gets_a_placeholder(tmp_path: Path) -> None:
    beginnings.begin("一. 导言\n1. 共有 3 段。\n", tmp_path / "new")
    report = tables.descriptor(tmp_path / "new" / "data")["report"]
    assert (report["symbol"], report["url"]) == (beginnings.TO_WRITE, beginnings.TO_WRITE)


def test_the_package_is_the_same_byte_for_byte(collection: Collection) -> None:
    own = editions.ROOT / "briefing"
    files = [p.relative_to(own) for p in own.rglob("*") if p.is_file() and p.suffix != ".pyc"]
    assert files
    for file in files:
        there = collection.folder / "briefing" / file
        assert there.read_bytes() == (own / file).read_bytes(), file


def test_the_page_shows_number_paragraph_erratum_and_symbol(collection: Collection) -> None:
    shown = page(collection, "01-funding")
    [sentence] = re.findall("<p class=say>Contributions were .*?<details", shown, re.DOTALL)
    assert ">42 million US dollars<sup>‡</sup>" in sentence
    assert "Printed: 4200万美元 (para. 7)" in sentence
    assert "The two parts named come to less than the total." in sentence
    assert ">about 40 million US dollars<sup>†" in sentence
    assert f"Every figure: {SYMBOL}." in shown
    assert f"Source: {SYMBOL}, para. 7" in shown
    overview = page(collection, "00-overview")
    assert "Covers the whole report: summary; paras. 1–10; footnotes 1, 2; box, paras." in overview


def test_the_sheets_show_the_same(collection: Collection) -> None:
    for name in ("00-overview", "01-funding", "volume"):
        path = collection.folder / "site" / "en" / f"{name}.pdf"
        with pikepdf.open(path) as pdf:
            assert SYMBOL in str(pdf.docinfo["/Author"])
            assert len(pdf.pages) > 0
    if shutil.which("pdftotext"):
        text = ["pdftotext", str(path.with_name("01-funding.pdf")), "-"]
        said = subprocess.run(text, capture_output=True, check=True).stdout.decode()
        assert "42 million US dollars" in said and "(para. 7)" in said and "‡" in said


def test_this_report_is_named_nowhere(collection: Collection) -> None:
    symbol = tables.descriptor()["report"]["symbol"]
    pages = sorted((collection.folder / "site").rglob("*.html"))
    assert len(pages) == 3
    for path in pages:
        shown = path.read_text(encoding="utf-8")
        assert SYMBOL in shown
        assert symbol not in shown and "UN-Women" not in shown
    for path in sorted((collection.folder / "site").rglob("*.pdf")):
        with pikepdf.open(path) as pdf:
            assert symbol not in str(pdf.docinfo) + str(pdf.open_metadata())


def test_the_index_lists_every_figure_and_links_those_in_a_notebook(
    collection: Collection,
) -> None:
    index = page(collection, "index")
    rows = index[index.index("<tbody>") :].count("<tr>")
    assert rows == len(pd.read_csv(FILLED / "figures.csv"))
    assert "01-funding.html#contributions-private" in index
    assert "96%" in index and "#delivery-rate" not in index


def test_the_planted_contradictions_are_found(collection: Collection) -> None:
    code = (
        "import briefing; found = briefing.verdicts();"
        "print(*found['relation_id'] + ': ' + found['verdict'], sep='\\n')"
    )
    assert run(collection.folder, "-c", code).stdout.splitlines() == [
        "founders-twice: holds exactly",
        "stations-add-up: holds exactly",
        "expenditure-adds-up: holds exactly",
        "contributions-add-up: contradicts",
        "women-are-the-share: contradicts",
    ]
    assert page(collection, "00-overview").count("<td>contradicts") == 2


def test_its_text_is_verified_and_another_told(collection: Collection, tmp_path: Path) -> None:
    told = command(collection.folder, "verify", str(REPORT)).stdout
    assert "16 paragraphs, 56 numerals, 34 figures, 0 events, 2 errata, 0 terms agree" in told
    other = tmp_path / "other.txt"
    text = REPORT.read_text(encoding="utf-8")
    other.write_text(text.replace("4 200 万", "4 300 万"), encoding="utf-8")
    result = run(collection.folder, "-m", "briefing", "verify", str(other))
    assert result.returncode == 1
    assert "paragraph 7, numeral 2: the text has 4300万美元" in result.stderr


def test_the_data_pass_the_tests_that_are_copied(collection: Collection) -> None:
    result = run(collection.folder, "-m", "pytest", "-q", "tests")
    assert result.returncode == 0, result.stdout


def test_check_says_what_is_stale_and_what_is_left(collection: Collection) -> None:
    assert collection.at_first.returncode == 1
    overview = Path("notebooks/00-overview.ipynb")
    assert f"Stale outputs stand in {overview}: run" in collection.at_first.stderr
    assert "34 numerals of the class figure name no figure" in collection.at_first.stdout
    told = command(collection.folder, "check").stdout
    assert "data/sections.csv: 8 entries are to be written." in told
    assert "data/figures.csv: 31 figures are named in no notebook." in told
    assert "numerals.csv" not in told


@pytest.mark.parametrize("stale", ["codebook", "notebook"])
def test_check_finds_what_is_stale(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture, stale: str
) -> None:
    notebooks = shutil.copytree(editions.NOTEBOOKS, tmp_path / "notebooks")
    data = shutil.copytree(tables.DATA, tmp_path / "data")
    monkeypatch.setattr(editions, "ROOT", tmp_path)
    monkeypatch.setattr(editions, "NOTEBOOKS", notebooks)
    monkeypatch.setattr(tables, "DATA", data)
    monkeypatch.setattr(editions, "is_current", lambda path, language: stale != "notebook")
    if stale == "codebook":
        codebook = data / "README.md"
        codebook.write_text(codebook.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    assert __main__.main(["check"]) == 1
    told = capsys.readouterr().err.splitlines()
    if stale == "codebook":
        assert told == ["data/README.md is stale: run `python -m briefing codebook`."]
    else:
        [sentence] = told
        assert str(Path("notebooks/zh/04-funding.ipynb")) in sentence


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("", "is empty, expected the report's text"),
        ("1. Not in Chinese.\n", "is not in Chinese"),
        ("一段没有编号的话。\n", "no paragraph was found, expected the text of the report"),
        ("1. 没有标题的一段。\n", "paragraph 1 stands under no heading, expected one such as"),
    ],
)
def test_a_text_that_is_no_report_begins_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture, content: str, sentence: str
) -> None:
    text, folder = tmp_path / "report.txt", tmp_path / "new"
    text.write_text(content, encoding="utf-8")
    assert __main__.main(["new", str(text), str(folder)]) == 1
    [told] = capsys.readouterr().err.splitlines()
    assert sentence in told
    assert not folder.exists()


@pytest.mark.parametrize("taken", ["folder", "file"])
def test_what_is_there_is_not_overwritten(
    tmp_path: Path, capsys: pytest.CaptureFixture, taken: str
) -> None:
    folder = tmp_path / "new"
    if taken == "folder":
        folder.mkdir()
    mine = folder / "mine.txt" if taken == "folder" else folder
    mine.write_text("mine", encoding="utf-8")
    assert __main__.main(["new", str(REPORT), str(folder)]) == 1
    told = f"{folder}: holds something already, expected an empty folder\n"
    assert capsys.readouterr().err == told
    assert mine.read_text(encoding="utf-8") == "mine"
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == [mine]


def test_a_table_without_rows_and_a_briefing_without_a_chart_are_shown() -> None:
    """So a collection can be rendered while its tables are being filled in."""
    head = '<tr><th scope="col">Nothing</th><th scope="col">Yet</th></tr>'
    table = f"<table><thead>{head}</thead><tbody></tbody></table>"
    output = nbformat.v4.new_output("display_data", {"text/html": table, "text/plain": ""})
    cells = [nbformat.v4.new_code_cell("", outputs=[output]) for _ in range(2)]
    blocks = markup.blocks(nbformat.v4.new_notebook(cells=cells))
    furniture = pages._page("Title", "00-overview", "")
    chapter = pages._chapter(editions.paths()[0], blocks)
    assert (chapter.picture, chapter.key) == ("", "")
    assert "Nothing" in chapter.body
    assert sheets.printed(pages.sheet([chapter], furniture)).startswith(b"%PDF")
    assert "thumbnail" not in pages.contents([chapter], furniture).partition("</style>")[2]


def test_nothing_but_data_knows_the_report() -> None:
    """No name that stands in data/ for this report stands in the package."""
    shared, report = tables.shared(), tables.descriptor()["report"]
    actors = shared["actors"].query("kind != 'country'")
    names = {report["symbol"], report["title"], report["title_zh"], *report["names_with_digits"]}
    names |= {*report["census"]["numerals"], *shared["documents"]["symbol"]}
    names |= {*actors["name_en"], *actors["name_zh"], *shared["sections"]["title_en"][1:]}
    names |= {name for name in shared["figures"]["figure_id"] if "-" in name}
    names |= {name for name in shared["indicators"]["theme"] if "_" in name}
    files = [p for p in (editions.ROOT / "briefing").rglob("*") if p.is_file()]
    for file in files:
        if file.suffix != ".pyc":
            text = file.read_text(encoding="utf-8")
            text = text.replace("Microsoft YaHei", "")  # a font
            assert not [name for name in names if name in text], file
