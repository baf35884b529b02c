"""The case ledger as a file: .xlsx or .csv, the columns of `exports.ledger.read_row` and four derived ones."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from openpyxl.cell import WriteOnlyCell
from openpyxl.utils import get_column_letter

from db.cases.case_file import CaseFile, chosen_cases, every_case
from db.errors import BadValue
from db.privacy.masking import mask_case
from db.storage.chain import head
from db.storage.register import Register
from db.storage.transaction import Transaction
from exports.ledger.columns import HEADINGS, REMARKS
from exports.ledger.printed_list import list_row, write_list
from exports.ledger.write_row import ledger_row
from exports.paper_file import replacing
from exports.spreadsheet.cells import guard, looks_like_formula, put_text, too_long
from exports.spreadsheet.sheet import Book, Sheet
from exports.spreadsheet.styles import DATE, HEAD

SHEET = "台账"
_WIDTHS = {"申请内容": 48, REMARKS: 40, "通讯地址": 28, "受理机关": 24, "办理结果": 28}

Progress = Callable[[int], None]
Chosen = Callable[[Transaction], Sequence[int]]
"""Which cases, asked in the transaction that reads them."""


def write_ledger(
    register: Register,
    path: Path,
    year: int | None = None,
    *,
    chosen: Chosen | None = None,
    masked: bool = False,
    printed: bool = False,
    progress: Progress | None = None,
    last: Callable[[], None] = lambda: None,
) -> int:
    """Write the ledger to `path` (.xlsx or .csv by its ending); answers how many cases.

    With a year, the cases that year's table counts. `chosen` says which cases (their ids), in that
    order. `masked` hides names, certificate numbers, phones and addresses. `printed` makes a list
    to be printed of it (`exports.ledger.printed_list`, .xlsx alone), which is not read back.

    Raises:
        BadValue: another ending.
        RegisterError: the file cannot be written.
    """
    writers = {".xlsx": write_list} if printed else {".xlsx": _write_xlsx, ".csv": _write_csv}
    write = writers.get(path.suffix.lower())
    if write is None:
        raise BadValue(f"{path} 应以 {' 或 '.join(writers)} 结尾。")
    row_of = list_row if printed else ledger_row
    written = 0

    def rows(tx: Transaction) -> Iterator[list[Any]]:
        nonlocal written
        listed: Iterable[CaseFile]
        listed = every_case(tx, year) if chosen is None else chosen_cases(tx, chosen(tx), year)
        for case in listed:
            yield row_of(mask_case(case) if masked else case)
            written += 1
            if progress is not None and written % 500 == 0:
                progress(written)

    with register.reading() as tx, replacing(path, register.store.file, last) as temporary:
        write(temporary, rows(tx), tx)
    return written


def _write_csv(path: Path, rows: Iterable[Sequence[Any]], _: Transaction) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEADINGS)
        for row in rows:
            writer.writerow([guard(str(cell)) if cell is not None else "" for cell in row])


def _write_xlsx(path: Path, rows: Iterable[Sequence[Any]], tx: Transaction) -> None:
    widths = [_WIDTHS.get(name, 12 if name.endswith("日期") else 14) for name in HEADINGS]
    with Book(path.parent, head(tx.connection)) as book:
        sheet = Sheet(book, SHEET, widths)
        sheet.set_page("landscape", titles="1:1")
        sheet.worksheet.freeze_panes = "C2"
        dated: Any = WriteOnlyCell(sheet.worksheet)
        dated.number_format = DATE.number_format
        sheet.append([sheet.cell(text, HEAD) for text in HEADINGS])
        for row in rows:
            sheet.append([_cell(sheet, value, dated) for value in row])
        sheet.worksheet.auto_filter.ref = f"A1:{get_column_letter(len(HEADINGS))}{sheet.rows}"
        book.save(path)


def _cell(sheet: Sheet, value: Any, dated: Any) -> Any:
    """A date with the shared date style; a text that a spreadsheet could misread as a text."""
    cell: Any
    if isinstance(value, str) and too_long(value):
        raise BadValue(
            f"“{value[:20]}……”有{len(value)}个字，一个 Excel 单元格放不下；请改用 .csv 导出。"
        )
    if isinstance(value, date):
        cell = WriteOnlyCell(sheet.worksheet)
        cell.value = value
        cell._style = dated._style  # one style for all: a named one per cell takes thrice as long
        return cell
    if isinstance(value, str) and (looks_like_formula(value) or value.startswith("#")):
        cell = WriteOnlyCell(sheet.worksheet)
        cell.quotePrefix = looks_like_formula(value)
        put_text(cell, value)
        return cell
    return value
