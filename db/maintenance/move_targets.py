"""Where a whole register can be moved to: a new file, or the empty database of a server.

Either is filled in one transaction of its own. A file is written beside its place and put there at
the end; a server's database stays as it was until that transaction is kept.
"""

from __future__ import annotations

import contextlib
from collections.abc import Collection, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Protocol

from sqlalchemy import Connection

from db.errors import OutOfReach, RegisterError, Unreadable, plain_fault
from db.maintenance.copy_check import check_file, reading_file
from db.maintenance.unfinished import SIDES, beside, put_in_place, sweep, unfinished
from db.maintenance.verify import verify
from db.moment import Clock
from db.storage.chain import head
from db.storage.file_faults import plain_sentences
from db.storage.head import Head
from db.storage.inspection import refuse_foreign
from db.storage.location import (
    papers_folder,
    private_folders,
    refuse_other_kinds,
    size_of,
    sqlite_path,
)
from db.storage.paper_folder import PaperFolder
from db.storage.paper_store import PaperStore
from db.storage.paper_table import PaperTable
from db.storage.port import port_of
from db.storage.register import Register
from db.storage.server_address import is_server, require_driver, server_address
from db.storage.sqlite import is_register, make_engine
from db.storage.transaction import Transaction

_DATABASE = (
    "SELECT system_identifier, oid FROM pg_control_system(), pg_database"
    " WHERE datname = current_database()"
)


class Target(Protocol):
    """A place for a register."""

    place: str
    """What it is called."""
    written: str
    """As another clerk writes it after `--db`."""
    papers: PaperStore
    """Where the papers of its cases will be."""

    def is_of(self, source: Register) -> bool:
        """Whether it is where the register stands already."""

    def there(self) -> Head | None:
        """Where the chain of the register that stands there ends; None if nothing stands there.

        Raises:
            Unreadable: it is no register, cannot be read, or cannot be reached.
        """

    def problems(self, clock: Clock) -> tuple[str, ...]:
        """What is wrong with the register that stands there."""

    def filling(self) -> AbstractContextManager[Connection]:
        """A transaction in which the register is made there: all of it is kept, or nothing.

        Raises:
            Unreadable: it cannot be written, or something has come up there meanwhile.
        """

    def rows(self, connection: Connection) -> AbstractContextManager[None]:
        """A block in which all rows are written into the new tables."""

    def forget(self, digests: Collection[str]) -> None:
        """Let the papers go that were brought for a register that has not come to stand there."""


def target_at(location: str, source: Register) -> Target:
    """The place that a path or a URL names.

    Raises:
        BadValue: it names none.
        Unreadable: it cannot be looked at.
    """
    if is_server(location):
        return ServerTarget(location)
    return FileTarget(sqlite_path(location).absolute(), source.store.file)


class FileTarget:
    """A file, as a `Target`."""

    def __init__(self, path: Path, source: Path | None) -> None:
        self.path = path
        self.place = self.written = str(path)
        self.papers: PaperStore = PaperFolder(papers_folder(path))
        self._noted_in = source.parent if source else None

    def is_of(self, source: Register) -> bool:
        file = source.store.file
        try:
            return file is not None and self.path.exists() and self.path.samefile(file)
        except OSError as fault:
            raise Unreadable(f"{self.path} 无法读取：{plain_fault(fault)}。") from None

    def there(self) -> Head | None:
        with self._disk():
            try:
                refuse_other_kinds(self.path)
            except FileNotFoundError:
                self._refuse_sides()
                return None
            if not size_of(self.path):
                self._refuse_sides()
                return None
        with reading_file(self.path, live=True) as connection:
            names = _tables(connection)
            refuse_foreign(self.path, names)
            return _end(connection, names)

    def _refuse_sides(self) -> None:
        """Refuse where a log lies that SQLite would lay over the new file."""
        for side in SIDES:
            left = beside(self.path, side)
            if size_of(left):
                raise Unreadable(f"旁边有另一个登记簿留下的 {left}；请先移到别处，再迁移。")

    def problems(self, clock: Clock) -> tuple[str, ...]:
        return check_file(self.path, clock.now()).problems

    @contextlib.contextmanager
    def filling(self) -> Iterator[Connection]:
        with contextlib.ExitStack() as stack:
            with self._disk():
                private_folders(self.path.parent)
                sweep(self.path.parent)
                temporary = stack.enter_context(unfinished(self.path.parent, self._noted_in))
            engine = make_engine(temporary)
            writer = engine.execution_options(taizhang_write=True)
            try:
                with plain_sentences(self.path), writer.begin() as connection:
                    yield connection
            finally:
                engine.dispose()
            if self.there() is not None:
                refuse_taken(self)
            with self._disk():
                put_in_place(temporary, self.path)

    def rows(self, connection: Connection) -> AbstractContextManager[None]:
        return port_of(connection).roomy(connection)

    def forget(self, digests: Collection[str]) -> None:
        folder = papers_folder(self.path)
        with contextlib.suppress(RegisterError, OSError):
            PaperFolder(folder).remove(None, digests)
            if folder.is_dir():
                folder.rmdir()  # unless something else is there

    @contextlib.contextmanager
    def _disk(self) -> Iterator[None]:
        try:
            yield
        except OSError as fault:
            raise Unreadable(
                f"没有迁到 {self.path}：{plain_fault(fault)}；没有做任何改动。"
            ) from fault


