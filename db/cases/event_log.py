"""The event log: appending to it, and reading it case by case."""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, select

from db import moment
from db.errors import Unreadable
from db.law.event import Event
from db.law.packing import pack, unpack
from db.storage.chain import add_row
from db.storage.port import port_of
from db.storage.question import Question, Rows
from db.storage.schema import RECORDED_DAY, events
from db.storage.transaction import Transaction
from db.words.vocabulary import EventKind

_COLUMNS = tuple(events.c.keys())
Stored = namedtuple("Stored", _COLUMNS)  # type: ignore[misc]
"""A row of `events`, as `ALL` brings them."""
ALL = f"SELECT {', '.join(_COLUMNS)} FROM events"
_OF_CASE = f"{ALL} WHERE case_id = :case ORDER BY id"
_OF_NUMBER = f"{ALL} WHERE case_id = (SELECT id FROM cases WHERE number = :number) ORDER BY id"
_LAST = 500
"""Records looked through for the newest moment: behind a clock that has been set back on the very day
that of the last one is an earlier one."""
_NEWEST: Question = (
    "SELECT max(recorded_at) FROM (SELECT recorded_at FROM events"
    f" ORDER BY {RECORDED_DAY} DESC, id DESC LIMIT {_LAST}) AS last",
    {},
)
AT_ONCE = 1000
"""How many records are fetched at a time."""

LEEWAY = timedelta(minutes=5)
"""How far a clock may be behind the newest record: clocks are set, and offices share registers."""


def events_asked(number: str) -> Question:
    """What asks for the events of the case with a number, in the order recorded."""
    return _OF_NUMBER, {"number": number}


def events_in(rows: Rows) -> list[Event]:
    """The events in what answers that."""
    return [read_event(Stored._make(row)) for row in rows]


def read_event(record: Any) -> Event:
    """An event from its row, with its day as a date or still as the text it is stored as.

    Raises:
        Unreadable: somebody else's hand has been at the row.
    """
    on = record.occurred_on
    try:
        return Event(
            kind=EventKind(record.kind),
            on=date.fromisoformat(on) if isinstance(on, str) else on,
            id=record.id,
            recorded_at=moment.local(record.recorded_at),
            recorded_by=record.recorded_by,
            recorded_from=record.recorded_from or "",
            **unpack(record.facts, record.personal),
        )
    except (ValueError, TypeError, AttributeError, RecursionError) as fault:
        raise Unreadable(
            f"登记簿里第{record.id}号记录的内容已经损坏；请运行 taizhang verify 查明，从备份恢复。"
        ) from fault


def read_events(connection: Connection, case_id: int) -> list[Event]:
    """A case's events as recorded, in the order recorded."""
    (rows,) = port_of(connection).answers(connection, (_OF_CASE, {"case": case_id}))
    return events_in(rows)


def histories(
    connection: Connection, *conditions: ColumnElement[bool]
) -> Iterator[tuple[int, list[Event]]]:
    """Case by case what was recorded of it: its id, and its events in the order recorded.

    `conditions` narrow the events. Reads as it goes: memory does not grow with the register.
    """
    query = select(events).where(*conditions).order_by(events.c.case_id, events.c.id)
    return histories_of(connection, query)


def histories_of(connection: Connection, query: Select[Any]) -> Iterator[tuple[int, list[Event]]]:
    """The same of a query for events that brings those of one case together, in their order."""
    records = connection.execute(query, execution_options={"yield_per": AT_ONCE})
    for case_id, of_case in groupby(records, key=lambda record: record.case_id):
        yield case_id, [read_event(record) for record in of_case]


def recorded_later(tx: Transaction) -> datetime | None:
    """The moment of the newest record, if the clock shows an earlier one: it has been set back.

    It is among the last ones of the latest day. A record whose moment is none is for `verify` to name.
    """
    (rows,) = tx.ask(_NEWEST)
    ((stored,),) = rows
    if not isinstance(stored, str) or stored <= moment.stamp(tx.now + LEEWAY):
        return None
    try:
        return moment.local(stored)
    except ValueError:
        return None


def append_event(tx: Transaction, case_id: int, event: Event) -> Event:
    """Append an event to a case's history; answers it as it is stored."""
    facts, personal = pack(event)
    stored = add_row(
        tx.connection,
        events,
        case_id=case_id,
        kind=event.kind,
        occurred_on=event.on,
        facts=facts,
        personal=personal,
        **tx.signed,
    )
    tx.recorded.append(stored["id"])
    return read_event(Stored(**stored))
