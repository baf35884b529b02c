"""Hearing of what others write: all of it, nothing of one's own, and in nobody's way."""

from __future__ import annotations

import contextlib
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from db.storage import following_file
from db.storage.following_file import FileFollowing
from db.storage.port import Place
from db.storage.register import Register
from db.storage.resting import empty_log
from db.storage.settings import keep_setting
from tests.support.at_once import open_register
from tests.support.steps import receive


class Desk:
    """A register that is followed; it looks when it is told to."""

    def __init__(self, register: Register) -> None:
        self.register = register
        self.heard = 0
        register.following.start(self.hear)
        self.look()

    def hear(self) -> None:
        self.heard += 1

    def look(self) -> int:
        """How often it has heard of others since the last look."""
        assert isinstance(self.register.following, FileFollowing)
        self.register.following.look()
        heard, self.heard = self.heard, 0
        return heard


@pytest.fixture
def desk(register: Register, monkeypatch: pytest.MonkeyPatch) -> Desk:
    monkeypatch.setattr(following_file, "SECONDS", 3600)
    return Desk(register)


@pytest.fixture
def other(register: Register) -> Iterator[Register]:
    with open_register(str(register.path)) as opened:
        yield opened


def test_what_another_writes_is_heard_once(desk: Desk, other: Register) -> None:
    assert desk.look() == 0
    receive(other, "2026-03-02")
    assert desk.look() == 1
    assert desk.look() == 0


def test_what_one_writes_oneself_is_no_news(desk: Desk) -> None:
    for _ in range(3):
        receive(desk.register, "2026-03-02")
    assert desk.look() == 0
    receive(desk.register, "2026-03-02")
    assert desk.look() == 0


@pytest.mark.parametrize("order", ["another first", "another last", "another between"])
def test_what_another_writes_beside_ones_own_is_heard(
    desk: Desk, other: Register, order: str
) -> None:
    if order != "another first":
        receive(desk.register, "2026-03-02")
    receive(other, "2026-03-02")
    if order != "another last":
        receive(desk.register, "2026-03-02")
    assert desk.look() == 1
    receive(desk.register, "2026-03-02")
    assert desk.look() == 0


def test_a_look_between_announcing_and_keeping_an_entry(
    desk: Desk, other: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The entry is announced, and only then kept: it is no news when it is."""
    real, heard = FileFollowing.writes, list[int]()

    def writes(one: FileFollowing, before: Place, after: Place) -> None:
        real(one, before, after)
        heard.append(desk.look())

    monkeypatch.setattr(FileFollowing, "writes", writes)
    receive(desk.register, "2026-03-02")
    receive(other, "2026-03-02")
    receive(desk.register, "2026-03-02")
    assert heard == [0, 1]
    assert desk.look() == 0


def test_an_entry_that_is_not_kept_hides_nothing(desk: Desk, other: Register) -> None:
    with contextlib.suppress(ZeroDivisionError), desk.register.writing() as tx:
        keep_setting(tx, "name", "value")
        raise ZeroDivisionError
    receive(other, "2026-03-02")
    assert desk.look() == 1


def test_emptying_the_log_is_no_news_and_nobody_hinders_it(desk: Desk, other: Register) -> None:
    receive(desk.register, "2026-03-02")
    desk.look()
    assert empty_log(other.engine)
    log = desk.register.path.with_name(desk.register.path.name + "-wal")
    assert log.stat().st_size == 0
    assert desk.look() == 0
    receive(other, "2026-03-02")
    assert desk.look() == 1


def test_a_register_in_use_is_looked_at_again(desk: Desk, other: Register) -> None:
    receive(other, "2026-03-02")
    other.close()
    following_it = desk.register.following
    assert isinstance(following_it, FileFollowing)
    following_it._let_go()
    held = FileFollowing(Path("/nowhere/register.db"))
    held.look()  # nothing there, nothing told
    assert desk.look() == 1


def test_it_looks_by_itself_and_ends_with_the_register(
    register: Register, other: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(following_file, "SECONDS", 0.01)
    heard = threading.Event()
    looked = threading.Event()
    look = FileFollowing.look

    def told(one: FileFollowing) -> None:
        look(one)
        looked.set()

    monkeypatch.setattr(FileFollowing, "look", told)
    register.following.start(heard.set)
    assert looked.wait(10)
    receive(other, "2026-03-02")
    assert heard.wait(10)
    register.close()
    assert "following" not in {thread.name for thread in threading.enumerate()}
    with closing(sqlite3.connect(register.path)) as alone:
        assert not register.following.active
        alone.execute("PRAGMA wal_checkpoint(TRUNCATE)")
