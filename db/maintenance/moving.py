"""Moving a whole register to another place, from either engine to either.

Every row of every table goes as it stands, with its id, so that the chain stays the very same. While
it moves nobody records anything. The new one is proved before it counts; then the old one is marked
as moved, in the moment after the new one has been kept.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Table, text

from db.cases.papers import kept_papers, store_of
from db.errors import BadValue, RegisterError, Unreadable
from db.maintenance.backups import back_up
from db.maintenance.move_targets import Target, refuse_taken, target_at
from db.maintenance.verify import verify
from db.storage.chain import head
from db.storage.head import Head
from db.storage.lookup_index import add_to_index
from db.storage.migrations import upgrade
from db.storage.moved import mark_moved, refuse_moved
from db.storage.paper_store import digest_of
from db.storage.port import port_of
from db.storage.register import Register
from db.storage.schema import cases, events, metadata
from db.storage.transaction import Transaction
from db.words.vocabulary import Role

AT_ONCE = 1000
"""Rows that are in memory at a time."""

Progress = Callable[[str, int, int], None]
"""Told the stage's name, how much of it is done, and of how much; what it raises ends the move."""


@dataclass(frozen=True, slots=True)
class Gone:
    """A register that stands at another place now."""

    place: str
    """As it is written after `--db`, but for whose it is and the password."""
    cases: int
    events: int
    head: Head
    """Where the chain ends there: where it ended here, before the mark."""
    backup: Path | None
    """The copy made before, of a register that is a file."""


def move(
    source: Register,
    location: str,
    *,
    copy: bool = False,
    progress: Progress = lambda *_: None,
    replacing: Callable[[Target], object] = lambda _: None,
) -> Gone:
    """Make the register anew at a path or URL, prove it, and mark this one as moved.

    With `copy` nothing is written here. `replacing` hears of the place when nothing has been
    refused. If the very same register stands there already, unmarked here because a move was ended
    in its last moment, only the mark is made.

    Raises:
        HasMoved: it has moved before.
        NotAllowed: only a 负责人 moves it.
        BadValue: the location is none, or the register's own.
        RegisterError: something stands there, or the register does not hold what it should;
            nothing has been done then.
    """
    target = target_at(location, source)
    if target.is_of(source):
        raise BadValue(f"{target.place} 就是现在的登记簿；没有做任何改动，请写明另一个地方。")
    with source.reading() as tx:
        refuse_moved(tx)
        tx.require(Role.SUPERVISOR, "迁移登记簿")
        here = head(tx.connection)
    there = target.there()
    if there is not None and (copy or there != here):
        refuse_taken(target)
    backup = back_up(source, "before-move") if source.store.file is not None else None
    replacing(target)
    if there is not None:
        return _finish(source, target, there, backup)
    return _move(source, target, backup, copy=copy, progress=progress)


def _move(
    source: Register, target: Target, backup: Path | None, *, copy: bool, progress: Progress
) -> Gone:
    kept, brought = False, set[str]()
    try:
        with source.reading() if copy else source.writing() as tx:
            port_of(tx.connection).unhurried(tx.connection)
            here = _Extent.of(tx.connection)
            with target.filling() as connection:
                upgrade(connection)
                with target.rows(connection):
                    _fill(source, tx.connection, connection, here, progress)
                _bring_papers(tx, target, connection, progress, brought)
                _prove(tx, connection, target, here, progress)
                if not copy:
                    with source.store.sentences():
                        mark_moved(tx, target.written)
            kept = True
    except BaseException as fault:
        if not kept:
            target.forget(brought)
        if not kept or not isinstance(fault, RegisterError):
            raise
        raise RegisterError(
            f"登记簿已经完整地迁到 {target.place}，但这里没能注明已经迁走（{fault}）；"
            "请不要在这里继续登记，把同样的命令再运行一次。"
        ) from fault
    return here.gone(target, backup)


