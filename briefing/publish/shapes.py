"""Shapes of a slide: words in their language, boxes, links that stay with them, colours."""

import math
import re
from typing import Any

from pptx.dml.color import RGBColor
from pptx.dml.fill import FillFormat
from pptx.enum.dml import MSO_LINE, MSO_THEME_COLOR
from pptx.enum.shapes import MSO_CONNECTOR
from pptx.enum.text import MSO_ANCHOR, MSO_AUTO_SIZE, PP_ALIGN
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.shapes.autoshape import Shape
from pptx.shapes.connector import Connector
from pptx.shapes.group import GroupShape
from pptx.shapes.shapetree import GroupShapes, SlideShapes
from pptx.text.text import TextFrame
from pptx.util import Emu, Length, Pt

from briefing.core.language import current
from briefing.core.wording import DOUBTFUL
from briefing.notebook import house
from briefing.notebook.blocks import Block
from briefing.publish import layouts
from briefing.sources import tables
from briefing.sources.characters import HAN

BREAK = "\v"  # a line's end within a paragraph
MARK = re.compile(f"({DOUBTFUL}|{BREAK})")
LATIN = "[0-9A-Za-z%+]"
APART = re.compile(f"(?<={LATIN})[ \u00a0](?={HAN.pattern})|(?<={HAN.pattern})[ \u00a0](?={LATIN})")
RAISED = "30000"  # thousandths of a per cent
STROKE = Pt(1.75)
SIDE = 0.002  # of a picture: how near a link is to the middle of a box's side to be joined to it
HEADS = {"full": "triangle", "hollow": "arrow"}  # of a link, as PowerPoint names them
HEAD = f'<a:tailEnd {nsdecls("a")} type="{{}}" w="lg" len="med"/>'
Box = tuple[Length, Length, Length, Length]  # left, top, width, height
Color = MSO_THEME_COLOR | str  # of the template's theme, or one of the house, such as `#0b5c94`
INK, MUTED = MSO_THEME_COLOR.TEXT_1, MSO_THEME_COLOR.TEXT_2
WHITE = MSO_THEME_COLOR.BACKGROUND_1


def closed(told: Any) -> Any:
    """What is said, in Chinese without the spaces that part it from digits and Latin letters.

    A program that sets them apart does so by itself.
    """
    match told:
        case str() if current() == tables.report()["language"]:
            return APART.sub("", told)
        case list() | tuple():
            return type(told)(map(closed, told))
        case dict():
            return {name: closed(part) for name, part in told.items()}
    return told


def write(frame: TextFrame, words: str, size: Length | None = None, color: Color = INK) -> None:
    """Write words in the current language: a line is a paragraph, and every ‡ is raised.

    size, color: by default those of the place in the template.
    """
    for number, line in enumerate(words.split("\n")):
        paragraph = frame.add_paragraph() if number else frame.paragraphs[0]
        for part in filter(None, MARK.split(line)):
            if part == BREAK:
                paragraph.add_line_break()
                continue
            run = paragraph.add_run()
            run.text = part
            run.font._element.set("lang", layouts.tag())
            if part == DOUBTFUL:
                run.font._element.set("baseline", RAISED)
            if size:
                run.font.size, run.font.bold = size, False
                paint(run.font.fill, color)
        if size:
            paragraph.alignment = PP_ALIGN.LEFT


def ink_on(fill: str) -> Color:
    """The colour of words on a colour."""
    return WHITE if house.ink_on(fill) == house.WHITE else INK


def paint(fill: FillFormat, color: Color) -> None:
    """Fill words, a line or a shape with a colour."""
    fill.solid()
    if isinstance(color, str):
        fill.fore_color.rgb = rgb(color)
    else:
        fill.fore_color.theme_color = color


def rgb(color: str) -> RGBColor:
    """A colour of the house."""
    return RGBColor.from_string(color[1:])


def links(shapes: SlideShapes, panel: Block, box: Box, size: Length) -> GroupShape:
    """A group of boxes, of lines that stay with them, and of words on the lines."""
    group, boxes = shapes.add_group_shape(), []
    for one in panel["boxes"]:
        shape = _box(group.shapes, one, box, size, ink_on(one["fill"]))
        paint(shape.fill, one["fill"])
        left, top, wide, high = one["place"]
        x, y = left + wide / 2, top + high / 2
        # The middle of each side, as PowerPoint numbers them: from the top to the left on.
        boxes.append((shape, [(x, top), (left, y), (x, top + high), (left + wide, y)]))
    for link in panel["links"]:
        line = _line(group.shapes, link, box)
        for shape, sides in boxes:
            for number, side in enumerate(sides):
                if math.dist(side, link["line"][:2]) < SIDE:
                    line.begin_connect(shape, number)
                if math.dist(side, link["line"][2:]) < SIDE:
                    line.end_connect(shape, number)
        color = link["color"] if link["doubtful"] else MUTED
        paint(_box(group.shapes, link, box, size, color).fill, WHITE)
    return group


def _box(shapes: GroupShapes, told: Block, box: Box, size: Length, color: Color) -> Shape:
    """Words in the middle of their place."""
    left, top, wide, high = told["place"]
    spot = (*_at(left, top, box), int(wide * box[2]), int(high * box[3]))
    shape = shapes.add_textbox(*map(Emu, spot))
    frame = shape.text_frame
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    frame.vertical_anchor, frame.word_wrap = MSO_ANCHOR.MIDDLE, True
    frame.auto_size = MSO_AUTO_SIZE.NONE
    write(frame, told["words"], size, color)
    frame.paragraphs[0].alignment = PP_ALIGN.CENTER
    return shape


def _line(shapes: GroupShapes, link: Block, box: Box) -> Connector:
    """A line from end to end, with an arrow head where the link has one."""
    x, y, end_x, end_y = link["line"]
    line = shapes.add_connector(MSO_CONNECTOR.STRAIGHT, *_at(x, y, box), *_at(end_x, end_y, box))
    line._element.remove(line._element.find(qn("p:style")))  # which would give it a shadow
    line.line.width = STROKE
    paint(line.line.fill, link["color"])
    if link["dashed"]:
        line.line.dash_style = MSO_LINE.DASH
    if link["head"]:
        line.line._get_or_add_ln().append(parse_xml(HEAD.format(HEADS[link["head"]])))
    return line


def _at(x: float, y: float, box: Box) -> tuple[Emu, Emu]:
    """A point of a picture on a slide."""
    left, top, wide, high = box
    return Emu(int(left + x * wide)), Emu(int(top + y * high))
