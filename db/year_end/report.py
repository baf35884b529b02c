"""A year's report: both tables, their checks, and whether they are filed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from db.cases.organs import Organ, which_organ
from db.disputes.reading import read_disputes
from db.errors import NotFound
from db.storage.cutoff import Cutoff, cutoff_now
from db.storage.transaction import Transaction
from db.year_end.as_of import year_table_as_of
from db.year_end.checks import check_founded, check_table
from db.year_end.dispute_table import Table4, dispute_table
from db.year_end.explaining import explained, read_explained
from db.year_end.filing import Filing, read_filing
from db.year_end.finding import Finding
from db.year_end.form import CARRIED_IN, Form, form_of
from db.year_end.own_parts import OwnChange, OwnParts, changes_since, read_own_parts
from db.year_end.proactive import Proactive, read_proactive
from db.year_end.proactive_checks import check_proactive
from db.year_end.remarks import remarks_on
from db.year_end.request_table import YearTable, year_table
from db.year_end.restatements import Restatement, restatements_of

Figures = Literal["live", "filed", "past"]
_Tables = tuple[YearTable, Table4]


@dataclass(frozen=True, slots=True)
class YearReport:
    """The figures of an organ's year, live, as filed, or as of a past moment.

    `then` is what the figures know; `year_before` the filing that rule L looks at. `restated` are
    the tables that `restatements` lead to, on the form the year was filed on; None without any.
    """

    figures: Figures
    then: Cutoff
    table: YearTable
    disputes: Table4
    findings: tuple[Finding, ...]
    filing: Filing | None
    restatements: tuple[Restatement, ...]
    restated: _Tables | None
    year_before: Filing | None
    own: OwnParts
    """Table 2 and the texts."""
    own_changes: tuple[OwnChange, ...]
    """What of them was changed after the filing."""
    proactive_before: Proactive
    """Table 2 of the year before, which rules M and N look at."""
    founded: date | None = None
    """The day in its year on which the organ was founded: the report covers the days from then on."""

    @property
    def part_of_year(self) -> str:
        """Which days it covers, of a year in which the organ was founded; else empty."""
        if self.founded is None:
            return ""
        day = f"{self.founded.month}月{self.founded.day}日"
        year = self.table.year
        return f"本机关{year}年{day}成立，本报告统计期限自{year}年{day}起至{year}年12月31日止"

    @property
    def nothing_carried_in(self) -> bool:
        """Whether row 2 stays empty: before the organ was founded there was nothing to carry over."""
        return self.founded is not None and not self.table.row(CARRIED_IN).cells[-1]

    @property
    def wrong(self) -> tuple[Finding, ...]:
        """What does not hold, and is not explained."""
        return tuple(one for one in self.findings if not (one.ok or one.explained))

    @property
    def remarks(self) -> tuple[str, ...]:
        """What the figures are remarked on for; none of it is a fault."""
        return tuple(remarks_on(self.table))


def year_report(
    tx: Transaction,
    year: int,
    organ: str | None = None,
    form: Form | None = None,
    *,
    as_of: datetime | None = None,
    filed: bool = False,
) -> YearReport:
    """The report of a year: as it stands now, as it stood at a moment, or as it was filed.

    A moment knows nothing of a later filing, nor of what was restated after it. All of it is read
    in one transaction, whatever is recorded meanwhile.

    Raises:
        NotFound: no such organ; or the filed figures are asked for and there are none.
    """
    filing = _filing_by(tx, year, organ, as_of)
    moved = restatements_of(tx, filing) if filing else ()
    now = cutoff_now(tx.connection, tx.now)
    if as_of:
        moved = tuple(one for one in moved if one.recorded_at <= as_of)
        now = Cutoff(as_of)
    then = now
    which: Figures = "past" if as_of else "live"
    if filed:
        if filing is None:
            raise NotFound(f"{year}年的数据还没有封账；请先封账。")
        if form not in (None, filing.table.form):
            raise NotFound(f"{year}年的数据是按{filing.table.form}年格式封账的。")
        table, disputes = filing.table, filing.disputes
        then, which = filing.cutoff, "filed"
    else:
        table, disputes = _tables(tx, year, organ, form or form_of(year), now, as_of)
    restated: _Tables | None = None
    if filing and moved:
        restated = table, disputes
        if filed or table.form != filing.table.form:
            filed_form = filing.table.form
            restated = _tables(tx, year, table.key, filed_form, now, as_of)
    year_before = _filing_by(tx, year - 1, table.key, as_of)
    own, changes = _own_parts(tx, table, filing, filed=filed, as_of=as_of)
    whose = which_organ(tx.connection, table.key)
    founded = _founded_within(whose, year)
    proactive_before = _proactive_before(tx, table, year_before, as_of)
    findings = (
        *check_table(tx.connection, table, disputes, year_before, live=which == "live"),
        *(check_founded(table, founded) if founded and year_before is None else ()),
        *check_proactive(own.proactive, proactive_before),
        *_check_texts(tx, table, disputes, own, year_before, as_of),
    )
    told = read_explained(tx.connection, whose.id, year, by=as_of)
    return YearReport(
        which,
        then,
        table,
        disputes,
        explained(findings, told),
        filing,
        moved,
        restated,
        year_before,
        own,
        changes,
        proactive_before,
        founded,
    )


def _founded_within(organ: Organ, year: int) -> date | None:
    """The day on which it was founded, if the year had begun by then."""
    first = date(year, 1, 1)
    return organ.founded if organ.founded and first < organ.founded <= date(year, 12, 31) else None


def _check_texts(
    tx: Transaction,
    table: YearTable,
    disputes: Table4,
    own: OwnParts,
    year_before: Filing | None,
    as_of: datetime | None,
) -> Iterator[Finding]:
    """Rule E; the year before is counted only where there is a text to hold against it."""
    if not any(text.text for text in own.narrative.values()):
        return
    from db.year_end.text_checks import check_texts, figures_of

    before = _proactive_before(tx, table, year_before, as_of)
    if year_before is not None:
        tables = year_before.table, year_before.disputes
    else:
        year, now = table.year - 1, cutoff_now(tx.connection, tx.now)
        tables = _tables(tx, year, table.key, form_of(year), now, as_of)
    known = year_before is not None or tables[0].kept
    yield from check_texts(
        own.narrative,
        figures_of(table, disputes, own.proactive),
        figures_of(*tables, before) if known else None,
        table.organ,
    )


def _own_parts(
    tx: Transaction,
    table: YearTable,
    filing: Filing | None,
    *,
    filed: bool,
    as_of: datetime | None,
) -> tuple[OwnParts, tuple[OwnChange, ...]]:
    """What the clerk entered for it, and what of that was changed after the filing."""
    connection, year, form = tx.connection, table.year, table.form
    organ_id = which_organ(connection, table.key).id
    changes: tuple[OwnChange, ...] = ()
    if filing is not None:
        since = changes_since(connection, organ_id, year, filing.table.form, filing.own)
        changes = tuple(one for one in since if as_of is None or one.recorded_at <= as_of)
    if filed and filing is not None:
        return filing.own, changes
    return read_own_parts(connection, organ_id, year, form, by=as_of), changes


def _proactive_before(
    tx: Transaction, table: YearTable, year_before: Filing | None, as_of: datetime | None
) -> Proactive:
    """Table 2 of the year before: as it was filed, else as it has been entered."""
    if year_before is not None and year_before.own.proactive.values:
        return year_before.own.proactive
    organ_id = which_organ(tx.connection, table.key).id
    year = table.year - 1
    return read_proactive(tx.connection, organ_id, year, form_of(year), by=as_of)


def _filing_by(
    tx: Transaction, year: int, organ: str | None, as_of: datetime | None
) -> Filing | None:
    filing = read_filing(tx, year, organ)
    return None if filing and as_of and filing.filed_at > as_of else filing


def _tables(
    tx: Transaction,
    year: int,
    organ: str | None,
    form: Form,
    now: Cutoff,
    as_of: datetime | None,
) -> _Tables:
    """As counted now, or replayed up to a moment."""
    if as_of is not None:
        return year_table_as_of(tx.connection, year, now, organ, form)
    table = year_table(tx, year, organ, form)
    return table, dispute_table(read_disputes(tx.connection), table.key, year)
