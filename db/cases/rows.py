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


_KINDS = {kind.value: kind for kind in ApplicantKind}
_CHANNELS = {channel.value: channel for channel in Channel}
_STATES = {state.value: state for state in State}


def _row(record: Row[Any], calendar: WorkCalendar, today: date) -> CaseRow:
    """By its places, and words by what is prepared: a hundred are made at every key of a lookup."""
    told = tuple(record)
    case_id, number, organ, applicant, kind, channel, subject, unit, officer, received_on = told[
        :10
    ]
    stated, _, allowed, due_on, provisional, reply_by, used, concluded_on, outcome = told[10:]
    state = _STATES[stated]
    left: int | None = None
    if used is None:
        left = calendar.distance(today, due_on) if due_on else None
        used = allowed - left if left is not None else 0
    elif state is State.CONSULTING:
        left = allowed - used
    return CaseRow(
        id=case_id,
        number=number,
        organ=organ,
        applicant=applicant,
        kind=_KINDS[kind],
        channel=_CHANNELS[channel] if channel else None,
        subject=subject,
        unit=unit or "",
        officer=officer or "",
        received_on=received_on,
        state=state,
        due_on=due_on,
        provisional=provisional,
        reply_by=reply_by,
        concluded_on=concluded_on,
        outcome=outcome,
        days_used=used,
        days_left=left if not state.ended else None,
        overdue=is_late(due_on, concluded_on, today),
    )
