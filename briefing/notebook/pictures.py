"""How a figure becomes a picture: an SVG whose words are text, and a small PNG of the same size."""

import io
import re
from functools import cache
from typing import Any

import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.backends.backend_svg import RendererSVG
from matplotlib.colors import to_hex
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.textpath import text_to_path
from PIL import Image

from briefing.notebook import house

POINTS_PER_INCH, PNG_DPI, COLOURS = 72, 144, 32
FONT = f"font: {house.POINTS:g}px {', '.join(map(repr, house.FAMILY))}"  # of nearly all words
PATH, FINE = re.compile(r'\b[dxy]="[^"]*"'), re.compile(r"(\.[0-9]{2})[0-9]+")


@cache
def _measured(words: str, font: FontProperties) -> tuple[float, float, float]:
    """Width, height and descent of a line of words, in points."""
    return text_to_path.get_text_width_height_descent(words, font, False)


class _Renderer(RendererSVG):
    """Writes words as text of a set length, so that another font cannot make them collide."""

    def open_group(self, *_: Any, **__: Any) -> None:
        """No groups: their names would stand twice where two pictures are on a page."""

    close_group = open_group

    def get_text_width_height_descent(self, s: str, prop: Any, ismath: bool) -> Any:
        return _measured(s, prop)

    def draw_text(
        self, gc: Any, x: float, y: float, s: str, prop: FontProperties, angle: float, **_: Any
    ) -> None:
        long, *_ = _measured(s, prop)
        style = f"font: {prop.get_size_in_points():g}px {', '.join(map(repr, prop.get_family()))}"
        placed = {"x": f"{x:.1f}", "y": f"{y:.1f}", "textLength": f"{long:.1f}"}
        placed["fill"] = to_hex(gc.get_rgb())
        placed |= {} if style == FONT else {"style": style}
        if angle:
            placed["transform"] = f"rotate({-angle:g} {x:.1f} {y:.1f})"
        self.writer.element("text", s, attrib=placed)


def svg(fig: Figure) -> str:
    """A figure as SVG; the same figure gives the same bytes."""
    fig.set_dpi(POINTS_PER_INCH)
    wide, high = (POINTS_PER_INCH * side for side in fig.get_size_inches())
    written = io.StringIO()
    unsaid = dict.fromkeys(("Date", "Creator", "Format", "Type"))
    renderer = _Renderer(wide, high, written, image_dpi=POINTS_PER_INCH, metadata=unsaid)
    fig.draw(renderer)
    renderer.finalize()
    whole = written.getvalue().partition("<svg ")[2].strip()
    return f'<svg style="{FONT}, sans-serif" {PATH.sub(_short, whole)}'


def _short(path: re.Match) -> str:
    """A path or a place in hundredths of a point, on one line."""
    return FINE.sub(r"\1", " ".join(path[0].split())).replace(' "', '"')


def png(fig: Figure) -> bytes:
    """A figure as PNG of few colours, twice as many dots an inch as a screen's."""
    fig.set_dpi(PNG_DPI)
    canvas, small = FigureCanvasAgg(fig), io.BytesIO()
    canvas.draw()
    image = Image.fromarray(np.asarray(canvas.buffer_rgba())).convert("RGB")
    palette = image.quantize(COLOURS, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    palette.save(small, format="png")
    return small.getvalue()


def size(fig: Figure) -> dict[str, int]:
    """The size of a figure's SVG on a screen, which its PNG is to have, too: CSS pixels."""
    wide, high = fig.get_size_inches()
    return {"width": round(96 * wide), "height": round(96 * high)}
