"""Faults that a command meets; `make faults` lets every command meet every fault."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import nbformat
import pytest
from faults import trial

from briefing.publish import editions, files

WORK = """
import time
from briefing.publish.workers import workers
with workers() as pool:
    pool.submit(print, "ready", flush=True).result()
    pool.submit(time.sleep, 60).result()
"""
STOPPED = """
import sys, time
from briefing import __main__
from briefing.publish.workers import workers
def _check(_):
    with workers() as pool:
        pool.submit(print, "ready", flush=True).result()
        pool.submit(time.sleep, 60).result()
__main__._check = _check
sys.exit(__main__.main(["check"]))
"""
SHOWN = """
from IPython.display import display

class Shown:
    def _repr_mimebundle_(self, **_):
        raise ValueError("broken")

display(Shown())
"""
WRITES = "from briefing.sources import tables\n(tables.DATA / 'new.csv').write_text('a')"
MOVES = """\
import os, tempfile
from briefing.sources import tables
os.rename(tempfile.mkstemp()[1], tables.DATA / "new.csv")"""
PATIENCE = 30  # seconds


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> trial.Bench:
    """A quick command that replaces a file, in a copy of this collection's data and package."""
    folder = tmp_path_factory.mktemp("faults")
    return trial.Bench(trial.copied(folder / "whole"), "codebook", folder)


def test_a_command_that_is_killed_leaves_files_whole(bench: trial.Bench) -> None:
    trial.killed(bench, moments=2)


def test_a_full_disk_is_told(bench: trial.Bench) -> None:
    assert trial.disk_full(bench).startswith("stops with a sentence")


@pytest.mark.skipif(not trial.modes_can_hold(), reason="a superuser without setpriv writes all")
def test_a_folder_that_may_not_be_written_is_told(bench: trial.Bench) -> None:
    assert trial.read_only(bench).startswith("stops with a sentence")


def test_two_commands_at_once_both_do_their_work(bench: trial.Bench) -> None:
    assert trial.twice(bench) == "both do their work"


def test_the_report_of_all_trials_is_of_all_commands_and_faults() -> None:
    head, _, *rows = [
        [cell.strip(" `") for cell in line.strip("|").split("|")]
        for line in (Path(trial.__file__).parent / "REPORT.md").read_text("utf-8").splitlines()
        if line.startswith("|")
    ]
    assert head == ["command", *trial.FAULTS]
    assert [row[0] for row in rows] == list(trial.COMMANDS)


def test_what_a_killed_command_left_is_cleared_away(tmp_path: Path) -> None:
    target = tmp_path / "page.html"
    left, fresh = tmp_path / ".page.html.1.tmp", tmp_path / ".page.html.2.tmp"
    other = tmp_path / ".other.html.1.tmp"
    for path in (left, fresh, other):
        path.write_text("half", encoding="utf-8")
    for path in (left, other):
        os.utime(path, (0, 0))
    files.write_whole(target, "whole")
    assert sorted(tmp_path.iterdir()) == sorted([target, fresh, other])


def test_what_is_no_file_is_not_replaced_and_what_is_one_keeps_its_mode(tmp_path: Path) -> None:
    target, link = tmp_path / "page.html", tmp_path / "link.html"
    target.write_text("old", encoding="utf-8")
    target.chmod(0o600)
    link.symlink_to(target)
    files.write_whole(link, "new")
    assert link.is_symlink() and target.read_text(encoding="utf-8") == "new"
    assert target.stat().st_mode & 0o777 == 0o600
    os.mkfifo(pipe := tmp_path / "pipe")
    for path in (tmp_path, pipe, Path("")):
        with pytest.raises(files.WriteError, match="is no file, expected one, or none yet"):
            files.write_whole(path, "new")


@pytest.mark.parametrize(
    ("code", "told"),
    [
        (
            SHOWN,
            r"n.ipynb: `display\(Shown\(\)\)` cannot be shown",
        ),
        ("import os\nos._exit(1)", "n.ipynb: its kernel ended .*expected it to go on"),
        (WRITES, "n.ipynb, cell 1: .*data/new.csv is written, expected note"),
        (MOVES, "n.ipynb, cell 1: .*data/new.csv is written"),
    ],
    ids=["an error in what is shown", "a kernel that is killed", "writes data", "moves data"],
)
def test_a_notebook_that_cannot_be_stored_is_told(tmp_path: Path, code: str, told: str) -> None:
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(code)])
    nbformat.write(notebook, tmp_path / "n.ipynb")
    with pytest.raises(editions.NotebookError, match=told):
        editions.execute(tmp_path / "n.ipynb", ["en"])


def test_cells_are_counted_from_one_whatever_ran_before(tmp_path: Path) -> None:
    cells = [nbformat.v4.new_code_cell(code) for code in ("1", "2")]
    nbformat.write(nbformat.v4.new_notebook(cells=cells), tmp_path / "n.ipynb")
    [made] = editions.execute(tmp_path / "n.ipynb", ["en"]).values()
    counts = [[it.execution_count for it in (cell, *cell.outputs)] for cell in made.cells]
    assert counts == [[1, 1], [2, 2]]


def test_workers_end_with_the_command_that_began_them() -> None:
    arguments = [sys.executable, "-c", WORK]
    with subprocess.Popen(arguments, stdout=subprocess.PIPE, start_new_session=True) as command:
        assert command.stdout.readline() == b"ready\n"
        command.kill()
    assert not outliving({command.pid})


def test_a_command_that_is_stopped_from_the_keyboard_says_so_and_waits_for_nothing() -> None:
    arguments = [sys.executable, "-c", STOPPED]
    streams = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    with subprocess.Popen(arguments, **streams, start_new_session=True) as command:
        assert command.stdout.readline() == b"ready\n"
        os.killpg(command.pid, signal.SIGINT)
        _, told = command.communicate(timeout=PATIENCE)
    assert told == b"stopped: what is written is whole, and the rest as it was\n"
    assert command.returncode == 130
    assert not outliving({command.pid})


def outliving(groups: set[int]) -> set[int]:
    """The groups of processes that do not end in time; they are ended then."""
    end = time.monotonic() + PATIENCE
    while (left := set(filter(_is_left, groups))) and time.monotonic() < end:
        time.sleep(0.1)
    for group in left:
        os.killpg(group, signal.SIGKILL)
    return left


def _is_left(group: int) -> bool:
    """Whether a process of a group is left."""
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True
