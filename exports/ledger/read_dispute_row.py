"""One row of the sheet 复议诉讼 as one dispute."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from db.disputes.bulk import Told
from db.disputes.dispute import Block, Result
from db.disputes.proceedings import LABELS
from db.errors import BadValue
from db.law.impossible import EARLIEST
from db.words.text import clean, fold, nfkc
from exports.ledger.cell_values import EMPTY, RowFaults, blank, chosen_word, one_date, told_text
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
    NOBODY,
    OLDER_CASE,
    ORDINAL,
    RESULT,
)
from exports.ledger.dispute_remarks import split_dispute_remarks
from exports.ledger.dispute_words import parse_block, parse_result, parse_yes
from exports.ledger.faults import UNKNOWN, Fault
from exports.ledger.taught import NOTHING, Taught

_DAYS = (FILED_ON, CONCLUDED_ON)


@dataclass(slots=True)
class DisputeRow:
    """A row that is understood, and how the sheet numbers it and the review it follows."""

    row: int
    ordinal: str
    review: str
    told: Told

    @property
    def key(self) -> tuple[str, Block, str, date]:
        """What tells a dispute from another: where it comes from, its block, body and day."""
        return (
            self.told.case or self.told.older_case or "",
            self.told.block,
            self.told.body,
            self.told.filed_on,
        )


def read_dispute_row(
    cells: Mapping[str, Any], sheet: str, row: int, today: date, taught: Taught = NOTHING
) -> tuple[DisputeRow | None, list[Fault]]:
    """The dispute one row tells, and every cell of it that is not understood.

    `cells` maps column names to raw values; columns of another name are kept in 备注.
    """
    faults = RowFaults(cells, sheet, row)
    names = (*DISPUTES.columns, *(name for name in cells if name not in DISPUTES.columns))
    texts = {
        column: faults.attempt(column, partial(told_text, column, cells.get(column)))
        for column in names
        if column not in _DAYS
    }
    block = faults.attempt(BLOCK, lambda: chosen_word(BLOCK, texts[BLOCK], parse_block, taught))
    if block is None and not faults.of(BLOCK):
        faults.add(BLOCK, EMPTY)
    filed_on, concluded_on = (
        faults.attempt(column, partial(_day, column, cells, today)) for column in _DAYS
    )
    if filed_on and concluded_on and concluded_on < filed_on:
        faults.add(CONCLUDED_ON, f"早于提起日期{filed_on}，请核对。")
    result = faults.attempt(
        RESULT, lambda: chosen_word(RESULT, texts[RESULT], parse_result, taught)
    )
    _hold_ending_together(cells, result, faults)
    alone = faults.attempt(CO_DEFENDANT, lambda: _yes(texts[CO_DEFENDANT]))
    case = nfkc(texts[CASE_NUMBER] or "").strip() or None
    older = texts[OLDER_CASE]
    if case is None and older is None and not faults.of(CASE_NUMBER) and not faults.of(OLDER_CASE):
        faults.add(CASE_NUMBER, f"{CASE_NUMBER}和{OLDER_CASE}都是空的；请填写其中一项。")
    review = ordinal(texts[AFTER])
    if review and block is not None and block is not Block.SUIT_AFTER_REVIEW:
        faults.add(AFTER, f"只有“{Block.SUIT_AFTER_REVIEW.label}”可以指明一件行政复议。")
    others = [f"{name}：{texts[name]}" for name in names[len(DISPUTES.columns) :] if texts[name]]
    free, proceedings = split_dispute_remarks(texts[REMARKS] or "")
    note = faults.attempt(REMARKS, lambda: _note(free, others))
    if filed_on is not None:
        faults.attempt(REMARKS, lambda: _refuse_days(proceedings, filed_on, today))
    if faults.found or block is None or filed_on is None:
        return None, faults.found
    told = Told(
        block,
        texts[BODY] or NOBODY,
        filed_on,
        case=case,
        older_case=None if case is None and older == BEFORE_THE_REGISTER else older,
        organ=texts[ORGAN],
        co_defendant=bool(alone),
        concluded_on=concluded_on,
        result=result if concluded_on is not None else None,
        proceedings=proceedings,
        note=note,
    )
    return DisputeRow(row, ordinal(texts[ORDINAL]), review, told), []


def ordinal(text: str | None) -> str:
    """A 序号 as it is compared: `第3号` and `3` are the same."""
    return fold(text or "").removeprefix("第").removesuffix("号")


def _day(column: str, cells: Mapping[str, Any], today: date) -> date | None:
    day = one_date(column, cells, required=column in DISPUTES.required)
    if day is not None and day > today:
        raise BadValue(f"在今天（{today}）之后，还没有发生。")
    if day is not None and day < EARLIEST:
        raise BadValue("过早，请核对年份。")
    return day


def _hold_ending_together(
    cells: Mapping[str, Any], result: Result | None, faults: RowFaults
) -> None:
    """A day without a result, a result without a day."""
    ended = not blank(cells.get(CONCLUDED_ON))
    if ended and result is Result.PENDING:
        faults.add(RESULT, "填了审结日期，结果却是尚未审结。")
    elif ended and result is None and not faults.of(RESULT):
        faults.add(RESULT, "填了审结日期，却没有结果。")
    elif not ended and result not in (None, Result.PENDING):
        faults.add(CONCLUDED_ON, "填了结果，却没有审结日期。")


def _yes(text: str | None) -> bool:
    if not text:
        return False
    said = parse_yes(text)
    if said is None:
        raise BadValue(f"{UNKNOWN}；请写“是”，或空着。")
    return said


def _note(free: str | None, others: list[str]) -> str | None:
    return clean("\n".join(filter(None, (free, *others))), REMARKS) or None


def _refuse_days(proceedings: Mapping[str, Any], filed_on: date, today: date) -> None:
    """Days of the proceedings that cannot be."""
    for name in ("answered_on", "ordered_on"):
        day = proceedings.get(name)
        if day is not None and day > today:
            raise BadValue(f"{LABELS[name]}{day}在今天（{today}）之后，还没有发生。")
    for name, value in proceedings.items():
        if isinstance(value, date) and value < filed_on:
            raise BadValue(f"{LABELS[name]}{value}早于提起日期{filed_on}，请核对。")
