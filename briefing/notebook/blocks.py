"""What a cell shows as a block: plain data, from which every rendering is made.

A block stands in an output under `MIME`, beside text/plain and the text/html that JupyterLab shows.
Its words are inline content: a list of strings, numbers and links. A number is
`{"said", "provenance", "source", "doubts", "figures", "origin"}`; origin is printed, computed or
counted. The blocks: headline, sentence, brief, key_figures, table, sources, links, list and chart.
"""

import json
import numbers
from collections.abc import Iterator
from typing import Any

import pandas as pd

from briefing.core import wording
from briefing.core.labels import date, in_language, paragraphs
from briefing.core.language import is_strict, translate
from briefing.core.period import NO_PERIOD, Period
from briefing.core.quantity import Quantity
from briefing.core.sentences import Sentence
from briefing.notebook.markup import Block, Inline, markup, plain

# IPython is imported where it is used: a command that shows nothing need not wait for it.

MIME = "application/vnd.briefing+json"
# What is said at the head of a column that a frame of this package names.
ALIKE = ("subject", "theme", "measure", "period", "status", "qualifier", "value", "printed", "note")
HEADS = {name: name.capitalize() for name in ALIKE} | {
    "label": "Figure",
    "quantity": "Number",
    "lower": "Lower end of the range",
    "upper": "Upper end of the range",
    "unit_id": "Unit in the data",
    "paragraph_id": "Paragraph",
}
shown: dict[str, None] = {}  # the figures that this document has shown so far


def number(quantity: Quantity, form: str = "", marked: bool = True) -> Block:
    """A quantity as a part of inline content.

    form: one of those of `text`; marked: whether a mark tells that it is doubtful, else only its
    provenance does.
    """
    found, told = wording.doubts(quantity), wording.provenance(quantity)
    origin = "computed" if quantity.derived else "printed"
    return {
        "said": wording.said(quantity, form),
        "provenance": told if marked else "\n".join([told, *found]),
        "source": paragraphs(wording.cited(quantity)),
        "doubts": found if marked else [],
        "figures": list(quantity.figures),
        "origin": "counted" if quantity.formula.startswith(wording.COUNTED) else origin,
    }


def inline(content: Any, form: str = "", marked: bool = True) -> Inline:
    """What stands in a cell or a sentence as inline content; "" gives none."""
    if isinstance(content, Sentence):
        return [
            part
            if isinstance(part, str)
            else number(part.quantity, part.form, marked) | {"said": str(part)}
            for part in content.parts
        ]
    if isinstance(content, Quantity):
        return [number(content, form, marked=marked)]
    if isinstance(content, Period):
        return [date(content)] if content else []
    if pd.api.types.is_scalar(content) and pd.isna(content):
        return []
    if isinstance(content, float):
        return [f"{content:,.0f}" if content.is_integer() else f"{content:,.6g}"]
    words = str(content)
    return [words] if words else []


def sentence(content: Sentence) -> Block:
    """A sentence."""
    return {"kind": "sentence", "parts": inline(content)}


def table(data: pd.DataFrame, summary: str = "", sourced: bool = True) -> Block:
    """A frame as a table; where all quantities of a column have one unit, its head names it.

    sourced: whether heads are translated and a last column names the paragraphs that a row's
    quantities come from, and those of a column `paragraph_id`; an edition then shows no bare number
    (TypeError). summary: words to fold it under.
    """
    columns = [
        _column(name, cells.tolist(), sourced)
        for name, cells in data.items()  # not by name, as two may have one
        if not (sourced and name == "paragraph_id")
    ]
    if sourced:
        cells = [inline(paragraphs(found)) for found in sources_by_row(data)]
        columns.append((translate("Source"), cells, False))
    return {
        "kind": "table",
        "heads": [head for head, *_ in columns],
        "numeric": [is_numeric for *_, is_numeric in columns],
        "rows": list(map(list, zip(*(cells for _, cells, _ in columns), strict=True))),
        "summary": summary,
    }


def _column(name: str, cells: list[Any], sourced: bool) -> tuple[str, list[Inline], bool]:
    """A column's head, with the unit of its quantities, its cells, and whether they are numbers."""
    for cell in cells if sourced and is_strict() else []:
        if isinstance(cell, numbers.Real) and not pd.isna(cell):
            raise TypeError(f"{cell!r} cannot be shown: expected a quantity, a period or words")
    head, form = head_of(name) if sourced else str(name), ""
    filled = [cell for cell in cells if not isinstance(cell, str) or cell]
    if filled and all(isinstance(cell, Quantity) for cell in filled):
        form, unit = wording.column_form(filled)
        head = translate("{head} ({unit})").format(head=head, unit=unit) if unit else head
    said = [_spanned(cell, sourced) + inline(cell, form) for cell in cells]
    are_numbers = (isinstance(it, Quantity | numbers.Real) or it in (None, "") for it in cells)
    return head, said, any(said) and all(are_numbers)


