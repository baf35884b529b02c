"""The projection of a history onto one row of `cases`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, or_, select

from db.calendar.workdays import WorkCalendar
from db.cases.event_log import AT_ONCE, read_event
from db.errors import RegisterError
from db.law.clock import Standing, counted_by_due, stand
from db.law.delivery import receipt_since
from db.law.event import Event
from db.law.history import effective, first_conclusion, handlers
from db.law.waiting import party_limit
from db.storage.column_types import Day, day, plain
from db.storage.port import port_of
from db.storage.schema import RUNNING, cases, events
from db.words.pinyin import sort_key
from db.words.vocabulary import State

UNREPLAYABLE = (RegisterError, ValueError, IndexError, KeyError, TypeError)
"""What a history raises that somebody else's hand has been at."""


def projected(*told: Any) -> dict[str, Any]:
    """The same as `project`, in the plain values that are stored."""
    return {name: plain(value) for name, value in project(*told).items()}


def project(
    history: Sequence[Event],
    organ_id: int,
    last_event_id: int,
    calendar: WorkCalendar,
    standing: Standing | None = None,
    before: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """The row of `cases` (without its id) that an effective history amounts to.

    `standing` is that of the history, where it is known; `before` is the row as it was, whose keys of
    order are taken over as long as the texts are the same.
    """
    received = history[0]
    standing = standing or stand(history, calendar)
    conclusion = first_conclusion(history)
    unit, officer = handlers(history)
    return {
        "number": received.number,
        "organ_id": organ_id,
        "applicant": received.applicant,
        "kind": received.applicant_kind,
        "channel": received.channel,
        "received_on": received.on,
        "received_year": received.on.year,
        "submitted_on": received.submitted_on,
        "subject": received.subject,
        "id_no": received.id_no,
        "phone": received.phone,
        "address": received.address,
        "email": received.email,
        "unit": unit or None,
        "officer": officer or None,
        "state": standing.state,
        "counts_from": standing.counts_from,
        "allowed": counted_by_due(standing, calendar),
        "due_on": standing.due_on,
        "provisional": standing.provisional,
        "reply_by": standing.reply_by,
        "party_limit": (
            party_limit(history, calendar) if standing.state is State.CONSULTING else None
        ),
        "frozen_used": standing.frozen_used,
        "concluded_on": standing.concluded_on,
        "concluded_year": standing.concluded_on.year if standing.concluded_on else None,
        "outcome": standing.outcome,
        "doc_no": conclusion.doc_no if conclusion else None,
        "applicant_key": _key("applicant", received.applicant, before),
        "subject_key": _key("subject", received.subject, before),
        "last_event_id": last_event_id,
        "agent": received.agent,
        "postcode": received.postcode,
        "receipt_since": (receipt_since(history) if standing.state is State.CONCLUDED else None),
    }


def _key(of: str, told: str | None, before: Mapping[str, Any] | None) -> str:
    if before is not None and before[of] == told:
        return str(before[f"{of}_key"])
    return sort_key(told or "")


def change_row(
    connection: Connection, case_id: int, old: Mapping[Any, Any], row: Mapping[str, Any]
) -> None:
    """Write of a case's row what is no longer as it was: no index of anything else is touched.

    Both are plain, as they are stored.

    Raises:
        Unreadable: a day that was there is none.
    """
    changed = {name: value for name, value in row.items() if old[name] != value}
    for name in changed.keys() & _DAYS:
        day(old[name])
    if changed:
        told = ", ".join(f"{name} = :{name}" for name in changed)
        asked = f"UPDATE cases SET {told} WHERE id = :id", {**changed, "id": case_id}
        port_of(connection).answers(connection, asked)


_DAYS = {column.name for column in cases.c if isinstance(column.type, Day)}


@dataclass(frozen=True, slots=True)
class Moved:
    """An open case's due date before and after a change of the calendar."""

    number: str
    old: date | None
    new: date | None


def recompute(
    connection: Connection, before: WorkCalendar, after: WorkCalendar
) -> tuple[Moved, ...]:
    """Project anew every case that the difference between two calendars can touch, part by part.

    A case whose history cannot be replayed keeps the row it has; `verify` names it.
    """
    first = after.differs_from(before)
    if first is None:
        return ()
    touched = or_(RUNNING, cases.c.due_on >= first, cases.c.concluded_on >= first)
    ids = connection.execute(select(cases.c.id).where(touched).order_by(cases.c.id)).scalars().all()
    parts = (ids[start : start + AT_ONCE] for start in range(0, len(ids), AT_ONCE))
    return tuple(moved for part in parts for moved in _recomputed(connection, part, after))


def _recomputed(
    connection: Connection, ids: Sequence[int], calendar: WorkCalendar
) -> Iterator[Moved]:
    among = port_of(connection).id_among
    of_them = connection.execute(select(cases).where(among(cases.c.id, ids))).all()
    rows = {record.id: record for record in of_them}
    told = select(events).where(among(events.c.case_id, ids))
    told = told.order_by(events.c.case_id, events.c.id)
    by_case = groupby(connection.execute(told).all(), key=lambda record: record.case_id)
    for case_id, records in by_case:
        row = rows[case_id]
        try:
            history = effective(read_event(record) for record in records)
            new = project(history, row.organ_id, row.last_event_id, calendar)
        except UNREPLAYABLE:
            continue
        old = {name: plain(value) for name, value in row._mapping.items()}
        change_row(connection, case_id, old, {n: plain(value) for n, value in new.items()})
        if new["due_on"] != row.due_on and not State(row.state).ended:
            yield Moved(row.number, row.due_on, new["due_on"])
