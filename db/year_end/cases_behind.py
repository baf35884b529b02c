"""The cases behind a year's table, one by one, so that every figure can be defended.

Where a case stands in the table is read here from its own dates, not from the year columns that
`db.year_end.request_counts` counts along: the two are counted apart on purpose, and can be held
against each other. For figures of the past both replay the histories (`db.year_end.placement`).
"""

from __future__ import annotations

from collections.abc import Generator, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, and_, func, or_, select

from db.calendar.workdays import WorkCalendar
from db.cases.case_row import CaseRow
from db.cases.event_log import histories
from db.cases.organs import which_organ
from db.cases.rows import read_rows, rows_query
from db.errors import NotFound, understood
from db.law.clock import is_late, read_clock, stand
from db.law.event import Event
from db.law.history import effective
from db.storage.cutoff import cutoff_now
from db.storage.office_calendar import calendar_of
from db.storage.schema import NOT_CANCELLED, cases
from db.storage.transaction import Transaction
from db.words.outcomes import OUTCOMES
from db.words.vocabulary import ApplicantKind, State
from db.year_end.form import (
    CARRIED_IN,
    CARRIED_OUT,
    COLUMNS,
    CONCLUDED,
    FORMS,
    NEW,
    TOTAL,
    row_labels,
)
from db.year_end.placement import Cell, placements
from db.year_end.report import YearReport
from db.year_end.request_table import _conditions

_AT_ONCE = 1000


@dataclass(frozen=True, slots=True)
class SourceRow:
    """One case of a year's table.

    The last four say where it counts: row 1, row 2, the row of `counted_outcome` (an outcome's
    code; None when it was not concluded in the year) and row 4. `overdue` is as of today.
    """

    number: str
    applicant: str
    kind: ApplicantKind
    subject: str
    received_on: date
    due_on: date | None
    provisional: bool
    overdue: bool
    state: State
    concluded_on: date | None
    outcome: str | None
    new: bool
    carried_in: bool
    counted_outcome: str | None
    carried_out: bool


def year_cases(tx: Transaction, report: YearReport) -> Generator[SourceRow, None, None]:
    """Every case that stands in the table of a report, oldest first, read as it is asked for.

    A live report whose register has not moved since is read from the rows; any other from the
    histories, as far as its figures know them. A transaction stays open until the last row is
    taken or the iterator is closed.

    Raises:
        NotFound: the register has no such organ any more.
    """
    organ_id = which_organ(tx.connection, report.table.key).id
    if _stands_in_the_rows(tx, report):
        yield from _counted_rows(tx.connection, organ_id, report.table.year, tx.today)
    else:
        yield from _replayed(tx.connection, report)


def new_by_month(tx: Transaction, report: YearReport) -> tuple[int, ...]:
    """How many of those cases came in in each month of the year (row 1).

    Raises:
        NotFound: the register has no such organ any more.
    """
    organ_id, year = which_organ(tx.connection, report.table.key).id, report.table.year
    on = cases.c.received_on
    found: Iterable[tuple[date, int]]
    if _stands_in_the_rows(tx, report):
        came_in = and_(cases.c.organ_id == organ_id, NOT_CANCELLED)
        within = on.between(date(year, 1, 1), date(year, 12, 31))
        query = select(on, func.count()).where(came_in, within).group_by(on)
        found = [(day, count) for day, count in tx.connection.execute(query)]
    else:
        found = [
            (told[0].on, 1)
            for _, told, cells in _placed(tx.connection, report)
            if NEW in {cell.code for cell in cells}
        ]
    months = [0] * 12
    for day, count in found:
        months[day.month - 1] += count
    return tuple(months)


def _stands_in_the_rows(tx: Transaction, report: YearReport) -> bool:
    """Whether the register has not moved since a live report was made."""
    return report.figures == "live" and cutoff_now(tx.connection, report.then.at) == report.then


