"""The workbook of a year's report: the form's tables, their checks, and the cases behind them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from pathlib import Path

from openpyxl.workbook.properties import CalcProperties

from db.disputes.reading import read_disputes
from db.errors import BadValue
from db.storage.chain import head
from db.storage.register import Register
from db.storage.transaction import Transaction
from db.year_end.cases_behind import SourceRow, year_cases
from db.year_end.report import YearReport
from exports.paper_file import replacing
from exports.report import (
    check_sheet,
    dispute_sheet,
    request_sheet,
    restatement_sheet,
    source_sheet,
)
from exports.report.masked import masked_dispute, masked_report, masked_sources
from exports.spreadsheet.sheet import Book


def write_report(
    register: Register,
    report: YearReport,
    path: Path,
    progress: Callable[[int], None] = lambda rows: None,
    last: Callable[[], None] = lambda: None,
    *,
    masked: bool = False,
) -> None:
    """Write the workbook of a report; an older file gives way only to a whole new one.

    What is written is what the report shows, be it live, filed or of a past moment: the cases and
    the disputes are those that its figures know, whatever has been recorded since. The formulas are
    computed by the program that opens the workbook. `progress` hears now and then how many cases
    are written, `last` before the workbook takes its place; what they raise ends the work, and an
    older file stays. `masked` hides whom the cases and disputes concern.

    Raises:
        BadValue: another ending than .xlsx.
        NotFound: the register has no such organ any more.
        RegisterError: the file cannot be written there.
    """
    if path.suffix.lower() != ".xlsx":
        raise BadValue(f"{path} 应以 .xlsx 结尾；年报只写成 Excel 工作簿。")
    with (
        register.reading() as tx,
        replacing(path, register.store.file, last) as draft,
        Book(draft.parent, head(tx.connection)) as workbook,
    ):
        _compose(workbook, tx, report, progress, masked)
        workbook.save(draft)


def _compose(
    workbook: Book,
    tx: Transaction,
    report: YearReport,
    progress: Callable[[int], None],
    masked: bool,
) -> None:
    table = report.table
    workbook.calculation = CalcProperties(fullCalcOnLoad=True)
    workbook.properties.creator = table.organ
    workbook.properties.title = f"{table.organ}{table.year}年政府信息公开工作年度报告"
    # Sheets stand in the order they are made, and are written in the order they need.
    requests = request_sheet.create(workbook)
    disputes = dispute_sheet.create(workbook)
    checks = check_sheet.create(workbook)
    sources = source_sheet.create(workbook)
    places = request_sheet.write(requests, report)
    known = read_disputes(tx.connection, then=report.then)
    if masked:
        report = masked_report(tx, report)
        known = [masked_dispute(dispute) for dispute in known]
    counted = dispute_sheet.write(disputes, report, known, masked=masked)
    with closing(year_cases(tx, report)) as found:
        rows = _counted(masked_sources(tx, found) if masked else found, progress)
        ranges = source_sheet.write(sources, report, rows, masked=masked)
    check_sheet.write(checks, table, places, counted, ranges, year_before=report.year_before)
    if report.filing is not None and report.restated is not None:
        moved = restatement_sheet.create(workbook)
        restatement_sheet.write(moved, report, report.filing, report.restated)


def _counted(found: Iterable[SourceRow], progress: Callable[[int], None]) -> Iterator[SourceRow]:
    """The rows as they come; `progress` hears of every hundredth, and of the last."""
    rows = 0
    for row in found:
        if rows % 100 == 0:
            progress(rows)
        rows += 1
        yield row
    progress(rows)
