"""What SQLite, and the system, say of a register's file: each as one sentence for the clerk."""

from __future__ import annotations

import contextlib
import os
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy.exc import DatabaseError

from db.errors import BadValue, OutOfReach, Unreadable, plain_fault


@contextlib.contextmanager
def plain_sentences(path: Path) -> Iterator[None]:
    """Turn what SQLite and the system say of the register into one sentence for the clerk.

    What the system says of other files, or of none, as of a closed pipe, is not the register's fault.
    """
    try:
        yield
    except (DatabaseError, sqlite3.Error) as fault:
        said = fault.orig if isinstance(fault, DatabaseError) else fault
        sentence = plain_sqlite(said)
        if sentence is None:
            raise
        kind = OutOfReach if _concerns_the_place(said) else Unreadable
        raise kind(f"登记簿 {path} {sentence}") from fault
    except OSError as fault:
        if not _concerns(path, fault):
            raise
        raise OutOfReach(f"登记簿 {path} 无法使用：{plain_fault(fault)}。") from fault
    except UnicodeDecodeError as fault:
        raise Unreadable(f"登记簿 {path} 已经损坏；请勿再写入，从备份恢复。") from fault
    except UnicodeEncodeError as fault:  # half a character, from a terminal of another encoding
        raise BadValue("有无法识别的字符；请重新输入。") from fault


def _concerns(path: Path, fault: OSError) -> bool:
    """Whether it names the register, a file that belongs to it, or a folder it stands in."""
    if not isinstance(fault.filename, str | os.PathLike):
        return False
    named = Path(fault.filename)
    beside = named.parent == path.parent and named.name.startswith(path.name)
    return beside or named in path.parents


def _concerns_the_place(fault: BaseException | None) -> bool:
    """Whether SQLite speaks of the disk, of rights or of other programs, not of what it read."""
    name = getattr(fault, "sqlite_errorname", "")
    return name.startswith(_OF_THE_PLACE) and not name.startswith(_OF_WHAT_IS_READ)


_OF_THE_PLACE = tuple(
    f"SQLITE_{code}" for code in ("BUSY", "LOCKED", "READONLY", "CANTOPEN", "FULL", "IOERR")
)
_OF_WHAT_IS_READ = ("SQLITE_IOERR_READ", "SQLITE_IOERR_SHORT_READ", "SQLITE_IOERR_CORRUPTFS")


def plain_sqlite(fault: BaseException | None) -> str | None:
    """By the name of SQLite's own result code; extended codes begin with the primary one's name."""
    name = getattr(fault, "sqlite_errorname", "")
    if name == "SQLITE_ERROR" and str(fault).startswith(_MISSING):
        return "缺少应有的表、列或索引；请勿再写入，从备份恢复。"
    if str(fault).startswith(_DAMAGED):
        return "已经损坏；请勿再写入，从备份恢复。"
    for code, sentence in _FAULTS:
        if name == code or name.startswith(f"{code}_"):
            return sentence
    return None


_DAMAGED = ("Could not decode to UTF-8", "unsupported file format")
_MISSING = ("no such table", "no such column", "no such index")
_FAULTS = (
    ("SQLITE_BUSY", "正被别的程序占用；请稍候再试。"),
    ("SQLITE_LOCKED", "正被别的程序占用；请稍候再试。"),
    ("SQLITE_CORRUPT", "已经损坏；请勿再写入，从备份恢复。"),
    ("SQLITE_NOTADB", "不是登记簿文件；请核对文件名。"),
    ("SQLITE_READONLY", "是只读的；请检查文件和文件夹的权限。"),
    ("SQLITE_CANTOPEN", "无法打开；请检查文件和文件夹的权限。"),
    ("SQLITE_FULL", "所在磁盘已满；本次没有写入任何内容，请腾出空间再试。"),
    ("SQLITE_IOERR_SHMSIZE", "所在磁盘已满；本次没有写入任何内容，请腾出空间再试。"),
    ("SQLITE_IOERR_WRITE", "所在磁盘无法写入，可能已满；本次没有写入任何内容，请腾出空间再试。"),
    ("SQLITE_IOERR", "所在磁盘读写出错；本次没有写入任何内容。"),
)
