"""The register's file: guarded, private, opened or refused in one sentence, never half written."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy.exc import IntegrityError

from db import engine
from db.cases import read_case
from db.engine import PRAGMAS
from db.errors import BadValue, RegisterError, Unreadable
from db.handling import add_organ, log_event, new_case
from db.history import Event
from db.lookup import find_cases
from db.opening import default_path, exists, locate, open_register, sqlite_path
from db.register import Register
from db.schema import HEAD
from db.verify import verify
from db.vocabulary import ApplicantKind, EventKind

K = EventKind
POSIX = pytest.mark.skipif(os.name == "nt", reason="Windows keeps its own rights")


def receipt(subject: str = "某事") -> Event:
    return Event(
        K.RECEIVED,
        date(2026, 3, 2),
        applicant="张三",
        applicant_kind=ApplicantKind.NATURAL_PERSON,
        subject=subject,
    )


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """A register that hardly waits for a lock."""
    monkeypatch.setattr(engine, "BUSY_SECONDS", 0.05)
    quick = [(name, "50" if name == "busy_timeout" else value) for name, value in PRAGMAS]
    monkeypatch.setattr(engine, "PRAGMAS", tuple(quick))


def said(location: str | Path, *, create: bool = False) -> str:
    """What opening it says."""
    with pytest.raises(RegisterError) as caught:
        open_register(str(location), create=create).close()
    sentence = str(caught.value)
    assert sentence.endswith("。")
    assert "\n" not in sentence
    return sentence


# --- guarded by the database itself


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
            "journal_mode": "wal",
            "foreign_keys": "1",
            "synchronous": "2",
            "busy_timeout": "5000",
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
        "personal FROM events",
        "UPDATE cases SET outcome = '3.1'",
    ],
)
def test_the_database_refuses_to_forget(register: Register, statement: str) -> None:
    new_case(register, receipt())
    with pytest.raises(IntegrityError), register.writing() as connection:
        connection.exec_driver_sql(statement)
    with sqlite3.connect(register.path) as anyone:
        assert anyone.execute("SELECT count(*) FROM events").fetchone() == (1,)
    anyone.close()
    assert verify(register).ok


def test_other_programs_are_held_to_it_as_well(register: Register) -> None:
    new_case(register, receipt())
    anyone = sqlite3.connect(register.path)
    with pytest.raises(sqlite3.IntegrityError, match="append-only"):
        anyone.execute("DELETE FROM events")
    anyone.close()


@pytest.mark.parametrize("step", ["log", "new"])
def test_event_and_projection_stand_or_fall_together(
    register: Register, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    if step == "log":
        new_case(register, receipt())
    before = dump(register.path)

    def fail(*_: object) -> None:
        raise MemoryError

    if step == "log":  # between the event and the row
        monkeypatch.setattr("db.handling.project", fail)
        with pytest.raises(MemoryError):
            log_event(register, "2026-0001", Event(K.DECIDED, date(2026, 3, 9), outcome="3.1"))
    else:  # between the row and the event
        monkeypatch.setattr("db.handling.pack", fail)
        with pytest.raises(MemoryError):
            new_case(register, receipt())
    assert dump(register.path) == before
    assert verify(register).ok


def dump(path: Path) -> list[str]:
    connection = sqlite3.connect(path)
    try:
        return list(connection.iterdump())
    finally:
        connection.close()


def test_verify_finds_what_was_tampered_with(register: Register) -> None:
    new_case(register, receipt())
    new_case(register, receipt())
    anyone = sqlite3.connect(register.path)
    anyone.execute("UPDATE cases SET due_on = '2026-12-31' WHERE id = 1")
    anyone.execute("DROP TRIGGER events_no_update")
    anyone.execute("UPDATE events SET facts = '{' WHERE case_id = 2")
    anyone.commit()
    anyone.close()
    wrong, lost = verify(register).problems
    assert "2026-0001 的 due_on" in wrong
    assert "2026-0002 的办理记录无法重演" in lost


# --- private


@POSIX
def test_the_file_is_private(tmp_path: Path) -> None:
    path = tmp_path / "a" / "数据" / "register.db"
    with open_register(str(path), create=True) as register:
        new_case(register, receipt())
        modes = {
            name: stat.S_IMODE((path.parent / name).stat().st_mode)
            for name in os.listdir(path.parent)
        }
        assert set(modes) == {"register.db", "register.db-wal", "register.db-shm"}
        assert set(modes.values()) == {0o600}
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


@POSIX
def test_an_empty_file_becomes_private(tmp_path: Path) -> None:
    path = tmp_path / "register.db"
    path.touch(0o644)
    assert not exists(str(path))
    open_register(str(path), create=True).close()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


# --- where it is


def test_which_register_is_meant(monkeypatch: pytest.MonkeyPatch) -> None:
    assert locate(None) == str(default_path())
    assert default_path().name == "register.db"
    monkeypatch.setenv("TAIZHANG_DB", "env.db")
    assert (locate(None), locate("given.db")) == ("env.db", "given.db")


@pytest.mark.parametrize(
    ("location", "path"),
    [
        ("a.db", "a.db"),
        ("sqlite:///a.db", "a.db"),
        ("sqlite:////tmp/台账.db", "/tmp/台账.db"),
        ("sqlite+pysqlite:///a.db", "a.db"),
    ],
)
def test_paths_and_urls(location: str, path: str) -> None:
    assert sqlite_path(location) == Path(path)


@pytest.mark.parametrize(
    "location",
    [
        "postgresql://u:secret@host/db",
        "mysql+pymysql://host/db",
        "sqlite://",
        "sqlite:///:memory:",
        "://x",
        "http://example.com/a.db",
    ],
)
def test_urls_that_are_no_register(location: str) -> None:
    with pytest.raises(BadValue, match=r"(?i)sqlite") as caught:
        open_register(location)
    assert "secret" not in str(caught.value)


def test_a_url_opens_the_same_file(register: Register) -> None:
    new_case(register, receipt())
    with open_register(f"sqlite:///{register.path}") as again:
        assert find_cases(again, "").total == 1


# --- what cannot be opened


def test_no_file(tmp_path: Path) -> None:
    assert "没有找到登记簿" in said(tmp_path / "none.db")
    assert "没有找到登记簿" in said(tmp_path / "no" / "folder.db")
    assert list(tmp_path.iterdir()) == []


def test_a_folder(tmp_path: Path) -> None:
    for create in (False, True):
        assert "是一个文件夹" in said(tmp_path, create=create)


def test_a_path_through_a_file(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    assert "登记簿" in said(tmp_path / "file" / "a.db", create=True)
    assert "登记簿" in said(tmp_path / ("长" * 300), create=True)


def other_database(path: Path) -> None:
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE cases (x)")
    connection.commit()
    connection.close()


def foreign_alembic(path: Path) -> None:
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE alembic_version (version_num)")
    connection.execute("INSERT INTO alembic_version VALUES ('0000abcd')")
    connection.execute("CREATE TABLE users (x)")
    connection.commit()
    connection.close()


@pytest.mark.parametrize(
    ("make", "sentence"),
    [
        (lambda path: path.write_text("收到日期,申请人\n" * 99), "不是登记簿文件"),
        (lambda path: path.write_bytes(b"SQLite format 3\0" + bytes(range(200)) * 20), "登记簿"),
        (other_database, "不是登记簿"),
        (foreign_alembic, "不是登记簿"),
    ],
    ids=["text", "garbage", "another database", "another program's"],
)
def test_a_file_of_another_kind_is_left_alone(tmp_path: Path, make: object, sentence: str) -> None:
    path = tmp_path / "a.db"
    make(path)  # type: ignore[operator]
    before = path.read_bytes()
    for create in (False, True):
        assert sentence in said(path, create=create)
    assert path.read_bytes() == before


def test_a_newer_schema(register: Register) -> None:
    register.close()
    anyone = sqlite3.connect(register.path)
    anyone.execute("UPDATE alembic_version SET version_num = '9999'")
    anyone.commit()
    anyone.close()
    before = dump(register.path)
    assert "更新版本" in said(register.path)
    assert dump(register.path) == before
    assert HEAD < "9999"


@POSIX
@pytest.mark.skipif(hasattr(os, "geteuid") and os.geteuid() == 0, reason="root may write")
def test_a_read_only_file(register: Register) -> None:
    new_case(register, receipt())
    register.close()
    register.path.chmod(0o400)
    register.path.parent.chmod(0o500)
    try:
        with open_register(str(register.path)) as opened, pytest.raises(Unreadable):
            new_case(opened, receipt())
    except Unreadable as fault:
        assert "权限" in str(fault)  # noqa: PT017 - either place may refuse
    finally:
        register.path.parent.chmod(0o700)


def test_sqlite_saying_read_only(register: Register) -> None:
    with register.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA query_only = 1")
    with pytest.raises(Unreadable, match="只读"):
        new_case(register, receipt())


@pytest.fixture
def locked(impatient: None, register: Register) -> Iterator[Register]:
    """A register another program is writing to."""
    other = sqlite3.connect(register.path, isolation_level=None)
    with open_register(str(register.path)) as hurried:
        other.execute("BEGIN IMMEDIATE")
        other.execute("INSERT INTO organs (name) VALUES ('别的程序')")
        yield hurried
    other.execute("ROLLBACK")
    other.close()


def test_a_register_another_program_writes_to(locked: Register) -> None:
    with pytest.raises(Unreadable, match="正被别的程序占用"):
        new_case(locked, receipt())
    with pytest.raises(Unreadable, match="正被别的程序占用"):
        add_organ(locked, "甲局")
    assert locked.organ_names() == ()  # reading goes on meanwhile
    with open_register(str(locked.path)) as second:  # so does opening
        assert find_cases(second, "").total == 0


def test_a_writer_holds_the_register_from_its_first_look(
    impatient: None, register: Register
) -> None:
    """Else two programs could read the same next number."""
    with open_register(str(register.path)) as other:
        with register.writing(), pytest.raises(Unreadable, match="占用"):
            new_case(other, receipt())
        assert new_case(other, receipt()).number == "2026-0001"


def filled(register: Register) -> bytes:
    """The file of a register with cases in it, closed: its log has gone back into it."""
    for n in range(40):
        new_case(register, receipt(f"{n}" * 3000))
    register.close()
    return register.path.read_bytes()


@pytest.mark.parametrize("kept", [0.1, 0.5, 0.9])
def test_a_truncated_file(register: Register, kept: float) -> None:
    """SQLite would read zeros past the end, and call them dates and names."""
    whole = filled(register)
    register.path.write_bytes(whole[: int(len(whole) * kept)])
    assert "损坏" in said(register.path)
    assert register.path.read_bytes() == whole[: int(len(whole) * kept)]


def test_a_damaged_page(register: Register) -> None:
    whole = bytearray(filled(register))
    for start in range(4096, len(whole), 4096):
        whole[start : start + 200] = b"\xa5" * 200
    register.path.write_bytes(whole)
    with pytest.raises(Unreadable, match="损坏"):
        open_register(str(register.path)).close()
    assert register.path.read_bytes() == whole


def test_half_a_character_is_said(register: Register) -> None:
    with pytest.raises(BadValue, match="无法识别的字符"):
        read_case(register, "\udcff")


# --- what was acknowledged is kept

_KILLED = """
import os, signal, sys
from datetime import date
from db.handling import log_event, new_case
from db.history import Event
from db.opening import open_register
from db.register import Register
from db.vocabulary import ApplicantKind, EventKind
with open_register(sys.argv[1]) as register:
    case = new_case(register, Event(EventKind.RECEIVED, date(2026, 3, 2), applicant="张三",
        applicant_kind=ApplicantKind.NATURAL_PERSON, subject="某事"))
    log_event(register, case.number, Event(EventKind.DECIDED, date(2026, 3, 9), outcome="3.1"))
    with register.writing() as connection:
        connection.exec_driver_sql("INSERT INTO organs (name) VALUES ('没有确认的')")
        print(case.number, flush=True)
        os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no SIGKILL here")
def test_an_acknowledged_entry_survives_the_death_of_the_program(register: Register) -> None:
    killed = subprocess.run(
        [sys.executable, "-c", _KILLED, str(register.path)],
        capture_output=True,
        check=False,
        cwd=Path(__file__).parent.parent,
    )
    assert (killed.returncode, killed.stdout) == (-signal.SIGKILL, b"2026-0001\n")
    with open_register(str(register.path)) as opened:
        (case,) = find_cases(opened, "").cases
        assert (case.number, case.outcome) == ("2026-0001", "3.1")
        assert opened.organ_names() == ("本机关",)
        assert verify(opened).ok


def test_two_programs_number_their_cases_apart(register: Register) -> None:
    with open_register(str(register.path)) as other:
        numbers = [new_case(one, receipt()).number for one in (register, other) * 3]
    assert numbers == [f"2026-{n:04d}" for n in range(1, 7)]


def test_a_copy_alone_is_the_whole_register(register: Register, tmp_path: Path) -> None:
    """Closed, the register is one file: its log has gone back into it."""
    new_case(register, receipt())
    register.close()
    copy = tmp_path / "elsewhere.db"
    shutil.copy(register.path, copy)
    with open_register(str(copy)) as opened:
        assert find_cases(opened, "").total == 1
