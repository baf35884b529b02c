"""A program in a pseudo-terminal: how long until what a person waits for stands on the screen."""

from __future__ import annotations

import contextlib
import fcntl
import os
import pty
import select
import struct
import subprocess
import sys
import tempfile
import termios
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from queue import Empty, SimpleQueue
from threading import Thread

import pyte

PATIENCE = 60.0
PIECE = 1 << 16
LATE_AT_MOST = 0.0002
"""Seconds that drawing may keep the interpreter from what has just come."""


def started(command: Sequence[str], size: tuple[int, int]) -> tuple[subprocess.Popen[bytes], int]:
    """The program, and our end of its terminal."""
    ours, inner = pty.openpty()
    fcntl.ioctl(inner, termios.TIOCSWINSZ, struct.pack("HHHH", size[1], size[0], 0, 0))
    environment = os.environ | {"TERM": "xterm-256color", "LC_ALL": "C.UTF-8"}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # an installed program is compiled already
    process = subprocess.Popen(
        command,
        stdin=inner,
        stdout=inner,
        stderr=inner,
        start_new_session=True,
        env=environment | {"COLORTERM": "truecolor"},
    )
    os.close(inner)
    return process, ours


@contextmanager
def fresh_home() -> Iterator[None]:
    """No settings and no history of whoever measures."""
    kept = dict(os.environ)
    with tempfile.TemporaryDirectory() as home:
        names = ("HOME", "XDG_STATE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME")
        os.environ.update(dict.fromkeys(names, home))
        try:
            yield
        finally:
            os.environ.clear()
            os.environ.update(kept)


def reached(
    command: list[str], size: tuple[int, int], texts: list[str], typed: str = ""
) -> list[float]:
    """Milliseconds from process start to each text in turn; `typed` goes in after the first."""
    begun = time.perf_counter()
    process, ours = started(command, size)
    times: list[float] = []
    seen = b""
    try:
        while len(times) < len(texts):
            if not select.select([ours], [], [], PATIENCE)[0]:
                raise TimeoutError(f"never painted {texts[len(times)]}")
            seen += os.read(ours, PIECE)
            at = (time.perf_counter() - begun) * 1000
            while len(times) < len(texts) and texts[len(times)].encode() in seen:
                times.append(at)
                if len(times) == 1 and typed:
                    os.write(ours, typed.encode())
    finally:
        process.kill()
        process.wait()
        os.close(ours)
    return times


Shown = Callable[["Seat"], bool]


class Seat:
    """A program that is typed into. What it paints is read piece by piece, each with its moment.

    A thread reads: drawing the pieces (by pyte, in Python) would make those that come meanwhile late,
    and a program that writes more than a terminal holds would wait for it.
    """

    def __init__(self, command: Sequence[str], size: tuple[int, int]) -> None:
        self.process, self._end = started(command, size)
        self.size = size
        self.screen = pyte.Screen(*size)
        self._stream = pyte.ByteStream(self.screen)
        self._pressed = time.perf_counter()
        self._pieces: SimpleQueue[tuple[float, bytes]] = SimpleQueue()
        sys.setswitchinterval(LATE_AT_MOST)
        self._reader = Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self) -> None:
        with contextlib.suppress(OSError):  # the program has ended
            while piece := os.read(self._end, PIECE):
                self._pieces.put((time.perf_counter(), piece))

    @property
    def text(self) -> str:
        return "\n".join(map(self.line, range(self.size[1])))

    def line(self, y: int) -> str:
        """A line as it stands; the second half of a wide character is empty."""
        row = self.screen.buffer[y]
        return "".join(row[x].data for x in range(self.size[0]))

    def painted(self, lines: Sequence[int]) -> tuple[object, ...]:
        """Some lines as they stand, with their colours."""
        across = range(self.size[0])
        return tuple(
            tuple(row[x] for x in across) for row in map(self.screen.buffer.__getitem__, lines)
        )

    def press(self, keys: str) -> None:
        """Type them, once all that came before is drawn: it is no answer to them."""
        while not self._pieces.empty():
            self._stream.feed(self._pieces.get()[1])
        self._pressed = time.perf_counter()
        os.write(self._end, keys.encode())

    def until(self, shown: Shown, patience: float = PATIENCE) -> float:
        """Milliseconds from the last key to the piece of output after which `shown` holds."""
        at = self._pressed
        while not shown(self):
            try:
                at, piece = self._pieces.get(timeout=patience)
            except Empty:
                raise TimeoutError(f"never shown:\n{self.text}") from None
            self._stream.feed(piece)
        return (at - self._pressed) * 1000

    def shows(self, *texts: str) -> float:
        """Milliseconds from the last key until all the texts stand there at once."""
        return self.until(lambda seat: all(text in seat.text for text in texts))

    def at_rest(self, quiet: float, lines: Sequence[int] | None = None) -> float:
        """Milliseconds from the last key to the last piece that changed those lines, once nothing
        more comes for `quiet` seconds."""
        lines = range(self.size[1]) if lines is None else lines
        last, before = self._pressed, self.painted(lines)
        with contextlib.suppress(Empty):
            while True:
                at, piece = self._pieces.get(timeout=quiet)
                self._stream.feed(piece)
                now = self.painted(lines)
                if now != before:
                    last, before = at, now
        return (last - self._pressed) * 1000

    def idle(self, seconds: float = 0.3) -> None:
        """Wait until the program neither paints nor works: what it does after its start is done."""
        used, end = -1, time.perf_counter() + PATIENCE
        while (now := self._used()) != used and time.perf_counter() < end:
            used = now
            self.at_rest(seconds)

    def _used(self) -> int:
        """What it has used of the processor so far, in the ticks of the system."""
        with open(f"/proc/{self.process.pid}/stat", encoding="ascii", errors="replace") as told:
            fields = told.read().rpartition(")")[2].split()
        return int(fields[11]) + int(fields[12])

    def close(self) -> None:
        self.process.kill()
        self.process.wait()
        self._reader.join()
        os.close(self._end)


@contextmanager
def seat(command: Sequence[str], size: tuple[int, int]) -> Iterator[Seat]:
    opened = Seat(command, size)
    try:
        yield opened
    finally:
        opened.close()
