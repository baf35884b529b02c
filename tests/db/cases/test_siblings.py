"""Use cases of two events at once: an answer on the spot, and the cases of one letter."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from db.errors import BadValue, Impossible, NotFound
from db.law.event import Event
from db.storage.register import Register
from db.words.vocabulary import ApplicantKind, Channel, EventKind, State
from tests.support.at_once import (
    find_cases,
    log_event,
    new_case,
    new_case_decided,
    new_sibling,
    read_case,
    verify,
)

ENGINES = ("sqlite", "postgresql")

K = EventKind
ON = date(2026, 3, 9)


def receipt(**facts: Any) -> Event:
    known = {
        "applicant": "张三",
        "applicant_kind": ApplicantKind.NATURAL_PERSON,
        "channel": Channel.IN_PERSON,
        "subject": "某事",
    }
    return Event(K.RECEIVED, ON, **(known | facts))


def test_receipt_and_answer_are_stored_together(register: Register) -> None:
    case = new_case_decided(register, receipt(), Event(K.DECIDED, ON, outcome="3.1"))
    assert case.standing.state is State.CONCLUDED
    assert [event.kind for event in case.history] == [K.RECEIVED, K.DECIDED]
    assert read_case(register, case.number) == case
    assert verify(register).ok


@pytest.mark.parametrize(
    ("decided", "refusal"),
    [
        (Event(K.DECIDED, date(2026, 3, 8), outcome="3.1"), Impossible),
        (Event(K.DECIDED, date(2026, 3, 11), outcome="3.1"), Impossible),
        (Event(K.DECIDED, ON, outcome="9.9"), BadValue),
        (Event(K.NOTE, ON, note="。"), BadValue),
    ],
)
def test_a_refused_answer_leaves_no_case(
    register: Register, decided: Event, refusal: type[Exception]
) -> None:
    with pytest.raises((refusal, BadValue)):
        new_case_decided(register, receipt(), decided)
    assert find_cases(register, "").total == 0


def test_the_cases_of_a_letter_name_each_other(register: Register) -> None:
    first = new_case(register, receipt())
    second = new_sibling(register, receipt(subject="另一事"), first.number)
    third = new_sibling(register, receipt(subject="又一事"), first.number)
    notes = [e.note or "" for e in read_case(register, first.number).history if e.kind is K.NOTE]
    assert [second.number in notes[0], third.number in notes[1]] == [True, True]
    assert all(first.number in (case.history[-1].note or "") for case in (second, third))
    assert second.standing.due_on == first.standing.due_on
    assert verify(register).ok


def test_a_case_that_ended_can_still_be_named(register: Register) -> None:
    first = new_case_decided(register, receipt(), Event(K.DECIDED, ON, outcome="3.1"))
    assert new_sibling(register, receipt(), first.number).number == "2026-0002"
    cancelled = new_case(register, receipt())
    log_event(register, cancelled.number, Event(K.CANCELLED, ON, note="重复"))
    before = find_cases(register, "").total
    try:
        new_sibling(register, receipt(), cancelled.number)
    except Impossible:
        assert find_cases(register, "").total == before
    assert verify(register).ok


def test_without_the_first_nothing_is_stored(register: Register) -> None:
    with pytest.raises(NotFound):
        new_sibling(register, receipt(), "2026-0009")
    assert find_cases(register, "").total == 0
