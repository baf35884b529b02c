"""Roles: what each may do is done, what it may not is refused, with either engine alike."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from datetime import date
from itertools import product
from typing import Any

import pytest

from db.cases.bulk import store_histories
from db.cases.correcting import correct_event
from db.cases.filed_years import adds_to
from db.cases.holidays import enter_notice
from db.cases.organ_facts import add_organ, set_organ
from db.cases.organs import OrganFact
from db.cases.registering import log_event, new_case
from db.disputes.dispute import Block, Result
from db.disputes.recording import conclude_dispute, new_dispute
from db.errors import BadValue, NotAllowed
from db.law.event import Event
from db.privacy.erasing import erase_cases
from db.privacy.retention import set_keeping_years
from db.storage.chain import head
from db.storage.giving_roles import give_role
from db.storage.register import Register
from db.storage.role import named_roles
from db.storage.transaction import Transaction
from db.words.vocabulary import ApplicantKind, EventKind, Role
from db.year_end.filing import file_year
from db.year_end.narrative import Part, set_text
from db.year_end.proactive import set_figures
from tests.support.at_once import everything, find_cases, verify
from tests.support.at_once import new_dispute as dispute
from tests.support.roles import CHIEF, held_by
from tests.support.steps import CLERK, log, receive

ENGINES = ("sqlite", "postgresql")

K = EventKind
NOTICE = "国务院办公厅关于2027年部分节假日安排的通知\n一、元旦：1月1日（周五）放假，共1天。"


def _received(on: date, **facts: Any) -> Event:
    plain: dict[str, Any] = {
        "applicant": "某人",
        "applicant_kind": ApplicantKind.NATURAL_PERSON,
        "subject": "某事",
    }
    return Event(K.RECEIVED, on, **plain | facts)


def _note(tx: Transaction) -> object:
    return log_event(tx, "2025-0001", Event(K.NOTE, tx.today, note="来电"))


def _dispute(tx: Transaction) -> object:
    return new_dispute(tx, Block.REVIEW, "某市政府", date(2026, 3, 2), case="2025-0001")


def _import(tx: Transaction, on: date) -> int:
    told = [[_received(on, number="2025-0900", organ="某局")]]
    return store_histories(tx, told, 1, lambda *_: None)


def _correct(tx: Transaction) -> object:
    changes = {"applicant_kind": ApplicantKind.BUSINESS}
    return correct_event(tx, "2025-0001", 1, "录错", changes=changes)


ACTS: dict[str, tuple[Role, Callable[[Transaction], object]]] = {
    "a new case": (Role.CLERK, lambda tx: new_case(tx, _received(date(2026, 3, 2)))),
    "a note": (Role.CLERK, _note),
    "a dispute": (Role.CLERK, _dispute),
    "an import": (Role.CLERK, lambda tx: _import(tx, date(2026, 3, 2))),
    "the answer to what was carried out of a filed year": (
        Role.CLERK,
        lambda tx: log_event(tx, "2025-0002", Event(K.DECIDED, tx.today, outcome="3.1")),
    ),
    "a case of a filed year": (
        Role.SUPERVISOR,
        lambda tx: new_case(tx, _received(date(2025, 3, 3))),
    ),
    "an import into a filed year": (
        Role.SUPERVISOR,
        lambda tx: _import(tx, date(2025, 3, 3)),
    ),
    "a correction of a filed year": (Role.SUPERVISOR, _correct),
    "a cancelling in a filed year": (
        Role.SUPERVISOR,
        lambda tx: log_event(tx, "2025-0002", Event(K.CANCELLED, tx.today, note="重复")),
    ),
    "a dispute of a filed year": (
        Role.SUPERVISOR,
        lambda tx: new_dispute(tx, Block.REVIEW, "某市政府", date(2025, 12, 1), case="2025-0001"),
    ),
    "the end of a dispute in a filed year": (
        Role.SUPERVISOR,
        lambda tx: conclude_dispute(tx, 1, date(2025, 12, 30), Result.UPHELD),
    ),
    "a figure of table 2": (Role.CLERK, lambda tx: set_figures(tx, 2026, {"rules.made": "1"})),
    "a figure of a filed year": (
        Role.SUPERVISOR,
        lambda tx: set_figures(tx, 2025, {"rules.made": "1"}),
    ),
    "a text": (Role.CLERK, lambda tx: set_text(tx, 2026, Part.OVERVIEW, "本年度")),
    "a text of a filed year": (
        Role.SUPERVISOR,
        lambda tx: set_text(tx, 2025, Part.OVERVIEW, "本年度"),
    ),
    "a filing": (Role.SUPERVISOR, lambda tx: file_year(tx, 2024)),
    "a notice": (Role.SUPERVISOR, lambda tx: enter_notice(tx, NOTICE, "粘贴")),
    "an organ": (Role.SUPERVISOR, lambda tx: add_organ(tx, "另一局")),
    "a case of an organ not known": (
        Role.SUPERVISOR,
        lambda tx: new_case(tx, _received(date(2026, 3, 2), organ="第三局")),
    ),
    "a fact of an organ": (
        Role.SUPERVISOR,
        lambda tx: set_organ(tx, "某局", {OrganFact.PHONE: "0599-1234567"}),
    ),
    "the keeping period": (Role.SUPERVISOR, lambda tx: set_keeping_years(tx, 10)),
    "an erasure": (Role.SUPERVISOR, lambda tx: erase_cases(tx, [1])),
}


def _filed(register: Register) -> None:
    """A case concluded in 2025, one carried out of it, a review still running; 2025 is filed."""
    first = receive(register, "2025-11-03", organ="某局")
    receive(register, "2025-12-29", organ="某局")
    log(register, first, K.DECIDED, "2025-11-20", outcome="3.1")
    dispute(register, Block.REVIEW, "某省政府", date(2025, 12, 1), case=first.number)
    with register.writing() as tx:
        file_year(tx, 2025)


class TakenBack(Exception):
    """What has been tried is not kept."""


def _tried(held: Register, do: Callable[[Transaction], object]) -> bool:
    """Whether an act records something; it is not kept."""
    recorded = False
    with contextlib.suppress(TakenBack), held.writing() as tx:
        end = head(tx.connection)
        do(tx)
        recorded = head(tx.connection) != end
        raise TakenBack
    return recorded


@pytest.mark.parametrize("role", list(Role))
def test_each_role_does_what_it_may_and_is_refused_what_it_may_not(
    register: Register, role: Role
) -> None:
    _filed(register)
    with held_by(register, role) as held:
        before = everything(register)
        for needed, do in ACTS.values():
            if role.may(needed):
                assert _tried(held, do)
                continue
            with pytest.raises(NotAllowed) as caught, held.writing() as tx:
                do(tx)
            said = str(caught.value)
            assert "要由" in said
            assert said.endswith(f"角色是“{role.label}”。没有做任何改动。")
        assert everything(register) == before


def test_everybody_sees_everything(register: Register) -> None:
    _filed(register)
    with held_by(register, Role.VIEWER) as held:
        assert find_cases(held, "") == find_cases(register, "")
        assert verify(held).ok


@pytest.mark.of_files
def test_until_there_is_a_supervisor_everybody_is(register: Register) -> None:
    def roles(*names: str) -> list[Role]:
        told = []
        for name in names:
            register.clerk = name
            with register.reading() as tx:
                told.append(tx.role)
        return told

    assert roles("甲", "乙") == [Role.SUPERVISOR, Role.SUPERVISOR]
    with register.writing() as tx:
        give_role(tx, "丙", Role.VIEWER)
    assert roles("甲", "丙") == [Role.SUPERVISOR, Role.VIEWER]
    register.clerk = "甲"
    with register.writing() as tx:
        give_role(tx, "甲", Role.SUPERVISOR)
    assert roles("甲", "乙", "丙") == [Role.SUPERVISOR, Role.CLERK, Role.VIEWER]
    register.clerk = "乙"
    with pytest.raises(NotAllowed), register.writing() as tx:
        give_role(tx, "乙", Role.SUPERVISOR)
    register.clerk = "甲"
    with pytest.raises(BadValue, match="唯一的负责人"), register.writing() as tx:
        give_role(tx, "甲", Role.CLERK)
    with register.writing() as tx:
        give_role(tx, " 乙 ", Role.SUPERVISOR)
        give_role(tx, "甲", None)
        give_role(tx, "丙", None)
    with register.reading() as tx:
        assert named_roles(tx.connection) == {"乙": Role.SUPERVISOR}
    assert roles("甲") == [Role.CLERK]
    assert verify(register).ok


@pytest.mark.of_files
def test_a_role_is_not_given_to_nobody(register: Register) -> None:
    for name in ("", "  ", "\n"):
        with pytest.raises(BadValue, match="姓名是空的"), register.writing() as tx:
            give_role(tx, name, Role.CLERK)


YEARS = (2024, 2025, 2026)


def rows() -> list[dict[str, Any]]:
    """Every row there can be, as far as figures tell rows apart."""
    return [
        {
            "organ_id": 1,
            "state": state,
            "kind": kind,
            "received_year": received,
            "concluded_year": concluded,
            "outcome": None if concluded is None else outcome,
        }
        for state, kind, received, concluded, outcome in product(
            ("handling", "cancelled"),
            ("natural_person", "business"),
            YEARS,
            (None, *YEARS),
            ("3.1", "3.2"),
        )
        if concluded is None or concluded >= received
    ]


def test_a_row_adds_nothing_to_another_organ_or_a_far_year() -> None:
    for row in rows():
        assert adds_to(row, 2, 2025) == ()
        assert adds_to(row, 1, 2023) == ()
    assert adds_to(None, 1, 2025) == ()


@pytest.mark.of_files
def test_the_chief_is_named(register: Register) -> None:
    with held_by(register, Role.CLERK) as held, held.reading() as tx:
        assert named_roles(tx.connection) == {CHIEF: Role.SUPERVISOR, CLERK: Role.CLERK}
