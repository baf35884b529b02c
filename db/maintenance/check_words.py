"""How the checks name things: columns as the clerk knows them, records by their case, and
why something could not be read."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from itertools import chain
from json import JSONDecodeError
from typing import Any

from sqlalchemy import Connection, text
from sqlalchemy.exc import DatabaseError

from db.errors import RegisterError
from db.law.event import FACT_LABELS
from db.storage.file_faults import plain_sqlite
from db.words.tables import TABLES
from db.words.vocabulary import ApplicantKind, Channel, State

COLUMNS = {
    **FACT_LABELS,
    "organ_id": "受理机关",
    "kind": "申请人类型",
    "received_on": "收到日期",
    "received_year": "收到年份",
    "state": "状态",
    "counts_from": "期限起算日",
    "allowed": "期限工作日数",
    "due_on": "答复期限",
    "provisional": "暂定",
    "reply_by": "补正限期",
    "party_limit": "征求意见限期",
    "frozen_used": "停算时已用工作日",
    "concluded_on": "办结日期",
    "concluded_year": "办结年份",
    "doc_no": "答复文号",
    "applicant_key": "申请人的排序依据",
    "subject_key": "申请内容的排序依据",
    "last_event_id": "最后一条办理记录",
}
"""Of the row of a case (`db.cases.projection`)."""
WORDS: Mapping[str, Mapping[Any, str]] = {
    "kind": {word.value: word.label for word in ApplicantKind},
    "channel": {word.value: word.label for word in Channel},
    "state": {word.value: word.label for word in State},
    "provisional": {0: "否", 1: "是"},
}
"""What stands in such a column, as it is said."""

_A_FEW = {"yield_per": 500}


def rows_of(connection: Connection, query: str) -> Iterator[Any]:
    """The rows of a whole table: also of a server's they are not in memory at once."""
    found = connection.exec_driver_sql(query, execution_options=_A_FEW)
    return chain.from_iterable(found.partitions())  # one by one they take twice as long


_OF_CASE = {
    "events": "SELECT number FROM cases WHERE id = :owner",
    "erasures": "SELECT number FROM cases WHERE id = :owner",
    "dispute_events": (
        "SELECT number FROM cases JOIN disputes ON cases.id = disputes.case_id"
        " WHERE disputes.id = :owner"
    ),
}
OWNER = {"events": "case_id", "erasures": "case_id", "dispute_events": "dispute_id"}


def named(connection: Connection, table: str, row: Mapping[Any, Any]) -> str:
    """A record as the clerk knows it: of which case, of what kind, its number."""
    query = _OF_CASE.get(table)
    number = query and connection.execute(text(query), {"owner": row[OWNER[table]]}).scalar()
    return f"{number or ''}{' 的' if number else ''}{TABLES[table]}第{row['id']}号"


def reason(fault: BaseException) -> str:
    """Why something could not be read: no query, no words of Python's, and no advice, which stands
    at the end."""
    said = fault.orig if isinstance(fault, DatabaseError) else fault
    if isinstance(said, sqlite3.Error):
        plain = (plain_sqlite(said) or "SQLite 拒绝").split("；")[0].removesuffix("。")
        return f"{plain}（{said}）" if str(said).startswith("no such") else plain
    if isinstance(fault, RegisterError):
        return str(fault).split("；")[0].removesuffix("。")
    if isinstance(fault, JSONDecodeError):
        return "不是 JSON"
    if isinstance(fault, KeyError):
        return f"缺少 {fault}"
    if isinstance(fault, RecursionError):
        return "层次太多"
    return "内容不合格式"
