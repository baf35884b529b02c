"""Keys in their order, however fast they come.

Over a slow line keys arrive in bursts. The framework hands each key to the field that has the focus
when the key arrives, not when the keys before it have been done: what follows an Enter could still
land in the field before it, and what is typed while a form is being laid would be lost. Here a key
waits until the one before it has come to rest, with all that it has set off on the page.

What a key asks of a list is done once the list shows what it is asked for (`once`): until then it
and the keys after it wait, so that none acts on a row of another list. What cannot be done within a
few seconds is given up, with everything typed after it, and that is said: a key is rather lost than
given to what it was not meant for.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from time import monotonic
from typing import Any, NamedTuple

from textual import events
from textual.message import Message
from textual.screen import Screen
from textual.widget import Widget

from tui.desk.desk import Desk, Ready
from tui.desk.framework import was_taken
from tui.desk.going_on import GoesOn, going_on

Typed = events.Key | events.Paste

AT_MOST = 3.0
"""Seconds a key waits for a page to be ready, or for a lost one before it."""
OPENING_AT_MOST = 30.0
"""Seconds it waits for a register that is being opened, on a slow disk or a busy machine."""
STEP = 0.02
GIVEN_UP = "这里还没读出来，按键没有采用。"


class Rested(Message):
    """Follows a key from the focused field up to the app: when it arrives, so has the key."""

    def __init__(self, turn: int) -> None:
        super().__init__()
        self.turn = turn


class _Postponed(NamedTuple):
    """What a key has asked of a list that does not show yet what it is asked for."""

    page: Screen[Any]
    settled: Callable[[], bool]
    act: Callable[[], None]
    since: float


class TypeAheadDesk(GoesOn, Desk):
    """A desk that takes one key after another."""

    def __init__(self, *, ansi_color: bool | None = None) -> None:
        super().__init__(ansi_color=ansi_color)
        self._waiting: deque[Typed] = deque()
        self._turn = 0
        self._round = 0  # how often the page has been asked since whether the key has come to rest
        self._since: float | None = None  # when the key now under way began
        self._patience = 0.0  # how long the page has kept the next one waiting
        self._gave_up = False  # whether that was too long
        self._postponed: _Postponed | None = None
        self._under_way: Typed | None = None  # given to a field, and not yet back from it
        self._retaken: Typed | None = None
        self._home: Screen[Any] | None = None  # the page of that field
        self._seen: Screen[Any] | None = None  # the page in sight when the round began

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
            elif self._since is not None and monotonic() - self._since > AT_MOST:
                await self._look()

    def once(self, settled: Callable[[], bool], act: Callable[[], None]) -> None:
        if settled():
            act()
        else:
            self._postponed = _Postponed(self.screen, settled, act, monotonic())
            self.set_timer(STEP, self._try_again)

    def press_next(self, *keys: str) -> None:
        idle = not self._waiting
        self._waiting.extendleft(events.Key(key, None) for key in reversed(keys))
        if idle:
            self.call_later(self._next)

    def drop_typed(self) -> bool:
        dropped = self._postponed is not None or bool(self._waiting)
        self._postponed = None
        self._waiting.clear()
        return dropped

    def _try_again(self) -> None:
        postponed = self._postponed
        if postponed is None:
            return
        if self.screen is not postponed.page:
            self._postponed = None
        elif postponed.settled():
            self._postponed = None
            with going_on(postponed.page):
                postponed.act()
        elif monotonic() - postponed.since < (AT_MOST if self.ahead is None else OPENING_AT_MOST):
            self.set_timer(STEP, self._try_again)
            return
        else:
            self._give_up()
        self._go_round(0)

    def _give_up(self) -> None:
        self.drop_typed()
        self.flash(GIVEN_UP)

    def _is_ready(self) -> bool:
        screen = self.screen
        return not isinstance(screen, Ready) or screen.ready

    async def _take(self, event: Typed) -> None:
        self._home = self.screen
        self._under_way = event
        target: Widget = self.focused or self.screen
        await super().on_event(event)
        if not event.is_forwarded:
            self._under_way = None
        self._go_round(0, target)

    def _go_round(self, number: int, target: Widget | None = None) -> None:
        """Ask the page to say when all that has been posted to it so far is done."""
        if not self.screen_stack:  # the desk closes
            return
        self._turn += 1
        self._round, self._seen = number, self.screen
        self._since = monotonic()
        if not (target or self.focused or self.screen).post_message(Rested(self._turn)):
            self._since = None
            self.call_later(self._next)

    async def on_rested(self, message: Rested) -> None:
        message.stop()
        if message.turn != self._turn:
            return
        self._under_way = None
        if self._round == 0 or self.screen is not self._seen:
            # What the key has set off (a message to the page, a new page) comes to rest after it.
            self._go_round(self._round + 1)
            return
        self._since = None
        if self._waiting:
            self.call_later(self._next)  # after the focus that the key has asked for

    def _page_changed(self, _: Screen[Any]) -> None:
        """A key given to a page that closes under it goes to the next page."""
        if self._home is None or self._home in self.screen_stack:
            return
        self._home = None
        self._patience, self._gave_up = 0.0, False
        lost, self._under_way = self._under_way, None
        if lost is not None and not was_taken(lost):
            self._retaken = lost
            self._waiting.appendleft(
                events.Paste(lost.text)
                if isinstance(lost, events.Paste)
                else events.Key(lost.key, lost.character)
            )
        self._go_round(1)

    async def _look(self) -> None:
        """Go on if the key under way was lost with its field."""
        if self._since is not None and monotonic() - self._since > AT_MOST:
            self._since = None
        await self._next()

    async def _next(self) -> None:
        if not self._waiting or self._postponed is not None:
            return
        if self._since is not None:
            self.set_timer(STEP, self._look)
        elif self._is_ready():
            self._patience, self._gave_up = 0.0, False
            await self._take(self._waiting.popleft())
        elif self._patience < AT_MOST:
            self._patience += STEP
            self.set_timer(STEP, self._look)
        elif self._gave_up or getattr(self._waiting[0], "key", "") == "escape":
            # Whoever goes on typing sees that the page is not ready.
            await self._take(self._waiting.popleft())
        else:
            self._gave_up = True
            self._give_up()
