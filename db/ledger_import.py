"""Importing a ledger: all of it in one transaction, or nothing and the whole list of faults."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from sqlalchemy import Connection, func, select

from db.backups import back_up
from db.bulk import STEP, Progress, store_histories
from db.errors import RegisterError
from db.handling import find_or_add_organ, last_serial
from db.history import Event, effective
from db.impossible import refuse_impossible
from db.ledger import NUMBER, Fault, read_row
from db.ledger_file import LedgerFile, LedgerRow, read_ledger
from db.register import Register
from db.schema import cases


class LedgerRefused(RegisterError):
    """The ledger holds rows that are not understood; `faults` lists every one."""

    def __init__(self, path: Path, faults: Sequence[Fault]) -> None:
        super().__init__(f"{path.name} 有{len(faults)}处看不懂，一行也没有导入；请改正后重新导入。")
        self.faults = tuple(faults)


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

    row: LedgerRow
    history: list[Event]
    named: bool
    """Whether the file gives the case's number."""


def import_ledger(
    register: Register, path: Path, *, dry_run: bool = False, progress: Progress | None = None
) -> Imported:
    """Import a ledger file (.xlsx or .csv).

    Raises:
        NotFound, Unreadable: the file cannot be read.
        LedgerRefused: rows are not understood, impossible, or carry a number already used.
    """
    say = progress or (lambda *_: None)
    say("读取文件", 0, 1)
    ledger = read_ledger(path)
    say("读取文件", 1, 1)
    told, faults = _understand(ledger, say)
    with register.reading() as connection:
        told, more = _number(connection, told, ledger.sheet)
        occupied = connection.execute(select(func.count()).select_from(cases)).scalar_one()
    faults += more
    faults += _impossible(register, told, ledger.sheet)
    if faults:
        raise LedgerRefused(path, sorted(faults, key=lambda fault: fault.row))
    if not dry_run:
        if occupied:
            back_up(register, "before-import")
        with register.writing() as connection:
            told, more = _number(connection, told, ledger.sheet)
            if more:
                raise LedgerRefused(path, more)
            if not told:  # a ledger without cases still begins a register: its years are all zero
                find_or_add_organ(connection, None)
            store_histories(connection, register, (one.history for one in told), len(told), say)
    numbers = [one.history[0].number or "" for one in told]
    return Imported(
        len(told),
        sum(len(one.history) for one in told),
        min(numbers, default=""),
        max(numbers, default=""),
    )


def _understand(ledger: LedgerFile, say: Progress) -> tuple[list[_Told], list[Fault]]:
    """Every row's history, oldest receipt first, and every row's faults."""
    told: list[_Told] = []
    faults = list(ledger.faults)
    if any(fault.row == 1 for fault in faults):
        return [], faults
    for place, row in enumerate(ledger.rows):
        if place % STEP == 0:
            say("核对各行", place, len(ledger.rows))
        history, wrong = read_row(row.cells, ledger.sheet, row.row)
        faults += wrong
        if not wrong:
            told.append(_Told(row, history, history[0].number is not None))
    say("核对各行", len(ledger.rows), len(ledger.rows))
    told.sort(key=lambda one: one.history[0].on)  # lookups show what was registered last first
    return told, faults


def _number(
    connection: Connection, told: list[_Told], sheet: str
) -> tuple[list[_Told], list[Fault]]:
    """Give every case its number, the oldest receipt first; those the file names must be new."""
    faults: list[Fault] = []
    taken = set(connection.execute(select(cases.c.number)).scalars())
    serials: dict[int, int] = {}
    for one in told:
        if not one.named:
            continue
        number = one.history[0].number or ""
        if number in taken:
            faults.append(
                Fault(sheet, one.row.row, NUMBER, number, "已经用过；编号不能重复，请换一个。")
            )
        taken.add(number)
    for one in told:
        if one.named:
            continue
        year = one.history[0].on.year
        if year not in serials:
            serials[year] = last_serial(connection, year)
        while True:
            serials[year] += 1
            number = f"{year}-{serials[year]:04d}"
            if number not in taken:
                break
        one.history[0] = replace(one.history[0], number=number)
    return told, faults


def _impossible(register: Register, told: Sequence[_Told], sheet: str) -> list[Fault]:
    """What the rows tell that cannot have happened."""
    today = register.today()
    faults: list[Fault] = []
    for one in told:
        try:
            refuse_impossible(effective(one.history), today)
        except RegisterError as fault:
            faults.append(Fault(sheet, one.row.row, "", "", str(fault)))
    return faults
