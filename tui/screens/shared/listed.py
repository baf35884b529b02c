"""The cases behind one line of 今日, one day of its month, or one figure of a year's table."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from functools import cache, partial
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import BindingType
from textual.widget import Widget

from db.calendar.dates import dated
from db.year_end.form import TOTAL
from tui.actions.registry import PAGES, bindings
from tui.screens.shared.looked_through import LookedThrough
from tui.screens.shared.looked_up import sifted
from tui.text.cells import plain_quotes
from tui.widgets.case_table import CaseTable
from tui.widgets.listing import Listing
from tui.widgets.lookup_line import LookupBar, LookupLine
from tui.widgets.plain import PlainText

if TYPE_CHECKING:
    from db.agenda.overview import Section
    from db.cases.case_row import CaseRow
    from db.storage.register import Register
    from db.year_end.period_table import PeriodReport
    from db.year_end.report import YearReport


class ListedScreen(LookedThrough):
    """A list of cases; Enter opens one. `line` stands over the list, where there is more to say.

    The lookup bar comes into sight when it is asked for.
    """

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
        yield LookupBar()
        yield CaseTable(asked=lambda: self.settled, id="cases")
        yield PlainText(id="empty")
        yield PlainText(id="marked")

    def on_mount(self) -> None:
        self.entitle(self._said)
        self.bar.display = False
        self.look()

    def found(self, words: str, order: tuple[str, bool] | None) -> Callable[[], Listing]:
        if words or order:
            return partial(sifted, self.desk.register, self._listing, words, order)
        return lambda: self._listing

    @on(LookupBar.Changed)
    def look_again(self) -> None:
        if not self.settled:
            self.look()

    @on(CaseTable.Loaded)
    def count(self, event: CaseTable.Loaded) -> None:
        self.bar.has_rows()
        words, shown = self.bar.words, event.total
        self.entitle(self._said if words else f"{self._said}  共 {shown:,} 件")
        self.bar.say_count(f"找到 {shown:,} 件" if words else "")
        empty = self.query_one("#empty", PlainText)
        empty.display = shown == 0
        self.table.display = shown > 0
        said = plain_quotes(f"没有找到“{words[:30]}”。") if words else "这一项现在没有申请。"
        key = (self.key("listed.back"), "bold $accent")
        empty.say(f"{said}\n\n按 ", key, " 清除查找" if words else " 返回")

    def reload(self) -> None:
        self.table.reload()

    def action_reload(self) -> None:
        self.reload()

    def action_lookup(self) -> None:
        self.bar.display = True
        self.bar.line.focus()

    @on(LookupLine.Left)
    def hide_empty_bar(self) -> None:
        self.bar.display = bool(self.bar.words)

    def action_back(self) -> None:
        """First the lookup is cleared."""
        if self.bar.words:
            self.bar.look_for("")
            self.bar.display = False
            self.table.focus()
        else:
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


def period_screen(
    register: Register, report: PeriodReport, code: str, column: str, about: str, said: str
) -> ListedScreen:
    """The cases that one figure of a period counts, as they stand now."""
    kind = None if column == TOTAL else column

    def source(start: int, length: int) -> tuple[int, Sequence[CaseRow]]:
        from db.lookup.find import cases_by_id
        from db.year_end.period_table import period_cases

        with register.reading() as tx:
            ids = period_cases(tx, report, code, kind)
            return len(ids), cases_by_id(tx, ids[start : start + length])

    return ListedScreen(about, Listing(source), said)
