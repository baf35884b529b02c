"""What changes under an open desk: the day, and the size of the terminal."""

from __future__ import annotations

from pathlib import Path

import pytest

from db.agenda import trends
from db.storage.register import Register
from tests.support.seat import NARROW, WIDE, SeatMaker, stack_of


async def test_the_other_home_page_comes_back_with_the_day(
    take_seat: SeatMaker, filled: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with take_seat(filled) as seat:
        await seat.press("tab", "tab")
        monkeypatch.setenv("TAIZHANG_TODAY", "2026-03-11")
        seat.app.check_day()
        await seat.press("tab")
        assert stack_of(seat.app)[-1] == "TodayScreen"
        assert "2026-03-11 星期三" in seat.text


async def test_the_letters_of_a_jump_go_when_the_regions_move(
    take_seat: SeatMaker, filled: Path
) -> None:
    async with take_seat(filled, WIDE) as seat:
        await seat.press("ctrl+g")
        assert stack_of(seat.app)[-1] == "Jump"
        await seat.resize(NARROW)
        assert stack_of(seat.app)[-1] == "RegisterScreen"


async def test_the_charts_are_counted_once_for_any_width(
    take_seat: SeatMaker, filled: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    counted: list[None] = []
    real = trends.trends

    def noted(register: Register) -> trends.Trends:
        counted.append(None)
        return real(register)

    monkeypatch.setattr(trends, "trends", noted)
    async with take_seat(filled, NARROW, page="today") as seat:
        assert not counted
        for width in (120, 140, 80, 130):
            await seat.resize((width, 40))
        assert len(counted) == 1
        assert "各月新收" in seat.text
        await seat.press("f5")
        assert len(counted) == 2


async def test_a_clock_set_back_is_told(
    take_seat: SeatMaker, filled: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """At opening in a window, at 今日 in a line, until it is right again."""
    monkeypatch.setenv("TAIZHANG_TODAY", "2026-03-08")
    async with take_seat(filled, page="today") as seat:
        assert "早于登记簿里此前最近一条记录的 2026-03-10" in "".join(seat.text.split("\n"))
        await seat.press("escape")
        assert "本机时钟早于最近一条记录（2026-03-10" in seat.text
        monkeypatch.setenv("TAIZHANG_TODAY", "2026-03-11")
        seat.app.check_day()
        await seat.settle()
        assert "本机时钟" not in seat.text
