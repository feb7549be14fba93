"""What docs/proof.md quotes of generated files is what they say."""

import re

from catalogue import CASES

from briefing.core import audit
from briefing.core.language import languages
from briefing.notebook import navigation
from briefing.sources import tables

PROOF = (tables.ROOT / "docs" / "proof.md").read_text(encoding="utf-8")


def table(path: str) -> list[list[str]]:
    """The cells of each row of all tables in a file, heads included."""
    text = (tables.ROOT / path).read_text(encoding="utf-8")
    found = (re.fullmatch(r"\| (.*) \|", line) for line in text.splitlines())
    return [[cell.strip() for cell in row[1].split(" | ")] for row in found if row]


def test_what_is_counted_is_as_many_as_told() -> None:
    verdicts = audit.verdicts()["verdict"]
    counted = {
        f"{len(languages()) * len(navigation.paths())} notebooks",
        f"{len(tables.shared()['figures'])} figures",
        f"{len(tables.shared()['numerals'])} numerals",
        f"{len(verdicts)} statements, {sum(verdicts == 'contradicts')} contradicted",
    }
    assert counted <= {cell for row in table("docs/proof.md") for cell in row}


def test_the_catalogue_is_as_long_as_told() -> None:
    assert f"{len(CASES)} of them in a [catalogue]" in " ".join(PROOF.split())


def test_as_many_commands_meet_as_many_faults_as_told() -> None:
    head, _, *commands = table("tests/faults/REPORT.md")
    assert f"{len(commands)} commands by {len(head) - 1} faults" in " ".join(PROOF.split())


def test_as_many_mutants_are_killed_as_told() -> None:
    report = (tables.ROOT / "tests/mutation/REPORT.md").read_text(encoding="utf-8")
    [told] = re.findall(r"\*\*([0-9]+ of [0-9]+) mutants are killed", report)
    assert f"{told} mutants are noticed" in " ".join(PROOF.split())


def test_every_goal_of_the_benchmarks_is_told_met_or_not() -> None:
    measured = [row for row in table("benchmarks/RESULTS.md") if row[-1].startswith("at most")]
    quoted = [row for row in table("docs/proof.md") if row[-1].startswith("at most")]
    assert quoted == [[what, ratio, of, goal] for what, *_, ratio, of, goal in measured]
