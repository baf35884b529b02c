"""A workbook and its sheets, written row by row: the page, the columns, the merged cells.

openpyxl's write-only mode keeps memory flat however many rows there are. Such a sheet takes its
page, widths and panes before the first row, and its merges, filter and formats at any time.
"""

from __future__ import annotations

import contextlib
from collections.abc import Generator, Iterable, Sequence
from copy import copy
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any, Literal, cast

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import Cell
from openpyxl.styles.cell_style import StyleArray
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._writer import WorksheetWriter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.xml.constants import SHEET_MAIN_NS
from openpyxl.xml.functions import xmlfile

from db.storage.head import Head
from exports.spreadsheet.cells import cell_text, looks_like_formula, put_text
from exports.spreadsheet.plain_rows import PlainRows, Styles
from exports.spreadsheet.styles import DATE, LINE_HEIGHT, Look

_A4, _A3 = 9, 8
_HIGHEST = 409.0  # points, of one row


class Book(Workbook):
    """A write-only workbook that drafts its sheets in a folder of the caller's.

    The library would draft them in the system's temporary folder, where a killed program leaves
    them. Use it in a `with` statement: what is not saved by then is closed and gives nothing.
    """

    def __init__(self, folder: Path, head: Head | None) -> None:
        """`head` is where the register's chain ends: it is printed on every page; None of what no
        register has made."""
        super().__init__(write_only=True)
        self.folder = folder
        self.head = head

    def __enter__(self) -> Book:
        return self

    def __exit__(self, *_: object) -> None:
        for sheet in self.worksheets:
            with contextlib.suppress(Exception):  # what ended the work ends this, too
                sheet.close()


class _Draft(WorksheetWriter):
    """What of a sheet is written already, in a file that the library does not choose."""

    def __init__(self, workbook: Book, sheet: Worksheet) -> None:
        self._path = workbook.folder / f"sheet{len(workbook.worksheets)}.xml"
        super().__init__(sheet, out=str(self._path))

    def get_stream(self) -> Generator[Any, Any, None]:
        """As the library does, but into an open file: given a name, lxml (which the library takes
        where it is installed) tells of a full disk by a fault of its own."""
        with (
            open(self._path, "wb") as file,
            xmlfile(file) as stream,
            stream.element("worksheet", xmlns=SHEET_MAIN_NS),
            contextlib.suppress(GeneratorExit),
        ):
            self._file, self._stream = file, stream
            while True:
                told = yield
                if told is True:
                    yield stream
                elif told is not None:
                    stream.write(told)

    def cleanup(self) -> None:
        self._path.unlink()

    def put(self, row: str) -> None:
        """Write a row as it is, behind all that has been written."""
        self._stream.flush()
        self._file.write(row.encode())


