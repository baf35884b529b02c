"""复议诉讼: table 4 in the layout of the form itself, and below it the disputes it counts.

The list starts on a page of its own, so that the first page is the form's. Filtered by 类别 and
计入, it shows the disputes of one figure.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from openpyxl.cell.cell import Cell
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.filters import FilterColumn
from openpyxl.worksheet.pagebreak import Break

from db.disputes.dispute import Block, Dispute, Result
from db.year_end.report import YearReport
from exports.report.form_tables import DISPUTES as HEADING
from exports.report.form_tables import RESULT_LABELS as FIGURE_LABELS
from exports.report.heading import write_heading
from exports.spreadsheet.sheet import Book, Sheet, height_of
from exports.spreadsheet.styles import (
    DATE,
    FIGURE,
    HEAD,
    LABEL,
    LABEL_CENTRED,
    SECTION,
    Look,
    lines_of,
)

NAME = "复议诉讼"
LIST = "复议诉讼明细"
PERSONAL = "对外提供前请删除明细。"
MASKED = "个人信息已隐去。"

_BLOCKS = tuple(Block)
_ACROSS = len(FIGURE_LABELS)
_WIDTHS = (10.5,) * (_ACROSS * len(_BLOCKS))
_LAST = len(_WIDTHS)
_ORGAN_COLUMNS = _ACROSS
_FIGURES_ROW = 6  # after the heading (2) and the header (3)
_LIST_HEADER_ROW = 9  # after an empty row and the section's own

# Each column of the list, how many of the sheet's it takes, and its look.
_COLUMNS: tuple[tuple[str, int, Look], ...] = (
    ("编号", 1, LABEL_CENTRED),
    ("所涉申请", 3, LABEL),
    ("类别", 2, LABEL_CENTRED),
    ("复议机关或法院", 5, LABEL),
    ("提起日期", 1, DATE),
    ("审结日期", 1, DATE),
    ("计入", 2, LABEL_CENTRED),
)


def _starts() -> Iterator[int]:
    column = 1
    for _, span, _ in _COLUMNS:
        yield column
        column += span


_STARTS = tuple(_starts())
_HEADINGS = [heading for heading, _, _ in _COLUMNS]
_BLOCK, _RESULT = (_STARTS[_HEADINGS.index(heading)] for heading in ("类别", "计入"))


@dataclass(frozen=True, slots=True)
class DisputePlaces:
    """Where the figures and the list stand on the sheet, as references for formulas."""

    last: int

    def along(self, block: Block, first: int = 0, last: int = _ACROSS - 1) -> str:
        """A block's figures from place `first` to place `last` (0 to 4)."""
        start = _BLOCKS.index(block) * _ACROSS + 1
        return self._range(start + first, _FIGURES_ROW, start + last, _FIGURES_ROW)

    def cell(self, block: Block, place: int) -> str:
        """A block's figure."""
        return self.along(block, place, place).partition(":")[0]

    @property
    def everything(self) -> str:
        """All the figures."""
        return self._range(1, _FIGURES_ROW, _LAST, _FIGURES_ROW)

    @property
    def blocks(self) -> str:
        """The list's column of blocks."""
        return self._range(_BLOCK, _LIST_HEADER_ROW + 1, _BLOCK, self.last)

    @property
    def results(self) -> str:
        """The list's column of what each dispute counts under."""
        return self._range(_RESULT, _LIST_HEADER_ROW + 1, _RESULT, self.last)

    def _range(self, left: int, top: int, right: int, bottom: int) -> str:
        first, last = get_column_letter(left), get_column_letter(right)
        return f"'{NAME}'!${first}${top}:${last}${bottom}"


def create(workbook: Book) -> Sheet:
    """The empty sheet, its page set up."""
    sheet = Sheet(workbook, NAME, _WIDTHS)
    sheet.set_page("landscape", titles=f"{_LIST_HEADER_ROW}:{_LIST_HEADER_ROW}")
    sheet.worksheet.freeze_panes = f"A{_FIGURES_ROW + 1}"
    return sheet


