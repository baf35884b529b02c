"""One lookup as a listing: its rows, its number, its matches; stopped when another one begins."""

from __future__ import annotations

import contextlib
from array import array
from collections.abc import Sequence
from threading import Event
from typing import TYPE_CHECKING

from tui.widgets.listing import Listing, ids_of

if TYPE_CHECKING:
    from db.cases.case_row import CaseRow
    from db.lookup.orders import Order
    from db.storage.register import Register


COUNT_AFTER = 0.1
"""Seconds of rest after which what was found is counted."""
NEAR = 2000
"""Among so many a case is looked for first when the cursor is to stay on it."""


def looked_up(register: Register, words: str, order: tuple[str, bool] | None) -> Listing:
    """The cases a lookup line finds, in an order (a column's name, and whether it falls)."""
    lookup = _Lookup(register, words, order)
    default = None if words else ("received", True)
    return Listing(
        rows=lookup.rows,
        count=lookup.count,
        prepare=lookup.prepare,
        place=lookup.place,
        ids=lookup.ids,
        stop=lookup.stopped.set,
        marks=lookup.marks,
        order=order or default,
        patience=COUNT_AFTER if words else 0.0,
    )


def sifted(
    register: Register, listing: Listing, words: str, order: tuple[str, bool] | None
) -> Listing:
    """Of a listing the cases that a lookup line finds too, in an order (None: its own)."""
    lookup = _Lookup(register, words, order)

    def rows(start: int, length: int) -> tuple[int | None, Sequence[CaseRow]] | None:
        if lookup.found is None:
            among, found = ids_of(listing), lookup.ids()
            if among is None or found is None:
                return None
            kept = frozenset(found if order is None else among)
            lookup.found = array("q", (i for i in (among if order is None else found) if i in kept))
        return lookup.rows(start, length)

    return Listing(
        rows,
        stop=lookup.stopped.set,
        marks=lookup.marks,
        order=order or listing.order,
        waiting=listing.waiting,
    )


class _Lookup:
    """Runs in worker threads, but for `marks`; the database is imported there first."""

    def __init__(self, register: Register, words: str, order: tuple[str, bool] | None) -> None:
        self.register, self.words, self.wanted = register, words, order
        self.stopped = Event()
        self.found: array[int] | None = None  # all ids, once they have been listed

    def rows(self, start: int, length: int) -> tuple[int | None, Sequence[CaseRow]] | None:
        from db.lookup.find import cases_by_id, page_of_found
        from db.lookup.match import warm_up

        if self.found is not None:
            page = self.found[start : start + length]
            with self.register.reading() as tx:
                return len(self.found), cases_by_id(tx, page)
        warm_up(self.words)
        with self.register.reading() as tx:
            rows = page_of_found(
                tx,
                self.words,
                start,
                length,
                order=self._order,
                cancelled=self.stopped.is_set,
            )
        return None if rows is None else (None, rows)

    def count(self) -> int | None:
        from db.lookup.find import count_found

        if self.found is not None:
            return len(self.found)
        with self.register.reading() as tx:
            return count_found(tx, self.words, self.stopped.is_set)

    def prepare(self) -> None:
        self.ids()

    def place(self, case_id: int) -> int | None:
        """Mostly near the top; else all are listed."""
        for limit in (NEAR, None):
            found = self.ids(limit)
            if found is None:
                return None
            with contextlib.suppress(ValueError):
                return found.index(case_id)
        return None

    def ids(self, limit: int | None = None) -> array[int] | None:
        from db.lookup.find import ids_found

        if self.found is not None:
            return self.found
        with self.register.reading() as tx:
            found = ids_found(
                tx,
                self.words,
                order=self._order,
                limit=limit,
                cancelled=self.stopped.is_set,
            )
        if limit is None:
            self.found = found
        return found

    @property
    def _order(self) -> Order | None:
        from db.lookup.orders import Order

        return Order(*self.wanted) if self.wanted else None

    def marks(self, text: str, field: str) -> Sequence[tuple[int, int]]:
        if not self.words:
            return ()
        from db.lookup.match import matched_spans
        from db.lookup.query import terms_of

        return matched_spans(text, terms_of(self.words), field)
