"""Proving that database, history and projection agree."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from sqlalchemy import Connection, func, select

from db.cases.event_log import read_event
from db.cases.projection import project
from db.errors import RegisterError
from db.law.history import effective
from db.law.impossible import refuse_impossible
from db.storage.lookup_index import FIELDS, bag, token_counts
from db.storage.schema import cases, events, filings, organs
from db.storage.transaction import Transaction
from db.year_end.filing import digest_of


@dataclass(frozen=True, slots=True)
class Verified:
    """What was looked at, and every disagreement as one sentence."""

    cases: int
    events: int
    problems: tuple[str, ...]

    @property
    def ok(self) -> bool:
        return not self.problems


def verify(tx: Transaction) -> Verified:
    """Replay every history against its projected row; ask SQLite for its own checks."""
    problems = (
        *_sqlite_problems(tx.connection),
        *_replay_problems(tx),
        *_filing_problems(tx.connection),
        *_index_problems(tx.connection),
    )
    return Verified(
        tx.connection.execute(select(func.count()).select_from(cases)).scalar_one(),
        tx.connection.execute(select(func.count()).select_from(events)).scalar_one(),
        problems,
    )


def _sqlite_problems(connection: Connection) -> Iterator[str]:
    for (answer,) in connection.exec_driver_sql("PRAGMA integrity_check"):
        if answer != "ok":
            yield f"SQLite 完整性检查：{answer}"
    for table, rowid, parent, _ in connection.exec_driver_sql("PRAGMA foreign_key_check"):
        yield f"{table} 第{rowid}行指向不存在的 {parent}"


def _replay_problems(tx: Transaction) -> Iterator[str]:
    names = {
        record.id: record.name
        for record in tx.connection.execute(select(organs.c.id, organs.c.name))
    }
    ids = {name: organ_id for organ_id, name in names.items()}
    calendar = tx.calendar
    rows = tx.connection.execute(select(cases).order_by(cases.c.id))
    recorded = tx.connection.execute(select(events).order_by(events.c.case_id, events.c.id))
    histories = groupby(recorded, key=lambda record: record.case_id)
    history_id, history = next(histories, (None, None))
    for row in rows:
        while history_id is not None and history_id < row.id:
            yield f"办理记录属于不存在的申请（内部号 {history_id}）"
            history_id, history = next(histories, (None, None))
        if history_id != row.id or history is None:
            yield f"{row.number} 没有任何办理记录"
            continue
        records = list(history)
        history_id, history = next(histories, (None, None))
        try:
            told = [read_event(record) for record in records]
            now = effective(told)
            refuse_impossible(now, max(tx.today, *(event.on for event in now)))
            expected = project(now, ids.get(now[0].organ or "", 0), told[-1].id, calendar)
        except (RegisterError, ValueError, IndexError, KeyError, TypeError) as fault:
            yield f"{row.number} 的办理记录无法重演：{fault}"
            continue
        stored = row._mapping
        for column, value in expected.items():
            if stored[column] != value:
                yield f"{row.number} 的 {column} 与办理记录不符：存有 {stored[column]}，应为 {value}"


def _filing_problems(connection: Connection) -> Iterator[str]:
    query = select(filings, organs.c.name).join(organs, filings.c.organ_id == organs.c.id)
    for record in connection.execute(query):
        if digest_of(record.figures) != record.digest:
            yield f"{record.name} {record.year}年封账的数据与其摘要不符，可能被改动"


def _index_problems(connection: Connection) -> Iterator[str]:
    """Count every token of the lookup index again from the cases."""
    expected: Counter[str] = Counter()
    columns = [cases.c[field] for field in FIELDS]
    for row in connection.execute(select(*columns)).mappings():
        expected.update(bag(row).split())
    found = token_counts(connection)
    wrong = sum(1 for token in expected | found if expected[token] != found.get(token, 0))
    if wrong:
        yield f"查找索引与申请内容不符（{wrong} 处）"
