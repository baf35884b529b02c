"""勾稽: every rule and whether it holds; Enter goes where a finding stands. What does not hold and is
right all the same can be explained, and says so from then on.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from textual.binding import BindingType

from db.calendar.workdays import work_calendar
from db.words.text import one_line
from db.words.vocabulary import Role
from db.year_end.finding import RULES, Finding
from tui.actions.registry import PAGES, bindings
from tui.forms.draft import Draft, Outlook
from tui.forms.fields import text_field
from tui.screens.shared.form import FormScreen
from tui.screens.shared.list_page import ListPage
from tui.screens.year.part_form import part_form
from tui.screens.year.reading import Report, Wanted, read_report
from tui.screens.year.standing import TABLES, part_of_finding
from tui.screens.year.year_text import failed_words, finding_words
from tui.text.cells import clip, plain_quotes
from tui.widgets.plain import Part

if TYPE_CHECKING:
    from db.storage.transaction import Transaction


class FindingsScreen(ListPage[Finding]):
    """What does not hold first, then each rule that does; answers one that stands in a table."""

    SCOPES = PAGES["findings"]
    HEADING = "勾稽"
    READS = ("findings",)
    BINDINGS: ClassVar[list[BindingType]] = bindings("findings")
    HANG = 5

    def __init__(self, wanted: Wanted) -> None:
        super().__init__()
        self._wanted = wanted
        self._report: Report | None = None
        self._failed: tuple[Finding, ...] = ()

    def reload(self) -> None:
        wanted = self._wanted
        self.ask("findings", lambda tx: read_report(tx, wanted), self._show)

    def _show(self, report: Report) -> None:
        self._report = report
        year = report.year
        self.entitle(f"{year.table.year} 年  {year.table.organ}")
        self._failed = tuple(finding for finding in year.findings if not finding.ok)
        held = {f.rule for f in year.findings} - {f.rule for f in self._failed}
        rows = [(str(place), _failing(one)) for place, one in enumerate(self._failed)]
        rows += [(f"remark {place}", _remark(one)) for place, one in enumerate(year.remarks)]
        rows += [(rule, _holding(rule)) for rule in RULES if rule in held]
        open_ones = sum(not finding.explained for finding in self._failed)
        said = f"{open_ones} 处不符，还没有说明" if open_ones else "没有未说明的不符"
        self.fill(said, rows)

    @property
    def _finding(self) -> Finding | None:
        chosen = self.chosen or ""
        return self._failed[int(chosen)] if chosen.isdigit() else None

    def about(self) -> Sequence[Part]:
        finding = self._finding
        if finding is None:
            return ()
        said = f"{RULES[finding.rule]}；差 {finding.difference}。{finding.about}"
        if finding.quote:
            said = f"{one_line(clip(finding.quote, 120))}  {finding_words(finding)}"
        key = self.key("findings.explain")
        said += f"核对无误的，按 {key} 写明原因；两边有一边变动，就要重新说明。"
        return (plain_quotes(said),)

    # -- keys -------------------------------------------------------------------------------

    def action_open(self) -> None:
        """Where the finding stands: the sentence, the cell, or the table."""
        finding, report = self._finding, self._report
        if finding is None or report is None:
            self.flash("这一条相符。")
            return
        part = part_of_finding(finding)
        if part in TABLES:
            self.dismiss(finding)
        elif not self.desk.allows(Role.CLERK):
            self.flash(f"要由{Role.CLERK.holder}修改。")
        else:
            self.desk.push_screen(part_form(report, part, finding), self._done)

    def action_explain(self) -> None:
        finding, report = self._finding, self._report
        if finding is None or report is None:
            self.flash("这一条相符，不用说明。")
        else:
            table = report.year.table
            screen = ExplainScreen(table.year, table.key, finding)
            self.desk.push_screen(screen, self._done)

    def _done(self, said: str | None) -> None:
        if said:
            self.flash(said)
        self.reload()


def _failing(finding: Finding) -> tuple[Part, ...]:
    state: Part = ("  未说明", "bold $warning")
    if finding.explained:
        state = (f"  已说明：{one_line(finding.explained)}", "$quiet")
    return f" {failed_words(finding)}", state


def _remark(said: str) -> tuple[Part, ...]:
    return ((" 提示  ", "bold $warning"), plain_quotes(said))


def _holding(rule: str) -> tuple[Part, ...]:
    return (f" {rule}  {RULES[rule]}  ", "$quiet"), ("相符", "$success")


class ExplainScreen(FormScreen[str]):
    """Why a check does not hold; answers what was done, in a sentence."""

    HEADING = "说明"

    def __init__(self, year: int, organ: str, finding: Finding) -> None:
        super().__init__()
        self._year, self._organ, self._finding = year, organ, finding

    async def on_mount(self) -> None:
        self.entitle(f"{self._year} 年  {failed_words(self._finding)}")
        field = text_field(
            "reason",
            "原因",
            "为什么两边不同而并没有错，例如上年误报。留空则撤回说明。",
            lines=True,
            initial=self._finding.explained,
        )
        await self.lay([field], work_calendar())

    def outlook(self, draft: Draft) -> Outlook:
        return Outlook("说明留有记录；两边有一边变动，就要重新说明。")

    def submit(self, draft: Draft) -> None:
        year, organ, finding = self._year, self._organ, self._finding
        reason: str = draft.values.get("reason") or ""

        def change(tx: Transaction) -> None:
            from db.year_end.explaining import explain

            explain(tx, year, finding, reason, organ)

        said = "已说明。" if reason else "说明已撤回。"
        self.store(change, lambda _: self.saved(said), self.refused)
