"""今日 in a large window: what lies behind the line the cursor is on is seen at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from db.agenda.overview import Section
from tests.support.seat import NARROW, WIDE, SeatMaker
from tui.screens.today.today import TodayScreen
from tui.widgets.month_view import MonthView
from tui.widgets.peek import Peek


async def test_the_first_cases_of_a_section_are_seen(take_seat: SeatMaker, filled: Path) -> None:
    async with take_seat(filled, WIDE, "today") as seat:
        page, peek = seat.app.screen, seat.app.screen.query_one(Peek)
        assert isinstance(page, TodayScreen)
        seen = set()
        for section in page.shown.overview.counts if page.shown else ():
            if section is Section.RECEIPT:
                continue  # without a line while nothing waits there
            said = peek.plain
            if page.shown and page.shown.count(section):
                assert said.startswith(section.label)
                assert len(said.splitlines()) > 1
            else:
                assert not said
            seen.add(said)
            await seat.press("j")
        assert len(seen) > 3
        page.query_one(MonthView).turn(1)  # this month nothing is due
        await seat.settle()
        assert "到期\n" in peek.plain


async def test_a_small_window_has_no_room(take_seat: SeatMaker, filled: Path) -> None:
    async with take_seat(filled, NARROW, "today") as seat:
        await seat.press("j", "j")
        assert not seat.app.screen.query_one(Peek).plain


@pytest.mark.parametrize("hostile", ["[/b]\x1b[31m", "\u202e倒", "长" * 10_000])
def test_hostile_texts_stay_in_their_cells(hostile: str) -> None:
    from datetime import date
    from types import SimpleNamespace
    from typing import Any

    from db.words.vocabulary import State
    from tui.text.cells import width_of
    from tui.widgets.peek import lines_of

    row: Any = SimpleNamespace(
        number=hostile,
        applicant=hostile,
        subject=hostile,
        state=State.OPEN,
        due_on=date(2026, 4, 1),
        days_left=3,
        overdue=False,
    )
    line = "".join(part if isinstance(part, str) else part[0] for part in lines_of([row], 56))
    assert width_of(line.strip("\n")) == 56
