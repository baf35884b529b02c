"""The year's page by keyboard: filing, filed figures, restatements, a past day, table 4."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from db.disputes.dispute import Block, Result
from db.year_end.narrative import Part, set_text
from db.year_end.proactive import set_figures
from tests.support.at_once import correct_event, file_year, new_dispute, open_register, void_dispute
from tests.support.seat import Seat, SeatMaker, stack_of
from tests.support.spreadsheets import load_workbook
from tests.support.steps import set_day
from tests.support.walk import follow, to_register
from tests.support.workbooks import FIRST_ROW


async def test_a_year_is_filed_and_a_correction_restates_it(
    take_seat: SeatMaker, filled: Path
) -> None:
    async with take_seat(filled, (120, 40)) as seat:
        await to_register(seat)
        await seat.press("f8", "S")
        assert "2026年还没有结束，不能封账" in seat.text
        await seat.press("left_square_bracket", "T")
        assert "这一年还没有封账" in seat.text
        await seat.press("S")
        assert "要把 青川县人民政府办公室 2025 年的数据封账吗" in seat.text
        await seat.press("n")
        assert "未封账" in seat.text
        await seat.press("S", "y")
        assert "2025 年的数据已封账" in seat.text
        await seat.press("escape")
        assert "2026-03-10 测试员 封账  按 T 切换  校验码" in seat.text
        with open_register(str(filled)) as register:
            correct_event(register, "2024-0001", 2, "笔误", changes={"on": date(2024, 12, 30)})
        await seat.press("f5")
        assert "其后变动 1 处" in seat.text
        await seat.press("C")
        assert "2024-0001  更正：笔误（2026-03-10 测试员）" in seat.text
        assert "不再计入" in seat.text
        await seat.press("escape", "T")
        assert "封账的数字" in seat.text
        await seat.press("enter", "j", "enter")
        assert "总计  1（下列为封账时计入的，按现在的情形列出）" in seat.text
        assert "2024-0001" in seat.text
        await seat.press("escape", "G")
        assert "不能换格式" in seat.text
        await seat.press("T")
        assert "2025 年  封账的数字" not in seat.text


async def test_failing_checks_are_named_before_filing(take_seat: SeatMaker, filled: Path) -> None:
    with open_register(str(filled)) as register:
        file_year(register, 2024)
        correct_event(register, "2024-0001", 2, "笔误", changes={"on": date(2024, 12, 30)})
    async with take_seat(filled) as seat:
        await to_register(seat)
        await seat.press("f8", "left_square_bracket", "S")
        assert "注意：勾稽有" in seat.text
        assert "L 自然人：0 与 1" in seat.text
        await seat.press("n", "K", "enter")
        assert "二、上年结转政府信息公开申请数量  自然人  0" in seat.text


async def test_the_table_of_a_past_day(take_seat: SeatMaker, filled: Path) -> None:
    async with take_seat(filled) as seat:
        await to_register(seat)
        await seat.press("f8", "A")
        await seat.write("3-9")
        await seat.press("f10")
        assert "2026-03-09 终了时的数字" in seat.text
        await seat.press("enter")
        assert "总计  0" in seat.text
        await seat.press("S")
        await seat.press("T")
        assert "终了时的数字" not in seat.text
        assert "总计  6" in seat.text


async def test_table_four_opens_its_disputes(take_seat: SeatMaker, filled: Path) -> None:
    with open_register(str(filled)) as register:
        new_dispute(
            register,
            Block.REVIEW,
            "青川市人民政府",
            date(2026, 2, 2),
            case="2025-0001",
            concluded_on=date(2026, 3, 2),
            result=Result.CORRECTED,
        )
    async with take_seat(filled) as seat:
        await to_register(seat)
        await seat.press("f8", "v")
        assert "行政复议、行政诉讼情况" in seat.text
        assert "行政复议  总计  1" in seat.text
        await seat.press("left", "left", "left", "enter")
        assert stack_of(seat.app)[-1] == "DisputesScreen"
        assert "结果纠正  1" in seat.text
        assert "待登记重新答复" in seat.text
        await seat.press("enter")
        assert stack_of(seat.app)[-1] == "CaseScreen"


@pytest.fixture
def moved(filled: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """2025, filed on 10 March; corrected on the 12th and on the 14th; it is the 16th."""
    with open_register(str(filled)) as register:
        file_year(register, 2025)
        set_day(monkeypatch, "2026-03-12")
        correct_event(register, "2024-0001", 2, "寄出日", changes={"on": date(2024, 12, 30)})
        set_day(monkeypatch, "2026-03-14")
        correct_event(register, "2025-0001", 4, "笔误", changes={"outcome": "3.1"})
    set_day(monkeypatch, "2026-03-16")
    return filled


async def test_enter_in_the_restatements_opens_the_case(take_seat: SeatMaker, moved: Path) -> None:
    async with take_seat(moved) as seat:
        await seat.press("f8", "left_square_bracket", "C")
        assert stack_of(seat.app)[-1] == "RestatedScreen"
        assert "共 2 处" in seat.text
        await seat.press("j", "enter")
        assert "申请  2025-0001" in seat.text
        await seat.press("escape")
        assert stack_of(seat.app)[-1] == "RestatedScreen"
        await seat.press("escape")
        assert stack_of(seat.app)[-1] == "YearScreen"


async def test_an_entered_part_that_is_changed_after_the_filing_is_listed(
    take_seat: SeatMaker, moved: Path
) -> None:
    with open_register(str(moved)) as register, register.writing() as tx:
        set_figures(tx, 2025, {"rules.made": "2"})
        set_text(tx, 2025, Part.OTHERS, "后来补写。")
    async with take_seat(moved) as seat:
        await seat.press("f8", "left_square_bracket")
        assert "其后变动 4 处，按 C 查看" in seat.text
        await seat.press("C", "end")
        assert "六、其他需要报告的事项（2026-03-16" in seat.text
        assert "变动后  后来补写。" in seat.text
        await seat.press("enter")
        assert "在年报的那一部分里" in seat.text


async def test_a_suit_over_what_is_not_in_the_register_opens_the_disputes(
    take_seat: SeatMaker, moved: Path
) -> None:
    with open_register(str(moved)) as register:
        new_dispute(register, Block.REVIEW, "市政府", date(2025, 12, 2), older_case="旧案")
    async with take_seat(moved) as seat:
        await seat.press("f8", "left_square_bracket", "C", "end", "enter")
        assert stack_of(seat.app)[-1] == "DisputesScreen"


LIVE: tuple[str, ...] = ()
FILED, PAST = ("T",), ("A", "=3-13", "f10")


def figures_on(seat: Seat) -> list[tuple[int, ...]]:
    """The rows of seven figures that the screen shows."""
    shown = re.findall(r"((?: +\d+){7})$", seat.text, re.MULTILINE)
    return [tuple(map(int, row.split())) for row in shown]


async def test_what_is_exported_is_what_is_shown(take_seat: SeatMaker, moved: Path) -> None:
    seen = set()
    async with take_seat(moved, (120, 60)) as seat:
        await follow(seat, "LIST", "f8", "left_square_bracket", "enter")
        for which in (LIVE, FILED, PAST):
            await follow(seat, *which)
            shown = figures_on(seat)
            assert len(shown) == 25
            seen.add(tuple(shown))
            await seat.press("o", "f10")
            assert "已导出" in seat.text
            await seat.press("escape")
            book = Path("年报-2025.xlsx")
            sheet = load_workbook(book)["申请办理"]
            book.unlink()
            rows = sheet.iter_rows(FIRST_ROW, FIRST_ROW + 24, 4, 10, values_only=True)
            assert list(rows) == shown, which
    assert len(seen) == 3


async def test_a_figure_of_the_past_lists_the_cases_it_counted(
    take_seat: SeatMaker, moved: Path
) -> None:
    """Row 2 counted 2024-0001 until it was found to have been answered in 2024."""
    async with take_seat(moved, (120, 40)) as seat:
        await follow(seat, "LIST", "f8", "left_square_bracket", "enter", "j", "enter")
        assert "上年结转政府信息公开申请数量  总计  0" in seat.text
        assert "2024-0001" not in seat.text
        await follow(seat, "escape", *FILED, "enter")
        assert "总计  1（下列为封账时计入的，按现在的情形列出）" in seat.text
        assert "2024-0001" in seat.text
        await follow(seat, "escape", "A", "=3-11", "f10", "enter")
        assert "总计  1（下列为 2026-03-11 终了时计入的，按现在的情形列出）" in seat.text
        assert "2024-0001" in seat.text
        await follow(seat, "escape", *PAST, "enter")
        assert "总计  0（下列为 2026-03-13 终了时计入的，按现在的情形列出）" in seat.text
        assert "2024-0001" not in seat.text


async def test_a_figure_of_table_four_lists_the_disputes_it_counted(
    take_seat: SeatMaker, filled: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with open_register(str(filled)) as register:
        sued = new_dispute(register, Block.REVIEW, "市政府", date(2025, 7, 1), case="2025-0001")
        file_year(register, 2025)
        set_day(monkeypatch, "2026-03-12")
        void_dispute(register, sued.id, "记错")
    async with take_seat(filled, (120, 40)) as seat:
        await follow(seat, "LIST", "f8", "left_square_bracket", "v", "enter")
        assert "行政复议  总计  0" in seat.text
        assert "这一格没有复议或诉讼" in seat.text
        await follow(seat, "escape", *FILED, "enter")
        assert "行政复议  总计  1（下列为封账时计入的，按现在的情形列出）" in seat.text
        assert "2025-0001" in seat.text
