"""勾稽: every rule and whether it holds; what does not can be explained, and says so from then on."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import BindingType
from textual.widget import Widget
from textual.widgets import OptionList

from db.calendar.workdays import work_calendar
from db.words.text import one_line
from db.words.vocabulary import Role
from db.year_end.finding import RULES, Finding
from tui.actions.registry import PAGES, bindings
from tui.forms.draft import Draft, Outlook
from tui.forms.fields import text_field
from tui.screens.shared.base import DeskScreen
from tui.screens.shared.form import FormScreen
from tui.screens.year.year_text import failed_words
from tui.text.cells import clip, plain_quotes
from tui.widgets.pick_list import PickList
from tui.widgets.plain import Part, PlainText

if TYPE_CHECKING:
    from db.storage.transaction import Transaction
    from db.year_end.report import YearReport


class FindingsScreen(DeskScreen[None]):
    """The list: what does not hold first, then each rule that does."""

    SCOPES = PAGES["findings"]
    HEADING = "勾稽"
    READS = ("findings",)
    BINDINGS: ClassVar[list[BindingType]] = bindings("findings")
    AUTO_FOCUS = "PickList"

    def __init__(self, year: int, organ: str) -> None:
        """`organ` is its key."""
        super().__init__()
        self._year, self._organ = year, organ
        self._failed: tuple[Finding, ...] = ()

    def body(self) -> Iterable[Widget]:
        yield PlainText("正在核对", classes="list-line")
        yield PickList(hang=5)
        yield PlainText(classes="list-foot")

    def on_mount(self) -> None:
        self.reload()

    def reload(self) -> None:
        year, organ = self._year, self._organ

        def question(tx: Transaction) -> YearReport:
            from db.year_end.report import year_report

            return year_report(tx, year, organ)

        self.ask("findings", question, self._show)

    def _show(self, report: YearReport) -> None:
        self.entitle(f"{self._year} 年  {report.table.organ}")
        self._failed = tuple(finding for finding in report.findings if not finding.ok)
        open_ones = sum(not finding.explained for finding in self._failed)
        said = f"{open_ones} 处不符，还没有说明" if open_ones else "没有未说明的不符"
        self.query_one(".list-line", PlainText).say(said)
        held = {f.rule for f in report.findings} - {f.rule for f in self._failed}
        rows = [(str(place), _failing(one)) for place, one in enumerate(self._failed)]
        rows += [(rule, _holding(rule)) for rule in RULES if rule in held]
        self.query_one(PickList).fill(rows)
        self._tell()

    @property
    def _chosen(self) -> Finding | None:
        chosen = self.query_one(PickList).chosen or ""
        return self._failed[int(chosen)] if chosen.isdigit() else None

    @on(OptionList.OptionHighlighted)
    def _tell(self) -> None:
        finding = self._chosen
        said = ""
        if finding is not None:
            said = f"{RULES[finding.rule]}；差 {finding.difference}。"
            if finding.quote:
                said = f"{one_line(clip(finding.quote, 120))}  {finding.about}"
            key = self.key("findings.open")
            said += f"核对无误的，按 {key} 写明原因；两边有一边变动，就要重新说明。"
        self.query_one(".list-foot", PlainText).say(plain_quotes(said))

    # -- keys -------------------------------------------------------------------------------

    @on(OptionList.OptionSelected)
    def clicked(self) -> None:
        self.action_open()

    def action_open(self) -> None:
        finding = self._chosen
        if finding is None:
            self.flash("这一条相符，不用说明。")
        elif not self.desk.allows(Role.CLERK):
            self.flash(f"要由{Role.CLERK.holder}说明。")
        else:
            screen = ExplainScreen(self._year, self._organ, finding)
            self.desk.push_screen(screen, self._done)

    def _done(self, said: str | None) -> None:
        if said:
            self.flash(said)
        self.reload()

    def action_reload(self) -> None:
        self.reload()

    def action_back(self) -> None:
        self.dismiss()


def _failing(finding: Finding) -> tuple[Part, ...]:
    state: Part = ("  未说明", "bold $warning")
    if finding.explained:
        state = (f"  已说明：{one_line(finding.explained)}", "$quiet")
    return f" {failed_words(finding)}", state


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
