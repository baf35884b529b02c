"""What was kept of forms goes when it can be of no use: its form is gone, or it is too old."""

from __future__ import annotations

import os
from pathlib import Path

from db.law.event import Event
from db.words.vocabulary import EventKind
from tests.support.at_once import MovedClock, log_event, open_register
from tests.support.seat import SeatMaker, stack_of
from tui.desk.drafts import KEPT_FOR
from tui.desk.state import state_folder


def drafts() -> list[Path]:
    return sorted((state_folder() / "drafts").glob("*"))


async def test_a_draft_goes_with_the_form_it_was_for(take_seat: SeatMaker, filled: Path) -> None:
    async with take_seat(filled) as seat:
        await seat.press("j", "enter", "d")  # an answer, half written
        await seat.fill("334")
    async with take_seat(filled) as seat:
        await seat.press("j", "enter", "m")
        await seat.write("备注")
        await seat.press("tab")
    assert len(drafts()) == 2
    with open_register(str(filled)) as register:
        log_event(
            register, "2026-0005", Event(EventKind.DECIDED, register.clock.today(), outcome="3.1")
        )
    async with take_seat(filled) as seat:
        await seat.press("j", "enter")
        assert "已办结" in seat.text
        assert len(drafts()) == 1  # a note can still be written
        await seat.press("m")
        assert stack_of(seat.app)[-1] == "DraftOffer"
        await seat.press("n", "escape")


async def test_an_old_draft_goes_and_it_is_said(take_seat: SeatMaker, filled: Path) -> None:
    async with take_seat(filled) as seat:
        await seat.press("n")
        await seat.fill("张三")
    (draft,) = drafts()
    edge = (MovedClock().now() - KEPT_FOR).timestamp()
    for age, left in ((60, 1), (-60, 0)):
        os.utime(draft, (edge + age, edge + age))
        async with take_seat(filled) as seat:
            assert len(drafts()) == left
            assert ("1 份 90 天前没有保存的填写内容已清除" in seat.text) == (not left)
