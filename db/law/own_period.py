"""Whether a period set under article 35 is in force: then no day n of 20 is spoken of."""

from __future__ import annotations

from collections.abc import Sequence

from db.law.event import Event
from db.words.vocabulary import EventKind

OWN_PERIOD = "已按第三十五条另定期限"
_ENDS = (EventKind.CLARIFICATION_RECEIVED, EventKind.FEE_PAID)


def own_period(history: Sequence[Event]) -> bool:
    """Set, and not dropped since by a reset."""
    for event in reversed(history):
        if event.kind in _ENDS:
            return False
        if event.kind is EventKind.DELAY_SET:
            return True
    return False
