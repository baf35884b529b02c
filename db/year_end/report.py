"""A year's report: both tables, their checks, and whether they are filed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from db.disputes.reading import read_disputes
from db.errors import NotFound
from db.storage.register import Register
from db.year_end.as_of import year_table_as_of
from db.year_end.checks import Finding, check_table
from db.year_end.dispute_table import Table4, dispute_table
from db.year_end.filing import Filing, read_filing
from db.year_end.form import Form
from db.year_end.request_table import YearTable, year_table
from db.year_end.restatements import Restatement, restatements


@dataclass(frozen=True, slots=True)
class YearReport:
    """The figures of an organ's year, live, as filed, or as of a past moment."""

    table: YearTable
    disputes: Table4
    findings: tuple[Finding, ...]
    filing: Filing | None
    restatements: tuple[Restatement, ...]

    @property
    def wrong(self) -> tuple[Finding, ...]:
        return tuple(finding for finding in self.findings if not finding.ok)


def year_report(
    register: Register,
    year: int,
    organ: str | None = None,
    form: Form | None = None,
    *,
    as_of: datetime | None = None,
    filed: bool = False,
) -> YearReport:
    """The report of a year: as it stands now, as it stood at a moment, or as it was filed.

    A moment knows nothing of a later filing, nor of what was restated after it.

    Raises:
        NotFound: no such organ; or the filed figures are asked for and there are none.
    """
    filing = read_filing(register, year, organ)
    if filing and as_of and filing.filed_at > as_of:
        filing = None
    moved = restatements(register, year, organ) if filing else ()
    if as_of:
        moved = tuple(one for one in moved if one.recorded_at <= as_of)
    live = as_of is None and not filed
    if filed:
        if filing is None:
            raise NotFound(f"{year}年的数据还没有封账；请先封账。")
        if form not in (None, filing.table.form):
            raise NotFound(f"{year}年的数据是按{filing.table.form}年格式封账的。")
        table, disputes = filing.table, filing.disputes
    elif as_of is not None:
        table, disputes = year_table_as_of(register, year, as_of, organ, form)
    else:
        table = year_table(register, year, organ, form)
        with register.reading() as connection:
            disputes = dispute_table(read_disputes(connection), table.organ, year)
    findings = check_table(register, table, disputes, live=live, as_of=as_of)
    return YearReport(table, disputes, findings, filing, moved)
