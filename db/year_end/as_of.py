"""A year's table as it stood at any past moment, from what had been recorded by then."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from sqlalchemy import Connection, select

from db.cases.event_log import read_event
from db.cases.organs import which_organ
from db.disputes.reading import read_disputes
from db.law.event import Event
from db.law.history import effective
from db.storage.cutoff import Cutoff
from db.storage.schema import events
from db.year_end.dispute_table import Table4, dispute_table
from db.year_end.form import Form, row_labels
from db.year_end.placement import placements, tabulate
from db.year_end.request_table import FigureRow, YearTable


def year_table_as_of(
    connection: Connection, year: int, then: Cutoff, organ: str | None, form: Form
) -> tuple[YearTable, Table4]:
    """The request table and table 4 of a year as they stood then, inside a transaction.

    Raises:
        NotFound: no such organ, or several and none was named.
    """
    _, name = which_organ(connection, organ)
    standing = (
        cell
        for history in histories_by(connection, then)
        if (told := effective(history)) and told[0].organ == name
        for cell in placements(told, year)
    )
    counted = tabulate(standing, form)
    disputes = dispute_table(read_disputes(connection, then=then), name, year)
    rows = tuple(
        FigureRow(label.code, label.group, label.label, counted[label.code])
        for label in row_labels(form)
    )
    return YearTable(year, form, name, then.at, rows), disputes


def histories_by(connection: Connection, then: Cutoff) -> Iterator[list[Event]]:
    """Every case's events as recorded by then, case by case."""
    query = select(events).where(then.knows_event()).order_by(events.c.case_id, events.c.id)
    streamed = connection.execution_options(yield_per=1000).execute(query)
    for _, records in groupby(streamed, key=lambda record: record.case_id):
        yield [read_event(record) for record in records]
