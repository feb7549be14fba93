"""How data/ becomes a workbook for Excel: typed, linked, nothing in it runs; and one flat table.

It follows the checklist of the UK's Government Analysis Function for statistics in spreadsheets:
one marked table a sheet under its title, from column A, no filter, pane, fill, header or footer.
"""

import io
import math
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

import pandas as pd
from xlsxwriter.utility import xl_range

from briefing.core.labels import width
from briefing.core.language import languages, speaking, translate
from briefing.core.period import Period
from briefing.notebook.house import BLUE
from briefing.sources.tables import Tables, described_fields, targets

# The first day that a ZIP archive can name stands for no day, so that the bytes stay the same.
NO_DAY = datetime(1980, 1, 1)
PLAIN = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
COVER, NOTES, CODEBOOK = "cover", "notes", "codebook"
HELD = {
    NOTES: "What to know before a figure is used, in English and Chinese.",
    CODEBOOK: "What each column of each table holds.",
}
HEADS = ("table", "column", "type", "what it holds")
KNOWN = (
    "An empty cell: the report does not say it.",
    "`printed` is the figure exactly as the Chinese text prints it, without white space.",
    "`lower` and `upper` are the range assumed here by one rule for each printed form, nothing "
    "that the report says.",
    "`value` keeps what is printed, even where it is doubtful; a reading that is adopted stands in "
    "`figure_errata`.",
)
EMPTY, FULL = "Some cells are empty: see note 1 on the sheet notes.", "No cell is empty."
ABOVE = 3  # rows above a table's head: its title, what it holds, and whether cells are empty
WIDEST, PAGE, ASIDE = 43, 60, 2  # characters: a column, beyond which words wrap; the cover; blank
WIDER = 1.15  # times that they are wider than those that a column is measured in
LINE = 17  # points; a row's height is set, as not every program finds it
FONT = "Microsoft YaHei"  # which Office has, for Latin as for Chinese
LOOK = {"font_name": FONT, "font_size": 12, "text_wrap": True, "valign": "top"}
TITLE = LOOK | {"bold": True, "font_size": 14, "text_wrap": False}
LINK = LOOK | {"font_color": BLUE, "underline": 1}
NUMBERS = "[>=1000]#,##0_);General_)"
PRECISIONS = ("year", "month", "day")  # by the dashes in a date
FLAT = (
    "figure_id theme label_en label_zh subject_en subject_zh measure status qualifier value lower "
    "upper unit_en unit_zh period_start period_end period_precision period_basis paragraph_id "
    "printed value_adopted severity reading_en reading_zh note"
)


@contextmanager
def writer(buffer: io.BytesIO, **known: str) -> Iterator[pd.ExcelWriter]:
    """A workbook to be written by pandas, in which nothing runs and which names no day.

    known: its properties.
    """
    options = {"options": PLAIN}
    with pd.ExcelWriter(buffer, engine="xlsxwriter", engine_kwargs=options) as book:
        book.book.set_properties({"created": NO_DAY, **known})
        yield book


def workbook(descriptor: dict[str, Any], tables: dict[str, pd.DataFrame]) -> bytes:
    """A cover, notes, the codebook and every table, a sheet each, in the descriptor's order.

    A value that is a key of another table links to its row. The same input gives the same bytes.
    """
    buffer, resources = io.BytesIO(), descriptor["resources"]
    known = {
        "title": descriptor["title"],
        "subject": descriptor["report"]["symbol"],
        "author": descriptor["contributors"][0]["title"],
        "comments": descriptor["description"],
    }
    held = HELD | {resource["name"]: resource["description"] for resource in resources}
    fields = [(it["name"], *field) for it in resources for field in described_fields(it)]
    codebook = pd.DataFrame(fields, columns=HEADS).replace("`", "", regex=True)
    with writer(buffer, **known) as book:
        _cover(book, descriptor, held)
        _sheet(book, NOTES, _notes(descriptor, tables), held)
        _sheet(book, CODEBOOK, codebook, held)
        _link(book, CODEBOOK, codebook, "table", {name: f"'{name}'!A1" for name in tables})
        for resource in resources:
            table = tables[resource["name"]]
            _sheet(book, resource["name"], table, held)
            for name, target in targets(resource).items():
                keys = enumerate(tables[target].iloc[:, 0], start=ABOVE + 2)
                places = {key: f"'{target}'!A{row}" for row, key in keys}
                _link(book, resource["name"], table, name, places)
    return buffer.getvalue()


