"""Storing many whole histories in one transaction: imports and the demo.

While rows are written every other clerk waits. So what takes long is done before: `prepare` makes
of each history its rows and its bag for the lookup under a transaction that only reads, and
`store` brings up to date what has changed since, gives ids and inserts.
"""

from __future__ import annotations

import contextlib
import marshal
import zlib
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, TypeVar

from db import moment
from db.beside import Beside, Gone, beside
from db.calendar.workdays import WorkCalendar
from db.cases.filed_years import refuse_filed
from db.cases.organs import Organs, find_or_add_organ, read_organs
from db.cases.projection import project
from db.law.event import Event, replaced
from db.law.history import effective
from db.law.packing import pack
from db.storage.chain import seal_rows
from db.storage.column_types import plain
from db.storage.lookup_index import add_bags, bag
from db.storage.port import port_of
from db.storage.schema import cases, events, new_salt
from db.storage.transaction import Transaction

Progress = Callable[[str, int, int], None]
"""Told the stage's name, how much of it is done, and of how much."""

STEP = 500
_MANY = 4_000
"""Cases, from which on another process helps to make them ready."""
_AT_ONCE = 2
"""Parts that it is given at once, lest it wait."""
_BAGS = 4_000
"""Bags that wait for the index at most."""
_LOOSE = 25_000
"""Cases held as they are; those after them are packed, or a large ledger would take gigabytes."""
T = TypeVar("T")
_CASE = tuple(column.name for column in cases.columns)
_EVENT = tuple(column.name for column in events.columns)


_Rows = tuple[list[Any], str, list[list[Any]]]
"""The row of a case, its bag, the rows of its events; all but their ids."""


@dataclass(slots=True)
class _Ready:
    """One case as it goes into the tables."""

    number: str | None
    organ: str
    held: _Rows | bytes

    @property
    def rows(self) -> _Rows:
        if isinstance(self.held, bytes):
            self.held = marshal.loads(zlib.decompress(self.held))
        return self.held  # type: ignore[return-value]

    def pack(self) -> bytes:
        if not isinstance(self.held, bytes):
            self.held = zlib.compress(marshal.dumps(self.held), 1)
        return self.held


@dataclass(slots=True)
class Prepared:
    """Histories made ready, and what that was done by."""

    cases: list[_Ready]
    calendar: WorkCalendar
    organs: Organs


def prepare(
    tx: Transaction, histories: Iterable[Sequence[Event]], total: int, say: Progress
) -> Prepared:
    """Make each history (receipt first, numbered, already checked) ready to be stored."""
    ready = Prepared([], tx.calendar, read_organs(tx.connection))
    say("准备写入", 0, total)
    for part in _made_ready(histories, total, ready):
        ready.cases += part
        for one in part[max(0, _LOOSE - len(ready.cases) + len(part)) :]:
            one.pack()
        say("准备写入", len(ready.cases), total)
    return ready


def bring_up_to_date(
    tx: Transaction, ready: Prepared, histories: Iterable[Sequence[Event]]
) -> None:
    """Make ready again what a change of numbers, calendar or organs concerns."""
    organs = read_organs(tx.connection)
    same = ready.calendar is tx.calendar and ready.organs == organs
    ready.calendar, ready.organs = tx.calendar, organs
    for place, history in enumerate(histories):
        if not same or ready.cases[place].number != history[0].number:
            ready.cases[place] = _ready(history, ready)


def store(tx: Transaction, ready: Prepared, say: Progress) -> int:
    """Append what is ready as new cases; answers how many events were stored.

    Events without a `recorded_at` are recorded now.
    """
    return _store_all(tx, _batched(ready.cases, STEP), len(ready.cases), say)


def store_histories(
    tx: Transaction, histories: Iterable[Sequence[Event]], total: int, say: Progress
) -> int:
    """Make ready and store at once; `total` is how many there are."""
    by = Prepared([], tx.calendar, read_organs(tx.connection))
    return _store_all(tx, _made_ready(histories, total, by), total, say)


def _store_all(
    tx: Transaction, parts: Iterable[Sequence[_Ready]], total: int, say: Progress
) -> int:
    """Store part by part; the bags of several at once, for the index makes a piece of each time."""
    stored = done = 0
    bags: list[tuple[int, str]] = []
    with port_of(tx.connection).roomy(tx.connection, total):
        for part in parts:
            stored, done = stored + _store(tx, part, bags), done + len(part)
            if len(bags) >= _BAGS:
                add_bags(tx.connection, bags)
                bags.clear()
            say("写入登记簿", done, total)
        add_bags(tx.connection, bags)
    return stored


def _made_ready(
    histories: Iterable[Sequence[Event]], total: int, by: Prepared
) -> Iterator[list[_Ready]]:
    """The cases in their order, part by part; of many, another process makes some ready."""
    with contextlib.ExitStack() as stack:
        other = None
        if total >= _MANY:
            other = stack.enter_context(beside(_made_beside, by.calendar, by.organs))
        yield from _shared(_batched(histories, STEP), by, other)


