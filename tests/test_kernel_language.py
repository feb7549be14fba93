"""Which language a kernel speaks: of a variable, of its notebook, of its folder."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from briefing.core.language import LanguageError, current, of_process

BROKEN = [
    b"",
    b"{",
    b"\xff",
    b"[]",
    b'{"cells": []}',
    b'{"metadata": {}}',
    b'{"metadata": {"briefing": "zh"}}',
    b'{"metadata": {"briefing": {"inputs": {}}}}',
    b'{"metadata": {"briefing": {"language": ["zh"]}}}',
    b'{"metadata": {"briefing": {"language": "tlh"}}}',
]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The folder that the kernel works in, with a server's root above it; nothing is said yet."""
    for variable in ("BRIEFING_LANGUAGE", "JPY_SESSION_NAME"):
        monkeypatch.delenv(variable, raising=False)
    folder = tmp_path / "root" / "zh"
    folder.mkdir(parents=True)
    monkeypatch.chdir(folder)
    of_process.cache_clear()
    yield folder
    of_process.cache_clear()


def store(path: Path, language: str) -> Path:
    path.write_text(json.dumps({"cells": [], "metadata": {"briefing": {"language": language}}}))
    return path


def test_it_is_english_whatever_the_folder_is_called() -> None:
    assert current() == "en"


def test_it_is_found_where_a_program_writes_the_cells_last(folder: Path) -> None:
    stated = {"briefing": {"language": "zh"}}
    book = {"metadata": stated, "cells": [{"metadata": {"tags": []}}]}
    (folder / "1.ipynb").write_text(json.dumps(book))
    assert current() == "zh"


@pytest.mark.parametrize("broken", BROKEN)
def test_it_is_that_of_the_notebooks_in_its_folder_that_state_one(
    folder: Path, broken: bytes
) -> None:
    store(folder / "1.ipynb", "zh")
    store(folder / "3.ipynb", "zh")
    (folder / "2.ipynb").write_bytes(broken)
    assert current() == "zh"


def test_it_is_english_where_they_do_not_agree(folder: Path) -> None:
    store(folder / "1.ipynb", "zh")
    store(folder / "2.ipynb", "en")
    assert current() == "en"


@pytest.mark.parametrize("broken", BROKEN)
def test_what_a_broken_notebook_leaves_open_its_folder_says(
    folder: Path, monkeypatch: pytest.MonkeyPatch, broken: bytes
) -> None:
    (folder / "broken.ipynb").write_bytes(broken)
    store(folder / "1.ipynb", "zh")
    monkeypatch.setenv("JPY_SESSION_NAME", str(folder / "broken.ipynb"))
    assert current() == "zh"


@pytest.mark.parametrize("named", ["{folder}/mine.ipynb", "zh/mine.ipynb", "mine.ipynb"])
def test_it_is_that_of_the_notebook_that_jupyter_names(
    folder: Path, monkeypatch: pytest.MonkeyPatch, named: str
) -> None:
    """By its path, or one from the server's root."""
    store(folder / "1.ipynb", "en")
    store(folder / "mine.ipynb", "zh")
    monkeypatch.setenv("JPY_SESSION_NAME", named.format(folder=folder))
    assert current() == "zh"


def test_a_path_is_above_a_name_in_the_folder(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store(folder / "mine.ipynb", "en")
    elsewhere = store(folder.parent / "mine.ipynb", "zh")
    monkeypatch.setenv("JPY_SESSION_NAME", str(elsewhere))
    assert current() == "zh"


def test_a_notebook_that_is_gone_leaves_it_to_the_folder(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store(folder / "1.ipynb", "zh")
    monkeypatch.setenv("JPY_SESSION_NAME", str(folder / "gone.ipynb"))
    assert current() == "zh"


def test_the_variable_is_above_all(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JPY_SESSION_NAME", str(store(folder / "1.ipynb", "zh")))
    monkeypatch.setenv("BRIEFING_LANGUAGE", "en")
    assert current() == "en"


def test_an_unknown_language_in_the_variable_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BRIEFING_LANGUAGE", "tlh")
    told = "^BRIEFING_LANGUAGE: 'tlh' is no language of an edition, expected one of en, zh$"
    with pytest.raises(LanguageError, match=told):
        current()


def test_notebooks_are_read_once(folder: Path) -> None:
    stored = store(folder / "1.ipynb", "zh")
    assert current() == "zh"
    stored.unlink()
    assert current() == "zh"
