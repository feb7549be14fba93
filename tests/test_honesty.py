"""A chart of which anything is changed is refused: every chart of every notebook, and by hand."""

from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial
from itertools import pairwise
from typing import Any
from unittest.mock import patch

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from mutation import notebooks

import briefing
from briefing import Quantity, figure, say
from briefing.core.language import languages
from briefing.notebook import honesty, navigation
from briefing.notebook.canvas import DRAWN, ChartError, marks
from briefing.notebook.house import ORANGE, WHITE
from briefing.sources import tables

CHECK = honesty.check
STRANGE = "neither here nor there"
NEXT = 47  # points down, where another row is
Change = tuple[str, Callable[[], Any], Callable[[], Any]]
Put = Callable[[Any, Any], None]


def of_kind(ax: Axes, kind: str) -> list[tuple[Artist, Any]]:
    return [(artist, state[1]) for artist, state in marks(ax).items() if state[0] == kind]


def swapped(kind: str, put: Put, pair: tuple[tuple[Artist, Any], tuple[Artist, Any]]) -> Change:
    """Two marks of which each is given what the other had."""
    (one, first), (other, second) = pair

    def give(a: Any, b: Any) -> None:
        put(one, a)
        put(other, b)

    return kind, lambda: give(second, first), lambda: give(first, second)


def swapped_labels(ax: Axes) -> Iterator[Change]:
    """Two words of a chart that differ change places."""
    for pair in pairwise(of_kind(ax, "words")):
        if pair[0][1] != pair[1][1]:
            yield swapped("two labels swapped", lambda words, to: words.set_text(to), pair)


def swapped_values(ax: Axes) -> Iterator[Change]:
    """Two bars that differ in length or place change them, two sets of dots as well."""
    for pair in pairwise(of_kind(ax, "bar")):
        if pair[0][1][::2] != pair[1][1][::2]:
            yield swapped("two values swapped", lay, pair)
    for pair in pairwise(of_kind(ax, "dot")):
        if pair[0][1] != pair[1][1]:
            yield swapped("two values swapped", scatter, pair)


def lay(bar: Any, bounds: tuple[float, ...]) -> None:
    bar.set_x(bounds[0])
    bar.set_width(bounds[2])


def scatter(dots: Any, places: list[list[float]]) -> None:
    dots.set_offsets(np.reshape(places, (-1, 2)))


def dropped_marks(ax: Axes) -> Iterator[Change]:
    for artist in marks(ax):
        yield "a mark dropped", artist.remove, lambda artist=artist: ax.add_artist(artist)


def turned_order(ax: Axes) -> Iterator[Change]:
    yield "the order turned", ax.invert_yaxis, ax.invert_yaxis


def changed_words(ax: Axes) -> Iterator[Change]:
    for artist, words in of_kind(ax, "words"):
        yield (
            "words changed",
            lambda artist=artist: artist.set_text(STRANGE),
            lambda artist=artist, words=words: artist.set_text(words),
        )


def moved_ends(ax: Axes) -> Iterator[Change]:
    """An end of a line or a bar is moved by a hundredth."""
    for artist, points in of_kind(ax, "line"):
        x, _ = zip(*points, strict=True)
        yield (
            "an end moved",
            lambda artist=artist, x=x: artist.set_xdata([*x[:-1], x[-1] * 1.01 + 0.001]),
            lambda artist=artist, x=x: artist.set_xdata(x),
        )
    for artist, (_, _, wide, _) in of_kind(ax, "bar"):
        yield (
            "an end moved",
            lambda artist=artist, wide=wide: artist.set_width(wide * 1.01 + 0.001),
            lambda artist=artist, wide=wide: artist.set_width(wide),
        )


def turned_lines(ax: Axes) -> Iterator[Change]:
    """An arrow points elsewhere, a whole line is dashed, a dashed one whole."""
    for artist, _ in of_kind(ax, "line"):
        marker, style = artist.get_marker(), artist.get_linestyle()
        put, old, new = artist.set_marker, marker, "v" if marker == "^" else "^"
        if marker == "None":
            put, old, new = artist.set_linestyle, style, "-" if style == "--" else "--"
        yield "a line turned", partial(put, new), partial(put, old)


def moved_marks(ax: Axes) -> Iterator[Change]:
    """A bar, which may be a tile of a region, is put where another row or region is."""
    for artist, (_, y, *_) in of_kind(ax, "bar"):
        yield (
            "a mark moved",
            lambda artist=artist, y=y: artist.set_y(y + NEXT),
            lambda artist=artist, y=y: artist.set_y(y),
        )
    for artist, places in of_kind(ax, "dot"):
        yield (
            "a mark moved",
            lambda artist=artist, places=places: scatter(artist, [[x, y + 1] for x, y in places]),
            lambda artist=artist, places=places: scatter(artist, places),
        )


