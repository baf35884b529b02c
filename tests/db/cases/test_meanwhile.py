"""Two hands on one case: what somebody else has recorded since is not stored over."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from db.cases.case_file import CaseFile
from db.cases.correcting import correct_event
from db.cases.many import record_many
from db.cases.meanwhile import CaseChanged, CasesChanged
from db.cases.registering import log_event
from db.law.event import Event
from db.storage.register import Register
from db.storage.transaction import Transaction
from db.words.vocabulary import EventKind, State
from tests.support.at_once import open_register, read_case, verify
from tests.support.steps import dump, log, receive

K = EventKind
ON = date(2026, 3, 10)
ANSWER = Event(K.DECIDED, ON, outcome="3.1")

Entry = Callable[[Transaction, CaseFile, int | None], CaseFile]


def answered(tx: Transaction, case: CaseFile, seen: int | None) -> CaseFile:
    return log_event(tx, case.number, ANSWER, seen=seen)


def filled_in(tx: Transaction, case: CaseFile, seen: int | None) -> CaseFile:
    told = {"phone": "13900000001"}
    return correct_event(tx, case.number, case.received.id, None, changes=told, seen=seen)


def corrected(tx: Transaction, case: CaseFile, seen: int | None) -> CaseFile:
    told = {"applicant": "别人"}
    return correct_event(tx, case.number, case.received.id, "笔误", changes=told, seen=seen)


def voided(tx: Transaction, case: CaseFile, seen: int | None) -> CaseFile:
    return correct_event(tx, case.number, case.version, "撤销上一步", void=True, seen=seen)


ENTRIES: list[Entry] = [answered, filled_in, corrected, voided]


@pytest.fixture
def case(register: Register) -> CaseFile:
    first = receive(register, "2026-03-02")
    return log(register, first, K.ASSIGNED, "2026-03-03", unit="法规科")


def by_another(register: Register, case: CaseFile, kind: EventKind, **facts: Any) -> CaseFile:
    with open_register(str(register.path)) as other:
        other.clerk = "张三"
        return log(other, case, kind, "2026-03-10", **facts)


@pytest.mark.parametrize("entry", ENTRIES)
def test_an_entry_on_a_case_changed_meanwhile_is_not_stored(
    register: Register, case: CaseFile, entry: Entry
) -> None:
    now = by_another(register, case, K.EXTENDED, days=20, approver="主任")
    before = dump(register.path)
    with (
        pytest.raises(CaseChanged, match="2026-0001 已由张三更新") as told,
        register.writing() as tx,
    ):
        entry(tx, case, case.version)
    assert dump(register.path) == before
    news = told.value
    assert news.version == now.version
    assert [one.event.kind for one in news.new] == [K.EXTENDED]
    assert news.before.standing.due_on == case.standing.due_on
    assert news.now.standing.due_on == now.standing.due_on != case.standing.due_on
    assert news.refusal == ""
    with register.writing() as tx:
        entry(tx, case, news.version)
    assert verify(register).ok


@pytest.mark.parametrize("entry", ENTRIES)
def test_on_the_case_as_it_was_seen_it_is_stored(
    register: Register, case: CaseFile, entry: Entry
) -> None:
    with register.writing() as tx:
        stored = entry(tx, case, case.version)
    assert stored.version > case.version == case.entries[-1].event.id
    assert read_case(register, case.number).version == stored.version


@pytest.mark.parametrize("entry", ENTRIES)
def test_whoever_names_no_version_records_what_is_told(
    register: Register, case: CaseFile, entry: Entry
) -> None:
    by_another(register, case, K.NOTE, note="来电")
    with register.writing() as tx:
        entry(tx, case, None)


def test_what_is_not_possible_any_more_says_why(register: Register, case: CaseFile) -> None:
    by_another(register, case, K.DECIDED, outcome="3.1")
    with pytest.raises(CaseChanged) as told, register.writing() as tx:
        answered(tx, case, case.version)
    assert "已于2026-03-10答复" in told.value.refusal
    assert told.value.now.standing.state is State.CONCLUDED


def test_what_somebody_else_has_filled_in_is_no_filling_in_any_more(
    register: Register, case: CaseFile
) -> None:
    with register.writing() as tx:
        filled_in(tx, case, case.version)
    told = {"phone": "13900000002"}
    with pytest.raises(CaseChanged) as news, register.writing() as tx:
        correct_event(tx, case.number, case.received.id, None, changes=told, seen=case.version)
    assert "电话已有内容" in news.value.refusal


def test_many_at_once_are_refused_where_one_has_changed(register: Register) -> None:
    cases = [receive(register, "2026-03-02") for _ in range(6)]
    seen = {case.number: case.version for case in cases}
    for case in cases[1:]:
        by_another(register, case, K.NOTE, note="来电")
    event = Event(K.ASSIGNED, ON, unit="法规科")
    before = dump(register.path)
    named = "2026-0002、2026-0003、2026-0004等 5 件 已由张三更新"
    with pytest.raises(CasesChanged, match=named), register.writing() as tx:
        record_many(tx, [(case.number, event) for case in cases], seen=seen)
    assert dump(register.path) == before
    seen = {case.number: read_case(register, case.number).version for case in cases}
    with register.writing() as tx:
        assert len(record_many(tx, [(n, event) for n in seen], seen=seen)) == 6
