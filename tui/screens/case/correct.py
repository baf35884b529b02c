"""更正 and 作废: the form that mends one record, with a reason."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from db.errors import ChangedMeanwhile
from db.law.event import Event
from db.law.history import effective
from db.words.vocabulary import EventKind
from tui.forms.correction import VOID_REASON, correction_fields
from tui.forms.draft import Draft, Outlook, outlook_of
from tui.screens.case.changed import case_changed, news_of
from tui.screens.shared.meanwhile import News, SeenForm
from tui.text.records import record_name

if TYPE_CHECKING:
    from db.calendar.workdays import WorkCalendar
    from db.cases.case_file import CaseFile
    from db.storage.transaction import Transaction


@dataclass(frozen=True)
class Mending:
    """A record to be mended: its case as read, and what the form needs beside it."""

    case: CaseFile
    event: Event
    calendar: WorkCalendar
    organs: tuple[str, ...] = ()


class MendScreen(SeenForm["CaseFile"]):
    """What correcting and voiding share; answers the case as it then stands."""

    VOID = False
    THEN = "更正后"

    def __init__(self, mending: Mending) -> None:
        super().__init__()
        self.mending = mending
        self.case = mending.case

    @property
    def recorded(self) -> list[Event]:
        return [entry.event for entry in self.case.entries]

    def change(self, draft: Draft) -> dict[str, Any]:
        """What of the event is to change."""
        return {}

    def outlook(self, draft: Draft) -> Outlook:
        changes = self.change(draft)
        if draft.faults.keys() - {"reason"} or not (changes or self.VOID):
            return Outlook()
        correction = Event(
            EventKind.CORRECTED,
            self.desk.today,
            target=self.mending.event.id,
            void=self.VOID or None,
            changes=changes or None,
        )
        return outlook_of(
            self.case.history,
            effective([*self.recorded, correction]),
            self.mending.calendar,
            self.desk.today,
            self.THEN,
        )

    def submit(self, draft: Draft) -> None:
        number, event_id, void = self.case.number, self.mending.event.id, self.VOID
        changes, reason = self.change(draft), draft.values["reason"]

        def question(tx: Transaction, seen: int) -> CaseFile:
            from db.cases.correcting import correct_event

            return correct_event(
                tx, number, event_id, reason, changes=changes, void=void, seen=seen
            )

        self.store_seen(question, self.mending.case.version)

    def take_news(self, changed: ChangedMeanwhile) -> News:
        news = case_changed(changed)
        self.case = news.now
        return news_of(news, self.outlook(self.draft))


class CorrectScreen(MendScreen):
    """Replace facts of a record: its own form, holding what stands now."""

    HEADING = "更正"

    async def on_mount(self) -> None:
        event = self.mending.event
        self.entitle(f"{self.case.number}  {record_name(event, self.recorded)}")
        await self.lay(correction_fields(event, self.mending.organs), self.mending.calendar)

    def change(self, draft: Draft) -> dict[str, Any]:
        """Only the fields that were touched; an emptied one becomes empty."""
        return {
            view.spec.name: draft.values.get(view.spec.name)
            for view in self.views
            if view.changed
            and view.spec.name != "reason"
            and draft.values.get(view.spec.name) != getattr(self.mending.event, view.spec.name)
        }

    def submit(self, draft: Draft) -> None:
        if self.change(draft):
            super().submit(draft)
        else:
            self.refused("没有任何改动；请先改要更正的一栏。")


class VoidScreen(MendScreen):
    """Void a record."""

    HEADING = "作废"
    VOID = True
    THEN = "作废后"

    async def on_mount(self) -> None:
        self.entitle(f"{self.case.number}  {record_name(self.mending.event, self.recorded)}")
        await self.lay((VOID_REASON,), self.mending.calendar)
