"""The browser in which pages and JupyterLab are tested: the lightest of those that are here."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, sync_playwright

NAMES = ["chromium-headless-shell", "chromium", "chromium-browser", "google-chrome"]
PATH = next(filter(None, map(shutil.which, NAMES)), None)
needed = pytest.mark.skipif(
    PATH is None, reason="no Chromium was found: install it to test in a browser"
)


@contextmanager
def browsing() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        options = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        browser = playwright.chromium.launch(executable_path=PATH, args=options)
        yield browser
        browser.close()
