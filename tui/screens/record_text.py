"""Records and corrections in words. No widgets here."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from db.cases import Entry
from db.history import FACT_LABELS, Event, effective
from db.vocabulary import EventKind
from tui.forms.events import FIELDS
from tui.forms.intake import intake_fields
from tui.screens.case_text import event_details, fact_text
from tui.widgets.cells import fit
from tui.widgets.plain import Part


class Change(NamedTuple):
    """One fact that a correction changed."""

    name: str
    old: Any
    new: Any


def changes_of(recorded: Sequence[Event], correction: Event) -> tuple[Change, ...]:
    """What a correction changed, against what stood when it was recorded."""
    before = effective([event for event in recorded if event.id < correction.id])
    target = next((event for event in before if event.id == correction.target), None)
    return tuple(
        Change(name, getattr(target, name) if target else None, new)
        for name, new in (correction.changes or {}).items()
    )


def correction_words(recorded: Sequence[Event], correction: Event) -> str:
    """`更正第3号答复：办结日期 2024-12-30 改为 2025-01-02；理由：…`."""
    target = next((event for event in recorded if event.id == correction.target), None)
    named = f"第{correction.target}号{target.kind.label if target else ''}"
    reason = f"；理由：{correction.reason}" if correction.reason else ""
    if correction.void:
        undone = target is not None and target.kind is EventKind.CORRECTED
        return f"作废{named}{'（恢复更正前的记录）' if undone else ''}{reason}"
    kind = target.kind if target else EventKind.NOTE
    told = "，".join(
        f"{fact_label(kind, c.name)} {_said(c.name, c.old)} 改为 {_said(c.name, c.new)}"
        for c in changes_of(recorded, correction)
    )
    return f"更正{named}：{told}{reason}"


def fact_label(kind: EventKind, name: str) -> str:
    """A fact as its own form calls it: an answer's day is 办结日期."""
    specs = intake_fields("", ()) if kind is EventKind.RECEIVED else FIELDS.get(kind, ())
    for spec in specs:
        if spec.name == name:
            return spec.label
    return FACT_LABELS.get(name, name)


def _said(name: str, value: Any) -> str:
    if value is None:
        return "（空）"
    return value.isoformat() if isinstance(value, date) else fact_text(name, value)


def record_name(event: Event) -> str:
    """`第3号 答复（2026-03-09）`."""
    return f"第{event.id}号 {event.kind.label}（{event.on}）"


def record_parts(entry: Entry, recorded: Sequence[Event]) -> tuple[Part, ...]:
    """One record of the list: its number, day, kind and facts; whether it still stands."""
    event = entry.event
    voided = entry.voided_by is not None
    look = "strike $quiet" if voided else ""
    parts: list[Part] = [
        (f"{fit(f'第{event.id}号', 10)}", "$quiet"),
        (f"{event.on}  ", "$quiet"),
        (event.kind.label, look or "bold"),
    ]
    parts += mark_parts(entry)
    if event.kind is EventKind.CORRECTED:
        details = correction_words(recorded, event)
    elif event.kind is EventKind.RECEIVED:
        details = "；".join(filter(None, [event.applicant, event.subject]))[:200]
    else:
        details = "；".join(event_details(event))
    if details:
        parts.append((f"  {details}", look))
    day = f"{event.recorded_at:%Y-%m-%d}" if event.recorded_at else ""
    parts.append((f"\n{' ' * 10}{day} {event.recorded_by} 登记", "$quiet"))
    return tuple(parts)


def mark_parts(entry: Entry) -> list[Part]:
    """In words whether a record was voided or replaced."""
    if entry.voided_by is not None:
        return [(f"  已作废（第{entry.voided_by}号）", "$warning")]
    if entry.replaced_by is not None:
        return [(f"  已更正（第{entry.replaced_by}号）", "$warning")]
    return []
