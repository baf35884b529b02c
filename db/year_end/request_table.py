"""The year-end request table, counted from the register (DOMAIN, section 5).

Row 3.7 and the 总计 column are counted on their own, not summed from their parts, so that the
checks (`db.year_end.checks`) compare two counts that could differ.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, and_, func, or_, select

from db.cases.organs import which_organ
from db.storage.register import Register
from db.storage.schema import NOT_CANCELLED, cases, organs
from db.year_end.form import (
    CARRIED_IN,
    CARRIED_OUT,
    COLUMNS,
    CONCLUDED,
    NEW,
    TOTAL,
    Form,
    RowLabel,
    form_of,
    row_labels,
)


@dataclass(frozen=True, slots=True)
class FigureRow:
    """One row of the table; `cells` are the six kinds and 总计, in the order of `COLUMNS`."""

    code: str
    group: str
    label: str
    cells: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class YearTable:
    """The request table of one organ and year, as of a moment."""

    year: int
    form: Form
    organ: str
    as_of: datetime
    rows: tuple[FigureRow, ...]

    def row(self, code: str) -> FigureRow:
        return next(row for row in self.rows if row.code == code)


def year_table(
    register: Register, year: int, organ: str | None = None, form: Form | None = None
) -> YearTable:
    """Count the table of a year; the form that year uses unless another is asked for.

    Raises:
        NotFound: the register has no such organ, or several and none was named.
    """
    form = form or form_of(year)
    with register.reading() as connection:
        return count_table(connection, year, organ, form, register.now())


def count_table(
    connection: Connection, year: int, organ: str | None, form: Form, at: datetime
) -> YearTable:
    """The same, inside a transaction."""
    organ_id, name = which_organ(connection, organ)
    counted = _count(connection, organ_id, year)
    rows = tuple(
        FigureRow(label.code, label.group, label.label, _cells(label, counted))
        for label in row_labels(form)
    )
    return YearTable(year, form, name, at, rows)


_Counts = dict[tuple[str, str], int]  # (what, column) → how many; what = a row or an outcome code


def _count(connection: Connection, organ_id: int, year: int) -> _Counts:
    counted: _Counts = {}
    of_organ = and_(cases.c.organ_id == organ_id, NOT_CANCELLED)
    for code, condition in _conditions(year).items():
        parts: list[ColumnElement[Any]] = [cases.c.kind]
        if code == CONCLUDED:
            parts.append(cases.c.outcome)
        query = select(*parts, func.count().label("n")).where(of_organ, condition)
        _tally(counted, code, connection.execute(query.group_by(*parts)))
        total = select(func.count()).select_from(cases).where(of_organ, condition)
        counted[code, TOTAL] = connection.execute(total).scalar_one()
    by_outcome = (
        select(cases.c.outcome, func.count().label("n"))
        .where(of_organ, _conditions(year)[CONCLUDED])
        .group_by(cases.c.outcome)
    )
    for record in connection.execute(by_outcome):
        counted[record.outcome, TOTAL] = record.n
    return counted


def _conditions(year: int) -> dict[str, ColumnElement[bool]]:
    """Which cases rows 1, 2, 3.7 and 4 count."""
    crossing = or_(
        cases.c.concluded_year.is_(None), cases.c.concluded_year != cases.c.received_year
    )
    not_before = or_(cases.c.concluded_year.is_(None), cases.c.concluded_year >= year)
    not_by_end = or_(cases.c.concluded_year.is_(None), cases.c.concluded_year > year)
    return {
        NEW: cases.c.received_year == year,
        CARRIED_IN: and_(crossing, cases.c.received_year < year, not_before),
        CONCLUDED: cases.c.concluded_year == year,
        CARRIED_OUT: and_(crossing, cases.c.received_year <= year, not_by_end),
    }


def _tally(counted: _Counts, code: str, records: Iterable[Row[Any]]) -> None:
    for record in records:
        kind, n = record.kind, record.n
        counted[code, kind] = counted.get((code, kind), 0) + n
        if code == CONCLUDED:
            counted[record.outcome, kind] = n


def _cells(label: RowLabel, counted: _Counts) -> tuple[int, ...]:
    sources = label.outcomes or (label.code,)
    return tuple(sum(counted.get((what, column), 0) for what in sources) for column in COLUMNS)


def years_with_cases(register: Register) -> list[int]:
    """Every year from the first receipt to the last receipt or conclusion, newest first."""
    with register.reading() as connection:
        first, last = (
            connection.execute(select(end(cases.c.received_on))).scalar()
            for end in (func.min, func.max)
        )
        if first is None or last is None:
            return []
        concluded = select(func.max(cases.c.concluded_year)).where(
            cases.c.organ_id == organs.c.id, NOT_CANCELLED
        )
        ends = connection.execute(select(concluded.scalar_subquery()).select_from(organs))
        newest = max([last.year, *(year for year in ends.scalars() if year)])
    return list(range(newest, first.year - 1, -1))
