"""A ledger file understood: every row's history and every row's faults, before any register is asked."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from db.cases.bulk import STEP, Progress
from db.cases.organ_facts import organ_name
from db.errors import Unreadable
from db.law.event import Event
from db.law.history import effective
from db.law.impossible import refusals
from exports.ledger.columns import DERIVED
from exports.ledger.faults import Fault, FaultList
from exports.ledger.heading import (
    NO_NAME,
    Column,
    Heading,
    find_heading,
    meaning_of_nameless,
    nameless,
    no_case,
)
from exports.ledger.read_file import open_rows
from exports.ledger.read_row import read_row, row_fault
from exports.ledger.taught import NOTHING, Taught
from exports.spreadsheet.read_book import Cells, NoValue

MOST_ROWS = 250_000
"""Of one file: what understanding them takes grows with them."""
MOST_EVENTS = 300_000
"""Of one file, besides three a row: what is held of them until all is checked."""
HOPELESS = 100_000
"""So many faults, more than three a row, and it is no ledger: it is not read to its end."""


@dataclass(slots=True)
class Told:
    """One row's history, on its way into the register."""

    row: int
    history: list[Event]
    named: bool
    """Whether the file gives the case's number."""


@dataclass(frozen=True, slots=True)
class PassedOver:
    """A row that tells of no case, and how it begins."""

    row: int
    begins: str


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
            one.history[0] = replace(one.history[0], organ=name)
    return replace(ledger, organ=name)


def understand_ledger(
    path: Path, today: date, progress: Progress | None = None, taught: Taught = NOTHING
) -> Understood:
    """Read a file with what the office has taught; rows that are wholly empty are passed over.

    Raises:
        NotFound, Unreadable: the file cannot be read.
    """
    say = progress or (lambda *_: None)
    say("读取文件", 0, 0)
    sheet, rows = open_rows(path)
    heading, rows = find_heading(sheet, rows, taught)
    reading = _Reading(sheet, heading, today, taught)
    digest = _digest(path)
    for place, (number, cells) in enumerate(rows):
        if place % STEP == 0:
            say("读取并核对各行", place, 0)
        reading.take(number, cells)
    reading.told.sort(key=lambda one: one.history[0].on)  # what was registered last is shown first
    return Understood(
        path,
        digest,
        sheet,
        heading,
        reading.told,
        reading.faults,
        reading.twice,
        tuple(reading.passed),
    )


class _Reading:
    """What has been understood so far."""

    def __init__(self, sheet: str, heading: Heading, today: date, taught: Taught) -> None:
        self._sheet, self._today, self._taught = sheet, today, taught
        self._columns: dict[int, Column] = {column.place: column for column in heading.columns}
        self._headings = {fault.column for fault in heading.faults}
        self.told: list[Told] = []
        self.faults = FaultList(heading.faults)
        self.twice: list[Fault] = []
        self.passed: list[PassedOver] = []
        self._seen: dict[tuple[Event, ...], int] = {}
        self._notes: dict[int, str | None] = {}
        self._rows = self._events = 0

    def take(self, row: int, cells: Cells) -> None:
        """Understand one row."""
        named, unread = self._named(row, cells)
        if not named and not unread:
            return
        self._rows += 1
        if self._rows > MOST_ROWS:
            raise Unreadable(f"“{self._sheet}”超过{MOST_ROWS}行；请分成几个文件导入。")
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
        self.faults.extend(unread)
        self.faults.extend(wrong)
        if len(self.faults) > HOPELESS + 3 * self._rows:
            raise Unreadable(
                f"“{self._sheet}”到第{row}行已有{len(self.faults)}处无法识别，不像台账；"
                "请核对是不是这个文件。"
            )

    def _named(self, row: int, cells: Cells) -> tuple[dict[str, Any], list[Fault]]:
        """What a row holds, by the ledger's columns, and what of it has no column or no value."""
        named: dict[str, Any] = {}
        unread: list[Fault] = []
        for place, cell in cells.items():
            if _empty(cell):
                continue
            column = self._columns.get(place)
            means = column.means if column else meaning_of_nameless(place, self._taught)
            if means is None or (isinstance(cell, NoValue) and means in DERIVED):
                continue
            if not means:
                reason = f"{NO_NAME}；请补上列名。"
                unread.append(Fault(self._sheet, row, nameless(place), "", reason))
            elif isinstance(cell, NoValue):
                unread.append(Fault(self._sheet, row, means, cell.shown, cell.reason))
            else:
                named[means] = cell
        return named, unread

    def _keep(self, row: int, history: list[Event]) -> None:
        told = Told(row, history, history[0].number is not None)
        self.told.append(told)
        # 备注 aside: an ordinal of the office's own may stand there
        key = (replace(history[0], note=None), *history[1:])
        first = row if told.named else self._seen.setdefault(key, row)
        if first != row:
            same = "完全相同" if history[0].note == self._notes[first] else "除备注以外完全相同"
            self.twice.append(Fault(self._sheet, row, "", "", f"与第{first}行{same}。"))
        elif not told.named:
            self._notes[row] = history[0].note
        self._events += len(history)
        if self._events > MOST_EVENTS + 3 * self._rows:
            raise Unreadable(f"“{self._sheet}”的办理记录过多；请分成几个文件导入。")

    def _impossible(
        self, history: Sequence[Event], cells: Mapping[str, Any], row: int
    ) -> Iterator[Fault]:
        """What a row tells that cannot have happened."""
        for refusal in refusals(effective(history), self._today):
            yield row_fault(refusal, cells, self._sheet, row)


def _empty(cell: Any) -> bool:
    return cell is None or (isinstance(cell, str) and not cell.strip())


def _digest(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""  # what cannot be read is told by who reads it
