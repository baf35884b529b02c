"""What stands at a register's place and is none: one sentence, and nothing is touched."""

from __future__ import annotations

import os
import socket
import sqlite3
import stat
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from db.errors import RegisterError
from db.storage.file_faults import plain_sentences
from db.storage.location import LONGEST_NAME, sqlite_path
from db.storage.register import Register
from tests.support.at_once import find_cases, open_register
from tests.support.steps import receive

DAY = "2026-03-02"
POSIX = pytest.mark.skipif(os.name == "nt", reason="POSIX files only")


def said(location: object, *, create: bool = False) -> str:
    """What opening it says."""
    with pytest.raises(RegisterError) as caught:
        open_register(str(location), create=create).close()
    sentence = str(caught.value)
    assert sentence.endswith("。")
    assert "\n" not in sentence
    return sentence


def database(path: Path, *statements: str) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for statement in statements:
            connection.execute(statement)


def empty_database(path: Path) -> None:
    database(path, "CREATE TABLE t (x)", "DROP TABLE t", "VACUUM")


def copy_without_log(path: Path) -> None:
    """As an older program left an open register's file: all it holds stands in the log."""
    database(path, "PRAGMA journal_mode = wal")
    assert path.stat().st_size == 4096


def foreign(path: Path) -> None:
    database(path, "CREATE TABLE cases (x)", "INSERT INTO cases VALUES (1)")


def foreign_with_log(path: Path) -> None:
    database(path, "PRAGMA journal_mode = wal", "CREATE TABLE users (x)")


