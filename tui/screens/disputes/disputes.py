"""复议诉讼: the reviews and suits of a case, of a figure of table 4, or all of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual.binding import BindingType
from textual.widget import Widget

from db.disputes.watching import Ahead, days_ahead
from tui.actions.registry import PAGES, bindings
from tui.desk.places import Case, DisputeFigure
from tui.screens.disputes.dispute_text import ahead_parts, dispute_name, dispute_parts
from tui.screens.shared.list_page import ListPage
from tui.screens.shared.windows import confirm
from tui.text.cells import plain_quotes
from tui.widgets.pick_list import PickList
from tui.widgets.plain import Part, PlainText

if TYPE_CHECKING:
    from textual.screen import Screen

    from db.calendar.workdays import WorkCalendar
    from db.disputes.dispute import Dispute
    from db.storage.transaction import Transaction


@dataclass(frozen=True)
class Docket:
    """The disputes listed, those that wait for a new answer, and what a form needs."""

    listed: tuple[Dispute, ...]
    waiting: frozenset[int]
    reviews: tuple[Dispute, ...]
    organs: tuple[str, ...]
    calendar: WorkCalendar


class DisputesScreen(ListPage[None]):
    """A list of disputes, newest first; new ones, their end, and voiding."""

    SCOPES = PAGES["disputes"]
    HEADING = "复议诉讼"
    READS = ("disputes",)
    FOLLOWS = True
    BINDINGS: ClassVar[list[BindingType]] = bindings("disputes")
    HANG = 8

    def __init__(self, case: str | None = None, figure: DisputeFigure | None = None) -> None:
        super().__init__()
        self.case = case
        self.figure = figure
        self.docket: Docket | None = None
        self._at: str | None = None  # the dispute that was just recorded

    def body(self) -> Iterable[Widget]:
        line, *rest = super().body()
        yield from (line, PlainText(id="ahead"), *rest)

    def on_mount(self) -> None:
        figure = self.figure
        self.entitle(self.case or (f"{_when(figure)}  {figure.organ}" if figure else "全部"))
        self.reload()

    def reload(self) -> None:
        case, figure = self.case, self.figure

        def question(tx: Transaction) -> Docket:
            from db.cases.organs import organ_names
            from db.disputes.dispute import Block
            from db.disputes.reading import awaiting_new_answer, list_disputes
            from db.year_end.dispute_table import disputes_behind

            if figure is not None:
                listed = disputes_behind(
                    tx,
                    figure.year,
                    figure.organ,
                    figure.block,
                    figure.result,
                    figure.then,
                    figure.days,
                )
            else:
                listed = list_disputes(tx, case)
            return Docket(
                tuple(listed[::-1]),
                frozenset(dispute.id for dispute in awaiting_new_answer(tx)),
                tuple(
                    review
                    for review in list_disputes(tx, case)
                    if review.block is Block.REVIEW
                    and review.concluded_on is not None
                    and not review.voided
                ),
                organ_names(tx),
                tx.calendar,
            )

        self.ask("disputes", question, self._show)

    def _ahead(self, docket: Docket) -> list[Ahead]:
        """The days that are waited for, those of new answers among them."""
        from db.disputes.orders import orders_ahead

        today = self.desk.today
        waiting = [one for one in docket.listed if one.id in docket.waiting]
        found = [*days_ahead(docket.listed, today), *orders_ahead(waiting, docket.calendar, today)]
        return sorted(found, key=lambda ahead: (ahead.on, ahead.dispute.id))

    def _show(self, docket: Docket) -> None:
        self.docket = docket
        listed = docket.listed
        shown = f"，只列最近 {PickList.LONGEST} 件" if len(listed) > PickList.LONGEST else ""
        said = (
            plain_quotes(self.figure.said)
            if self.figure
            else f"共 {len(listed)} 件，新的在前{shown}"
        )
        ahead = self.query_one("#ahead", PlainText)
        waited_for = () if self.figure else self._ahead(docket)
        ahead.display = bool(waited_for)
        ahead.say(*ahead_parts(waited_for))
        entries = [(str(d.id), dispute_parts(d, d.id in docket.waiting)) for d in listed]
        self.fill(said, entries, self._at, self._nothing())
        self._at = None

    def _nothing(self) -> Sequence[Part]:
        if self.figure:
            key: Part = (self.key("disputes.back"), "bold $accent")
            return "这一格没有复议或诉讼。\n\n按 ", key, " 返回"
        key = (self.key("disputes.new"), "bold $accent")
        return "还没有复议或诉讼。\n\n按 ", key, " 登记第一件"

    def about(self) -> Sequence[Part]:
        """What is particular about the dispute under the cursor."""
        dispute = self._dispute
        if dispute is None or self.docket is None:
            return ()
        if dispute.id in self.docket.waiting:
            told = (
                f'结果纠正：{dispute.case} 重新答复后，请在本件登记"重新答复"。'
                f"按 {self.key('disputes.open')} 打开本件。"
            )
            return ((told, "$warning"),)
        return ("已作废；不计入年报。",) if dispute.voided else ()

    @property
    def _dispute(self) -> Dispute | None:
        chosen = self.chosen
        if self.docket is None or chosen is None:
            return None
        return next((d for d in self.docket.listed if str(d.id) == chosen), None)

    # -- keys -------------------------------------------------------------------------------

    def action_open(self) -> None:
        dispute = self._dispute
        if dispute is None:
            return
        if dispute.case is None:
            self.flash("这件所涉的申请不在登记簿里。")
        else:
            self._go_to(dispute.case)

    def action_new(self) -> None:
        from tui.screens.disputes.dispute_forms import NewDisputeScreen

        if self.docket is not None:
            docket = self.docket
            self.desk.push_screen(
                NewDisputeScreen(self.case, docket.organs, docket.reviews, docket.calendar),
                lambda made: self._recorded(made, new=True),
            )

    def action_conclude(self) -> None:
        from tui.screens.disputes.dispute_forms import ConcludeScreen

        dispute = self._dispute
        if dispute is None or self.docket is None:
            return
        if dispute.voided or dispute.concluded_on is not None:
            self.flash("这一件已经审结或作废。")
            return
        self.desk.push_screen(
            ConcludeScreen(dispute, dispute_name(dispute), self.docket.calendar), self._recorded
        )

    def action_note(self) -> None:
        from tui.screens.disputes.dispute_forms import ProceedingsScreen

        self._record_on_it(ProceedingsScreen)

    def action_void(self) -> None:
        from tui.screens.disputes.dispute_forms import VoidDisputeScreen

        self._record_on_it(VoidDisputeScreen)

    def _record_on_it(self, form: Callable[[Dispute, str, WorkCalendar], Screen[Dispute]]) -> None:
        """Open a form on the dispute under the cursor, unless that is voided."""
        dispute = self._dispute
        if dispute is None or self.docket is None:
            return
        if dispute.voided:
            self.flash("这一件已经作废。")
            return
        self.desk.push_screen(
            form(dispute, dispute_name(dispute), self.docket.calendar), self._recorded
        )

    def _recorded(self, dispute: Dispute | None, *, new: bool = False) -> None:
        if dispute is None:
            return
        from db.disputes.dispute import DisputeEventKind, Result

        done = {
            DisputeEventKind.FILED: "已登记",
            DisputeEventKind.CONCLUDED: "已登记审结",
            DisputeEventKind.NOTED: "已补充",
            DisputeEventKind.REOPENED: "的审结记录已作废",
            DisputeEventKind.VOIDED: "已作废",
        }
        kind = DisputeEventKind.FILED if new else dispute.events[-1].kind
        self.flash(f"第{dispute.id}号{done[kind]}。")
        self._at = str(dispute.id)
        self.reload()
        if kind is DisputeEventKind.NOTED:
            return
        if dispute.result is not Result.CORRECTED or dispute.voided or dispute.case is None:
            return
        number = dispute.case
        confirm(
            self,
            f'结果纠正：{number} 重新答复后，要在本件登记"重新答复"。\n现在就打开本件吗？',
            "打开本件",
            "以后再登记",
            lambda: self._go_to(number),
        )

    def _go_to(self, number: str) -> None:
        """A case's page; back to it when this list was opened from there."""
        if number == self.case:
            self.dismiss()
        else:
            self.desk.go(Case(number))


def _when(figure: DisputeFigure) -> str:
    return " 至 ".join(map(str, figure.days)) if figure.days else f"{figure.year} 年"
