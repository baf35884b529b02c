"""Importing a ledger: all of it in one transaction, or nothing and the whole list of faults."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import select

from db.cases.bulk import STEP, Progress, store_histories
from db.cases.numbers import last_serial
from db.cases.organ_facts import organ_name
from db.cases.organs import find_or_add_organ
from db.cases.same_cases import same_cases
from db.errors import RegisterError, Unreadable
from db.law.event import Event
from db.law.history import effective
from db.law.impossible import refusals
from db.maintenance.backups import back_up
from db.storage.register import Register
from db.storage.schema import cases
from db.storage.transaction import Transaction
from exports.ledger.columns import MOST_FAULTS, NUMBER, Fault
from exports.ledger.read_file import LedgerFile, read_ledger
from exports.ledger.read_row import read_row, row_fault

MOST_EVENTS = 400_000
"""Of one file: what is held of them until all is checked."""


class LedgerRefused(RegisterError):
    """The ledger holds rows that are not understood; `faults` lists every one."""

    def __init__(self, path: Path, faults: Sequence[Fault]) -> None:
        found = f"有{len(faults)}处" if len(faults) < MOST_FAULTS else f"至少有{MOST_FAULTS}处"
        super().__init__(f"{path.name} {found}看不懂，一行也没有导入；请改正后重新导入。")
        self.faults = tuple(faults)


class ToldAlready(LedgerRefused):
    """Rows of the ledger are cases already, or stand in it twice; `faults` lists every one.

    `taken` says that among them are numbers, which can never be used again.
    """

    def __init__(self, path: Path, faults: Sequence[Fault], *, taken: bool) -> None:
        super().__init__(path, faults)
        more = "编号已经用过的换一个。" if taken else "确实要再登记一遍的，加上 --again 导入。"
        self.args = (
            f"{path.name} 有{len(faults)}行已经登记过或写了两遍，一行也没有导入；"
            f"请删去这些行，{more}",
        )


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import stored (or, on a trial run, would store)."""

    cases: int
    events: int
    first: str
    last: str


@dataclass(slots=True)
class _Told:
    """One row's history, on its way into the register."""

    row: int
    history: list[Event]
    named: bool
    """Whether the file gives the case's number."""


@dataclass(frozen=True, slots=True)
class Understood:
    """A ledger read and checked before any register is asked; without faults it may be stored."""

    path: Path
    sheet: str
    told: list[_Told]
    faults: list[Fault]
    twice: list[Fault]
    """Rows without a number that tell in every word what another has told."""
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


def import_ledger(
    register: Register,
    path: Path,
    *,
    dry_run: bool = False,
    again: bool = False,
    progress: Progress | None = None,
) -> Imported:
    """Import a ledger file (.xlsx or .csv); `again` stores what is told already once more.

    Raises:
        NotFound, Unreadable: the file cannot be read.
        LedgerRefused: rows are not understood, impossible, or carry a number already used.
        ToldAlready: rows without a number are cases already, or stand in the file twice.
    """
    ledger = understand_ledger(path, register.clock.today(), progress)
    tried = try_ledger(register, ledger, again=again)
    return tried if dry_run else store_ledger(register, ledger, progress, again=again)


def understand_ledger(path: Path, today: date, progress: Progress | None = None) -> Understood:
    """Every row's history, oldest receipt first, and every row's faults.

    Raises:
        NotFound, Unreadable: the file cannot be read.
    """
    say = progress or (lambda *_: None)
    say("读取文件", 0, 1)
    ledger = read_ledger(path)
    say("读取文件", 1, 1)
    return _understand(path, ledger, today, say)


def try_ledger(register: Register | None, ledger: Understood, *, again: bool = False) -> Imported:
    """What storing a ledger would store; None is a register that is still to be made.

    Raises:
        LedgerRefused: rows are not understood, impossible, or carry a number already used.
        ToldAlready: rows without a number are cases already, or stand in the file twice.
    """
    if register is None:
        twice = [] if again else list(ledger.twice)
        faults = _number(ledger, set(), lambda _: 0)
    else:
        with register.reading() as tx:
            twice = [] if again else _told_already(tx, ledger)
            faults = _number_in(tx, ledger)
    _refuse(ledger, faults, twice)
    return _imported(ledger)


def store_ledger(
    register: Register,
    ledger: Understood,
    progress: Progress | None = None,
    *,
    again: bool = False,
) -> Imported:
    """Store a ledger that `try_ledger` has let pass, after a copy of a register with cases.

    Raises:
        LedgerRefused: a number has been used meanwhile, or a row become a case.
    """
    with register.reading() as tx:
        occupied = tx.connection.execute(select(cases.c.id).limit(1)).first()
    if occupied:
        back_up(register, "before-import")
    with register.writing() as tx:
        twice = [] if again else _told_already(tx, ledger)
        _refuse(ledger, _number_in(tx, ledger), twice)
        if (
            not ledger.told
        ):  # a ledger without cases still begins a register: its years are all zero
            find_or_add_organ(tx.connection, ledger.organ)
        histories = (one.history for one in ledger.told)
        store_histories(tx, histories, len(ledger.told), progress or (lambda *_: None))
    return _imported(ledger)


