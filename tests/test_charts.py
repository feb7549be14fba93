"""What each form of chart draws, read back from the drawing, and whether it is legible."""

import json
import re
import subprocess
import sys
import xml.etree.ElementTree as ET
from datetime import date
from itertools import combinations
from pathlib import Path
from typing import Any

import matplotlib.pyplot as plt
import pandas as pd
import pytest
from matplotlib.axes import Axes

import briefing
from briefing import Period, Quantity, UnitError, figure
from briefing.core.language import STRICT, languages, speaking
from briefing.notebook import navigation
from briefing.notebook.canvas import DRAWN, ROOM, ChartError
from briefing.notebook.grids import ARROW, SPAN, WORDS
from briefing.notebook.house import BLUE, LINE, LOOKS, MIST, SERIES, WHITE, broken, length
from briefing.publish import editions
from briefing.publish.templating import DARK, coloured

SVG = "{http://www.w3.org/2000/svg}"
PAINTED = {"facecolor": "fill", "edgecolor": "stroke"}
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
    briefing.bars(ax, gifts.head(2), "Donor", "Gift")
    ends = [
        (line.get_marker(), line.get_xdata()[0]) for line in ax.lines if len(line.get_xdata()) == 1
    ]
    assert ends[0] == ("|", 25e6) and ends[1][0] == ">" and ends[1][1] > 25e6
    assert ends[2:] == [("|", 14.25e6), ("|", 15.75e6)]
    assert ax.texts[-1].get_text() == "Range assumed here; with an arrow: or more"
    inside = [line for line in ax.lines if list(line.get_xdata()) == [14.25e6, 15e6]]
    assert [line.get_color() for line in inside] == [WHITE]  # on a blue bar


def test_a_range_too_short_to_be_seen_is_not_drawn_and_has_no_key(
    ax: Axes, gifts: pd.DataFrame
) -> None:
    briefing.bars(ax, gifts.tail(1), "Donor", "Gift")  # a million wide, of 125
    assert not ax.lines and [words.get_text() for words in ax.texts] == ["All", "$125 million"]


def test_a_part_of_a_bridge_has_its_range_from_where_it_begins(ax: Axes) -> None:
    parts = ["delivering-as-one-pilots", "undaf-countries"]  # 8, and about 20
    steps = pd.DataFrame({"Step": ["a", "b"], "n": [figure(name) for name in parts]})
    briefing.bridge(ax, steps, "Step", "n", adds=[False, True])
    ends = [line.get_xdata()[0] for line in ax.lines if line.get_marker() == "|"]
    about = steps["n"][1]
    assert ends[:2] == [8 + about.lower, 8 + about.upper] and len(ends) == 3


def test_no_target_is_drawn_solid(ax: Axes) -> None:
    target = figure("resource-target-2012-2013-reduced").per_year()
    money = pd.DataFrame(
        {
            "What": ["Asked", "Short"],
            "n": [target, target - figure("core-resources-2011").per_year()],
        }
    )
    briefing.bars(ax, money, "What", "n")
    asked, short = ax.patches
    assert asked.get_facecolor()[:3] == (1, 1, 1) != short.get_facecolor()[:3]


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
        (
            ("Donor", "Gift"),
            "blue",
            "expected one of fact, comparison, doubt, begun, planned, unknown",
        ),
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
    samples, bars = ax.patches[:2], ax.patches[2:]
    assert [bar.get_facecolor() for bar in samples] == [bar.get_facecolor() for bar in bars[:2]]
    spans = [(bar.get_x(), bar.get_x() + bar.get_width()) for bar in bars]
    assert spans == [(0, 3), (3, 7), (0, 0), (0, 9)]
    heights = [bar.get_y() for bar in bars]
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
    numbers = [74, 12, 435 - 86]
    heard = pd.DataFrame({"Form": ["written", "oral", "none"], "n": list(map(count, numbers))})
    looks = ["fact", "fact", "unknown"]
    briefing.dots(ax, heard, "Form", "n", whole=count(435), looks=looks)
    assert [len(dots.get_offsets()) for dots in ax.collections] == numbers
    places = [tuple(at) for dots in ax.collections for at in dots.get_offsets()]
    assert len(set(places)) == 435
    # The key shows each look that a dot has, in the same order, and no two are alike.
    colors = [tuple(dots.get_facecolor()[0]) for dots in ax.collections]
    assert [bar.get_facecolor() for bar in ax.patches] == colors and len(set(colors)) == 3
    assert [words.get_text() for words in ax.texts] == ["written: 74", "oral: 12", "none: 349"]


