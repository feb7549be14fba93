"""The house font cut down to the characters of a page, in as few bytes as look the same."""

import base64
import io
from collections.abc import Mapping
from functools import cache

from fontTools import subset
from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.transformPen import TransformPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont, newTable
from fontTools.ttLib.scaleUpem import scale_upem

from briefing.notebook.house import FONT

# Ten units to a pixel at the size of running text: finer than a screen, a third fewer bytes.
UNITS_PER_EM = 160
TOLERANCE = 0.6  # units by which a curve may be off; coordinates are rounded to whole units
UNUSED = ["BASE", "CFF", "VORG", "vhea", "vmtx"]
# Measures of hinting and outlines, which are recalculated when the font is saved.
PROFILE = (
    "maxZones maxTwilightPoints maxStorage maxFunctionDefs maxInstructionDefs maxStackElements "
    "maxSizeOfInstructions maxComponentElements maxPoints maxContours maxCompositePoints "
    "maxCompositeContours maxComponentDepth"
)


def woff2(text: str) -> str:
    """The house font with the characters of a text alone, as base64 of WOFF2."""
    options = subset.Options(
        flavor="woff2", layout_features=["kern"], hinting=False, name_IDs=[1, 2]
    )
    options.drop_tables += UNUSED
    cutter = subset.Subsetter(options)
    cutter.populate(text=text)
    buffer = io.BytesIO()
    with subset.load_font(FONT, options) as font:
        font.getGlyphOrder()  # which stands in the outlines that are dropped
        cutter.subset(font)
        _set_quadratic(font)
        subset.save_font(font, buffer, options)
    return base64.b64encode(buffer.getvalue()).decode()


@cache
def _outlines() -> Mapping:
    """PostScript's outlines of all characters."""
    return TTFont(io.BytesIO(FONT.read_bytes()), lazy=True).getGlyphSet()


def _set_quadratic(font: TTFont) -> None:
    """Put small TrueType outlines in the place of PostScript's: WOFF2 packs them closer.

    They are scaled as they are drawn: to scale PostScript's would take long.
    """
    outlines, glyf = _outlines(), newTable("glyf")
    glyf.glyphOrder, glyf.glyphs = font.getGlyphOrder(), {}
    scale = UNITS_PER_EM / font["head"].unitsPerEm
    for name in glyf.glyphOrder:
        pen = TTGlyphPen(outlines)
        quadratic = Cu2QuPen(pen, TOLERANCE, reverse_direction=True)
        outlines[name].draw(TransformPen(quadratic, (scale, 0, 0, scale, 0, 0)))
        glyf.glyphs[name] = pen.glyph()
        glyf.glyphs[name].recalcBounds(glyf)
    scale_upem(font, UNITS_PER_EM)
    for name, glyph in glyf.glyphs.items():
        font["hmtx"].metrics[name] = font["hmtx"].metrics[name][0], getattr(glyph, "xMin", 0)
    font["glyf"], font["loca"] = glyf, newTable("loca")
    font["maxp"].tableVersion = 0x00010000
    for measure in PROFILE.split():
        setattr(font["maxp"], measure, 0)
    font.sfntVersion = "\x00\x01\x00\x00"
