"""A log left beside the file by a crash: taken in if it is the file's own, else named."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from db.errors import Unreadable
from db.storage import inspection
from db.storage.location import index_of, log_of
from db.storage.register import Register
from db.storage.resting import empty_log
from tests.support.at_once import find_cases, open_register, verify
from tests.support.paths import ROOT
from tests.support.steps import receive

DAY = "2026-03-02"


@pytest.fixture
def never_resting(register: Register, monkeypatch: pytest.MonkeyPatch) -> Register:
    """A register whose program is killed before it rests."""
    monkeypatch.setattr(register.store, "written", lambda: None)
    return register


def crashed(register: Register, path: Path) -> Path:
    """The files of an open register, as its program's end leaves them."""
    for file in (register.path, log_of(register.path), index_of(register.path)):
        shutil.copy(file, path.with_name(file.name.replace(register.path.name, path.name)))
    assert log_of(path).stat().st_size
    return path


def fill(register: Register, cases: int) -> None:
    for n in range(cases):
        receive(register, DAY, subject=f"{n}" * 300)


@pytest.fixture
def older(never_resting: Register, tmp_path: Path) -> Path:
    """A good copy of the register, with a few of its cases."""
    fill(never_resting, 6)
    copy = tmp_path / "copy.db"
    with (
        closing(sqlite3.connect(never_resting.path)) as source,
        closing(sqlite3.connect(copy)) as target,
    ):
        source.backup(target)
    fill(never_resting, 12)
    assert empty_log(never_resting.engine)
    return copy


def test_the_log_of_a_crash_is_taken_in(never_resting: Register, tmp_path: Path) -> None:
    fill(never_resting, 3)
    path = crashed(never_resting, tmp_path / "crashed.db")
    with open_register(str(path)) as again:
        assert find_cases(again, "").total == 3
        assert verify(again).ok
    assert not log_of(path).exists()


def test_a_copy_put_back_beside_an_older_log_is_not_called_damaged(
    never_resting: Register, older: Path, tmp_path: Path
) -> None:
    fill(never_resting, 2)
    path = crashed(never_resting, tmp_path / "crashed.db")
    shutil.copy(older, path)
    before = path.read_bytes(), log_of(path).read_bytes()
    with pytest.raises(Unreadable, match=r"本身完好.*crashed.db-wal.*移到别处") as caught:
        open_register(str(path)).close()
    assert "损坏" not in str(caught.value)
    assert (path.read_bytes(), log_of(path).read_bytes()) == before
    log_of(path).rename(tmp_path / "aside-wal")
    index_of(path).rename(tmp_path / "aside-shm")
    with open_register(str(path)) as again:
        assert find_cases(again, "").total == 6
        assert verify(again).ok


@pytest.mark.parametrize("spoil", ["zeroed", "flipped", "another page size"])
def test_a_log_that_cannot_be_read_is_named(
    never_resting: Register, tmp_path: Path, spoil: str
) -> None:
    fill(never_resting, 3)
    path = crashed(never_resting, tmp_path / "crashed.db")
    log = bytearray(log_of(path).read_bytes())
    if spoil == "zeroed":
        log[:] = bytes(len(log))
    elif spoil == "flipped":
        log[17] ^= 1
    else:
        log[8:12] = (1024).to_bytes(4, "big")
    log_of(path).write_bytes(log)
    with pytest.raises(Unreadable, match="本身完好"):
        open_register(str(path)).close()
    assert log_of(path).read_bytes() == log


_HOLDING = """
import sys
from tests.support.at_once import open_register
from tests.support.steps import receive
with open_register(sys.argv[1]) as register:
    register.store.written = lambda: None
    receive(register, "2026-03-02")
    print("holds", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def held(register: Register) -> Iterator[Path]:
    """A register that another program has open, with an entry in its log."""
    register.close()
    with subprocess.Popen(
        [sys.executable, "-c", _HOLDING, str(register.path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=ROOT,
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == b"holds\n"
        yield register.path
        other.communicate()


@pytest.mark.skipif(sys.platform == "win32", reason="asked of POSIX locks")
def test_a_log_in_use_is_not_examined(held: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who has it open knows that it is right, and reading all of it takes long."""

    def examined(path: Path) -> None:
        raise AssertionError(path)

    monkeypatch.setattr(inspection, "_refuse_wrong_log", examined)
    assert log_of(held).stat().st_size
    with open_register(str(held)) as again:
        assert find_cases(again, "").total == 1
