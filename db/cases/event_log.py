"""The event log: appending to it, and reading it case by case."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, func, select, text

from db import moment
from db.errors import Unreadable
from db.law.event import Event, pack, unpack
from db.storage.chain import add_record
from db.storage.schema import events
from db.storage.transaction import Transaction
from db.words.vocabulary import EventKind

_OF_CASE = text("SELECT * FROM events WHERE case_id = :case ORDER BY id")
AT_ONCE = 1000
"""How many records are fetched at a time."""

LEEWAY = timedelta(minutes=5)
"""How far a clock may be behind the newest record: clocks are set, and offices share registers."""


def read_event(record: Row[Any]) -> Event:
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
    return [read_event(record) for record in connection.execute(_OF_CASE, {"case": case_id})]


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

    A record whose moment is none is for `verify` to name.
    """
    stored = tx.connection.execute(select(func.max(events.c.recorded_at))).scalar()
    if not isinstance(stored, str) or stored <= moment.stamp(tx.now + LEEWAY):
        return None
    try:
        return moment.local(stored)
    except ValueError:
        return None


def append_events(tx: Transaction, case_id: int, new: Iterable[Event]) -> list[int]:
    """Append events to a case's history; answers their ids."""
    ids: list[int] = []
    for event in new:
        facts, personal = pack(event)
        ids.append(
            add_record(
                tx.connection,
                events,
                case_id=case_id,
                kind=event.kind,
                occurred_on=event.on,
                facts=facts,
                personal=personal,
                **tx.signed,
            )
        )
    tx.recorded.extend(ids)
    return ids
