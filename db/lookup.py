"""Finding a case by any part of what it says, as fast as the clerk types."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
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


def place_of(
    register: Register,
    words: str,
    case_id: int,
    *,
    order: Order | None = None,
    cancelled: Cancelled = lambda: False,
) -> int | None:
    """How many cases stand before one in the list of what was found; None if it is not in it."""
    with _cancellable(register, cancelled) as connection:
        return _Looked(register, connection, words, order, cancelled).place(case_id)
    return None


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
    except OperationalError:
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
        ids = list(self._page(start, limit))
        chosen = rows_query().where(cases.c.id.in_(ids))
        rows = {
            row.id: row for row in read_rows(self.connection, chosen, self.calendar, self.today)
        }
        return [rows[case_id] for case_id in ids]

    def _page(self, start: int, limit: int) -> Iterator[int]:
        if self.query.exact:
            page = self._all().offset(start).limit(limit)
            yield from self.connection.execute(page).scalars()
        elif self.order is not None:
            found = json.dumps(list(self._checked()))
            listed = select(cases.c.id).where(_in_json(found)).order_by(*self.order.clause)
            yield from self.connection.execute(listed.offset(start).limit(limit)).scalars()
        else:
            for place, case_id in enumerate(self._checked()):
                if place >= start + limit:
                    return
                if place >= start:
                    yield case_id

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

    # -- how many, and where ----------------------------------------------------------------

    def count(self) -> int:
        if not self.query.exact:
            return sum(1 for _ in self._checked())
        first = _ROWID if self.query.terms else cases.c.id
        found = self._narrowed(first).subquery()
        return self._number(select(func.count()).select_from(found))

    def place(self, case_id: int) -> int | None:
        if not self.query.exact:
            return self._place_among_checked(case_id)
        key = _ROWID if self.query.terms else cases.c.id
        if not self._number(select(func.count()).select_from(self._only(key, case_id))):
            return None
        if self.query.terms and self.order is None:
            before = self._narrowed(_ROWID).where(case_id < _ROWID)
        else:
            before = self._narrowed(cases.c.id, joined=True).where(
                (self.order or NEWEST).before(case_id)
            )
        return self._number(select(func.count()).select_from(before.subquery()))

    def _only(self, key: Any, case_id: int) -> Any:
        return self._narrowed(key).where(key == case_id).subquery()

    def _place_among_checked(self, case_id: int) -> int | None:
        if self.order is None:
            return next((n for n, found in enumerate(self._checked()) if found == case_id), None)
        found = list(self._checked())
        if case_id not in found:
            return None
        before = select(func.count()).where(_in_json(json.dumps(found)), self.order.before(case_id))
        return self._number(before.select_from(cases))

    def _number(self, query: Select[Any]) -> int:
        return int(self.connection.execute(query).scalar_one())

    # -- what the index alone cannot tell ---------------------------------------------------

    def _checked(self) -> Iterator[int]:
        """Candidates whose texts really hold every term: the index only knows pairs."""
        candidates = self._narrowed(_ROWID, *_TEXTS, joined=True).order_by(_ROWID.desc())
        streaming = self.connection.execution_options(yield_per=_STEP)
        for part in streaming.execute(candidates).partitions(_STEP):
            for place, (case_id, *texts) in enumerate(part):
                if place % _LOOKS == 0 and self.cancelled():
                    raise _Stopped
                if holds(texts, self.query.terms):
                    yield case_id


_ROWID: Any = literal_column(f"{TABLE}.rowid")
_TEXTS = tuple(cases.c[field] for field in FIELDS)


def _in_json(ids: str) -> Any:
    return cases.c.id.in_(text("SELECT value FROM json_each(:ids)").bindparams(ids=ids))
