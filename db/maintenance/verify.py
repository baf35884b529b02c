"""The oath: file, schema, chain, projection, lookup index, filings, disputes, calendar and papers agree."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from sqlalchemy import Connection
from sqlalchemy.exc import DatabaseError

from db.maintenance.calendar_check import calendar_problems
from db.maintenance.chain_check import Noted, chain_problems, shortened
from db.maintenance.dispute_check import dispute_problems
from db.maintenance.erasure_check import erasure_problems
from db.maintenance.filing_check import filing_problems
from db.maintenance.lookup_check import index_problems
from db.maintenance.papers_check import papers_problems
from db.maintenance.proving_beside import CHAIN, INDEX, Check, File, found_by, proving_beside
from db.maintenance.replay_check import replay_problems
from db.storage.chain import head
from db.storage.head import Head
from db.storage.port import port_of
from db.storage.transaction import Transaction
from db.words.tables import TABLES
from db.words.text import one_line

ADVICE = "请勿再登记；用 taizhang restore 恢复一份完好的备份，并留存现有文件以备查对。"

MANY = 20_000
"""Records, from which on it pays to have a part of them proved by another process."""
LONGEST = 200
"""Characters of one problem."""


@dataclass(frozen=True, slots=True)
class Verified:
    """What was looked at, where the chain ends, and every disagreement as one sentence."""

    cases: int
    events: int
    head: Head
    problems: tuple[str, ...]

    @property
    def ok(self) -> bool:
        return not self.problems


def verify(tx: Transaction, noted: Noted | None = None, *, file: File | None = None) -> Verified:
    """Prove the register, in one transaction; whatever its bytes, this answers and never raises.

    `noted` is where the chain ended once, noted elsewhere: it must still contain that. With the
    `file` that holds what the transaction sees, part of a large one is proved by another process.
    """
    connection = tx.connection
    checks: tuple[tuple[str, Check], ...] = (
        ("文件", lambda: _engine_problems(connection)),
        ("表和索引", lambda: port_of(connection).schema_problems(connection)),
        (CHAIN, lambda: chain_problems(connection)),
        ("上次退出时的记录", lambda: _noted_problems(connection, noted)),
        ("办理记录", lambda: replay_problems(tx)),
        (INDEX, lambda: index_problems(connection)),
        ("封账", lambda: filing_problems(connection)),
        ("复议诉讼", lambda: dispute_problems(connection)),
        ("工作日历", lambda: calendar_problems(connection)),
        ("清除记录", lambda: erasure_problems(connection)),
        ("附卷材料", lambda: papers_problems(tx)),
    )
    now = _head(connection)
    found: dict[str, Sequence[str]] = dict.fromkeys((name for name, _ in checks), ())
    large = file is not None and now.records >= MANY
    with proving_beside(file if large else None, now) as other:
        for name, check in checks:
            if name not in other.names:
                found[name] = found_by(connection, name, check)
        for name, check in checks:
            if name in other.names:
                told = other.told(name)
                found[name] = found_by(connection, name, check) if told is None else told
    return Verified(
        _count(connection, "cases"),
        _count(connection, "events"),
        now,
        tuple(map(_brief, chain.from_iterable(found.values()))),
    )


def _brief(problem: str) -> str:
    """On one line of a length to be read, whatever bytes it speaks of."""
    line = one_line(problem)
    return line if len(line) <= LONGEST else f"{line[: LONGEST - 1]}…"


def _engine_problems(connection: Connection) -> Iterator[str]:
    port = port_of(connection)
    yield from port.problems(connection)
    for table, rowid, parent in port.astray(connection):
        names = TABLES.get(table, table), TABLES.get(parent, parent)
        yield f"{names[0]}第{rowid}号指向不存在的{names[1]}"


def _noted_problems(connection: Connection, noted: Noted | None) -> Iterator[str]:
    said = noted and shortened(connection, noted)
    if said:
        yield said


def _count(connection: Connection, table: str) -> int:
    try:
        return int(connection.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar_one())
    except DatabaseError:
        return 0


def _head(connection: Connection) -> Head:
    try:
        return head(connection)
    except (DatabaseError, AttributeError):
        return Head(0, "")
