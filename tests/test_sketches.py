"""Charts by hand that say what their frame says are shown, those that do not are refused."""

from collections.abc import Callable

import matplotlib.pyplot as plt
import pandas as pd
import pytest
from bad_sketches import LIES, OF_OTHER_FRAMES, OVER_A_CALL
from explored_sketches import EXPLORED
from honest_sketches import HONEST, PEOPLE, Draw, called, money
from matplotlib.figure import Figure
from refused_sketches import REFUSED

import briefing
from briefing import say
from briefing.core.language import STRICT
from briefing.notebook import honesty
from briefing.notebook.canvas import ChartError
from briefing.notebook.evidence import is_known, is_number


def shown(draw: Draw, data: pd.DataFrame = PEOPLE) -> Figure:
    """A chart that is held against a frame."""
    fig, ax = plt.subplots()
    try:
        draw(ax)
        honesty.check(fig, say("Women by region"), data)
    finally:
        plt.close(fig)
    return fig


@pytest.mark.parametrize("name", HONEST)
def test_what_says_what_the_frame_says_is_shown(name: str) -> None:
    draw, data = HONEST[name]
    shown(draw, data)


@pytest.mark.parametrize("name", LIES)
def test_what_says_another_thing_is_refused(name: str) -> None:
    draw, told = LIES[name]
    with pytest.raises(ChartError, match=told):
        shown(draw)


@pytest.mark.parametrize("name", OF_OTHER_FRAMES)
def test_so_is_what_says_another_thing_of_other_frames(name: str) -> None:
    draw, data, told = OF_OTHER_FRAMES[name]
    with pytest.raises(ChartError, match=told):
        shown(draw, data)


@pytest.fixture
def exploring(monkeypatch: pytest.MonkeyPatch) -> None:
    """A live kernel, in which no edition is made."""
    monkeypatch.delenv(STRICT)


@pytest.mark.parametrize("name", EXPLORED)
def test_who_explores_is_shown_honest_charts_in_words_of_their_own(
    exploring: None, name: str
) -> None:
    draw, data = EXPLORED[name]
    shown(draw, data)


TOO = {name: (draw, PEOPLE, told) for name, (draw, told) in LIES.items()} | OF_OTHER_FRAMES
TOO |= {name: (draw, money(), told) for name, (draw, told) in OVER_A_CALL.items()}
FREE = {"beside the Axes", "an axis's name"}  # words that say no number and name no row


@pytest.mark.parametrize("name", [*(it for it in TOO if it not in FREE), *REFUSED])
def test_who_explores_is_refused_what_is_a_lie(exploring: None, name: str) -> None:
    draw, data, told = (TOO | REFUSED)[name]
    with pytest.raises(ChartError, match=told):
        shown(draw, data)


@pytest.mark.parametrize("name", OVER_A_CALL)
def test_nothing_is_added_to_what_a_call_has_drawn(name: str) -> None:
    draw, told = OVER_A_CALL[name]
    with pytest.raises(ChartError, match=told):
        shown(draw, money())


def test_a_column_that_a_call_has_drawn_may_be_renamed_and_not_swapped() -> None:
    turned = money().assign(other=lambda frame: frame["quantity"].to_list()[::-1])
    shown(called, turned.rename(columns={"quantity": "Contributions"}))
    with pytest.raises(ChartError, match="is drawn with what no row of the data holds"):
        shown(called, turned.rename(columns={"quantity": "other", "other": "quantity"}))


@pytest.mark.parametrize("draw", [briefing.bars, briefing.dots])
def test_a_call_draws_nothing_below_zero(draw: Callable) -> None:
    fig, ax = plt.subplots()
    with pytest.raises(ChartError, match="'Africa' is below zero"):
        few = [briefing.Quantity.constant(number, "person") for number in (-3, 4, 5)]
        draw(ax, PEOPLE.assign(Women=few), "Region", "Women")
    plt.close(fig)


def test_stacked_bars_have_no_more_parts_than_looks() -> None:
    fig, ax = plt.subplots()
    data = PEOPLE.assign(a=1, b=2, c=3)
    with pytest.raises(ChartError, match="values are 5 columns, expected at most 4"):
        briefing.stacked(ax, data, "Region", ["Women", "Men", "a", "b", "c"])
    plt.close(fig)


def test_a_head_says_no_number() -> None:
    fig, ax = plt.subplots()
    with pytest.raises(ChartError, match="says a number"):
        briefing.bars(ax, money(), "label", "quantity", head="Thousands, 99 donors")
    plt.close(fig)


def test_a_part_of_a_number_is_another_number() -> None:
    assert is_known("35.9", ["35.9"]) and not is_known("35", ["35.9"])
    assert is_number("36", {35.9}) and not is_number("35", {35.9})
    assert not is_number("125,000,400", {125e6}) and not is_number("0", {0.4})


def test_a_line_may_stand_at_a_number_of_the_title() -> None:
    data = PEOPLE[["Region", "Women"]]
    for line, is_told in ((30, True), (31, False)):
        fig, ax = plt.subplots()
        ax.bar(data["Region"], data["Women"])
        ax.axhline(line)
        target = briefing.Quantity.constant("30", "person")
        title = say("Few are above {target}", target=target)
        if is_told:
            honesty.check(fig, title, data)
        else:
            with pytest.raises(ChartError, match="a line stands at 31"):
                honesty.check(fig, title, data)
        plt.close(fig)


@pytest.mark.parametrize(
    ("note", "told"),
    [
        ("Cut by $200m", ""),
        ("Cut by $300m", "'Cut by \\$300m' is drawn"),
        ("$200m", "stands beside 'Core'"),
        ("Non-core $200m", "says of 'Non-core'"),
    ],
)
def test_a_note_may_say_a_number_of_the_title_in_its_words(note: str, told: str) -> None:
    data = money().assign(label=["Core", "Non-core"])
    fig, ax = plt.subplots()
    ax.bar(data["label"], data["quantity"].astype(float))
    ax.annotate(note, (0, 1e8), (0.4, 1.2e8), arrowprops={"arrowstyle": "->"})
    title = say("Cut by {cut}", cut=briefing.Quantity.constant("200000000", "USD"))
    if told:
        with pytest.raises(ChartError, match=told):
            honesty.check(fig, title, data)
    else:
        honesty.check(fig, title, data)
    plt.close(fig)


def test_where_no_kernel_is_a_chart_is_told_in_words(capsys: pytest.CaptureFixture[str]) -> None:
    fig, ax = plt.subplots()
    called(ax)
    briefing.show_chart(fig, say("Core resources were larger"), money())
    told = capsys.readouterr().out
    assert "Core resources" in told
    assert not any(form in told for form in ("\\x", "<svg", "application/", "text/html"))
