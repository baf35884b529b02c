"""Copies are whole or not there, made when there is something new, and never push good ones out."""

from __future__ import annotations

import os
import sqlite3
import sys
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from db.errors import Unreadable
from db.maintenance.backups import (
    back_up,
    copy_at_closing,
    copy_of_the_day,
    list_copies,
    make_copy,
)
from db.maintenance.copy_check import check_file
from db.maintenance.second_folder import choose_second_folder, second_folder
from db.storage.chain import head
from db.storage.location import copies_folder
from db.storage.register import Register
from tests.support.at_once import new_case, open_register
from tests.support.cases import received
from tests.support.killed import said_by

NOW = datetime(2026, 3, 10, 9, 30).astimezone()
LATER = NOW + timedelta(days=1)


@pytest.fixture
def path(register: Register) -> Path:
    """A closed register with a case of today."""
    new_case(register, received(date(2026, 3, 9), "王芳", "征地批复"))
    register.close()
    return register.path


def tampered(path: Path) -> Path:
    """A register whose row no longer says what its history does."""
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE cases SET subject = '别的内容'")
    connection.close()
    return path


def names(folder: Path) -> list[str]:
    return sorted(one.name for one in folder.iterdir())


def test_a_copy_is_one_proved_file_that_says_what_it_is(register: Register) -> None:
    new_case(register, received(date(2026, 3, 9), "王芳", "征地批复"))
    with register.reading() as tx:
        end = head(tx.connection)
    copy = back_up(register, "asked")
    assert names(copies_folder(register.path)) == [copy.name]
    assert copy.name.startswith("register-2026")
    assert f"-{end.records:07d}-{end.digest[:12]}-" in copy.name
    assert copy.stat().st_mode & 0o777 == 0o600
    assert copy.parent.stat().st_mode & 0o777 == 0o700
    assert copy.read_bytes()[18:20] == b"\1\1"  # no log will come up beside it
    checked = check_file(copy, NOW)
    assert (checked.cases, checked.problems) == (1, ())
    assert names(copies_folder(register.path)) == [copy.name]


def test_a_copy_into_another_folder_leaves_its_own_alone(path: Path, tmp_path: Path) -> None:
    for second in range(5):
        make_copy(path, "asked", NOW + timedelta(seconds=second), folder=tmp_path / "usb")
    assert len(names(tmp_path / "usb")) == 5
    assert not copies_folder(path).exists()


def test_a_long_name_can_be_copied(path: Path) -> None:
    long = path.rename(path.with_name("登" * 80 + ".db"))
    made = make_copy(long, "before-import", NOW)
    assert [one.path for one in list_copies(long)] == [made.path]


def test_what_a_killed_copy_left_goes_at_the_next_start(path: Path) -> None:
    gone = said_by("-c", "import os; print(os.getpid())").strip()
    machine = _temporary_of_ours(path)[len(".taizhang-") :][:6]
    folder = copies_folder(path)
    for process in (gone, str(os.getpid())):
        for where in (folder, path.parent):
            (where / f".taizhang-{machine}-{process}-00000000.tmp.db").write_bytes(b"x")
    (folder / f".taizhang-{machine}-{gone}-00000000.tmp.db-wal").write_bytes(b"x")
    open_register(str(path)).close()
    for where in (folder, path.parent):
        (left,) = where.glob(".taizhang-*")
        assert str(os.getpid()) in left.name  # it may still be writing


def _temporary_of_ours(path: Path) -> str:
    from db.maintenance.unfinished import unfinished

    copies_folder(path).mkdir()
    with unfinished(copies_folder(path)) as temporary:
        return temporary.name


