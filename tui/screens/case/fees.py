"""收费计算: what a request costs, by item or by page."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, NamedTuple

from textual.binding import BindingType

from db.calendar.workdays import work_calendar
from db.words.money import yuan
from db.words.vocabulary import EventKind, FeeBasis
from tui.actions.registry import PAGES, bindings
from tui.forms.draft import Draft, Outlook
from tui.forms.fees import fee_fields, fee_of
from tui.screens.case.step import StepScreen
from tui.screens.shared.form import FormScreen

if TYPE_CHECKING:
    from db.calendar.workdays import WorkCalendar
    from db.cases.case_file import CaseFile


class Fee(NamedTuple):
    """A fee in fen, and how it was charged."""

    amount: int
    basis: FeeBasis


class FeeScreen(FormScreen[Fee]):
    """The calculator; answers the fee, or tells it on the page behind if no form asks for it."""

    HEADING = "收费计算"
    KEPT = False

    def __init__(self, *, asked_for: bool = False) -> None:
        super().__init__()
        self._asked_for = asked_for

    async def on_mount(self) -> None:
        self.entitle("信息处理费（国办函〔2020〕109号）")
        await self.lay(fee_fields(), work_calendar())

    def outlook(self, draft: Draft) -> Outlook:
        if not draft.complete:
            return Outlook()
        return Outlook(f"应收 {yuan(fee_of(draft), ',')} 元")

    def submit(self, draft: Draft) -> None:
        fee = Fee(fee_of(draft), draft.values["basis"])
        self.saved(fee)
        if not self._asked_for:
            self.desk.call_later(self.desk.flash, f"应收 {yuan(fee.amount, ',')} 元。")

    def unsaved(self) -> bool:
        return False  # nothing here is kept


class FeeStepScreen(StepScreen):
    """收费通知, with the calculator at hand."""

    SCOPES = PAGES["fee step"]
    BINDINGS: ClassVar[list[BindingType]] = bindings("fees")

    def action_calculate(self) -> None:
        self.desk.push_screen(FeeScreen(asked_for=True), self._take)

    def _take(self, fee: Fee | None) -> None:
        if fee is None:
            return
        told = {"amount": yuan(fee.amount), "basis": fee.basis.label}
        for view in self.views:
            if view.spec.name in told:
                view.input.value = told[view.spec.name]


def step_screen(case: CaseFile, calendar: WorkCalendar, kind: EventKind) -> StepScreen:
    """The form of a step."""
    made = FeeStepScreen if kind is EventKind.FEE_NOTIFIED else StepScreen
    return made(case, calendar, kind)
