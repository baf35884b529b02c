"""The projection of a history onto one row of `cases`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from db.calendar.workdays import WorkCalendar
from db.cases.case_file import handlers
from db.law.clock import counted_by_due, stand
from db.law.history import Event, first_conclusion
from db.law.waiting import party_limit
from db.words.pinyin import sort_key
from db.words.vocabulary import State


def project(
    history: Sequence[Event], organ_id: int, last_event_id: int, calendar: WorkCalendar
) -> dict[str, Any]:
    """The row of `cases` (without its id) that an effective history amounts to."""
    received = history[0]
    standing = stand(history, calendar)
    conclusion = first_conclusion(history)
    unit, officer = handlers(history)
    return {
        "number": received.number,
        "organ_id": organ_id,
        "applicant": received.applicant,
        "kind": received.applicant_kind,
        "channel": received.channel,
        "received_on": received.on,
        "received_year": received.on.year,
        "submitted_on": received.submitted_on,
        "subject": received.subject,
        "id_no": received.id_no,
        "phone": received.phone,
        "address": received.address,
        "email": received.email,
        "unit": unit or None,
        "officer": officer or None,
        "state": standing.state,
        "counts_from": standing.counts_from,
        "allowed": counted_by_due(standing, calendar),
        "due_on": standing.due_on,
        "provisional": standing.provisional,
        "reply_by": standing.reply_by,
        "party_limit": (
            party_limit(history, calendar) if standing.state is State.CONSULTING else None
        ),
        "frozen_used": standing.frozen_used,
        "concluded_on": standing.concluded_on,
        "concluded_year": standing.concluded_on.year if standing.concluded_on else None,
        "outcome": standing.outcome,
        "doc_no": conclusion.doc_no if conclusion else None,
        "applicant_key": sort_key(received.applicant or ""),
        "subject_key": sort_key(received.subject or ""),
        "last_event_id": last_event_id,
    }
