"""`make mutation`: change the project in one place at a time and write down what tests notice."""

from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

from mutation import parts, report


def main() -> None:
    """Try every mutant, in a fresh process for each part, and write the report."""
    every = [parts.of_data, parts.of_wording, parts.of_package]
    with ProcessPoolExecutor(mp_context=get_context("spawn"), max_tasks_per_child=1) as pool:
        report.write(parts.SEED, list(pool.map(parts.in_copy, every)))


if __name__ == "__main__":
    main()