def changed_looks(ax: Axes) -> Iterator[Change]:
    """A mark has the colour of a doubt, a hollow one is filled."""
    for artist, _ in of_kind(ax, "line"):
        before = artist.get_markerfacecolor()
        put = artist.set_markerfacecolor
        yield "a look changed", partial(put, ORANGE), partial(put, before)
    for artist in (artist for kind in ("bar", "dot") for artist, _ in of_kind(ax, kind)):
        before = artist.get_facecolor()
        yield (
            "a look changed",
            lambda artist=artist: artist.set_facecolor(ORANGE),
            lambda artist=artist, before=before: artist.set_facecolor(before),
        )


def fills_of_targets(ax: Axes) -> Iterator[str]:
    """The colour of each bar of what is but a target."""
    drawn, figures = DRAWN[ax], tables.rows("figures")
    [series, *_] = (drawn.panel or {}).get("series", [{"bars": []}])
    for (*_, cell), bar in zip(drawn.rows, series["bars"], strict=False):
        named = cell.figures if isinstance(cell, Quantity) else ()
        if {figures[name]["status"] for name in named} == {"target"}:
            yield bar["fill"]


CHANGES = (
    swapped_labels,
    swapped_values,
    dropped_marks,
    turned_order,
    changed_words,
    moved_ends,
    turned_lines,
    moved_marks,
    changed_looks,
)


