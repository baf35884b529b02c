"""The chain: every record sealed with a digest over its content and over all that came before it.

One chain goes through all tables that are only ever added to. A record that is changed, reordered,
removed, dated anew or put in later breaks it there; a register that was cut off at its end, or
replaced by an older copy, has another head than the one noted elsewhere. The digest is SHA-256
over the digest before it (32 bytes, zeros at first) and the record as JSON: its table's name and
its columns that are not empty, by name. What can name a person is digested apart, with a salt of
its own, and stands in the record by that digest: it can be erased and the chain still proved.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Connection, Table, text

from db.storage.column_types import plain
from db.storage.following import HEAD
from db.storage.head import Head
from db.storage.port import port_of
from db.storage.question import Question, Rows
from db.storage.schema import (
    calendar_notices,
    dispute_events,
    disputes,
    erasures,
    events,
    explanations,
    filings,
    new_salt,
    organ_facts,
    organs,
    report_figures,
    report_texts,
    settings,
)
from db.words.plain_json import writer

SEALED = {
    table.name: tuple(table.columns.keys())
    for table in (
        organs,
        events,
        disputes,
        dispute_events,
        calendar_notices,
        filings,
        erasures,
        settings,
        organ_facts,
        report_figures,
        report_texts,
        explanations,
    )
}
"""The tables in the chain, with their columns; a register from before the chain is sealed in this order."""

START = bytes(32)
ERASED = '{"erased":"'
"""How the personal facts of a record begin once they are erased; their digest follows."""
_AT_ONCE = 500


def head(connection: Connection, *asked: Question) -> Head:
    """Where the chain ends; other statements go to the engine with that."""
    end, *_ = port_of(connection).answers(connection, (HEAD, {}), *asked)
    records, digest = _end(end)
    return Head(records, digest.hex())


def digest_at(connection: Connection, place: int) -> str | None:
    """The digest (hex) of the record at a place of the chain, or None if it is not that long."""
    asked = "SELECT digest FROM chain WHERE id = :place", {"place": place}
    (rows,) = port_of(connection).answers(connection, asked)
    digest = rows[0][0] if rows else None
    return digest.hex() if isinstance(digest, bytes) else None


def _last(connection: Connection) -> tuple[int, bytes]:
    (rows,) = port_of(connection).answers(connection, (HEAD, {}))
    return _end(rows)


def _end(rows: Rows) -> tuple[int, bytes]:
    records, digest = rows[0] if rows else (0, START)
    return records, digest


def seal(connection: Connection, table: str, first: int, last: int) -> None:
    """Add records just stored to the end of the chain, as they stand in the file, by their ids."""
    columns = SEALED[table]
    query = text(
        f"SELECT {', '.join(columns)} FROM {table} WHERE id BETWEEN :first AND :last ORDER BY id"
    )
    _, digest = _last(connection)
    found = connection.execute(query, {"first": first, "last": last})
    for part in found.mappings().partitions(_AT_ONCE):
        rows = []
        for row in part:
            digest = link(digest, table, row)
            rows.append((table, row["id"], digest))
        _extend(connection, rows)


def seal_rows(connection: Connection, table: str, rows: Iterable[Mapping[str, Any]]) -> None:
    """The same for rows just stored that are at hand, with the very values the file was given."""
    _, digest = _last(connection)
    sealed = []
    for row in rows:
        digest = link(digest, table, row)
        sealed.append((table, row["id"], digest))
    _extend(connection, sealed)


def seal_all(connection: Connection) -> None:
    """Seal the records of a register from before the chain, table by table."""
    for table in SEALED:
        last = connection.exec_driver_sql(f"SELECT max(id) FROM {table}").scalar()
        if last is not None:
            seal(connection, table, 1, last)


def add_record(connection: Connection, table: Table, **values: Any) -> int:
    """Store one record and seal it; answers its id."""
    return int(add_row(connection, table, **values)["id"])


def add_row(connection: Connection, table: Table, **values: Any) -> Mapping[str, Any]:
    """Store one record and seal it as it then stands there; answers that."""
    row = {name: plain(value) for name, value in values.items()}
    if "salt" in table.c:
        row["salt"] = new_salt()
    columns = SEALED[table.name]
    (stored,), end = port_of(connection).keep_row(connection, table.name, row, columns, (HEAD, {}))
    record = dict(zip(columns, stored, strict=True))
    _, before = _end(end)
    sealed = {
        "source": table.name,
        "record": record["id"],
        "digest": link(before, table.name, record),
    }
    port_of(connection).answers(connection, (_LINKED, sealed))
    return record


def _extend(connection: Connection, rows: list[tuple[str, int, bytes]]) -> None:
    if rows:
        port_of(connection).insert_rows(connection, "chain", _LINK, rows)


_LINK = ("source", "record", "digest")
_LINKED = "INSERT INTO chain (source, record, digest) VALUES (:source, :record, :digest)"


def link(before: bytes, table: str, row: Mapping[Any, Any]) -> bytes:
    """The digest of a record that follows the one with the digest `before`."""
    told = {name: value for name, value in row.items() if value is not None}
    salt = told.pop("salt", None)
    if salt is not None:
        told["personal"] = apart(told["personal"], salt)
    content = _json([table, told])
    return hashlib.sha256(before + content.encode("utf-8", "surrogateescape")).digest()


def apart(personal: Any, salt: Any) -> str:
    """The digest (hex) of what is personal in a record, also once that is erased."""
    text = str(personal)
    if text.startswith(ERASED):
        return text[len(ERASED) : len(ERASED) + 64]
    return hashlib.sha256(f"{salt}{text}".encode("utf-8", "surrogateescape")).hexdigest()


def _blob(value: object) -> object:
    """Bytes where a text belongs: only somebody else's hand puts them there."""
    return {"bytes": value.hex()} if isinstance(value, bytes) else repr(value)


_json = writer(_blob)
