"""How an edition's charts become slides for PowerPoint, a finding each."""

import io
import zipfile
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from pptx import Presentation
from pptx.util import Emu, Inches

from briefing.core.language import current, translate
from briefing.publish import native
from briefing.publish.document import numbers, plain
from briefing.publish.layouts import (
    AREA,
    BELOW,
    BESIDE,
    EYEBROW,
    OPENING,
    SOURCE,
    TEMPLATE,
    write,
)
from briefing.publish.workbook import NO_DAY

if TYPE_CHECKING:
    from pptx.presentation import Presentation as Deck
    from pptx.shapes.picture import Picture
    from pptx.shapes.placeholder import SlidePlaceholder
    from pptx.slide import Slide, SlideLayout

    from briefing.publish.handouts import Chart

EXPLAINED = "‡ doubtful in the report: see the notes"
LARGEST = 1.9  # times that a chart's own words may grow


def deck(
    title: str, subtitle: str, chapters: dict[str, "list[Chart]"], author: str, inputs: str
) -> bytes:
    """Slides in the current language: an opening, then a slide for each chart of each chapter.

    inputs: what they are made from, by which it is known later whether anything has changed. The
    same input gives the same bytes.
    """
    presentation = Presentation(TEMPLATE)
    layouts = presentation.slide_layouts
    opening = presentation.slides.add_slide(layouts.get_by_name(OPENING))
    write(opening.shapes.title.text_frame, title)
    write(opening.placeholders[EYEBROW].text_frame, subtitle)
    for theme, charts in chapters.items():
        for chart in charts:
            _add(presentation, chart, theme)
    return _saved(presentation, title, author, inputs)


def slide(chart: "Chart", eyebrow: str, author: str) -> bytes:
    """A chart's slide alone, in the current language."""
    presentation = Presentation(TEMPLATE)
    _add(presentation, chart, eyebrow)
    return _saved(presentation, plain(chart.block["title"]), author, "")


def _add(presentation: "Deck", chart: "Chart", theme: str) -> None:
    """Add a chart's slide, in the layout that it fits best."""
    found = [presentation.slide_layouts.get_by_name(name) for name in (BESIDE, BELOW)]
    layout = max(found, key=lambda layout: _fit(chart.block, _area(layout)))
    _fill(presentation.slides.add_slide(layout), chart, theme)


def _saved(presentation: "Deck", title: str, author: str, inputs: str) -> bytes:
    known = presentation.core_properties
    known.title, known.author, known.identifier, known.language = title, author, inputs, current()
    known.last_modified_by = author
    buffer = io.BytesIO()
    presentation.save(buffer)
    return _fixed(buffer.getvalue())


def _area(page: "Slide | SlideLayout") -> "SlidePlaceholder":
    """Where a slide or a layout has room for a chart."""
    return next(place for place in page.placeholders if place.placeholder_format.idx == AREA)


def _fit(block: dict[str, Any], area: "SlidePlaceholder") -> tuple[float, float]:
    """How well a chart fits an area: by its words where it is drawn natively, and by its size."""
    return _words(block, area), _scale(block["size"], area)


def _words(block: dict[str, Any], area: "SlidePlaceholder") -> float:
    """The points of the words of a chart drawn natively, 0 where it is better a picture."""
    return min((native.type_size(*place) for place in _places(block, area)), default=0)


def _scale(size: list[float], area: "SlidePlaceholder") -> float:
    """How many times as large as it was drawn a chart of that size may stand in an area."""
    wide, high = size
    return min(area.width / Inches(wide), area.height / Inches(high), LARGEST)


def _fill(slide: "Slide", chart: "Chart", theme: str) -> None:
    """A slide: the finding, its chart, its sources, and in the notes what lies behind them."""
    block = chart.block
    cells = [block["title"], *(cell for row in block["data"]["rows"] for cell in row)]
    is_doubtful = any(number["doubts"] for cell in cells for number in numbers(cell))
    write(slide.shapes.title.text_frame, plain(block["title"]))
    write(slide.placeholders[EYEBROW].text_frame, theme)
    source = [block["source"], translate(EXPLAINED)] if is_doubtful else [block["source"]]
    write(slide.placeholders[SOURCE].text_frame, "\n".join(source))
    write(slide.notes_slide.notes_text_frame, chart.notes)
    area = _area(slide)
    if _words(block, area):
        drawn = [native.draw(slide.shapes, *place) for place in _places(block, area)]
    else:
        drawn = [_picture(slide, chart, area)]
    for shape in drawn:
        shape._element._nvXxPr.cNvPr.set("descr", chart.alt)
    area.element.getparent().remove(area.element)


def _places(
    block: dict[str, Any], area: "SlidePlaceholder"
) -> Iterator[tuple[dict[str, Any], native.Box]]:
    """Each panel and where it stands, one below the other."""
    high, top = min(area.height, Inches(LARGEST * block["size"][1])), area.top
    whole = sum(panel["height"] for panel in block["panels"])
    for panel in block["panels"]:
        share = Emu(int(high * panel["height"] / whole))
        yield panel, (area.left, top, area.width, share)
        top += share


def _picture(slide: "Slide", chart: "Chart", area: "SlidePlaceholder") -> "Picture":
    """A chart as it was drawn."""
    scale = _scale(chart.block["size"], area)
    size = (Inches(scale * side) for side in chart.block["size"])
    return slide.shapes.add_picture(io.BytesIO(chart.png), area.left, area.top, *size)


def _fixed(archive: bytes) -> bytes:
    """The same archive without days and times; its properties are stored so as to be found."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(archive)) as old, zipfile.ZipFile(buffer, "w") as new:
        for name in old.namelist():
            is_sought = name == "docProps/core.xml"
            member = zipfile.ZipInfo(name, NO_DAY.timetuple()[:6])
            member.compress_type = zipfile.ZIP_STORED if is_sought else zipfile.ZIP_DEFLATED
            new.writestr(member, old.read(name))
    return buffer.getvalue()
