"""年报: the tables of a year, live, filed or of a past day; every figure opens what it counts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import BindingType
from textual.widget import Widget

from db.year_end.form import FORMS, Form, form_of
from tui.actions.registry import PAGES, bindings
from tui.desk.places import DisputeFigure, Disputes
from tui.screens.shared.base import DeskScreen
from tui.screens.shared.windows import confirm
from tui.screens.year.year_text import (
    checks_parts,
    dispute_rows,
    filing_line,
    filing_parts,
    filing_question,
    verdict_parts,
)
from tui.text.cells import plain_quotes
from tui.widgets.figure_table import FigureTable
from tui.widgets.plain import Part, PlainText

if TYPE_CHECKING:
    from pathlib import Path

    from db.storage.transaction import Transaction
    from db.year_end.filing import Filing
    from db.year_end.report import YearReport


@dataclass(frozen=True)
class Report:
    """What the page shows: a year's tables and checks, which figures they are, and the organs."""

    year: YearReport
    filed: bool
    organs: tuple[str, ...]
    as_of: date | None = None


class YearScreen(DeskScreen[None]):
    """One year's table."""

    SCOPES = PAGES["year"]
    HEADING = "年报"
    READS = ("year",)
    BINDINGS: ClassVar[list[BindingType]] = bindings("year")
    AUTO_FOCUS = "FigureTable"

    def __init__(self, year: int | None = None, organ: str | None = None) -> None:
        """`year` None is the newest with cases, `organ` (a key) None the only one in use."""
        super().__init__()
        self.report: Report | None = None
        self.asking = False  # another report has been asked for
        # What is asked for; what is shown stands in the report alone.
        self.year = year
        self.form: Form | None = None  # None: the form that year uses
        self.organ = organ
        self.filed = False  # show the figures as filed, where the year is
        self.as_of: date | None = None  # show them as they stood at the end of that day
        self.shows_disputes = False  # table 4 instead of the request table

    def body(self) -> Iterable[Widget]:
        yield PlainText("正在统计", id="year-line")
        yield FigureTable(id="figures")
        yield PlainText(id="year-status")

    def on_mount(self) -> None:
        self.reload()

    def reload(self) -> None:
        year, form, organ, today = self.year, self.form, self.organ, self.desk.today
        filed, as_of = self.filed, self.as_of

        def question(tx: Transaction) -> Report:
            from db.cases.organs import organ_keys
            from db.moment import end_of_day
            from db.year_end.filing import read_filing
            from db.year_end.report import year_report
            from db.year_end.request_table import years_with_cases

            organs = organ_keys(tx)
            wanted = year if year is not None else max(years_with_cases(tx), default=today.year)
            named = organ or (organs[0] if organs else None)
            if filed and read_filing(tx, wanted, named) is not None:
                return Report(year_report(tx, wanted, named, filed=True), True, organs)
            moment = end_of_day(as_of) if as_of else None
            counted = year_report(tx, wanted, named, form, as_of=moment)
            return Report(counted, False, organs, as_of)

        self.asking = True
        self.ask("year", question, self._learn, self._not_learned)

    def _learn(self, report: Report) -> None:
        self.report = report
        self._go_on_from(report)
        self._show(report)

    def _not_learned(self, sentence: str) -> None:
        """What is shown stays, and the keys go on from there."""
        self.asking = False
        if self.report is not None:
            self.filed, self.as_of = self.report.filed, self.report.as_of
            self._go_on_from(self.report)
        self.desk.show_error(sentence)

    def _go_on_from(self, report: Report) -> None:
        self.asking = False
        table = report.year.table
        self.year, self.form, self.organ = table.year, table.form, table.key

    def _show(self, report: Report) -> None:
        table = report.year.table
        self.entitle(table.organ)
        self.query_one("#year-line", PlainText).say(*self._headline(report))
        figures = self.query_one(FigureTable)
        if self.shows_disputes:
            figures.show_rows(*dispute_rows(report.year.disputes))
        else:
            figures.show(table)

    def _headline(self, report: Report) -> list[Part]:
        table = report.year.table
        title = "收到和处理政府信息公开申请情况"
        if self.shows_disputes:
            title = "政府信息公开行政复议、行政诉讼情况"
        parts: list[Part] = [(f"{table.year} 年", "bold $accent")]
        if report.filed:
            parts.append(("  封账的数字", "bold $warning"))
        elif report.as_of is not None:
            parts.append((f"  {report.as_of} 终了时的数字", "bold $warning"))
            title = "复议诉讼" if self.shows_disputes else "申请办理"
        others = f"   共 {len(report.organs)} 个机关，{self.key('year.organ')} 切换"
        more = others if len(report.organs) > 1 else ""
        form = "" if self.shows_disputes else f"  {table.form} 年格式"
        return [*parts, f"  {title}", (f"{form}{more}", "$quiet")]

    @on(FigureTable.Moved)
    def tell(self) -> None:
        """The cursor's figure in full, whether the checks hold, whether the year is filed."""
        if self.report is None:
            return
        year = self.report.year
        over = year.table.year < self.desk.today.year
        self.query_one("#year-status", PlainText).say(
            plain_quotes(self.query_one(FigureTable).said),
            "\n",
            *verdict_parts(year.findings, self.key),
            "\n",
            *filing_line(year.filing, year.restatements, self.key, over=over),
        )

    @on(FigureTable.Opened)
    def open_figure(self, event: FigureTable.Opened) -> None:
        if self.report is None:
            return
        year, said = self.report.year, event.said + counted_when(self.report)
        if self.shows_disputes:
            from db.disputes.dispute import Block, Result

            result = Result(event.column) if event.column in set(Result) else None
            then = None if year.figures == "live" else year.then
            block, table = Block(event.code), year.table
            figure = DisputeFigure(table.year, table.organ, block, result, said, then)
            self.desk.go(Disputes(figure=figure))
            return
        from tui.screens.shared.listed import behind_screen

        screen = behind_screen(self.desk.register, year, event.code, event.column, said)
        self.desk.push_screen(screen, lambda _: self.reload())

    # -- which figures ----------------------------------------------------------------------

    def action_tables(self) -> None:
        """The request table, or table 4."""
        self.shows_disputes = not self.shows_disputes
        if self.report is not None:
            self._show(self.report)

    def action_figures(self) -> None:
        """From a past day back to now; else between now and the filed figures."""
        if self.report is None:
            return
        if self.as_of is not None:
            self.as_of = None
        elif self.filed:
            self.filed = False
        elif self.report.year.filing is None:
            self.flash("这一年还没有封账。")
            return
        else:
            self.filed = True
        self.form = None
        self.reload()

    def action_as_of(self) -> None:
        from tui.screens.year.as_of import AsOfScreen

        if self.report is not None:
            table = self.report.year.table
            self.desk.push_screen(AsOfScreen(f"{table.year} 年  {table.organ}"), self._as_of)

    def _as_of(self, day: date | None) -> None:
        if day is not None:
            self.as_of, self.filed = day, False
            self.reload()

    def action_restatements(self) -> None:
        if self.report is None:
            return
        year = self.report.year
        if year.filing is None:
            self.flash("这一年还没有封账。")
        elif not year.restatements:
            self.flash("封账以后没有变动。")
        else:
            from tui.screens.year.restated import RestatedScreen

            self.desk.push_screen(RestatedScreen(year.filing, year.restatements))

    # -- filing -----------------------------------------------------------------------------

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A filing that is there may be looked at by everybody."""
        filed = self.report is not None and self.report.year.filing is not None
        return (action == "file" and filed) or super().check_action(action, parameters)

    def action_file(self) -> None:
        report = self.report
        if report is None:
            return
        year, organ, filing = report.year.table.year, report.year.table.organ, report.year.filing
        if self.asking:
            self.flash("正在统计；看到数字以后再封账。")
        elif filing is not None:
            self.desk.show_text("封账", *filing_parts(filing, self.key), hang=10)
        elif year >= self.desk.today.year:
            self.flash(f"{year}年还没有结束，不能封账。")
        elif report.as_of is not None:
            self.flash(f"请先按 {self.key('year.figures')} 回到现在的数字，再封账。")
        else:
            question = filing_question(organ, year, report.year.findings)
            confirm(self, question, "封账", "不封账", lambda: self._file(year, organ))

    def _file(self, year: int, organ: str) -> None:
        def question(tx: Transaction) -> Filing:
            from db.year_end.filing import file_year

            return file_year(tx, year, organ)

        desk, key = self.desk, self.key

        def answer(filing: Filing) -> None:
            desk.show_text("封账", *filing_parts(filing, key), hang=10)

        self.write(question, answer)

    # -- keys -------------------------------------------------------------------------------

    def action_back(self) -> None:
        self.dismiss()

    def action_change_year(self, by: int) -> None:
        if self.year is not None:
            self.year += by
            self.form = None
            self.reload()

    def action_form(self) -> None:
        if self.report is not None and self.report.filed:
            self.flash("封账的数字不能换格式。")
        elif self.form is not None:
            self.form = FORMS[(FORMS.index(self.form) + 1) % len(FORMS)]
            self.reload()

    def action_organ(self) -> None:
        if self.report is not None and self.organ in self.report.organs:
            organs = self.report.organs
            self.organ = organs[(organs.index(self.organ) + 1) % len(organs)]
            self.reload()

    def action_reload(self) -> None:
        self.reload()

    def action_parts(self) -> None:
        """The six parts; of one that is a table this page shows it."""
        if self.report is None:
            return
        from tui.screens.year.parts import PartsScreen

        table = self.report.year.table
        self.desk.push_screen(PartsScreen(table.year, table.key), self._part_chosen)

    def _part_chosen(self, number: str | None) -> None:
        if number is not None:
            self.shows_disputes = number == "4"
        self.reload()

    def action_checks(self) -> None:
        """Of the figures of now a list, where what does not hold is explained; of others a text."""
        if self.report is None:
            return
        report = self.report.year
        table = report.table
        if report.figures != "live" or table.form != form_of(table.year):
            self.desk.show_text(f"{table.year} 年勾稽校验", *checks_parts(report.findings))
            return
        from tui.screens.year.findings import FindingsScreen

        self.desk.push_screen(FindingsScreen(table.year, table.key), lambda _: self.reload())

    def action_export(self) -> None:
        if self.report is None:
            return
        from tui.screens.year.export import ExportScreen

        self.desk.push_screen(ExportScreen(self.report.year), self._exported)

    def _exported(self, path: Path | None) -> None:
        if path is not None:
            self.desk.show_text("已导出", str(path))


def counted_when(report: Report) -> str:
    """What stands after a figure over the list of what it counts; empty for a figure of now."""
    if report.filed:
        return "（下列为封账时计入的，按现在的情形列出）"
    if report.as_of is not None:
        return f"（下列为 {report.as_of} 终了时计入的，按现在的情形列出）"
    return ""
