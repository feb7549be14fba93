"""What each form of chart draws, read back from the drawing, and whether it is legible."""

import json
import re
import subprocess
import sys
import xml.etree.ElementTree as ET
from itertools import combinations
from pathlib import Path
from typing import Any

import matplotlib.pyplot as plt
import pandas as pd
import pytest
from matplotlib.axes import Axes
from matplotlib.dates import num2date

import briefing
from briefing import Period, Quantity, UnitError, figure
from briefing.core.language import languages
from briefing.notebook import navigation
from briefing.notebook.canvas import DRAWN, ChartError
from briefing.notebook.house import broken
from briefing.publish import editions

SVG = "{http://www.w3.org/2000/svg}"
PHONE, PAGE_MARGINS, LEAST_PIXELS = 390, 32, 12


@pytest.fixture
def ax() -> Any:
    fig, ax = plt.subplots()
    yield ax
    plt.close(fig)


@pytest.fixture
def gifts() -> pd.DataFrame:
    names = ["donor-contribution-spain", "donor-contribution-norway-uk", "core-resources-2011"]
    amounts = [figure(name) for name in names]
    return pd.DataFrame({"Donor": ["Spain", "Norway", "All"], "Gift": amounts})


def count(number: int, unit: str = "donor") -> Quantity:
    return Quantity.constant(number, unit)


def read(ax: Axes) -> list[tuple[str, tuple[float, float], str]]:
    """Label, start and end, and number of each bar, top to bottom, by where they stand."""
    found = []
    for bar in sorted(ax.patches, key=lambda bar: bar.get_y()):
        middle = bar.get_y() + bar.get_height() / 2
        above = [t for t in ax.texts if t.get_position()[1] < bar.get_y() and not is_beside(t)]
        label = max(above, key=lambda words: words.get_position()[1]).get_text()
        [said] = [t.get_text() for t in ax.texts if is_beside(t) and t.xy[1] == middle]
        found.append((label, (bar.get_x(), bar.get_x() + bar.get_width()), said))
    return found


def is_beside(words: Any) -> bool:
    return hasattr(words, "xy")


def test_bars_are_as_long_as_their_numbers(ax: Axes, gifts: pd.DataFrame) -> None:
    briefing.bars(ax, gifts, "Donor", "Gift", looks=["fact", "doubt", "planned"])
    assert read(ax) == [
        ("Spain", (0, 25e6), "at least $25 million"),
        ("Norway", (0, 15e6), "about $15 million‡"),
        ("All", (0, 125e6), "$125 million"),
    ]


def test_whiskers_end_where_ranges_do_and_arrows_where_they_are_open(
    ax: Axes, gifts: pd.DataFrame
) -> None:
    briefing.bars(ax, gifts, "Donor", "Gift")
    ends = [
        (line.get_marker(), line.get_xdata()[0]) for line in ax.lines if len(line.get_xdata()) == 1
    ]
    assert ends[0] == ("|", 25e6) and ends[1][0] == ">" and ends[1][1] > 25e6
    assert ends[2:] == [("|", 14.25e6), ("|", 15.75e6), ("|", 124.5e6), ("|", 125.5e6)]


def test_a_range_without_a_value_is_hatched_from_end_to_end(ax: Axes) -> None:
    mean = briefing.between(count(3), count(9))
    briefing.bars(ax, pd.DataFrame({"Of": ["Each"], "Mean": [mean]}), "Of", "Mean")
    [bar] = ax.patches
    assert (bar.get_x(), bar.get_width(), bool(bar.get_hatch())) == (3, 6, True)


def test_bars_of_dollars_and_people_are_refused(ax: Axes) -> None:
    mixed = pd.DataFrame({"What": ["a", "b"], "n": [figure("core-resources-2011"), count(3)]})
    with pytest.raises(UnitError):
        briefing.bars(ax, mixed, "What", "n")


