"""The case ledger as a file: .xlsx or .csv, the columns of `exports.ledger.read_row` and four derived ones."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.utils import get_column_letter

from db.cases.case_file import CaseFile, every_case
from db.errors import BadValue
from db.law.history import FACTS, Event
from db.privacy.masking import mask_case
from db.storage.register import Register
from db.words.text import guard
from db.words.vocabulary import OUTCOME_BY_CODE, Delivery, EventKind, Labelled
from exports.ledger.read_row import COLUMNS, DATED, DERIVED, REMARKS
from exports.ledger.remarks import SEPARATOR, escape_remarks, fact_line
from exports.paper_file import replacing
from exports.spreadsheet.sheet import Sheet, abandon
from exports.spreadsheet.styles import DATE, HEAD, looks_like_formula, put_text, too_long

SHEET = "台账"
HEADINGS: tuple[str, ...] = (*COLUMNS, *DERIVED)
_WIDTHS = {"申请内容": 48, REMARKS: 40, "通讯地址": 28, "受理机关": 24, "办理结果": 28}

Progress = Callable[[int], None]


def write_ledger(
    register: Register,
    path: Path,
    year: int | None = None,
    *,
    masked: bool = False,
    progress: Progress | None = None,
) -> int:
    """Write the ledger to `path` (.xlsx or .csv by its ending); answers how many cases.

    With a year, the cases that year's table counts. `masked` hides names, certificate numbers,
    phones and addresses.

    Raises:
        BadValue: another ending.
        RegisterError: the file cannot be written.
    """
    writers = {".xlsx": _write_xlsx, ".csv": _write_csv}
    write = writers.get(path.suffix.lower())
    if write is None:
        raise BadValue(f"{path} 应以 .xlsx 或 .csv 结尾。")
    written = 0

    def rows() -> Iterator[list[Any]]:
        nonlocal written
        for case in every_case(register, year):
            yield ledger_row(mask_case(case) if masked else case)
            written += 1
            if progress is not None and written % 500 == 0:
                progress(written)

    with replacing(path, register.path) as temporary:
        write(temporary, rows())
    return written


def ledger_row(case: CaseFile) -> list[Any]:
    """One case as the cells of `HEADINGS`: text, dates, whole numbers or None."""
    received = case.received
    kinds: dict[EventKind, list[Event]] = {}
    for event in case.history:
        kinds.setdefault(event.kind, []).append(event)
    conclusion = next((event for event in case.history if event.kind.concludes), None)
    outcome = OUTCOME_BY_CODE[case.standing.outcome] if case.standing.outcome else None
    due = case.standing.due_on
    cells: dict[str, Any] = {
        "编号": case.number,
        "受理机关": received.organ,
        "收到日期": received.on,
        "提交日期": received.submitted_on,
        "申请人": received.applicant,
        "申请人类型": _label(received.applicant_kind),
        "证件号码": received.id_no,
        "联系电话": received.phone,
        "通讯地址": received.address,
        "电子邮箱": received.email,
        "申请方式": _label(received.channel),
        "申请内容": received.subject,
        "承办科室": received.unit,
        "承办人": received.officer,
        "补正限期": _joined(e.reply_by for e in kinds.get(EventKind.CLARIFICATION_REQUESTED, [])),
        "延期工作日": _joined(e.days for e in kinds.get(EventKind.EXTENDED, [])),
        "办理结果": outcome.name if outcome else None,
        "办结日期": case.standing.concluded_on,
        "答复文号": conclusion.doc_no if conclusion else None,
        "送达方式": _delivery(conclusion.delivery) if conclusion else None,
        REMARKS: _remarks(case),
        "状态": case.standing.state.label,
        "答复期限": f"{due}（暂定）" if due and case.standing.provisional else due,
        "用时工作日": case.clock.days_used,
        "是否超期": "是" if case.clock.overdue else "否",
    }
    for column, kind in DATED.items():
        cells[column] = _joined(event.on for event in kinds.get(kind, []))
    return [cells[heading] for heading in HEADINGS]


def _label(word: Labelled | None) -> str | None:
    return word.label if word else None


def _delivery(value: str | None) -> str | None:
    return Delivery(value).label if value in set(Delivery) else value


def _joined(values: Iterable[Any]) -> Any:
    """One value as it is; several as one text, divided by `；` (a missing one leaves a gap)."""
    listed = list(values)
    while listed and listed[-1] is None:
        listed.pop()
    if len(listed) < 2:
        return listed[0] if listed else None
    return SEPARATOR.join("" if value is None else str(value) for value in listed)


_IN_COLUMNS: dict[EventKind, frozenset[str]] = {
    EventKind.CLARIFICATION_REQUESTED: frozenset(("reply_by",)),
    EventKind.CLARIFICATION_RECEIVED: frozenset(),
    EventKind.EXTENDED: frozenset(("days",)),
    EventKind.CONSULTATION_STARTED: frozenset(),
    EventKind.CONSULTATION_ENDED: frozenset(),
    EventKind.DECIDED: frozenset(("outcome", "doc_no", "delivery")),
}
"""Kinds with a column of their own, and which of their facts have one too."""


def _remarks(case: CaseFile) -> str | None:
    """The receipt's note, then a line for each event that has more than its columns hold.

    Events of one day all have lines, which tell their order.
    """
    lines = [escape_remarks(case.received.note)] if case.received.note else []
    on_the_day = Counter(event.on for event in case.history if event.kind is not EventKind.RECEIVED)
    if case.received.doc_no:
        lines.append(fact_line(case.received, ["doc_no"]))
    for event in case.history:
        if event.kind is EventKind.RECEIVED:
            continue
        in_columns = _IN_COLUMNS.get(event.kind)
        rest = [name for name in FACTS[event.kind] if name not in (in_columns or ())]
        more = any(getattr(event, name) is not None for name in rest)
        if in_columns is None or more or on_the_day[event.on] > 1:
            lines.append(fact_line(event, rest))
    return "\n".join(lines) or None


def _write_csv(path: Path, rows: Iterable[Sequence[Any]]) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEADINGS)
        for row in rows:
            writer.writerow([guard(str(cell)) if cell is not None else "" for cell in row])


def _write_xlsx(path: Path, rows: Iterable[Sequence[Any]]) -> None:
    book = Workbook(write_only=True)
    widths = [_WIDTHS.get(name, 12 if name.endswith("日期") else 14) for name in HEADINGS]
    sheet = Sheet(book, SHEET, widths)
    sheet.worksheet.freeze_panes = "C2"
    dated: Any = WriteOnlyCell(sheet.worksheet)
    dated.number_format = DATE.number_format
    sheet.append([sheet.cell(text, HEAD) for text in HEADINGS])
    try:
        for row in rows:
            sheet.append([_cell(sheet, value, dated) for value in row])
    except BaseException:
        abandon(book)  # else its draft, full of names, would stay in the temporary folder
        raise
    sheet.worksheet.auto_filter.ref = f"A1:{get_column_letter(len(HEADINGS))}{sheet.rows}"
    book.save(path)


def _cell(sheet: Sheet, value: Any, dated: Any) -> Any:
    """A date with the shared date style; a text that a spreadsheet could misread as a text."""
    cell: Any
    if isinstance(value, str) and too_long(value):
        raise BadValue(
            f"“{value[:20]}……”有{len(value)}个字，一个 Excel 单元格放不下；请改用 .csv 导出。"
        )
    if isinstance(value, date):
        cell = WriteOnlyCell(sheet.worksheet)
        cell.value = value
        cell._style = dated._style  # one style for all: a named one per cell takes thrice as long
        return cell
    if isinstance(value, str) and (looks_like_formula(value) or value.startswith("#")):
        cell = WriteOnlyCell(sheet.worksheet)
        cell.quotePrefix = looks_like_formula(value)
        put_text(cell, value)
        return cell
    return value
