"""What 年报 shows, read in one transaction."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from db.year_end.form import Form, form_of

if TYPE_CHECKING:
    from db.storage.transaction import Transaction
    from db.year_end.deadline import Deadline
    from db.year_end.narrative import Narrative
    from db.year_end.report import YearReport


@dataclass(frozen=True)
class Wanted:
    """Which report: None for the newest year with cases, the only organ in use, the year's form."""

    year: int | None = None
    organ: str | None = None
    form: Form | None = None
    filed: bool = False
    as_of: date | None = None


@dataclass(frozen=True)
class Report:
    """A year's report, which figures they are, the organs, and what was written the year before."""

    year: YearReport
    filed: bool
    organs: tuple[str, ...]
    as_of: date | None = None
    deadline: Deadline | None = None
    texts_before: Narrative = field(default_factory=dict)


def read_report(tx: Transaction, wanted: Wanted) -> Report:
    """The report; of a year that is not filed its figures of now, also if the filed ones are wanted.

    Raises:
        NotFound: no such organ.
    """
    from db.cases.organs import organ_keys, which_organ
    from db.moment import end_of_day
    from db.year_end.deadline import deadline
    from db.year_end.filing import read_filing
    from db.year_end.own_parts import read_own_parts
    from db.year_end.report import year_report
    from db.year_end.request_table import years_with_cases

    organs = organ_keys(tx)
    year = wanted.year
    if year is None:
        year = max(years_with_cases(tx), default=tx.today.year)
    named = wanted.organ or (organs[0] if organs else None)
    filed = wanted.filed and read_filing(tx, year, named) is not None
    moment = end_of_day(wanted.as_of) if wanted.as_of and not filed else None
    form = None if filed else wanted.form
    report = year_report(tx, year, named, form, as_of=moment, filed=filed)
    whose = which_organ(tx.connection, report.table.key)
    before = read_own_parts(tx.connection, whose.id, year - 1, form_of(year - 1))
    due = deadline(year, whose.level_on(tx.today))
    as_of = None if filed else wanted.as_of
    return Report(report, filed, organs, as_of, due, before.narrative)
