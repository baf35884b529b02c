"""The field that the cursor is in can be seen, with what may be chosen in it."""

from __future__ import annotations

from pathlib import Path

from tests.support.seat import NARROW, WIDE, Seat, SeatMaker
from tests.support.walk import to_register
from tui.screens.shared.form import FormScreen
from tui.widgets.plain_fields import PlainScroll


def seen(seat: Seat, *texts: str) -> None:
    page = seat.app.screen
    assert isinstance(page, FormScreen)
    assert page.current is not None
    body = page.query_one(PlainScroll).region
    assert body.contains_region(page.current.region), page.current.spec.label
    assert all(text in seat.text for text in texts), seat.text


async def test_a_field_is_seen_in_a_window_that_has_become_low(
    take_seat: SeatMaker, filled: Path
) -> None:
    """And when the choices above it have gone, and gone to once more."""
    async with take_seat(filled, NARROW) as seat:
        await seat.press("n", "shift+tab", "shift+tab")
        seen(seat)
        await seat.resize((60, 15))
        seen(seat)
        for _ in range(2):
            await seat.press("f10", "tab")
            seen(seat, "自然人", "6  其他")
            await seat.press("tab", "tab")
            seen(seat, "7  口头")
            await seat.press("tab")
            seen(seat)
        await seat.press("shift+tab")
        seen(seat, "7  口头")


async def test_as_many_choices_are_listed_as_the_window_is_high(
    take_seat: SeatMaker, filled: Path
) -> None:
    async with take_seat(filled, NARROW) as seat:
        await to_register(seat)
        await seat.press("d")
        seen(seat, "3.3.6")
        assert "3.3.7" not in seat.text
        await seat.resize(WIDE)
        seen(seat, "3.6.3")
        await seat.resize(NARROW)
        assert "3.3.7" not in seat.text


async def test_a_field_is_seen_when_more_is_said_under_the_form(
    take_seat: SeatMaker, filled: Path
) -> None:
    async with take_seat(filled, NARROW) as seat:
        await seat.press("n", "shift+tab")
        page = seat.app.screen
        assert isinstance(page, FormScreen)
        page._foot("一\n二\n三\n四\n五\n六")
        await seat.settle()
        seen(seat, "六")
