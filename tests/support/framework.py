"""What Textual and asyncio find out anew at every message, found out once for all desks of the tests.

A program opens one desk, the tests many hundreds. What a desk does is the same, and its own code
runs as ever; `tests/tui/desk/test_terminal.py` and others run the program without any of this.
"""

from __future__ import annotations

import selectors
from asyncio import selector_events
from typing import Any

import pytest
from textual import message_pump


def quicken(patch: pytest.MonkeyPatch) -> None:
    """From now on, until the patch is undone."""
    patch.setattr(message_pump, "log", Unread())
    begin = selector_events.BaseSelectorEventLoop.__init__
    patch.setattr(
        selector_events.BaseSelectorEventLoop,
        "__init__",
        lambda loop, selector=None: begin(loop, selector or Seldom()),
    )


class Unread:
    """The framework's log, which is read in a console that no test opens."""

    event = property(lambda self: self)

    def verbosity(self, _: bool) -> Unread:
        return self

    def __call__(self, *_: object) -> None:
        """Nobody reads it."""


class Seldom(selectors.DefaultSelector):
    """Looks for signs from outside when the loop has nothing else to do, or has not looked for long.

    A tenth of all steps would be enough for a desk whose only outside are its own threads.
    """

    _passed = 0

    def select(self, timeout: float | None = None) -> list[Any]:
        self._passed += 1
        if timeout == 0 and self._passed % 10:
            return []
        return super().select(timeout)
