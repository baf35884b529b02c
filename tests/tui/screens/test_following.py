"""What others write is seen without a key, and nothing at hand is moved by it."""

from __future__ import annotations

import threading
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from db.cases.correcting import correct_event
from db.cases.registering import log_event as use_case_log_event
from db.disputes.dispute import Block
from db.law.event import Event
from db.lookup import find
from db.storage.following_file import FileFollowing
from db.words.vocabulary import EventKind
from tests.support.at_once import log_event, new_case, new_dispute, open_register, read_case
from tests.support.cases import received
from tests.support.seat import Seat, SeatMaker, stack_of
from tests.support.walk import to_case, to_register
from tui.desk.drafts import DraftFile, step_form
from tui.screens.case import case as case_page
from tui.widgets.case_table import CaseTable
from tui.widgets.pick_list import PickList

K = EventKind
ON = date(2026, 3, 10)
NUMBER = "2026-0005"


def by_another(
    path: Path, kind: EventKind, number: str = NUMBER, *, clerk: str = "张三", **facts: Any
) -> None:
    with open_register(str(path)) as other:
        other.clerk = clerk
        log_event(other, number, Event(kind, ON, **facts))


def new_by_another(path: Path, count: int = 1, on: date = ON) -> None:
    with open_register(str(path)) as other:
        other.clerk = "张三"
        for _ in range(count):
            new_case(other, received(on, "新来的", "新的事"))


def table_of(seat: Seat) -> CaseTable:
    return seat.app.screen.query_one(CaseTable)


async def test_the_case_in_sight_follows_and_says_by_whom(
    take_seat: SeatMaker, filled: Path
) -> None:
    async with take_seat(filled) as seat:
        await to_case(seat, NUMBER)
        assert "已由" not in seat.text
        by_another(filled, K.DECIDED, outcome="3.1")
        await seat.others_wrote()
        assert "已办结" in seat.text
        assert "已由张三更新：第3条 答复" in seat.text
        by_another(filled, K.NOTE, clerk="李四", note="已寄出")
        await seat.others_wrote()
        assert "已由张三、李四更新：第3条 答复、第4条 备注" in seat.text
        await seat.press("f5")
        assert "已由" not in seat.text


async def test_what_one_records_oneself_is_nobody_elses(take_seat: SeatMaker, filled: Path) -> None:
    async with take_seat(filled) as seat:
        await to_case(seat, NUMBER)
        await seat.press("m")
        await seat.write("来电")
        await seat.press("f10")
        await seat.press("u", "y")
        await seat.others_wrote()
        assert "已由" not in seat.text
        by_another(filled, K.NOTE, clerk="测试员", note="同一个人，另一张桌子")
        await seat.others_wrote()
        assert "已由测试员更新" in seat.text


