"""申请办理: the request table in the layout of the form itself, ready to print or to paste.

Sources: the tables of 国办公开办函〔2019〕60号 and 国办公开办函〔2021〕30号.
"""

from __future__ import annotations

from dataclasses import dataclass

from openpyxl.cell.cell import Cell
from openpyxl.utils import get_column_letter

from db.year_end.form import BLOCK_THREE, CARRIED_IN, COLUMN_LABELS
from db.year_end.report import YearReport
from db.year_end.request_table import FigureRow
from exports.report.form_tables import RELATION
from exports.report.form_tables import REQUESTS as HEADING
from exports.report.heading import write_heading
from exports.spreadsheet.sheet import Book, Sheet, height_of
from exports.spreadsheet.styles import FIGURE, HEAD, LABEL, LABEL_CENTRED, lines_of

NAME = "申请办理"

_LABEL_WIDTHS = (12.0, 14.0, 47.0)
_WIDTHS = (*_LABEL_WIDTHS, *(10.5 for _ in COLUMN_LABELS))
_LABELS = len(_LABEL_WIDTHS)
_LAST = _LABELS + len(COLUMN_LABELS)
_HEADER_ROW = 3  # of three
_FIRST_ROW = 6
_ORGANISATIONS = (2, 6)  # 法人或其他组织 stands over the columns 商业企业 to 其他


@dataclass(frozen=True, slots=True)
class Places:
    """Where the table's figures stand on the sheet, as references for formulas."""

    rows: tuple[FigureRow, ...]

    def _row(self, code: str) -> int:
        return _FIRST_ROW + [row.code for row in self.rows].index(code)

    def cell(self, code: str, place: int) -> str:
        """Row `code`, column `place` (0 to 6)."""
        return f"'{NAME}'!${get_column_letter(_LABELS + 1 + place)}${self._row(code)}"

    def down(self, first: str, last: str, place: int) -> str:
        """Column `place` from row `first` to row `last`."""
        return f"{self.cell(first, place)}:{self.cell(last, place).partition('!')[2]}"

    def along(self, code: str, first: int, last: int) -> str:
        """Row `code` from column `first` to column `last`."""
        return f"{self.cell(code, first)}:{self.cell(code, last).partition('!')[2]}"

    @property
    def everything(self) -> str:
        """All the figures."""
        first, last = self.rows[0].code, self.rows[-1].code
        return f"{self.cell(first, 0)}:{self.cell(last, 6).partition('!')[2]}"


def create(workbook: Book) -> Sheet:
    """The empty sheet, its page set up."""
    sheet = Sheet(workbook, NAME, _WIDTHS)
    sheet.set_page("landscape", titles=f"{_HEADER_ROW}:{_FIRST_ROW - 1}", one_page=True)
    sheet.worksheet.freeze_panes = f"D{_FIRST_ROW}"
    return sheet


def write(sheet: Sheet, report: YearReport) -> Places:
    """Write the table; answers where its figures stand."""
    write_heading(sheet, report, HEADING, _LABELS)
    _write_header(sheet)
    _write_rows(sheet, report)
    sheet.worksheet.print_area = f"A1:{get_column_letter(_LAST)}{sheet.rows}"
    return Places(report.table.rows)


def _write_header(sheet: Sheet) -> None:
    top, bottom, first = _HEADER_ROW, _FIRST_ROW - 1, _LABELS + 1
    person, *organisations, total = COLUMN_LABELS
    rows = [
        [*_labels(sheet, RELATION), *sheet.across("申请人情况", HEAD, len(COLUMN_LABELS))],
        [
            *_labels(sheet),
            sheet.cell(person, HEAD),
            *sheet.across("法人或其他组织", HEAD, len(organisations)),
            sheet.cell(total, HEAD),
        ],
        [
            *_labels(sheet),
            sheet.blank(HEAD),
            *(sheet.cell(label, HEAD) for label in organisations),
            sheet.blank(HEAD),
        ],
    ]
    lines = max(lines_of(label, _WIDTHS[first - 1 : first]) for label in COLUMN_LABELS)
    for cells, height in zip(rows, (1, 1, lines), strict=True):
        sheet.append(cells, height_of(height))
    sheet.merge(top, 1, bottom, _LABELS)
    sheet.merge(top, first, top, _LAST)
    sheet.merge(top + 1, first, bottom, first)
    sheet.merge(top + 1, _LABELS + _ORGANISATIONS[0], top + 1, _LABELS + _ORGANISATIONS[1])
    sheet.merge(top + 1, _LAST, bottom, _LAST)


def _labels(sheet: Sheet, text: str = "") -> list[Cell]:
    return sheet.across(text, LABEL_CENTRED, _LABELS)


def _write_rows(sheet: Sheet, report: YearReport) -> None:
    block: list[int] = []
    groups: dict[str, list[int]] = {}
    for row in report.table.rows:
        in_block = row.code.startswith("3.")
        texts = ["", "", ""]
        spare: tuple[float, ...] = _LABEL_WIDTHS
        if not in_block:
            texts[0] = row.label
        else:
            texts[0] = "" if block else BLOCK_THREE
            if row.group:
                texts[1] = "" if row.group in groups else row.group
                texts[2], spare = row.label, _LABEL_WIDTHS[2:]
            else:
                texts[1], spare = row.label, _LABEL_WIDTHS[1:]
        empty = report.nothing_carried_in and row.code == CARRIED_IN
        centred = (in_block, bool(row.group), False)
        looks = [LABEL_CENTRED if centre else LABEL for centre in centred]
        cells = [
            *(sheet.cell(text, look) for text, look in zip(texts, looks, strict=True)),
            *(sheet.blank(FIGURE) if empty else sheet.cell(figure, FIGURE) for figure in row.cells),
        ]
        number = sheet.append(cells, height_of(lines_of(row.label, spare)))
        if not in_block:
            sheet.merge(number, 1, number, _LABELS)
            continue
        block.append(number)
        if row.group:
            groups.setdefault(row.group, []).append(number)
        else:
            sheet.merge(number, 2, number, _LABELS)
    sheet.merge(block[0], 1, block[-1], 1)
    for numbers in groups.values():
        sheet.merge(numbers[0], 2, numbers[-1], 2)
