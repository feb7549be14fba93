"""Times taken in turn, and the ratios of their medians."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

ROUNDS = 5  # the least; a median of fewer says little on a busy machine
CORES = os.cpu_count() or 1
WORKERS = 2


@dataclass(frozen=True)
class Row:
    """A line of a table: what was measured, its median, and how many times another it is.

    goal: the ratio that is aimed at, at most; 0 for none.
    """

    what: str
    median: float
    runs: int
    unit: str = "s"
    against: str = ""
    ratio: float = 0
    goal: float = 0


def alternate(
    contenders: dict[str, Callable[[], object]],
    before: dict[str, Callable[[], object]] | None = None,
) -> dict[str, list[float]]:
    """Seconds that each contender takes, all of them once a round; every other round backwards.

    before: what is done before a contender, untimed.
    """
    seconds: dict[str, list[float]] = {name: [] for name in contenders}
    for number in range(ROUNDS):
        for name in list(contenders)[:: -1 if number % 2 else 1]:
            if before and name in before:
                before[name]()
            start = time.perf_counter()
            contenders[name]()
            seconds[name].append(time.perf_counter() - start)
            print(f"  {name}: round {number + 1} of {ROUNDS}", file=sys.stderr, flush=True)
    return seconds


def compared(taken: dict[str, list[float]], base: str, goals: dict[str, float]) -> Iterator[Row]:
    """A row for each contender, as a ratio to one of them."""
    for name, values in taken.items():
        ratio = 0 if name == base else median(values) / median(taken[base])
        yield Row(name, median(values), len(values), "s", base, ratio, goals.get(name, 0))


def run(arguments: Sequence[str | Path], folder: Path, project: Path | None = None) -> str:
    """Run a Python module's command in a folder; returns what it prints. Raises where it fails.

    project: whose package the kernels import.
    """
    environment = os.environ | {"PYTHONPATH": str(project or folder), "PIP_NO_INDEX": "1"}
    done = subprocess.run(
        [sys.executable, "-m", *map(str, arguments)],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
    )
    if done.returncode:
        raise RuntimeError(f"{arguments[0]} failed:\n{done.stdout[-2000:]}\n{done.stderr[-2000:]}")
    return done.stdout