@pytest.mark.thorough
async def test_ones_own_entry_is_not_read_twice(
    take_seat: SeatMaker, filled: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with take_seat(filled) as seat:
        await to_case(seat, NUMBER)
        await seat.press("m")
        await seat.write("来电")
        await seat.press("f10")
        read = 0
        real = case_page.read_dossier

        def counted(*told: Any) -> Any:
            nonlocal read
            read += 1
            return real(*told)

        monkeypatch.setattr(case_page, "read_dossier", counted)
        await seat.others_wrote()
        assert read == 0
        by_another(filled, K.NOTE, note="来电")
        await seat.others_wrote()
        assert read == 1


async def test_the_case_keeps_its_scroll(take_seat: SeatMaker, filled: Path) -> None:
    with open_register(str(filled)) as register:
        for place in range(40):
            log_event(register, NUMBER, Event(K.NOTE, ON, note=f"第{place}次来电"))
    async with take_seat(filled) as seat:
        await to_case(seat, NUMBER)
        await seat.press("pagedown")
        body = seat.app.screen.query_one("#case-body")
        before = body.scroll_y
        assert before > 0
        by_another(filled, K.NOTE, note="来电")
        await seat.others_wrote()
        assert "已由张三更新" in seat.text
        assert body.scroll_y == before


async def test_the_list_follows_and_nothing_moves(take_seat: SeatMaker, filled: Path) -> None:
    with open_register(str(filled)) as register:
        for place in range(60):
            new_case(register, received(date(2026, 3, 9), f"第{place}人", "某事"))
    async with take_seat(filled) as seat:
        await to_register(seat)
        table = table_of(seat)
        await seat.press("space", *["pagedown"] * 2, *["up"] * 6)
        row, top = table.row_at_cursor, table.scroll_offset.y
        assert row is not None
        assert top > 0
        lines = seat.text.splitlines()[3:20]
        marked = dict(table.marks.numbers)
        new_by_another(filled, 3)
        by_another(filled, K.EXTENDED, row.number, days=20, approver="主任")
        await seat.others_wrote()
        assert table.row_at_cursor is not None
        assert table.row_at_cursor.number == row.number
        assert table.row_at_cursor.state == row.state
        assert table.row_at_cursor.due_on != row.due_on
        assert table.scroll_offset.y == top + 3
        assert marked == table.marks.numbers
        seen = seat.text.splitlines()[3:20]
        assert [line[:20] for line in seen] == [line[:20] for line in lines]
        assert table.total == 73


async def test_at_its_top_the_list_shows_what_is_new(take_seat: SeatMaker, filled: Path) -> None:
    async with take_seat(filled) as seat:
        await to_register(seat)
        row = table_of(seat).row_at_cursor
        new_by_another(filled)
        await seat.others_wrote()
        assert "新来的" in seat.text
        assert "共 11 件" in seat.text
        assert table_of(seat).row_at_cursor == row


async def test_a_lookup_being_typed_is_left_alone(take_seat: SeatMaker, filled: Path) -> None:
    async with take_seat(filled) as seat:
        await to_register(seat)
        await seat.press("slash")
        await seat.write("吴")
        by_another(filled, K.NOTE, note="来电")
        new_by_another(filled)
        await seat.others_wrote()
        await seat.write("敏")
        assert seat.app.screen.query_one("#lookup").value == "吴敏"
        assert "找到 1 /" in seat.text


async def test_a_case_no_longer_listed_takes_no_key(take_seat: SeatMaker, filled: Path) -> None:
    async with take_seat(filled, page="today") as seat:
        await seat.press("enter")
        assert stack_of(seat.app)[-1] == "ListedScreen"
        row = table_of(seat).row_at_cursor
        assert row is not None
        by_another(filled, K.DECIDED, row.number, outcome="3.1")
        await seat.others_wrote()
        assert row.number not in seat.text


async def test_today_follows(take_seat: SeatMaker, filled: Path) -> None:
    async with take_seat(filled, page="today") as seat:
        await seat.press("down", "down")
        options = seat.app.screen.query_one(PickList)
        chosen = options.chosen
        before = seat.text
        by_another(filled, K.DECIDED, "2026-0002", outcome="3.1")
        await seat.others_wrote()
        assert seat.text != before
        assert options.chosen == chosen


async def test_a_form_is_not_disturbed_and_the_page_behind_follows_afterwards(
    take_seat: SeatMaker, filled: Path
) -> None:
    async with take_seat(filled) as seat:
        await to_case(seat, NUMBER)
        await seat.press("d")
        await seat.write("3.1")
        seat.app.screen.keep()
        kept = DraftFile(str(seat.app.register.path), step_form(K.DECIDED, NUMBER))
        before = seat.text
        by_another(filled, K.DECIDED, outcome="3.3.4")
        await seat.others_wrote()
        assert seat.text == before
        assert kept.read() is not None  # what is typed is still safe from a crash
        await seat.press("escape", "y")
        assert stack_of(seat.app)[-1] == "CaseScreen"
        assert "已由张三更新：第3条 答复" in seat.text


@pytest.mark.thorough
async def test_a_window_over_the_page_is_left_alone(take_seat: SeatMaker, filled: Path) -> None:
    async with take_seat(filled) as seat:
        await to_case(seat, NUMBER)
        await seat.press("u")
        by_another(filled, K.NOTE, note="来电")
        await seat.others_wrote()
        assert "要撤销 第2条 延期（2026-03-09） 吗" in seat.text
        await seat.press("n")
        assert "已由张三更新" in seat.text


@pytest.mark.thorough
async def test_records_and_disputes_follow(take_seat: SeatMaker, filled: Path) -> None:
    async with take_seat(filled) as seat:
        await to_case(seat, NUMBER)
        await seat.press("C", "down")
        options = seat.app.screen.query_one(PickList)
        chosen = options.chosen
        by_another(filled, K.NOTE, note="来电")
        await seat.others_wrote()
        assert "第3条" in seat.text
        assert options.chosen == chosen
        await seat.press("escape", "v")
        with open_register(str(filled)) as other:
            new_dispute(other, Block.REVIEW, "市政府", date(2026, 3, 10), case=NUMBER)
        await seat.others_wrote()
        assert "市政府" in seat.text


async def test_what_is_written_while_the_list_is_read_is_read_afterwards(
    take_seat: SeatMaker, filled: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    go, real = threading.Event(), find.page_of_found

    def late(*told: Any, **more: Any) -> Any:
        rows = real(*told, **more)
        go.wait(10)
        return rows

    async with take_seat(filled) as seat:
        await to_register(seat)
        monkeypatch.setattr(find, "page_of_found", late)
        await seat.post("f5")
        new_by_another(filled)
        following = seat.app.register.following
        assert isinstance(following, FileFollowing)
        following.look()
        await seat.post()
        go.set()
        await seat.settle()
        assert "新来的" in seat.text


def test_the_events_of_a_transaction_are_known_to_it(filled: Path) -> None:
    with open_register(str(filled)) as register:
        with register.writing() as tx:
            use_case_log_event(tx, NUMBER, Event(K.NOTE, ON, note="甲"))
            correct_event(tx, NUMBER, read_id(register), None, changes={"email": "a@b.cn"})
        case = read_case(register, NUMBER)
        assert tx.recorded == [entry.event.id for entry in case.entries[-2:]]


def read_id(register: Any) -> int:
    return read_case(register, NUMBER).received.id  # type: ignore[no-any-return]
