"""Bringing a copy back as the register, the present one kept aside.

A register that SQLite can open is written over inside one SQLite transaction, alone with the file:
whoever is killed leaves the old one or the new one, and nobody who has it open reads half of each.
One that SQLite cannot open, or finds damaged, is kept aside with its log, byte for byte; its log
goes before the new file takes its place, or SQLite would lay the one over the other.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import sqlite3
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from db.errors import BadValue, RegisterError, Unreadable, plain_fault
from db.maintenance.backups import (
    connect,
    copy_from,
    copy_into,
    list_copies,
    ready,
)
from db.maintenance.comparing import OnlyThere, compare
from db.maintenance.copy_check import Beat, Checked, check_file, read_only, reading_file, stands
from db.maintenance.copy_names import EMPTY, NO_DIGEST, CopyName, Extent, register_name
from db.maintenance.paper_copies import bring, named_in, papers_beside
from db.maintenance.unfinished import SIDES, beside, put_in_place, unfinished
from db.storage.file_faults import plain_sqlite
from db.storage.location import copies_folder, refuse_other_kinds
from db.storage.on_disk import sync_folder
from db.storage.sqlite import OURS, TABLE_NAMES

IN_USE = "正被别的程序打开；请先在各处退出台账，再恢复。"
BUSY_SECONDS = 2.0


@dataclass(frozen=True, slots=True)
class Prospect:
    """What restoring a copy would do; nothing has been done yet."""

    register: Path
    copy: Path
    checked: Checked
    lost: OnlyThere | None
    """What the present register alone holds; None when it is not there or cannot be read."""
    brought: OnlyThere | None
    present: str
    """`whole`, `damaged` or `missing`."""


@dataclass(frozen=True, slots=True)
class Restored:
    """A copy that has become the register."""

    register: Path
    kept: Path | None
    """Where the register that was there is now."""
    checked: Checked
    lacking: frozenset[str] = frozenset()
    """Papers that it names and that are nowhere to be had."""


def examine(register: Path, copy: Path, now: datetime, beat: Beat = lambda: None) -> Prospect:
    """Look at a copy and at what it would replace.

    A copy with problems is let pass only when there is nothing better: no whole copy, and a
    present register that is missing or damaged.

    Raises:
        BadValue: the copy is the register itself.
        NotFound, Unreadable: the copy cannot be read, is no register, or has problems.
    """
    try:
        itself = copy.exists() and register.exists() and copy.samefile(register)
    except OSError as fault:
        raise Unreadable(f"{copy} 无法读取：{plain_fault(fault)}。") from None
    if itself:
        raise BadValue(f"{copy} 就是现在的登记簿；请写明要恢复的备份。")
    checked = check_file(copy, now, beat)
    present = _present(register)
    if checked.problems:
        better = next(
            (one for one in list_copies(register) if one.whole and one.path != copy), None
        )
        if better is not None or present == "whole":
            use = f"请改用 {better.path}。" if better else "现在的登记簿是完好的，不必恢复。"
            raise Unreadable(f"{copy} 没有通过核对（{checked.problems[0]}），不能恢复；{use}")
    lost = brought = None
    if present == "whole":
        lost, brought = compare(register, copy)
    return Prospect(register, copy, checked, lost, brought, present)


def restore(
    prospect: Prospect,
    now: datetime,
    beat: Beat = lambda: None,
    *,
    replacing: Callable[[Path], object] = lambda _: None,
) -> Restored:
    """Put the copy in the register's place, keep what was there aside, and prove the result.

    The papers it names are brought back first.

    `replacing` hears of the register when nothing has been refused and it is about to be replaced.

    Raises:
        Unreadable: the register is in use, the copy has changed meanwhile, the disk refuses, or
            the result does not stand. The old register or the new one is in place, whole.
    """
    register, aside = prospect.register.resolve(), copies_folder(prospect.register)
    with _sentences(register):
        ready(register.parent)
        ready(aside)
        if _in_use(register):
            raise Unreadable(f"登记簿 {register} {IN_USE}")
        with unfinished(register.parent) as temporary:
            with contextlib.closing(sqlite3.connect(read_only(prospect.copy), uri=True)) as source:
                copy_into(source, temporary)
            if not stands(temporary, prospect.checked.extent) and not prospect.checked.problems:
                raise Unreadable(f"{prospect.copy} 在核对以后变了；没有做任何改动，请再试一次。")
            lacking = _bring_papers(prospect, register, aside)
            put = _write_over if prospect.present == "whole" else _replace
            replacing(register)
            kept = put(register, temporary, now, aside)
        return Restored(register, kept, check_file(register, now, beat), frozenset(lacking))


def _bring_papers(prospect: Prospect, register: Path, aside: Path) -> set[str]:
    """Bring back the papers that the copy names, where they are missing or changed."""
    sources = [
        papers_beside(register, prospect.copy.parent),
        papers_beside(prospect.copy),
        papers_beside(register, aside),
    ]
    return bring(named_in(prospect.copy) or set(), sources, papers_beside(register), anew=True)


def _present(register: Path) -> str:
    if not register.exists():
        return "missing"
    refuse_other_kinds(register)
    if not register.stat().st_size:
        return "missing"
    try:
        with reading_file(register) as connection:
            names = set(connection.exec_driver_sql(TABLE_NAMES).scalars())
    except RegisterError:
        return "damaged"
    if names - {"sqlite_sequence"} and not names >= OURS:
        raise Unreadable(f"{register} 是数据库，但不是登记簿；请核对文件名。")
    return "whole" if stands(register, None) else "damaged"


def _write_over(register: Path, new: Path, now: datetime, aside: Path) -> Path | None:
    """Make the register's own file hold the new content, in one transaction."""
    with contextlib.closing(connect(register)) as present:
        present.isolation_level = None
        present.execute(f"PRAGMA busy_timeout = {int(BUSY_SECONDS * 1000)}")
        present.execute("PRAGMA locking_mode = EXCLUSIVE")
        try:
            present.execute("PRAGMA journal_mode = WAL")
            present.execute("BEGIN EXCLUSIVE")
            present.execute("COMMIT")
        except sqlite3.OperationalError as fault:
            if fault.sqlite_errorname.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
                raise Unreadable(f"登记簿 {register} {IN_USE}") from None
            raise
        kept = copy_from(present, register, "before-restore", now, aside).path
        present.execute("PRAGMA synchronous = FULL")
        with contextlib.closing(sqlite3.connect(new)) as source:
            source.backup(present)
    register.chmod(0o600)
    return kept


