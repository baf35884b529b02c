"""The forms of 假如: only what moves the clock, and days may lie ahead."""

from __future__ import annotations

from collections.abc import Sequence

from db.law.event import Event
from db.words.vocabulary import EventKind
from tui.forms.draft import Draft
from tui.forms.events import DATE_HELP, fields_on
from tui.forms.fields import FieldSpec, date_field

_CLOCKED = frozenset(("days", "due", "reply_by", "party_kind"))
"""The facts besides the day that the clock or a flag depends on."""

_FILLER_OUTCOME = "3.1"


def supposed_fields(history: Sequence[Event], kind: EventKind) -> tuple[FieldSpec, ...]:
    """The fields of one supposed step after a history, supposed steps and all."""
    own = {spec.name: spec for spec in fields_on(history, kind)}
    day = date_field(
        "on",
        own["on"].label,
        f"假设的日期，可以是将来的日子；+5 是今天起第5个工作日。\n{DATE_HELP}",
        future=True,
        required=True,
        initial="今天",
    )
    asks_which = own["party"].required if "party" in own else False
    clocked = _CLOCKED | {"party"} if asks_which else _CLOCKED
    return (day, *(spec for name, spec in own.items() if name in clocked))


def supposed_event(kind: EventKind, draft: Draft) -> Event:
    """The step a complete draft describes."""
    outcome = _FILLER_OUTCOME if kind is EventKind.DECIDED else None
    return Event(kind, outcome=outcome, **draft.values)
