"""What a register must say, computed from plain lists of what was recorded, slowly and simply."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta

from db.law.event import Event
from db.words.outcomes import WITHDRAWN_CODE
from db.words.vocabulary import EventKind
from db.year_end.form import COLUMNS, row_labels
from tests.support.histories import is_workday, slow_clock

K = EventKind
ENDS = (K.DECIDED, K.WITHDRAWN)


def standing(events: list[Event]) -> list[Event]:
    """What the history says: a correction counts unless a later one that counts voids it."""

    def counts(event: Event) -> bool:
        return not any(
            other.kind is K.CORRECTED
            and other.void
            and other.target == event.id
            and other.id > event.id
            and counts(other)
            for other in events
        )

    kept = []
    for event in events:
        if event.kind is K.CORRECTED or not counts(event):
            continue
        for other in events:
            if other.kind is K.CORRECTED and other.target == event.id and counts(other):
                event = replace(event, **(other.changes or {}))  # noqa: PLW2901
        kept.append(event)
    late = {K.DECIDED: 1, K.WITHDRAWN: 1, K.REDECIDED: 2, K.CANCELLED: 3}
    return sorted(
        kept, key=lambda e: (e.on, -1 if e.kind is K.RECEIVED else late.get(e.kind, 0), e.id)
    )


def can_have_happened(history: list[Event], today: date) -> bool:
    received = next(e for e in history if e.kind is K.RECEIVED)
    ended = cancelled = False
    for event in history:
        if not received.on <= event.on <= today:
            return False
        for limit in (event.reply_by, event.due, event.pay_by):
            if limit is not None and limit < event.on:
                return False
        if event.ordered_on is not None and not received.on <= event.ordered_on <= event.on:
            return False
        if cancelled and event.kind is not K.NOTE:
            return False
        if ended and event.kind not in (K.NOTE, K.REDECIDED, K.PARTY_TOLD, K.CANCELLED):
            return False
        if event.kind is K.REDECIDED and not ended:
            return False
        ended = ended or event.kind in ENDS
        cancelled = cancelled or event.kind is K.CANCELLED
    return True


def cells(history: list[Event], year: int) -> set[tuple[str, str]]:
    """Rows and column a case stands in, read straight from DOMAIN section 5."""
    if any(e.kind is K.CANCELLED for e in history):
        return set()
    received = history[0].on
    end = next((e for e in history if e.kind in ENDS), None)
    kind = str(history[0].applicant_kind)
    found = set()
    if received.year == year:
        found.add(("1", kind))
    if received.year < year and (end is None or end.on.year >= year):
        found.add(("2", kind))
    if end is not None and end.on.year == year:
        found.add((end.outcome or WITHDRAWN_CODE, kind))
    if received.year <= year and (end is None or end.on.year > year):
        found.add(("4", kind))
    return found


def table_of(histories: list[list[Event]], year: int) -> dict[str, tuple[int, ...]]:
    counted: Counter[tuple[str, str]] = Counter()
    for history in histories:
        for code, kind in cells(history, year):
            for row in (code, "3.7") if code not in ("1", "2", "4") else (code,):
                counted[row, kind] += 1
                counted[row, "total"] += 1
    return {
        label.code: tuple(counted[label.code, column] for column in COLUMNS)
        for label in row_labels("2021")
    }


def slow_rules(history: list[Event], today: date) -> set[str]:
    """The breaches that a day-by-day reading finds, of clarification and of the answer."""
    if any(e.kind is K.CANCELLED for e in history):
        return set()
    found = set()
    asked = [e.on for e in history if e.kind is K.CLARIFICATION_REQUESTED]
    if asked:
        days = (asked[0] - history[0].on).days
        if sum(is_workday(history[0].on + timedelta(n)) for n in range(1, days + 1)) > 7:
            found.add("clarification_late")
    if len(asked) > 1:
        found.add("clarification_repeated")
    end = next((e.on for e in history if e.kind in ENDS), None)
    due = slow_clock(history, today).due_on
    if due is not None and (end or today) > due:
        found.add("answered_late" if end else "unanswered")
    return found
