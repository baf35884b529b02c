"""What of a count the indexes alone tell: as exact as looking at each case, and sooner."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    BinaryExpression,
    ColumnElement,
    CompoundSelect,
    and_,
    func,
    or_,
    select,
    union_all,
)
from sqlalchemy.sql.operators import eq

from db.lookup.query import Query
from db.storage.lookup_index import FIELDS
from db.storage.schema import cases
from db.words.tokens import NUMBERED

TEXTS = tuple(cases.c[field] for field in FIELDS)
_COMMON = (cases.c.state, cases.c.kind, cases.c.channel)
"""Columns of which one value may be that of nearly all cases; each has an index."""
_YEAR = re.compile("20[0-9]{2}")


def others_than(query: Query) -> CompoundSelect[Any] | None:
    """The ids of all other cases, if all that is asked for is one value of a column."""
    asked: Any = query.conditions[0] if len(query.conditions) == 1 and not query.match else None
    if not isinstance(asked, BinaryExpression) or asked.operator is not eq:
        return None
    column: Any = next((one for one in _COMMON if asked.left is one), None)
    if column is None:
        return None
    others = (column < asked.right, column > asked.right, column.is_(None))
    return union_all(*(select(cases.c.id).where(other) for other in others))


def written_out(query: Query) -> ColumnElement[bool]:
    """The words stand in a case as they were typed: the engine sees that sooner than `holds`."""
    texts = [func.coalesce(text, "") for text in TEXTS]
    return and_(
        *(
            or_(*(text.contains(way, autoescape=True) for text in texts for way in term.written))
            for term in query.terms
        )
    )


@dataclass(frozen=True, slots=True)
class Numbered:
    """A year looked for: the cases whose number begins with it hold it.

    Most others have it in no number, written in full or in short: `match` finds them. Those
    `in_short` are few.
    """

    in_full: ColumnElement[bool]
    in_short: ColumnElement[bool]
    match: str

    @property
    def others(self) -> ColumnElement[bool]:
        return ~or_(self.in_full, self.in_short)


def numbered(query: Query) -> Numbered | None:
    """How the cases of a year are counted, if a year is all that is looked for."""
    if len(query.terms) != 1 or query.conditions or not _YEAR.fullmatch(query.terms[0].text):
        return None
    year = query.terms[0].text
    short = year[2:]
    return Numbered(_begins(year), _begins(short), f'({query.match}) NOT "{NUMBERED}{short}x"*')


def _begins(year: str) -> ColumnElement[bool]:
    return (cases.c.number >= f"{year}-") & (cases.c.number < f"{year}.")
