"""The sheet 复议诉讼 understood: every row's dispute and faults, and which review a suit follows."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from db.disputes.dispute import Block
from db.errors import BadValue
from exports.ledger.cell_values import told_text
from exports.ledger.dispute_columns import AFTER, DISPUTES, ORDINAL
from exports.ledger.faults import Fault, FaultList
from exports.ledger.heading import Heading, find_heading, no_case
from exports.ledger.named_cells import NamedCells
from exports.ledger.read_dispute_row import DisputeRow, ordinal, read_dispute_row
from exports.ledger.read_file import Rows, open_disputes
from exports.ledger.taught import Taught


@dataclass(frozen=True, slots=True)
class PassedOver:
    """A row that tells of no case, and how it begins."""

    row: int
    begins: str


@dataclass(frozen=True, slots=True)
class UnderstoodDisputes:
    """The disputes of a file."""

    sheet: str
    apart: Path | None
    """The file they stand in, if it is not the ledger's own."""
    heading: Heading
    told: list[DisputeRow]
    """As they stand in the sheet."""
    faults: FaultList
    twice: list[Fault]
    """Rows that tell what another has told, in every word."""
    passed: tuple[PassedOver, ...]


def understand_disputes(
    path: Path, apart: Path | None, today: date, taught: Taught
) -> tuple[UnderstoodDisputes | None, tuple[str, ...]]:
    """The disputes of a ledger file or of the one apart, if there are any.

    Also answers the name of a sheet that is called so and heads no disputes.

    Raises:
        NotFound, Unreadable: a file cannot be read.
    """
    found = open_disputes(path, apart)
    if found is None:
        return None, ()
    sheet, rows = found
    heading, rows = find_heading(sheet, rows, taught, DISPUTES)
    reading = _Reading(sheet, heading, today, taught, rows)
    if not reading.any and heading.missing:
        return None, (sheet,) if heading.columns else ()
    _find_reviews(reading)
    faults = FaultList(sorted(reading.faults, key=lambda fault: fault.row))
    twice = reading.twice()
    passed = tuple(reading.passed)
    return UnderstoodDisputes(sheet, apart, heading, reading.told, faults, twice, passed), ()


class _Reading:
    """What has been understood so far."""

    def __init__(
        self, sheet: str, heading: Heading, today: date, taught: Taught, rows: Rows
    ) -> None:
        self.sheet = sheet
        self.told: list[DisputeRow] = []
        self.faults = FaultList(heading.faults)
        self.passed: list[PassedOver] = []
        self.ordinals: Counter[str] = Counter()
        self.any = False
        named_cells = NamedCells(sheet, heading, taught)
        missing = {fault.column for fault in heading.faults}
        for row, cells in rows:
            named, unread = named_cells.of(row, cells)
            if not named and not unread:
                continue
            self.any = True
            begins = "" if unread else no_case(cells, named, DISPUTES)
            if begins:
                self.passed.append(PassedOver(row, begins))
                continue
            one, wrong = read_dispute_row(named, sheet, row, today, taught)
            known = {fault.column for fault in unread} | missing
            self.faults.extend(unread)
            self.faults.extend(fault for fault in wrong if fault.column not in known)
            self.ordinals[_ordinal(named)] += 1
            if one is not None and not unread:
                self.told.append(one)
            named_cells.refuse_hopeless(row, self.faults)

    def twice(self) -> list[Fault]:
        seen: dict[Any, int] = {}
        found: list[Fault] = []
        for one in self.told:
            key = (one.key, one.ordinal, repr(one.told))
            first = seen.setdefault(key, one.row)
            if first != one.row:
                found.append(Fault(self.sheet, one.row, "", "", f"与第{first}行完全相同。"))
        return found


def _ordinal(named: dict[str, Any]) -> str:
    try:
        return ordinal(told_text(ORDINAL, named.get(ORDINAL)))
    except BadValue:
        return ""


def _find_reviews(reading: _Reading) -> None:
    """Let every suit that names one follow its review."""
    places = {one.ordinal: place for place, one in enumerate(reading.told) if one.ordinal}
    for one in reading.told:
        if not one.review:
            continue
        place = places.get(one.review)
        reason = ""
        if not reading.ordinals[one.review]:
            reason = f"表里没有{ORDINAL}为“{one.review}”的行；请写前置行政复议那一行的{ORDINAL}。"
        elif reading.ordinals[one.review] > 1:
            reason = f"{ORDINAL}“{one.review}”在表里不止一行；请先改成不重复的。"
        elif place is not None:
            reason = _wrong_review(reading.told[place], one)
        if reason:
            reading.faults.append(Fault(reading.sheet, one.row, AFTER, one.review, reason))
        else:
            one.told = replace(one.told, after=place)


def _wrong_review(review: DisputeRow, suit: DisputeRow) -> str:
    """Why a row cannot be the review that a suit follows; empty if it can."""
    ended, filed_on = review.told.concluded_on, suit.told.filed_on
    if review.told.block is not Block.REVIEW:
        return f"第{review.row}行不是行政复议。"
    if ended is None or ended > filed_on:
        return f"第{review.row}行的行政复议在{filed_on}尚未审结，不能登记其后的起诉。"
    return ""
