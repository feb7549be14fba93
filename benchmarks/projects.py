"""Copies of the project to measure in, so that nothing here is changed by a measurement."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import nbformat

from benchmarks.measure import run
from briefing.publish import editions
from briefing.sources import tables

PARTS = ("briefing", "data", "notebooks", "locale", "requirements.txt")
IMPORTS = "import matplotlib.pyplot as plt\nimport pandas as pd"
CHART = 'fig, ax = plt.subplots()\nax.bar(pd.Series(["a", "b"]), [1, 2])\nplt.show()'


@contextmanager
def project(parts: tuple[str, ...] = PARTS) -> Iterator[Path]:
    """A copy of the project whose stored outputs are those of its code."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        for part in parts:
            here = tables.ROOT / part
            (shutil.copytree if here.is_dir() else shutil.copy)(here, folder / part)
        if editions.stale() and "notebooks" in parts:
            run(["briefing", "notebooks"], folder)
        yield folder


def floor(folder: Path, paths: list[Path]) -> Path:
    """As many notebooks that import pandas and matplotlib and draw as many charts, and no more."""
    notebooks = folder / "floor"
    notebooks.mkdir()
    for number, path in enumerate(paths):
        charts = path.read_text(encoding="utf-8").count('"image/svg+xml": [')
        cells = [
            nbformat.v4.new_code_cell(source, id=f"cell-{n}")
            for n, source in enumerate([IMPORTS, *[CHART] * charts])
        ]
        metadata = {"kernelspec": editions.KERNELSPEC}
        notebook = nbformat.v4.new_notebook(cells=cells, metadata=metadata)
        nbformat.write(notebook, notebooks / f"{number:04}.ipynb")
    command = ["nbconvert", "--to", "notebook", "--execute", "--inplace", "--log-level", "ERROR"]
    run([*command, *sorted(notebooks.glob("*.ipynb"))], notebooks)
    return notebooks
