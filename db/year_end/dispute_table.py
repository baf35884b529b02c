"""Table 4 · 行政复议、行政诉讼: a year's disputes by block and result (DOMAIN, section 5)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from db.cases.organs import which_organ
from db.disputes.dispute import RESULTS, Block, Dispute, Result
from db.disputes.reading import list_disputes, read_disputes
from db.storage.cutoff import Cutoff
from db.storage.transaction import Transaction

Table4 = dict[Block, tuple[int, ...]]
"""Each block's 结果维持, 结果纠正, 其他结果, 尚未审结 and 总计."""


def dispute_table(found: Iterable[Dispute], organ: str, year: int) -> Table4:
    """Table 4 of an organ and year."""
    return disputes_between(found, organ, date(year, 1, 1), date(year, 12, 31))


def disputes_between(found: Iterable[Dispute], organ: str, first: date, last: date) -> Table4:
    """The same of any days. The totals are counted on their own, so that rule D can fail."""
    counted = [
        (dispute.block, result)
        for dispute in found
        if dispute.organ == organ and (result := dispute.counts_between(first, last)) is not None
    ]
    return {
        block: (
            *(counted.count((block, result)) for result in RESULTS),
            sum(1 for other, _ in counted if other is block),
        )
        for block in Block
    }


def disputes_behind(
    tx: Transaction,
    year: int,
    organ: str,
    block: Block,
    result: Result | None,
    then: Cutoff | None = None,
    days: tuple[date, date] | None = None,
) -> list[Dispute]:
    """The disputes a figure of table 4 counts, as they stand now; `result` None is the block's 总计.

    `then` is what the figure knows, if it is filed or past; `days` are those it counts, both ends
    with them, if it is not of the whole year.
    """
    first, last = days or (date(year, 1, 1), date(year, 12, 31))
    known = read_disputes(tx.connection, then=then)
    key = which_organ(tx.connection, organ).key
    counted = {
        dispute.id
        for dispute in known
        if dispute.organ == key
        and dispute.block is block
        and (counts := dispute.counts_between(first, last)) is not None
        and (result is None or counts is result)
    }
    now = list_disputes(tx) if then else known
    return [dispute for dispute in now if dispute.id in counted]
