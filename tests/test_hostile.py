"""Hostile words in every column of words are refused, or stand everywhere as words; none runs."""

import ast
import csv
import io
import re
import shutil
import zipfile
from pathlib import Path

import nbformat
import openpyxl
import pypdf
import pytest
from faults.trial import run
from pptx import Presentation
from test_pages import Elements
from test_sheets import parts

from briefing.publish.workbook import ABOVE
from briefing.sources import tables

# Markup, scripts, formulas, fields of templates, marks of Typst, matplotlib and Markdown.
HOSTILE = [
    "<script>alert(1)</script>",
    'x"><img src=x onerror=alert(1)>',
    "</style></svg><svg onload=alert(1)>",
    "[x](javascript:alert(1)) ![x](https://example.org/x.png)",
    "`{0.__class__}` {{ 7*7 }} ${7*7} %s {",
    'x#panic("x") $x$ $\\frac$ \\u{41} */ ``` #read("/etc/passwd")',
    "'; DROP TABLE x; -- &lt;b&gt; ]]> <!-- --> <?x?>",
    "x ＝HYPERLINK(1) ＋1 ＠x",
]
ROWS = len(HOSTILE)  # in so many rows of each table, each of them once in each column
NOTEBOOK = [
    ("markdown", "# Hostile: words stay words\n\nWhatever stands in the data is said as it is."),
    ("code", "import matplotlib.pyplot as plt\nimport pandas as pd\n\nimport briefing\n"),
    (
        "code",
        'names = list(briefing.shared()["figures"].head(8)["figure_id"])\n'
        "found = [briefing.figure(name) for name in names]\n"
        'labels = [briefing.label("indicators", key) for key in '
        'briefing.shared()["indicators"].head(8)["indicator_id"]]\n'
        'briefing.show_brief(*[briefing.say("{it}", it=label) for label in labels[:3]])\n'
        "briefing.show_key_figures(dict(zip(labels[3:7], found)))\n"
        "display(*map(briefing.card, names))\n"
        "briefing.figures().head(8)",
    ),
    (
        "code",
        "for table in briefing.shared().values():\n"
        '    words = table.head(8).select_dtypes(exclude="number")\n'
        '    briefing.show_table(words.assign(paragraph_id="1"))',
    ),
    (
        "code",
        "fig, ax = plt.subplots()\n"
        "drawn = pd.DataFrame({labels[0]: labels, labels[1]: found[:1] * len(labels)})\n"
        "briefing.bars(ax, drawn, *labels[:2])\n"
        'title = briefing.say("{all}: {one}", all=" ".join(labels), one=found[0])\n'
        "briefing.show_chart(fig, title, drawn)",
    ),
    ("code", "print(*labels)\npd.DataFrame({labels[0]: labels})"),
    ("code", 'briefing.show_sources()\nbriefing.show_neighbours("00-hostile")'),
]
FORBIDDEN = {"pickle", "marshal", "shelve", "dill", "joblib", "yaml", "subprocess", "ctypes"}
RUNNING = {"eval", "exec", "compile", "__import__", "query", "read_pickle", "to_pickle", "system"}
HARMLESS = {"re.compile", "typst.compile", "compiler.compile", "compiler.query"}


def bound(resource: dict, field: dict) -> bool:
    """Whether the schema leaves a column no room for words of one's own."""
    rules = field.get("constraints", {})
    return (
        field["type"] != "string"
        or bool(rules.keys() & {"pattern", "enum"})
        or field["name"] in tables.targets(resource)
        or field["name"] in resource["schema"]["primaryKey"]
    )


def columns() -> list[tuple[str, str, bool]]:
    """Every column of words, by table, and whether it is bound."""
    return [
        (resource["name"], field["name"], bound(resource, field))
        for resource in tables.descriptor()["resources"]
        for field in resource["schema"]["fields"]
        if field["type"] == "string"
    ]


def put(data: Path, wanted: list[tuple[str, str]]) -> None:
    """Put hostile words into the first rows of columns."""
    for name in dict.fromkeys(table for table, _ in wanted):
        path = data / f"{name}.csv"
        head, *rows = csv.reader(io.StringIO(path.read_text(encoding="utf-8")))
        for number, column in enumerate(c for table, c in wanted if table == name):
            for place, row in enumerate(rows[:ROWS]):
                row[head.index(column)] = HOSTILE[(number + place) % len(HOSTILE)]
        written = io.StringIO(newline="")
        csv.writer(written, lineterminator="\n").writerows([head, *rows])
        path.write_text(written.getvalue(), encoding="utf-8")


# A relation is no words of one's own either: what is none is refused when its verdict is asked.
FREE = [(t, c) for t, c, is_bound in columns() if not is_bound and c != "expression"]


