"""What the stored notebooks show of each figure in their lists of sources."""

import html
import json
import re
from functools import cache

from briefing import editions


@cache
def listed_figures() -> dict[str, set[tuple[str, ...]]]:
    """The cells of each row that a notebook's list of sources has for a figure, by figure_id."""
    found: dict[str, set[tuple[str, ...]]] = {}
    for path in editions.paths():
        for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
            for output in cell.get("outputs", []):
                markup = "".join(output["data"].get("text/html", ""))
                for figure_id, row in re.findall(r'<tr id="([^"]+)">(.*?)</tr>', markup):
                    words = re.findall("<td[^>]*>(.*?)</td>", row)
                    cells = tuple(html.unescape(re.sub("<[^>]+>", "", word)) for word in words)
                    found.setdefault(figure_id, set()).add(cells)
    return found
