"""How the tables of data/ become a workbook for Excel: typed, linked, and nothing in it runs."""

import io
import math
import re
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any

import pandas as pd

from briefing.core.language import width
from briefing.notebook.charts import BLUE, FAINT, INK
from briefing.sources.tables import described_fields, targets

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

# The first day that a ZIP archive can name stands for no day, so that the bytes stay the same.
NO_DAY = datetime(1980, 1, 1)
PLAIN = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
LATIN, EAST_ASIAN = "Arial", "Microsoft YaHei"  # which Office has, here and in China
HAN = re.compile("[\u3000-\u9fff\uff00-\uffef]")
CODEBOOK = "codebook"
HEADS = ("table", "column", "type", "what it holds")
NARROWEST, WIDEST, OF_NAMES = 8, 44, 24  # characters of a column; of one of names such as `a-b`
HEAD_ROOM = 4  # characters that a head's button takes
LINE = 14  # points; a row's height is set, as not every program finds it
A4, A3, ROOM = 9, 8, 170  # paper, and the characters that A4 holds across


def workbook(descriptor: dict[str, Any], tables: dict[str, pd.DataFrame]) -> bytes:
    """The codebook and every table, a sheet each, in the descriptor's order.

    A value that is the key of a row in a table links to that row. The same input gives the same
    bytes.
    """
    from xlsxwriter import Workbook

    buffer = io.BytesIO()
    with Workbook(buffer, PLAIN) as book:
        book.set_size(24_000, 14_000)
        book.set_properties(_properties(descriptor))
        writer = _Writer(book)
        writer.codebook(descriptor["resources"])
        for resource in descriptor["resources"]:
            writer.table(resource, tables)
    return buffer.getvalue()


def _properties(descriptor: dict[str, Any]) -> dict[str, Any]:
    return {
        "title": descriptor["title"],
        "subject": descriptor["report"]["symbol"],
        "author": descriptor["contributors"][0]["title"],
        "comments": descriptor["description"],
        "created": NO_DAY,
    }


class _Writer:
    """Writes the sheets of a workbook, each looked after the same."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._formats: dict[tuple[tuple[str, Any], ...], Format] = {}
        self._head = self._format(
            bold=True, bg_color=FAINT, bottom=2, bottom_color=BLUE, valign="vcenter"
        )

    def _format(self, **own: Any) -> "Format":
        """A format of the house; the same one for the same wishes."""
        wishes = {"font_name": LATIN, "font_size": 10, "font_color": INK, "text_wrap": True}
        wishes |= {"valign": "top", "bottom": 1, "bottom_color": FAINT} | own
        key = tuple(sorted(wishes.items()))
        if key not in self._formats:
            self._formats[key] = self._book.add_format(wishes)
        return self._formats[key]

    def codebook(self, resources: list[dict[str, Any]]) -> None:
        """What each column holds; a table's name leads to its sheet."""
        rows = [
            (resource["name"], name, kind, notes.replace("`", ""))
            for resource in resources
            for name, kind, notes in described_fields(resource)
        ]
        sheet = self._sheet(CODEBOOK, pd.DataFrame(rows, columns=HEADS))
        sheet.set_tab_color(BLUE)
        for row, (table, *words) in enumerate(rows, start=1):
            self._link(sheet, row, 0, table, f"'{table}'!A1")
            for column, word in enumerate(words, start=1):
                self._words(sheet, row, column, word)

    def table(self, resource: dict[str, Any], tables: dict[str, pd.DataFrame]) -> None:
        """A table, its numbers as numbers and its keys of other tables as links."""
        table = tables[resource["name"]]
        sheet = self._sheet(resource["name"], table)
        kinds = {field["name"]: field["type"] for field in resource["schema"]["fields"]}
        places = {name: _places(target, tables) for name, target in targets(resource).items()}
        for column, name in enumerate(table.columns):
            write = self._words if kinds[name] == "string" else self._number
            if name in places:
                write = partial(self._key, places=places[name])
            for row, cell in enumerate(table[name], start=1):
                write(sheet, row, column, cell)

    def _sheet(self, name: str, table: pd.DataFrame) -> "Worksheet":
        """A sheet with its head: frozen, filtered, and set for print on A4."""
        sheet = self._book.add_worksheet(name)
        widths = [_width(head, table[head]) for head in table.columns]
        for column, head in enumerate(table.columns):
            sheet.set_column(column, column, widths[column])
            sheet.write_string(0, column, head, self._head)
        sheet.set_row(0, 24)
        for number, row in enumerate(table.itertuples(index=False), start=1):
            sheet.set_row(number, LINE * max(map(_lines, row, widths)))
        sheet.freeze_panes(1, 1)
        sheet.autofilter(0, 0, len(table), len(table.columns) - 1)
        sheet.hide_gridlines(2)
        sheet.set_landscape()
        sheet.set_paper(A4 if sum(widths) <= ROOM else A3)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)
        sheet.set_footer("&L&8&A&R&8&P / &N")
        return sheet

    def _words(self, sheet: "Worksheet", row: int, column: int, words: str) -> None:
        """Words as they are, whatever they look like."""
        look = self._format(font_name=EAST_ASIAN) if HAN.search(words) else self._format()
        if words:
            sheet.write_string(row, column, words, look)
        else:
            sheet.write_blank(row, column, None, look)

    def _number(self, sheet: "Worksheet", row: int, column: int, number: float) -> None:
        if pd.isna(number):
            sheet.write_blank(row, column, None, self._format())
            return
        whole = float(number).is_integer()
        look = self._format(num_format="#,##0_)" if whole else "#,##0.0#####_)")
        sheet.write_number(row, column, number, look)

    def _key(
        self, sheet: "Worksheet", row: int, column: int, key: str, places: dict[str, str]
    ) -> None:
        if key in places:
            self._link(sheet, row, column, key, places[key])
        else:
            self._words(sheet, row, column, key)

    def _link(self, sheet: "Worksheet", row: int, column: int, words: str, place: str) -> None:
        look = self._format(font_color=BLUE, underline=1)
        sheet.write_url(row, column, f"internal:{place}", look, words)


def _places(table: str, tables: dict[str, pd.DataFrame]) -> dict[str, str]:
    """The cell that holds each key of a table."""
    keys = tables[table].iloc[:, 0]
    return {key: f"'{table}'!A{row}" for row, key in enumerate(keys, start=2)}


def _width(head: str, cells: pd.Series) -> int:
    """The width of a column: that of its widest cell within bounds, beyond which words wrap."""
    widest = max((width(str(cell)) for cell in cells), default=0) + 2
    words = any(" " in str(cell) or HAN.search(str(cell)) for cell in cells)
    return max(NARROWEST, width(head) + HEAD_ROOM, min(widest, WIDEST if words else OF_NAMES))


def _lines(cell: object, wide: int) -> int:
    """The lines that a cell takes in a column; names wrap early, words are narrower than digits."""
    return math.ceil(0.95 * width(str(cell)) / wide) or 1
