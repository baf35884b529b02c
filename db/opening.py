"""Where a register is, and opening it: made when it is new, brought to the newest schema when old."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import Connection

from db.errors import Unreadable
from db.maintenance.backups import back_up, copies_folder
from db.maintenance.unfinished import sweep
from db.moment import Clock
from db.storage.location import exists, make_private, sqlite_path
from db.storage.migrations import upgrade
from db.storage.office_calendar import package_is_new
from db.storage.register import Register
from db.storage.schema import DERIVED, HEAD
from db.storage.sqlite import (
    TABLE_NAMES,
    beating,
    cut_short,
    is_foreign,
    make_engine,
    plain_sentences,
)
from db.storage.transaction import Transaction

Told = Callable[[str], None]
"""Hears what is being done to an old register, at the beginning and then many times a second.
What it raises ends that, with the register as it was."""


def open_register(
    location: str,
    *,
    clerk: str,
    clock: Clock,
    create: bool = False,
    told: Told = lambda doing: None,
) -> Register:
    """Open the register at a path or SQLite URL, migrating an older schema after a backup.

    `clerk` is who records, `clock` says what day it is.

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
    sweep(path.parent)
    sweep(copies_folder(path))
    with plain_sentences(path):
        if fresh:
            make_private(path)
        elif cut_short(path):
            raise Unreadable(f"登记簿 {path} 已经损坏（文件不完整）；请勿再写入，从备份恢复。")
        register = Register(path, make_engine(path), clerk=clerk, clock=clock)
        try:
            _bring_up_to_date(register, told)
        except BaseException:
            register.close()
            raise
        return register


def _bring_up_to_date(register: Register, told: Told) -> None:
    with register.reading() as tx:
        version = _version(register, tx.connection)
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
    with register.writing() as tx:
        version = _version(register, tx.connection)
        if version != HEAD:
            _bring_up(tx, version, told)


def _bring_up(tx: Transaction, version: str | None, told: Told) -> None:
    """Make the newest schema, and derive from the histories what an older one did not have."""
    from db.cases.holidays import adopt_package
    from db.maintenance.rebuild import rebuild

    doing = "已经备份，正在升级登记簿"

    def say(done: int, total: int) -> None:
        nonlocal doing
        doing = f"已经备份，正在升级登记簿：{done:,} / {total:,} 件"
        told(doing)

    with beating(tx.connection, lambda: told(doing)):
        upgrade(tx.connection)
        if version is not None and version < DERIVED:
            adopt_package(tx)  # first: it keeps which due dates have moved
            rebuild(tx, say)


def _adopt_package(register: Register) -> None:
    with register.reading() as tx:
        if not package_is_new(tx.connection):
            return
    from db.cases.holidays import adopt_package

    with register.writing() as tx:
        adopt_package(tx)


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
