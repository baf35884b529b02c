"""Hearing of what other programs write to a register that is a file.

SQLite says by a number of each connection whether the file has been changed through another one. It
is looked at every second, in a thread and on a connection of its own, which holds no transaction
between two looks and so keeps no log from being emptied.
"""

from __future__ import annotations

import sqlite3
import threading
from pathlib import Path

from db.storage.following import HEAD, ChainFollowing, place_of

SECONDS = 1.0
"""From look to look."""


class FileFollowing(ChainFollowing):
    """One file, as a `db.storage.port.Following`."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self._path = path
        self._looking = threading.Lock()
        self._connection: sqlite3.Connection | None = None
        self._version: object = None

    def end(self) -> None:
        super().end()
        with self._looking:
            self._let_go()

    def look(self) -> None:
        """Look once."""
        with self._looking:
            try:
                connection = self._connected()
                version = connection.execute("PRAGMA data_version").fetchall()
                if version == self._version:
                    return
                now = place_of(connection.execute(HEAD).fetchall())
            except sqlite3.Error:  # in use or away: whoever reads or writes is told so
                self._let_go()
                return
            self._version = version
            self._heed(now)

    def _follow(self) -> None:
        self.look()
        while not self._stop.wait(SECONDS):
            self.look()

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
