"""What was entered is kept: guarded by the database itself, whole or not at all."""

from __future__ import annotations

import shutil
import signal
import sqlite3
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy.exc import IntegrityError

from db.law.event import Event
from db.storage.register import Register
from db.storage.sqlite import PRAGMAS
from db.words.vocabulary import EventKind
from tests.support.at_once import find_cases, log_event, open_register, organ_names, verify
from tests.support.paths import ROOT
from tests.support.steps import dump, receive

K = EventKind
DAY = "2026-03-02"


def test_every_connection_has_its_pragmas(register: Register) -> None:
    connections = [register.engine.connect() for _ in range(4)]
    try:
        assert len({id(c.connection.dbapi_connection) for c in connections}) == 4
        for connection in connections:
            told = {
                name: str(connection.exec_driver_sql(f"PRAGMA {name}").scalar())
                for name, _ in PRAGMAS
            }
            assert told == dict(PRAGMAS)
        assert dict(PRAGMAS) == {
            "trusted_schema": "0",
            "cell_size_check": "1",
            "journal_mode": "wal",
            "foreign_keys": "1",
            "synchronous": "2",
            "busy_timeout": "30000",
        }
    finally:
        for connection in connections:
            connection.close()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE events SET occurred_on = '2026-03-03'",
        "UPDATE events SET facts = '{}' WHERE id = 1",
        "DELETE FROM events",
        "DELETE FROM cases",
        "UPDATE cases SET number = '2026-0009'",
        "UPDATE cases SET id = 9",
        "INSERT OR REPLACE INTO events SELECT * FROM events",
        "INSERT OR REPLACE INTO cases SELECT * FROM cases",
        "INSERT INTO events SELECT 99, 99, kind, occurred_on, recorded_at, recorded_by, facts, "
        "personal, salt, recorded_from FROM events",
        "UPDATE events SET personal = '{\"erased\":\"' || hex(zeroblob(32)) || '\"}', salt = ''",
        "UPDATE chain SET digest = zeroblob(32)",
        "DELETE FROM chain",
        "INSERT OR REPLACE INTO chain SELECT * FROM chain",
        "UPDATE organs SET name = '别处'",
        "DELETE FROM organs",
        "UPDATE cases SET outcome = '3.1'",
    ],
)
def test_the_database_refuses_to_forget(register: Register, statement: str) -> None:
    receive(register, DAY)
    with pytest.raises(IntegrityError), register.writing() as tx:
        tx.connection.exec_driver_sql(statement)
    with sqlite3.connect(register.path) as anyone:
        assert anyone.execute("SELECT count(*) FROM events").fetchone() == (1,)
    anyone.close()
    assert verify(register).ok


def test_other_programs_are_held_to_it_as_well(register: Register) -> None:
    receive(register, DAY)
    anyone = sqlite3.connect(register.path)
    with pytest.raises(sqlite3.IntegrityError, match="append-only"):
        anyone.execute("DELETE FROM events")
    anyone.close()


@pytest.mark.parametrize("step", ["log", "new"])
def test_event_and_projection_stand_or_fall_together(
    register: Register, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    if step == "log":
        receive(register, DAY)
    before = dump(register.path)

    def fail(*_: object) -> None:
        raise MemoryError

    if step == "log":  # between the event and the row
        monkeypatch.setattr("db.cases.registering.projected", fail)
        with pytest.raises(MemoryError):
            log_event(register, "2026-0001", Event(K.DECIDED, date(2026, 3, 9), outcome="3.1"))
    else:  # between the row and the event
        monkeypatch.setattr("db.cases.event_log.pack", fail)
        with pytest.raises(MemoryError):
            receive(register, DAY)
    assert dump(register.path) == before
    assert verify(register).ok


_KILLED = """
import os, signal, sys
from datetime import date
from db.law.event import Event
from db.words.vocabulary import ApplicantKind, EventKind
from tests.support.at_once import log_event, new_case, open_register
with open_register(sys.argv[1]) as register:
    case = new_case(register, Event(EventKind.RECEIVED, date(2026, 3, 2), applicant="张三",
        applicant_kind=ApplicantKind.NATURAL_PERSON, subject="某事"))
    log_event(register, case.number, Event(EventKind.DECIDED, date(2026, 3, 9), outcome="3.1"))
    with register.writing() as tx:
        tx.connection.exec_driver_sql("INSERT INTO organs (name) VALUES ('没有确认的')")
        print(case.number, flush=True)
        os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no SIGKILL here")
def test_an_acknowledged_entry_survives_the_death_of_the_program(register: Register) -> None:
    killed = subprocess.run(
        [sys.executable, "-c", _KILLED, str(register.path)],
        capture_output=True,
        check=False,
        cwd=ROOT,
    )
    assert (killed.returncode, killed.stdout) == (-signal.SIGKILL, b"2026-0001\n")
    with open_register(str(register.path)) as opened:
        (case,) = find_cases(opened, "").cases
        assert (case.number, case.outcome) == ("2026-0001", "3.1")
        assert organ_names(opened) == ("本机关",)
        assert verify(opened).ok


def test_two_programs_number_their_cases_apart(register: Register) -> None:
    with open_register(str(register.path)) as other:
        numbers = [receive(one, DAY).number for one in (register, other) * 3]
    assert numbers == [f"2026-{n:04d}" for n in range(1, 7)]


def test_a_copy_alone_is_the_whole_register(register: Register, tmp_path: Path) -> None:
    """Closed, the register is one file: its log has gone back into it."""
    receive(register, DAY)
    register.close()
    copy = tmp_path / "elsewhere.db"
    shutil.copy(register.path, copy)
    with open_register(str(copy)) as opened:
        assert find_cases(opened, "").total == 1
