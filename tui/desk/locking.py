"""A desk that can be locked: a page over all others, above which nothing comes up.

What goes on behind it (questions, long work, kept forms) goes on; what wants to come to the screen
waits until the desk is unlocked.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

from textual import events
from textual.await_complete import AwaitComplete
from textual.screen import Screen
from textual.timer import Timer

from tui.actions.registry import BY_ID
from tui.desk.telling import TellingDesk

if TYPE_CHECKING:
    from tui.desk.lock import Lock

CHECK_SECONDS = 5.0
"""How late the desk may lock itself."""


class LockingDesk(TellingDesk):
    """A desk with a lock, if its clerk has set one."""

    def __init__(self, *, ansi_color: bool | None = None) -> None:
        super().__init__(ansi_color=ansi_color)
        self.lock: Lock | None = None
        self._lock_read = False
        self._cover: Screen[None] | None = None
        self._held: list[Callable[[], object]] = []
        self._used = False  # whether anybody has typed or moved the mouse since the last look
        self._rested: datetime | None = None  # when that was, seen at a look
        self._watch: Timer | None = None

    def lock_page(self) -> Screen[None]:
        """The page that covers all others and asks for the passphrase."""
        raise NotImplementedError

    @property
    def locked(self) -> bool:
        return self._cover is not None

    def begin_lock(self) -> None:
        """Read how the desk is locked. It begins locked if it was left so."""
        from tui.desk.lock import lock_path, read_lock

        if self._lock_read:
            return
        self._lock_read = True
        lock = read_lock()
        if lock is None and lock_path().exists():
            self.flash("界面锁的设置无法读取，现在没有锁；请重新设置。")
        self.take_lock(lock)
        if lock is not None and lock.locked:
            self.cover()

    def take_lock(self, lock: Lock | None) -> None:
        """Be locked like this from now on."""
        self.lock = lock
        self._rested = self.office.clock.now()
        if self._watch is not None:
            self._watch.stop()
            self._watch = None
        if lock is not None and lock.minutes:
            self._watch = self.set_interval(CHECK_SECONDS, self.check_rest)

    def cover(self) -> None:
        """Lock the desk now."""
        from tui.desk.lock import note_lock

        if self.lock is None or self.locked:
            return
        self.lock = replace(self.lock, locked=True)
        note_lock(self.lock)
        self._cover = self.lock_page()
        self.push_screen(self._cover)

    def uncover(self, lock: Lock) -> None:
        """The passphrase was right: show the page again, then what has waited to come up."""
        from tui.desk.lock import note_lock

        cover, self._cover = self._cover, None
        if cover is None:
            return
        self.lock = replace(lock, locked=False)
        note_lock(self.lock)
        self.drop_typed()  # it was not meant for the page behind
        cover.dismiss()
        held, self._held = self._held, []
        for act in held:
            self.call_later(act)

    # -- rest -------------------------------------------------------------------------------

    async def on_event(self, event: events.Event) -> None:
        if isinstance(event, (events.InputEvent, events.Paste)):
            self._used = True
        if self._asks_to_lock(event) and not self._is_ready():  # keys after it would wait, too
            self.drop_typed()
            await self.run_action("app.lock")
            return
        await super().on_event(event)

    def _asks_to_lock(self, event: events.Event) -> bool:
        if not isinstance(event, events.Key) or event.is_forwarded or self.locked:
            return False
        return event.key in self.keymap.keys_of(BY_ID["app.lock"]).split(",")

    def check_rest(self) -> None:
        """Lock the desk if nobody has been at it for long enough."""
        now, lock = self.office.clock.now(), self.lock
        if self._used or self._rested is None or now < self._rested:
            self._used, self._rested = False, now
        elif lock is not None and now - self._rested >= timedelta(minutes=lock.minutes):
            self.cover()

    # -- what would come up behind the lock -------------------------------------------------

    def when_unlocked(self, act: Callable[[], object]) -> None:
        if self.locked:
            self._held.append(act)
        else:
            act()

    def push_screen(self, screen: Any, *told: Any, **more: Any) -> Any:
        """Over a locked desk nothing comes up: it waits."""
        if self.locked and screen is not self._cover:
            self._held.append(partial(self.push_screen, screen, *told, **more))
            return None
        return super().push_screen(screen, *told, **more)

    def pop_screen(self) -> AwaitComplete:
        """Nothing takes the lock away: a window behind that closes itself waits, too."""
        if self.locked:
            self._held.append(self.pop_screen)
            return AwaitComplete()
        return super().pop_screen()
