"""What the environment says of place, day and clerk."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from db.errors import BadValue
from tests.support.commands import NEW, Taizhang, refused
from tui.cli import environment


@pytest.mark.parametrize(
    "text",
    [
        "昨天",
        "2024-3-5",
        "20240230",
        "2024-03-05T08:00",
        "20240305",
        "2024-W10-2",
        "0001-01-01",
        "9999-12-31",
    ],
)
def test_a_wrong_today_is_said(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setenv("TAIZHANG_TODAY", text)
    with pytest.raises(BadValue, match="TAIZHANG_TODAY"):
        environment.clock()


def test_today_is_what_is_said_else_the_machine_s(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TAIZHANG_TODAY", "2024-02-29")
    assert environment.clock().today() == date(2024, 2, 29)
    monkeypatch.setenv("TAIZHANG_TODAY", " ")
    assert environment.clock().fixed is None


def test_the_clerk_is_named_or_the_system_s_user(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TAIZHANG_CLERK", " 周敏 ")
    assert environment.clerk() == "周敏"
    monkeypatch.delenv("TAIZHANG_CLERK")
    assert environment.clerk()


def test_which_register_is_meant(monkeypatch: pytest.MonkeyPatch) -> None:
    assert environment.location(None) == environment.beside_the_usual("register.db")
    monkeypatch.setenv("TAIZHANG_DB", "env.db")
    assert environment.location(None) == "env.db"
    assert environment.location("given.db") == "given.db"


def test_a_clock_set_back_is_told(
    taizhang: Taizhang, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Once something is stored: it looks older than what was recorded before it."""
    ledger = tmp_path / "台账.csv"
    ledger.write_text("收到日期,申请人,申请人类型,申请内容\n2026-03-05,李四,自然人,乙\n", "utf-8")
    note = ("log", "2026-0001", "note", "--on", "3-5", "--note", "x")
    assert taizhang(*NEW, "--organ", "甲局").err == taizhang(*note).err == ""
    monkeypatch.setenv("TAIZHANG_TODAY", "2026-03-09")
    for arguments in (NEW, ("import", ledger)):
        answer = taizhang(*arguments)
        assert answer.status == 0
        assert answer.err.startswith("注意：本机时钟是 2026-03-09 ")
        assert len(answer.err.splitlines()) == 1
    monkeypatch.setenv("TAIZHANG_TODAY", "2026-03-07")
    assert taizhang("find").err == ""
    assert "还没有发生" in refused(taizhang(*note[:4], "3-8", *note[5:]), 1)
