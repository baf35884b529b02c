"""A process that looks into the register while this one is still being loaded.

What talks to the database takes half as long to load as the screen does, and one process loads one
thing after the other. So before either is loaded the program forks: this process paints the first
frame; its forerunner only looks into the register (`db.looking`) and answers what 今日 shows, and
lookups, until this process has opened the register itself and reads everything anew.

The forerunner writes nothing, shows nothing, holds nothing that this process waits for, and ends
with it, however that ends. Where there is none, or it does not answer, the desk goes on without it.
"""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Callable
from os import _exit
from typing import TYPE_CHECKING, Any, NoReturn

from db.cores import cores

if TYPE_CHECKING:
    from db.moment import Clock
    from tui.desk.glance import Glance

PATIENCE = 3.0
"""Seconds that an answer is waited for; opening the register oneself takes no longer."""


class Forerunner:
    """The other process, as this one knows it."""

    def __init__(self, process: int, questions: int, answers: int) -> None:
        from threading import RLock

        self._process: int | None = process
        self._questions = questions
        self._answers = open(answers, "rb")  # noqa: SIM115 (`end` closes it)
        self._turn = RLock()
        self.organs: tuple[str, ...] = ()
        self.glance: Glance | None = None
        """Both of the register, once it is `ready`."""

    def ready(self) -> bool:
        """Wait until it can be asked (in a worker thread); False when it cannot."""
        with self._turn:
            told = self._next()
        if told is not None:
            self.organs, self.glance = told
        return told is not None

    def ask(self, question: str, *given: Any) -> Any:
        """What `tui.desk.ahead` answers (in a worker thread); None when there is no answer."""
        import pickle

        with self._turn:
            if self._process is None:
                return None
            with contextlib.suppress(OSError):  # it may have ended
                os.write(self._questions, pickle.dumps((question, given)))
            return self._next()

    @property
    def busy(self) -> bool:
        """Whether an answer is waited for."""
        free = self._turn.acquire(blocking=False)
        if free:
            self._turn.release()
        return not free

    def _next(self) -> Any:
        import pickle
        import select

        if self._process is None:
            return None
        with contextlib.suppress(OSError, EOFError, pickle.UnpicklingError):
            if select.select([self._answers], [], [], PATIENCE)[0]:
                return pickle.load(self._answers)
        self.end()
        return None

    def end(self) -> None:
        """Have it end at once, and leave nothing of it."""
        process, self._process = self._process, None
        if process is None:
            return
        import signal

        with contextlib.suppress(OSError):
            os.kill(process, signal.SIGKILL)
            os.waitpid(process, 0)
        with self._turn:  # whoever waits for an answer finds that none comes
            os.close(self._questions)
            self._answers.close()


def send_ahead(where: Callable[[], tuple[str, Clock]]) -> Forerunner | None:
    """Fork a forerunner; None where it would be of no use.

    It asks `where` the register is, and what the clock is. To be called before anything is loaded
    or any thread begun.
    """
    if not hasattr(os, "fork") or cores() < 2 or not (sys.stdin and sys.stdin.isatty()):
        return None
    asked, questions = os.pipe()
    answers, told = os.pipe()
    try:
        process = os.fork()
    except OSError:  # no more processes are allowed, or there is no room for one
        for end in (asked, questions, answers, told):
            os.close(end)
        return None
    if not process:
        os.close(questions)
        os.close(answers)
        _run_ahead(where, asked, told)
    os.close(asked)
    os.close(told)
    return Forerunner(process, questions, answers)


def _run_ahead(where: Callable[[], tuple[str, Clock]], asked: int, told: int) -> NoReturn:
    """The forerunner's whole life; whatever fails in it is told by the process that goes on."""
    try:
        nowhere = os.open(os.devnull, os.O_RDWR)
        for stream in (0, 1, 2):
            os.dup2(nowhere, stream)
        from tui.desk.ahead import answer

        answer(where, asked, told)
    finally:
        _exit(0)
