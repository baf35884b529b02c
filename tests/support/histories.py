"""Random histories, lawful and unlawful, that could have happened; and a slow, obvious model.

The model walks the days one by one and knows nothing of `db.law.clock`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache

import chinese_calendar
from hypothesis import strategies as st

from db.errors import RegisterError
from db.law.event import Event
from db.law.history import effective
from db.law.impossible import refuse_impossible
from db.words.outcomes import OUTCOMES
from db.words.vocabulary import ApplicantKind, Channel, EventKind, Opinion, PartyKind

TODAY = date(2026, 3, 10)
FIRST = date(2023, 11, 1)

WAITED_FOR = (
    EventKind.CLARIFICATION_REQUESTED,
    EventKind.CLARIFICATION_RECEIVED,
    EventKind.EXTENDED,
    EventKind.CONSULTATION_STARTED,
    EventKind.CONSULTATION_ENDED,
    EventKind.FEE_NOTIFIED,
    EventKind.FEE_PAID,
    EventKind.DELAY_SET,
    EventKind.ASSIGNED,
    EventKind.NOTE,
    EventKind.REASONS_REQUESTED,
    EventKind.PARTY_TOLD,
)
ENDS = (EventKind.DECIDED, EventKind.DECIDED, EventKind.WITHDRAWN, EventKind.CANCELLED)


PARTIES = ("公司0", "公司1", "公司2", None, "公司9")
"""Who is asked; the last is never asked, and answers nevertheless."""


def make_event(kind: EventKind, on: date, pick: int) -> Event:
    """An event of the kind with what it must carry; `pick` varies it."""
    facts = {
        EventKind.CLARIFICATION_REQUESTED: {"reply_by": on + timedelta(days=pick % 30)},
        EventKind.EXTENDED: {"days": 1 + pick % 25},
        EventKind.DELAY_SET: {"due": on + timedelta(days=pick % 200)},
        EventKind.FEE_NOTIFIED: {"amount": 100 * pick},
        EventKind.DECIDED: {"outcome": OUTCOMES[pick % len(OUTCOMES)].code},
        EventKind.REDECIDED: {
            "outcome": OUTCOMES[pick % len(OUTCOMES)].code,
            "ordered_on": on - timedelta(days=pick % 60) if pick > 99 else None,
        },
        EventKind.CANCELLED: {"note": "重复登记"},
        EventKind.NOTE: {"note": f"备注{pick}"},
        EventKind.ASSIGNED: {"unit": f"科室{pick % 5}"},
        EventKind.CONSULTATION_STARTED: {
            "party": PARTIES[pick % 4],
            "party_kind": (PartyKind.THIRD_PARTY, PartyKind.AGENCY, None)[pick % 3],
        },
        EventKind.CONSULTATION_ENDED: {
            "party": PARTIES[pick % 5],
            "opinion": (*Opinion, None)[pick % 4],
        },
        EventKind.PARTY_TOLD: {"party": PARTIES[pick % 4], "overruled": pick % 2 == 0},
    }
    return Event(kind, on, **facts.get(kind, {}))  # type: ignore[arg-type]


def possible(history: list[Event], event: Event) -> bool:
    try:
        refuse_impossible(effective([*history, event]), TODAY)
    except RegisterError:
        return False
    return True


@st.composite
def histories(draw: st.DrawFn) -> list[Event]:
    """One case's recorded events, receipt first, ids rising; all of it possible by `TODAY`."""
    received_on = FIRST + timedelta(days=draw(st.integers(0, (TODAY - FIRST).days)))
    history = [
        Event(
            EventKind.RECEIVED,
            received_on,
            id=1,
            applicant="某人",
            applicant_kind=draw(st.sampled_from(ApplicantKind)),
            channel=draw(st.sampled_from(Channel)),
            subject="某事",
        )
    ]
    steps = draw(
        st.lists(
            st.tuples(st.sampled_from(WAITED_FOR), st.integers(-3, 25), st.integers(0, 400)),
            max_size=7,
        )
    )
    if draw(st.booleans()):
        steps.append(
            (draw(st.sampled_from(ENDS)), draw(st.integers(0, 40)), draw(st.integers(0, 99)))
        )
    day = received_on
    for kind, later, pick in steps:
        day = max(received_on, day + timedelta(days=later))
        event = replace(make_event(kind, day, pick), id=len(history) + 1)
        if possible(history, event):
            history.append(event)
    if any(event.kind.concludes for event in history) and draw(st.integers(0, 5)) == 0:
        on = day + timedelta(days=draw(st.integers(0, 100)))
        pick = draw(st.integers(0, 300))
        event = replace(make_event(EventKind.REDECIDED, on, pick), id=len(history) + 1)
        if possible(history, event):
            history.append(event)
    return history