def _bring_papers(
    tx: Transaction, target: Target, connection: Connection, progress: Progress, brought: set[str]
) -> None:
    """Bring every paper over; `brought` are those that were not there.

    Raises:
        Unreadable: one is missing or changed here.
    """
    store, there = store_of(tx), target.papers.digests(connection)
    named = {paper.digest: paper for paper in kept_papers(tx.connection)}
    for done, (digest, paper) in enumerate(named.items()):
        progress("迁移附卷材料", done, len(named))
        content = store.read(tx.connection, digest)
        if content is None or digest_of(content) != digest:
            raise Unreadable(
                f"{paper.number} 的一份附卷材料不见了或被改动过；没有迁移，"
                "请用 taizhang verify 查明，从备份恢复以后再迁移。"
            )
        brought |= {digest} - there
        target.papers.keep(connection, digest, content)


def _finish(source: Register, target: Target, there: Head, backup: Path | None) -> Gone:
    """Make the mark that is missing."""
    for problem in target.problems(source.clock):
        raise Unreadable(f"{target.place} 里的登记簿没有通过核对（{problem}）；没有做任何改动。")
    with source.writing() as tx:
        here = _Extent.of(tx.connection)
        if here.end != there or target.there() != there:
            refuse_taken(target)
        mark_moved(tx, target.written)
    return here.gone(target, backup)


@dataclass(frozen=True, slots=True)
class _Extent:
    """How much a register holds."""

    rows: Mapping[str, int]
    end: Head

    @classmethod
    def of(cls, connection: Connection) -> _Extent:
        rows = {
            name: int(connection.exec_driver_sql(f"SELECT count(*) FROM {name}").scalar_one())
            for name in metadata.tables
        }
        return cls(rows, head(connection))

    def gone(self, target: Target, backup: Path | None) -> Gone:
        rows = self.rows
        return Gone(target.written, rows[cases.name], rows[events.name], self.end, backup)


def _fill(
    source: Register,
    from_: Connection,
    connection: Connection,
    here: _Extent,
    progress: Progress,
) -> None:
    """Write every row into the tables there, the parents first."""
    done, total = 0, sum(here.rows.values())
    port = port_of(connection)
    for table in metadata.sorted_tables:
        columns = [column.name for column in table.columns]
        for rows in _rows(source, from_, table):
            port.insert_rows(connection, table.name, columns, rows)
            if table is cases:
                add_to_index(connection, [dict(zip(columns, row, strict=True)) for row in rows])
            done += len(rows)
            progress("迁移", done, total)


def _rows(
    source: Register, connection: Connection, table: Table
) -> Iterator[Sequence[Sequence[Any]]]:
    """A table's rows as the engine keeps them, in the order of their ids."""
    columns = ", ".join(column.name for column in table.columns)
    query = text(f"SELECT {columns} FROM {table.name} WHERE id > :last ORDER BY id LIMIT {AT_ONCE}")
    last = 0
    while True:
        with source.store.sentences():
            rows = connection.execute(query, {"last": last}).all()
        if not rows:
            return
        yield rows
        last = rows[-1].id


def _prove(
    tx: Transaction, connection: Connection, target: Target, here: _Extent, progress: Progress
) -> None:
    """Hold what has been written against what it was written from.

    Raises:
        Unreadable: it is not the same, or does not hold what it should.
    """

    def beat() -> None:
        progress("核对", 0, 0)

    beat()
    with port_of(connection).beating(connection, beat):
        problems = verify(
            Transaction(connection, tx.today, tx.now, tx.clerk, target.papers)
        ).problems
    if not problems and _Extent.of(connection) != here:
        problems = ("行数或记录链与原来的不同",)
    if problems:
        raise Unreadable(
            f"迁到 {target.place} 的登记簿没有通过核对（{len(problems)} 处，如：{problems[0]}）；"
            "没有迁移，也没有做任何改动。请用 taizhang verify 核对现在的登记簿。"
        )
