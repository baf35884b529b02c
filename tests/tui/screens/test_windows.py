"""The windows over the pages as painted, at 80x24 and 120x40: one seat walks through them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.seat import NARROW, WIDE, SeatMaker
from tests.support.walk import follow
from tui.desk import faults

WALK: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("filters", ("LIST", "F")),
    ("palette-none", ("escape", "ctrl+p", "=没有这样的")),
    ("undo", ("escape", "ctrl+p", "=2026-0005", "enter", "u")),
    ("nothing-to-undo", ("n", "escape", "ctrl+p", "=2026-0006", "enter", "u")),
    ("jump", ("escape", "escape", "escape", "n", "ctrl+g")),
    ("leaving", ("escape", "=张三", "ctrl+q")),
    ("filing", ("n", "escape", "y", "f8", "left_square_bracket", "home", "S")),
    ("tour", ("n", "escape", "alt+h")),
)
"""Names of golden copies, and the keys from one to the next."""


@pytest.mark.parametrize("size", [NARROW, WIDE])
async def test_windows(
    take_seat: SeatMaker, filled: Path, size: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(faults, "log_path", lambda: Path("errors.log"))
    async with take_seat(filled, size) as seat:
        for name, keys in WALK:
            await follow(seat, *keys)
            seat.golden(f"window-{name}-{size[0]}x{size[1]}")
        await seat.press("escape")
        seat.app.show_error(faults.sentence("0000BEEF"))
        await seat.settle()
        seat.golden(f"window-fault-{size[0]}x{size[1]}")
