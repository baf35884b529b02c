"""The line of keys: a click presses the key it falls on."""

from __future__ import annotations

from pathlib import Path

from tests.support.seat import SeatMaker
from tui.screens.intake.intake import IntakeScreen
from tui.screens.shared.windows import HelpWindow
from tui.text.cells import width_of
from tui.widgets.key_footer import KeyFooter


async def test_a_click_presses_the_key_it_falls_on(take_seat: SeatMaker, filled: Path) -> None:
    async with take_seat(filled) as seat:
        for key, page in (("n 新申请", IntakeScreen), ("F1 帮助", HelpWindow)):
            foot = seat.text.rstrip().splitlines()[-1]
            start = width_of(foot[: foot.index(key)])
            for place in (start - 1, start + width_of(key)):  # between two keys
                await seat.pilot.click(KeyFooter, offset=(place, 0))
                await seat.settle()
                assert not isinstance(seat.app.screen, page)
            await seat.pilot.click(KeyFooter, offset=(start + width_of(key) - 1, 0))
            await seat.settle()
            assert isinstance(seat.app.screen, page)
            await seat.press("escape")
