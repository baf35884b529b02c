"""One form, one order: what is most often changed comes first, and a supposed step stands alike."""

from __future__ import annotations

from datetime import date

import pytest

from db.calendar.workdays import work_calendar
from db.law.event import Event
from db.words.vocabulary import EventKind
from tui.actions.step_keys import SUPPOSED
from tui.forms.draft import understand
from tui.forms.events import FIELDS, fields_on
from tui.forms.what_if import supposed_fields

K = EventKind
RECEIVED = Event(K.RECEIVED, date(2026, 3, 2), id=1, applicant="某人", subject="某事")


def test_the_first_field_is_the_one_most_often_changed() -> None:
    first = {kind: specs[0].name for kind, specs in FIELDS.items()}
    assert first == {
        K.ASSIGNED: "unit",
        K.CLARIFICATION_REQUESTED: "reply_by",
        K.CLARIFICATION_RECEIVED: "on",
        K.EXTENDED: "approver",
        K.CONSULTATION_STARTED: "party",
        K.CONSULTATION_ENDED: "opinion",
        K.REASONS_REQUESTED: "reply_by",
        K.DELAY_SET: "due",
        K.FEE_NOTIFIED: "amount",
        K.FEE_PAID: "amount",
        K.DECIDED: "outcome",
        K.WITHDRAWN: "on",
        K.REDECIDED: "outcome",
        K.PARTY_TOLD: "party",
        K.CANCELLED: "note",
        K.NOTE: "note",
    }


@pytest.mark.parametrize("kind", SUPPOSED)
def test_a_supposed_step_stands_as_on_its_own_form(kind: EventKind) -> None:
    own = [spec.name for spec in fields_on((RECEIVED,), kind)]
    supposed = [spec.name for spec in supposed_fields((RECEIVED,), kind)]
    assert supposed == [name for name in own if name in supposed]
    assert "on" in supposed


def test_a_supposed_consultation_asks_whom_first() -> None:
    supposed = supposed_fields((RECEIVED,), K.CONSULTATION_STARTED)
    assert [spec.name for spec in supposed] == ["party", "party_kind", "on", "reply_by"]


def test_a_limit_before_the_day_is_counted_from_it_all_the_same() -> None:
    texts = {"reply_by": "+1", "on": "2026-3-5"}
    specs = FIELDS[K.CLARIFICATION_REQUESTED]
    draft = understand(specs, texts, date(2026, 3, 10), work_calendar())
    assert draft.values["reply_by"] == date(2026, 3, 6)
