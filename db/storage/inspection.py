"""What stands at a register's place, looked at before anything may be written there.

Nothing here changes the file or its log. Not to be used on a file that this process has open
(`RegisterFile.is_open_here`).
"""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Literal, TypeVar

from db.errors import Unreadable
from db.storage.location import index_of, log_of, size_of
from db.storage.sqlite import BUSY_SECONDS, OURS, TABLE_NAMES, is_busy

MAGIC = b"SQLite format 3\0"
HEADER, LOG_HEADER = 100, 32
DMS_LOCK = 128
"""The byte of the log's index that whoever has the register open keeps locked (SQLite's format)."""

T = TypeVar("T")


def inspect(path: Path) -> bool:
    """Refuse what is no register, or is one that must not be opened as it is.

    Answers whether a log stands beside it that its last user left behind.

    Raises:
        Unreadable: it is of another kind, empty, cut short, or the log beside it is not its own.
    """
    if size_of(path.with_name(f"{path.name}-journal")):
        return False  # it is being made, or its making was ended: SQLite takes that back
    with path.open("rb") as file:
        header = file.read(HEADER)
    if not header.startswith(MAGIC):
        raise Unreadable(f"登记簿 {path} 不是登记簿文件；请核对文件名。")
    if not size_of(log_of(path)) and cut_short(path):
        raise Unreadable(f"登记簿 {path} 已经损坏（文件不完整）；请勿再写入，从备份恢复。")
    names = _tables(path) or _tables(path)  # twice, if it has just been made
    if names is not None:
        refuse_foreign(path, names)
    left = _log_is_left(path)
    if left:
        _refuse_wrong_log(path)
    return left


def refuse_foreign(place: Path | str, names: set[str]) -> None:
    """Refuse a database whose tables are not a register's.

    Raises:
        Unreadable: it is empty, another program's, or a register without its version.
    """
    names = names - {"sqlite_sequence"}
    if not names:
        raise Unreadable(
            f"{place} 是空的数据库，里面没有登记簿。如果它是复制来的，多半漏了同名的 -wal 文件："
            "请关闭原来的登记簿后重新复制，或从备份恢复；不需要它，就请先移走。"
        )
    if not names >= OURS:
        raise Unreadable(f"{place} 是数据库，但不是登记簿；请核对文件名。")
    if "alembic_version" not in names:
        raise Unreadable(
            f"登记簿 {place} 的版本记录（alembic_version）不见了；请勿再写入，从备份恢复。"
        )


def cut_short(path: Path) -> bool:
    """Whether the file ends before the last page it speaks of: SQLite would read zeros there."""
    with path.open("rb") as file:
        header = file.read(HEADER)
    if len(header) < HEADER:
        return True
    page = int.from_bytes(header[16:18], "big")
    counted = header[24:28] == header[92:96]  # else an old SQLite did not keep the count
    pages = int.from_bytes(header[28:32], "big") if counted else 0
    return size_of(path) < (65_536 if page == 1 else page) * pages


def _tables(path: Path) -> set[str] | None:
    """The names of its tables, with those that stand in the log only; None if it is damaged."""
    found = _asked(path, _names, alone=True)
    if not found and size_of(log_of(path)):
        found = _asked(path, _names, alone=False)
    return found


def _names(connection: sqlite3.Connection) -> set[str]:
    return {name for (name,) in connection.execute(TABLE_NAMES)}


def _asked(path: Path, question: Callable[[sqlite3.Connection], T], *, alone: bool) -> T | None:
    """What a connection that cannot write answers, with the log or the file `alone`."""
    uri = f"{path.absolute().as_uri()}?mode=ro{'&immutable=1' if alone else ''}"
    try:
        with contextlib.closing(sqlite3.connect(uri, uri=True, timeout=BUSY_SECONDS)) as connection:
            return question(connection)
    except (sqlite3.Error, UnicodeDecodeError) as fault:
        if is_busy(fault):
            raise
        return None


def _log_is_left(path: Path) -> bool:
    """Whether a log holds something and no other program is at it, who would know it is right."""
    if not size_of(log_of(path)):
        return False
    try:
        import fcntl
    except ImportError:  # Windows: the file cannot be put back while it is open
        return True
    try:
        with index_of(path).open("r+b") as index:
            fcntl.lockf(index, fcntl.LOCK_EX | fcntl.LOCK_NB, 1, DMS_LOCK)
    except FileNotFoundError:
        return True
    except OSError:
        return False
    return True


def _refuse_wrong_log(path: Path) -> None:
    """A file put back by hand after a crash is spoiled by the log of the one it replaces."""
    log = log_of(path)
    with log.open("rb") as file:
        header = file.read(LOG_HEADER)
    if _is_log(header) and _asked(path, _is_sound, alone=False):
        return
    if _asked(path, _is_sound, alone=True):
        raise Unreadable(
            f"登记簿 {path} 本身完好，但旁边的 {log.name} 与它不相配（直接放回备份后常见）；"
            f"请把 {log.name} 和 {index_of(path).name} 移到别处（不要删除）再打开，"
            "并核对最近几条登记。"
        )


def _is_log(header: bytes) -> bool:
    """Whether a log begins as SQLite's do; else SQLite would take it for an empty one."""
    if len(header) < LOG_HEADER or header[:3] != b"\x37\x7f\x06":
        return False
    order: Literal["little", "big"] = "big" if header[3] & 1 else "little"
    words = [int.from_bytes(header[at : at + 4], order) for at in range(0, 24, 4)]
    first = second = 0
    for even, odd in zip(words[::2], words[1::2], strict=True):
        first = (first + even + second) % 2**32
        second = (second + odd + first) % 2**32
    return header[24:] == first.to_bytes(4, "big") + second.to_bytes(4, "big")


def _is_sound(connection: sqlite3.Connection) -> bool:
    """Whether SQLite finds every page in its place, and no record is missing or there twice."""
    if connection.execute("PRAGMA quick_check(1)").fetchone() != ("ok",):
        return False
    given = dict(connection.execute("SELECT name, seq FROM sqlite_sequence"))
    return all(
        connection.execute(f"SELECT count(*) FROM {table} {hint}").fetchone()
        == (given.get(table, 0),)
        for table in ("cases", "events")
        for hint in ("", "NOT INDEXED")
    )
