"""One trial: a command meets a fault; nothing may be lost or half written, and the next run heals.

The trials run in a small collection: this one's data and package, and two of its notebooks.
"""

import json
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from briefing.notebook import navigation
from briefing.sources import tables

MOMENTS = 10
SMALL = 4_000  # bytes that a file may hold where the disk is full
OLD = 3600  # seconds; what is temporary is made as old as it would be some time later
SLOW = 300  # seconds after which a command hangs
TEMPORARY = ".tmp"
MADE_AGAIN = "__pycache__", ".fonts"  # folders of what is kept only to be quicker
# A superuser is held to the modes of files without these; every other user is, anyway.
MODES_HOLD = ["setpriv", "--bounding-set=-dac_override,-dac_read_search", "--"]
State = dict[str, bytes]


@dataclass(frozen=True)
class Command:
    """A command, and what is done beforehand so that it has something to do."""

    arguments: list[str]
    spoil: Callable[[Path], None] = lambda folder: None


def make_stale(folder: Path) -> None:
    for path in (folder / "notebooks").glob("*.ipynb"):
        notebook = json.loads(path.read_text(encoding="utf-8"))
        notebook["metadata"]["briefing"]["inputs"] = {}
        path.write_text(json.dumps(notebook), encoding="utf-8")


def shorten_codebook(folder: Path) -> None:
    path = folder / "data" / "README.md"
    path.write_text(path.read_text(encoding="utf-8")[:-500], encoding="utf-8")


COMMANDS = {
    "notebooks": Command(["notebooks"], make_stale),
    "briefings": Command(["briefings"]),
    "handouts": Command(["handouts"]),
    "messages": Command(["messages", "fr"]),
    "codebook": Command(["codebook"], shorten_codebook),
    "check": Command(["check"]),
    "verify": Command(["verify", "data/README.md"]),
    "show": Command(["show", "csw-ngos"]),
}


def collection(folder: Path) -> Path:
    """A small collection whose notebooks are current and from which no page is written yet."""
    done = run(copied(folder), ["notebooks"])
    assert done.returncode == 0, done.stderr
    return folder


def copied(folder: Path) -> Path:
    """The same as it is copied, for commands that ask for no outputs of notebooks."""
    for part in ("briefing", "data"):
        shutil.copytree(tables.ROOT / part, folder / part)
    shutil.copy(tables.ROOT / "requirements.txt", folder)
    (folder / "notebooks").mkdir()
    for path in navigation.paths()[:2]:
        shutil.copy(path, folder / "notebooks")
    return folder


def begin(
    folder: Path,
    arguments: list[str],
    environment: dict[str, str] | None = None,
    before: Callable[[], None] | None = None,
    prefix: tuple[str, ...] = (),
) -> subprocess.Popen:
    """A command at work in a collection, with the package that stands there."""
    clean = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    return subprocess.Popen(
        [*prefix, sys.executable, "-m", "briefing", *arguments],
        cwd=folder,
        env=clean | {"PYTHONDONTWRITEBYTECODE": "1"} | (environment or {}),
        preexec_fn=before,
        start_new_session=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )


def run(folder: Path, arguments: list[str], **surroundings: object) -> subprocess.CompletedProcess:
    process = begin(folder, arguments, **surroundings)
    _, told = process.communicate(timeout=SLOW)
    return subprocess.CompletedProcess(arguments, process.returncode, "", told)


def state(folder: Path) -> State:
    """Every file of a collection but those that are temporary, or kept only to be quicker."""
    paths = [path for path in folder.rglob("*") if path.is_file()]
    names = {path.relative_to(folder).as_posix(): path for path in paths}
    kept = {n: p for n, p in names.items() if not any(it in n for it in (TEMPORARY, *MADE_AGAIN))}
    return {name: path.read_bytes() for name, path in sorted(kept.items())}


class Bench:
    """A command with the state it begins in, the state it ends in, and the seconds it takes."""

    def __init__(self, whole: Path, name: str, scratch: Path) -> None:
        self._whole, self.scratch = whole, scratch
        self.name, self.command = name, COMMANDS[name]
        with self.folder() as folder:
            self.start = state(folder)
            began = time.monotonic()
            done = run(folder, self.command.arguments)
            self.seconds = time.monotonic() - began
            self.code, self.end = done.returncode, state(folder)

    @contextmanager
    def folder(self) -> Iterator[Path]:
        """A fresh copy of the collection, in which the command has something to do."""
        folder = shutil.copytree(self._whole, self.scratch / "collection")
        self.command.spoil(folder)
        try:
            yield folder
        finally:
            subprocess.run(["chmod", "-R", "u+w", folder], check=True)
            shutil.rmtree(folder)

    def check_whole(self, folder: Path) -> None:
        """Every file is as it was before or as it is to be; none that was there is missing."""
        found = state(folder)
        for name in self.start.keys() & self.end.keys():
            assert name in found, f"{self.name}: {name} is lost"
        for name, content in found.items():
            known = [now.get(name) for now in (self.start, self.end)]
            assert content in known, f"{self.name}: {name} is half written"

    def check_healed(self, folder: Path) -> None:
        """The next run, some time later, ends as if nothing had happened."""
        for path in folder.rglob(f"*{TEMPORARY}"):
            os.utime(path, (time.time() - OLD,) * 2)
        done = run(folder, self.command.arguments)
        assert done.returncode == self.code, done.stderr
        assert state(folder) == self.end, f"{self.name}: the next run does not heal"
        assert not list(folder.rglob(f"*{TEMPORARY}")), f"{self.name}: leaves something behind"

    def check_told(self, done: subprocess.CompletedProcess) -> None:
        """A command that cannot do its work says so in sentences."""
        assert done.returncode == 1, done.stderr
        assert "Traceback" not in done.stderr, done.stderr
        assert "cannot be written" in done.stderr, done.stderr


