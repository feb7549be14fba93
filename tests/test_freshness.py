"""Outputs are stale where what they were made from changed, and nowhere else; it is named."""

import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import nbformat
import pytest

from briefing.core.language import languages
from briefing.notebook import navigation
from briefing.publish import freshness
from briefing.sources import tables

PARTS = ("briefing", "data", "notebooks", "locale")
ASK = """
import json
from briefing.publish import editions
print(json.dumps({"/".join(p.parts[-2:]): names for p, names in editions.stale().items()}))
"""
FIGURES, TERMS = "data/figures.csv", "data/terms.csv"
CHARTS, SLIDES = "briefing/notebook/charts.py", "briefing/publish/slides.py"
HOUSE = "briefing/notebook/house.mplstyle"
AUDIT = "notebooks/09-audit.ipynb"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    for part in PARTS:
        opened = shutil.ignore_patterns(".ipynb_checkpoints")  # what JupyterLab leaves
        shutil.copytree(tables.ROOT / part, tmp_path / part, ignore=opened)
    shutil.copy(tables.ROOT / "requirements.txt", tmp_path)
    return tmp_path


def stale(folder: Path) -> dict[str, list[str]]:
    """The stale notebooks of a copy of the project, and what changed for each."""
    done = subprocess.run([sys.executable, "-c", ASK], cwd=folder, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def change(path: Path, how: Callable[[str], str]) -> None:
    with path.open(encoding="utf-8", newline="") as file:
        text = file.read()
    changed = how(text)
    assert changed != text
    path.write_bytes(changed.encode("utf-8"))


def swap(old: str, new: str) -> Callable[[str], str]:
    def how(text: str) -> str:
        assert old in text
        return text.replace(old, new, 1)

    return how


def test_what_no_kernel_imports_or_reads_leaves_all_current(project: Path) -> None:
    for path, how in {
        SLIDES: lambda text: text + "# a remark\n",
        "briefing/__main__.py": lambda text: text + "# a remark\n",
        "briefing/publish/templates/page/style.css": lambda text: text + "/* a remark */\n",
        FIGURES: lambda text: "\ufeff" + text.replace("\n", "\r\n"),
        TERMS: lambda text: '"' + text.partition(",")[0] + '",' + text.partition(",")[2] + "\n\n",
        "data/README.md": lambda text: text + "\n",
        "data/datapackage.json": swap("One fault of the report", "A fault of the report"),
        "requirements.txt": lambda text: text + "\nsomething==1.0\n",
    }.items():
        change(project / path, how)
    assert stale(project) == {}, "each that matters is named"


def test_a_row_makes_stale_the_notebooks_that_read_it_and_is_named(project: Path) -> None:
    """Of a table that a notebook reads row by row, other rows do not matter."""
    change(project / "data/errata.csv", swap("In two cases one amount", "In both cases one amount"))
    found = stale(project)
    row = "data/errata.csv#one-amount-for-two-donors"
    assert found["notebooks/04-funding.ipynb"] == [row] == found["zh/04-funding.ipynb"]
    assert found[AUDIT] == ["data/errata.csv"], "which reads the whole table"
    assert "notebooks/02-civil-society.ipynb" not in found


def test_a_table_of_which_many_rows_are_read_counts_as_a_whole(tmp_path: Path) -> None:
    path = tmp_path / "11-mine.ipynb"
    nbformat.write(nbformat.v4.new_notebook(), path)
    keys = list(tables.shared()["paragraphs"]["paragraph_id"])[: freshness.MANY]
    few = [f"data/paragraphs.csv#{key}" for key in keys]
    figures = list(tables.shared()["figures"]["figure_id"])[: freshness.MANY + 1]
    many = [f"data/figures.csv#{key}" for key in figures]
    kept = [name for name in freshness.inputs(path, few + many) if ".csv" in name]
    assert kept == [*few, FIGURES]


def test_a_table_makes_stale_the_notebooks_that_read_it(project: Path) -> None:
    change(project / TERMS, swap("composite entity", "compound entity"))
    assert stale(project) == {AUDIT: [TERMS], "zh/09-audit.ipynb": [TERMS]}


def test_what_every_kernel_imports_or_reads_makes_all_stale(project: Path) -> None:
    """Of the lock, that is the versions that charts are drawn with."""
    changed = {
        CHARTS: lambda text: text + "# a remark\n",
        HOUSE: lambda text: text + "# a remark\n",
        "data/units.csv": swap("heads of State", "Heads of State"),
        "requirements.txt": swap("\nmatplotlib==", "\nmatplotlib==9"),
    }
    for path, how in changed.items():
        change(project / path, how)
    found = stale(project)
    assert len(found) == len(languages()) * len(navigation.paths())
    named = {*changed, freshness.LOCK} - {"requirements.txt"}
    assert all(named <= set(names) for names in found.values())


def test_a_translation_makes_stale_the_notebook_that_says_it(project: Path) -> None:
    po = project / "locale" / "zh" / "LC_MESSAGES" / "notebooks.po"
    change(po, swap("轻微的差错如下", "轻微差错如下"))
    assert stale(project) == {"zh/09-audit.ipynb": [freshness.MESSAGES]}


def test_outputs_that_a_run_did_not_give_are_stale(project: Path) -> None:
    """A number changed in what is stored, and an edition's outputs in the place of another's."""
    books = project / "notebooks"
    change(books / "04-funding.ipynb", swap("about $228 million", "about $822 million"))
    chinese = json.loads((books / "zh" / "06-communications.ipynb").read_text(encoding="utf-8"))
    english = json.loads((books / "06-communications.ipynb").read_text(encoding="utf-8"))
    for cell, other in zip(english["cells"], chinese["cells"], strict=True):
        if "outputs" in cell:
            cell["outputs"] = other["outputs"]
    (books / "06-communications.ipynb").write_text(json.dumps(english), encoding="utf-8")
    named = ("notebooks/04-funding.ipynb", "notebooks/06-communications.ipynb")
    assert stale(project) == {name: [freshness.OUTPUTS] for name in named}


def test_a_cell_makes_stale_its_notebook_and_those_that_ask_for_all(project: Path) -> None:
    change(project / "notebooks" / "02-civil-society.ipynb", swap("say(", "say( "))
    found = stale(project)
    assert found["notebooks/02-civil-society.ipynb"] == [freshness.CELLS]
    assert found.pop("zh/02-civil-society.ipynb") == [freshness.CELLS]
    asking = [name for name in found if name != "notebooks/02-civil-society.ipynb"]
    assert asking and all(found[name] == [freshness.OTHERS] for name in asking)


def test_an_edition_that_is_edited_in_place_of_its_po_file_is_stale(project: Path) -> None:
    change(project / "notebooks" / "zh" / "04-funding.ipynb", swap("资金", "经费"))
    assert stale(project)["zh/04-funding.ipynb"] == [freshness.OWN]


def test_cells_counted_from_another_number_and_an_empty_last_one_are_no_change(
    project: Path,
) -> None:
    """As JupyterLab leaves them where a notebook is run twice."""
    path = project / "notebooks" / "04-funding.ipynb"
    notebook = nbformat.read(path, nbformat.NO_CONVERT)
    for cell in notebook.cells:
        for counted in (cell, *cell.get("outputs", [])):
            if "execution_count" in counted:
                counted.execution_count += 6
    notebook.cells.append(nbformat.v4.new_code_cell())
    nbformat.write(notebook, path)
    assert not stale(project)


def test_a_table_that_cannot_be_read_is_told(
    tmp_path: Path, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Though its digest is taken before its rows are."""
    (data / "terms.csv").write_bytes((data / "terms.csv").read_bytes().decode().encode("gb18030"))
    monkeypatch.setattr(tables, "DATA", data)
    monkeypatch.setattr(tables, "ROOT", tmp_path)
    monkeypatch.setattr(tables, "shared", lambda: tables.load(data))
    with pytest.raises(tables.DataError, match=r"terms\.csv, row 2: is not UTF-8"):
        freshness._file.__wrapped__(TERMS)


def test_an_edition_that_cannot_be_read_is_stale_as_it_is_made_again(project: Path) -> None:
    """As after a merge: its source is the English notebook."""
    path = project / "notebooks" / "zh" / "04-funding.ipynb"
    change(path, lambda text: f"<<<<<<< HEAD\n{text}")
    assert stale(project)["zh/04-funding.ipynb"] == [freshness.OUTPUTS]


def test_a_table_that_a_cell_reads_by_itself_counts(tmp_path: Path) -> None:
    path = tmp_path / "11-mine.ipynb"
    cell = nbformat.v4.new_code_cell('pd.read_csv("../data/terms.csv")')
    nbformat.write(nbformat.v4.new_notebook(cells=[cell]), path)
    assert {name for name in freshness.inputs(path, []) if name.endswith(".csv")} == {TERMS}


def test_the_version_of_the_data_is_of_its_text(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    version = freshness.data_version.__wrapped__()
    monkeypatch.setattr(tables, "DATA", data)
    for file in data.glob("[!R]*.*"):
        file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes().replace(b"\n", b"\r\n"))
    assert freshness.data_version.__wrapped__() == version
    change(data / "figures.csv", swap("435", "436"))
    assert freshness.data_version.__wrapped__() != version
