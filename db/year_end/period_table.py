"""The same two tables of any days: a month, a quarter, half a year, or from one day to another.

Counted by the dates themselves, with the totals apart from their parts, so that the checks compare
two counts. Of a whole year it is the year's table.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Connection, func, or_, select

from db.cases.organs import which_organ
from db.disputes.reading import read_disputes
from db.errors import BadValue
from db.storage.schema import NOT_CANCELLED, cases
from db.storage.transaction import Transaction
from db.words.vocabulary import ApplicantKind
from db.year_end.checks import check_sums
from db.year_end.dispute_table import Table4, disputes_between
from db.year_end.finding import Finding
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
from db.year_end.request_table import FigureRow, YearTable


@dataclass(frozen=True, slots=True)
class PeriodReport:
    """Both tables from a day to another, both counted in, and their checks.

    The table's year is that of the last day.
    """

    first: date
    last: date
    table: YearTable
    disputes: Table4
    findings: tuple[Finding, ...]

    @property
    def wrong(self) -> tuple[Finding, ...]:
        return tuple(finding for finding in self.findings if not finding.ok)


def period_report(
    tx: Transaction,
    first: date,
    last: date,
    organ: str | None = None,
    form: Form | None = None,
) -> PeriodReport:
    """Count from `first` to `last`, on the form of the last day's year unless another is asked for.

    Raises:
        NotFound: no such organ, or several and none was named.
        BadValue: the days are the wrong way round.
    """
    if last < first:
        raise BadValue(f"起始日期{first}在终了日期{last}之后，请核对。")
    whose = which_organ(tx.connection, organ)
    form = form or form_of(last.year)
    rows = tuple(
        FigureRow(
            label.code,
            label.group,
            label.label,
            _counted(tx.connection, whose.id, _of_row(label, first, last)),
        )
        for label in row_labels(form)
    )
    named = whose.name_on(min(last, tx.today))
    table = YearTable(last.year, form, named, whose.key, tx.now, rows)
    disputes = disputes_between(read_disputes(tx.connection), whose.key, first, last)
    return PeriodReport(first, last, table, disputes, tuple(check_sums(table, disputes)))


def period_cases(
    tx: Transaction, report: PeriodReport, code: str, kind: str | None = None
) -> list[int]:
    """The ids of the cases that a figure counts; `kind` None is 总计."""
    label = next(one for one in row_labels(report.table.form) if one.code == code)
    query = select(cases.c.id).where(
        cases.c.organ_id == which_organ(tx.connection, report.table.key).id,
        NOT_CANCELLED,
        _of_row(label, report.first, report.last),
    )
    if kind is not None:
        query = query.where(cases.c.kind == kind)
    return list(tx.connection.execute(query.order_by(cases.c.id)).scalars())


def _of_row(label: RowLabel, first: date, last: date) -> ColumnElement[bool]:
    """Which cases a row counts."""
    c = cases.c
    within = c.concluded_on.between(first, last)
    special = {
        NEW: c.received_on.between(first, last),
        CARRIED_IN: (c.received_on < first)
        & or_(c.concluded_on.is_(None), c.concluded_on >= first),
        CONCLUDED: within,
        CARRIED_OUT: (c.received_on <= last) & or_(c.concluded_on.is_(None), c.concluded_on > last),
    }
    return special[label.code] if label.code in special else within & c.outcome.in_(label.outcomes)


def _counted(connection: Connection, organ_id: int, which: ColumnElement[bool]) -> tuple[int, ...]:
    """The six kinds, and all of them counted with no regard to the kind."""
    these = (cases.c.organ_id == organ_id, NOT_CANCELLED, which)
    by_kind = select(cases.c.kind, func.count()).where(*these).group_by(cases.c.kind)
    counted = {str(kind): int(number) for kind, number in connection.execute(by_kind)}
    in_all = connection.execute(select(func.count()).select_from(cases).where(*these)).scalar_one()
    return (*(counted.get(kind.value, 0) for kind in ApplicantKind), int(in_all))
