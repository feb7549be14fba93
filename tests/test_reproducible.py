"""The same bytes in a fresh kernel, another folder, time zone, locale and hash seed."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from briefing import editions, pages

RUN = """
import sys
from briefing import editions, pages
path = editions.NOTEBOOKS / sys.argv[1]
notebook = editions.execute(path)
editions.store(notebook, path)
(editions.ROOT / "page.html").write_text(pages.render(notebook), encoding="utf-8")
"""


@pytest.mark.parametrize("name", ["02-civil-society.ipynb", "04-funding.ipynb"])
def test_a_run_elsewhere_gives_the_same_bytes(tmp_path: Path, name: str) -> None:
    elsewhere = tmp_path / "另一个 folder"
    for part in ("briefing", "data", "notebooks", "locale", "requirements.txt"):
        here = editions.ROOT / part
        if here.is_dir():
            shutil.copytree(here, elsewhere / part)
        elif here.exists():
            shutil.copy(here, elsewhere / part)
    environment = os.environ | {
        "PYTHONPATH": str(elsewhere),
        "PYTHONHASHSEED": "12345",
        "TZ": "Asia/Shanghai",
        "LC_ALL": "C",
        "HOME": str(tmp_path),
    }
    subprocess.run([sys.executable, "-c", RUN, name], cwd=elsewhere, env=environment, check=True)
    stored = editions.NOTEBOOKS / name
    assert (elsewhere / "notebooks" / name).read_bytes() == stored.read_bytes()
    page = (elsewhere / "page.html").read_text(encoding="utf-8")
    assert page == pages.render(editions.read(stored))
