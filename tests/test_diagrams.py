"""Boxes and the links between them, read back from the drawing and from a slide."""

import random
from itertools import combinations
from typing import Any

import matplotlib.pyplot as plt
import pandas as pd
import pytest
from matplotlib.axes import Axes
from matplotlib.colors import to_rgba
from pptx import Presentation
from pptx.enum.dml import MSO_LINE
from pptx.enum.shapes import MSO_SHAPE_TYPE
from pptx.oxml.ns import qn
from pptx.util import Inches, Pt

import briefing
from briefing.notebook.canvas import DRAWN, ChartError
from briefing.notebook.house import BLUE, FAINT, LINE, MUTED, ORANGE, WHITE, length
from briefing.publish import native

HEADS = ["From", "To", "What"]
LINK = "to be decided"
# A flow as of governing bodies: one link beside, and one that leads to it.
FLOW = [
    ("Assembly", "Commission", "asks", "fact", "down"),
    ("Assembly", "Council", "asks also", "fact", "down"),
    ("Assembly", "Board", "asks, too", "fact", "down"),
    ("Commission", "Board", LINK, "doubt", "beside"),
    ("Council", LINK, "July", "planned", "down"),
    ("Commission", "Entity", "policy", "fact", "down"),
    ("Board", "Entity", "strategy", "comparison", "down"),
]
# A hub with what it is part of above, and what it leads below.
HUB = [
    ("Entity", "Network", "member", "fact", "up"),
    ("Entity", "System", "part", "fact", "up"),
    ("Partners", "Network", "members", "comparison", "down"),
    ("Entity", "Group", "chair", "fact", "down"),
    ("Entity", "Campaign", "lead", "fact", "down"),
]
TO_AND_FRO = ("down", "up")
BOX = (Inches(1), Inches(1), Inches(10), Inches(5))
NEAR = Inches(0.02)


@pytest.fixture
def ax() -> Any:
    fig, ax = plt.subplots()
    yield ax
    plt.close(fig)


def draw(ax: Axes, rows: list[tuple[str, ...]]) -> None:
    *named, looks, ways = zip(*rows, strict=True)
    data = pd.DataFrame(zip(*named, strict=True), columns=HEADS)
    briefing.links(ax, data, *HEADS, looks=looks, ways=ways)


def boxes(ax: Axes) -> dict[str, tuple[float, float, float, float]]:
    """Left, top, right and bottom of each box, by the words in it."""
    found = {}
    for bar in ax.patches:
        left, top, wide, high = bar.get_bbox().bounds
        inside = [t for t in ax.texts if is_within(t, (left, top, left + wide, top + high))]
        words = " ".join(t.get_text() for t in inside)
        found[words] = (left, top, left + wide, top + high)
    return found


def is_within(words: Any, box: tuple[float, float, float, float]) -> bool:
    x, y = words.get_position()
    return box[0] < x < box[2] and box[1] <= y < box[3]


def on_the_way(ax: Axes, x: float, top: float, bottom: float) -> tuple[list[Any], list[str]]:
    """The lines that go up or down at a place, and the words on them."""
    lines = [it for it in ax.lines if set(it.get_xdata()) == {x} and it.get_marker() == "None"]
    lines = [
        it for it in lines if min(it.get_ydata()) > top - 1 and max(it.get_ydata()) < bottom + 1
    ]
    words = [t.get_text() for t in ax.texts if t.get_position()[0] == x]
    inside = [w.get_text() for w in ax.texts if top < w.get_position()[1] < bottom]
    return lines, [one for one in words if one in inside]


@pytest.mark.parametrize("rows", [FLOW, HUB])
def test_every_link_goes_from_its_start_to_its_end_with_its_words_on_it(
    ax: Axes, rows: list[tuple[str, ...]]
) -> None:
    draw(ax, rows)
    found = boxes(ax)
    assert set(found) == {name for first, last, *_ in rows for name in (first, last)} - {LINK}
    for first, last, words, _, way in rows:
        if way == "beside" or last == LINK:
            continue
        upper, lower = (last, first) if way == "up" else (first, last)
        (left, _, right, top), (other_left, bottom, other_right, _) = found[upper], found[lower]
        x = (max(left, other_left) + min(right, other_right)) / 2
        lines, said = on_the_way(ax, x, top, bottom)
        assert said == [words]
        ends = sorted(y for line in lines for y in line.get_ydata())
        assert (len(lines), ends[0], ends[-1]) == (2, pytest.approx(top), pytest.approx(bottom))
        [head] = [
            it
            for it in ax.lines
            if it.get_marker() in "v^"
            and it.get_xdata()[0] == x
            and top < it.get_ydata()[0] < bottom
        ]
        at_end = top if way == "up" else bottom
        assert head.get_marker() == {"up": "^", "down": "v"}[way]
        assert abs(head.get_ydata()[0] - at_end) < 4


