"""How messages become slides for PowerPoint, each with its picture and what lies behind it."""

import io
from collections.abc import Iterable, Sequence
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
from briefing.publish.shapes import Box, closed, write

LARGEST = 1.9  # times that a chart's own words may grow
ALONE, BESIDE = (24, 20, 16), (16, 14)  # points of sentences: alone, and beside a picture
APART = Pt(12)  # from sentence to sentence
TITLE, BOLD = 24, 1.15  # points of a title; times the width of words that bold ones have
BELOW = Pt(12)  # from the title to what it is of
CAPTION = 14  # points of what a picture shows
CLEAR = Pt(8)  # between this and its picture, and below a table
NARROWER = Inches(0.7)  # by which sentences beside links are


@dataclass(frozen=True)
class Message:
    """What a slide says.

    theme: stands small above the title; sentences: as many are shown as there is room for; picture:
    a chart, or the rows of a table, of which the first is its head; caption: what it shows, above
    it; notes: for the speaker.
    """

    theme: str
    title: str
    sentences: tuple[str, ...] = ()
    picture: Chart | list[list[str]] | None = None
    caption: str = ""
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
        write(opening.shapes.title.text_frame, closed(title))
        write(opening.placeholders[layouts.EYEBROW].text_frame, closed(subtitle))
    for message in messages:
        _add(presentation, Message(**closed(vars(message))))
    known = presentation.core_properties
    known.title, known.author, known.identifier, known.language = title, author, inputs, current()
    known.last_modified_by = author
    buffer = io.BytesIO()
    presentation.save(buffer)
    return files.undated(buffer.getvalue())


def _add(presentation: Deck, message: Message) -> None:
    """Add a slide; sentences or a picture alone have its whole width."""
    slide = presentation.slides.add_slide(presentation.slide_layouts.get_by_name(layouts.MESSAGE))
    places = {place.placeholder_format.idx: place for place in slide.placeholders}
    title, text, area = slide.shapes.title, places[layouts.TEXT], places[layouts.AREA]
    write(title.text_frame, message.title)
    write(places[layouts.EYEBROW].text_frame, message.theme)
    write(places[layouts.SOURCE].text_frame, message.source)
    write(slide.notes_slide.notes_text_frame, message.notes)
    high = native.height(message.title, title.width / BOLD, TITLE)
    top = min(title.top + high + BELOW, area.top)
    _set_box(title, (title.left, title.top, title.width, top - BELOW - title.top))
    high = area.top + area.height - top
    box = (text.left, top, area.left + area.width - text.left, high)
    if message.picture and message.sentences:
        panels = [] if isinstance(message.picture, list) else message.picture.block["panels"]
        less = NARROWER if any("links" in panel for panel in panels) else 0
        _set_box(text, (text.left, top, text.width - less, high))
        box = (area.left - less, top, area.width + less, high)
    else:
        _set_box(text, box)
    if message.sentences:
        _say(text, message.sentences, BESIDE if message.picture else ALONE)
    else:
        text.element.getparent().remove(text.element)
    if message.picture:
        _draw(slide, message.picture, _below_caption(slide, message.caption, box))
    area.element.getparent().remove(area.element)


def _set_box(place: SlidePlaceholder, box: Box) -> None:
    place.left, place.top, place.width, place.height = box


def _say(place: SlidePlaceholder, sentences: Sequence[str], sizes: Sequence[int]) -> None:
    """Say sentences as large as all have room, else as many as have at the least of some sizes."""
    for size in sizes:
        heights = (native.height(it, place.width, size) for it in sentences)
        ends = accumulate(heights, lambda above, own: above + APART + own)
        fitting = sum(end <= place.height for end in ends)
        if fitting == len(sentences):
            break
    write(place.text_frame, "\n".join(sentences[: max(1, fitting)]), Pt(size))


def _below_caption(slide: Slide, caption: str, box: Box) -> Box:
    """Write what a picture shows at the top of a box; returns the room below it."""
    if not caption:
        return box
    left, top, wide, high = box
    taken = native.height(caption, wide, CAPTION)
    frame = slide.shapes.add_textbox(left, top, wide, taken).text_frame
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    frame.word_wrap = True
    write(frame, caption, Pt(CAPTION))
    return left, top + taken + CLEAR, wide, high - taken - CLEAR


def _draw(slide: Slide, picture: Chart | list[list[str]], box: Box) -> None:
    """Draw a picture natively where its form exists and its words are legible, else as drawn."""
    left, top, wide, high = box
    if isinstance(picture, list):
        native.draw(slide.shapes, {"table": picture}, (left, top, wide, high - CLEAR))
        return
    block, places, below = picture.block, [], top
    own_wide, own_high = (Inches(side) for side in block["size"])
    panels = native.merged(closed(block["panels"]))
    shares = native.heights(panels, wide, min(high, LARGEST * own_high))
    for panel, share in zip(panels, map(Emu, map(int, shares)), strict=True):
        places.append((panel, (left, below, wide, share)))
        below += share
    if places and all(native.type_size(*place) for place in places):
        drawn = [native.draw(slide.shapes, *place) for place in places]
    else:
        scale = min(wide / own_wide, high / own_high, LARGEST)
        size = (Emu(int(scale * side)) for side in (own_wide, own_high))
        png = io.BytesIO(picture.png)
        drawn = [slide.shapes.add_picture(png, left, top, *size)]
    for shape in drawn:
        shape._element._nvXxPr.cNvPr.set("descr", block["alt"])
