"""Charts by hand as an analyst draws them where no edition is made."""

from collections.abc import Callable

import pandas as pd
from honest_sketches import MEN, NAMES, PEOPLE, Draw, after, in_two
from matplotlib.axes import Axes
from matplotlib.dates import ConciseDateFormatter, DateFormatter, MonthLocator

from briefing.notebook.house import FAMILY, style

with style():  # after which matplotlib knows its fonts
    pass

STREAMS = pd.DataFrame(
    {"Resources": ["Core", "Non-core"], "2010": [78e6, 97e6], "2011": [1.25e8, 1.03e8]}
)
LATEST = STREAMS[["Resources", "2011"]]
PLANS = pd.DataFrame({"Plan": ["A", "B"], "From": [2011, 2012], "Until": [2013, 2015]})
OPEN = pd.DataFrame({"Region": NAMES, "At": [20, 30, 40], "Low": [15, 25, 35]})
OPEN["High"] = [25, None, 45]
LENGTHS = pd.DataFrame(
    {"Paragraph": [f"p{it}" for it in range(30)], "Signs": [it**2 for it in range(30)]}
)


def in_millions(name: str, by: float = 1e6) -> Callable[[Axes], object]:
    """Bars in a scale that the name of their axis tells, or does not."""
    look = {"fontfamily": FAMILY}  # which has Chinese characters
    return lambda ax: (
        ax.bar(LATEST["Resources"], LATEST["2011"] / by),
        ax.set_ylabel(name, **look),
    )


def said(form: str, by: float = 1e6, name: str = "US$") -> Callable[[Axes], object]:
    """Bars of which each has its amount beside it."""

    def draw(ax: Axes) -> object:
        bars = ax.bar(LATEST["Resources"], LATEST["2011"])
        return ax.bar_label(bars, fmt=lambda it: form.format(it / by)), ax.set_ylabel(name)

    return draw


def ticked(form: str, by: float = 1e6) -> Callable[[Axes], object]:
    """Bars along numbers that are said in a scale."""

    def draw(ax: Axes) -> object:
        ax.yaxis.set_major_formatter(lambda it, _: form.format(it / by))
        return ax.bar(LATEST["Resources"], LATEST["2011"]), ax.set_ylabel("US$")

    return draw


def over_years(turn: bool = False) -> Callable[[Axes], object]:
    """A line for each row, along the columns; turned, each has the other's name."""

    def draw(ax: Axes) -> object:
        for name, *ends in STREAMS.to_numpy().tolist():
            other = "Core" if name == "Non-core" else "Non-core"
            ax.plot(["2010", "2011"], ends, label=other if turn else name)
        return ax.legend()

    return draw


# Where no edition is made.
def beside(scale: float) -> Callable[[Axes], object]:
    """Panels that share the names of rows; the scale that one tells is not the other's."""

    def draw(ax: Axes) -> object:
        fig = ax.figure
        ax.remove()
        one, other = fig.subplots(1, 2, sharey=True)
        one.barh(STREAMS["Resources"], STREAMS["2010"] / 1e6)
        one.set(xlabel="$ million", title="2010")
        return other.barh(STREAMS["Resources"], STREAMS["2011"] / scale), other.set_title("2011")

    return draw


MEETINGS = pd.DataFrame(
    {
        "Meeting": ["First", "Second"],
        "Start": pd.to_datetime(["2012-02-27", "2012-05-28"]),
        "End": pd.to_datetime(["2012-03-09", "2012-06-01"]),
    }
)


COUNTRIES = pd.DataFrame(
    {"Region": ["Africa", "Africa", "Asia"], "Women": [10, 12, 15], "Country": ["A", "B", "C"]}
)


STAFF = pd.DataFrame(
    {"Region": ["Africa"] * 2 + ["Asia"] * 2, "Kind": ["New", "Old"] * 2, "Posts": [1, 2, 60, 90]}
)


def by_region(*titles: str) -> Callable[[Axes, Axes], object]:
    """A panel for each region, in which the others' rows have the same names."""

    def draw(*panels: Axes) -> object:
        for ax, title, (_, rows) in zip(panels, titles, STAFF.groupby("Region"), strict=True):
            ax.bar(rows["Kind"], rows["Posts"])
            ax.set_title(title)
        return panels

    return draw


def ended(first: str, second: str) -> Callable[[Axes], object]:
    """Lines over the years in millions, with names and numbers at their ends."""

    def draw(ax: Axes) -> object:
        for place, words in ((125, first), (103, second)):
            ax.text(1.05, place, words)
        ax.set_title("Resources, $m")
        return [
            ax.plot(["2010", "2011"], [it / 1e6 for it in ends])
            for _, *ends in STREAMS.to_numpy().tolist()
        ]

    return draw


def in_time(form: str = "%b", late: int = 0) -> Callable[[Axes], object]:
    """Bars from day to day along months; late: days that the first begins later."""

    def draw(ax: Axes) -> object:
        starts = MEETINGS["Start"] + pd.to_timedelta([late, 0], "D")
        ax.barh(MEETINGS["Meeting"], MEETINGS["End"] - starts, left=starts)
        ax.xaxis.set_major_locator(MonthLocator())
        return ax.xaxis.set_major_formatter(DateFormatter(form)), ax.set_xlabel("2012")

    return draw


def concise(ax: Axes) -> object:
    """Points in time, whose axis tells the year once."""
    ax.xaxis.set_major_formatter(ConciseDateFormatter(ax.xaxis.get_major_locator()))
    return ax.plot(MEETINGS["Start"], MEETINGS["Meeting"], "o")


