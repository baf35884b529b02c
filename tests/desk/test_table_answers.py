"""The list of cases while answers come, and when they do not."""

from __future__ import annotations

from pathlib import Path

from tests.desk.conftest import SeatMaker
from tests.desk.test_table import Source
from tui.widgets.case_table import CaseTable


async def test_pages_that_arrive_leave_the_wheel_alone(
    take_seat: SeatMaker, empty_register_file: Path
) -> None:
    async with take_seat(empty_register_file) as seat:
        table = seat.app.screen.query_one(CaseTable)
        table.display = True
        table.show(Source(1_000))
        table.focus()
        await seat.settle()
        table.scroll_to(y=450, animate=False, force=True)
        await seat.settle()
        assert "N455 " in seat.text
        assert table.cursor == 0
        await seat.press("j")
        assert "N1 " in seat.text
