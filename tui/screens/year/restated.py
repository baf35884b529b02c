"""更正说明: what has moved since a year was filed; Enter opens the case."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import BindingType

from tui.actions.registry import PAGES, bindings
from tui.desk.places import Case, Disputes
from tui.screens.shared.list_page import ListPage
from tui.screens.year.year_text import restatement_parts
from tui.widgets.pick_list import PickList

if TYPE_CHECKING:
    from db.storage.transaction import Transaction
    from db.year_end.filing import Filing
    from db.year_end.restatements import Restatement


class RestatedScreen(ListPage[None]):
    """The restatements of one filing."""

    SCOPES = PAGES["restated"]
    HEADING = "更正说明"
    READS = ("restated",)
    FOLLOWS = True
    BINDINGS: ClassVar[list[BindingType]] = bindings("restated")
    HANG = 10

    def __init__(self, filing: Filing, moved: tuple[Restatement, ...]) -> None:
        super().__init__()
        self._filing, self._moved = filing, moved

    def on_mount(self) -> None:
        self.entitle(f"{self._filing.table.year} 年封账以后的变动")
        self._show(self._moved)

    def reload(self) -> None:
        filing = self._filing

        def question(tx: Transaction) -> tuple[Restatement, ...]:
            from db.year_end.restatements import restatements_of

            return restatements_of(tx, filing)

        self.ask("restated", question, self._show)

    def _show(self, moved: tuple[Restatement, ...]) -> None:
        self._moved = moved
        entries = [(f"{one.number} {one.event_id}", restatement_parts(one)) for one in moved]
        self.fill(f"共 {len(moved):,} 件", entries)

    def action_open(self) -> None:
        chosen = self.query_one(PickList).highlighted
        if chosen is None or chosen >= len(self._moved):
            return
        number = self._moved[chosen].number

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
