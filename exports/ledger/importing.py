"""Importing a ledger: all of it in one transaction, or nothing and the whole list of faults.

While it is written other clerks wait: what can be done before is. What another clerk may have done
since is looked at again as soon as nobody can do anything any more.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from sqlalchemy import select

from db.cases.bulk import Progress, bring_up_to_date, prepare, store
from db.cases.numbers import last_serial
from db.cases.organs import find_or_add_organ
from db.cases.same_cases import same_cases
from db.disputes.bulk import store_disputes
from db.errors import RegisterError
from db.law.event import replaced
from db.law.history import effective, first_conclusion
from db.maintenance.backups import back_up
from db.storage.port import port_of
from db.storage.register import Register
from db.storage.schema import cases
from db.storage.transaction import Transaction
from db.words.vocabulary import EventKind, Role
from exports.ledger.columns import NUMBER
from exports.ledger.faults import Fault, FaultList, by_row, grouped
from exports.ledger.imported_before import imported_before, note_file
from exports.ledger.linking import linked, recorded_already, without_known
from exports.ledger.taught import Taught, read_taught
from exports.ledger.understanding import Told, Understood, understand_ledger

FEW = 20
"""Faults that are read at a glance; of more, their kinds are told at the end."""


class LedgerRefused(RegisterError):
    """The ledger holds rows that are not understood; `faults` lists every one."""

    def __init__(self, path: Path, faults: FaultList) -> None:
        super().__init__(
            f"{path.name} 有{len(faults)}处无法识别，一行也没有导入；请改正后重新导入。"
        )
        self.faults = faults

    @property
    def summary(self) -> list[str]:
        """Their kinds, when there are too many to be read at a glance."""
        if len(self.faults) <= FEW:
            return []
        kinds = grouped(self.faults)
        said = [f"合起来是 {len(kinds)} 种："]
        several = len({kind.sheet for kind in kinds}) > 1
        for kind in kinds:
            column = f"“{kind.column}”列 " if kind.column else ""
            column = f"{kind.sheet} {column}" if several else column
            word = f"“{kind.word}”：" if kind.word else ""
            said.append(f"  {kind.count}处  {column}{word}{kind.reason}{kind.where}")
        return said


class ToldAlready(LedgerRefused):
    """Rows of the ledger are cases already, or stand in it twice; `faults` lists every one.

    `taken` says that among them are numbers, which can never be used again; `before` when the very
    same file was imported.
    """

    def __init__(self, path: Path, faults: FaultList, *, taken: bool, before: str = "") -> None:
        super().__init__(path, faults)
        more = "编号已经用过的换一个。" if taken else "确实要再次登记的，加上 --again 导入。"
        what = f"{path.name} {before}；" if before else f"{path.name} "
        rows = f"有{len(faults)}行已经登记过或写了两遍，" if faults else ""
        self.args = (f"{what}{rows}一行也没有导入；请删去这些行，{more}",)


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import stored (or, on a trial run, would store)."""

    cases: int
    events: int
    first: str
    last: str
    ids: range = field(default=range(0), compare=False)
    """Of the cases, once they are stored."""
    disputes: int = 0


@dataclass(frozen=True, slots=True)
class Already:
    """What of a ledger a register holds already."""

    rows: FaultList
    """Rows that are cases, or stand in the file twice."""
    taken: FaultList
    """Rows whose numbers other cases have."""
    before: str
    """When and by whom this very file was imported; empty if it never was."""
    disputes: FaultList = field(default_factory=FaultList)
    """Rows of 复议诉讼 that are recorded, or stand in the file twice."""
    recorded: Mapping[int, int] = field(default_factory=dict)
    """Of those, the numbers they are recorded under, by their row."""

    @property
    def any(self) -> bool:
        return bool(self.rows or self.taken or self.before or self.disputes)


@dataclass(frozen=True, slots=True)
class Prospect:
    """What storing a ledger would bring: cases by year of receipt, and by how they stand; disputes."""

    years: tuple[tuple[int, int], ...]
    open: int
    concluded: int
    cancelled: int
    disputes: int = 0
    pending: int = 0
    """Of the disputes, those that are 尚未审结."""