def _spanned(cell: Any, sourced: bool) -> Inline:
    """In a bare frame the years of an amount for several, which looks like one for a year."""
    period = cell.period if isinstance(cell, Quantity) and not sourced else NO_PERIOD
    if not period.is_whole or period.years == 1:
        return []
    return [translate("{name}: {words}").format(name=date(period), words="")]


def head_of(column: str) -> str:
    """What stands at the head of a column, in the current language."""
    return translate(HEADS.get(column, str(column)))


def in_words(data: pd.DataFrame) -> pd.DataFrame:
    """A frame whose words are in the current language; paragraphs are no words."""
    if not isinstance(data, pd.DataFrame):
        kind = type(data).__name__
        raise TypeError(f"a {kind} cannot be shown, expected a frame, such as .to_frame() of it")
    return data.apply(lambda it: it if it.name == "paragraph_id" else it.map(in_language))


def is_count(index: pd.Index) -> bool:
    """Whether an index but counts the rows."""
    return isinstance(index, pd.RangeIndex) and index.name is None


def sources_by_row(data: pd.DataFrame) -> list[list[str]]:
    """The paragraphs that each row of a frame comes from."""
    rows: list[list[str]] = [[] for _ in range(len(data))]
    for name, cells in data.items():
        for found, cell in zip(rows, cells, strict=True):
            if name == "paragraph_id":
                found += str(cell).split()
            elif isinstance(cell, Quantity):
                found += wording.cited(cell)
    return rows


class Shown:
    """A block that a cell may keep, and that shows itself where it ends the cell."""

    def __init__(self, block: Block) -> None:
        self.block = block

    def _repr_mimebundle_(self, **_: Any) -> dict[str, Any]:
        return bundle(self.block)


class Output:
    """What a kernel shows, in the forms that it may choose from; elsewhere its words alone."""

    def __init__(self, forms: dict[str, Any], metadata: dict[str, Any] | None = None) -> None:
        self._made = forms, metadata or {}

    def __repr__(self) -> str:
        return self._made[0]["text/plain"]

    def _repr_mimebundle_(self, **_: Any) -> tuple[dict[str, Any], dict[str, Any]]:
        return self._made


def show(block: Block) -> None:
    """Display a block in a cell."""
    from IPython.display import display

    display(Output(bundle(block)))


def bundle(block: Block) -> dict[str, Any]:
    """A block with what JupyterLab and a terminal show of it; its figures count as shown."""
    shown.update(dict.fromkeys(figures_of(block)))
    saved = json.loads(json.dumps(block), parse_float=_whole)
    return {MIME: saved, "text/html": markup(block), "text/plain": plain(block)}


def _whole(digits: str) -> float:
    """A number as a browser writes it, which knows no 78.0: saved there, a notebook is the same."""
    return int(float(digits)) if float(digits).is_integer() else float(digits)


def every_number(content: Any) -> Iterator[Block]:
    """All numbers within a block, in order."""
    if isinstance(content, dict):
        if "said" in content:
            yield content
        content = list(content.values())
    for part in content if isinstance(content, list) else []:
        yield from every_number(part)


def figures_of(content: Any) -> Iterator[str]:
    """The figures of all numbers within a block."""
    return (name for number in every_number(content) for name in number["figures"])


def _quantity_bundle(quantity: Quantity, **_: Any) -> dict[str, Any]:
    """A quantity alone in a cell: what it is of, itself, and in further lines where it is from."""
    name = wording.title(quantity)
    told = [wording.provenance(quantity), *wording.marked_doubts(quantity)]
    named = [translate("{name}: {words}").format(name=name, words="")] if name else []
    return bundle({"kind": "list", "items": [[*named, number(quantity)], *([t] for t in told)]})


def frame_bundle(data: pd.DataFrame, include: Any = None, exclude: Any = None) -> Any:
    """An ordinary frame, as a table; a long one pandas shows itself, in part."""
    if len(data) > pd.options.display.max_rows:
        return None
    index = [name or "" for name in data.index.names]
    is_counted = is_count(data.index)
    named = data if is_counted else data.reset_index(names=index, allow_duplicates=True)
    return bundle(table(named, sourced=False))


# A quantity and a sentence stand below the notebook and cannot show themselves.
Quantity._repr_mimebundle_ = _quantity_bundle
Sentence._repr_mimebundle_ = lambda content, **_: bundle(sentence(content))
