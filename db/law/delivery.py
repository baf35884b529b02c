"""送达: whether the signed receipt of an answer is still waited for.

It is of an answer posted under a number of the postal enterprise, until the day it was signed for
is recorded or a paper called 送达回证 lies with the case. Handed over, it is signed for at once. The form
that was written to be signed is kept as a Word document, and nobody has signed that.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from db.law.event import ANSWERS, Event
from db.words.vocabulary import Delivery, EventKind

RECEIPT = "送达回证"


def receipt_awaited(history: Sequence[Event]) -> Event | None:
    """The oldest answer of an effective history whose signed receipt is waited for."""
    papers = [event for event in history if event.kind is EventKind.ATTACHED]
    for event in history:
        if event.kind not in ANSWERS or event.signed_on is not None:
            continue
        posted = event.delivery is Delivery.POSTED and event.postal_no
        if posted and not any(_is_receipt_of(paper, event) for paper in papers):
            return event
    return None


def receipt_since(history: Sequence[Event]) -> date | None:
    """Since when it is waited for: the day of posting."""
    answer = receipt_awaited(history)
    return answer.on if answer is not None else None


def is_draft(paper: Event) -> bool:
    """Whether a paper of the case is a letter as it was written, not as it was signed or scanned."""
    return (paper.name or "").lower().endswith(".docx")


def _is_receipt_of(paper: Event, answer: Event) -> bool:
    if RECEIPT not in (paper.called or "") or is_draft(paper):
        return False
    return paper.of_event == answer.id or (paper.of_event is None and paper.on >= answer.on)
