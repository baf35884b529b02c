"""Another organ's report as it came in: its tables as far as they are read, and what is wrong."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from db.disputes.dispute import Block
from db.year_end.dispute_table import Table4
from db.year_end.form import COLUMNS, Form, row_labels
from db.year_end.narrative import Part
from db.year_end.proactive import Proactive
from db.year_end.request_table import FigureRow, YearTable

PROBLEMS: Mapping[str, str] = {
    "form": "格式或年度不对",
    "missing": "缺表或缺行",
    "unread": "读不出",
    "twice": "同一份报告报了两次",
}
"""What is wrong with a report besides the rules of its year (`db.year_end.finding.RULES`)."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong with a report: both sides of a comparison, if it is one, and a sentence
    that its organ can be sent."""

    rule: str
    where: str
    text: str
    left: int | None = None
    right: int | None = None


@dataclass(frozen=True, slots=True)
class Received:
    """A report that somebody else made; a figure that could not be read is None.

    `organ` and `year` are as its title says, `signed` the organ under it. `problems` are what its
    reading found: blanks (P), what is missing, what could not be read; `remarks` stop nothing.
    """

    file: str
    organ: str
    year: int | None
    form: Form
    requests: Mapping[str, tuple[int | None, ...]] | None
    disputes: Mapping[Block, tuple[int | None, ...]] | None
    proactive: Mapping[str, Decimal | None] | None
    signed: str = ""
    texts: Mapping[Part, str] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    remarks: tuple[Problem, ...] = ()

    @property
    def whole(self) -> bool:
        """Whether every figure of tables 3 and 4 was read."""
        tables = (self.requests, self.disputes)
        return all(
            table is not None and all(n is not None for cells in table.values() for n in cells)
            for table in tables
        ) and all(value is not None for value in (self.proactive or {}).values())

    def table(self, as_of: datetime, year: int | None = None) -> YearTable:
        """Table 3; what could not be read is 0."""
        nothing = (None,) * len(COLUMNS)
        cells = self.requests or {}
        rows = tuple(
            FigureRow(
                row.code,
                row.group,
                row.label,
                tuple(n or 0 for n in cells.get(row.code, nothing)),
            )
            for row in row_labels(self.form)
        )
        return YearTable(
            year or self.year or as_of.year - 1, self.form, self.organ, self.organ, as_of, rows
        )

    def table4(self) -> Table4:
        """Table 4, the same."""
        told = self.disputes or {}
        return {block: tuple(n or 0 for n in told.get(block, (0,) * 5)) for block in Block}

    def table2(self) -> Proactive:
        """Table 2, as far as it was read."""
        told = self.proactive or {}
        return Proactive(self.form, {key: n for key, n in told.items() if n is not None})
