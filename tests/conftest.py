"""What several tests share."""

import shutil
from pathlib import Path

import pytest

from briefing import tables


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A copy of data/ that a test may break."""
    return shutil.copytree(tables.DATA, tmp_path / "data")
