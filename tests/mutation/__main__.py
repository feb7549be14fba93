"""`make mutation`: change the project in one place at a time, in a copy, and see what notices."""

import random
import shutil
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path

from mutation import expressions, lines, report, rows, trial, wording
from mutation.mutant import Mutant
from tqdm import tqdm

ROOT = Path(__file__).resolve().parents[2]
COPIED = ["briefing", "data", "docs", "locale", "notebooks", "tests", "requirements.txt"]
COPIED += ["README.md", "pyproject.toml", "Makefile", "LICENSE", "CONTRIBUTING.md"]
SEED = 67185
LINES_OF_EACH, WORDING_OF_EACH = 12, 15
THROUGH_NOTEBOOKS = 300  # of the mutants of data that no quick test kills


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


def by_quick_tests(mutant: Mutant) -> bool:
    """Whether data cannot be loaded or a quick test fails."""
    return not trial.obeys_schema() or trial.is_killed(trial.run_quick_tests)


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
    return trial.is_killed(trial.run_tests_of_package) or trial.is_killed(
        lambda: trial.run_notebooks(trial.likeliest_first(""), "en", drawn=True)
    )


def main() -> None:
    """Try every mutant and write the report."""
    chance = random.Random(SEED)
    with tempfile.TemporaryDirectory() as folder:
        root = copied(ROOT, Path(folder))
        trial.warm_libraries(root)
        passes(by_tests_of_package)
        of_package = list(lines.mutants(root, chance, LINES_OF_EACH))
        left_of_package = survivors(of_package, by_tests_of_package, root, "lines of the package")
        trial.warm_project(root)
        passes(by_quick_tests)
        passes(by_notebooks)
        of_data = [*rows.mutants(root, chance), *expressions.mutants(root, chance)]
        left_of_data = survivors(of_data, by_quick_tests, root, "data")
        sample = chance.sample(left_of_data, min(THROUGH_NOTEBOOKS, len(left_of_data)))
        left_of_sample = survivors(sample, by_notebooks, root, "data, through the notebooks")
        of_wording = list(wording.mutants(root, chance, WORDING_OF_EACH))
        left_of_wording = survivors(of_wording, by_notebooks, root, "wording and charts")
    report.write(
        SEED,
        [
            report.Part("Data", of_data, left_of_data, sample, left_of_sample),
            report.Part("Wording and charts", of_wording, left_of_wording),
            report.Part("Lines of the package", of_package, left_of_package),
        ],
    )
    print(Counter(mutant.kind for mutant in left_of_sample + left_of_wording + left_of_package))


if __name__ == "__main__":
    main()
