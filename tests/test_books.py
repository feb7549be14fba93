"""Files that are called notebooks: some cannot be read, some are copies, some no more."""

import json
from pathlib import Path

import nbformat
import pytest

from briefing import __main__
from briefing.notebook import books, navigation
from briefing.publish import editions


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of notebooks in place of the project's own."""
    monkeypatch.setattr(navigation, "NOTEBOOKS", tmp_path / "notebooks")
    (tmp_path / "notebooks" / "zh").mkdir(parents=True)
    return tmp_path / "notebooks"


def store(path: Path, **metadata: object) -> None:
    cell = nbformat.v4.new_markdown_cell("# Mine: a title", id="title")
    nbformat.write(nbformat.v4.new_notebook(cells=[cell], metadata=metadata), path)


def made(path: Path) -> None:
    """As this package makes a notebook of an edition."""
    store(path, briefing={"language": "zh", "inputs": {"its cells": "0"}})


def test_a_command_names_the_notebook_that_cannot_be_read(
    folder: Path, capsys: pytest.CaptureFixture
) -> None:
    store(folder / "11-mine.ipynb")
    (folder / "12-broken.ipynb").write_text("{", encoding="utf-8")
    for command in ("check", "briefings", "notebooks", "handouts", "messages"):
        assert __main__.main([command]) == 1
        told = capsys.readouterr().err.splitlines()[-1]
        assert told.startswith("notebooks/12-broken.ipynb, line 1: is not JSON"), command


def test_a_notebook_without_cells_is_named_before_any_is_run(
    folder: Path, capsys: pytest.CaptureFixture
) -> None:
    nbformat.write(nbformat.v4.new_notebook(), folder / "11-empty.ipynb")
    for command in ("check", "briefings", "notebooks", "messages"):
        assert __main__.main([command]) == 1
        told = capsys.readouterr().err.splitlines()
        assert "11-empty.ipynb, cell 1: is no title" in "".join(told), command
        assert "Error" not in "".join(told), command


def test_pytest_tells_the_same_of_it(folder: Path, request: pytest.FixtureRequest) -> None:
    path = folder / "11-mine.ipynb"
    store(path)
    collect = request.config.hook.pytest_collect_file
    collect(file_path=path, parent=request.session)
    path.write_bytes(path.read_bytes().replace(b'"id": "title",', b""))
    with pytest.raises(pytest.Collector.CollectError, match=r"11-mine\.ipynb, cell 1: has no id"):
        collect(file_path=path, parent=request.session)


@pytest.mark.parametrize(
    ("make", "told"),
    [
        (lambda path: path.mkdir(), "Is a directory"),
        (lambda path: path.symlink_to("nowhere"), "No such file or directory"),
        (lambda path: path.symlink_to(path.name), "Too many levels of symbolic links"),
    ],
    ids=["a folder", "a link to nowhere", "a link to itself"],
)
def test_what_is_no_file_is_told(folder: Path, make, told: str) -> None:
    make(folder / "11-mine.ipynb")
    [path] = navigation.paths()
    with pytest.raises(books.NotebookError, match=f"^notebooks/11-mine.ipynb: .*{told}"):
        navigation.english(path)


def test_a_link_to_a_notebook_is_read(folder: Path) -> None:
    store(folder / "source.ipynb")
    (folder / "11-mine.ipynb").symlink_to("source.ipynb")
    assert navigation.heading(*navigation.paths())[0] == "Mine: a title"


def test_a_notebook_of_a_format_without_ids_is_read(folder: Path) -> None:
    """As Colab writes it."""
    cell = {"cell_type": "markdown", "metadata": {}, "source": "# Mine"}
    book = {"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 0}
    path = folder / "11-mine.ipynb"
    path.write_text(json.dumps(book), encoding="utf-8")
    assert editions.read(path).cells[0].source == "# Mine"


@pytest.mark.parametrize("metadata", [{}, {"briefing": 3}, {"briefing": {"inputs": ["x"]}}])
def test_what_others_keep_in_its_metadata_makes_it_stale(folder: Path, metadata: dict) -> None:
    store(folder / "11-mine.ipynb", **metadata)
    assert books.contents(folder / "11-mine.ipynb")[1] == {}


def test_an_edition_of_a_notebook_that_is_no_more_is_removed_and_nothing_of_others(
    folder: Path,
) -> None:
    store(folder / "11-mine.ipynb")
    for stem in ("11-mine", "12-gone", "13-gone-Copy1"):
        made(folder / "zh" / f"{stem}.ipynb")
    store(folder / "zh" / "14-own.ipynb")
    (folder / "zh" / "15-broken.ipynb").write_text("{", encoding="utf-8")
    editions.remove_gone("zh")
    left = {path.stem for path in (folder / "zh").iterdir()}
    assert left == {"11-mine", "13-gone-Copy1", "14-own", "15-broken"}
