"""Where a register is, and opening it: made when it is new, brought to the newest schema when old."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, make_url
from sqlalchemy.exc import ArgumentError

from db.cases.holidays import adopt_package
from db.errors import BadValue, Unreadable
from db.maintenance.backups import back_up
from db.storage.migrations import upgrade
from db.storage.office_calendar import package_is_new
from db.storage.register import Register
from db.storage.schema import HEAD
from db.storage.sqlite import TABLE_NAMES, is_foreign, make_engine, plain_fault, plain_sentences


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
        raise Unreadable(f"登记簿 {path} 无法读取：{plain_fault(fault)}。") from None


Told = Callable[[str], None]
"""Hears what is being done to an old register, at the beginning and then many times a second.
What it raises ends that, with the register as it was."""
BEAT = 100_000
"""Steps of SQLite's own from one time to the next."""


def open_register(
    location: str, *, create: bool = False, told: Told = lambda doing: None
) -> Register:
    """Open the register at a path or SQLite URL, migrating an older schema after a backup.

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
    with plain_sentences(path):
        if fresh:
            _make_private(path)
        elif _cut_short(path):
            raise Unreadable(f"登记簿 {path} 已经损坏（文件不完整）；请勿再写入，从备份恢复。")
        register = Register(path, make_engine(path))
        try:
            _bring_up_to_date(register, told)
        except BaseException:
            register.close()
            raise
        return register


def _bring_up_to_date(register: Register, told: Told) -> None:
    with register.reading() as connection:
        version = _version(register, connection)
    if version != HEAD:
        _migrate(register, version, told)
    _adopt_package(register)


def _migrate(register: Register, version: str | None, told: Told) -> None:
    if version is not None and version > HEAD:
        raise Unreadable(
            f"登记簿 {register.path} 由更新版本的程序建立（{version}）；请先升级本程序。"
        )
    if version is not None:
        told("正在备份登记簿，随后升级")
        back_up(register, f"before-{HEAD}")
        told("已经备份，正在升级登记簿")
    with register.writing() as connection:
        if _version(register, connection) != HEAD:
            with _beating(connection, lambda: told("已经备份，正在升级登记簿")):
                upgrade(connection)


@contextlib.contextmanager
def _beating(connection: Connection, beat: Callable[[], None]) -> Iterator[None]:
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


def _adopt_package(register: Register) -> None:
    with register.reading() as connection:
        if not package_is_new(connection):
            return
    with register.writing() as connection:
        adopt_package(connection, register)


def _version(register: Register, connection: Connection) -> str | None:
    names = set(connection.exec_driver_sql(TABLE_NAMES).scalars())
    if is_foreign(names):
        raise Unreadable(f"{register.path} 是数据库，但不是登记簿；请核对文件名。")
    if "alembic_version" not in names:
        return None
    version: str | None = connection.exec_driver_sql(
        "SELECT version_num FROM alembic_version"
    ).scalar()
    return version


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
