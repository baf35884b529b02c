"""The real program in a real terminal: keys as bytes in, an emulated screen out."""

from __future__ import annotations

import contextlib
import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

if sys.platform == "win32":
    pytest.skip("a pseudo-terminal is a thing of POSIX", allow_module_level=True)

import fcntl
import pty
import struct
import termios

import pyte

from tui.desk import faults

KEYS = {
    "enter": b"\r",
    "escape": b"\x1b",
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

    def __init__(self, register: Path, columns: int = 80, **environment: str) -> None:
        self.screen = pyte.Screen(columns, 24)
        self._stream = pyte.ByteStream(self.screen)
        self._end, inner = pty.openpty()
        fcntl.ioctl(inner, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tui", "--db", str(register)],
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
        ready, _, _ = select.select([self._end], [], [], max(until - time.monotonic(), 0))
        if ready:
            try:
                sent = os.read(self._end, 65536)
            except OSError:
                return False
            self._stream.feed(sent)
            return bool(sent)
        return True

    def shows(self, text: str) -> None:
        """Wait until the screen shows a text."""
        until = time.monotonic() + PATIENCE
        while text not in self.text:
            alive = self._read(until)
            assert alive or text in self.text, f"closed before {text!r}:\n{self.text}"
            assert time.monotonic() < until, f"never showed {text!r}:\n{self.text}"

    def press(self, *keys: str) -> None:
        for key in keys:
            os.write(self._end, KEYS.get(key, key.encode()))

    def paste(self, text: str) -> None:
        os.write(self._end, b"\x1b[200~" + text.encode() + b"\x1b[201~")

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
def terminal(register: Path, **environment: str) -> Iterator[Terminal]:
    opened = Terminal(register, **environment)
    try:
        yield opened
    finally:
        opened.close()


def test_a_case_is_logged_and_found_with_real_keys(filled: Path) -> None:
    with terminal(filled) as seat:
        seat.shows("已超期")
        seat.press("n")
        seat.shows("申请人 *")
        seat.press("欧阳文华", "ctrl+w")
        seat.shows("申请人 *        欧阳\n")
        seat.press("ctrl+z")
        seat.shows("欧阳文华")
        seat.press("enter", "法", "down", "enter")
        seat.shows("法律服务机构")
        seat.paste("一、征地批复；\n二、补偿的标准")
        seat.shows("已粘贴 2 行")
        seat.shows("二、补偿的标准")
        seat.press("enter", "4", "enter", "3-9", "enter")
        seat.shows("2026年3月9日 星期一")
        seat.press("ctrl+s")
        seat.shows("已登记 2026-0007")
        seat.press("tab")
        seat.shows("编号、姓名")
        seat.press("/")
        seat.paste("欧阳")
        seat.shows("欧阳文华")
        seat.press("enter", "enter")
        seat.shows("法律服务机构")
        seat.press("d", "31", "F10")
        seat.shows("已办结")
        seat.press("ctrl+q")
        assert seat.ended() == 0
        assert "Traceback" not in seat.text


@pytest.mark.parametrize(
    ("sent", "status"), [(signal.SIGHUP, 129), (signal.SIGTERM, 143), (None, 129)]
)
def test_a_closed_window_ends_it_and_loses_nothing_typed(
    filled: Path, sent: signal.Signals | None, status: int
) -> None:
    with terminal(filled) as seat:
        seat.shows("已超期")
        seat.press("n")
        seat.shows("申请人 *")
        seat.press("欧阳文华")
        seat.shows("欧阳文华")
        if sent is None:
            seat.close_window()
            assert seat.process.wait(PATIENCE) == status
        else:
            seat.process.send_signal(sent)
            assert seat.ended() == status
            assert "意外" not in seat.text
    assert not faults.log_path().exists()
    assert not list(filled.parent.glob("*-wal"))
    with terminal(filled) as seat:
        seat.shows("已超期")
        seat.press("n")
        seat.shows("上次没有保存")
        seat.press("y")
        seat.shows("申请人 *        欧阳文华")


def test_a_lookup_begun_in_one_burst_keeps_every_key(filled: Path) -> None:
    with terminal(filled) as seat:
        seat.shows("已超期")
        seat.press("/zs")
        seat.shows(" 查找  zs ")


@pytest.mark.parametrize(
    "environment", [{"NO_COLOR": "1"}, {"TERM": "screen", "TEXTUAL_COLOR_SYSTEM": "standard"}]
)
def test_without_colours_the_chosen_line_stands_in_reverse(
    filled: Path, environment: dict[str, str]
) -> None:
    with terminal(filled, **environment) as seat:
        seat.shows("已超期")
        seat.press("tab")
        seat.shows("吴敏")
        seat.press("j")
        line = next(y for y in range(24) if "吴敏" in seat.line(y))
        until = time.monotonic() + PATIENCE
        while not seat.screen.buffer[line][3].reverse:
            assert seat._read(until)
            assert time.monotonic() < until, seat.text
        if "NO_COLOR" in environment:
            colours = {
                seat.screen.buffer[y][x].bg for y in range(24) for x in range(seat.screen.columns)
            }
            assert colours == {"default"}