def import_ledger(
    register: Register,
    path: Path,
    *,
    dry_run: bool = False,
    again: bool = False,
    disputes: Path | None = None,
    progress: Progress | None = None,
) -> Imported:
    """Import a ledger file (.xlsx or .csv); `again` stores what is told already once more.

    `disputes` is a second file that holds the sheet 复议诉讼.

    Raises:
        NotFound, Unreadable: the file cannot be read.
        LedgerRefused: rows are not understood, impossible, or carry a number already used.
        ToldAlready: rows without a number are cases already, or stand in the file twice.
    """
    taught, today = taught_in(register), register.clock.today()
    ledger = understand_ledger(path, today, progress, taught, apart=disputes)
    tried = try_ledger(register, ledger, again=again)
    return tried if dry_run else store_ledger(register, ledger, progress, again=again)


def taught_in(register: Register | None) -> Taught:
    """The words taught in a register; none where there is no register yet."""
    if register is None:
        return Taught()
    with register.reading() as tx:
        return read_taught(tx)


def try_ledger(register: Register | None, ledger: Understood, *, again: bool = False) -> Imported:
    """What storing a ledger would store; None is a register that is still to be made.

    Raises:
        LedgerRefused: rows are not understood, impossible, or carry a number already used.
        ToldAlready: rows without a number are cases already, or stand in the file twice.
    """
    if register is None:
        faults = _number(ledger, set(), lambda _: 0)
        twice = FaultList(ledger.disputes.twice) if ledger.disputes else FaultList()
        found = Already(FaultList(ledger.twice), faults, "", twice)
        _refuse(linked(None, ledger), Already(FaultList(), faults, "") if again else found)
    else:
        with register.reading() as tx:
            _check(tx, ledger, again=again)
    return _imported(ledger)


def store_ledger(
    register: Register,
    ledger: Understood,
    progress: Progress | None = None,
    *,
    again: bool = False,
    last: Callable[[], None] = lambda: None,
) -> Imported:
    """Store a ledger that `try_ledger` has let pass, after a copy of a register with cases.

    `last` is called before it is kept: what it raises ends all, and nothing is.

    Raises:
        LedgerRefused: a number has been used meanwhile, or a row become a case.
        NotAllowed: the clerk may not record, or adds an organ or to a filed year and is no 负责人.
    """
    say = progress or (lambda *_: None)
    with register.reading() as tx:
        tx.require(Role.CLERK, "导入台账")
        occupied = tx.connection.execute(select(cases.c.id).limit(1)).first()
    if occupied and register.store.file is not None:
        say("备份登记簿", 0, 0)
        back_up(register, "before-import")
    histories = [one.history for one in ledger.told]
    with register.reading() as tx:
        _check(tx, ledger, again=again)
        seen = _last(tx)
        ready = prepare(tx, histories, len(histories), say)
    with register.reading() as tx:  # catch up with others while nobody waits
        seen = _check_since(tx, ledger, seen, again=again)
        bring_up_to_date(tx, ready, histories)
    with register.writing() as tx:
        _check_since(tx, ledger, seen, again=again)
        bring_up_to_date(tx, ready, histories)
        disputes = ledger.disputes.told if ledger.disputes else []
        if (
            not histories and not disputes
        ):  # a ledger without cases still begins a register: its years are all zero
            find_or_add_organ(tx, ledger.organ)
        before = port_of(tx.connection).last_id(tx.connection, "cases")
        store(tx, ready, say)
        ids = range(before + 1, port_of(tx.connection).last_id(tx.connection, "cases") + 1)
        store_disputes(tx, [one.told for one in disputes])
        note_file(tx, ledger)
        last()
    return replace(_imported(ledger), ids=ids)


def only_new(ledger: Understood, already: Already) -> Understood:
    """The ledger without the rows that are recorded already or stand in it twice."""
    known = {fault.row for fault in (*already.rows, *already.taken)}
    told = [one for one in ledger.told if one.row not in known]
    rest = without_known(ledger.disputes, already.disputes, already.recorded)
    return replace(ledger, told=told, twice=[], digest="", disputes=rest)


def what_is_there(tx: Transaction, ledger: Understood) -> Already:
    """What of a ledger the register holds already; every case of the ledger gets its number."""
    rows = _told_already(tx, ledger)
    disputes, recorded = recorded_already(tx, ledger.disputes)
    return Already(rows, _number_in(tx, ledger), imported_before(tx, ledger), disputes, recorded)


