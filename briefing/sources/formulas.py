"""Whether a spreadsheet could run a cell of words as a formula, and how it is kept from it."""

import re
import unicodedata

from briefing.sources.characters import NOTHING

SIGNS = ("=", "+", "-", "@")
NUMBER = re.compile("-[0-9.,]+%?")


def runs(cell: str) -> bool:
    """Whether a cell begins as a formula does, in wide, small or raised signs too; `-1` is none."""
    plain = NOTHING.sub("", unicodedata.normalize("NFKC", cell)).strip()
    return plain.startswith(SIGNS) and not NUMBER.fullmatch(plain)


def harmless(cell: str) -> str:
    """A cell that no spreadsheet runs: `=1` becomes `'=1`."""
    return f"'{cell}" if runs(cell) else cell
