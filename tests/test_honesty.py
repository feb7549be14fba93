"""A chart whose labels, bars or words are changed is refused: every chart of every notebook."""

from collections import Counter
from collections.abc import Callable, Iterator
from itertools import combinations

import matplotlib.pyplot as plt
import pandas as pd
import pytest
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from mutation import notebooks

import briefing
from briefing import figure, say, words
from briefing.core.language import languages
from briefing.notebook import honesty, navigation

CHECK = honesty.check
STRANGE = "neither here nor there"
Change = tuple[str, Callable[[], None], Callable[[], None]]


def swapped_labels(ax: Axes) -> Iterator[Change]:
    """Each two labels of bars that differ change places."""
    places = list(ax.yaxis.get_majorticklocs())
    labels = ax.yaxis.get_major_formatter().format_ticks(places)
    lengths = {
        places[labels.index(named.name)]: sorted((b.get_x(), b.get_width()) for b, _ in named.bars)
        for named in honesty._named_bars(ax)
    }
    for one, other in combinations(lengths, 2):
        if lengths[one] != lengths[other]:
            turned = dict(zip(places, labels, strict=True))
            turned[one], turned[other] = turned[other], turned[one]
            new = [turned[place] for place in places]
            yield (
                "two labels swapped",
                lambda new=new: ax.set_yticks(places, new),
                lambda: ax.set_yticks(places, labels),
            )


def swapped_bars(ax: Axes) -> Iterator[Change]:
    """Each two bars that stand alone at their labels and differ change their lengths."""
    alone = [named.bars[0][0] for named in honesty._named_bars(ax) if len(named.bars) == 1]
    for one, other in combinations(alone, 2):
        first, second = one.get_width(), other.get_width()
        if first != second:

            def set_to(a: float, b: float, one: object = one, other: object = other) -> None:
                one.set_width(a)
                other.set_width(b)

            yield (
                "two bars swapped",
                lambda a=second, b=first, to=set_to: to(a, b),
                lambda a=first, b=second, to=set_to: to(a, b),
            )


def longer_bars(ax: Axes) -> Iterator[Change]:
    for named in honesty._named_bars(ax):
        bar, width = named.bars[-1][0], named.bars[-1][0].get_width()
        yield (
            "a bar lengthened",
            lambda bar=bar, width=width: bar.set_width(width * 1.01 + 0.001),
            lambda bar=bar, width=width: bar.set_width(width),
        )


def changed_words(ax: Axes) -> Iterator[Change]:
    for written in ax.texts:
        old = written.get_text()
        if old:
            yield (
                "words changed",
                lambda written=written: written.set_text(STRANGE),
                lambda written=written, old=old: written.set_text(old),
            )


CHANGES = (swapped_labels, swapped_bars, longer_bars, changed_words)


@pytest.mark.parametrize("language", languages())
def test_every_change_of_every_chart_is_noticed(
    monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    tried, left = Counter(), []

    def check(fig: Figure, title: object, data: pd.DataFrame) -> None:
        CHECK(fig, title, data)
        for ax in fig.axes:
            for kind, change, undo in (found for way in CHANGES for found in way(ax)):
                change()
                tried[kind] += 1
                try:
                    CHECK(fig, title, data)
                    left.append(f"{title}: {kind}")
                except honesty.ChartError:
                    pass
                undo()

    monkeypatch.setattr(honesty, "check", check)
    for path in navigation.paths():
        notebooks.compare(path.stem, language, drawn=False)
    assert not left, "\n".join(left)
    assert len(tried) == len(CHANGES) and min(tried.values()) > 10, tried


def test_the_words_of_another_row_are_refused() -> None:
    named = words("Core", "Non-core")
    amounts = [figure("core-resources-2011"), figure("non-core-resources-2011")]
    fig, ax = plt.subplots()
    ax.barh(named, [amount.number for amount in amounts])
    briefing.mark_bounds(ax, amounts[::-1])
    with pytest.raises(honesty.ChartError, match="stands beside 'Core', but not in its row"):
        CHECK(fig, say("Resources"), pd.DataFrame({"Stream": named, "Amount": amounts}))
    plt.close(fig)


def drawn(labels: list[str]) -> Figure:
    """Two bars of a row: what came in, and what came in the year before."""
    fig, ax = plt.subplots()
    ax.barh(labels, [figure(name).number for name in ("core-resources-2011", "core-increase-2011")])
    plt.close(fig)
    return fig


def test_a_label_that_names_a_column_names_no_other() -> None:
    after, before = figure("core-resources-2011"), figure("core-increase-2011")
    frame = pd.DataFrame({"Stream": words("Core"), "Amount": [after], "Year before": [before]})
    title, labels = say("Resources"), ["Core", "Core, year before"]
    CHECK(drawn(labels), title, frame)
    with pytest.raises(honesty.ChartError, match="the bar at 'Core, year before'"):
        CHECK(drawn(labels[::-1]), title, frame)
