"""How a stored chart becomes a small drawing whose words are text.

A notebook's SVG draws each character as a path, so that it looks right where the house font is
missing. A page and a sheet have the font: there a word is a word, which can be read out, searched
and copied, and takes a tenth of the bytes. Only the form of matplotlib's own SVG is understood.
"""

import re
import xml.etree.ElementTree as ET

from briefing.charts import FAMILY

SVG, LINK = "{http://www.w3.org/2000/svg}", "{http://www.w3.org/1999/xlink}href"
PLACED = re.compile(r"translate\(([-0-9. ]+)\)(?: rotate\(([-0-9.]+)\))? scale\(([0-9.]+) ")
RAISED = re.compile(r"\$\^\{(.+?)\}\$")
NUMBER = re.compile(r"-?[0-9]+\.[0-9]+")
MARKS_FAMILY = "DejaVu Sans, system-ui, sans-serif"  # the house font's marks are too wide
FONT_UNITS = 100  # matplotlib draws characters at this size and scales them
URL = re.compile(r"url\(#([\w-]+)\)")
WORDS = (f"{SVG}text", f"{SVG}tspan")
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
    _simplify(root, _references(root), name)
    root.set("stroke-linejoin", "round")
    for size in ("width", "height", "version"):
        del root.attrib[size]
    for attribute, value in (("font-family", FAMILY), ("role", "img"), ("aria-label", alt)):
        root.set(attribute, value)
    ET.register_namespace("", SVG[1:-1])
    ET.register_namespace("xlink", LINK[1 : LINK.index("}")])
    return ET.tostring(root, "unicode")


def _references(root: ET.Element) -> set[str]:
    """The ids that something refers to."""
    linked = {element.get(LINK, "")[1:] for element in root.iter()}
    values = " ".join(value for element in root.iter() for value in element.attrib.values())
    return linked | set(URL.findall(values))


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
    group.text = plain
    for place, part in enumerate(rest):
        if place % 2:
            group[-1].tail = part
        else:
            raised = ET.SubElement(group, f"{SVG}tspan", {"dy": f"{-0.35 * size:.2f}"})
            raised.set("font-size", f"{0.7 * size:.2f}")
            raised.set("font-family", MARKS_FAMILY)
            raised.text = part


def _simplify(element: ET.Element, used: set[str], name: str) -> None:
    """Drop what is not needed: unused ids, digits, white space, groups that group nothing."""
    if element.tag not in WORDS:
        element.text = None
    kept: list[ET.Element] = []
    for child in element:
        if child.tag not in WORDS[1:]:
            child.tail = None
        _simplify(child, used, name)
        if child.tag == f"{SVG}g" and not child.attrib:
            kept += list(child)
        elif child.tag != f"{SVG}style" and (child.tag != f"{SVG}defs" or len(child)):
            kept.append(child)
    element[:] = kept
    for declaration in element.attrib.pop("style", "").split(";"):
        key, _, value = declaration.partition(":")
        if value:
            element.set(key.strip(), value.strip())
    if element.get("id") not in used:
        element.attrib.pop("id", None)
    for key, value in element.attrib.items():
        if key == "id":
            element.set(key, f"{name}-{value}")
        elif key in MEASURES:
            element.set(key, _short(value))
        elif key == LINK:
            element.set(key, f"#{name}-{value[1:]}")
        else:
            element.set(key, URL.sub(rf"url(#{name}-\1)", value))


def _short(value: str) -> str:
    """Numbers to two decimals, and no white space where none is needed."""
    rounded = NUMBER.sub(lambda m: f"{float(m[0]):.2f}".rstrip("0").rstrip("."), value)
    return " ".join(rounded.split())
