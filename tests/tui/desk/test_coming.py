"""A page comes into sight once, with all that is on it; what it covers costs nothing meanwhile."""

from __future__ import annotations

import asyncio
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from textual._compositor import Compositor
from textual.screen import Screen
from textual.widgets import Input

from db.lookup import find
from tests.support.seat import Holder, SeatMaker, stack_of
from tests.support.walk import to_case, to_register
from tui.desk import coming
from tui.screens.case import case
from tui.screens.shared.base import DeskScreen


@pytest.fixture
def laid(monkeypatch: pytest.MonkeyPatch) -> Counter[tuple[str, str]]:
    """How often each page is laid and painted from now on."""
    counted: Counter[tuple[str, str]] = Counter()
    reflow, paint = Compositor.reflow, Screen._compositor_refresh

    def counting_reflow(self: Compositor, page: Any, *told: Any) -> Any:
        counted["laid", type(page).__name__] += 1
        return reflow(self, page, *told)

    def counting_paint(self: Screen[Any]) -> None:
        if self._compositor._dirty_regions:
            counted["painted", type(self).__name__] += 1
        paint(self)

    monkeypatch.setattr(Compositor, "reflow", counting_reflow)
    monkeypatch.setattr(Screen, "_compositor_refresh", counting_paint)
    return counted


async def test_a_page_is_laid_and_painted_once(
    take_seat: SeatMaker, filled: Path, laid: Counter[tuple[str, str]]
) -> None:
    async with take_seat(filled) as seat:
        await to_case(seat, "2026-0004")
        await seat.press("escape")
        for key, page in (("enter", "CaseScreen"), ("n", "IntakeScreen")):
            laid.clear()
            await seat.press(key)
            assert stack_of(seat.app)[-1] == page
            assert laid["laid", page] == 1
            assert laid["painted", page] == 1
            assert laid["laid", "RegisterScreen"] == 0
            await seat.press("escape")
            assert laid["painted", "RegisterScreen"] > 0
            assert stack_of(seat.app)[-1] == "RegisterScreen"


async def test_a_page_that_waits_long_shows_its_frame(
    take_seat: SeatMaker, filled: Path, hold: Holder
) -> None:
    """Until then the page before it stays in sight; keys wait for what is asked."""
    async with take_seat(filled) as seat:
        await to_register(seat)
        held = hold(case, "read_dossier")
        await seat.post("enter", "c")
        page = seat.app.screen
        assert isinstance(page, DeskScreen)
        assert type(page) is case.CaseScreen
        assert not page.ready
        while page.held:  # for a moment
            await seat.pilot.pause()
        assert "申请" in seat.text
        assert "办理记录" not in seat.text
        assert not page.ready
        held.let_go()
        await seat.settle()
        assert "办理记录" in seat.text
        assert page.ready


@pytest.mark.parametrize("patience", [60.0, 0.0])
async def test_a_key_is_painted_with_what_it_finds(
    take_seat: SeatMaker,
    filled: Path,
    laid: Counter[tuple[str, str]],
    hold: Holder,
    monkeypatch: pytest.MonkeyPatch,
    patience: float,
) -> None:
    """And lays nothing anew. What is found too late comes after the key."""
    async with take_seat(filled) as seat:
        await to_register(seat)
        await seat.press("slash", "2")
        monkeypatch.setattr(coming, "TOGETHER", patience)
        page, held = seat.app.screen, hold(find, "page_of_found")
        assert isinstance(page, DeskScreen)
        laid.clear()
        seat.burst("0")
        while not page.expecting or laid["painted", "RegisterScreen"] < (0 if patience else 1):
            await asyncio.sleep(0.001)
        held.let_go()
        while page.expecting:
            assert laid["painted", "RegisterScreen"] == (0 if patience else 1)
            await asyncio.sleep(0)
        while laid["painted", "RegisterScreen"] < (1 if patience else 2):
            await asyncio.sleep(0)
        assert "没有找到" not in seat.text
        assert laid["laid", "RegisterScreen"] == 0


async def test_the_cursor_stands_in_the_field(take_seat: SeatMaker, filled: Path) -> None:
    """What an input method writes stands at the terminal's cursor."""
    async with take_seat(filled) as seat:
        await to_case(seat, "2026-0004")
        for keys in (("d",), ("tab",), ("tab",)):
            await seat.press(*keys)
            field = seat.app.focused
            assert isinstance(field, Input)
            assert seat.app.cursor_position == field.cursor_screen_offset
            assert seat.app.cursor_position.y > 0
