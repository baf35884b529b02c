"""The mouse over what is drawn: it chooses what it went down on, and leaves nothing stale."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual import events

from tests.support.seat import Seat, SeatMaker
from tui.forms.fields import find_choices
from tui.screens.shared.form import FormScreen


def mouse(seat: Seat, kind: type[events.MouseEvent], x: int, y: int) -> None:
    """As the terminal tells of it: the framework makes a click of down and up."""
    seat.app.post_message(kind(None, x, y, 0, 0, 1, False, False, False, x, y))


async def click(seat: Seat, text: str) -> None:
    y = next(y for y, line in enumerate(seat.text.splitlines()) if text in line)
    for kind in (events.MouseDown, events.MouseUp):
        mouse(seat, kind, 20, y)
        await seat.settle()


async def test_a_click_on_a_field_takes_none_of_its_choices(
    take_seat: SeatMaker, filled: Path
) -> None:
    """Though they are listed under the mouse as soon as those above them have gone."""
    async with take_seat(filled) as seat:
        await seat.press("n", "tab")
        page = seat.app.screen
        assert isinstance(page, FormScreen)
        await click(seat, "申请方式")
        channel = page.current
        assert channel is not None
        assert (channel.spec.name, channel.text, channel.choosing) == ("channel", "", True)
        await click(seat, "平常信函")
        assert channel.text == "平常信函"
        assert page.current is not channel


@pytest.mark.parametrize("look", ["get_style_at", "get_widget_and_offset_at"])
async def test_what_the_mouse_is_over_is_painted_anew(
    take_seat: SeatMaker, filled: Path, look: str
) -> None:
    """The framework draws it for itself then, be it before the page is laid and painted."""
    async with take_seat(filled) as seat:
        await seat.press("n", "tab")
        page = seat.app.screen
        assert isinstance(page, FormScreen)
        sheet, (_, kind, _, channel, *_) = page.sheet, page.views
        choices = find_choices(kind.spec, "")
        sheet.offer(channel, [(one.key, (f"新的{one.text}",)) for one in choices], hang=0)
        getattr(page, look)(20, 9)
        await seat.settle()
        assert seat.text.index("申请方式") < seat.text.index("新的自然人")
