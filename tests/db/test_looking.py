"""A look into a register: only where nothing is to be done first, and nothing is done by it."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy.exc import OperationalError

from db.cases.organs import organ_names
from db.errors import RegisterError
from db.looking import look_into
from db.maintenance.copy_names import erasing_note
from db.moment import Clock
from db.storage.moved import mark_moved
from db.storage.register import Register
from tests.support.at_once import add_organ, open_register
from tests.support.old_registers import left_by

CLOCK = Clock()


@pytest.fixture
def path(empty_register_file: Path, tmp_path: Path) -> Path:
    path = Path(shutil.copy(empty_register_file, tmp_path / "register.db"))
    with open_register(str(path)) as register:
        add_organ(register, "青川县人民政府")
    return path


def test_it_reads_and_writes_nothing(path: Path) -> None:
    before = path.read_bytes(), path.stat()
    register = look_into(str(path), clock=CLOCK)
    assert register is not None
    with register, register.reading() as tx:
        assert organ_names(tx) == ("青川县人民政府",)
        with pytest.raises(OperationalError, match="readonly"):
            tx.connection.exec_driver_sql("DELETE FROM settings")
    assert (path.read_bytes(), path.stat()) == before


def mark(path: Path) -> None:
    with open_register(str(path)) as register, register.writing() as tx:
        mark_moved(tx, "postgresql://elsewhere/register")


def forget_package(path: Path) -> None:
    """As after the program has been brought up to date with newer days."""
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(
            "INSERT INTO calendar_notices (source, text, days, moved, recorded_at, recorded_by)"
            " VALUES ('chinesecalendar 0', '', '[]', '[]', '2026-01-01T00:00:00+00:00', '-')"
        )


def note_erasure(path: Path) -> None:
    note = erasing_note(path)
    note.parent.mkdir(exist_ok=True)
    note.touch()


def begin_anew(path: Path) -> None:
    path.write_bytes(b"")


def leave_a_journal(path: Path) -> None:
    path.with_name(f"{path.name}-journal").write_bytes(b"begun")


def be_of_an_older_schema(path: Path) -> None:
    path.unlink()
    left_by("0011", path)


@pytest.mark.parametrize(
    "spoil",
    [mark, forget_package, note_erasure, begin_anew, leave_a_journal, be_of_an_older_schema],
)
def test_it_leaves_what_opening_must_do_first(path: Path, spoil: Callable[[Path], None]) -> None:
    spoil(path)
    assert look_into(str(path), clock=CLOCK) is None


def test_it_leaves_servers_alone() -> None:
    assert look_into("postgresql://nowhere.invalid/register", clock=CLOCK) is None


def test_it_does_not_wait_for_a_register_that_another_program_keeps(path: Path) -> None:
    register = look_into(str(path), clock=CLOCK)
    assert register is not None
    with register, register.reading() as tx:
        assert tx.connection.exec_driver_sql("PRAGMA busy_timeout").scalar() == 0
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA locking_mode = EXCLUSIVE")
        connection.execute("BEGIN EXCLUSIVE")
        with pytest.raises((RegisterError, OperationalError)):
            look_into(str(path), clock=CLOCK)


def test_what_others_write_meanwhile_is_seen(path: Path) -> None:
    register = look_into(str(path), clock=CLOCK)
    assert isinstance(register, Register)
    with register:
        with open_register(str(path)) as other:
            add_organ(other, "青川县财政局")
        with register.reading() as tx:
            assert "青川县财政局" in organ_names(tx)
