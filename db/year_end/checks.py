"""勾稽校验: the rules a year's table must satisfy. A finding shows both sides (DOMAIN, section 5)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from sqlalchemy import Connection, func, or_, select

from db.cases.organs import which_organ
from db.disputes.dispute import RESULTS, Block
from db.storage.schema import CROSSING_BY_DAYS, NOT_CANCELLED, cases
from db.year_end.dispute_table import Table4
from db.year_end.filing import Filing
from db.year_end.finding import Finding
from db.year_end.form import (
    CARRIED_IN,
    CARRIED_OUT,
    COLUMN_LABELS,
    COLUMNS,
    CONCLUDED,
    NEW,
    row_labels,
)
from db.year_end.request_table import YearTable


def check_table(
    connection: Connection,
    table: YearTable,
    disputes: Table4,
    year_before: Filing | None,
    *,
    live: bool,
) -> tuple[Finding, ...]:
    """Every check of a year's tables, in every column and row; those that hold as well.

    In the transaction that counted the table: Q asks the register as it is now, so a table of the
    past (`live` false) goes without it. L needs the filing of the year before.
    """
    findings = list(check_sums(table, disputes))
    if year_before is not None:
        findings += _carried(table, year_before.table)
    if live:
        still_open = _open_at_year_end(connection, table)
        where = f"{table.year}年12月31日"
        findings.append(Finding("Q", where, table.row(CARRIED_OUT).cells[-1], still_open))
    return tuple(findings)


def check_sums(table: YearTable, disputes: Table4) -> Iterator[Finding]:
    """What both tables say of themselves: A, B, C, D and P."""
    figures = [n for row in table.rows for n in row.cells]
    figures += [n for cells in disputes.values() for n in cells]
    yield from _sums(table)
    yield from _rows(table)
    for block, cells in disputes.items():
        yield Finding("D", block.label, sum(cells[:-1]), cells[-1])
    yield Finding("P", "全部表格", sum(n >= 0 for n in figures), _size(table))


def _size(table: YearTable) -> int:
    """How many figures the form has: its request rows, and five in each block of table 4."""
    return len(row_labels(table.form)) * len(COLUMNS) + len(Block) * (len(RESULTS) + 1)


def _carried(table: YearTable, year_before: YearTable) -> Iterator[Finding]:
    carried_in, carried_out = table.row(CARRIED_IN), year_before.row(CARRIED_OUT)
    for place, label in enumerate(COLUMN_LABELS):
        yield Finding("L", label, carried_in.cells[place], carried_out.cells[place])


def check_founded(table: YearTable, founded: date) -> Iterator[Finding]:
    """L of the year an organ was founded in: there is no year before to carry anything over from."""
    about = f"本机关{founded.year}年{founded.month}月{founded.day}日成立，没有上年结转。"
    for place, label in enumerate(COLUMN_LABELS):
        yield Finding("L", label, table.row(CARRIED_IN).cells[place], 0, about=about)


def _sums(table: YearTable) -> Iterator[Finding]:
    results = [row for row in table.rows if row.code.startswith("3.") and row.code != CONCLUDED]
    new, carried_in = table.row(NEW), table.row(CARRIED_IN)
    concluded, carried_out = table.row(CONCLUDED), table.row(CARRIED_OUT)
    for place, label in enumerate(COLUMN_LABELS):
        yield Finding("A", label, sum(row.cells[place] for row in results), concluded.cells[place])
        yield Finding(
            "B",
            label,
            new.cells[place] + carried_in.cells[place],
            concluded.cells[place] + carried_out.cells[place],
        )


def _rows(table: YearTable) -> Iterator[Finding]:
    for row in table.rows:
        where = f"{row.group}{row.label}"
        yield Finding("C", where, sum(row.cells[:-1]), row.cells[-1])


def _open_at_year_end(connection: Connection, table: YearTable) -> int:
    """Count by the dates themselves, not by the years the table was counted on.

    Kept apart from `db.year_end.request_counts` on purpose, down to the index it reads.
    """
    organ_id = which_organ(connection, table.key).id
    last_day = date(table.year, 12, 31)
    query = (
        select(func.count())
        .select_from(cases)
        .where(
            cases.c.organ_id == organ_id,
            NOT_CANCELLED,
            CROSSING_BY_DAYS,
            cases.c.received_on <= last_day,
            or_(cases.c.concluded_on.is_(None), cases.c.concluded_on > last_day),
        )
        .with_hint(cases, "INDEXED BY cases_crossing_by_day", "sqlite")
    )
    return connection.execute(query).scalar_one()
