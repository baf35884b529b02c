"""Long work that can be stopped."""

from __future__ import annotations

import threading
from time import monotonic

from db.errors import RegisterError


class Cancelled(RegisterError):
    """Long work that the clerk has stopped; nothing of it was kept."""

    def __init__(self) -> None:
        super().__init__("已取消；什么都没有改动。")


class Stop:
    """How a page tells long work in a worker thread to stop."""

    def __init__(self) -> None:
        self._turn = threading.Lock()
        self._asked = self._past = False
        self._told = 0.0

    def ask(self) -> bool:
        """Ask the work to stop; False when it is past stopping."""
        with self._turn:
            self._asked = not self._past
        return self._asked

    @property
    def asked(self) -> bool:
        return self._asked

    def due(self) -> bool:
        """Whether it is time to tell how far the work is: ten times a second is enough."""
        now = monotonic()
        if now - self._told < 0.1:
            return False
        self._told = now
        return True

    def check(self) -> None:
        """Called by the work now and then.

        Raises:
            Cancelled: it should stop.
        """
        if self._asked:
            raise Cancelled

    def pass_by(self) -> None:
        """Called by the work before its last step, which nothing stops any more.

        Raises:
            Cancelled: it should stop.
        """
        with self._turn:
            self.check()
            self._past = True
