"""Deriving anew, from the histories, every row of `cases` and the lookup index.

An upgrade ends in it: a migration only makes tables and columns, and knows nothing of what the
program puts there.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, bindparam, func, select, update

from db.calendar.workdays import WorkCalendar
from db.cases.event_log import read_event
from db.cases.projection import UNREPLAYABLE, project
from db.law.history import effective
from db.storage.lookup_index import add_to_index, empty_index
from db.storage.schema import cases, events, organs
from db.storage.transaction import Transaction

CHUNK = 500

Row = dict[str, Any]


def rebuild(tx: Transaction, say: Callable[[int, int], None]) -> None:
    """Project and index every case, in this transaction.

    A case whose history cannot be replayed keeps the row it has; `verify` names it. `say` hears
    how many cases are done and of how many; what it raises ends the work.
    """
    connection = tx.connection
    total = connection.execute(select(func.count()).select_from(cases)).scalar_one()
    names = connection.execute(select(organs.c.name, organs.c.id))
    organ_ids = {record.name: record.id for record in names}
    empty_index(connection)
    done = last_id = 0
    after = select(cases).where(cases.c.id > bindparam("last_id")).order_by(cases.c.id)
    while chunk := connection.execute(after.limit(CHUNK), {"last_id": last_id}).all():
        rows = [record._asdict() for record in chunk]
        derived = _derive(connection, rows, organ_ids, tx.calendar)
        _enter(connection, rows, derived)
        add_to_index(connection, derived)
        done, last_id = done + len(rows), rows[-1]["id"]
        say(done, total)


def _derive(
    connection: Connection, rows: list[Row], organ_ids: Mapping[str, int], calendar: WorkCalendar
) -> list[Row]:
    """The rows as they should be, from the events of their cases."""
    of_cases = events.c.case_id.between(rows[0]["id"], rows[-1]["id"])
    query = select(events).where(of_cases).order_by(events.c.case_id, events.c.id)
    by_case = groupby(connection.execute(query), key=lambda record: record.case_id)
    histories = {case_id: list(records) for case_id, records in by_case}
    derived = []
    for row in rows:
        records = histories.get(row["id"], [])
        try:
            history = effective(read_event(record) for record in records)
            organ_id = organ_ids.get(history[0].organ or "", row["organ_id"])
            projected = project(history, organ_id, records[-1].id, calendar)
        except UNREPLAYABLE:
            projected = {}
        derived.append({**row, **projected, "number": row["number"]})  # that never changes
    return derived


def _enter(connection: Connection, rows: list[Row], derived: list[Row]) -> None:
    """Write the columns in which any of the rows differs."""
    pairs = list(zip(rows, derived, strict=True))
    columns = [name for name in rows[0] if any(row[name] != now[name] for row, now in pairs)]
    if columns:
        entering = update(cases).where(cases.c.id == bindparam("of_case"))
        connection.execute(
            entering.values({name: bindparam(f"new_{name}") for name in columns}),
            [
                {"of_case": now["id"], **{f"new_{name}": now[name] for name in columns}}
                for now in derived
            ],
        )
