"""年报: the six parts of a year's report, how each stands, and the part under the cursor; Enter goes
into it. Of a table every figure opens what it counts.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import BindingType
from textual.widget import Widget
from textual.widgets import OptionList

from db.words.text import one_line
from db.words.vocabulary import Role
from db.year_end.form import form_of
from db.year_end.narrative import Part
from tui.actions.registry import PAGES, bindings
from tui.desk.places import Disputes
from tui.screens.shared.figures import dispute_rows
from tui.screens.shared.grid_text import grid_parts
from tui.screens.year.reading import Report
from tui.screens.year.standing import (
    DISPUTES,
    REQUESTS,
    TABLES,
    TITLES,
    figure_of_finding,
    part_of_finding,
    standing,
)
from tui.screens.year.year_page import DIGITS, YearPage
from tui.screens.year.year_text import (
    dispute_figure,
    filing_line,
    marked_text,
    verdict_parts,
)
from tui.text.cells import clip, fit, plain_quotes
from tui.widgets.figure_table import FigureTable
from tui.widgets.pick_list import PickList
from tui.widgets.plain import Entry, PlainText
from tui.widgets.plain import Part as Said
from tui.widgets.plain_fields import PlainScroll

if TYPE_CHECKING:
    from db.calendar.periods import Period
    from db.year_end.finding import Finding

_STATE, _TITLE = 8, 42


class YearScreen(YearPage):
    """The list with the part under the cursor below it, or the table of part 三 or 四 alone."""

    SCOPES = PAGES["year"]
    HEADING = "年报"
    READS = ("year",)
    BINDINGS: ClassVar[list[BindingType]] = bindings("year")
    AUTO_FOCUS = "PickList"

    table: str | None = None
    """The part whose table has the page to itself."""

    def body(self) -> Iterable[Widget]:
        yield PlainText("正在统计", id="year-line")
        yield PickList(id="year-parts")
        yield FigureTable(id="figures")
        with PlainScroll(id="part-body", can_focus=False):
            yield PlainText(id="part-text")
        yield PlainText(id="year-status")

    def on_mount(self) -> None:
        self.query_one("#part-body").display = False
        self.query_one(FigureTable).can_focus = False
        self.reload()

    def show(self, report: Report) -> None:
        table = report.year.table
        self.entitle(table.organ)
        self._list(report)
        self.show_typed()
        self._show_part()

    def _list(self, report: Report) -> None:
        parts = self.query_one(PickList)
        parts.fill([self._entry(number, report) for number in TITLES], parts.chosen or REQUESTS)

    def on_resize(self) -> None:
        """There is more or less room beside the states."""
        if self.report is not None:
            self._list(self.report)

    def _entry(self, number: str, report: Report) -> Entry:
        told = standing(number, report.year)
        room = max(self.app.size.width - _TITLE - _STATE - 6, 0)
        return number, (
            f" {fit(TITLES[number], _TITLE)}",
            (fit(told.state, _STATE), "bold $warning" if told.wrong else "bold"),
            (clip(plain_quotes(told.about), room), "$quiet"),
        )

    @property
    def _part(self) -> str:
        """The part that is looked at."""
        return self.table or self.query_one(PickList).chosen or REQUESTS

    @on(OptionList.OptionHighlighted)
    def _show_part(self) -> None:
        report = self.report
        if report is None:
            return
        figures, text = self.query_one(FigureTable), self.query_one("#part-body")
        number = self._part
        figures.display = number in TABLES
        text.display = number not in TABLES
        if number == DISPUTES:
            figures.show_rows(*dispute_rows(report.year.disputes))
        elif number == REQUESTS:
            figures.show(report.year.table)
        else:
            text.scroll_home(animate=False)
            self.query_one("#part-text", PlainText).say(*self._text(number, report))
            self.tell()

    def _text(self, number: str, report: Report) -> list[Said]:
        own = report.year.own
        if number == "2":
            return grid_parts(own.proactive, report.year.proactive_before)
        text = own.narrative[Part(number)].text
        wrong = [one for one in report.year.wrong if one.part == number]
        return marked_text(text, wrong) if text else [("还没有文字。", "$quiet")]

    # -- the lines around -------------------------------------------------------------------

    def show_typed(self) -> None:
        """The line over the page; of a year being typed what there is of it."""
        line = self.query_one("#year-line", PlainText)
        if self.typed:
            line.say(
                (f"{self.typed:_<{DIGITS}} 年", "bold $accent"), ("  输满四位就转到", "$quiet")
            )
        elif self.report is not None:
            line.say(*self._headline(self.report))

    def _headline(self, report: Report) -> list[Said]:
        table = report.year.table
        said: list[Said] = [(f"{table.year} 年", "bold $accent")]
        if report.filed:
            said.append(("  封账的数字", "bold $warning"))
        elif report.as_of is not None:
            said.append((f"  {report.as_of} 终了时的数字", "bold $warning"))
        if self.table is not None:
            said.append(f"  {TITLES[self.table][2:]}")
        if self.table == REQUESTS or table.form != form_of(table.year):
            said.append((f"  {table.form} 年格式", "$quiet"))
        if self.table is None and report.deadline is not None:
            done = report.year.filing is not None
            said.append(f"  {report.deadline.said(self.desk.today, done=done)}")
        if len(report.organs) > 1:
            key = self.key("year.organ")
            said.append((f"   共 {len(report.organs)} 个机关，{key} 切换", "$quiet"))
        return said

    @on(FigureTable.Moved)
    def tell(self) -> None:
        """The cursor's figure or part, whether the checks hold, whether the year is filed."""
        if self.report is None:
            return
        year = self.report.year
        over = year.table.year < self.desk.today.year
        moved = len(year.restatements) + len(year.own_changes)
        self.query_one("#year-status", PlainText).say(
            plain_quotes(self.query_one(FigureTable).said if self.table else self._about()),
            "\n",
            *verdict_parts(year.findings, self.key),
            "\n",
            *filing_line(year.filing, moved, self.key, over=over),
        )

    def _about(self) -> str:
        """Where what stands in the part under the cursor comes from."""
        number = self._part
        if number in TABLES:
            return "由登记的记录统计，不用填写；打开看全表和每个数字的由来。"
        if self.report is not None and self.report.year.figures != "live":
            return "这是那时的内容，只能看。"
        if number == "2":
            return "由各机关自己统计，打开填写；括号里是上年的数字。"
        text = self.report.year.own.narrative[Part(number)] if self.report else None
        if text is None or text.recorded_at is None:
            return "打开来写这一部分。"
        return f"{text.recorded_at:%Y-%m-%d %H:%M} {one_line(text.recorded_by)} 保存。"

    # -- into a part, and back --------------------------------------------------------------

    @on(OptionList.OptionSelected)
    def clicked(self) -> None:
        self.action_open()

    def action_open(self) -> None:
        report, number = self.report, self._part
        if report is None:
            return
        if number in TABLES:
            self._show_table(number)
        elif report.year.figures != "live":
            self._read_part(number, report)
        elif not self.desk.allows(Role.CLERK):
            self._read_part(number, report, f"要由{Role.CLERK.holder}填写。")
        else:
            from tui.screens.year.part_form import part_form

            self.desk.push_screen(part_form(report, number), self._done)

    def _read_part(self, number: str, report: Report, told: str = "") -> None:
        last: list[Said] = [(f"\n\n{told}", "$quiet")] if told else []
        self.desk.show_text(TITLES[number], *self._text(number, report), *last)

    def _done(self, said: str | None) -> None:
        if said:
            self.flash(said)
        self.reload()

    def _show_table(self, number: str | None) -> None:
        """Give the page to a table; None gives it back to the list."""
        parts, figures = self.query_one(PickList), self.query_one(FigureTable)
        self.table = number
        parts.display = number is None
        figures.can_focus = number is not None
        if number is not None:
            parts.highlighted = list(TITLES).index(number)
        self.set_focus(figures if number else parts)
        self.show_typed()
        self._show_part()

    def _checked(self, finding: Finding | None) -> None:
        if finding is not None:
            self._show_table(part_of_finding(finding))
            self.query_one(FigureTable).point(*figure_of_finding(finding))
        self.reload()

    def action_tables(self) -> None:
        """The request table, or table 4."""
        self._show_table(REQUESTS if self.table == DISPUTES else DISPUTES)

    def action_parts(self) -> None:
        """Back to the list."""
        self._show_table(None)

    def action_back(self) -> None:
        """First what is typed of a year is given up, then the table."""
        if self.typed:
            self.typed = ""
            self.show_typed()
        elif self.table is not None:
            self._show_table(None)
        else:
            self.dismiss()

    @on(FigureTable.Opened)
    def open_figure(self, event: FigureTable.Opened) -> None:
        if self.report is None:
            return
        year, said = self.report.year, event.said + counted_when(self.report)
        if self._part == DISPUTES:
            then = None if year.figures == "live" else year.then
            figure = dispute_figure(year.table, event.code, event.column, said, then)
            self.desk.go(Disputes(figure=figure))
            return
        from tui.screens.shared.listed import behind_screen

        screen = behind_screen(self.desk.register, year, event.code, event.column, said)
        self.desk.push_screen(screen, lambda _: self.reload())

    def action_period(self) -> None:
        """The same tables of any days."""
        if self.report is None:
            return
        from tui.screens.year.period import PeriodForm

        table, today = self.report.year.table, self.desk.today
        seen = today if table.year == today.year else date(table.year, 12, 31)
        self.desk.push_screen(PeriodForm(table.organ, seen), self._go_to_period)

    def _go_to_period(self, period: Period | None) -> None:
        if period is None or self.wanted.organ is None:
            return
        from tui.screens.year.period import PeriodScreen

        self.desk.push_screen(PeriodScreen(self.wanted.organ, period), lambda _: self.reload())


def counted_when(report: Report) -> str:
    """What stands after a figure over the list of what it counts; empty for a figure of now."""
    if report.filed:
        return "（下列为封账时计入的，按现在的情形列出）"
    if report.as_of is not None:
        return f"（下列为 {report.as_of} 终了时计入的，按现在的情形列出）"
    return ""
