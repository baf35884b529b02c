"""By keyboard: reviews and suits, the calendar and its notices, repeats at intake, fees."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from db.calendar.workdays import work_calendar
from db.disputes.dispute import Block, Result
from db.disputes.recording import conclude_dispute, new_dispute
from tests.support.at_once import new_case, open_register, read_case
from tests.support.cases import NOTICE, received
from tests.support.seat import SeatMaker, stack_of
from tests.support.walk import to_case, to_register
from tui.screens.calendar.calendar_text import year_parts
from tui.text.cells import width_of
from tui.widgets.plain import PlainText


async def test_a_review_and_the_suit_after_it(take_seat: SeatMaker, filled: Path) -> None:
    async with take_seat(filled) as seat:
        await to_case(seat, "2025-0001")
        await seat.press("v")
        assert "还没有复议或诉讼" in seat.text
        await seat.press("n")
        assert "2025-0001" in seat.text
        await seat.fill("1", "", "", "青川市人民政府", "2026-1-6", "")
        assert "日内（行政复议法第二十" in seat.text
        await seat.press("f10")
        assert "尚未审结" in seat.text
        await seat.press("d")
        await seat.fill("纠正", "")
        await seat.press("f10")
        assert "现在就打开本件吗" in seat.text
        await seat.press("n")
        assert "待登记重新答复" in seat.text
        await seat.press("n")
        await seat.fill("3", "", "", "青川县人民法院", "今天", "", "1")
        await seat.press("f10")
        assert "第2号   复议后起诉  2025-0001 青川商贸有限公司  尚未审结" in seat.text
        assert "前置复议 第1号" in seat.text
        await seat.press("x")
        await seat.write("登记错了")
        await seat.press("f10")
        assert "尚未审结  已作废" in seat.text
        assert "作废登记：登记错了" in seat.text
        await seat.press("escape")
        assert stack_of(seat.app)[-1] == "CaseScreen"
        assert (
            "复议诉讼    行政复议 结果纠正（按 v 查看）" in seat.text
        )  # the voided one is not told


async def test_a_dispute_is_recorded_on_a_case_found_by_name(
    take_seat: SeatMaker, filled: Path
) -> None:
    async with take_seat(filled) as seat:
        await to_register(seat)
        await seat.press("g", "f", "n")
        await seat.fill("1")
        await seat.write("某某某")
        assert "没有" not in seat.text
        await seat.press("ctrl+u")
        seat.burst("=批复", "enter")  # two are found: none is taken unasked
        await seat.settle()
        assert "2026-0005  吴敏  道路拓宽工程立项批复" in seat.text
        await seat.press("down", "down", "enter")
        assert "2025-0002" in seat.text
        await seat.press("up", "ctrl+u")
        seat.burst("=25-1", "enter")  # a 文号 holds these digits too
        await seat.settle()
        assert "2025-0001" in seat.text
        assert "2024-0001" not in seat.text
        await seat.press("up", "ctrl+u")
        seat.burst("=吴敏", "enter")
        await seat.settle()
        await seat.fill("", "青川市人民政府", "2026-3-5", "", "", "")
        await seat.fill("青复〔2026〕3号", "周敏", "3-12", "3-20")
        await seat.press("f10")
        text = seat.text
        assert "第1号已登记" in text
        assert "第1号   行政复议  2026-0005 吴敏  尚未审结" in text
        assert "答复期限 2026-03-12 还有 2 天  第1号 行政复议" in text
        assert "案号 青复〔2026〕3号  主办人 周敏\n" in text
        assert "答复应诉期限 2026-03-12  开庭日期 2026-03-20\n" in text
        await seat.press("i")
        await seat.fill("", "", "", "今天", "")
        await seat.press("f10")
        assert "第1号已补充" in seat.text
        assert "还有 2 天" not in seat.text
        await seat.press("escape", "tab")
        assert "复议诉讼" in seat.text


async def test_the_reviews_of_the_chosen_case_are_offered_first(
    take_seat: SeatMaker, filled: Path
) -> None:
    with open_register(str(filled)) as register, register.writing() as tx:
        for case in ("2025-0001", "2026-0005", "2025-0002"):
            made = new_dispute(tx, Block.REVIEW, "青川市人民政府", date(2026, 3, 5), case=case)
            conclude_dispute(tx, made.id, date(2026, 3, 6), Result.UPHELD)
    async with take_seat(filled) as seat:
        await to_register(seat)
        await seat.press("g", "f", "n")
        await seat.fill("3")
        await seat.write("吴敏")
        await seat.press("enter")
        await seat.fill("", "青川县人民法院", "3-6", "")
        offered = [line for line in seat.text.splitlines() if "审结 结果维持" in line]
        assert [line.split()[:2] for line in offered[:2]] == [
            ["2", "2026-0005"],
            ["3", "2025-0002"],
        ]
        await seat.write("2")
        await seat.press("f10")
        assert "前置复议 第2号" in seat.text


async def test_half_a_conclusion_is_refused(take_seat: SeatMaker, filled: Path) -> None:
    async with take_seat(filled) as seat:
        await to_register(seat)
        await seat.press("g", "f", "n")
        await seat.fill("2", "", "2019年的一件", "青川县人民法院", "3-6", "", "3-9")
        await seat.press("f10")
        assert "审结日期和结果要一起填" in seat.text
        await seat.write("维持")
        await seat.press("f10")
        assert "2019年的一件  结果维持" in seat.text
        await seat.press("x")
        await seat.fill("", "记早了")
        await seat.press("f10")
        assert "的审结记录已作废" in seat.text
        assert "尚未审结" in seat.text
        await seat.press("enter")
        assert "不在登记簿里" in seat.text


async def test_a_notice_is_pasted_read_and_stored(
    take_seat: SeatMaker, filled: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TAIZHANG_TODAY", "2026-12-15")
    with open_register(str(filled)) as register:
        new_case(register, received(date(2026, 12, 14), "何洁", "跨年的一件"))
        old = read_case(register, "2026-0007").standing.due_on
    async with take_seat(filled) as seat:
        await to_register(seat)
        await seat.press("g", "r")
        assert "2027年放假通知尚未录入" in seat.text
        await seat.press("right")
        assert "通知尚未公布" in seat.text
        await seat.press("P")
        await seat.write(NOTICE.replace("2月5日（周五）", "2月5日（周六）"))
        assert "无法识别" in seat.text
        assert "春节" in seat.text
        await seat.press("f10", "escape", "y", "P")
        await seat.write(NOTICE)
        assert "放假 25 天" in seat.text.replace("  ", " ") or "放假" in seat.text
        await seat.press("tab")
        await seat.write("国办发明电〔2026〕7号")
        await seat.press("f10")
        assert "2027年放假通知已录入" in seat.text
        with open_register(str(filled)) as register:
            new = read_case(register, "2026-0007").standing.due_on
        assert old != new
        assert f"2026-0007       {old} 改为 {new}" in seat.text
        await seat.press("escape")
        assert "尚未" not in seat.text
        await seat.press("end")
        assert "2027 年  国办发明电〔2026〕7号  2026-12-15 测试员 录入" in seat.text


async def test_a_notice_is_not_lost_unasked(take_seat: SeatMaker, filled: Path) -> None:
    async with take_seat(filled) as seat:
        await to_register(seat)
        await seat.press("g", "r", "P", "f10")
        assert "还没有粘贴通知" in seat.text
        await seat.write("一\n二")
        await seat.press("ctrl+q")
        assert stack_of(seat.app)[-1] == "Confirm"
        await seat.press("n", "escape", "n", "escape", "y", "escape")
        assert "共 10 件" in seat.text


async def test_the_same_applicant_is_shown_at_intake(take_seat: SeatMaker, filled: Path) -> None:
    with open_register(str(filled)) as register:
        for n in range(9):
            new_case(register, received(date(2026, 3, 5), "吴敏", f"第{n}类统计资料"))
    for size in ((80, 24), (120, 40)):
        async with take_seat(filled, size) as seat:
            await to_register(seat)
            await seat.press("n")
            await seat.fill("吴敏", "1")
            await seat.write("道路拓宽工程立项批复文")
            shown = "#repeats" if size[0] == 120 else "#repeats-line"
            line = seat.app.screen.query_one(shown, PlainText)
            assert line.region.height > 0
            said = line.plain
            assert "此前 10 件" in said
            assert "内容近似 1 件" in said
            assert "3月第 11 件" in said
            assert "100.00 元" in said
            await seat.press("ctrl+o")
            assert "近似  2026-0005" in seat.text
            await seat.press("enter")
            assert stack_of(seat.app)[-1] == "CaseScreen"
            await seat.press("escape", "escape")
            assert stack_of(seat.app)[-1] == "IntakeScreen"
            await seat.press("escape", "y")


async def test_the_calculator(take_seat: SeatMaker, filled: Path) -> None:
    async with take_seat(filled) as seat:
        await to_register(seat)
        await seat.press("f7", "tab")
        await seat.write("31")
        assert "应收 2,200.00 元" in seat.text
        await seat.press("shift+tab", "ctrl+u")
        await seat.write("按量")
        assert "应收 10.00 元" in seat.text


@pytest.mark.parametrize(("size", "lines"), [((120, 40), 35), ((80, 24), 99), ((200, 50), 45)])
def test_twelve_months_fit(size: tuple[int, int], lines: int) -> None:
    """At 120x40 a year is seen without scrolling; the page's own lines take five."""
    width = size[0] - 5
    for year in range(2007, 2030):
        parts = year_parts(year, work_calendar(), date(2026, 3, 10), width)
        text = "".join(part if isinstance(part, str) else part[0] for part in parts)
        assert "12月" in text
        assert len(text.splitlines()) <= lines, year
        months = [line for line in text.splitlines() if "(周" not in line]
        assert all(width_of(line) <= width for line in months)
