"""Loading and validating figures.csv, grown, beside bare pandas, pandera and frictionless."""

import json
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

import pandas as pd

from benchmarks.measure import ROUNDS, Row
from briefing import editions, tables

TITLE = "Loading and validating a table"
SIZES = [1_000, 10_000, 100_000, 1_000_000]
SLOW = 100_000  # rows up to which the slower ones are run in every round, and once beyond
BARE, OURS = "pandas.read_csv, no check", "briefing.tables"
NUMBERS = ["value", "lower", "upper"]
KINDS = {"number": "float64", "integer": "int64"}


def rows() -> Iterator[Row]:
    """Ratios to pandas.read_csv, which checks nothing, for tables of a thousand to a million."""
    for different in (False, True):
        for size in SIZES:
            with TemporaryDirectory() as name:
                _grow(Path(name), size, different)
                yield from _table(Path(name), size, different)


def _table(folder: Path, size: int, different: bool) -> Iterator[Row]:
    taken: dict[str, list[tuple[float, float]]] = {name: [] for name in WAYS}
    for number in range(ROUNDS):
        for name in list(WAYS)[:: -1 if number % 2 else 1]:
            if size > SLOW and name not in (BARE, OURS) and (number or different):
                continue
            taken[name].append(_alone(name, folder))
        print(f"  {size} rows: round {number + 1} of {ROUNDS}", file=sys.stderr, flush=True)
    numbers = "all numbers different" if different else "numbers repeat"
    base = median(seconds for seconds, _ in taken[BARE])
    for name, values in taken.items():
        if not values:
            continue
        what = f"{name}, {size:,} rows, {numbers}".replace(",0", " 0")
        seconds, peak = (median(column) for column in zip(*values, strict=True))
        goal = 1.5 if name == OURS and size == SIZES[-1] else 0
        ratio = 0 if name == BARE else seconds / base
        yield Row(what, seconds, len(values), "s", BARE, ratio, goal, f"{peak:.0f} MB")


def _alone(name: str, folder: Path) -> tuple[float, float]:
    """Seconds and peak memory in MB of a way to load, in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.loading", name, str(folder)]
    done = subprocess.run(command, cwd=editions.ROOT, capture_output=True, text=True, check=True)
    seconds, peak = json.loads(done.stdout.splitlines()[-1])
    return seconds, peak


def _grow(folder: Path, size: int, different: bool) -> None:
    """Grow figures.csv by rows whose keys, and on demand whose numbers, are all different.

    The tables that it refers to stand beside it.
    """
    package = tables.descriptor()
    [schema] = [r["schema"] for r in package["resources"] if r["name"] == "figures"]
    beside = {r["reference"]["resource"] for r in schema["foreignKeys"]} - {""}
    package["resources"] = [r for r in package["resources"] if r["name"] in beside | {"figures"}]
    for listed in package["resources"]:
        keys = listed["schema"].get("foreignKeys", [])
        kept = [k for k in keys if k["reference"]["resource"] in beside | {"figures", ""}]
        listed["schema"]["foreignKeys"] = kept
        (folder / listed["path"]).write_bytes((tables.DATA / listed["path"]).read_bytes())
    (folder / "datapackage.json").write_text(json.dumps(package), encoding="utf-8")
    figures = pd.read_csv(folder / "figures.csv", dtype=str, keep_default_na=False)
    grown = pd.concat([figures] * (size // len(figures) + 1), ignore_index=True)[:size].copy()
    grown["figure_id"] += "-" + grown.index.astype(str)
    if different:
        for name in NUMBERS:
            grown[name] = grown[name].where(grown[name] == "", grown.index.astype(str))
    grown.to_csv(folder / "figures.csv", index=False, lineterminator="\n")


def _schema(folder: Path) -> dict[str, Any]:
    return next(r for r in tables.descriptor(folder)["resources"] if r["name"] == "figures")[
        "schema"
    ]


def _bare(folder: Path) -> pd.DataFrame:
    kinds = {field["name"]: KINDS.get(field["type"], "str") for field in _schema(folder)["fields"]}
    missing = {name: [""] for name in NUMBERS}
    path = folder / "figures.csv"
    return pd.read_csv(path, dtype=kinds, keep_default_na=False, na_values=missing)


def _pandera(folder: Path) -> None:
    """The types, forms, words and references of the descriptor, as far as pandera checks them."""
    import pandera.pandas as pandera

    schema = _schema(folder)
    found_in = {
        key["fields"][0]: pd.read_csv(folder / f"{key['reference']['resource']}.csv", dtype=str)[
            key["reference"]["fields"][0]
        ]
        for key in schema["foreignKeys"]
    }
    columns = {}
    for field in schema["fields"]:
        rules, name = field.get("constraints", {}), field["name"]
        checks = []
        empty = "" if rules.get("required") else "|"
        if "pattern" in rules:
            checks.append(pandera.Check.str_matches(f"^(?:{rules['pattern']}{empty})$"))
        if "enum" in rules:
            checks.append(pandera.Check.isin(rules["enum"]))
        if name in found_in:
            checks.append(pandera.Check.isin([*found_in[name], *([""] if empty else [])]))
        kind = KINDS.get(field["type"], "str")
        columns[name] = pandera.Column(kind, checks, nullable=True, unique=name == "figure_id")
    pandera.DataFrameSchema(columns, strict=True, ordered=True).validate(_bare(folder), lazy=True)


def _frictionless(folder: Path) -> None:
    from frictionless import Package

    report = Package(str(folder / "datapackage.json")).validate()
    if not report.valid:
        raise RuntimeError(report.to_summary())


WAYS: dict[str, Callable[[Path], object]] = {
    BARE: _bare,
    OURS: tables.load,
    "pandera": _pandera,
    "frictionless": _frictionless,
}


def _peak() -> float:
    """The most memory that this process has held, in MB, as Linux tells it.

    What `resource` tells includes the process from which this one was forked.
    """
    told = Path("/proc/self/status").read_text(encoding="ascii")
    return int(re.search(r"VmHWM:\s+([0-9]+) kB", told)[1]) / 1024


if __name__ == "__main__":
    way, folder = WAYS[sys.argv[1]], Path(sys.argv[2])
    if sys.argv[1] in ("pandera", "frictionless"):  # their import is not part of loading
        __import__("pandera.pandas" if sys.argv[1] == "pandera" else "frictionless")
    start = time.perf_counter()
    way(folder)
    print(json.dumps([time.perf_counter() - start, _peak()]))
