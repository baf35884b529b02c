"""A copy becomes the register: what it brings is told, what was there is kept, nothing is mixed."""

from __future__ import annotations

import os
import shutil
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import pytest

from db.errors import BadValue, NotFound, Unreadable
from db.law.event import Event
from db.maintenance.backups import list_copies, make_copy
from db.maintenance.copy_check import check_file
from db.maintenance.restoring import examine, restore
from db.storage.register import Register
from db.words.vocabulary import EventKind
from tests.support.at_once import find_cases, log_event, new_case, open_register
from tests.support.cases import received
from tests.support.examples import often
from tests.support.killed import said_by
from tests.support.old_registers import make_at

NOW = datetime(2026, 3, 10, 9, 30).astimezone()


@pytest.fixture
def path(register: Register) -> Path:
    """A closed register: a case that a copy outside holds too, a step on it and a case since then."""
    number = new_case(register, received(date(2026, 3, 2), "王芳", "征地批复")).number
    made = make_copy(register.path, "asked", NOW, folder=register.path.parent / "copies")
    log_event(register, number, Event(EventKind.EXTENDED, date(2026, 3, 9), days=20, approver="张"))
    new_case(register, received(date(2026, 3, 9), "李明", "预算"))
    register.close()
    assert made.checked.cases == 1
    return register.path


@pytest.fixture
def copy(path: Path) -> Path:
    (made,) = (path.parent / "copies").iterdir()
    return made


def numbers(path: Path) -> list[str]:
    with open_register(str(path)) as register:
        return sorted(row.number for row in find_cases(register, "", limit=10).cases)


def test_it_tells_what_would_be_lost_and_what_comes_back(path: Path, copy: Path) -> None:
    there = examine(path, copy, NOW)
    assert there.present == "whole"
    assert there.lost is not None
    assert there.brought is not None
    assert there.lost.cases == ("2026-0002",)
    assert dict(there.lost.records) == {"2026-0001": 1}
    assert not there.brought
    done = restore(there, NOW)
    assert numbers(path) == ["2026-0001"]
    assert done.kept is not None
    back = examine(path, done.kept, NOW)
    assert not back.lost
    assert back.brought == there.lost
    restore(back, NOW)
    assert numbers(path) == ["2026-0001", "2026-0002"]


def test_the_result_is_one_private_file_that_verifies(path: Path, copy: Path) -> None:
    path.chmod(0o644)
    done = restore(examine(path, copy, NOW), NOW)
    assert done.checked.problems == ()
    assert sorted(one.name for one in path.parent.iterdir()) == ["backups", "copies", path.name]
    assert path.stat().st_mode & 0o777 == 0o600
    assert [one.name.reason for one in list_copies(path)] == ["before-restore"]


def _header(path: Path) -> None:
    with path.open("rb+") as file:
        file.write(b"x" * 100)
    path.with_name(f"{path.name}-wal").write_bytes(b"an old log" * 100)


def _cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-8192])


def _foreign_log(path: Path) -> None:
    """The log of the register before a copy was put back by hand."""
    old = path.with_name("old.db")
    shutil.copy(path, old)
    with open_register(str(old)) as register:
        new_case(register, received(date(2026, 3, 9), "后来人", "长" * 30_000))
        shutil.copy(f"{old}-wal", f"{path}-wal")
        path.write_bytes(path.read_bytes()[:4096] + b"\0" * (path.stat().st_size - 4096))
    old.unlink()


@pytest.mark.parametrize("damage", [_header, _cut, _foreign_log])
def test_a_damaged_register_is_kept_byte_for_byte(
    path: Path, copy: Path, damage: Callable[[Path], None]
) -> None:
    damage(path)
    was = path.read_bytes()
    log = path.with_name(f"{path.name}-wal")
    logged = log.read_bytes() if log.exists() else b""
    there = examine(path, copy, NOW)
    assert (there.present, there.lost) == ("damaged", None)
    done = restore(there, NOW)
    assert done.kept is not None
    assert done.kept.read_bytes() == was
    if logged:
        assert done.kept.with_name(f"{done.kept.name}-wal").read_bytes() == logged
    assert done.kept.stat().st_mode & 0o777 == 0o600
    assert not log.exists()
    assert numbers(path) == ["2026-0001"]


