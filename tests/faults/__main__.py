"""`make faults` lets every command meet every fault, and writes REPORT.md."""

import tempfile
from pathlib import Path

from faults.trial import COMMANDS, FAULTS, OF_MODES, Bench, collection, modes_can_hold
from tqdm import tqdm

REPORT = Path(__file__).resolve().parent / "REPORT.md"
INTRODUCTION = """# Every command meets every fault

Written by `make faults`. After each fault no file was lost or half written, and the next run ended
as if nothing had happened; where a command could not do its work, it said so in a sentence.
"""
NOT_TRIED = "not tried: run as a plain user, or with setpriv"


def main() -> None:
    rows = [f"| command | {' | '.join(FAULTS)} |", f"| --- |{' --- |' * len(FAULTS)}"]
    with tempfile.TemporaryDirectory() as scratch:
        whole = collection(Path(scratch) / "whole")
        for name in tqdm(COMMANDS, "commands"):
            bench = Bench(whole, name, Path(scratch))
            outcomes = [
                NOT_TRIED if fault in OF_MODES and not modes_can_hold() else trial(bench)
                for fault, trial in FAULTS.items()
            ]
            rows.append(f"| `{name}` | {' | '.join(outcomes)} |")
    report = "\n".join([INTRODUCTION, *rows, ""])
    REPORT.write_text(report, encoding="utf-8", newline="")


if __name__ == "__main__":
    main()
