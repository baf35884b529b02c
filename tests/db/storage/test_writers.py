"""Many writers, one after another: they wait, they say so, and readers see whole states."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator

import pytest

from db.errors import Unreadable
from db.law.event import Event
from db.storage import sqlite
from db.storage.register import Register
from db.words.vocabulary import EventKind
from tests.support.at_once import find_cases, log_event, open_register, verify, year_report
from tests.support.steps import receive

DAY = "2026-03-02"


@pytest.fixture
def other(register: Register, monkeypatch: pytest.MonkeyPatch) -> Iterator[sqlite3.Connection]:
    """Another program, which is writing; who waits says so at once."""
    monkeypatch.setattr(sqlite, "TELLS_EVERY", 0)
    connection = sqlite3.connect(register.path, isolation_level=None, check_same_thread=False)
    connection.execute("BEGIN IMMEDIATE")
    yield connection
    connection.close()


def test_a_writer_waits_and_says_so(register: Register, other: sqlite3.Connection) -> None:
    heard: list[str] = []

    def told(doing: str) -> None:
        heard.append(doing)
        if len(heard) == 3:
            other.execute("ROLLBACK")

    register.told = told
    assert receive(register, DAY).number == "2026-0001"
    assert heard == ["登记簿正被别的程序写入，正在等候"] * 3


def test_what_hears_of_the_wait_can_end_it(register: Register, other: sqlite3.Connection) -> None:
    def told(doing: str) -> None:
        raise Unreadable("不等了。")

    register.told = told
    with pytest.raises(Unreadable, match="不等了"):
        receive(register, DAY)
    other.execute("ROLLBACK")
    register.told = lambda doing: None
    assert receive(register, DAY).number == "2026-0001"


def test_who_has_waited_long_asks_more_often(monkeypatch: pytest.MonkeyPatch) -> None:
    """And who has met others lately lets them ask first."""
    moments, slept = [0.0], []

    def sleep(seconds: float) -> None:
        slept.append(seconds)
        moments[0] += seconds

    monkeypatch.setattr(sqlite.time, "monotonic", lambda: moments[0])
    monkeypatch.setattr(sqlite.time, "sleep", sleep)
    tries = iter([False] * 200 + [True, True])
    monkeypatch.setattr(sqlite, "_begun", lambda driver: next(tries))
    queue = sqlite._Queue(lambda: None)
    with sqlite3.connect(":memory:") as driver:
        queue.begin(driver)
        assert len(slept) == 200
        assert min(slept[:5]) > 3 * max(slept[-5:])
        queue.begin(driver)
        assert len(slept) == 201
        assert slept[200] >= sqlite.ASKS_EVERY
    driver.close()


def test_reports_beside_a_writer_are_never_torn(register: Register) -> None:
    """Every count of a report is of one state: its own checks would fail otherwise."""
    receive(register, DAY)
    stopped = threading.Event()
    written: list[str] = []

    def write() -> None:
        with open_register(str(register.path)) as own:
            while not stopped.is_set():
                number = receive(own, DAY).number
                log_event(
                    own, number, Event(EventKind.DECIDED, register.clock.today(), outcome="3.1")
                )
                written.append(number)

    writer = threading.Thread(target=write)
    writer.start()
    try:
        reports = [year_report(register, 2026) for _ in range(40)]
    finally:
        stopped.set()
        writer.join()
    assert [report.wrong for report in reports] == [()] * 40
    assert len({str(report.table) for report in reports}) > 1
    assert find_cases(register, "").total == len(written) + 1
    assert verify(register).ok
