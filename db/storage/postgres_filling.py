"""Filling the new tables of a PostgreSQL register with very many rows.

Their triggers, which number and guard row by row, rest meanwhile, and their indexes are made at the
end, each in one go. Whoever fills proves the whole afterwards, in the same transaction.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

from sqlalchemy import Connection

from db.storage.schema import LOOKUP, metadata

_INDEXES = """
SELECT c.relname, pg_get_indexdef(c.oid) FROM pg_index i
JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_class t ON t.oid = i.indrelid
WHERE c.relnamespace = current_schema()::regnamespace AND t.relname = ANY(%s)
AND NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conindid = c.oid)
"""
_TABLES = (*metadata.tables, LOOKUP)


@contextlib.contextmanager
def filling(connection: Connection) -> Iterator[None]:
    """A block in which rows with their ids are written into tables that nobody else sees yet."""
    indexes = connection.exec_driver_sql(_INDEXES, (list(_TABLES),)).all()
    connection.exec_driver_sql("SET CONSTRAINTS ALL IMMEDIATE")
    for table in metadata.tables:
        connection.exec_driver_sql(f"ALTER TABLE {table} DISABLE TRIGGER USER")
    for name, _ in indexes:
        connection.exec_driver_sql(f"DROP INDEX {name}")
    yield
    for table in metadata.tables:
        connection.exec_driver_sql(f"ALTER TABLE {table} ENABLE TRIGGER USER")
    for _, made in indexes:
        connection.exec_driver_sql(made)
    connection.exec_driver_sql("ANALYZE")  # else what is asked before the end is planned blindly
