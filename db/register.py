"""The register: one database file, opened, guarded and kept at the newest schema.

`Register` owns the engine. Reading happens in `reading()`, every use case that writes in one
`writing()` transaction; functions that take a `Connection` never commit.
"""

from __future__ import annotations

import contextlib
import getpass
import os
import sqlite3
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url, select
from sqlalchemy.exc import ArgumentError, DatabaseError

from db import moment
from db.errors import BadValue, Unreadable
from db.office_calendar import calendar_of, package_is_new
from db.schema import HEAD, organs
from db.workdays import WorkCalendar

BUSY_SECONDS = 5
PRAGMAS = (
    ("journal_mode", "wal"),
    ("foreign_keys", "1"),
    ("synchronous", "2"),  # FULL: an acknowledged entry survives a power cut
    ("busy_timeout", str(BUSY_SECONDS * 1000)),
)


def default_path() -> Path:
    """`register.db` in the platform's user-data folder."""
    from platformdirs import user_data_path

    return user_data_path("taizhang", appauthor=False) / "register.db"


def locate(given: str | None) -> str:
    """Where the register is: what was given, else `TAIZHANG_DB`, else the user's own file."""
    return given or os.environ.get("TAIZHANG_DB") or str(default_path())


def sqlite_path(location: str) -> Path:
    """The file a location names.

    Raises:
        BadValue: the location is a URL of another database, or not a URL at all.
    """
    if "://" not in location:
        return Path(location).expanduser()
    try:
        url = make_url(location)
    except ArgumentError:
        raise BadValue(f"数据库地址“{location}”看不懂；请写文件路径，或 sqlite:///路径。") from None
    if url.get_backend_name() != "sqlite" or not url.database or url.database == ":memory:":
        raise BadValue("目前只支持 SQLite 登记簿文件；请写文件路径，或 sqlite:///路径。")
    return Path(url.database)


def exists(location: str) -> bool:
    """Whether a register stands at the location."""
    path = sqlite_path(location)
    try:
        return path.is_file() and path.stat().st_size > 0
    except OSError as fault:
        raise Unreadable(f"登记簿 {path} 无法读取：{_plain_os(fault)}。") from None


class Register:
    """An open register. Close it, or use it in a `with` statement."""

    def __init__(self, path: Path, engine: Engine) -> None:
        self.path = path
        self.engine = engine
        self._writer = engine.execution_options(taizhang_write=True)

    @classmethod
    def open(cls, location: str, *, create: bool = False) -> Register:
        """Open the register at a path or SQLite URL, migrating an older schema.

        Raises:
            Unreadable: there is none and `create` is false; it is locked, damaged, not a
                register, of a newer version, or its folder cannot be written.
        """
        path = sqlite_path(location)
        fresh = not exists(location)
        if path.is_dir():
            raise Unreadable(f"{path} 是一个文件夹；请写明登记簿文件名。")
        if fresh and not create:
            raise Unreadable(f"没有找到登记簿 {path}；请先运行 taizhang 新建，或用 --db 指明文件。")
        with _sentences(path):
            if fresh:
                _make_private(path)
            elif _cut_short(path):
                raise Unreadable(f"登记簿 {path} 已经损坏（文件不完整）；请勿再写入，从备份恢复。")
            register = cls(path, _engine(path))
            try:
                register._bring_up_to_date()
            except BaseException:
                register.close()
                raise
            return register

    def _bring_up_to_date(self) -> None:
        version = self._version()
        if version != HEAD:
            self._migrate(version)
        self._adopt_package()

    def _migrate(self, version: str | None) -> None:
        if version is not None and version > HEAD:
            raise Unreadable(
                f"登记簿 {self.path} 由更新版本的程序建立（{version}）；请先升级本程序。"
            )
        from db.migrations import upgrade

        if version is not None:
            from db.backups import back_up

            back_up(self, f"before-{HEAD}")
        with self.writing() as connection:
            if self._version(connection) != HEAD:
                upgrade(connection)

    def _adopt_package(self) -> None:
        with self.reading() as connection:
            if not package_is_new(connection):
                return
        from db.calendar_notices import adopt_package

        with self.writing() as connection:
            adopt_package(connection, self)

    def _version(self, connection: Connection | None = None) -> str | None:
        if connection is None:
            with self.reading() as reading:
                return self._version(reading)
        names = set(connection.exec_driver_sql(_TABLE_NAMES).scalars())
        if _foreign(names):
            raise Unreadable(f"{self.path} 是数据库，但不是登记簿；请用 --db 指明登记簿文件。")
        if "alembic_version" not in names:
            return None
        version: str | None = connection.exec_driver_sql(
            "SELECT version_num FROM alembic_version"
        ).scalar()
        return version

    @contextlib.contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection that sees one consistent state and writes nothing."""
        with _sentences(self.path), self.engine.begin() as connection:
            yield connection

    @contextlib.contextmanager
    def writing(self) -> Iterator[Connection]:
        """One write transaction: all of it is kept, or none."""
        with _sentences(self.path), self._writer.begin() as connection:
            yield connection

    @contextlib.contextmanager
    def snapshot(self) -> Iterator[Register]:
        """The register as it stands at this moment, however many questions it is asked."""
        with self.reading() as connection:
            yield _Still(self, connection)

    def calendar(self) -> WorkCalendar:
        """The working-day calendar in force: the package's, with the office's notices over it."""
        with self.reading() as connection:
            return calendar_of(connection)

    def today(self) -> date:
        return moment.today()

    def now(self) -> datetime:
        return moment.now()

    def clerk(self) -> str:
        """Who records: the operator's name, else the system user's."""
        named = os.environ.get("TAIZHANG_CLERK", "").strip()
        if named:
            return named
        try:
            return getpass.getuser()
        except (OSError, KeyError, ImportError):
            return "?"

    def organ_names(self) -> tuple[str, ...]:
        """受理机关 of this register, the first one first."""
        with self.reading() as connection:
            return tuple(connection.execute(select(organs.c.name).order_by(organs.c.id)).scalars())

    def take_away(self) -> None:
        """Close a register just made, for a command that then failed, and remove its file."""
        self.close()
        for suffix in ("", "-wal", "-shm"):
            self.path.with_name(self.path.name + suffix).unlink(missing_ok=True)

    def close(self) -> None:
        self.engine.dispose()

    def __enter__(self) -> Register:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


class _Still(Register):
    """Answers every question from one read transaction."""

    def __init__(self, register: Register, connection: Connection) -> None:
        super().__init__(register.path, register.engine)
        self._connection = connection

    @contextlib.contextmanager
    def reading(self) -> Iterator[Connection]:
        yield self._connection


def _make_private(path: Path) -> None:
    """The file 0600 in a folder 0700: it holds personal data. (Windows keeps its own rights.)"""
    if not path.parent.exists():
        path.parent.mkdir(parents=True, mode=0o700)
    if path.is_file():  # there already, but empty
        path.chmod(0o600)
    elif not path.exists():
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))


def _cut_short(path: Path) -> bool:
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


_TABLE_NAMES = "SELECT name FROM sqlite_master WHERE type = 'table'"


def _foreign(names: set[str]) -> bool:
    """Whether a database with these tables is another program's."""
    ours = {"alembic_version", "organs", "cases", "events"} <= names
    return not ours and bool(names - {"sqlite_sequence"})


