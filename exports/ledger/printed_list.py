"""Cases of the ledger as a list on paper: A4, a line each of what a list shows, headed on each page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from db.cases.case_file import CaseFile
from db.storage.chain import head
from db.storage.transaction import Transaction
from db.words.text import one_line
from exports.spreadsheet.sheet import Book, Sheet, height_of
from exports.spreadsheet.styles import HEAD, LABEL, LABEL_CENTRED, NOTE, TITLE, lines_of

NAME = "清单"
_COLUMNS = {
    "编号": 11.0,
    "收到日期": 11.0,
    "申请人": 17.0,
    "申请内容": 41.0,
    "承办科室": 14.0,
    "承办人": 9.0,
    "状态": 12.0,
    "答复期限": 17.0,
    "剩余工作日": 8.0,
    "办结日期": 11.0,
}
HEADINGS = tuple(_COLUMNS)
_TEXTS = ("申请人", "申请内容", "承办科室")
_LONGEST = 300
"""Characters of a text: a row of more does not fit on a page."""


def list_row(case: CaseFile) -> list[str]:
    """One case as the texts of `HEADINGS`; a date of an unpublished calendar says so."""
    facts, standing = case.received, case.standing
    due = f"{standing.due_on or ''}{'（暂定）' if standing.due_on and standing.provisional else ''}"
    left = case.clock.days_left
    cells = {
        "编号": case.number,
        "收到日期": str(facts.on),
        "申请人": facts.applicant or "",
        "申请内容": facts.subject or "",
        "承办科室": case.unit,
        "承办人": case.officer,
        "状态": standing.state.label,
        "答复期限": due,
        "剩余工作日": "超期" if case.clock.overdue else "" if left is None else str(left),
        "办结日期": str(standing.concluded_on or ""),
    }
    return [cells[heading] for heading in HEADINGS]


def write_list(path: Path, rows: Iterable[Sequence[Any]], tx: Transaction) -> None:
    """Write the rows of `list_row` as a workbook of one sheet that prints on A4, landscape."""
    widths = tuple(_COLUMNS.values())
    with Book(path.parent, head(tx.connection)) as book:
        sheet = Sheet(book, NAME, widths)
        sheet.set_page("landscape", titles="1:2")
        sheet.worksheet.freeze_panes = "B3"
        sheet.append(sheet.across("政府信息公开申请清单", TITLE, len(widths)), height_of(2))
        sheet.merge(1, 1, 1, len(widths))
        highest = max(lines_of(text, [width]) for text, width in _COLUMNS.items())
        sheet.append([sheet.cell(text, HEAD) for text in HEADINGS], height_of(highest))
        for row in rows:
            texts = [_short(one_line(text)) for text in row]
            lines = max(map(lines_of, texts, ([width] for width in widths)))
            looks = (LABEL if name in _TEXTS else LABEL_CENTRED for name in HEADINGS)
            sheet.append(list(map(sheet.cell, texts, looks)), height_of(lines))
        said = f"共 {sheet.rows - 2} 件；状态和剩余工作日截至 {tx.today}。"
        sheet.append(sheet.across(said, NOTE, len(widths)))
        sheet.merge(sheet.rows, 1, sheet.rows, len(widths))
        book.save(path)


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else text[: _LONGEST - 2] + "……"
