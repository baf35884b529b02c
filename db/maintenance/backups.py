"""Copies of the register: made by SQLite's own online backup, proved before they count.

A copy has its final name only when it is whole, has been looked through (`copy_check`) and is on
the disk. What is superfluous goes when a newer one stands; a second folder is kept in step.
"""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from db.errors import Unreadable, plain_fault
from db.maintenance.copies_due import copy_is_due, has_changed, newest_copy, state_of
from db.maintenance.copy_check import Beat, Checked, check_file, stands
from db.maintenance.copy_names import EMPTY, CopyName, copies_in, register_name
from db.maintenance.paper_copies import bring, lacking_words, let_go, named_in, papers_beside
from db.maintenance.second_folder import keep_in_step
from db.maintenance.thinning import superfluous
from db.maintenance.unfinished import put_in_place, sweep, unfinished
from db.storage.file_faults import plain_sqlite
from db.storage.location import copies_folder, private_folders
from db.storage.register import Register


@dataclass(frozen=True, slots=True)
class Made:
    """A copy that has been made, and what was found in it."""

    path: Path
    checked: Checked
    lacking: frozenset[str] = frozenset()
    """Papers that it names and that are nowhere to be had."""

    @property
    def warning(self) -> str:
        """What the clerk must be told of it; empty when all is well."""
        problems = self.checked.problems
        if not problems:
            return lacking_words(self.lacking, "没有进备份")
        return (
            f"登记簿没有通过核对（{len(problems)} 处，如：{problems[0]}）。"
            f"这份备份单独存为 {self.path.name}，以前的好备份都留着；"
            "请用 taizhang verify 查看，或从好的备份恢复。"
        )


@dataclass(frozen=True, slots=True)
class Copy:
    """A copy that is there."""

    path: Path
    name: CopyName
    size: int
    whole: bool
    """As far as its name, its length and SQLite's structure tell; restoring looks further."""


def back_up(register: Register, reason: str, folder: Path | None = None) -> Path:
    """Copy the register, by default into `backups` beside it, and prove the copy.

    A register whose histories do not verify is copied under a name that says so.

    Raises:
        Unreadable: the copy cannot be written, or SQLite finds the register damaged.
    """
    made = make_copy(register.path, reason, register.clock.now(), folder=folder)
    if made.checked.broken:
        raise Unreadable(
            f"登记簿 {register.path} 没有通过完整性检查，不能继续；副本留在 {made.path}，"
            "请从好的备份恢复。"
        )
    return made.path


def make_copy(
    register: Path,
    reason: str,
    now: datetime,
    *,
    folder: Path | None = None,
    beat: Beat = lambda: None,
) -> Made:
    """The same from the register's path. In its own folder older copies are thinned then.

    Raises:
        Unreadable: the copy cannot be written.
    """
    target = folder or copies_folder(register)
    with _sentences(target):
        ready(target)
        with contextlib.closing(connect(register)) as source:
            made = copy_from(source, register, reason, now, target, beat)
        if folder is None:
            thin(target, register, made.path)
            _drop_strays(register, made)
            keep_in_step(register, target, now)
    return made


def copy_from(
    source: sqlite3.Connection,
    register: Path,
    reason: str,
    now: datetime,
    folder: Path,
    beat: Beat = lambda: None,
) -> Made:
    """Copy what a connection sees into a folder with the papers it names, and prove the copy."""
    with unfinished(folder, register.parent) as temporary:
        copy_into(source, temporary)
        checked = check_file(temporary, now, beat)
        at = now.replace(microsecond=0, tzinfo=None)
        faulty = bool(checked.problems)
        name = CopyName(register_name(register), at, checked.extent, reason, faulty)
        put_in_place(temporary, folder / str(name))
    named = named_in(folder / str(name)) or set()
    lacking = bring(named, [papers_beside(register)], papers_beside(register, folder))
    return Made(folder / str(name), checked, frozenset(lacking))


def copy_into(source: sqlite3.Connection, path: Path) -> None:
    """Fill an empty file with what a connection sees, as one file that needs no log."""
    with contextlib.closing(sqlite3.connect(path)) as target:
        source.backup(target)
        target.execute("PRAGMA journal_mode = DELETE")


def connect(register: Path) -> sqlite3.Connection:
    """A connection to a register that is there; none is made."""
    return sqlite3.connect(f"{register.absolute().as_uri()}?mode=rw", uri=True)


def ready(folder: Path) -> None:
    """Make a folder for copies if there is none; clear it of what was never finished."""
    private_folders(folder)
    sweep(folder)


def thin(folder: Path, register: Path, just_made: Path) -> None:
    """Remove the superfluous copies of a register, but never the one just made."""
    there = copies_in(folder, register_name(register))
    for name in superfluous(there):
        if there[name] != just_made:
            with contextlib.suppress(OSError):
                there[name].unlink()


def _drop_strays(register: Path, made: Made) -> None:
    """Let go of the papers that a killed program left beside the register without a record."""
    named = None if made.checked.problems else named_in(made.path)
    if named is not None:
        with contextlib.suppress(Unreadable):
            let_go(papers_beside(register), named)


def copy_of_the_day(register: Path, now: datetime, beat: Beat = lambda: None) -> Made | None:
    """The day's first copy, if it is due. The second folder is brought in step in any case.

    Raises:
        NotFound, Unreadable: the register cannot be read, the copy not be written.
    """
    if copy_is_due(register, now):
        return make_copy(register, "daily", now, beat=beat)
    keep_in_step(register, copies_folder(register), now)
    return None


def copy_at_closing(register: Path, now: datetime, beat: Beat = lambda: None) -> Made | None:
    """A copy if anything has been recorded since the last one.

    Raises:
        Unreadable: the register cannot be read, the copy not be written.
    """
    extent, _ = state_of(register)
    if extent.mark == EMPTY or not has_changed(newest_copy(register, extent), extent):
        return None
    return make_copy(register, "closing", now, beat=beat)


def list_copies(register: Path) -> tuple[Copy, ...]:
    """The copies beside a register, newest first.

    Raises:
        Unreadable: the folder cannot be read, or is a file.
    """
    folder = copies_folder(register)
    if folder.exists() and not folder.is_dir():
        raise Unreadable(f"备份文件夹 {folder} 是一个文件；请把它移开。")
    return tuple(
        Copy(path, name, path.stat().st_size, not name.faulty and stands(path, name.extent))
        for name, path in copies_in(folder, register_name(register)).items()
    )


@contextlib.contextmanager
def _sentences(folder: Path) -> Iterator[None]:
    try:
        yield
    except (OSError, sqlite3.Error) as fault:
        said = plain_fault(fault) if isinstance(fault, OSError) else plain_sqlite(fault)
        said = (said or "SQLite 拒绝").removesuffix("。")
        raise Unreadable(f"无法把登记簿备份到 {folder}：{said}；没有做任何改动。") from fault
