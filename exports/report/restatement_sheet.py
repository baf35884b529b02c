"""更正说明: what has moved since the year was filed, so that both sets of figures are on paper."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from openpyxl.utils import get_column_letter

from db.year_end.dispute_table import Table4
from db.year_end.filing import Filing
from db.year_end.form import COLUMN_LABELS
from db.year_end.own_parts import OwnChange
from db.year_end.placement import in_words
from db.year_end.report import Figures, YearReport
from db.year_end.request_table import YearTable
from db.year_end.restatements import Restatement
from exports.report.dispute_sheet import NAME as DISPUTES
from exports.report.form_tables import RESULT_LABELS as FIGURE_LABELS
from exports.report.heading import RESTATEMENTS as NAME
from exports.report.request_sheet import NAME as REQUESTS
from exports.spreadsheet.sheet import Book, Sheet, height_of
from exports.spreadsheet.styles import (
    FIGURE,
    HEAD,
    LABEL,
    LABEL_CENTRED,
    NOTE,
    SECTION,
    TITLE,
    Look,
    lines_of,
)

NOWHERE = "不计"
_OTHERS: Mapping[Figures, str] = {"live": "现在", "filed": "封账时", "past": "当时"}

_COLUMNS: tuple[tuple[str, float, Look], ...] = (
    ("编号", 14.0, LABEL),
    ("封账时计入", 36.0, LABEL),
    ("现计入", 36.0, LABEL),
    ("变动事项及理由", 36.0, LABEL),
    ("记录号", 8.0, LABEL_CENTRED),
    ("记录时间", 17.0, LABEL_CENTRED),
    ("记录人", 12.0, LABEL_CENTRED),
)
_OWN = "封账后更改的主动公开数据和文字"
_OWN_COLUMNS = ("事项", "原为", "改为", "", "", "记录时间", "记录人")
_NOTHING = "（没有）"
_FIGURE_COLUMNS = ("表", "行", "列", "", "封账数", "现数", "增减")
_WIDTHS = tuple(width for _, width, _ in _COLUMNS)
_WIDTH = len(_COLUMNS)
_HEADER_ROW = 3


def create(workbook: Book) -> Sheet:
    """The empty sheet, its page set up."""
    sheet = Sheet(workbook, NAME, _WIDTHS)
    sheet.set_page("landscape", titles=f"{_HEADER_ROW}:{_HEADER_ROW}")
    sheet.worksheet.freeze_panes = f"B{_HEADER_ROW + 1}"
    return sheet


def write(sheet: Sheet, report: YearReport, filing: Filing) -> None:
    """Write one row for each restatement, then each figure that is no longer as filed, then what of
    table 2 and of the texts was changed."""
    table = report.table
    title = f"{table.organ}{table.year}年度报告封账后更正说明"
    sheet.append(sheet.across(title, TITLE, _WIDTH), height_of(2))
    note = (
        f"{table.year}年的数据已于{filing.filed_at:%Y-%m-%d}由{filing.filed_by}封账"
        f"（校验码 {filing.digest[:16]}），此后的变动不改变封账的数据，逐件列在下面；"
        f"本工作簿其余各表是{_OTHERS[report.figures]}的数据。"
    )
    sheet.append(sheet.across(note, NOTE, _WIDTH), height_of(lines_of(note, _WIDTHS)))
    for row in (1, 2):
        sheet.merge(row, 1, row, _WIDTH)
    sheet.append([sheet.cell(heading, HEAD) for heading, _, _ in _COLUMNS], height_of(1))
    for moved in report.restatements:
        values = _values(moved)
        lines = max(lines_of(value, (width,)) for value, width in zip(values, _WIDTHS, strict=True))
        cells = [
            sheet.cell(value, look) for value, (_, _, look) in zip(values, _COLUMNS, strict=True)
        ]
        sheet.append(cells, height_of(lines))
    sheet.worksheet.auto_filter.ref = f"A{_HEADER_ROW}:{get_column_letter(_WIDTH)}{sheet.rows}"
    sheet.append()
    changes: list[_Change] = []
    if report.restated is not None:
        requests, disputes = report.restated
        changes += [*_request_changes(filing, requests), *_dispute_changes(filing, disputes)]
    _write_figures(sheet, changes)
    if report.own_changes:
        sheet.append()
        _write_own(sheet, report.own_changes)


def _values(moved: Restatement) -> tuple[str, ...]:
    return (
        moved.number,
        in_words(moved.old) or NOWHERE,
        in_words(moved.new) or NOWHERE,
        moved.what,
        str(moved.event_id),
        f"{moved.recorded_at:%Y-%m-%d %H:%M}",
        moved.recorded_by,
    )


_Change = tuple[str, str, str, int, int]  # table, row, column, filed, now


def _request_changes(filing: Filing, restated: YearTable) -> Iterator[_Change]:
    for filed, now in zip(filing.table.rows, restated.rows, strict=True):
        name = f"{filed.code} {filed.group}　{filed.label}" if filed.group else filed.label
        for label, old, new in zip(COLUMN_LABELS, filed.cells, now.cells, strict=True):
            if old != new:
                yield REQUESTS, name, label, old, new


def _dispute_changes(filing: Filing, restated: Table4) -> Iterator[_Change]:
    for block, filed in filing.disputes.items():
        for label, old, new in zip(FIGURE_LABELS, filed, restated[block], strict=True):
            if old != new:
                yield DISPUTES, block.label, label, old, new


def _write_figures(sheet: Sheet, changes: list[_Change]) -> None:
    text = "与封账不同的数字" if changes else "各格数字仍与封账相同。"
    row = sheet.append(sheet.across(text, SECTION, _WIDTH), height_of(1))
    sheet.merge(row, 1, row, _WIDTH)
    if not changes:
        return
    row = sheet.append([sheet.cell(word, HEAD) for word in _FIGURE_COLUMNS], height_of(1))
    sheet.merge(row, 3, row, 4)
    for name, line, column, old, new in changes:
        cells = [
            sheet.cell(name, LABEL),
            sheet.cell(line, LABEL),
            *sheet.across(column, LABEL, 2),
            sheet.cell(old, FIGURE),
            sheet.cell(new, FIGURE),
            sheet.cell(new - old, FIGURE),
        ]
        row = sheet.append(cells, height_of(lines_of(line, _WIDTHS[1:2])))
        sheet.merge(row, 3, row, 4)


def _write_own(sheet: Sheet, changes: Sequence[OwnChange]) -> None:
    row = sheet.append(sheet.across(_OWN, SECTION, _WIDTH), height_of(1))
    sheet.merge(row, 1, row, _WIDTH)
    row = sheet.append([sheet.cell(word, HEAD) for word in _OWN_COLUMNS], height_of(1))
    sheet.merge(row, 4, row, 5)
    for moved in changes:
        texts = (moved.what, moved.old or _NOTHING, moved.new or _NOTHING)
        cells = [
            *(sheet.cell(text, LABEL) for text in texts),
            *sheet.across("", LABEL, 2),
            sheet.cell(f"{moved.recorded_at:%Y-%m-%d %H:%M}", LABEL_CENTRED),
            sheet.cell(moved.recorded_by, LABEL_CENTRED),
        ]
        lines = (lines_of(text, (wide,)) for text, wide in zip(texts, _WIDTHS, strict=False))
        row = sheet.append(cells, height_of(max(lines)))
        sheet.merge(row, 4, row, 5)
