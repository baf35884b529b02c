"""To which organ a dispute belongs: its case's, as that stood at any moment (DOMAIN, section 1)."""

from __future__ import annotations

from sqlalchemy import Connection, select

from db.cases.event_log import histories
from db.law.event import Event
from db.law.history import effective
from db.storage.cutoff import Cutoff
from db.storage.schema import disputes, events
from db.words.vocabulary import EventKind


def case_organs(
    connection: Connection, then: Cutoff | None = None
) -> dict[str, list[tuple[Event, str]]]:
    """The organs each case with a dispute has had, by its number: from which event on, and which.

    As recorded by then, else all of them; the receipt comes first.
    """
    linked = select(disputes.c.case_id).where(disputes.c.case_id.is_not(None))
    chosen = [
        events.c.case_id.in_(linked),
        events.c.kind.in_([EventKind.RECEIVED, EventKind.CORRECTED]),
        *([then.knows_event()] if then is not None else ()),
    ]
    found: dict[str, list[tuple[Event, str]]] = {}
    for _, told in histories(connection, *chosen):
        organs = [effective(told[:n])[0].organ or "" for n in range(1, len(told) + 1)]
        found[told[0].number or ""] = [
            (event, organ)
            for place, (event, organ) in enumerate(zip(told, organs, strict=True))
            if not place or organ != organs[place - 1]
        ]
    return found
