"""Two hands on one dispute: the same for it as `db.cases.meanwhile` is for a case."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

from db.cases.meanwhile import names_of
from db.disputes.dispute import Dispute, DisputeEvent
from db.errors import ChangedMeanwhile, RegisterError


class DisputeChanged(ChangedMeanwhile):
    """The dispute as it is now, and what has been recorded of it since it was seen."""

    def __init__(self, now: Dispute, seen: int, refusal: str) -> None:
        self.now = now
        self.new: tuple[DisputeEvent, ...] = tuple(e for e in now.events if e.id > seen)
        by = names_of(event.recorded_by for event in self.new)
        super().__init__(f"第{now.id}号争议已由{by}更新；请核对后再登记。", now.version, refusal)


@contextlib.contextmanager
def as_seen(dispute: Dispute, seen: int | None) -> Iterator[None]:
    """A block that checks what is to be recorded on a dispute; storing comes after it.

    Raises:
        DisputeChanged: it has another version than `seen`; if the block refused, its sentence is in it.
    """
    changed = seen is not None and seen != dispute.version
    try:
        yield
    except RegisterError as refusal:
        if not changed:
            raise
        raise DisputeChanged(dispute, seen or 0, str(refusal)) from refusal
    if changed:
        raise DisputeChanged(dispute, seen or 0, "")
