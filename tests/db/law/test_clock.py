"""The statutory clock: known dates, and a slow model that walks the days."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.calendar.workdays import work_calendar
from db.law.anew import anew
from db.law.clock import read_clock, stand
from db.law.event import Event
from db.law.flags import flags
from db.law.history import effective
from db.law.trace import trace, trace_anew
from db.words.vocabulary import ApplicantKind, EventKind, State
from tests.support.examples import examples
from tests.support.histories import (
    TODAY,
    histories,
    is_workday,
    make_event,
    objectors,
    slow_clock,
)

K = EventKind


def case(received: str, *events: tuple[EventKind, str, int]) -> tuple[Event, ...]:
    first = Event(
        K.RECEIVED,
        date.fromisoformat(received),
        id=1,
        applicant="某人",
        applicant_kind=ApplicantKind.NATURAL_PERSON,
        subject="某事",
    )
    others = [
        replace(make_event(kind, date.fromisoformat(on), pick), id=n)
        for n, (kind, on, pick) in enumerate(events, start=2)
    ]
    return effective([first, *others])


def due(*told: object) -> str | None:
    standing = stand(case(*told), work_calendar())  # type: ignore[arg-type]
    return standing.due_on.isoformat() if standing.due_on else None


@pytest.mark.parametrize(
    ("received", "answer_by", "why"),
    [
        ("2024-02-01", "2024-03-05", "over Spring Festival 2024, make-up days 02-04 and 02-18"),
        ("2024-03-29", "2024-04-28", "over Qingming, make-up days 04-07 and 04-28"),
        ("2024-04-01", "2024-04-29", "Qingming off, 04-07 and 04-28 on"),
        ("2024-04-10", "2024-05-10", "over May Day, make-up days 04-28 and 05-11"),
        ("2025-09-15", "2025-10-17", "over National Day 2025, make-up days 09-28 and 10-11"),
        ("2025-12-15", "2026-01-13", "over New Year 2026, make-up day 01-04"),
        ("2025-12-31", "2026-01-29", "New Year off, 01-04 on"),
        ("2024-02-10", "2024-03-14", "received on a holiday: counting starts after the festival"),
        ("2023-12-01", "2023-12-29", "plain weeks"),
        ("2023-12-04", "2024-01-02", "over New Year 2024"),
    ],
)
def test_twentieth_working_day(received: str, answer_by: str, why: str) -> None:
    counted = 0
    day = date.fromisoformat(received)
    while counted < 20:  # the obvious loop agrees with the table
        day += timedelta(days=1)
        counted += is_workday(day)
    assert day.isoformat() == answer_by, why
    assert due(received) == answer_by, why


def test_clarification_stops_and_restarts_from_zero() -> None:
    asked = (K.CLARIFICATION_REQUESTED, "2025-06-04", 20)
    assert due("2025-06-03", asked) is None
    answered = (K.CLARIFICATION_RECEIVED, "2025-06-20", 0)
    assert due("2025-06-03", asked, answered) == due("2025-06-20")


def test_reset_drops_the_extensions_before_it_only() -> None:
    early = (K.EXTENDED, "2025-06-05", 9)
    answered = (K.CLARIFICATION_RECEIVED, "2025-06-20", 0)
    late = (K.EXTENDED, "2025-06-25", 9)
    assert due("2025-06-03", early, answered) == due("2025-06-20")
    assert due("2025-06-03", early, answered, late) == due("2025-06-20", late)


def test_extensions_add_at_most_twenty() -> None:
    ten, more = (K.EXTENDED, "2025-06-05", 14), (K.EXTENDED, "2025-06-06", 14)
    history = case("2025-06-03", ten, more)
    standing = stand(history, work_calendar())
    assert standing.allowed == 40
    rules = {flag.rule for flag in flags(history, standing, work_calendar(), date(2025, 6, 9))}
    assert "extension_excessive" in rules


def test_consultations_are_skipped_once() -> None:
    one = [(K.CONSULTATION_STARTED, "2025-06-09", 0), (K.CONSULTATION_ENDED, "2025-06-20", 0)]
    two = [
        (K.CONSULTATION_STARTED, "2025-06-09", 0),
        (K.CONSULTATION_STARTED, "2025-06-10", 1),
        (K.CONSULTATION_ENDED, "2025-06-13", 1),
        (K.CONSULTATION_ENDED, "2025-06-20", 0),
    ]
    assert due("2025-06-03", *one) == due("2025-06-03", *two) == "2025-07-14"
    standing = stand(case("2025-06-03", one[0]), work_calendar())
    clock = read_clock(standing, work_calendar(), date(2025, 8, 1))
    assert (standing.due_on, standing.state, clock.days_left) == (None, State.CONSULTING, 16)


def test_payment_starts_from_zero() -> None:
    billed = (K.FEE_NOTIFIED, "2025-06-04", 1)
    paid = (K.FEE_PAID, "2025-06-20", 0)
    standing = stand(case("2025-06-03", billed), work_calendar())
    assert (standing.due_on, standing.state) == (None, State.AWAITING_PAYMENT)
    assert standing.reply_by == date(2025, 7, 2)
    assert due("2025-06-03", billed, paid) == due("2025-06-20")


def test_delay_replaces_the_due_date() -> None:
    assert due("2025-06-03", (K.DELAY_SET, "2025-06-10", 100)) == "2025-09-18"


def test_past_the_published_calendar_is_provisional() -> None:
    calendar = work_calendar()
    last = max(calendar.published)
    inside = stand(case(f"{last}-11-02"), calendar)
    beyond = stand(case(f"{last}-12-15"), calendar)
    assert (inside.provisional, beyond.provisional) == (False, True)


@examples(150)
@given(histories(), st.integers(0, 60))
def test_the_clock_agrees_with_walking_the_days(recorded: list[Event], later: int) -> None:
    history = effective(recorded)
    today = history[-1].on + timedelta(days=later)
    calendar = work_calendar()
    standing = stand(history, calendar)
    clock = read_clock(standing, calendar, today)
    slow = slow_clock(recorded, today)
    assert standing.due_on == slow.due_on
    if not slow.waiting and not slow.consulting:
        assert clock.days_used == slow.days_used
        if clock.days_left is not None and standing.due_on is not None:
            assert clock.overdue == (clock.days_left < 0) or not is_workday(today)
    assert (standing.state is State.CONCLUDED) == (
        standing.concluded_on is not None and standing.state is not State.CANCELLED
    )


@examples(100)
@given(histories())
def test_the_trace_counts_up_to_the_due_date(recorded: list[Event]) -> None:
    history = effective(recorded)
    calendar = work_calendar()
    standing = stand(history, calendar)
    days = trace(history, calendar, TODAY)
    assert [day.date for day in days] == [
        days[0].date + timedelta(days=n) for n in range(len(days))
    ]
    assert all(day.why or not day.counts for day in days)
    kinds = {event.kind for event in history}
    if standing.due_on and K.DELAY_SET not in kinds and standing.concluded_on is None:
        at_due = next(day for day in days if day.date == standing.due_on)
        assert at_due.day == standing.allowed


def rules_of(today: str, *told: object) -> set[str]:
    history = case(*told)  # type: ignore[arg-type]
    calendar = work_calendar()
    return {
        flag.rule
        for flag in flags(history, stand(history, calendar), calendar, date.fromisoformat(today))
    }


def test_flags_name_what_the_law_forbids() -> None:
    asked7, asked8 = "2025-06-12", "2025-06-13"
    assert rules_of(asked7, "2025-06-03", (K.CLARIFICATION_REQUESTED, asked7, 20)) == set()
    assert rules_of(asked8, "2025-06-03", (K.CLARIFICATION_REQUESTED, asked8, 20)) == {
        "clarification_late"
    }
    twice = [(K.CLARIFICATION_REQUESTED, day, 20) for day in ("2025-06-04", "2025-06-05")]
    assert rules_of("2025-06-06", "2025-06-03", *twice) == {"clarification_repeated"}
    late = (K.EXTENDED, "2025-07-03", 5)
    assert "extension_late" in rules_of("2025-07-03", "2025-06-03", late)
    assert rules_of("2025-07-01", "2025-06-03") == set()
    assert rules_of("2025-07-02", "2025-06-03") == {"unanswered"}
    answered = (K.DECIDED, "2025-07-02", 0)
    assert rules_of("2025-12-02", "2025-06-03", answered) == {"answered_late"}
    assert rules_of("2025-12-02", "2025-06-03", (K.CANCELLED, "2025-07-02", 0)) == set()


def test_a_second_notice_sets_a_new_time_to_reply_and_starts_no_new_stop() -> None:
    first = (K.CLARIFICATION_REQUESTED, "2025-06-05", 10)
    second = (K.CLARIFICATION_REQUESTED, "2025-06-12", 10)
    standing = stand(case("2025-06-03", first, second), work_calendar())
    assert standing.reply_by == date(2025, 6, 22)
    assert standing.frozen_used == 2


def flagged(history: tuple[Event, ...], rule: str) -> list[str]:
    calendar = work_calendar()
    found = flags(history, stand(history, calendar), calendar, TODAY)
    return [flag.text for flag in found if flag.rule == rule]


@examples(150)
@given(histories())
def test_a_third_party_published_over_is_told(recorded: list[Event]) -> None:
    """Flagged for each third party whose last word is an objection, once something is published."""
    history = effective(recorded)
    objecting = objectors(history)
    published = any(e.outcome in ("3.1", "3.2") for e in history if e.outcome)
    told = {e.party for e in history if e.kind is K.PARTY_TOLD}
    untold = {
        party
        for party in objecting
        if party not in told and not (len(objecting) == 1 and None in told)
    }
    cancelled = any(e.kind is K.CANCELLED for e in history)
    expected = len(untold) if published and not cancelled else 0
    assert len(flagged(history, "party_untold")) == expected


@examples(150)
@given(histories())
def test_an_order_to_answer_anew_has_twenty_days_of_its_own(recorded: list[Event]) -> None:
    """Walked day by day; it never moves the case's first clock."""
    history = effective(recorded)
    late = 0
    for event in history:
        if event.kind is not K.REDECIDED or event.ordered_on is None:
            continue
        day, counted = event.ordered_on, 0
        while counted < 20:
            day += timedelta(days=1)
            counted += is_workday(day)
        assert anew(event.ordered_on, work_calendar()).due_on == day
        walked = trace_anew(event.ordered_on, work_calendar())
        assert (walked[-1].date, walked[-1].day) == (day, 20)
        late += event.on > day and event.ordered_on >= date(2025, 6, 1)
    if not any(e.kind is K.CANCELLED for e in history):
        assert len(flagged(history, "redecided_late")) == late
    without = tuple(e for e in history if e.kind is not K.REDECIDED)
    assert stand(history, work_calendar()) == stand(without, work_calendar())


@examples(100)
@given(histories())
def test_a_fee_notice_belongs_within_the_period(recorded: list[Event]) -> None:
    history = effective(recorded)
    late = 0
    for place, event in enumerate(history):
        if event.kind is K.FEE_NOTIFIED:
            due = slow_clock(list(history[:place]), event.on).due_on
            late += due is not None and event.on > due
    if not any(e.kind is K.CANCELLED for e in history):
        assert len(flagged(history, "fee_late")) == late
