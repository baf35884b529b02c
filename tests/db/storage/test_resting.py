"""The main file is the register: a copy of it alone loses nothing once writing rests."""

from __future__ import annotations

import shutil
import threading
from contextlib import ExitStack
from pathlib import Path

import pytest
from sqlalchemy import Engine

from db.storage import resting
from db.storage.location import log_of
from db.storage.register import Register
from tests.support.at_once import find_cases, open_register, verify
from tests.support.steps import receive

DAY = "2026-03-02"


def cases_in_copy(register: Register, tmp_path: Path) -> int:
    """How many cases a file manager's copy of the file has."""
    copy = tmp_path / "elsewhere" / "copy.db"
    copy.parent.mkdir(exist_ok=True)
    shutil.copy(register.path, copy)
    with open_register(str(copy)) as opened:
        assert verify(opened).ok
        return find_cases(opened, "").total


@pytest.fixture
def rested(monkeypatch: pytest.MonkeyPatch) -> threading.Event:
    """Set when the log of a register has been emptied; writing rests at once."""
    event = threading.Event()
    empties = resting.empty_log

    def empty(engine: Engine) -> bool:
        done = empties(engine)
        if done:
            event.set()
        return done

    monkeypatch.setattr(resting, "empty_log", empty)
    monkeypatch.setattr(resting, "REST_SECONDS", 0)
    monkeypatch.setattr(resting, "AGAIN_SECONDS", 0.01)
    return event


def test_a_copy_of_an_open_register_that_rests(
    rested: threading.Event, register: Register, tmp_path: Path
) -> None:
    receive(register, DAY)
    assert rested.wait(20)
    assert cases_in_copy(register, tmp_path) == 1
    assert log_of(register.path).stat().st_size == 0


def test_after_many_have_read_at_once(
    rested: threading.Event, register: Register, tmp_path: Path
) -> None:
    """None of them keeps a connection that the others want."""
    with ExitStack() as reading:
        for _ in range(14):
            reading.enter_context(register.reading())
    receive(register, DAY)
    assert rested.wait(20)
    assert cases_in_copy(register, tmp_path) == 1


def test_somebody_who_reads_on_delays_it(
    rested: threading.Event, register: Register, tmp_path: Path
) -> None:
    with register.reading() as tx:
        tx.connection.exec_driver_sql("SELECT count(*) FROM cases").scalar_one()
        receive(register, DAY)
        receive(register, DAY)
        assert not resting.empty_log(register.engine)
    assert rested.wait(20)
    assert cases_in_copy(register, tmp_path) == 2


def test_closing_it_beside_another_program_empties_the_log(
    register: Register, tmp_path: Path
) -> None:
    with open_register(str(register.path)) as other:
        receive(other, DAY)
    assert cases_in_copy(register, tmp_path) == 1


def test_a_command_that_only_reads_starts_no_thread(register: Register) -> None:
    find_cases(register, "")
    assert "resting" not in {thread.name for thread in threading.enumerate()}
    receive(register, DAY)
    assert "resting" in {thread.name for thread in threading.enumerate()}
    register.close()
    assert "resting" not in {thread.name for thread in threading.enumerate()}
