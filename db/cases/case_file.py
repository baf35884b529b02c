"""Reading cases: one row for lists, one file with its whole history."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, and_, or_, select

from db.calendar.workdays import WorkCalendar
from db.cases.event_log import histories, histories_of, read_events
from db.cases.numbers import find_id
from db.cases.organs import Organs, read_organs
from db.errors import damaged
from db.law.clock import Clock, Standing, read_clock, stand
from db.law.event import Event
from db.law.flags import Flag, flags
from db.law.history import effective, handlers, live_corrections
from db.law.trace import TraceDay, trace
from db.storage.schema import NOT_CANCELLED, cases, events
from db.storage.transaction import Transaction

_AT_ONCE = 200
"""Chosen cases read at a time."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One event of a history as recorded, and the corrections that voided or last replaced it."""

    event: Event
    voided_by: int | None
    replaced_by: int | None = None


@dataclass(frozen=True, slots=True)
class CaseFile:
    """A whole case: its facts, its history as recorded and as effective, clock and flags.

    `received` is the effective receipt, which carries the case's own facts; `organ` is what its
    organ was called then.
    """

    id: int
    number: str
    organ: str
    received: Event
    unit: str
    officer: str
    history: tuple[Event, ...]
    entries: tuple[Entry, ...]
    standing: Standing
    clock: Clock
    flags: tuple[Flag, ...]

    @property
    def version(self) -> int:
        """Grows with every record of the case (`cases.last_event_id`)."""
        return max(entry.event.id for entry in self.entries)

    def since(self, version: int) -> tuple[Entry, ...]:
        """What has been recorded after a version of the case, in the order recorded."""
        new = (entry for entry in self.entries if entry.event.id > version)
        return tuple(sorted(new, key=lambda entry: entry.event.id))


def read_case(tx: Transaction, number: str) -> CaseFile:
    """A case by its number.

    Raises:
        NotFound: there is no such case.
    """
    return case_file(tx, find_id(tx.connection, number))


def case_file(tx: Transaction, case_id: int) -> CaseFile:
    """A case by its id, read inside a transaction."""
    recorded = read_events(tx.connection, case_id)
    if not recorded:
        raise damaged("这件申请的办理记录")
    return make_case_file(case_id, recorded, tx.calendar, tx.today, read_organs(tx.connection))


def make_case_file(
    case_id: int,
    recorded: Sequence[Event],
    calendar: WorkCalendar,
    today: date,
    organs: Organs,
    *,
    named_on: date | None = None,
) -> CaseFile:
    """Derive everything about a case from its recorded events.

    Its organ is named as on the day of receipt, or as on another.
    """
    history = effective(recorded)
    voided, corrections = live_corrections(recorded)
    replaced = {c.target: c.id for c in corrections if c.changes}
    standing = stand(history, calendar)
    unit, officer = handlers(history)
    return CaseFile(
        id=case_id,
        number=history[0].number or "",
        organ=organs.name_on(history[0].organ or "", named_on or history[0].on),
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


def every_case(tx: Transaction, year: int | None = None) -> Iterator[CaseFile]:
    """Every case, oldest receipt first; with a year, those that year's table counts.

    An organ is called alike in all of them: as in that year, else as today. Reads as it goes:
    memory does not grow with the register.
    """
    query = (
        select(events)
        .join(cases, events.c.case_id == cases.c.id)
        .order_by(cases.c.received_on, cases.c.id, events.c.id)
    )
    if year is not None:
        query = query.where(_counted_in(year))
    calendar, today, organs = tx.calendar, tx.today, read_organs(tx.connection)
    named_on = min(today, date(year, 12, 31)) if year else today
    for case_id, recorded in histories_of(tx.connection, query):
        yield make_case_file(case_id, recorded, calendar, today, organs, named_on=named_on)


def chosen_cases(
    tx: Transaction, ids: Sequence[int], year: int | None = None
) -> Iterator[CaseFile]:
    """The cases with these ids, in that order; with a year, those that year's table counts.

    An id of none is passed over. Organs are called as `every_case` calls them.
    """
    calendar, today, organs = tx.calendar, tx.today, read_organs(tx.connection)
    named_on = min(today, date(year, 12, 31)) if year else today
    for start in range(0, len(ids), _AT_ONCE):
        part = list(ids[start : start + _AT_ONCE])
        if year is not None:
            counted = select(cases.c.id).where(cases.c.id.in_(part), _counted_in(year))
            kept = set(tx.connection.execute(counted).scalars())
            part = [case_id for case_id in part if case_id in kept]
        told = dict(histories(tx.connection, events.c.case_id.in_(part)))
        for case_id in part:
            if case_id in told:
                recorded = told[case_id]
                yield make_case_file(case_id, recorded, calendar, today, organs, named_on=named_on)


def _counted_in(year: int) -> ColumnElement[bool]:
    """Of a case: the year's table counts it."""
    return and_(
        NOT_CANCELLED,
        cases.c.received_year <= year,
        or_(cases.c.concluded_year.is_(None), cases.c.concluded_year >= year),
    )


def trace_case(case: CaseFile, calendar: WorkCalendar, today: date) -> tuple[TraceDay, ...]:
    """The day-by-day explanation of the case's due date."""
    return trace(case.history, calendar, today)
