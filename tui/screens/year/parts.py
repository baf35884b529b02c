"""各部分: the six parts of a year's report, how each stands, and the way into each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import BindingType
from textual.widget import Widget
from textual.widgets import OptionList

from db.words.text import one_line
from db.words.vocabulary import Role
from db.year_end.form import form_of
from db.year_end.narrative import Part
from db.year_end.proactive import Proactive
from tui.actions.registry import PAGES, bindings
from tui.forms.own_parts import length_said
from tui.screens.shared.base import DeskScreen
from tui.screens.year.own_forms import ProactiveScreen, TextScreen
from tui.screens.year.year_text import failed_words
from tui.text.cells import clip, fit
from tui.widgets.pick_list import PickList
from tui.widgets.plain import Part as Said
from tui.widgets.plain import PlainText

if TYPE_CHECKING:
    from collections.abc import Sequence

    from db.storage.transaction import Transaction
    from db.year_end.finding import Finding
    from db.year_end.narrative import Narrative
    from db.year_end.report import YearReport

TABLES = {"2": "二、主动公开政府信息情况", "3": "三、收到和处理政府信息公开申请情况"}
TABLES["4"] = "四、政府信息公开行政复议、行政诉讼情况"
_RULES = {"2": "MN", "3": "ABCLQ", "4": "D"}
_STATE, _TITLE = 10, 42


@dataclass(frozen=True)
class Standing:
    """The report, and what was entered for the year before."""

    report: YearReport
    proactive: Proactive
    narrative: Narrative


class PartsScreen(DeskScreen[str]):
    """The list; answers which table of 年报 is to be shown, `3` or `4`, or nothing."""

    SCOPES = PAGES["parts"]
    HEADING = "年报"
    READS = ("parts",)
    BINDINGS: ClassVar[list[BindingType]] = bindings("parts")
    AUTO_FOCUS = "PickList"

    def __init__(self, year: int, organ: str) -> None:
        """`organ` is its key."""
        super().__init__()
        self._year, self._organ = year, organ
        self._standing: Standing | None = None

    def body(self) -> Iterable[Widget]:
        yield PlainText("正在统计", classes="list-line")
        yield PickList()
        yield PlainText(classes="list-foot")

    def on_mount(self) -> None:
        self.reload()

    def reload(self) -> None:
        year, organ = self._year, self._organ

        def question(tx: Transaction) -> Standing:
            from db.cases.organs import which_organ
            from db.year_end.own_parts import read_own_parts
            from db.year_end.report import year_report

            whose = which_organ(tx.connection, organ)
            before = read_own_parts(tx.connection, whose.id, year - 1, form_of(year - 1))
            report = year_report(tx, year, organ)
            return Standing(report, before.proactive, before.narrative)

        self.ask("parts", question, self._show)

    def _show(self, standing: Standing) -> None:
        self._standing = standing
        report = standing.report
        self.entitle(report.table.organ)
        filed = "已封账" if report.filing else "未封账"
        self.query_one(".list-line", PlainText).say(f"{self._year} 年报告的六个部分，{filed}")
        rows = [(number, self._line(number, standing)) for number in "123456"]
        self.query_one(PickList).fill(rows)
        self._tell()

    def _line(self, number: str, standing: Standing) -> tuple[Said, ...]:
        title = TABLES.get(number) or Part(number).label
        state, about = self._state(number, standing.report)
        wrong = state == "有出入"
        return (
            f" {fit(title, _TITLE)}",
            (fit(state, _STATE), "bold $warning" if wrong or state == "未填" else "bold"),
            (clip(about, 24), "$quiet"),
        )

    def _state(self, number: str, report: YearReport) -> tuple[str, str]:
        """How a part stands, and a word about it."""
        own = report.own
        if number in _RULES:
            wrong = _wrong(report.wrong, _RULES[number])
            if number == "2" and not wrong:
                return own.proactive.state, _left(own.proactive)
            if wrong:
                return "有出入", failed_words(wrong[0])
            return "已填", "由登记统计"
        text = own.narrative[Part(number)]
        claimed = [one for one in report.wrong if one.where.startswith(text.part.label)]
        if claimed:
            return "有出入", f"{len(claimed)} 处数字与表格不一致"
        return ("已填", length_said(text.part, text.text)) if text.text else ("未填", "")

    # -- keys -------------------------------------------------------------------------------

    @on(OptionList.OptionHighlighted)
    def _tell(self) -> None:
        number, standing = self.query_one(PickList).chosen, self._standing
        if number is None or standing is None:
            return
        said = "由登记的申请和复议诉讼统计，不用填写。"
        if number == "2":
            said = "主动公开的数据由各机关自己统计，在这里填写。"
        elif number not in TABLES:
            text = standing.report.own.narrative[Part(number)]
            said = "还没有文字。"
            if text.recorded_at is not None:
                said = f"{text.recorded_at:%Y-%m-%d %H:%M} {one_line(text.recorded_by)} 保存。"
        self.query_one(".list-foot", PlainText).say(said)

    @on(OptionList.OptionSelected)
    def clicked(self) -> None:
        self.action_open()

    def action_open(self) -> None:
        number, standing = self.query_one(PickList).chosen, self._standing
        if number is None or standing is None:
            return
        if number in ("3", "4"):
            self.dismiss(number)
            return
        if not self.desk.allows(Role.CLERK):
            self.flash(f"要由{Role.CLERK.holder}填写。")
            return
        year, organ, own = self._year, self._organ, standing.report.own
        if number == "2":
            screen = ProactiveScreen(year, organ, own.proactive, standing.proactive)
            self.desk.push_screen(screen, self._done)
            return
        part = Part(number)
        before = standing.narrative[part].text
        self.desk.push_screen(TextScreen(year, organ, own.narrative[part], before), self._done)

    def _done(self, said: str | None) -> None:
        if said:
            self.flash(said)
        self.reload()

    def action_reload(self) -> None:
        self.reload()

    def action_back(self) -> None:
        self.dismiss(None)


def _wrong(findings: Sequence[Finding], rules: str) -> list[Finding]:
    return [one for one in findings if one.rule in rules and one.where != "主动公开"]


def _left(proactive: Proactive) -> str:
    missing = len(proactive.missing)
    return f"还有 {missing} 格" if proactive.values and missing else ""
