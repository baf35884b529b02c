"""命令: what is found, what is chosen, and what comes of it."""

from __future__ import annotations

from pathlib import Path

from tests.desk.conftest import SeatMaker
from tests.desk.walk import to_case


async def test_the_page_below_a_case_is_read_again(take_seat: SeatMaker, filled: Path) -> None:
    async with take_seat(filled) as seat:
        await seat.press("y", "home", "enter")
        assert "2026-0006" in seat.text
        await to_case(seat, "2026-0006")
        await seat.press("x")
        await seat.fill("3-10", "登记错了")
        await seat.press("f10", "escape")
        assert "申请清单" in seat.text
        assert "2026-0006" not in seat.text