def test_rows_of_dots_are_lines_where_dots_are_still_told_apart(ax: Axes) -> None:
    for most, lines in ((45, 1), (46, 2)):
        ax.clear()
        rows = pd.DataFrame({"What": ["a", "b"], "n": [count(most), count(15)]})
        briefing.dots(ax, rows, "What", "n")
        first, second = (dots.get_offsets() for dots in ax.collections)
        assert len({y for _, y in first}) == lines and len(second) == 15
        assert {round(x, 6) for x, _ in second} <= {round(x, 6) for x, _ in first}


def test_what_is_planned_has_a_key_where_not_all_is(ax: Axes) -> None:
    rows = pd.DataFrame({"What": ["a", "b"], "n": [count(2), count(3)]})
    briefing.dots(ax, rows, "What", "n", looks=["planned", "fact"])
    [sample], [first, _] = ax.patches, ax.collections
    assert ax.texts[0].get_text() == "Planned"
    assert tuple(first.get_edgecolor()[0]) == sample.get_edgecolor()


def test_rows_that_are_no_whole_and_halves_are_no_dots(ax: Axes) -> None:
    heard = pd.DataFrame({"Form": ["written"], "n": [count(74)]})
    for whole, told in ((70, "4 more than their whole"), (75, "1 fewer than their whole")):
        with pytest.raises(ChartError, match=told):
            briefing.dots(ax, heard, "Form", "n", whole=count(whole))
    half = heard.assign(n=[count(1) / count(2)])
    with pytest.raises(ChartError, match=r"0\.5, expected a whole number"):
        briefing.dots(ax, half, "Form", "n")
    five = pd.DataFrame({"Form": list("abcde"), "n": [count(1)] * 5})
    with pytest.raises(ChartError, match="5 rows are facts of one whole, expected at most 4"):
        briefing.dots(ax, five, "Form", "n", whole=count(5))


def drawn_spans(ax: Axes, looks: Any = "fact", **when: Period) -> dict[str, Any]:
    """The mark of each event, by its words: its first and last place, and its sign."""
    events = pd.DataFrame({"Event": list(when), "When": list(when.values())})
    briefing.spans(ax, events, "Event", "When", looks=looks)
    marks = [bar for bar in ax.patches if round(bar.get_height(), 6) == SPAN]
    signs = [line for line in ax.lines if line.get_marker() in ("D", "<", ">")]
    heights = {bar.get_y() + SPAN / 2: bar for bar in marks}
    heights |= {line.get_ydata()[0]: line for line in signs}
    return dict(zip(when, [mark for _, mark in sorted(heights.items())], strict=True))


def day(text: str) -> float:
    return float((date.fromisoformat(text) - date(2011, 1, 1)).days)


def since_2011(ax: Axes, place: float) -> float:
    """The days from the beginning of the axis of years."""
    return round(place - WORDS * ax.get_xlim()[1], 6)


def ends(bar: Any) -> tuple[float, float]:
    places = (bar.get_x(), bar.get_x() + bar.get_width())
    return tuple(since_2011(bar.axes, place) for place in places)


def is_level(line: Any) -> bool:
    return len(set(line.get_ydata())) < len(line.get_ydata())


