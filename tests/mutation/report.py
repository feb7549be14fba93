"""What of the mutants was killed, as REPORT.md; survivors are justified in justified.csv."""

import csv
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from mutation.mutant import Mutant

HERE = Path(__file__).resolve().parent
HEAD = """# What tests notice

Written by `make mutation`; seed {seed}. A mutant is a copy of the project with one change in one
place. It is killed where a test fails on it. The hash that tells stale outputs would kill them
all, and is left out.

- **Quick tests**: `tests/test_data.py` and `tests/test_audit.py`. They try every mutant of data.
- **Notebooks**: every notebook's code, run and compared with the stored outputs. They try a
  random sample of what the quick tests leave, and all mutants of wording and charts.
- **Tests of the package**: those that render nothing, then the notebooks with their drawings. They
  try a random sample of the package's lines.

`characters` and `sha256` in `paragraphs.csv` are not changed: they tell a text that stands outside
the project, and `python -m briefing verify` compares them with it.
"""


@dataclass(frozen=True)
class Part:
    """Mutants tried and left by the first tests, then those of a sample tried and left."""

    name: str
    tried: list[Mutant]
    left: list[Mutant]
    sample: list[Mutant] = field(default_factory=list)
    left_of_sample: list[Mutant] = field(default_factory=list)

    @property
    def surviving(self) -> list[Mutant]:
        """Those that no test killed which tried them."""
        return self.left_of_sample if self.sample else self.left


def write(seed: int, parts: list[Part]) -> None:
    """Write the report. Raises SystemExit where a justification is of no survivor."""
    reasons = justified()
    unused = reasons.keys() - {key(m) for part in parts for m in part.surviving}
    sections = [HEAD.format(seed=seed), *(_section(part, reasons) for part in parts)]
    (HERE / "REPORT.md").write_text("\n".join(sections), encoding="utf-8")
    if unused:
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
    tried, left = (Counter(m.kind for m in mutants) for mutants in (part.tried, part.left))
    sample = Counter(m.kind for m in part.sample)
    left_of_sample = Counter(m.kind for m in part.left_of_sample)
    heads = ["kind", "tried", "killed"]
    heads += ["of the rest, through notebooks", "killed there"] if part.sample else []
    table = []
    for kind in [*sorted(tried), "all"]:
        counters = [tried, left, sample, left_of_sample]
        of_kind = [c.total() if kind == "all" else c[kind] for c in counters]
        cells = [kind, of_kind[0], of_kind[0] - of_kind[1]]
        cells += [of_kind[2], of_kind[2] - of_kind[3]] if part.sample else []
        table.append(_row(cells))
    listed = [_listed(mutant, reasons) for mutant in part.surviving]
    lines = [f"## {part.name}\n", _row(heads), _row(["---"] * len(heads)), *table, ""]
    lines += ["Survivors:\n", *listed, ""] if listed else ["No survivors.\n"]
    return "\n".join(lines)


def _row(cells: list[object]) -> str:
    return f"| {' | '.join(map(str, cells))} |"


def _listed(mutant: Mutant, reasons: dict[tuple[str, str, str], str]) -> str:
    reason = reasons.get(key(mutant), "")
    return f"- {mutant.kind}, {mutant.place}: `{mutant.change}`{' — ' if reason else ''}{reason}"
