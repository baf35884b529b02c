"""The workbook of a year's report: the form's tables, their checks, and the cases behind them."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from openpyxl import Workbook
from openpyxl.workbook.properties import CalcProperties

from db.figures import year_table
from db.form import Form
from db.register import Register
from db.sources import year_cases
from exports import check_sheet, request_sheet, source_sheet
from exports.paper_file import replacing


def write_report(
    register: Register, year: int, organ: str | None, form: Form | None, path: Path
) -> None:
    """Write the workbook of an organ's year; an older file gives way only to a whole new one.

    `organ` None is the only one there is, `form` None the year's own. Its formulas are computed
    by the program that opens it.

    Raises:
        NotFound: the register has no such organ, or several and none was named.
        RegisterError: the file cannot be written there.
    """
    table = year_table(register, year, organ, form)
    with replacing(path) as draft:
        workbook = Workbook(write_only=True)
        workbook.calculation = CalcProperties(fullCalcOnLoad=True)
        workbook.properties.creator = table.organ
        workbook.properties.title = f"{table.organ}{year}年度{request_sheet.HEADING}"
        # Sheets stand in the order they are made, and are written in the order they need.
        requests = request_sheet.create(workbook)
        checks = check_sheet.create(workbook)
        sources = source_sheet.create(workbook)
        places = request_sheet.write(requests, table)
        with closing(year_cases(register, year, table.organ)) as found:
            ranges = source_sheet.write(sources, table, found)
        check_sheet.write(checks, table, places, ranges)
        workbook.save(draft)