class ServerTarget:
    """A database of a server, as a `Target`."""

    def __init__(self, location: str) -> None:
        require_driver()
        address = server_address(location)
        self.place, self.written = address.place, address.written
        self.papers: PaperStore = PaperTable()
        self._location = location

    def is_of(self, source: Register) -> bool:
        if source.store.file is not None:
            return False
        with source.reading() as tx, self._connected() as connection:
            here, there = (
                one.exec_driver_sql(_DATABASE).one() for one in (tx.connection, connection)
            )
            return tuple(here) == tuple(there)

    def there(self) -> Head | None:
        with self._connected() as connection:
            return self._there(connection)

    def _there(self, connection: Connection) -> Head | None:
        names = _tables(connection)
        if not names:
            return None
        if not is_register(names):
            raise Unreadable(f"{self.place} 里有别的程序的表；请另建一个空的数据库。")
        return _end(connection, names)

    def problems(self, clock: Clock) -> tuple[str, ...]:
        now = clock.now()
        with self._connected() as connection:
            return verify(Transaction(connection, now.date(), now, "")).problems

    @contextlib.contextmanager
    def filling(self) -> Iterator[Connection]:
        from db.storage.postgres import refuse_other_encodings, unhurried

        filled = False
        try:
            with self._connected(writing=True) as connection:
                refuse_other_encodings(connection, self.place)
                if self._there(connection) is not None:
                    refuse_taken(self)
                unhurried(connection)
                yield connection
                filled = True
        except OutOfReach as fault:
            if not filled:
                raise
            raise OutOfReach(
                f"{self.place} 的连接在保存的一刻断了，不知道登记簿迁到了没有；"
                "服务器恢复后请把同样的命令再运行一次，这里先不要登记。"
            ) from fault

    def rows(self, connection: Connection) -> AbstractContextManager[None]:
        from db.storage.postgres_filling import filling

        return filling(connection)

    def forget(self, digests: Collection[str]) -> None:
        """Nothing of it has been kept."""

    @contextlib.contextmanager
    def _connected(self, *, writing: bool = False) -> Iterator[Connection]:
        from db.storage.register_server import RegisterServer

        store = RegisterServer(self._location, lambda _: None)
        engine = store.engine.execution_options(taizhang_write=writing)
        try:
            with store.sentences(), engine.begin() as connection:
                yield connection
        finally:
            store.close()


def refuse_taken(target: Target) -> None:
    """Refuse a place where a register stands.

    Raises:
        RegisterError: always.
    """
    raise RegisterError(
        f"{target.place} 里已经有登记簿；没有做任何改动，请换一个新的文件或空的数据库。"
    )


def _end(connection: Connection, names: set[str]) -> Head:
    return head(connection) if "chain" in names else Head(0, "")  # older than the chain


def _tables(connection: Connection) -> set[str]:
    return port_of(connection).table_names(connection) - {"sqlite_sequence"}
