"""Replaying every history against its projected row."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import groupby
from operator import attrgetter, itemgetter
from typing import Any

from sqlalchemy import Row

from db.cases.event_log import ALL, Stored, read_event
from db.cases.projection import project
from db.law.history import effective
from db.law.impossible import refuse_impossible
from db.maintenance.check_words import COLUMNS, WORDS, reason, rows_of
from db.storage.column_types import plain
from db.storage.transaction import Transaction

_EVENTS = f"{ALL} ORDER BY case_id, id"
_CASES = "SELECT * FROM cases ORDER BY id"
SHOWN = 40
"""Characters that are said of what stands in a field."""


def replay_problems(tx: Transaction) -> Iterator[str]:
    """Where a row of `cases` is not what its history amounts to."""
    calendar = tx.calendar
    organs = tx.connection.exec_driver_sql(_ORGANS)
    names = {organ.id: organ.name for organ in organs}
    ids = {name: organ_id for organ_id, name in names.items()}
    records_of = map(Stored._make, rows_of(tx.connection, _EVENTS))
    histories = groupby(records_of, key=attrgetter("case_id"))
    history_id, history = next(histories, (None, None))
    held_of: Callable[[Row[Any]], tuple[Any, ...]] | None = None
    for row in rows_of(tx.connection, _CASES):
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
            yield f"{row.number} 的办理记录无法重演：{reason(fault)}"
            continue
        if held_of is None:  # by their places: by their names it takes ten times as long
            held_of = itemgetter(*map(row._fields.index, expected))
        held, due = held_of(row), tuple(map(plain, expected.values()))
        if held == due and [*map(type, held)] == [*map(type, due)]:  # as nearly all are
            continue
        for column, stored, value in zip(expected, held, due, strict=True):
            if not _same(stored, value):
                yield f"{row.number} 的{_differs(column, stored, value, names)}"
    while history_id is not None:
        yield f"办理记录属于不存在的申请（内部号 {history_id}）"
        history_id, history = next(histories, (None, None))


_ORGANS = "SELECT id, name FROM organs"


def _differs(column: str, stored: Any, expected: Any, organs: Mapping[int, str]) -> str:
    """Which field of a row is not what it should be, and how, as the clerk would say it."""
    words = organs if column == "organ_id" else WORDS.get(column, {})
    held, due = (_said(words.get(value, value)) for value in (stored, expected))
    named = COLUMNS.get(column, column)
    if held == due:  # a number stored as text, or what comes after
        return f"{named}与办理记录不符：看来同是 {held}，存法或后文却不同"
    return f"{named}与办理记录不符：存有 {held}，应为 {due}"


def _said(value: Any) -> str:
    return "空" if value is None else str(value)[:SHOWN]


def _same(stored: Any, expected: Any) -> bool:
    """Equal, and of the kind that is stored: 1 is not the text “1”."""
    if expected is None:
        return stored is None
    return isinstance(stored, str if isinstance(expected, str) else int) and stored == expected
