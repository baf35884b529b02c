"""Connections that stay open from one transaction to the next.

To take one from SQLAlchemy's pool and to give it back takes longer than a short transaction.
"""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Iterator

from sqlalchemy import Connection, Engine

AT_REST = 2
"""So many stay open; more, after a burst, would leave none of the pool to anybody else."""
StillThere = Callable[[Connection, float], bool]
"""Whether what a connection leads to is there yet, after so many seconds of rest."""


class Connections:
    """Those of one register, for transactions of one kind."""

    def __init__(self, engine: Engine, still_there: StillThere) -> None:
        self._engine = engine
        self._still_there = still_there
        self._resting: list[tuple[Connection, float]] = []
        self._closed = False

    @contextlib.contextmanager
    def begin(self) -> Iterator[Connection]:
        """A transaction, on a connection that nobody else has meanwhile."""
        connection = self._taken()
        try:
            with connection.begin():
                yield connection
        except BaseException:
            connection.close()
            raise
        if len(self._resting) < AT_REST:
            self._resting.append((connection, time.monotonic()))
        else:
            connection.close()
        if self._closed:
            self.close()

    def _taken(self) -> Connection:
        while self._resting:
            try:
                connection, since = self._resting.pop()
            except IndexError:  # another thread has taken it
                break
            if self._still_there(connection, time.monotonic() - since):
                return connection
            connection.invalidate()
            connection.close()
        return self._engine.connect()

    def let_go(self) -> None:
        """Close those that rest: the next transaction connects anew."""
        while self._resting:
            with contextlib.suppress(IndexError):
                self._resting.pop()[0].close()

    def close(self) -> None:
        """Keep none any more."""
        self._closed = True
        self.let_go()
