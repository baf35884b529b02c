"""The case ledger as a file: .xlsx or .csv, the columns of `db.ledger` and four derived ones."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from db.cases import CaseFile, every_case
from db.errors import BadValue
from db.history import FACTS, Event
from db.ledger import COLUMNS, DATED, DERIVED, REMARKS
from db.masking import mask_case
from db.register import Register
from db.remarks import SEPARATOR, escape_remarks, fact_line
from db.text import guard
from db.vocabulary import OUTCOME_BY_CODE, Delivery, EventKind, Labelled

SHEET = "台账"
HEADINGS: tuple[str, ...] = (*COLUMNS, *DERIVED)
_WIDTHS = {"申请内容": 48, REMARKS: 40, "通讯地址": 28, "受理机关": 24, "办理结果": 28}
_DATE_FORMAT = "yyyy-mm-dd"
_LONGEST_CELL = 32_767
"""What a spreadsheet cell holds; openpyxl would cut the rest off in silence."""

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
    from exports.paper_file import replacing

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
    sheet: Any = book.create_sheet(SHEET)
    sheet.freeze_panes = "C2"
    for place, heading in enumerate(HEADINGS, start=1):
        width = _WIDTHS.get(heading, 12 if heading.endswith("日期") else 14)
        sheet.column_dimensions[get_column_letter(place)].width = width
    dated: Any = WriteOnlyCell(sheet)
    dated.number_format = _DATE_FORMAT
    last = 1
    sheet.append([_heading(sheet, text) for text in HEADINGS])
    try:
        for last, row in enumerate(rows, start=2):  # noqa: B007 - the last row bounds the filter
            sheet.append([_cell(sheet, value, dated) for value in row])
    except BaseException:
        sheet.close()  # else its draft, full of names, would stay in the temporary folder
        sheet._writer.cleanup()
        raise
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(HEADINGS))}{last}"
    book.save(path)


def _heading(sheet: Any, text: str) -> Any:
    cell: Any = WriteOnlyCell(sheet, value=text)
    cell.font = Font(bold=True)
    cell.alignment = Alignment(vertical="center")
    return cell


def _cell(sheet: Any, value: Any, dated: Any) -> Any:
    """A date with the shared date style; a text that looks like a formula, or an error, stored as text."""
    cell: Any
    if isinstance(value, str) and len(value) > _LONGEST_CELL:
        raise BadValue(
            f"“{value[:20]}……”有{len(value)}个字，一个 Excel 单元格放不下；请改用 .csv 导出。"
        )
    if isinstance(value, date):
        cell = WriteOnlyCell(sheet)
        cell.value = value
        cell._style = dated._style  # one style for all: a named one per cell takes thrice as long
        return cell
    if isinstance(value, str) and value.startswith(("=", "+", "-", "@", "#")):
        cell = WriteOnlyCell(sheet, value=value)
        cell.data_type = "s"
        cell.quotePrefix = True
        return cell
    return value
