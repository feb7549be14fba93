"""Charts that say another thing than their frame, and by which words each is refused."""

import pandas as pd
from honest_sketches import (
    ARROW,
    GIFTS,
    MEN,
    NAMES,
    PEOPLE,
    SHARES,
    TARGET,
    WOMEN,
    YEARS,
    Draw,
    after,
    against,
    both,
    by_call,
    by_region,
    called,
    dollars,
    in_two,
    people,
    years,
)
from matplotlib.axes import Axes
from matplotlib.patches import Circle, Ellipse, Patch
from matplotlib.patheffects import Normal
from matplotlib.ticker import EngFormatter, PercentFormatter
from matplotlib.transforms import Affine2D

import briefing


def legend_turned(ax: Axes) -> object:
    PEOPLE.set_index("Region").plot.barh(ax=ax)
    return ax.legend(["Men", "Women"])


LIES: dict[str, tuple[Draw, str]] = {
    "above the Axes": (after(lambda ax: ax.figure.suptitle("Fell by 99%")), "'Fell by 99%' is dr"),
    "beside the Axes": (after(lambda ax: ax.figure.text(0, 0, "Stolen")), "'Stolen' is drawn"),
    "an axis's name": (after(lambda ax: ax.set_xlabel("Elephants")), "'Elephants' is drawn"),
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
    "a bar taken away": (after(lambda ax: ax.patches[1].remove()), "'Asia'"),
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
        "'men' is not drawn of 'Africa'",
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
    "panels with scales of their own": (
        in_two(lambda a, b: (a.barh(NAMES, WOMEN), b.barh(NAMES, MEN))),
        "two panels of one unit",
    ),
    "panels of other width": (
        in_two(
            lambda a, b: (a.barh(NAMES, WOMEN), b.barh(NAMES, MEN)),
            sharex=True,
            width_ratios=[1, 3],
        ),
        "two panels of one unit",
    ),
    "one bent panel": (
        in_two(lambda a, b: (a.plot(NAMES, WOMEN), b.plot(NAMES, WOMEN), b.set_yscale("log"))),
        "two panels of one unit",
    ),
    "a bent axis of rows": (
        lambda ax: (ax.plot(NAMES, WOMEN), ax.set_yscale("symlog")),
        "was cut, turned or bent",
    ),
    "two numbers swapped": (
        after(lambda ax: ax.set_title("Africa 40, Asia 10")),
        "says of 'Africa' what is not in its row",
    ),
    "two numbers swapped over lines": (
        after(lambda ax: ax.set_title("Africa\n40\nAsia\n10")),
        "says of 'Africa'",
    ),
    "numbers before their names": (
        after(lambda ax: ax.set_title("40 Africa, 10 Asia")),
        "says of 'Africa'",
    ),
    "two columns swapped": (
        after(lambda ax: ax.set_title("Africa: Women 30, Men 10"), both),
        "says of 'Africa'",
    ),
    "a number of no row": (after(lambda ax: ax.set_title("Women: 30")), "what is not in its row"),
    "a column not drawn": (after(lambda ax: ax.figure.suptitle("Men")), "is said of what is drawn"),
    "a legend of other marks": (
        after(lambda ax: ax.legend([Patch(color="C3")], ["Women"])),
        "beside a mark drawn nowhere",
    ),
    "a legend of hollow marks": (
        lambda ax: [
            ax.scatter(WOMEN, NAMES, fc="none", ec="C0"),
            ax.scatter(MEN, NAMES, fc="none", ec="C1"),
            ax.legend([Patch(ec="C0", fc="none"), Patch(ec="C1", fc="none")], ["Men", "Women"]),
        ],
        "'Men' is said of",
    ),
    "a legend of both": (after(lambda ax: ax.legend(["Men (Women)", "Men"]), both), "is said of"),
    "a legend's other head": (
        after(lambda ax: ax.legend(["Women"], title="Men")),
        "'Men' is said of",
    ),
    "an arrow to another mark": (
        after(lambda ax: ax.annotate("Africa, 10", (40, 1), (30, 2), **ARROW)),
        "stands beside 'Asia'",
    ),
    "an arrow by shares": (
        after(
            lambda ax: ax.annotate(
                "Asia, 40", (0.2, 0.15), (0.6, 0.9), *["axes fraction"] * 2, **ARROW
            )
        ),
        "stands beside 'Africa'",
    ),
    "an arrow alone": (after(lambda ax: ax.annotate("", (10, 0), (30, 2), **ARROW)), "no words"),
    "an arrow a little off": (
        lambda ax: (ax.scatter(WOMEN, MEN), ax.annotate("20", (10.1, 30), (20, 40), **ARROW)),
        "'20' stands beside",
    ),
    "words moved to another row": (
        after(lambda ax: ax.annotate("40", (40, 1), (0, -110), textcoords="offset points")),
        "'40' stands beside 'Africa'",
    ),
    "words moved by lines": (after(lambda ax: ax.text(42, 1, "40\n\n\n\n")), "turned or spaced"),
    "words turned": (after(lambda ax: ax.text(42, 1, "40", rotation=180)), "turned or spaced"),
    "white words": (
        after(lambda ax: ax.text(20, 1, "25", color="w")),
        "'25' stands beside 'Asia'",
    ),
    "words on the Axes": (after(lambda ax: ax.figure.text(0.3, 0.5, "25")), "lies on an Axes"),
    "a box on a bar": (
        after(lambda ax: ax.text(38, 1, "Asia", bbox={"fc": "w", "ec": "w"})),
        "lies on 1 marks",
    ),
    "a legend on a bar": (
        after(lambda ax: ax.legend(["Women"], loc="center", framealpha=1)),
        "a legend lies on",
    ),
    "large letters": (after(lambda ax: ax.text(20, 1, "Asia", fontsize=80)), "'Asia' lies on"),
    "a white bar on another": (
        after(lambda ax: ax.barh(["Asia"], [20], left=20, color="w")),
        "in the paper's colour lies on",
    ),
    "a white dot on another": (
        lambda ax: (ax.scatter(WOMEN, NAMES), ax.scatter([40], ["Asia"], s=99, color="w")),
        "a dot in the paper's colour",
    ),
    "a thick bar on a thin one": (
        lambda ax: (ax.barh(NAMES, WOMEN, 0.4), ax.barh(NAMES, MEN, 0.8)),
        "lie on one another",
    ),
    "a thick edge": (after(lambda ax: ax.patches[0].set(ec="C0", lw=60)), "is so thick"),
    "a thick grid": (after(lambda ax: ax.grid(color="w", lw=60, zorder=9)), "is so thick"),
    "a large dot": (lambda ax: ax.scatter(WOMEN, NAMES, s=40000), "is so thick"),
    "a dot of words": (lambda ax: ax.scatter(WOMEN, NAMES, marker="$9$"), "a shape of its own"),
    "a line of words": (lambda ax: ax.plot(NAMES, WOMEN, marker="$9$"), "a shape of its own"),
    "a moved axis": (
        after(lambda ax: ax.spines["left"].set_position(("data", 9))),
        "line of an axis was moved",
    ),
    "a shadow": (after(lambda ax: ax.patches[0].set_path_effects([Normal()])), "has effects"),
    "a line cut": (
        lambda ax: ax.plot(NAMES, WOMEN)[0].set_clip_path(
            Circle((0, 0), 9, transform=ax.transData)
        ),
        "is cut or has effects",
    ),
    "one name hidden": (after(lambda ax: ax.get_yticklabels()[1].set_visible(False)), "no label"),
    "names moved": (
        after(
            lambda ax: [
                it.set_transform(it.get_transform() + Affine2D().translate(0, 120))
                for it in ax.get_yticklabels()
            ]
        ),
        "no labels along",
    ),
    "names on dark": (
        after(lambda ax: (ax.set_facecolor("k"), ax.tick_params(labelcolor="w"))),
        "no labels along",
    ),
    "a row twice": (
        lambda ax: (ax.barh([0, 1, 2, 3], [*WOMEN, 40]), ax.set_yticks(range(4), [*NAMES, "Asia"])),
        "'Asia' is drawn twice",
    ),
    "a column twice": (
        lambda ax: (ax.barh(NAMES, WOMEN), ax.barh(NAMES, WOMEN, left=WOMEN)),
        "is drawn twice",
    ),
    "a part of a column": (
        lambda ax: (ax.plot(NAMES, WOMEN), ax.plot(NAMES[:2], MEN[:2])),
        "'men' is not drawn of 'Europe'",
    ),
    "some of the points": (
        lambda ax: ax.plot(NAMES, WOMEN, "o", markevery=2),
        "only some points",
    ),
    "a line there and back": (
        lambda ax: (
            ax.plot(["Asia", "Africa", "Europe"], [40, 10, 25]) and ax.plot([1, 0, 2], WOMEN)
        ),
        "goes back|the line at",
    ),
    "a level of another column": (
        after(lambda ax: (ax.axvline(25, label="Men"), ax.legend())),
        "'Men' is said of",
    ),
    "a part of a level": (after(lambda ax: ax.axvline(25, 0, 0.4)), "cannot be held"),
    "colours of other numbers": (lambda ax: ax.scatter(WOMEN, NAMES, c=[3, 1, 2]), "the colour of"),
    "too flat": (lambda ax: (ax.plot(NAMES, WOMEN), ax.set_ylim(-9999, 9999)), "too small"),
    "too small": (after(lambda ax: ax.set_position((0.1, 0.1, 0.01, 0.9))), "too small"),
    "a faint bar": (after(lambda ax: ax.patches[1].set_alpha(0.08)), "nothing is drawn at 'Asia'"),
    "sizes of points": (lambda ax: ax.scatter(WOMEN, NAMES, s=[9, 99, 9]), "differ in size"),
}