@pytest.mark.parametrize(
    ("columns", "looks", "told"),
    [
        (("Giver", "Gift"), "fact", "no column 'Giver', expected one of 'Donor', 'Gift'"),
        (("Donor", "Gift"), "blue", "expected one of fact, comparison, doubt, planned, unknown"),
        (("Donor", "Gift"), ["fact"], "for all or for each of 3 rows"),
    ],
)
def test_what_cannot_be_drawn_is_told(
    ax: Axes, gifts: pd.DataFrame, columns: tuple[str, str], looks: Any, told: str
) -> None:
    with pytest.raises(ChartError, match=told):
        briefing.bars(ax, gifts, *columns, looks=looks)
    with pytest.raises(ChartError, match="no row"):
        briefing.bars(ax, gifts.head(0), "Donor", "Gift")


def test_parts_of_a_bar_begin_where_others_end(ax: Axes) -> None:
    kinds = pd.DataFrame(
        {"Of": ["x", "y"], "One": [count(3), count(0)], "Two": [count(4), count(9)]}
    )
    briefing.stacked(ax, kinds, "Of", ["One", "Two"])
    spans = [(bar.get_x(), bar.get_x() + bar.get_width()) for bar in ax.patches]
    assert spans == [(0, 3), (3, 7), (0, 0), (0, 9)]
    heights = [bar.get_y() for bar in ax.patches]
    assert heights[0] == heights[1] < heights[2] == heights[3]


def test_a_bridge_goes_on_where_it_ended(ax: Axes) -> None:
    steps = pd.DataFrame({"Step": ["a", "b", "c", "d"], "n": [count(n) for n in (5, 2, 7, 3)]})
    briefing.bridge(ax, steps, "Step", "n", adds=[False, True, False, True])
    assert [span for _, span, _ in read(ax)] == [(0, 5), (5, 7), (0, 7), (7, 10)]


def test_a_bridge_that_does_not_add_up_is_refused(ax: Axes) -> None:
    steps = pd.DataFrame({"Step": ["a", "b", "sum"], "n": [count(5), count(2), count(8)]})
    with pytest.raises(ChartError, match="'sum' is 8, but what stands above adds up to 7"):
        briefing.bridge(ax, steps, "Step", "n", adds=[False, True, False])


def test_there_are_as_many_dots_as_are_counted(ax: Axes) -> None:
    heard = pd.DataFrame({"Form": ["written", "oral"], "n": [count(74), count(12)]})
    briefing.dots(ax, heard, "Form", "n", whole=count(435))
    assert [len(dots.get_offsets()) for dots in ax.collections] == [74, 12, 435 - 86]
    places = [tuple(at) for dots in ax.collections for at in dots.get_offsets()]
    assert len(set(places)) == 435


def test_parts_beyond_their_whole_and_halves_are_no_dots(ax: Axes) -> None:
    heard = pd.DataFrame({"Form": ["written"], "n": [count(74)]})
    with pytest.raises(ChartError, match="4 more than their whole"):
        briefing.dots(ax, heard, "Form", "n", whole=count(70))
    half = heard.assign(n=[count(1) / count(2)])
    with pytest.raises(ChartError, match=r"0\.5, expected a whole number"):
        briefing.dots(ax, half, "Form", "n")


def test_spans_stand_at_their_dates(ax: Axes) -> None:
    when = [Period("2012-06-20"), Period("2011-05"), Period("2011")]
    events = pd.DataFrame({"Event": ["day", "month", "year"], "When": when})
    briefing.spans(ax, events, "Event", "When")
    origin = min(period.start for period in when)
    start = [(bar.get_x(), bar.get_width()) for bar in ax.patches]
    assert start == [(120, 31), (0, 365)] and origin.isoformat() == "2011-01-01"
    [day] = [line for line in ax.lines if line.get_marker() == "D"]
    assert num2date(day.get_xdata()[0] + 14975).date().isoformat() == "2012-06-20"
    faces = [bar.get_facecolor()[:3] for bar in ax.patches]
    assert faces[1] == (1, 1, 1) and faces[0] != (1, 1, 1)


def test_roles_stand_in_their_row_and_column(ax: Axes) -> None:
    roles = pd.DataFrame(
        {"Who": ["A", "B", "A"], "Where": ["X", "Y", "Y"], "Role": ["lead", "guest", "host"]}
    )
    briefing.matrix(ax, roles, "Who", "Where", "Role")
    at = {words.get_text(): words.get_position() for words in ax.texts}
    assert at["lead"][0] == at["X"][0] < at["Y"][0] == at["guest"][0] == at["host"][0]
    assert at["A"][1] < at["lead"][1] == at["host"][1] < at["B"][1] < at["guest"][1]


