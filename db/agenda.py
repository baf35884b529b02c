"""What is due: the cases a clerk must look at today."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select

from db.cases import CaseRow, read_rows, rows_query
from db.register import Register
from db.schema import cases
from db.vocabulary import State


@dataclass(frozen=True, slots=True)
class Agenda:
    """Cases overdue, due within the days asked for, and waiting on applicants past reply_by."""

    overdue: list[CaseRow]
    due: list[CaseRow]
    waiting: list[CaseRow]


def agenda(register: Register, days: int = 7) -> Agenda:
    """The agenda of today; `due` looks `days` working days ahead, the most urgent first."""
    today = register.today()
    calendar = register.calendar()
    horizon = calendar.add(today, days)
    live = cases.c.state.not_in([State.CONCLUDED, State.CANCELLED])
    dated = rows_query().where(live, cases.c.due_on.is_not(None))
    with register.reading() as connection:

        def rows(query: Select[Any]) -> list[CaseRow]:
            return read_rows(connection, query, calendar, today)

        return Agenda(
            overdue=rows(dated.where(cases.c.due_on < today).order_by(cases.c.due_on, cases.c.id)),
            due=rows(
                dated.where(cases.c.due_on >= today, cases.c.due_on <= horizon).order_by(
                    cases.c.due_on, cases.c.id
                )
            ),
            waiting=rows(
                rows_query()
                .where(live, cases.c.reply_by < today)
                .order_by(cases.c.reply_by, cases.c.id)
            ),
        )
