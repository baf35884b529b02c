"""An open register: one database file, read and written in guarded transactions.

`db.opening` makes it. Use cases take the transaction that `reading` or `writing` gives.
"""

from __future__ import annotations

import contextlib
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import ClassVar

from sqlalchemy import Connection

from db.moment import Clock
from db.storage.chain import Head, head
from db.storage.following import FileFollowing, Following
from db.storage.resting import Resting
from db.storage.sqlite import make_engine, plain_sentences
from db.storage.transaction import Transaction

Told = Callable[[str], object]
"""Hears what is being done to a register or waited for, again and again.
What it raises ends that, with the register as it was."""


class Register:
    """An open register. Close it, or use it in a `with` statement."""

    _open: ClassVar[Counter[Path]] = Counter()

    def __init__(
        self, path: Path, *, clerk: str, clock: Clock, told: Told, remarks: tuple[str, ...]
    ) -> None:
        """`clerk` is who records here, `clock` says what day and moment it is.

        `told` hears in the writing thread that another program is being waited for; `remarks` are
        what the clerk should hear of this file, now that it is open. `sealed` hears where the
        chain ends after each transaction that has written.
        """
        self.path = path
        self.engine = make_engine(path, lambda: self.told("登记簿正被别的程序写入，正在等候"))
        self.clerk = clerk
        self.clock = clock
        self.told = told
        self.remarks = remarks
        self.sealed: Callable[[Head], object] = lambda _: None
        self._writer = self.engine.execution_options(taizhang_write=True)
        self.resting = Resting(self.engine)
        self.following: Following = FileFollowing(path)
        self._closed = False
        Register._open[path] += 1

    @classmethod
    def is_open_here(cls, path: Path) -> bool:
        """Whether this process has the file open.

        It must then not be opened by other means than SQLite's: closing it again would drop the
        locks of the whole process (POSIX), and with them what keeps other programs out.
        """
        return cls._open[path] > 0

    @contextlib.contextmanager
    def reading(self) -> Iterator[Transaction]:
        """A transaction that writes nothing."""
        with plain_sentences(self.path), self.engine.begin() as connection:
            yield self._transaction(connection)

    @contextlib.contextmanager
    def writing(self) -> Iterator[Transaction]:
        """A transaction that writes: all of it is kept, or none."""
        with plain_sentences(self.path), self._writer.begin() as connection:
            before = head(connection) if self.following.active else None
            yield self._transaction(connection)
            end = head(connection)
            if before is not None:
                self.following.writes(before, end)
        self.resting.written()
        self.sealed(end)

    def _transaction(self, connection: Connection) -> Transaction:
        now = self.clock.now()
        return Transaction(connection, now.date(), now, self.clerk)

    @contextlib.contextmanager
    def handing_over(self) -> Iterator[Register]:
        """A block before whoever is to close the register has it: closed here if that fails."""
        try:
            yield self
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """Bring all entries into the file and let go of it."""
        self.following.end()
        self.resting.end()
        self.engine.dispose()
        if not self._closed:
            self._closed = True
            Register._open[self.path] -= 1

    def __enter__(self) -> Register:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
