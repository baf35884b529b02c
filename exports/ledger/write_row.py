"""One case as a row of the ledger."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from db.cases.case_file import CaseFile
from db.law.event import FACTS, Event
from db.words.outcomes import OUTCOME_BY_CODE
from db.words.vocabulary import EventKind, Labelled
from exports.ledger.columns import DATED, HEADINGS, REMARKS
from exports.ledger.remarks import SEPARATOR, escape_remarks, fact_line


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
        "受理机关": case.organ,
        "收到日期": received.on,
        "提交日期": received.submitted_on,
        "申请人": received.applicant,
        "申请人类型": _label(received.applicant_kind),
        "委托代理人": received.agent,
        "证件号码": received.id_no,
        "联系电话": received.phone,
        "通讯地址": received.address,
        "邮编": received.postcode,
        "电子邮箱": received.email,
        "申请方式": _label(received.channel),
        "申请内容": received.subject,
        "用途": received.purpose,
        "获取方式": received.form_wanted,
        "承办科室": received.unit,
        "承办人": received.officer,
        "补正限期": _joined(e.reply_by for e in kinds.get(EventKind.CLARIFICATION_REQUESTED, [])),
        "延期工作日": _joined(e.days for e in kinds.get(EventKind.EXTENDED, [])),
        "办理结果": outcome.name if outcome else None,
        "办结日期": case.standing.concluded_on,
        "答复文号": conclusion.doc_no if conclusion else None,
        "送达方式": _label(conclusion.delivery) if conclusion else None,
        "答复邮件号码": conclusion.postal_no if conclusion else None,
        "答复签收日期": conclusion.signed_on if conclusion else None,
        REMARKS: _remarks(case),
        "状态": case.standing.state.label,
        "答复期限": f"{due}（暂定）" if due and case.standing.provisional else due,
        "用时工作日": case.clock.days_used,
        "是否超期": "是" if case.clock.overdue else "否",
    }
    for column, kind in DATED.items():
        cells[column] = _joined(event.on for event in kinds.get(kind, []))
    return [cells[heading] for heading in HEADINGS]


def _label(word: Labelled | str | None) -> str | None:
    return word.label if isinstance(word, Labelled) else word


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
    EventKind.DECIDED: frozenset(("outcome", "doc_no", "delivery", "postal_no", "signed_on")),
}
"""Kinds with a column of their own, and which of their facts have one too."""


def _remarks(case: CaseFile) -> str | None:
    """The receipt's note, then a line for each event that has more than its columns hold.

    Events of one day all have lines, which tell their order. Papers stay with the register.
    """
    lines = [escape_remarks(case.received.note)] if case.received.note else []
    told = [e for e in case.history if e.kind not in (EventKind.RECEIVED, EventKind.ATTACHED)]
    on_the_day = Counter(event.on for event in told)
    if case.received.doc_no:
        lines.append(fact_line(case.received, ["doc_no"]))
    for event in told:
        in_columns = _IN_COLUMNS.get(event.kind)
        rest = [name for name in FACTS[event.kind] if name not in (in_columns or ())]
        more = any(getattr(event, name) is not None for name in rest)
        if in_columns is None or more or on_the_day[event.on] > 1:
            lines.append(fact_line(event, rest))
    return "\n".join(lines) or None
