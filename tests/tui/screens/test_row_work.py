"""From the list: steps on the row under the cursor, and from case to case."""

from __future__ import annotations

from pathlib import Path

from tests.support.seat import SeatMaker, stack_of
from tui.actions.step_keys import LOG_KEYS
from tui.widgets.case_table import CaseTable


def row_of(seat) -> str:
    return seat.app.screen.query_one(CaseTable).row_at_cursor.number


async def test_every_step_is_taken_from_the_list(take_seat: SeatMaker, filled: Path) -> None:
    async with take_seat(filled) as seat:
        await seat.write("2026-0005")
        await seat.press("enter")
        for kind, key in LOG_KEYS.items():
            await seat.press(key)
            if stack_of(seat.app)[-1] == "RegisterScreen":
                assert f"2026-0005 现在不能登记{kind.label}。" in seat.text
            else:
                assert f"{kind.recording}  2026-0005" in seat.text
                await seat.press("escape")
        await seat.press("v")
        assert stack_of(seat.app)[-1] == "DisputesScreen"


async def test_after_saving_one_is_back_at_the_row(take_seat: SeatMaker, filled: Path) -> None:
    async with take_seat(filled) as seat:
        await seat.press("j")
        number = row_of(seat)
        seat.burst("d", "3", "1", "f10", "j", "k", "m", "=打过电话", "f10")
        await seat.settle()
        assert stack_of(seat.app) == ["RegisterScreen"]
        assert row_of(seat) == number
        assert f"{number} 已登记备注。" in seat.text
        assert "已办结" in next(line for line in seat.text.splitlines()[2:] if number in line)


async def test_from_case_to_case(take_seat: SeatMaker, filled: Path) -> None:
    async with take_seat(filled) as seat:
        total = seat.app.screen.query_one(CaseTable).total
        await seat.press("j", "enter")
        second = seat.app.screen.number
        assert f"2/{total}" in seat.text
        await seat.press("right_square_bracket")
        assert f"3/{total}" in seat.text
        third = seat.app.screen.number
        assert third != second
        seat.burst("left_square_bracket", "left_square_bracket", "left_square_bracket")
        await seat.settle()
        assert "已是第一件。" in seat.text
        assert f"1/{total}" in seat.text
        await seat.press("right_square_bracket", "right_square_bracket", "escape")
        assert row_of(seat) == third
        await seat.press("end", "enter", "right_square_bracket")
        assert "已是最后一件。" in seat.text


async def test_what_has_left_the_list_is_not_skipped_over(
    take_seat: SeatMaker, filled: Path
) -> None:
    async with take_seat(filled) as seat:
        await seat.write("状态:办理中 ")
        await seat.press("enter")
        numbers = [row.number for row in seat.app.screen.query_one(CaseTable)._view.pages[0]]
        seat.burst("enter", "d", "3", "1", "f10", "right_square_bracket")
        await seat.settle()
        assert seat.app.screen.number == numbers[1]
        await seat.press("right_square_bracket")
        assert seat.app.screen.number == numbers[2]


async def test_without_a_list_there_is_no_next(take_seat: SeatMaker, filled: Path) -> None:
    async with take_seat(filled) as seat:
        await seat.press("ctrl+p")
        await seat.write("2026-0005")
        await seat.press("enter", "right_square_bracket")
        assert "不是从清单打开的" in seat.text


async def test_the_most_urgent_first(take_seat: SeatMaker, filled: Path) -> None:
    async with take_seat(filled, page="today") as seat:
        await seat.press("tab", "Z")
        assert row_of(seat) == "2026-0002"  # 17 working days late
        await seat.press("Z")
        assert seat.app.screen.order is None


async def test_digits_and_pastes_begin_a_lookup(take_seat: SeatMaker, filled: Path) -> None:
    async with take_seat(filled, page="today") as seat:
        seat.burst(*"2026-0004", "enter", "enter")
        await seat.settle()
        assert seat.app.screen.number == "2026-0004"
        await seat.press("escape", "escape")
        await seat.write("吴敏")
        await seat.press("enter", "enter")
        assert "吴敏" in seat.text
        assert stack_of(seat.app)[-1] == "CaseScreen"
