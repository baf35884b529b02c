"""A locked desk: nothing of the case is seen, nothing behind is reached, a passphrase opens it."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

import argon2
import pytest
from argon2 import PasswordHasher

from db.cases import registering
from db.moment import Clock
from tests.support.seat import NARROW, WIDE, Holder, Seat, SeatMaker, stack_of
from tests.support.steps import SHANGHAI
from tui.actions.registry import ACTIONS
from tui.desk import lock as lock_room
from tui.desk import places
from tui.desk.lock import Lock, digest_of, keep_lock, lock_path, read_lock
from tui.desk.state import state_folder
from tui.screens.everywhere import lock_page

RIGHT = "七号楼 Kai-Men 77"
NOW = datetime(2026, 3, 10, 9, 0, tzinfo=SHANGHAI)


class HandClock(Clock):
    """A clock whose hands the test moves."""

    moment = NOW

    def now(self) -> datetime:
        return type(self).moment


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    monkeypatch.setattr(HandClock, "moment", NOW)

    def pass_by(**time: float) -> None:
        HandClock.moment += timedelta(**time)

    return pass_by


@pytest.fixture(autouse=True, scope="module")
def quickly() -> Iterator[None]:
    """What is slow on purpose is so once only (`test_a_passphrase_is_slow_to_try`)."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(argon2, "PasswordHasher", partial(PasswordHasher, 1, 8, 1))
        yield


