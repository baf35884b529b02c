"""Finding a case by any part of what it says, as fast as the clerk types."""

from __future__ import annotations

import contextlib
from array import array
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import chain, islice
from math import prod
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    GenerativeSelect,
    Select,
    func,
    literal_column,
    select,
    union_all,
)

from db.calendar.workdays import WorkCalendar
from db.cases.case_row import CaseRow
from db.cases.rows import read_rows, rows_query
from db.errors import understood
from db.lookup.counting import TEXTS, Numbered, numbered, others_than, written_out
from db.lookup.match import holds
from db.lookup.meanings import Parts
from db.lookup.orders import NEWEST, Order
from db.lookup.query import parse_query
from db.storage.lookup_index import index_of
from db.storage.port import port_of
from db.storage.schema import LOOKUP, cases
from db.storage.transaction import Transaction

_STEP, _LOOKS = 500, 25
_PART, _MOST = 20, 50_000  # one case in 20, and never more, are sooner ordered than found in order
_FEW = 2_000  # cases are sooner read than looked up by the words beside a filter
_NEAR = (200, 1_600)  # of the newest are tried first, and then, where the index keeps no order
Cancelled = Callable[[], bool]


@dataclass(frozen=True, slots=True)
class Found:
    """What a lookup found: how many in all, and the rows asked for, newest first."""

    query: str
    total: int
    cases: list[CaseRow]


def find_cases(tx: Transaction, words: str, limit: int = 50, start: int = 0) -> Found:
    """Cases that every word of the line matches somewhere; no words means all of them.

    Rows `start` to `start + limit`, the newest registered first when words are looked for, the
    newest received first otherwise.
    """
    looked = _Looked(tx, words)
    return Found(words, looked.count(), looked.rows(start, limit))


def page_of_found(
    tx: Transaction,
    words: str,
    start: int,
    limit: int,
    *,
    order: Order | None = None,
    cancelled: Cancelled = lambda: False,
) -> list[CaseRow] | None:
    """The rows alone, without counting; None when `cancelled` said so on the way."""
    with _cancellable(tx, cancelled):
        return _Looked(tx, words, order, cancelled).rows(start, limit)
    return None


def count_found(tx: Transaction, words: str, cancelled: Cancelled = lambda: False) -> int | None:
    """How many cases match; None when `cancelled` said so on the way."""
    with _cancellable(tx, cancelled):
        return _Looked(tx, words, cancelled=cancelled).count()
    return None


