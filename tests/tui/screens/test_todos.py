"""待办: what waits and is no case, read again as things are done."""

from __future__ import annotations

from pathlib import Path

from tests.support.seat import NARROW, SeatMaker, stack_of


async def test_a_list_of_things_to_do_is_read_again(take_seat: SeatMaker, filled: Path) -> None:
    async with take_seat(filled, NARROW, "today") as seat:
        await seat.press("end", "k", "enter")
        assert "共 1 项" in seat.text
        await seat.press("f5")
        assert "共 1 项" in seat.text
        await seat.press("enter", "S", "y", "escape", "escape")
        assert stack_of(seat.app)[-1] == "TodosScreen"
        assert "共 0 项" in seat.text
