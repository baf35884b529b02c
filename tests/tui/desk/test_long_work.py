"""Long work at the desk: it can be stopped, and nothing of it is left half done."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from itertools import count
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from openpyxl import Workbook
from textual import events

from db.demo import cases
from exports.report import workbook
from tests.support.at_once import count_found, open_register
from tests.support.seat import Seat, SeatMaker
from tui.desk.stopping import Cancelled, Stop


async def long_work(seat: Seat, *keys: str) -> None:
    """Press keys that begin long work, without waiting for its end; then Esc, and wait."""
    await seat.press(*keys[:-1])
    seat.app.post_message(events.Key(keys[-1], None))
    while "正在" not in seat.text:
        await seat.pilot.pause()
    await seat.press("escape")


async def test_an_export_is_cancelled_with_nothing_half_done(
    take_seat: SeatMaker, filled: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def endless(found: Iterable[object], progress: Callable[[int], None]) -> Iterator[object]:
        yield from found
        for rows in count():
            progress(rows)

    async with take_seat(filled) as seat:
        with monkeypatch.context() as patch:
            patch.setattr(workbook, "_counted", endless)
            await long_work(seat, "f8", "o", "f10")
        assert "没有保存：已取消；什么都没有改动" in seat.text
        assert [path.name for path in Path().iterdir() if "xlsx" in path.name] == []
        await seat.press("f10")
        assert "已导出" in seat.text


async def test_the_invented_register_is_cancelled_with_nothing_half_done(
    take_seat: SeatMaker, nowhere: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def endless(*_: object, progress: Callable[[str, int, int], None]) -> None:
        for done in count():
            progress("", done, 0)

    async with take_seat(nowhere) as seat:
        monkeypatch.setattr(cases, "make_demo", endless)
        await long_work(seat, "f2")
        assert "已取消；什么都没有改动" in seat.text
        with open_register("demo.db") as register:
            assert count_found(register, "") == 0  # it is filled the next time


async def until(seat: Seat, true: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 30
    while not true():
        assert time.monotonic() < deadline, seat.text
        await seat.pilot.pause()


async def test_an_export_being_saved_is_given_up_at_once(
    take_seat: SeatMaker, filled: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    reached, go_on, done = Event(), Event(), Event()
    save = Workbook.save

    def slow(book: Workbook, path: Any) -> None:
        reached.set()
        go_on.wait(30)
        save(book, path)
        done.set()

    async with take_seat(filled) as seat:
        await seat.press("f8")
        Path("年报-2026.xlsx").write_bytes(b"older")
        with monkeypatch.context() as patch:
            patch.setattr(Workbook, "save", slow)
            await seat.press("o", "f10")
            seat.app.post_message(events.Key("y", "y"))
            await until(seat, reached.is_set)
            seat.app.post_message(events.Key("escape", None))
            await until(seat, lambda: "没有保存：已取消；什么都没有改动" in seat.text)
            assert not done.is_set()  # the clerk does not wait for the thread
            go_on.set()
            await until(seat, done.is_set)
            await until(seat, lambda: len(list(Path().glob(".*xlsx"))) == 0)
        assert Path("年报-2026.xlsx").read_bytes() == b"older"
        await seat.press("f10", "y")
        assert "已导出" in seat.text
        assert Path("年报-2026.xlsx").read_bytes() != b"older"


def test_work_past_its_last_check_is_not_called_stopped() -> None:
    stop = Stop()
    stop.pass_by()
    assert not stop.ask()
    other = Stop()
    assert other.ask()
    with pytest.raises(Cancelled):
        other.pass_by()
