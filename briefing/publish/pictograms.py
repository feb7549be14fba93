"""A picture without words for each theme, drawn from its figures, the same in every language.

Which form a theme has, and from which figures, stands in data/datapackage.json.
"""

import math
from collections.abc import Callable, Iterable
from typing import Any

from briefing.core.figures import figure
from briefing.notebook.house import BLUE, GREY, MUTED
from briefing.sources import tables

WIDE, HIGH = 160, 90
SVG = (
    f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDE} {HIGH}" width="{WIDE}" '
    f'height="{HIGH}">{{}}</svg>'
)
FULL, HOLLOW = f"fill: {BLUE}", f"fill: none; stroke: {BLUE}; stroke-width: 1.5"
PALE = f"fill: {GREY}"
QUIET = f"fill: none; stroke: {MUTED}; stroke-width: 1"
DASHED = f"{HOLLOW}; stroke-dasharray: 4 3"


def front() -> dict[str, Any]:
    """What the descriptor says of the index: its tiles, and the pictogram of each theme."""
    return tables.descriptor().get("front", {"tiles": [], "pictograms": {}})


def pictogram(name: str) -> str:
    """The picture of a notebook's theme as SVG, "" for none."""
    form, *figures = front()["pictograms"].get(name, [""])
    return SVG.format("".join(FORMS[form](*figures))) if form else ""


def _number(figure_id: str) -> float:
    return float(figure(figure_id).value)


def _circle(x: float, y: float, radius: float, style: str) -> str:
    return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:g}" style="{style}"/>'


def _bar(x: float, y: float, wide: float, high: float, style: str) -> str:
    box = f'x="{x:.1f}" y="{y:.1f}" width="{wide:.1f}" height="{high:g}"'
    return f'<rect {box} style="{style}"/>'


def _line(path: str, style: str) -> str:
    return f'<path d="{path}" style="{style}"/>'


def _dots(first: int, last: int, a_line: int, step: float, color: str) -> str:
    """The dots from one number to another of a field with some dots a line."""
    left, path = (WIDE - step * (a_line - 1)) / 2, ""
    for row in range(first // a_line, -(-last // a_line)):
        start, end = max(first, row * a_line), min(last, (row + 1) * a_line)
        x, y = left + step * (start % a_line), step + step * row
        path += f"M{x:.1f} {y:.1f}h{step * (end - start - 1):.1f}"
    dots = f"stroke-linecap: round; stroke-dasharray: 0.01 {step - 0.01:g}"
    return _line(path, f"fill: none; stroke: {color}; stroke-width: {0.66 * step:g}; {dots}")


def _spokes(name: str) -> Iterable[str]:
    """A hub, and a spoke to each thing counted."""
    number = round(_number(name))
    for place in range(number):
        turn = math.tau * place / number
        x, y = WIDE / 2 + 39 * math.cos(turn), HIGH / 2 + 39 * math.sin(turn)
        yield _line(f"M{WIDE / 2:g} {HIGH / 2:g}L{x:.1f} {y:.1f}", f"{QUIET}; stroke-opacity: 0.5")
        yield _circle(x, y, 2.2, FULL)
    yield _circle(WIDE / 2, HIGH / 2, 13, FULL)


def _field(whole: str, *parts: str) -> Iterable[str]:
    """A dot for each thing of a whole; those of its parts are full."""
    full = round(sum(map(_number, parts)))
    yield _dots(0, full, 29, 5.4, BLUE)
    yield _dots(full, round(_number(whole)), 29, 5.4, GREY)


def _progress(name: str) -> Iterable[str]:
    """What is in place, what is under way, and a box for each thing to come."""
    yield _bar(5, 8, 150, 18, FULL)
    yield _bar(5, 36, 75, 18, FULL)
    yield _bar(5, 36, 150, 18, HOLLOW)
    number = round(_number(name))
    for place in range(number):
        yield _bar(5 + place * 150 / number, 64, 150 / number - 6, 18, DASHED)


def _shortfall(target: str, *parts: str) -> Iterable[str]:
    """What was received in parts, and what a target asks for a year."""
    received, asked = sum(map(_number, parts)), float(figure(target).per_year().value)
    wide = 150 * received / asked
    yield _bar(5, 30, wide, 30, FULL)
    yield _bar(5 + wide, 30, 150 - wide, 30, DASHED)
    yield _line("M155 20V70", QUIET)


def _rings(full: str, hollow: str) -> Iterable[str]:
    """A circle for each thing of two counts, of which one names what it counts."""
    for top, name in ((14, full), (68, hollow)):
        for place in range(round(_number(name))):
            x, y = 10 + 11.6 * (place % 13), top + 14 * (place // 13)
            yield _circle(x, y, 4, PALE if top > 14 else FULL)


def _waves(name: str) -> Iterable[str]:
    """A wave for each time that something is as large as before."""
    yield _circle(30, 45, 8, FULL)
    for wave in range(1, round(float(figure(name).adopted.value)) + 1):
        far = 12 + 20 * wave
        x, y = far * math.cos(math.pi / 5), far * math.sin(math.pi / 5)
        path = f"M{30 + x:.1f} {45 - y:.1f}A{far} {far} 0 0 1 {30 + x:.1f} {45 + y:.1f}"
        yield _line(path, f"fill: none; stroke: {BLUE}; stroke-width: 5")


def _link() -> Iterable[str]:
    """Two bodies under two others; the link between them is undecided."""
    yield _line("M40 20V64M120 20V64", QUIET)
    yield _line("M54 66H106", DASHED)
    for x in (40, 120):
        yield _bar(x - 14, 10, 28, 14, f"fill: {MUTED}")
        yield _circle(x, 66, 14, FULL)


def _people(name: str) -> Iterable[str]:
    """Five people, as many of them full as are of a share."""
    full = round(5 * _number(name) / 100)
    for place in range(5):
        x, style = 20 + 30 * place, FULL if place < full else PALE
        yield _circle(x, 24, 9, style)
        yield _line(f"M{x - 11} 76V50a11 11 0 0 1 22 0V76Z", style)


FORMS: dict[str, Callable[..., Iterable[str]]] = {
    form.__name__[1:]: form
    for form in (_spokes, _field, _progress, _shortfall, _rings, _waves, _link, _people)
}
