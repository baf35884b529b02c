"""今日 by keyboard: sections that open, the month, the statistics, and back and forth to 台账."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from db.disputes.dispute import Block
from tests.support.at_once import new_dispute, open_register
from tests.support.examples import often
from tests.support.hostile import CONTROL
from tests.support.seat import NARROW, WIDE, SeatMaker, stack_of
from tui.screens.today.agenda_list import AgendaList
from tui.text.cells import width_of
from tui.widgets.month_view import MonthView

PAGES: dict[str, tuple[str, ...]] = {
    "today": (),
    "today-month": ("alt+m", "right"),
    "today-waiting": ("j", "j", "j", "enter"),
    "today-todos": ("end", "k", "enter"),
    "today-statistics": ("g", "k"),
    "today-day": ("alt+m", "right", "enter"),
}


@pytest.mark.parametrize("page", PAGES)
async def test_page(take_seat: SeatMaker, filled: Path, page: str) -> None:
    async with take_seat(filled, NARROW, "today") as seat:
        await seat.press(*PAGES[page])
        await seat.golden_at(
            page, NARROW, *([WIDE] if page in ("today", "today-statistics") else [])
        )


async def test_an_empty_register_names_the_next_key(
    take_seat: SeatMaker, empty_register_file: Path
) -> None:
    async with take_seat(empty_register_file, NARROW, "today") as seat:
        assert "登记簿是空的" in seat.text
        assert "按 n 登记第一件申请" in seat.text
        await seat.press("enter")
        assert "这一项现在没有" in seat.text
        await seat.press("g", "k")
        assert "还没有办结的申请" in seat.text


async def test_the_two_pages_are_a_key_apart(take_seat: SeatMaker, filled: Path) -> None:
    async with take_seat(filled, NARROW, "today") as seat:
        assert stack_of(seat.app)[-1] == "TodayScreen"
        await seat.press("tab")
        assert "共 10 件" in seat.text
        await seat.press("j", "tab")
        assert stack_of(seat.app)[-1] == "TodayScreen"
        await seat.press("slash", *"zhao")
        assert "找到 1 / 共 10 件" in seat.text
        assert "赵强" in seat.text
        assert len(stack_of(seat.app)) == 1  # they change places
        await seat.press("tab", "tab", "吴")
        assert "吴敏" in seat.text
        await seat.press("escape", "escape", "tab", "n", "escape")
        assert stack_of(seat.app)[-1] == "TodayScreen"


async def test_every_section_that_counts_opens(take_seat: SeatMaker, filled: Path) -> None:
    with open_register(str(filled)) as register:
        new_dispute(register, Block.REVIEW, "[/b]市政府", date(2026, 3, 2), case="2025-0001")
        new_dispute(register, Block.REVIEW, "市政府", date(2026, 3, 3), older_case="旧\x1b[31m案")
    async with take_seat(filled, NARROW, "today") as seat:
        agenda = seat.app.screen.query_one(AgendaList)
        for place in range(agenda.option_count):
            await seat.press("home", *["j"] * place)
            counted = re.search(r"\d+(?=  |$)", str(agenda.get_option_at_index(place).prompt))
            assert counted is not None
            await seat.press("enter")
            opened = stack_of(seat.app)[-1]
            assert (opened != "TodayScreen") == (counted[0] != "0"), (place, opened)
            if opened != "TodayScreen":
                assert f"共 {counted[0]} " in seat.text
                assert not CONTROL.search(seat.text)
                await seat.press("enter")
                assert stack_of(seat.app)[-1] not in (opened, "ErrorWindow")
                await seat.press("escape", "escape")
                assert stack_of(seat.app)[-1] == "TodayScreen"


async def test_what_a_line_carries_over_stands_under_its_hint(
    take_seat: SeatMaker, filled: Path
) -> None:
    """With the charts beside it the list is half as wide."""
    with open_register(str(filled)) as register:
        long = "2019年青川县人民政府办公室受理的城区道路拓宽工程立项批复"
        new_dispute(register, Block.REVIEW, "市政府", date(2026, 3, 2), older_case=long)
    async with take_seat(filled, WIDE, "today") as seat:
        lines = [line[:58] for line in seat.text.splitlines()]
        at = next(n for n, line in enumerate(lines) if "复议诉讼待办" in line)
        column = width_of(lines[at].partition("行政复议")[0])
        assert lines[at + 1].strip()
        assert width_of(lines[at + 1]) - width_of(lines[at + 1].lstrip()) == column


async def test_the_month_is_walked_by_days_that_count(take_seat: SeatMaker, filled: Path) -> None:
    async with take_seat(filled, NARROW, "today") as seat:
        month = seat.app.screen.query_one(MonthView)
        await seat.press("left")
        assert "2026年2月  到期 1 件" in seat.text
        assert month.day == date(2026, 2, 9)
        await seat.press("right", "right")
        assert month.day == date(2026, 4, 7)
        await seat.press("alt+m", "j")
        assert month.day == date(2026, 4, 30)
        await seat.press("j", "k", "k")
        assert isinstance(seat.app.focused, AgendaList)
        await seat.press("end", "j")
        assert seat.app.focused is month
        await seat.press("enter")
        assert "2026-04-07 星期二 到期  共 1 件" in seat.text
        await seat.press("escape", *["right"] * 9)
        assert month.day is None
        await seat.press("enter", "k")
        assert isinstance(seat.app.focused, AgendaList)


async def test_what_is_done_elsewhere_is_seen(
    take_seat: SeatMaker, filled: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with take_seat(filled, NARROW, "today") as seat:
        assert "最早 2026-02-09" in seat.text
        await seat.press("enter", "enter", "d")
        await seat.fill("31", "邮寄", "今天", "青府公开〔2026〕1号")
        await seat.press("f10", "escape")
        assert "共 0 件" in seat.text
        await seat.press("escape")
        assert "最早 2026-02-09" not in seat.text
        monkeypatch.setenv("TAIZHANG_TODAY", "2026-04-08")
        seat.app.check_day()
        await seat.settle()
        assert "最早 2026-04-07" in seat.text
        assert "2026年4月" in seat.text


@pytest.mark.parametrize("size", often([(60, 15), WIDE, NARROW, (200, 50)], 1))
async def test_whatever_stands_in_the_register_is_shown_as_text(
    take_seat: SeatMaker, hostile: Path, size: tuple[int, int]
) -> None:
    async with take_seat(hostile, size, "today") as seat:
        for keys in ((), ("enter",), ("escape", "alt+m", "right", "enter"), ("escape", "g", "k")):
            await seat.press(*keys)
            assert not CONTROL.search(seat.text)
            assert all(width_of(line) <= size[0] for line in seat.text.splitlines())
