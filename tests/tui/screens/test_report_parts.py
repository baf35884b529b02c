"""年报 by keyboard: its parts, table 2 and the texts entered, kept and told of."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

from db.disputes.dispute import Block
from db.storage.giving_roles import give_role
from db.words.vocabulary import Role
from db.year_end.narrative import Part, set_text
from db.year_end.proactive import set_figures
from tests.support.at_once import new_dispute, open_register, year_report
from tests.support.roles import CHIEF
from tests.support.seat import NARROW, WIDE, Seat, SeatMaker, stack_of
from tests.support.steps import CLERK, receive

HOSTILE = "\x1b[31m[red]红[/]\n=1+1\n“引”" + "长" * 3000


async def to_parts(seat: Seat) -> None:
    """With the cursor on the first."""
    await seat.press("g", "n", "home")
    assert stack_of(seat.app)[-1] == "YearScreen"


async def test_a_report_is_filled_in(take_seat: SeatMaker, filled: Path) -> None:
    with open_register(str(filled)) as register, register.writing() as tx:
        set_figures(tx, 2025, {"rules.in_force": "3", "documents.in_force": "10"})
        set_text(tx, 2025, Part.OVERVIEW, "上年的文字。")
    async with take_seat(filled) as seat:
        await to_parts(seat)
        await seat.golden_at("year-parts-empty", NARROW, WIDE)
        await seat.press("enter", "ctrl+t")
        assert "上年的文字。" in seat.text
        await seat.press("enter", "enter")
        await seat.write("2026年，收到申请。")
        await seat.golden_at("year-text", NARROW, WIDE)
        await seat.press("f10")
        assert "一、总体情况已保存" in seat.text
        await seat.press("down", "enter")
        await seat.press("3", "right", "1", "enter", "6", "down")
        assert "上年 10" in seat.text
        assert "M 规章：填的是 6，按上年推算应为 5，差 1。" in seat.text
        await seat.golden_at("year-proactive", NARROW, WIDE)
        await seat.press("f10")
        assert "主动公开：未填完。" in seat.text
        assert "有出入" in seat.text
        await seat.golden_at("year-parts", NARROW, WIDE)
        await seat.press("enter", "right", "right", "0", "f10", "enter", "right", "right", "f1")
        assert re.search(r"2026-03-10 [0-9:]+  测试员  6", seat.text)
        await seat.press("escape", "6", "f10")
        await seat.press("down", "down", "enter")
        assert "结果维持" in seat.text
        assert "总体情况" not in seat.text
        await seat.press("escape")
        assert "一、总体情况" in seat.text
    with open_register(str(filled)) as register:
        own = year_report(register, 2026).own
        assert own.narrative[Part.OVERVIEW].text == "上年的文字。\n\n2026年，收到申请。"
        assert own.proactive.values["rules.in_force"] == 6


async def test_nothing_typed_is_lost(take_seat: SeatMaker, filled: Path) -> None:
    async with take_seat(filled) as seat:
        await to_parts(seat)
        await seat.press("enter")
        await seat.write("写了一半")
        await seat.press("escape")
        assert "还没有保存" in seat.text
        await seat.press("n", "ctrl+q")
        assert "要放弃并退出吗" in seat.text
        await seat.press("n")
        seat.app.screen.keep()
    async with take_seat(filled) as seat:
        await to_parts(seat)
        await seat.press("enter")
        assert "上次没有保存" in seat.text
        await seat.press("y")
        assert "写了一半" in seat.text


async def test_hostile_texts_are_only_shown(take_seat: SeatMaker, filled: Path) -> None:
    async with take_seat(filled) as seat:
        await to_parts(seat)
        await seat.press("enter")
        await seat.write(HOSTILE)
        await seat.press("f10")
        assert "原则上不超过" in seat.text or "已填" in seat.text
        await seat.press("enter")
        assert "[red]红[/]" in seat.text
    with open_register(str(filled)) as register:
        text = year_report(register, 2026).own.narrative[Part.OVERVIEW].text
        assert text.startswith("[31m[red]红[/]\n=1+1\n“引”长")


async def test_who_only_looks_fills_in_nothing(take_seat: SeatMaker, filled: Path) -> None:
    with open_register(str(filled)) as register, register.writing() as tx:
        give_role(tx, CHIEF, Role.SUPERVISOR)
        give_role(tx, CLERK, Role.VIEWER)
    async with take_seat(filled) as seat:
        await to_parts(seat)
        await seat.press("enter")
        assert "要由经办人填写" in seat.text
        assert stack_of(seat.app)[-1] == "TextWindow"


async def test_a_drafted_figure_that_moved_is_asked_about(
    take_seat: SeatMaker, filled: Path
) -> None:
    async with take_seat(filled) as seat:
        await to_parts(seat)
        await seat.press("enter", "alt+d")
        assert "2026年，本机关新收政府信息公开申请6件" in seat.text
        await seat.press("alt+d")
        assert "起草的句子都在文字里了" in seat.text
        await seat.press("f10")
        with open_register(str(filled)) as register:
            receive(register, "2026-03-05")
        await seat.press("enter")
        assert "起草时的数字变动了" in seat.text
        await seat.golden_at("year-text-moved", NARROW, WIDE)
        await seat.press("y")
        assert "申请7件" in seat.text
        await seat.press("f10", "enter")
        assert stack_of(seat.app)[-1] == "TextScreen"
    with open_register(str(filled)) as register:
        text = year_report(register, 2026).own.narrative[Part.OVERVIEW]
        assert "申请7件" in text.text
        assert "申请7件" in text.drafted["received"]


async def test_what_does_not_hold_is_explained(take_seat: SeatMaker, filled: Path) -> None:
    with open_register(str(filled)) as register, register.writing() as tx:
        set_figures(tx, 2025, {"rules.in_force": "3"})
        set_figures(tx, 2026, {"rules.in_force": "3", "rules.made": "1", "rules.repealed": "0"})
    async with take_seat(filled) as seat:
        await seat.press("g", "n", "K")
        assert "2 处不符，还没有说明" in seat.text
        await seat.golden_at("year-findings", NARROW, WIDE)
        await seat.press("j", "enter")
        assert "规章 本年制发件数" in seat.text
        await seat.press("escape", "k", "e")
        await seat.write("上年误报一件")
        await seat.press("f10")
        assert "已说明：上年误报一件" in seat.text
        assert "1 处不符，还没有说明" in seat.text
        await seat.press("end", "e")
        assert "这一条相符" in seat.text
        await seat.press("escape")
        assert "勾稽有 1 处不符" in seat.text
    with open_register(str(filled)) as register:
        assert [f.rule for f in year_report(register, 2026).wrong] == ["M"]


async def test_a_number_that_disagrees_with_its_table_is_told(
    take_seat: SeatMaker, filled: Path
) -> None:
    with open_register(str(filled)) as register, register.writing() as tx:
        set_text(tx, 2026, Part.OVERVIEW, "2026年，本机关收到政府信息公开申请99件。")
    async with take_seat(filled) as seat:
        await to_parts(seat)
        assert "有出入  第1句：99 与 6" in seat.text
        await seat.press("K")
        await seat.golden_at("year-findings-text", NARROW, WIDE)
        await seat.press("enter")
        await seat.golden_at("year-text-finding", NARROW, WIDE)
        await seat.press("6", "f10")
        assert "没有未说明的不符" in seat.text
    with open_register(str(filled)) as register:
        text = year_report(register, 2026).own.narrative[Part.OVERVIEW].text
        assert text == "2026年，本机关收到政府信息公开申请6件。"


async def test_a_year_is_gone_to_by_typing_it(take_seat: SeatMaker, filled: Path) -> None:
    async with take_seat(filled) as seat:
        await seat.press("g", "n", "2", "0")
        assert "20__ 年" in seat.text
        await seat.press("escape", "2", "0", "2", "4")
        assert "2024 年  1月31日前" in seat.text
        await seat.press("0", "0", "4", "2")
        assert "没有 42 年的年报" in seat.text
        await seat.press("enter", "2", "0", "2", "0")
        assert "2020 年  收到和处理政府信息公开申请情况  2019 年格式" in seat.text


async def test_any_days_have_their_table_and_its_cases(take_seat: SeatMaker, filled: Path) -> None:
    with open_register(str(filled)) as register:
        new_dispute(register, Block.REVIEW, "市政府", date(2026, 2, 12), case="2025-0001")
    async with take_seat(filled) as seat:
        await seat.press("g", "n", "minus")
        await seat.write("1月")
        assert "2026-01-01 至 2026-01-31，共 31 天" in seat.text
        await seat.press("f10")
        await seat.golden_at("period", NARROW, WIDE)
        await seat.press("enter")
        assert stack_of(seat.app)[-1] == "ListedScreen"
        await seat.press("escape", "v", "enter")
        assert "2026-01-01 至 2026-01-31" in seat.text
        assert "这一格没有复议或诉讼" in seat.text
        await seat.press("escape", "right_square_bracket", "enter")
        assert "2025-0001" in seat.text
        await seat.press("escape", "escape")
        assert stack_of(seat.app)[-1] == "YearScreen"
