"""总体情况: the texts of the report, parts 一, 五 and 六, a paragraph a row."""

from __future__ import annotations

from math import ceil

from db.year_end.report import YearReport
from exports.report.heading import form_note
from exports.report.wording import parts_of, title_of
from exports.spreadsheet.sheet import Book, Sheet, height_of
from exports.spreadsheet.styles import LABEL, SECTION, TITLE, Look, lines_of

NAME = "总体情况"
_WIDTHS = (23.0,) * 4  # programs fit no page to a single wide column
_TALLEST = 400.0  # points a row may be high; a longer paragraph takes several, merged
_LONGEST = 8_000  # characters of a row; what is longer goes on in the next


def create(workbook: Book) -> Sheet:
    """The empty sheet, its page set up."""
    sheet = Sheet(workbook, NAME, _WIDTHS)
    sheet.set_page("portrait")
    sheet.worksheet.freeze_panes = "A2"
    return sheet


def write(sheet: Sheet, report: YearReport) -> None:
    """Write the texts, each under the title of its part."""
    title = "".join(title_of(report)) + form_note(report.table)
    _across(sheet, title, TITLE, height_of(2 * lines_of(title, _WIDTHS, 16)))
    if report.founded:
        _append(sheet, f"{report.part_of_year}。")
    for part, lines in parts_of(report).items():
        _across(sheet, part.label, SECTION, height_of(1))
        for line in lines:
            for start in range(0, max(len(line.text), 1), _LONGEST):
                _append(sheet, line.text[start : start + _LONGEST])
    sheet.worksheet.print_area = f"A1:D{sheet.rows}"


def _across(sheet: Sheet, text: str, look: Look, height: float) -> None:
    row = sheet.append(sheet.across(text, look, len(_WIDTHS)), height)
    sheet.merge(row, 1, row, len(_WIDTHS))


def _append(sheet: Sheet, text: str) -> None:
    height = height_of(lines_of(text, _WIDTHS))
    rows = ceil(height / _TALLEST)
    first = sheet.append(sheet.across(text, LABEL, len(_WIDTHS)), height / rows)
    for _ in range(rows - 1):
        sheet.append(sheet.across("", LABEL, len(_WIDTHS)), height / rows)
    sheet.merge(first, 1, sheet.rows, len(_WIDTHS))
