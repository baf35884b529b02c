"""What may happen to a case next, and what would be irregular about it.

Nothing is ruled out here that the register would accept: each kind of event is tried against the
history, so this list cannot disagree with `db.law.impossible` and `db.law.flags`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from db.calendar.workdays import WorkCalendar
from db.errors import Impossible
from db.law.clock import stand
from db.law.event import Event
from db.law.flags import flags
from db.law.history import effective
from db.law.impossible import AFTER_THE_END, refuse_impossible
from db.law.periods import EXTENSION_LIMIT
from db.law.waiting import ANSWERS, untold_parties, waiting_after
from db.words.vocabulary import EventKind, State

OFFERED: tuple[EventKind, ...] = (
    EventKind.DECIDED,
    EventKind.CLARIFICATION_REQUESTED,
    EventKind.CLARIFICATION_RECEIVED,
    EventKind.EXTENDED,
    EventKind.CONSULTATION_STARTED,
    EventKind.CONSULTATION_ENDED,
    EventKind.PARTY_TOLD,
    EventKind.FEE_NOTIFIED,
    EventKind.FEE_PAID,
    EventKind.REASONS_REQUESTED,
    EventKind.DELAY_SET,
    EventKind.WITHDRAWN,
    EventKind.REDECIDED,
    EventKind.ASSIGNED,
    EventKind.NOTE,
    EventKind.CANCELLED,
)
"""Every kind a clerk records on a case, the usual first."""

_USED_UP = "extension_excessive"
_ABOUT_THE_STEP = (
    "clarification_late",
    "clarification_repeated",
    "extension_late",
    "fee_late",
    _USED_UP,
)
"""Rules that a step breaks by being taken at all, whatever is written on it."""


@dataclass(frozen=True, slots=True)
class NextStep:
    """A kind of event that can be recorded; `caution` says what the law holds against it today.

    `late` marks what can only be recorded for an earlier day, because the case has ended.
    """

    kind: EventKind
    caution: str = ""
    late: bool = False


def next_steps(
    history: Sequence[Event], calendar: WorkCalendar, today: date
) -> tuple[NextStep, ...]:
    """The steps possible on an effective history, those of today first."""
    ended = stand(history, calendar).state.ended
    steps: list[NextStep] = []
    for kind in OFFERED:
        if not _answers_something(history, kind):
            continue
        if ended and kind not in AFTER_THE_END:
            if _possible(history, kind, history[0].on):
                steps.append(NextStep(kind, late=True))
        elif _possible(history, kind, today):
            steps.append(NextStep(kind, _caution(history, kind, calendar, today)))
    return tuple(sorted(steps, key=lambda step: step.late))


def _answers_something(history: Sequence[Event], kind: EventKind) -> bool:
    """A reply, a return or a payment is offered while something waits for it.

    Telling a third party is, while one that objects has not been told.
    """
    if kind is EventKind.PARTY_TOLD:
        return bool(untold_parties(history))
    return kind not in ANSWERS or waiting_after(history).answered_by(kind)


def _probe(kind: EventKind, on: date) -> Event:
    """The least that such an event must say."""
    match kind:
        case EventKind.DECIDED | EventKind.REDECIDED:
            return Event(kind, on, outcome="3.1")
        case EventKind.EXTENDED:
            return Event(kind, on, days=1)
        case EventKind.DELAY_SET:
            return Event(kind, on, due=on)
        case EventKind.ASSIGNED:
            return Event(kind, on, unit="-")
        case EventKind.NOTE | EventKind.CANCELLED:
            return Event(kind, on, note="-")
        case _:
            return Event(kind, on)


def _possible(history: Sequence[Event], kind: EventKind, on: date) -> bool:
    try:
        refuse_impossible(effective([*history, _probe(kind, on)]), max(on, history[-1].on))
    except Impossible:
        return False
    return True


def _caution(history: Sequence[Event], kind: EventKind, calendar: WorkCalendar, today: date) -> str:
    if stand(history, calendar).state is State.CANCELLED:
        return ""
    after = effective([*history, _probe(kind, today)])
    known = {
        (flag.rule, flag.text) for flag in flags(history, stand(history, calendar), calendar, today)
    }
    for flag in flags(after, stand(after, calendar), calendar, today):
        if flag.rule in _ABOUT_THE_STEP and (flag.rule, flag.text) not in known:
            used_up = f"延期已满{EXTENSION_LIMIT}个工作日。"
            return f"{flag.article}：{used_up if flag.rule == _USED_UP else flag.text}"
    return ""
