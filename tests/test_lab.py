"""A real JupyterLab in a real browser runs the notebooks, and the form for searching works."""

import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import nbformat
import pytest
from playwright.sync_api import Page, expect, sync_playwright

from briefing.core.language import ENGLISH
from briefing.publish import editions
from briefing.sources import tables

CHROMIUM = next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None
)
pytestmark = pytest.mark.skipif(
    CHROMIUM is None, reason="no Chromium was found: install it to test JupyterLab in a browser"
)
TOKEN = "briefing"
COPIES = {
    "funding.ipynb": ("04-funding", ENGLISH),
    "中文/资金.ipynb": ("04-funding", "zh"),
    "explore.ipynb": ("10-explore", ENGLISH),
}
SECONDS = 60  # for a server to answer, or a notebook to run
BOOK = "window.jupyterapp?.shell.currentWidget?.content?.model?.cells"
CODE = f"[...{BOOK}].filter((cell) => cell.type === 'code')"
COUNTS = f"{CODE}.map((cell) => cell.executionCount)"
ERRORS = f"{CODE}.flatMap((c) => c.outputs.toJSON().filter((o) => 'ename' in o || 'name' in o))"


@pytest.fixture(scope="module")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a JupyterLab over copies of notebooks of both editions, as deep as they stand.

    The folder of an edition is called otherwise: what is spoken, a notebook says itself.
    """
    place = tmp_path_factory.mktemp("lab")
    shutil.copytree(tables.DATA, place / "data")  # which cells read
    for copy, (name, language) in COPIES.items():
        _copy(editions.folder(language) / f"{name}.ipynb", place / "notebooks" / copy)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "jupyter", "lab", "--no-browser", "--allow-root"]
    command += [f"--ServerApp.root_dir={place / 'notebooks'}", f"--ServerApp.port={port}"]
    command += [f"--IdentityProvider.token={TOKEN}", "--LabApp.expose_app_in_browser=True"]
    folders = ("JUPYTER_CONFIG_DIR", "JUPYTERLAB_SETTINGS_DIR", "JUPYTERLAB_WORKSPACES_DIR")
    own = {name: str(place / name) for name in (*folders, "JUPYTER_RUNTIME_DIR", "IPYTHONDIR")}
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


def _copy(stored: Path, target: Path) -> None:
    """A notebook without outputs, at the end of which a reader has opened the form."""
    target.parent.mkdir(parents=True, exist_ok=True)
    notebook = nbformat.read(stored, as_version=4)
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
    notebook.cells.append(nbformat.v4.new_code_cell("briefing.explore()"))
    nbformat.write(notebook, target)


def _wait(url: str, log: Path) -> None:
    for _ in range(SECONDS * 4):
        try:
            urllib.request.urlopen(url, timeout=5).close()
            return
        except (urllib.error.URLError, OSError):
            time.sleep(0.25)
    pytest.fail(f"JupyterLab does not answer: {log.read_text()[-2000:]}")


@pytest.fixture(scope="module")
def page() -> Iterator[Page]:
    with sync_playwright() as playwright:
        options = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=options)
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        page.set_default_timeout(SECONDS * 1000)
        expect.set_options(timeout=SECONDS * 1000)
        yield page
        browser.close()


def run_all(page: Page, address: str) -> None:
    """Open a notebook and choose "Restart Kernel and Run All Cells…", as a reader does."""
    page.goto(f"{address}?token={TOKEN}&reset")
    page.wait_for_function(f"{BOOK}?.length > 20")
    # The notebook's own mark is idle before there is a kernel, and a restart then never ends.
    page.get_by_text("Python 3 (ipykernel) | Idle").wait_for()
    page.locator(".lm-MenuBar-itemLabel", has_text=re.compile("^Run$")).click()
    page.locator(".lm-Menu-itemLabel", has_text="Restart Kernel and Run All Cells").click()
    page.locator(".jp-Dialog .jp-mod-accept").click()
    done = f"{COUNTS}.every((n) => n) || {ERRORS}.length"
    page.wait_for_function(done)
    assert page.evaluate(ERRORS) == []
    counts = page.evaluate(COUNTS)
    assert counts == list(range(1, len(counts) + 1))


@pytest.mark.parametrize(
    ("name", "heading", "words", "found"),
    [
        ("funding.ipynb", "Funding", "core resources", "Core resources · UN-Women · 2011"),
        ("中文/资金.ipynb", "资金", "核心资源", "核心资源 · 妇女署 · 2011"),
        ("explore.ipynb", "Exploring", "2084", "Representatives"),
    ],
)
def test_a_notebook_runs_and_the_form_finds_a_figure(
    lab: str, page: Page, name: str, heading: str, words: str, found: str
) -> None:
    run_all(page, f"{lab}/{name}")
    form = page.locator(".jp-OutputArea-output .widget-vbox")
    form.scroll_into_view_if_needed()
    form.locator("input[type=text]").fill(words)
    expect(form.locator("select[size] option").first).to_contain_text(found)
    expect(form.locator("table")).to_contain_text(found.split(" · ")[0])
    assert heading in page.evaluate(f"[...{BOOK}][0].sharedModel.source")