def test_what_a_killed_copy_elsewhere_left_goes_at_the_next_start(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The note beside the register says where it is; a medium that is away is waited for."""
    from db.maintenance.unfinished import sweep, unfinished

    usb, away = tmp_path / "usb", tmp_path / "away"
    usb.mkdir()
    with unfinished(usb, path.parent) as temporary, monkeypatch.context() as patch:
        open_register(str(path)).close()
        assert temporary.exists()  # its process lives
        patch.setattr("db.maintenance.unfinished._runs", lambda _: False)
        usb.rename(away)
        sweep(path.parent)
        assert list(path.parent.glob(".taizhang-*.note"))
        away.rename(usb)
        open_register(str(path)).close()
        assert list(usb.iterdir()) == []
        assert list(path.parent.glob(".taizhang-*")) == []


def test_a_copy_elsewhere_leaves_no_note(path: Path, tmp_path: Path) -> None:
    make_copy(path, "asked", NOW, folder=tmp_path / "usb")
    assert list(path.parent.glob(".taizhang-*")) == []


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL there")
def test_whenever_it_is_killed_nothing_broken_has_a_copys_name(path: Path, tmp_path: Path) -> None:
    folder = tmp_path / "killed"
    folder.mkdir()
    path.rename(folder / "register.db")
    kills, faults = said_by("-m", "tests.support.killed", "backup", str(folder)).split("\n", 1)
    assert int(kills) > 5
    assert faults.strip() == ""


def test_a_register_that_does_not_verify_is_copied_apart(path: Path) -> None:
    good = [make_copy(path, "asked", NOW + timedelta(seconds=n)).path for n in range(3)]
    made = make_copy(tampered(path), "daily", LATER)
    assert made.path.name.endswith("-daily-有误.db")
    assert "没有通过核对" in made.warning
    assert "申请内容" in made.warning
    assert [copy.whole for copy in list_copies(path)] == [False, True, True, True]
    for n in range(5):
        make_copy(path, "asked", LATER + timedelta(seconds=n + 1))
    assert set(good) <= {copy.path for copy in list_copies(path)}


def test_one_that_sqlite_finds_damaged_is_refused_and_copied_apart(register: Register) -> None:
    for n in range(40):
        new_case(register, received(date(2026, 3, 9), f"申请人{n}", "征地批复" * 50))
    register.close()
    content = bytearray(register.path.read_bytes())
    root = _root_page(register.path, "cases_by_receipt")
    content[root * 4096 + 8 : root * 4096 + 40] = b"\xff" * 32
    register.path.write_bytes(content)
    with pytest.raises(Unreadable, match="没有通过完整性检查"):
        back_up(register, "before-import")
    (copy,) = list_copies(register.path)
    assert not copy.whole


def _root_page(path: Path, index: str) -> int:
    connection = sqlite3.connect(path)
    query = "SELECT rootpage FROM sqlite_master WHERE name = ?"
    (page,) = connection.execute(query, (index,)).fetchone()
    connection.close()
    return int(page) - 1


def test_a_copy_that_was_cut_or_does_not_hold_what_it_says_is_not_whole(path: Path) -> None:
    cut = make_copy(path, "asked", NOW).path
    other = make_copy(path, "asked", LATER).path
    cut.write_bytes(cut.read_bytes()[:-4096])
    other.rename(other.with_name(other.name.replace("-000000", "-000001")))
    assert [copy.whole for copy in list_copies(path)] == [False, False]


def test_the_days_copy_is_made_once_and_only_of_something_new(path: Path) -> None:
    assert copy_of_the_day(path, NOW) is None  # all of it was recorded today
    made = copy_of_the_day(path, LATER)
    assert made is not None
    assert made.path.name.endswith("-daily.db")
    assert copy_of_the_day(path, LATER) is None
    assert copy_of_the_day(path, LATER + timedelta(days=1)) is None  # nothing new


def test_the_closing_copy_is_made_only_when_something_was_recorded(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert copy_at_closing(path, NOW) is not None
    assert copy_at_closing(path, NOW) is None
    with open_register(str(path)) as register:
        new_case(register, received(date(2026, 3, 10), "李明", "预算"))
    assert copy_at_closing(path, NOW) is not None


def test_another_register_under_the_same_name_thins_only_its_own(
    path: Path, empty_register_file: Path
) -> None:
    kept = make_copy(path, "asked", NOW).path
    path.write_bytes(empty_register_file.read_bytes())
    with open_register(str(path)) as register:
        new_case(register, received(date(2026, 3, 10), "李明", "预算"))
    for second in range(1, 6):
        make_copy(path, "asked", NOW + timedelta(seconds=second))
    assert kept.exists()
    assert len(list_copies(path)) == 1 + 3


def test_the_second_folder_is_kept_in_step(path: Path, tmp_path: Path) -> None:
    share, copies = tmp_path / "share", copies_folder(path)
    share.mkdir()
    first = make_copy(path, "asked", NOW).path
    choose_second_folder(copies, path, share, NOW)
    assert (share / first.name).read_bytes() == first.read_bytes()
    assert (share / first.name).stat().st_mode & 0o777 == 0o600
    for second in range(1, 6):
        make_copy(path, "asked", NOW + timedelta(seconds=second))
    assert {one.name for one in share.glob("*.db")} == {one.name for one in copies.glob("*.db")}


def test_a_second_folder_that_is_away_is_noticed_after_three_days(
    path: Path, tmp_path: Path
) -> None:
    share, copies = tmp_path / "share", copies_folder(path)
    share.mkdir()
    choose_second_folder(copies, path, share, NOW)
    share.rename(tmp_path / "away")
    share.mkdir()  # the empty mount point
    for days, told in ((1, False), (2, False), (3, True)):
        now = NOW + timedelta(days=days)
        make_copy(path, "asked", now)
        second = second_folder(copies, path)
        assert second is not None
        assert second.long_absent(now) is told
    assert list(share.iterdir()) == []
    share.rmdir()
    (tmp_path / "away").rename(share)
    copy_of_the_day(path, NOW + timedelta(days=4))
    second = second_folder(copies, path)
    assert second is not None
    assert not second.long_absent(NOW + timedelta(days=4))
    assert len(list(share.glob("*.db"))) == len(list_copies(path))
