"""How an edition's charts become slides for PowerPoint, a finding each."""

import io
import uuid
import zipfile
from typing import TYPE_CHECKING
from xml.sax.saxutils import quoteattr

from pptx import Presentation
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls
from pptx.util import Inches

from briefing.core.language import current
from briefing.core.sentences import legend
from briefing.publish import native
from briefing.publish.layouts import (
    EYEBROW,
    LAYOUTS,
    MARKS,
    OPENING,
    SOURCE,
    Box,
    Speech,
    number,
    set_house,
)
from briefing.publish.workbook import NO_DAY

if TYPE_CHECKING:
    from pptx.presentation import Presentation as Deck
    from pptx.slide import Slide

    from briefing.publish.handouts import Chart

LARGEST = 1.9  # times that a chart's own words may grow
SECTIONS = """<p:extLst {ns}><p:ext uri="{{521415D9-36F7-43E2-AB2F-B90AF26B5E84}}"><p14:sectionLst
xmlns:p14="http://schemas.microsoft.com/office/powerpoint/2010/main">{all}</p14:sectionLst></p:ext>
</p:extLst>"""


def deck(
    title: str, subtitle: str, chapters: dict[str, "list[Chart]"], author: str, inputs: str
) -> bytes:
    """Slides in the current language: an opening, then a slide for each chart of each chapter.

    inputs: what they are made from, by which it is known later whether anything has changed. The
    same input gives the same bytes.
    """
    presentation = Presentation()
    speech = Speech()
    layouts = set_house(presentation)
    first = presentation.slides.add_slide(layouts.pop(OPENING))
    speech.write(first.shapes.title.text_frame, title)
    speech.write(first.placeholders[EYEBROW].text_frame, subtitle)
    sections = {title: [first.slide_id]}
    for theme, charts in chapters.items():
        sections[theme] = []
        for chart in charts:
            name = max(layouts, key=lambda name: _scale(chart, LAYOUTS[name]["chart"]))
            slide = presentation.slides.add_slide(layouts[name])
            _fill(slide, chart, theme, LAYOUTS[name]["chart"], speech)
            number(slide, len(presentation.slides))
            sections[theme].append(slide.slide_id)
    _set_sections(presentation, sections)
    known = presentation.core_properties
    known.title, known.author, known.identifier, known.language = title, author, inputs, current()
    known.subject = known.keywords = known.comments = known.category = ""
    known.last_modified_by, known.revision = author, 1
    known.created = known.modified = NO_DAY
    buffer = io.BytesIO()
    presentation.save(buffer)
    return _fixed(buffer.getvalue())


def _scale(chart: "Chart", place: Box) -> float:
    """How many times as large as it was drawn a chart may stand in a place."""
    wide, high = chart.inches
    return min(place[2] / wide, place[3] / high, LARGEST)


def _fill(slide: "Slide", chart: "Chart", theme: str, place: Box, speech: Speech) -> None:
    """A slide: the finding, its chart, its sources, and in the notes what lies behind them."""
    speech.write(slide.shapes.title.text_frame, chart.told["title"])
    speech.write(slide.placeholders[EYEBROW].text_frame, theme)
    source = [chart.told["source"], *([str(legend())] if MARKS.search(chart.alt) else [])]
    speech.write(slide.placeholders[SOURCE].text_frame, "\n".join(source))
    speech.write(slide.notes_slide.notes_text_frame, chart.notes)
    if chart.told["panels"]:
        _draw(slide, chart, place, speech)
    else:
        _put(slide, chart, place)


def _draw(slide: "Slide", chart: "Chart", place: Box, speech: Speech) -> None:
    """Draw a chart's panels anew, each where it was drawn, over the whole width of its place."""
    x, y = place[2], chart.told["size"][1] * min(place[3] / chart.inches[1], LARGEST)
    for panel, frame in zip(chart.told["panels"], chart.told["frames"], strict=True):
        left, top, right, bottom = frame["box"]
        inner, upper, _, lower = frame["plot"]
        wide, high = right - left, bottom - top
        corner = (place[0] + x * left, place[1] + y * (top - chart.span[0]))
        shape = slide.shapes.add_chart(
            native.kind(panel),
            *(Inches(length) for length in (*corner, x * wide, y * high)),
            native.chart_data(panel),
        )
        shape._element._nvXxPr.cNvPr.set("descr", chart.alt)
        shares = ((inner - left) / wide, (upper - top) / high, (lower - top) / high)
        native.dress(shape.chart, panel, (*shares, x * wide), speech)


def _put(slide: "Slide", chart: "Chart", place: Box) -> None:
    """Show a chart's picture without the title and the sources in it, which the slide has."""
    scale = _scale(chart, place)
    size = [Inches(scale * length) for length in chart.inches]
    corner = [Inches(length) for length in place[:2]]
    picture = slide.shapes.add_picture(io.BytesIO(chart.png), *corner, *size)
    picture.crop_top, picture.crop_bottom = chart.span[0], 1 - chart.span[1]
    picture._element._nvXxPr.cNvPr.set("descr", chart.alt)


def _set_sections(presentation: "Deck", sections: dict[str, list[int]]) -> None:
    """Group the slides by chapter, as PowerPoint's list of slides shows them."""
    listed = ""
    for name, slides in sections.items():
        key = f"{{{uuid.uuid5(uuid.NAMESPACE_URL, name)}}}".upper()
        ids = "".join(f'<p14:sldId id="{number}"/>' for number in slides)
        head = f"<p14:section name={quoteattr(name)} id={quoteattr(key)}>"
        listed += f"{head}<p14:sldIdLst>{ids}</p14:sldIdLst></p14:section>"
    presentation.element.append(parse_xml(SECTIONS.format(ns=nsdecls("p"), all=listed)))


def _fixed(archive: bytes) -> bytes:
    """The same archive without days and times; its properties are stored so as to be found."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(archive)) as old, zipfile.ZipFile(buffer, "w") as new:
        for name in old.namelist():
            plain = name == "docProps/core.xml"
            member = zipfile.ZipInfo(name, NO_DAY.timetuple()[:6])
            member.compress_type = zipfile.ZIP_STORED if plain else zipfile.ZIP_DEFLATED
            new.writestr(member, old.read(name))
    return buffer.getvalue()
