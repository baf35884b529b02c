"""Two desks on one case: what the other one has recorded meanwhile is shown before anything is saved."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from db.cases.case_file import CaseFile
from db.disputes.dispute import Block, Result
from db.law.event import Event
from db.words.vocabulary import EventKind
from tests.support.at_once import (
    conclude_dispute,
    list_disputes,
    log_event,
    new_dispute,
    open_register,
    read_case,
)
from tests.support.seat import NARROW, WIDE, Seat, SeatMaker, stack_of
from tests.support.steps import dump
from tests.support.walk import to_case, to_register

K = EventKind
ON = date(2026, 3, 10)
NUMBER = "2026-0002"


def by_another(path: Path, kind: EventKind, number: str = NUMBER, **facts: Any) -> None:
    with open_register(str(path)) as other:
        other.clerk = "张三"
        log_event(other, number, Event(kind, ON, **facts))


def case_in(path: Path, number: str = NUMBER) -> CaseFile:
    with open_register(str(path)) as register:
        return read_case(register, number)  # type: ignore[no-any-return]


async def note(seat: Seat, text: str = "已电话联系") -> None:
    """The form of a note, filled in and not saved."""
    await seat.press("m")
    await seat.write(text)


@pytest.mark.parametrize("way", ["case", "list"])
async def test_the_first_f10_shows_what_another_has_recorded(
    take_seat: SeatMaker, filled: Path, way: str
) -> None:
    async with take_seat(filled) as seat:
        if way == "case":
            await to_case(seat, NUMBER)
        else:
            await to_register(seat)
            await seat.press("slash")
            await seat.write(NUMBER)
            await seat.press("enter")
        await note(seat)
        by_another(filled, K.EXTENDED, days=20, approver="主任")
        before = dump(filled)
        await seat.press("f10")
        assert stack_of(seat.app)[-1] == "MeanwhileWindow"
        assert dump(filled) == before
        text = seat.text
        for said in (
            "张三  登记 第2条 延期",
            "此前",
            "/ 20",
            "剩余",
            "现在",
            "/ 40",
            "是，仍要保存",
        ):
            assert said in text
        await seat.press("escape")
        assert dump(filled) == before
        assert stack_of(seat.app)[-1] == "StepScreen"
        assert "已电话联系" in seat.text
        assert "没有保存：2026-0002 已由张三更新" in seat.text
        await seat.press("f10", "enter")
        assert stack_of(seat.app)[-1] == ("CaseScreen" if way == "case" else "RegisterScreen")
    assert [entry.event.kind for entry in case_in(filled).entries] == [
        K.RECEIVED,
        K.EXTENDED,
        K.NOTE,
    ]


async def test_what_is_not_possible_any_more_cannot_be_saved(
    take_seat: SeatMaker, filled: Path
) -> None:
    async with take_seat(filled) as seat:
        await to_case(seat, NUMBER)
        await seat.press("d")
        await seat.write("3.1")
        await seat.press("enter")
        by_another(filled, K.DECIDED, outcome="3.3.4")
        before = dump(filled)
        await seat.press("f10")
        assert "现在已不能这样登记：本件已于" in seat.text.replace("\n", "")
        assert "是，仍要保存" not in seat.text
        await seat.press("enter")
        assert stack_of(seat.app)[-1] == "StepScreen"
        assert "没有保存：本件已于" in seat.text
    assert dump(filled) == before


async def test_a_third_hand_is_shown_as_well(take_seat: SeatMaker, filled: Path) -> None:
    async with take_seat(filled) as seat:
        await to_case(seat, NUMBER)
        await note(seat)
        by_another(filled, K.NOTE, note="甲")
        await seat.press("f10")
        by_another(filled, K.NOTE, note="乙")
        await seat.press("enter")
        assert stack_of(seat.app)[-1] == "MeanwhileWindow"
        assert "第3条 备注  2026-03-10  乙" in seat.text
        assert "状态和期限没有变化" in seat.text
        await seat.press("enter")
        assert stack_of(seat.app)[-1] == "CaseScreen"
    assert [entry.event.note for entry in case_in(filled).entries[1:]] == ["甲", "乙", "已电话联系"]


async def test_keys_typed_ahead_do_not_answer(take_seat: SeatMaker, filled: Path) -> None:
    async with take_seat(filled) as seat:
        await to_case(seat, NUMBER)
        await note(seat)
        by_another(filled, K.NOTE, note="甲")
        seat.burst("f10", "enter", "enter")
        await seat.settle()
        assert stack_of(seat.app)[-1] == "MeanwhileWindow"
    assert len(case_in(filled).entries) == 2


@pytest.mark.parametrize("form", ["correct", "void", "fill in", "undo"])
async def test_corrections_and_filling_in_ask_too(
    take_seat: SeatMaker, filled: Path, form: str
) -> None:
    number = "2026-0005"
    async with take_seat(filled) as seat:
        await to_case(seat, number)
        if form == "correct":
            await seat.press("C", "end", "enter", "ctrl+u")
            await seat.write("吴敏敏")
            await seat.press("f10")
            await seat.write("姓名写错")
        elif form == "void":
            await seat.press("C", "x")
            await seat.write("没有延期")
        elif form == "fill in":
            await seat.press("i")
            await seat.write("510000199001010011")
        else:
            await seat.press("u")
        by_another(filled, K.NOTE, number, note="来电")
        before = dump(filled)
        await seat.press("y" if form == "undo" else "f10")
        assert stack_of(seat.app)[-1] == "MeanwhileWindow"
        assert "张三  登记 第3条 备注" in seat.text
        assert dump(filled) == before
        await seat.press("enter")
        assert stack_of(seat.app)[-1] != "MeanwhileWindow"
    last = case_in(filled, number).entries[-1].event
    assert last.kind is K.CORRECTED
    assert last.recorded_by != "张三"


async def test_not_undoing_shows_the_case_as_it_is(take_seat: SeatMaker, filled: Path) -> None:
    async with take_seat(filled) as seat:
        await to_case(seat, "2026-0005")
        await seat.press("u")
        by_another(filled, K.NOTE, "2026-0005", note="来电")
        await seat.press("y", "escape")
        assert stack_of(seat.app)[-1] == "CaseScreen"
        assert "来电" in seat.text


async def test_many_at_once_are_listed_anew(take_seat: SeatMaker, filled: Path) -> None:
    async with take_seat(filled) as seat:
        await to_register(seat)
        await seat.press("space", "space", "m")
        await seat.write("一并说明")
        await seat.press("f10")
        assert stack_of(seat.app)[-1] == "ManyScreen"
        by_another(filled, K.NOTE, "2026-0005", note="来电")
        await seat.press("f10")
        assert "一件也没有登记。2026-0005 已由张三更新" in seat.text
        await seat.press("escape", "f10")
        assert stack_of(seat.app)[-1] == "RegisterScreen"
    assert case_in(filled, "2026-0005").entries[-1].event.note == "一并说明"


async def test_a_dispute_is_not_recorded_over_either(take_seat: SeatMaker, filled: Path) -> None:
    with open_register(str(filled)) as register:
        dispute = new_dispute(register, Block.REVIEW, "市政府", date(2026, 3, 2), case=NUMBER)
    async with take_seat(filled) as seat:
        await to_case(seat, NUMBER)
        await seat.press("v", "i")
        await seat.write("青政复〔2026〕1号")
        with open_register(str(filled)) as other:
            other.clerk = "张三"
            conclude_dispute(other, dispute.id, ON, Result.UPHELD)
        await seat.press("f10")
        assert stack_of(seat.app)[-1] == "MeanwhileWindow"
        assert "张三  登记 审结  2026-03-10  结果维持" in seat.text
        await seat.press("enter")
        assert stack_of(seat.app)[-1] == "DisputesScreen"
    with open_register(str(filled)) as register:
        (found,) = list_disputes(register)
    assert found.proceedings.docket_no == "青政复〔2026〕1号"
    assert found.result is Result.UPHELD


async def test_the_question_at_both_sizes(take_seat: SeatMaker, filled: Path) -> None:
    async with take_seat(filled, size=NARROW) as seat:
        await to_case(seat, NUMBER)
        await note(seat)
        for place in range(12):
            by_another(filled, K.NOTE, note=f"第{place}次来电，" + "说了很长的话" * 12)
        await seat.press("f10")
        for size in (NARROW, WIDE):
            await seat.resize(size)
            assert "是，仍要保存" in seat.text
            assert "否，返回填写" in seat.text
        await seat.resize(NARROW)
        assert "第11次来电" not in seat.text
        await seat.press(*["pagedown"] * 6)
        assert "第11次来电" in seat.text
        await seat.press("down", "enter")
        assert stack_of(seat.app)[-1] == "StepScreen"
    assert len(case_in(filled).entries) == 13
