"""What the charts show, against the year's table."""

from __future__ import annotations

import pytest

from db.storage.register import Register
from db.words.vocabulary import EventKind
from tests.support.at_once import make_demo, trends, year_table
from tests.support.steps import log, receive, set_day

K = EventKind


def test_the_charts_agree_with_the_year_s_table(register: Register) -> None:
    make_demo(register, cases=120)
    shown = trends(register)
    table = year_table(register, 2026)
    assert sum(shown.this_year) == table.row("1").cells[-1]
    assert sum(shown.last_year) == year_table(register, 2025).row("1").cells[-1]
    ended = table.row("3.7").cells[-1]
    assert shown.year == 2026
    assert sum(number for _, number in shown.outcomes) == ended
    assert sum(number for _, number in shown.used) == ended
    assert dict(shown.outcomes)["予以公开"] == table.row("3.1").cells[-1]


def test_before_anything_has_ended_last_year_is_shown(
    register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert trends(register).outcomes == ()
    assert trends(register).year == 2025
    set_day(monkeypatch, "2025-03-31")
    case = receive(register, "2025-03-03")
    log(register, case, K.DECIDED, "2025-03-10", outcome="3.2")
    cancelled = receive(register, "2025-03-04")
    log(register, cancelled, K.CANCELLED, "2025-03-05", note="重复")
    set_day(monkeypatch, "2026-01-02")
    shown = trends(register)
    assert (shown.year, shown.months, shown.outcomes) == (2025, 1, (("部分公开", 1),))
    assert shown.last_year == (0, 0, 1, *(0,) * 9)
    assert dict(shown.used)["0-5"] == 1
