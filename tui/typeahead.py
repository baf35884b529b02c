"""Keys in their order, however fast they come.

Over a slow line keys arrive in bursts. The framework hands each key to the field that has the focus
when the key arrives, not when the keys before it have been done: what follows an Enter could still
land in the field before it, and what is typed while a form is being laid would be lost. Here a key
waits until the one before it has come to rest.
"""

from __future__ import annotations

from collections import deque
from time import monotonic

from textual import events
from textual.app import App
from textual.message import Message
from textual.widget import Widget

from tui.screens.base import DeskScreen

AT_MOST = 3.0
"""Seconds a key waits for a page to be ready, or for a lost one before it."""
STEP = 0.02


class Rested(Message):
    """Follows a key from the focused field up to the app: when it arrives, so has the key."""

    def __init__(self, turn: int) -> None:
        super().__init__()
        self.turn = turn


class TypeAheadApp(App[None]):
    """An app that takes one key after another."""

    def __init__(self, *, ansi_color: bool | None = None) -> None:
        super().__init__(ansi_color=ansi_color)
        self._waiting: deque[events.Event] = deque()
        self._turn = 0
        self._since: float | None = None  # when the key now under way began
        self._patience = 0.0  # how long the page has kept the next one waiting

    async def on_event(self, event: events.Event) -> None:
        ours = isinstance(event, (events.Key, events.Paste)) and not event.is_forwarded
        if not ours:
            await super().on_event(event)
        elif self._since is not None or self._waiting:
            self._waiting.append(event)
            if len(self._waiting) == 1:
                self.set_timer(STEP, self._look)
        else:
            await self._take(event)

    async def _take(self, event: events.Event) -> None:
        self._turn += 1
        self._since = monotonic()
        target: Widget = self.focused or self.screen
        await super().on_event(event)
        if not target.post_message(Rested(self._turn)):
            self._since = None

    async def on_rested(self, message: Rested) -> None:
        message.stop()
        if message.turn == self._turn:
            self._since = None
            if self._waiting:
                self.call_later(self._next)  # after the focus that the key has asked for

    async def _look(self) -> None:
        """Go on if the key under way was lost with its field."""
        if self._since is not None and monotonic() - self._since > AT_MOST:
            self._since = None
        await self._next()

    async def _next(self) -> None:
        if not self._waiting or self._since is not None:
            if self._waiting:
                self.set_timer(STEP, self._look)
            return
        screen = self.screen
        if isinstance(screen, DeskScreen) and not screen.ready:
            self._patience += STEP
            if self._patience < AT_MOST:
                self.set_timer(STEP, self._look)
                return
        self._patience = 0.0
        await self._take(self._waiting.popleft())
