"""The look of charts: colours, signs and sizes, and how words are measured and broken in them."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from itertools import takewhile
from pathlib import Path
from typing import Any

import matplotlib.pyplot as plt
import pylopdf_fonts_zh_cn
from matplotlib import font_manager, get_data_path
from matplotlib.ft2font import LoadFlags

from briefing.core.labels import unbroken
from briefing.sources.characters import HAN

FONT = Path(pylopdf_fonts_zh_cn.__file__).parent / "NotoSansSC-Regular.otf"
FAMILY = ["Noto Sans SC", "DejaVu Sans"]
STYLE = Path(__file__).with_name("house.mplstyle")
# Dark enough on white, apart in grey, and apart to colour-blind eyes.
INK, MUTED, FAINT, WHITE = "#1b2a3a", "#5b6b7b", "#d9e0e6", "#ffffff"
BLUE, ORANGE, GREY = "#0b5c94", "#c2571a", "#a9b5c0"
NAVY, SKY, MIST = "#06304f", "#5a96c5", "#bcd5ea"  # tints of BLUE, which tell facts apart
NIGHT = "#0c1a28"  # words on SKY, which has room for dark ones alone, on a dark screen too
# The one sign language of all charts; a whisker is a range.
LOOKS: dict[str, dict[str, Any]] = {
    "fact": {"facecolor": BLUE, "edgecolor": BLUE},
    "comparison": {"facecolor": GREY, "edgecolor": GREY},
    "doubt": {"facecolor": ORANGE, "edgecolor": ORANGE},
    "begun": {"facecolor": MIST, "edgecolor": BLUE},
    "planned": {"facecolor": WHITE, "edgecolor": BLUE},
    "unknown": {"facecolor": WHITE, "edgecolor": MUTED, "hatch": "////"},
}
# How parts of a whole are told apart, and on which colours words are white.
SERIES = tuple({"facecolor": color, "edgecolor": color} for color in (NAVY, BLUE, SKY, GREY))
DARK = (NAVY, BLUE, ORANGE)
CLEAR = {"facecolor": WHITE, "edgecolor": "none", "pad": 0.5}  # behind words, over lines
# On a phone of 390 px a picture is 358 px wide: its words are then 12.4 px high.
WIDE, POINTS = 331, 11.5  # points
GAP, BESIDE = 11, 6  # points: what parts two rows, and a mark from its number
ROOM = WIDE - 2 * BESIDE
LINE, TIGHT = 1.3 * POINTS, 1.1 * POINTS  # from line to line, in a box the second
SHARES = [part / 20 for part in range(19, 8, -1)]  # of a room, in which lines are tried
# A Chinese day, a character with the signs that may not begin a line, or a run of other characters,
# with the character that a space which does not break joins to it, as in 7 月.
SIGNS = "、。〉》」』】〕！），．：；？”’"
PIECE = re.compile(
    f"[0-9]+\u00a0月\u00a0[0-9]+\u00a0日[{SIGNS}]*\\s*|[（《“]?[\u4e00-\u9fff][{SIGNS}]*\\s*"
    f"|[^ 、\u4e00-\u9fff（《“]+(?:(?<=[0-9\u00a0])[\u4e00-\u9fff][{SIGNS}]*\\s*)?、? *|[（《“、] *"
)


def ink_on(color: str) -> str:
    """The colour of words on a colour."""
    return WHITE if color in DARK else NIGHT if color == SKY else INK


@contextmanager
def style() -> Iterator[None]:
    """Draw in the house style within, over matplotlib's defaults; nothing of it stays."""
    _add_font()
    with plt.style.context(["default", STYLE]):
        yield


@cache
def _add_font() -> None:
    """Know the house's fonts, and none that a system has by the same names."""
    fonts, ours = font_manager.fontManager, get_data_path()
    others = [it for it in fonts.ttflist if it.name in FAMILY and not it.fname.startswith(ours)]
    fonts.ttflist = [it for it in fonts.ttflist if it not in others]
    fonts.addfont(FONT)


@cache
def _advance(character: str) -> float:
    """The width of a character in a chart, in points, in the first font that has it."""
    _add_font()
    code = ord(character)
    # Asked for each time: matplotlib has a font for each thread.
    fonts = [font_manager.get_font(font_manager.findfont(name)) for name in FAMILY]
    font = next((it for it in fonts if it.get_char_index(code)), fonts[-1])
    font.set_size(POINTS, 72)
    return font.load_char(code, LoadFlags.NO_HINTING).linearHoriAdvance / 2**16


def length(words: str) -> float:
    """The width of a line of words in a chart, in points: at most, as no letters are moved up."""
    return sum(map(_advance, words))


def broken(words: str, room: float) -> list[str]:
    """Words in lines no longer than so many points; Chinese may break between any two words."""
    if length(words) <= room:
        return [words]
    lines = [""]
    for piece in _pieces(words, room):
        if lines[-1] and length(lines[-1] + piece.strip()) > room:
            lines.append("")
        lines[-1] += piece
    return [line.strip() for line in lines]


def _pieces(words: str, room: float) -> list[str]:
    """What no line is broken within; a Chinese word of which none is known is its characters."""
    pieces = (_words() if HAN.search(words) else PIECE).findall(words)
    return [part for it in pieces for part in ([it] if length(it) <= room else PIECE.findall(it))]


@cache
def _words() -> re.Pattern[str]:
    """Known words with the signs around them, or any other piece."""
    known = "|".join(map(re.escape, unbroken()))
    return re.compile(f"[（《“]?(?:{known})[{SIGNS}]*\\s*|{PIECE.pattern}")


def even(words: str, room: float) -> list[str]:
    """Words in as few lines as a room takes, and these as even as can be."""
    lines = broken(words, room)
    narrower = (broken(words, room * share) for share in SHARES)
    return [lines, *takewhile(lambda found: len(found) == len(lines), narrower)][-1]