def write(
    sheet: Sheet, report: YearReport, found: Iterable[Dispute], *, masked: bool = False
) -> DisputePlaces:
    """Write the table and the list of those of `found` that count; answers where they stand."""
    table = report.table
    counted = [
        (dispute, counts)
        for dispute in found
        if dispute.organ == table.key and (counts := dispute.counts_in(table.year)) is not None
    ]
    counted.sort(key=lambda one: (_BLOCKS.index(one[0].block), one[0].filed_on, one[0].id))
    write_table(sheet, report)
    sheet.append()
    if counted:
        sheet.worksheet.row_breaks.append(Break(id=sheet.rows))
    _write_list(sheet, counted, MASKED if masked else PERSONAL)
    sheet.worksheet.print_area = f"A1:{get_column_letter(_LAST)}{sheet.rows}"
    return DisputePlaces(sheet.rows)


def write_table(sheet: Sheet, report: YearReport) -> DisputePlaces:
    """The table alone."""
    write_heading(sheet, report, HEADING, _ORGAN_COLUMNS)
    _write_header(sheet)
    figures = [figure for block in _BLOCKS for figure in report.disputes[block]]
    sheet.append([sheet.cell(figure, FIGURE) for figure in figures], height_of(2))
    sheet.worksheet.print_area = f"A1:{get_column_letter(_LAST)}{sheet.rows}"
    return DisputePlaces(sheet.rows)


def _write_header(sheet: Sheet) -> None:
    top = sheet.rows + 1
    review, *suits = (block.label for block in _BLOCKS)
    rows = [
        [
            *sheet.across(review, HEAD, _ACROSS),
            *sheet.across("行政诉讼", HEAD, _ACROSS * len(suits)),
        ],
        [
            *(sheet.cell(label, HEAD) for label in FIGURE_LABELS),
            *(cell for suit in suits for cell in sheet.across(suit, HEAD, _ACROSS)),
        ],
        [
            *(sheet.blank(HEAD) for _ in FIGURE_LABELS),
            *(sheet.cell(label, HEAD) for _ in suits for label in FIGURE_LABELS),
        ],
    ]
    for cells in rows:
        sheet.append(cells, height_of(1, air=9.0))
    sheet.merge(top, 1, top, _ACROSS)
    sheet.merge(top, _ACROSS + 1, top, _LAST)
    for column in range(1, _ACROSS + 1):
        sheet.merge(top + 1, column, top + 2, column)
    for place in range(len(suits)):
        first = _ACROSS * (place + 1) + 1
        sheet.merge(top + 1, first, top + 1, first + _ACROSS - 1)


def _write_list(sheet: Sheet, counted: list[tuple[Dispute, Result]], whom: str) -> None:
    use = (
        f"{LIST}　上表计入的行政复议、行政诉讼，一件一行；已作废的、仅作为共同被告的不计。"
        f"在“类别”和“计入”上筛选，筛选出的就是上表那一格。{whom}"
    )
    row = sheet.append(sheet.across(use, SECTION, _LAST), height_of(lines_of(use, _WIDTHS)))
    sheet.merge(row, 1, row, _LAST)
    _append_line(sheet, [(heading, HEAD) for heading in _HEADINGS])
    for dispute, counts in counted:
        values = (
            dispute.id,
            dispute.case or dispute.older_case or "",
            dispute.block.label,
            dispute.body,
            dispute.filed_on,
            dispute.concluded_on or "",
            counts.label,
        )
        looks = [look for _, _, look in _COLUMNS]
        _append_line(sheet, list(zip(values, looks, strict=True)))
    if not counted:
        row = sheet.append(
            sheet.across("本年度没有计入的行政复议、行政诉讼。", LABEL, _LAST), height_of(1)
        )
        sheet.merge(row, 1, row, _LAST)
    covered = [
        start - 1 + place
        for start, (_, span, _) in zip(_STARTS, _COLUMNS, strict=True)
        for place in range(1, span)
    ]
    filters = sheet.worksheet.auto_filter
    filters.ref = f"A{_LIST_HEADER_ROW}:{get_column_letter(_LAST)}{sheet.rows}"
    # A merged heading has one button, over the column that holds its values.
    filters.filterColumn += [FilterColumn(colId=column, hiddenButton=True) for column in covered]


def _append_line(sheet: Sheet, told: list[tuple[str | int | date, Look]]) -> None:
    cells: list[Cell] = []
    lines = 1
    for (value, look), (_, span, _) in zip(told, _COLUMNS, strict=True):
        cells += sheet.across(sheet.cell(value, look), look, span)
        if isinstance(value, str):
            lines = max(lines, lines_of(value, _WIDTHS[:span]))
    row = sheet.append(cells, height_of(lines))
    for start, (_, span, _) in zip(_STARTS, _COLUMNS, strict=True):
        sheet.merge(row, start, row, start + span - 1)
