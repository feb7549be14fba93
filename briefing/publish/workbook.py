"""How the tables of data/ become a workbook for Excel: typed, linked, and nothing in it runs."""

import io
import math
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

import pandas as pd
from xlsxwriter.utility import xl_range

from briefing.core.labels import width
from briefing.notebook.house import BLUE, FAINT
from briefing.sources.characters import HAN
from briefing.sources.tables import described_fields, targets

# The first day that a ZIP archive can name stands for no day, so that the bytes stay the same.
NO_DAY = datetime(1980, 1, 1)
PLAIN = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
LATIN, EAST_ASIAN = "Arial", "Microsoft YaHei"  # which Office has, here and in China
CODEBOOK = "codebook"
HEADS = ("table", "column", "type", "what it holds")
NUMBERS = "[>=1000]#,##0_);General_)"
WIDEST, BUTTON, ASIDE = 44, 4, 2  # characters: a column, beyond which words wrap; a head's; blank
NARROW = 0.9  # width of words as a share of that of as many digits
LINE = 14  # points; a row's height is set, as not every program finds it
A4, A3, ROOM = 9, 8, 150  # paper, and the characters that A4 holds across


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
    """The codebook and every table, a sheet each, in the descriptor's order.

    A value that is the key of a row in a table links to that row. The same input gives the same
    bytes.
    """
    buffer, resources = io.BytesIO(), descriptor["resources"]
    known = {
        "title": descriptor["title"],
        "subject": descriptor["report"]["symbol"],
        "author": descriptor["contributors"][0]["title"],
        "comments": descriptor["description"],
    }
    with writer(buffer, **known) as book:
        codebook = _codebook(resources)
        _sheet(book, CODEBOOK, codebook)
        _link(book, CODEBOOK, codebook["table"], {name: f"'{name}'!A1" for name in tables})
        for resource in resources:
            table = tables[resource["name"]]
            _sheet(book, resource["name"], table)
            for name, target in targets(resource).items():
                keys = enumerate(tables[target].iloc[:, 0], start=2)
                places = {key: f"'{target}'!A{row}" for row, key in keys}
                _link(book, resource["name"], table[name], places, table.columns.get_loc(name))
    return buffer.getvalue()


def _codebook(resources: list[dict[str, Any]]) -> pd.DataFrame:
    """What each column of each table holds."""
    rows = [
        (resource["name"], name, kind, notes.replace("`", ""))
        for resource in resources
        for name, kind, notes in described_fields(resource)
    ]
    return pd.DataFrame(rows, columns=HEADS)


def _sheet(book: pd.ExcelWriter, name: str, table: pd.DataFrame) -> None:
    """A sheet with its head: frozen, filtered, and set for print."""
    table.to_excel(book, sheet_name=name, index=False, freeze_panes=(1, 1), autofilter=True)
    sheet = book.sheets[name]
    sheet.set_row(0, 24, _format(book, bold=True, bg_color=FAINT, valign="vcenter"))
    sizes = table.map(lambda cell: width(str(cell)))
    least = [width(head) + BUTTON for head in table]
    widths = sizes.max().fillna(0).clip(least, WIDEST)
    is_han = table.map(lambda cell: bool(HAN.search(str(cell)))).any()
    for column, head in enumerate(table.columns):
        font = EAST_ASIAN if is_han[head] else LATIN
        look = _format(book, font_name=font, num_format=NUMBERS)
        sheet.set_column(column, column, widths[head] + ASIDE, look)
    for row, lines in enumerate((NARROW * sizes / widths).max(axis=1), start=1):
        sheet.set_row(row, LINE * math.ceil(lines))
    # A key or a printed form that is digits alone is words, and no number that was mistyped.
    sheet.ignore_errors({"number_stored_as_text": xl_range(0, 0, *table.shape)})
    sheet.set_landscape()
    sheet.set_paper(A4 if widths.sum() <= ROOM else A3)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    sheet.set_footer("&L&8&A&R&8&P / &N")


def _format(book: pd.ExcelWriter, **own: Any) -> Any:
    return book.book.add_format(
        {"font_name": LATIN, "font_size": 10, "text_wrap": True, "valign": "top"} | own
    )


def _link(
    book: pd.ExcelWriter, name: str, keys: pd.Series, places: dict[str, str], column: int = 0
) -> None:
    """Let each key of a column lead to its place, if it has one."""
    look = _format(book, font_color=BLUE, underline=1)
    for row, key in enumerate(keys, start=1):
        if key in places:
            book.sheets[name].write_url(row, column, f"internal:{places[key]}", look, key)
