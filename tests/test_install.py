"""The package is whole where it is installed, in a folder with nothing else of the project."""

import os
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest
from hatchling import build

from briefing.sources import tables

FOLDERS = {"briefing": "briefing", "data": "briefing/data", "locale": "briefing/locale"}
LOOKING_UP = """\
import briefing
print(briefing.figure("core-resources-2011").value, len(briefing.figures()), briefing.__file__)
briefing.card("core-resources-2011")
briefing.show_contents()
briefing.show_neighbours("04-funding")
print("found:", len(briefing.claims()))
"""
CHECKOUT_ONLY = ["briefings", "handouts", "notebooks", "messages", "codebook", "check"]
COMMANDS = f"""\
from briefing.__main__ import main
print([main([command]) for command in {CHECKOUT_ONLY}])
"""


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that a wheel of the project is unpacked into."""
    folder = tmp_path_factory.mktemp("installed")
    options = ["--quiet", "--no-build-isolation", "--no-deps", "--no-index"]
    command = [sys.executable, "-m", "pip", "wheel", *options, "--wheel-dir", folder, tables.ROOT]
    subprocess.run(command, check=True)
    [wheel] = folder.glob("*.whl")
    zipfile.ZipFile(wheel).extractall(folder)
    wheel.unlink()
    return folder


def run(installed: Path, *arguments: str, **variables: str) -> subprocess.CompletedProcess:
    """Run Python in another folder, without the file that leads to this checkout."""
    found = os.pathsep.join([str(installed), sysconfig.get_path("purelib")])
    return subprocess.run(
        [sys.executable, "-S", "-X", "utf8", *arguments],
        cwd=installed.parent,
        env=os.environ | {"PYTHONPATH": found} | variables,
        capture_output=True,
        encoding="utf-8",
    )


def test_a_wheel_holds_the_package_its_data_and_its_translations(installed: Path) -> None:
    here = {
        str(Path(target) / path.relative_to(tables.ROOT / source)): path.read_bytes()
        for source, target in FOLDERS.items()
        for path in (tables.ROOT / source).rglob("*")
        if path.is_file() and path.suffix != ".pyc"
    }
    there = (path for path in (installed / "briefing").rglob("*") if path.is_file())
    held = {str(path.relative_to(installed)): path.read_bytes() for path in there}
    assert {path: held[path] for path in held if not path.endswith(".pyc")} == here


def test_figures_are_found_and_notebooks_are_none(installed: Path) -> None:
    result = run(installed, "-c", LOOKING_UP)
    assert result.stderr == ""
    first, *_, last = result.stdout.splitlines()
    rows = len(tables.shared()["figures"])
    assert first == f"1.25E+8 {rows} {installed / 'briefing' / '__init__.py'}"
    assert last == "found: 0"


def test_a_figure_is_shown_in_each_language(installed: Path) -> None:
    command = ["-m", "briefing", "show", "core-resources-2011"]
    assert "125 million" in run(installed, *command).stdout
    assert "核心资源: 1.25" in run(installed, *command, BRIEFING_LANGUAGE="zh").stdout


def test_what_needs_notebooks_says_so_in_a_sentence(installed: Path) -> None:
    result = run(installed, "-c", COMMANDS)
    told = "needs a checkout of the project; these need none: draft, show, verify"
    assert result.stderr.splitlines() == [f"{command}: {told}" for command in CHECKOUT_ONLY]
    assert result.stdout == f"{[1] * len(CHECKOUT_ONLY)}\n"


def test_the_command_is_installed_with_the_package(installed: Path) -> None:
    [entries] = installed.glob("*.dist-info/entry_points.txt")
    assert entries.read_text() == "[console_scripts]\nbriefing = briefing.__main__:main\n"


def test_an_editable_install_leads_to_the_checkout(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It holds no copy of the data, which would grow old."""
    monkeypatch.chdir(tables.ROOT)
    with zipfile.ZipFile(tmp_path / build.build_editable(str(tmp_path))) as wheel:
        held = [name for name in wheel.namelist() if ".dist-info/" not in name]
        assert held == ["_briefing.pth"]
        assert wheel.read("_briefing.pth").decode() == str(tables.ROOT)
