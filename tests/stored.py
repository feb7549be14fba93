"""What the stored English notebooks show."""

import html
import json
import re
from functools import cache

from briefing.notebook import navigation


@cache
def _outputs(kind: str) -> list[str]:
    """All outputs of a kind, in reading order."""
    return [
        "".join(output["data"].get(kind, ""))
        for path in navigation.paths()
        for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]
        for output in cell.get("outputs", [])
    ]


@cache
def listed_figures() -> dict[str, set[tuple[str, ...]]]:
    """The cells of each row that a notebook's list of sources has for a figure, by figure_id."""
    found: dict[str, set[tuple[str, ...]]] = {}
    for figure_id, row in re.findall(
        r'<tr id="([^"]+)">(.*?)</tr>', "".join(_outputs("text/html"))
    ):
        words = re.findall("<td[^>]*>(.*?)</td>", row)
        cells = tuple(html.unescape(re.sub("<[^>]+>", "", word)) for word in words)
        found.setdefault(figure_id, set()).add(cells)
    return found


@cache
def cells() -> set[str]:
    """The cells of all tables, in plain text: `6† [paras. 14, 44]`."""
    lines = [line for output in _outputs("text/plain") for line in output.splitlines()]
    return {cell for line in lines for cell in line.split(" | ")}


@cache
def coverages() -> list[tuple[str, str, str]]:
    """The section that each notebook covers, and its first and last numbered paragraph."""
    pattern = r"^Covers section (\S+), .*: paragraphs (\d+) to (\d+)\.$"
    return re.findall(pattern, "\n".join(_outputs("text/plain")), re.MULTILINE)
