"""Charts by hand that say what their frame says, and how the others are drawn."""

from collections.abc import Callable

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Patch
from matplotlib.ticker import PercentFormatter

import briefing

NAMES = ["Africa", "Asia", "Europe"]
WOMEN, MEN = [10, 40, 25], [30, 20, 50]
PEOPLE = pd.DataFrame({"Region": NAMES, "Women": WOMEN, "Men": MEN})
YEARS = pd.DataFrame({"Year": [2008, 2009, 2010], "Women": WOMEN, "Men": MEN})
Draw = Callable[[Axes], object]


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


def in_two(draw: Callable[[Axes, Axes], object], **options: object) -> Callable[[Axes], object]:
    """Two panels in place of an Axes, each drawn by hand or by a call."""

    def panels(ax: Axes) -> object:
        fig = ax.figure
        ax.remove()
        return draw(*fig.subplots(1, 2, **options))

    return panels


def dollars() -> pd.DataFrame:
    amounts = {"Core": [10, 40, 25], "Other": [1, 2, 5]}
    found = {
        name: [briefing.Quantity.constant(str(number), "USD") for number in numbers]
        for name, numbers in amounts.items()
    }
    return pd.DataFrame({"Region": NAMES} | found)


def after(change: Callable[[Axes], object], draw: Draw = bars) -> Draw:
    return lambda ax: (draw(ax), change(ax))


def both(ax: Axes) -> object:
    return PEOPLE.set_index("Region").plot.barh(ax=ax)


def years(ax: Axes) -> object:
    return [ax.plot(YEARS["Year"], WOMEN), ax.plot(YEARS["Year"], MEN)]


ARROW = {"arrowprops": {"arrowstyle": "->"}}
LOW = PEOPLE.assign(Low=[8, 35, 20], High=[13, 44, 31])


def people(number: int) -> briefing.Quantity:
    return briefing.Quantity.constant(str(number), "person")


def by_call(ax: Axes, column: str, rows: int = 3) -> object:
    """The first rows by a call, after the last the first again."""
    return briefing.bars(ax, pd.concat([dollars()] * 2)[:rows], "Region", column)


GIFTS = pd.DataFrame(
    {"Country": [*"ABCD"], "Region": ["Asia", "Asia", "Europe", "Europe"], "Gift": [10, 20, 5, 7]}
)
SHARES = pd.DataFrame({"Region": NAMES, "Share": [0.1, 0.25, 0.65]})
WHEN = pd.DataFrame(
    {"When": [briefing.Period("2011", "late"), briefing.Period("2012-05")], "Events": [2, 3]}
)
TARGET = pd.DataFrame({"What": ["Received", "Target"], "Amount": [228, 350]})


def by_region(first: str = "Asia", rows: int = 2, **options: object) -> Draw:
    """A panel for each region, under its name; first: the name over Asia's. rows: of Asia's."""
    names = [first, *({"Asia", "Europe"} - {first})]

    def draw(*axes: Axes) -> None:
        for ax, name, given in zip(axes, names, (GIFTS[:rows], GIFTS[2:]), strict=True):
            ax.bar(given["Country"], given["Gift"])
            ax.set_title(name)

    return in_two(draw, **(options or {"sharey": True}))


def against(line: float) -> Draw:
    """What was received as a bar, and the target as a line across with its name in a legend."""

    def draw(ax: Axes) -> None:
        ax.bar(["Received"], [228])
        ax.axhline(line, label="Target")
        ax.legend()

    return draw


HONEST: dict[str, tuple[Draw, pd.DataFrame]] = {
    "bars": (bars, PEOPLE),
    "a panel a group": (by_region(), GIFTS),
    "periods": (lambda ax: ax.bar(WHEN["When"], WHEN["Events"]), WHEN),
    "periods by pandas": (lambda ax: WHEN.plot.bar("When", ax=ax), WHEN),
    "a line for a row": (against(350), TARGET),
    "words at a category": (
        lambda ax: (ax.barh(NAMES, WOMEN), ax.text(40, "Asia", "40")),
        PEOPLE[["Region", "Women"]],
    ),
    "per cent along an axis": (
        after(
            lambda ax: ax.yaxis.set_major_formatter(PercentFormatter(1)),
            lambda ax: ax.bar_label(ax.bar(NAMES, SHARES["Share"]), fmt="{:.0%}"),
        ),
        SHARES,
    ),
    "tiles": (lambda ax: briefing.tiles(ax, GIFTS, "Country", "Region"), GIFTS),
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
    "lines named at their ends": (
        lambda ax: (years(ax), ax.text(2010.05, 25, "Women"), ax.text(2010.05, 50, "Men")),
        YEARS,
    ),
    "told apart by dashes": (
        lambda ax: YEARS.plot("Year", style=["k-", "k--"], ax=ax),
        YEARS,
    ),
    "told apart by hatches": (
        lambda ax: [
            ax.bar(NAMES, WOMEN, color="w", ec="k", label="Women"),
            ax.bar(NAMES, MEN, bottom=WOMEN, color="w", ec="k", hatch="//", label="Men"),
            ax.legend(),
        ],
        PEOPLE,
    ),
    "a legend of patches": (
        lambda ax: (both(ax), ax.legend([Patch(color="C0"), Patch(color="C1")], ["Women", "Men"])),
        PEOPLE,
    ),
    "panels of other units": (
        in_two(lambda a, b: (a.barh(NAMES, MEN), b.barh(NAMES, dollars()["Other"]))),
        dollars().assign(Men=MEN),
    ),
    "panels of other units, in bare numbers": (
        in_two(
            lambda a, b: (
                [a.barh(NAMES, WOMEN), b.barh(NAMES, [1, 2, 3])],
                [a.set_xlabel("Women"), b.set_xlabel("Share")],
            )
        ),
        PEOPLE.assign(Share=[1, 2, 3]),
    ),
    "panels of one scale": (
        in_two(lambda a, b: (a.barh(NAMES, WOMEN), b.barh(NAMES, MEN)), sharex=True, sharey=True),
        PEOPLE,
    ),
    "clauses": (after(lambda ax: ax.set_title("Asia 40, Africa 10")), PEOPLE),
    "whose and of what": (after(lambda ax: ax.set_title("Africa: Women 10, Men 30"), both), PEOPLE),
    "an arrow": (after(lambda ax: ax.annotate("Asia, 40", (40, 1), (30, 2), **ARROW)), PEOPLE),
    "errors": (lambda ax: ax.barh(NAMES, WOMEN, xerr=[[2, 5, 5], [3, 4, 6]], capsize=4), LOW),
    "thin on thick": (
        lambda ax: (ax.barh(NAMES, MEN, 0.8, color="0.8"), ax.barh(NAMES, WOMEN, 0.4)),
        PEOPLE,
    ),
    "white within": (
        after(lambda ax: ax.bar_label(bars(ax), label_type="center", color="w")),
        PEOPLE,
    ),
    "a dark ground": (
        lambda ax: [
            *(it.set_facecolor("k") for it in (ax, ax.figure)),
            ax.barh(NAMES, WOMEN, color="w"),
            ax.tick_params(colors="w"),
        ],
        PEOPLE,
    ),
    "a line at a value over a call": (lambda ax: (called(ax), ax.axvline(103e6)), money()),
}
