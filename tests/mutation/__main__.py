"""`make mutation`: change the project in one place at a time and write down what tests notice.

`python -m mutation PART …` tries some parts alone: data, wording or package.
"""

import argparse
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

from mutation import parts, report

PARTS = {"data": parts.of_data, "wording": parts.of_wording, "package": parts.of_package}


def main() -> None:
    """Try the mutants, in a fresh process for each part, and write the report."""
    parser = argparse.ArgumentParser(prog="python -m mutation", description=__doc__)
    parser.add_argument("parts", nargs="*", choices=[[], *PARTS], metavar="PART")
    chosen = [PARTS[name] for name in parser.parse_args().parts or PARTS]
    with ProcessPoolExecutor(mp_context=get_context("spawn"), max_tasks_per_child=1) as pool:
        report.write(parts.SEED, list(pool.map(parts.in_copy, chosen)))


if __name__ == "__main__":
    main()
