"""A real JupyterLab in a real browser, used as a reader uses it."""

import os
import re
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import chromium
import pytest
from playwright.sync_api import Page

from briefing.sources import tables

TOKEN = "briefing"
SECONDS = 60  # for a server to answer, or a notebook to run
HEIGHT = 900
FOLDERS = ["JUPYTER_CONFIG_DIR", "JUPYTERLAB_SETTINGS_DIR", "JUPYTERLAB_WORKSPACES_DIR"]
# What was run and saved by this user is trusted wherever it is opened: that is kept apart, too.
FOLDERS += ["JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR", "IPYTHONDIR"]
BOOK = "window.jupyterapp?.shell.currentWidget?.content?.model?.cells"
CODE = f"[...{BOOK}].filter((cell) => cell.type === 'code')"
COUNTS = f"{CODE}.map((cell) => cell.executionCount)"
ERRORS = f"{CODE}.flatMap((c) => c.outputs.toJSON().filter((o) => 'ename' in o || 'name' in o))"
# A cell is trusted from when it is begun; before, it has the count that was stored with it.
DONE = f"{CODE}.every((c) => c.trusted && c.executionState === 'idle' && c.executionCount)"


@contextmanager
def serving(place: Path, notebooks: Path) -> Iterator[str]:
    """The address of the notebooks in a JupyterLab that keeps its own files in a place."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "jupyter", "lab", "--no-browser", "--allow-root"]
    command += [f"--ServerApp.root_dir={notebooks}", f"--ServerApp.port={port}"]
    command += [f"--IdentityProvider.token={TOKEN}", "--LabApp.expose_app_in_browser=True"]
    command += ["--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate"]
    own = {name: str(place / name) for name in FOLDERS}
    environment = os.environ | own | {"PYTHONPATH": str(tables.ROOT), "PIP_NO_INDEX": "1"}
    with (place / "log").open("w") as log:
        server = subprocess.Popen(
            command, env=environment, cwd=place, stdout=log, stderr=subprocess.STDOUT
        )
        try:
            _wait(f"http://127.0.0.1:{port}/api?token={TOKEN}", place / "log")
            yield f"http://127.0.0.1:{port}/lab/tree"
        finally:
            server.terminate()
            server.wait(SECONDS)


def _wait(url: str, log: Path) -> None:
    for _ in range(SECONDS * 4):
        try:
            urllib.request.urlopen(url, timeout=5).close()
            return
        except (urllib.error.URLError, OSError):
            time.sleep(0.25)
    pytest.fail(f"JupyterLab does not answer: {log.read_text()[-2000:]}")


@contextmanager
def browsing() -> Iterator[Page]:
    """A page of a browser in which `boxes` measures what stands where."""
    with chromium.browsing() as browser:
        page = browser.new_page(viewport={"width": 1280, "height": HEIGHT})
        page.set_default_timeout(SECONDS * 1000)
        page.add_init_script(path=Path(__file__).with_name("boxes.js"))
        yield page


def open_notebook(page: Page, address: str) -> None:
    """Open a notebook that this user has never run: JupyterLab does not trust its outputs."""
    page.goto(f"{address}?token={TOKEN}&reset")
    page.wait_for_function(f"{BOOK}?.length > 20")
    # The notebook's own mark is idle before there is a kernel, and a restart then never ends.
    page.get_by_text("Python 3 (ipykernel) | Idle").wait_for()


def run_all(page: Page) -> None:
    """Choose "Restart Kernel and Run All Cells…", as a reader does, and wait for its end."""
    page.locator(".lm-MenuBar-itemLabel", has_text=re.compile("^Run$")).click()
    page.locator(".lm-Menu-itemLabel", has_text="Restart Kernel and Run All Cells").click()
    page.locator(".jp-Dialog .jp-mod-accept").click()
    page.wait_for_function(f"{DONE} || {ERRORS}.length")


def save(page: Page) -> None:
    """Save the notebook."""
    page.evaluate("jupyterapp.commands.execute('docmanager:save')")


def set_theme(page: Page, theme: str) -> None:
    """Choose a theme, and wait until the picture that covers the change is gone."""
    change = "theme => jupyterapp.commands.execute('apputils:change-theme', { theme })"
    page.evaluate(change, theme)
    page.wait_for_function(
        "theme => document.body.dataset.jpThemeName === theme"
        " && !document.querySelector('#jupyterlab-splash')",
        arg=theme,
    )


def measure(page: Page, width: int, names: list[str]) -> dict[str, list[Any]]:
    """What some functions of `boxes` tell in a window of a width."""
    page.set_viewport_size({"width": width, "height": HEIGHT})
    typesets = page.evaluate("boxes.settled()")
    assert typesets, "no formula is typeset, so that none could be found where there is to be none"
    return page.evaluate("names => Object.fromEntries(names.map((n) => [n, boxes[n]()]))", names)


def ask(page: Page, figure_id: str) -> tuple[str, bool]:
    """What the first number of a figure tells when it is clicked, and whether a click closes it."""
    told = page.locator(".jp-OutputArea-output details", has_text=figure_id).first
    number = told.locator("summary").first
    number.click()
    words = told.locator("summary + span").inner_text()
    number.click()
    return words, told.get_attribute("open") is None
