"""Where one case stands in a year's table: history in, cells out (DOMAIN, section 5).

The screens count in SQL (`db.year_end.request_table`); this is the same law as a pure function, for tables of
past moments, for restatements and for proofs.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from db.disputes.dispute import Block, Result
from db.law.event import Event
from db.law.history import first_conclusion
from db.words.outcomes import OUTCOME_BY_CODE, WITHDRAWN_CODE
from db.words.vocabulary import ApplicantKind, EventKind
from db.year_end.form import (
    CARRIED_IN,
    CARRIED_OUT,
    COLUMNS,
    CONCLUDED,
    NEW,
    TOTAL,
    Form,
    row_labels,
)


@dataclass(frozen=True, slots=True, order=True)
class Cell:
    """One figure a case or a dispute adds one to, 总计 and row 3.7 understood.

    `code` and `kind` are a row and an applicant's kind, or a block and a result of table 4.
    """

    code: str
    kind: str


_ROWS = {NEW: "本年新收", CARRIED_IN: "上年结转", CARRIED_OUT: "结转下年度"}


def in_words(cells: Iterable[Cell]) -> str:
    """`3.1 予以公开 自然人；行政复议 结果维持`; empty for no cells."""
    return "；".join(map(_in_words, cells))


def _in_words(cell: Cell) -> str:
    if cell.code in set(Block):
        return f"{Block(cell.code).label} {Result(cell.kind).label}"
    name = _ROWS.get(cell.code) or OUTCOME_BY_CODE[cell.code].name
    return f"{cell.code} {name} {ApplicantKind(cell.kind).label}"


def placements(history: Sequence[Event], year: int) -> frozenset[Cell]:
    """The rows a case stands in, in the column of its applicant; none when it is cancelled.

    `history` is effective. Codes are the outcomes' own, with 1, 2 and 4.
    """
    if not history or any(event.kind is EventKind.CANCELLED for event in history):
        return frozenset()
    received = history[0]
    kind = received.applicant_kind or ApplicantKind.NATURAL_PERSON
    conclusion = first_conclusion(history)
    first, last = date(year, 1, 1), date(year, 12, 31)
    codes: list[str] = []
    if first <= received.on <= last:
        codes.append(NEW)
    elif received.on < first and (conclusion is None or conclusion.on >= first):
        codes.append(CARRIED_IN)
    if conclusion is not None and first <= conclusion.on <= last:
        codes.append(conclusion.outcome or WITHDRAWN_CODE)
    if received.on <= last and (conclusion is None or conclusion.on > last):
        codes.append(CARRIED_OUT)
    return frozenset(Cell(code, kind.value) for code in codes)


def tabulate(cells: Iterable[Cell], form: Form) -> dict[str, tuple[int, ...]]:
    """Sum placements into the form's rows: code → the six kinds and 总计."""
    counted: dict[tuple[str, str], int] = {}
    for cell in cells:
        outcome = cell.code not in (NEW, CARRIED_IN, CARRIED_OUT)
        for code in (cell.code, CONCLUDED) if outcome else (cell.code,):
            for column in (cell.kind, TOTAL):
                counted[code, column] = counted.get((code, column), 0) + 1
    return {
        label.code: tuple(
            sum(counted.get((code, column), 0) for code in label.outcomes or (label.code,))
            for column in COLUMNS
        )
        for label in row_labels(form)
    }
