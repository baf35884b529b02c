"""Opening a ledger file, .xlsx or .csv, from anyone's hands: its two sheets, row by row."""

from __future__ import annotations

import contextlib
import csv
import sys
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from typing import TextIO

from db.beside import answers_of, beside
from db.errors import NotFound, Unreadable, plain_fault
from exports.ledger.dispute_columns import DISPUTES_SHEET, holds_disputes
from exports.spreadsheet.book_parts import MOST_KEPT, Repeated
from exports.spreadsheet.cells import unguard
from exports.spreadsheet.damaged import sentences
from exports.spreadsheet.read_book import MOST_COLUMNS, MOST_IN_CELL, Book, Cells, Sheet
from exports.spreadsheet.text_file import encoding_of

_LARGEST_CSV = 256 << 20
_LARGE = 500 << 10
"""Bytes of a file, from which on another process reads it: some thousands of rows."""
_PART = 200
"""Rows that come from there at once."""

Rows = Iterator[tuple[int, Cells]]
"""The rows that hold something, each with its number (the first is 1), from top to bottom."""


def open_rows(path: Path) -> tuple[str, Rows]:
    """The first sheet of a ledger file that is not 复议诉讼: its title and its rows, which may still
    be refused. A file of disputes alone has none.

    Raises:
        NotFound: there is no such file.
        Unreadable: it is neither .xlsx nor .csv, damaged, too large, or in an unknown encoding.
    """
    return _opened(path, _cases_in) or ("台账", iter(()))


def open_disputes(path: Path, apart: Path | None = None) -> tuple[str, Rows] | None:
    """The sheet 复议诉讼 of a ledger file, if it has one; or a file apart: the one of that name in
    it, else its first.

    Raises:
        NotFound, Unreadable: as `open_rows`; or the disputes stand in both files.
    """
    if apart is None:
        return None if path.suffix.lower() == ".csv" else _opened(path, _disputes_in)
    if path.suffix.lower() != ".csv":
        with _sentences(path), contextlib.closing(Book(path)) as book:
            within = _disputes_in(book)
            if within is not None and _holds(book, within):
                raise Unreadable(
                    f"{path} 里已有“{DISPUTES_SHEET}”工作表，又另给了 {apart}；请只留其中一处。"
                )
    return _opened(apart, lambda book: _disputes_in(book) or book.sheets[0])


def unread_sheets(path: Path, apart: Path | None = None) -> tuple[str, ...]:
    """The names of the sheets that hold something and are neither the cases nor 复议诉讼."""
    names: list[str] = []
    for file in (path, apart):
        if file is None or file.suffix.lower() == ".csv":
            continue
        with _sentences(file), contextlib.closing(Book(file)) as book:
            disputes = _disputes_in(book)
            read = (disputes or book.sheets[0],) if file is apart else (disputes, _cases_in(book))
            names += [
                sheet.title for sheet in book.sheets if sheet not in read and _holds(book, sheet)
            ]
    return tuple(names)


def _holds(book: Book, sheet: Sheet) -> bool:
    """Whether anything stands in a sheet; one that cannot be read may hold something."""
    try:
        return book.holds(sheet)
    except Exception:
        return True


def _cases_in(book: Book) -> Sheet | None:
    return next((sheet for sheet in book.sheets if not holds_disputes(sheet.title)), None)


def _disputes_in(book: Book) -> Sheet | None:
    return next((sheet for sheet in book.sheets if holds_disputes(sheet.title)), None)


