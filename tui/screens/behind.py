"""The cases behind one figure of the year's table."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import BindingType
from textual.widget import Widget

from tui.actions import bindings
from tui.screens.base import DeskScreen
from tui.widgets.case_table import CaseTable
from tui.widgets.cells import plain_quotes
from tui.widgets.listing import Listing
from tui.widgets.plain import PlainText

if TYPE_CHECKING:
    from db.cases import CaseRow


class BehindScreen(DeskScreen[None]):
    """A list of the cases that one figure counts."""

    SCOPES = ("behind", "table")
    HEADING = "申请清单"
    BINDINGS: ClassVar[list[BindingType]] = bindings("behind")
    AUTO_FOCUS = "CaseTable"

    def __init__(self, year: int, organ: str, code: str, column: str, said: str) -> None:
        super().__init__()
        self._cell = (year, organ, code, column)
        self._said = said

    def body(self) -> Iterable[Widget]:
        yield PlainText(plain_quotes(self._said), id="year-line")
        yield CaseTable(id="cases")
        yield PlainText("这一格没有申请。\n\n按 ", ("Esc", "bold $accent"), " 返回", id="empty")

    def on_mount(self) -> None:
        year, organ, code, column = self._cell
        self.entitle(f"{year} 年  {organ}")
        register = self.desk.register

        def source(start: int, length: int) -> tuple[int, Sequence[CaseRow]]:
            from db.figures import cases_behind

            return cases_behind(register, year, organ, code, column, start, length)

        self.query_one(CaseTable).show(lambda: Listing(source))

    @on(CaseTable.Loaded)
    def count(self, event: CaseTable.Loaded) -> None:
        self.query_one("#empty").display = event.total == 0
        self.query_one(CaseTable).display = event.total > 0

    @on(CaseTable.Opened)
    def open_case(self, event: CaseTable.Opened) -> None:
        self.desk.open_case(event.row.number)

    def reload(self) -> None:
        self.query_one(CaseTable).reload()

    def action_back(self) -> None:
        self.dismiss()