@pytest.mark.parametrize("language", languages())
def test_every_change_of_every_chart_is_noticed(
    monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    tried, left, drawn, targets = Counter(), [], [], []

    def check(fig: Figure, title: object, data: pd.DataFrame) -> None:
        CHECK(fig, title, data)
        drawn.extend(fig.axes)
        words = honesty.words_of(data)  # which no change of the drawing changes
        with patch.object(honesty, "words_of", lambda _: words):
            for ax in fig.axes:
                targets.extend(fills_of_targets(ax))
                for kind, change, undo in [found for way in CHANGES for found in way(ax)]:
                    change()
                    tried[kind] += 1
                    try:
                        CHECK(fig, title, data)
                        left.append(f"{title}: {kind}")
                    except ChartError:
                        pass
                    undo()
        CHECK(fig, title, data)

    monkeypatch.setattr(honesty, "check", check)
    for path in navigation.paths():
        notebooks.compare(path.stem, language, drawn=False)
    assert not left, "\n".join(left)
    assert len(tried) == len(CHANGES) and tried["the order turned"] == len(drawn) > 15, tried
    assert min(tried.values()) >= len(drawn), tried
    assert set(targets) == {WHITE}, targets


@pytest.fixture
def money() -> pd.DataFrame:
    amounts = [figure("core-resources-2011"), figure("non-core-resources-2011")]
    return pd.DataFrame({"Stream": ["Core", "Non-core"], "Amount": amounts})


def by_hand(labels: list[str], lengths: list[float]) -> tuple[Figure, Axes]:
    fig, ax = plt.subplots()
    ax.barh(labels, lengths)
    plt.close(fig)
    return fig, ax


def test_bars_by_hand_are_held_against_the_frame(money: pd.DataFrame) -> None:
    title, lengths = say("Resources"), [amount.number for amount in money["Amount"]]
    CHECK(by_hand(["Core", "Non-core"], lengths)[0], title, money)
    with pytest.raises(ChartError, match=r"the bar at 'Non-core' is 1\.25e"):
        CHECK(by_hand(["Non-core", "Core"], lengths)[0], title, money)
    with pytest.raises(ChartError, match=r"the bar at 'Core' is 1\.3e"):
        CHECK(by_hand(["Core", "Non-core"], [130e6, lengths[1]])[0], title, money)
    with pytest.raises(ChartError, match="'Income' is drawn, but stands neither"):
        CHECK(by_hand(["Income", "Non-core"], lengths)[0], title, money)


def test_words_and_lines_by_hand_are_held_against_the_frame(money: pd.DataFrame) -> None:
    title, lengths = say("Resources"), [amount.number for amount in money["Amount"]]
    fig, ax = by_hand(["Core", "Non-core"], lengths)
    ax.axvline(lengths[1])
    CHECK(fig, title, money)
    ax.text(lengths[0], 0, briefing.text(money["Amount"][1]))
    with pytest.raises(ChartError, match=r"'\$103 million' stands beside 'Core'"):
        CHECK(fig, title, money)
    fig, ax = by_hand(["Core", "Non-core"], lengths)
    ax.axvline(104e6)
    with pytest.raises(ChartError, match=r"a line stands at 1\.04e"):
        CHECK(fig, title, money)


def test_a_label_at_which_nothing_is_drawn_is_refused(money: pd.DataFrame) -> None:
    fig, ax = by_hand(["Core"], [money["Amount"][0].number])
    ax.set_yticks([0, 1], ["Core", "Non-core"])
    with pytest.raises(ChartError, match="nothing is drawn at 'Non-core'"):
        CHECK(fig, say("Resources"), money)


def test_a_part_by_hand_beside_one_by_a_call_is_refused(money: pd.DataFrame) -> None:
    fig, (first, second) = plt.subplots(2)
    briefing.bars(first, money, "Stream", "Amount")
    second.barh(money["Stream"], money["Amount"])
    with pytest.raises(ChartError, match="some parts are drawn by a call and some by hand"):
        CHECK(fig, say("Resources"), money)
    plt.close(fig)


def test_a_call_on_another_frame_than_the_one_shown_is_refused(money: pd.DataFrame) -> None:
    fig, ax = plt.subplots()
    briefing.bars(ax, money, "Stream", "Amount")
    other = money.assign(Amount=list(money["Amount"])[::-1])
    with pytest.raises(ChartError, match="'Core' is drawn with what no row of the data holds"):
        CHECK(fig, say("Resources"), other)
    plt.close(fig)


def upright(ax: Axes, data: pd.DataFrame) -> None:
    ax.bar(data["Stream"], data["Amount"])


def lying_with_numbers(ax: Axes, data: pd.DataFrame) -> None:
    ax.bar_label(ax.barh(data["Stream"], data["Amount"]))


def by_pandas(ax: Axes, data: pd.DataFrame) -> None:
    data.set_index("Stream").plot.barh(y="Amount", ax=ax)


def upright_by_pandas(ax: Axes, data: pd.DataFrame) -> None:
    data.set_index("Stream").plot.bar(y="Amount", ax=ax)


@pytest.mark.parametrize("draw", [upright, lying_with_numbers, by_pandas, upright_by_pandas])
def test_ordinary_bars_that_say_what_the_frame_says_are_shown(
    money: pd.DataFrame, draw: Callable[[Axes, pd.DataFrame], None]
) -> None:
    fig, ax = plt.subplots()
    draw(ax, money)
    CHECK(fig, say("Core and Non-core"), money)
    plt.close(fig)


def swapped_upright(ax: Axes, data: pd.DataFrame) -> None:
    ax.bar(data["Stream"][::-1], list(data["Amount"]))


def one_of_two(ax: Axes, data: pd.DataFrame) -> None:
    ax.barh(data["Stream"][:1], data["Amount"][:1])


def called_with_one_of_two(ax: Axes, data: pd.DataFrame) -> None:
    briefing.bars(ax, data[:1], "Stream", "Amount")


def cut(ax: Axes, data: pd.DataFrame) -> None:
    briefing.bars(ax, data, "Stream", "Amount")
    ax.set_xlim(100e6, 130e6)


@pytest.mark.parametrize(
    ("draw", "told"),
    [
        (swapped_upright, "the bar at 'Core' is 1.03e.08 long|the bar at 'Non-core' is 1.25e.08"),
        (one_of_two, "'Non-core' is a row of the data shown, but has no label"),
        (called_with_one_of_two, "'Non-core' is a row of the data shown, but not drawn"),
        (cut, "the axis of numbers was cut"),
    ],
)
def test_a_chart_that_leaves_out_or_cuts_is_refused(
    money: pd.DataFrame, draw: Callable[[Axes, pd.DataFrame], None], told: str
) -> None:
    fig, ax = plt.subplots()
    draw(ax, money)
    with pytest.raises(ChartError, match=told):
        CHECK(fig, say("Core and Non-core"), money)
    plt.close(fig)


def test_bars_of_one_name_lie_on_one_another_and_are_refused(money: pd.DataFrame) -> None:
    alike = money.assign(Stream="Core")
    fig, ax = plt.subplots()
    ax.barh(alike["Stream"], alike["Amount"])
    with pytest.raises(ChartError, match="2 rows have the label 'Core', expected a name for each"):
        CHECK(fig, say("Core"), alike)
    plt.close(fig)
