"""The program in a real terminal: keys go in as bytes, the screen comes out as text."""

from __future__ import annotations

import contextlib
import fcntl
import os
import pty
import select
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import pyte

KEYS = {
    "enter": b"\r",
    "escape": b"\x1b",
    "Esc": b"\x1b[27u",  # as newer terminals send it: never taken for the beginning of another key
    "tab": b"\t",
    "up": b"\x1b[A",
    "down": b"\x1b[B",
    "F1": b"\x1bOP",
    "F6": b"\x1b[17~",
    "F10": b"\x1b[21~",
    "ctrl+q": b"\x11",
    "ctrl+s": b"\x13",
    "ctrl+w": b"\x17",
    "ctrl+z": b"\x1a",
}
PATIENCE = 30.0


class Terminal:
    """A terminal of 24 lines with the program in it."""

    def __init__(
        self,
        register: Path,
        columns: int = 80,
        program: Sequence[str] = ("-m", "tui"),
        **environment: str,
    ) -> None:
        self.screen = pyte.Screen(columns, 24)
        self._stream = pyte.ByteStream(self.screen)
        self._written = bytearray()
        self._end, inner = pty.openpty()
        fcntl.ioctl(inner, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
        self.process = subprocess.Popen(
            [sys.executable, *program, "--db", str(register)],
            stdin=inner,
            stdout=inner,
            stderr=inner,
            start_new_session=True,
            env=os.environ | {"TERM": "xterm-256color", "LC_ALL": "C.UTF-8"} | environment,
        )
        os.close(inner)

    @property
    def text(self) -> str:
        return "\n".join(self.line(y).rstrip() for y in range(24))

    def line(self, y: int) -> str:
        """A line as it stands; the second half of a wide character is empty."""
        return "".join(self.screen.buffer[y][x].data for x in range(self.screen.columns))

    def _read(self, until: float) -> bool:
        """Take what the program has written; False once it has closed the terminal."""
        if self._written:
            self._stream.feed(bytes(self._written))
            self._written.clear()
            return True
        ready, _, _ = select.select([self._end], [], [], max(until - time.monotonic(), 0))
        if ready:
            try:
                sent = os.read(self._end, 65536)
            except OSError:
                return False
            self._stream.feed(sent)
            return bool(sent)
        return True

    def shows(self, *texts: str) -> None:
        """Wait until the screen shows some texts at once."""
        until = time.monotonic() + PATIENCE
        while not all(text in self.text for text in texts):
            alive = self._read(until)
            assert alive, f"closed before {texts!r}:\n{self.text}"
            assert time.monotonic() < until, f"never showed {texts!r}:\n{self.text}"

    def rest(self, seconds: float) -> None:
        """What lies between two keys; what is written meanwhile is drawn afterwards."""
        until = time.monotonic() + seconds
        while (left := until - time.monotonic()) > 0:
            if select.select([self._end], [], [], left)[0]:
                self._written += os.read(self._end, 65536)

    def press(self, *keys: str) -> None:
        for key in keys:
            os.write(self._end, KEYS.get(key, key.encode()))

    def paste(self, text: str, *, at_once: int = 4096) -> None:
        """As a terminal sends a paste; the program reads `at_once` bytes of it at a time."""
        sent = b"\x1b[200~" + text.encode() + b"\x1b[201~"
        for start in range(0, len(sent), at_once):
            os.write(self._end, sent[start : start + at_once])
            if at_once < len(sent):
                self.rest(0.01)

    def ended(self) -> int:
        """Wait until the program has ended; its exit status."""
        until = time.monotonic() + PATIENCE
        while self._read(until):
            assert time.monotonic() < until, f"never ended:\n{self.text}"
        return self.process.wait(PATIENCE)

    def close_window(self) -> None:
        """Take the terminal away without a word."""
        os.close(self._end)
        self._end = -1

    def close(self) -> None:
        with contextlib.suppress(ProcessLookupError):
            self.process.kill()
        self.process.wait(PATIENCE)
        if self._end >= 0:
            os.close(self._end)


@contextlib.contextmanager
def terminal(
    register: Path,
    columns: int = 80,
    program: Sequence[str] = ("-m", "tui"),
    **environment: str,
) -> Iterator[Terminal]:
    opened = Terminal(register, columns, program, **environment)
    try:
        yield opened
    finally:
        opened.close()
