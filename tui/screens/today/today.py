"""今日: what is late, due and waiting; the month; the charts. The page the desk opens on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from threading import Event
from typing import TYPE_CHECKING, ClassVar

from textual import events, on
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.widget import Widget
from textual.widgets import OptionList

from db.calendar.dates import dated
from tui.actions.registry import PAGES, bindings
from tui.desk.asking import asked
from tui.look.stylesheet import LISTS_CSS
from tui.screens.shared.home import HomeScreen
from tui.text.cells import fit
from tui.widgets.plain import Entry, Part, PlainText

if TYPE_CHECKING:
    from db.agenda.overview import Section, Todo
    from db.cases.case_row import CaseRow
    from db.storage.transaction import Transaction
    from tui.desk.forerunner import Forerunner
    from tui.desk.glance import Glance
    from tui.desk.opened import Opened
    from tui.screens.today.agenda_list import AgendaList
    from tui.screens.today.kept import Kept
    from tui.screens.today.shown import Shown
    from tui.widgets.month_view import MonthView


LABEL, COUNT = 20, 7


class TodayScreen(HomeScreen):
    """The first page."""

    SCOPES = PAGES["today"]
    HEADING = "今日"
    BINDINGS: ClassVar[list[BindingType]] = bindings("today")
    AUTO_FOCUS = "AgendaList"
    CSS_PATH = None
    FOLLOWS = True

    def __init__(self) -> None:
        super().__init__()
        self.shown: Shown | None = None
        self._ahead = False  # whether that was seen ahead of opening the register
        self._charted = False  # whether the charts show what was read last
        self._kept: tuple[Kept, ...] = ()
        self._counting = Event()  # stops the count of the kept lookups

    def body(self) -> Iterable[Widget]:
        with Horizontal(id="today-body"), Vertical(id="today-left"):
            yield PlainText("正在打开登记簿", id="empty")

    @property
    def ready(self) -> bool:
        return super().ready and self.arrived

    def arrive(self) -> None:
        """All but an empty page is laid once that has been painted."""
        if not self.arrived:
            from tui.screens.today.agenda_list import AgendaList
            from tui.widgets.charts import Charts
            from tui.widgets.month_view import MonthView
            from tui.widgets.peek import Peek

            self.desk.dress(LISTS_CSS)
            agenda = AgendaList(lambda: self.settled, hang=LABEL + COUNT + 2)
            left = self.query_one("#today-left")
            left.mount(agenda, before=0)
            left.mount(PlainText(id="warning"), MonthView(), Peek(), PlainText(id="chain"))
            self.query_one("#today-body").mount(Charts())
            agenda.focus()
        super().arrive()

    @property
    def _agenda(self) -> AgendaList:
        from tui.screens.today.agenda_list import AgendaList

        return self.query_one(AgendaList)

    @property
    def _month(self) -> MonthView:
        from tui.widgets.month_view import MonthView

        return self.query_one(MonthView)

    def heading_of(self, opened: Opened) -> str:
        return "今日" if opened.heading == "台账" else f"今日  {opened.heading}"

    # -- reading ----------------------------------------------------------------------------

    @property
    def settled(self) -> bool:
        """The sections are always the same ones: once they stand there, they are not waited for."""
        return self.shown is not None or not (self.opening or asked(self, "overview"))

    def reload(self) -> None:
        if not self.desk.is_open:
            return

        path, clock = self.desk.register.store.file, self.desk.office.clock

        def question(tx: Transaction) -> Glance:
            from tui.desk.glance import glance

            return glance(tx, path, clock)

        self.ask("overview", question, self._show)

    def copied(self) -> None:
        if self.shown is not None and self.shown.glance.absent:
            self.reload()  # the second folder may be in step again

    def told_ahead(self, forerunner: Forerunner) -> None:
        super().told_ahead(forerunner)

        if forerunner.glance is not None:
            self._ahead = True
            self._lay_anew(forerunner.glance)

    def _lay_anew(self, glance: Glance) -> None:
        from tui.screens.today.kept import to_count
        from tui.screens.today.shown import Shown

        self._kept = to_count(self._kept)
        self._lay(Shown(glance, self.shown.failing if self.shown else ()))

    def _show(self, glance: Glance) -> None:
        first = self.shown is None or self._ahead
        self._ahead = False
        self._lay_anew(glance)
        self._count_kept()
        if first:
            self.filled()
            self.call_after_refresh(self._check)
        self._chart()

    def _check(self) -> None:
        """Count the years whose checks may fail: it takes long, so not on every way back."""

        def question(tx: Transaction) -> tuple[Todo, ...]:
            from db.agenda.todos import failing_checks

            return failing_checks(tx)

        self.ask("checks", question, self._checked)

    def _checked(self, failing: tuple[Todo, ...]) -> None:
        if self.shown is not None:
            self._lay(replace(self.shown, failing=failing))

    def action_reload(self) -> None:
        super().action_reload()
        if self.desk.is_open:
            self._check()

    def begin(self) -> None:
        if not self._ahead:
            self.shown = None
        super().begin()

    def _lay(self, shown: Shown) -> None:
        from db.agenda.overview import Section

        self.shown = shown
        overview = shown.overview
        self._month.fill(overview.today, overview.due, overview.calendar)
        entries = [
            self._entry(shown, section)
            for section in Section
            if section is not Section.RECEIPT or shown.count(section)  # not every office waits
        ]
        self._agenda.fill([*entries, *map(self._kept_entry, self._kept)])
        empty = self.query_one("#empty", PlainText)
        empty.display = overview.quiet and not shown.failing and not self._kept
        if not overview.cases:
            self._say_empty("登记簿是空的。", self.key("today.new"), "登记第一件申请")
        elif empty.display:
            self._say_empty("今天没有待办事项。", self.key("today.switch"), "到台账")
        self._warn(shown.glance.behind, shown.glance.absent)
        self.query_one("#chain", PlainText).say((f"记录链 {overview.head.label}", "$quiet"))
        self._peek()

    def _warn(self, behind: str, absent: str) -> None:
        line = self.query_one("#warning", PlainText)
        line.display = bool(behind or absent)
        if behind:
            line.say((behind, "$warning"))
            return
        key = (self.key("go.backups"), "bold $accent")
        line.say(("第二份备份三天没有接通  按 ", "$warning"), key, (f" 查看  {absent}", "$warning"))

    def _entry(self, shown: Shown, section: Section) -> Entry:
        from db.agenda.overview import Section

        number = shown.count(section)
        look = "" if number else "$quiet"
        parts: list[Part] = [(fit(f" {section.label}", LABEL), look)]
        urgent = number and section in (Section.OVERDUE, Section.APPLICANT, Section.PARTY)
        parts.append((fit(f"{number:,}", COUNT, right=True), "bold $error" if urgent else look))
        parts.append((f"  {self._hint(shown, section)}", "$quiet"))
        return section.value, tuple(parts)

    def _kept_entry(self, kept: Kept) -> Entry:
        number = "" if kept.number is None else f"{kept.number:,}"
        look = "" if kept.number else "$quiet"
        name, key = fit(f" {kept.lookup.label}", LABEL), self.key(f"today.recall_{kept.digit}")
        told = (name, look), (fit(number, COUNT, right=True), look), (f"  按 {key}", "$quiet")
        return kept.entry, told

    def _hint(self, shown: Shown, section: Section) -> str:
        first = shown.overview.first.get(section)
        if first is not None:
            return f"最早 {first}"
        todos = shown.todos(section)
        return todos[0].what if todos else ""

    def _say_empty(self, what: str, key: str = "", then: str = "") -> None:
        empty = self.query_one("#empty", PlainText)
        empty.say(what, *(("  按 ", (key, "bold $accent"), f" {then}") if key else ()))
        empty.display = True

    # -- kept lookups -----------------------------------------------------------------------

    def _count_kept(self) -> None:
        """Count them in a thread; a newer count, or leaving, stops it."""
        from tui.screens.today.kept import counted

        self._counting.set()
        stopped = self._counting = Event()
        kept = self._kept

        def told(found: tuple[Kept, ...]) -> None:
            self._kept = found
            if self.shown is not None:
                self._lay(self.shown)

        if kept:
            self.ask("kept", lambda tx: counted(tx, kept, stopped.is_set), told)

    def on_unmount(self) -> None:
        self._counting.set()

    @property
    def _kept_chosen(self) -> Kept | None:
        """The kept lookup the cursor is on."""
        chosen = self._agenda.chosen
        return next((one for one in self._kept if one.entry == chosen), None)

    def action_recall(self, digit: int) -> None:
        from tui.desk.lookups import kept_lookups

        lookup = kept_lookups().get(str(digit))
        if lookup is None:  # then it begins a number
            self.begin_lookup(str(digit))
        else:
            self._list(lookup.words)

    def _list(self, words: str) -> None:
        """台账 with what a kept lookup finds."""
        from tui.desk.places import Found

        self.when_open(lambda: self.desk.go(Found(words)))

    # -- what lies behind a line ------------------------------------------------------------

    @on(OptionList.OptionHighlighted)
    def _peek(self) -> None:
        """Show what comes first in the section, or on the day, that the cursor is on."""
        from tui.widgets.peek import Peek

        if self.shown is None or not self.desk.is_open:
            return  # and what a section is has not been imported yet
        peek, month, section = self.query_one(Peek), self._month, self._section
        day = month.day if month.has_focus else None
        kept = None if day else self._kept_chosen
        if not peek.room or (section is None and kept is None and day is None):
            return
        number = self.shown.count(section) if section and not day else 0
        todos = self.shown.todos(section) if section and not day else ()

        def question(tx: Transaction) -> tuple[int, Sequence[CaseRow]]:
            from db.agenda.agenda import due_page, section_page

            if day is not None:
                return due_page(tx, day, 0, peek.room)
            if kept is not None:
                from db.lookup.find import page_of_found

                return kept.number or 0, page_of_found(tx, kept.lookup.words, 0, peek.room) or ()
            if section is None or todos or not number:
                return number, ()
            return section_page(tx, section, 0, peek.room)

        said = f"{dated(day)} 到期" if day else kept.lookup.label if kept else ""
        said = section.label if section and not day else said
        self.ask("peek", question, lambda found: peek.show(said, *found, todos))

    # -- the charts -------------------------------------------------------------------------

    def on_resize(self, _: events.Resize) -> None:
        if not self._charted:
            self._chart()
        self.call_after_refresh(self._peek)

    def _chart(self) -> None:
        """Count for the charts, when they are in sight."""
        self._charted = self.desk.is_open and self.size.width >= 120
        if self._charted:
            from tui.widgets.charts import Charts, ask_trends

            self.ask("charts", ask_trends, self.query_one(Charts).fill)

    # -- opening ----------------------------------------------------------------------------

    @on(OptionList.OptionSelected)
    def _clicked(self) -> None:
        self.action_open()

    @property
    def _section(self) -> Section | None:
        """The section the cursor is on."""
        from db.agenda.overview import Section

        chosen = self._agenda.chosen
        return next((section for section in Section if section.value == chosen), None)

    def action_open(self) -> None:
        self.desk.once(lambda: self.settled and self.desk.ahead is None, self._open)

    def _open(self) -> None:
        kept = self._kept_chosen
        section = self._section if self.shown is not None else None
        if kept is not None:
            self._list(kept.lookup.words)
        if self.shown is None or section is None or not self.desk.is_open:
            return
        number = self.shown.count(section)
        if not number:
            self.flash("这一项现在没有。")
        elif section in self.shown.overview.todos:
            from tui.screens.today.todos import TodosScreen

            screen = TodosScreen(section, self.shown.todos(section))
            self.desk.push_screen(screen, lambda _: self.action_reload())
        else:
            from tui.screens.shared.listed import section_screen

            self.desk.push_screen(section_screen(self.desk.register, section), self._back)

    def on_month_view_moved(self) -> None:
        self._peek()

    def on_month_view_opened(self, event: MonthView.Opened) -> None:
        from tui.screens.shared.listed import day_screen

        def show() -> None:
            self.desk.push_screen(day_screen(self.desk.register, event.day), self._back)

        self.when_open(show)

    def _back(self, _: None) -> None:
        self.reload()

    def on_agenda_list_left_below(self) -> None:
        self._month.focus()

    def on_month_view_left_above(self) -> None:
        self._agenda.focus()

    def action_turn(self, months: int) -> None:
        if self.arrived:
            self._month.turn(months)

    def action_month(self) -> None:
        if self.arrived:
            self._month.focus()

    def begin_lookup(self, typed: str = "") -> None:
        """On the other page, with nothing left there of an earlier lookup."""
        from tui.desk.places import Lookup

        self.desk.go(Lookup(typed))

    def action_switch(self) -> None:
        from tui.desk.places import Register

        self.desk.go(Register())
