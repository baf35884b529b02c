"""登记办理情况: the form of one step on a case."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db.errors import ChangedMeanwhile
from db.words.vocabulary import EventKind
from tui.desk.drafts import step_form
from tui.forms.draft import Draft, Outlook, event_of, outlook
from tui.forms.events import fields_on
from tui.screens.case.changed import case_changed, news_of
from tui.screens.shared.meanwhile import News, SeenForm

if TYPE_CHECKING:
    from db.calendar.workdays import WorkCalendar
    from db.cases.case_file import CaseFile
    from db.storage.transaction import Transaction


class StepScreen(SeenForm["CaseFile"]):
    """Record one event; answers the case as it then stands."""

    HEADING = "登记"

    def __init__(self, case: CaseFile, calendar: WorkCalendar, kind: EventKind) -> None:
        super().__init__()
        self.case = case
        self._seen = case.version
        self.kind = kind
        self._calendar = calendar

    async def on_mount(self) -> None:
        self.entitle(
            f"{self.case.number}  {self.case.received.applicant or ''}", self.kind.recording
        )
        await self.lay(fields_on(self.case.history, self.kind), self._calendar)

    def form_name(self) -> str:
        return step_form(self.kind, self.case.number)

    def outlook(self, draft: Draft) -> Outlook:
        if not draft.complete:
            return Outlook()
        event = event_of(self.kind, draft)
        return outlook(self.case.history, event, self._calendar, self.desk.today)

    def submit(self, draft: Draft) -> None:
        event = event_of(self.kind, draft)
        number = self.case.number

        def question(tx: Transaction, seen: int) -> CaseFile:
            from db.cases.registering import log_event

            return log_event(tx, number, event, seen=seen)

        self.store_seen(question, self._seen)

    def take_news(self, changed: ChangedMeanwhile) -> News:
        news = case_changed(changed)
        self.case = news.now
        return news_of(news, self.outlook(self.draft))
