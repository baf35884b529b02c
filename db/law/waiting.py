"""Consultations not answered yet, and until which day the first of them may be."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from db.calendar.workdays import WorkCalendar
from db.law.event import Event
from db.law.periods import PARTY_DAYS
from db.words.vocabulary import EventKind


def party_limit(history: Sequence[Event], calendar: WorkCalendar) -> date | None:
    """The earliest last day of the consultations still open; None when none is."""
    return min((_limit(event, calendar) for event in _unanswered(history)), default=None)


def _unanswered(history: Sequence[Event]) -> list[Event]:
    """The consultations still open: an end answers the one of the same party, else the oldest."""
    waiting: list[Event] = []
    for event in history:
        if event.kind is EventKind.CONSULTATION_STARTED:
            waiting.append(event)
        elif event.kind is EventKind.CONSULTATION_ENDED and waiting:
            same = (asked for asked in waiting if asked.party == event.party)
            waiting.remove(next(same, waiting[0]))
    return waiting


def _limit(asked: Event, calendar: WorkCalendar) -> date:
    return asked.reply_by or calendar.add(asked.on, PARTY_DAYS)
