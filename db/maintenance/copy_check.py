"""Whether a file is a register that can be vouched for. It is only read; nothing comes up beside it."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import URL, Connection, NullPool, create_engine
from sqlalchemy.exc import SQLAlchemyError

from db.errors import NotFound, RegisterError, Unreadable, plain_fault
from db.maintenance.copy_names import Extent, extent_of
from db.maintenance.unfinished import beside
from db.storage.file_faults import plain_sqlite
from db.storage.inspection import cut_short
from db.storage.schema import HEAD
from db.storage.sqlite import OURS, TABLE_NAMES, beating
from db.storage.transaction import Transaction
from db.storage.versions import stated_version

Beat = Callable[[], None]
"""Called many times a second by long work; what it raises ends it."""


@dataclass(frozen=True, slots=True)
class Checked:
    """What a register file holds, and every reason not to trust it, each one sentence."""

    version: str
    cases: int
    extent: Extent
    problems: tuple[str, ...] = ()
    broken: bool = False
    """Whether SQLite itself finds the file damaged."""


def check_file(path: Path, now: datetime, beat: Beat = lambda: None) -> Checked:
    """Prove a register file: SQLite's own checks, and `verify` if it is of this program's schema.

    Raises:
        Unreadable: it cannot be read at all, or is no register, or of a newer program.
    """
    with reading_file(path) as connection, beating(connection, beat):
        version = version_of(connection, path)
        ours = version == HEAD
        physical = _sqlite_problems(connection, "quick_check" if ours else "integrity_check")
        logical = _verified(connection, path, now, beat) if ours and not physical else ()
        cases = int(connection.exec_driver_sql("SELECT count(*) FROM cases").scalar_one())
        problems = physical or logical
        return Checked(version, cases, extent_of(connection), problems, bool(physical))


def stands(path: Path, extent: Extent | None) -> bool:
    """The quick look: whether a file is whole, as far as SQLite's structure goes, and holds what
    its name says."""
    try:
        if cut_short(path):
            return False
        with reading_file(path) as connection:
            version_of(connection, path)
            held = extent_of(connection)
            return extent in (None, held) and not _sqlite_problems(connection, "quick_check")
    except (RegisterError, OSError):
        return False


@contextlib.contextmanager
def reading_file(path: Path, *, live: bool = False) -> Iterator[Connection]:
    """A connection to a register file that changes nothing; `live` when others may be writing it.

    Raises:
        NotFound: there is no such file.
        Unreadable: it cannot be read, or is damaged where it is read.
    """
    if not path.is_file():
        raise NotFound(f"没有找到文件 {path}；请核对文件名。")
    uri = f"{path.absolute().as_uri()}?mode=rw" if live else read_only(path)
    engine = create_engine(
        URL.create("sqlite"), creator=lambda: sqlite3.connect(uri, uri=True), poolclass=NullPool
    )
    try:
        with engine.connect() as connection:
            yield connection
    except (SQLAlchemyError, sqlite3.Error) as fault:
        said = plain_sqlite(getattr(fault, "orig", fault)) or "读不出来；请换一份。"
        raise Unreadable(f"{path} {said}") from fault
    except OSError as fault:
        raise Unreadable(f"{path} 无法读取：{plain_fault(fault)}。") from fault
    finally:
        engine.dispose()


def read_only(path: Path) -> str:
    """The URI that reads a file; one that has no log beside it is not even locked."""
    path = path.resolve()  # SQLite keeps a log beside the file itself, not beside a link to it
    quiet = not any(
        side.exists() and side.stat().st_size
        for side in (beside(path, "-wal"), beside(path, "-journal"))
    )
    return f"{path.as_uri()}?mode=ro{'&immutable=1' if quiet else ''}"


def version_of(connection: Connection, path: Path) -> str:
    """The schema of a register file.

    Raises:
        Unreadable: it is no register, or of a newer program.
    """
    names = set(connection.exec_driver_sql(TABLE_NAMES).scalars())
    if not names >= OURS | {"alembic_version"}:
        raise Unreadable(f"{path} 不是登记簿；请核对文件名。")
    version = stated_version(connection, str(path))
    if version > HEAD:
        raise Unreadable(f"{path} 由更新版本的程序建立（{version}）；请先升级本程序。")
    return version


def _sqlite_problems(connection: Connection, check: str) -> tuple[str, ...]:
    return tuple(
        f"SQLite 完整性检查：{answer}"
        for (answer,) in connection.exec_driver_sql(f"PRAGMA {check}")
        if answer != "ok"
    )


def _verified(connection: Connection, path: Path, now: datetime, beat: Beat) -> tuple[str, ...]:
    from db.maintenance.proving_beside import File  # as late: opening a register does without it
    from db.maintenance.verify import verify

    try:
        tx = Transaction(connection, now.date(), now, "")
        return verify(tx, file=File(path, reading_file, beat)).problems
    except (RegisterError, SQLAlchemyError, ValueError, TypeError, LookupError) as fault:
        beat()  # if it was this that ended the work, it ends here too
        return (f"核对中途读不下去（{type(fault).__name__}）",)
