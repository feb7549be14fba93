"""Charts by hand that say what their frame says are shown, those that do not are refused."""

from collections.abc import Callable

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Ellipse
from matplotlib.ticker import EngFormatter

import briefing
from briefing import say
from briefing.notebook import honesty
from briefing.notebook.canvas import ChartError
from briefing.notebook.evidence import is_known, is_number

NAMES = ["Africa", "Asia", "Europe"]
WOMEN, MEN = [10, 40, 25], [30, 20, 50]
PEOPLE = pd.DataFrame({"Region": NAMES, "Women": WOMEN, "Men": MEN})
YEARS = pd.DataFrame({"Year": [2008, 2009, 2010], "Women": WOMEN, "Men": MEN})
Draw = Callable[[Axes], object]


def shown(draw: Draw, data: pd.DataFrame = PEOPLE) -> Figure:
    """A chart that is held against a frame."""
    fig, ax = plt.subplots()
    try:
        draw(ax)
        honesty.check(fig, say("Women by region"), data)
    finally:
        plt.close(fig)
    return fig


def bars(ax: Axes) -> object:
    return ax.barh(NAMES, WOMEN)


def panels(ax: Axes) -> object:
    fig = ax.figure
    ax.remove()
    return [it.barh(NAMES, WOMEN) for it in fig.subplots(1, 2, sharey=True)]


def called(ax: Axes) -> object:
    return briefing.bars(ax, money(), "label", "quantity")


def money() -> pd.DataFrame:
    rows = ["core-resources-2011", "non-core-resources-2011"]
    return briefing.figures().loc[rows, ["label", "quantity"]].reset_index(drop=True)


HONEST: dict[str, tuple[Draw, pd.DataFrame]] = {
    "bars": (bars, PEOPLE),
    "standing": (lambda ax: ax.bar(NAMES, WOMEN), PEOPLE),
    "grouped": (lambda ax: PEOPLE.set_index("Region").plot.bar(ax=ax), PEOPLE),
    "stacked": (lambda ax: PEOPLE.set_index("Region").plot.barh(stacked=True, ax=ax), PEOPLE),
    "stacked standing": (lambda ax: PEOPLE.plot.bar("Region", stacked=True, ax=ax), PEOPLE),
    "lines": (lambda ax: YEARS.plot("Year", ["Women", "Men"], ax=ax), YEARS),
    "an index": (lambda ax: YEARS.set_index("Year").plot(ax=ax), YEARS.set_index("Year")),
    "numbers alone": (lambda ax: ax.plot(YEARS["Year"], WOMEN), YEARS[["Year", "Women"]]),
    "points": (lambda ax: ax.scatter(WOMEN, MEN), PEOPLE),
    "rounded": (
        lambda ax: ax.bar_label(ax.barh(NAMES, [9.6, 40.2, 25]), fmt="%.0f"),
        PEOPLE.assign(Women=[9.6, 40.2, 25]),
    ),
    "panels": (
        panels,
        PEOPLE,
    ),
    "one stands out": (
        lambda ax: (ax.barh(NAMES, WOMEN, color="0.7"), ax.barh(["Asia"], [40])),
        PEOPLE,
    ),
    "a year marked": (lambda ax: (ax.plot(YEARS["Year"], WOMEN), ax.axvline(2009)), YEARS),
    "a waterfall": (
        lambda ax: ax.bar(["a", "b", "c"], [10, 20, 30], bottom=[0, 10, 0]),
        pd.DataFrame({"Step": ["a", "b", "c"], "Money": [10, 20, 30]}),
    ),
    "a bent axis": (lambda ax: (ax.plot(NAMES, WOMEN), ax.set_yscale("log")), PEOPLE),
    "points of rows": (lambda ax: ax.scatter(WOMEN, NAMES), PEOPLE),
    "stems": (lambda ax: (ax.hlines(NAMES, 0, WOMEN), ax.plot(WOMEN, NAMES, "o")), PEOPLE),
    "dumb-bells": (lambda ax: ax.hlines(NAMES, WOMEN, MEN), PEOPLE),
    "a level": (lambda ax: (bars(ax), ax.axvline(25)), PEOPLE),
    "numbers beside bars": (lambda ax: ax.bar_label(bars(ax)), PEOPLE),
    "named axes": (lambda ax: (bars(ax), ax.set_xlabel("Women"), ax.set_ylabel("Region")), PEOPLE),
    "a title": (lambda ax: (bars(ax), ax.set_title("Women by region")), PEOPLE),
    "nothing for one": (
        lambda ax: ax.barh(NAMES, [10, np.nan, 25]),
        PEOPLE.assign(Women=[10, np.nan, 25])[["Region", "Women"]],
    ),
    "whose and how many": (
        lambda ax: (bars(ax), ax.text(0.9, 0.9, "Europe, 25", transform=ax.transAxes)),
        PEOPLE,
    ),
    "a line at a value over a call": (lambda ax: (called(ax), ax.axvline(103e6)), money()),
}