def test_a_passphrase_is_slow_to_try(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(argon2, "PasswordHasher", PasswordHasher)
    passes, kibibytes = re.search(r"\$m=(\d+),t=(\d+)", digest_of(RIGHT)).groups()[::-1]  # type: ignore[union-attr]
    assert int(passes) >= 3
    assert int(kibibytes) >= 65536


@pytest.fixture(scope="module")
def digest(quickly: None) -> str:
    return digest_of(RIGHT)


def set_clock(seat: Seat) -> None:
    seat.app.office = seat.app.office._replace(clock=HandClock())


def locked_by(seat: Seat, digest: str, minutes: int = 0) -> None:
    """Set a lock without going through its page."""
    keep_lock(Lock(digest, minutes))
    seat.app.take_lock(read_lock())


async def unlock(seat: Seat, passphrase: str = RIGHT) -> None:
    await seat.write(passphrase)
    await seat.press("enter")


async def test_a_locked_desk_shows_nothing_and_takes_nothing(
    take_seat: SeatMaker, filled: Path, digest: str
) -> None:
    """From a case, under any key, click, place, window or error, the page is the lock alone."""
    async with take_seat(filled, WIDE) as seat:
        locked_by(seat, digest)
        await seat.press("j", "enter")
        behind, pages = seat.text, stack_of(seat.app)
        await seat.press("ctrl+l")
        await seat.golden_at("lock", WIDE, NARROW)
        await seat.resize(WIDE)
        cover = seat.text
        for key in sorted({key for action in ACTIONS for key in action.keys.split(",")}):
            if key not in ("ctrl+q", "ctrl+c"):
                await seat.press(key, "ctrl+u")
        for x, y in ((10, 3), (60, 20), (5, 39), (119, 0)):
            await seat.pilot.click(offset=(x, y))
        seat.app.go(places.Intake())
        seat.app.show_error("王芳")
        seat.app.flash("王芳")
        for act in ("palette", "help", "jump", "lock", "lock_settings", "tour"):
            await seat.app.run_action(f"app.{act}")
        await seat.settle()
        assert seat.text == cover
        assert stack_of(seat.app) == [*pages, "LockPage"]
        await unlock(seat)
        assert stack_of(seat.app)[: len(pages)] == pages
        assert "LockPage" not in stack_of(seat.app)
        assert len(stack_of(seat.app)) > len(pages)  # the form and the error have waited
        while len(stack_of(seat.app)) > len(pages):
            await seat.press("escape")
        assert seat.text.splitlines()[1:] == behind.splitlines()[1:]


@pytest.mark.parametrize("colours", ["standard", "none"])
async def test_no_cell_behind_shines_through_without_colours(
    take_seat: SeatMaker,
    filled: Path,
    digest: str,
    colours: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    if colours == "none":
        monkeypatch.setenv("NO_COLOR", "1")
    else:
        monkeypatch.setenv("TEXTUAL_COLOR_SYSTEM", colours)
    async with take_seat(filled) as seat:
        locked_by(seat, digest)
        await seat.press("ctrl+l")
        await seat.write("abc")
        text = seat.text
        assert "***" in text
        assert "abc" not in text
        assert "2026-" not in text
        top, *_, foot = text.splitlines()
        assert (top, foot) == ("", "")


async def test_keys_typed_ahead_of_the_lock_opening_go_nowhere(
    take_seat: SeatMaker, filled: Path, digest: str, hold: Holder
) -> None:
    async with take_seat(filled) as seat:
        locked_by(seat, digest)
        await seat.press("ctrl+l")
        await seat.write(RIGHT)
        slow = hold(lock_page, "try_passphrase")
        await seat.post("enter", "n")
        slow.let_go()
        await seat.settle()
        assert stack_of(seat.app)[-1] == "RegisterScreen"


async def test_wrong_passphrases_are_told_and_slowed(
    take_seat: SeatMaker, filled: Path, digest: str, clock: Callable[..., None]
) -> None:
    async with take_seat(filled) as seat:
        set_clock(seat)
        locked_by(seat, digest)
        await seat.press("ctrl+l")
        for wrong in ("七号楼", "123456"):
            await unlock(seat, wrong)
            assert "口令有误。" in seat.text
            assert wrong not in seat.text
        await unlock(seat, "x" * 8)
        assert "已连错 3 次；请在 5 秒" in seat.text
        await unlock(seat)  # right, but too early
        assert seat.app.locked
        assert "请在 5 秒后" in seat.text
        clock(seconds=3)
        seat.app.screen.tell_wait()
        assert await painted(seat, "请在 2 秒后")
        assert read_lock().wrong == 3
    async with take_seat(filled) as seat:  # leaving is no way round it
        set_clock(seat)
        assert seat.app.locked
        await unlock(seat)
        assert seat.app.locked
        clock(seconds=3)
        await unlock(seat, "ｋａｉ")
        assert "请在 10 秒后" in seat.text
        clock(days=-1)  # a clock put back makes nobody wait for a day
        seat.app.screen.tell_wait()
        assert await painted(seat, "请在 300 秒后")
        clock(days=1, seconds=10)
        await unlock(seat)
        assert not seat.app.locked
        assert read_lock() == Lock(digest)


async def painted(seat: Seat, text: str) -> bool:
    await seat.settle()
    return text in seat.text


async def test_a_desk_at_rest_locks_itself(
    take_seat: SeatMaker, filled: Path, digest: str, clock: Callable[..., None]
) -> None:
    async with take_seat(filled) as seat:
        set_clock(seat)
        locked_by(seat, digest, minutes=5)
        clock(minutes=4)
        await seat.press("j")
        seat.app.check_rest()  # somebody is at it
        clock(minutes=4, seconds=59)
        seat.app.check_rest()
        assert not seat.app.locked
        clock(seconds=1)
        seat.app.check_rest()
        await seat.settle()
        assert seat.app.locked
        assert "台账已锁定" in seat.text
        await unlock(seat)
        assert not seat.app.locked


async def test_without_minutes_only_the_key_locks(
    take_seat: SeatMaker, filled: Path, digest: str, clock: Callable[..., None]
) -> None:
    async with take_seat(filled) as seat:
        set_clock(seat)
        seat.app.check_rest()
        clock(days=2)
        seat.app.check_rest()
        assert not seat.app.locked
        locked_by(seat, digest)
        assert seat.app._watch is None


async def test_the_lock_covers_a_window_and_a_form_too(
    take_seat: SeatMaker, filled: Path, digest: str
) -> None:
    async with take_seat(filled) as seat:
        locked_by(seat, digest)
        await seat.press("n")
        await seat.write("王芳")
        await seat.press("escape")
        assert stack_of(seat.app)[-1] == "Confirm"
        await seat.press("ctrl+l", "y")
        assert stack_of(seat.app)[-1] == "LockPage"
        await seat.press("ctrl+u")
        await unlock(seat)
        assert stack_of(seat.app)[-1] == "Confirm"
        await seat.press("n")
        assert "王芳" in seat.text


async def test_a_window_that_closes_itself_leaves_the_lock_in_place(
    take_seat: SeatMaker, filled: Path, digest: str
) -> None:
    """The letters of a jump go away when the terminal changes its size, also under the lock."""
    async with take_seat(filled, WIDE) as seat:
        locked_by(seat, digest)
        await seat.press("ctrl+g", "ctrl+l")
        await seat.resize(NARROW)
        await seat.settle()
        assert stack_of(seat.app)[-1] == "LockPage"
        assert "台账已锁定" in seat.text
        await unlock(seat)
        assert stack_of(seat.app)[-1] == "RegisterScreen"


async def test_the_other_home_page_is_gone_to_once_the_lock_is_open(
    take_seat: SeatMaker, filled: Path, digest: str
) -> None:
    async with take_seat(filled) as seat:
        locked_by(seat, digest)
        await seat.press("ctrl+l")
        seat.app.go(places.Today())
        await seat.settle()
        assert stack_of(seat.app)[-1] == "LockPage"
        await unlock(seat)
        assert stack_of(seat.app)[-1] == "TodayScreen"


@pytest.mark.parametrize("key", ["ctrl+q", "ctrl+c"])
async def test_leaving_a_locked_desk_keeps_what_was_typed_and_the_lock(
    take_seat: SeatMaker, filled: Path, digest: str, key: str
) -> None:
    async with take_seat(filled) as seat:
        locked_by(seat, digest)
        await seat.press("n")
        await seat.write("王芳")
        await seat.press("ctrl+l", key)
        assert seat.app.return_code == 0
    async with take_seat(filled) as seat:
        assert seat.app.locked
        assert "台账已锁定" in seat.text
        assert "2026" not in seat.text
        await unlock(seat)
        assert "共 10 件" in seat.text
        await seat.press("n")
        assert "上次没有保存" in seat.text
        assert "王芳" in seat.text


async def test_what_is_stored_while_locked_is_not_offered_again(
    take_seat: SeatMaker, filled: Path, digest: str, hold: Holder
) -> None:
    """A form saved behind the lock leaves once it is open; if the desk is left, it is forgotten."""
    async with take_seat(filled) as seat:
        locked_by(seat, digest)
        for leaves in (False, True):
            slow = hold(registering, "new_case")
            await seat.press("n")
            await seat.fill("王小芳", "1", "某事")
            await seat.post("f10", "j", "ctrl+l")  # at once, though the form is being saved
            assert seat.app.locked
            slow.let_go()
            await seat.settle()
            assert stack_of(seat.app)[-2:] == ["IntakeScreen", "LockPage"]
            if not leaves:
                await unlock(seat)
                assert stack_of(seat.app)[-1] == "RegisterScreen"
                assert "已登记 2026-0011" in seat.text or "共 11 件" in seat.text
        await seat.press("ctrl+q")
    assert not list((state_folder() / "drafts").glob("*.json"))


async def test_the_passphrase_is_set_changed_and_taken_away(
    take_seat: SeatMaker, filled: Path
) -> None:
    async with take_seat(filled) as seat:
        await seat.press("ctrl+l")  # nothing to lock with yet
        assert stack_of(seat.app)[-1] == "LockSettingsScreen"
        await seat.golden_at("lock-settings", WIDE, NARROW)
        await seat.fill("abc", "abc", "5")
        await seat.press("f10")
        assert "至少要 6 个字符" in seat.text
        assert "请先填好新口令" in seat.text  # and not that the two differ
        await seat.press("ctrl+u")
        await seat.fill(RIGHT, "", "")
        await seat.press("f10")
        assert "两次输入的口令不一样" in seat.text
        await seat.press("ctrl+u")
        await seat.fill(RIGHT)
        await seat.press("f10")
        assert "口令已设。闲置 5 分钟自动锁定。" in seat.text
        content = lock_path().read_text(encoding="utf-8")
        assert RIGHT not in content
        assert "$argon2id$" in content
        if os.name == "posix":
            assert stat.S_IMODE(lock_path().stat().st_mode) == 0o600
        await seat.press("alt+k")
        await seat.golden_at("lock-settings-set", WIDE, NARROW)
        await seat.fill("wrong one", "", "新的口令 2027", "新的口令 2027", "")
        await seat.press("f10")
        assert "没有保存：现在的口令有误。" in seat.text
        assert read_lock().wrong == 1
        await seat.press("shift+tab", "shift+tab", "shift+tab", "shift+tab", "ctrl+u")
        await seat.write(RIGHT)
        await seat.press("f10")
        assert stack_of(seat.app)[-1] == "RegisterScreen"
        await seat.press("ctrl+l")
        await unlock(seat)
        assert seat.app.locked
        await unlock(seat, "新的口令 2027")
        assert not seat.app.locked
        await seat.press("alt+k")
        await seat.fill("新的口令 2027", "2")
        await seat.press("f10")
        assert "口令锁已去掉。" in seat.text
        assert not lock_path().exists()


async def test_a_forgotten_passphrase_costs_a_file(
    take_seat: SeatMaker, filled: Path, digest: str
) -> None:
    async with take_seat(filled) as seat:
        locked_by(seat, digest)
        await seat.press("ctrl+l")
        lock_path().unlink()
        await unlock(seat, "wrong")
        assert not lock_path().exists()
    async with take_seat(filled) as seat:
        assert not seat.app.locked
        assert "共 10 件" in seat.text


@pytest.mark.parametrize("content", ["", "[]", '{"digest": 7}', '{"digest": ""}', "\0"])
async def test_a_damaged_lock_is_told(take_seat: SeatMaker, filled: Path, content: str) -> None:
    lock_path().parent.mkdir(parents=True)
    lock_path().write_text(content, encoding="utf-8")
    async with take_seat(filled) as seat:
        assert "无法读取" in seat.text
        assert not seat.app.locked


def test_a_lock_is_read_as_it_was_kept() -> None:
    lock = Lock("$argon2id$x", 7, locked=True, wrong=4, again=NOW)
    assert keep_lock(lock)
    assert read_lock() == lock


def test_a_digest_that_is_none_opens_nothing() -> None:
    right, lock = lock_room.try_passphrase(Lock("nonsense"), RIGHT, NOW)
    assert not right
    assert lock.wrong == 1


def test_full_width_letters_are_the_same(digest: str) -> None:
    right, _ = lock_room.try_passphrase(Lock(digest), "七号楼　Ｋａｉ－Ｍｅｎ　７７", NOW)
    assert right


@pytest.mark.usefixtures("faulty")
async def test_a_fault_behind_the_lock_waits_to_be_told(
    take_seat: SeatMaker, filled: Path, digest: str
) -> None:
    async with take_seat(filled) as seat:
        locked_by(seat, digest)
        await seat.press("ctrl+l")
        cover = seat.text
        seat.app.tell_fault(ValueError("王芳"))
        await seat.settle()
        assert seat.text == cover
        await unlock(seat)
        assert "程序遇到意外" in seat.text
