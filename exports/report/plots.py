"""What the charts of the papers show: a report's own figures, beside those of the years before."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from db.errors import NotFound
from db.storage.transaction import Transaction
from db.words.outcomes import OUTCOMES
from db.year_end.cases_behind import new_by_month
from db.year_end.form import CARRIED_OUT, CONCLUDED, NEW, row_labels
from db.year_end.report import YearReport, year_report
from db.year_end.request_table import YearTable

MONTHS = tuple(f"{month}月" for month in range(1, 13))
COLOURS = ("8A8F98", "1F4E8C", "A15C00")
_TREND = ((NEW, "新收"), (CONCLUDED, "办结"), (CARRIED_OUT, "结转下年度"))
_YEARS = 3


@dataclass(frozen=True, slots=True)
class Plot:
    """Numbers of cases: what they are of, and one of each series for every label."""

    title: str
    labels: tuple[str, ...]
    series: tuple[tuple[str, tuple[int, ...]], ...]

    @property
    def most(self) -> int:
        return max(number for _, numbers in self.series for number in numbers)


def colour_of(place: int, series: int) -> str:
    """The colour of a series, one of so many: each apart from white as WCAG asks of drawings."""
    return COLOURS[1] if series == 1 else COLOURS[place]


def plots(tx: Transaction, report: YearReport) -> list[Plot]:
    """The charts of a report, those of nothing left out.

    A year before is shown as it was filed, else as it stands now; beside a past day's figures there
    is none.
    """
    year = report.table.year
    earlier = [] if report.figures == "past" else list(_earlier(tx, report))
    told = [*earlier, report]
    by_month = [(f"{year}年", new_by_month(tx, report))]
    if earlier and earlier[-1].table.year == year - 1:
        by_month.insert(0, (f"{year - 1}年", new_by_month(tx, earlier[-1])))
    latest = [one.table for one in told if one.table.year >= year - 1]
    tables = [one.table for one in told]
    found = [
        Plot("各月新收政府信息公开申请数量", MONTHS, tuple(by_month)),
        Plot("办理结果", tuple(_groups()), tuple((f"{t.year}年", _by_group(t)) for t in latest)),
    ]
    if len(tables) > 1:
        trend = tuple(
            (label, tuple(table.row(code).cells[-1] for table in tables)) for code, label in _TREND
        )
        found.append(Plot("近年情况", tuple(f"{table.year}年" for table in tables), trend))
    return [plot for plot in found if plot.most]


def _earlier(tx: Transaction, report: YearReport) -> Iterator[YearReport]:
    """The years before, the oldest first, without any of which nothing is known."""
    for year in range(report.table.year - _YEARS + 1, report.table.year):
        try:
            told = year_report(tx, year, report.table.key, filed=True)
        except NotFound:
            told = year_report(tx, year, report.table.key)
        if told.filing or told.table.kept:
            yield told


def _groups() -> list[str]:
    return list(dict.fromkeys(outcome.group for outcome in OUTCOMES))


def _by_group(table: YearTable) -> tuple[int, ...]:
    group_of = {outcome.code: outcome.group for outcome in OUTCOMES}
    counted = dict.fromkeys(_groups(), 0)
    for label in row_labels(table.form):
        if label.outcomes:
            counted[group_of[label.outcomes[0]]] += table.row(label.code).cells[-1]
    return tuple(counted.values())
