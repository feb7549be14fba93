"""Charts by hand as an analyst draws them where no edition is made, and lies among them."""

from collections.abc import Callable

import pandas as pd
from honest_sketches import MEN, NAMES, PEOPLE, Draw, after
from matplotlib.axes import Axes
from matplotlib.dates import ConciseDateFormatter, DateFormatter, MonthLocator

from briefing.notebook.house import FAMILY, style

with style():  # after which matplotlib knows its fonts
    pass

STREAMS = pd.DataFrame(
    {"Resources": ["Core", "Non-core"], "2010": [78e6, 97e6], "2011": [1.25e8, 1.03e8]}
)
LATEST = STREAMS[["Resources", "2011"]]
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

# What is refused where no edition is made, too.
REFUSED: dict[str, tuple[Draw, pd.DataFrame, str]] = {
    "a strip without one of its dots": (
        lambda ax: ax.scatter(["Africa", "Asia"], [10, 15]),
        COUNTRIES,
        "2 rows have the label 'Africa'",
    ),
    "a strip with a dot of another's": (
        lambda ax: ax.scatter(COUNTRIES["Region"], [10, 15, 12]),
        COUNTRIES,
        "2 rows have the label 'Africa'",
    ),
    "another's number at the end of a line": (
        ended("Core 103", "Non-core 103"),
        STREAMS,
        "says of '2010'",
    ),
    "names and numbers at the ends of others' lines": (
        ended("Non-core 103", "Core 125"),
        STREAMS,
        "'Non-core 103' stands beside '2011'",
    ),
    "a bar that begins on another day": (in_time(late=9), MEETINGS, "the bar at 'First' is"),
    "months of another year": (in_time("%b 2011"), MEETINGS, "'.* 2011' is drawn"),
    "a month by another's name": (in_time("May"), MEETINGS, "'May' is drawn"),
    "columns that capitals alone tell apart": (
        lambda ax: ax.barh(NAMES, MEN),
        PEOPLE.rename(columns={"Women": "men"}),
        "two columns of one name",
    ),
    "a scale that another panel tells": (beside(1e6), STREAMS, "is 125 long"),
    "a median that is none": (counted("median 310.5"), LENGTHS, "'median 310.5' is drawn"),
    "an axis of another row": (after(lambda ax: ax.set_xlabel("Asia")), PEOPLE, "'Asia' is said"),
    "an axis that says a number": (
        after(lambda ax: ax.set_xlabel("Nine of 99")),
        PEOPLE,
        "'Nine of 99' is drawn",
    ),
    "a scale that is none": (in_millions("$ million", 1), LATEST, "is 1.25e\\+08 long"),
    "another scale than a column has": (
        lambda ax: (ax.bar(["Core", "Non-core"], [125, 103]), ax.set_ylabel("$ billion")),
        pd.DataFrame({"Resources": ["Core", "Non-core"], "$ million": [125, 103]}),
        "is 125 long",
    ),
    "years as columns, of one row alone": (
        lambda ax: (ax.plot(["2010", "2011"], [78e6, 1.25e8], label="Core"), ax.legend()),
        STREAMS,
        "'non-core' is a row of the data shown, but not drawn",
    ),
    "a number that looks like a year": (
        after(lambda ax: ax.text(10, "Africa", "2000 women")),
        PEOPLE,
        "stands beside",
    ),
    "two scales": (
        lambda ax: (in_millions("$ thousand")(ax), ax.set_title("Income, $ million")),
        LATEST,
        "thousand' is drawn|million' is drawn",
    ),
    "a scale along the other axis": (
        lambda ax: (ax.scatter(LATEST["2011"], [1, 2]), ax.set_xlabel("$ million")),
        LATEST.assign(Place=[1, 2])[["2011", "Place"]],
        "stands at",
    ),
    "another scale": (in_millions("$ billion"), LATEST, "is 125 long"),
    "amounts of another scale": (said("${:.0f}k"), LATEST, r"'\$125k' is drawn"),
    "amounts of nothing that is money": (
        said("${:.0f}m", name="Women"),
        LATEST,
        r"'\$125m' is drawn, but neither data nor title tell of dollars",
    ),
    "amounts along an axis of another scale": (ticked("${:g}k"), LATEST, "k' is drawn"),
    "years as columns, under another's name": (
        over_years(turn=True),
        STREAMS,
        "'Non-core' is said",
    ),
    "the mean of another column": (
        after(lambda ax: ax.axvline(sum(MEN) / 3)),
        PEOPLE,
        "a line stands at 33",
    ),
    "raw numbers under a scale in a title": (
        lambda ax: (
            ax.bar(LATEST["Resources"], LATEST["2011"]),
            ax.set_title("Income, $ million"),
        ),
        LATEST,
        "is 1.25e\\+08 long",
    ),
    "another year than the frame has": (
        lambda ax: ax.plot([2010, 2012], [40, 50]),
        pd.DataFrame({"Year": ["2010", "2011"], "Women": [40, 50]}),
        "stands at 2012",
    ),
    "a histogram with another mean": (
        lambda ax: (
            ax.hist(LENGTHS["Signs"], bins=5),
            ax.axvline(LENGTHS["Signs"].mean()),
            ax.text(300, 9, "mean 284"),
        ),
        LENGTHS,
        "'mean 284' is drawn",
    ),
    "a histogram with a line elsewhere": (
        lambda ax: (ax.hist(LENGTHS["Signs"], bins=5), ax.axvline(284)),
        LENGTHS,
        "a bar stands at|two bars|a line stands",
    ),
    "a histogram with a white bar": (
        lambda ax: ax.hist(LENGTHS["Signs"], bins=5)[2][1].set_facecolor("white"),
        LENGTHS,
        "not drawn",
    ),
    "a histogram that is cut above": (
        lambda ax: (ax.hist(LENGTHS["Signs"], bins=5), ax.set_ylim(0, 5)),
        LENGTHS,
        "was cut",
    ),
    "a histogram that is cut at a side": (
        lambda ax: (ax.hist(LENGTHS["Signs"], bins=5), ax.set_xlim(0, 300)),
        LENGTHS,
        "lies outside the picture",
    ),
    "a histogram along other numbers": (
        lambda ax: (ax.hist(LENGTHS["Signs"], bins=5), ax.set_xticks([0, 400], ["0", "16"])),
        LENGTHS,
        "has no label",
    ),
    "a histogram under a thick line": (
        lambda ax: (
            ax.hist(LENGTHS["Signs"], bins=5),
            ax.axvline(LENGTHS["Signs"].mean(), linewidth=60),
        ),
        LENGTHS,
        "so thick",
    ),
    "a histogram with counts exchanged": (
        lambda ax: ax.bar_label(ax.hist(LENGTHS["Signs"], bins=5)[2], ["6", "13", "4", "4", "3"]),
        LENGTHS,
        "stands beside",
    ),
    "ranked bars with a line from year to year": (
        lambda ax: [draw(["2010", "2008", "2009"], [25, 40, 50]) for draw in (ax.bar, ax.plot)],
        pd.DataFrame({"Year": [2008, 2009, 2010], "Women": [40, 50, 25]}),
        "do not rise along the axis",
    ),
    "a histogram of which a bar is longer": (
        lambda ax: ax.hist(LENGTHS["Signs"], bins=5)[2][0].set_height(20),
        LENGTHS,
        "the bar|a bar|axis of numbers",
    ),
    "a histogram with a bar left out": (
        lambda ax: ax.hist(LENGTHS["Signs"], bins=5)[2][1].remove(),
        LENGTHS,
        "is a row of the data shown, but not drawn",
    ),
    "years neither in their order nor in that of their bars": (
        lambda ax: ax.bar(["2010", "2008", "2009"], [40, 25, 50]),
        pd.DataFrame({"Year": [2008, 2009, 2010], "Women": [25, 50, 40]}),
        "do not rise along the axis",
    ),
}
