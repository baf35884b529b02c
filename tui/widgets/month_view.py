"""A month of due dates: how many answers are due on each day, and which days are off."""

from __future__ import annotations

from calendar import Calendar
from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import BindingType
from textual.geometry import Size
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from db.calendar.dates import WEEKDAYS
from tui.actions.registry import bindings
from tui.desk.going_on import GoesOn
from tui.text.cells import fit

if TYPE_CHECKING:
    from db.calendar.workdays import WorkCalendar

CELL = 8
_REST, _MAKE_UP = "休", "班"


class MonthView(GoesOn, Widget, can_focus=True):
    """One month. The cursor goes from one day with due answers to the next."""

    ALLOW_SELECT = False
    BINDINGS: ClassVar[list[BindingType]] = bindings("month")
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "month--heading",
        "month--quiet",
        "month--day",
        "month--due",
        "month--late",
        "month--today",
        "month--cursor",
    }

    class Opened(Message):
        """A day was chosen."""

        def __init__(self, day: date) -> None:
            super().__init__()
            self.day = day

    class Moved(Message):
        """The cursor came to another day, or the month got or lost the focus."""

    class LeftAbove(Message):
        """The cursor went up from the first day."""

    def __init__(self) -> None:
        super().__init__()
        self.first: date | None = None
        self.day: date | None = None
        self._today: date | None = None
        self._due: Mapping[date, int] = {}
        self._calendar: WorkCalendar | None = None

    def fill(self, today: date, due: Mapping[date, int], calendar: WorkCalendar) -> None:
        """Show these days; the month stays the one in sight."""
        if self.first is None or (self._today is not None and self._today != today):
            self.first = today.replace(day=1)
        self._today, self._due, self._calendar = today, due, calendar
        self._settle()

    def turn(self, months: int) -> None:
        """To another month."""
        if self.first is None:
            return
        months += self.first.year * 12 + self.first.month - 1
        if date.min.year < months // 12 < date.max.year:
            self.first = date(months // 12, months % 12 + 1, 1)
            self._settle()

    def _settle(self) -> None:
        """Put the cursor on a day of this month: today's or the next, else the last one."""
        days = self.days
        if self.day not in days:
            later = [day for day in days if self._today is None or day >= self._today]
            self.day = later[0] if later else (days[-1] if days else None)
            self.post_message(self.Moved())
        self.refresh(layout=True)

    @property
    def days(self) -> list[date]:
        """The days in sight on which answers are due."""
        if self.first is None:
            return []
        return sorted(
            day for day in self._due if (day.year, day.month) == (self.first.year, self.first.month)
        )

    # -- keys -------------------------------------------------------------------------------

    def action_move(self, by: int) -> None:
        days = self.days
        place = days.index(self.day) + by if self.day in days else -1
        if place < 0:
            self.post_message(self.LeftAbove())
        elif place < len(days):
            self.day = days[place]
            self.post_message(self.Moved())
            self.refresh()

    def action_open(self) -> None:
        if self.day is not None:
            self.post_message(self.Opened(self.day))

    def on_click(self, event: events.Click) -> None:
        self.focus()
        for day in self.days:
            week, place = self._place_of(day)
            if event.y == week + 2 and event.x // CELL == place:
                if self.day == day:
                    self.action_open()
                self.day = day
                self.post_message(self.Moved())
                self.refresh()

    def watch_has_focus(self, has_focus: bool) -> None:
        super().watch_has_focus(has_focus)
        self.post_message(self.Moved())
        self.refresh()

    # -- drawing ----------------------------------------------------------------------------

    @property
    def _weeks(self) -> list[list[date]]:
        if self.first is None:
            return []
        return Calendar().monthdatescalendar(self.first.year, self.first.month)

    def _place_of(self, day: date) -> tuple[int, int]:
        return next((n, week.index(day)) for n, week in enumerate(self._weeks) if day in week)

    def get_content_width(self, container: Size, viewport: Size) -> int:
        return CELL * 7

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        return 8  # six weeks at most: the page must not jump from month to month

    def render_line(self, y: int) -> Strip:
        """The month's name, the weekdays, then the weeks."""
        blank = self.get_component_rich_style("month--day")
        if self.first is None:
            return Strip.blank(self.size.width, blank)
        if y == 0:
            due = sum(self._due[day] for day in self.days)
            said = f"{self.first.year}年{self.first.month}月  到期 {due:,} 件"
            return self._strip([(said, self.get_component_rich_style("month--heading"))])
        quiet = self.get_component_rich_style("month--quiet")
        if y == 1:
            return self._strip([(fit(f" {name}", CELL), quiet) for name in WEEKDAYS])
        weeks = self._weeks
        if y - 2 >= len(weeks):
            return Strip.blank(self.size.width, blank)
        return self._strip([piece for day in weeks[y - 2] for piece in self._cell(day)])

    def _cell(self, day: date) -> list[tuple[str, Style]]:
        """`>12休 3`: the day, and how many are due; `休` and `班` where it is off or made up for."""
        plain = self.get_component_rich_style("month--day")
        if self.first is None or day.month != self.first.month:
            return [(" " * CELL, plain)]
        number, mark = self._due.get(day, 0), self._mark(day)
        said = f"{'>' if day == self._today else ' '}{day.day:>2}{mark or '  '}"
        count = fit("99+" if number > 99 else (str(number) if number else ""), 3, right=True)
        if day == self.day and self.has_focus:
            return [(said + count, self.get_component_rich_style("month--cursor"))]
        look = "today" if day == self._today else ("quiet" if mark == _REST else "day")
        late = self._today is not None and day < self._today
        return [
            (said, self.get_component_rich_style(f"month--{look}")),
            (count, self.get_component_rich_style("month--late" if late else "month--due")),
        ]

    def _mark(self, day: date) -> str:
        if self._calendar is None:
            return ""
        if not self._calendar.is_working(day):
            return _REST
        return _MAKE_UP if day.weekday() >= 5 else ""

    def _strip(self, cells: list[tuple[str, Style]]) -> Strip:
        segments = [Segment(text, style) for text, style in cells]
        style = self.get_component_rich_style("month--day")
        return Strip(segments).adjust_cell_length(self.size.width, style)
