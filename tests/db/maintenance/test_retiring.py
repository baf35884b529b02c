"""An erasure that a killed program left is done to the end at the next start, copies and all."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

import db.maintenance.retiring
from db.maintenance.backups import list_copies, make_copy
from db.maintenance.copy_names import erasing_note
from db.maintenance.retiring import retire
from db.storage.location import copies_folder
from db.storage.register import Register
from db.storage.register_file import RegisterFile
from tests.support.at_once import open_register, verify
from tests.support.steps import receive

NOW = datetime(2026, 3, 10, 9, 30).astimezone()
NAME = "司马相如"


class Killed(BaseException):
    """As far as it got."""


@pytest.fixture
def path(register: Register) -> Path:
    receive(register, "2015-03-02", applicant=NAME)
    make_copy(register.path, "asked", NOW)
    return register.path


def killed_at(monkeypatch: pytest.MonkeyPatch, register: Register, step: str) -> None:
    def killed(*_: Any) -> None:
        raise Killed

    with monkeypatch.context() as patch:
        owner: Any = RegisterFile if step == "rewrite" else db.maintenance.retiring
        patch.setattr(owner, step, killed)
        with pytest.raises(Killed):
            retire(register, [1])
    register.close()


def holding(folder: Path) -> list[Path]:
    return [
        path for path in folder.rglob("*") if path.is_file() and NAME.encode() in path.read_bytes()
    ]


@pytest.mark.parametrize("step", ["rewrite", "make_copy", "copies_of_before"])
def test_what_a_killed_erasure_left_is_done_at_the_next_start(
    register: Register, path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    killed_at(monkeypatch, register, step)
    assert holding(path.parent)
    monkeypatch.setattr("db.maintenance.unfinished._runs", lambda _: False)
    with open_register(str(path)) as again:
        assert verify(again).problems == ()
        assert again.remarks == ("上次清除个人信息中断，现已做完：此前的 1 份备份已删去。",)
    assert holding(path.parent) == []
    assert list_copies(path)[0].whole
    assert not erasing_note(path).exists()
    with open_register(str(path)) as again:
        assert again.remarks == ()


def test_one_that_has_erased_nothing_leaves_the_copies(
    register: Register, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    killed_at(monkeypatch, register, "erase_cases")
    monkeypatch.setattr("db.maintenance.unfinished._runs", lambda _: False)
    with open_register(str(path)) as again:
        assert again.remarks == ()
    assert len(holding(copies_folder(path))) == 1
    assert not erasing_note(path).exists()


def test_one_that_is_at_work_is_left_to_it(
    register: Register, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    killed_at(monkeypatch, register, "rewrite")
    open_register(str(path)).close()
    assert erasing_note(path).exists()
    assert len(holding(copies_folder(path))) == 1


def test_a_second_one_does_not_forget_the_first(
    register: Register, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    killed_at(monkeypatch, register, "rewrite")
    with open_register(str(path)) as again:
        killed_at(monkeypatch, again, "erase_cases")
    monkeypatch.setattr("db.maintenance.unfinished._runs", lambda _: False)
    open_register(str(path)).close()
    assert holding(path.parent) == []


def test_what_cannot_be_done_now_is_told_of_and_done_later(
    register: Register, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    killed_at(monkeypatch, register, "rewrite")
    monkeypatch.setattr("db.maintenance.unfinished._runs", lambda _: False)
    copies = copies_folder(path)
    with monkeypatch.context() as patch:
        patch.setattr("db.maintenance.backups.check_file", _full_disk)
        with open_register(str(path)) as again:
            (said,) = again.remarks
    assert "没有做完" in said
    assert "磁盘已满" in said
    assert len(holding(copies)) == 1
    open_register(str(path)).close()
    assert holding(path.parent) == []


def _full_disk(*_: object) -> None:
    raise OSError(28, "no room")


def test_what_was_kept_of_a_damaged_register_goes_with_its_log(
    register: Register, path: Path
) -> None:
    kept = copies_folder(path) / (
        "register-20260301-093000-0000000-000000000000-000000-before-restore-有误.db"
    )
    for side in ("", "-wal"):
        kept.with_name(kept.name + side).write_text(NAME)
    assert retire(register, [1]).removed == 2
    register.close()
    assert holding(path.parent) == []