def test_a_register_that_has_gone_comes_back_without_its_old_log(path: Path, copy: Path) -> None:
    path.unlink()
    path.with_name(f"{path.name}-wal").write_bytes(b"an old log" * 100)
    assert examine(path, copy, NOW).present == "missing"
    restore(examine(path, copy, NOW), NOW)
    assert numbers(path) == ["2026-0001"]


def test_a_register_in_use_is_left_alone(path: Path, copy: Path) -> None:
    there = examine(path, copy, NOW)
    code = (
        "import sqlite3, sys\n"
        "connection = sqlite3.connect(sys.argv[1])\n"
        "connection.execute('SELECT count(*) FROM cases').fetchone()\n"
        "print(flush=True); sys.stdin.read()\n"
    )
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    with subprocess.Popen([sys.executable, "-c", code, str(path)], **pipes) as other:  # type: ignore[call-overload]
        other.stdout.readline()
        with pytest.raises(Unreadable, match="请先在各处退出台账"):
            restore(there, NOW)
        other.stdin.close()
    assert numbers(path) == ["2026-0001", "2026-0002"]


def test_a_copy_with_faults_is_refused_while_there_is_better(path: Path, copy: Path) -> None:
    with sqlite3.connect(copy) as connection:
        connection.execute("UPDATE cases SET subject = '别的内容'")
    connection.close()
    with pytest.raises(Unreadable, match="完好"):
        examine(path, copy, NOW)
    good = make_copy(path, "asked", NOW).path
    path.write_bytes(b"nothing" * 100)
    with pytest.raises(Unreadable, match=good.name):
        examine(path, copy, NOW)
    good.unlink()
    there = examine(path, copy, NOW)
    assert "申请内容" in there.checked.problems[0]
    assert restore(there, NOW).checked.problems == there.checked.problems


def test_what_is_no_copy_is_refused(path: Path, copy: Path, tmp_path: Path) -> None:
    with pytest.raises(BadValue, match="就是现在的登记簿"):
        examine(path, path, NOW)
    with pytest.raises(NotFound):
        examine(path, tmp_path / "nothing.db", NOW)
    other = tmp_path / "other.db"
    with sqlite3.connect(other) as connection:
        connection.execute("CREATE TABLE things (name)")
    connection.close()
    with pytest.raises(Unreadable, match="不是登记簿"):
        examine(path, other, NOW)
    was = other.read_bytes()
    with pytest.raises(Unreadable, match="不是登记簿"):
        examine(other, copy, NOW)
    assert other.read_bytes() == was


@pytest.mark.skipif(sys.platform == "win32", reason="no pipes in folders there")
def test_what_is_no_file_is_not_replaced(path: Path, copy: Path, tmp_path: Path) -> None:
    """A device, a pipe or a folder in the register's place stays what it is."""
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "link").symlink_to(tmp_path / "pipe")
    for place, said in (("pipe", "不是普通文件"), ("link", "不是普通文件"), ("", "文件夹")):
        with pytest.raises(Unreadable, match=said):
            examine(tmp_path / place, copy, NOW)
    assert stat.S_ISFIFO((tmp_path / "pipe").stat().st_mode)


def test_an_older_copy_is_upgraded_when_it_is_opened(path: Path, tmp_path: Path) -> None:
    old = make_at(tmp_path / "old.db", "0003")
    done = restore(examine(path, old, NOW), NOW)
    assert done.checked.version == "0003"
    assert numbers(path) == []
    assert check_file(path, NOW).problems == ()


def test_a_link_to_the_register_stays_one(path: Path, copy: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    real = path.rename(tmp_path / "elsewhere" / "real.db")
    real.write_bytes(b"nothing" * 100)
    path.symlink_to(real)
    restore(examine(path, copy, NOW), NOW)
    assert path.is_symlink()
    assert numbers(path) == ["2026-0001"]


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL there")
@pytest.mark.parametrize("present", often(["whole", "damaged"], 1))
def test_whenever_it_is_killed_the_old_or_the_new_one_stands(
    path: Path, copy: Path, tmp_path: Path, present: str
) -> None:
    folder = tmp_path / "killed"
    folder.mkdir()
    path.rename(folder / "register.db")
    copy.parent.rename(folder / "copies")
    if present == "damaged":
        _header(folder / "register.db")
    kills, faults = said_by("-m", "tests.support.killed", present, str(folder)).split("\n", 1)
    assert int(kills) > 10
    assert faults.strip() == ""
