"""年报: the request table of a year, live, with its checks; every figure opens its cases."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import BindingType
from textual.widget import Widget

from db.form import FORMS, Form
from tui.actions import bindings
from tui.screens.base import DeskScreen
from tui.widgets.cells import plain_quotes
from tui.widgets.figure_table import FigureTable
from tui.widgets.plain import Part, PlainText

if TYPE_CHECKING:
    from pathlib import Path

    from db.checks import Finding
    from db.figures import YearTable
    from db.register import Register


@dataclass(frozen=True)
class Report:
    """What the page shows: a table, its checks, and what else could be shown."""

    table: YearTable
    findings: tuple[Finding, ...]
    organs: tuple[str, ...]


class YearScreen(DeskScreen[None]):
    """One year's table."""

    SCOPES = ("year", "figures")
    HEADING = "年报"
    BINDINGS: ClassVar[list[BindingType]] = bindings("year")
    AUTO_FOCUS = "FigureTable"

    def __init__(self) -> None:
        super().__init__()
        self.report: Report | None = None
        self.year: int | None = None  # None: the newest with cases
        self.form: Form | None = None  # None: the form that year uses
        self.organ: str | None = None

    def body(self) -> Iterable[Widget]:
        yield PlainText("正在统计", id="year-line")
        yield FigureTable(id="figures")
        yield PlainText(id="year-status")

    def on_mount(self) -> None:
        self.reload()

    def reload(self) -> None:
        year, form, organ, today = self.year, self.form, self.organ, self.desk.today

        def question(register: Register) -> Report:
            from db.figures import years_with_cases
            from db.report import year_report

            organs = register.organ_names()
            wanted = (
                year if year is not None else max(years_with_cases(register), default=today.year)
            )
            named = organ or (organs[0] if organs else None)
            report = year_report(register, wanted, named, form)
            return Report(report.table, report.findings, organs)

        self.ask("year", question, self._show)

    def _show(self, report: Report) -> None:
        self.report = report
        table = report.table
        self.year, self.form, self.organ = table.year, table.form, table.organ
        self.entitle(table.organ)
        more = f"   共 {len(report.organs)} 个机关，o 换" if len(report.organs) > 1 else ""
        self.query_one("#year-line", PlainText).say(
            (f"{table.year} 年", "bold $accent"),
            "  收到和处理政府信息公开申请情况",
            (f"  {table.form} 年格式{more}", "$quiet"),
        )
        self.query_one(FigureTable).show(table)

    @on(FigureTable.Moved)
    def tell(self) -> None:
        """The cursor's figure in full, and whether the checks hold."""
        if self.report is None:
            return
        failed = [finding for finding in self.report.findings if not finding.ok]
        verdict: list[Part] = [("勾稽全部相符", "$success"), ("  按 c 逐条看", "$quiet")]
        if failed:
            first = failed[0]
            verdict = [
                (f"勾稽有 {len(failed)} 处不符", "bold $error"),
                f"  {first.rule} {first.where}：{first.left} 与 {first.right}，按 c 看全部",
            ]
        said = plain_quotes(self.query_one(FigureTable).said)
        self.query_one("#year-status", PlainText).say(said, "\n", *verdict)

    @on(FigureTable.Opened)
    def open_cases(self, event: FigureTable.Opened) -> None:
        if self.report is None:
            return
        from tui.screens.behind import BehindScreen

        table = self.report.table
        screen = BehindScreen(table.year, table.organ, event.code, event.column, event.said)
        self.desk.push_screen(screen, lambda _: self.reload())

    def action_back(self) -> None:
        self.dismiss()

    def action_change_year(self, by: int) -> None:
        if self.year is not None:
            self.year += by
            self.form = None
            self.reload()

    def action_form(self) -> None:
        if self.form is not None:
            self.form = FORMS[(FORMS.index(self.form) + 1) % len(FORMS)]
            self.reload()

    def action_organ(self) -> None:
        if self.report is not None and self.organ in self.report.organs:
            organs = self.report.organs
            self.organ = organs[(organs.index(self.organ) + 1) % len(organs)]
            self.reload()

    def action_reload(self) -> None:
        self.reload()

    def action_checks(self) -> None:
        if self.report is None:
            return
        from db.checks import RULES

        parts: list[Part] = []
        for rule, sentence in RULES.items():
            found = [f for f in self.report.findings if f.rule == rule]
            if not found:
                continue  # not a check of this table
            failed = [f for f in found if not f.ok]
            verdict = (f"{len(failed)} 处不符", "bold $error") if failed else ("相符", "$success")
            parts += [(f"{rule}  ", "bold $accent"), f"{sentence}  ", verdict, "\n"]
            for finding in failed:
                parts.append(
                    f"     {finding.where}：{finding.left} 与 {finding.right}，差 {finding.difference}\n"
                )
        self.desk.show_text(f"{self.year} 年勾稽校验", *parts)

    def action_export(self) -> None:
        if self.report is None:
            return
        from tui.screens.export import ExportScreen

        self.desk.push_screen(ExportScreen(self.report.table), self._exported)

    def _exported(self, path: Path | None) -> None:
        if path is not None:
            self.desk.show_text("已导出", str(path))
