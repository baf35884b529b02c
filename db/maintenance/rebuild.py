"""Making anew what is derived from the histories: the row of every case, and the lookup index."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sqlalchemy import Connection, bindparam, select, update

from db.cases.event_log import histories
from db.cases.projection import project
from db.law.event import Event
from db.law.history import effective
from db.storage.lookup_index import empty_index, fill_index
from db.storage.schema import cases, events
from db.storage.transaction import Transaction

AT_ONCE = 500
"""How many cases are written at a time."""


def rebuild(tx: Transaction) -> None:
    """Project every history onto its row again, and index the rows again, in this transaction.

    An upgrade runs it once after migrations that bring derived columns or another index: they lay
    the columns and leave them empty. A case's organ and number stay as they are.
    """
    connection = tx.connection
    for part in _in_parts(connection):
        organs = select(cases.c.id, cases.c.organ_id).where(
            cases.c.id.in_([id_ for id_, _ in part])
        )
        organ_of = {record.id: record.organ_id for record in connection.execute(organs)}
        rows = [
            {"row_id": id_, **project(effective(told), organ_of[id_], told[-1].id, tx.calendar)}
            for id_, told in part
        ]
        written = update(cases).where(cases.c.id == bindparam("row_id"))
        connection.execute(
            written.values({name: bindparam(name) for name in rows[0] if name != "row_id"}), rows
        )
    empty_index(connection)
    fill_index(connection)


def _in_parts(connection: Connection) -> Iterator[Sequence[tuple[int, list[Event]]]]:
    last = 0
    while True:
        ids = select(cases.c.id).where(cases.c.id > last).order_by(cases.c.id).limit(AT_ONCE)
        found = connection.execute(ids).scalars().all()
        if not found:
            return
        yield list(histories(connection, events.c.case_id.between(found[0], found[-1])))
        last = found[-1]
