"""Storing many whole histories in one transaction: imports and the demo."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from itertools import count, islice
from typing import Any

from sqlalchemy import insert

from db import moment
from db.cases.organs import find_or_add_organ
from db.cases.projection import project
from db.law.event import Event, pack
from db.law.history import effective
from db.storage.chain import seal
from db.storage.lookup_index import add_to_index
from db.storage.schema import cases, events
from db.storage.sqlite import last_id
from db.storage.transaction import Transaction

Progress = Callable[[str, int, int], None]
"""Told the stage's name, how much of it is done, and of how much."""

STEP = 500


def store_histories(
    tx: Transaction,
    histories: Iterable[list[Event]],
    total: int,
    say: Progress,
) -> int:
    """Append each history (receipt first, numbered, already checked) as a new case.

    Events without a `recorded_at` are recorded now. `total` is only what `say` is told. Answers how
    many events were stored.
    """
    at, by = moment.stamp(tx.now), tx.clerk
    calendar = tx.calendar
    case_ids, event_ids = (
        count(last_id(tx.connection, table.name) + 1) for table in (cases, events)
    )
    organs: dict[str | None, tuple[int, str]] = {}
    stored = done = 0
    for part in _batched(histories, STEP):
        case_rows: list[dict[str, Any]] = []
        event_rows: list[dict[str, Any]] = []
        for told in part:
            named = told[0].organ
            if named not in organs:
                organs[named] = find_or_add_organ(tx.connection, named)
            organ_id, organ = organs[named]
            case_id = next(case_ids)
            history = [
                replace(event, id=next(event_ids))
                for event in (replace(told[0], organ=organ), *told[1:])
            ]
            event_rows += [_event_row(event, case_id, at, by) for event in history]
            row = project(effective(history), organ_id, history[-1].id, calendar)
            case_rows.append({"id": case_id, **row})
        tx.connection.execute(insert(cases), case_rows)
        add_to_index(tx.connection, case_rows)
        tx.connection.execute(insert(events), event_rows)
        if event_rows:
            seal(tx.connection, events.name, event_rows[0]["id"], event_rows[-1]["id"])
        stored, done = stored + len(event_rows), done + len(part)
        say("写入登记簿", done, total)
    return stored


def _event_row(event: Event, case_id: int, at: str, by: str) -> dict[str, Any]:
    facts, personal = pack(event)
    return {
        "id": event.id,
        "case_id": case_id,
        "kind": event.kind,
        "occurred_on": event.on,
        "recorded_at": moment.stamp(event.recorded_at) if event.recorded_at else at,
        "recorded_by": event.recorded_by or by,
        "facts": facts,
        "personal": personal,
    }


def _batched(histories: Iterable[list[Event]], size: int) -> Iterator[list[list[Event]]]:
    """Lists of so many, the last one of what is left."""
    waiting = iter(histories)
    while part := list(islice(waiting, size)):
        yield part
