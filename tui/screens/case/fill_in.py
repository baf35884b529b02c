"""补充: what was empty when the case was registered is filled in, without a reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db.errors import ChangedMeanwhile
from db.law.event import Event
from db.law.history import effective
from db.words.vocabulary import EventKind
from tui.forms.correction import lacking_fields
from tui.forms.draft import Draft, Outlook, outlook_of
from tui.screens.case.changed import case_changed, news_of
from tui.screens.shared.meanwhile import News, SeenForm

if TYPE_CHECKING:
    from db.calendar.workdays import WorkCalendar
    from db.cases.case_file import CaseFile
    from db.storage.transaction import Transaction


class FillInScreen(SeenForm["CaseFile"]):
    """The facts of a case that are empty, and only those; answers the case as it then stands."""

    HEADING = "补充"

    def __init__(self, case: CaseFile, calendar: WorkCalendar) -> None:
        super().__init__()
        self.case = case
        self._seen = case.version
        self.lacking = lacking_fields(case.received, case.unit, case.officer)
        self._calendar = calendar

    async def on_mount(self) -> None:
        self.entitle(f"{self.case.number}  {self.case.received.applicant or ''}")
        await self.lay(self.lacking, self._calendar)

    def outlook(self, draft: Draft) -> Outlook:
        if not draft.values or not draft.complete:
            return Outlook("这里只列空着的各项，填上不必写理由。")
        filled = Event(
            EventKind.CORRECTED,
            self.desk.today,
            target=self.case.received.id,
            changes=draft.values,
        )
        recorded = [entry.event for entry in self.case.entries]
        after = effective([*recorded, filled])
        return outlook_of(self.case.history, after, self._calendar, self.desk.today, "补充后")

    def submit(self, draft: Draft) -> None:
        if not draft.values:
            self.refused("一项也没有填；请至少填一项。")
            return
        number, receipt, told = self.case.number, self.case.received.id, dict(draft.values)

        def question(tx: Transaction, seen: int) -> CaseFile:
            from db.cases.correcting import correct_event

            return correct_event(tx, number, receipt, None, changes=told, seen=seen)

        self.store_seen(question, self._seen)

    def take_news(self, changed: ChangedMeanwhile) -> News:
        news = case_changed(changed)
        self.case = news.now
        return news_of(news, self.outlook(self.draft))
