"""What a notebook costs in a collection of ten, thirty and ninety copies of it."""

import shutil
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from statistics import median

import nbformat

from benchmarks.kernels import nbval
from benchmarks.measure import Row, alternate, run
from benchmarks.projects import PARTS, project
from briefing.publish import editions

TITLE = "Copies of a notebook"
FIRST, COUNTS = 10, [10, 30, 90]  # behind the briefing set; a notebook's number has two digits
PAGES, NOTHING, NBVAL = "pages written", "nothing changed", "nbval"
CELLS = [
    "import briefing\nimport matplotlib.pyplot as plt\nimport pandas as pd\n"
    "from briefing import figure, say",
    'number = figure("csw-ngos")\nsay("{number} took part.", number=number)',
    'drawn = pd.DataFrame({"Session": ["56th"], "Organizations": [number]})\n'
    'fig, ax = plt.subplots()\nbriefing.bars(ax, drawn, "Session", "Organizations")\n'
    'briefing.show_chart(fig, say("{number} took part", number=number), drawn)',
    "briefing.show_sources()",
]
# One copy is run, and all are stored with its outputs: they are what the others would have.
STORE = """
from briefing.notebook import navigation
from briefing.publish import editions, settings
found = navigation.paths()
with settings.set_aside():
    notebook = editions.execute(found[0], ["en"])["en"]
for path in found:
    editions.store(notebook, path)
"""


def rows() -> Iterator[Row]:
    """Milliseconds a notebook; the ratio is to a collection of ten."""
    fewest: dict[str, float] = {}
    for count in COUNTS:
        with project(
            tuple(part for part in PARTS if part not in ("notebooks", "locale"))
        ) as folder:
            _copy(folder / "notebooks", count)
            (folder / "store.py").write_text(STORE, encoding="utf-8")
            run(["store"], folder)
            for name, seconds in _taken(folder).items():
                each = median(seconds) / count * 1000
                first = fewest.setdefault(name, each)
                what = f"{name}, {count} copies, a notebook"
                base = f"{name}, {COUNTS[0]} copies, a notebook"
                yield Row(
                    what, each, len(seconds), "ms", base, each / first if each != first else 0
                )


def _taken(folder: Path) -> dict[str, list[float]]:
    make = partial(run, ["briefing", "briefings"], folder)
    no_site = {PAGES: partial(shutil.rmtree, folder / "site", ignore_errors=True)}
    seconds = alternate({PAGES: make}, before=no_site) | alternate({NOTHING: make})
    seconds |= alternate({NBVAL: partial(nbval, [folder / "notebooks"], folder)})
    return seconds


def _copy(folder: Path, count: int) -> None:
    folder.mkdir()
    title = nbformat.v4.new_markdown_cell("# A copy: one figure\n\nIt shows a figure.", id="title")
    cells = [nbformat.v4.new_code_cell(source, id=f"cell-{n}") for n, source in enumerate(CELLS)]
    metadata = {"kernelspec": editions.KERNELSPEC}
    notebook = nbformat.v4.new_notebook(cells=[title, *cells], metadata=metadata)
    for number in range(count):
        nbformat.write(notebook, folder / f"{FIRST + number}-copy.ipynb")