def _opened(path: Path, choose: Callable[[Book], Sheet | None]) -> tuple[str, Rows] | None:
    """One sheet of a file: of a .csv the only one, of an .xlsx the one that is chosen, if any is."""
    try:
        found = path.is_file()
    except OSError as fault:
        raise Unreadable(f"{path} 无法读取：{plain_fault(fault)}。") from None
    if not found:
        raise NotFound(f"没有找到文件 {path}；请核对路径。")
    if path.suffix.lower() not in (".csv", ".xlsx", ".xlsm"):
        raise Unreadable(f"{path} 不是 .xlsx 或 .csv；请在表格软件里另存为 .xlsx 后再导入。")
    if path.suffix.lower() == ".csv":
        return path.stem, _csv_rows(path)
    with _sentences(path):
        book = Book(path)
        if not book.sheets:
            book.close()
            raise Unreadable(f"{path} 里没有工作表；请核对文件。")
        sheet = choose(book)
        if sheet is None:
            book.close()
            return None
        return sheet.title, _xlsx_rows(path, book, sheet)


def _csv_rows(path: Path) -> Rows:
    try:
        encoding = encoding_of(path, _LARGEST_CSV)
        csv.field_size_limit(MOST_IN_CELL)
        kept, repeated = 0, Repeated()
        with path.open(encoding=encoding, newline="") as file:
            for number, row in enumerate(csv.reader(_lines(path, file), strict=True), 1):
                if len(row) > MOST_COLUMNS:
                    raise Unreadable(
                        f"{path} 第{number}行超过{MOST_COLUMNS}列，不像台账；没有导入。"
                    )
                cells = {}
                for place, text in enumerate(row):
                    if text.strip():
                        cells[place] = told = repeated.one(unguard(text))
                        kept += 0 if repeated.met else sys.getsizeof(told)
                if kept > MOST_KEPT:
                    raise Unreadable(f"{path} 的文字过多；请分成几个文件导入。")
                yield number, cells
    except OSError as fault:
        raise Unreadable(f"{path} 无法读取：{plain_fault(fault)}。") from None
    except (csv.Error, UnicodeError) as fault:
        raise Unreadable(f"{path} 不是完好的 CSV；请另存为 .xlsx 后再导入。") from fault


def _lines(path: Path, file: TextIO) -> Iterator[str]:
    """The lines of a text, none of them endless."""
    while line := file.readline(MOST_IN_CELL):
        if len(line) == MOST_IN_CELL:
            raise Unreadable(f"{path} 里有一行文字过长，不像台账；没有导入。")
        yield line


def _xlsx_rows(path: Path, book: Book, sheet: Sheet) -> Rows:
    """Of a large file another process reads the rows while those before are understood here."""
    with contextlib.closing(book):
        told = 0
        with _sentences(path):
            large = path.stat().st_size >= _LARGE
        if large:
            repeated, long = Repeated(), dict[str, str]()
            with beside(_read_beside, path, book.sheets.index(sheet)) as other:
                for part in answers_of(other):
                    if isinstance(part, Unreadable):
                        raise part
                    for number, cells in part:
                        yield number, _held_once(cells, repeated, long)
                    told += len(part)
                    if len(part) < _PART:
                        return
        rows = islice(book.rows(sheet), told, None)
        while True:
            with _sentences(path):
                row = next(rows, None)
            if row is None:
                return
            yield row


def _held_once(cells: Cells, repeated: Repeated, long: dict[str, str]) -> Cells:
    """The cells with each text as it was first held: a file may name one of 10,000 characters in
    every row, and every part that comes through a pipe has its own of it."""

    def one(told: str) -> str:
        if len(told) > Repeated.LONGEST:
            return long.setdefault(told, told)
        return repeated.one(told)

    return {place: one(told) if isinstance(told, str) else told for place, told in cells.items()}


def _read_beside(
    _: object, path: Path, place: int
) -> Iterator[list[tuple[int, Cells]] | Unreadable]:
    """What the other process does; the last part is a short one."""
    try:
        with _sentences(path), contextlib.closing(Book(path)) as book:
            rows = book.rows(book.sheets[place])
            while part := list(islice(rows, _PART)):
                yield part
            yield []
    except Unreadable as fault:
        yield fault


def _sentences(path: Path) -> contextlib.AbstractContextManager[None]:
    return sentences(path, " .xlsx 文件", "请用表格软件打开，另存为 .xlsx 后再导入")
