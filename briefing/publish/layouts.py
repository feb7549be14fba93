"""The template of slides, the places in it, and how words are written there."""

import re
from pathlib import Path
from typing import TYPE_CHECKING

from babel.core import get_global

from briefing.core.language import locale
from briefing.core.wording import DOUBTFUL

if TYPE_CHECKING:
    from pptx.text.text import TextFrame

TEMPLATE = Path(__file__).parent / "templates" / "deck.pptx"
OPENING, MESSAGE = "Opening", "Message"
EYEBROW, SOURCE, AREA, TEXT = 13, 14, 15, 16  # numbers of placeholders; in AREA a picture stands
MARK = re.compile(f"({DOUBTFUL})")
RAISED = "30000"  # thousandths of a per cent


def write(frame: "TextFrame", words: str) -> None:
    """Write words in the current language: a line is a paragraph, and every ‡ is raised."""
    named = tag()
    for number, line in enumerate(words.split("\n")):
        paragraph = frame.add_paragraph() if number else frame.paragraphs[0]
        for part in filter(None, MARK.split(line)):
            run = paragraph.add_run()
            run.text = part
            run.font._element.set("lang", named)
            if part == DOUBTFUL:
                run.font._element.set("baseline", RAISED)


def tag() -> str:
    """The current language with its country, as Office names it: `en-GB`."""
    known = locale()
    likely = get_global("likely_subtags").get(known.language, known.language)
    return f"{known.language}-{known.territory or likely.split('_')[-1]}"
