"""Reading cases: one row for lists, one file with its whole history."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, Row, Select, or_, select

from db import moment
from db.calendar.workdays import WorkCalendar
from db.errors import NotFound
from db.law.clock import Clock, Standing, TraceDay, read_clock, stand, trace
from db.law.flags import Flag, flags
from db.law.history import Event, effective, live_corrections, unpack
from db.storage.register import Register
from db.storage.schema import NOT_CANCELLED, cases, events, organs
from db.words.vocabulary import ApplicantKind, Channel, EventKind, State


@dataclass(frozen=True, slots=True)
class CaseRow:
    """One case as lists show it; `days_left` in working days, None while none are counted."""

    id: int
    number: str
    organ: str
    applicant: str
    kind: ApplicantKind
    channel: Channel | None
    subject: str
    unit: str
    officer: str
    received_on: date
    state: State
    due_on: date | None
    provisional: bool
    reply_by: date | None
    concluded_on: date | None
    outcome: str | None
    days_used: int
    days_left: int | None
    overdue: bool


@dataclass(frozen=True, slots=True)
class Entry:
    """One event of a history as recorded, and the corrections that voided or last replaced it."""

    event: Event
    voided_by: int | None
    replaced_by: int | None = None


@dataclass(frozen=True, slots=True)
class CaseFile:
    """A whole case: its facts, its history as recorded and as effective, clock and flags.

    `received` is the effective receipt, which carries the case's own facts.
    """

    id: int
    number: str
    received: Event
    unit: str
    officer: str
    history: tuple[Event, ...]
    entries: tuple[Entry, ...]
    standing: Standing
    clock: Clock
    flags: tuple[Flag, ...]


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
    return [_row(record, calendar, today) for record in connection.execute(query)]


def _row(record: Row[Any], calendar: WorkCalendar, today: date) -> CaseRow:
    state = State(record.state)
    used = record.frozen_used
    left: int | None = None
    if used is None:
        left = calendar.distance(today, record.due_on) if record.due_on else None
        used = record.allowed - left if left is not None else 0
    elif state is State.CONSULTING:
        left = record.allowed - used
    end = record.concluded_on or today
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
        overdue=record.due_on is not None and end > record.due_on,
    )


def read_event(record: Row[Any]) -> Event:
    """An event from its row."""
    return Event(
        kind=EventKind(record.kind),
        on=record.occurred_on,
        id=record.id,
        recorded_at=moment.local(record.recorded_at),
        recorded_by=record.recorded_by,
        **unpack(record.facts, record.personal),
    )


def read_events(connection: Connection, case_id: int) -> list[Event]:
    """A case's events as recorded, in the order recorded."""
    query = select(events).where(events.c.case_id == case_id).order_by(events.c.id)
    return [read_event(record) for record in connection.execute(query)]


def find_id(connection: Connection, number: str) -> int:
    """The id of a case by its number, however wide its signs are written.

    Raises:
        NotFound: there is no such case.
    """
    wanted = unicodedata.normalize("NFKC", number).strip()
    found = connection.execute(select(cases.c.id).where(cases.c.number == wanted)).scalar()
    if found is None:
        raise NotFound(f"没有编号为“{number}”的申请；请核对编号，或按姓名、内容查找。")
    return int(found)


def read_case(register: Register, number: str) -> CaseFile:
    """A case by its number.

    Raises:
        NotFound: there is no such case.
    """
    with register.reading() as connection:
        return case_file(register, connection, find_id(connection, number))


def case_file(register: Register, connection: Connection, case_id: int) -> CaseFile:
    """A case by its id, read inside a transaction."""
    recorded = read_events(connection, case_id)
    return make_case_file(case_id, recorded, register.calendar(), register.today())


def make_case_file(
    case_id: int, recorded: Sequence[Event], calendar: WorkCalendar, today: date
) -> CaseFile:
    """Derive everything about a case from its recorded events."""
    history = effective(recorded)
    voided, corrections = live_corrections(recorded)
    replaced = {c.target: c.id for c in corrections if c.changes}
    standing = stand(history, calendar)
    unit, officer = handlers(history)
    return CaseFile(
        id=case_id,
        number=history[0].number or "",
        received=history[0],
        unit=unit,
        officer=officer,
        history=history,
        entries=tuple(
            Entry(
                event,
                voided[event.id].id if event.id in voided else None,
                replaced.get(event.id),
            )
            for event in recorded
        ),
        standing=standing,
        clock=read_clock(standing, calendar, today),
        flags=flags(history, standing, calendar, today),
    )


def every_case(register: Register, year: int | None = None) -> Iterator[CaseFile]:
    """Every case, oldest receipt first; with a year, those that year's table counts.

    Reads as it goes: memory does not grow with the register.
    """
    query = (
        select(events)
        .join(cases, events.c.case_id == cases.c.id)
        .order_by(cases.c.received_on, cases.c.id, events.c.id)
    )
    if year is not None:
        query = query.where(
            NOT_CANCELLED,
            cases.c.received_year <= year,
            or_(cases.c.concluded_year.is_(None), cases.c.concluded_year >= year),
        )
    calendar, today = register.calendar(), register.today()
    with register.reading() as connection:
        streamed = connection.execution_options(yield_per=1000).execute(query)
        for case_id, records in groupby(streamed, key=lambda record: record.case_id):
            recorded = [read_event(record) for record in records]
            yield make_case_file(case_id, recorded, calendar, today)


def handlers(history: Iterable[Event]) -> tuple[str, str]:
    """承办科室 and 承办人 as last assigned."""
    unit = officer = ""
    for event in history:
        if event.kind in (EventKind.RECEIVED, EventKind.ASSIGNED):
            unit = event.unit or unit
            officer = event.officer or officer
    return unit, officer


def trace_case(case: CaseFile, calendar: WorkCalendar, today: date) -> tuple[TraceDay, ...]:
    """The day-by-day explanation of the case's due date."""
    return trace(case.history, calendar, today)
