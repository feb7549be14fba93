"""The look of slides: their page, theme, places, fonts, and how words are written on them."""

import re
from typing import TYPE_CHECKING, Any

from babel.core import get_global
from pptx.dml.color import RGBColor
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.util import Inches, Pt

from briefing.core.language import locale, translate
from briefing.core.sentences import COMPUTED, DOUBTFUL
from briefing.notebook.charts import BLUE, FAINT, GOLD, INK, MUTED, ORANGE, TEAL
from briefing.publish.workbook import EAST_ASIAN, LATIN

if TYPE_CHECKING:
    from pptx.presentation import Presentation as Deck
    from pptx.slide import Slide, SlideLayout
    from pptx.text.text import TextFrame

Box = tuple[float, float, float, float]  # left, top, width and height in inches
WIDE, HIGH = 13.333, 7.5
EYEBROW, SOURCE = 13, 14  # the places of a layout for a chart's theme and its sources
OPENING = "Opening"
# Titles hold two lines, beside a tall chart seven.
LAYOUTS: dict[str, dict[str, Box]] = {
    OPENING: {"title": (1.1, 2.2, 10.8, 1.7), "eyebrow": (1.1, 4.1, 10.8, 1.2)},
    "Chart below": {
        "eyebrow": (0.6, 0.42, 10, 0.36),
        "title": (0.6, 0.78, 12.1, 0.95),
        "chart": (0.6, 1.85, 12.1, 4.75),
        "source": (0.6, 6.75, 11.3, 0.5),
    },
    "Chart beside": {
        "eyebrow": (0.6, 0.42, 3.5, 0.36),
        "title": (0.6, 0.78, 3.5, 3.4),
        "chart": (4.5, 0.45, 8.4, 6.6),
        "source": (0.6, 5.05, 3.5, 2.2),
    },
}
NUMBER: Box = (12.1, 6.85, 0.63, 0.4)
# name: type and number of a placeholder, points, colour of the theme, bold, anchor
LOOKS = {
    "title": ('type="title"', 24, "tx1", 1, "t"),
    "eyebrow": (f'type="body" sz="quarter" idx="{EYEBROW}"', 12, "accent1", 1, "t"),
    "source": (f'type="body" sz="quarter" idx="{SOURCE}"', 10, "tx2", 0, "b"),
    "number": ('type="sldNum" sz="quarter" idx="12"', 10, "tx2", 0, "b"),
}
OPENING_POINTS = {"title": 32, "eyebrow": 16}
PLACEHOLDER = """<p:sp {ns}><p:nvSpPr><p:cNvPr id="{id}" name="{name}"/><p:cNvSpPr>
<a:spLocks noGrp="1"/></p:cNvSpPr><p:nvPr><p:ph {kind}/></p:nvPr></p:nvSpPr><p:spPr><a:xfrm>
<a:off x="{x}" y="{y}"/><a:ext cx="{w}" cy="{h}"/></a:xfrm></p:spPr><p:txBody>
<a:bodyPr lIns="0" tIns="0" rIns="0" bIns="0" anchor="{anchor}"><a:normAutofit/></a:bodyPr>
<a:lstStyle><a:lvl1pPr marL="0" indent="0" algn="{align}"><a:spcBef><a:spcPts val="0"/></a:spcBef>
<a:buNone/><a:defRPr sz="{size}" b="{bold}"><a:solidFill><a:schemeClr val="{color}"/></a:solidFill>
</a:defRPr></a:lvl1pPr></a:lstStyle><a:p>{content}<a:endParaRPr/></a:p></p:txBody></p:sp>"""
PAGE = '<a:fld id="{{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}}" type="slidenum"><a:t>{n}</a:t></a:fld>'
BAND = """<p:sp {ns}><p:nvSpPr><p:cNvPr id="90" name=""/><p:cNvSpPr/><p:nvPr userDrawn="1"/>
</p:nvSpPr><p:spPr><a:xfrm><a:off x="{x}" y="{y}"/><a:ext cx="{w}" cy="{h}"/></a:xfrm>
<a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:solidFill><a:schemeClr val="accent1"/>
</a:solidFill><a:ln><a:noFill/></a:ln></p:spPr></p:sp>"""
BANDS = {OPENING: (0.6, 2.25, 0.12, 2.9), "": (0, 0, WIDE, 0.12)}
COLOURS = {
    "dk1": INK,
    "lt1": "#ffffff",
    "dk2": MUTED,
    "lt2": FAINT,
    "hlink": BLUE,
    "folHlink": MUTED,
}
COLOURS |= {
    f"accent{n}": c for n, c in enumerate((BLUE, ORANGE, TEAL, GOLD, MUTED, FAINT), start=1)
}
MARKS = re.compile(f"([{COMPUTED}{DOUBTFUL}]+)")