def prospect(ledger: Understood) -> Prospect:
    """What storing a ledger would bring."""
    years = Counter(one.history[0].on.year for one in ledger.told)
    ends: Counter[str] = Counter()
    for one in ledger.told:
        history = effective(one.history)
        if any(event.kind is EventKind.CANCELLED for event in history):
            ends["cancelled"] += 1
        else:
            ends["concluded" if first_conclusion(history) else "open"] += 1
    disputes = ledger.disputes.told if ledger.disputes else ()
    return Prospect(
        tuple(sorted(years.items())),
        ends["open"],
        ends["concluded"],
        ends["cancelled"],
        len(disputes),
        sum(one.told.concluded_on is None for one in disputes),
    )


def _check(
    tx: Transaction, ledger: Understood, *, again: bool, since: tuple[int, int] | None = None
) -> None:
    """Number every case, and raise what is wrong."""
    taken = _number_in(tx, ledger)
    ledger = linked(tx, ledger)
    if again:
        _refuse(ledger, Already(FaultList(), taken, ""))
    else:
        before = imported_before(tx, ledger) if since is None else ""
        rows = _told_already(tx, ledger, since[0] if since else None)
        disputes, _ = recorded_already(tx, ledger.disputes)
        _refuse(ledger, Already(rows, taken, before, disputes))


def _check_since(
    tx: Transaction, ledger: Understood, seen: tuple[int, int], *, again: bool
) -> tuple[int, int]:
    """The same, if anything has been recorded after what was `seen`; answers what is seen now."""
    now = _last(tx)
    if now != seen:
        _check(tx, ledger, again=again, since=seen)
    return now


def _last(tx: Transaction) -> tuple[int, int]:
    """The last events recorded, of cases and of disputes."""
    port = port_of(tx.connection)
    events, disputed = (port.last_id(tx.connection, name) for name in ("events", "dispute_events"))
    return events, disputed


def _refuse(ledger: Understood, already: Already) -> None:
    """Raise what is wrong with a ledger, if anything is: what is not understood goes first."""
    if ledger.all_faults:
        faults = by_row(ledger.faults, already.taken)
        if ledger.disputes is not None:
            faults.extend(ledger.disputes.faults)
        raise LedgerRefused(ledger.path, faults)
    if already.any:
        faults = by_row(already.taken, already.rows)
        faults.extend(already.disputes)
        raise ToldAlready(ledger.path, faults, taken=bool(already.taken), before=already.before)


def _told_already(tx: Transaction, ledger: Understood, since: int | None = None) -> FaultList:
    """The rows without a number that are cases already, or stand in the file twice.

    With `since`, only cases of which something was recorded after that event are looked at.
    """
    unnamed = [one for one in ledger.told if not one.named]
    found = same_cases(tx, [one.history[0] for one in unnamed], since)
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
    return FaultList(sorted(faults, key=lambda fault: fault.row))


def _imported(ledger: Understood) -> Imported:
    numbers = [one.history[0].number or "" for one in ledger.told]
    return Imported(
        len(ledger.told),
        sum(len(one.history) for one in ledger.told),
        min(numbers, default=""),
        max(numbers, default=""),
        disputes=len(ledger.disputes.told) if ledger.disputes else 0,
    )


# -- numbers ------------------------------------------------------------------------------------


def _number_in(tx: Transaction, ledger: Understood) -> FaultList:
    taken = set(tx.connection.execute(select(cases.c.number)).scalars())
    return _number(ledger, taken, partial(last_serial, tx.connection))


def _number(ledger: Understood, taken: set[str], last: Callable[[int], int]) -> FaultList:
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
        if not one.named:
            _take_number(one, taken, serials, last)
    return FaultList(sorted(faults, key=lambda fault: fault.row))


def _take_number(
    one: Told, taken: set[str], serials: dict[int, int], last: Callable[[int], int]
) -> None:
    year = one.history[0].on.year
    if year not in serials:
        serials[year] = last(year)
    while True:
        serials[year] += 1
        number = f"{year}-{serials[year]:04d}"
        if number not in taken:
            break
    if one.history[0].number != number:
        one.history[0] = replaced(one.history[0], number=number)
