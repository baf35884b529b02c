"""One row a case, read from the database."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, Select, select

from db.calendar.workdays import WorkCalendar
from db.cases.case_row import CaseRow
from db.errors import understood
from db.law.clock import is_late
from db.storage.schema import cases, organs
from db.words.vocabulary import ApplicantKind, Channel, State

ROW_COLUMNS = (
    cases.c.id,
    cases.c.number,
    organs.c.name.label("organ"),
    cases.c.applicant,
    cases.c.kind,
    cases.c.channel,
    cases.c.subject,
    cases.c.unit,
    cases.c.officer,
    cases.c.received_on,
    cases.c.state,
    cases.c.counts_from,
    cases.c.allowed,
    cases.c.due_on,
    cases.c.provisional,
    cases.c.reply_by,
    cases.c.frozen_used,
    cases.c.concluded_on,
    cases.c.outcome,
)


def rows_query() -> Select[Any]:
    """The columns of `CaseRow`, to be narrowed and ordered by the caller."""
    return select(*ROW_COLUMNS).join(organs, cases.c.organ_id == organs.c.id)


def read_rows(
    connection: Connection, query: Select[Any], calendar: WorkCalendar, today: date
) -> list[CaseRow]:
    """Run a query made from `rows_query`."""
    records = connection.execute(query).all()
    with understood("一件申请的类型或状态"):
        return [_row(record, calendar, today) for record in records]


def _row(record: Row[Any], calendar: WorkCalendar, today: date) -> CaseRow:
    state = State(record.state)
    used = record.frozen_used
    left: int | None = None
    if used is None:
        left = calendar.distance(today, record.due_on) if record.due_on else None
        used = record.allowed - left if left is not None else 0
    elif state is State.CONSULTING:
        left = record.allowed - used
    return CaseRow(
        id=record.id,
        number=record.number,
        organ=record.organ,
        applicant=record.applicant,
        kind=ApplicantKind(record.kind),
        channel=Channel(record.channel) if record.channel else None,
        subject=record.subject,
        unit=record.unit or "",
        officer=record.officer or "",
        received_on=record.received_on,
        state=state,
        due_on=record.due_on,
        provisional=record.provisional,
        reply_by=record.reply_by,
        concluded_on=record.concluded_on,
        outcome=record.outcome,
        days_used=used,
        days_left=left if not state.ended else None,
        overdue=is_late(record.due_on, record.concluded_on, today),
    )
