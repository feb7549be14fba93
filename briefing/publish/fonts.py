"""The house font cut down to the characters of a page, in as few bytes as look the same."""

import base64
import hashlib
import io
from functools import cache
from pathlib import Path

from fontTools import subset
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.transformPen import TransformPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont
from fontTools.ttLib.scaleUpem import scale_upem
from fontTools.ttLib.woff2 import WOFF2FlavorData

from briefing.core.language import ENGLISH, catalog_path, languages
from briefing.notebook import navigation
from briefing.notebook.house import FONT
from briefing.publish import files
from briefing.publish.freshness import data_files
from briefing.publish.templating import WORD_JOINER
from briefing.sources import tables

KEPT = tables.ROOT / ".fonts"  # most changes of a page leave it the same characters
# Eight units to a pixel at the size of running text: finer than a screen, two fifths fewer bytes.
UNITS_PER_EM = 128
TOLERANCE = 0.6  # units by which a curve may be off; coordinates are rounded to whole units
PACKED = "glyf", "loca", "hmtx"  # tables that WOFF2 writes in fewer bytes
NAMES = 0, 1, 2, 13, 14  # whose it is, what it is called, under which licence
UNUSED = "BASE", "DSIG", "GSUB", "VORG", "vhea", "vmtx"


def woff2(text: str) -> str:
    """The house font with the characters of a text alone, as base64 of WOFF2; cut once."""
    whole = hashlib.sha256(_cutter() + "".join(sorted({*text})).encode())
    kept = KEPT / f"{whole.hexdigest()}.woff2"
    if not kept.exists():
        files.write_whole(kept, _woff2(text))
    return base64.b64encode(kept.read_bytes()).decode()


@cache
def _cutter() -> bytes:
    """What cuts fonts: this module, and libraries of these versions."""
    return Path(__file__).read_bytes() + (tables.ROOT / "requirements.txt").read_bytes()


def _woff2(text: str) -> bytes:
    small = io.BytesIO(_small(_known() | set(text)))
    # Its measures are its own: a page is not of what others say.
    with TTFont(small, lazy=True, recalcTimestamp=False) as font:
        _cut(font, text)
        font.flavor, font.flavorData = "woff2", WOFF2FlavorData(transformedTables=PACKED)
        return _saved(font)


@cache
def _known() -> frozenset[str]:
    """The characters that pages are likely to have: more take time, and so does each that lacks."""
    catalogs = [catalog_path(language) for language in languages() if language != ENGLISH]
    files = [*data_files(), *catalogs, *navigation.NOTEBOOKS.rglob("[0-9]*.ipynb")]
    found = (path.read_text(encoding="utf-8", errors="ignore") for path in files)
    return frozenset(WORD_JOINER).union(*found)


@cache
def _small(characters: frozenset[str]) -> bytes:
    """The house font with some characters, in small TrueType outlines, from which pages are cut."""
    with TTFont(FONT, lazy=True, recalcTimestamp=False) as font:
        _cut(font, "".join(characters))
        _set_quadratic(font)
        return _saved(font)


def _cut(font: TTFont, text: str) -> None:
    """Leave the characters of a text alone in a font."""
    kept = {"layout_features": ["kern"], "name_IDs": NAMES, "hinting": False}
    cutter = subset.Subsetter(subset.Options(drop_tables=UNUSED, **kept))
    cutter.populate(text=text)
    cutter.subset(font)


def _saved(font: TTFont) -> bytes:
    buffer = io.BytesIO()
    font.save(buffer)
    return buffer.getvalue()


def _set_quadratic(font: TTFont) -> None:
    """Put small TrueType outlines in the place of PostScript's: WOFF2 packs them closer.

    They are scaled as they are drawn: to scale PostScript's would take long.
    """
    outlines, glyphs = font.getGlyphSet(), {}
    scale = UNITS_PER_EM / font["head"].unitsPerEm
    for name in font.getGlyphOrder():
        pen = TTGlyphPen(outlines)
        quadratic = Cu2QuPen(pen, TOLERANCE, reverse_direction=True)
        outlines[name].draw(TransformPen(quadratic, (scale, 0, 0, scale, 0, 0)))
        glyphs[name] = pen.glyph()
    del font["CFF "]
    scale_upem(font, UNITS_PER_EM)
    builder = FontBuilder(font=font)
    builder.isTTF = True
    builder.setupGlyf(glyphs)
    builder.setupMaxp()
    for name, glyph in glyphs.items():
        font["hmtx"].metrics[name] = font["hmtx"].metrics[name][0], getattr(glyph, "xMin", 0)
    font.sfntVersion = "\x00\x01\x00\x00"