def test_spans_stand_at_their_dates(ax: Axes) -> None:
    found = drawn_spans(
        ax,
        looks=["fact"] * 5 + ["planned"],
        day=Period("2012-06-20"),
        month=Period("2011-05"),
        year=Period("2011"),
        late=Period("2011", "late"),
        days=Period("2012-02-27/2012-03-09"),
        half=Period("2012", "second_half"),
    )
    assert found["day"].get_marker() == "D"
    assert since_2011(ax, found["day"].get_xdata()[0]) == day("2012-06-20")
    assert ends(found["month"]) == (day("2011-05-01"), day("2011-06-01"))
    assert ends(found["days"]) == (day("2012-02-27"), day("2012-03-10"))
    assert ends(found["half"]) == (day("2012-07-02"), day("2013-01-01"))
    assert ends(found["year"]) == (0, day("2012-01-01"))
    assert ends(found["late"]) == pytest.approx((365 * 2 / 3, 365))
    assert found["year"].get_hatch() and found["late"].get_hatch()
    assert not (found["half"].get_hatch() or found["month"].get_hatch())
    key = [words.get_text() for words in ax.texts[:2]]
    samples = [bar for bar in ax.patches if round(bar.get_height(), 6) != SPAN]
    assert key == ["Exact date not given", "Planned"]
    assert [bool(bar.get_hatch()) for bar in samples] == [True, False]
    assert found["half"].get_facecolor()[:3] == (1, 1, 1) != found["month"].get_facecolor()[:3]


def test_parts_of_a_year_lie_in_their_part_and_make_up_the_year(ax: Axes) -> None:
    parts = [["early", "mid", "late"], ["first_half", "second_half"]]
    for found in parts:
        ax.clear()
        bars = drawn_spans(ax, **{part: Period("2012", part) for part in found}).values()
        places = [place for bar in bars for place in ends(bar)]
        wide = 366 / len(found)
        shares = [(n * wide, (n + 1) * wide) for n in range(len(found))]
        assert places == pytest.approx([end for share in shares for end in share])
        assert all(bar.get_hatch() for bar in bars)


def test_what_is_planned_by_the_end_of_a_time_is_a_hollow_arrow_with_a_key(ax: Axes) -> None:
    when = {"done": Period("2012-05", "before"), "due": Period("2012", "by_end")}
    found = drawn_spans(ax, looks=["fact", "planned"], **when)
    assert [line.get_markerfacecolor() for line in found.values()] == [BLUE, WHITE]
    assert ax.texts[0].get_text() == "Planned"
    shafts = [line for line in ax.lines if line.get_marker() == "None" and is_level(line)]
    assert [line.get_linestyle() for line in shafts if line.get_color() == BLUE] == ["-", "--"]


def test_a_time_with_one_end_is_an_arrow_from_or_to_it(ax: Axes) -> None:
    found = drawn_spans(
        ax,
        before=Period("2011-09", "before"),
        since=Period("2011-06", "since"),
        by_end=Period("2012", "by_end"),
    )
    assert {name: line.get_marker() for name, line in found.items()} == {
        "before": "<",
        "since": ">",
        "by_end": "<",
    }
    lying = [line for line in ax.lines if is_level(line) and line.get_color() == BLUE]
    shafts = [sorted(line.get_xdata()) for line in lying]
    per_point = ax.get_xlim()[1] / ROOM
    assert {round((end - start) / per_point, 6) for start, end in shafts} == {ARROW}
    ends = [shafts[0][1], shafts[1][0], shafts[2][1]]
    assert [since_2011(ax, place) for place in ends] == [
        day("2011-09-01"),
        day("2011-06-01"),
        day("2013-01-01"),
    ]


def test_words_of_a_span_stand_in_lines_beside_it(ax: Axes) -> None:
    long = "something that takes so many words to say that it stands in several lines"
    when = {"soon": Period("2011-02"), long: Period("2011-12"), "afterwards": Period("2012-12")}
    found = drawn_spans(ax, **when)
    room = WORDS * ROOM
    lines = [words for words in ax.texts if not words.get_text().isdigit()]
    assert all(words.get_position()[0] == 0 and length(words.get_text()) < room for words in lines)
    tops = [bar.get_y() + SPAN / 2 - LINE / 2 for bar in found.values()]
    for name, top, below in zip(found, tops, [*tops[1:], ax.get_ylim()[0]], strict=True):
        said = [words for words in lines if top - 0.01 < words.get_position()[1] < below - 0.01]
        assert said[0].get_position()[1] == pytest.approx(top)
        assert " ".join(words.get_text() for words in said).endswith(f": {name}")
        assert len(said) > 2 or name != long


