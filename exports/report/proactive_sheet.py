"""主动公开: table 2 in the layout of the form itself, its figures as numbers, blanks left blank."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from openpyxl.cell.cell import Cell
from openpyxl.utils import get_column_letter

from db.year_end.proactive_form import PARAGRAPHS, Field, Measure
from db.year_end.report import YearReport
from exports.report.form_tables import PROACTIVE, WAN, Slot, laid, proactive_table, unit_of
from exports.report.heading import write_heading
from exports.spreadsheet.sheet import Book, Sheet, height_of
from exports.spreadsheet.styles import FIGURE, HEAD, LABEL, Look

NAME = "主动公开"
_WIDTHS = (34.0, 20.0, 20.0, 20.0)
_ORGAN_COLUMNS = 2
_FIRST_ROW = 3  # after the heading
_MONEY = replace(FIGURE, number_format="General")
_MONEY_NAMED = replace(FIGURE, number_format=f'General"{WAN}"')


@dataclass(frozen=True, slots=True)
class ProactivePlaces:
    """Where the figures stand on the sheet, as references for formulas."""

    cells: Mapping[str, str]
    columns: tuple[tuple[Measure, str], ...]
    """Each column of a paragraph, and what kind of number stands in it."""

    def of(self, *measures: Measure) -> list[str]:
        """The columns of some kinds of numbers."""
        return [cells for measure, cells in self.columns if measure in measures]


def create(workbook: Book) -> Sheet:
    """The empty sheet, its page set up."""
    sheet = Sheet(workbook, NAME, _WIDTHS)
    sheet.set_page("portrait", one_page=True)
    sheet.worksheet.freeze_panes = f"B{_FIRST_ROW}"
    return sheet


def write(sheet: Sheet, report: YearReport) -> ProactivePlaces:
    """Write the table; answers where its figures stand."""
    write_heading(sheet, report, PROACTIVE, _ORGAN_COLUMNS, unit="")
    for told in laid(proactive_table(report.own.proactive)):
        cells: list[Cell] = []
        for _, slot, _ in told:
            first, look = _cell(sheet, slot)
            cells += sheet.across(first, look, slot.across)
        row = sheet.append(cells, height_of(1, air=8.0))
        for column, slot, _ in told:
            sheet.merge(row, column + 1, row, column + slot.across)
    sheet.worksheet.print_area = f"A1:{get_column_letter(len(_WIDTHS))}{sheet.rows}"
    return _places(report)


def _cell(sheet: Sheet, slot: Slot) -> tuple[Cell, Look]:
    if slot.field is None:
        look = HEAD if slot.role == "head" else LABEL
        return sheet.cell(slot.text, look), look
    look = _look(slot.field)
    cell = sheet.blank(look)
    cell.value = slot.value
    return cell, look


def _look(field: Field) -> Look:
    if field.measure != "amount":
        return FIGURE
    return _MONEY_NAMED if unit_of(field) else _MONEY


def _places(report: YearReport) -> ProactivePlaces:
    cells: dict[str, str] = {}
    columns: list[tuple[Measure, str]] = []
    row = _FIRST_ROW
    for paragraph in PARAGRAPHS[report.table.form]:
        row += 2  # its title, and what its columns are
        last = row + len(paragraph.lines) - 1
        for place, field in enumerate(paragraph.fields, 2):
            letter = get_column_letter(place)
            columns.append((field.measure, f"'{NAME}'!${letter}${row}:${letter}${last}"))
            for below, line in enumerate(paragraph.lines):
                cells[f"{line.name}.{field.name}"] = f"'{NAME}'!${letter}${row + below}"
        row = last + 1
    return ProactivePlaces(cells, tuple(columns))
