"""The parts of the report: what is changed, one place at a time in a copy, and what may notice."""

import random
import shutil
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path

from mutation import expressions, lines, report, rows, trial, wording
from mutation.mutant import Mutant
from tqdm import tqdm

ROOT = Path(__file__).resolve().parents[2]
COPIED = ["briefing", "data", "docs", "locale", "notebooks", "tests", "requirements.txt"]
COPIED += ["conftest.py", "README.md", "pyproject.toml", "Makefile", "LICENSE", "CONTRIBUTING.md"]
SEED = 67185
LINES_OF_EACH, WORDING_OF_EACH = 8, 15


def copied(root: Path, folder: Path) -> Path:
    """A copy of the project that mutants may change."""
    for name in COPIED:
        source, target = root / name, folder / name
        shutil.copytree(source, target) if source.is_dir() else shutil.copyfile(source, target)
    return folder


def survivors(
    mutants: Iterable[Mutant], is_killed: Callable[[Mutant], bool], root: Path, told: str
) -> list[Mutant]:
    """Those that a test does not kill."""
    left = []
    for mutant in tqdm(mutants, told, mininterval=10):
        with mutant.made(root):
            if not is_killed(mutant):
                left.append(mutant)
    return left


def passes(is_killed: Callable[[Mutant], bool]) -> None:
    """Stop where tests fail on the copy as it is: they would kill every mutant."""
    if is_killed(Mutant("none", "", 0, "", "")):
        raise SystemExit(f"{is_killed.__name__}: fails without a mutant, `make test` first")


def by_rules(mutant: Mutant) -> bool:
    """Whether data cannot be loaded or a rule does not hold of it."""
    return trial.quick_tests_fail(trial.RULES)


def by_second_reading(mutant: Mutant) -> bool:
    """Whether data is not what the second reading found."""
    return trial.quick_tests_fail(trial.SECOND_READING)


def by_notebooks(mutant: Mutant) -> bool:
    """Whether a notebook's outputs change: its own, if its code did, else the likeliest first."""
    if mutant.path.startswith("notebooks/"):
        stems, language = [Path(mutant.path).stem], "en"
    else:
        chinese = mutant.kind in ("translation", "label in data, zh")
        stems, language = trial.likeliest_first(mutant.old), "zh" if chinese else "en"
    drawn = mutant.path.startswith("notebooks/")
    return trial.is_killed(lambda: trial.run_notebooks(stems, language, drawn))


def by_tests_of_package(mutant: Mutant) -> bool:
    """Whether a test of the package fails, or any notebook's outputs or drawings change."""
    return (
        trial.is_killed(lambda: trial.run_tests(trial.OF_PACKAGE))
        or trial.is_killed(lambda: trial.run_notebooks(trial.likeliest_first(""), "en", drawn=True))
        or trial.is_killed(lambda: trial.run_tests(trial.SLOW))
    )


def of_data(root: Path) -> report.Part:
    """All of data."""
    trial.warm_project(root)
    chance = random.Random(SEED)
    tried = [*rows.mutants(root, chance), *expressions.mutants(root, chance)]
    sorts = {"rules": by_rules, "second reading": by_second_reading, "notebooks": by_notebooks}
    left = {"": tried}
    for name, is_killed in sorts.items():
        passes(is_killed)
        before = list(left.values())[-1]
        left[name] = survivors(before, is_killed, root, f"data, by {name}")
    return report.Part("Data", left.pop(""), left)


def of_wording(root: Path) -> report.Part:
    """A sample of labels, translations and charts."""
    trial.warm_project(root)
    passes(by_notebooks)
    tried = list(wording.mutants(root, random.Random(SEED), WORDING_OF_EACH))
    left = survivors(tried, by_notebooks, root, "wording and charts")
    return report.Part("Wording and charts", tried, {"notebooks": left})


def of_package(root: Path) -> report.Part:
    """A sample of lines; the project is not imported, as each fork imports it changed."""
    passes(by_tests_of_package)
    tried = list(lines.mutants(root, random.Random(SEED), LINES_OF_EACH))
    left = survivors(tried, by_tests_of_package, root, "lines of the package")
    return report.Part("Lines of the package", tried, {"tests of the package": left})


def in_copy(part: Callable[[Path], report.Part]) -> report.Part:
    """A part of the report, tried in a copy of its own."""
    with tempfile.TemporaryDirectory() as folder:
        root = copied(ROOT, Path(folder))
        trial.warm_libraries(root)
        return part(root)