@pytest.mark.parametrize("room", range(20, 90, 5))
def test_a_number_keeps_the_character_that_it_counts_by(room: int) -> None:
    lines = broken("预计\u00a02012\u00a0年\u00a07\u00a0月再采取步骤", room)
    assert len(lines) > 1 and not [line for line in lines if line.endswith("7")]


def test_two_calls_on_one_figure_stand_one_below_the_other(gifts: pd.DataFrame) -> None:
    fig, axes = plt.subplots(2)
    for ax in axes:
        briefing.bars(ax, gifts, "Donor", "Gift")
    first, second = (ax.get_position() for ax in axes)
    assert first.y0 > second.y1
    assert fig.get_size_inches()[1] * 72 > 2 * DRAWN[axes[0]].height
    plt.close(fig)


def test_a_chart_leaves_a_user_s_settings_alone() -> None:
    code = (
        "import matplotlib; before = dict(matplotlib.rcParams)\n"
        "import matplotlib.pyplot as plt, pandas as pd, briefing\n"
        "fig, ax = plt.subplots()\n"
        "data = pd.DataFrame({'a': ['x'], 'n': [briefing.figure('core-resources-2011')]})\n"
        "briefing.bars(ax, data, 'a', 'n')\n"
        "briefing.show_chart(fig, briefing.say('x'), data)\n"
        "print(before == dict(matplotlib.rcParams))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.stdout.splitlines()[-1] == "True", done.stderr


def drawings() -> list[tuple[str, str]]:
    """The SVG of every stored chart of every edition."""
    paths = [editions.folder(lang) / p.name for lang in languages() for p in navigation.paths()]
    return [
        (f"{path.parent.name}/{path.stem}", "".join(output["data"]["image/svg+xml"]))
        for path in paths
        for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]
        for output in cell.get("outputs", [])
        if "image/svg+xml" in output.get("data", {})
    ]


def words_of(svg: str) -> list[tuple[str, float, float, float, float]]:
    """Each word of a drawing, its size, and where it begins and ends, along and down."""
    found, root = [], ET.fromstring(svg)
    for words in root.iter(f"{SVG}text"):
        own = words.get("style", root.get("style"))
        size = float(re.search(r"font: ([0-9.]+)px", own)[1])
        x, y, long = (float(words.get(name)) for name in ("x", "y", "textLength"))
        if words.get("transform"):
            found.append((words.text, size, x - 0.8 * size, x, y - long, y))
        else:
            found.append((words.text, size, x, x + long, y - 0.8 * size, y))
    return found


def test_every_chart_is_legible_on_a_phone() -> None:
    """On paper the sheet sees to it: no picture there is narrower than its words allow."""
    assert len(drawings()) > 20
    for name, svg in drawings():
        wide, high = map(float, re.search(r'viewBox="0 0 ([0-9.]+) ([0-9.]+)"', svg).groups())
        assert len(words_of(svg)) > 2, name
        for words, size, left, right, top, bottom in words_of(svg):
            assert size / wide * (PHONE - PAGE_MARGINS) >= LEAST_PIXELS, (name, words)
            assert left >= -1 and right <= wide + 1, (name, words)
            assert top >= -1 and bottom <= high + 1, (name, words)


def test_no_words_of_a_chart_collide() -> None:
    for name, svg in drawings():
        for one, other in combinations(words_of(svg), 2):
            apart = one[3] <= other[2] or other[3] <= one[2]
            above = one[5] <= other[4] or other[5] <= one[4]
            assert apart or above, (name, one[0], other[0])


def test_pictures_are_small_and_of_one_size() -> None:
    for path in (
        editions.folder(lang) / p.name for lang in languages() for p in navigation.paths()
    ):
        for cell in json.loads(Path(path).read_text(encoding="utf-8"))["cells"]:
            for output in cell.get("outputs", []):
                if "image/png" in output.get("data", {}):
                    svg = "".join(output["data"]["image/svg+xml"])
                    points = float(re.search(r'width="([0-9.]+)pt"', svg)[1])
                    assert abs(output["metadata"]["image/png"]["width"] - points * 96 / 72) < 1
                    assert len(output["data"]["image/png"]) < 120_000
