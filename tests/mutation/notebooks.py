"""Notebooks run in this process, cell by cell, and their outputs compared with those stored.

It is the comparison of nbval, without a kernel. Where only data changed, drawings are left out, as
the alt text and the table of each chart tell what it draws.
"""

import json
from contextlib import chdir
from functools import cache
from typing import Any
from unittest.mock import patch

import matplotlib

matplotlib.use("agg")

from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import capture_output
from matplotlib.figure import Figure
from traitlets.config import Config

from briefing.core.language import speaking
from briefing.notebook import blocks, live, pictures
from briefing.publish import editions

PNG, SVG = "image/png", "image/svg+xml"
Outputs = list[dict[str, Any]]


@cache
def _shell() -> InteractiveShell:
    """A shell that writes no history and shows frames as blocks."""
    shell = InteractiveShell.instance(config=Config({"HistoryManager": {"enabled": False}}))
    live.register(shell)
    return shell


def compare(stem: str, language: str, drawn: bool) -> None:
    """Run a notebook of an edition. Raises AssertionError where outputs are not those stored.

    drawn: whether drawings are compared, too.
    """
    blocks.shown.clear()
    with patch("gc.collect"):  # which is slow among all that tests hold
        _shell().reset(new_session=False)
    path = editions.folder(language) / f"{stem}.ipynb"
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    drawings = {"png": _no_png} | ({} if drawn else {"svg": _no_drawing})
    with speaking(language), chdir(path.parent), patch.multiple(pictures, **drawings):
        for cell in cells:
            if cell["cell_type"] == "code":
                shown = _run("".join(cell["source"]))
                expected = [output["data"] for output in cell["outputs"]]
                ignored = {PNG} if drawn else {PNG, SVG}
                assert _told(shown, ignored) == _told(expected, ignored), stem


def _no_png(_: Figure) -> bytes:
    return b""


def _no_drawing(_: Figure) -> str:
    return ""


def _run(source: str) -> list[dict[str, Any]]:
    """The outputs of a cell: what it displays, then its result."""
    with capture_output() as displayed:
        done = _shell().run_cell(source)
    done.raise_error()
    shown = [output.data for output in displayed.outputs]
    if done.result is not None:
        shown.append(_shell().display_formatter.format(done.result)[0])
    return shown


def _told(outputs: list[dict[str, Any]], ignored: set[str]) -> Outputs:
    return [
        {
            kind: content if isinstance(content, dict) else "".join(content).strip()
            for kind, content in output.items()
            if kind not in ignored
        }
        for output in outputs
    ]
