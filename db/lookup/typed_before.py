"""What was typed before into fields that take any text: offered while it is typed again."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from typing import Any

from sqlalchemy import Select, func, select

from db.storage.schema import cases, dispute_events, events
from db.storage.transaction import Transaction
from db.words.text import one_line
from db.words.vocabulary import EventKind

_OF_CASES = ("unit", "officer")
_CASES, _EVENTS = 5_000, 5_000
"""How far back is read: by the newest ids, so that it costs the same however large the register."""
_MOST, _LONGEST = 200, 60


def typed_before(tx: Transaction, names: Collection[str]) -> dict[str, tuple[str, ...]]:
    """Of each name the texts of late, the most used first.

    Names are `unit`, `officer`, `approver`, `body` (of reviews and suits), and `note`: of notes
    only what has been written more than once.
    """
    return {name: _ranked(_texts(tx, name), 2 if name == "note" else 1) for name in names}


def _texts(tx: Transaction, name: str) -> Iterator[str]:
    if name in _OF_CASES:
        newest = select(func.max(cases.c.id)).scalar_subquery()
        query = select(cases.c[name]).where(cases.c.id > newest - _CASES)
        yield from (text for (text,) in tx.connection.execute(query) if text)
    elif name == "body":
        yield from _in_json(tx, select(dispute_events.c.personal), name)
    else:
        packed = events.c.facts if name == "approver" else events.c.personal
        newest = select(func.max(events.c.id)).scalar_subquery()
        query = select(packed).where(events.c.id > newest - _EVENTS)
        if name == "approver":
            query = query.where(events.c.kind == EventKind.EXTENDED)
        yield from _in_json(tx, query, name)


def _in_json(tx: Transaction, query: Select[Any], name: str) -> Iterator[str]:
    for packed in tx.connection.execute(query).scalars():
        text = json.loads(packed).get(name) if f'"{name}"' in packed else None
        if isinstance(text, str):
            yield text


def _ranked(texts: Iterable[str], at_least: int) -> tuple[str, ...]:
    counted = Counter(text for text in texts if len(text) <= _LONGEST and one_line(text) == text)
    return tuple(text for text, times in counted.most_common(_MOST) if times >= at_least)
