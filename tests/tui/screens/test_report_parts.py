"""各部分 by keyboard: table 2 and the texts entered, kept and told of."""

from __future__ import annotations

from pathlib import Path

from db.storage.giving_roles import give_role
from db.words.vocabulary import Role
from db.year_end.narrative import Part, set_text
from db.year_end.proactive import set_figures
from tests.support.at_once import open_register, year_report
from tests.support.roles import CHIEF
from tests.support.seat import NARROW, WIDE, Seat, SeatMaker, stack_of
from tests.support.steps import CLERK, receive

HOSTILE = "\x1b[31m[red]红[/]\n=1+1\n“引”" + "长" * 3000


async def to_parts(seat: Seat) -> None:
    await seat.press("g", "n", "Q")
    assert stack_of(seat.app)[-1] == "PartsScreen"


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
        await seat.fill("3", "1", "6", "9")
        assert "上年 10" in seat.text
        await seat.golden_at("year-proactive", NARROW, WIDE)
        await seat.press("f10")
        assert "主动公开：未填完。" in seat.text
        assert "有出入" in seat.text
        await seat.golden_at("year-parts", NARROW, WIDE)
        await seat.press("down", "down", "enter")
        assert stack_of(seat.app)[-1] == "YearScreen"
        assert "行政复议、行政诉讼情况" in seat.text
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
        assert stack_of(seat.app)[-1] == "PartsScreen"


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
        await seat.press("enter")
        await seat.write("上年误报一件")
        await seat.press("f10")
        assert "已说明：上年误报一件" in seat.text
        assert "1 处不符，还没有说明" in seat.text
        await seat.press("end", "enter")
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
        assert "1 处数字与表格不一致" in seat.text
        await seat.press("escape", "K")
        await seat.golden_at("year-findings-text", NARROW, WIDE)
