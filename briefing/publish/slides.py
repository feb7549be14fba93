"""How messages become slides for PowerPoint, each with its picture and what lies behind it."""

import io
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import accumulate

from pptx import Presentation
from pptx.presentation import Presentation as Deck
from pptx.shapes.placeholder import SlidePlaceholder
from pptx.slide import Slide
from pptx.util import Emu, Inches, Pt

from briefing.core.language import current
from briefing.publish import files, layouts, native
from briefing.publish.handouts import Chart
from briefing.publish.shapes import write

LARGEST = 1.9  # times that a chart's own words may grow
WORDS = (24, 20, 16)  # points of sentences; the last beside a picture, too
LINE = 1.2  # from line to line of sentences, as a share of their height
APART = 0.75  # of a line, from sentence to sentence


@dataclass(frozen=True)
class Message:
    """What a slide says.

    theme: stands small above the title; sentences: as many are shown as there is room for; picture:
    a chart, or the rows of a table, of which the first is its head; notes: for the speaker.
    """

    theme: str
    title: str
    sentences: tuple[str, ...] = ()
    picture: Chart | list[list[str]] | None = None
    source: str = ""
    notes: str = ""


def deck(
    title: str, subtitle: str, messages: Iterable[Message], author: str, inputs: str = ""
) -> bytes:
    """Slides in the current language: an opening if it has a subtitle, then one for each message.

    inputs: what they are made from, by which it is known later whether anything has changed. The
    same input gives the same bytes.
    """
    presentation = Presentation(layouts.TEMPLATE)
    if subtitle:
        layout = presentation.slide_layouts.get_by_name(layouts.OPENING)
        opening = presentation.slides.add_slide(layout)
        write(opening.shapes.title.text_frame, title)
        write(opening.placeholders[layouts.EYEBROW].text_frame, subtitle)
    for message in messages:
        _add(presentation, message)
    known = presentation.core_properties
    known.title, known.author, known.identifier, known.language = title, author, inputs, current()
    known.last_modified_by = author
    buffer = io.BytesIO()
    presentation.save(buffer)
    return files.undated(buffer.getvalue())


def slide(message: Message, author: str) -> bytes:
    """A message's slide alone, in the current language."""
    return deck(message.title, "", [message], author)


def _add(presentation: Deck, message: Message) -> None:
    """Add a slide; sentences or a picture alone have its whole width."""
    slide = presentation.slides.add_slide(presentation.slide_layouts.get_by_name(layouts.MESSAGE))
    places = {place.placeholder_format.idx: place for place in slide.placeholders}
    text, area = places[layouts.TEXT], places[layouts.AREA]
    write(slide.shapes.title.text_frame, message.title)
    write(places[layouts.EYEBROW].text_frame, message.theme)
    write(places[layouts.SOURCE].text_frame, message.source)
    write(slide.notes_slide.notes_text_frame, message.notes)
    right = area.left + area.width
    if not message.picture:
        _set_box(text, text.left, right)
        whole = len(message.sentences)
        size = next((it for it in WORDS if _fitting(message, text, it) == whole), WORDS[-1])
        write(text.text_frame, "\n".join(message.sentences))
        for paragraph in text.text_frame.paragraphs:
            paragraph.font.size = Pt(size)
    elif message.sentences:
        said = message.sentences[: max(1, _fitting(message, text, WORDS[-1]))]
        write(text.text_frame, "\n".join(said))
    else:
        _set_box(area, text.left, right)
        text.element.getparent().remove(text.element)
    if message.picture:
        _draw(slide, message.picture, area)
    area.element.getparent().remove(area.element)


def _set_box(place: SlidePlaceholder, left: int, right: int) -> None:
    top, height = place.top, place.height
    place.left, place.top, place.width, place.height = left, top, right - left, height


def _fitting(message: Message, text: SlidePlaceholder, size: int) -> int:
    """How many of a message's sentences have room at some points, the first of them."""
    lines = [len(native.in_lines(it, text.width, size)) for it in message.sentences]
    high = accumulate(lines, lambda above, own: above + APART + own)
    return sum(LINE * it * Pt(size) <= text.height for it in high)


def _draw(slide: Slide, picture: Chart | list[list[str]], area: SlidePlaceholder) -> None:
    """Draw a picture natively where its form exists and its words are legible, else as drawn."""
    if isinstance(picture, list):
        box = (area.left, area.top, area.width, area.height)
        native.draw(slide.shapes, {"table": picture}, box)
        return
    block, places, top = picture.block, [], area.top
    wide, high = (Inches(side) for side in block["size"])
    panels = native.merged(block["panels"])
    room, whole = min(area.height, LARGEST * high), sum(panel["height"] for panel in panels)
    for panel in panels:  # one below the other
        share = Emu(int(room * panel["height"] / whole))
        places.append((panel, (area.left, top, area.width, share)))
        top += share
    if places and all(native.type_size(*place) for place in places):
        drawn = [native.draw(slide.shapes, *place) for place in places]
    else:
        scale = min(area.width / wide, area.height / high, LARGEST)
        size = (Emu(int(scale * side)) for side in (wide, high))
        png = io.BytesIO(picture.png)
        drawn = [slide.shapes.add_picture(png, area.left, area.top, *size)]
    for shape in drawn:
        shape._element._nvXxPr.cNvPr.set("descr", block["alt"])
