"""An error that nobody expected, wherever it happens: told under an id, and the desk goes on."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest
from textual import events
from textual.app import ComposeResult

from tests.support.examples import often
from tests.support.seat import AT_MOST, Seat, SeatMaker, stack_of
from tui.desk import faults
from tui.screens.case.case import CaseScreen
from tui.screens.register.register import RegisterScreen
from tui.screens.shared.home import HomeScreen
from tui.widgets.case_table import CaseTable
from tui.widgets.field_sheet import FieldSheet

SECRET = "身份证110101199003070000"

pytestmark = pytest.mark.usefixtures("faulty")


def broken(*_: object) -> Any:
    raise ValueError(SECRET)


def logged() -> str:
    return faults.log_path().read_text(encoding="utf-8")


async def told_and_over(seat: Seat) -> None:
    """The window is in sight and goes away; what is logged names nobody."""
    assert stack_of(seat.app)[-1] == "FaultWindow"
    assert "程序遇到意外，编号" in seat.text
    assert logged().split()[1] in seat.text
    assert "ValueError" in logged()
    assert SECRET not in logged() + seat.text
    await seat.press("escape")
    assert stack_of(seat.app)[-1] != "FaultWindow"


@pytest.mark.parametrize("handler", often(["on_mount", "arrive"], 1))
async def test_a_page_that_fails_when_it_opens(
    take_seat: SeatMaker, filled: Path, monkeypatch: pytest.MonkeyPatch, handler: str
) -> None:
    async with take_seat(filled, page="today") as seat:
        with monkeypatch.context() as patch:
            owner = next(base for base in RegisterScreen.__mro__ if handler in vars(base))
            patch.setattr(owner, handler, broken)
            await seat.press("tab")
            await told_and_over(seat)
        await seat.press("tab", "tab", "f5")
        assert stack_of(seat.app)[-1] == "RegisterScreen"
        assert "共 10 件" in seat.text


async def test_a_page_without_its_widgets_can_be_left(
    take_seat: SeatMaker, filled: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def compose(_: object) -> ComposeResult:
        yield from broken()

    async with take_seat(filled) as seat:
        with monkeypatch.context() as patch:
            patch.setattr(CaseScreen, "compose", compose)
            await seat.press("j", "enter")
            await told_and_over(seat)
        await seat.press("escape", "enter")
        assert "办理记录" in seat.text


async def test_a_key_whose_handler_fails(
    take_seat: SeatMaker, filled: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with take_seat(filled) as seat:
        with monkeypatch.context() as patch:
            patch.setattr(HomeScreen, "on_key", broken)
            await seat.press("吴")
            await told_and_over(seat)
        await seat.press("吴")
        assert "找到 1 / 共 10 件" in seat.text


@pytest.mark.thorough
async def test_a_field_whose_handler_fails_keeps_what_was_typed(
    take_seat: SeatMaker, filled: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with take_seat(filled) as seat:
        await seat.press("n")
        await seat.write("张三")
        with monkeypatch.context() as patch:
            patch.setattr(FieldSheet, "on_descendant_focus", broken)
            await seat.press("enter")
            await told_and_over(seat)
        await seat.fill("1", "预算", "网上")
        await seat.press("f10")
        assert "已登记 2026-0007" in seat.text


@pytest.mark.thorough
async def test_a_timer_that_fails(take_seat: SeatMaker, filled: Path) -> None:
    async with take_seat(filled) as seat:
        seat.app.screen.set_timer(0.01, broken)
        seat.app.set_timer(0.01, broken)
        await seat.settle()
        await told_and_over(seat)
        assert logged().count("ValueError") == 2
        await seat.press("j", "enter")
        assert isinstance(seat.app.screen, CaseScreen)


async def until_told(seat: Seat) -> None:
    """Wait as the loop does; `settle` and the pilot would paint with their own hand."""
    async with asyncio.timeout(AT_MOST):
        while stack_of(seat.app)[-1] != "FaultWindow":
            await asyncio.sleep(0)


async def test_a_page_that_once_cannot_be_painted(
    take_seat: SeatMaker, filled: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with take_seat(filled) as seat:
        with monkeypatch.context() as patch:
            patch.setattr(CaseTable, "render_line", broken)
            seat.app.post_message(events.Key("j", "j"))
            await until_told(seat)
        await seat.settle()
        await told_and_over(seat)
        await seat.press("j", "enter")
        assert isinstance(seat.app.screen, CaseScreen)


async def test_a_page_that_can_never_be_painted_closes_the_desk(
    take_seat: SeatMaker,
    filled: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    apps = []

    async def sit() -> None:
        async with take_seat(filled) as seat:
            apps.append(seat.app)
            monkeypatch.setattr(CaseTable, "render_line", broken)
            key = "j"
            while seat.app.is_running:
                seat.app.post_message(events.Key(key, None))
                for _ in range(20):
                    await seat.pilot.pause()
                key = "escape"

    with pytest.raises(ValueError, match="110101"):  # Pilot raises it again for the test's sake
        await sit()
    (app,) = apps
    app._print_error_renderables()
    said = capsys.readouterr().err
    assert "程序已关闭" in said
    assert said.split("编号 ")[1][:6] in logged()
    assert SECRET not in said + logged()
    assert app.return_code == 1
