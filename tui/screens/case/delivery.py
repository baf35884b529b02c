"""送达: how and when an answer was delivered; the day is that of its conclusion."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tui.forms.delivery import delivery_fields
from tui.forms.draft import Draft
from tui.screens.case.correct import MendScreen
from tui.text.records import record_name

if TYPE_CHECKING:
    from db.cases.case_file import CaseFile
    from db.storage.transaction import Transaction

REASON = "登记送达"
"""Why the day or the way of an answer changes that was recorded before it went out."""


class DeliveryScreen(MendScreen):
    """What is not known yet is filled in; what changes is corrected."""

    HEADING = "送达"
    THEN = "登记后"

    async def on_mount(self) -> None:
        event = self.mending.event
        self.entitle(f"{self.case.number}  {record_name(event, self.recorded)}")
        await self.lay(delivery_fields(event), self.mending.calendar)

    def change(self, draft: Draft) -> dict[str, Any]:
        return {
            name: value
            for name, value in draft.values.items()
            if value != getattr(self.mending.event, name)
        }

    def submit(self, draft: Draft) -> None:
        changes = self.change(draft)
        if not changes:
            self.refused("没有任何改动；请先填送达的情况。")
            return
        number, event, seen = self.case.number, self.mending.event, self.mending.case.version
        known = any(getattr(event, name) is not None for name in changes)

        def question(tx: Transaction, seen: int) -> CaseFile:
            from db.cases.correcting import correct_event

            reason = REASON if known else None
            return correct_event(tx, number, event.id, reason, changes=changes, seen=seen)

        self.store_seen(question, seen)
