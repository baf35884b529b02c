"""When something goes wrong: a sentence, an id, no names, and the desk goes on."""

from __future__ import annotations

import os
import stat
from datetime import date
from pathlib import Path

import pytest
from textual import events
from textual.theme import Theme

from db.errors import Unreadable
from db.lookup import find
from tests.support.at_once import office
from tests.support.seat import SeatMaker, stack_of
from tui.app import TaizhangApp, open_desk
from tui.desk import faults
from tui.look.theme import CONTRAST, DARK, LABELS, LIGHT, TERMINAL, fitting_theme
from tui.screens.case.case import CaseScreen
from tui.screens.register.register import RegisterScreen

SECRET = "身份证110101199003070000"


async def test_a_refusal_is_shown_to_its_end_and_copied(
    take_seat: SeatMaker, filled: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def locked(*_: object, **__: object) -> None:
        raise Unreadable("登记簿正被别的程序占用；请稍候再试。")

    async with take_seat(filled) as seat:
        with monkeypatch.context() as patch:
            patch.setattr(find, "page_of_found", locked)
            await seat.press("f5")
        assert "正被别的程序占用" in seat.text
        await seat.press("c", "escape")
        assert "正被别的程序占用" in seat.app.clipboard
        await seat.press("f5")
        assert "共 10 件" in seat.text


@pytest.mark.usefixtures("faulty")
async def test_the_unexpected_gets_an_id_and_names_nobody(
    take_seat: SeatMaker, filled: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        applicant = SECRET
        raise ValueError(applicant)

    async with take_seat(filled) as seat:
        monkeypatch.setattr(find, "page_of_found", broken)
        await seat.press("f5")
        assert "程序遇到意外，编号" in seat.text
        assert "没有核对，不排除损坏" in seat.text  # nothing is claimed that is not known
        log = faults.log_path().read_text(encoding="utf-8")
        assert log.split()[1] in seat.text
        assert "ValueError" in log
        assert SECRET not in log
        assert SECRET not in seat.text
        if os.name == "posix":
            assert stat.S_IMODE(faults.log_path().stat().st_mode) == 0o600


@pytest.mark.usefixtures("faulty")
async def test_a_failed_action_is_told_and_the_desk_goes_on(
    take_seat: SeatMaker, filled: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise ValueError(SECRET)

    async with take_seat(filled) as seat:
        monkeypatch.setattr(RegisterScreen, "action_new", broken)
        await seat.press("n")
        assert "程序遇到意外，编号" in seat.text
        assert "可以接着用" in seat.text
        assert SECRET not in seat.text
        await seat.press("escape", "j", "enter")
        assert isinstance(seat.app.screen, CaseScreen)


@pytest.mark.thorough
@pytest.mark.usefixtures("faulty")
async def test_an_answer_that_cannot_be_painted_is_told(
    take_seat: SeatMaker, filled: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise ValueError(SECRET)

    async with take_seat(filled) as seat:
        monkeypatch.setattr(CaseScreen, "_show", broken)
        await seat.press("j", "enter")
        assert "程序遇到意外，编号" in seat.text
        await seat.press("escape", "escape")
        assert "共 10 件" in seat.text


@pytest.mark.usefixtures("faulty")
async def test_a_desk_that_cannot_begin_leaves_calmly(
    filled: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_: object) -> None:
        applicant = SECRET
        raise ValueError(applicant)

    monkeypatch.setattr(TaizhangApp, "on_mount", broken)
    app = TaizhangApp(office(filled))

    async def sit() -> None:
        async with app.run_test() as pilot:
            await pilot.pause()

    with pytest.raises(ValueError, match="110101"):  # Pilot raises it again for the test's sake
        await sit()
    app._print_error_renderables()
    said = capsys.readouterr().err
    assert "程序遇到意外" in said
    assert SECRET not in said
    assert app.return_code == 1


async def test_a_damaged_register_is_told(take_seat: SeatMaker, tmp_path: Path) -> None:
    path = tmp_path / "register.db"
    path.write_bytes(b"not a register at all" * 100)
    async with take_seat(path) as seat:
        assert "不是登记簿文件" in seat.text
        await seat.press("escape")
        assert "登记簿没有打开" in seat.text
        await seat.press("n", "y", "ctrl+p", "escape")
        assert stack_of(seat.app)[-1] == "RegisterScreen"


async def test_nothing_typed_is_lost_unasked(take_seat: SeatMaker, filled: Path) -> None:
    async with take_seat(filled) as seat:
        await seat.press("n", "escape")
        assert stack_of(seat.app)[-1] == "RegisterScreen"
        await seat.press("n")
        await seat.write("张三")
        for leave in ("escape", "ctrl+q"):
            await seat.press(leave)
            assert stack_of(seat.app)[-1] == "Confirm"
            await seat.press("n")
        assert "张三" in seat.text
        await seat.press("escape", "y")
        assert stack_of(seat.app)[-1] == "RegisterScreen"


async def test_a_refused_entry_keeps_what_was_typed(take_seat: SeatMaker, filled: Path) -> None:
    async with take_seat(filled) as seat:
        await seat.press("n")
        await seat.fill("张三", "1", "内容", *[""] * 13, "2026-0001")
        await seat.press("f10")
        assert "已经用过" in seat.text
        assert stack_of(seat.app)[-1] == "IntakeScreen"
        assert "申请内容 *      内容" in seat.text
        await seat.press(*["shift+tab"] * 17)
        assert "张三" in seat.text


async def test_enter_guesses_no_outcome(take_seat: SeatMaker, filled: Path) -> None:
    async with take_seat(filled) as seat:
        await seat.press("j", "enter", "d")
        await seat.write("33")
        await seat.press("enter")
        assert "还有8个可选" in seat.text
        await seat.press("down", "down", "enter")
        assert "3.3.2 不予公开-其他法律行政法规禁止公开" in seat.text
        await seat.press("down", "down", "enter")
        assert "应填签收之日" in seat.text
        assert "应填签收之日" in seat.text


async def test_a_paste_of_several_lines_becomes_one(take_seat: SeatMaker, filled: Path) -> None:
    async with take_seat(filled) as seat:
        await seat.press("n")
        seat.app.post_message(events.Paste("\n第一行\r\n\x1b[31m第二行\t完\n"))
        await seat.settle()
        assert "第一行 [31m第二行 完" in seat.text
        assert "粘贴的2行已连成一行" in seat.text
        await seat.press("ctrl+w", "ctrl+w")
        assert "第一行 [31m第\n" in seat.text


async def test_a_chinese_character_over_the_list_begins_a_lookup(
    take_seat: SeatMaker, filled: Path
) -> None:
    async with take_seat(filled) as seat:
        await seat.press("吴")
        assert "找到 1 / 共 10 件" in seat.text
        await seat.press("escape", "escape")
        assert "共 10 件" in seat.text


async def test_midnight_passes(
    take_seat: SeatMaker, filled: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with take_seat(filled) as seat:
        await seat.press("j", "enter")
        assert "剩余 36" in seat.text
        monkeypatch.setenv("TAIZHANG_TODAY", "2026-03-11")
        seat.app.check_day()
        await seat.settle()
        assert seat.app.today == date(2026, 3, 11)
        assert "2026-03-11 星期三" in seat.text
        assert "剩余 35" in seat.text


@pytest.mark.thorough
async def test_the_palette_opens_a_case_and_runs_an_action(
    take_seat: SeatMaker, filled: Path
) -> None:
    async with take_seat(filled) as seat:
        await seat.press("ctrl+p")
        await seat.write("吴敏")
        await seat.press("enter")
        assert isinstance(seat.app.screen, CaseScreen)
        await seat.press("escape", "ctrl+p")
        await seat.write("年报")
        await seat.press("enter")
        assert stack_of(seat.app)[-1] == "YearScreen"


async def test_light_and_dark(take_seat: SeatMaker, filled: Path) -> None:
    async with take_seat(filled) as seat:
        assert seat.app.theme == DARK.name
        before = seat.text.splitlines()[1:]
        for theme in (LIGHT, CONTRAST, TERMINAL, DARK, LIGHT):
            await seat.press("f9")
            assert seat.app.theme == theme.name
            assert f"配色：{LABELS[theme.name]}" in seat.text
            assert seat.text.splitlines()[1:] == before
    async with take_seat(filled) as seat:
        assert seat.app.theme == LIGHT.name


@pytest.mark.parametrize("few", [("TEXTUAL_COLOR_SYSTEM", "standard"), ("NO_COLOR", "1")])
async def test_where_colours_are_few_none_can_be_chosen_that_run_together(
    take_seat: SeatMaker, filled: Path, few: tuple[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """In 16 colours the row behind a window had the colour of its ground."""
    monkeypatch.setenv(*few)
    async with take_seat(filled) as seat:
        await seat.press("f9")
        assert seat.app.theme == TERMINAL.name
        assert "只用它自己的颜色" in seat.text
        await seat.press("g", "s")
        assert LABELS[TERMINAL.name] in seat.text
    monkeypatch.delenv(few[0])
    monkeypatch.setenv("TEXTUAL_COLOR_SYSTEM", "truecolor")
    async with take_seat(filled) as seat:
        assert seat.app.theme == DARK.name  # nothing was remembered for others


@pytest.mark.parametrize(
    ("colours", "no_colour", "kept", "theme"),
    [
        ("truecolor", False, None, DARK),
        ("256", False, LIGHT.name, LIGHT),
        ("256", False, "a theme that is gone", DARK),
        ("standard", False, LIGHT.name, TERMINAL),
        ("truecolor", True, LIGHT.name, TERMINAL),
        (None, False, 7, DARK),
    ],
)
def test_the_theme_is_what_the_terminal_can_show(
    colours: str | None, no_colour: bool, kept: object, theme: Theme
) -> None:
    assert fitting_theme(colours, no_colour, kept) == theme.name


def test_a_dumb_terminal_is_refused(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("TERM", "dumb")
    assert open_desk(None) == 2
    assert "TERM=dumb" in capsys.readouterr().err


@pytest.mark.usefixtures("faulty")
def test_why_the_desk_closes_is_said_once(monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[object] = []
    app = TaizhangApp(office("register.db"))
    monkeypatch.setattr(app, "panic", said.append)
    app._fatal_error()
    app._fatal_error()
    assert len(said) == 1
