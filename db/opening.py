"""Where a register is, and opening it: made when it is new, brought to the newest schema when old."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection
from sqlalchemy.exc import DatabaseError

from db.errors import Unreadable
from db.maintenance.copy_names import erasing_note
from db.maintenance.unfinished import sweep
from db.moment import Clock
from db.storage.chain import seal_all
from db.storage.file_faults import plain_sentences, plain_sqlite
from db.storage.inspection import inspect, refuse_foreign
from db.storage.location import (
    close_to_others,
    copies_folder,
    make_private,
    refuse_other_kinds,
    size_of,
    sqlite_path,
)
from db.storage.migrations import upgrade
from db.storage.moved import moved_to
from db.storage.office_calendar import package_is_new
from db.storage.port import Store, port_of
from db.storage.register import Register, Told
from db.storage.register_file import RegisterFile
from db.storage.role import granted
from db.storage.schema import CHAINED, DERIVED, HEAD
from db.storage.server_address import is_server, require_driver
from db.storage.transaction import Transaction
from db.storage.versions import refuse_other_tables, stated_version
from db.words.vocabulary import Role


def open_register(
    location: str,
    *,
    clerk: str,
    clock: Clock,
    create: bool = False,
    told: Told = lambda doing: None,
) -> Register:
    """Open the register at a path or a database's URL, migrating an older schema after a backup.

    `clerk` is who records, `clock` says what day it is. `told` hears what is being done to an old
    register, at the beginning and then many times a second, and that another program is waited for.
    What the clerk should hear of the file itself stands in the register's `remarks`.

    Raises:
        Unreadable: there is none and `create` is false; it is locked, damaged, not a
            register, of a newer version, or its folder cannot be written.
    """
    if is_server(location):
        return _open_server(location, clerk=clerk, clock=clock, create=create, told=told)
    path = sqlite_path(location)
    sweep(path.parent)
    sweep(copies_folder(path))
    with plain_sentences(path):
        fresh = _is_missing(path, create=create)
        if fresh:
            make_private(path)
        left = not fresh and not RegisterFile.is_open_here(path) and inspect(path)
        remarks = close_to_others(path)  # first: the log takes its rights from the file
        register = Register(RegisterFile(path, told), clerk=clerk, clock=clock, remarks=remarks)
        with register.handing_over():
            _bring_up_to_date(register, told, create=create)
            _finish_erasing(register)
        if left:
            register.store.written()
        return register


def open_as_it_is(location: str, *, clerk: str, clock: Clock) -> Register | None:
    """Open a register to be proved: nothing is upgraded, recomputed or written.

    None if it is of an older schema, and must be upgraded before it can be proved.

    Raises:
        Unreadable: there is none, or it is no register, or damaged so that it cannot be opened.
    """
    store: Store
    if is_server(location):
        store = _server(location, lambda _: None)
    else:
        path = sqlite_path(location)
        with plain_sentences(path):
            _is_missing(path, create=False)
            if not RegisterFile.is_open_here(path):
                inspect(path)
            store = RegisterFile(path, lambda _: None)
    with store.sentences():
        register = Register(store, clerk=clerk, clock=clock)
        with register.handing_over(), register.reading() as tx:
            version = _version(register, tx.connection)
            if version is None:
                refuse_foreign(register.place, set())
    if version is not None and version < HEAD:
        register.close()
        return None
    return register


def _open_server(location: str, *, clerk: str, clock: Clock, create: bool, told: Told) -> Register:
    """Open the register of a database server; who keeps the server backs it up."""
    store = _server(location, told)
    with store.sentences():
        register = Register(store, clerk=clerk, clock=clock)
        with register.handing_over():
            if create:
                from db.storage.postgres import refuse_other_encodings

                with register.reading() as tx:
                    refuse_other_encodings(tx.connection, register.place)
            _bring_up_to_date(register, told, create=create)
        return register


def _server(location: str, told: Told) -> Store:
    require_driver()
    from db.storage.register_server import RegisterServer

    return RegisterServer(location, told)


def _is_missing(path: Path, *, create: bool) -> bool:
    """Whether the register is still to be made, and may be.

    Raises:
        Unreadable: there is none and `create` is false; something else is in its place.
    """
    try:
        refuse_other_kinds(path)
    except (FileNotFoundError, NotADirectoryError):
        if create:
            return True
        raise Unreadable(
            f"没有找到登记簿 {path}；请先运行 taizhang 新建，或用 --db 指明文件。"
        ) from None
    if size_of(path) or size_of(path.with_name(f"{path.name}-journal")):
        return False
    if not create:
        raise Unreadable(
            f"登记簿 {path} 是空文件，里面什么也没有；如果里面应当有登记，请从备份恢复。"
        )
    return True


def _bring_up_to_date(register: Register, told: Told, *, create: bool) -> None:
    with register.reading() as tx:
        version = _version(register, tx.connection)
        if version is None and not create:
            refuse_foreign(register.place, set())
        if version is not None:
            _refuse_newer(register.place, version)
            refuse_other_tables(tx.connection, register.place, version)
    if version != HEAD:
        _migrate(register, version, told)
    with register.reading() as tx:
        register.moved = moved_to(tx.connection)
        new_package = package_is_new(tx.connection)
    _remark_standby(register)
    if register.moved:
        register.remarks += (register.moved.sentence,)
    elif new_package:
        _adopt_package(register)


def _remark_standby(register: Register) -> None:
    with register.reading() as tx:
        if port_of(tx.connection).is_standby(tx.connection):
            register.remarks += (f"登记簿 {register.place} 在备用服务器上，只能查看，不能登记。",)


def _refuse_newer(place: str, version: str) -> None:
    if version > HEAD:
        raise Unreadable(f"登记簿 {place} 由更新版本的程序建立（{version}）；请先升级本程序。")


def _migrate(register: Register, version: str | None, told: Told) -> None:
    if version is not None:
        _refuse_upgrade_by_others(register, version)
    if version is not None and register.store.file is not None:
        from db.maintenance.backups import back_up

        told("正在备份登记簿，随后升级")
        back_up(register, f"before-{HEAD}")
    with register.upkeep() as tx:
        version = _version(register, tx.connection)  # another program may have done it meanwhile
        if version != HEAD:
            _bring_up(register, tx, version, told)
    if version is None:
        register.connect_anew()  # a register has a log, its making had none: connect anew


def _refuse_upgrade_by_others(register: Register, version: str) -> None:
    with register.reading() as tx:
        if not port_of(tx.connection).may_upgrade(tx.connection):
            raise Unreadable(
                f"登记簿 {register.place} 是较早的版本（{version}），要升级到 {HEAD}；"
                "请管理员用建立它的数据库角色打开一次，再运行 taizhang roles --apply。"
            )


def _bring_up(register: Register, tx: Transaction, version: str | None, told: Told) -> None:
    """Make the newest schema, and derive from the histories what an older one did not have."""
    from db.cases.holidays import adopt_package
    from db.maintenance.rebuild import rebuild

    doing = "正在升级登记簿" if version else "正在建立登记簿"

    def say(done: int, total: int) -> None:
        nonlocal doing
        doing = f"正在升级登记簿：{done:,} / {total:,} 件"
        told(doing)

    with port_of(tx.connection).beating(tx.connection, lambda: told(doing)):
        try:
            upgrade(tx.connection)
        except DatabaseError as fault:
            if plain_sqlite(fault.orig) is not None:
                raise
            raise Unreadable(
                f"登记簿 {register.place} 的版本记录（{version}）与其中的表不相符，不能升级；"
                "没有做任何改动。请勿再写入，从备份恢复。"
            ) from fault
        if version is not None and version < CHAINED:
            seal_all(tx.connection)
        if version is not None and version < DERIVED:
            adopt_package(tx)  # first: it keeps which due dates have moved
            rebuild(tx, say)


def _finish_erasing(register: Register) -> None:
    """Do the rest of an erasure that was killed; most registers know of none."""
    if register.store.file is None or not erasing_note(register.path).exists():
        return
    from db.maintenance.retiring import finish

    said = finish(register)
    if said:
        register.remarks += (said,)


def _adopt_package(register: Register) -> None:
    from db.cases.holidays import adopt_package

    with register.reading() as tx:
        by_engine = granted(tx.connection)
    if by_engine is not None and not by_engine.may(Role.SUPERVISOR):
        register.remarks += (
            "程序的放假数据有更新，还没有算进这本登记簿；请负责人打开一次，期限才会随之重算。",
        )
        return
    with register.upkeep() as tx:
        adopt_package(tx)


def _version(register: Register, connection: Connection) -> str | None:
    """The schema's version; None of a file without any table.

    Raises:
        Unreadable: it is another program's, or what says its version is missing or not understood.
    """
    names = port_of(connection).table_names(connection)
    if not names:
        return None
    refuse_foreign(register.place, names)
    return stated_version(connection, f"登记簿 {register.place}")
