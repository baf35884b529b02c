"""A year's table as it stood at any past moment, from what had been recorded by then."""

from __future__ import annotations

from sqlalchemy import Connection

from db.cases.event_log import histories
from db.cases.organs import which_organ
from db.disputes.reading import read_disputes
from db.law.history import effective
from db.storage.cutoff import Cutoff
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
    whose = which_organ(connection, organ)
    standing = (
        cell
        for _, history in histories(connection, then.knows_event())
        if (told := effective(history)) and told[0].organ == whose.key
        for cell in placements(told, year)
    )
    counted = tabulate(standing, form)
    disputes = dispute_table(read_disputes(connection, then=then), whose.key, year)
    rows = tuple(
        FigureRow(label.code, label.group, label.label, counted[label.code])
        for label in row_labels(form)
    )
    named = whose.name_of_year(year, then.at.date())
    return YearTable(year, form, named, whose.key, then.at, rows), disputes
