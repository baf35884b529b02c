"""The forms of 期限试算: only what moves the clock, and days may lie ahead."""

from __future__ import annotations

from collections.abc import Sequence

from db.law.event import Event
from db.words.vocabulary import EventKind
from tui.forms.common import DATE_HELP
from tui.forms.draft import Draft
from tui.forms.events import fields_on
from tui.forms.fields import FieldSpec, date_field

_CLOCKED = frozenset(("on", "days", "due", "reply_by", "party", "party_kind"))
"""The facts that the clock or a flag depends on: by its name a party is told from another."""

_FILLER_OUTCOME = "3.1"


def supposed_fields(history: Sequence[Event], kind: EventKind) -> tuple[FieldSpec, ...]:
    """The fields of one supposed step after a history, supposed steps and all.

    They stand as on the form that records it.
    """
    return tuple(
        _supposed_day(spec) if spec.name == "on" else spec
        for spec in fields_on(history, kind)
        if spec.name in _CLOCKED
    )


def _supposed_day(own: FieldSpec) -> FieldSpec:
    return date_field(
        "on",
        own.label,
        f"试算的日期，可以在今天以后；+5 是今天起第5个工作日。\n{DATE_HELP}",
        future=True,
        required=True,
        initial="今天",
    )


def supposed_event(kind: EventKind, draft: Draft) -> Event:
    """The step a complete draft describes."""
    outcome = _FILLER_OUTCOME if kind is EventKind.DECIDED else None
    return Event(kind, outcome=outcome, **draft.values)
