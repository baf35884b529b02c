"""By keyboard: what is known is offered, and never filled in unasked."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from db.words.vocabulary import ApplicantKind
from tests.support.at_once import new_case, open_register
from tests.support.cases import received
from tests.support.seat import NARROW, SeatMaker
from tests.support.walk import to_register
from tui.screens.intake.intake import IntakeScreen


def value(seat: object, name: str) -> str:
    screen = seat.app.screen  # type: ignore[attr-defined]
    assert isinstance(screen, IntakeScreen)
    return next(view.text for view in screen.views if view.spec.name == name)


async def test_a_known_applicant_is_filled_in_on_a_key(take_seat: SeatMaker, filled: Path) -> None:
    async with take_seat(filled) as seat:
        await to_register(seat)
        await seat.press("n")
        await seat.write("吴敏")
        assert "2026-0005 用过  联系电话 13900000001" in seat.text
        assert value(seat, "phone") == ""
        seat.golden(f"intake-known-{NARROW[0]}x{NARROW[1]}")
        await seat.press("ctrl+t")
        assert value(seat, "phone") == "13900000001"
        assert value(seat, "applicant_kind") == "自然人"
        assert "用过" not in seat.text
        await seat.press("ctrl+t")
        assert "没有可以照填的内容" in seat.text
        await seat.write("征地批复")
        assert value(seat, "subject") == "征地批复"
        assert value(seat, "applicant") == "吴敏"


async def test_namesakes_are_told_apart_and_what_is_typed_stays(
    take_seat: SeatMaker, filled: Path
) -> None:
    with open_register(str(filled)) as register:
        for phone, address in (("0839-1", "东街1号"), ("0839-2", "西街2号")):
            told = received(date(2026, 3, 9), "何洁", "某事", phone=phone, address=address)
            new_case(register, told)
    async with take_seat(filled) as seat:
        await to_register(seat)
        await seat.press("n")
        seat.burst("=何洁", "ctrl+t")  # the key does not wait for the answer to be seen
        await seat.settle()
        assert "东街1号" in seat.text
        await seat.press("down", "enter")
        assert (value(seat, "phone"), value(seat, "address")) == ("0839-1", "东街1号")
        await seat.write("征地批复")
        assert value(seat, "subject") == "征地批复"


async def test_what_is_typed_tells_who_is_meant(take_seat: SeatMaker, filled: Path) -> None:
    with open_register(str(filled)) as register:
        for phone, kind in (("0839-1", ApplicantKind.BUSINESS), ("0839-2", ApplicantKind.RESEARCH)):
            told = received(date(2026, 3, 9), "何洁", "某事", applicant_kind=kind, phone=phone)
            new_case(register, told)
    async with take_seat(filled) as seat:
        await to_register(seat)
        await seat.press("n")
        await seat.fill("何洁", "2")
        assert "同名的此前有 2 人" in seat.text
        view = next(v for v in seat.app.screen.views if v.spec.name == "phone")  # type: ignore[attr-defined]
        seat.app.screen.set_focus(view.input)
        await seat.write("0839-2")
        assert "同名" not in seat.text
        await seat.press("ctrl+t")
        assert value(seat, "applicant_kind") == "商业企业"


async def test_what_was_typed_before_completes(take_seat: SeatMaker, filled: Path) -> None:
    with open_register(str(filled)) as register:
        for _ in range(2):
            new_case(register, received(date(2026, 3, 9), "何洁", "某事", note="来电询问进度"))
    async with take_seat(filled) as seat:
        await to_register(seat)
        await seat.press("n")
        views = {view.spec.name: view for view in seat.app.screen.views}  # type: ignore[attr-defined]
        seat.app.screen.set_focus(views["unit"].input)
        await seat.write("信")
        assert "信息公开科" in seat.text
        await seat.press("enter", "up")
        assert value(seat, "unit") == "信"
        await seat.write("信息")
        await seat.press("right")
        assert value(seat, "unit") == "信息公开科"
        seat.app.screen.set_focus(views["note"].input)
        await seat.write("来电")
        await seat.press("right")
        assert value(seat, "note") == "来电询问进度"
        seat.app.screen.set_focus(views["applicant"].input)
        await seat.fill("何洁", "1")
        seat.app.screen.set_focus(views["subject"].input)
        await seat.write("某事")
        await seat.press("ctrl+n")
        assert "继续登记下一件" in seat.text
        views = {view.spec.name: view for view in seat.app.screen.views}  # type: ignore[attr-defined]
        seat.app.screen.set_focus(views["note"])
        await seat.write("来电")
        await seat.press("right")
        assert value(seat, "note") == "来电询问进度"