def foreign_in_log(path: Path) -> None:
    """Another program's, killed before its log went into the file."""
    source = path.with_name("source.db")
    with closing(sqlite3.connect(source, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode = wal")
        connection.execute("CREATE TABLE users (x)")
        path.write_bytes(source.read_bytes())
        log = path.with_name(f"{path.name}-wal")
        log.write_bytes(source.with_name("source.db-wal").read_bytes())
        assert log.stat().st_size
    source.unlink()


def without_version(path: Path) -> None:
    database(path, *(f"CREATE TABLE {name} (x)" for name in ("organs", "cases", "events")))


@pytest.mark.parametrize("create", [False, True])
@pytest.mark.parametrize(
    ("make", "sentence"),
    [
        (lambda path: path.write_bytes(b"x"), "不是登记簿文件"),
        (empty_database, "空的数据库"),
        (copy_without_log, "漏了同名的 -wal"),
        (foreign, "是数据库，但不是登记簿"),
        (foreign_with_log, "是数据库，但不是登记簿"),
        (foreign_in_log, "是数据库，但不是登记簿"),
        (without_version, "版本记录"),
    ],
)
def test_what_is_no_register_is_left_alone(
    tmp_path: Path, make: Callable[[Path], object], sentence: str, create: bool
) -> None:
    path = tmp_path / "a.db"
    make(path)
    before = {p.name: (p.read_bytes(), p.stat().st_mtime_ns) for p in tmp_path.iterdir()}
    assert sentence in said(path, create=create)
    after = {p.name: (p.read_bytes(), p.stat().st_mtime_ns) for p in tmp_path.iterdir()}
    after.pop("a.db-shm", None)  # which SQLite makes to read a log
    assert after == before


def test_an_empty_file_is_said_and_may_become_a_register(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    path.touch()
    assert "是空文件" in said(path)
    assert path.stat().st_size == 0
    open_register(str(path), create=True).close()
    with open_register(str(path)) as register:
        assert find_cases(register, "").total == 0


@pytest.mark.parametrize(
    ("location", "sentence"),
    [
        (":memory:", "不是文件"),
        ("./:memory:", "不是文件"),
        ("~nobody-of-this-name/r.db", "没有用户 ~nobody-of-this-name"),
        ("sqlite:///a%00b.db", "不是文件"),
        ("长" * 100, "文件名太长"),
        ("a" * (LONGEST_NAME + 1), "文件名太长"),
        pytest.param("/".join(["d" * 50] * 11), "路径太长", marks=POSIX),
        pytest.param("/".join(["d" * 300, "r.db"]), "名称太长", marks=POSIX),
        pytest.param("\udcff.db", "无法识别的字符", marks=POSIX),
    ],
)
@pytest.mark.parametrize("create", [False, True])
def test_a_location_that_names_no_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, location: str, sentence: str, create: bool
) -> None:
    monkeypatch.chdir(tmp_path)
    assert sentence in said(location, create=create)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["a" * LONGEST_NAME, "账" * 80])
def test_a_long_name_works(tmp_path: Path, name: str) -> None:
    with open_register(str(tmp_path / name), create=True) as register:
        receive(register, DAY)
        assert find_cases(register, "").total == 1


@POSIX
def test_a_pipe_and_a_socket(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)  # a socket's path must be short
    os.mkfifo("pipe")
    with closing(socket.socket(socket.AF_UNIX)) as listening:
        listening.bind("socket")
        for name in ("pipe", "socket"):
            for create in (False, True):
                assert "不是普通文件" in said(name, create=create)


@POSIX
def test_a_link_leads_to_the_register(tmp_path: Path, register: Register) -> None:
    receive(register, DAY)
    register.close()
    (tmp_path / "desk").mkdir()
    link = tmp_path / "desk" / "link.db"
    link.symlink_to(register.path)
    with open_register(str(link)) as linked:
        receive(linked, DAY)
        assert linked.path == register.path
        assert list(link.parent.iterdir()) == [link]
    assert link.is_symlink()
    with open_register(str(register.path)) as again:
        assert find_cases(again, "").total == 2


@POSIX
def test_a_link_to_nothing(tmp_path: Path) -> None:
    link, target = tmp_path / "link.db", tmp_path / "target.db"
    link.symlink_to(target)
    assert "没有找到登记簿" in said(link)
    open_register(str(link), create=True).close()
    assert link.is_symlink()
    assert target.stat().st_size
    circle = tmp_path / "circle.db"
    circle.symlink_to(circle)
    assert "循环的链接" in said(circle, create=True)
    with pytest.raises(RegisterError, match="循环的链接"):
        sqlite_path(str(circle))  # which all ask, also who never opens it


@pytest.mark.parametrize("name", ["SQLITE_FULL", "SQLITE_IOERR_SHMSIZE", "SQLITE_IOERR_WRITE"])
def test_a_full_disk_is_said_whatever_is_written_first(tmp_path: Path, name: str) -> None:
    fault = sqlite3.OperationalError("disk I/O error")
    fault.sqlite_errorname = name
    with pytest.raises(RegisterError, match=r"已满.*请腾出空间再试"), plain_sentences(tmp_path):
        raise fault


@POSIX
def test_new_folders_are_private_whatever_the_mask(tmp_path: Path) -> None:
    path = tmp_path / "a" / "b" / "r.db"
    mask = os.umask(0)
    try:
        with open_register(str(path), create=True) as register:
            receive(register, DAY)
            files = {stat.S_IMODE(file.stat().st_mode) for file in path.parent.iterdir()}
    finally:
        os.umask(mask)
    assert files == {0o600}
    assert {stat.S_IMODE(folder.stat().st_mode) for folder in list(path.parents)[:2]} == {0o700}


@POSIX
def test_what_others_could_read_is_closed_to_them_and_said(register: Register) -> None:
    receive(register, DAY)
    copies = register.path.parent / "backups"
    copies.mkdir()
    copy = copies / f"{register.path.stem}-20260302.db"
    strange = copies / "strange.db"
    for file in (register.path, register.path.with_name("register.db-wal"), copy, strange):
        file.touch()
        file.chmod(0o644)
    with open_register(str(register.path)) as again:
        (remark,) = again.remarks
    assert remark == (f"别人原来能读到 {register.path} 等3个文件；现已改为只有本人可读（0600）。")
    assert {stat.S_IMODE(file.stat().st_mode) for file in (register.path, copy)} == {0o600}
    assert stat.S_IMODE(strange.stat().st_mode) == 0o644
    with open_register(str(register.path)) as again:
        assert again.remarks == ()
