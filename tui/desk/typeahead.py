"""Keys in their order, however fast they come.

Over a slow line keys arrive in bursts. The framework hands each key to the field that has the focus
when the key arrives, not when the keys before it have been done: what follows an Enter could still
land in the field before it, and what is typed while a form is being laid would be lost. Here a key
waits until the one before it has come to rest.
"""

from __future__ import annotations

from collections import deque
from time import monotonic
from typing import Any

from textual import events
from textual.app import App
from textual.message import Message
from textual.screen import Screen
from textual.widget import Widget

from tui.desk.going_on import GoesOn
from tui.screens.shared.base import DeskScreen

Typed = events.Key | events.Paste

AT_MOST = 3.0
"""Seconds a key waits for a page to be ready, or for a lost one before it."""
STEP = 0.02


class Rested(Message):
    """Follows a key from the focused field up to the app: when it arrives, so has the key."""

    def __init__(self, turn: int) -> None:
        super().__init__()
        self.turn = turn


class TypeAheadApp(GoesOn, App[None]):
    """An app that takes one key after another."""

    def __init__(self, *, ansi_color: bool | None = None) -> None:
        super().__init__(ansi_color=ansi_color)
        self._waiting: deque[Typed] = deque()
        self._turn = 0
        self._since: float | None = None  # when the key now under way began
        self._patience = 0.0  # how long the page has kept the next one waiting
        self._under_way: Typed | None = None  # given to a field, and not yet back from it
        self._retaken: Typed | None = None
        self._home: Screen[Any] | None = None  # the page of that field

    def on_mount(self) -> None:
        self.screen_change_signal.subscribe(self, self._page_changed)

    async def on_event(self, event: events.Event) -> None:
        if not isinstance(event, (events.Key, events.Paste)):
            await super().on_event(event)
        elif event.is_forwarded:
            if event is self._under_way:
                self._under_way = None  # no field has kept it
            if event is not self._retaken:
                await super().on_event(event)
        else:
            self._waiting.append(event)
            if len(self._waiting) == 1:
                await self._next()

    def _is_ready(self) -> bool:
        screen = self.screen
        return not isinstance(screen, DeskScreen) or screen.ready

    async def _take(self, event: Typed) -> None:
        self._turn += 1
        self._since = monotonic()
        self._home = self.screen
        self._under_way = event
        target: Widget = self.focused or self.screen
        await super().on_event(event)
        if not event.is_forwarded:
            self._under_way = None
        if not target.post_message(Rested(self._turn)):
            self._since = None

    async def on_rested(self, message: Rested) -> None:
        message.stop()
        if message.turn == self._turn:
            self._since = self._under_way = None
            if self._waiting:
                self.call_later(self._next)  # after the focus that the key has asked for

    def _page_changed(self, _: Screen[Any]) -> None:
        """A key given to a page that closes under it goes to the next page."""
        if self._home is None or self._home in self.screen_stack:
            return
        self._home = self._since = None
        self._patience = 0.0
        lost, self._under_way = self._under_way, None
        if lost is not None and not lost._stop_propagation:  # (private: whether a field took it)
            self._retaken = lost
            self._waiting.appendleft(
                events.Paste(lost.text)
                if isinstance(lost, events.Paste)
                else events.Key(lost.key, lost.character)
            )
        if self._waiting:
            self.call_later(self._next)

    async def _look(self) -> None:
        """Go on if the key under way was lost with its field."""
        if self._since is not None and monotonic() - self._since > AT_MOST:
            self._since = None
        await self._next()

    async def _next(self) -> None:
        if not self._waiting:
            return
        if self._since is not None:
            self.set_timer(STEP, self._look)
        elif self._is_ready():
            self._patience = 0.0
            await self._take(self._waiting.popleft())
        elif self._patience < AT_MOST:
            self._patience += STEP
            self.set_timer(STEP, self._look)
        else:  # and so from now on, until the page is ready
            await self._take(self._waiting.popleft())
