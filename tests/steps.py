"""Short ways to bring a register to where a test begins."""

from __future__ import annotations

from datetime import date, timedelta, timezone
from typing import Any

import pytest

from db.cases import CaseFile
from db.handling import log_event, new_case
from db.history import Event
from db.register import Register
from db.vocabulary import ApplicantKind, EventKind

SHANGHAI = timezone(timedelta(hours=8))


def receive(register: Register, on: str, **facts: Any) -> CaseFile:
    """A case received on a day; what is not named is plain."""
    told: dict[str, Any] = {
        "applicant": "某人",
        "applicant_kind": ApplicantKind.NATURAL_PERSON,
        "subject": "某事",
    }
    return new_case(register, Event(EventKind.RECEIVED, date.fromisoformat(on), **told | facts))


def log(register: Register, case: CaseFile, kind: EventKind, on: str, **facts: Any) -> CaseFile:
    return log_event(register, case.number, Event(kind, date.fromisoformat(on), **facts))


def set_day(monkeypatch: pytest.MonkeyPatch, day: str) -> None:
    monkeypatch.setenv("TAIZHANG_TODAY", day)
