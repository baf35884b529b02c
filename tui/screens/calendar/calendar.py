"""日历: a year's rest and make-up days, and the notices the office has entered."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual.binding import BindingType
from textual.widget import Widget

from db.calendar.workdays import FIRST_YEAR, LAST_YEAR
from tui.actions.registry import PAGES, bindings
from tui.screens.calendar.calendar_text import entered_parts, year_parts
from tui.screens.shared.base import DeskScreen
from tui.widgets.plain import Part, PlainText
from tui.widgets.plain_fields import PlainScroll

if TYPE_CHECKING:
    from db.calendar.workdays import WorkCalendar
    from db.cases.holidays import NoticeRecord
    from db.storage.transaction import Transaction


@dataclass(frozen=True)
class Almanac:
    """The calendar in force, the notices entered, and the year whose notice is missing."""

    calendar: WorkCalendar
    entered: tuple[NoticeRecord, ...]
    missing: int | None


class CalendarScreen(DeskScreen[None]):
    """One year."""

    SCOPES = PAGES["calendar"]
    HEADING = "日历"
    READS = ("calendar",)
    BINDINGS: ClassVar[list[BindingType]] = bindings("calendar")
    AUTO_FOCUS = "#calendar-body"

    def __init__(self) -> None:
        super().__init__()
        self.year = 0
        self.almanac: Almanac | None = None

    def body(self) -> Iterable[Widget]:
        yield PlainText("正在读取", id="calendar-line")
        yield PlainText(id="calendar-missing")
        with PlainScroll(id="calendar-body"):
            yield PlainText(id="calendar-year", hang=10)

    def on_mount(self) -> None:
        self.year = self.year or self.desk.today.year
        self.reload()

    def reload(self) -> None:
        def question(tx: Transaction) -> Almanac:
            from db.cases.holidays import list_notices, missing_notice

            return Almanac(tx.calendar, tuple(list_notices(tx)), missing_notice(tx))

        self.ask("calendar", question, self._show)

    def _show(self, almanac: Almanac) -> None:
        self.almanac = almanac
        year, calendar = self.year, almanac.calendar
        self.entitle(f"{year} 年")
        said: list[Part] = [(f"{year} 年", "bold $accent")]
        if year in calendar.published:
            said.append("  放假和调休   ")
        else:
            said.append(("  通知尚未公布：周一至周五都算工作日，期限为暂定   ", "$warning"))
        said += [("休", "bold $accent"), " 放假   ", ("班", "bold $warning"), " 调休上班"]
        self.query_one("#calendar-line", PlainText).say(*said)
        missing = self.query_one("#calendar-missing", PlainText)
        missing.display = almanac.missing is not None
        key = self.key("calendar.paste")
        missing.say(f"{almanac.missing}年放假通知尚未录入；通知公布后，按 {key} 粘贴录入。")
        self._draw()

    def _draw(self) -> None:
        if self.almanac is None:
            return
        self.query_one("#calendar-year", PlainText).say(
            *year_parts(self.year, self.almanac.calendar, self.desk.today, self.size.width - 5),
            "\n",
            *entered_parts(self.almanac.entered),
        )

    def on_resize(self) -> None:
        self._draw()

    # -- keys -------------------------------------------------------------------------------

    def action_change_year(self, by: int) -> None:
        if self.almanac is not None and FIRST_YEAR <= self.year + by <= LAST_YEAR:
            self.year += by
            self.query_one("#calendar-body").scroll_home(animate=False)
            self._show(self.almanac)

    def action_paste(self) -> None:
        from tui.screens.calendar.notice import NoticeScreen

        if self.almanac is not None:
            year = self.almanac.missing or self.year
            self.desk.push_screen(NoticeScreen(year), self._entered)

    def _entered(self, year: int | None) -> None:
        if year is not None:
            self.year = year
            self.reload()

    def action_reload(self) -> None:
        self.reload()

    def action_back(self) -> None:
        self.dismiss()

    def action_scroll_body(self, by: int) -> None:
        self.query_one("#calendar-body").scroll_relative(y=by, animate=False)

    def action_page_body(self, by: int) -> None:
        body = self.query_one("#calendar-body")
        body.scroll_relative(y=by * max(body.size.height - 1, 1), animate=False)

    def action_first(self) -> None:
        self.query_one("#calendar-body").scroll_home(animate=False)

    def action_last(self) -> None:
        self.query_one("#calendar-body").scroll_end(animate=False)
