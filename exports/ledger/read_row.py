"""The case ledger: its columns, and one row of it as the history of one case.

A row holds a case's facts and the dates of its events. What a case has beyond the columns (a fee,
a second assignment, who was consulted) stands as lines in 备注, `【缴费 2024-05-06】金额=100.00`,
which an import reads back, so that an export brings back the same register.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import lru_cache, partial
from typing import Any

from db.calendar.dates import from_cell, parse_full_date
from db.errors import BadValue
from db.law.event import Event, clean_event, clean_number, typed
from db.law.impossible import Refusal
from db.law.periods import EXTENSION_LIMIT
from db.words.outcomes import parse_outcome
from db.words.text import bare, fold, one_line
from db.words.vocabulary import (
    EventKind,
    Labelled,
    parse_applicant_kind,
    parse_channel,
)
from exports.ledger.cell_values import (
    EMPTY,
    CellFault,
    RowFaults,
    blank,
    chosen_word,
    one_date,
    short,
    shown,
    told_text,
)
from exports.ledger.columns import (
    COLUMNS,
    DATED,
    DERIVED,
    NUMBER,
    REMARKS,
    REQUIRED,
    TEXT_FACTS,
)
from exports.ledger.faults import UNKNOWN, Fault
from exports.ledger.remarks import split_remarks, supplement
from exports.ledger.taught import NOTHING, Taught

_DAYS = ("收到日期", "提交日期", "办结日期", "补正限期", "答复签收日期")
_NO_TEXTS = frozenset((*DATED, *_DAYS, *DERIVED))
_TEXTS = tuple(column for column in COLUMNS if column not in _NO_TEXTS)
_KNOWN = _NO_TEXTS.union(COLUMNS)
_MOST_DATES = 1_000  # of one cell


def read_row(
    cells: Mapping[str, Any], sheet: str, row: int, taught: Taught = NOTHING
) -> tuple[list[Event], list[Fault]]:
    """The history one row tells, receipt first, and every cell of it that is not understood.

    What is not understood is missing from the history; without a receipt there is none.
    `cells` maps column names to raw values (None when empty); columns of another name are kept in
    备注.
    """
    faults = RowFaults(cells, sheet, row)
    attempt: Callable[[str, Callable[[], Any]], Any] = faults.attempt

    def choice(column: str, parse: Callable[[str], Labelled | None]) -> Labelled | None:
        return chosen_word(column, texts[column], parse, taught)

    texts: dict[str, Any] = dict.fromkeys(_TEXTS)
    for column in (*_TEXTS, *(c for c in cells if c not in _KNOWN)):
        if column in cells:
            texts[column] = attempt(column, partial(told_text, column, cells[column]))
    for column in REQUIRED:
        if column != "收到日期" and not texts[column] and not faults.of(column):
            faults.add(column, EMPTY)
    received_on = attempt("收到日期", lambda: one_date("收到日期", cells, required=True))
    submitted_on = attempt("提交日期", lambda: one_date("提交日期", cells))
    attempt(NUMBER, lambda: clean_number(texts[NUMBER] or ""))
    kind = attempt("申请人类型", lambda: choice("申请人类型", parse_applicant_kind))
    channel = attempt("申请方式", lambda: choice("申请方式", parse_channel))
    dated = {column: attempt(column, partial(_dates, column, cells)) or [] for column in DATED}
    notices = attempt("补正限期", lambda: _notices(dated["补正告知日期"], cells)) or []
    extensions = attempt("延期工作日", lambda: _extensions(dated["延期告知日期"], texts)) or []
    said = texts["办理结果"]
    ended_on = attempt("办结日期", lambda: _ended_on(cells, said))
    ending = attempt("办理结果", lambda: _ending(cells, said, taught))
    signed_on = attempt("答复签收日期", lambda: one_date("答复签收日期", cells))
    conclusion, leftovers = _conclusion(ended_on, ending, texts, signed_on)
    remarks, lines = split_remarks(texts[REMARKS] or "")
    others = [
        f"{column}：{value}" for column, value in texts.items() if value and column not in COLUMNS
    ]
    if received_on is None:
        return [], faults.found
    if faults.of(NUMBER):
        texts[NUMBER] = None
    received = Event(
        EventKind.RECEIVED,
        received_on,
        applicant_kind=kind,
        channel=channel,
        submitted_on=submitted_on,
        note="\n".join(filter(None, [remarks, *others, *leftovers])) or None,
        **{fact: texts[column] for column, fact in TEXT_FACTS.items()},
    )
    events = [
        received,
        *notices,
        *(Event(EventKind.CLARIFICATION_RECEIVED, on) for on in dated["收到补正日期"]),
        *extensions,
        *(Event(EventKind.CONSULTATION_STARTED, on) for on in dated["征求意见日期"]),
        *(Event(EventKind.CONSULTATION_ENDED, on) for on in dated["意见返回日期"]),
        *([conclusion] if conclusion else []),
    ]
    cleaned = attempt(REMARKS, lambda: [clean_event(e) for e in supplement(events, lines)])
    return cleaned or [], faults.found


def _dates(column: str, cells: Mapping[str, Any]) -> list[date]:
    value = cells.get(column)
    if blank(value):
        return []
    if isinstance(value, str):
        parts = [part for part in re.split(r"[；;\n]", value) if part.strip()]
        if len(parts) > _MOST_DATES:
            raise CellFault(column, f"写了{len(parts)}个日期，超过{_MOST_DATES}个；请核对。")
        return [parse_full_date(part) for part in parts]
    return [from_cell(value)]


def _limits(value: Any) -> list[date | None]:
    """补正限期, one for each notice; a blank part is a notice that set none."""
    if not isinstance(value, str) or blank(value):
        return [] if blank(value) else [from_cell(value)]
    parts = [part.strip() for part in re.split(r"[；;\n]", value)]
    while parts and not parts[-1]:
        parts.pop()
    return [parse_full_date(part) if part else None for part in parts]


def _notices(asked: Sequence[date], cells: Mapping[str, Any]) -> list[Event]:
    limits = _limits(cells.get("补正限期"))
    if len(limits) > len(asked):
        raise CellFault("补正限期", "填了补正限期，却没有对应的补正告知日期。")
    padded = [*limits, *[None] * (len(asked) - len(limits))]
    return [
        Event(EventKind.CLARIFICATION_REQUESTED, on, reply_by=limit)
        for on, limit in zip(asked, padded, strict=True)
    ]


def _extensions(granted: Sequence[date], texts: Mapping[str, str | None]) -> list[Event]:
    """An extension whose days are not given is the whole of what the law allows."""
    given = [part for part in re.split(r"[；;\n]", texts["延期工作日"] or "") if part.strip()]
    if len(given) > len(granted):
        raise CellFault("延期工作日", "填了延期工作日，却没有对应的延期告知日期。")
    days: list[int] = []
    for part in given:
        match = re.fullmatch(r"(\d{1,3})(?:\.0+)?(个?工作日|天|日)?", fold(part))
        if not match:
            raise CellFault("延期工作日", "不是整数；请写延长几个工作日，例如 20。")
        days.append(int(match[1]))
    days += [EXTENSION_LIMIT] * (len(granted) - len(days))
    return [Event(EventKind.EXTENDED, on, days=n) for on, n in zip(granted, days, strict=True)]


_CANCELLED = ("作废", "作废登记", "登记作废", "已作废")
_STILL_OPEN = ("办理中", "正在办理", "在办", "未办结", "尚未办结", "未答复", "待答复")
_WITHDRAWN = ("撤回", "申请人撤回", "撤销申请", "申请人主动撤回")


def _ended_on(cells: Mapping[str, Any], said: str | None) -> date | None:
    on = one_date("办结日期", cells)
    if said and on is None and not _still_open(said):
        raise BadValue(f"办理结果是“{short(one_line(said))}”，却没有办结日期。")
    return on


@lru_cache(maxsize=1024)
def _still_open(said: str) -> bool:
    return bare(said) in _STILL_OPEN


def _ending(
    cells: Mapping[str, Any], said: str | None, taught: Taught
) -> tuple[EventKind, str | None] | None:
    """How the case ended, and the code of its outcome when it was answered."""
    if not said:
        if not blank(cells.get("办结日期")) and blank(cells.get("办理结果")):
            raise BadValue("填了办结日期，却没有办理结果。")
        return None
    if _still_open(said):
        if not blank(cells.get("办结日期")):
            raise BadValue(f"填了办结日期，办理结果却是“{short(one_line(said))}”。")
        return None
    for words in (said, taught.meaning("办理结果", said) or ""):
        word = "".join(words.split())
        if word in _CANCELLED:
            return EventKind.CANCELLED, None
        if word in _WITHDRAWN:
            return EventKind.WITHDRAWN, None
        outcome = parse_outcome(words)
        if outcome is not None:
            return EventKind.DECIDED, outcome.code
    raise BadValue(f"{UNKNOWN}；请用编号（如 3.3.4）或表中的名称。")


def _conclusion(
    on: date | None,
    ending: tuple[EventKind, str | None] | None,
    texts: Mapping[str, str | None],
    signed_on: date | None,
) -> tuple[Event | None, list[str]]:
    """The event that ends the case, and what of its columns has no event to stand on."""
    doc_no, delivery, postal_no = texts["答复文号"], texts["送达方式"], texts["答复邮件号码"]
    sent = [
        f"{column}：{value}"
        for column, value in (
            ("送达方式", delivery),
            ("答复邮件号码", postal_no),
            ("答复签收日期", signed_on),
        )
        if value
    ]
    if on is None:
        return None, [*([f"答复文号：{doc_no}"] if doc_no else []), *sent]
    kind, outcome = ending or (EventKind.DECIDED, None)  # that is a fault already
    if kind is EventKind.CANCELLED:
        return Event(kind, on, doc_no=doc_no, note="台账记为作废"), []
    if kind is EventKind.WITHDRAWN:
        return Event(kind, on, doc_no=doc_no), sent
    answer = Event(
        kind,
        on,
        outcome=outcome,
        doc_no=doc_no,
        delivery=typed("delivery", delivery),
        postal_no=postal_no,
        signed_on=signed_on,
    )
    return answer, []


_ON_COLUMNS: Mapping[EventKind, str] = {
    EventKind.RECEIVED: "收到日期",
    **{kind: column for column, kind in DATED.items()},
    EventKind.DECIDED: "办结日期",
    EventKind.WITHDRAWN: "办结日期",
    EventKind.CANCELLED: "办结日期",
}
_FACT_COLUMNS: Mapping[tuple[EventKind, str], str] = {
    (EventKind.RECEIVED, "submitted_on"): "提交日期",
    (EventKind.CLARIFICATION_REQUESTED, "reply_by"): "补正限期",
    (EventKind.EXTENDED, "days"): "延期工作日",
    (EventKind.DECIDED, "outcome"): "办理结果",
    (EventKind.DECIDED, "signed_on"): "答复签收日期",
}


def row_fault(refusal: Refusal, cells: Mapping[str, Any], sheet: str, row: int) -> Fault:
    """What cannot have happened, at the column that tells it: 备注 tells what has no column."""
    kind, fact = refusal.event.kind, refusal.fact
    column = _FACT_COLUMNS.get((kind, fact)) or (_ON_COLUMNS.get(kind) if fact == "on" else None)
    column = column or REMARKS
    return Fault(sheet, row, column, shown(cells.get(column)), str(refusal.error))
