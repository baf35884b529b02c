"""An old register is upgraded before a clerk's eyes: told, stoppable, the desk never held up."""

from __future__ import annotations

from pathlib import Path
from threading import Event
from typing import Any

import pytest

import db.maintenance.backups
import db.opening
from db.storage.schema import HEAD
from tests.support.at_once import office, open_register
from tests.support.old_registers import VERSIONS, ask, make_at
from tests.support.seat import Seat
from tests.support.steps import dump
from tui.app import TaizhangApp
from tui.cli.main import run

BEFORE = VERSIONS[-2]


@pytest.fixture
def old(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr("db.storage.sqlite.BEAT", 1)  # as often in a small register as in a big one
    return make_at(tmp_path / "register.db", BEFORE)


def test_an_upgrade_told_to_stop_leaves_the_register_as_it_was(old: Path) -> None:
    before, heard = dump(old), []

    class Enough(Exception):
        pass

    def told(doing: str) -> None:
        heard.append(doing)
        if len(heard) > 20:
            raise Enough

    with pytest.raises(Enough):
        open_register(str(old), told=told)
    assert len(heard) == 21
    assert dump(old) == before
    with open_register(str(old)):
        assert ask(old, "SELECT version_num FROM alembic_version") == [(HEAD,)]


def test_the_command_line_says_one_line(old: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--db", str(old), "find", "--json"]) == 0
    assert capsys.readouterr().err == "正在备份登记簿，随后升级，请稍候。\n"
    assert run(["--db", str(old), "find", "--json"]) == 0
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize("page", ["today", "register"])
async def test_the_desk_says_what_is_done_and_goes_on(
    old: Path, monkeypatch: pytest.MonkeyPatch, page: str
) -> None:
    go_on = Event()
    back_up = db.maintenance.backups.back_up

    def slow(*given: object) -> Path:
        go_on.wait(30)
        return back_up(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(db.maintenance.backups, "back_up", slow)
    app = TaizhangApp(office(old), page)
    async with app.run_test(size=(80, 24)) as pilot:
        seat = Seat(app, pilot)
        while "正在备份登记簿，随后升级" not in seat.text:
            await pilot.pause()
        await pilot.press("tab")  # to the other page, which waits for the same
        while "正在备份登记簿，随后升级" not in seat.text:
            await pilot.pause()
        go_on.set()
        await seat.settle()
        assert "登记簿是空的" in seat.text
        await seat.press("tab")
        assert "登记簿是空的" in seat.text


async def test_leaving_stops_the_upgrade(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before, reached, go_on, ended = dump(old), Event(), Event(), Event()
    migrate = db.opening._migrate

    def slow(*_: object) -> None:
        reached.set()
        go_on.wait(30)

    def watched(*given: Any) -> None:
        try:
            migrate(*given)
        finally:
            ended.set()

    monkeypatch.setattr(db.maintenance.backups, "back_up", slow)
    monkeypatch.setattr(db.opening, "_migrate", watched)
    app = TaizhangApp(office(old))
    async with app.run_test(size=(80, 24)) as pilot:
        while not reached.is_set():
            await pilot.pause()
        await pilot.press("ctrl+q")
    go_on.set()
    assert ended.wait(30)
    assert dump(old) == before
