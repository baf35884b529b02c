"""The terminal under the desk: whether it will do, and leaving when it has gone.

A terminal goes by SIGHUP (a closed window, a broken connection), or without a word: from then on
reading finds its end at once, over and over, and writing fails. The framework heeds none of it: it
would read on for ever, and wait for ever to write.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import sys
from collections.abc import Callable
from typing import IO, TYPE_CHECKING, Any

from textual.driver import Driver

from tui.desk.framework import take_pastes_whole, write_through

if TYPE_CHECKING:
    from textual.app import App

CHECK_SECONDS = 0.25
HUNG_UP, TERMINATED = 129, 143
"""Exit statuses: 128 and the signal's number, as shells count."""


def unfit_terminal() -> str | None:
    """Why the desk cannot be drawn here, or None when it can."""
    if os.environ.get("TERM") == "dumb":
        return "这个终端（TERM=dumb）不能显示界面；请换一个终端，或使用命令行：taizhang --help。"
    if not all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stdout)):
        return "界面要在终端里打开；在脚本里请使用命令行：taizhang --help。"
    return None


class _Line:
    """Where the driver writes: what a terminal no longer takes goes nowhere."""

    def __init__(self, file: IO[str]) -> None:
        self._file = file
        self._gone = False

    def write(self, text: str) -> None:
        self._try(lambda: self._file.write(text))

    def flush(self) -> None:
        self._try(self._file.flush)

    def _try(self, act: Callable[[], object]) -> None:
        if not self._gone:
            try:
                act()
            except OSError:
                self._gone = True

    def __getattr__(self, name: str) -> Any:
        return getattr(self._file, name)


def outliving(driver_class: type[Driver]) -> type[Driver]:
    """The platform's driver, made to outlive its terminal. (Windows ends the program itself.)"""
    take_pastes_whole()
    if sys.platform == "win32":
        return driver_class
    from textual.drivers.linux_driver import LinuxDriver

    if driver_class is not LinuxDriver:
        return driver_class

    class Outliving(LinuxDriver):
        def __init__(self, app: App[Any], **given: Any) -> None:
            super().__init__(app, **given)
            write_through(self, _Line)

        def _sigcont_application(self, *_: object) -> None:
            """Go on. Only what was suspended is begun again.

            A terminal that goes sends SIGCONT after SIGHUP: the framework would begin to read
            and to write a second time, and end but one of each.
            """
            if self._must_signal_resume:
                super()._sigcont_application()

    return Outliving


def watch_terminal(app: App[Any], leave: Callable[[int], None]) -> None:
    """Call `leave` with an exit status once the terminal has gone, or the program is told to end."""
    if app.is_headless or sys.platform == "win32":
        return
    loop = asyncio.get_running_loop()
    loop.add_signal_handler(signal.SIGHUP, leave, HUNG_UP)
    loop.add_signal_handler(signal.SIGTERM, leave, TERMINATED)

    def check() -> None:
        if _gone():
            watch.stop()
            leave(HUNG_UP)

    watch = app.set_interval(CHECK_SECONDS, check)


def _gone() -> bool:
    return not os.isatty(sys.__stdin__.fileno() if sys.__stdin__ else 0)


def drop_what_is_unsaid() -> None:
    """If the terminal has gone, let what the standard streams still hold go nowhere."""
    if sys.platform == "win32" or not _gone():
        return
    with contextlib.suppress(OSError):
        nowhere = os.open(os.devnull, os.O_RDWR)
        for descriptor in (0, 1, 2):
            os.dup2(nowhere, descriptor)
        os.close(nowhere)
