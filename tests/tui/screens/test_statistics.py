"""统计 by keyboard: every bar opens its cases; the year is chosen; the page is exported."""

from __future__ import annotations

from pathlib import Path

from db.agenda import statistics
from tests.support.hostile import CONTROL
from tests.support.seat import NARROW, WIDE, Holder, Seat, SeatMaker, stack_of
from tests.support.spreadsheets import load_workbook
from tui.text.cells import width_of
from tui.widgets.bar_table import BarTable


def at(seat: Seat) -> tuple[str, str]:
    current = seat.app.screen.query_one(BarTable).current
    assert current is not None
    return current[0].name, current[1].label


async def test_a_bar_of_every_chart_opens_as_many_cases_as_it_says(
    take_seat: SeatMaker, filled: Path
) -> None:
    async with take_seat(filled, NARROW, "today") as seat:
        await seat.press("g", "k", "left_square_bracket")
        assert "2025 年  与 2024 年相比" in seat.text
        table = seat.app.screen.query_one(BarTable)
        opened: set[str] = set()
        last = ("", "")
        while (here := at(seat)) != last:
            current = table.current
            assert current is not None
            if here[0] not in opened and not current[1].empty:
                await seat.press("enter")
                assert f"2025 年统计  共 {current[1].texts[0]} 件" in seat.text
                await seat.press("escape")
                opened.add(here[0])
            last = here
            await seat.press("j")
        assert opened == set(statistics.Chart)
        assert "各科室按期率" in seat.text  # its title is in sight
        await seat.press("k", "k", "enter")
        assert "这一项没有申请" in seat.text
        assert "件数  占比" not in seat.text
        await seat.press("home")
        assert "件数  占比" in seat.text


async def test_the_cursor_walks_both_columns_and_stays_on_its_figure(
    take_seat: SeatMaker, filled: Path
) -> None:
    async with take_seat(filled, WIDE, "today") as seat:
        await seat.press("g", "k", "left_square_bracket", "right", "j")
        assert at(seat) == ("kind", "商业企业")
        await seat.press("left", "left")
        assert at(seat) == ("whole", "办结")
        await seat.pilot.click(BarTable, offset=(70, 1))
        assert at(seat) == ("kind", "自然人")
        await seat.press("right", "home", "end")
        assert at(seat) == ("punctual", "信息公开科")
        await seat.press("right")
        await seat.resize(NARROW)
        assert at(seat) == ("punctual", "信息公开科")
        assert "按期率  信息公开科  办结" in seat.text
        await seat.resize((200, 50))
        assert at(seat) == ("punctual", "信息公开科")
        await seat.press("home", "pagedown", "f5")
        assert at(seat) == ("month", "7月")


async def test_a_year_that_has_nothing_is_not_shown(
    take_seat: SeatMaker, filled: Path, hold: Holder
) -> None:
    async with take_seat(filled, NARROW, "today") as seat:
        await seat.press("g", "k", "right_square_bracket")
        assert "2026 年以后还没有" in seat.text
        await seat.press(*["left_square_bracket"] * 3)
        assert "2024 年以前没有" in seat.text
        assert "2024 年  与 2023 年相比" in seat.text
        held = hold(statistics, "statistics")
        await seat.post("f5")
        await seat.post("right_square_bracket")
        seat.burst("o")  # what is typed meanwhile is about the year that was asked for
        held.let_go()
        await seat.settle()
        assert "统计-2025.xlsx" in seat.text


async def test_the_page_is_exported(take_seat: SeatMaker, filled: Path) -> None:
    async with take_seat(filled, NARROW, "today") as seat:
        await seat.press("g", "k", "left_square_bracket", "o")
        assert "统计-2025.xlsx" in seat.text
        await seat.press("f10")
        assert "已导出" in seat.text
        rows = [*load_workbook("统计-2025.xlsx")["统计"].iter_rows(values_only=True)]
        assert rows[0][0] == "2025年政府信息公开申请统计"
        assert "受理机关：青川县人民政府办公室" in str(rows)
        assert ("予以公开", 1) in [row[:2] for row in rows]
        await seat.press("escape")
        assert stack_of(seat.app)[-1] == "StatisticsScreen"


async def test_a_unit_of_any_name_is_text_and_opens(take_seat: SeatMaker, hostile: Path) -> None:
    async with take_seat(hostile, WIDE, "today") as seat:
        await seat.press("g", "k", *"jjjjjjj")
        for _ in range(4):
            assert at(seat)[0] == "unit"
            assert not CONTROL.search(seat.text)
            assert all(width_of(line) <= WIDE[0] for line in seat.text.splitlines())
            await seat.press("enter")
            assert stack_of(seat.app)[-1] == "ListedScreen"
            await seat.press("escape", "j")
