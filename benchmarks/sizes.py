"""The bytes of a page beside those of nbconvert's own page of the same notebook."""

from collections.abc import Iterator
from pathlib import Path
from statistics import median

from benchmarks.measure import Row, run
from benchmarks.projects import project
from briefing.core.language import ENGLISH, languages

TITLE = "Size of a page"


def rows() -> Iterator[Row]:
    """The median size of a language's pages, and the median of their ratios to nbconvert's."""
    with project() as folder:
        run(["briefing", "briefings"], folder)
        for language in languages():
            ours = sorted((folder / "site" / language).glob("[0-9]*.html"))
            theirs = _default(folder, language)
            sizes = [path.stat().st_size for path in ours]
            ratio = median(size / theirs[path.name] for path, size in zip(ours, sizes, strict=True))
            name = f"nbconvert --to html, {language}"
            yield Row(name, median(theirs.values()) / 1000, len(theirs), "kB")
            kilobytes = median(sizes) / 1000
            yield Row(f"a page, {language}", kilobytes, len(sizes), "kB", name, ratio, 0.25)


def _default(folder: Path, language: str) -> dict[str, int]:
    """The bytes of nbconvert's own page of each notebook of a language."""
    notebooks = folder / "notebooks" / ("" if language == ENGLISH else language)
    target = folder / "pages" / language
    nbconvert = ["nbconvert", "--to", "html", "--log-level", "ERROR", "--output-dir", target]
    run([*nbconvert, *sorted(notebooks.glob("[0-9]*.ipynb"))], folder)
    return {path.name: path.stat().st_size for path in target.iterdir()}
