"""By keyboard on a case: correcting, voiding, undoing, and trying out what is not recorded."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from db.law.event import Event
from db.words.vocabulary import EventKind
from tests.support.at_once import log_event, new_case, open_register, read_case
from tests.support.cases import received
from tests.support.seat import NARROW, WIDE, SeatMaker, stack_of
from tests.support.steps import dump
from tests.support.walk import to_case


async def test_a_correction_says_what_it_changed(take_seat: SeatMaker, filled: Path) -> None:
    async with take_seat(filled) as seat:
        await to_case(seat, "2024-0001")
        await seat.press("C", "enter", "tab", "tab", "ctrl+u")
        await seat.write("2024-12-30")
        await seat.press("f10")
        assert "请填写更正理由" in seat.text
        await seat.write("笔误")
        assert "更正后：已办结，用时 6 个工作日" in seat.text
        await seat.press("f10")
        assert "更正第2条答复：办结日期 2025-01-06 改为" in seat.text
        assert "已更正（第3条）" in seat.text
        await seat.press("escape")
        assert "办结 2024-12-30" in seat.text
        assert "理由：笔误" in seat.text.replace("\n              ", "")
    with open_register(str(filled)) as register:
        correction = read_case(register, "2024-0001").entries[-1].event
    assert correction.kind is EventKind.CORRECTED
    assert list(correction.changes or ()) == ["on"]


async def test_a_receipt_is_corrected_and_its_number_stays(
    take_seat: SeatMaker, filled: Path
) -> None:
    async with take_seat(filled) as seat:
        await to_case(seat, "2026-0005")
        await seat.press("C", "end", "enter")
        assert "吴敏" in seat.text
        assert "编号" not in seat.text
        await seat.press("x", "escape", "y", "enter")  # what was typed is asked about
        await seat.press("ctrl+u")
        await seat.write("吴敏敏")
        await seat.press("f10")  # goes to the reason, which is missing
        await seat.write("姓名写错")
        await seat.press("f10")
        assert "更正第1条收到：申请人 吴敏 改为 吴敏敏" in seat.text


async def test_nothing_changed_is_refused(take_seat: SeatMaker, filled: Path) -> None:
    async with take_seat(filled) as seat:
        await to_case(seat, "2026-0005")
        await seat.press("C", "enter", *["tab"] * 5)
        await seat.write("看看")
        await seat.press("f10")
        assert "没有任何改动" in seat.text


async def test_voiding_and_undoing(take_seat: SeatMaker, filled: Path) -> None:
    async with take_seat(filled) as seat:
        await to_case(seat, "2026-0005")
        assert "/ 40" in seat.text
        await seat.press("C", "x")
        await seat.write("没有延期")
        assert "作废后：办理中" in seat.text
        await seat.press("f10")
        assert "已作废（第3条）" in seat.text
        assert "作废第2条延期；理由：没有延期" in seat.text
        await seat.press("escape")
        assert "/ 20" in seat.text
        await seat.press("u")
        assert "没有可以撤销的" in seat.text
        await seat.press("escape", "C", "home", "x")
        await seat.write("确实延期了")
        await seat.press("f10")
        assert "作废第3条更正（恢复更正前的记录）" in seat.text
        await seat.press("escape")
        assert "/ 40" in seat.text
        await seat.press("u")
        assert "要撤销 第2条 延期（2026-03-09） 吗" in seat.text
        await seat.press("n")
        assert "/ 40" in seat.text
        await seat.press("u", "y")
        assert "已撤销上一步" in seat.text
        assert "/ 20" in seat.text


async def test_what_cannot_be_mended_says_why(take_seat: SeatMaker, filled: Path) -> None:
    async with take_seat(filled) as seat:
        await to_case(seat, "2026-0006")
        await seat.press("u")
        assert "没有可以撤销的" in seat.text
        await seat.press("escape", "C", "x")
        assert stack_of(seat.app)[-1] == "RecordsScreen"
        assert "这一条不能作废" in seat.text


async def test_what_if_records_nothing(take_seat: SeatMaker, filled: Path) -> None:
    before = dump(filled)
    async with take_seat(filled) as seat:
        await to_case(seat, "2026-0005")
        await seat.press("equals_sign", "b", "tab", "ctrl+u")
        await seat.write("3-16")
        assert "第8个工作日" in seat.text
        await seat.press("f10", "B", "ctrl+u")
        await seat.write("3-25")
        await seat.press("f10")
        assert "期限由 2026-04-30 变为 2026-04-23，提前 5 个工作日" in seat.text
        await seat.press("y", "tab", "ctrl+u")
        await seat.write("4-28")
        await seat.press("f10")
        assert "答复期限2026-04-23已经届满" in seat.text
        await seat.press("escape", "equals_sign")  # what was tried out stays while the case is open
        assert "3.  2026-04-28" in seat.text
        await seat.press("e")
        assert "这是试算，没有登记" in seat.text
        await seat.press("escape", "end", "x")
        assert "已去掉延期" in seat.text
        await seat.press("home", "x", "x")
        assert "还没有假设" in seat.text
        await seat.press("escape")
        assert "期限 2026-04-30" in seat.text
    assert dump(filled) == before


async def test_the_due_date_is_a_sum(take_seat: SeatMaker, filled: Path) -> None:
    async with take_seat(filled) as seat:
        await to_case(seat, "2026-0005")
        await seat.press("e")
        assert "20 + 延期 20 = 40 个工作日" in seat.text
        assert "2026-03-04 星期三  收到申请之日，次日起算" in seat.text


async def test_the_fee_step_has_its_calculator(take_seat: SeatMaker, filled: Path) -> None:
    async with take_seat(filled) as seat:
        await to_case(seat, "2026-0006")
        await seat.press("f", "f7", "tab")
        await seat.write("32")
        assert "应收 2,400.00 元" in seat.text
        await seat.press("f10")
        assert "2,400.00 元" in seat.text


async def test_an_answer_is_asked_whose_it_is(take_seat: SeatMaker, filled: Path) -> None:
    with open_register(str(filled)) as register:
        for party in ("甲[/b]公司", "乙公司"):
            asked = Event(EventKind.CONSULTATION_STARTED, date(2026, 3, 9), party=party)
            log_event(register, "2026-0005", asked)
    async with take_seat(filled) as seat:
        await to_case(seat, "2026-0005")
        assert "意见未返回  甲[/b]公司（限 2026-03-30）、乙公司（限 2026-03-30）" in seat.text
        await seat.press("h")
        assert "哪一方的意见" in seat.text
        await seat.press("2", "enter")
        await seat.press("f10")
        assert "意见未返回  甲[/b]公司（限 2026-03-30）" in seat.text
        assert "、乙公司" not in seat.text
    with open_register(str(filled)) as register:
        assert read_case(register, "2026-0005").history[-1].party == "乙公司"


async def test_what_is_written_in_lines_is_shown_in_lines(
    take_seat: SeatMaker, filled: Path
) -> None:
    """A long text is shortened among the facts, with a mark, and stands whole below."""
    lines = [f"第{n}项：柳林社区安置房分配名单" for n in range(1, 31)]
    with open_register(str(filled)) as register:
        on = date(2026, 3, 9)
        few = new_case(register, received(on, "张三", "\n".join(lines[:3]), note="一\n二"))
        log_event(register, few.number, Event(EventKind.NOTE, on, note="来电\n再来电"))
        many = new_case(register, received(on, "李四", "\n".join(lines)))
    for size in (NARROW, WIDE):
        async with take_seat(filled, size) as seat:
            await to_case(seat, few.number)
            shown = seat.text.splitlines()
            at = next(n for n, line in enumerate(shown) if "申请内容    第1项" in line)
            assert shown[at + 1].startswith(" " * 14 + lines[1])
            assert shown[at + 2].startswith(" " * 14 + lines[2])
            assert "全文" not in seat.text
            await seat.press("end")
            assert "2026-03-09  备注  来电\n" in seat.text
            assert " 再来电\n" in seat.text
            await seat.press("escape")
            await to_case(seat, many.number)
            assert lines[10] in seat.text
            assert lines[11] not in seat.text
            assert "..（共 30 行，全文在本页末尾）" in seat.text
            await seat.press("end")
            assert lines[29] in seat.text
            assert lines[20] in seat.text