def ids_found(
    tx: Transaction,
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
    with _cancellable(tx, cancelled):
        return _Looked(tx, words, order, cancelled).ids(0, limit)
    return None


def cases_by_id(tx: Transaction, ids: Sequence[int]) -> list[CaseRow]:
    """The rows of some cases, in the order given."""
    return _rows(tx.connection, ids, tx.calendar, tx.today)


class _Stopped(Exception):
    pass


@contextlib.contextmanager
def _cancellable(tx: Transaction, cancelled: Cancelled) -> Iterator[None]:
    """A query within stops soon after `cancelled` says so; the block is then left."""
    try:
        with port_of(tx.connection).ending_when(tx.connection, cancelled):
            yield
    except _Stopped:
        pass


class _Looked:
    """One lookup line, put to one connection.

    Filters are put in one of two ways: all cases of the narrowest are read along its own index and
    then ordered; or one case after another is tried, in order, until a page is full. SQLite keeps no
    statistics by which it could choose the sooner.
    """

    def __init__(
        self,
        tx: Transaction,
        words: str,
        order: Order | None = None,
        cancelled: Cancelled = lambda: False,
    ) -> None:
        self.connection = tx.connection
        self.today = tx.today
        self.calendar = tx.calendar
        self.index = index_of(tx.connection)
        self.query = parse_query(words, self.calendar, self.today)
        self.order = order
        self.cancelled = cancelled
        self.newest: int | None = None
        self.match = self.query.match
        self.besides: ColumnElement[bool] | None = None  # what else is asked of a case

    @property
    def exact(self) -> bool:
        """Whether what the index and the filters give is all that is asked."""
        return self.query.exact and not (self.query.terms and self.narrow is not None)

    @property
    def _parts(self) -> Parts | None:
        """By which a page in the usual order is read at once; or None."""
        if self.query.terms or self.order not in (None, NEWEST):
            return None
        among = self.query.among
        alone = len(among) == len(self.query.conditions) == 1
        return among[0] if alone and all(part.index for part in among[0]) else self.narrow

    @cached_property
    def narrow(self) -> Parts | None:
        """The narrowest filter, when reading all its cases is the sooner way."""
        if not self.query.among:
            return None
        known = self._number(select(func.coalesce(func.max(cases.c.id), 0)))
        most = min(_MOST, known // _PART + 1)
        sizes = [
            self._number(select(func.count()).select_from(_ids_of(parts).limit(most).subquery()))
            for parts in self.query.among
        ]
        size = min(sizes)
        if size == most:
            return None
        both = known * prod(size / known for size in sizes)  # as if no filter knew of another
        if self.query.terms and both > _FEW:
            return None
        return self.query.among[sizes.index(size)]

    def rows(self, start: int, limit: int) -> list[CaseRow]:
        return _rows(self.connection, self.ids(start, limit), self.calendar, self.today)

    def ids(self, start: int, limit: int | None) -> array[int]:
        """In order; a case whose whole number was typed is the first, whatever else holds those
        digits.
        """
        named = self._named()
        if named is None:
            return self._in_order(start, limit)
        end = None if limit is None else start + limit
        others = (found for found in self._in_order(0, end) if found != named)
        return array("I", islice(chain((named,), others), start, end))

    def _named(self) -> int | None:
        """The case whose number, in full or in short, is all that is looked for."""
        short = self.query.terms[0].short if len(self.query.terms) == 1 else None
        if short is None:
            return None
        year, serial = short.split("-")
        numbered = cases.c.number == f"20{year}-{serial:0>4}"
        of_it = select(cases.c.id).where(numbered, self.query.condition)
        return self.connection.execute(of_it).scalar()

    def _in_order(self, start: int, limit: int | None) -> array[int]:
        if limit is not None and self._matched and self.order is None and not self.index.IN_ORDER:
            wanted = start + limit
            for newest in _NEAR:
                self.newest = newest
                found = self._ids(0, wanted)
                if len(found) == wanted:
                    return found[start:]
                if len(found) * _NEAR[-1] < wanted * newest:
                    break  # nor would they be there
            self.newest = None
        return self._ids(start, limit)

    def _ids(self, start: int, limit: int | None) -> array[int]:
        end = None if limit is None else start + limit
        if self.exact:
            if limit is not None and (parts := self._parts) is not None:
                return self._plain(self._along(parts, start, limit))
            listed = self._all()
            if self._tried and limit is not None:
                by = (self.order or NEWEST).index
                listed = listed.with_hint(cases, f"INDEXED BY {by}", "sqlite")
        elif self.order is None:
            return array("I", islice(self._checked(), start, end))
        else:
            found = port_of(self.connection).id_among(cases.c.id, list(self._checked()))
            listed = select(cases.c.id).where(found).order_by(*self.order.clause)
        if limit is not None:
            listed = listed.offset(start).limit(limit)
        return self._plain(listed)

    def _along(self, parts: Parts, start: int, limit: int) -> Select[Any]:
        """A page in the usual order: of each part no more than may stand on it."""
        firsts = []
        for part in parts:
            all_asked = self.query.condition.is_(True)  # by no other index
            query = select(*NEWEST.columns).where(part.condition, all_asked)
            if part.index:
                query = query.with_hint(cases, f"INDEXED BY {part.index}", "sqlite")
            first = query.order_by(*NEWEST.clause).limit(start + limit).subquery()
            firsts.append(select(*first.c))
        every = union_all(*firsts).subquery()
        by = [every.c[column.name].desc() for column in NEWEST.columns]
        return select(every.c.id).order_by(*by).offset(start).limit(limit)

    def count(self) -> int:
        if self.exact:
            return self._counted_by_others() or self._counted()
        if not all(term.steady for term in self.query.terms):
            return sum(1 for _ in self._checked())
        if self.cancelled():
            raise _Stopped
        if self._matched and (year := numbered(self.query)) is not None:
            return self._counted_of_year(year)
        found = self._counted()
        self.besides = ~written_out(self.query)
        found -= sum(1 for _, held in self._judged() if not held)
        self.besides = None
        return found

    def _counted(self) -> int:
        found = self._narrowed(_ROWID if self._matched else cases.c.id).subquery()
        return self._number(select(func.count()).select_from(found))

    def _counted_by_others(self) -> int | None:
        """All cases but those of another value, if these are the fewer."""
        others = others_than(self.query)
        if others is None:
            return None
        known = self._number(select(func.count()).select_from(cases))
        for those, most in (self._narrowed(cases.c.id), known // 10), (others, known // 2):
            few = self._number(select(func.count()).select_from(those.limit(most + 1).subquery()))
            if few <= most:
                return known - few if those is others else few
        return None

    def _counted_of_year(self, year: Numbered) -> int:
        found = self._number(select(func.count()).select_from(cases).where(year.in_full))
        in_short = self.connection.execute(select(*TEXTS).where(year.in_short))
        found += sum(1 for texts in in_short if holds(texts, self.query.terms))
        self.match, self.besides = year.match, year.others
        found += sum(1 for _ in self._checked())
        self.match, self.besides = self.query.match, None
        return found

    def _number(self, query: Select[Any]) -> int:
        return int(self.connection.execute(query).scalar_one())

    def _all(self) -> Select[Any]:
        """The ids of what the index and the filters give, in order.

        What the index gives is read backwards, newest first, and stops at a limit.
        """
        if self._matched and self.order is None:
            return self._narrowed(_ROWID).order_by(_ROWID.desc())
        return self._narrowed(cases.c.id).order_by(*(self.order or NEWEST).clause)

    @property
    def _matched(self) -> bool:
        """Whether the lookup index is asked."""
        return bool(self.query.match) and self.narrow is None

    @property
    def _tried(self) -> bool:
        """Whether filters are tried on one case after another."""
        return bool(self.query.conditions) and not self._matched and self.narrow is None

    def _narrowed(self, *columns: Any) -> Select[Any]:
        """What the index and the filters let through."""
        chosen: Select[Any] = select(*columns)
        if not self._matched:
            chosen = chosen.select_from(cases)
        else:
            chosen = self.index.asked(chosen, self.match, self.newest)
            if (
                self.query.conditions
                or self.besides is not None
                or any(column is not _ROWID for column in columns)
            ):
                chosen = chosen.join(cases, cases.c.id == _ROWID)
        if self.besides is not None:
            chosen = chosen.where(self.besides)
        if self.narrow is not None:  # likewise
            among = cases.c.id.in_(_ids_of(self.narrow))
            return chosen.where(among, self.query.condition.is_(True))
        return chosen.where(self.query.condition) if self.query.conditions else chosen

    def _checked(self) -> Iterator[int]:
        """Candidates whose texts really hold every term: the index only knows pairs."""
        return (case_id for case_id, held in self._judged() if held)

    def _judged(self) -> Iterator[tuple[int, bool]]:
        """What the index and the filters give, newest first: whether its texts hold every term."""
        terms = self.query.terms
        for part in self._candidates():
            for place, (case_id, *texts) in enumerate(part):
                if place % _LOOKS == 0 and self.cancelled():
                    raise _Stopped
                yield case_id, holds(texts, terms)

    def _candidates(self) -> Iterator[Sequence[Any]]:
        """The ids and texts of what is to be judged, part by part; without dressing each."""
        key: Any = _ROWID if self._matched else cases.c.id
        if not self._matched or self.index.IN_ORDER:
            query = self._narrowed(cases.c.id, *TEXTS).order_by(key.desc())
            with self.connection.execute(query) as found:
                rows: Any = found.cursor
                while part := rows.fetchmany(_STEP):
                    yield part
            return
        ids = self._plain(self._narrowed(key).order_by(key.desc()))
        among = port_of(self.connection).id_among
        for first in range(0, len(ids), _STEP):
            part = among(cases.c.id, ids[first : first + _STEP])
            texts = select(cases.c.id, *TEXTS).where(part).order_by(cases.c.id.desc())
            yield self.connection.execute(texts).all()

    def _plain(self, query: Select[Any]) -> array[int]:
        """The ids that a query gives: maybe a million, without dressing each."""
        rows: Any = self.connection.execute(query).cursor
        return array("I", chain.from_iterable(rows))


def _ids_of(parts: Parts) -> GenerativeSelect:
    return union_all(*(select(cases.c.id).where(part.condition) for part in parts))


_ROWID: Any = literal_column(f"{LOOKUP}.rowid")


def _rows(
    connection: Connection, ids: Sequence[int], calendar: WorkCalendar, today: date
) -> list[CaseRow]:
    chosen = rows_query().where(port_of(connection).id_among(cases.c.id, ids))
    rows = {row.id: row for row in read_rows(connection, chosen, calendar, today)}
    with understood("一件申请的受理机关"):  # what has none is not among the rows
        return [rows[case_id] for case_id in ids]
