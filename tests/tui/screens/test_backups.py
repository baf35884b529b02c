"""By keyboard: copies made, listed, brought back; the day's copy; the second folder."""

from __future__ import annotations

import sqlite3
from datetime import date
from pathlib import Path

import pytest

import tui.app
import tui.desk.copies
from db.maintenance.backups import list_copies, make_copy
from db.moment import Clock
from db.privacy.retention import past_keeping
from db.storage.location import copies_folder
from tests.support.at_once import new_case, office, open_register
from tests.support.cases import received
from tests.support.examples import often
from tests.support.seat import NARROW, WIDE, Holder, SeatMaker, stack_of
from tests.support.walk import to_register
from tui.desk.lookups import add_earlier_lookup, earlier_lookups

DAY = Clock(date(2026, 3, 10))


def at(day: int) -> Clock:
    return Clock(date(2026, 3, day))


def reasons(path: Path) -> list[str]:
    return [copy.name.reason for copy in list_copies(path)]


@pytest.mark.parametrize("page", often(["today", "register"], 1))
async def test_a_copy_is_made_and_brought_back(
    take_seat: SeatMaker, filled: Path, page: str
) -> None:
    async with take_seat(filled, page=page) as seat:
        await seat.press("g", "b")
        assert "还没有备份" in seat.text
        await seat.press("n")
        assert "核对一致" in seat.text
        assert "手动" in seat.text
        new_case(seat.app.register, received(date(2026, 3, 9), "何洁", "后来的一件"))
        await seat.press("enter")
        assert "恢复后将失去：1 件申请（2026-0007）" in seat.text
        assert "恢复后将找回：无" in seat.text
        await seat.press("n")
        assert len(list_copies(filled)) == 1
        await seat.press("enter", "y")
        assert stack_of(seat.app)[-1] == ("TodayScreen" if page == "today" else "RegisterScreen")
        assert "已恢复：10 件申请，核对一致" in seat.text
        await to_register(seat)
        assert "共 10 件" in seat.text
        assert reasons(filled) == ["before-restore", "asked"] or reasons(filled) == [
            "asked",
            "before-restore",
        ]
        await seat.press("n")  # the register is open again
        assert stack_of(seat.app)[-1] == "IntakeScreen"


