"""The same bytes in a fresh kernel, another folder, time zone, locale, user and hash seed."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from briefing import editions
from briefing.language import languages

EXECUTE = """
import sys
from briefing import editions
path = editions.NOTEBOOKS / sys.argv[1]
editions.store(editions.execute(path, sys.argv[2]), editions.folder(sys.argv[2]) / path.name)
"""
WRITE = """
from briefing import handouts, pages
pages.write_site()
handouts.write_handouts()
"""
PARTS = ("briefing", "data", "notebooks", "locale", "requirements.txt")


@pytest.fixture
def elsewhere(tmp_path: Path) -> Path:
    """A copy of the project in a folder with a Chinese name and a space."""
    folder = tmp_path / "另一个 folder"
    for part in PARTS:
        here = editions.ROOT / part
        (shutil.copytree if here.is_dir() else shutil.copy)(here, folder / part)
    return folder


def run(folder: Path, *arguments: str) -> None:
    environment = os.environ | {
        "PYTHONPATH": str(folder),
        "PYTHONHASHSEED": "12345",
        "TZ": "Asia/Shanghai",
        "LC_ALL": "C",
        "HOME": str(folder.parent),
        "USER": "another",
    }
    subprocess.run([sys.executable, "-c", *arguments], cwd=folder, env=environment, check=True)


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("name", ["02-civil-society.ipynb", "04-funding.ipynb"])
def test_a_run_elsewhere_gives_the_same_bytes(elsewhere: Path, name: str, language: str) -> None:
    run(elsewhere, EXECUTE, name, language)
    stored = editions.folder(language) / name
    again = elsewhere / stored.relative_to(editions.ROOT)
    assert again.read_bytes() == stored.read_bytes()


def test_all_that_is_written_elsewhere_is_the_same_bytes(site: Path, elsewhere: Path) -> None:
    run(elsewhere, WRITE)
    here = {path.relative_to(site): path.read_bytes() for path in site.rglob("*.*")}
    there = elsewhere / "site"
    again = {path.relative_to(there): path.read_bytes() for path in there.rglob("*.*")}
    assert set(here) == set(again)
    assert [str(path) for path in here if here[path] != again[path]] == []
