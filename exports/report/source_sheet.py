"""数据来源: one row a case, and where it counts in the table, so that every figure can be defended.

Filtered by 列 and by one of the four columns beside it, the sheet lists the cases of one cell.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from openpyxl.utils import get_column_letter

from db.words.outcomes import OUTCOME_BY_CODE
from db.year_end.cases_behind import SourceRow
from db.year_end.form import row_labels
from db.year_end.report import YearReport
from exports.report.heading import figures_note, form_note
from exports.spreadsheet.cells import cell_text
from exports.spreadsheet.sheet import Book, Sheet, height_of
from exports.spreadsheet.styles import (
    DATE,
    HEAD,
    LABEL,
    LABEL_CENTRED,
    NOTE,
    TITLE,
    Look,
    fitting,
    lines_of,
)

NAME = "数据来源"
YES = "是"
PERSONAL = "本页含个人信息，对外提供前请删除。"
MASKED = "本页的个人信息已隐去。"

_COLUMNS: tuple[tuple[str, float, Look], ...] = (
    ("编号", 14, LABEL),
    ("申请人", 15, LABEL),
    ("申请内容", 38, LABEL),
    ("收到日期", 11, DATE),
    ("答复期限", 11, DATE),
    ("办结日期", 11, DATE),
    ("办理结果", 26, LABEL),
    ("状态", 9, LABEL_CENTRED),
    ("是否超期", 6, LABEL_CENTRED),
    ("列（申请人类型）", 15, LABEL_CENTRED),
    ("本年新收（1）", 8, LABEL_CENTRED),
    ("上年结转（2）", 8, LABEL_CENTRED),
    ("办理结果行号（3）", 8, LABEL_CENTRED),
    ("结转下年度（4）", 8, LABEL_CENTRED),
)
_HEADINGS = [heading for heading, _, _ in _COLUMNS]
_RECEIVED, _CONCLUDED = _HEADINGS.index("收到日期"), _HEADINGS.index("办结日期")
_KIND = _HEADINGS.index("列（申请人类型）")
_NEW, _CARRIED_IN, _ROW, _CARRIED_OUT = range(_KIND + 1, _KIND + 5)
_HEADER_ROW = 4
_WIDTH = len(_COLUMNS)


@dataclass(frozen=True, slots=True)
class SourceRanges:
    """The columns of the sheet that formulas count, as absolute references."""

    received: str
    concluded: str
    kind: str
    new: str
    carried_in: str
    row: str
    carried_out: str


def create(workbook: Book) -> Sheet:
    """The empty sheet, its page set up."""
    sheet = Sheet(workbook, NAME, [width for _, width, _ in _COLUMNS])
    sheet.set_page("landscape", titles=f"{_HEADER_ROW}:{_HEADER_ROW}")
    sheet.worksheet.freeze_panes = f"B{_HEADER_ROW + 1}"
    return sheet


def write(
    sheet: Sheet, report: YearReport, found: Iterable[SourceRow], *, masked: bool = False
) -> SourceRanges:
    """Write one row for each case; answers where the counted columns are."""
    _write_heading(sheet, report, MASKED if masked else PERSONAL)
    looking = sheet.looking([look for _, _, look in _COLUMNS])
    columns = [(width, fitting(width)) for _, width, _ in _COLUMNS]
    codes = {code: label.code for label in row_labels(report.table.form) for code in label.outcomes}
    for case in found:
        values = _values(case, codes)
        lines = max(
            lines_of(value, (width,)) if isinstance(value, str) and len(value) > fits else 1
            for value, (width, fits) in zip(values, columns, strict=True)
        )
        sheet.append_plain(values, looking, height_of(lines))
    last = max(sheet.rows, _HEADER_ROW + 1)
    sheet.worksheet.auto_filter.ref = f"A{_HEADER_ROW}:{get_column_letter(_WIDTH)}{last}"

    def column(place: int) -> str:
        letter = get_column_letter(place + 1)
        return f"'{NAME}'!${letter}${_HEADER_ROW + 1}:${letter}${last}"

    return SourceRanges(
        received=column(_RECEIVED),
        concluded=column(_CONCLUDED),
        kind=column(_KIND),
        new=column(_NEW),
        carried_in=column(_CARRIED_IN),
        row=column(_ROW),
        carried_out=column(_CARRIED_OUT),
    )


def _write_heading(sheet: Sheet, report: YearReport, whom: str) -> None:
    table = report.table
    notes = form_note(table) + "".join(f"（{note}）" for note in figures_note(report))
    title = f"{table.organ}{table.year}年度申请办理情况数据来源{notes}"
    sheet.append(sheet.across(title, TITLE, _WIDTH), height_of(2))
    below = f"A{_HEADER_ROW + 1}:A1048576"
    count = sheet.formula(
        f'"共 "&COUNTA({below})&" 件，当前筛选出 "&SUBTOTAL(103,{below})&" 件"', NOTE
    )
    sheet.append(sheet.across(count, NOTE, _WIDTH), height_of(1))
    use = (
        "一件一行，已作废的不计。在“列”和（1）至（4）栏上筛选，筛选出的就是《申请办理》表中"
        f"那一格的申请；（3）栏以“3”开头的全部行即（七）总计。{whom}"
    )
    sheet.append(sheet.across(use, NOTE, _WIDTH), height_of(1))
    for row in range(1, _HEADER_ROW):
        sheet.merge(row, 1, row, _WIDTH)
    sheet.append([sheet.cell(heading, HEAD) for heading in _HEADINGS], height_of(3))


def _values(case: SourceRow, codes: dict[str, str]) -> tuple[str | date | None, ...]:
    counted = case.counted_outcome
    return (
        cell_text(case.number),
        cell_text(case.applicant),
        cell_text(case.subject),
        case.received_on,
        f"{case.due_on}（暂定）" if case.due_on and case.provisional else case.due_on,
        case.concluded_on,
        OUTCOME_BY_CODE[case.outcome].name if case.outcome else None,
        case.state.label,
        YES if case.overdue else None,
        case.kind.label,
        YES if case.new else None,
        YES if case.carried_in else None,
        codes[counted] if counted else None,
        YES if case.carried_out else None,
    )
