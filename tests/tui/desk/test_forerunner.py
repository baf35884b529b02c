"""The process that looks into the register while the desk is being loaded."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

import pytest

if not Path("/proc/self/stat").exists():
    pytest.skip("processes are looked for as Linux shows them", allow_module_level=True)

from tests.support.paths import ROOT
from tests.support.terminal import PATIENCE, Terminal, terminal
from tui.desk import forerunner
from tui.desk.forerunner import send_ahead

if forerunner.cores() < 2:
    pytest.skip("a single core has no forerunner", allow_module_level=True)

HELD = str(ROOT / "tests" / "support" / "held_open.py")


def processes(seat: Terminal) -> list[int]:
    """Those of the program's session that run."""
    found = []
    for entry in Path("/proc").iterdir():
        try:
            state, _, _, session = (entry / "stat").read_text().rpartition(")")[2].split()[:4]
        except (OSError, ValueError):
            continue
        if int(session) == seat.process.pid and state != "Z":
            found.append(int(entry.name))
    return found


def all_end(seat: Terminal) -> None:
    until = time.monotonic() + PATIENCE
    while processes(seat):
        assert time.monotonic() < until, processes(seat)


@pytest.fixture
def gate(tmp_path: Path) -> Path:
    path = tmp_path / "gate"
    os.mkfifo(path)
    return path


def test_page_and_lookup_are_answered_before_the_register_is_open(filled: Path, gate: Path) -> None:
    """And keys for what has been found wait until it is: then they are obeyed."""
    with terminal(filled, program=(HELD, str(gate), "answers")) as seat:
        seat.shows("青川县人民政府办公室", "已超期", "记录链")
        seat.press("/", "旧城改造")
        seat.shows("陈静", "找到 1")
        assert len(processes(seat)) == 2
        seat.press("enter", "enter")
        gate.write_bytes(b"")
        seat.shows("申请方式", "旧城改造项目施工合同和竣工验收报告")
        assert processes(seat) == [seat.process.pid]
        seat.press("ctrl+q")
        assert seat.ended() == 0
    all_end(seat)


def test_it_ends_with_a_desk_that_is_killed(filled: Path, gate: Path) -> None:
    with terminal(filled, program=(HELD, str(gate), "answers")) as seat:
        seat.shows("已超期")
        assert len(processes(seat)) == 2
        seat.process.kill()
        seat.process.wait()
        all_end(seat)


@pytest.mark.parametrize("does", ["goes", "waits"])
def test_the_desk_does_without(filled: Path, gate: Path, does: str) -> None:
    with terminal(filled, program=(HELD, str(gate), does)) as seat:
        seat.shows("正在打开登记簿")
        gate.write_bytes(b"")
        seat.shows("已超期", "记录链")
        assert processes(seat) == [seat.process.pid]
        seat.press("ctrl+q")
        assert seat.ended() == 0


def test_none_is_sent_where_it_would_only_take_turns_with_the_desk(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True, raising=False)
    monkeypatch.setattr(forerunner, "cores", lambda: 1)
    monkeypatch.setattr(os, "fork", lambda: pytest.fail("forked"))
    assert send_ahead(lambda: pytest.fail("asked")) is None


def test_where_no_more_processes_are_allowed_the_desk_does_without(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def refuse() -> int:
        raise BlockingIOError("Resource temporarily unavailable")

    monkeypatch.setattr(sys.stdin, "isatty", lambda: True, raising=False)
    monkeypatch.setattr(forerunner, "cores", lambda: 2)
    monkeypatch.setattr(os, "fork", refuse)
    held = os.listdir("/proc/self/fd")
    assert send_ahead(lambda: pytest.fail("asked")) is None
    assert os.listdir("/proc/self/fd") == held