def _shared(
    parts: Iterable[list[Sequence[Event]]], by: Prepared, other: Beside | None
) -> Iterator[list[_Ready]]:
    waiting: deque[_Part] = deque()
    for told in parts:
        part = _Part(told)
        waiting.append(part)
        with_other = [one for one in waiting if one.ready is None and one is not part]
        if other is None or len(with_other) >= _AT_ONCE or not part.given_to(other):
            part.make(by)
        for one in with_other:
            if other is None or not other.has_answered:
                break  # its answers come in the order of the parts
            one.take(other, by)
        while waiting and waiting[0].ready is not None:
            yield waiting.popleft().ready or []
    for one in waiting:
        if one.ready is None and other is not None:
            one.take(other, by)
        yield one.ready or []


@dataclass(slots=True)
class _Part:
    """Histories that are being made ready, here or by another process."""

    told: list[Sequence[Event]]
    ready: list[_Ready] | None = None

    def make(self, by: Prepared) -> None:
        self.ready = [_ready(history, by) for history in self.told]

    def given_to(self, other: Beside) -> bool:
        try:
            other.give(self.told)
        except Gone:
            return False
        return True

    def take(self, other: Beside, by: Prepared) -> None:
        try:
            self.ready = [_Ready(*one) for one in other.answer()]
        except Gone:
            self.make(by)


def _made_beside(
    parts: Iterator[list[Sequence[Event]]], calendar: WorkCalendar, organs: Organs
) -> Iterator[list[tuple[str | None, str, bytes]]]:
    """What the other process does."""
    by = Prepared([], calendar, organs)
    for part in parts:
        made = [_ready(history, by) for history in part]
        yield [(one.number, one.organ, one.pack()) for one in made]


def _ready(history: Sequence[Event], by: Prepared) -> _Ready:
    receipt = history[0]
    organ = by.organs.key_of(receipt.organ)
    if receipt.organ != organ:
        receipt = replaced(receipt, organ=organ)
    told = [receipt, *history[1:]]
    row = project(effective(told), 0, 0, by.calendar)
    told_row = [plain(row.get(name)) for name in _CASE]
    return _Ready(
        receipt.number, organ, (told_row, bag(row), [_event_row(event) for event in told])
    )


def _event_row(event: Event) -> list[Any]:
    facts, personal = pack(event)
    row = {
        "kind": event.kind.value,
        "occurred_on": event.on.isoformat(),
        "recorded_at": moment.stamp(event.recorded_at) if event.recorded_at else None,
        "recorded_by": event.recorded_by or None,
        "recorded_from": event.recorded_from or None,
        "facts": facts,
        "personal": personal,
        "salt": new_salt(),
    }
    return [row.get(name) for name in _EVENT]


_CASE_ID, _ORGAN_ID, _LAST_EVENT = map(_CASE.index, ("id", "organ_id", "last_event_id"))
_EVENT_ID, _OF_CASE, _AT, _BY, _FROM = map(
    _EVENT.index, ("id", "case_id", "recorded_at", "recorded_by", "recorded_from")
)


def _store(tx: Transaction, part: Sequence[_Ready], bags: list[tuple[int, str]]) -> int:
    """Store the rows of cases; their bags are put with those that wait for the index."""
    connection, signed = tx.connection, tx.signed
    at, by = signed["recorded_at"], signed["recorded_by"]
    port = port_of(connection)
    case_id, event_id = (port.last_id(connection, table.name) for table in (cases, events))
    organs: dict[str, int] = {}
    registered: list[list[Any]] = []
    recorded: list[list[Any]] = []
    for one in part:
        case, bagged, told = one.rows
        one.held = b""  # it is not needed any more
        if one.organ not in organs:
            organs[one.organ] = find_or_add_organ(tx, one.organ)[0]
        case_id += 1
        for row in told:
            event_id += 1
            row[_EVENT_ID], row[_OF_CASE] = event_id, case_id
            if not row[_BY]:
                row[_BY], row[_FROM] = by, signed["recorded_from"]
            row[_AT] = row[_AT] or at
        case[_CASE_ID], case[_ORGAN_ID] = case_id, organs[one.organ]
        case[_LAST_EVENT] = event_id
        registered.append(case)
        recorded += told
        bags.append((case_id, bagged))
    refuse_filed(tx, [(None, dict(zip(_CASE, case, strict=True))) for case in registered])
    port.insert_rows(connection, cases.name, _CASE, registered)
    port.insert_rows(connection, events.name, _EVENT, recorded)
    seal_rows(connection, events.name, (dict(zip(_EVENT, row, strict=True)) for row in recorded))
    return len(recorded)


def _batched(items: Iterable[T], size: int) -> Iterator[list[T]]:
    """Lists of so many, the last one of what is left."""
    waiting = iter(items)
    while part := list(islice(waiting, size)):
        yield part
