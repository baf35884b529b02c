"""A seat at the desk: the app under Pilot, driven by keys only, and what its screen says."""

from __future__ import annotations

import asyncio
import contextlib
import os
import re
import threading
from collections.abc import Callable
from typing import Any

from textual import events
from textual._context import visible_screen_stack
from textual.pilot import Pilot
from textual.worker import WorkerError

from db.storage.following_file import FileFollowing
from tests.support.goldens import GOLDEN, READ
from tui.app import TaizhangApp

AT_MOST = 60.0
"""Seconds within which the desk must come to rest."""


A_MOMENT = 1.0
"""Seconds: a timer shorter than this is waited for."""


_DIGEST = re.compile(r"(?<=条 )[0-9a-f]{12}\b")


NARROW, WIDE = (80, 24), (120, 40)


CHARACTERS = {"slash": "/", "left_square_bracket": "[", "right_square_bracket": "]", "space": " "}


def painted(app: TaizhangApp) -> str:
    """The screen as text. (Private: Textual has no public way to read its own screen.)"""
    visible_screen_stack.set(app._background_screens)
    lines = [strip.text.rstrip() for strip in app.screen._compositor.render_strips()]
    return "\n".join(lines) + "\n"


class Seat:
    """Someone at the keyboard."""

    def __init__(self, app: TaizhangApp, pilot: Pilot[None]) -> None:
        self.app = app
        self.pilot = pilot
        self.unseen = True
        """Whether anything may have changed since the screen was painted last."""
        self._seen = ""

    async def settle(self) -> None:
        """Wait until no question is open, nothing short is timed and everything is painted.

        Not by watching the processor, as `Pilot.pause` does, but by what is truly open: when the
        loop has nothing ready, whatever goes on waits for a thread, a timer or the next key.
        """
        loop: Any = asyncio.get_running_loop()
        self.unseen = True
        async with asyncio.timeout(AT_MOST):
            while True:
                while loop._ready:
                    await asyncio.sleep(0)
                if questions := [w for w in self.app.workers if not w.is_finished]:
                    with contextlib.suppress(WorkerError):
                        await self.app.workers.wait_for_complete(questions)
                elif timed := self._timed():
                    await asyncio.wait(timed, return_when=asyncio.FIRST_COMPLETED)
                else:
                    self._paint()
                    if not loop._ready:
                        return

    async def others_wrote(self) -> None:
        """Let the desk look now for what others have written, as it does every second."""
        if self.app.is_open:
            following = self.app.register.following
            if isinstance(following, FileFollowing):  # a server tells it by itself
                await asyncio.to_thread(following.look)
        await self.settle()

    def _timed(self) -> list[asyncio.Task[None]]:
        """What the desk itself waits for a moment with: a rest before the count, keys in a burst."""
        pumps: list[Any] = [self.app, *self.app._registry]
        return [
            timer._task
            for pump in pumps
            for timer in pump._timers
            if timer._repeat == 0 and timer._interval < A_MOMENT
            if timer._task is not None and not timer._task.done()
        ]

    def _paint(self) -> None:
        """Paint now what would be painted at the next sixtieth of a second."""
        for screen in self.app.screen_stack:
            if screen is self.app.screen or screen._update_timer._active.is_set():
                screen._on_timer_update()

    async def post(self, *keys: str) -> None:
        """Press keys while a question may be open, without waiting for its answer."""
        for key in (None, *keys):
            if key is not None:
                self._send(key)
            for _ in range(3):
                await self.pilot.pause()

    def _send(self, key: str) -> None:
        self.app.post_message(events.Key(key, CHARACTERS.get(key, key if len(key) == 1 else None)))

    def burst(self, *keys: str) -> None:
        """Press keys without waiting for what they do; `=text` is pasted."""
        for key in keys:
            if len(key) > 1 and key.startswith("="):
                self.app.post_message(events.Paste(key[1:]))
            else:
                self._send(key)

    async def press(self, *keys: str) -> None:
        for key in keys:
            self._send(key)
            await self.settle()

    async def write(self, text: str) -> None:
        """Put text into the focused field as a paste, which is what an input method sends."""
        self.app.post_message(events.Paste(text))
        await self.settle()

    async def fill(self, *texts: str) -> None:
        """Write one field after another, Enter between them; an empty text skips a field."""
        for text in texts:
            if text:
                await self.write(text)
            await self.press("enter")

    @property
    def text(self) -> str:
        """What the screen says; read again in the same breath it is not painted again."""
        self.unseen = False
        if not self._seen:
            self._seen = painted(self.app)
            asyncio.get_running_loop().call_soon(self._look_away)
        return self._seen

    def _look_away(self) -> None:
        self._seen = ""

    def golden(self, name: str) -> None:
        """Compare the screen with its golden copy; `TAIZHANG_UPDATE_GOLDEN=1` renews it."""
        READ.add(name)
        path = GOLDEN / f"{name}.txt"
        text = _DIGEST.sub("0" * 12, self.text)  # never the same twice
        if os.environ.get("TAIZHANG_UPDATE_GOLDEN") == "1":
            path.write_text(text, encoding="utf-8")
        assert text == path.read_text(encoding="utf-8"), f"{path.name} differs"

    async def resize(self, size: tuple[int, int]) -> None:
        """Give the terminal another size."""
        await self.pilot.resize_terminal(*size)
        await self.settle()

    async def golden_at(self, name: str, *sizes: tuple[int, int]) -> None:
        """Compare the page at each size in turn, as a terminal is resized."""
        for size in sizes:
            if size != tuple(self.app.size):
                await self.resize(size)
            self.golden(f"{name}-{size[0]}x{size[1]}")


SeatMaker = Callable[..., contextlib.AbstractAsyncContextManager[Seat]]


Holder = Callable[[Any, str], "Held"]


class Held:
    """A slow register: a function that answers only when it is let go, and may then refuse."""

    def __init__(self, real: Callable[..., Any]) -> None:
        self.real = real
        self.refusal: Exception | None = None
        self._go = threading.Event()

    def __call__(self, *args: Any, **more: Any) -> Any:
        self._go.wait(10)
        if self.refusal is not None:
            raise self.refusal
        return self.real(*args, **more)

    def let_go(self, refusal: Exception | None = None) -> None:
        self.refusal = refusal
        self._go.set()


def stack_of(app: TaizhangApp) -> list[Any]:
    return [type(screen).__name__ for screen in app.screen_stack]
