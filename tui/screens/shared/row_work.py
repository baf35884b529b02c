"""A page with a list of cases: what can be done with the row under the cursor."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from textual import on
from textual.binding import BindingType

from db.words.vocabulary import EventKind
from tui.actions.registry import bindings
from tui.desk.places import Case, Disputes, Step
from tui.screens.shared.base import DeskScreen
from tui.screens.shared.dossier import Dossier, read_dossier
from tui.widgets.case_table import CaseTable

if TYPE_CHECKING:
    from db.cases.case_file import CaseFile
    from db.cases.rows import CaseRow


class RowWork(DeskScreen[None]):
    """The steps of a case's page, on the row; afterwards the list is there again, at that row."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("rows", "steps")
    READS: tuple[str, ...] = ("dossier",)

    @property
    def table(self) -> CaseTable:
        return self.query_one(CaseTable)

    def show_again(self, keep: int | None) -> None:
        """Read the list again; the cursor goes to the case whose id is `keep`."""
        self.table.reload(keep)

    @on(CaseTable.Opened)
    def open_case(self, event: CaseTable.Opened) -> None:
        trail = self.table.trail(event.row)
        self.desk.go(Case(event.row.number, trail), lambda _: self.show_again(trail.row.id))

    def action_disputes(self) -> None:
        self.table.with_row(lambda row: self.desk.go(Disputes(case=row.number)))

    def action_log(self, kind: str) -> None:
        self.table.with_row(lambda row: self._begin(row, EventKind(kind)))

    def _begin(self, row: CaseRow, kind: EventKind) -> None:
        path = str(self.desk.register.path)

        def answer(dossier: Dossier) -> None:
            if any(step.kind is kind for step in dossier.steps):
                self.desk.go(Step(dossier.case, dossier.calendar, kind), self._logged)
            else:
                self.flash(f"{row.number} 现在不能登记{kind.label}。")

        self.ask("dossier", lambda tx: read_dossier(tx, row.number, path), answer)

    def _logged(self, case: CaseFile | None) -> Any:
        if case is not None:
            self.flash(f"{case.number} 已登记{case.entries[-1].event.kind.label}。")
            self.show_again(case.id)
