"""Replaying every history against its projected row, and every token of the lookup index."""

from __future__ import annotations

import zlib
from array import array
from collections.abc import Iterator
from itertools import groupby
from typing import Any

from sqlalchemy import Connection

from db.cases.event_log import read_event
from db.cases.projection import project
from db.law.event import plain
from db.law.history import effective
from db.law.impossible import refuse_impossible
from db.storage.lookup_index import FIELDS, bag, tokens_by_case
from db.storage.transaction import Transaction

_EVENTS = "SELECT * FROM events ORDER BY case_id, id"
_CASES = "SELECT * FROM cases ORDER BY id"


def replay_problems(tx: Transaction) -> Iterator[str]:
    """Where a row of `cases` is not what its history amounts to."""
    calendar = tx.calendar
    ids = {name: organ_id for organ_id, name in tx.connection.exec_driver_sql(_ORGANS)}
    rows = tx.connection.exec_driver_sql(_CASES)
    histories = groupby(tx.connection.exec_driver_sql(_EVENTS), key=lambda record: record.case_id)
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
        except Exception as fault:  # whatever the bytes: verify names it and goes on
            yield f"{row.number} 的办理记录无法重演：{fault}"
            continue
        stored = row._mapping
        for column, value in expected.items():
            if not _same(stored[column], plain(value)):
                yield f"{row.number} 的 {column} 与办理记录不符：存有 {stored[column]}，应为 {plain(value)}"
    while history_id is not None:
        yield f"办理记录属于不存在的申请（内部号 {history_id}）"
        history_id, history = next(histories, (None, None))


_ORGANS = "SELECT id, name FROM organs"


def _same(stored: Any, expected: Any) -> bool:
    """Equal, and of the kind that is stored: 1 is not the text “1”."""
    kinds = (int, str, float, bytes)
    kind = next((kind for kind in kinds if isinstance(expected, kind)), type(None))
    return isinstance(stored, kind) and stored == expected


def index_problems(connection: Connection) -> Iterator[str]:
    """Whether the lookup index holds for every case its own tokens, no other and no others'.

    The tokens of a case are compared by the sum of their checksums: memory grows by eight bytes a
    case, whatever is indexed.
    """
    columns = ", ".join(("id", *FIELDS))
    rows = connection.exec_driver_sql("SELECT id, number FROM cases")
    numbers = {row.id: row.number for row in rows}
    last = max(numbers, default=0)
    sums = array("q", bytes(8 * (last + 1)))
    for row in connection.exec_driver_sql(f"SELECT {columns} FROM cases").mappings():
        try:
            sums[row["id"]] += sum(_checksum(token) for token in bag(row).split())
        except Exception as fault:  # whatever the bytes
            yield f"{row['number']} 的内容无法编入查找索引：{fault}"
    foreign = 0
    for token, case_ids in tokens_by_case(connection):
        checksum = _checksum(token)
        for case_id in case_ids:
            if 0 < case_id <= last:
                sums[case_id] -= checksum
            else:
                foreign += 1
    if foreign:
        yield f"查找索引里有不存在的申请（{foreign} 处）"
    for case_id, rest in enumerate(sums):
        if rest:
            yield f"{numbers.get(case_id, f'内部号 {case_id}')} 的查找索引与申请内容不符"


def _checksum(token: str) -> int:
    return zlib.crc32(token.encode("utf-8", "surrogateescape")) + 1
