"""Table 4 · 行政复议、行政诉讼: a year's disputes by block and result (DOMAIN, section 5)."""

from __future__ import annotations

from collections.abc import Iterable

from db.cases.case_file import find_id, read_events
from db.disputes.recording import RESULTS, Block, Dispute, Result, list_disputes, read_disputes
from db.law.history import effective, first_conclusion
from db.storage.register import Register
from db.words.vocabulary import EventKind

Table4 = dict[Block, tuple[int, ...]]
"""Each block's 结果维持, 结果纠正, 其他结果, 尚未审结 and 总计."""


def dispute_table(found: Iterable[Dispute], organ: str, year: int) -> Table4:
    """Table 4 of an organ and year. The totals are counted on their own, so that rule D can fail."""
    counted = [
        (dispute.block, result)
        for dispute in found
        if dispute.organ == organ and (result := dispute.counts_in(year)) is not None
    ]
    return {
        block: (
            *(counted.count((block, result)) for result in RESULTS),
            sum(1 for other, _ in counted if other is block),
        )
        for block in Block
    }


def disputes_behind(
    register: Register, year: int, organ: str, block: Block, result: Result | None
) -> list[Dispute]:
    """The disputes a figure of table 4 counts; `result` None is the block's 总计."""
    return [
        dispute
        for dispute in list_disputes(register)
        if dispute.organ == organ
        and dispute.block is block
        and (counts := dispute.counts_in(year)) is not None
        and (result is None or counts is result)
    ]


def awaiting_new_answer(register: Register) -> list[Dispute]:
    """Disputes that corrected the office's answer whose case has no 重新答复 since."""
    waiting: list[Dispute] = []
    with register.reading() as connection:
        for dispute in read_disputes(connection):
            if dispute.voided or dispute.result is not Result.CORRECTED or not dispute.case:
                continue
            history = effective(read_events(connection, find_id(connection, dispute.case)))
            answered_anew = any(
                event.kind is EventKind.REDECIDED and event.on >= (dispute.concluded_on or event.on)
                for event in history
            )
            if not answered_anew and first_conclusion(history) is not None:
                waiting.append(dispute)
    return waiting
