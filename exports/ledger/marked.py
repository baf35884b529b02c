"""A copy of a ledger's sheets with the faults marked: red cells, with the reason as a comment.

It holds what the cells hold, not what computes them: of a stranger's formulas none is passed on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime, time
from itertools import groupby
from pathlib import Path
from typing import Any

from openpyxl.cell import WriteOnlyCell
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill

from db.storage.chain import head
from db.storage.register import Register
from exports.ledger.dispute_columns import DISPUTES_SHEET
from exports.ledger.faults import Fault, FaultList
from exports.ledger.heading import Heading
from exports.ledger.read_file import Rows, open_disputes, open_rows
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
    marked = 0
    with register.reading() as tx:
        end = head(tx.connection)
    with (
        replacing(path, register.store.file, last) as temporary,
        Book(temporary.parent, end) as book,
    ):
        for title, rows, heading, faults in _sheets(ledger):
            sheet = Sheet(book, _title(title, book.sheetnames), [_WIDTH] * _WIDEST)
            marked += _mark(sheet, rows, heading, _by_row(faults), progress)
        book.save(temporary)
    return marked


def _sheets(ledger: Understood) -> Iterator[tuple[str, Rows, Heading, FaultList]]:
    """The sheets of a ledger: its cases, if it has any, and its disputes."""
    title, rows = open_rows(ledger.path)
    yield title, rows, ledger.heading, ledger.faults
    disputes = ledger.disputes
    found = open_disputes(ledger.path, disputes.apart) if disputes is not None else None
    if disputes is not None and found is not None:
        yield *found, disputes.heading, disputes.faults


def _mark(
    sheet: Sheet,
    rows: Rows,
    heading: Heading,
    faults: Iterator[tuple[int, list[Fault]]],
    progress: Callable[[int], None],
) -> int:
    """Write one sheet; answers how many of its cells are marked."""
    places = {column.means: column.place for column in heading.columns if column.means}
    marked = 0
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
        sheet.append([_cell(sheet, cells.get(place), notes.get(place)) for place in range(wide)])
    return marked


def _by_row(faults: FaultList) -> Iterator[tuple[int, list[Fault]]]:
    for row, wrong in groupby(faults, key=lambda fault: fault.row):
        yield row, list(wrong)


def _nameless(column: str) -> int:
    """The place of `第5列`, else the first."""
    digits = column.removeprefix("第").removesuffix("列")
    return int(digits) - 1 if digits.isascii() and digits.isdigit() and digits != "0" else 0


def _title(title: str, taken: Sequence[str]) -> str:
    """A name that a sheet may have, and that no other has: of two files both may be called alike."""
    name = "".join(c for c in cell_text(title) if c not in r"\/*?:[]'")[:31].strip() or "台账"
    return name if name not in taken else DISPUTES_SHEET


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
