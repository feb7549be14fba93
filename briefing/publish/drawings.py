"""How a stored chart becomes a small drawing whose words are text.

A notebook's SVG draws each character as a path, so that it looks right where the house font is
missing. A page and a sheet have the font: there a word is a word, which can be read out, searched
and copied, and takes a tenth of the bytes. Only the form of matplotlib's own SVG is understood.
"""

import re
import xml.etree.ElementTree as ET

from scour import scour

from briefing.notebook.charts import FAMILY, INK, STYLE

SVG, LINK = "{http://www.w3.org/2000/svg}", "{http://www.w3.org/1999/xlink}href"
PLACED = re.compile(r"translate\(([-0-9. ]+)\)(?: rotate\(([-0-9.]+)\))? scale\(([0-9.]+) ")
RAISED = re.compile(r"\$\^\{(.+?)\}\$")
NUMBER = re.compile(r"-?[0-9]+\.[0-9]+")
MARKS_FAMILY = "DejaVu Sans, sans-serif"  # the house font's marks are too wide
FONT_UNITS = 100  # matplotlib draws characters at this size and scales them
URL = re.compile(r"url\(#([\w-]+)\)")
GROUPS = (f"{SVG}g", f"{SVG}defs")
WORDS = (f"{SVG}text", f"{SVG}tspan")
WHITE = "#ffffff"
Point = tuple[float, float]
PACKED = ["--create-groups", "--disable-simplify-colors", "--set-precision=4"]
PACKED += ["--keep-unreferenced-defs"]  # scour knows references by their old name alone
PACKED += ["--indent=none", "--no-line-breaks", "--strip-xml-prolog"]
MEASURES = {"d", "x", "y", "width", "height", "transform"}


def drawing(svg: str, name: str, alt: str) -> str:
    """A chart's SVG with words as text, to stand in a page.

    name: keeps its ids apart from other drawings'. alt: what it shows, in words.
    Raises ValueError where words are drawn in a way that is not understood.
    """
    root = ET.fromstring(svg, ET.XMLParser(target=ET.TreeBuilder(insert_comments=True)))
    for metadata in root.findall(f"{SVG}metadata"):
        root.remove(metadata)
    _set_words(root)
    _simplify(root, {old: f"{name}-{n}" for n, old in enumerate(_references(root))})
    root.set("stroke-linejoin", "round")
    for size in ("width", "height", "version"):
        del root.attrib[size]
    _inherit(root)
    for attribute, value in (("font-family", FAMILY), ("role", "img"), ("aria-label", alt)):
        root.set(attribute, value)
    ET.register_namespace("", SVG[1:-1])
    return ET.tostring(root, "unicode")


def _inherit(root: ET.Element) -> None:
    """Say once what most words have in common."""
    common = {"fill": INK, "font-size": f"{STYLE['font.size']}"}
    for attribute, value in common.items():
        root.set(attribute, value)
        for words in root.iter(f"{SVG}text"):
            if words.get(attribute) == value:
                del words.attrib[attribute]


def _references(root: ET.Element) -> list[str]:
    """The ids that something refers to."""
    linked = {element.get(LINK, "")[1:] for element in root.iter()}
    values = " ".join(value for element in root.iter() for value in element.attrib.values())
    return sorted(linked | set(URL.findall(values)))


def _set_words(element: ET.Element) -> None:
    """Put text in the place of the groups of paths that matplotlib draws words with.

    Each such group follows a comment that holds the words.
    """
    words = ""
    for child in list(element):
        if child.tag is ET.Comment:
            words = child.text or ""
            element.remove(child)
        elif words:
            _as_text(child, words[1:-1])
            words = ""
        else:
            _set_words(child)


def _as_text(group: ET.Element, words: str) -> None:
    placed = PLACED.match(group.get("transform", ""))
    if not placed:
        raise ValueError(f"the words {words!r} of a chart are placed in an unknown way")
    size = float(placed[3]) * FONT_UNITS
    style = group.get("style", "")
    group.clear()
    group.tag = f"{SVG}text"
    group.set("style", style)
    x, y = placed[1].split()
    if placed[2]:
        group.set("transform", f"translate({x} {y}) rotate({placed[2]})")
    else:
        group.set("x", x)
        group.set("y", y)
    group.set("font-size", f"{size:g}")
    plain, *rest = RAISED.split(words)
    # Words beside marks are a part of their own: scour sees only parts, and drops the size of
    # words whose every part has a size of its own.
    (ET.SubElement(group, f"{SVG}tspan") if rest else group).text = plain
    for place, part in enumerate(rest):
        if place % 2:
            group[-1].tail = part
        else:
            raised = ET.SubElement(group, f"{SVG}tspan", {"baseline-shift": f"{0.35 * size:.2f}"})
            raised.set("font-size", f"{0.7 * size:.2f}")
            raised.set("font-family", MARKS_FAMILY)
            raised.text = part


