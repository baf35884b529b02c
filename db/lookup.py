"""Finding a case by any part of what it says."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, func, or_, select

from db.cases import CaseRow, read_rows, rows_query
from db.register import Register
from db.schema import cases

SEARCHED = (
    cases.c.number,
    cases.c.applicant,
    cases.c.subject,
    cases.c.doc_no,
    cases.c.unit,
    cases.c.officer,
    cases.c.phone,
    cases.c.id_no,
)


@dataclass(frozen=True, slots=True)
class Found:
    """What a lookup found: how many in all, and the rows asked for, newest first."""

    query: str
    total: int
    cases: list[CaseRow]


def find_cases(register: Register, words: str, limit: int = 50, start: int = 0) -> Found:
    """Cases that contain every blank-separated word somewhere; no words means all of them."""
    wanted = _matches(words)
    with register.reading() as connection:
        total = connection.execute(
            select(func.count()).select_from(cases).where(wanted)
        ).scalar_one()
        query = (
            rows_query()
            .where(wanted)
            .order_by(cases.c.received_on.desc(), cases.c.id.desc())
            .offset(start)
            .limit(limit)
        )
        rows = read_rows(connection, query, register.calendar(), register.today())
    return Found(words, total, rows)


def _matches(words: str) -> ColumnElement[bool]:
    return and_(
        True,
        *(
            or_(*(column.contains(word, autoescape=True) for column in SEARCHED))
            for word in words.split()
        ),
    )