def test_lanes_hold_their_events_and_years_begin_at_their_lines(ax: Axes) -> None:
    events = pd.DataFrame(
        {
            "Lane": ["Work", "Rest", "Work"],
            "Event": ["a", "b", "c"],
            "When": [Period("2011-03"), Period("2012-04"), Period("2013-05")],
        }
    )
    briefing.spans(ax, events, "Event", "When", lane="Lane")
    height = {words.get_text(): words.get_position()[1] for words in ax.texts}
    assert height["Work"] < height["March 2011: a"] < height["May 2013: c"] < height["Rest"]
    assert height["Rest"] < height["April 2012: b"]
    place = {words.get_text(): words.get_position()[0] for words in ax.texts}
    lines = [
        line.get_xdata()[0] for line in ax.lines if line.get_xdata()[0] == max(line.get_xdata())
    ]
    starts = [since_2011(ax, line) for line in lines]
    assert starts == [day(f"{year}-01-01") for year in (2011, 2012, 2013)]
    assert [place[f"{2011 + n}"] for n in range(3)] == lines
    categories = DRAWN[ax].panel["categories"]
    assert categories == ["Work: a", "Work: c", "Rest: b"]
    bars = DRAWN[ax].panel["series"][0]["bars"]
    assert [bar["start"] for bar in bars] == [
        day("2011-03-01"),
        day("2013-05-01"),
        day("2012-04-01"),
    ]


def places() -> pd.DataFrame:
    where = ["North"] * 5 + ["South"] * 3 + ["West"]
    return pd.DataFrame({"Who": list("ABCDEFGHI"), "Where": where})


def test_each_tile_is_named_under_its_region(ax: Axes) -> None:
    data = places()
    briefing.tiles(ax, data, "Who", "Where")
    tiles, heads = ax.patches, set(data["Where"])
    assert len({(tile.get_width(), round(tile.get_height(), 6)) for tile in tiles}) == 1
    assert [words_in(ax, bar) for bar in tiles] == list(data["Who"])
    words = {text.get_text(): text.get_position() for text in ax.texts}
    for tile, where in zip(tiles, data["Where"], strict=True):
        above = [(words[it][1], it) for it in heads if words[it][1] < tile.get_y()]
        assert max(above)[1] == where
    for one, other in combinations((tile.get_bbox() for tile in tiles), 2):
        beside = one.x1 < other.x0 or other.x1 < one.x0
        assert beside or one.y1 < other.y0 or other.y1 < one.y0


def words_in(ax: Axes, bar: Any) -> str:
    """The words within a tile."""
    x, y, wide, high = bar.get_bbox().bounds
    return "".join(
        text.get_text()
        for text in ax.texts
        if x < text.get_position()[0] < x + wide and y < text.get_position()[1] < y + high
    )


def test_a_name_is_broken_within_its_tile(ax: Axes) -> None:
    data = places().replace({"A": "United Republic of Tanzania"})
    briefing.tiles(ax, data, "Who", "Where")
    assert words_in(ax, ax.patches[0]) == "UnitedRepublic ofTanzania"


def test_tiles_are_cells_of_a_table_on_a_slide(ax: Axes) -> None:
    briefing.tiles(ax, places(), "Who", "Where")
    panel = DRAWN[ax].panel
    assert panel["table"] == [
        ["", "", "", "", ""],
        ["North", "A", "B", "C", "D"],
        ["", "E", "", "", ""],
        ["South", "F", "G", "H", ""],
        ["West", "I", "", "", ""],
    ]
    assert panel["fills"][1:3] == [["", BLUE, BLUE, BLUE, BLUE], ["", BLUE, "", "", ""]]


def test_what_is_said_beside_a_tile_stands_on_its_height(ax: Axes) -> None:
    data = places().head(6).assign(Said=["one", "two", "three", "four", "five", ""])
    briefing.tiles(ax, data, "Who", "Where", beside="Said")
    assert len(ax.patches) == len(data)
    places_of = {words.get_text(): words.get_position() for words in ax.texts}
    for tile, row in zip(ax.patches, data.itertuples(), strict=True):
        assert words_in(ax, tile) == row.Who
        if row.Said:
            x, y = places_of[row.Said]
            assert tile.get_bbox().x1 < x and tile.get_bbox().y0 < y < tile.get_bbox().y1
    table = DRAWN[ax].panel["table"]
    assert table[1:3] == [["North", "A", "one", "", ""], ["", "B", "two", "", ""]]
    assert table[6] == ["South", "F", "", "", ""]


