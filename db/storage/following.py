"""Hearing that others have written to the register: what every engine's way of it shares.

What this program writes itself is told (`writes`) and is no news: it is told apart by where the chain
stands before and after it, whatever others write in between.
"""

from __future__ import annotations

import threading
from collections.abc import Callable

from db.storage.port import Place

HEAD = "SELECT id, digest FROM chain ORDER BY id DESC LIMIT 1"

Changed = Callable[[], object]


class ChainFollowing:
    """A thread that finds out where the chain stands; an engine says when it does."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None
        self._changed: Changed = lambda: None
        self._known: Place | None = None
        self._own: dict[Place, Place] = {}  # what this program has written since the last look

    @property
    def active(self) -> bool:
        return self._thread is not None and not self._stop.is_set()

    def start(self, changed: Changed) -> None:
        if self._thread is None and not self._stop.is_set():
            self._changed = changed
            self._thread = threading.Thread(target=self._follow, name="following", daemon=True)
            self._thread.start()

    def writes(self, before: Place, after: Place) -> None:
        if before != after:
            with self._lock:
                self._own[before] = after

    def end(self) -> None:
        self._stop.set()
        if self._thread is not None:
            self._thread.join()

    def _follow(self) -> None:
        """In the thread: `_heed` where the chain stands, again and again until `_stop` is set."""
        raise NotImplementedError

    def _heed(self, now: Place) -> None:
        """The chain stands there now: `changed` hears of it if others have brought it there."""
        with self._lock:
            news = self._is_news(now)
        if news:
            self._changed()

    def _is_news(self, now: Place) -> bool:
        reached, self._known = self._known, now
        if reached is None:  # what stands there at the beginning is none
            return False
        while reached != now:
            if reached not in self._own:
                self._own = {b: a for b, a in self._own.items() if b[0] >= now[0]}
                return True
            reached = self._own.pop(reached)
        return False


def place_of(rows: list[tuple[int, object]]) -> Place:
    """Where the chain stands, from what `HEAD` has found."""
    records, digest = rows[0] if rows else (0, bytes(32))
    return records, digest.hex() if isinstance(digest, bytes) else repr(digest)
