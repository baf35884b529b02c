"""What the environment says of place, day and clerk."""

from __future__ import annotations

from datetime import date

import pytest

from db.errors import BadValue
from tui.cli import environment


@pytest.mark.parametrize("text", ["昨天", "2024-3-5", "20240230", "2024-03-05T08:00"])
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
