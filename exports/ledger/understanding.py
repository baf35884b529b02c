"""A ledger file understood: every row's history and every row's faults, before any register is asked."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain
from pathlib import Path
from typing import Any

from db.cases.bulk import STEP, Progress
from db.cases.organ_facts import organ_name
from db.errors import Unreadable
from db.law.event import Event, replaced
from db.law.history import effective
from db.law.impossible import refusals
from db.words.text import nfkc
from exports.ledger.columns import NUMBER
from exports.ledger.faults import Fault, FaultList
from exports.ledger.heading import Heading, find_heading, no_case
from exports.ledger.named_cells import NamedCells
from exports.ledger.read_file import open_rows, unread_sheets
from exports.ledger.read_row import read_row, row_fault
from exports.ledger.taught import NOTHING, Taught
from exports.ledger.understanding_disputes import (
    PassedOver,
    UnderstoodDisputes,
    understand_disputes,
)
from exports.spreadsheet.read_book import Cells

MOST_EVENTS = 300_000
"""Of one file, besides three a row: what is held of them until all is checked."""


@dataclass(slots=True)
class Told:
    """One row's history, on its way into the register."""

    row: int
    history: list[Event]
    named: bool
    """Whether the file gives the case's number."""


@dataclass(frozen=True, slots=True)
class Understood:
    """A ledger read and checked; without faults it may be stored."""

    path: Path
    digest: str
    """Of the file's content."""
    sheet: str
    heading: Heading
    told: list[Told]
    """By the day of receipt, the oldest first."""
    faults: FaultList
    twice: list[Fault]
    """Rows without a number that tell what another has told, in every word but 备注."""
    passed: tuple[PassedOver, ...]
    organ: str | None = None
    """Whose the rows are that name no organ; None is the register's first."""
    disputes: UnderstoodDisputes | None = None
    """The sheet 复议诉讼, if there is one that tells anything."""
    unread: tuple[str, ...] = ()
    """Other sheets that hold something: none of it is imported."""
    unread_numbers: frozenset[str] = frozenset()
    """Of rows that are not understood: a dispute may name one."""

    @property
    def all_faults(self) -> FaultList:
        """Those of both sheets."""
        if self.disputes is None:
            return self.faults
        return FaultList(chain(self.faults, self.disputes.faults))

    def heading_of(self, sheet: str) -> Heading:
        """The heading of the sheet in which a fault was found."""
        mine = self.disputes is None or sheet != self.disputes.sheet
        return self.heading if mine or self.disputes is None else self.disputes.heading


def for_organ(ledger: Understood, organ: str | None) -> Understood:
    """The same ledger, with the rows that name no organ given to one.

    Raises:
        BadValue: that is no name.
    """
    if organ is None:
        return ledger
    name = organ_name(organ)
    for one in ledger.told:
        if one.history[0].organ is None:
            one.history[0] = replaced(one.history[0], organ=name)
    for dispute in ledger.disputes.told if ledger.disputes else ():
        if dispute.told.organ is None and dispute.told.case is None:
            dispute.told = replace(dispute.told, organ=name)
    return replace(ledger, organ=name)


def understand_ledger(
    path: Path,
    today: date,
    progress: Progress | None = None,
    taught: Taught = NOTHING,
    *,
    apart: Path | None = None,
) -> Understood:
    """Read a file with what the office has taught; rows that are wholly empty are passed over.

    `apart` is a second file that holds the sheet 复议诉讼.

    Raises:
        NotFound, Unreadable: the file cannot be read.
    """
    say = progress or (lambda *_: None)
    say("读取文件", 0, 0)
    sheet, rows = open_rows(path)
    heading, rows = find_heading(sheet, rows, taught)
    reading = _Reading(sheet, heading, today, taught)
    digest = _digest(path, apart)
    for place, (number, cells) in enumerate(rows):
        if place % STEP == 0:
            say("读取并核对各行", place, 0)
        reading.take(number, cells)
    reading.told.sort(key=lambda one: one.history[0].on)  # what was registered last is shown first
    disputes, empty = understand_disputes(path, apart, today, taught)
    if disputes is not None and not heading.columns and not reading.faults[len(heading.faults) :]:
        reading.faults = FaultList()  # a file of disputes alone: nothing is missing from its cases
    return Understood(
        path,
        digest,
        sheet,
        heading,
        reading.told,
        reading.faults,
        reading.twice,
        tuple(reading.passed),
        disputes=disputes,
        unread=(*unread_sheets(path, apart), *empty),
        unread_numbers=frozenset(reading.unread_numbers),
    )


class _Reading:
    """What has been understood so far."""

    def __init__(self, sheet: str, heading: Heading, today: date, taught: Taught) -> None:
        self._sheet, self._today, self._taught = sheet, today, taught
        self._cells = NamedCells(sheet, heading, taught)
        self._headings = {fault.column for fault in heading.faults}
        self.told: list[Told] = []
        self.faults = FaultList(heading.faults)
        self.twice: list[Fault] = []
        self.passed: list[PassedOver] = []
        self._seen: dict[tuple[Event, ...], int] = {}
        self._notes: dict[int, str | None] = {}
        self._events = 0
        self.unread_numbers: set[str] = set()

    def take(self, row: int, cells: Cells) -> None:
        """Understand one row."""
        named, unread = self._cells.of(row, cells)
        if not named and not unread:
            return
        begins = "" if unread else no_case(cells, named)
        if begins:
            self.passed.append(PassedOver(row, begins))
            return
        history, wrong = read_row(named, self._sheet, row, self._taught)
        known = {fault.column for fault in unread} | self._headings
        wrong = [fault for fault in wrong if fault.column not in known]
        if history and not unread:
            columns = {fault.column for fault in wrong}
            wrong += [
                fault
                for fault in self._impossible(history, named, row)
                if fault.column not in columns
            ]
            self._keep(row, history)
        elif NUMBER in named:
            self.unread_numbers.add(nfkc(str(named[NUMBER])).strip())
        self.faults.extend(unread)
        self.faults.extend(wrong)
        self._cells.refuse_hopeless(row, self.faults)

    def _keep(self, row: int, history: list[Event]) -> None:
        told = Told(row, history, history[0].number is not None)
        self.told.append(told)
        # 备注 aside: an ordinal of the office's own may stand there
        key = (replaced(history[0], note=None), *history[1:])
        first = row if told.named else self._seen.setdefault(key, row)
        if first != row:
            same = "完全相同" if history[0].note == self._notes[first] else "除备注以外完全相同"
            self.twice.append(Fault(self._sheet, row, "", "", f"与第{first}行{same}。"))
        elif not told.named:
            self._notes[row] = history[0].note
        self._events += len(history)
        if self._events > MOST_EVENTS + 3 * self._cells.rows:
            raise Unreadable(f"“{self._sheet}”的办理记录过多；请分成几个文件导入。")

    def _impossible(
        self, history: Sequence[Event], cells: Mapping[str, Any], row: int
    ) -> Iterator[Fault]:
        """What a row tells that cannot have happened."""
        for refusal in refusals(effective(history), self._today):
            yield row_fault(refusal, cells, self._sheet, row)


def _digest(path: Path, apart: Path | None) -> str:
    try:
        told = [_digest_of(path), *([_digest_of(apart)] if apart else [])]
    except OSError:
        return ""  # what cannot be read is told by who reads it
    return told[0] if len(told) == 1 else hashlib.sha256("".join(told).encode()).hexdigest()


def _digest_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
