"""期限试算: steps tried out on a case, and the due date they would give. Nothing is recorded."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import BindingType
from textual.containers import Vertical
from textual.widget import Widget
from textual.widgets import OptionList

from db.calendar.dates import dated
from db.errors import BadValue, Impossible
from db.law.clock import Standing, read_clock, stand
from db.law.event import Event
from db.law.flags import flags
from db.law.next_steps import next_steps
from db.law.what_if import Supposed, suppose, what_if
from db.words.text import one_line
from db.words.vocabulary import EventKind
from tui.actions.registry import PAGES, bindings
from tui.actions.step_keys import SUPPOSED
from tui.forms.draft import Draft, Outlook
from tui.forms.what_if import supposed_event, supposed_fields
from tui.screens.case.case_text import key_parts
from tui.screens.case.clock_text import standing_parts
from tui.screens.shared.base import DeskScreen
from tui.screens.shared.form import FormScreen
from tui.text.cells import plain_quotes
from tui.widgets.pick_list import PickList
from tui.widgets.plain import Part, PlainText
from tui.widgets.plain_fields import PlainScroll

if TYPE_CHECKING:
    from db.calendar.workdays import WorkCalendar
    from db.cases.case_file import CaseFile

_NOTHING = "尚未试算。按下面的键加一步，日期可以在今天以后。"


class WhatIfScreen(DeskScreen[list[Event]]):
    """A case as it stands, the steps supposed, and where it would stand; answers the steps."""

    SCOPES = PAGES["whatif"]
    HEADING = "期限试算"
    BINDINGS: ClassVar[list[BindingType]] = bindings("whatif")
    AUTO_FOCUS = "PickList"

    def __init__(self, case: CaseFile, calendar: WorkCalendar, steps: Iterable[Event] = ()) -> None:
        super().__init__()
        self.case = case
        self.calendar = calendar
        self.steps = list(steps)

    def body(self) -> Iterable[Widget]:
        yield PlainText(id="whatif-now")
        with Vertical(id="whatif-steps"):
            yield PlainText(_NOTHING, classes="list-line")
            yield PickList(hang=4)
        with PlainScroll(id="whatif-body", can_focus=False):
            yield PlainText(id="whatif-result", hang=10)
        yield PlainText(id="whatif-keys", classes="list-foot")

    def on_mount(self) -> None:
        self.entitle(f"{self.case.number}  {self.case.received.applicant or ''}")
        self._hold()
        self._show()

    def on_resize(self) -> None:
        self._show()

    def reload(self) -> None:
        self._show()

    @property
    def supposed(self) -> tuple[Event, ...]:
        """The history with the steps in it."""
        return suppose(self.case.history, self.steps)

    def _show(self) -> None:
        today = self.desk.today
        now = stand(self.case.history, self.calendar)
        self.query_one("#whatif-now", PlainText).say(
            ("目前  ", "$quiet"),
            *standing_parts(now, read_clock(now, self.calendar, today), self.case.history),
        )
        self.query_one(PickList).fill(
            [
                (str(place), ((f"{place + 1}.  ", "$quiet"), step_words(step)))
                for place, step in enumerate(self.steps)
            ]
        )
        self.query_one(".list-line").display = not self.steps
        result = self.query_one("#whatif-result", PlainText)
        result.say(*(self._result() if self.steps else ()))
        offered = [
            (self.key(f"whatif.{kind}"), kind.label) for kind in SUPPOSED if self._offered(kind)
        ]
        lead = "试算  " if offered else "本件已到最后一步，不能再加。"
        keys = key_parts(lead, offered, self.size.width - 2)
        self.query_one("#whatif-keys", PlainText).say(
            *keys, ("\n以上都是试算，没有登记任何内容。", "$warning")
        )
        self.refresh_bindings()

    def _result(self) -> list[Part]:
        today = self.desk.today
        would = what_if(self.case.history, self.steps, self.calendar, today)
        parts: list[Part] = [
            ("试算结果  ", "bold"),
            *standing_parts(would.standing, would.clock, self.supposed),
            "\n",
            *due_moved_parts(stand(self.case.history, self.calendar), would, self.calendar),
        ]
        before = flags(
            self.case.history, stand(self.case.history, self.calendar), self.calendar, today
        )
        known = {flag.text for flag in before}
        for flag in would.flags:
            new = "" if flag.text in known else "（新）"
            parts += [
                (f"违规提示{new}  {flag.article}  {plain_quotes(flag.text)}\n", "$error"),
            ]
        if not would.flags:
            parts.append(("没有违规提示\n", "$success"))
        return parts

    # -- keys -------------------------------------------------------------------------------

    def _offered(self, kind: EventKind) -> bool:
        history = self.supposed
        last = max(self.desk.today, history[-1].on)
        return any(
            step.kind is kind and not step.late for step in next_steps(history, self.calendar, last)
        )

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "suppose":
            return self.is_mounted and self._offered(EventKind(str(parameters[0])))
        return super().check_action(action, parameters)

    def action_suppose(self, kind: str) -> None:
        screen = SupposeScreen(self.case, self.steps, self.calendar, EventKind(kind))
        self.desk.push_screen(screen, self._supposed)

    def _supposed(self, step: Event | None) -> None:
        if step is not None:
            self.steps.append(step)
            self.steps.sort(key=lambda one: one.on)
            self._show()

    def action_drop(self) -> None:
        chosen = self.query_one(PickList).chosen
        if chosen is None:
            return
        step = self.steps.pop(int(chosen))
        if self._hold():
            self.flash(f"已去掉{step.kind.label}。")
        self._show()

    def _hold(self) -> bool:
        """Whether the steps can follow what is recorded; if not, all are dropped."""
        try:
            what_if(self.case.history, self.steps, self.calendar, self.desk.today)
        except (Impossible, BadValue):
            self.steps.clear()
            self.flash("其余各步不再成立，已全部去掉。")
            return False
        return True

    @on(OptionList.OptionSelected)
    def clicked(self, event: OptionList.OptionSelected) -> None:
        event.stop()

    def action_trace(self) -> None:
        from tui.screens.case.clock_text import arithmetic_parts, trace_parts

        parts = [
            ("这是试算，没有登记。\n\n", "$warning"),
            *arithmetic_parts(self.supposed, self.calendar),
            *trace_parts(self.supposed, self.calendar, self.desk.today),
        ]
        self.desk.show_text(f"{self.case.number} 试算的期限", *parts, hang=27)

    def action_back(self) -> None:
        self.dismiss(self.steps)


class SupposeScreen(FormScreen[Event]):
    """One step to try out; answers it."""

    HEADING = "期限试算"
    KEPT = False

    def __init__(
        self, case: CaseFile, steps: Sequence[Event], calendar: WorkCalendar, kind: EventKind
    ) -> None:
        super().__init__()
        self.case = case
        self.kind = kind
        self._steps = tuple(steps)
        self._calendar = calendar

    async def on_mount(self) -> None:
        self.entitle(f"{self.case.number}  {self.kind.label}（试算，不登记）")
        await self.lay(
            supposed_fields(suppose(self.case.history, self._steps), self.kind), self._calendar
        )

    def outlook(self, draft: Draft) -> Outlook:
        if not draft.complete:
            return Outlook()
        steps = [*self._steps, supposed_event(self.kind, draft)]
        history, today = self.case.history, self.desk.today
        try:
            would = what_if(history, steps, self._calendar, today)
        except (Impossible, BadValue) as refusal:
            return Outlook(refusal=str(refusal))
        now = stand(history, self._calendar)
        known = {flag.text for flag in flags(history, now, self._calendar, today)}
        said = "".join(
            part if isinstance(part, str) else part[0]
            for part in standing_parts(would.standing, would.clock, suppose(history, steps))
        )
        return Outlook(
            f"试算结果：{said}",
            tuple(f"{f.article}：{f.text}" for f in would.flags if f.text not in known),
        )

    def submit(self, draft: Draft) -> None:
        self.saved(supposed_event(self.kind, draft))

    def unsaved(self) -> bool:
        return False  # nothing here is kept anyway


def due_moved_parts(now: Standing, would: Supposed, calendar: WorkCalendar) -> list[Part]:
    """How far the due date would move."""
    old, new = now.due_on, would.standing.due_on
    if old is None or new is None:
        return []
    if old == new:
        return ["期限不变。\n"]
    days = calendar.distance(old, new)
    way = f"推后 {days}" if days > 0 else f"提前 {-days}"
    return [f"期限由 {old} 变为 {new}，{way} 个工作日。\n"]


def step_words(step: Event) -> str:
    """`2026-03-20 星期五  延期  20 个工作日`."""
    said = f"{dated(step.on)}  {step.kind.label}"
    if step.days is not None:
        said += f"  {step.days} 个工作日"
    party = step.party_kind.label if step.party_kind else "", one_line(step.party or "")
    if any(party):
        said += "  " + "：".join(filter(None, party))
    if step.reply_by is not None:
        said += f"  限期 {step.reply_by}"
    if step.due is not None:
        said += f"  新期限 {step.due}"
    return said
