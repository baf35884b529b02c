"""Storing many whole histories in one transaction: imports and the demo."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, func, insert, select

from db import moment
from db.cases.organs import find_or_add_organ
from db.cases.projection import project
from db.law.event import Event, pack
from db.law.history import effective
from db.storage.lookup_index import add_to_index
from db.storage.register import Register
from db.storage.schema import cases, events

Progress = Callable[[str, int, int], None]
"""Told the stage's name, how much of it is done, and of how much."""

STEP = 500


def store_histories(
    connection: Connection,
    register: Register,
    histories: Iterable[list[Event]],
    total: int,
    say: Progress,
) -> int:
    """Append each history (receipt first, numbered, already checked) as a new case.

    Events without a `recorded_at` are recorded now. Answers how many events were stored.
    """
    at = moment.stamp(register.now())
    by = register.clerk()
    calendar = register.calendar()
    case_id = _last_id(connection, cases.c.id)
    first_event_id = event_id = _last_id(connection, events.c.id)
    organs: dict[str | None, tuple[int, str]] = {}
    case_rows: list[dict[str, Any]] = []
    event_rows: list[dict[str, Any]] = []
    for done, told in enumerate(histories, start=1):
        case_id += 1
        named = told[0].organ
        if named not in organs:
            organs[named] = find_or_add_organ(connection, named)
        organ_id, organ = organs[named]
        history = []
        for event in (replace(told[0], organ=organ), *told[1:]):
            event_id += 1
            history.append(replace(event, id=event_id))
            facts, personal = pack(event)
            event_rows.append(
                {
                    "id": event_id,
                    "case_id": case_id,
                    "kind": event.kind,
                    "occurred_on": event.on,
                    "recorded_at": moment.stamp(event.recorded_at) if event.recorded_at else at,
                    "recorded_by": event.recorded_by or by,
                    "facts": facts,
                    "personal": personal,
                }
            )
        case_rows.append(
            {"id": case_id, **project(effective(history), organ_id, event_id, calendar)}
        )
        if len(case_rows) == STEP or done == total:
            connection.execute(insert(cases), case_rows)
            add_to_index(connection, case_rows)
            connection.execute(insert(events), event_rows)
            case_rows.clear()
            event_rows.clear()
            say("写入登记簿", done, total)
    return event_id - first_event_id


def _last_id(connection: Connection, column: Any) -> int:
    return int(connection.execute(select(func.coalesce(func.max(column), 0))).scalar_one())
