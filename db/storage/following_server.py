"""Hearing of what other desks write to a register on a server: the server tells it (LISTEN)."""

from __future__ import annotations

import contextlib
from typing import Any

import psycopg
from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError

from db.storage.following import HEAD, ChainFollowing, place_of
from db.storage.postgres import CHANNEL

AGAIN_SECONDS = 2.0
"""After which a server that is away is asked again."""
LOOKS_EVERY = 1.0
"""Seconds between two looks at a server that tells nothing."""
AT_MOST = 0.25
"""Seconds it listens before it looks whether it is to end."""


class ServerFollowing(ChainFollowing):
    """One database of a server, as a `db.storage.port.Following`."""

    def __init__(self, engine: Engine) -> None:
        super().__init__()
        self._engine = engine

    def _follow(self) -> None:
        while not self._stop.is_set():
            with contextlib.suppress(psycopg.Error, DBAPIError, OSError):
                self._listen()
            self._stop.wait(AGAIN_SECONDS)

    def _listen(self) -> None:
        """Until it is to end, or the connection is lost."""
        lent = self._engine.raw_connection()
        driver: Any = lent.driver_connection
        lent.detach()  # it is never given back: nobody else gets one that listens
        with contextlib.closing(driver):
            driver.rollback()
            driver.autocommit = True
            hears = _hears(driver)
            told = True  # what was written while nobody listened
            while not self._stop.is_set():
                if told:
                    self._heed(place_of(driver.execute(HEAD).fetchall()))
                if hears:
                    told = bool(list(driver.notifies(timeout=AT_MOST, stop_after=1)))
                else:
                    self._stop.wait(LOOKS_EVERY)


def _hears(driver: Any) -> bool:
    """Whether the server tells; a standby is told nothing, and must be looked at."""
    try:
        driver.execute(f"LISTEN {CHANNEL}")
    except psycopg.errors.ReadOnlySqlTransaction:
        return False
    return True
