"""The sheet 复议诉讼 of an exported ledger: which disputes it holds, and a row of each."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from db.cases.organs import read_organs
from db.disputes.dispute import Dispute, Result
from db.disputes.reading import read_disputes
from db.privacy.masking import mask_text
from db.storage.transaction import Transaction
from exports.ledger.columns import ORGAN, REMARKS
from exports.ledger.dispute_columns import (
    AFTER,
    BEFORE_THE_REGISTER,
    BLOCK,
    BODY,
    CASE_NUMBER,
    CO_DEFENDANT,
    CONCLUDED_ON,
    DISPUTES,
    FILED_ON,
    OLDER_CASE,
    ORDINAL,
    RESULT,
)
from exports.ledger.dispute_remarks import dispute_remarks

WIDTHS = {OLDER_CASE: 28, ORGAN: 24, BLOCK: 18, BODY: 28, REMARKS: 40, ORDINAL: 6, AFTER: 9}


def exported_disputes(
    tx: Transaction, numbers: Collection[str], year: int | None, *, whole: bool
) -> list[Dispute]:
    """The disputes that go with the exported cases, as they were recorded, none that is voided.

    `whole` is a register or a year of it: then every dispute goes with it, or all that the year's
    table counts, but for those of co-defendants. A suit takes its review along.
    """
    known = {one.id: one for one in read_disputes(tx.connection) if not one.voided}

    def goes(one: Dispute) -> bool:
        return one.case in numbers or (whole and (year is None or _of_year(one, year)))

    chosen = {one.id for one in known.values() if goes(one)}
    chosen |= {review for n in [*chosen] if (review := known[n].after) in known and review}
    return [one for one in known.values() if one.id in chosen]


def _of_year(one: Dispute, year: int) -> bool:
    """Filed by the end of the year, and not concluded before it."""
    ended = one.concluded_on
    return one.filed_on.year <= year and (ended is None or ended.year >= year)


def dispute_rows(
    tx: Transaction,
    disputes: Sequence[Dispute],
    numbers: Collection[str],
    year: int | None,
    *,
    masked: bool,
) -> Iterator[list[Any]]:
    """Each as the cells of the sheet, numbered from 1; `numbers` are the exported cases.

    A dispute whose case is not among them names it in words, so that the file can be read back
    alone. `masked` leaves out what tells of persons: words for an older case, 案号 and notes.
    """
    organs = read_organs(tx.connection)
    named_on = min(tx.today, date(year, 12, 31)) if year else tx.today
    ordinals = {one.id: place for place, one in enumerate(disputes, 1)}
    for one in disputes:
        case = one.case if one.case in numbers else None
        older = one.older_case if case else one.case or one.older_case or BEFORE_THE_REGISTER
        if masked and older != one.case:
            older = None if case else BEFORE_THE_REGISTER
        cells: dict[str, Any] = {
            ORDINAL: ordinals[one.id],
            CASE_NUMBER: case,
            OLDER_CASE: older,
            ORGAN: organs.name_on(one.organ, named_on),
            BLOCK: one.block.label,
            BODY: mask_text(one.body) if masked else one.body,
            FILED_ON: one.filed_on,
            CONCLUDED_ON: one.concluded_on,
            RESULT: None if one.result is Result.PENDING else one.result.label,
            CO_DEFENDANT: "是" if one.co_defendant else None,
            AFTER: ordinals.get(one.after) if one.after else None,
            REMARKS: _remarks(one, masked),
        }
        yield [cells[column] for column in DISPUTES.columns]


def _remarks(one: Dispute, masked: bool) -> str | None:
    if masked:
        return dispute_remarks(None, replace(one.proceedings, docket_no=None))
    return dispute_remarks(one.events[0].reason, one.proceedings)
