"""任意期间: the same two tables of a month, a quarter, half a year or any days, and the cases behind."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import BindingType
from textual.widget import Widget

from db.calendar.periods import Period, parse_period
from db.calendar.workdays import work_calendar
from db.errors import BadValue
from db.year_end.form import FORMS, Form
from tui.actions.registry import PAGES, bindings
from tui.desk.places import Disputes
from tui.forms.draft import Draft, Outlook
from tui.forms.fields import FieldSpec, Surroundings
from tui.screens.shared.base import DeskScreen
from tui.screens.shared.figures import dispute_rows
from tui.screens.shared.form import FormScreen
from tui.screens.year.standing import DISPUTES, REQUESTS, TITLES
from tui.screens.year.year_text import checks_parts, dispute_figure, verdict_parts
from tui.text.cells import plain_quotes
from tui.widgets.figure_table import FigureTable
from tui.widgets.plain import PlainText

if TYPE_CHECKING:
    from datetime import date

    from db.storage.transaction import Transaction
    from db.year_end.period_table import PeriodReport


_HELP = (
    "一个月、一个季度、半年，或从某日至某日，首尾两天都计入。\n"
    "例如 3月、一季度、上半年、2026-10、上月、1-15至3-10。"
)


class PeriodForm(FormScreen[Period]):
    """Ask for the days; answers them."""

    HEADING = "任意期间"
    KEPT = False

    def __init__(self, about: str, today: date) -> None:
        """What names no year is of the year of `today`."""
        super().__init__()
        self._about, self._today = about, today

    async def on_mount(self) -> None:
        self.entitle(self._about)
        field = FieldSpec(
            "days",
            "期间",
            _HELP,
            self._read,
            required=True,
            echo=lambda period, _: _spelt(period),
        )
        await self.lay([field], work_calendar())

    def _read(self, text: str, _: Surroundings) -> Period:
        period = parse_period(text, self._today)
        if period.first.year < 1900 or period.after.year > 2200:
            raise BadValue("期间要写明从哪一天起、到哪一天止。")
        return period

    def outlook(self, draft: Draft) -> Outlook:
        return Outlook(_HELP)

    def submit(self, draft: Draft) -> None:
        self.saved(draft.values["days"])


class PeriodScreen(DeskScreen[None]):
    """The tables of the days asked for; counted as they stand now."""

    SCOPES = PAGES["period"]
    HEADING = "任意期间"
    READS = ("period",)
    BINDINGS: ClassVar[list[BindingType]] = bindings("period")
    AUTO_FOCUS = "FigureTable"

    def __init__(self, organ: str, period: Period) -> None:
        """`organ` is its key."""
        super().__init__()
        self._organ, self._period = organ, period
        self._form: Form | None = None
        self._table = REQUESTS
        self._report: PeriodReport | None = None

    def body(self) -> Iterable[Widget]:
        yield PlainText("正在统计", id="year-line")
        yield FigureTable(id="figures")
        yield PlainText(id="year-status")

    def on_mount(self) -> None:
        self.reload()

    def reload(self) -> None:
        organ, form = self._organ, self._form
        first, last = self._period.first, self._period.after - timedelta(1)

        def question(tx: Transaction) -> PeriodReport:
            from db.year_end.period_table import period_report

            return period_report(tx, first, last, organ, form)

        self.ask("period", question, self._show)

    def _show(self, report: PeriodReport) -> None:
        self._report, self._form = report, report.table.form
        self.entitle(report.table.organ)
        name, days = f"{self._period}", f"  {report.first} 至 {report.last}"
        self.query_one("#year-line", PlainText).say(
            (name, "bold $accent"),
            f"  {TITLES[self._table][2:]}",
            ("" if name.startswith(f"{report.first}") else days, "$quiet"),
        )
        figures = self.query_one(FigureTable)
        if self._table == DISPUTES:
            figures.show_rows(*dispute_rows(report.disputes))
        else:
            figures.show(report.table)

    @on(FigureTable.Moved)
    def tell(self) -> None:
        """The cursor's figure in full, and whether the checks hold."""
        if self._report is not None:
            self.query_one("#year-status", PlainText).say(
                plain_quotes(self.query_one(FigureTable).said),
                "\n",
                *verdict_parts(self._report.findings, self.key),
                (f"\n{self._report.table.form} 年格式；按现在的登记统计，期间的表不封账", "$quiet"),
            )

    @on(FigureTable.Opened)
    def open_figure(self, event: FigureTable.Opened) -> None:
        report = self._report
        if report is None:
            return
        if self._table == DISPUTES:
            days = report.first, report.last
            self.desk.go(
                Disputes(
                    figure=dispute_figure(
                        report.table, event.code, event.column, event.said, days=days
                    )
                )
            )
            return
        from tui.screens.shared.listed import period_screen

        about = f"{report.first} 至 {report.last}  {report.table.organ}"
        screen = period_screen(
            self.desk.register, report, event.code, event.column, about, event.said
        )
        self.desk.push_screen(screen, lambda _: self.reload())

    # -- keys -------------------------------------------------------------------------------

    def action_days(self) -> None:
        """Other days."""
        first = self._period.first
        today = self.desk.today
        form = PeriodForm(self._organ, today if first.year == today.year else first)
        self.desk.push_screen(form, self._chosen)

    def _chosen(self, period: Period | None) -> None:
        if period is not None:
            self._period, self._form = period, None
            self.reload()

    def action_shift(self, by: int) -> None:
        """The days before or after, as many months or days of them."""
        self._chosen(self._period.beside(by))

    def action_tables(self) -> None:
        self._table = REQUESTS if self._table == DISPUTES else DISPUTES
        if self._report is not None:
            self._show(self._report)

    def action_form(self) -> None:
        if self._form is not None:
            self._form = FORMS[(FORMS.index(self._form) + 1) % len(FORMS)]
            self.reload()

    def action_checks(self) -> None:
        if self._report is not None:
            self.desk.show_text(f"{self._period} 勾稽校验", *checks_parts(self._report.findings))

    def action_reload(self) -> None:
        self.reload()

    def action_back(self) -> None:
        self.dismiss()


def _spelt(period: Period) -> str:
    last = period.after - timedelta(1)
    return f"{period.first} 至 {last}，共 {(period.after - period.first).days} 天"
