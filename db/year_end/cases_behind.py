"""The cases behind a year's table, one by one, so that every figure can be defended.

Where a case stands in the table is read here from its own dates, not from the year columns that
`db.year_end.request_table` counts along: the two are counted apart and can be held against each other.
"""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass
from datetime import date

from sqlalchemy import or_, select

from db.storage.register import Register
from db.storage.schema import NOT_CANCELLED, cases
from db.words.vocabulary import ApplicantKind, State
from db.year_end.request_table import which_organ

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


def year_cases(
    register: Register, year: int, organ: str | None = None
) -> Generator[SourceRow, None, None]:
    """Every case that stands in the table of a year, oldest first, read as it is asked for.

    A transaction stays open until the last row is taken or the iterator is closed.

    Raises:
        NotFound: the register has no such organ, or several and none was named.
    """
    first_day, last_day = date(year, 1, 1), date(year, 12, 31)
    today = register.today()
    with register.reading() as connection:
        organ_id, _ = which_organ(connection, organ)
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
            yield SourceRow(
                number=record.number,
                applicant=record.applicant,
                kind=ApplicantKind(record.kind),
                subject=record.subject,
                received_on=received,
                due_on=due,
                provisional=record.provisional,
                overdue=due is not None and (concluded or today) > due,
                state=State(record.state),
                concluded_on=concluded,
                outcome=record.outcome,
                new=received >= first_day,
                carried_in=received < first_day,
                counted_outcome=record.outcome if in_year else None,
                carried_out=not in_year,
            )