def _cover(book: pd.ExcelWriter, descriptor: dict[str, Any], held: dict[str, str]) -> None:
    """What the workbook is and is not, in every language, and what its sheets hold."""
    from briefing.publish.deck import subtitle

    sheet, add_format = book.book.add_worksheet(COVER), book.book.add_format
    [licence, *_], [maker, *_] = descriptor["licenses"], descriptor["contributors"]
    title, look, link = map(add_format, (TITLE, LOOK, LINK))
    lines = []
    for language in languages():
        with speaking(language):
            lines.append((translate(descriptor["title"]), title))
            lines += [(line, look) for line in subtitle().split("\n")]
    version = f"Version {descriptor['version']} of {descriptor['created'][:10]}"
    rights = f"{licence['title']}, {licence['path']}. {descriptor['rights']}"
    own = descriptor["description"], f"{maker['title']}. {version}.", rights
    lines += [*((line, look) for line in own), ("Contents", title)]
    for row, (words, its) in enumerate(lines):
        sheet.write_string(row, 0, words, its)
        sheet.set_row(row, LINE * math.ceil(width(words) / PAGE))
    for row, (name, words) in enumerate(held.items(), start=len(lines)):
        told = f"{name}: {re.split('[.;:] ', words)[0].removesuffix('.')}"
        sheet.write_url(row, 0, f"internal:'{name}'!A1", link, told)
        sheet.set_row(row, LINE * math.ceil(width(told) / PAGE))
    sheet.set_column(0, 0, WIDER * PAGE)
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 1)


def _notes(descriptor: dict[str, Any], tables: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """What to know of all figures, then the faults of the report that touch figures."""
    touched = tables["figure_errata"].groupby("erratum_id", sort=False)["figure_id"].agg(", ".join)
    faults = tables["errata"].set_index("erratum_id").loc[touched.index]
    about = ["all figures"] * len(KNOWN) + list(touched)
    numbers = [f"note {number}" for number in range(1, len(about) + 1)]
    notes = pd.DataFrame({"note": numbers, "figures": about})
    for language in (it for it in languages() if f"reason_{it}" in faults):
        with speaking(language):
            known = [translate(message).replace("`", "") for message in KNOWN]
        gap = "" if language == descriptor["report"]["language"] else " "
        said = faults[f"reason_{language}"] + gap + faults[f"reading_{language}"]
        notes[f"note_{language}"] = [*known, *said]
    return notes


def _sheet(book: pd.ExcelWriter, name: str, table: pd.DataFrame, held: dict[str, str]) -> None:
    """A table that is marked as one, under its title, and set for print."""
    table.to_excel(book, sheet_name=name, index=False, startrow=ABOVE)
    sheet, add_format = book.sheets[name], book.book.add_format
    title, plain = add_format(TITLE), add_format(LOOK | {"text_wrap": False})
    bold, look = add_format(LOOK | {"bold": True}), add_format(LOOK | {"num_format": NUMBERS})
    heads = [{"header": head, "header_format": bold} for head in table]
    rows = max(len(table), 1)  # which a marked table has at least
    marked = xl_range(ABOVE, 0, ABOVE + rows, len(heads) - 1)
    options = {"name": name, "columns": heads, "autofilter": False, "style": None}
    sheet.add_table(marked, options)
    is_empty = (table.isna() | (table == "")).any(axis=None)
    sheet.write_string(0, 0, name, title)
    sheet.write_string(1, 0, held[name].replace("`", ""), plain)
    sheet.write_string(2, 0, EMPTY if is_empty else FULL, plain)
    sizes = table.map(lambda cell: width(str(cell)))
    widths = WIDER * sizes.max().fillna(0).clip([width(head) for head in table], WIDEST)
    for column, wide in enumerate(widths + ASIDE):
        sheet.set_column(column, column, wide, look)
    for row, lines in enumerate((sizes / widths).max(axis=1), start=ABOVE + 1):
        sheet.set_row(row, LINE * math.ceil(lines))
    # A key or a printed form that is digits alone is words, and no number that was mistyped.
    sheet.ignore_errors({"number_stored_as_text": marked})
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(ABOVE)


def _link(
    book: pd.ExcelWriter, sheet: str, table: pd.DataFrame, name: str, places: dict[str, str]
) -> None:
    """Let each key of a column lead to its place, if it has one."""
    look, column = book.book.add_format(LINK), table.columns.get_loc(name)
    for row, key in enumerate(table[name], start=ABOVE + 1):
        if key in places:
            book.sheets[sheet].write_url(row, column, f"internal:{places[key]}", look, key)


def flat(tables: Tables) -> pd.DataFrame:
    """The figures in the order of the report, each with its labels, and what an erratum says of it.

    value, lower, upper and value_adopted are in base units of unit_en; period_start and period_end
    are the first and the last day, both within it.
    """
    names = {"name_en": "subject_en", "name_zh": "subject_zh", "actor_id": "subject_id"}
    units = {"label_en": "unit_en", "label_zh": "unit_zh"}
    faults = tables["figure_errata"].merge(tables["errata"], on="erratum_id")
    columns = ["figure_id", "value_adopted", "severity", "reading_en", "reading_zh"]
    joined = (
        tables["figures"]
        .merge(tables["indicators"].drop(columns="unit_id"), on="indicator_id")
        .merge(tables["actors"].rename(columns=names).drop(columns="kind"), on="subject_id")
        .merge(tables["units"].rename(columns=units), on="unit_id")
        .merge(faults[columns], on="figure_id", how="left")
    )
    spans = [Period(period) if period else None for period in joined["period"]]
    joined["period_start"] = [span.start.isoformat() if span else "" for span in spans]
    joined["period_end"] = [span.end.isoformat() if span else "" for span in spans]
    joined["period_precision"] = [
        PRECISIONS[span.parts[0].count("-")] if span else "" for span in spans
    ]
    return joined[FLAT.split()]
