"""The keys of the steps on a case, alike on every page that records or supposes them."""

from __future__ import annotations

from db.words.vocabulary import EventKind

LOG_KEYS: dict[EventKind, str] = {
    EventKind.DECIDED: "d",
    EventKind.CLARIFICATION_REQUESTED: "b",
    EventKind.CLARIFICATION_RECEIVED: "B",
    EventKind.EXTENDED: "y",
    EventKind.CONSULTATION_STARTED: "z",
    EventKind.CONSULTATION_ENDED: "h",
    EventKind.PARTY_TOLD: "G",
    EventKind.FEE_NOTIFIED: "f",
    EventKind.FEE_PAID: "p",
    EventKind.REASONS_REQUESTED: "l",
    EventKind.DELAY_SET: "t",
    EventKind.WITHDRAWN: "w",
    EventKind.REDECIDED: "r",
    EventKind.ASSIGNED: "a",
    EventKind.NOTE: "m",
    EventKind.CANCELLED: "x",
}
"""The key of each step, on a case's page and on the row of a list; mostly the initial of its
usual name. What answers `b` comes back on `B`."""


SUPPOSED: tuple[EventKind, ...] = (
    EventKind.EXTENDED,
    EventKind.CLARIFICATION_REQUESTED,
    EventKind.CLARIFICATION_RECEIVED,
    EventKind.CONSULTATION_STARTED,
    EventKind.CONSULTATION_ENDED,
    EventKind.FEE_NOTIFIED,
    EventKind.FEE_PAID,
    EventKind.DELAY_SET,
    EventKind.DECIDED,
)
"""The steps that move the clock: what can be tried out."""
