"""What a clerk must look at today."""

from __future__ import annotations

from datetime import date, timedelta

from db.agenda import agenda
from db.handling import log_event, new_case
from db.history import Event
from db.register import Register
from db.vocabulary import ApplicantKind, EventKind
from db.workdays import work_calendar

K = EventKind
TODAY = date(2026, 3, 10)


def make(register: Register, name: str, received: date, *events: Event) -> None:
    number = new_case(
        register,
        Event(
            K.RECEIVED,
            received,
            applicant=name,
            applicant_kind=ApplicantKind.NATURAL_PERSON,
            subject="某事",
        ),
    ).number
    for event in events:
        log_event(register, number, event)


def due_in(days: int) -> date:
    """The receipt of a case whose answer is due so many working days from today."""
    calendar = work_calendar()
    due = calendar.add(TODAY, days) if days >= 0 else TODAY
    while calendar.distance(TODAY, due) > days or not calendar.is_working(due):
        due -= timedelta(1)
    received = due
    while calendar.add(received, 20) != due:
        received -= timedelta(1)
    return received


def test_the_agenda_of_a_day(register: Register) -> None:
    day = date(2026, 2, 3)
    make(register, "早已超期", due_in(-30))
    make(register, "昨天到期", due_in(-1))
    make(register, "今天到期", due_in(0))
    make(register, "七日内", due_in(7))
    make(register, "八日", due_in(8))
    make(register, "已答复", due_in(-30), Event(K.DECIDED, TODAY, outcome="3.1"))
    make(register, "已作废", due_in(-30), Event(K.CANCELLED, TODAY, note="重复"))
    asked = K.CLARIFICATION_REQUESTED
    make(register, "逾期未补正", day, Event(asked, day, reply_by=date(2026, 3, 9)))
    make(register, "今日为限", day, Event(asked, day, reply_by=TODAY))
    make(register, "未定限期", day, Event(asked, day))
    make(
        register,
        "已补正",
        day,
        Event(asked, day, reply_by=date(2026, 3, 1)),
        Event(K.CLARIFICATION_RECEIVED, TODAY),
    )
    make(
        register, "未缴费", day, Event(K.FEE_NOTIFIED, day, amount=10_000, pay_by=date(2026, 3, 2))
    )
    make(register, "征求意见", day, Event(K.CONSULTATION_STARTED, day, reply_by=date(2026, 2, 20)))
    make(
        register,
        "补正后作废",
        day,
        Event(asked, day, reply_by=date(2026, 2, 20)),
        Event(K.CANCELLED, TODAY, note="重复"),
    )
    todo = agenda(register)
    assert [case.applicant for case in todo.overdue] == ["早已超期", "昨天到期"]
    assert [case.applicant for case in todo.due] == ["今天到期", "七日内"]
    assert [case.applicant for case in todo.waiting] == ["未缴费", "逾期未补正"]
    assert [case.days_left for case in todo.overdue] == [-30, -1]
    assert [case.days_left for case in todo.due] == [0, 7]
    assert all(case.overdue for case in todo.overdue)
    assert not any(case.overdue for case in todo.due)
    assert [case.applicant for case in agenda(register, 0).due] == ["今天到期"]
    assert [case.applicant for case in agenda(register, 8).due][-1] == "八日"
    assert len(agenda(register, 10**7).due) >= 4


def test_an_empty_register_has_nothing_to_do(register: Register) -> None:
    todo = agenda(register)
    assert (todo.overdue, todo.due, todo.waiting) == ([], [], [])
