"""Keys in bursts, as they come over a slow line or from a quick hand: none is lost, none twice."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual import events

from tests.support.at_once import office
from tests.support.examples import often
from tests.support.seat import Seat, SeatMaker, stack_of
from tui.app import TaizhangApp
from tui.screens.register.register import RegisterScreen
from tui.widgets.lookup_line import LookupBar


@pytest.mark.parametrize("visits", often([0, 1, 2], 1))
async def test_a_lookup_begun_in_a_burst_keeps_every_key(
    take_seat: SeatMaker, filled: Path, visits: int
) -> None:
    async with take_seat(filled, page="today") as seat:
        for _ in range(visits):
            seat.burst("slash", "x", "y")
            await seat.settle()
            assert seat.app.screen.query_one(LookupBar).words == "xy"
            await seat.press("tab", "tab")
        seat.burst("slash", *"zs1986")
        await seat.settle()
        assert seat.app.screen.query_one(LookupBar).words == "zs1986"


async def test_a_key_waits_for_a_page_that_is_not_ready(
    take_seat: SeatMaker, filled: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with take_seat(filled) as seat:
        await seat.press("j")
        with monkeypatch.context() as patch:
            patch.setattr(RegisterScreen, "ready", False)
            seat.burst("enter")
            await seat.pilot.pause()
            assert stack_of(seat.app)[-1] == "RegisterScreen"
        while stack_of(seat.app)[-1] == "RegisterScreen":
            await seat.pilot.pause()


async def test_a_lookup_begun_while_the_register_is_opened(filled: Path) -> None:
    app = TaizhangApp(office(filled))
    async with app.run_test(size=(80, 24)) as pilot:
        seat = Seat(app, pilot)
        seat.burst("slash", *"zs")
        await seat.settle()
        assert app.screen.query_one(LookupBar).words == "zs"
        assert "找到 0 " in seat.text, seat.text


async def test_a_key_given_to_a_page_that_closes_goes_to_the_next(
    take_seat: SeatMaker, filled: Path
) -> None:
    async with take_seat(filled) as seat:
        await seat.press("n")
        form = seat.app.screen
        await seat.app._take(events.Key("f1", None))  # it is on its way up from the field
        form.dismiss()  # as the answer to a question does
        await seat.settle()
        assert stack_of(seat.app) == ["RegisterScreen", "HelpWindow"]
