"""责令重新答复: twenty working days of its own, shown and watched until the new answer."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from db.agenda.overview import Section
from db.cases.case_file import CaseFile
from db.disputes.dispute import Block, Result
from db.disputes.orders import Order, order_flags, order_words, orders_of
from db.disputes.recording import note_proceedings
from db.errors import Impossible
from db.storage.register import Register
from db.words.vocabulary import EventKind
from tests.support.at_once import (
    conclude_dispute,
    list_disputes,
    new_dispute,
    overview,
    read_case,
)
from tests.support.steps import log, receive

K = EventKind


@pytest.fixture
def lost(register: Register) -> CaseFile:
    case = receive(register, "2025-12-01")
    case = log(register, case, K.DECIDED, "2025-12-10", outcome="3.3.4")
    new_dispute(register, Block.REVIEW, "县政府", date(2025, 12, 20), case=case.number)
    return case


def orders(register: Register, case: CaseFile, today: date) -> tuple[Order, ...]:
    history = read_case(register, case.number).history
    with register.reading() as tx:
        return orders_of(history, list_disputes(register, case.number), tx.calendar, today)


def test_it_is_watched_and_flagged_until_answered(register: Register, lost: CaseFile) -> None:
    conclude_dispute(register, 1, date(2026, 1, 30), Result.CORRECTED, ordered_on=date(2026, 2, 2))
    (order,) = orders(register, lost, date(2026, 3, 10))
    assert (order.due_on, order.left, order.late) == (date(2026, 3, 6), -2, True)
    assert [flag.rule for flag in order_flags([order])] == ["unanswered_anew"]
    assert order_words(order) == ("重新答复期限 2026-03-06，已超期 2 个工作日（2026-02-02生效）")
    why = overview(register).todos[Section.DISPUTES][0].why
    assert "结果纠正，等重新答复  重新答复期限 2026-03-06 已过 4 天" in why
    (before,) = orders(register, lost, date(2026, 3, 6))
    assert (before.left, [*order_flags([before])]) == (0, [])
    after = log(
        register, lost, K.REDECIDED, "2026-03-10", outcome="3.1", ordered_on=date(2026, 2, 2)
    )
    assert [flag.rule for flag in after.flags] == ["redecided_late"]
    (order,) = orders(register, lost, date(2026, 3, 10))
    assert (order.answered_on, order.late, [*order_flags([order])]) == (
        date(2026, 3, 10),
        True,
        [],
    )
    assert overview(register).counts[Section.DISPUTES] == 0


def test_without_its_day_it_is_asked_for(register: Register, lost: CaseFile) -> None:
    conclude_dispute(register, 1, date(2026, 1, 30), Result.CORRECTED)
    assert orders(register, lost, date(2026, 3, 10)) == ()
    assert "还没有填重新答复令生效日期" in overview(register).todos[Section.DISPUTES][0].why


@pytest.mark.parametrize(
    ("result", "told", "said"),
    [
        (Result.UPHELD, {"ordered_on": date(2026, 2, 2)}, "只有结果纠正"),
        (Result.CORRECTED, {"ordered_on": date(2026, 3, 11)}, "还没有发生"),
        (Result.CORRECTED, {"ordered_on": date(2025, 12, 19)}, "早于提起日期"),
    ],
)
def test_what_cannot_be_is_refused(
    register: Register, lost: CaseFile, result: Result, told: dict[str, Any], said: str
) -> None:
    conclude_dispute(register, 1, date(2026, 1, 30), result)
    with pytest.raises(Impossible, match=said), register.writing() as tx:
        note_proceedings(tx, 1, told)
