"""The same bytes in another folder, time zone, locale, hash seed, order of files, for another user.

The number of processors is another, too.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from briefing.core.language import languages
from briefing.notebook import navigation
from briefing.publish import editions, fonts
from briefing.sources import tables

EXECUTE = """
import sys
from briefing.notebook import navigation
from briefing.publish import editions, settings
for name, language in zip(sys.argv[1::2], sys.argv[2::2]):
    path = navigation.NOTEBOOKS / name
    with settings.set_aside():
        made = editions.execute(path, [language])[language]
    editions.store(made, editions.folder(language) / name)
"""
# Python runs it as it starts, in workers and kernels too: one processor, else two, and files
# backwards.
SITE = """
import os
others = 1 + (os.cpu_count() == 1)
os.cpu_count = lambda: others
listdir, scandir = os.listdir, os.scandir
os.listdir = lambda *folder: sorted(listdir(*folder), reverse=True)

class Backwards:
    def __init__(self, *folder):
        with scandir(*folder) as entries:
            self.entries = iter(sorted(entries, key=lambda entry: entry.name, reverse=True))
    def __iter__(self):
        return self
    def __next__(self):
        return next(self.entries)
    def __enter__(self):
        return self
    def __exit__(self, *_):
        pass
    close = __exit__

os.scandir = Backwards
"""
PARTS = ("briefing", "data", "notebooks", "locale", "requirements.txt")


@pytest.fixture(scope="module")
def elsewhere(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the project in a folder with a Chinese name and a space."""
    home = tmp_path_factory.mktemp("home")
    folder = home / "另一个 folder"
    for part in PARTS:
        here = tables.ROOT / part
        (shutil.copytree if here.is_dir() else shutil.copy)(here, folder / part)
    (folder / "sitecustomize.py").write_text(SITE, encoding="utf-8")
    return folder


def run(folder: Path, *arguments: str) -> None:
    """Run Python in the copy, as another user in another place."""
    environment = os.environ | {
        "PYTHONPATH": str(folder),
        "PYTHONHASHSEED": "12345",
        "TZ": "Asia/Shanghai",
        "LC_ALL": "C",
        "HOME": str(folder.parent),
        "USER": "another",
    }
    subprocess.run([sys.executable, *arguments], cwd=folder, env=environment, check=True)


def test_a_run_elsewhere_gives_the_same_bytes(elsewhere: Path) -> None:
    chosen = {"02-civil-society.ipynb": "en", "04-funding.ipynb": "zh"}
    run(elsewhere, "-c", EXECUTE, *(word for pair in chosen.items() for word in pair))
    for name, language in chosen.items():
        stored = editions.folder(language) / name
        again = elsewhere / stored.relative_to(tables.ROOT)
        assert again.read_bytes() == stored.read_bytes(), stored


def test_all_that_is_written_elsewhere_is_the_same_bytes(site: Path, elsewhere: Path) -> None:
    notebooks = contents(elsewhere / "notebooks")
    # Cutting fonts takes longest: every twelfth is cut there again, the others are taken along.
    (elsewhere / fonts.KEPT.name).mkdir()
    for place, font in enumerate(sorted(fonts.KEPT.iterdir())):
        if place % 12:
            shutil.copy(font, elsewhere / fonts.KEPT.name)
    run(elsewhere, "-m", "briefing", "briefings")
    run(elsewhere, "-m", "briefing", "handouts")
    here, there = contents(site), contents(elsewhere / "site")
    assert set(here) == set(there)
    assert [str(path) for path in here if here[path] != there[path]] == []
    assert contents(elsewhere / fonts.KEPT.name).items() <= contents(fonts.KEPT).items()
    assert contents(elsewhere / "notebooks") == notebooks, "a notebook was touched"


def test_what_is_written_is_a_page_and_a_sheet_of_each_notebook(site: Path) -> None:
    stems = [path.stem for path in navigation.paths()]
    expected = {f"{stem}.{form}" for stem in stems for form in ("html", "pdf")}
    for language in languages():
        written = {path.name for path in (site / language).glob("*.*")}
        assert written == expected | {
            "index.html",
            "figures.html",
            "briefs.pdf",
            "volume.pdf",
            "briefing.pptx",
            "briefs.docx",
        }
    assert {path.name for path in (site / "both").glob("*.*")} == expected


def contents(folder: Path) -> dict[Path, bytes]:
    """The bytes of each file in a folder."""
    found = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder): path.read_bytes() for path in found}


def test_a_font_is_of_its_own_characters_whatever_other_pages_have(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    made = []
    for known in ("", "鱻g", "龘W"):
        monkeypatch.setattr(fonts, "_known", lambda known=known: frozenset(known))
        made.append(fonts._woff2("UN-Women 妇女署"))
    assert len(set(made)) == 1


def test_a_font_is_cut_once_for_the_same_characters(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fonts, "KEPT", tmp_path)
    monkeypatch.setattr(fonts, "_woff2", lambda text: text.encode())
    assert fonts.woff2("ab") == fonts.woff2("bba") != fonts.woff2("abc")
    assert len([*tmp_path.iterdir()]) == 2