def parties_out(history: Iterable[Event]) -> list[str | None]:
    """The parties asked that have not answered, in the order asked.

    An answer is that of the party it names; one that names none, or a party never asked, is that
    of a party without a name if one is out, else of the one asked first.
    """
    out: list[str | None] = []
    asked: set[str | None] = set()
    for event in history:
        if event.kind is EventKind.CONSULTATION_STARTED:
            out.append(event.party)
            asked.add(event.party)
        elif event.kind is EventKind.CONSULTATION_ENDED and out:
            if event.party in out:
                out.remove(event.party)
            elif event.party is None or event.party not in asked:
                out.remove(None if None in out else out[0])
    return out


def objectors(history: Iterable[Event]) -> dict[str | None, date]:
    """The third parties whose last word is an objection, and when each was asked.

    Told the slow way: after each return, whoever is out no longer has said it.
    """
    read: list[Event] = []
    asked: list[Event] = []
    last: dict[str | None, tuple[Opinion | None, date]] = {}
    for event in history:
        before = parties_out(read)
        read.append(event)
        if event.kind is EventKind.CONSULTATION_STARTED:
            asked.append(event)
        elif event.kind is EventKind.CONSULTATION_ENDED and before:
            left = parties_out(read)
            if len(left) == len(before):
                continue
            gone = next(p for p in before if before.count(p) > left.count(p))
            whose = next(e for e in asked if e.party == gone)
            asked.remove(whose)
            if whose.party_kind is not PartyKind.AGENCY:
                last[gone] = event.opinion, whose.on
    return {party: on for party, (said, on) in last.items() if said is Opinion.OBJECTS}


@cache
def is_workday(day: date) -> bool:
    try:
        return bool(chinese_calendar.is_workday(day))
    except NotImplementedError:
        return day.weekday() < 5


@dataclass
class SlowClock:
    """What the model says of a case."""

    due_on: date | None
    days_used: int
    waiting: bool
    consulting: bool


def slow_clock(history: list[Event], today: date) -> SlowClock:
    """Read DOMAIN section 4 day by day, from receipt on."""
    told = sorted(history, key=lambda e: (e.on, 0 if e.kind is EventKind.RECEIVED else 1, e.id))
    end = next((e.on for e in told if e.kind.concludes), None)
    cancelled = next((e.on for e in told if e.kind is EventKind.CANCELLED), None)
    last_event = told[-1].on
    asked = billed = False
    consulted: list[Event] = []
    consulting = 0
    counted = extension = 0
    used: int | None = None
    delay: date | None = None
    after_delay = 0
    due: date | None = None
    nth: dict[int, date] = {}  # the day on which so many had counted, since the last reset
    day = told[0].on
    stopped_for_good = False
    while True:
        # the day itself counts unless it is day 0, a rest day, or the clock stands still
        if day > told[0].on and is_workday(day) and not asked and not billed and not consulting:
            counted += 1
            nth[counted] = day
            if due is None and delay is None and counted == 20 + extension:
                due = day
        for event in (e for e in told if e.on == day):
            match event.kind:
                case EventKind.CLARIFICATION_REQUESTED:
                    asked = True
                case EventKind.FEE_NOTIFIED:
                    billed = True
                case EventKind.CLARIFICATION_RECEIVED | EventKind.FEE_PAID:
                    if event.kind is EventKind.FEE_PAID:
                        billed = False
                    else:
                        asked = False
                    counted = extension = after_delay = 0
                    delay = due = None
                    nth = {}
                case EventKind.EXTENDED:
                    added = min(event.days or 0, 20 - extension)
                    extension += added
                    if delay is not None:
                        after_delay += added
                    else:
                        due = nth.get(20 + extension)
                case EventKind.DELAY_SET:
                    delay, after_delay, due = event.due, 0, None
                case EventKind.CONSULTATION_STARTED | EventKind.CONSULTATION_ENDED:
                    consulted.append(event)
                    consulting = len(parties_out(consulted))
        if used is None and day == (cancelled if end is None else end):
            used = counted
        if day >= last_event and day >= today:
            if used is None:
                used = counted
            stopped_for_good = asked or billed or bool(consulting) or cancelled is not None
            if stopped_for_good:
                due = None
                break
            if delay is not None:
                due, left = delay, after_delay
                while left:
                    due += timedelta(days=1)
                    left -= is_workday(due)
                break
            if due is not None:
                break
        day += timedelta(days=1)
    return SlowClock(due, used or 0, asked or billed, bool(consulting))