@pytest.mark.parametrize("name", HONEST)
def test_what_says_what_the_frame_says_is_shown(name: str) -> None:
    draw, data = HONEST[name]
    shown(draw, data)


def legend_turned(ax: Axes) -> object:
    PEOPLE.set_index("Region").plot.barh(ax=ax)
    return ax.legend(["Men", "Women"])


def after(change: Callable[[Axes], object], draw: Draw = bars) -> Draw:
    return lambda ax: (draw(ax), change(ax))


LIES: dict[str, tuple[Draw, str]] = {
    "above the Axes": (after(lambda ax: ax.figure.suptitle("Fell by 99%")), "'Fell by 99%' is dr"),
    "beside the Axes": (after(lambda ax: ax.figure.text(0, 0, "Stolen")), "'Stolen' is drawn"),
    "an axis's name": (after(lambda ax: ax.set_xlabel("Billions")), "'Billions' is drawn"),
    "a small label": (
        after(lambda ax: ax.set_yticks([0.5], ["Mars"], minor=True)),
        "'Mars' is drawn",
    ),
    "a legend's head": (after(lambda ax: ax.legend(["Women"], title="Men 9")), "'Men 9' is drawn"),
    "a legend of others": (legend_turned, "'Men' is said of what is drawn from 'women'"),
    "another column's name": (
        lambda ax: (ax.barh(NAMES, MEN), ax.set_xlabel("Women")),
        "'Women' is said of what is drawn from 'men'",
    ),
    "mixed columns": (lambda ax: ax.barh(NAMES, [30, 40, 25]), "another column"),
    "a scaled axis": (
        after(lambda ax: ax.xaxis.set_major_formatter(EngFormatter(unit="USD"))),
        "USD' is drawn",
    ),
    "wrong numbers on an axis": (
        after(lambda ax: ax.set_xticks([0, 10, 20, 40], ["0", "25", "40", "10"])),
        "'25' stands at 10",
    ),
    "a cut baseline": (after(lambda ax: ax.set_xlim(9, 41)), "was cut"),
    "a cut bar": (after(lambda ax: ax.set_xlim(0, 20)), "was cut"),
    "a bent axis": (after(lambda ax: ax.set_xscale("log")), "was cut, turned or bent"),
    "a pie": (lambda ax: ax.pie([90, 5, 5]), "a Wedge cannot be held"),
    "an area": (lambda ax: ax.fill_between([0, 1, 2], WOMEN), "cannot be held"),
    "a shape on a bar": (
        after(lambda ax: ax.add_patch(Ellipse((20, 1), 9, 1, color="w"))),
        "an Ellipse|a Ellipse",
    ),
    "bars of errors": (after(lambda ax: ax.errorbar(WOMEN, NAMES, xerr=[5, 7, 9])), "line at"),
    "a shifted bar": (lambda ax: ax.barh(NAMES, WOMEN, left=[35, 0, 10]), "the bar at 'Africa'"),
    "a hidden bar": (after(lambda ax: ax.patches[1].set_visible(False)), "nothing is drawn at"),
    "a white bar": (after(lambda ax: ax.patches[1].set_color("white")), "nothing is drawn at"),
    "a turned bar": (after(lambda ax: ax.patches[1].set_angle(30)), "a bar is turned"),
    "thicker bars": (after(lambda ax: ax.patches[1].set_height(0.1)), "differ in thickness"),
    "points of other rows": (lambda ax: ax.plot(NAMES, [40, 10, 25]), "the line at 'Africa'"),
    "no labels": (after(lambda ax: ax.set_yticks([])), "has no label|no labels along"),
    "another axis": (after(lambda ax: ax.twiny().set_xlim(0, 500)), "lie on one another"),
    "one within": (after(lambda ax: ax.inset_axes([0.5, 0.5, 0.4, 0.4])), "cannot be held"),
    "a minus": (after(lambda ax: ax.text(10, 0, "-10")), "'-10' is drawn|'-10' stands"),
    "a multiple": (after(lambda ax: ax.text(10, 0, "10 × 40")), "'10 × 40' is drawn"),
    "a number in words": (after(lambda ax: ax.text(10, 0, "10 亿")), "'10 亿' is drawn"),
    "another row's name": (
        lambda ax: (ax.scatter(WOMEN, NAMES), ax.text(10, 0, "Asia")),
        "'Asia' stands beside 'Africa'",
    ),
    "a note by pixels": (
        after(lambda ax: ax.annotate("40", (0.3, 0.1), xycoords="axes fraction")),
        "'40' stands beside 'Africa'",
    ),
    "a bar on another": (lambda ax: (ax.bar(NAMES, WOMEN), ax.bar(NAMES, MEN)), "on one another"),
    "a bar from another's end": (
        lambda ax: ax.barh(NAMES, WOMEN, left=[25, 0, 0]),
        "the bar at 'Africa'",
    ),
    "what the picture cuts off": (
        lambda ax: (ax.plot(NAMES, WOMEN), ax.set_ylim(0, 30)),
        "40 lies outside the picture",
    ),
    "a fall for a rise": (lambda ax: (ax.plot(NAMES, WOMEN), ax.invert_yaxis()), "turned"),
    "a line without a line": (lambda ax: ax.plot(NAMES, WOMEN, ls=""), "nothing is drawn at"),
    "a white line on a bar": (after(lambda ax: ax.axhline(1, lw=60, color="w")), "a line in the p"),
    "bars over the next": (lambda ax: ax.bar(NAMES, WOMEN, width=3), "lie on one another"),
    "years turned": (
        lambda ax: (ax.bar_label(ax.barh(NAMES, WOMEN)), ax.invert_xaxis()),
        "was cut, turned or bent",
    ),
    "bars of mixed columns": (
        lambda ax: [ax.bar(*it) for it in zip(NAMES, [10, 20, 25], strict=True)],
        "'women' is not drawn of 'Asia'",
    ),
    "a label between": (after(lambda ax: ax.set_xticks([7], ["40"], minor=True)), "between others"),
    "an Axes on bars": (
        after(lambda ax: ax.figure.add_axes((0.3, 0.3, 0.5, 0.4))),
        "lie on one another",
    ),
    "a white dot": (
        lambda ax: ax.scatter(WOMEN, NAMES, c=["C0", "white", "C0"]),
        "nothing is drawn at 'Asia'",
    ),
    "a pale bar": (after(lambda ax: ax.patches[1].set_color("#fefefe")), "nothing is drawn at"),
    "names that are hidden": (after(lambda ax: ax.tick_params(labelleft=False)), "no labels"),
    "names in white": (after(lambda ax: ax.tick_params(labelcolor="white")), "no labels"),
    "numbers of another column": (
        lambda ax: ax.bar_label(ax.barh(NAMES, WOMEN), list(map(str, MEN))),
        "'30' stands beside 'Africa'",
    ),
    "a title's number": (after(lambda ax: ax.set_title("Africa: 40")), "'Africa: 40' says of"),
    "names along the numbers": (
        after(lambda ax: ax.set_xticks([10, 20], ["Asia", "Europe"])),
        "'Asia' stands at 10",
    ),
    "a note elsewhere": (
        after(lambda ax: ax.annotate("40", (40, 1), xytext=(10.5, 0))),
        "'40' stands beside 'Africa'",
    ),
    "sizes of points": (lambda ax: ax.scatter(WOMEN, NAMES, s=[9, 99, 9]), "differ in size"),
}


