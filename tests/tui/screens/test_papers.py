"""By keyboard: an answer is delivered and signed for, its receipt attached, taken out and voided."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from db.agenda.overview import Section
from db.law.event import Event
from db.words.vocabulary import Delivery, EventKind
from tests.support.at_once import log_event, open_register, overview, read_case, verify
from tests.support.seat import NARROW, WIDE, SeatMaker, stack_of
from tests.support.walk import to_case

NUMBER = "2026-0001"


async def test_an_answer_is_delivered_and_its_receipt_attached(
    take_seat: SeatMaker, filled: Path, tmp_path: Path
) -> None:
    scan = tmp_path / "回证.pdf"
    scan.write_bytes(b"scan")
    with open_register(str(filled)) as register:
        log_event(register, NUMBER, Event(EventKind.DECIDED, date(2026, 3, 9), outcome="3.1"))
    async with take_seat(filled) as seat:
        await to_case(seat, NUMBER)
        await seat.press("D")
        await seat.fill("邮寄", "3-10", "XA1")
        await seat.golden_at("delivery", NARROW, WIDE)
        await seat.press("f10")
        assert "已登记送达" in seat.text
        with open_register(str(filled)) as register:
            case = read_case(register, NUMBER)
            assert case.standing.concluded_on == date(2026, 3, 10)
            assert overview(register).counts[Section.RECEIPT] == 1
            last = case.entries[-1].event
        assert (last.reason, last.changes) == (
            "登记送达",
            {"delivery": Delivery.POSTED, "on": date(2026, 3, 10), "postal_no": "XA1"},
        )
        await seat.press("F", "n")
        await seat.fill(str(scan), "送达回证", "3条")
        await seat.press("f10")
        await seat.golden_at("papers", NARROW, WIDE)
        with open_register(str(filled)) as register:
            assert overview(register).counts[Section.RECEIPT] == 0
            assert verify(register).ok
        scan.write_bytes(b"changed since, and that is no matter")
        await seat.press("o")
        await seat.press("ctrl+u")
        await seat.write(str(tmp_path / "out"))
        await seat.press("f10")
        assert (tmp_path / "out" / "回证.pdf").read_bytes() == b"scan"
        await seat.press("x")
        await seat.write("附错了")
        await seat.press("f10")
        assert "还没有材料" in seat.text
        await seat.press("escape")
        assert stack_of(seat.app)[-1] == "CaseScreen"
    with open_register(str(filled)) as register:
        assert overview(register).counts[Section.RECEIPT] == 1