class Speech:
    """Writes words in the current language, with fonts that Office has for it."""

    def __init__(self) -> None:
        known = locale()
        likely = get_global("likely_subtags").get(known.language, known.language)
        self.tag = f"{known.language}-{known.territory or likely.split('_')[-1]}"

    def set_font(self, properties: Any) -> None:
        """Name language and fonts in the properties of a run, or of all runs of a chart."""
        properties.set("lang", self.tag)
        for script, name in (("latin", LATIN), ("ea", EAST_ASIAN)):
            for old in properties.findall(qn(f"a:{script}")):
                properties.remove(old)
            properties.append(parse_xml(f'<a:{script} {nsdecls("a")} typeface="{name}"/>'))

    def write(
        self,
        frame: "TextFrame",
        words: str,
        points: float = 0,
        color: str = "",
        new_line: bool = False,
    ) -> None:
        """Write words, the marks of their numbers raised; a line of words is a paragraph."""
        for number, line in enumerate(words.split("\n")):
            first = number == 0 and not new_line
            paragraph = frame.paragraphs[0] if first else frame.add_paragraph()
            for part in filter(None, MARKS.split(line)):
                run = paragraph.add_run()
                run.text = part
                if points:
                    run.font.size = Pt(points)
                if color:
                    run.font.color.rgb = RGBColor.from_string(color[1:])
                self.set_font(run.font._element)
                if MARKS.fullmatch(part):
                    run.font._element.set("baseline", "30000")


def set_house(presentation: "Deck") -> "dict[str, SlideLayout]":
    """Turn python-pptx's own template into the house's: its page, theme and layouts, by name."""
    presentation.slide_width, presentation.slide_height = Inches(WIDE), Inches(HIGH)
    package = presentation.part.package
    for kind in (RELATIONSHIP_TYPE.THUMBNAIL, RELATIONSHIP_TYPE.EXTENDED_PROPERTIES):
        package.drop_rel(next(key for key, rel in package._rels.items() if rel.reltype == kind))
    master = presentation.slide_master
    theme = master.part.part_related_by(RELATIONSHIP_TYPE.THEME)
    theme._blob = _theme(theme.blob.decode()).encode()
    for layout in list(presentation.slide_layouts)[len(LAYOUTS) :]:
        presentation.slide_layouts.remove(layout)
    boxes = LAYOUTS["Chart below"]
    for shape in list(master.placeholders):
        kind = shape.element.ph.get("type")
        if kind in ("dt", "ftr"):
            shape.element.getparent().remove(shape.element)
            continue
        name = {"title": "title", "body": "chart", "sldNum": "number"}[kind]
        box = boxes.get(name, NUMBER)
        shape.left, shape.top, shape.width, shape.height = (Inches(side) for side in box)
    title_style = master.element.find(".//" + qn("p:titleStyle") + "/" + qn("a:lvl1pPr"))
    title_style.set("algn", "l")
    layouts = dict(zip(LAYOUTS, presentation.slide_layouts, strict=True))
    for name, layout in layouts.items():
        _set_layout(layout, name, LAYOUTS[name])
    return layouts


def _theme(theme: str) -> str:
    """The theme with the house's colours and fonts."""
    for name, color in COLOURS.items():
        value = f'<a:{name}><a:srgbClr val="{color[1:].upper()}"/></a:{name}>'
        theme = re.sub(f"<a:{name}>.*?</a:{name}>", value, theme)
    fonts = f'<a:latin typeface="{LATIN}"/><a:ea typeface="{EAST_ASIAN}"/><a:cs typeface=""/>'
    theme = re.sub('<a:latin typeface="Calibri"/>.*?(?=</a:m)', fonts, theme)
    return re.sub('name="Office( Theme)?"', 'name="Briefing"', theme)


def _set_layout(layout: "SlideLayout", name: str, places: dict[str, Box]) -> None:
    """Give a layout its name, its band of colour and its places for words."""
    layout.element.cSld.set("name", translate(name))
    layout.element.attrib.pop("type", None)
    tree = layout.shapes._spTree
    for shape in list(layout.shapes):
        tree.remove(shape.element)
    tree.append(parse_xml(BAND.format(ns=nsdecls("p", "a"), **_emu(BANDS.get(name, BANDS[""])))))
    words = {place: box for place, box in places.items() if place != "chart"}
    if name != OPENING:
        words["number"] = NUMBER
    for number, (place, box) in enumerate(words.items(), start=2):
        tree.append(_placeholder(place, box, number, OPENING_POINTS if name == OPENING else {}))


def _placeholder(place: str, box: Box, number: int, points: dict[str, int]) -> Any:
    kind, size, color, bold, anchor = LOOKS[place]
    written = PLACEHOLDER.format(
        ns=nsdecls("p", "a"),
        id=number,
        name=place,
        kind=kind,
        anchor=anchor,
        align="r" if place == "number" else "l",
        size=100 * points.get(place, size),
        bold=0 if points and place == "eyebrow" else bold,
        color="tx2" if points and place == "eyebrow" else color,
        content=PAGE.format(n="‹#›") if place == "number" else "",
        **_emu(box),
    )
    return parse_xml(written.replace("\n", " "))


def _emu(box: Box) -> dict[str, int]:
    return dict(zip("xywh", (Inches(side) for side in box), strict=True))


def number(slide: "Slide", number: int) -> None:
    """Number a slide, which python-pptx leaves out."""
    shape = _placeholder("number", NUMBER, 80, {})
    shape.spPr.clear()
    style = shape.find(qn("p:txBody")).find(qn("a:lstStyle"))
    style.clear()
    shape.find(".//" + qn("a:fld") + "/" + qn("a:t")).text = str(number)
    slide.shapes._spTree.append(shape)
