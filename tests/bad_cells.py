"""Bad charts and bad cells of a notebook, each with all that is told of it."""

from collections.abc import Callable
from typing import Any

import matplotlib.pyplot as plt
import nbformat
import pandas as pd
from matplotlib.axes import Axes

import briefing
from briefing import Period, Quantity, figure, say
from briefing.notebook import honesty
from briefing.publish import document

Draw = Callable[[Axes, pd.DataFrame], object]
NO_WORD = (
    "is drawn, but stands neither in the chart's data nor in its title, expected words of either: "
    "a title is given in the call, show_chart(fig, title, frame)"
)
NOT_HELD = (
    "which no row of the data holds, expected a number of the frame, as of a column added to it, "
    "or an axis named with its scale, such as '$ million'"
)
NOT_ITS = NOT_HELD.replace("row of the data holds", "number of its row is")


def money() -> pd.DataFrame:
    """Two rows to draw."""
    amounts = [figure("core-resources-2011"), figure("non-core-resources-2011")]
    return pd.DataFrame({"Stream": ["Core", "Non-core"], "Amount": amounts})


def counts(*numbers: float) -> pd.DataFrame:
    """A row for each number, the last called the sum."""
    names = [*(f"part {place}" for place in range(1, len(numbers))), "sum"]
    amounts = [Quantity.constant(str(number), "donor") for number in numbers]
    return pd.DataFrame({"Stream": names, "Amount": amounts})


def chart(draw: Draw, data: Callable[[], pd.DataFrame] = money) -> Callable[[], None]:
    """What draws rows of data, and holds the chart against them as `show_chart` does."""

    def made() -> None:
        fig, ax = plt.subplots()
        try:
            draw(ax, data())
            honesty.check(fig, say("Resources"), data())
        finally:
            plt.close(fig)

    return made


def bars(ax: Axes, data: pd.DataFrame, **options: Any) -> None:
    briefing.bars(ax, data, "Stream", "Amount", **options)


def linked(*pairs: tuple[str, str]) -> pd.DataFrame:
    """A row for each link."""
    return pd.DataFrame(pairs, columns=["From", "To"]).assign(What="helps")


def links(ax: Axes, data: pd.DataFrame, **options: Any) -> None:
    briefing.links(ax, data, "From", "To", "What", **options)


def by_hand(ax: Axes, labels: list[str], lengths: list[float]) -> None:
    ax.barh(range(len(lengths)), lengths)
    ax.set_yticks(range(len(labels)), labels)