def _refuse(ledger: Understood, taken: list[Fault], twice: list[Fault]) -> None:
    """Raise what is wrong with a ledger, if anything is: what is not understood goes first."""
    if ledger.faults:
        wrong = sorted([*taken, *ledger.faults], key=lambda fault: fault.row)
        raise LedgerRefused(ledger.path, wrong[:MOST_FAULTS])
    if taken or twice:
        wrong = sorted([*taken, *twice], key=lambda fault: fault.row)
        raise ToldAlready(ledger.path, wrong, taken=bool(taken))


def _told_already(tx: Transaction, ledger: Understood) -> list[Fault]:
    """The rows without a number that are cases already, or stand in the file twice."""
    unnamed = [one for one in ledger.told if not one.named]
    found = same_cases(tx, [one.history[0] for one in unnamed])
    known = {unnamed[place].row: number for place, number in found.items()}
    faults = [
        Fault(
            ledger.sheet,
            row,
            "",
            "",
            f"已经登记为 {number}（机关、申请人、收到日期、内容都相同）。",
        )
        for row, number in known.items()
    ]
    faults += [fault for fault in ledger.twice if fault.row not in known]
    return sorted(faults, key=lambda fault: fault.row)


def _imported(ledger: Understood) -> Imported:
    numbers = [one.history[0].number or "" for one in ledger.told]
    return Imported(
        len(ledger.told),
        sum(len(one.history) for one in ledger.told),
        min(numbers, default=""),
        max(numbers, default=""),
    )


def _understand(path: Path, ledger: LedgerFile, today: date, say: Progress) -> Understood:
    """Every row's history, and what is not understood or cannot have happened.

    The rows are given up one by one, so that a large file is not held twice.
    """
    told: list[_Told] = []
    twice: list[Fault] = []
    seen: dict[tuple[Event, ...], int] = {}
    faults = list(ledger.faults)
    known = {(fault.row, fault.column) for fault in faults}
    unread = {row for row, _ in known}
    headings = {column for row, column in known if row == 1}
    rows, total, events = ledger.rows, len(ledger.rows), 0
    rows.reverse()
    while rows and len(faults) < MOST_FAULTS:
        row = rows.pop()
        if (total - len(rows)) % STEP == 1:
            say("核对各行", total - len(rows) - 1, total)
        cells = row.cells
        history, wrong = read_row(cells, ledger.sheet, row.row)
        wrong = [
            fault
            for fault in wrong
            if (fault.row, fault.column) not in known and fault.column not in headings
        ]
        faults += wrong
        if not history or row.row in unread:
            continue
        columns = {fault.column for fault in wrong}
        told.append(_Told(row.row, history, history[0].number is not None))
        first = seen.setdefault(tuple(history), row.row) if not told[-1].named else row.row
        if first != row.row:
            twice.append(Fault(ledger.sheet, row.row, "", "", f"与第{first}行完全相同。"))
        faults += [
            fault
            for fault in _impossible(history, cells, ledger.sheet, row.row, today)
            if fault.column not in columns
        ]
        events += len(history)
        if events > MOST_EVENTS:
            raise Unreadable(f"“{ledger.sheet}”的办理记录过多；请分成几个文件导入。")
    say("核对各行", total, total)
    told.sort(key=lambda one: one.history[0].on)  # lookups show what was registered last first
    return Understood(path, ledger.sheet, told, faults, twice)


def _number_in(tx: Transaction, ledger: Understood) -> list[Fault]:
    taken = set(tx.connection.execute(select(cases.c.number)).scalars())
    return _number(ledger, taken, partial(last_serial, tx.connection))


def _number(ledger: Understood, taken: set[str], last: Callable[[int], int]) -> list[Fault]:
    """Give every case its number, the oldest receipt first; those the file names must be new.

    `taken` are the numbers used already, `last` answers a year's last serial.
    """
    faults: list[Fault] = []
    serials: dict[int, int] = {}
    for one in ledger.told:
        if not one.named:
            continue
        number = one.history[0].number or ""
        if number in taken:
            reason = "已经用过；编号不能重复，请换一个。"
            faults.append(Fault(ledger.sheet, one.row, NUMBER, number, reason))
        taken.add(number)
    for one in ledger.told:
        if one.named:
            continue
        year = one.history[0].on.year
        if year not in serials:
            serials[year] = last(year)
        while True:
            serials[year] += 1
            number = f"{year}-{serials[year]:04d}"
            if number not in taken:
                break
        one.history[0] = replace(one.history[0], number=number)
    return faults


def _impossible(
    history: Sequence[Event], cells: Mapping[str, Any], sheet: str, row: int, today: date
) -> list[Fault]:
    """What a row tells that cannot have happened."""
    return [
        row_fault(refusal, cells, sheet, row) for refusal in refusals(effective(history), today)
    ]
