"""Hearing that others have written to the register, while it is open at a desk.

`Following` is what an engine gives: SQLite says by a number of each connection whether the file has
been changed through another one; it is looked at every second, in a thread and on a connection of
its own, which holds no transaction between two looks and so keeps no log from being emptied. What
this program writes itself is told (`writes`), and is no news: by where the chain stands before and
after it, whatever others write in between.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from db.storage.chain import START, Head

SECONDS = 1.0
"""From look to look."""

Changed = Callable[[], object]
"""Hears, in a thread, that others have written."""


class Following(Protocol):
    """How one hears of what others write."""

    @property
    def active(self) -> bool:
        """Whether anybody wants to hear of it."""

    def start(self, changed: Changed) -> None:
        """From now on `changed` hears of it; once."""

    def writes(self, before: Head, after: Head) -> None:
        """This program is about to keep a transaction of its own, which takes the chain so far."""

    def end(self) -> None:
        """Nothing is heard any more."""


class FileFollowing:
    """Follows a register that is a file of SQLite's."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = threading.Lock()
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None
        self._changed: Changed = lambda: None
        self._connection: sqlite3.Connection | None = None
        self._version: object = None
        self._known: Head | None = None
        self._own: dict[Head, Head] = {}  # what this program has written since the last look

    @property
    def active(self) -> bool:
        return self._thread is not None and not self._stop.is_set()

    def start(self, changed: Changed) -> None:
        if self._thread is None and not self._stop.is_set():
            self._changed = changed
            self._thread = threading.Thread(target=self._follow, name="following", daemon=True)
            self._thread.start()

    def writes(self, before: Head, after: Head) -> None:
        if before != after:
            with self._lock:
                self._own[before] = after

    def end(self) -> None:
        self._stop.set()
        if self._thread is not None:
            self._thread.join()
        with self._lock:
            self._let_go()

    def look(self) -> None:
        """Look once; `changed` hears if others have written since the last look."""
        with self._lock:
            news = self._news()
        if news:
            self._changed()

    def _follow(self) -> None:
        self.look()  # what stands there now is no news
        while not self._stop.wait(SECONDS):
            self.look()

    def _news(self) -> bool:
        """Whether others have written since the last look."""
        try:
            connection = self._connected()
            version = connection.execute("PRAGMA data_version").fetchall()
            if version == self._version:
                return False
            now = _head(connection)
        except (
            sqlite3.Error
        ):  # in use or away: whoever reads or writes is told; the next look follows
            self._let_go()
            return False
        self._version = version
        reached, self._known = self._known, now
        if reached is None:
            return False
        while reached != now:
            if reached not in self._own:
                self._own = {b: a for b, a in self._own.items() if b.records >= now.records}
                return True
            reached = self._own.pop(reached)
        return False

    def _connected(self) -> sqlite3.Connection:
        if self._connection is None:
            self._connection = sqlite3.connect(
                f"{self._path.absolute().as_uri()}?mode=rw",
                uri=True,
                timeout=0,
                isolation_level=None,
                check_same_thread=False,
            )
            self._connection.execute("PRAGMA query_only = 1")
            self._version = None
        return self._connection

    def _let_go(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None


def _head(connection: sqlite3.Connection) -> Head:
    """Where the chain ends."""
    query = "SELECT id, digest FROM chain ORDER BY id DESC LIMIT 1"
    records, digest = (connection.execute(query).fetchall() or [(0, START)])[0]
    return Head(records, digest.hex() if isinstance(digest, bytes) else repr(digest))
