"""The lookup bar by keyboard: chips, filters, kept lookups, orders, the honest count."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from platformdirs import user_state_path

from tests.support.cases import UNLIKE
from tests.support.examples import often
from tests.support.hostile import CONTROL
from tests.support.listings import Source, row
from tests.support.seat import NARROW, WIDE, SeatMaker, stack_of
from tests.support.walk import follow
from tui.actions.lists import ORDER_KEYS
from tui.desk.lookups import KeptLookup, add_earlier_lookup, earlier_lookups, keep_lookup
from tui.desk.state import remember
from tui.screens.register.register import RegisterScreen
from tui.text.cells import width_of
from tui.widgets.case_columns import columns_for
from tui.widgets.case_table import CaseTable
from tui.widgets.listing import PAGE, Listing, read_pages
from tui.widgets.lookup_line import LookupBar

PAGES: dict[str, tuple[str, ...]] = {
    "lookup-chips": ("slash", "=状态:办理中 年:2026 dl", "enter"),
    "lookup-filters": ("F", "=补正"),
    "lookup-kept": ("slash", "=超期 ", "enter", "M", "f10", "M"),
    "lookup-sorted": ("s", "r"),
}


@pytest.mark.parametrize("page", PAGES)
async def test_page(take_seat: SeatMaker, filled: Path, page: str) -> None:
    async with take_seat(filled) as seat:
        await follow(seat, *PAGES[page])
        await seat.golden_at(page, NARROW, *([WIDE] if page == "lookup-chips" else []))


def chips(seat: Any) -> list[str]:
    return list(seat.app.screen.query_one(LookupBar).chips)


async def test_a_finished_filter_becomes_a_chip(take_seat: SeatMaker, filled: Path) -> None:
    async with take_seat(filled) as seat:
        bar = seat.app.screen.query_one(LookupBar)
        await seat.press("slash")
        await seat.write("状态:办理中")
        assert (chips(seat), bar.words) == ([], "状态:办理中")
        assert "找到 3 / 共 10 件" in seat.text  # it filters already
        await seat.press("space")
        await seat.write("吴")
        assert (chips(seat), bar.line.value) == (["状态:办理中"], "吴")
        assert "[状态:办理中]" in seat.text
        assert "找到 1 / 共 10 件" in seat.text
        await seat.press("backspace")
        assert (chips(seat), bar.line.value) == (["状态:办理中"], "")
        await seat.press("backspace")
        assert chips(seat) == []
        assert "共 10 件" in seat.text
        await seat.write("年：2025 状态：已办结")  # as a Chinese input method types it
        await seat.press("enter")
        assert chips(seat) == ["年：2025", "状态：已办结"]
        assert "[年:2025] [状态:已办结]" in seat.text
        await seat.press("backspace")
        assert chips(seat) == ["年：2025"]
        await seat.press("escape")
        assert (chips(seat), bar.words) == ([], "")


async def test_a_filter_is_picked_from_the_list(take_seat: SeatMaker, filled: Path) -> None:
    async with take_seat(filled) as seat:
        await seat.press("F")
        await seat.write("待缴")
        await seat.press("enter")
        assert "[状态:待缴费]" in seat.text
        assert "找到 1 / 共 10 件" in seat.text
        await seat.press("F", "escape", "F")
        await seat.write("没有这样的")
        await seat.press("enter")
        assert "没有这一项" in seat.text
        await seat.press("escape", "backspace")
        assert "共 10 件" in seat.text


async def test_a_lookup_is_kept_under_a_digit(take_seat: SeatMaker, filled: Path) -> None:
    async with take_seat(filled) as seat:
        await seat.press("3")  # nothing is kept there: it begins a number
        assert seat.app.screen.query_one(LookupBar).line.value == "3"
        await seat.press("escape", "escape", "M")
        assert "先查找，再存为常用" in seat.text
        await seat.press("slash")
        await seat.write("状态:办理中 吴")
        await seat.press("enter", "M")
        await seat.fill("3")
        await seat.press("f10")
        assert "已存到 3" in seat.text
        await seat.press("escape", "3")
        assert "[状态:办理中] 吴" in seat.text
        await seat.press("slash", "3")  # in the line a digit is a digit, and the old text goes
        assert seat.app.screen.query_one(LookupBar).line.value == "3"
    async with take_seat(filled) as seat:
        await seat.press("3")
        assert "找到 1 / 共 10 件" in seat.text
        await seat.press("escape", "M", "3", "enter")
        assert "已清空" in seat.text
        await seat.press("3")
        assert seat.app.screen.query_one(LookupBar).line.value == "3"


async def test_a_kept_lookup_has_a_name_and_is_counted_on_today(
    take_seat: SeatMaker, filled: Path
) -> None:
    keep_lookup("2", KeptLookup("收到:某日", "[/b]坏的\x1b[31m", counted=True))
    keep_lookup("4", KeptLookup("吴"))
    async with take_seat(filled) as seat:
        await seat.press("slash")
        await seat.write("状态:办理中 ")
        await seat.press("enter", "M")
        assert "吴" in seat.text  # what stands under a digit already
        await seat.fill("1", "在办的件", "2")
        await seat.press("f10", "tab")
        lines = {
            line.split("  ")[1].strip(): line for line in seat.text.splitlines() if "  按 " in line
        }
        assert lines.keys() == {"在办的件", "[/b]坏的[31m"}
        assert re.search(r" 3  按 1$", lines["在办的件"].rstrip())
        assert re.search(r" 0  按 2$", lines["[/b]坏的[31m"].rstrip())
        await seat.press("end", "k", "enter")
        assert stack_of(seat.app)[-1] == "RegisterScreen"
        assert "[状态:办理中]" in seat.text
        assert "找到 3 / 共 10 件" in seat.text
        assert isinstance(seat.app.focused, CaseTable)
        await seat.press("tab", "4")
        assert "找到 1 / 共 10 件" in seat.text
        await seat.press("tab", "9")
        assert seat.app.screen.query_one(LookupBar).line.value == "9"


async def test_escape_takes_the_words_then_the_filters(take_seat: SeatMaker, filled: Path) -> None:
    async with take_seat(filled) as seat:
        bar = seat.app.screen.query_one(LookupBar)
        await seat.press("slash")
        await seat.write("状态:办理中 王")
        assert "被 状态:办理中 排除" in seat.text
        await seat.press("escape")
        assert (chips(seat), bar.words) == (["状态:办理中"], "状态:办理中")
        assert "排除" not in seat.text
        await seat.press("escape")
        assert (chips(seat), bar.words, bar.line.has_focus) == ([], "", True)
        await seat.press("escape")
        assert isinstance(seat.app.focused, CaseTable)


async def test_what_the_filters_hide_is_counted(take_seat: SeatMaker, filled: Path) -> None:
    async with take_seat(filled) as seat:
        await seat.press("slash")
        await seat.write("2")
        everything = number_found(seat.text)
        await seat.press("escape")
        await seat.write("年:2025 2")
        hidden = everything - number_found(seat.text)
        assert hidden
        assert f"另有 {hidden} 件被 年:2025 排除" in seat.text
        await seat.press("enter", "backspace")
        assert "排除" not in seat.text
        assert number_found(seat.text) == everything


def number_found(text: str) -> int:
    found = re.search(r"找到 (\d+) / 共 10 件", text)
    assert found is not None
    return int(found[1])


async def test_what_is_no_period_is_said_under_the_line(take_seat: SeatMaker, filled: Path) -> None:
    async with take_seat(filled) as seat:
        await seat.press("slash")
        await seat.write("收到:某日")
        assert '"某日"不是日期或时段；可写 2026-10、' in seat.text
        await seat.press("ctrl+u")
        assert "不是日期" not in seat.text


async def test_the_arrow_recalls_earlier_lookups(take_seat: SeatMaker, filled: Path) -> None:
    async with take_seat(filled) as seat:
        bar = seat.app.screen.query_one(LookupBar)
        for words in ("吴", "状态:办理中 王", "吴", "赵强"):
            await seat.press("slash", "ctrl+a", "ctrl+k")
            bar.look_for("")
            await seat.write(words)
            await seat.press("enter")
        assert earlier_lookups() == ["赵强", "吴", "状态:办理中 王"]
        bar.look_for("")
        await seat.press("slash")
        await seat.write("没写完")
        seen = []
        for key in ("up", "up", "up", "up", "down", "down", "down"):
            await seat.press(key)
            seen.append(bar.words)
        assert seen == ["赵强", "吴", *["状态:办理中 王"] * 2, "吴", "赵强", "没写完"]
        assert bar.line.has_focus
        await seat.press("down")
        assert isinstance(seat.app.focused, CaseTable)
        state = user_state_path("taizhang", appauthor=False) / "state.json"
        assert "赵强" in state.read_text(encoding="utf-8")
        assert state.stat().st_mode & 0o777 == 0o600
        await seat.press("ctrl+e", "slash", "up")
        assert "赵强" not in state.read_text(encoding="utf-8")
        assert bar.words == "没写完"


def test_of_earlier_lookups_fifty_are_remembered() -> None:
    for n in range(60):
        add_earlier_lookup(f"第{n}次\x1b[31m" + "长" * 500)
    earlier = earlier_lookups()
    assert len(earlier) == 50
    assert earlier[0].startswith("第59次[31m长")
    assert max(map(len, earlier)) == 200
    remember("earlier_lookups", ["张三", 7, None, " ", "张三", "李四"])
    assert earlier_lookups() == ["张三", "李四"]
    remember("earlier_lookups", {"a": 1})
    assert earlier_lookups() == []


@pytest.mark.parametrize(
    "damage",
    often(
        [
            *(
                "",
                "{",
                "[]",
                '{"lookups": 7}',
                '{"lookups": {"1": {"words": ""}, "2": {"name": 3}}}',
            ),
            '{"lookups": {"1": 5, "x": "a", "2": "赵强"}}',
        ],
        2,
    ),
)
async def test_a_damaged_state_file_loses_comfort_only(
    take_seat: SeatMaker, filled: Path, damage: str
) -> None:
    path = user_state_path("taizhang", appauthor=False) / "state.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(damage, encoding="utf-8")
    async with take_seat(filled) as seat:
        await seat.press("1")
        assert seat.app.screen.query_one(LookupBar).line.value == "1"
        await seat.press("escape", "escape", "2")
        assert ("找到 1 / 共 10 件" in seat.text) == ("赵强" in damage)
        await seat.press("slash", "吴", "enter", "M", "f10")
    json.loads(path.read_text(encoding="utf-8"))


async def test_the_list_is_sorted_by_every_column(take_seat: SeatMaker, filled: Path) -> None:
    async with take_seat(filled, WIDE) as seat:
        screen = seat.app.screen
        assert isinstance(screen, RegisterScreen)
        for column in columns_for(118):
            await seat.press("s", ORDER_KEYS[column.name])
            assert screen.order is not None
            assert screen.order[0] == column.name
            sign = " v" if screen.order[1] else " ^"
            assert column.title + sign in seat.text
            first = screen.table.row_at_cursor
            await seat.press("R", "end")
            last = screen.table.row_at_cursor
            assert first is not None
            assert last is not None
            assert first.id == last.id
            await seat.press("home")
        await seat.press("s", "x")
        assert screen.order is None
        await seat.press("R")
        assert screen.order == ("received", False)


@pytest.mark.parametrize("page", ["today", "list"])
@pytest.mark.parametrize("typed", often(["吴敏", "2026-0005", "年:2026"], 2))
async def test_what_is_typed_over_a_page_stands_whole_in_the_line(
    take_seat: SeatMaker, filled: Path, page: str, typed: str
) -> None:
    async with take_seat(filled) as seat:
        if page == "today":
            await seat.press("tab")
        await seat.press(*typed)  # key by key, as at a keyboard
        assert seat.app.screen.query_one(LookupBar).words == typed
        await seat.press("enter", "slash", "李")  # a lookup begun anew takes the words' place
        assert seat.app.screen.query_one(LookupBar).line.value == "李"


async def test_a_case_is_kept_in_sight_however_old(take_seat: SeatMaker, filled: Path) -> None:
    async with take_seat(filled) as seat:
        await seat.press("slash")
        await seat.write("吴敏")
        await seat.press("enter", "n")
        await seat.fill("钱多", "1", "很早以前的申请", "网上", "2024-1-3")
        await seat.press("f10")
        table = seat.app.screen.query_one(CaseTable)
        assert table.row_at_cursor is not None
        assert table.row_at_cursor.applicant == "钱多"
        assert table.cursor == 10
        assert seat.app.screen.query_one(LookupBar).words == ""


class Slow(Source):
    """A source that leaves the number open; the count waits until it is let go."""

    def __init__(self, total: int) -> None:
        super().__init__(total)
        self.let_go, self.stopped = Event(), Event()

    def rows(self, start: int, length: int) -> tuple[int | None, Sequence[Any]] | None:
        return None if self.stopped.is_set() else (None, self(start, length)[1])

    def count(self) -> int | None:
        self.let_go.wait(20)
        return None if self.stopped.is_set() else self.total

    def listing(self) -> Listing:
        return Listing(self.rows, self.count, stop=self._stop)

    def _stop(self) -> None:
        self.stopped.set()
        self.let_go.set()


async def test_rows_come_before_the_count(take_seat: SeatMaker, filled: Path) -> None:
    async with take_seat(filled) as seat:
        screen = seat.app.screen
        table = screen.query_one(CaseTable)
        slow = Slow(1204)
        table.show(slow.listing)
        while table.total != PAGE:
            await seat.pilot.pause()
        await seat.pilot.pause()
        assert "N0 " in seat.text
        assert f"显示 {PAGE} / 正在计数" in seat.text
        slow.let_go.set()
        await seat.settle()
        assert "共 1,204 件" in seat.text
        await seat.press("end")
        assert "N1203 " in seat.text


async def test_a_newer_lookup_stops_the_older(take_seat: SeatMaker, filled: Path) -> None:
    async with take_seat(filled) as seat:
        table = seat.app.screen.query_one(CaseTable)
        slow = Slow(1204)
        table.show(slow.listing)
        while table.total != PAGE:
            await seat.pilot.pause()
        table.show(Source(3).listing)
        await seat.settle()
        assert slow.stopped.is_set()
        assert table.total == 3
        assert "正在计数" not in seat.text


def test_a_short_page_needs_no_count() -> None:
    rows = [row(n) for n in range(7)]
    answer = read_pages(Listing(lambda start, _: (None, rows[start:])), {0}, None)
    assert answer is not None
    assert (answer.total, answer.seen) == (7, 7)
    assert read_pages(Listing(lambda *_: None), {0}, None) is None


async def test_hostile_words_are_words(take_seat: SeatMaker, filled: Path) -> None:
    async with take_seat(filled) as seat:
        bar = seat.app.screen.query_one(LookupBar)
        for text in (*UNLIKE, "状态:[/b] 承办:[@click=app.quit]x ", "承办:\x1b[31m "):
            bar.look_for(text)
            await seat.settle()
            assert not CONTROL.search(seat.text)
            assert all(width_of(line) <= 80 for line in seat.text.splitlines())
        await seat.press("M")
        assert not CONTROL.search(seat.text)
