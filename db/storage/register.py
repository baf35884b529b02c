"""An open register: one database file, read and written in guarded transactions.

`Register` owns the engine (`db.opening` makes it). Reading happens in
`reading()`, every use case that writes in one `writing()` transaction; functions that take a
`Connection` never commit.
"""

from __future__ import annotations

import contextlib
import getpass
import os
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

from sqlalchemy import Connection, Engine, select

from db import moment
from db.calendar.workdays import WorkCalendar
from db.storage.office_calendar import calendar_of
from db.storage.schema import organs
from db.storage.sqlite import plain_sentences


class Register:
    """An open register. Close it, or use it in a `with` statement."""

    def __init__(self, path: Path, engine: Engine) -> None:
        self.path = path
        self.engine = engine
        self._writer = engine.execution_options(taizhang_write=True)

    @contextlib.contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection that sees one consistent state and writes nothing."""
        with plain_sentences(self.path), self.engine.begin() as connection:
            yield connection

    @contextlib.contextmanager
    def writing(self) -> Iterator[Connection]:
        """One write transaction: all of it is kept, or none."""
        with plain_sentences(self.path), self._writer.begin() as connection:
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
