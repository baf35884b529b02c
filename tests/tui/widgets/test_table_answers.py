"""The list of cases while answers come, and when they do not."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from threading import Event
from typing import Any

from db.errors import Unreadable
from tests.support.listings import Source, row
from tests.support.seat import SeatMaker
from tui.widgets.case_table import CaseTable
from tui.widgets.listing import PAGE, Listing


async def test_pages_that_arrive_leave_the_wheel_alone(
    take_seat: SeatMaker, empty_register_file: Path
) -> None:
    async with take_seat(empty_register_file) as seat:
        table = seat.app.screen.query_one(CaseTable)
        table.display = True
        table.show(Source(1_000).listing)
        table.focus()
        await seat.settle()
        table.scroll_to(y=450, animate=False, force=True)
        await seat.settle()
        assert "N455 " in seat.text
        assert table.cursor == 0
        await seat.press("j")
        assert "N1 " in seat.text


def refuse(*_: object) -> None:
    raise Unreadable("登记簿正被别的程序占用；请稍候再试。")


class Stoppable(Source):
    """A source that reads nothing once it has been stopped."""

    def __init__(self, total: int) -> None:
        super().__init__(total)
        self.go = Event()
        self.go.set()

    def listing(self) -> Listing:
        stopped = Event()

        def rows(start: int, length: int) -> tuple[int | None, Sequence[Any]] | None:
            self.go.wait(10)
            return None if stopped.is_set() else (None, self(start, length)[1])

        return Listing(rows, lambda: None if stopped.is_set() else self.total, stop=stopped.set)


async def test_after_a_failed_listing_the_old_one_goes_on(
    take_seat: SeatMaker, empty_register_file: Path
) -> None:
    async with take_seat(empty_register_file) as seat:
        table = seat.app.screen.query_one(CaseTable)
        table.display = True
        table.show(Stoppable(1_000).listing)
        table.focus()
        await seat.settle()
        table.show(lambda: Listing(refuse))
        await seat.settle()
        assert "正被别的程序占用" in seat.text
        await seat.press("escape", "end")
        assert "N999 " in seat.text


async def test_a_failed_page_does_not_drop_what_was_asked_for_since(
    take_seat: SeatMaker, empty_register_file: Path
) -> None:
    held = Event()

    def rows(start: int, length: int) -> tuple[int | None, Sequence[Any]] | None:
        if start:
            held.wait(10)
            refuse()
        return 300, [row(n) for n in range(length)]

    async with take_seat(empty_register_file) as seat:
        table = seat.app.screen.query_one(CaseTable)
        table.display = True
        table.show(lambda: Listing(rows))
        table.focus()
        await seat.settle()
        await seat.post("end")
        table.show(Stoppable(7).listing)
        held.set()
        await seat.settle()
        assert "正被别的程序占用" in seat.text
        assert table.total == 7


async def test_a_failed_count_stops_nothing_else(
    take_seat: SeatMaker, empty_register_file: Path
) -> None:
    held = Event()

    def count() -> int | None:
        held.wait(10)
        refuse()
        return None

    async with take_seat(empty_register_file) as seat:
        table = seat.app.screen.query_one(CaseTable)
        table.display = True
        table.show(lambda: Listing(lambda start, length: (None, [row(0)] * length), count))
        newer = Stoppable(7)
        newer.go.clear()
        while table.total != PAGE:
            await seat.pilot.pause()
        table.show(newer.listing)
        held.set()
        while "正被别的程序占用" not in seat.text:
            await seat.pilot.pause()
        newer.go.set()
        await seat.settle()
        assert table.total == 7


async def test_who_gives_no_answer_is_asked_once(
    take_seat: SeatMaker, empty_register_file: Path
) -> None:
    """As what looks into the register ahead, and has ended before it could."""
    asked: list[int] = []

    def rows(known: int, start: int, length: int) -> tuple[int | None, Sequence[Any]] | None:
        asked.append(start)
        if len(asked) > 20:  # else it would never be over
            return 0, []
        return (1_000, [row(n) for n in range(length)]) if start < known else None

    async with take_seat(empty_register_file) as seat:
        table = seat.app.screen.query_one(CaseTable)
        table.display = True
        for known, then in ((0, [0]), (PAGE, [0, 450])):
            asked.clear()
            listing = Listing(partial(rows, known))
            table.show(lambda listing=listing: listing)  # type: ignore[misc]
            await seat.settle()
            table.scroll_to(y=450, animate=False, force=True)
            await seat.settle()
            assert asked == then