@pytest.fixture(scope="module")
def collection(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """This collection with hostile words in its data, and one notebook that shows all of them."""
    folder = tmp_path_factory.mktemp("hostile")
    for part in ("briefing", "data"):
        shutil.copytree(tables.ROOT / part, folder / part)
    shutil.copy(tables.ROOT / "requirements.txt", folder)
    put(folder / "data", FREE)
    make = {"code": nbformat.v4.new_code_cell, "markdown": nbformat.v4.new_markdown_cell}
    cells = [make[kind](text, id=f"c{place}") for place, (kind, text) in enumerate(NOTEBOOK)]
    (folder / "notebooks").mkdir()
    nbformat.write(nbformat.v4.new_notebook(cells=cells), folder / "notebooks" / "00-hostile.ipynb")
    for command in ("notebooks", "briefings", "handouts"):
        done = run(folder, [command])
        assert done.returncode == 0, done.stderr
    return folder


def test_a_column_takes_hostile_words_or_is_told_to_refuse_them(data: Path) -> None:
    put(data, [(table, column) for table, column, _ in columns()])
    with pytest.raises(tables.DataError) as caught:
        tables.load(data)
    refused = {
        (match[1], match[2])
        for fault in caught.value.faults
        if (match := re.match(r"(\w+)\.csv, row [2-9], column (\w+)", fault))
    }
    assert refused == {(table, column) for table, column, is_bound in columns() if is_bound}


def test_hostile_words_on_a_page_are_words(collection: Path) -> None:
    for path in (collection / "site" / "en").glob("*.html"):
        page = Elements(path.read_text(encoding="utf-8"))
        assert len(page.of("script")) == 1
        assert not page.of("img") + page.of("iframe") + page.of("object") + page.of("base")
        for _, attributes in page.found:
            assert not [name for name in attributes if name.startswith("on")]
            assert "javascript:" not in (attributes.get("href") or "")
    words = Elements((collection / "site/en/00-hostile.html").read_text(encoding="utf-8")).words
    assert [hostile for hostile in HOSTILE if hostile not in words] == []


def test_hostile_words_in_a_sheet_are_words(collection: Path) -> None:
    for path in (collection / "site" / "en").glob("*.pdf"):
        for each in parts(pypdf.PdfReader(path)):
            assert not each.keys() & {"/JS", "/JavaScript", "/OpenAction", "/AA", "/Launch"}
            assert "javascript" not in each.get("/URI", "")


def test_hostile_words_in_the_workbook_are_words(collection: Path) -> None:
    path = collection / "site" / "figures.xlsx"
    book = openpyxl.load_workbook(path)
    for table, column in FREE:
        head, *rows = book[table].iter_rows(min_row=ABOVE + 1)
        [place] = [number for number, cell in enumerate(head) if cell.value == column]
        for row in rows[:ROWS]:
            assert row[place].value in HOSTILE
            assert row[place].data_type == "s"
    with zipfile.ZipFile(path) as archive:
        parts = [archive.read(name) for name in archive.namelist()]
    assert not [part for part in parts if b"<f>" in part or b'="External"' in part]


def test_hostile_words_on_a_slide_are_words(collection: Path) -> None:
    path = collection / "site" / "en" / "briefing.pptx"
    slide = Presentation(path).slides[1]  # after the opening: what is said in brief
    said = "\n".join(shape.text_frame.text for shape in slide.shapes if shape.has_text_frame)
    labels = tables.load(collection / "data")["indicators"]["label_en"].head(3)
    assert [label for label in labels if label not in said] == []
    with zipfile.ZipFile(path) as archive:
        parts = [archive.read(name) for name in archive.namelist() if name.endswith(".rels")]
    assert not [part for part in parts if b"javascript" in part or b"example.org" in part]


def test_hostile_words_in_a_chart_are_words(collection: Path) -> None:
    charts = collection / "site" / "en" / "charts"
    drawn = Elements((charts / "00-hostile-1.svg").read_text(encoding="utf-8"))
    assert not [tag for tag, _ in drawn.found if tag in ("script", "img", "foreignobject", "a")]
    assert not [a for _, attributes in drawn.found for a in attributes if a.startswith("on")]
    written = (charts / "00-hostile-1.csv").read_text(encoding="utf-8-sig")
    cells = [cell for row in csv.reader(io.StringIO(written)) for cell in row]
    assert not [cell for cell in cells if re.match("[=+@＝＋＠-]", cell)]


@pytest.mark.parametrize("path", sorted((tables.ROOT / "briefing").rglob("*.py")), ids=str)
def test_the_package_unpickles_and_evaluates_nothing(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import | ast.ImportFrom):
            names = {getattr(node, "module", "") or "", *(alias.name for alias in node.names)}
            assert not {name.split(".")[0] for name in names} & FORBIDDEN
        if isinstance(node, ast.Call):
            called = getattr(node.func, "attr", getattr(node.func, "id", ""))
            assert called not in RUNNING or ast.unparse(node.func) in HARMLESS