def _counted_rows(
    connection: Connection, organ_id: int, year: int, today: date
) -> Iterator[SourceRow]:
    first_day, last_day = date(year, 1, 1), date(year, 12, 31)
    query = (
        select(
            cases.c.number,
            cases.c.applicant,
            cases.c.kind,
            cases.c.subject,
            cases.c.received_on,
            cases.c.due_on,
            cases.c.provisional,
            cases.c.state,
            cases.c.concluded_on,
            cases.c.outcome,
        )
        .where(
            cases.c.organ_id == organ_id,
            NOT_CANCELLED,
            cases.c.received_on <= last_day,
            or_(cases.c.concluded_on.is_(None), cases.c.concluded_on >= first_day),
        )
        .order_by(cases.c.received_on, cases.c.id)
    )
    for record in connection.execute(query, execution_options={"yield_per": _AT_ONCE}):
        received, due, concluded = record.received_on, record.due_on, record.concluded_on
        in_year = concluded is not None and concluded <= last_day
        with understood(f" {record.number} 的申请人类型或状态"):
            kind, state = ApplicantKind(record.kind), State(record.state)
        yield SourceRow(
            number=record.number,
            applicant=record.applicant,
            kind=kind,
            subject=record.subject,
            received_on=received,
            due_on=due,
            provisional=record.provisional,
            overdue=is_late(due, concluded, today),
            state=state,
            concluded_on=concluded,
            outcome=record.outcome,
            new=received >= first_day,
            carried_in=received < first_day,
            counted_outcome=record.outcome if in_year else None,
            carried_out=not in_year,
        )


def _replayed(connection: Connection, report: YearReport) -> list[SourceRow]:
    """The same from the histories, by the law that counted the table (`db.year_end.placement`)."""
    then = report.then.at
    calendar, day = calendar_of(connection, then), then.date()
    found = [
        _source_row(told, {cell.code for cell in cells}, calendar, day)
        for _, told, cells in _placed(connection, report)
    ]
    return sorted(found, key=lambda row: (row.received_on, row.number))


def _placed(
    connection: Connection, report: YearReport
) -> Iterator[tuple[int, Sequence[Event], frozenset[Cell]]]:
    """The cases of a report as far as its figures know them: id, history, and where each stands."""
    for case_id, history in histories(connection, report.then.knows_event()):
        told = effective(history)
        if told and told[0].organ == report.table.key:
            cells = placements(told, report.table.year)
            if cells:
                yield case_id, told, cells


def _source_row(
    history: Sequence[Event], codes: set[str], calendar: WorkCalendar, day: date
) -> SourceRow:
    received, standing = history[0], stand(history, calendar)
    return SourceRow(
        number=received.number or "",
        applicant=received.applicant or "",
        kind=received.applicant_kind or ApplicantKind.NATURAL_PERSON,
        subject=received.subject or "",
        received_on=received.on,
        due_on=standing.due_on,
        provisional=standing.provisional,
        overdue=read_clock(standing, calendar, day).overdue,
        state=standing.state,
        concluded_on=standing.concluded_on,
        outcome=standing.outcome,
        new=NEW in codes,
        carried_in=CARRIED_IN in codes,
        counted_outcome=next(iter(codes - {NEW, CARRIED_IN, CARRIED_OUT}), None),
        carried_out=CARRIED_OUT in codes,
    )


def cases_behind(
    tx: Transaction,
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
        condition = and_(cases.c.concluded_year == year, cases.c.outcome.in_(_outcomes_of(code)))
    if column not in COLUMNS:
        raise NotFound(f"表中没有“{column}”列。")
    organ_id = which_organ(tx.connection, organ).id
    counted = and_(cases.c.organ_id == organ_id, NOT_CANCELLED, condition)
    if column != TOTAL:
        counted = and_(counted, cases.c.kind == column)
    total = select(func.count()).select_from(cases).where(counted)
    query = rows_query().where(counted).order_by(cases.c.received_on, cases.c.id)
    rows = read_rows(
        tx.connection,
        query.offset(start).limit(limit),
        tx.calendar,
        tx.today,
    )
    return tx.connection.execute(total).scalar_one(), rows


def ids_behind(tx: Transaction, report: YearReport, code: str, column: str) -> list[int]:
    """The same of a report's own figures, filed or past: the ids of the cases it counted in a cell.

    Replayed as far as the figures know, oldest first; what has become of the cases since is not
    looked at.

    Raises:
        NotFound: there is no such row.
    """
    codes = {code} if code in (NEW, CARRIED_IN, CARRIED_OUT) else set(_outcomes_of(code))
    found = [
        (told[0].on, case_id)
        for case_id, told, cells in _placed(tx.connection, report)
        if any(cell.code in codes and column in (cell.kind, TOTAL) for cell in cells)
    ]
    return [case_id for _, case_id in sorted(found)]


def _outcomes_of(code: str) -> tuple[str, ...]:
    """The outcomes a row counts, of either form; row 3.7 counts all.

    Raises:
        NotFound: there is no such row.
    """
    if code == CONCLUDED:
        return tuple(outcome.code for outcome in OUTCOMES)
    labels = {label.code: label for form in FORMS for label in row_labels(form)}
    if code not in labels:
        raise NotFound(f"表中没有第{code}行。")
    return labels[code].outcomes
