"""Erasures proved: nothing is erased that no record of it allows, and what stands there was said so."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, text

from db.maintenance.check_words import OWNER, named
from db.privacy.erasing import erased_text
from db.storage.chain import ERASED, apart

_LAST = {"events": "through_event", "dispute_events": "through_dispute_event"}
_OF_CASE = {
    "events": "case_id = :case_id",
    "dispute_events": "dispute_id IN (SELECT id FROM disputes WHERE case_id = :case_id)",
}


def erasure_problems(connection: Connection) -> Iterator[str]:
    """Every record that is erased and should not be, or the other way round."""
    expected: dict[tuple[str, int], str] = {}
    query = "SELECT erasures.*, number FROM erasures JOIN cases ON cases.id = case_id"
    for erasure in connection.exec_driver_sql(f"{query} ORDER BY erasures.id").all():
        kept = _read(erasure.kept)
        if kept is None:
            yield f"{named(connection, 'erasures', erasure._mapping)}读不懂"
            continue
        for table, last in _LAST.items():
            rows = connection.execute(
                text(
                    f"SELECT {OWNER[table]}, id, personal, salt FROM {table}"
                    f" WHERE {_OF_CASE[table]} AND id <= :last"
                ),
                {"case_id": erasure.case_id, "last": getattr(erasure, last)},
            )
            for row in rows.all():
                said = kept[table].get(str(row.id))
                if said is not None:
                    expected[table, row.id] = erased_text(apart(row.personal, row.salt), said)
                if (row.personal, row.salt) != (expected.get((table, row.id)), ""):
                    record = named(connection, table, row._mapping)
                    yield f"{record}与第{erasure.id}号清除记录不符"
    for table in _LAST:
        query = f"SELECT {OWNER[table]}, id FROM {table}"
        begins = text(f"{query} WHERE substr(personal, 1, {len(ERASED)}) = :erased")
        for row in connection.execute(begins, {"erased": ERASED}).all():
            if (table, row.id) not in expected:
                yield f"{named(connection, table, row._mapping)}的个人信息被清除，却没有清除记录"


def _read(kept: Any) -> dict[str, dict[str, Any]] | None:
    """What an erasure says it has kept, by table and record; None if that cannot be read."""
    try:
        told = json.loads(kept)
        return {table: dict(told[table].items()) for table in _LAST}
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return None