async def test_the_page_fits(
    take_seat: SeatMaker, filled: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for day, reason in ((1, "daily"), (2, "before-import"), (3, "closing")):
        moment = at(day).now().replace(hour=9, minute=30, second=0)
        copy = make_copy(filled, reason, moment)
    copy.path.write_bytes(copy.path.read_bytes()[:-4096])
    monkeypatch.setattr("tui.screens.backups.backups.size_of", lambda size: "304 KB")
    async with take_seat(filled) as seat:
        await seat.press("g", "b")
        text = seat.text.replace(str(filled.parent), "…")
        assert "共 3 份，新的在前" in text
        for line in (
            "2026-03-03 09:30:00  退出时",
            "2026-03-02 09:30:00  导入前",
            "2026-03-01 09:30:00  每日",
        ):
            assert line in text
        assert text.count("完好") == 2
        assert text.count("有误") == 1
        assert "没有第二份。按 D 选一个" in text
        assert "Enter 恢复" in text.splitlines()[-1]
        await seat.press("enter")
        assert "操作未完成" in seat.text


async def test_a_damaged_register_is_restored_at_the_desk(
    take_seat: SeatMaker, filled: Path
) -> None:
    make_copy(filled, "asked", DAY.now())
    filled.write_bytes(b"damaged" * 1000)
    async with take_seat(filled) as seat:
        assert "没有打开" in seat.text
        await seat.press("enter")
        assert "恢复备份" in seat.text
        await seat.press("g", "b", "enter")
        assert "已经损坏" in seat.text
        await seat.press("y")
        assert "核对一致" in seat.text
        assert "共 10 件" in seat.text
    (kept,) = copies_folder(filled).glob("*-before-restore-有误.db")
    assert kept.read_bytes() == b"damaged" * 1000


async def test_a_restore_that_is_refused_leaves_the_desk_open(
    take_seat: SeatMaker, filled: Path
) -> None:
    make_copy(filled, "asked", DAY.now())
    async with take_seat(filled) as seat:
        await seat.press("g", "b", "enter")
        with sqlite3.connect(filled) as other:  # in this process: found by SQLite itself
            other.execute("BEGIN IMMEDIATE")
            await seat.press("y")
        other.close()
        assert "正被别的程序打开" in seat.text
        await seat.press("enter", "escape")
        assert "共 10 件" in seat.text


async def test_the_days_copy_is_made_behind_the_first_page(
    take_seat: SeatMaker, filled: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with take_seat(filled):
        assert list_copies(filled) == ()
    monkeypatch.setenv("TAIZHANG_TODAY", "2026-03-11")
    for _ in range(2):
        async with take_seat(filled):
            assert reasons(filled) == ["daily"]


async def test_a_copy_that_fails_is_told(
    take_seat: SeatMaker, filled: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TAIZHANG_TODAY", "2026-03-11")
    copies_folder(filled).write_text("a file where the folder should be")
    async with take_seat(filled) as seat:
        assert "今天的备份没有完成" in seat.text


async def test_a_register_that_does_not_verify_is_told_of(
    take_seat: SeatMaker, filled: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TAIZHANG_TODAY", "2026-03-11")
    with sqlite3.connect(filled) as connection:
        connection.execute("UPDATE cases SET doc_no = '别的' WHERE id = 1")
    connection.close()
    async with take_seat(filled) as seat:
        assert "登记簿没有通过核对" in seat.text


async def test_leaving_does_not_wait_for_the_days_copy(
    take_seat: SeatMaker, filled: Path, monkeypatch: pytest.MonkeyPatch, hold: Holder
) -> None:
    monkeypatch.setenv("TAIZHANG_TODAY", "2026-03-11")
    held = hold(tui.desk.copies, "copy_of_the_day")
    monkeypatch.setattr(tui.app, "copy_of_the_day", held)
    app = tui.app.TaizhangApp(office(filled), "register")
    async with app.run_test(size=NARROW) as pilot:
        while not app.is_open:
            await pilot.pause()
        await pilot.press("ctrl+q")
    assert app._copying.asked
    held.let_go()
    assert list_copies(filled) == ()


def test_leaving_copies_what_was_recorded(filled: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for _ in range(2):
        tui.desk.copies.copy_at_leaving(filled, DAY)
        assert reasons(filled) == ["closing"]
    filled.unlink()
    tui.desk.copies.copy_at_leaving(filled, DAY)
    assert "退出时的备份没有完成" in capsys.readouterr().err


@pytest.mark.parametrize("size", often([NARROW, WIDE], 1))
async def test_a_second_folder_is_chosen_and_missed(
    take_seat: SeatMaker,
    filled: Path,
    monkeypatch: pytest.MonkeyPatch,
    size: tuple[int, int],
) -> None:
    share = filled.parent / "share"
    async with take_seat(filled, size) as seat:
        await seat.press("g", "b", "n", "D")
        await seat.write(str(share))
        await seat.press("f10")
        assert "没有文件夹" in seat.text
        share.mkdir()
        await seat.press("f10")
        assert "第二份在" in seat.text
    assert len(list(share.glob("*.db"))) == 1
    share.rename(filled.parent / "away")
    monkeypatch.setenv("TAIZHANG_TODAY", "2026-03-13")
    async with take_seat(filled, size, page="today") as seat:
        assert "第二份备份三天没有接通  按 gb 查看" in seat.text
        (filled.parent / "away").rename(share)
        await seat.press("g", "b", "n", "escape")
        assert "第二份备份" not in seat.text


@pytest.mark.parametrize("size", often([NARROW, WIDE], 1))
async def test_what_is_past_its_period_is_erased_when_asked(
    take_seat: SeatMaker, filled: Path, monkeypatch: pytest.MonkeyPatch, size: tuple[int, int]
) -> None:
    monkeypatch.setenv("TAIZHANG_TODAY", "2060-03-10")
    add_earlier_lookup("王芳")
    async with take_seat(filled, size) as seat:
        await seat.press("g", "b", "n", "L")
        assert "还没有设定，个人信息一直保存" in seat.text
        await seat.fill("0")
        await seat.press("f10")
        assert "1至100年" in seat.text
        await seat.press("backspace")
        await seat.write("10")
        await seat.press("f10")
        assert "清除以后不能恢复" in seat.text
        await seat.press("n", "f10", "y")
        assert "旧备份删去" in seat.text
        assert "清除后" in seat.text
        assert "手动" not in seat.text
    assert earlier_lookups() == []
    with open_register(str(filled)) as register, register.reading() as tx:
        assert past_keeping(tx) == ()
        query = "SELECT count(*) FROM cases WHERE applicant = '已按保存期限清除'"
        assert tx.connection.exec_driver_sql(query).scalar_one() > 0
