"""g and a letter: from any page to any other, and never at the price of what is typed."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.examples import often
from tests.support.seat import SeatMaker, stack_of
from tests.support.walk import to_case
from tui.actions.registry import actions_of

PAGES = {
    "j": "TodayScreen",
    "t": "RegisterScreen",
    "n": "YearScreen",
    "k": "StatisticsScreen",
    "h": "ConsolidatingScreen",
    "r": "CalendarScreen",
    "f": "DisputesScreen",
    "b": "BackupsScreen",
    "s": "SettingsScreen",
    "i": "FileScreen",
    "c": "FeeScreen",
}


async def test_every_letter_goes_there_from_everywhere(take_seat: SeatMaker, filled: Path) -> None:
    async with take_seat(filled, page="today") as seat:
        assert [a.keys for a in actions_of("go")] == [*PAGES, "escape"]
        for letter, page in PAGES.items():
            await seat.press("g")
            assert f"{letter} " in "\n".join(seat.text.splitlines()[-2:])
            await seat.press(letter)
            assert stack_of(seat.app)[-1] == page
            if page == "FileScreen":  # the import begins with choosing a file
                await seat.press("escape", "escape")
                continue
            assert len(stack_of(seat.app)) == (1 if letter in "jt" else 2)
        await seat.press("escape")
        assert stack_of(seat.app) == ["RegisterScreen"]
        seat.burst("g", "n", "left_square_bracket", "g", "j", "g", "t", "end", "enter", "g", "r")
        await seat.settle()
        assert stack_of(seat.app) == ["RegisterScreen", "CalendarScreen"]


async def test_the_strip_is_left_again(take_seat: SeatMaker, filled: Path) -> None:
    async with take_seat(filled) as seat:
        await seat.press("g")
        seat.golden("go-80x24")
        await seat.press("escape")
        assert stack_of(seat.app) == ["RegisterScreen"]
        await seat.press("g", "x")
        assert stack_of(seat.app) == ["RegisterScreen"]
        assert "x 没有对应的页面。" in seat.text


async def test_a_fee_worked_out_stays_in_sight(take_seat: SeatMaker, filled: Path) -> None:
    async with take_seat(filled) as seat:
        await seat.press("g", "c")
        await seat.fill("1", "12")
        await seat.press("f10")
        assert stack_of(seat.app) == ["RegisterScreen"]
        assert "应收 200.00 元。" in seat.text


async def test_in_a_field_it_is_a_letter(take_seat: SeatMaker, filled: Path) -> None:
    async with take_seat(filled) as seat:
        await seat.press("n", "g", "j")
        assert stack_of(seat.app)[-1] == "IntakeScreen"
        assert "gj" in seat.text
        assert "前往" not in seat.text
        seat.app.screen.set_focus(None)
        await seat.press("g", "j")
        assert "填写的内容还没有保存" in seat.text
        assert stack_of(seat.app)[-1] == "IntakeScreen"


@pytest.mark.parametrize(
    ("typed", "page"),
    often(
        [
            ("导出", "LedgerExportScreen"),
            ("打印", "LedgerExportScreen"),
            ("恢复", "BackupsScreen"),
            ("节假日", "CalendarScreen"),
            ("公历", "CalendarScreen"),
            ("机关", "SettingsScreen"),
            ("口令", "LockSettingsScreen"),
            ("封账", "YearScreen"),
        ],
        3,
    ),
)
async def test_the_palette_finds_what_another_page_does(
    take_seat: SeatMaker, filled: Path, typed: str, page: str
) -> None:
    async with take_seat(filled, page="today") as seat:
        await seat.press("ctrl+p")
        await seat.write(typed)
        await seat.press("enter")
        assert page in stack_of(seat.app)


async def test_what_belongs_to_a_case_begins_with_the_list(
    take_seat: SeatMaker, filled: Path
) -> None:
    async with take_seat(filled, page="today") as seat:
        seat.burst("ctrl+p", "=不予公开", "enter", "j", "d")
        await seat.settle()
        assert stack_of(seat.app) == ["RegisterScreen", "StepScreen"]
        await seat.press("escape")
        await to_case(seat, "2026-0005")
        await seat.press("ctrl+p")
        await seat.write("倒序")
        await seat.press("enter")
        assert stack_of(seat.app) == ["RegisterScreen"]
