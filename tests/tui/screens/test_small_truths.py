"""What a page says where there is nothing, and what leaves the desk."""

from __future__ import annotations

from pathlib import Path

from tests.support.seat import SeatMaker, stack_of
from tui.desk.lookups import KeptLookup, kept_lookups
from tui.desk.state import remember


async def test_a_figure_of_nothing_in_table_four(take_seat: SeatMaker, filled: Path) -> None:
    async with take_seat(filled) as seat:
        await seat.press("f8", "v", "enter")
        assert "这一格没有复议或诉讼" in seat.text
        assert "登记第一件" not in seat.text


async def test_any_question_can_be_left_with_the_desk(take_seat: SeatMaker, filled: Path) -> None:
    async with take_seat(filled) as seat:
        await seat.press("n")
        await seat.write("张三")
        await seat.press("escape", "ctrl+q", "ctrl+q")
        assert stack_of(seat.app)[-3:] == ["IntakeScreen", "Confirm", "Confirm"]
        assert "放弃并退出" in seat.text
        await seat.press("n", "n")
        assert stack_of(seat.app)[-1] == "IntakeScreen"


async def test_a_question_does_not_keep_the_desk_open(take_seat: SeatMaker, filled: Path) -> None:
    async with take_seat(filled) as seat:
        await seat.press("f8", "left_square_bracket", "S")
        assert stack_of(seat.app)[-1] == "Confirm"
        await seat.press("ctrl+q")
        assert seat.app._exit


def test_only_digits_keep_lookups() -> None:
    remember("lookups", {"1": "张三", "": "李四", "12": "王五"})
    assert kept_lookups() == {"1": KeptLookup("张三")}
