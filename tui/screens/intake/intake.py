"""新申请: the form of a new case; with the answer when it was given on the spot (当场答复)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.widgets import Input

from tui.actions.registry import PAGES, bindings
from tui.forms.draft import Draft, Outlook, outlook
from tui.forms.intake import ANSWER, OF_THE_CASE, answer_of, intake_fields, receipt_of
from tui.screens.intake.known_applicant import WithKnown
from tui.widgets.field import Field

if TYPE_CHECKING:
    from datetime import date

    from db.calendar.workdays import WorkCalendar
    from db.cases.case_file import CaseFile
    from db.storage.transaction import Transaction

FIRST = "_first"
"""Under which the number of a letter's first case is kept with the texts."""


class IntakeScreen(WithKnown["CaseFile"]):
    """Register a case, or the cases of one letter; answers the last one as stored."""

    SCOPES = PAGES["intake"]
    BINDINGS: ClassVar[list[BindingType]] = bindings("intake")
    HEADING = "新申请"

    def __init__(self) -> None:
        super().__init__()
        self._number_of = 0  # the year the proposed number is for
        self._organs: tuple[str, ...] = ()
        self._number = ""
        self._first = ""  # the number of the letter's first case, once that is stored
        self._last: CaseFile | None = None
        self._goes_on = False  # whether another case of the same letter follows

    def compose(self) -> ComposeResult:
        self._ask_what_is_proposed()  # it is read while the widgets are made
        return super().compose()

    def _ask_what_is_proposed(self) -> None:
        today = self.desk.today

        def question(tx: Transaction) -> tuple[str, tuple[str, ...], WorkCalendar]:
            from db.cases.numbers import suggest_number
            from db.cases.organs import organ_names

            return suggest_number(tx, today), organ_names(tx), tx.calendar

        self.ask("intake", question, self._begin)

    async def _lay(self, number: str, organs: tuple[str, ...], calendar: WorkCalendar) -> None:
        habits = self.desk.habits
        self._organs = organs
        self._propose(number)
        await self.lay(intake_fields(number, organs, habits.channel, habits.kind), calendar)

    def _begin(self, found: tuple[str, tuple[str, ...], WorkCalendar]) -> None:
        self._number_of = self.desk.today.year
        self.call_later(self._lay, *found)

    # -- the number -------------------------------------------------------------------------

    @on(Input.Changed)
    def propose_number(self) -> None:
        """The number follows the year of receipt."""
        day: date | None = self.draft.values.get("on")
        if day is None or day.year == self._number_of:
            return
        self._number_of = day.year
        self._ask_number(day)

    def _ask_number(self, day: date) -> None:
        def question(tx: Transaction) -> str:
            from db.cases.numbers import suggest_number

            return suggest_number(tx, day)

        self.ask("number", question, self._propose)

    def _propose(self, number: str) -> None:
        self._number = number
        self.entitle(f"编号 {number}", "当场答复" if self.answering else "新申请")
        for view in self.views:
            if view.spec.name == "number":
                view.propose(number)

    # -- an answer on the spot --------------------------------------------------------------

    @property
    def answering(self) -> bool:
        """Whether the answer is asked for as well."""
        return any(spec in ANSWER for spec in self.specs)

    async def action_answer(self) -> None:
        """Ask for the answer as well, or no longer."""
        if self.calendar is None or self._saving:
            return
        views = [view for view in self.views if view.spec in ANSWER]
        if not views:
            await self._ask_answer()
            self.set_focus(self._view("outcome"))
        elif any(view.changed for view in views):
            self.flash(f"答复各栏已经填过；清空后再按 {self.key('intake.answer')} 去掉。")
        else:
            self.specs = [spec for spec in self.specs if spec not in ANSWER]
            await self.sheet.drop(views)
            self.set_focus(self._view("on"))
            self._propose(self._number)
            self.refresh_draft()

    async def _ask_answer(self) -> None:
        place = [spec.name for spec in self.specs].index("on") + 1
        self.specs = (*self.specs[:place], *ANSWER, *self.specs[place:])
        await self.sheet.put([Field(spec) for spec in ANSWER], after=self._view("on"))
        self._propose(self._number)
        self.refresh_draft()

    def _view(self, name: str) -> Field:
        return next(view for view in self.views if view.spec.name == name)

    def outlook(self, draft: Draft) -> Outlook:
        if "on" not in draft.values or self.calendar is None:
            return Outlook()
        received = replace(receipt_of(draft), id=1)
        if self.answering and {"answered_on", "outcome"} <= draft.values.keys():
            seen = outlook((received,), answer_of(draft), self.calendar, self.desk.today)
        else:
            seen = outlook((), received, self.calendar, self.desk.today)
        if self._first:
            both = f"\n一事一申请：与 {self._first} 同一份申请书，保存时两件互相注明。"
            return replace(seen, sentence=seen.sentence + both)
        return seen

    # -- several cases of one letter --------------------------------------------------------

    def action_sibling(self) -> None:
        """Save, and go on with the next case of the same letter."""
        self._goes_on = True
        self.action_save()
        self._goes_on = self._saving

    def saved(self, result: CaseFile) -> None:
        self._last = result
        if not self._goes_on:
            super().saved(result)
            return
        self._goes_on = self._saving = self._pressed = False
        self._first = self._first or result.number
        self.call_later(self._lay_sibling, result)

    def refused(self, sentence: str) -> None:
        self._goes_on = False
        super().refused(sentence)

    async def _lay_sibling(self, before: CaseFile) -> None:
        """The form again: the applicant's facts stand, what differs is empty."""
        same = {v.spec.name: v.text for v in self.views if v.spec.name not in OF_THE_CASE}
        await self._lay_again(same)
        self.keep()
        self.set_focus(self._view("subject"))
        self.flash(f"已登记 {before.number}，继续登记下一件。")
        self._ask_number(before.received.on)

    async def _lay_again(self, texts: Mapping[str, str]) -> None:
        if self.calendar is None:
            return
        specs = [
            replace(spec, initial=texts.get(spec.name, ""))
            for spec in intake_fields(self._number, self._organs)
        ]
        await self.sheet.drop(list(self.views))
        await self.lay(specs, self.calendar)

    # -- keeping and storing ----------------------------------------------------------------

    def form_name(self) -> str:
        return "intake"

    def texts_to_keep(self) -> dict[str, str]:
        kept = super().texts_to_keep()
        if kept and self._first:
            return {view.spec.name: view.text for view in self.views} | {FIRST: self._first}
        return kept

    async def restore(self, texts: Mapping[str, str]) -> None:
        self._first = texts.get(FIRST, "")
        if any(spec.name in texts for spec in ANSWER):
            await self._ask_answer()
        self._propose(self._number)
        await super().restore(texts)

    def submit(self, draft: Draft) -> None:
        received = receipt_of(draft)
        answered = answer_of(draft) if self.answering else None
        first = self._first
        self.desk.habits.channel = received.channel
        self.desk.habits.kind = received.applicant_kind

        def question(tx: Transaction) -> CaseFile:
            from db.cases.registering import new_case, new_case_decided, new_sibling

            if first:
                return new_sibling(tx, received, first, answered)
            if answered is not None:
                return new_case_decided(tx, received, answered)
            return new_case(tx, received)

        self.store(question, self.saved, self.refused)

    def leave(self) -> None:
        """Go back; what was stored of the letter stays stored."""
        self.forget()
        self.dismiss(self._last)
