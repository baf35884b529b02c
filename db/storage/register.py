"""An open register: one database, read and written in guarded transactions.

`db.opening` makes it. Use cases take the transaction that `reading` or `writing` gives.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from pathlib import Path

from sqlalchemy import Connection

from db.calendar.workdays import work_calendar
from db.errors import BadValue, OutOfReach
from db.moment import Clock
from db.storage.chain import digest_at, head
from db.storage.connections import Connections
from db.storage.head import Head
from db.storage.moved import MOVED, Moved, refuse_moved
from db.storage.port import Following, Store
from db.storage.transaction import Transaction
from db.words.vocabulary import Role

Told = Callable[[str], object]
"""Hears what is being done to a register or waited for, again and again.
What it raises ends that, with the register as it was."""


class Register:
    """An open register. Close it, or use it in a `with` statement."""

    def __init__(
        self, store: Store, *, clerk: str, clock: Clock, remarks: tuple[str, ...] = ()
    ) -> None:
        """`clerk` is who records here, `clock` says what day and moment it is.

        `remarks` are what the clerk should hear of this register, now that it is open; `moved` says
        where it went, if it has. `sealed` hears where the chain ends after each transaction that
        has written.
        """
        self.store = store
        self.engine = store.engine
        self.clerk = clerk
        self.clock = clock
        self.remarks = remarks
        self.moved: Moved | None = None
        self.sealed: Callable[[Head], object] = lambda _: None
        writer = self.engine.execution_options(taizhang_write=True)
        self._read = Connections(self.engine, store.still_there)
        self._write = Connections(writer, store.still_there)

    @property
    def place(self) -> str:
        """What the register is called: its file's path, or its server's address."""
        return self.store.place

    @property
    def path(self) -> Path:
        """The register's file.

        Raises:
            BadValue: it is none, but on a server.
        """
        if self.store.file is None:
            raise BadValue(f"登记簿 {self.place} 在数据库服务器上，不是文件；没有做任何改动。")
        return self.store.file

    @property
    def told(self) -> Told:
        """Hears in the writing thread that another program is being waited for."""
        return self.store.told

    @told.setter
    def told(self, told: Told) -> None:
        self.store.told = told

    @property
    def following(self) -> Following:
        """How one hears of what others write."""
        return self.store.following

    @contextlib.contextmanager
    def reading(self) -> Iterator[Transaction]:
        """A transaction that writes nothing."""
        with self.store.sentences(), self._read.begin() as connection:
            yield self._transaction(connection)

    @contextlib.contextmanager
    def writing(self) -> Iterator[Transaction]:
        """A transaction that writes: all of it is kept, or none.

        Raises:
            HasMoved: the register has moved, maybe since it was opened here.
            NotAllowed: the clerk may only look at it.
        """
        work_calendar()  # the package's days are loaded before others have to wait for it
        with self.upkeep() as tx:
            tx.ask_ahead(MOVED)
            refuse_moved(tx)
            tx.require(Role.CLERK, "登记")
            yield tx

    @contextlib.contextmanager
    def upkeep(self) -> Iterator[Transaction]:
        """The same for what the program does by itself to be able to read, also after a move."""
        end: Head | None = None
        with self.store.sentences():
            try:
                with self._write.begin() as connection:
                    before = head(connection) if self.following.active else None
                    yield self._transaction(connection)
                    end = head(connection, *self.store.tells)
                    if before is not None:
                        self.following.writes(before.place, end.place)
            except Exception as fault:
                if end is None or not self.store.is_lost(fault) or not self._has(end):
                    raise
        self.store.written()
        self.sealed(end)

    def _has(self, end: Head) -> bool:
        """Whether what ends there was kept, though the connection went before that was answered.

        Raises:
            OutOfReach: it is not to be found out now.
        """
        try:
            with self.reading() as tx:
                return digest_at(tx.connection, end.records) == end.digest
        except OutOfReach:
            raise self.store.unknown() from None

    def _transaction(self, connection: Connection) -> Transaction:
        now = self.clock.now()
        return Transaction(connection, now.date(), now, self.clerk, self.store.papers)

    @contextlib.contextmanager
    def handing_over(self) -> Iterator[Register]:
        """A block before whoever is to close the register has it: closed here if that fails."""
        try:
            yield self
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """Let go of the database, with all entries in their place."""
        self._read.close()
        self._write.close()
        self.store.close()

    def connect_anew(self) -> None:
        """Go on with connections that are made from now on."""
        self._read.let_go()
        self._write.let_go()
        self.engine.dispose()

    def __enter__(self) -> Register:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