def _replace(register: Path, new: Path, now: datetime, aside: Path) -> Path | None:
    """Put the new file in place of one that SQLite does not open, or of none."""
    parts = [side for side in ("", *SIDES) if beside(register, side).is_file()]
    filled = [side for side in parts if beside(register, side).stat().st_size]
    kept = _free_name(register, now, aside) if filled else None
    if kept is not None:
        for side in filled:
            _keep(beside(register, side), beside(kept, side))
        sync_folder(aside)
    for side in parts:
        if side:
            beside(register, side).unlink()
    sync_folder(register.parent)
    put_in_place(new, register)
    return kept


def _free_name(register: Path, now: datetime, aside: Path) -> Path:
    at = now.replace(microsecond=0, tzinfo=None)
    while True:
        name = CopyName(
            register_name(register), at, Extent(0, NO_DIGEST, EMPTY), "before-restore", True
        )
        if not (aside / str(name)).exists():
            return aside / str(name)
        at += timedelta(seconds=1)


def _keep(file: Path, aside: Path) -> None:
    """The same bytes under another name; the file stays where it is."""
    try:
        os.link(file, aside)
    except OSError:  # another disk, or one that knows no links
        with unfinished(aside.parent) as temporary:
            shutil.copyfile(file, temporary)
            put_in_place(temporary, aside)
    aside.chmod(0o600)


def _in_use(register: Path) -> bool:
    """Whether another process has the register open, read from the locks SQLite takes."""
    if sys.platform == "win32" or not register.is_file():
        return False
    import fcntl

    pending, shared = 0x40000000, 510 + 2  # the bytes of every SQLite file that are locked
    with register.open("rb+") as file:
        try:
            fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB, shared, pending)
        except OSError:
            return True
    return False


@contextlib.contextmanager
def _sentences(register: Path) -> Iterator[None]:
    try:
        yield
    except (OSError, sqlite3.Error) as fault:
        said = plain_fault(fault) if isinstance(fault, OSError) else plain_sqlite(fault)
        said = (said or "SQLite 拒绝").removesuffix("。")
        raise Unreadable(f"登记簿 {register} 没有恢复：{said}；原来的还在。") from fault
