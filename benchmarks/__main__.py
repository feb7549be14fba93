"""The command line: `python -m benchmarks [SECTION …]` measures, and writes RESULTS.md."""

import argparse
import platform
import re
from importlib.metadata import version
from pathlib import Path

from benchmarks import briefings, copies, kernels, sizes
from benchmarks.measure import CORES, WORKERS, Row

RESULTS = Path(__file__).resolve().parent / "RESULTS.md"
SECTIONS = {
    "nbval": kernels,
    "briefings": briefings,
    "size": sizes,
    "copies": copies,
}
TOLD = [
    "pandas",
    "matplotlib",
    "nbval",
    "nbconvert",
    "nbmake",
    "papermill",
]
HEAD = """\
# Results

Written by `make benchmark`; how it is measured: [README.md](README.md). What is compared is run in
turn, and a ratio is one of medians. Python {python}, {cores} cores, {workers} workers; {versions}.
"""


def main() -> None:
    """Measure the sections named, or all, and replace them in RESULTS.md."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("sections", nargs="*", metavar="SECTION", help=", ".join(SECTIONS))
    names = parser.parse_args().sections or list(SECTIONS)
    unknown = set(names) - set(SECTIONS)
    if unknown:
        parser.error(f"unknown: {', '.join(sorted(unknown))}; there are {', '.join(SECTIONS)}")
    for name in names:
        measured = _section(SECTIONS[name].TITLE, list(SECTIONS[name].rows()))
        _write(SECTIONS[name].TITLE, measured)


def _write(title: str, measured: str) -> None:
    """Put a section in its place in RESULTS.md, under a fresh head."""
    old = RESULTS.read_text(encoding="utf-8") if RESULTS.exists() else ""
    found = dict(re.findall(r"^## (.+)\n\n((?:.|\n)+?)(?=\n## |\Z)", old, re.MULTILINE))
    found[title] = measured
    head = HEAD.format(
        python=platform.python_version(),
        cores=CORES,
        workers=WORKERS,
        versions=", ".join(f"{name} {version(name)}" for name in TOLD),
    )
    titles = [module.TITLE for module in SECTIONS.values() if module.TITLE in found]
    parts = [f"\n## {name}\n\n{found[name].rstrip()}\n" for name in titles]
    RESULTS.write_text(head + "".join(parts), encoding="utf-8")


def _section(title: str, rows: list[Row]) -> str:
    lines = ["| what | median | runs | ratio | of | goal |", "| --- " * 6 + "|"]
    for row in rows:
        ratio = f"{row.ratio:.3g}" if row.ratio else ""
        against = row.against if row.ratio else ""
        shown = (
            f"{row.median:.3g} {row.unit}" if row.median < 1000 else f"{row.median:.0f} {row.unit}"
        )
        cells = [row.what, shown, str(row.runs), ratio, against, _goal(row)]
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)


def _goal(row: Row) -> str:
    if not row.goal:
        return ""
    return f"at most {row.goal:g}: {'met' if row.ratio <= row.goal else 'not met'}"


if __name__ == "__main__":
    main()
