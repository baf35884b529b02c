"""新申请: the form of a new case."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on
from textual.widgets import Input

from db.vocabulary import EventKind
from tui.forms.draft import Draft, Outlook, event_of, outlook
from tui.forms.intake import intake_fields
from tui.screens.form import FormScreen

if TYPE_CHECKING:
    from datetime import date

    from db.cases import CaseFile
    from db.register import Register
    from db.workdays import WorkCalendar


class IntakeScreen(FormScreen["CaseFile"]):
    """Register a case; answers it as stored."""

    HEADING = "新申请"

    def __init__(self) -> None:
        super().__init__()
        self._number_of = 0  # the year the proposed number is for

    def on_mount(self) -> None:
        today = self.desk.today

        def question(register: Register) -> tuple[str, tuple[str, ...], WorkCalendar]:
            from db.handling import suggest_number

            return suggest_number(register, today), register.organ_names(), register.calendar()

        self.ask("intake", question, self._begin)

    async def _lay(self, number: str, organs: tuple[str, ...], calendar: WorkCalendar) -> None:
        habits = self.desk.habits
        self.entitle(f"编号 {number}")
        await self.lay(intake_fields(number, organs, habits.channel, habits.kind), calendar)

    def _begin(self, found: tuple[str, tuple[str, ...], WorkCalendar]) -> None:
        self._number_of = self.desk.today.year
        self.call_later(self._lay, *found)

    @on(Input.Changed)
    def propose_number(self) -> None:
        """The number follows the year of receipt."""
        day: date | None = self.draft.values.get("on")
        if day is None or day.year == self._number_of:
            return
        self._number_of = day.year

        def question(register: Register) -> str:
            from db.handling import suggest_number

            return suggest_number(register, day)

        self.ask("number", question, self._proposed)

    def _proposed(self, number: str) -> None:
        self.entitle(f"编号 {number}")
        for view in self.views:
            if view.spec.name == "number":
                view.input.placeholder = number

    def outlook(self, draft: Draft) -> Outlook:
        if "on" not in draft.values or self.calendar is None:
            return Outlook()
        return outlook((), event_of(EventKind.RECEIVED, draft), self.calendar, self.desk.today)

    def submit(self, draft: Draft) -> None:
        event = event_of(EventKind.RECEIVED, draft)
        self.desk.habits.channel = event.channel
        self.desk.habits.kind = event.applicant_kind

        def question(register: Register) -> CaseFile:
            from db.handling import new_case

            return new_case(register, event)

        self.ask("save", question, self.saved, self.refused)
