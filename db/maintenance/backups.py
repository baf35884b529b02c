"""Copies of the register, made by SQLite's own online backup and checked before they count."""

from __future__ import annotations

import contextlib
import os
import sqlite3
from pathlib import Path

from db.errors import Unreadable, plain_fault
from db.storage.register import Register
from db.storage.sqlite import plain_sqlite


def back_up(register: Register, reason: str, folder: Path | None = None) -> Path:
    """Copy the register beside itself (folder `backups`), named by moment and reason.

    Raises:
        Unreadable: the copy cannot be written or fails SQLite's integrity check.
    """
    folder = folder or register.path.parent / "backups"
    name = f"{register.path.stem}-{register.clock.now():%Y%m%d-%H%M%S-%f}-{reason}.db"
    copy = folder / name
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        os.close(os.open(copy, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
        with (
            contextlib.closing(sqlite3.connect(register.path)) as source,
            contextlib.closing(sqlite3.connect(copy)) as target,
        ):
            source.backup(target)
            (answer,) = target.execute("PRAGMA integrity_check").fetchone()
    except (OSError, sqlite3.Error) as fault:
        with contextlib.suppress(OSError):  # what hindered the copy may hinder this too
            copy.unlink(missing_ok=True)
        said = plain_fault(fault) if isinstance(fault, OSError) else plain_sqlite(fault)
        said = (said or "SQLite 拒绝").removesuffix("。")
        raise Unreadable(f"无法把登记簿备份到 {folder}：{said}；没有做任何改动。") from fault
    if answer != "ok":
        copy.unlink(missing_ok=True)
        raise Unreadable(f"登记簿 {register.path} 没有通过完整性检查，不能备份；没有做任何改动。")
    return copy