YEARLY = YEARS.assign(Year=["2008", "2009", "2010"])[["Year", "Women"]]
OF_OTHER_FRAMES: dict[str, tuple[Draw, pd.DataFrame, str]] = {
    "a panel under another's name": (by_region("Europe"), GIFTS, "'C' is a row .* no label"),
    "a panel that lacks a row": (by_region(rows=1), GIFTS, "'B' is a row .* has no label"),
    "panels of other scales": (by_region(sharey=False), GIFTS, "a scale of their own"),
    "a line for a row elsewhere": (against(228), TARGET, "'Target' is a row .* not drawn"),
    "words at another category": (
        lambda ax: (ax.barh(NAMES, WOMEN), ax.text(40, "Asia", "10")),
        PEOPLE[["Region", "Women"]],
        "'10' stands beside 'Asia'",
    ),
    "per cent of another whole": (
        after(
            lambda ax: ax.yaxis.set_major_formatter(PercentFormatter(2)),
            lambda ax: ax.bar(NAMES, SHARES["Share"]),
        ),
        SHARES,
        "% is drawn|%' is drawn",
    ),
    "shares exchanged": (
        lambda ax: ax.bar_label(ax.bar(NAMES, SHARES["Share"]), ["25%", "10%", "65%"]),
        SHARES,
        "'25%' stands beside 'Africa'",
    ),
    "years out of order": (
        lambda ax: ax.bar(["2009", "2008", "2010"], [40, 10, 25]),
        YEARLY,
        "do not rise",
    ),
    "years from right to left": (
        lambda ax: (ax.plot(YEARLY["Year"], WOMEN), ax.invert_xaxis()),
        YEARLY,
        "turned",
    ),
    "a year's number": (
        lambda ax: (ax.plot(YEARS["Year"], WOMEN), ax.set_title("2008: 40")),
        YEARS[["Year", "Women"]],
        "what is not in its row",
    ),
    "lines named as each other": (
        lambda ax: (years(ax), ax.text(2010.02, 25, "Men"), ax.text(2010.02, 50, "Women")),
        YEARS,
        "stands beside",
    ),
    "two units": (
        lambda ax: (ax.plot(NAMES, dollars()["Core"]), ax.plot(NAMES, [people(9)] * 3)),
        dollars().assign(People=people(9)),
        "person",
    ),
    "panels of one unit": (
        in_two(lambda a, b: (a.barh(NAMES, dollars()["Core"]), b.barh(NAMES, dollars()["Other"]))),
        dollars(),
        "two panels of one unit",
    ),
    "calls of one unit": (
        in_two(lambda a, b: (by_call(a, "Core"), by_call(b, "Other"))),
        dollars(),
        "two panels of one unit",
    ),
    "a part of a column by a call": (
        in_two(lambda a, b: (by_call(a, "Core"), by_call(b, "Other", 1))),
        dollars(),
        "'Asia' is a row of the data shown, but not drawn",
    ),
    "a row twice by a call": (
        lambda ax: by_call(ax, "Core", 4),
        dollars(),
        "'Africa' is drawn twice",
    ),
    "a key that is renamed": (
        lambda ax: briefing.stacked(ax, dollars(), "Region", ["Core", "Other"]),
        dollars().rename(columns={"Core": "Women"}),
        "'Core' is drawn, but is no column",
    ),
}


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
    "a title on it": (after(lambda ax: ax.figure.suptitle("Women"), called), "lies on an Axes"),
    "a ground of its own": (after(lambda ax: ax.set_axis_on(), called), "was cut"),
    "effects": (after(lambda ax: ax.patches[0].set_sketch_params(9), called), "has effects"),
    "words set below": (after(lambda ax: ax.texts[1].set_va("top"), called), "changed or gone"),
}