CHARTS: dict[str, tuple[Callable[[], None], str]] = {
    "has a column that is none": (
        chart(lambda ax, data: briefing.bars(ax, data, "Giver", "Amount")),
        "the frame has no column 'Giver', expected one of 'Stream', 'Amount'",
    ),
    "has no row": (
        chart(lambda ax, data: bars(ax, data.head(0))),
        "the frame has no row, expected at least one to draw",
    ),
    "has a look that is none": (
        chart(lambda ax, data: bars(ax, data, looks="red")),
        "looks are ['red', 'red'], expected one of fact, comparison, doubt, begun, planned, "
        "unknown, for all or for each of 2 rows",
    ),
    "has a look too few": (
        chart(lambda ax, data: bars(ax, data, looks=["fact"])),
        "looks are ['fact'], expected one of fact, comparison, doubt, begun, planned, unknown, "
        "for all or for each of 2 rows",
    ),
    "adds dollars to people": (
        chart(bars, lambda: pd.concat([money(), counts(5)])),
        "cannot draw beside each other core-resources-2011 (usd) and donor: the units differ, "
        "expected rows of one unit, as of .query(\"unit_id == 'usd'\")",
    ),
    "has a span without a period": (
        chart(lambda ax, data: briefing.spans(ax, data.assign(Amount=Period("")), *data.columns)),
        "'Core' has no period, expected one to draw",
    ),
    "is a bridge that does not add up": (
        chart(
            lambda ax, data: briefing.bridge(ax, data, *data.columns, adds=[False, True, False]),
            lambda: counts(5, 2, 8),
        ),
        "'sum' is 8, but what stands above adds up to 7",
    ),
    "has more dots than their whole": (
        chart(
            lambda ax, data: briefing.dots(ax, data, *data.columns, Quantity.constant(4, "donor")),
            lambda: counts(5, 2),
        ),
        "the rows are 3 more than their whole, expected a row for each part of it",
    ),
    "has half a dot": (
        chart(lambda ax, data: briefing.dots(ax, data, *data.columns), lambda: counts(0.5)),
        "'sum' is 0.5, expected a whole number of at most 3000 dots",
    ),
    "has links that lead back": (
        chart(links, lambda: linked(("A", "B"), ("B", "A"))),
        "'A' stands above itself, expected links that do not lead back",
    ),
    "has links that cross": (
        chart(links, lambda: linked(("A", "B"), ("B", "C"), ("A", "C"))),
        "'B' would cross the link of 'A' and 'C', expected another order of rows",
    ),
    "has a way of links that is none": (
        chart(lambda ax, data: links(ax, data, ways="left"), lambda: linked(("A", "B"))),
        "ways are ['left'], expected one of down, up, beside, for all or for each of 1 rows",
    ),
    "is drawn from another frame": (
        chart(lambda ax, data: bars(ax, data.assign(Amount=list(data["Amount"])[::-1]))),
        "'Core' is drawn with what no row of the data holds",
    ),
    "has a bar that was changed": (
        chart(lambda ax, data: (bars(ax, data), ax.patches[0].set_width(1))),
        "a bar that ends at 1.25e+08 was drawn from the data and is changed or gone, expected it "
        "as it was",
    ),
    "has a dot less": (
        chart(
            lambda ax, data: (
                briefing.dots(ax, data, *data.columns),
                ax.collections[0].set_offsets([[5.5, 35]]),
            ),
            lambda: counts(2, 3),
        ),
        "a dot that ends at 16.5 was drawn from the data and is changed or gone, expected it as "
        "it was",
    ),
    "has a number that was changed": (
        chart(lambda ax, data: (bars(ax, data), ax.texts[1].set_text("$126 million"))),
        "'$125 million' was drawn from the data and is changed or gone, expected it as it was",
    ),
    "is turned upside down": (
        chart(lambda ax, data: (bars(ax, data), ax.invert_yaxis())),
        "the order of the rows was turned, expected that of the data",
    ),
    "has a word that the data do not hold": (
        chart(lambda ax, data: (bars(ax, data), ax.text(0, 0, "Income"))),
        f"'Income' {NO_WORD}",
    ),
    "has a line where no number is": (
        chart(lambda ax, data: (bars(ax, data), ax.axvline(104e6))),
        f"a line stands at 1.04e+08, {NOT_HELD}",
    ),
    "has a bar by hand that is too long": (
        chart(lambda ax, _: by_hand(ax, ["Core", "Non-core"], [130e6, 103e6])),
        f"the bar at 'Core' is 1.3e+08 long, {NOT_ITS}",
    ),
    "has bars by hand in millions": (
        chart(lambda ax, _: by_hand(ax, ["Core", "Non-core"], [125, 103])),
        f"the bar at 'Core' is 125 long, {NOT_ITS}",
    ),
    "has a title on its Axes": (
        chart(lambda ax, _: (by_hand(ax, ["Core", "Non-core"], [125e6, 103e6]), ax.set_title("A"))),
        f"'A' {NO_WORD}",
    ),
    "has bars by hand under each other's labels": (
        chart(lambda ax, _: by_hand(ax, ["Non-core", "Core"], [125e6, 103e6])),
        f"the bar at 'Non-core' is 1.25e+08 long, {NOT_ITS}",
    ),
    "has a label by hand without a bar": (
        chart(lambda ax, _: by_hand(ax, ["Core", "Non-core"], [125e6])),
        "nothing is drawn at 'Non-core', expected what its row says",
    ),
    "has a number by hand beside another's bar": (
        chart(
            lambda ax, _: (
                by_hand(ax, ["Core", "Non-core"], [125e6, 103e6]),
                ax.text(125e6, 0, "$103 million"),
            )
        ),
        "'$103 million' stands beside 'Core', but not in its row",
    ),
}


def cell(*outputs: nbformat.NotebookNode) -> Callable[[], None]:
    """What reads a notebook whose only cell shows something."""
    return notebook(nbformat.v4.new_code_cell("1", outputs=list(outputs)))


def notebook(only: nbformat.NotebookNode) -> Callable[[], None]:
    """What reads a notebook of one cell."""
    whole = nbformat.v4.new_notebook(cells=[only])
    return lambda: document.blocks(whole, "11-mine.ipynb")


def shown(**data: str) -> nbformat.NotebookNode:
    """An output; `text_html` is text/html."""
    named = {kind.replace("_", "/", 1): words for kind, words in data.items()}
    return nbformat.v4.new_output("display_data", named)


PLACE, OWN = "11-mine.ipynb, cell 1: ", "expected words, a figure or a table: print it, or show it "
OWN += "by briefing.show_table or briefing.show_chart"
CELLS: dict[str, tuple[Callable[[], None], str]] = {
    "warns": (
        cell(nbformat.v4.new_output("stream", name="stderr", text="DeprecationWarning")),
        f"{PLACE}warns on stderr, expected no warning: mend what it warns of",
    ),
    "shows HTML of its own": (
        cell(shown(text_html="<b>1</b>", text_plain="1")),
        f"{PLACE}shows text/html, {OWN}",
    ),
    "shows a formula and a moving picture": (
        cell(shown(text_latex="$1$", image_gif="", text_plain="1")),
        f"{PLACE}shows image/gif, text/latex, {OWN}",
    ),
    "has an error stored": (
        cell(nbformat.v4.new_output("error", ename="KeyError", evalue="x")),
        f"{PLACE}shows error, {OWN}",
    ),
    "is raw": (
        notebook(nbformat.v4.new_raw_cell("x")),
        f"{PLACE}is a raw cell, expected code or markdown: change its type",
    ),
    "has a table in markdown": (
        notebook(nbformat.v4.new_markdown_cell("| a | b |\n|---|---|\n| c | d |")),
        f"{PLACE}has a table in markdown, expected briefing.show_table(frame)",
    ),
    "has a heading without words": (
        notebook(nbformat.v4.new_markdown_cell("##")),
        f"{PLACE}has a heading without words, expected some",
    ),
    "has a picture in markdown": (
        notebook(nbformat.v4.new_markdown_cell("![x](x.png)")),
        f"{PLACE}has a picture in markdown, expected none: draw it in a code cell",
    ),
}