def test_a_link_to_the_side_has_its_words_between_and_is_where_another_ends(ax: Axes) -> None:
    draw(ax, FLOW)
    found = boxes(ax)
    [words] = [t for t in ax.texts if t.get_text() == LINK]
    (_, top, right, bottom), (left, *_) = found["Commission"], found["Board"]
    level = [it for it in ax.lines if set(it.get_ydata()) == {(top + bottom) / 2}]
    ends = sorted(x for line in level for x in line.get_xdata())
    middle, half = words.get_position()[0], length(LINK) / 2
    assert (ends[0], ends[-1]) == (right, left) and ends[1] < middle - half < middle + half < ends[
        2
    ]
    assert not [line for line in level if line.get_marker() != "None"]
    [hollow] = [it for it in ax.lines if it.get_markerfacecolor() == "#ffffff"]
    assert hollow.get_xdata()[0] == middle
    assert 0 < words.get_position()[1] - hollow.get_ydata()[0] < LINE


def test_a_box_is_as_wide_as_what_it_is_linked_with(ax: Axes) -> None:
    draw(ax, FLOW)
    found = boxes(ax)
    whole = (found["Commission"][0], found["Board"][2])
    assert (found["Assembly"][0], found["Assembly"][2]) == whole
    assert (found["Entity"][0], found["Entity"][2]) == whole
    assert found["Commission"][2] < found["Council"][0] < found["Council"][2] < found["Board"][0]
    assert found["Commission"][1] == found["Board"][1] > found["Council"][3]


def test_what_nothing_stands_above_is_next_to_what_stands_below(ax: Axes) -> None:
    draw(ax, HUB)
    found = boxes(ax)
    assert found["Partners"][3] < found["Network"][1] == found["System"][1]


def test_signs_are_those_of_all_charts(ax: Axes) -> None:
    draw(ax, FLOW)
    signs = {(it.get_color(), it.get_linestyle()) for it in ax.lines if it.get_marker() == "None"}
    assert signs == {(BLUE, "-"), (ORANGE, "--"), (BLUE, "--"), (MUTED, "-")}
    colors = {t.get_text(): t.get_color() for t in ax.texts}
    assert colors[LINK] == ORANGE and colors["July"] == colors["policy"] == MUTED


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        (
            [
                ("b", "c", "x", "fact", "down"),
                *(("a", "b", "y", "fact", way) for way in TO_AND_FRO),
            ],
            "'[ab]' stands above itself",
        ),
        (
            [("a", "b", "x", "fact", "beside"), ("a", "c", "y", "fact", "beside")],
            "'b' would cross the link of 'a' and 'c'",
        ),
        (
            [("a", "b", "x", "fact", "beside"), ("a", "b", "y", "fact", "down")],
            "'a' stands above itself",
        ),
        (
            [("a", "b", "x", "fact", "down"), ("a", "b", "y", "fact", "down")],
            "the link of 'a' and 'b' would cross the link of 'a' and 'b'",
        ),
        (
            [
                ("a", "b", "x", "fact", "down"),
                ("b", "c", "y", "fact", "down"),
                ("a", "c", "z", "fact", "down"),
            ],
            "'b' would cross the link of 'a' and 'c'",
        ),
        (
            [("a", "b", "x", "fact", "beside"), ("b", "c", "x", "fact", "beside")],
            "the link of 'b' and 'c' cannot be drawn straight",
        ),
        (
            [("a", name * 9, name, "fact", "down") for name in "bcdefg"],
            "'bbbbbbbbb' has no room beside the others",
        ),
        ([("a", "b", "x", "fact", "left")], "ways are .'left'., expected one of down, up, beside"),
    ],
)
def test_what_cannot_be_drawn_is_told(ax: Axes, rows: list[tuple[str, ...]], told: str) -> None:
    with pytest.raises(ChartError, match=told):
        draw(ax, rows)


def test_whatever_is_drawn_lies_clear(ax: Axes) -> None:
    """Of many frames made by chance each is refused, or none of its words and lines collide."""
    chance, drawn = random.Random(1), 0
    for _ in range(60):
        names = [f"{letter} " + "name " * chance.randint(1, 5) for letter in "abcdefg"]
        rows = [
            (
                *chance.sample(names, 2),
                f"{n} " + "said " * chance.randint(0, 4),
                "fact",
                chance.choice(["down", "down", "up", "beside"]),
            )
            for n in range(chance.randint(1, 7))
        ]
        ax.clear()
        try:
            draw(ax, rows)
        except ChartError:
            continue
        drawn += 1
        places = [
            (x - length(t.get_text()) / 2, x + length(t.get_text()) / 2, y, y + LINE - 0.1)
            for t in ax.texts
            for x, y in [t.get_position()]
        ]
        for line in (it for it in ax.lines if it.get_marker() == "None"):
            xs, ys = sorted(line.get_xdata()), sorted(line.get_ydata())
            assert xs[0] < xs[1] or ys[0] < ys[1]
            places.append((*xs, *ys))
        for one, other in combinations(places, 2):
            across = max(one[0], other[0]) < min(one[1], other[1])
            down = max(one[2], other[2]) < min(one[3], other[3])
            assert not (across and down), rows
    assert drawn > 15


