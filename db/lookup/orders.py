"""The orders a list of cases can have. Each is an index, so that any page of it is read at once.

An order is a key, then the day of receipt, then the id, all in one direction. A key is never
null: what has no due date stands after whatever has one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, literal_column

from db.storage.schema import DUE_KEY, LEFT_KEY, UNIT_KEY, cases

RECEIVED, NUMBER = "received", "number"

_KEYS: dict[str, ColumnElement[Any]] = {
    NUMBER: cases.c.number,
    RECEIVED: cases.c.received_on,
    "applicant": cases.c.applicant_key,
    "kind": cases.c.kind,
    "subject": cases.c.subject_key,
    "unit": literal_column(UNIT_KEY),
    "state": cases.c.state,
    "due": literal_column(DUE_KEY),
    "left": literal_column(LEFT_KEY),
}

ORDERS: tuple[str, ...] = tuple(_KEYS)
"""By what a list can be ordered; the names are those of the list's columns."""


@dataclass(frozen=True, slots=True)
class Order:
    """An order by one of `ORDERS`, rising or falling."""

    by: str
    falling: bool = False

    @property
    def columns(self) -> tuple[ColumnElement[Any], ...]:
        if self.by == NUMBER:
            return (cases.c.number,)  # unique
        if self.by == RECEIVED:
            return (cases.c.received_on, cases.c.id)
        return (_KEYS[self.by], cases.c.received_on, cases.c.id)

    @property
    def index(self) -> str:
        """The index along which a list of this order is read."""
        if self.by == NUMBER:
            return "sqlite_autoindex_cases_1"  # that of the uniqueness of numbers
        return "cases_by_receipt" if self.by == RECEIVED else f"cases_by_{self.by}"

    @property
    def clause(self) -> tuple[ColumnElement[Any], ...]:
        """For `order_by`."""
        return tuple(c.desc() if self.falling else c.asc() for c in self.columns)


NEWEST = Order(RECEIVED, falling=True)
"""The order of a list nobody has ordered."""
