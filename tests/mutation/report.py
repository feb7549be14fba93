"""What of the mutants was killed, as REPORT.md; survivors are justified in justified.csv."""

import csv
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from mutation.mutant import Mutant

HERE = Path(__file__).resolve().parent
HEAD = """# What tests notice

Written by `make mutation`; seed {seed}. A mutant is a copy of the project with one change in one
place. It is killed where a test fails on it. The hash that tells stale outputs would kill them
all, and is left out. **{killed} of {tried} mutants are killed.**

- **Rules**: what must hold of data in itself (`tests/test_data.py`, `test_audit.py`,
  `test_witnesses.py`). They try every mutant of data.
- **Second reading**: what a second reading of the report found (`tests/test_second_reading.py`),
  and the rows that were settled where the two differ. It tries what the rules leave.
- **Notebooks**: every notebook's code, run and compared with the stored outputs. They try what is
  still left, and all mutants of wording and charts.
- **Tests of the package**: those that render nothing, then the notebooks with their drawings. They
  try a random sample of the package's lines.

`characters` and `sha256` in `paragraphs.csv` are not changed: they tell a text that stands outside
the project, and `python -m briefing verify` compares them with it. `wordings.csv` is not changed,
either: it holds the words of the draft check, which `tests/test_draft.py` tries.
"""


@dataclass(frozen=True)
class Part:
    """Mutants tried, and those that are left by each sort of test, which tries what is left."""

    name: str
    tried: list[Mutant]
    left: dict[str, list[Mutant]]

    @property
    def surviving(self) -> list[Mutant]:
        """Those that no test killed."""
        return list(self.left.values())[-1]


def write(seed: int, parts: list[Part]) -> None:
    """Write the report. Raises SystemExit where a justification is of no survivor."""
    reasons = justified()
    surviving = [mutant for part in parts for mutant in part.surviving]
    tried = sum(len(part.tried) for part in parts)
    head = HEAD.format(seed=seed, tried=tried, killed=tried - len(surviving))
    sections = [f"\n## {part.name}\n\n{_section(part, reasons)}\n" for part in parts]
    (HERE / "REPORT.md").write_text(head + "".join(sections), encoding="utf-8")
    if unused := reasons.keys() - set(map(key, surviving)):
        raise SystemExit("justified.csv: no such survivor: " + "; ".join(map(str, sorted(unused))))


def justified() -> dict[tuple[str, str, str], str]:
    """Why a survivor is none that a test should kill, by file, line and mutated line."""
    with (HERE / "justified.csv").open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file)
        return {(row["file"], row["line"], row["mutant"]): row["reason"] for row in rows}


def key(mutant: Mutant) -> tuple[str, str, str]:
    """What justified.csv knows a mutant by."""
    return mutant.path, mutant.old.strip(), mutant.new.strip()


def _section(part: Part, reasons: dict[tuple[str, str, str], str]) -> str:
    counts = [Counter(m.kind for m in mutants) for mutants in (part.tried, *part.left.values())]
    table = []
    for kind in [*sorted(counts[0]), "all"]:
        left = [count.total() if kind == "all" else count[kind] for count in counts]
        killed = [before - after for before, after in pairwise(left)]
        table.append(_row([kind, left[0], *killed, left[-1]]))
    heads = ["kind", "tried", *(f"killed by {name}" for name in part.left), "left"]
    listed = [_listed(mutant, reasons) for mutant in part.surviving]
    lines = [_row(heads), _row(["---"] * len(heads)), *table, ""]
    lines += ["Survivors:\n", *listed] if listed else ["No survivors."]
    return "\n".join(lines)


def _row(cells: list[object]) -> str:
    return f"| {' | '.join(map(str, cells))} |"


def _listed(mutant: Mutant, reasons: dict[tuple[str, str, str], str]) -> str:
    reason = reasons.get(key(mutant), "")
    return f"- {mutant.kind}, {mutant.place}: `{mutant.change}`{' — ' if reason else ''}{reason}"
