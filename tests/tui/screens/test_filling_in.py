"""By keyboard: what was empty is filled in; a page that somebody else's work has overtaken."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from db.cases.case_file import read_case as case_of
from db.cases.correcting import correct_event
from db.law.event import Event
from db.words.vocabulary import EventKind
from tests.support.at_once import log_event, open_register, read_case
from tests.support.seat import SeatMaker, stack_of
from tests.support.walk import to_case


async def test_a_late_phone_number_needs_no_reason(take_seat: SeatMaker, filled: Path) -> None:
    async with take_seat(filled) as seat:
        await to_case(seat, "2026-0001")
        await seat.press("i")
        assert "这里只列空着的各项" in seat.text
        assert "申请内容" not in seat.text
        await seat.press("f10")
        assert "一项也没有填" in seat.text
        await seat.write("13900000002")
        await seat.press("f10")
        assert "已补充" in seat.text
        assert "联系电话    13900000002" in seat.text
        assert "补充第1条收到：联系电话" in seat.text.replace("\n", "")
        await seat.press("i")
        assert "联系电话" not in seat.text
        await seat.press("escape", "C")
        assert "补充记录本身不能再更正；x 作废它，就恢复补充前的记录。" in seat.text
    with open_register(str(filled)) as register:
        last = read_case(register, "2026-0001").entries[-1].event
    assert (last.kind, last.reason, last.changes) == (
        EventKind.CORRECTED,
        None,
        {"phone": "13900000002"},
    )


async def test_what_another_desk_filled_in_meanwhile_is_not_overwritten(
    take_seat: SeatMaker, filled: Path
) -> None:
    async with take_seat(filled) as seat:
        await to_case(seat, "2026-0001")
        await seat.press("i")
        await seat.write("13900000002")
        with open_register(str(filled)) as register, register.writing() as tx:
            receipt = case_of(tx, "2026-0001").received.id
            correct_event(tx, "2026-0001", receipt, None, changes={"phone": "0839"})
        await seat.press("f10")
        assert stack_of(seat.app)[-1] == "MeanwhileWindow"
        assert "联系电话已有内容" in seat.text
        await seat.press("escape")
        assert "没有保存：联系电话已有内容" in seat.text
        await seat.press("escape", "y", "f5")
        assert "0839" in seat.text


async def test_another_desks_answer_is_told_at_the_first_f10(
    take_seat: SeatMaker, filled: Path
) -> None:
    async with take_seat(filled) as seat:
        await to_case(seat, "2026-0002")
        await seat.press("d")
        with open_register(str(filled)) as register:
            log_event(
                register, "2026-0002", Event(EventKind.DECIDED, date(2026, 3, 9), outcome="3.1")
            )
        await seat.write("31")
        await seat.press("f10")
        assert stack_of(seat.app)[-1] == "MeanwhileWindow"
        await seat.press("escape")
        assert stack_of(seat.app)[-1] == "StepScreen"
        assert "没有保存：" in seat.text
        await seat.press("escape", "y")
        assert "已办结" not in seat.text
        await seat.press("f5")
        assert "已办结" in seat.text
