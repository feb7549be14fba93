"""The harness of `make mutation`: it kills one mutant of each kind, and nothing that is whole."""

import json
import os
import random
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

from mutation import expressions, lines, report, rows, wording
from mutation.mutant import Mutant

ROOT = Path(__file__).resolve().parents[1]
# In a process of its own, as the one that forks may have read nothing of data/ before.
RUN = """
import json, random, sys, tempfile
from pathlib import Path
from mutation import expressions, parts as harness, rows, trial

with tempfile.TemporaryDirectory() as folder:
    root = harness.copied(harness.ROOT, Path(folder))
    trial.warm_libraries(root)
    trial.warm_project(root)
    harness.passes(harness.by_rules)
    made = [*rows.mutants(root, random.Random(1)), *expressions.mutants(root, random.Random(1))]
    made = [m for m in made if m.path.endswith(("figures.csv", "numerals.csv", "relations.csv"))]
    of_each = {m.kind: m for m in reversed(made) if m.kind != rows.WORD}
    left = harness.survivors(of_each.values(), harness.by_rules, root, "one of each kind")
    print(json.dumps({kind: mutant in left for kind, mutant in of_each.items()}))
    harness.passes(harness.by_rules)
"""
KINDS = {"row dropped", "row doubled", "value", "bound", "qualifier", "unit", "printed form"}
KINDS |= {"neighbour's paragraph", "period", "key", "reference", "order", "expression"}


def test_a_mutant_of_each_kind_is_killed_and_the_copy_is_whole_before_and_after() -> None:
    environment = os.environ | {"PYTHONPATH": str(ROOT / "tests")}
    run = [sys.executable, "-c", RUN]
    done = subprocess.run(run, env=environment, capture_output=True, text=True, check=True)
    survives = json.loads(done.stdout)
    assert survives == dict.fromkeys(KINDS, False)


def test_every_kind_of_mutant_is_made_and_each_is_another_line() -> None:
    chance = random.Random(1)
    made = [*rows.mutants(ROOT, chance), *expressions.mutants(ROOT, chance)]
    made += [*wording.mutants(ROOT, chance, 5), *lines.mutants(ROOT, chance, 5)]
    assert KINDS | {"translation", "order of rows", "comparison flipped"} <= {m.kind for m in made}
    for mutant in made:
        text = (ROOT / mutant.path).read_text(encoding="utf-8").splitlines(keepends=True)
        assert text[mutant.line] == mutant.old != mutant.new


def test_a_mutant_is_taken_back(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"a,b\n1,2\n")
    with Mutant("row doubled", "a.csv", 1, "1,2\n", "1,2\n1,2\n").made(tmp_path):
        assert path.read_bytes() == b"a,b\n1,2\n1,2\n"
    assert path.read_bytes() == b"a,b\n1,2\n"


def test_every_survivor_is_justified_in_the_report_and_nothing_else_is() -> None:
    text = (report.HERE / "REPORT.md").read_text(encoding="utf-8")
    listed = re.findall(r"^- (?!\*\*).*", text, re.MULTILINE)
    told = Counter(line.rpartition(" — ")[2] for line in listed)
    assert told == Counter(report.justified().values())
