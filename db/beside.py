"""Work done beside this process, by another one of this program, where there is a core for it.

Python uses one core, however many there are. So a large piece of work that needs nothing but what
it is given can be done by another process meanwhile. What that is given goes through a pipe, never
in its arguments or its surroundings, which other users of the machine may read. It shows nothing,
notes nothing, and ends with this process, however that ends. Where there is none, or it fails, the
work is done here: nothing may rest on there being one.
"""

from __future__ import annotations

import contextlib
import os
import pickle
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from queue import Empty, Queue, SimpleQueue
from typing import Any, NoReturn

from db.cores import cores

_BEGIN = (
    "import sys, pickle; sys.path[:] = pickle.load(sys.stdin.buffer); "
    "from db.beside import serve; serve()"
)
_AHEAD = 4
"""Answers that wait here at most; who gives them waits for more room."""
_ASKS_EVERY = 0.1
"""Seconds between two looks at whether the work is still wanted."""

Work = Callable[..., Iterator[Any]]
"""A function of a module: it takes an iterator of the parts that are handed over, and what it was
begun with, and yields answers."""


class Gone(Exception):
    """There is no answer: the other process has failed, or come to its end."""


class Beside:
    """The other process, as this one knows it."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        self._process = process
        self._answers: Queue[tuple[bool, Any]] = Queue(_AHEAD)
        self._reader = threading.Thread(target=self._listen, daemon=True)
        self._reader.start()

    def give(self, part: Any) -> None:
        """Hand over a part of the work; who hands over many asks for answers in between.

        Raises:
            Gone: nobody is there to take it.
        """
        try:
            _send(self._process.stdin, part)
        except (OSError, ValueError):  # its pipe is broken, or closed
            raise Gone from None

    def answer(self, beat: Callable[[], object] = lambda: None) -> Any:
        """The next answer; `beat` is called while it is waited for, and ends that by raising.

        Raises:
            Gone: there is none.
        """
        while True:
            try:
                there, told = self._answers.get(timeout=_ASKS_EVERY)
            except Empty:
                beat()
                continue
            if not there:
                self._answers.put((False, None))  # for whoever asks again
                raise Gone
            return told

    @property
    def has_answered(self) -> bool:
        """Whether an answer waits here, or it is known that none will come."""
        return not self._answers.empty()

    def _listen(self) -> None:
        with contextlib.suppress(Exception):
            while True:
                self._answers.put((True, pickle.load(self._process.stdout)))  # type: ignore[arg-type]
        self._answers.put((False, None))

    def end(self) -> None:
        """End it at once, whatever it is at."""
        self._process.kill()
        self._process.wait()
        while self._reader.is_alive():  # it may wait for room
            with contextlib.suppress(Empty):
                self._answers.get(timeout=_ASKS_EVERY)
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                with contextlib.suppress(OSError):
                    pipe.close()


@contextlib.contextmanager
def beside(work: Work, *given: Any) -> Iterator[Beside | None]:
    """A block beside which another process does some work; None where there is to be no other."""
    other = _begun(work, given) if cores() > 1 else None
    try:
        yield other
    finally:
        if other is not None:
            other.end()


def answers_of(other: Beside | None) -> Iterator[Any]:
    """Every answer that comes by itself, as long as there are any."""
    with contextlib.suppress(Gone):
        while other is not None:
            yield other.answer()


def _begun(work: Work, given: tuple[Any, ...]) -> Beside | None:
    if not sys.executable:
        return None
    try:
        process = subprocess.Popen(
            [sys.executable, "-I", "-X", "utf8", "-c", _BEGIN],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
    except (OSError, ValueError):  # no room for one, or nothing to start it by
        return None
    try:
        other = Beside(process)
        other.give(sys.path)
        other.give((work, given))
    except BaseException as fault:
        process.kill()
        process.wait()
        if isinstance(fault, (Gone, RuntimeError)):  # no more threads are allowed
            return None
        raise
    return other


def _send(pipe: Any, told: Any) -> None:
    pipe.write(pickle.dumps(told, pickle.HIGHEST_PROTOCOL))
    pipe.flush()


def serve() -> None:
    """What the other process does."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # who began it ends it
    questions, answers = sys.stdin.buffer, sys.stdout.buffer
    sys.stdout = sys.stderr
    work, given = pickle.load(questions)
    parts: SimpleQueue[Any] = SimpleQueue()
    threading.Thread(target=_hear, args=(questions, parts), daemon=True).start()
    try:
        for answer in work(iter(parts.get, None), *given):
            _send(answers, answer)
    finally:
        _end()


def _hear(questions: Any, parts: SimpleQueue[Any]) -> None:
    """Take what is handed over; end when nobody is there any more to do so."""
    try:
        while True:
            parts.put(pickle.load(questions))
    finally:
        _end()


def _end() -> NoReturn:
    """End without the interpreter's own end, which the thread that hears would make a crash of: what
    the machine keeps of a crash would hold cases."""
    os._exit(0)
