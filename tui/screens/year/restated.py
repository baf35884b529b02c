"""更正说明: what has moved since a year was filed; Enter opens the case."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import BindingType

from tui.actions.registry import PAGES, bindings
from tui.desk.places import Case, Disputes
from tui.screens.shared.list_page import ListPage
from tui.screens.year.year_text import own_change_parts, restatement_parts
from tui.widgets.pick_list import PickList

if TYPE_CHECKING:
    from db.storage.transaction import Transaction
    from db.year_end.report import YearReport


class RestatedScreen(ListPage[None]):
    """The restatements of a filed year, and what of the entered parts was changed."""

    SCOPES = PAGES["restated"]
    HEADING = "更正说明"
    READS = ("restated",)
    FOLLOWS = True
    BINDINGS: ClassVar[list[BindingType]] = bindings("restated")
    HANG = 10

    def __init__(self, report: YearReport) -> None:
        super().__init__()
        self._report = report

    def on_mount(self) -> None:
        self.entitle(f"{self._report.table.year} 年封账以后的变动")
        self._show(self._report)

    def reload(self) -> None:
        table = self._report.table

        def question(tx: Transaction) -> YearReport:
            from db.year_end.report import year_report

            return year_report(tx, table.year, table.key)

        self.ask("restated", question, self._show)

    def _show(self, report: YearReport) -> None:
        self._report = report
        entries = [
            (f"{one.number} {one.event_id}", restatement_parts(one)) for one in report.restatements
        ]
        entries += [
            (f"{place} {one.what}", own_change_parts(one))
            for place, one in enumerate(report.own_changes)
        ]
        self.fill(f"共 {len(entries):,} 处", entries)

    def action_open(self) -> None:
        chosen, moved = self.query_one(PickList).highlighted, self._report.restatements
        if chosen is None:
            return
        if chosen >= len(moved):
            self.flash("这一处在年报的那一部分里。")
            return
        number = moved[chosen].number

        def question(tx: Transaction) -> bool:
            from db.cases.case_file import read_case
            from db.errors import NotFound

            try:
                read_case(tx, number)
            except NotFound:  # a review or suit over a request that is not in the register
                return False
            return True

        self.ask("case", question, lambda is_case: self._go(number, is_case))

    def _go(self, number: str, is_case: bool) -> None:
        self.desk.go(Case(number) if is_case else Disputes())
