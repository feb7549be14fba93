"""The command line: `python -m briefing COMMAND`."""

import argparse
import sys
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from tqdm import tqdm

from briefing import editions, source, tables


def main(arguments: list[str] | None = None) -> int:
    """Run a command; returns 0 when all is well and 1 when it found faults."""
    parser = argparse.ArgumentParser(prog="python -m briefing", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("briefings", help="write the pages, running what has changed")
    commands.add_parser("notebooks", help="run every notebook and store its outputs")
    commands.add_parser("codebook", help="write the codebook from the descriptor")
    check = commands.add_parser("verify", help="compare data/ with a text of the report")
    check.add_argument("report", type=Path, help="the report's text, UTF-8")
    options = parser.parse_args(arguments)
    try:
        tables.shared()
        if options.command == "verify":
            return _verify(options.report)
        {"briefings": _briefings, "notebooks": _notebooks, "codebook": _codebook}[options.command]()
    except (tables.DataError, source.SourceError, editions.NotebookError) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def _briefings() -> None:
    from briefing import pages  # no other command needs nbconvert

    print(f"The briefings are ready: {pages.write_site()}")


def _notebooks() -> None:
    found = editions.paths()
    with ProcessPoolExecutor() as pool:
        executed = tqdm(pool.map(editions.execute, found), "notebooks", len(found), unit="notebook")
        for path, notebook in zip(found, executed, strict=True):
            editions.store(notebook, path)


def _codebook() -> None:
    path = tables.DATA / "README.md"
    editions.write_whole(path, tables.codebook(path.read_text(encoding="utf-8")))


def _verify(report: Path) -> int:
    try:
        text = report.read_bytes().decode("utf-8")
    except OSError as error:
        raise source.SourceError(f"{report}: cannot be read ({error.strerror})") from None
    except UnicodeDecodeError:
        raise source.SourceError(
            f"{report}: is not UTF-8 text, expected the report's text"
        ) from None
    faults = source.verify(text, tables.shared())
    if faults:
        print("\n".join(faults), file=sys.stderr)
        return 1
    shared = tables.shared()
    counts = f"{len(shared['paragraphs'])} paragraphs and {len(shared['figures'])} figures"
    print(f"{report.name} holds the text that data/ records: {counts} agree.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
