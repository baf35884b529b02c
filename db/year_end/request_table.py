"""The year-end request table, counted from the register (DOMAIN, section 5).

Row 3.7 and the 总计 column are counted on their own (`db.year_end.request_counts`), not summed from their
parts, so that the checks (`db.year_end.checks`) compare two counts that could differ.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, func, or_, select

from db.cases.organs import which_organ
from db.storage.schema import CROSSING, NOT_CANCELLED, cases, organs
from db.storage.transaction import Transaction
from db.year_end.form import (
    CARRIED_IN,
    CARRIED_OUT,
    CONCLUDED,
    NEW,
    Form,
    RowLabel,
    form_of,
    row_labels,
)
from db.year_end.grouped_counts import Counts
from db.year_end.request_counts import count_figures


@dataclass(frozen=True, slots=True)
class FigureRow:
    """One row of the table; `cells` are the six kinds and 总计, in the order of `COLUMNS`."""

    code: str
    group: str
    label: str
    cells: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class YearTable:
    """The request table of one organ and year, as of a moment.

    `organ` is what heads its papers, `key` what its cases are counted by (`db.cases.organs`).
    """

    year: int
    form: Form
    organ: str
    key: str
    as_of: datetime
    rows: tuple[FigureRow, ...]

    def row(self, code: str) -> FigureRow:
        return next(row for row in self.rows if row.code == code)

    @property
    def kept(self) -> bool:
        """Whether the register was kept in that year: something was answered.

        Cases that were only carried over from it into the register's first year tell nothing of it.
        """
        return self.row(CONCLUDED).cells[-1] > 0


def year_table(
    tx: Transaction, year: int, organ: str | None = None, form: Form | None = None
) -> YearTable:
    """Count the table of a year; the form that year uses unless another is asked for.

    Raises:
        NotFound: the register has no such organ, or several and none was named.
    """
    form = form or form_of(year)
    whose = which_organ(tx.connection, organ)
    counted = count_figures(tx.connection, whose.id, year)
    rows = tuple(
        FigureRow(label.code, label.group, label.label, _cells(label, counted))
        for label in row_labels(form)
    )
    return YearTable(year, form, whose.name_of_year(year, tx.today), whose.key, tx.now, rows)


def _conditions(year: int) -> dict[str, ColumnElement[bool]]:
    """Which cases rows 1, 2, 3.7 and 4 count."""
    not_before = or_(cases.c.concluded_year.is_(None), cases.c.concluded_year >= year)
    not_by_end = or_(cases.c.concluded_year.is_(None), cases.c.concluded_year > year)
    return {
        NEW: cases.c.received_year == year,
        CARRIED_IN: and_(CROSSING, cases.c.received_year < year, not_before),
        CONCLUDED: cases.c.concluded_year == year,
        CARRIED_OUT: and_(CROSSING, cases.c.received_year <= year, not_by_end),
    }


def _cells(label: RowLabel, counted: Counts) -> tuple[int, ...]:
    told = [counted[source] for source in label.outcomes or (label.code,)]
    return told[0] if len(told) == 1 else tuple(map(sum, zip(*told, strict=True)))


def years_with_cases(tx: Transaction) -> list[int]:
    """Every year from the first receipt to the last receipt or conclusion, newest first."""
    first, last = (
        tx.connection.execute(select(end(cases.c.received_on))).scalar()
        for end in (func.min, func.max)
    )
    if first is None or last is None:
        return []
    concluded = select(func.max(cases.c.concluded_year)).where(
        cases.c.organ_id == organs.c.id, NOT_CANCELLED
    )
    ends = tx.connection.execute(select(concluded.scalar_subquery()).select_from(organs))
    newest = max([last.year, *(year for year in ends.scalars() if year)])
    return list(range(newest, first.year - 1, -1))
