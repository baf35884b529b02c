"""Corrections: both versions stay, everything derived follows, nothing impossible gets in."""

from __future__ import annotations

from datetime import date

import pytest

from db.cases.correcting import last_undoable
from db.errors import BadValue, Impossible, NotFound, RegisterError
from db.storage.register import Register
from db.words.vocabulary import ApplicantKind, EventKind, State
from tests.support.at_once import correct_event, read_case, verify, year_table
from tests.support.steps import log, receive

ENGINES = ("sqlite", "postgresql")

K = EventKind


def test_a_voided_answer_opens_the_case_again(register: Register) -> None:
    case = receive(register, "2026-02-02")
    case = log(register, case, K.DECIDED, "2026-02-10", outcome="3.1")
    answer = case.history[-1]
    case = correct_event(register, case.number, answer.id, "还没有寄出", void=True)
    assert case.standing.state is State.OPEN
    entry = next(e for e in case.entries if e.event.id == answer.id)
    correction = case.entries[-1].event
    assert (entry.voided_by, correction.reason) == (correction.id, "还没有寄出")
    case = correct_event(register, case.number, correction.id, "其实已寄出", void=True)
    assert case.standing.state is State.CONCLUDED
    assert [e.event.kind for e in case.entries] == [K.RECEIVED, K.DECIDED, K.CORRECTED, K.CORRECTED]


def test_facts_of_the_case_are_corrected_on_its_receipt(register: Register) -> None:
    case = receive(register, "2025-12-30", organ="甲局", phone="1390000")
    receipt = case.history[0]
    case = correct_event(
        register,
        case.number,
        receipt.id,
        "登记错误",
        changes={
            "on": date(2026, 1, 4),
            "applicant_kind": ApplicantKind.BUSINESS,
            "organ": "乙局",
            "phone": None,
        },
    )
    assert case.standing.received_on == date(2026, 1, 4)
    assert (case.received.organ, case.received.phone) == ("乙局", None)
    assert case.entries[0].event.phone == "1390000"
    assert case.entries[0].replaced_by == case.entries[1].event.id
    assert year_table(register, 2026, "乙局").row("1").cells == (0, 1, 0, 0, 0, 0, 1)
    assert year_table(register, 2025, "甲局").row("1").cells == (0,) * 7
    assert verify(register).ok


def test_later_corrections_go_over_earlier_ones(register: Register) -> None:
    case = receive(register, "2026-02-02")
    case = log(register, case, K.DECIDED, "2026-02-10", outcome="3.1")
    answer = case.history[-1].id
    correct_event(register, case.number, answer, "一", changes={"outcome": "3.2"})
    case = correct_event(register, case.number, answer, "二", changes={"outcome": "3.3.4"})
    assert case.standing.outcome == "3.3.4"
    for outcome in ("3.2", "3.1", None):
        last = last_undoable([entry.event for entry in case.entries])
        assert last is not None
        case = correct_event(register, case.number, last.id, "撤销上一步", void=True)
        assert case.standing.outcome == outcome
    assert last_undoable([entry.event for entry in case.entries]) is None


@pytest.mark.parametrize(
    ("which", "changes", "void", "fault", "says"),
    [
        (0, None, True, Impossible, "作废登记"),
        (0, {"number": "x"}, False, Impossible, "编号不能更改"),
        (0, {"applicant": ""}, False, BadValue, "不能改成空"),
        (0, {"on": date(2026, 2, 20)}, False, Impossible, "早于收到"),
        (1, {"on": date(2026, 3, 11)}, False, Impossible, "还没有发生"),
        (1, {"on": date(2026, 2, 1)}, False, Impossible, "早于收到"),
        (1, {"days": 3}, False, BadValue, "不带"),
        (1, {"outcome": "3.1"}, False, BadValue, "没有任何改动"),
        (1, {}, False, BadValue, "没有任何改动"),
        (1, {"outcome": "9.9"}, False, BadValue, "没有办理结果"),
        (1, {"outcome": "3.2"}, True, BadValue, "不能同时"),
    ],
)
def test_what_cannot_be_corrected_is_refused(
    register: Register,
    which: int,
    changes: dict[str, object] | None,
    void: bool,
    fault: type[RegisterError],
    says: str,
) -> None:
    case = receive(register, "2026-02-02")
    case = log(register, case, K.DECIDED, "2026-02-10", outcome="3.1")
    target = case.history[which].id
    with pytest.raises(fault, match=says):
        correct_event(register, case.number, target, "理由", changes=changes, void=void)
    assert len(read_case(register, case.number).entries) == 2


def test_a_correction_names_its_event_and_its_reason(register: Register) -> None:
    one, other = receive(register, "2026-02-02"), receive(register, "2026-02-03")
    with pytest.raises(NotFound, match="没有记录号为2"):
        correct_event(register, one.number, other.history[0].id, "理由", void=True)
    with pytest.raises(BadValue, match="理由"):
        correct_event(register, one.number, one.history[0].id, " ", changes={"subject": "新"})
