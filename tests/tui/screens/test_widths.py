"""What is shown uses the room and stays readable: nothing cut unseen, figures by their labels."""

from __future__ import annotations

from pathlib import Path

from tests.support.seat import NARROW, SeatMaker
from tui.text.cells import width_of


async def test_a_narrow_list_cuts_no_state(take_seat: SeatMaker, filled: Path) -> None:
    async with take_seat(filled, NARROW) as seat:
        assert "征求意见中" in seat.text


async def test_a_long_choice_does_not_drop_under_its_number(
    take_seat: SeatMaker, filled: Path
) -> None:
    async with take_seat(filled, NARROW) as seat:
        await seat.press("j", "d")
        await seat.write("其他")
        lines = seat.text.splitlines()
        first = next(place for place, line in enumerate(lines) if "3.6.1  其他处理" in line)
        under, over = lines[first + 1], lines[first].index("其他处理")
        assert len(under) - len(under.lstrip()) == over


async def test_wide_figures_stand_beside_their_labels(take_seat: SeatMaker, filled: Path) -> None:
    async with take_seat(filled, (200, 50), "today") as seat:
        await seat.press("f8", "v")
        line = next(line for line in seat.text.splitlines() if " 复议后起诉" in line)
        assert line.index("0") < 40


async def test_a_wide_case_page_shares_its_room(take_seat: SeatMaker, filled: Path) -> None:
    async with take_seat(filled, (200, 50)) as seat:
        await seat.press("enter")
        line = next(line for line in seat.text.splitlines() if "办理记录" in line)
        assert 80 < width_of(line[: line.index("办理记录")]) <= 105
        await seat.press("e")
        assert seat.app.screen.query_one(".window").size.width == 104
