"""A report for others: whom its cases, disputes and corrections concern is hidden."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from db.cases.event_log import read_events
from db.cases.numbers import find_id
from db.disputes.dispute import Dispute
from db.disputes.reading import read_disputes
from db.privacy.masking import mask_of
from db.storage.transaction import Transaction
from db.year_end.cases_behind import SourceRow
from db.year_end.report import YearReport

OLDER = "（旧件）"
"""What stands for an older case told of in words, which may name somebody."""
EXPLAINED = "已说明"
"""What stands for why a check does not hold."""


def masked_sources(tx: Transaction, found: Iterable[SourceRow]) -> Iterator[SourceRow]:
    """The cases; what hides in a subject is known from the case's whole history."""
    for row in found:
        recorded = read_events(tx.connection, find_id(tx.connection, row.number))
        mask = mask_of(recorded, row.kind)
        yield replace(
            row,
            applicant=mask.name(row.applicant) or "",
            subject=mask.text(row.subject) or "",
        )


def masked_dispute(dispute: Dispute) -> Dispute:
    return replace(dispute, older_case=OLDER) if dispute.older_case else dispute


def masked_report(tx: Transaction, report: YearReport) -> YearReport:
    """The report whose restatements and findings give no reasons: they are free talk about people.

    The texts of parts 一, 五, 六 stay: they are the office's own and written to be published.
    """
    older = {dispute.older_case for dispute in read_disputes(tx.connection)}
    return replace(
        report,
        findings=tuple(
            replace(finding, explained=EXPLAINED) if finding.explained else finding
            for finding in report.findings
        ),
        restatements=tuple(
            replace(
                moved,
                number=OLDER if moved.number in older else moved.number,
                what=moved.what.partition("：")[0],
            )
            for moved in report.restatements
        ),
    )