class Sheet:
    """A sheet of a workbook; `rows` is how many rows it has so far."""

    def __init__(self, workbook: Book, title: str, widths: Sequence[float]) -> None:
        # A write-only sheet has the page, columns and merges of a Worksheet; the stubs say less.
        self.worksheet = cast(Worksheet, workbook.create_sheet(title))
        self._draft = _Draft(workbook, self.worksheet)
        self.worksheet._writer = self._draft  # type: ignore[attr-defined]
        self.widths = tuple(widths)
        self.rows = 0
        self._head = workbook.head
        # The library looks every part of a look up again for every cell: half of all the work.
        self._styles: dict[tuple[int, bool], tuple[Look, StyleArray]] = {}
        for place, width in enumerate(widths, 1):
            self.worksheet.column_dimensions[get_column_letter(place)].width = width

    def set_page(
        self,
        orientation: Literal["portrait", "landscape"],
        *,
        titles: str | None = None,
        one_page: bool = False,
        large: bool = False,
    ) -> None:
        """A4 (or A3), one page wide (and high, if asked), centred, numbered; rows `titles` on each."""
        sheet = self.worksheet
        sheet.page_setup.orientation = orientation
        sheet.page_setup.paperSize = _A3 if large else _A4
        sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
        sheet.page_setup.fitToWidth = 1
        sheet.page_setup.fitToHeight = 1 if one_page else 0
        sheet.print_options.horizontalCentered = True
        margins = sheet.page_margins
        margins.left = margins.right = margins.top = 0.5
        margins.bottom = 0.6
        margins.header = margins.footer = 0.3
        footer = sheet.oddFooter
        if footer is not None and footer.center is not None and footer.right is not None:
            footer.center.text = "第 &P 页，共 &N 页"
            footer.right.text = f"记录链 {self._head.label}" if self._head else None
        if titles is not None:
            sheet.print_title_rows = titles

    def blank(self, look: Look, *, quoted: bool = False) -> Cell:
        """An empty cell; `quoted` keeps its text a text even while someone edits it."""
        cell = WriteOnlyCell(self.worksheet)
        known = self._styles.get((id(look), quoted))
        if known is not None:
            cell._style = copy(known[1])  # type: ignore[attr-defined]
            return cell
        cell.font = look.font
        cell.alignment = look.alignment
        if look.border is not None:
            cell.border = look.border
        if look.fill is not None:
            cell.fill = look.fill
        cell.number_format = look.number_format
        if quoted:
            cell.quotePrefix = True
        style: StyleArray = cell._style  # type: ignore[attr-defined]
        self._styles[id(look), quoted] = look, copy(style)
        return cell

    def cell(self, value: str | int | date, look: Look) -> Cell:
        """A cell that holds a text, a number or a date; a text is never a formula."""
        if isinstance(value, str):
            text = cell_text(value)
            cell = self.blank(look, quoted=looks_like_formula(text))
            if text:
                put_text(cell, text)
        else:
            cell = self.blank(look)
            cell.value = value
        return cell

    def formula(self, expression: str, look: Look) -> Cell:
        """A cell that computes `expression`, given without its `=`."""
        cell = self.blank(look)
        cell.value = f"={expression}"
        return cell

    def across(self, value: str | Cell, look: Look, columns: int) -> list[Cell]:
        """A cell and the empty ones it is merged with, all of one look: `columns` in all."""
        first = self.cell(value, look) if isinstance(value, str) else value
        return [first, *(self.blank(look) for _ in range(columns - 1))]

    def append(
        self, cells: Sequence[Cell | str | int | None] = (), height: float | None = None
    ) -> int:
        """Append a row, `height` points high (None: as the program sees fit); its number."""
        if not self.rows:
            self._draft.write_top()
        self.rows += 1
        heights = self.worksheet.row_dimensions
        if height is not None:
            heights[self.rows].height = min(height, _HIGHEST)
        self.worksheet.append(list(cells))
        heights.pop(self.rows, None)  # written by now; kept, they would fill the memory
        return self.rows

    def append_plain(
        self,
        row: Iterable[str | int | date | None],
        looking: PlainRows | None = None,
        height: float | None = None,
    ) -> None:
        """Append a row of plain cells behind others: texts, whole numbers, and days in the look of days.

        The library looks at each cell from every side, which takes ten times as long as to write it.
        """
        self.rows += 1
        high = None if height is None else min(height, _HIGHEST)
        self._draft.put((looking or self._plain).row(self.rows, row, high))

    def looking(self, looks: Sequence[Look]) -> PlainRows:
        """What writes plain rows whose cells look so, the empty ones too."""
        columns = []
        for look in looks:
            plain, quoted = (self.blank(look, quoted=q).style_id for q in (False, True))
            columns.append(Styles(plain, quoted, plain, plain))
        return PlainRows(columns)

    @cached_property
    def _plain(self) -> PlainRows:
        quoted, dated = WriteOnlyCell(self.worksheet), WriteOnlyCell(self.worksheet)
        quoted.quotePrefix = True
        dated.number_format = DATE.number_format
        return PlainRows([Styles(0, quoted.style_id, dated.style_id)] * len(self.widths))

    def merge(self, first_row: int, first_column: int, last_row: int, last_column: int) -> None:
        """Merge a block of cells (counted from 1), if it is more than one."""
        if (first_row, first_column) != (last_row, last_column):
            self.worksheet.merged_cells.add(
                f"{get_column_letter(first_column)}{first_row}"
                f":{get_column_letter(last_column)}{last_row}"
            )


def height_of(lines: int, air: float = 4.0) -> float:
    """The height in points of a row of so many lines, with some air."""
    return lines * LINE_HEIGHT + air