def test_roles_stand_in_their_row_and_column(ax: Axes) -> None:
    roles = pd.DataFrame(
        {"Who": ["A", "B", "A"], "Where": ["X", "Y", "Y"], "Role": ["lead", "guest", "host"]}
    )
    briefing.matrix(ax, roles, "Who", "Where", "Role", looks=["fact", "planned", "begun"])
    at = {words.get_text(): words.get_position() for words in ax.texts}
    assert at["X"][0] <= at["lead"][0] < at["Y"][0] <= at["guest"][0] == at["host"][0]
    assert at["A"][1] < at["lead"][1] == at["host"][1] < at["B"][1] < at["guest"][1]
    assert at["guest"][1] - at["B"][1] > LINE, "no name stands in a column, as if it were of it"
    assert [words_in(ax, bar) for bar in ax.patches] == ["lead", "host", "guest"]
    fills = [bar.get_facecolor()[:3] for bar in ax.patches]
    assert fills[2] == (1, 1, 1) and len(set(fills)) == 3
    panel = DRAWN[ax].panel
    assert panel["table"] == [["", "X", "Y"], ["A", "lead", "host"], ["B", "", "guest"]]
    assert panel["fills"] == [["", "", ""], ["", BLUE, MIST], ["", "", WHITE]]


@pytest.mark.parametrize(("language", "joined"), [("en", "lead; host"), ("zh", "lead；host")])
def test_roles_in_one_cell_are_joined_as_the_language_does(
    ax: Axes, monkeypatch: pytest.MonkeyPatch, language: str, joined: str
) -> None:
    monkeypatch.delenv(STRICT)  # these words are in no PO file
    roles = pd.DataFrame({"Who": ["A", "A"], "Where": ["X", "X"], "Role": ["lead", "host"]})
    with speaking(language):
        briefing.matrix(ax, roles, "Who", "Where", "Role")
    assert DRAWN[ax].panel["table"] == [["", "X"], ["A", joined]]


@pytest.mark.parametrize(("head", "cell"), [("Unbreakable" * 3, "lead"), ("X", "Unbreakable" * 3)])
def test_words_without_room_in_a_matrix_are_refused(ax: Axes, head: str, cell: str) -> None:
    roles = pd.DataFrame({"Who": ["A", "B"], "Where": [head, "Y"], "Role": [cell, "guest"]})
    with pytest.raises(ChartError, match="UnbreakableUnbreakableUnbreakable' has no room beside"):
        briefing.matrix(ax, roles, "Who", "Where", "Role")


@pytest.mark.parametrize("apart", ["", "\u00a0"])
@pytest.mark.parametrize("room", range(20, 90, 5))
def test_a_number_keeps_the_character_that_it_counts_by(room: int, apart: str) -> None:
    lines = broken("预计_2012_年_7_月再采取步骤".replace("_", apart), room)
    assert len(lines) > 1 and not [line for line in lines if line.endswith("7")]


def test_a_chinese_word_that_is_known_stands_on_a_line_if_that_is_wide_enough() -> None:
    words, room = "人口基金、儿基会、世卫组织、世界银行和艾滋病署", length("世卫组织、世界")
    known = ["人口基金、", "儿基会、", "世卫组织、", "世界银行和", "艾滋病署"]
    assert broken(words, room) == known
    assert broken("委员会", length("委员")) == ["委员", "会"]


@pytest.mark.parametrize("part", ["facecolor", "edgecolor"])
def test_each_colour_of_a_mark_has_another_on_a_dark_screen(part: str) -> None:
    drawn = '<svg><path style="fill: #0b5c94; stroke: #a9b5c0"/></svg>'
    for look in (*LOOKS.values(), *SERIES):
        assert DARK[look[part]] != look[part]
        mark = drawn.replace({"fill": "#0b5c94", "stroke": "#a9b5c0"}[PAINTED[part]], look[part])
        number = list(DARK).index(look[part])
        assert f"{PAINTED[part]}:var(--{number},{look[part]})" in coloured(mark)


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
