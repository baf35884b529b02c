"""Another organ's report as it came in: its tables as far as they are read, and what is wrong."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from db.disputes.dispute import Block
from db.year_end.dispute_table import Table4
from db.year_end.form import COLUMNS, Form, row_labels
from db.year_end.narrative import Part
from db.year_end.proactive import Proactive
from db.year_end.report import YearReport
from db.year_end.request_table import FigureRow, YearTable

PROBLEMS: Mapping[str, str] = {
    "form": "格式或年度不对",
    "missing": "缺表或缺行",
    "unread": "读不出",
    "twice": "同一份报告报了两次",
}
"""What is wrong with a report besides the rules of its year (`db.year_end.finding.RULES`)."""

_SIDES: Mapping[str, tuple[str, str]] = {
    "A": ("各项之和", "（七）总计"),
    "B": ("第一项加第二项", "（七）总计加第四项"),
    "C": ("六类之和", "总计"),
    "D": ("各项结果之和", "总计"),
}
_MOST_SIDES = 6


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong with a report: both sides of a comparison, if it is one, and a sentence
    that its organ can be sent."""

    rule: str
    where: str
    text: str
    left: int | Decimal | None = None
    right: int | Decimal | None = None
    likely: str = ""
    """The mistake that is probably behind it, which may stand behind others, too."""

    @property
    def sides(self) -> str:
        """Both sides of a comparison in short; empty if it is none."""
        if self.left is None or self.right is None:
            return ""
        left, right = _SIDES.get(self.rule, ("", "≠"))
        return f"“{self.where}”{left}{self.left}{'，' if left else ''}{right}{self.right}"


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
    named: str = ""
    """The organ that the file's name tells, if it tells one."""
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


def gathered(problems: Sequence[Problem]) -> list[str]:
    """What is wrong in as few sentences as say it: of one mistake all that it explains together."""
    told: list[str] = []
    for problem in problems:
        if not problem.likely:
            told.append(problem.text)
            continue
        behind = [
            other.sides or f"“{other.where}”"
            for other in problems
            if other.likely == problem.likely
        ]
        more = f"等{len(behind)}处" if len(behind) > _MOST_SIDES else ""
        sentence = f"{problem.likely}（{'；'.join(behind[:_MOST_SIDES])}{more}）"
        if sentence not in told:
            told.append(sentence)
    return list(dict.fromkeys(told))


def of_report(report: YearReport, name: str) -> Received:
    """The office's own report as one of the parts."""
    entered = report.own.proactive.values
    return Received(
        file=name,
        organ=report.table.organ,
        year=report.table.year,
        form=report.table.form,
        requests={row.code: row.cells for row in report.table.rows},
        disputes=report.disputes,
        proactive=dict(entered) or None,
        texts={part: text.text for part, text in report.own.narrative.items() if text.text},
    )
