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
FLOOR = [
    "import matplotlib.pyplot as plt\nimport pandas as pd",
    'fig, ax = plt.subplots()\nax.bar(pd.Series(["a", "b"]), [1, 2])\nplt.show()',
]


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


def floor(folder: Path, count: int) -> Path:
    """So many notebooks that only import pandas and matplotlib and draw one figure."""
    notebooks = folder / "floor"
    notebooks.mkdir()
    for number in range(count):
        cells = [
            nbformat.v4.new_code_cell(source, id=f"cell-{n}") for n, source in enumerate(FLOOR)
        ]
        metadata = {"kernelspec": editions.KERNEL}
        notebook = nbformat.v4.new_notebook(cells=cells, metadata=metadata)
        nbformat.write(notebook, notebooks / f"{number:04}.ipynb")
    command = ["nbconvert", "--to", "notebook", "--execute", "--inplace", "--log-level", "ERROR"]
    first, *others = sorted(notebooks.glob("*.ipynb"))
    run([*command, first], notebooks)
    for other in others:
        shutil.copy(first, other)
    return notebooks
