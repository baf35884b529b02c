"""A case's records as parts with styles."""

from __future__ import annotations

from collections.abc import Sequence

from db.cases.case_file import Entry
from db.law.event import Event
from db.law.history import place_of
from db.words.text import one_line
from db.words.vocabulary import EventKind
from tui.text.cells import fit
from tui.text.records import details_of, mark_words, record_label
from tui.widgets.plain import Part


def record_parts(entry: Entry, recorded: Sequence[Event]) -> tuple[Part, ...]:
    """One record of the list: its number, day, kind and facts; whether it still stands."""
    event = entry.event
    voided = entry.voided_by is not None
    look = "strike $quiet" if voided else ""
    parts: list[Part] = [
        (f"{fit(f'第{place_of(recorded, event.id)}条', 10)}", "$quiet"),
        (f"{event.on}  ", "$quiet"),
        (record_label(event, recorded), look or "bold"),
    ]
    parts += mark_parts(entry, recorded)
    if event.kind is EventKind.RECEIVED:
        details = one_line("；".join(filter(None, [event.applicant, event.subject]))[:200])
    else:
        details = details_of(event, recorded)
    if details:
        parts.append((f"  {details}".replace("\n", "\n" + " " * 10), look))
    day = f"{event.recorded_at:%Y-%m-%d}" if event.recorded_at else ""
    seat = f"（{one_line(event.recorded_from)}）" if event.recorded_from else ""
    parts.append((f"\n{' ' * 10}{day} {event.recorded_by}{seat} 登记", "$quiet"))
    return tuple(parts)


def mark_parts(entry: Entry, recorded: Sequence[Event]) -> list[Part]:
    """In words whether a record was voided or replaced."""
    words = mark_words(entry, recorded)
    return [(f"  {words}", "$warning")] if words else []