def _engine(path: Path) -> Engine:
    engine = create_engine(
        URL.create("sqlite", database=str(path)),
        connect_args={"timeout": BUSY_SECONDS, "check_same_thread": False},
    )

    @event.listens_for(engine, "connect")
    def set_pragmas(connection: Any, _: object) -> None:
        connection.isolation_level = None  # transactions are begun below, DDL included
        foreign = _foreign({name for (name,) in connection.execute(_TABLE_NAMES)})
        for name, value in PRAGMAS:
            if name != "journal_mode" or not foreign:  # this one is written into the file
                connection.execute(f"PRAGMA {name} = {value}")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        write = connection.get_execution_options().get("taizhang_write")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")

    return engine


@contextlib.contextmanager
def _sentences(path: Path) -> Iterator[None]:
    """Turn what SQLite and the system say into one sentence for the clerk."""
    try:
        yield
    except (DatabaseError, sqlite3.Error) as fault:
        said = str(fault.orig) if isinstance(fault, DatabaseError) else str(fault)
        sentence = _plain_sqlite(said)
        if sentence is None:
            raise
        raise Unreadable(f"登记簿 {path} {sentence}") from fault
    except OSError as fault:
        raise Unreadable(f"登记簿 {path} 无法使用：{_plain_os(fault)}。") from fault
    except UnicodeEncodeError as fault:  # half a character, from a terminal of another encoding
        raise BadValue("有无法识别的字符；请重新输入。") from fault


def _plain_sqlite(said: str) -> str | None:
    for sign, sentence in (
        ("locked", "正被别的程序占用；请稍候再试。"),
        ("malformed", "已经损坏；请勿再写入，从备份恢复。"),
        ("disk image", "已经损坏；请勿再写入，从备份恢复。"),
        ("not a database", "不是登记簿文件；请用 --db 指明登记簿。"),
        ("readonly", "是只读的；请检查文件和文件夹的权限。"),
        ("unable to open", "无法打开；请检查文件和文件夹的权限。"),
        ("is full", "所在磁盘已满；本次没有写入任何内容，请腾出空间再试。"),
        ("disk I/O error", "所在磁盘读写出错；本次没有写入任何内容。"),
    ):
        if sign in said:
            return sentence
    return None


def _plain_os(fault: OSError) -> str:
    if isinstance(fault, PermissionError):
        return "没有权限"
    if isinstance(fault, (IsADirectoryError, NotADirectoryError)):
        return "路径不对，文件夹和文件混淆"
    if isinstance(fault, FileNotFoundError):
        return "路径不存在"
    return fault.strerror or "系统拒绝"
