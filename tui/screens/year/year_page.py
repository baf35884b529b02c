"""What 年报 stands on: which report is asked for, and what is done with the one that is shown."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from db.year_end.form import FORMS, form_of
from tui.desk.places import Consolidating
from tui.screens.shared.base import DeskScreen
from tui.screens.shared.windows import confirm
from tui.screens.year.reading import Report, Wanted, read_report
from tui.screens.year.standing import unfilled
from tui.screens.year.year_text import checks_parts, filing_parts, filing_question

if TYPE_CHECKING:
    from pathlib import Path

    from db.storage.transaction import Transaction
    from db.year_end.filing import Filing
    from db.year_end.finding import Finding

YEARS = range(2000, 2100)
"""That can be gone to by typing them."""
DIGITS = 4


class YearPage(DeskScreen[None]):
    """Asks for one report after another; how one looks is for `show`."""

    def __init__(self, year: int | None = None, organ: str | None = None) -> None:
        """`year` None is the newest with cases, `organ` (a key) None the only one in use."""
        super().__init__()
        self.report: Report | None = None
        self.asking = False  # another report has been asked for
        self.wanted = Wanted(year, organ)  # what is shown stands in the report alone
        self.typed = ""  # of a year that is being typed

    def show(self, report: Report) -> None:
        """Show a report that has been read."""
        raise NotImplementedError

    def show_typed(self) -> None:
        """Show what is typed of a year."""
        raise NotImplementedError

    # -- reading ----------------------------------------------------------------------------

    def reload(self) -> None:
        wanted = self.wanted
        self.asking = True
        self.ask("year", lambda tx: read_report(tx, wanted), self._learn, self._not_learned)

    def _want(self, wanted: Wanted) -> None:
        self.wanted, self.typed = wanted, ""
        self.reload()

    def _learn(self, report: Report) -> None:
        self.report = report
        self._go_on_from(report, filed=self.wanted.filed)
        self.show(report)

    def _not_learned(self, sentence: str) -> None:
        """What is shown stays, and the keys go on from there."""
        self.asking = False
        if self.report is not None:
            self._go_on_from(self.report, filed=self.report.filed)
        self.desk.show_error(sentence)

    def _go_on_from(self, report: Report, *, filed: bool) -> None:
        self.asking = False
        table = report.year.table
        self.wanted = Wanted(table.year, table.key, table.form, filed, report.as_of)

    # -- which report -----------------------------------------------------------------------

    def action_change_year(self, by: int) -> None:
        if self.wanted.year is not None:
            self._want(replace(self.wanted, year=self.wanted.year + by, form=None))

    def action_digit(self, digit: int) -> None:
        """Four digits are a year, which is then shown."""
        self.typed += str(digit)
        if len(self.typed) < DIGITS:
            self.show_typed()
            return
        year, self.typed = int(self.typed), ""
        self.show_typed()
        if year in YEARS:
            self._want(replace(self.wanted, year=year, form=None))
        else:
            self.flash(f"没有 {year} 年的年报；可输 {YEARS[0]} 至 {YEARS[-1]}。")

    def action_form(self) -> None:
        form = self.wanted.form
        if self.report is not None and self.report.filed:
            self.flash("封账的数字不能换格式。")
        elif form is not None:
            other = FORMS[(FORMS.index(form) + 1) % len(FORMS)]
            self._want(replace(self.wanted, form=other))

    def action_organ(self) -> None:
        if self.report is not None and self.wanted.organ in self.report.organs:
            organs = self.report.organs
            following = organs[(organs.index(self.wanted.organ) + 1) % len(organs)]
            self._want(replace(self.wanted, organ=following))

    def action_reload(self) -> None:
        self.reload()

    def action_figures(self) -> None:
        """From a past day back to now; else between now and the filed figures."""
        if self.report is None:
            return
        wanted = replace(self.wanted, form=None)
        if wanted.as_of is not None:
            self._want(replace(wanted, as_of=None))
        elif not wanted.filed and self.report.year.filing is None:
            self.flash("这一年还没有封账。")
        else:
            self._want(replace(wanted, filed=not wanted.filed))

    def action_as_of(self) -> None:
        from tui.screens.year.as_of import AsOfScreen

        if self.report is not None:
            table = self.report.year.table
            self.desk.push_screen(AsOfScreen(f"{table.year} 年  {table.organ}"), self._as_of)

    def _as_of(self, day: date | None) -> None:
        if day is not None:
            self._want(replace(self.wanted, as_of=day, filed=False))

    # -- what is done with it ---------------------------------------------------------------

    def action_restatements(self) -> None:
        if self.report is None:
            return
        year = self.report.year
        if year.filing is None:
            self.flash("这一年还没有封账。")
        elif not (year.restatements or year.own_changes):
            self.flash("封账以后没有变动。")
        else:
            from tui.screens.year.restated import RestatedScreen

            self.desk.push_screen(RestatedScreen(year))

    def action_export(self) -> None:
        if self.report is None:
            return
        from tui.screens.year.export import ExportScreen

        self.desk.push_screen(ExportScreen(self.report.year), self._exported)

    def _exported(self, path: Path | None) -> None:
        if path is not None:
            self.desk.show_text("已导出", str(path))

    def action_consolidating(self) -> None:
        year = self.report.year.table.year if self.report else None
        self.desk.go(Consolidating(year))

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

        self.desk.push_screen(FindingsScreen(self.wanted), self._checked)

    def _checked(self, finding: Finding | None) -> None:
        """From the list of checks, back or to where one stands in a table."""
        raise NotImplementedError

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
            question = filing_question(organ, year, report.year.findings, unfilled(report.year))
            confirm(self, question, "封账", "不封账", lambda: self._file(year, organ))

    def _file(self, year: int, organ: str) -> None:
        def question(tx: Transaction) -> Filing:
            from db.year_end.filing import file_year

            return file_year(tx, year, organ)

        desk, key = self.desk, self.key

        def answer(filing: Filing) -> None:
            desk.show_text("封账", *filing_parts(filing, key), hang=10)

        self.write(question, answer)
