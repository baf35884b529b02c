"""What if: supposed steps move the clock exactly as recorded ones would, and nothing is stored."""

from __future__ import annotations

from datetime import date

import pytest

from db.calendar.workdays import work_calendar
from db.errors import Impossible
from db.law.clock import read_clock, stand
from db.law.event import Event
from db.law.flags import flags
from db.law.history import effective
from db.law.what_if import suppose, what_if
from db.words.vocabulary import EventKind

CALENDAR = work_calendar()
TODAY = date(2026, 3, 10)
RECEIVED = Event(EventKind.RECEIVED, date(2026, 3, 4), id=1)
KINDS = EventKind

STEPS: dict[str, tuple[tuple[Event, ...], date | None]] = {
    "nothing": ((), date(2026, 4, 1)),
    "an extension": ((Event(KINDS.EXTENDED, date(2026, 3, 20), days=10),), date(2026, 4, 16)),
    "a notice that waits": ((Event(KINDS.CLARIFICATION_REQUESTED, date(2026, 3, 12)),), None),
    "a notice and its answer": (
        (
            Event(KINDS.CLARIFICATION_REQUESTED, date(2026, 3, 12)),
            Event(KINDS.CLARIFICATION_RECEIVED, date(2026, 3, 25)),
        ),
        date(2026, 4, 23),
    ),
    "a consultation over ten working days": (
        (
            Event(KINDS.CONSULTATION_STARTED, date(2026, 3, 12)),
            Event(KINDS.CONSULTATION_ENDED, date(2026, 3, 26)),
        ),
        date(2026, 4, 16),
    ),
    "an answer": ((Event(KINDS.DECIDED, date(2026, 5, 20), outcome="3.1"),), date(2026, 4, 1)),
}


@pytest.mark.parametrize("name", STEPS)
def test_the_due_date(name: str) -> None:
    steps, due = STEPS[name]
    would = what_if((RECEIVED,), steps, CALENDAR, TODAY)
    assert would.standing.due_on == due
    history = effective([RECEIVED, *steps])
    assert would.standing == stand(history, CALENDAR)
    assert would.clock == read_clock(would.standing, CALENDAR, TODAY)
    assert would.flags == flags(history, would.standing, CALENDAR, TODAY)


def test_days_may_lie_ahead_and_in_any_order() -> None:
    steps = (
        Event(KINDS.CLARIFICATION_RECEIVED, date(2026, 3, 25)),
        Event(KINDS.CLARIFICATION_REQUESTED, date(2026, 3, 12)),
    )
    assert what_if((RECEIVED,), steps, CALENDAR, TODAY) == what_if(
        (RECEIVED,), steps[::-1], CALENDAR, TODAY
    )


def test_flags_are_given() -> None:
    late = Event(KINDS.DECIDED, date(2026, 5, 20), outcome="3.1")
    (flag,) = what_if((RECEIVED,), (late,), CALENDAR, TODAY).flags
    assert flag.rule == "answered_late"


def test_the_impossible_is_refused() -> None:
    before = Event(KINDS.EXTENDED, date(2026, 3, 1), days=5)
    with pytest.raises(Impossible):
        what_if((RECEIVED,), (before,), CALENDAR, TODAY)
    ended = Event(KINDS.DECIDED, date(2026, 3, 9), id=2, outcome="3.1")
    with pytest.raises(Impossible):
        what_if((RECEIVED, ended), (Event(KINDS.EXTENDED, TODAY, days=5),), CALENDAR, TODAY)


def test_the_history_given_is_left_alone() -> None:
    history = (RECEIVED,)
    supposed = suppose(history, (Event(KINDS.EXTENDED, date(2026, 3, 20), days=10),))
    assert history == (RECEIVED,)
    assert len(supposed) == 2
