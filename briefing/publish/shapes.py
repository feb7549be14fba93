"""Shapes of a slide: words in boxes, links that stay with them, and their colours."""

import math

from pptx.dml.color import RGBColor
from pptx.enum.dml import MSO_LINE, MSO_THEME_COLOR
from pptx.enum.shapes import MSO_CONNECTOR
from pptx.enum.text import MSO_ANCHOR, MSO_AUTO_SIZE, PP_ALIGN
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.shapes.autoshape import Shape
from pptx.shapes.connector import Connector
from pptx.shapes.group import GroupShape
from pptx.shapes.shapetree import GroupShapes, SlideShapes
from pptx.text.text import _Paragraph
from pptx.util import Emu, Length, Pt

from briefing.notebook import house
from briefing.notebook.blocks import Block
from briefing.publish.layouts import write

STROKE = Pt(1.75)
SIDE = 0.002  # of a picture: how near a link is to the middle of a box's side to be joined to it
HEADS = {"full": "triangle", "hollow": "arrow"}  # of a link, as PowerPoint names them
HEAD = f'<a:tailEnd {nsdecls("a")} type="{{}}" w="lg" len="med"/>'
Box = tuple[Length, Length, Length, Length]  # left, top, width, height
INK, MUTED = MSO_THEME_COLOR.TEXT_1, MSO_THEME_COLOR.TEXT_2
WHITE = MSO_THEME_COLOR.BACKGROUND_1


def links(shapes: SlideShapes, panel: Block, box: Box, size: Length) -> GroupShape:
    """A group of boxes, of lines that stay with them, and of words on the lines."""
    group, boxes = shapes.add_group_shape(), []
    for one in panel["boxes"]:
        shape = _box(group.shapes, one, box, size)
        shape.fill.solid()
        shape.fill.fore_color.rgb = rgb(one["fill"])
        for run in shape.text_frame.paragraphs[0].runs:
            run.font.color.theme_color = WHITE if one["fill"] in house.DARK else INK
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
        words = _box(group.shapes, link, box, size)
        words.fill.solid()
        words.fill.fore_color.theme_color = WHITE
        for run in words.text_frame.paragraphs[0].runs:
            run.font.color.theme_color = MUTED
            if link["doubtful"]:
                run.font.color.rgb = rgb(link["color"])
    return group


def _box(shapes: GroupShapes, told: Block, box: Box, size: Length) -> Shape:
    """Words in the middle of their place."""
    left, top, wide, high = told["place"]
    spot = (*_at(left, top, box), int(wide * box[2]), int(high * box[3]))
    shape = shapes.add_textbox(*map(Emu, spot))
    frame = shape.text_frame
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    frame.vertical_anchor, frame.word_wrap = MSO_ANCHOR.MIDDLE, True
    frame.auto_size = MSO_AUTO_SIZE.NONE
    write(frame, told["words"])
    look(frame.paragraphs[0], size, INK)
    frame.paragraphs[0].alignment = PP_ALIGN.CENTER
    return shape


def _line(shapes: GroupShapes, link: Block, box: Box) -> Connector:
    """A line from end to end, with an arrow head where the link has one."""
    x, y, end_x, end_y = link["line"]
    line = shapes.add_connector(MSO_CONNECTOR.STRAIGHT, *_at(x, y, box), *_at(end_x, end_y, box))
    line._element.remove(line._element.find(qn("p:style")))  # which would give it a shadow
    line.line.width, line.line.color.rgb = STROKE, rgb(link["color"])
    if link["dashed"]:
        line.line.dash_style = MSO_LINE.DASH
    if link["head"]:
        line.line._get_or_add_ln().append(parse_xml(HEAD.format(HEADS[link["head"]])))
    return line


def _at(x: float, y: float, box: Box) -> tuple[Emu, Emu]:
    """A point of a picture on a slide."""
    left, top, wide, high = box
    return Emu(int(left + x * wide)), Emu(int(top + y * high))


def look(paragraph: _Paragraph, size: Length, color: MSO_THEME_COLOR) -> None:
    """Words to the left, of one size and colour."""
    paragraph.alignment = PP_ALIGN.LEFT
    for run in paragraph.runs:
        run.font.size, run.font.bold, run.font.color.theme_color = size, False, color


def rgb(color: str) -> RGBColor:
    """A colour of the house, such as `#0b5c94`."""
    return RGBColor.from_string(color[1:])
