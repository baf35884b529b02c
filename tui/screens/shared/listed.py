"""The cases behind one line of 今日, one day of its month, or one figure of a year's table."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import BindingType
from textual.widget import Widget

from db.calendar.dates import dated
from tui.actions.registry import PAGES, bindings
from tui.screens.shared.row_work import RowWork
from tui.text.cells import plain_quotes
from tui.widgets.case_table import CaseTable
from tui.widgets.listing import Listing
from tui.widgets.plain import PlainText

if TYPE_CHECKING:
    from db.agenda.agenda import Section
    from db.cases.rows import CaseRow
    from db.storage.register import Register
    from db.year_end.report import YearReport


class ListedScreen(RowWork):
    """A list of cases; Enter opens one. `line` stands over the list, where there is more to say."""

    SCOPES = PAGES["listed"]
    HEADING = "申请清单"
    BINDINGS: ClassVar[list[BindingType]] = bindings("listed")
    AUTO_FOCUS = "CaseTable"

    def __init__(self, said: str, listing: Listing, line: str = "") -> None:
        super().__init__()
        self._said = said
        self._line = line
        self._listing = listing

    def body(self) -> Iterable[Widget]:
        if self._line:
            yield PlainText(plain_quotes(self._line), classes="list-line")
        yield CaseTable(id="cases")
        yield PlainText(
            "这一项现在没有申请。\n\n按 ",
            (self.key("listed.back"), "bold $accent"),
            " 返回",
            id="empty",
        )
        yield PlainText(id="marked")

    def on_mount(self) -> None:
        self.entitle(self._said)
        self.query_one(CaseTable).show(lambda: self._listing)

    @on(CaseTable.Loaded)
    def count(self, event: CaseTable.Loaded) -> None:
        self.entitle(f"{self._said}  共 {event.total:,} 件")
        self.query_one("#empty").display = event.total == 0
        self.query_one(CaseTable).display = event.total > 0

    def reload(self) -> None:
        self.query_one(CaseTable).reload()

    def action_reload(self) -> None:
        self.reload()

    def action_back(self) -> None:
        self.dismiss()


def section_screen(register: Register, section: Section) -> ListedScreen:
    """The cases of a section."""

    def source(start: int, length: int) -> tuple[int, Sequence[CaseRow]]:
        from db.agenda.agenda import section_page

        with register.reading() as tx:
            return section_page(tx, section, start, length)

    return ListedScreen(section.label, Listing(source, waiting=section.waits))


def day_screen(register: Register, day: date) -> ListedScreen:
    """The cases due on a day."""

    def source(start: int, length: int) -> tuple[int, Sequence[CaseRow]]:
        from db.agenda.agenda import due_page

        with register.reading() as tx:
            return due_page(tx, day, start, length)

    return ListedScreen(f"{dated(day)} 到期", Listing(source))


def behind_screen(
    register: Register, report: YearReport, code: str, column: str, said: str
) -> ListedScreen:
    """The cases that one figure of a report counts; `said`: how the figure reads.

    A filed or past figure lists those it counted then, which never change, as they stand now.
    """
    year, organ = report.table.year, report.table.organ

    def now(start: int, length: int) -> tuple[int, Sequence[CaseRow]]:
        from db.year_end.cases_behind import cases_behind

        with register.reading() as tx:
            return cases_behind(tx, year, organ, code, column, start, length)

    @cache
    def counted() -> list[int]:
        from db.year_end.cases_behind import ids_behind

        with register.reading() as tx:
            return ids_behind(tx, report, code, column)

    def then(start: int, length: int) -> tuple[int, Sequence[CaseRow]]:
        from db.lookup.find import cases_by_id

        ids = counted()
        with register.reading() as tx:
            return len(ids), cases_by_id(tx, ids[start : start + length])

    listing = Listing(now if report.figures == "live" else then)
    return ListedScreen(f"{year} 年  {organ}", listing, said)
