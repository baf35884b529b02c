"""Whatever an applicant writes is shown as text, cleaned, and never obeyed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from textual.screen import Screen

from db.year_end.finding import Finding
from tests.support.cases import HOSTILE, UNLIKE
from tests.support.examples import often
from tests.support.hostile import BOXES, clean
from tests.support.seat import NARROW, WIDE, SeatMaker
from tui.actions.keymap import Keymap
from tui.desk.lookups import KeptLookup, keep_lookup
from tui.look.theme import DARK, TERMINAL
from tui.screens.shared.base import DeskScreen
from tui.screens.shared.draft_offer import DraftOffer
from tui.screens.shared.picker import Picker
from tui.screens.shared.windows import Confirm, ErrorWindow, HelpWindow, TextWindow
from tui.screens.year.year_text import filing_question
from tui.text.cells import breaks, fit, width_of
from tui.widgets.plain import PlainText, content_of


@pytest.mark.parametrize("size", often([NARROW, WIDE], 1))
async def test_every_case_and_list_survives_it(
    take_seat: SeatMaker, hostile: Path, size: tuple[int, int]
) -> None:
    async with take_seat(hostile, size) as seat:
        for _ in UNLIKE:
            await seat.press("enter")
            clean(seat, size[0])
            await seat.press("end", "escape", "down")
            clean(seat, size[0])


async def test_every_other_page_survives_it(take_seat: SeatMaker, hostile: Path) -> None:
    async with take_seat(hostile) as seat:
        for keys in (
            ("enter", "z"),
            ("escape", "e"),
            ("escape", "escape", "f8"),
            ("O", "O"),
            ("enter",),
            ("escape", "o"),
            ("escape", "escape"),
        ):
            await seat.press(*keys)
            clean(seat, 80)
        for text in UNLIKE:
            await seat.press("slash")
            await seat.write(text)
            clean(seat, 80)
            await seat.press("escape", "escape")
            seat.app.show_error(text)
            await seat.settle()
            clean(seat, 80)
            await seat.press("escape")
        await seat.press("ctrl+p")
        for text in ("[", "红", "长", "long"):
            await seat.write(text)
            clean(seat, 80)
            await seat.press("ctrl+u")
        await seat.press("escape", "n")
        for text in UNLIKE:
            await seat.fill(text)
            clean(seat, 80)
        await seat.press("f10", "f1")
        clean(seat, 80)


SHORT = "".join(text for text in HOSTILE if len(text) < 100)
LONG = max(HOSTILE, key=len)


def windows(text: str) -> Iterator[Screen[Any]]:
    """Every kind of window, with the text wherever one of its own could stand."""
    choices = [(one, one) for one in (text, *HOSTILE, *HOSTILE)]
    yield Picker(text, text, choices)
    yield Confirm(text, "照做", "不做")
    yield Confirm(filing_question(text, 2025, [Finding("B", text, 1, 2)] * 9), "封账", "不封账")
    yield DraftOffer(datetime(2026, 3, 9, 17, 20), text)
    yield TextWindow(text, *(f"{one}\n" for one in (text, *HOSTILE)), hang=10)
    yield ErrorWindow(text)
    yield HelpWindow(("form",), ((text, text),), Keymap(), lambda role: True)


async def test_every_window_survives_it(take_seat: SeatMaker, hostile: Path) -> None:
    """Its text is only shown, and its keys stay in sight whatever it says."""
    for digit, text in zip("123456789", HOSTILE, strict=False):
        keep_lookup(digit, KeptLookup(text))
    async with take_seat(hostile) as seat:
        for keys in ("M", "ctrl+p", "ctrl+g"):  # kept lookups, the palette, the letters
            await seat.press(keys)
            clean(seat, NARROW[0])
            await seat.press("escape")
        page = DeskScreen[None]()
        await seat.app.push_screen(page)
        for size, theme, text in (
            (NARROW, DARK, SHORT),
            (NARROW, TERMINAL, LONG),  # where windows have a border
            (WIDE, TERMINAL, SHORT),
        ):
            seat.app.theme = theme.name
            if seat.app.size != size:
                await seat.pilot.resize_terminal(*size)
            page.entitle(text, text)
            seat.app.flash(text)
            for window in windows(text):
                seat.app.push_screen(window)
                await seat.pilot.pause()
                clean(seat, size[0])
                assert not BOXES.search(seat.text)
                for part in window.query(".window, .window-keys"):
                    assert window.region.contains_region(part.region), (window, part, text[:9])
                window.dismiss(None)
                await seat.pilot.pause()
            clean(seat, size[0])


@pytest.mark.parametrize("text", HOSTILE)
def test_cells_are_exact(text: str) -> None:
    for width in range(1, 40):
        assert width_of(fit(text, width)) == width
        line = content_of(text).plain.replace("\n", " ")
        edges = [0, *breaks(line, width), len(line)]
        if width > 2:
            assert all(width_of(line[a:b]) <= width for a, b in pairwise(edges))


def test_text_is_shown_as_written() -> None:
    assert PlainText("a[/b]c [@click=app.quit]x").plain == "a[/b]c [@click=app.quit]x"
    assert PlainText("\x1b[31m红").plain == "[31m红"
