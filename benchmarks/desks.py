"""Our desk and the bare one beside it, each in a pseudo-terminal, standing at the list."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.terminal import Seat, fresh_home, seat

ESCAPE = "\x1b[27u"  # as newer terminals send it: never taken for the beginning of another key
DOWN, PAGE_DOWN, ENTER = "\x1b[B", "\x1b[6~", "\r"
SIZE = (80, 24)


@contextmanager
def ours_at_the_list(register: Path, size: tuple[int, int] = SIZE) -> Iterator[Seat]:
    """台账, once what the program does after its start is done; the lookup has been warmed up."""
    with fresh_home(), seat([sys.executable, "-m", "tui", "--db", str(register)], size) as desk:
        desk.shows("已超期")
        desk.idle()
        desk.press("/")
        desk.shows("编号", "共")
        desk.press("zs2024")
        desk.idle()
        desk.press(ESCAPE)
        desk.shows("共")
        desk.press(ESCAPE)
        desk.idle()
        yield desk


@contextmanager
def bare_at_the_list(register: Path, size: tuple[int, int] = SIZE) -> Iterator[Seat]:
    with seat([sys.executable, "-m", "benchmarks.bare_desk", str(register)], size) as desk:
        desk.shows("20")
        desk.idle()
        yield desk
