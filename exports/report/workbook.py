"""The workbook of a year's report: the form's tables, their checks, and the cases behind them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from pathlib import Path

from openpyxl.workbook.properties import CalcProperties

from db.disputes.reading import read_disputes
from db.storage.chain import head
from db.storage.transaction import Transaction
from db.year_end.cases_behind import SourceRow, year_cases
from db.year_end.report import YearReport
from exports.document.texts import xml_text
from exports.report import (
    check_sheet,
    dispute_sheet,
    overview_sheet,
    plot_sheet,
    proactive_sheet,
    request_sheet,
    restatement_sheet,
    source_sheet,
)
from exports.report.heading import has_moved
from exports.report.masked import masked_dispute, masked_report, masked_sources
from exports.report.plots import plots
from exports.report.wording import title_of
from exports.spreadsheet.sheet import Book


def write_workbook(
    tx: Transaction,
    report: YearReport,
    path: Path,
    progress: Callable[[int], None] = lambda rows: None,
    *,
    masked: bool = False,
) -> None:
    """Write the workbook of a report; the drafts of its sheets stand beside it.

    The cases and the disputes are those that its figures know, whatever has been recorded since.
    The formulas are computed by the program that opens the workbook. `progress` hears now and then
    how many cases are written. `masked` hides whom the cases and disputes concern.

    Raises:
        NotFound: the register has no such organ any more.
    """
    with Book(path.parent, head(tx.connection)) as workbook:
        _compose(workbook, tx, report, progress, masked)
        workbook.save(path)


def _compose(
    workbook: Book,
    tx: Transaction,
    report: YearReport,
    progress: Callable[[int], None],
    masked: bool,
) -> None:
    table = report.table
    workbook.calculation = CalcProperties(fullCalcOnLoad=True)
    workbook.properties.creator = xml_text(table.organ)
    workbook.properties.title = xml_text("".join(title_of(report)))
    # Sheets stand in the order they are made, and are written in the order they need.
    overview = overview_sheet.create(workbook)
    entered = proactive_sheet.create(workbook)
    requests = request_sheet.create(workbook)
    disputes = dispute_sheet.create(workbook)
    checks = check_sheet.create(workbook)
    sources = source_sheet.create(workbook)
    drawn = plot_sheet.create(workbook)
    overview_sheet.write(overview, report)
    proactive = proactive_sheet.write(entered, report)
    places = request_sheet.write(requests, report)
    known = read_disputes(tx.connection, then=report.then)
    if masked:
        report = masked_report(tx, report)
        known = [masked_dispute(dispute) for dispute in known]
    counted = dispute_sheet.write(disputes, report, known, masked=masked)
    with closing(year_cases(tx, report)) as found:
        rows = _counted(masked_sources(tx, found) if masked else found, progress)
        ranges = source_sheet.write(sources, report, rows, masked=masked)
    plot_sheet.write(drawn, report, plots(tx, report))
    check_sheet.write(checks, report, places, counted, ranges, proactive)
    if report.filing is not None and has_moved(report):
        moved = restatement_sheet.create(workbook)
        restatement_sheet.write(moved, report, report.filing)


def _counted(found: Iterable[SourceRow], progress: Callable[[int], None]) -> Iterator[SourceRow]:
    """The rows as they come; `progress` hears of every hundredth, and of the last."""
    rows = 0
    for row in found:
        if rows % 100 == 0:
            progress(rows)
        rows += 1
        yield row
    progress(rows)
