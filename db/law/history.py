"""A case is its history: an append-only list of dated events (DOMAIN, section 3).

Corrections are events too. `effective` answers what the history says once they are applied;
everything derived (state, clock, figures) starts from there.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from db.law.event import Event, replaced
from db.words.vocabulary import (
    EventKind,
)

_DAY_RANK: Mapping[EventKind, int] = {
    EventKind.RECEIVED: 0,
    EventKind.DECIDED: 2,
    EventKind.WITHDRAWN: 2,
    EventKind.REDECIDED: 3,
    EventKind.CANCELLED: 4,
}


def order(event: Event) -> tuple[date, int, float]:
    """By day; within a day receipt first, the conclusion last, the rest as recorded."""
    return (event.on, _DAY_RANK.get(event.kind, 1), event.id or float("inf"))


def live_corrections(events: Iterable[Event]) -> tuple[dict[int, Event], list[Event]]:
    """Which events are voided (by which correction), and the corrections still in force.

    A later correction may void an earlier one, which brings back what that one had voided.
    """
    voided: dict[int, Event] = {}
    live: list[Event] = []
    corrections = [e for e in events if e.kind is EventKind.CORRECTED]
    for correction in sorted(corrections, key=lambda e: e.id or float("inf"), reverse=True):
        if correction.id in voided:
            continue
        live.append(correction)
        if correction.void and correction.target is not None:
            voided.setdefault(correction.target, correction)
    return voided, live[::-1]


def effective(events: Iterable[Event]) -> tuple[Event, ...]:
    """What the history says once its corrections are applied, in the order it happened.

    Voided events and the corrections themselves are left out; a replaced event keeps its id and
    carries the new facts.
    """
    listed = list(events)
    if not any(e.kind is EventKind.CORRECTED for e in listed):
        return tuple(sorted(listed, key=order))
    voided, corrections = live_corrections(listed)
    changes: dict[int, dict[str, Any]] = {}
    for correction in corrections:
        if correction.target is not None and correction.changes:
            changes.setdefault(correction.target, {}).update(correction.changes)
    kept = [
        replaced(event, **changes[event.id]) if event.id in changes else event
        for event in listed
        if event.kind is not EventKind.CORRECTED and event.id not in voided
    ]
    return tuple(sorted(kept, key=order))


def place_of(recorded: Iterable[Event], event_id: int | None) -> int:
    """Which of a case's records it is (本件第几条), in the order recorded; 0 if none of them."""
    ids = sorted(event.id for event in recorded)
    return ids.index(event_id) + 1 if event_id in ids else 0


def first_conclusion(history: Iterable[Event]) -> Event | None:
    """The counted conclusion: the first effective answer or withdrawal."""
    return next((event for event in history if event.kind.concludes), None)


def handlers(history: Iterable[Event]) -> tuple[str, str]:
    """承办科室 and 承办人 as last assigned."""
    unit = officer = ""
    for event in history:
        if event.kind in (EventKind.RECEIVED, EventKind.ASSIGNED):
            unit = event.unit or unit
            officer = event.officer or officer
    return unit, officer
