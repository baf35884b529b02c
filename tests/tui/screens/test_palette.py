"""命令: what is found, what is chosen, and what comes of it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from textual import events

from db.lookup import find
from tests.support.seat import Holder, SeatMaker, stack_of
from tests.support.walk import to_case
from tui.widgets.plain_fields import PlainOptions


async def test_the_page_below_a_case_is_read_again(take_seat: SeatMaker, filled: Path) -> None:
    async with take_seat(filled) as seat:
        await seat.press("f8", "enter", "home", "enter")
        assert "2026-0006" in seat.text
        await to_case(seat, "2026-0006")
        await seat.press("x")
        await seat.fill("登记错了", "3-10")
        await seat.press("f10", "escape")
        assert "申请清单" in seat.text
        assert "2026-0006" not in seat.text


async def test_the_choice_waits_for_the_cases_that_are_found(
    take_seat: SeatMaker, filled: Path, hold: Holder
) -> None:
    async with take_seat(filled) as seat:
        await seat.press("ctrl+p")
        options = seat.app.screen.query_one(PlainOptions)
        held = hold(find, "page_of_found")
        seat.burst("=2026-0004", "down", "up", "enter")
        await seat.post()
        assert (stack_of(seat.app)[-1], options.highlighted) == ("Palette", None)
        held.let_go()
        await seat.settle()
        assert stack_of(seat.app)[-1] == "CaseScreen"
        assert "2026-0004" in seat.text


async def test_a_key_s_whole_name_is_shown(take_seat: SeatMaker, filled: Path) -> None:
    async with take_seat(filled) as seat:
        await seat.press("ctrl+p")
        await seat.write("恢复原样")
        assert "恢复原样      Backspace 栏目：" in seat.text


async def test_nothing_found_cannot_be_chosen(
    take_seat: SeatMaker, filled: Path, hold: Holder
) -> None:
    async with take_seat(filled) as seat:
        await seat.press("ctrl+p")
        held = hold(find, "page_of_found")
        seat.app.post_message(events.Paste("没有的东西"))
        await seat.post()
        assert "没有这样的命令或申请" not in seat.text
        held.let_go()
        await seat.settle()
        assert "没有这样的命令或申请" in seat.text
        assert seat.app.screen.query_one(PlainOptions).highlighted is None
        await seat.press("down", "enter")
        assert stack_of(seat.app)[-1] == "Palette"


@pytest.mark.parametrize("typed", ["xsq", "xinshenq", "XSQ"])
async def test_an_action_is_found_by_pinyin(take_seat: SeatMaker, filled: Path, typed: str) -> None:
    async with take_seat(filled) as seat:
        await seat.press("ctrl+p")
        await seat.write(typed)
        await seat.press("enter")
        assert stack_of(seat.app)[-1] == "IntakeScreen"


async def test_what_pages_do_apart_is_offered_of_each(take_seat: SeatMaker, filled: Path) -> None:
    async with take_seat(filled) as seat:
        await seat.press("tab", "ctrl+p")
        await seat.write("导出")
        for page in ("台账：", "统计：", "年报："):
            assert any("导出" in line and page in line for line in seat.text.splitlines())


OWN_WORDS = [
    ("改名", "设置"),
    ("单位名称", "设置"),
    ("署名", "设置"),
    ("改正", "更正"),
    ("补录", "补充"),
    ("超期", "最急"),
    ("案号", "补充"),
    ("结案", "答复"),
    ("新增", "新申请"),
    ("拆分", "拆下一件"),
    ("U盘", "第二份"),
    ("收藏", "存为常用"),
]


async def test_an_action_is_found_by_a_clerks_own_words(take_seat: SeatMaker, filled: Path) -> None:
    async with take_seat(filled) as seat:
        await seat.press("tab", "ctrl+p")
        for typed, label in OWN_WORDS:
            await seat.press("ctrl+u")
            await seat.write(typed)
            assert f"  {label}  " in seat.text, typed


async def test_a_newer_lookup_stops_the_older(
    take_seat: SeatMaker, filled: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[tuple[str, Callable[[], bool]]] = []

    def noted(_: object, words: str, *__: object, cancelled: Callable[[], bool], **___: object):
        asked.append((words, cancelled))
        return []

    async with take_seat(filled) as seat:
        await seat.press("ctrl+p")
        monkeypatch.setattr(find, "page_of_found", noted)
        await seat.write("王")
        await seat.write("芳")
        assert [(words, cancelled()) for words, cancelled in asked] == [
            ("王", True),
            ("王芳", False),
        ]
        await seat.press("escape")
        assert asked[-1][1]()
