"""The invented register: the same every time, and with everything in it."""

from __future__ import annotations

import sqlite3
from datetime import date
from pathlib import Path

import pytest

from db.disputes.dispute import Block, Result
from db.errors import RegisterError
from db.storage.register import Register
from db.storage.schema import events
from db.words.outcomes import OUTCOME_BY_CODE
from db.words.vocabulary import ApplicantKind, Channel, EventKind, State
from tests.support.at_once import (
    every_case,
    find_cases,
    list_disputes,
    make_demo,
    open_register,
    verify,
    year_report,
    year_table,
    years_with_cases,
)
from tests.support.examples import often

EVERYTHING_BUT_SALT = ", ".join(
    name for name in (column.name for column in events.columns) if name != "salt"
)


def stored(path: Path) -> list[tuple[object, ...]]:
    connection = sqlite3.connect(path)
    try:
        return [
            row
            for table, columns in (("cases", "*"), ("events", EVERYTHING_BUT_SALT))
            for row in connection.execute(f"SELECT {columns} FROM {table} ORDER BY id")
        ]
    finally:
        connection.close()


@pytest.mark.parametrize("seed", often((1, 2, 3), 1))
@pytest.mark.parametrize(
    "today", often(["2026-01-01", "2026-03-10", "2025-07-05", "2025-12-31"], 2)
)
def test_everything_occurs(
    register: Register, monkeypatch: pytest.MonkeyPatch, seed: int, today: str
) -> None:
    monkeypatch.setenv("TAIZHANG_TODAY", today)
    assert make_demo(register, seed=seed) == 300
    cases = list(every_case(register))
    standings = [case.standing for case in cases]
    assert {standing.state for standing in standings} == set(State)
    assert {standing.outcome for standing in standings} - {None} == set(OUTCOME_BY_CODE)
    assert {case.received.applicant_kind for case in cases} == set(ApplicantKind)
    assert {case.received.channel for case in cases} == set(Channel)
    kinds = {event.kind for case in cases for event in case.history}
    assert kinds >= set(EventKind) - {
        EventKind.ASSIGNED,
        EventKind.REDECIDED,
        EventKind.ATTACHED,
        EventKind.NOTE,
        EventKind.CORRECTED,
    }
    assert any(standing.provisional for standing in standings)
    assert any(case.clock.overdue and not case.standing.state.ended for case in cases)
    assert any(case.clock.overdue and case.standing.state.ended for case in cases)
    assert any(s.concluded_on and s.concluded_on.year > s.received_on.year for s in standings)
    disputes = list_disputes(register)
    assert {dispute.block for dispute in disputes} == set(Block)
    assert {dispute.result for dispute in disputes} >= {Result.UPHELD, Result.PENDING}
    years = years_with_cases(register)
    assert len(years) >= 2  # three, once the newest year has begun
    assert verify(register).problems == ()
    for year in years:
        assert year_report(register, year).wrong == ()
    assert any(year_table(register, year).row("2").cells[-1] for year in years)


def test_the_same_seed_and_day_give_the_same_cases(tmp_path: Path) -> None:
    paths = [tmp_path / name for name in ("a.db", "b.db", "c.db")]
    for path, seed in zip(paths, (7, 7, 8), strict=True):
        with open_register(str(path), create=True) as register:
            make_demo(register, 80, seed)
    first, again, other = map(stored, paths)
    assert first == again != other


@pytest.mark.parametrize("count", [0, 1, 7])
def test_small_ones(register: Register, count: int) -> None:
    assert make_demo(register, count) == count
    assert find_cases(register, "").total == count
    assert verify(register).ok


def test_only_an_empty_register_is_filled(register: Register) -> None:
    make_demo(register, 1)
    with pytest.raises(RegisterError, match="只写进空的登记簿"):
        make_demo(register, 1)
    assert find_cases(register, "").total == 1


def test_nothing_lies_in_the_future(register: Register) -> None:
    make_demo(register, 120)
    for case in every_case(register):
        assert all(event.on <= date(2026, 3, 10) for event in case.history)
        assert [event.on for event in case.history] == sorted(event.on for event in case.history)
