"""A register that answers late: what is shown, asked and told meanwhile stays true."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual import events

from db.cases import correcting, holidays
from db.errors import Unreadable
from db.year_end import filing, report
from tests.support.cases import NOTICE
from tests.support.examples import often
from tests.support.seat import Holder, SeatMaker, stack_of
from tests.support.walk import to_case

LOCKED = Unreadable("登记簿正被别的程序占用；请稍候再试。")


@pytest.mark.parametrize("refused", [False, True])
async def test_only_the_year_in_sight_is_filed(
    take_seat: SeatMaker, filled: Path, hold: Holder, refused: bool
) -> None:
    async with take_seat(filled) as seat:
        await seat.press("f8")
        held = hold(report, "year_report")
        await seat.post("left_square_bracket", "S")
        assert stack_of(seat.app)[-1] == "YearScreen"  # it waits for the year that is asked for
        held.let_go(LOCKED if refused else None)
        await seat.settle()
        if refused:
            assert "正被别的程序占用" in seat.text
            await seat.press("escape", "S")
            assert "2026年还没有结束" in seat.text
        else:
            assert "2025 年的数据封账吗" in seat.text


@pytest.mark.parametrize("refused", often([False, True], 1))
async def test_what_undoing_answers_is_told_when_the_page_is_left(
    take_seat: SeatMaker, filled: Path, hold: Holder, refused: bool
) -> None:
    async with take_seat(filled) as seat:
        await to_case(seat, "2026-0004")
        await seat.press("u")
        held = hold(correcting, "correct_event")
        await seat.post("y", "escape")
        assert stack_of(seat.app)[-1] == "RegisterScreen"
        held.let_go(LOCKED if refused else None)
        await seat.settle()
        assert ("正被别的程序占用" if refused else "已撤销上一步") in seat.text


@pytest.mark.thorough
async def test_a_year_filed_is_told_when_the_page_is_left(
    take_seat: SeatMaker, filled: Path, hold: Holder
) -> None:
    async with take_seat(filled) as seat:
        await seat.press("f8", "left_square_bracket", "S")
        held = hold(filing, "file_year")
        await seat.post("y", "escape")
        assert stack_of(seat.app)[-1] == "RegisterScreen"
        held.let_go()
        await seat.settle()
        assert "2025 年的数据已封账" in seat.text


async def test_a_notice_being_read_is_not_called_missing(
    take_seat: SeatMaker, filled: Path, hold: Holder
) -> None:
    async with take_seat(filled) as seat:
        await seat.press("g", "r", "P")
        held = hold(holidays, "read_notice")
        seat.app.post_message(events.Paste(NOTICE))
        await seat.post("f10")
        assert "正在读出日子" in seat.text
        assert "还没有粘贴通知" not in seat.text
        held.let_go()
        await seat.settle()
        await seat.press("f10")
        assert "2027年放假通知已录入" in seat.text


async def test_esc_waits_for_a_notice_that_is_being_entered(
    take_seat: SeatMaker, filled: Path, hold: Holder
) -> None:
    async with take_seat(filled) as seat:
        await seat.press("g", "r", "P")
        await seat.write(NOTICE)
        held = hold(holidays, "enter_notice")
        await seat.post("f10", "escape")
        assert stack_of(seat.app)[-1] == "NoticeScreen"
        held.let_go()
        await seat.settle()
        assert "2027年放假通知已录入" in seat.text