def _simplify(element: ET.Element, names: dict[str, str]) -> None:
    """Drop what is not needed: unused ids, digits, white space, groups that group nothing."""
    if element.tag not in WORDS:
        element.text = None
    kept: list[ET.Element] = []
    for child in element:
        if child.tag not in WORDS[1:]:
            child.tail = None
        _simplify(child, names)
        if child.tag == f"{SVG}g" and not child.attrib:
            kept += list(child)
        elif child.tag != f"{SVG}style" and (child.tag not in GROUPS or len(child)):
            kept.append(child)
    element[:] = kept
    if LINK in element.attrib:
        element.set("href", element.attrib.pop(LINK))
    for declaration in element.attrib.pop("style", "").split(";"):
        key, _, value = declaration.partition(":")
        if value:
            element.set(key.strip(), value.strip())
    if element.get("id") not in names:
        element.attrib.pop("id", None)
    for key, value in element.attrib.items():
        if key == "id":
            element.set(key, names[value])
        elif key in MEASURES:
            element.set(key, _short(value))
        elif key == "href":
            element.set(key, "#" + names[value[1:]])
        else:
            element.set(key, URL.sub(lambda url: f"url(#{names[url[1]]})", value))


def _short(value: str) -> str:
    """Numbers to a tenth of a point, and no white space where none is needed."""
    rounded = NUMBER.sub(lambda m: f"{float(m[0]):.1f}".rstrip("0").rstrip("."), value)
    return " ".join(rounded.split())


def packed(drawn: str) -> str:
    """The same drawing in fewer bytes; its colours stay written as they are."""
    return scour.scourString(drawn, scour.parse_args(PACKED))


def thumbnail(drawn: str) -> str:
    """A drawing without its words, cut to what is left of it."""
    root = ET.fromstring(drawn)
    for group in root.iter():
        group.attrib.pop("clip-path", None)
        for words in group.findall(f"{SVG}text"):
            group.remove(words)
    corners = [corner for element in root for corner in _corners(element)]
    left, top = min(x for x, _ in corners), min(y for _, y in corners)
    right, bottom = max(x for x, _ in corners), max(y for _, y in corners)
    root.set("viewBox", _short(f"{left:.2f} {top:.2f} {right - left:.2f} {bottom - top:.2f}"))
    for attribute in ("role", "aria-label", "font-family", "font-size"):
        del root.attrib[attribute]
    return ET.tostring(root, "unicode")


def painted(drawn: str) -> float:
    """The share of a drawing that is painted over, by the boxes around its filled shapes."""
    root = ET.fromstring(drawn)
    *_, width, height = map(float, root.get("viewBox").split())
    areas = []
    for path in root.iter(f"{SVG}path"):
        if path.get("fill", WHITE).startswith("#") and path.get("fill", WHITE) != WHITE:
            xs, ys = zip(*_corners(path), strict=True)
            areas.append((max(xs) - min(xs)) * (max(ys) - min(ys)))
    return sum(areas) / (width * height)


def _corners(element: ET.Element, fill: str = WHITE, stroke: str = "none") -> list[Point]:
    """The points of all paths and marks within that can be seen on white."""
    fill, stroke = element.get("fill", fill), element.get("stroke", stroke)
    found = [corner for child in element for corner in _corners(child, fill, stroke)]
    if element.tag == f"{SVG}defs" or (fill in (WHITE, "none") and stroke in (WHITE, "none")):
        return [] if element.tag == f"{SVG}defs" else found
    numbers = [float(n) for n in re.findall("-?[0-9.]+", element.get("d", ""))]
    if element.tag == f"{SVG}use":
        numbers = [float(element.get("x")), float(element.get("y"))]
    return found + list(zip(numbers[::2], numbers[1::2], strict=True))
