"""A page comes into sight once, whole: not as an empty frame first, nor laid twice for one size.

Until what it asks for has come (or a moment has passed) a pushed page is neither laid nor painted;
the page before it stays in sight, and keys wait (`held`). And what an opaque page covers is neither
laid nor painted: it is once it can be seen again. (`_refresh_layout`, `_on_timer_update` and
`_screen_resized` are private: there is no public way to put off a layout; `is_current` is public.
`tests/tui/desk/test_framework.py` fails when they are called no more.)
"""

from __future__ import annotations

import asyncio
from time import monotonic
from typing import TYPE_CHECKING, Any

from textual import events

from tui.desk.framework import asks_for_nothing, at_work, laid, laid_for, lay_again, painted

if TYPE_CHECKING:
    from textual.geometry import Size
    from textual.message import Message
    from textual.screen import Screen
    from textual.timer import Timer
    from textual.widget import Widget

    _Screen = Screen[Any]
else:
    _Screen = object

TOGETHER = 0.02
"""Seconds for which a key is not painted yet, to be painted with what it asks for."""
AT_MOST, LAID_AT_MOST = 0.06, 0.3
"""Seconds that a page waits for what it asks for, before its frame is shown; and, if that has come,
for being laid with it."""


class ComesWhole(_Screen):
    """Stands before the framework's class among the bases of a page or window."""

    held = True
    """Whether it has not come into sight yet."""
    _patience: Timer | None = None
    _coming = False
    _laying = False
    _laid_as: Any = None  # where everything stands since it was laid last
    _quiet = 0  # how often nothing was at work on the page
    _paints_soon = False  # whether what was asked for has come, and is not painted yet
    _expecting_since: float | None = None  # since when painting has been put off for it
    _stale = False  # whether the keys in force may have changed since they were told

    @property
    def whole(self) -> bool:
        """Whether all stands on it that it comes into sight with."""
        return True

    @property
    def awaited(self) -> bool:
        """Whether an answer is still to come that it waits for."""
        return not self.whole

    @property
    def is_current(self) -> bool:
        """Whether any of it can be seen: a window lets the page under it be seen, a page does not."""
        if not super().is_current:
            return False
        for screen in reversed(self.app.screen_stack):
            if screen is self or not screen.is_modal:
                return screen is self
        return False

    def _on_screen_resume(self, event: events.ScreenResume) -> None:
        if self.held:
            event.refresh_styles = False  # they have only just been looked up
            self._patience = self.set_timer(AT_MOST, self._come_without)

    def _on_screen_suspend(self) -> None:
        if not self.held:
            return
        if self.is_current:  # under a window
            self.come()
        elif self._patience is not None:
            self._patience.stop()
            self._patience = None

    def _come_without(self) -> None:
        """Show the frame: what it asks for takes long."""
        if self.held and not self.awaited:
            self._patience = self.set_timer(LAID_AT_MOST, self.come)
        else:
            self.come()

    def on_idle(self) -> None:
        if self.held and not self._coming and self._patience is not None and self.whole:
            self._coming = True
            self._come_when_at_rest()

    def _come_when_at_rest(self) -> None:
        """Come into sight once everything on the page has heard what it is to show."""
        if not self.held:
            return
        self._coming = self._patience is not None and self.whole
        self._quiet = 0 if at_work(self) else self._quiet + 1
        if self._coming and self._quiet < 2:
            asyncio.get_running_loop().call_soon(self.call_later, self._come_when_at_rest)
        elif self._coming:
            self.come()

    def come(self) -> None:
        """Come into sight now."""
        if not self.held:
            return
        if self._patience is not None:
            self._patience.stop()
        self._tell_bindings()
        asks_for_nothing(self)
        self._laying = True
        try:
            super()._refresh_layout(self.app.size)
            self._laid_as = laid(self)
        finally:
            self._laying = self.held = False
        painted(self)

    def post_message(self, message: Message) -> bool:
        """The size that a page is first laid for is no news to it."""
        return not (self._laying and isinstance(message, events.Resize)) and super().post_message(
            message
        )

    def refresh_bindings(self) -> None:
        """Tell the keys in force once, however often it is asked for: they are many."""
        if not self._stale:
            self._stale = True
            if not self.held:
                self.call_later(self._tell_bindings)

    def _tell_bindings(self) -> None:
        """A page that has been left tells them when it is come back to; one that comes, in any case:
        a window may stand over it already."""
        if self._stale and (self.held or self.app.screen is self):
            super().refresh_bindings()
        self._stale = False

    def _reset_focus(self, widget: Widget, avoiding: list[Widget] | None = None) -> None:
        """A page that has been taken away needs no other focus."""
        if self in self.app.screen_stack:
            super()._reset_focus(widget, avoiding)

    def _refresh_layout(self, size: Size | None = None, scroll: bool = False) -> None:
        if not self.held:
            lay_again(self, self._laid_as)
            super()._refresh_layout(size, scroll)
            self._laid_as = laid(self)

    @property
    def expecting(self) -> bool:
        """Whether what a key has asked for is still to come."""
        return False

    def paint_soon(self) -> None:
        """What was asked for has come: paint it once all have heard of it, without waiting for the
        framework's next moment to paint."""
        if not self._paints_soon:
            self._paints_soon = True
            self._paint_when_at_rest()

    def _paint_when_at_rest(self) -> None:
        if at_work(self):
            asyncio.get_running_loop().call_soon(self.call_later, self._paint_when_at_rest)
        else:
            self._paints_soon = False
            self._on_timer_update()

    def _on_timer_update(self) -> None:
        if not self.held and not self._is_put_off():
            super()._on_timer_update()

    def _is_put_off(self) -> bool:
        """A key and what it asks for are painted together, unless that takes long."""
        if not self.expecting:
            self._expecting_since = None
            return False
        now = monotonic()
        if self._expecting_since is None:
            self._expecting_since = now
        if now - self._expecting_since < TOGETHER:
            return True
        self._expecting_since = None
        return False

    def _screen_resized(self, size: Size) -> None:
        """The framework also tells of the size that it has just laid the page for."""
        if size != laid_for(self):
            super()._screen_resized(size)
            self.refresh()  # also what only looks at the size when it is painted
