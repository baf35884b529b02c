"""统计: a year in numbers beside the year before; every bar opens its cases."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import BindingType
from textual.widget import Widget

from tui.actions.registry import PAGES, bindings
from tui.screens.shared.base import DeskScreen
from tui.screens.shared.listed import ListedScreen
from tui.widgets.bar_table import BarTable
from tui.widgets.listing import Listing
from tui.widgets.plain import PlainText

if TYPE_CHECKING:
    from pathlib import Path

    from db.agenda.statistics import Chart, Statistics
    from db.cases.case_row import CaseRow
    from db.storage.register import Register
    from db.storage.transaction import Transaction


class StatisticsScreen(DeskScreen[None]):
    """One year's figures."""

    SCOPES = PAGES["statistics"]
    HEADING = "统计"
    READS = ("statistics",)
    BINDINGS: ClassVar[list[BindingType]] = bindings("statistics")
    AUTO_FOCUS = "BarTable"

    def __init__(self) -> None:
        super().__init__()
        self.shown: Statistics | None = None

    def body(self) -> Iterable[Widget]:
        yield PlainText("正在统计", id="statistics-line")
        yield BarTable(id="bars")
        yield PlainText(id="statistics-status")

    def on_mount(self) -> None:
        self._read(None)

    def reload(self) -> None:
        """The same year again: no key waits for it, and another year asked for meanwhile stays."""
        if self.shown is not None:
            self.ask("again", _counted(self.shown.year), self._renew)

    def _read(self, year: int | None) -> None:
        self.ask("statistics", _counted(year), self._show)

    def _renew(self, shown: Statistics) -> None:
        if self.shown is not None and self.shown.year == shown.year:
            self._show(shown)

    def _show(self, shown: Statistics) -> None:
        from tui.screens.today.statistics_text import blocks, headline, organs_text

        self.shown = shown
        self.entitle(organs_text(shown))
        self.query_one("#statistics-line", PlainText).say(*headline(shown))
        self.query_one(BarTable).show(blocks(shown))

    @on(BarTable.Moved)
    def tell(self) -> None:
        """The cursor's figure in full."""
        current = self.query_one(BarTable).current
        self.query_one("#statistics-status", PlainText).say(current[1].said if current else "")

    @on(BarTable.Opened)
    def open_figure(self, event: BarTable.Opened) -> None:
        from db.agenda.statistics import Chart

        if self.shown is None:
            return
        if event.line.empty:
            self.flash("这一项没有申请。")
            return
        chart, key, register = Chart(event.block.name), event.line.key, self.desk.register
        screen = counted_screen(register, self.shown.year, chart, key, event.line.said)
        self.desk.push_screen(screen, lambda _: self.reload())

    # -- keys -------------------------------------------------------------------------------

    def action_change_year(self, by: int) -> None:
        if self.shown is None:
            return
        first, last = self.shown.years
        year = self.shown.year + by
        if first <= year <= last:
            self._read(year)
        else:
            self.flash(f"{first} 年以前没有申请。" if by < 0 else f"{last} 年以后还没有申请。")

    def action_export(self) -> None:
        if self.shown is None:
            return
        from tui.screens.today.statistics_export import StatisticsExportScreen

        self.desk.push_screen(StatisticsExportScreen(self.shown), self._exported)

    def _exported(self, path: Path | None) -> None:
        if path is not None:
            self.desk.show_text("已导出", str(path))

    def action_reload(self) -> None:
        self.reload()

    def action_back(self) -> None:
        self.dismiss()


def _counted(year: int | None) -> Callable[[Transaction], Statistics]:
    def question(tx: Transaction) -> Statistics:
        from db.agenda.statistics import statistics

        return statistics(tx, year)

    return question


def counted_screen(
    register: Register, year: int, chart: Chart, key: str, said: str
) -> ListedScreen:
    """The cases that one figure counts; `said`: how it reads."""

    def source(start: int, length: int) -> tuple[int, Sequence[CaseRow]]:
        from db.agenda.statistics import cases_counted

        with register.reading() as tx:
            return cases_counted(tx, year, chart, key, start, length)

    return ListedScreen(f"{year} 年统计", Listing(source), said)
