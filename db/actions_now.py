"""What may happen to a case next, and what would be irregular about it.

Nothing is ruled out here that the register would accept: each kind of event is tried against the
history, so this list cannot disagree with `db.impossible` and `db.flags`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from db.clock import stand
from db.errors import BadValue, Impossible
from db.flags import flags
from db.history import Event, effective
from db.impossible import refuse_impossible
from db.vocabulary import EventKind, State
from db.workdays import WorkCalendar

OFFERED: tuple[EventKind, ...] = (
    EventKind.DECIDED,
    EventKind.CLARIFICATION_REQUESTED,
    EventKind.CLARIFICATION_RECEIVED,
    EventKind.EXTENDED,
    EventKind.CONSULTATION_STARTED,
    EventKind.CONSULTATION_ENDED,
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

_ABOUT_THE_STEP = ("clarification_late", "clarification_repeated", "extension_late")
"""Rules that a step breaks by being taken at all, whatever is written on it."""


@dataclass(frozen=True, slots=True)
class NextStep:
    """A kind of event that can be recorded now; `caution` says what the law holds against it."""

    kind: EventKind
    caution: str = ""


def next_steps(
    history: Sequence[Event], calendar: WorkCalendar, today: date
) -> tuple[NextStep, ...]:
    """The steps possible today on an effective history, each with its caution."""
    return tuple(
        NextStep(kind, _caution(history, kind, calendar, today))
        for kind in OFFERED
        if _answers_something(history, kind) and _possible(history, kind, today)
    )


def _answers_something(history: Sequence[Event], kind: EventKind) -> bool:
    """A reply, a return or a payment is offered while something waits for it."""
    open_consultations = asked = billed = 0
    for event in history:
        match event.kind:
            case EventKind.CONSULTATION_STARTED:
                open_consultations += 1
            case EventKind.CONSULTATION_ENDED:
                open_consultations = max(open_consultations - 1, 0)
            case EventKind.CLARIFICATION_REQUESTED:
                asked = 1
            case EventKind.CLARIFICATION_RECEIVED:
                asked = 0
            case EventKind.FEE_NOTIFIED:
                billed = 1
            case EventKind.FEE_PAID:
                billed = 0
            case _:
                pass
    waiting = {
        EventKind.CLARIFICATION_RECEIVED: asked,
        EventKind.CONSULTATION_ENDED: open_consultations,
        EventKind.FEE_PAID: billed,
    }
    return bool(waiting.get(kind, 1))


def _probe(kind: EventKind, on: date) -> Event:
    days = 1 if kind is EventKind.EXTENDED else None
    return Event(kind, on, days=days)


def _possible(history: Sequence[Event], kind: EventKind, today: date) -> bool:
    try:
        refuse_impossible(effective([*history, _probe(kind, today)]), today)
    except Impossible:
        return False
    except BadValue:
        return True  # only what a form would fill in is missing
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
            return f"{flag.article}：{flag.text}"
    return ""
