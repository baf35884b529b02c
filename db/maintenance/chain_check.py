"""Walking the chain: every record as it was sealed, none changed, moved, taken away or put in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from db.maintenance.check_words import named, rows_of
from db.storage.chain import SEALED, START, digest_at, head, link
from db.words.tables import TABLES


class _Records:
    """The records of a table one after the other, by their ids."""

    def __init__(self, connection: Connection, table: str) -> None:
        self._columns = SEALED[table]
        query = f"SELECT {', '.join(self._columns)} FROM {table} ORDER BY id"
        self._rows = rows_of(connection, query)
        self.next: Mapping[str, Any] | None = None
        self.step()

    def step(self) -> None:
        row = next(self._rows, None)
        self.next = None if row is None else dict(zip(self._columns, row, strict=True))


def chain_problems(connection: Connection) -> Iterator[str]:
    """Every break, each as one sentence that names the record and its case."""
    records = {table: _Records(connection, table) for table in SEALED}
    before, expected_place = START, 1
    for place, source, record, digest in rows_of(
        connection, "SELECT id, source, record, digest FROM chain ORDER BY id"
    ):
        if place != expected_place:
            yield f"记录链缺少第{expected_place}至{place - 1}条：有记录被删去"
        expected_place = place + 1
        if not (isinstance(record, int) and isinstance(digest, bytes)):
            yield f"记录链第{place}条读不懂：被改动"
            before = digest if isinstance(digest, bytes) else START
            continue
        table = records.get(source)
        if table is None:
            yield f"记录链第{place}条指向不认识的“{source}”"
            before = digest
            continue
        while table.next is not None and table.next["id"] < record:
            yield f"{named(connection, source, table.next)}不在记录链里：是另行加进去的"
            table.step()
        if table.next is None or table.next["id"] != record:
            yield f"记录链第{place}条所记的{TABLES[source]}第{record}号已被删去"
        else:
            if link(before, source, table.next) != digest:
                changed = named(connection, source, table.next)
                yield f"{changed}与登记时不同（记录链第{place}条）：内容或次序被改动"
            table.step()
        before = digest
    for source, table in records.items():
        while table.next is not None:
            yield f"{named(connection, source, table.next)}不在记录链里：是另行加进去的"
            table.step()


@dataclass(frozen=True, slots=True)
class Noted:
    """Where a chain ended, noted outside the register; by its first digest a register is known."""

    first: str
    records: int
    digest: str


def note_of(connection: Connection) -> Noted:
    """What is to be noted of a register."""
    end = head(connection)
    return Noted(digest_at(connection, 1) or "", end.records, end.digest)


def shortened(connection: Connection, noted: Noted) -> str | None:
    """How the register differs from the one noted at its place, as a sentence, if it does."""
    if not noted.records:
        return None
    now = head(connection)
    if digest_at(connection, 1) != noted.first:
        return (
            f"这里的登记簿不是上次退出时的那一本（那一本有{noted.records}条记录，"
            f"这一本有{now.records}条，从第1条起就不同）：文件可能被替换或改动；"
            "请勿再登记，先核对备份"
        )
    if now.records < noted.records:
        return (
            f"登记簿比上次退出时少了{noted.records - now.records}条记录"
            f"（应至少有{noted.records}条，现有{now.records}条）：文件可能被旧的副本替换，"
            "或缺了 -wal 文件；请勿再登记，先核对备份"
        )
    if digest_at(connection, noted.records) != noted.digest:
        return (
            f"登记簿第{noted.records}条以前的记录与上次退出时不同：文件可能被替换或改动；"
            "请勿再登记，先核对备份"
        )
    return None
