"""One case as lists show it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from db.words.vocabulary import ApplicantKind, Channel, State


@dataclass(frozen=True, slots=True)
class CaseRow:
    """One case as lists show it; `days_left` in working days, None while none are counted."""

    id: int
    number: str
    organ: str
    applicant: str
    kind: ApplicantKind
    channel: Channel | None
    subject: str
    unit: str
    officer: str
    received_on: date
    state: State
    due_on: date | None
    provisional: bool
    reply_by: date | None
    concluded_on: date | None
    outcome: str | None
    days_used: int
    days_left: int | None
    overdue: bool
