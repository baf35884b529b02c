"""The case ledger as a file: .xlsx with a second sheet of disputes, or .csv with a second file."""

from __future__ import annotations

import contextlib
import csv
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from openpyxl.utils import get_column_letter

from db.cases.case_file import CaseFile, chosen_cases, every_case
from db.errors import BadValue
from db.privacy.masking import mask_case
from db.storage.chain import head
from db.storage.register import Register
from db.storage.transaction import Transaction
from exports.ledger.columns import HEADINGS, REMARKS
from exports.ledger.dispute_columns import DISPUTES, DISPUTES_SHEET
from exports.ledger.printed_list import list_row, write_list
from exports.ledger.write_dispute_sheet import WIDTHS, dispute_rows, exported_disputes
from exports.ledger.write_row import ledger_row
from exports.paper_file import replacing
from exports.spreadsheet.cells import guard, too_long
from exports.spreadsheet.sheet import Book, Sheet, height_of
from exports.spreadsheet.styles import HEAD, lines_of

SHEET = "台账"
_DATE, _USUAL = 10.5, 10.0
_WIDTHS = {
    "申请内容": 40,
    REMARKS: 30,
    "通讯地址": 20,
    "受理机关": 18,
    "办理结果": 24,
    "证件号码": 19,
    "联系电话": 13,
    "电子邮箱": 14,
    "承办人": 8,
    "延期工作日": 7,
    "用时工作日": 7,
    "是否超期": 6,
}
"""Thirty columns that can be read on an A3 sheet."""

Progress = Callable[[int], None]
Chosen = Callable[[Transaction], Sequence[int]]
"""Which cases, asked in the transaction that reads them."""


@dataclass(frozen=True, slots=True)
class Written:
    """How many cases and disputes an export wrote, and how many disputes it had no place for."""

    cases: int
    disputes: int = 0
    left_out: int = 0


def write_ledger(
    register: Register,
    path: Path,
    year: int | None = None,
    *,
    disputes: Path | None = None,
    chosen: Chosen | None = None,
    masked: bool = False,
    printed: bool = False,
    progress: Progress | None = None,
    last: Callable[[], None] = lambda: None,
) -> Written:
    """Write the ledger to `path` (.xlsx or .csv by its ending).

    With a year, the cases that year's table counts. `chosen` says which cases (their ids), in that
    order. `masked` hides names, certificate numbers, phones and addresses. `printed` makes a list
    to be printed of it (`exports.ledger.printed_list`, .xlsx alone), which is not read back.
    The disputes stand in the second sheet; of a .csv in the file `disputes`, if it is given.

    Raises:
        BadValue: another ending, or there is no use for a second file.
        RegisterError: a file cannot be written.
    """
    endings = (".xlsx",) if printed else (".xlsx", ".csv")
    if path.suffix.lower() not in endings:
        raise BadValue(f"{path} 应以 {' 或 '.join(endings)} 结尾。")
    if disputes is not None:
        _refuse_second(path, disputes)
    told = _Told(year, chosen, masked, progress)
    with register.reading() as tx, contextlib.ExitStack() as papers:
        # the second file is the first in its place: whether all is stopped is asked there
        before = last if disputes is None else lambda: None
        draft = papers.enter_context(replacing(path, register.store.file, before))
        if printed:
            write_list(draft, told.cases(tx, list_row), tx)
        elif path.suffix.lower() == ".xlsx":
            _write_xlsx(draft, told, tx)
        else:
            _write_csv(draft, HEADINGS, told.cases(tx, ledger_row))
            rows = list(told.disputes(tx))
            if disputes is None:
                return Written(told.written, 0, len(rows))
            second = papers.enter_context(replacing(disputes, register.store.file, last))
            _write_csv(second, DISPUTES.columns, rows)
    return Written(told.written, told.written_disputes)


def _refuse_second(path: Path, disputes: Path) -> None:
    if path.suffix.lower() != ".csv":
        raise BadValue(f"复议诉讼写在 {path} 的第二张工作表里；另写一个文件只用于 .csv 台账。")
    if disputes.suffix.lower() != ".csv":
        raise BadValue(f"{disputes} 应以 .csv 结尾。")
    if os.path.realpath(path) == os.path.realpath(disputes):
        raise BadValue(f"{disputes} 是台账本身的文件；复议诉讼请另写一个文件名。")


class _Told:
    """What an export tells of, row by row."""

    def __init__(
        self,
        year: int | None,
        chosen: Chosen | None,
        masked: bool,
        progress: Progress | None,
    ) -> None:
        self._year, self._chosen, self._masked = year, chosen, masked
        self._progress = progress
        self._numbers: set[str] = set()
        self.written = self.written_disputes = 0

    def cases(
        self, tx: Transaction, row_of: Callable[[CaseFile], list[Any]]
    ) -> Iterator[list[Any]]:
        listed: Iterable[CaseFile]
        if self._chosen is None:
            listed = every_case(tx, self._year)
        else:
            listed = chosen_cases(tx, self._chosen(tx), self._year)
        for case in listed:
            yield row_of(mask_case(case) if self._masked else case)
            self._numbers.add(case.number)
            self.written += 1
            if self._progress is not None and self.written % 500 == 0:
                self._progress(self.written)

    def disputes(self, tx: Transaction) -> Iterator[list[Any]]:
        """Those of the cases that have been told: they come after them."""
        year, numbers = self._year, self._numbers
        found = exported_disputes(tx, numbers, year, whole=self._chosen is None)
        self.written_disputes = len(found)
        yield from dispute_rows(tx, found, numbers, year, masked=self._masked)


def _write_csv(path: Path, headings: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(headings)
        for row in rows:
            writer.writerow([guard(str(cell)) if cell is not None else "" for cell in row])


def _write_xlsx(path: Path, told: _Told, tx: Transaction) -> None:
    with Book(path.parent, head(tx.connection)) as book:
        _write_sheet(book, SHEET, HEADINGS, _WIDTHS, told.cases(tx, ledger_row))
        _write_sheet(book, DISPUTES_SHEET, DISPUTES.columns, WIDTHS, told.disputes(tx))
        book.save(path)


def _write_sheet(
    book: Book,
    title: str,
    headings: Sequence[str],
    wide: Mapping[str, float],
    rows: Iterable[Sequence[Any]],
) -> None:
    usual = [_DATE if name.endswith(("日期", "期限", "限期")) else _USUAL for name in headings]
    widths = [wide.get(name, width) for name, width in zip(headings, usual, strict=True)]
    sheet = Sheet(book, title, widths)
    sheet.set_page("landscape", titles="1:1", large=True)
    sheet.worksheet.freeze_panes = "C2"
    lines = max(lines_of(text, [width]) for text, width in zip(headings, widths, strict=True))
    sheet.append([sheet.cell(text, HEAD) for text in headings], height_of(lines))
    for row in rows:
        sheet.append_plain(map(_fitting, row))
    sheet.worksheet.auto_filter.ref = f"A1:{get_column_letter(len(headings))}{sheet.rows}"


def _fitting(value: Any) -> Any:
    """What stands in a cell; a text that is too long for one is refused."""
    if isinstance(value, str) and too_long(value):
        raise BadValue(
            f"“{value[:20]}……”有{len(value)}个字，一个 Excel 单元格放不下；请改用 .csv 导出。"
        )
    return value