@pytest.mark.parametrize("rows", [FLOW, HUB])
def test_links_are_shapes_and_connectors_on_a_slide(ax: Axes, rows: list[tuple[str, ...]]) -> None:
    draw(ax, rows)
    made = Presentation()
    shapes = made.slides.add_slide(made.slide_layouts[6]).shapes
    group = native.draw(shapes, DRAWN[ax].panel, BOX)
    assert abs(group.width - BOX[2]) < 0.01 * BOX[2] and abs(group.height - BOX[3]) < 0.02 * BOX[3]
    words = {shape.text_frame.text: shape for shape in group.shapes if shape.has_text_frame}
    lines = [shape for shape in group.shapes if shape.shape_type == MSO_SHAPE_TYPE.LINE]
    for (first, last, said, look, way), line in zip(rows, lines, strict=True):
        ends = ((line.begin_x, line.begin_y), (line.end_x, line.end_y))
        for (x, y), name, joint in zip(ends, (first, last), ("stCxn", "endCxn"), strict=True):
            box = words[name]
            right, bottom = box.left + box.width, box.top + box.height
            beyond = [box.left - x, x - right, box.top - y, y - bottom]
            assert max(beyond) == pytest.approx(0, abs=NEAR), "on the edge of its box"
            joined = line._element.find(".//" + qn(f"a:{joint}"))
            is_middle = abs(x - (box.left + right) / 2) < NEAR or way == "beside"
            assert joined is None or joined.get("id") == str(box.shape_id)
            assert (joined is not None) == (is_middle and name != LINK), (name, said)
        across = (
            words[said].left + words[said].width / 2,
            words[said].top + words[said].height / 2,
        )
        assert across == pytest.approx([sum(at) / 2 for at in zip(*ends, strict=True)], abs=NEAR)
        head = line._element.find(".//" + qn("a:tailEnd"))
        kind = {"beside": None}.get(way, "arrow" if look == "planned" else "triangle")
        assert (head.get("type") if head is not None else None) == kind
        assert (line.line.dash_style == MSO_LINE.DASH) == (look in ("doubt", "planned"))


def test_the_main_box_is_solid_with_white_words_and_high_on_a_slide_too(ax: Axes) -> None:
    data = pd.DataFrame([row[:3] for row in HUB], columns=HEADS)
    ways = [row[4] for row in HUB]
    briefing.links(ax, data, *HEADS, ways=ways, main="Entity")
    found = {words: bottom - top for words, (_, top, _, bottom) in boxes(ax).items()}
    assert found["Entity"] == max(found.values()) > found["Group"]
    [words] = [text for text in ax.texts if text.get_text() == "Entity"]
    [solid] = [bar for bar in ax.patches if bar.get_facecolor() == to_rgba(BLUE)]
    assert words.get_color() == WHITE and solid.get_height() == pytest.approx(found["Entity"])
    made = Presentation()
    shapes = made.slides.add_slide(made.slide_layouts[6]).shapes
    group = native.draw(shapes, DRAWN[ax].panel, BOX)
    fills = {it.text_frame.text: it.fill for it in group.shapes if it.has_text_frame}
    assert f"#{fills['Entity'].fore_color.rgb}".lower() == BLUE
    assert f"#{fills['Group'].fore_color.rgb}".lower() == FAINT
    with pytest.raises(ChartError, match="'Elsewhere' is no box, expected one of Network, Entity"):
        briefing.links(ax, data, *HEADS, ways=ways, main="Elsewhere")


def test_links_without_room_are_a_picture(ax: Axes) -> None:
    draw(ax, FLOW)
    panel = DRAWN[ax].panel
    assert native.type_size(panel, BOX) == 14
    assert native.type_size(panel, (*BOX[:3], BOX[3] // 4)) == 0


def test_words_take_more_of_their_link_in_little_room_and_leave_its_tips() -> None:
    link = {"words": "works closely with it", "place": [0.4, 0.49, 0.2, 0.02]}
    link |= {"line": [0.5, 0.4, 0.5, 0.6], "color": BLUE, "dashed": False, "doubtful": False}
    panel = {"boxes": [], "links": [link | {"head": "full"}]}
    sizes = []
    for wide, high in ((5, 6), (5, 4), (5, 3), (5, 2)):
        box = (Inches(1), Inches(1), Inches(wide), Inches(high))
        sizes.append(native.type_size(panel, box))
        if sizes[-1]:
            shapes = (made := Presentation()).slides.add_slide(made.slide_layouts[6]).shapes
            [label] = [it for it in native.draw(shapes, panel, box).shapes if it.has_text_frame]
            assert "\v" in label.text_frame.text, "its lines are even"
            assert 0.02 * box[3] < label.height <= 0.2 * box[3] - 2 * Pt(5)
            assert label.top + label.height / 2 == pytest.approx(box[1] + box[3] / 2, abs=2)
    assert sizes[0] > sizes[1] > sizes[-1] == 0
