"""SQLite as the register uses it: how a file is connected to, and what its faults mean."""

from __future__ import annotations

import contextlib
import os
import sqlite3
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, CursorResult, Engine, create_engine, event
from sqlalchemy.dialects.sqlite.base import SQLiteCompiler
from sqlalchemy.exc import DatabaseError

from db.errors import BadValue, Unreadable, plain_fault

BUSY_SECONDS = 5
PRAGMAS = (
    ("journal_mode", "wal"),
    ("foreign_keys", "1"),
    ("synchronous", "2"),  # FULL: an acknowledged entry survives a power cut
    ("busy_timeout", str(BUSY_SECONDS * 1000)),
)


TABLE_NAMES = "SELECT name FROM sqlite_master WHERE type = 'table'"


def is_foreign(names: set[str]) -> bool:
    """Whether a database with these tables is another program's."""
    ours = {"alembic_version", "organs", "cases", "events"} <= names
    return not ours and bool(names - {"sqlite_sequence"})


class _Compiler(SQLiteCompiler):
    """Writes INDEXED BY where a query names an index (`with_hint`); SQLAlchemy leaves it out."""

    def get_from_hint_text(self, _: Any, text: str | None) -> str | None:
        return text


def make_engine(path: Path) -> Engine:
    engine = create_engine(
        URL.create("sqlite", database=str(path)),
        connect_args={"timeout": BUSY_SECONDS, "check_same_thread": False},
    )

    engine.dialect.statement_compiler = _Compiler

    @event.listens_for(engine, "connect")
    def set_pragmas(connection: Any, _: object) -> None:
        connection.isolation_level = None  # transactions are begun below, DDL included
        foreign = is_foreign({name for (name,) in connection.execute(TABLE_NAMES)})
        for name, value in PRAGMAS:
            if name != "journal_mode" or not foreign:  # this one is written into the file
                connection.execute(f"PRAGMA {name} = {value}")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        write = connection.get_execution_options().get("taizhang_write")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")

    return engine


@contextlib.contextmanager
def plain_sentences(path: Path) -> Iterator[None]:
    """Turn what SQLite and the system say of the register into one sentence for the clerk.

    What the system says of other files, or of none, as of a closed pipe, is not the register's fault.
    """
    try:
        yield
    except (DatabaseError, sqlite3.Error) as fault:
        sentence = plain_sqlite(fault.orig if isinstance(fault, DatabaseError) else fault)
        if sentence is None:
            raise
        raise Unreadable(f"登记簿 {path} {sentence}") from fault
    except OSError as fault:
        if not _concerns(path, fault):
            raise
        raise Unreadable(f"登记簿 {path} 无法使用：{plain_fault(fault)}。") from fault
    except UnicodeEncodeError as fault:  # half a character, from a terminal of another encoding
        raise BadValue("有无法识别的字符；请重新输入。") from fault


def _concerns(path: Path, fault: OSError) -> bool:
    """Whether it names the register, a file that belongs to it, or a folder it stands in."""
    if not isinstance(fault.filename, str | os.PathLike):
        return False
    named = Path(fault.filename)
    beside = named.parent == path.parent and named.name.startswith(path.name)
    return beside or named in path.parents


def plain_sqlite(fault: BaseException | None) -> str | None:
    """By the name of SQLite's own result code; extended codes begin with the primary one's name."""
    name = getattr(fault, "sqlite_errorname", "")
    for code, sentence in _FAULTS:
        if name == code or name.startswith(f"{code}_"):
            return sentence
    return None


_FAULTS = (
    ("SQLITE_BUSY", "正被别的程序占用；请稍候再试。"),
    ("SQLITE_LOCKED", "正被别的程序占用；请稍候再试。"),
    ("SQLITE_CORRUPT", "已经损坏；请勿再写入，从备份恢复。"),
    ("SQLITE_NOTADB", "不是登记簿文件；请核对文件名。"),
    ("SQLITE_READONLY", "是只读的；请检查文件和文件夹的权限。"),
    ("SQLITE_CANTOPEN", "无法打开；请检查文件和文件夹的权限。"),
    ("SQLITE_FULL", "所在磁盘已满；本次没有写入任何内容，请腾出空间再试。"),
    ("SQLITE_IOERR", "所在磁盘读写出错；本次没有写入任何内容。"),
)


BEAT = 100_000
"""Steps of SQLite's own from one time to the next."""


@contextlib.contextmanager
def beating(connection: Connection, beat: Callable[[], None]) -> Iterator[None]:
    """Call `beat` while SQLite works on this connection; what it raises ends the work."""
    raised: list[BaseException] = []

    def handler() -> bool:
        try:
            beat()
        except BaseException as reason:
            raised.append(reason)
        return bool(raised)

    driver: Any = connection.connection.driver_connection
    driver.set_progress_handler(handler, BEAT)
    try:
        yield
    except Exception:
        if raised:
            raise raised[0] from None
        raise
    finally:
        driver.set_progress_handler(None, 0)


def cut_short(path: Path) -> bool:
    """Whether the file ends before the last page it speaks of: SQLite would read zeros there."""
    log = path.with_name(f"{path.name}-wal")
    if log.exists() and log.stat().st_size:
        return False  # pages may still be in the log
    with path.open("rb") as file:
        header = file.read(100)
    if len(header) < 100 or not header.startswith(b"SQLite format 3\0"):
        return False
    page = int.from_bytes(header[16:18], "big")
    counted = header[24:28] == header[92:96]  # else an old SQLite did not keep the count
    pages = int.from_bytes(header[28:32], "big") if counted else 0
    return path.stat().st_size < (65_536 if page == 1 else page) * pages


def last_id(connection: Connection, table: str) -> int:
    """The highest id ever given to a row of a table, also if that row has gone since; 0 if none."""
    query = "SELECT seq FROM sqlite_sequence WHERE name = ?"
    return int(connection.exec_driver_sql(query, (table,)).scalar() or 0)


def inserted_id(result: CursorResult[Any]) -> int:
    """The id of the one row just inserted."""
    key = result.inserted_primary_key
    if key is None:
        raise RuntimeError("an insert gave no key")
    return int(key[0])


@contextlib.contextmanager
def any_bytes(connection: Connection) -> Iterator[None]:
    """Read texts on this connection whatever bytes they hold: what is no UTF-8 as half characters."""
    driver: Any = connection.connection.driver_connection
    driver.text_factory = partial(str, encoding="utf-8", errors="surrogateescape")
    try:
        yield
    finally:
        driver.text_factory = str
