"""What is offered next is just what the register would accept."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest
from hypothesis import given

from db.calendar.workdays import work_calendar
from db.errors import RegisterError
from db.law.event import Event
from db.law.history import effective
from db.law.impossible import refuse_impossible
from db.law.next_steps import OFFERED, next_steps
from db.words.vocabulary import EventKind
from tests.support.examples import examples
from tests.support.histories import TODAY, histories, make_event, objectors, parties_out

K = EventKind
REPLIES = {
    K.CLARIFICATION_RECEIVED: K.CLARIFICATION_REQUESTED,
    K.CONSULTATION_ENDED: K.CONSULTATION_STARTED,
    K.FEE_PAID: K.FEE_NOTIFIED,
}


def accepted(recorded: list[Event], kind: EventKind, on: date) -> bool:
    try:
        refuse_impossible(effective([*recorded, make_event(kind, on, 5)]), TODAY)
    except RegisterError:
        return False
    return True


def waited_for(history: Sequence[Event], reply: EventKind) -> bool:
    """Whether something asked for such a reply and has not had it."""
    said = [event.kind for event in history if event.kind in (REPLIES[reply], reply)]
    if reply is K.CONSULTATION_ENDED:
        return bool(parties_out(history))
    return said[-1:] == [REPLIES[reply]]


@examples(100)
@given(histories())
def test_what_is_offered_is_what_is_accepted(recorded: list[Event]) -> None:
    """Today, or for an earlier day of an ended case; a reply only where one is waited for."""
    history = effective(recorded)
    offered = {step.kind: step.late for step in next_steps(history, work_calendar(), TODAY)}
    for kind in OFFERED:
        days = [history[0].on] if offered.get(kind) else [TODAY]
        if kind not in offered and any(event.kind.concludes for event in history):
            days.append(history[0].on)
        possible = any(accepted(recorded, kind, on) for on in days)
        wanted = kind not in REPLIES or waited_for(history, kind)
        if kind is K.PARTY_TOLD:
            objecting = objectors(history)
            told = {event.party for event in history if event.kind is K.PARTY_TOLD}
            alone = len(objecting) == 1 and None in told
            wanted = bool(objecting.keys() - told) and not alone
        assert (kind in offered) == (possible and wanted), kind


@pytest.mark.parametrize("ended", [False, True])
def test_a_cancelled_case_is_offered_a_note(ended: bool) -> None:
    on = date(2026, 3, 2)
    history = [Event(K.RECEIVED, on, id=1, subject="某事", applicant="某人")]
    if ended:
        history.append(Event(K.DECIDED, on, id=2, outcome="3.1"))
    for cancelled_on in (on, TODAY):
        cancelled = Event(K.CANCELLED, cancelled_on, id=3, note="重复登记")
        steps = next_steps(effective([*history, cancelled]), work_calendar(), TODAY)
        assert [step.kind for step in steps] == [K.NOTE]


@pytest.mark.parametrize(("granted", "marked"), [((), False), ((10,), False), ((10, 10), True)])
def test_an_extension_beyond_the_limit_is_marked(granted: tuple[int, ...], marked: bool) -> None:
    on = date(2026, 3, 2)
    history = [Event(K.RECEIVED, on, id=1, subject="某事", applicant="某人")]
    history += [Event(K.EXTENDED, on, id=n, days=days) for n, days in enumerate(granted, 2)]
    steps = next_steps(effective(history), work_calendar(), date(2026, 3, 10))
    caution = next(step.caution for step in steps if step.kind is K.EXTENDED)
    assert caution == ("第三十三条：延期已满20个工作日。" if marked else "")
