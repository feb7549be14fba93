"""One change in one place of the project, and how it is made and taken back."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

SHOWN = 60  # characters of a line around its change


@dataclass(frozen=True)
class Mutant:
    """A line of a file replaced by another, by none or by two; lines count from 0."""

    kind: str
    path: str
    line: int
    old: str
    new: str

    @contextmanager
    def made(self, root: Path) -> Iterator[None]:
        """The mutant within a copy of the project, as long as the context lasts."""
        path = root / self.path
        before = path.read_bytes()
        lines = before.decode().splitlines(keepends=True)
        assert lines[self.line] == self.old, f"{self.path}:{self.line + 1} is another line"
        lines[self.line] = self.new
        path.write_bytes("".join(lines).encode())
        try:
            yield
        finally:
            path.write_bytes(before)

    @property
    def place(self) -> str:
        """The file, and of a table the first cell of the row, else the number of the line."""
        row = self.old.split(",")[0] if self.path.endswith(".csv") else f"line {self.line + 1}"
        return f"{self.path}, {row}"

    @property
    def change(self) -> str:
        """What differs between the lines, with a little around it."""
        old, new = self.old.strip(), self.new.strip()
        if not new or self.new == self.old * 2:
            return f"{'dropped' if not new else 'doubled'}: {old[:SHOWN]}"
        first = next((i for i, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), 0)
        start = max(0, first - SHOWN // 4)
        return f"{old[start : start + SHOWN]} → {new[start : start + SHOWN]}"
