"""Finding a case by any part of what it says, as fast as the clerk types."""

from __future__ import annotations

import contextlib
import json
import sqlite3
from array import array
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain, islice
from typing import Any

from sqlalchemy import Connection, Select, func, literal_column, select, text
from sqlalchemy.exc import OperationalError

from db.case_order import NEWEST, Order
from db.cases import CaseRow, read_rows, rows_query
from db.lookup_index import FIELDS, TABLE
from db.lookup_match import holds
from db.lookup_query import parse_query
from db.office_calendar import calendar_of
from db.register import Register
from db.schema import cases, organs
from db.workdays import WorkCalendar

_STEP, _LOOKS = 500, 25
_INSTRUCTIONS = 20_000  # of SQLite's machine, about a millisecond, between two looks at `cancelled`
Cancelled = Callable[[], bool]


@dataclass(frozen=True, slots=True)
class Found:
    """What a lookup found: how many in all, and the rows asked for, newest first."""

    query: str
    total: int
    cases: list[CaseRow]


def find_cases(register: Register, words: str, limit: int = 50, start: int = 0) -> Found:
    """Cases that every word of the line matches somewhere; no words means all of them.

    Rows `start` to `start + limit`, the newest registered first when words are looked for, the
    newest received first otherwise.
    """
    with register.reading() as connection:
        looked = _Looked(register, connection, words)
        return Found(words, looked.count(), looked.rows(start, limit))


def page_of_found(
    register: Register,
    words: str,
    start: int,
    limit: int,
    *,
    order: Order | None = None,
    cancelled: Cancelled = lambda: False,
) -> list[CaseRow] | None:
    """The rows alone, without counting; None when `cancelled` said so on the way."""
    with _cancellable(register, cancelled) as connection:
        return _Looked(register, connection, words, order, cancelled).rows(start, limit)
    return None


def count_found(register: Register, words: str, cancelled: Cancelled = lambda: False) -> int | None:
    """How many cases match; None when `cancelled` said so on the way."""
    with _cancellable(register, cancelled) as connection:
        return _Looked(register, connection, words, cancelled=cancelled).count()
    return None


def ids_found(
    register: Register,
    words: str,
    *,
    order: Order | None = None,
    limit: int | None = None,
    cancelled: Cancelled = lambda: False,
) -> array[int] | None:
    """The ids of all cases that match (or the first `limit`), in order: four bytes each.

    None when `cancelled` said so on the way. With it any page, however deep, is as near as the
    first (`cases_by_id`), and where a case stands is told by its place.
    """
    with _cancellable(register, cancelled) as connection:
        return _Looked(register, connection, words, order, cancelled).ids(0, limit)
    return None


def cases_by_id(register: Register, ids: Sequence[int]) -> list[CaseRow]:
    """The rows of some cases, in the order given."""
    with register.reading() as connection:
        return _rows(connection, ids, calendar_of(connection), register.today())


class _Stopped(Exception):
    pass


@contextlib.contextmanager
def _cancellable(register: Register, cancelled: Cancelled) -> Iterator[Connection]:
    """A connection whose query stops soon after `cancelled` says so; the block is then left."""
    try:
        with register.reading() as connection:
            raw: Any = connection.connection.driver_connection
            raw.set_progress_handler(cancelled, _INSTRUCTIONS)
            try:
                yield connection
            finally:
                raw.set_progress_handler(None, 0)
    except _Stopped:
        pass
    except (OperationalError, sqlite3.OperationalError):
        if not cancelled():
            raise


class _Looked:
    """One lookup line, put to one connection."""

    def __init__(
        self,
        register: Register,
        connection: Connection,
        words: str,
        order: Order | None = None,
        cancelled: Cancelled = lambda: False,
    ) -> None:
        self.connection = connection
        self.today = register.today()
        self.calendar = calendar_of(connection)
        self.query = parse_query(words, self.calendar, self.today)
        self.order = order
        self.cancelled = cancelled

    # -- rows -------------------------------------------------------------------------------

    def rows(self, start: int, limit: int) -> list[CaseRow]:
        return _rows(self.connection, self.ids(start, limit), self.calendar, self.today)

    def ids(self, start: int, limit: int | None) -> array[int]:
        end = None if limit is None else start + limit
        if self.query.exact:
            listed = self._all()
        elif self.order is None:
            return array("I", islice(self._checked(), start, end))
        else:
            found = _in_json(json.dumps(list(self._checked())))
            listed = select(cases.c.id).where(found).order_by(*self.order.clause)
        if limit is not None:
            listed = listed.offset(start).limit(limit)
        plain: Any = self.connection.execute(listed).cursor  # a million rows, without dressing each
        return array("I", chain.from_iterable(plain))

    def _all(self) -> Select[Any]:
        """The ids of what the index and the filters give, in order.

        Of words alone the index is walked backwards, newest first, and stops at a limit.
        """
        if self.query.terms and self.order is None:
            return self._narrowed(_ROWID).order_by(_ROWID.desc())
        return self._narrowed(cases.c.id, joined=True).order_by(*(self.order or NEWEST).clause)

    def _narrowed(self, *columns: Any, joined: bool = False) -> Select[Any]:
        """What the index and the filters let through, `joined` with the cases themselves."""
        chosen: Select[Any] = select(*columns)
        if self.query.terms:
            chosen = chosen.select_from(text(TABLE))
            chosen = chosen.where(text(f"{TABLE} MATCH :match").bindparams(match=self.query.match))
            if joined or self.query.conditions:
                chosen = chosen.join(cases, cases.c.id == _ROWID)
        else:
            chosen = chosen.select_from(cases)
        if self.query.conditions:
            chosen = chosen.join(organs, cases.c.organ_id == organs.c.id)
            chosen = chosen.where(self.query.condition)
        return chosen

    def count(self) -> int:
        if not self.query.exact:
            return sum(1 for _ in self._checked())
        first = _ROWID if self.query.terms else cases.c.id
        found = self._narrowed(first).subquery()
        return int(self.connection.execute(select(func.count()).select_from(found)).scalar_one())

    # -- what the index alone cannot tell ---------------------------------------------------

    def _checked(self) -> Iterator[int]:
        """Candidates whose texts really hold every term: the index only knows pairs."""
        candidates = self._narrowed(_ROWID, *_TEXTS, joined=True).order_by(_ROWID.desc())
        streamed = self.connection.execute(candidates, execution_options={"yield_per": _STEP})
        for part in streamed.partitions(_STEP):
            for place, (case_id, *texts) in enumerate(part):
                if place % _LOOKS == 0 and self.cancelled():
                    raise _Stopped
                if holds(texts, self.query.terms):
                    yield case_id


_ROWID: Any = literal_column(f"{TABLE}.rowid")
_TEXTS = tuple(cases.c[field] for field in FIELDS)


def _rows(
    connection: Connection, ids: Sequence[int], calendar: WorkCalendar, today: date
) -> list[CaseRow]:
    chosen = rows_query().where(cases.c.id.in_(ids))
    rows = {row.id: row for row in read_rows(connection, chosen, calendar, today)}
    return [rows[case_id] for case_id in ids]


def _in_json(ids: str) -> Any:
    return cases.c.id.in_(text("SELECT value FROM json_each(:ids)").bindparams(ids=ids))
