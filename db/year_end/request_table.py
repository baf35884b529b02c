"""The year-end request table, counted from the register (DOMAIN, section 5).

Row 3.7 and the 总计 column are counted on their own, not summed from their parts, so that the
checks (`db.year_end.checks`) compare two counts that could differ.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, and_, exists, func, or_, select

from db.cases.case_file import CaseRow, read_rows, rows_query
from db.errors import NotFound
from db.storage.office_calendar import calendar_of
from db.storage.register import Register
from db.storage.schema import NOT_CANCELLED, cases, disputes, filings, organs
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


def which_organ(connection: Connection, name: str | None) -> tuple[int, str]:
    """The organ meant: by name, or the only one in use (a mistyped one, corrected, is not).

    Raises:
        NotFound: no such organ, no organ at all, or several and none was named.
    """
    known = connection.execute(select(organs.c.id, organs.c.name).order_by(organs.c.id)).all()
    listed = "、".join(record.name for record in known)
    if name is not None:
        for record in known:
            if record.name == name:
                return record.id, record.name
        raise NotFound(f"登记簿里没有受理机关“{name}”；现有：{listed or '无'}。")
    if len(known) > 1:
        used = [record for record in known if _in_use(connection, record.id)]
        if len(used) != 1:
            raise NotFound(f"登记簿有{len(known)}个受理机关，请指明一个：{listed}。")
        known = used
    if not known:
        raise NotFound("登记簿还没有受理机关；请先登记一件申请，或在首次启动时填写本机关名称。")
    return known[0].id, known[0].name


def _in_use(connection: Connection, organ_id: int) -> bool:
    """Whether a case, a dispute or a filing is an organ's."""
    query = select(
        or_(*(exists().where(t.c.organ_id == organ_id) for t in (cases, disputes, filings)))
    )
    return bool(connection.execute(query).scalar())


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


def cases_behind(
    register: Register,
    year: int,
    organ: str | None,
    code: str,
    column: str,
    start: int,
    limit: int,
) -> tuple[int, list[CaseRow]]:
    """The cases a cell counts, oldest first: how many, and some of them.

    `code` is a row (either form's), `column` one of `COLUMNS`.

    Raises:
        NotFound: there is no such row, column or organ.
    """
    condition = _conditions(year).get(code)
    if condition is None:
        labels = {label.code: label for form in ("2019", "2021") for label in row_labels(form)}
        if code not in labels:
            raise NotFound(f"表中没有第{code}行。")
        condition = and_(cases.c.concluded_year == year, cases.c.outcome.in_(labels[code].outcomes))
    if column not in COLUMNS:
        raise NotFound(f"表中没有“{column}”列。")
    with register.reading() as connection:
        organ_id, _ = which_organ(connection, organ)
        counted = and_(cases.c.organ_id == organ_id, NOT_CANCELLED, condition)
        if column != TOTAL:
            counted = and_(counted, cases.c.kind == column)
        total = select(func.count()).select_from(cases).where(counted)
        query = rows_query().where(counted).order_by(cases.c.received_on, cases.c.id)
        rows = read_rows(
            connection,
            query.offset(start).limit(limit),
            calendar_of(connection),
            register.today(),
        )
        return connection.execute(total).scalar_one(), rows


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
