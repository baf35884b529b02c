"""The main file is the register: what the log beside it holds goes into it once writing rests.

A copy that a file manager makes of the one file then loses nothing, and a log that a crash leaves
behind is empty: it cannot spoil a file that is put back by hand.
"""

from __future__ import annotations

import sqlite3
import threading
import time
from contextlib import closing
from typing import Any

from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

REST_SECONDS = 0.5
AGAIN_SECONDS = 1.0


class Resting:
    """Empties the log of one register a moment after its last entry, in a thread of its own."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._changed = threading.Condition()
        self._due: float | None = None
        self._thread: threading.Thread | None = None
        self._ended = False

    def written(self) -> None:
        """Something was written; the thread begins with the first entry."""
        with self._changed:
            sleeps = self._due is None  # else it wakes by itself, and finds that it was too early
            self._due = time.monotonic() + REST_SECONDS
            if self._thread is None and not self._ended:
                self._thread = threading.Thread(target=self._rest, name="resting", daemon=True)
                self._thread.start()
            if sleeps:
                self._changed.notify()

    def end(self) -> None:
        """Empty what is still in the log; nothing is waited for but the thread."""
        with self._changed:
            self._ended = True
            self._changed.notify()
        if self._thread is not None:
            self._thread.join()
        if self._due is not None:
            self._due = None
            empty_log(self._engine)

    def _rest(self) -> None:
        while self._until_due():
            if not empty_log(self._engine):
                with self._changed:
                    self._due = self._due or time.monotonic() + AGAIN_SECONDS

    def _until_due(self) -> bool:
        """Wait for the moment; False at the end."""
        with self._changed:
            while not self._ended:
                left = None if self._due is None else self._due - time.monotonic()
                if left is not None and left <= 0:
                    self._due = None
                    return True
                self._changed.wait(left)
            return False


def empty_log(engine: Engine) -> bool:
    """Bring the log into the file, in nobody's way; False if somebody still reads an older state.

    The copying hinders no reader and no writer. The log is cut to nothing only if nobody is at it.
    """
    try:
        with closing(engine.raw_connection()) as connection:
            driver: Any = connection.driver_connection
            busy, logged, copied = driver.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone()
            if busy or logged != copied:
                return False
            (waits,) = driver.execute("PRAGMA busy_timeout").fetchone()
            driver.execute("PRAGMA busy_timeout = 0")
            try:
                driver.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            finally:
                driver.execute(f"PRAGMA busy_timeout = {waits}")
    except (sqlite3.Error, SQLAlchemyError, OSError):  # nothing is lost: it stands in the log
        return False
    return True
