"""What is due: the cases a clerk must look at today, and the page 今日 in numbers."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any, TypeVar

from sqlalchemy import Column, ColumnElement, Connection, Select, func, select

from db.agenda.overview import NEAR, SOON, Overview, Section
from db.agenda.todos import (
    notices_missing,
    open_disputes,
    reports_to_publish,
    unnamed,
    years_to_file,
)
from db.cases.case_row import CaseRow
from db.cases.rows import read_rows, rows_query
from db.storage.chain import head
from db.storage.schema import RUNNING, cases
from db.storage.transaction import Transaction
from db.words.vocabulary import State

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Agenda:
    """Cases overdue, due within the days asked for, and waiting on applicants past reply_by.

    `receipts` are those whose signed receipt (送达回证) is waited for, the longest first.
    """

    overdue: list[CaseRow]
    due: list[CaseRow]
    waiting: list[CaseRow]
    receipts: list[CaseRow]


def agenda(tx: Transaction, days: int = NEAR) -> Agenda:
    """The agenda of today; `due` looks `days` working days ahead, the most urgent first."""
    day = _Day(tx)
    waiting = RUNNING & (cases.c.reply_by < day.today)
    return Agenda(
        overdue=day.rows(day.late(), cases.c.due_on),
        due=day.rows(day.within(days), cases.c.due_on),
        waiting=day.rows(waiting, cases.c.reply_by),
        receipts=day.rows(*day.section(Section.RECEIPT)),
    )


def overview(tx: Transaction) -> Overview:
    """Everything 今日 shows at once. Of the cases it reads indexes only, and those that wait."""
    day = _Day(tx)
    due = _due_days(tx.connection)
    near, soon = (day.calendar.add(day.today, days) for days in (NEAR, SOON))
    spans = {
        Section.OVERDUE: [on for on in due if on < day.today],
        Section.SOON: [on for on in due if day.today <= on <= soon],
        Section.NEAR: [on for on in due if soon < on <= near],
    }
    counts = {section: sum(due[on] for on in days) for section, days in spans.items()}
    waits = cases.c.state.in_([State.AWAITING_CLARIFICATION, State.AWAITING_PAYMENT])
    waiting = _counted(tx.connection, cases.c.state, waits & (cases.c.reply_by < day.today))
    counts[Section.APPLICANT] = waiting.get(State.AWAITING_CLARIFICATION, 0)
    counts[Section.UNPAID] = waiting.get(State.AWAITING_PAYMENT, 0)
    others = (Section.PARTY, Section.RECEIPT)
    waited_for = (
        select(func.count()).select_from(cases).where(day.section(section)[0]).scalar_subquery()
        for section in others
    )
    counts |= zip(others, tx.connection.execute(select(*waited_for)).one(), strict=True)
    todos = {
        Section.DISPUTES: open_disputes(tx),
        Section.YEAR_END: (
            *unnamed(tx.connection, day.today),
            *years_to_file(tx.connection, day.today),
            *reports_to_publish(tx.connection, day.today),
        ),
        Section.NOTICE: notices_missing(day.calendar, day.today),
    }
    counts |= {section: len(listed) for section, listed in todos.items()}
    first = {section: min(days) for section, days in spans.items() if days}
    known = tx.connection.execute(select(cases.c.id).limit(1)).first() is not None
    return Overview(day.today, day.calendar, counts, first, due, todos, known, head(tx.connection))


def section_page(
    tx: Transaction, section: Section, start: int, limit: int
) -> tuple[int, list[CaseRow]]:
    """The cases of a section, the most urgent first: how many, and some of them."""
    day = _Day(tx)
    condition, order = day.section(section)
    total, rows = day.page(condition, order, start, limit)
    return total, day.waiting_for_party(rows) if section is Section.PARTY else rows


def due_page(tx: Transaction, on: date, start: int, limit: int) -> tuple[int, list[CaseRow]]:
    """The cases whose answer is due on a day."""
    condition = RUNNING & (cases.c.due_on == on)
    return _Day(tx).page(condition, cases.c.due_on, start, limit)


def _due_days(connection: Connection) -> dict[date, int]:
    """How many open answers are due on each day; the index of those alone is read."""
    live = RUNNING & cases.c.due_on.is_not(None)
    return _counted(connection, cases.c.due_on, live)


def _counted(connection: Connection, by: Column[T], condition: ColumnElement[bool]) -> dict[T, int]:
    """How many cases of a condition have each value of a column."""
    query = select(by, func.count()).where(condition).group_by(by)
    return {record[0]: record[1] for record in connection.execute(query)}


class _Day:
    """Questions about cases on a day, over one connection."""

    def __init__(self, tx: Transaction) -> None:
        self.connection = tx.connection
        self.today = tx.today
        self.calendar = tx.calendar

    def late(self) -> ColumnElement[bool]:
        return RUNNING & (cases.c.due_on < self.today)

    def within(self, days: int) -> ColumnElement[bool]:
        until = self.calendar.add(self.today, days)
        due = cases.c.due_on
        return RUNNING & (due >= self.today) & (due <= until)

    def section(self, section: Section) -> tuple[ColumnElement[bool], Any]:
        """Which cases are in a section, and what makes one urgent."""
        late_reply = cases.c.reply_by < self.today
        match section:
            case Section.OVERDUE:
                return self.late(), cases.c.due_on
            case Section.SOON:
                return self.within(SOON), cases.c.due_on
            case Section.NEAR:
                soon = self.calendar.add(self.today, SOON)
                return self.within(NEAR) & (cases.c.due_on > soon), cases.c.due_on
            case Section.APPLICANT:
                asked = cases.c.state == State.AWAITING_CLARIFICATION
                return asked & late_reply, cases.c.reply_by
            case Section.PARTY:
                return cases.c.party_limit < self.today, cases.c.party_limit
            case Section.UNPAID:
                return (cases.c.state == State.AWAITING_PAYMENT) & late_reply, cases.c.reply_by
            case Section.RECEIPT:
                return cases.c.receipt_since.is_not(None), cases.c.receipt_since
            case _:
                raise ValueError(f"{section} holds no cases")

    def rows(self, condition: ColumnElement[bool], order: Any) -> list[CaseRow]:
        return self._read(rows_query().where(condition).order_by(order, cases.c.id))

    def page(
        self, condition: ColumnElement[bool], order: Any, start: int, limit: int
    ) -> tuple[int, list[CaseRow]]:
        counted = select(func.count()).select_from(cases).where(condition)
        chosen = rows_query().where(condition).order_by(order, cases.c.id)
        return (
            self.connection.execute(counted).scalar_one(),
            self._read(chosen.offset(start).limit(limit)),
        )

    def waiting_for_party(self, rows: list[CaseRow]) -> list[CaseRow]:
        """The same rows with the day until which the consulted may answer."""
        chosen = cases.c.id.in_([row.id for row in rows])
        limits = dict(
            self.connection.execute(select(cases.c.id, cases.c.party_limit).where(chosen)).all()
        )
        return [replace(row, reply_by=limits[row.id]) for row in rows]

    def _read(self, query: Select[Any]) -> list[CaseRow]:
        return read_rows(self.connection, query, self.calendar, self.today)
