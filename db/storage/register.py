"""An open register: one database file, read and written in guarded transactions.

`db.opening` makes it. Use cases take the transaction that `reading` or `writing` gives.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import Connection, Engine

from db.moment import Clock
from db.storage.sqlite import plain_sentences
from db.storage.transaction import Transaction


class Register:
    """An open register. Close it, or use it in a `with` statement."""

    def __init__(self, path: Path, engine: Engine, *, clerk: str, clock: Clock) -> None:
        """`clerk` is who records here, `clock` says what day and moment it is."""
        self.path = path
        self.engine = engine
        self.clerk = clerk
        self.clock = clock
        self._writer = engine.execution_options(taizhang_write=True)

    @contextlib.contextmanager
    def reading(self) -> Iterator[Transaction]:
        """A transaction that writes nothing."""
        with plain_sentences(self.path), self.engine.begin() as connection:
            yield self._transaction(connection)

    @contextlib.contextmanager
    def writing(self) -> Iterator[Transaction]:
        """A transaction that writes: all of it is kept, or none."""
        with plain_sentences(self.path), self._writer.begin() as connection:
            yield self._transaction(connection)

    def _transaction(self, connection: Connection) -> Transaction:
        now = self.clock.now()
        return Transaction(connection, now.date(), now, self.clerk)

    def close(self) -> None:
        self.engine.dispose()

    def __enter__(self) -> Register:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