def counted(note: str) -> Callable[[Axes], object]:
    """A histogram whose edges rounding parts, with a line at its median."""

    def draw(ax: Axes) -> object:
        ax.axvline(LENGTHS["Signs"].median(), label=note)
        return ax.hist(LENGTHS["Signs"], bins=15), ax.legend()

    return draw


EXPLORED: dict[str, tuple[Draw, pd.DataFrame]] = {
    "panels of a long frame": (in_two(by_region("Africa", "Asia"), sharey=True), STAFF),
    "a strip of dots": (lambda ax: ax.scatter(COUNTRIES["Region"], COUNTRIES["Women"]), COUNTRIES),
    "names and numbers at the ends of lines": (ended("Core 125", "Non-core, 103"), STREAMS),
    "bars in time": (in_time(), MEETINGS),
    "points in time": (concise, MEETINGS[["Meeting", "Start"]]),
    "a scale and a year in one name": (in_millions("Resources, 2011, $ million"), LATEST),
    "panels in scales of their own": (beside(1), STREAMS),
    "a histogram, its median told": (counted("median 210.5"), LENGTHS),
    "names broken at a hyphen": (
        lambda ax: ax.barh(["Core", "Non-\ncore"], LATEST["2011"]),
        LATEST,
    ),
    "an axis named freely": (after(lambda ax: ax.set_xlabel("Amount")), PEOPLE),
    "a title over the Axes, a note and a source": (
        after(
            lambda ax: (
                ax.set_title("As an analyst says it"),
                ax.figure.text(0, 0, "Source: A/67/185"),
            )
        ),
        PEOPLE,
    ),
    "in millions": (in_millions("$ million"), LATEST),
    "in hundreds of millions, in Chinese": (in_millions("亿美元", 1e8), LATEST),
    "a column in millions": (
        lambda ax: (ax.bar(["Core", "Non-core"], [125, 103]), ax.set_ylabel("$ million")),
        pd.DataFrame({"Resources": ["Core", "Non-core"], "$ million": [125, 103]}),
    ),
    "amounts beside bars": (said("${:.0f}m"), LATEST),
    "amounts in words": (said("US${:.1f} million"), LATEST),
    "amounts along an axis": (ticked("${:g}m"), LATEST),
    "years as columns": (over_years(), STREAMS),
    "years as columns with sources": (over_years(), STREAMS.assign(paragraph_id=["64", "64"])),
    "spans of years": (
        lambda ax: ax.barh(PLANS["Plan"], PLANS["Until"] - PLANS["From"], left=PLANS["From"]),
        PLANS,
    ),
    "an end of a range that is open": (
        lambda ax: ax.errorbar(
            [20, 30, 40], NAMES, xerr=[[5, 5, 5], [5, 0, 5]], fmt="o", capsize=4
        ),
        OPEN,
    ),
    "a title at the left, of paragraphs and years": (
        after(lambda ax: ax.set_title("As reported in 2012 (paras. 26 and 27)", loc="left")),
        PEOPLE,
    ),
    "a note within the Axes": (
        after(lambda ax: ax.text(0.5, 0.5, "as told", transform=ax.transAxes)),
        PEOPLE,
    ),
    "a scale in a title": (
        lambda ax: (
            ax.bar(LATEST["Resources"], LATEST["2011"] / 1e6),
            ax.set_title("Income, $ million"),
        ),
        LATEST,
    ),
    "numbers in millions, whose axis says so": (
        lambda ax: (ax.bar(["Core", "Non-core"], [125, 103]), ax.set_ylabel("$ million")),
        pd.DataFrame({"Resources": ["Core", "Non-core"], "Income": [125, 103]}),
    ),
    "the mean of what is drawn": (
        lambda ax: (ax.barh(NAMES, MEN), ax.axvline(sum(MEN) / 3)),
        PEOPLE[["Region", "Men"]],
    ),
    "years that the frame has as words": (
        lambda ax: ax.plot([2010, 2011], [40, 50]),
        pd.DataFrame({"Year": ["2010", "2011"], "Women": [40, 50]}),
    ),
    "a histogram on its side, with gaps": (
        lambda ax: ax.hist(LENGTHS["Signs"], bins=5, rwidth=0.8, orientation="horizontal"),
        LENGTHS,
    ),
    "a histogram": (lambda ax: ax.hist(LENGTHS["Signs"], bins=5), LENGTHS),
    "a histogram of numbers at its edges": (
        lambda ax: ax.hist(range(30), bins=7),
        LENGTHS.assign(Place=range(30)),
    ),
    "a legend in other words": (
        lambda ax: (ax.barh(NAMES, MEN, label="as told"), ax.legend()),
        PEOPLE[["Region", "Men"]],
    ),
    "a histogram with its mean": (
        lambda ax: (
            ax.hist(LENGTHS["Signs"], bins=5),
            ax.axvline(LENGTHS["Signs"].mean()),
            ax.text(300, 9, f"mean {LENGTHS['Signs'].mean():.0f}"),
            ax.bar_label(ax.containers[0]),
        ),
        LENGTHS,
    ),
    "a histogram by pandas": (lambda ax: LENGTHS["Signs"].plot.hist(ax=ax), LENGTHS),
    "years in the order of their bars": (
        lambda ax: ax.bar(["2010", "2008", "2009"], [25, 40, 50]),
        pd.DataFrame({"Year": [2008, 2009, 2010], "Women": [40, 50, 25]}),
    ),
}
