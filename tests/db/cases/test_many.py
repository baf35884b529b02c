"""One step on many cases: on all of them or on none, and taken back as a whole."""

from __future__ import annotations

from datetime import date

import pytest

from db.cases.many import MOST, record_many, undo_many
from db.errors import BadValue, Impossible, NotFound
from db.law.event import Event
from db.storage.register import Register
from db.words.vocabulary import EventKind
from tests.support.at_once import everything, log_event, read_case, verify
from tests.support.steps import log, receive

ENGINES = ("sqlite", "postgresql")

K = EventKind
ON = date(2026, 3, 10)
ASSIGNED = Event(K.ASSIGNED, ON, unit="法规科")


def recorded(register: Register, *numbers: str, event: Event = ASSIGNED):
    with register.writing() as tx:
        return record_many(tx, [(number, event) for number in numbers])


def test_a_step_is_recorded_on_every_case(register: Register) -> None:
    first, second = (receive(register, "2026-03-02").number for _ in range(2))
    steps = recorded(register, second, first)
    assert [step.number for step in steps] == [second, first]
    for step in steps:
        case = read_case(register, step.number)
        assert case.unit == "法规科"
        assert case.entries[-1].event.id == step.event_id
    assert verify(register).ok


@pytest.mark.parametrize(
    ("event", "number", "error", "said"),
    [
        (Event(K.EXTENDED, ON, days=20), "2026-0002", Impossible, "2026-0002：本件已于"),
        (ASSIGNED, "2026-0099", NotFound, "2026-0099"),
        (Event(K.NOTE, ON), "2026-0001", BadValue, "2026-0001：备注是空的"),
        (Event(K.RECEIVED, ON), "2026-0001", BadValue, "不能这样登记"),
    ],
)
def test_one_refusal_stores_nothing(
    register: Register, event: Event, number: str, error: type[Exception], said: str
) -> None:
    receive(register, "2026-03-02")
    ended = receive(register, "2026-03-02")
    log(register, ended, K.DECIDED, "2026-03-05", outcome="3.1")
    before = everything(register)
    with pytest.raises(error, match=said):
        recorded(register, "2026-0001", number, event=event)
    assert everything(register) == before


def test_no_more_than_so_many_at_once(register: Register) -> None:
    with pytest.raises(Impossible, match=f"一次最多登记{MOST}件"):
        recorded(register, *["2026-0001"] * (MOST + 1))


def test_undoing_takes_the_whole_back(register: Register) -> None:
    numbers = [receive(register, "2026-03-02").number for _ in range(3)]
    steps = recorded(register, *numbers)
    with register.writing() as tx:
        assert undo_many(tx, steps, "撤销上一步") == 3
    for number in numbers:
        case = read_case(register, number)
        assert case.unit == ""
        assert case.entries[-1].event.reason == "撤销上一步"
    assert verify(register).ok


def test_nothing_is_undone_where_more_has_been_recorded_since(register: Register) -> None:
    numbers = [receive(register, "2026-03-02").number for _ in range(2)]
    steps = recorded(register, *numbers)
    log_event(register, numbers[1], Event(K.NOTE, ON, note="来电"))
    before = everything(register)
    with pytest.raises(Impossible, match=f"{numbers[1]} 此后又有登记"), register.writing() as tx:
        undo_many(tx, steps, "撤销上一步")
    assert everything(register) == before
