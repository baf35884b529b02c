"""A copy of a ledger's first sheet with the faults marked: red cells, with the reason as a comment.

It holds what the cells hold, not what computes them: of a stranger's formulas none is passed on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime, time
from itertools import groupby
from pathlib import Path
from typing import Any

from openpyxl.cell import WriteOnlyCell
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill

from db.storage.chain import head
from db.storage.register import Register
from exports.ledger.faults import Fault
from exports.ledger.read_file import open_rows
from exports.ledger.understanding import Understood
from exports.paper_file import replacing
from exports.spreadsheet.cells import cell_text, looks_like_formula, put_text
from exports.spreadsheet.read_book import NoValue
from exports.spreadsheet.sheet import Book, Sheet
from exports.spreadsheet.styles import DATE

_RED = PatternFill("solid", fgColor="FFC7CE")
_WIDTH, _WIDEST = 14.0, 60
"""Of the columns, and how many of them have that width: wider sheets keep the usual one."""
_EVERY = 500
_NOTED = 400  # signs of a comment: what a hand's width shows


def write_marked(
    register: Register,
    ledger: Understood,
    path: Path,
    progress: Callable[[int], None] = lambda rows: None,
    last: Callable[[], None] = lambda: None,
) -> int:
    """Write the copy (.xlsx); answers how many cells are marked.

    A fault of a whole row, or of a column that is not there, is marked at the row's first cell.

    Raises:
        Unreadable: the ledger cannot be read any more.
        RegisterError: the copy cannot be written.
    """
    title, rows = open_rows(ledger.path)
    faults = _by_row(ledger)
    places = {column.means: column.place for column in ledger.heading.columns if column.means}
    marked = 0
    with register.reading() as tx:
        end = head(tx.connection)
    with (
        replacing(path, register.store.file, last) as temporary,
        Book(temporary.parent, end) as book,
    ):
        sheet = Sheet(book, _title(title), [_WIDTH] * _WIDEST)
        wrong = next(faults, None)
        for row, cells in rows:
            if sheet.rows % _EVERY == 0:
                progress(sheet.rows)
            while sheet.rows < row - 1:
                sheet.append()
            notes: dict[int, list[str]] = {}
            while wrong is not None and wrong[0] <= row:
                for fault in wrong[1]:
                    place = places.get(fault.column, _nameless(fault.column))
                    notes.setdefault(place, []).append(fault.reason)
                wrong = next(faults, None)
            marked += len(notes)
            wide = max((*cells, *notes), default=-1) + 1
            sheet.append(
                [_cell(sheet, cells.get(place), notes.get(place)) for place in range(wide)]
            )
        book.save(temporary)
    return marked


def _by_row(ledger: Understood) -> Iterator[tuple[int, list[Fault]]]:
    for row, faults in groupby(ledger.faults, key=lambda fault: fault.row):
        yield row, list(faults)


def _nameless(column: str) -> int:
    """The place of `第5列`, else the first."""
    digits = column.removeprefix("第").removesuffix("列")
    return int(digits) - 1 if digits.isascii() and digits.isdigit() and digits != "0" else 0


def _title(title: str) -> str:
    """A name that a sheet may have."""
    return "".join(c for c in cell_text(title) if c not in r"\/*?:[]'")[:31].strip() or "台账"


def _cell(sheet: Sheet, value: Any, notes: list[str] | None) -> Any:
    if value is None and not notes:
        return None
    cell: Any = WriteOnlyCell(sheet.worksheet)
    if isinstance(value, NoValue):
        value = value.shown
    if isinstance(value, str):
        text = cell_text(value)
        cell.quotePrefix = looks_like_formula(text)
        if text:
            put_text(cell, text)
    elif isinstance(value, datetime) and value.time() == time.min:
        cell.value, cell.number_format = value.date(), DATE.number_format
    elif value is not None:
        cell.value = value
        if isinstance(value, date):
            cell.number_format = DATE.number_format
    if notes:
        cell.fill = _RED
        said = cell_text("；".join(note.removesuffix("。") for note in notes))[:_NOTED]
        cell.comment = Comment(said, "台账", height=80, width=240)
    return cell
