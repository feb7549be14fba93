"""Lies by hand that are refused where no edition is made, too."""

import pandas as pd
from explored_sketches import (
    COUNTRIES,
    LATEST,
    LENGTHS,
    MEETINGS,
    OPEN,
    PLANS,
    STAFF,
    STREAMS,
    beside,
    by_region,
    counted,
    ended,
    in_millions,
    in_time,
    over_years,
    said,
    ticked,
)
from honest_sketches import MEN, NAMES, PEOPLE, WOMEN, Draw, after, in_two

REFUSED: dict[str, tuple[Draw, pd.DataFrame, str]] = {
    "panels of a long frame by others' names": (
        in_two(by_region("Asia", "Africa"), sharey=True),
        STAFF,
        "the bar at 'New' is 1 long",
    ),
    "panels of a long frame by one name": (
        in_two(by_region("Africa", "Africa"), sharey=True),
        STAFF,
        "the bar at 'New' is 60 long",
    ),
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
    "spans of which one begins elsewhere": (
        lambda ax: ax.barh(PLANS["Plan"], PLANS["Until"] - PLANS["From"], left=[2011, 2011]),
        PLANS,
        "the bar at 'B' is 3 long",
    ),
    "bars that float": (
        lambda ax: (ax.bar(NAMES, [it - 5 for it in WOMEN], bottom=5), ax.set_ylim(5, 45)),
        PEOPLE,
        "is 5 long",
    ),
    "an end of a range that is closed at another's": (
        lambda ax: ax.errorbar(
            [20, 30, 40], NAMES, xerr=[[5, 5, 5], [5, 5, 5]], fmt="o", capsize=4
        ),
        OPEN,
        "at 'Asia' stands at 35",
    ),
    "own words that name a row": (
        lambda ax: (ax.barh(NAMES, WOMEN), ax.set_xlabel("women who left Asia behind")),
        PEOPLE,
        "names the row 'Asia'",
    ),
    "years neither in their order nor in that of their bars": (
        lambda ax: ax.bar(["2010", "2008", "2009"], [40, 25, 50]),
        pd.DataFrame({"Year": [2008, 2009, 2010], "Women": [25, 50, 40]}),
        "do not rise along the axis",
    ),
}