def killed(bench: Bench, moments: int = MOMENTS) -> str:
    """Killed at random moments: the command alone, and every second time its workers with it."""
    chance = random.Random(bench.name)
    for number in range(moments):
        with bench.folder() as folder:
            process = begin(folder, bench.command.arguments)
            time.sleep(chance.random() * bench.seconds)
            process.kill() if number % 2 else os.killpg(process.pid, signal.SIGKILL)
            process.communicate(timeout=SLOW)  # ends when the last of its workers has ended
            bench.check_whole(folder)
            bench.check_healed(folder)
    return "nothing lost, the next run heals"


def disk_full(bench: Bench) -> str:
    """No file may grow beyond a few bytes, as on a disk that is nearly full."""

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (SMALL, SMALL))

    return _hindered(bench, before=limit)


def read_only(bench: Bench, parts: str = ".") -> str:
    """The folder, or a part of it, may not be written."""
    return _hindered(bench, parts=parts, prefix=superuser_held_to_modes())


def data_read_only(bench: Bench) -> str:
    return read_only(bench, "data")


def _hindered(bench: Bench, parts: str = "", **surroundings: object) -> str:
    with bench.folder() as folder:
        if parts:
            subprocess.run(["chmod", "-R", "a-w", folder / parts], check=True)
        done = run(folder, bench.command.arguments, **surroundings)
        bench.check_whole(folder)
        told = state(folder) != bench.end or done.returncode != bench.code
        if told:
            bench.check_told(done)
        subprocess.run(["chmod", "-R", "u+w", folder], check=True)
        bench.check_healed(folder)
    return "stops with a sentence, the next run heals" if told else "does its work"


def twice(bench: Bench) -> str:
    """Two of the same command at once in one folder."""
    with bench.folder() as folder:
        both = [begin(folder, bench.command.arguments) for _ in range(2)]
        told = [process.communicate(timeout=SLOW)[1] for process in both]
        codes = sorted(process.returncode for process in both)
        assert state(folder) == bench.end, f"{bench.name}: two at once differ from one"
        assert codes == [bench.code] * 2, told
    return "both do their work"


def homeless(bench: Bench) -> str:
    """The user has no home folder."""
    return _elsewhere(bench, {"HOME": "/proc/nowhere"})


def no_font_cache(bench: Bench) -> str:
    """The fonts listed by matplotlib may not be stored."""
    home = bench.scratch / "home"
    (home / ".cache" / "matplotlib").mkdir(parents=True, exist_ok=True)
    (home / ".cache" / "matplotlib").chmod(0o500)
    environment = {"HOME": str(home), "XDG_CACHE_HOME": str(home / ".cache")}
    return _elsewhere(bench, environment, prefix=superuser_held_to_modes())


def _elsewhere(bench: Bench, environment: dict[str, str], **surroundings: object) -> str:
    with bench.folder() as folder:
        done = run(folder, bench.command.arguments, environment=environment, **surroundings)
        assert done.returncode == bench.code, done.stderr
        assert "Traceback" not in done.stderr, done.stderr
        assert state(folder) == bench.end
    return "does its work"


def superuser_held_to_modes() -> tuple[str, ...]:
    """What a command line begins with so that modes of files hold; empty for a plain user."""
    return tuple(MODES_HOLD) if os.geteuid() == 0 else ()


def modes_can_hold() -> bool:
    """Whether a file that may not be written is not, by a superuser either."""
    return os.geteuid() != 0 or shutil.which(MODES_HOLD[0]) is not None


FAULTS: dict[str, Callable[[Bench], str]] = {
    f"killed at {MOMENTS} random moments": killed,
    "disk full": disk_full,
    "folder read-only": read_only,
    "data/ read-only": data_read_only,
    "two at once": twice,
    "no home folder": homeless,
    "no font cache": no_font_cache,
}
OF_MODES = {"folder read-only", "data/ read-only", "no font cache"}