@pytest.mark.parametrize("name", LIES)
def test_what_says_another_thing_is_refused(name: str) -> None:
    draw, told = LIES[name]
    with pytest.raises(ChartError, match=told):
        shown(draw)


OVER_A_CALL: dict[str, tuple[Draw, str]] = {
    "before it": (lambda ax: (ax.text(0, 60, "Stolen"), called(ax)), "holds something already"),
    "words after it": (after(lambda ax: ax.text(5e7, 2, "$103 million"), called), "was added"),
    "a bar after it": (after(lambda ax: ax.barh([30], [125e6]), called), "a Rectangle was added"),
    "a hidden bar": (after(lambda ax: ax.patches[0].set_visible(False), called), "changed or gone"),
    "a small word": (after(lambda ax: ax.texts[0].set_fontsize(0.1), called), "changed or gone"),
    "a moved word": (
        after(lambda ax: setattr(ax.texts[1], "xyann", (8, 40)), called),
        "changed or gone",
    ),
    "a bent axis": (after(lambda ax: ax.set_xscale("symlog"), called), "was cut"),
    "a small picture": (after(lambda ax: ax.figure.set_size_inches(1, 1), called), "another size"),
    "a low picture": (after(lambda ax: ax.figure.set_figheight(0.4), called), "another size"),
    "a margin": (after(lambda ax: ax.figure.subplots_adjust(left=0.4), called), "or margin"),
    "a blue ground": (after(lambda ax: ax.figure.set_facecolor("C0"), called), "another size, gr"),
    "a thick line": (
        after(lambda ax: ax.axvline(103e6, lw=200, color="w", zorder=99), called),
        "a line hides",
    ),
    "a title of others": (after(lambda ax: ax.figure.suptitle("All fell"), called), "'All fell'"),
}


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
