"""The oath: file, schema, chain, projection, lookup index, filings, disputes, calendar and papers agree."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from sqlalchemy import Connection
from sqlalchemy.exc import DatabaseError

from db.maintenance.calendar_check import calendar_problems
from db.maintenance.chain_check import Noted, chain_problems, shortened
from db.maintenance.check_words import reason
from db.maintenance.dispute_check import dispute_problems
from db.maintenance.erasure_check import erasure_problems
from db.maintenance.filing_check import filing_problems
from db.maintenance.lookup_check import index_problems
from db.maintenance.papers_check import papers_problems
from db.maintenance.replay_check import replay_problems
from db.storage.chain import head
from db.storage.head import Head
from db.storage.port import port_of
from db.storage.transaction import Transaction
from db.words.tables import TABLES
from db.words.text import one_line

ADVICE = "请勿再登记；用 taizhang restore 恢复一份完好的备份，并留存现有文件以备查对。"

Check = Callable[[], Iterator[str]]
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


def verify(tx: Transaction, noted: Noted | None = None) -> Verified:
    """Prove the register, in one transaction; whatever its bytes, this answers and never raises.

    `noted` is where the chain ended once, noted elsewhere: it must still contain that.
    """
    connection = tx.connection
    checks: tuple[tuple[str, Check], ...] = (
        ("文件", lambda: _engine_problems(connection)),
        ("表和索引", lambda: port_of(connection).schema_problems(connection)),
        ("记录链", lambda: chain_problems(connection)),
        ("上次退出时的记录", lambda: _noted_problems(connection, noted)),
        ("办理记录", lambda: replay_problems(tx)),
        ("查找索引", lambda: index_problems(connection)),
        ("封账", lambda: filing_problems(connection)),
        ("复议诉讼", lambda: dispute_problems(connection)),
        ("工作日历", lambda: calendar_problems(connection)),
        ("清除记录", lambda: erasure_problems(connection)),
        ("附卷材料", lambda: papers_problems(tx)),
    )
    problems: list[str] = []
    for name, check in checks:
        try:
            with port_of(connection).apart(connection):
                problems += list(check())
        except Exception:  # what is no text, or worse: then slowly, whatever the bytes
            problems += _with_any_bytes(connection, name, check)
    return Verified(
        _count(connection, "cases"),
        _count(connection, "events"),
        _head(connection),
        tuple(map(_brief, problems)),
    )


def _with_any_bytes(connection: Connection, name: str, check: Check) -> list[str]:
    """What a check finds where texts may be none; what it cannot see to its end is named."""
    problems: list[str] = []
    with port_of(connection).any_bytes(connection):
        try:
            problems.extend(check())
        except Exception as fault:
            problems.append(f"“{name}”未能查完：{reason(fault)}")
    return problems


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
