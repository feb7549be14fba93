"""The template of slides, the places in it, and the language that Office is told."""

from pathlib import Path

from babel.core import get_global

from briefing.core.language import locale

TEMPLATE = Path(__file__).parent / "templates" / "deck.pptx"
OPENING, MESSAGE = "Opening", "Message"
EYEBROW, SOURCE, AREA, TEXT = 13, 14, 15, 16  # numbers of placeholders; in AREA a picture stands


def tag() -> str:
    """The current language with its country, as Office names it: `en-GB`."""
    known = locale()
    likely = get_global("likely_subtags").get(known.language, known.language)
    return f"{known.language}-{known.territory or likely.split('_')[-1]}"
