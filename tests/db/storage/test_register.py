"""The register's file: private, found, opened, or refused in one sentence."""

from __future__ import annotations

import errno
import os
import sqlite3
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from db.errors import BadValue, RegisterError, Unreadable
from db.storage import sqlite
from db.storage.location import exists, sqlite_path
from db.storage.register import Register
from db.storage.schema import HEAD
from db.storage.sqlite import PRAGMAS
from tests.support.at_once import add_organ, find_cases, open_register, organ_names, read_case
from tests.support.steps import dump, receive

DAY = "2026-03-02"


POSIX = pytest.mark.skipif(os.name == "nt", reason="Windows keeps its own rights")


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """A register that hardly waits for a lock."""
    monkeypatch.setattr(sqlite, "BUSY_SECONDS", 0.05)
    quick = [(name, "50" if name == "busy_timeout" else value) for name, value in PRAGMAS]
    monkeypatch.setattr(sqlite, "PRAGMAS", tuple(quick))


def said(location: str | Path, *, create: bool = False) -> str:
    """What opening it says."""
    with pytest.raises(RegisterError) as caught:
        open_register(str(location), create=create).close()
    sentence = str(caught.value)
    assert sentence.endswith("。")
    assert "\n" not in sentence
    return sentence


@POSIX
def test_the_file_is_private(tmp_path: Path) -> None:
    path = tmp_path / "a" / "数据" / "register.db"
    with open_register(str(path), create=True) as register:
        receive(register, DAY)
        modes = {
            name: stat.S_IMODE((path.parent / name).stat().st_mode)
            for name in os.listdir(path.parent)
        }
        assert set(modes) == {"register.db", "register.db-wal", "register.db-shm"}
        assert set(modes.values()) == {0o600}
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


@pytest.mark.parametrize("name", [None, "年报.xlsx"])
def test_what_fails_beside_the_register_is_not_its_fault(
    register: Register, name: str | None
) -> None:
    """A closed pipe or another file's full disk, while a transaction is open, stays what it is."""
    fault = OSError(
        errno.EPIPE, "Broken pipe", str(register.path.with_name(name)) if name else None
    )
    for transaction in (register.reading, register.writing):
        with pytest.raises(BrokenPipeError), transaction():
            raise fault


@pytest.mark.parametrize("name", ["register.db", "register.db-wal", "."])
def test_a_file_of_the_register_is_named(register: Register, name: str) -> None:
    fault = OSError(errno.EIO, "Input/output error", str(register.path.parent / name))
    with pytest.raises(Unreadable, match="无法使用：磁盘读写出错。"), register.reading():
        raise fault


@POSIX
def test_an_empty_file_becomes_private(tmp_path: Path) -> None:
    path = tmp_path / "register.db"
    path.touch(0o644)
    assert not exists(str(path))
    open_register(str(path), create=True).close()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


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
        "mysql+pymysql://host/db",
        "sqlite://",
        "sqlite:///:memory:",
        "://x",
        "http://example.com/a.db",
    ],
)
def test_urls_that_are_no_register(location: str) -> None:
    with pytest.raises(BadValue, match=r"(?i)sqlite"):
        open_register(location)


def test_a_url_opens_the_same_file(register: Register) -> None:
    receive(register, DAY)
    with open_register(f"sqlite:///{register.path}") as again:
        assert find_cases(again, "").total == 1


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
    receive(register, DAY)
    register.close()
    register.path.chmod(0o400)
    register.path.parent.chmod(0o500)
    try:
        with open_register(str(register.path)) as opened, pytest.raises(Unreadable):
            receive(opened, DAY)
    except Unreadable as fault:
        assert "权限" in str(fault)  # noqa: PT017 - either place may refuse
    finally:
        register.path.parent.chmod(0o700)


def test_sqlite_saying_read_only(register: Register) -> None:
    with register.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA query_only = 1")
    with pytest.raises(Unreadable, match="只读"):
        receive(register, DAY)


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
        receive(locked, DAY)
    with pytest.raises(Unreadable, match="正被别的程序占用"):
        add_organ(locked, "甲局")
    assert organ_names(locked) == ()  # reading goes on meanwhile
    with open_register(str(locked.path)) as second:  # so does opening
        assert find_cases(second, "").total == 0


def test_a_writer_holds_the_register_from_its_first_look(
    impatient: None, register: Register
) -> None:
    """Else two programs could read the same next number."""
    with open_register(str(register.path)) as other:
        with register.writing(), pytest.raises(Unreadable, match="占用"):
            receive(other, DAY)
        assert receive(other, DAY).number == "2026-0001"


def filled(register: Register) -> bytes:
    """The file of a register with cases in it, closed: its log has gone back into it."""
    for n in range(5):
        receive(register, DAY, subject=f"{n}" * 500)
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
