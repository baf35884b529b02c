"""A case's page: where it stands, its facts, its history, and what can be recorded now."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.widget import Widget

from db.law.event import ANSWERS
from db.law.next_steps import NextStep
from db.words.vocabulary import EventKind, State
from tui.actions.registry import PAGES, bindings
from tui.desk.asking import ask
from tui.desk.places import Disputes, Trail
from tui.screens.case.case_body import CaseBody, Told, left_width
from tui.screens.case.case_text import (
    FLAG_HANG,
    HISTORY_HANG,
    LABEL_WIDTH,
    attached_words,
    disputed_words,
    fact_parts,
    flag_parts,
    history_parts,
    key_parts,
    others_parts,
    whole_parts,
)
from tui.screens.case.clock_text import missing_parts, order_parts, standing_parts
from tui.screens.shared.base import DeskScreen
from tui.screens.shared.dossier import Dossier, read_dossier
from tui.screens.shared.letters import choose_letter, offer_letter
from tui.text.records import conclusion_text
from tui.widgets.paragraphs import Paragraph, Paragraphs
from tui.widgets.plain import Part, PlainText, broken, content_of, height_of
from tui.widgets.plain_fields import PlainScroll

if TYPE_CHECKING:
    from textual.geometry import Size

    from db.cases.case_file import CaseFile, Entry
    from db.cases.case_row import CaseRow
    from db.cases.letters import Letter, Place
    from db.law.event import Event


WIDE = 120
"""The window that has two columns (as in `pages.tcss`)."""

Keyed = tuple[str, NextStep]
"""A step and its key."""


class CaseScreen(DeskScreen[None]):
    """One case."""

    SCOPES = PAGES["case"]
    HEADING = "申请"
    READS = ("case", "beside", "letters")
    FOLLOWS = True
    BINDINGS: ClassVar[list[BindingType]] = bindings("case", "steps")
    AUTO_FOCUS = "#case-body"

    def __init__(self, number: str, trail: Trail | None = None) -> None:
        super().__init__()
        self.number = number
        self._trail = trail
        self.dossier: Dossier | None = None
        self._supposed: list[Event] = []
        self._known: tuple[str, int] | None = None  # the case shown last, and its version
        self._by_others: list[Entry] = []  # what others have recorded since it was opened
        self._shown_in: Size | None = None  # the window it was shown in last
        self._newest = False  # the newest record is to be brought into sight

    def body(self) -> Iterable[Widget]:
        yield Paragraphs(id="clock")
        with PlainScroll(id="case-body"):
            yield CaseBody()
        yield PlainText(id="steps")

    def compose(self) -> ComposeResult:
        self.reload()  # it is read while the widgets are made
        return super().compose()

    def on_mount(self) -> None:
        self.entitle(self.number)

    def reload(self) -> None:
        number, path = self.number, self.desk.register.place
        self.ask("case", lambda tx: read_dossier(tx, number, path), self._show)

    def _show(self, dossier: Dossier) -> None:
        self.dossier = dossier
        case = dossier.case
        place = self._trail.said if self._trail else ""
        self.entitle(f"{case.number}  {case.received.applicant or ''}  {place}".rstrip())
        standing = case.standing
        ended = standing.state is State.CONCLUDED
        outcome = conclusion_text(case.history, standing.outcome) if ended else ""
        wide, width = self.size.width >= WIDE, self.size.width - 5
        self._shown_in = self.size
        if wide:
            width = left_width(width)
        clock = (
            *standing_parts(standing, case.clock, case.history),
            *missing_parts(case.history, dossier.calendar),
            *(("\n", outcome) if outcome else ()),
            *order_parts(dossier.orders),
        )
        others = tuple(self._told_by_others(case))
        flags = tuple(flag_parts(case)) if case.flags else ()
        self.query_one("#clock", Paragraphs).tell(
            Paragraph(clock),
            *([Paragraph(others, style="$warning", most=2)] if others else []),
            *([Paragraph(flags, FLAG_HANG, "$error")] if flags else []),
        )
        disputed = disputed_words(dossier.disputes, self.key("case.disputes"))
        attached = attached_words(case, self.key("case.papers"))
        keyed = [(self.key(f"steps.{step.kind}"), step) for step in dossier.steps]
        self.query_one(CaseBody).tell(
            Told(
                facts=tuple(fact_parts(case, disputed, attached, width)),
                steps=tuple(_steps_in_list(keyed)) if wide else None,
                history=tuple(history_parts(case)),
                whole=tuple(whole_parts(case, width - LABEL_WIDTH)),
            )
        )
        if not wide:
            self.query_one("#steps", PlainText).say(*_steps_in_line(keyed, self.size.width - 4))
        self.refresh_bindings()
        if self._newest:
            self._newest = False
            self.call_after_refresh(self._show_newest)

    def _told_by_others(self, case: CaseFile) -> list[Part]:
        """Who has recorded what on the case while it was open here."""
        if self._known is None or self._known[0] != case.number:
            self._by_others = []
        else:
            new = case.since(self._known[1])
            self._by_others += [e for e in new if e.event.id not in self.desk.recorded]
        self._known = case.number, case.version
        return others_parts(case, self._by_others)

    def _show_newest(self) -> None:
        """Bring the record last stored into sight, if it is not."""
        if self.dossier is None:
            return
        case, drawn = self.dossier.case, self.query_one(CaseBody)
        body, newest = self.query_one("#case-body", PlainScroll), case.entries[-1]
        top, width = drawn.history_at(drawn.content_size.width)
        start, end = (
            top + height_of(broken(content_of(*parts), width, HISTORY_HANG)) - 1
            for parts in (history_parts(case, newest, whole=whole) for whole in (False, True))
        )
        height = body.content_size.height
        if start < body.scroll_y or end > body.scroll_y + height:
            body.scroll_to(y=min(start, max(end - height, 0)), animate=False)

    def on_resize(self) -> None:
        if self.dossier is not None and self._shown_in != self.size:
            self._show(self.dossier)

    # -- recording --------------------------------------------------------------------------

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A step's key works while the step is possible."""
        steps = self.dossier.steps if self.dossier else ()
        if action == "log" and all(step.kind != parameters[0] for step in steps):
            return False
        return super().check_action(action, parameters)

    def action_log(self, kind: str) -> None:
        if self.dossier is None:
            return
        from tui.screens.case.fees import step_screen

        screen = step_screen(self.dossier.case, self.dossier.calendar, EventKind(kind))
        self.desk.push_screen(screen, self._logged)

    def _logged(self, case: CaseFile | None) -> None:
        if case is None:
            return
        last = case.entries[-1].event
        self.flash(f"已{last.kind.recording}。{offer_letter(self, last)}")
        self._newest = True
        self.reload()

    def action_letter(self) -> None:
        if self.dossier is not None:
            choose_letter(self, self.number, self._mend)

    def _mend(self, place: Place, letter: Letter) -> None:
        """Go to where a fact is filled in that a letter lacks."""
        from db.cases.letters import Place

        if place is Place.EVENT:
            self.action_corrections()
        else:
            self.flash(f"请先补登；{letter.kind.label}要写明它的日期。")

    # -- mending and trying out -------------------------------------------------------------

    def action_corrections(self) -> None:
        from tui.screens.case.records import RecordsScreen

        self.desk.push_screen(RecordsScreen(self.number), lambda _: self.reload())

    def action_fill_in(self) -> None:
        if self.dossier is None:
            return
        from tui.screens.case.fill_in import FillInScreen

        screen = FillInScreen(self.dossier.case, self.dossier.calendar)
        if screen.lacking:
            self.desk.push_screen(screen, self._filled_in)
        else:
            self.flash("没有空缺的项目；要修改，请用更正。")

    def _filled_in(self, case: CaseFile | None) -> None:
        if case is not None:
            self.flash("已补充。")
            self._newest = True
            self.reload()

    def action_reload(self) -> None:
        self._known = None  # what is new has been seen
        self.reload()

    def action_copy(self) -> None:
        self.copy(self.number)

    def action_undo(self) -> None:
        if self.dossier is not None:
            from tui.screens.case.records import undo

            undo(self, self.dossier.case)

    def action_what_if(self) -> None:
        if self.dossier is not None:
            from tui.screens.case.what_if import WhatIfScreen

            case, calendar = self.dossier.case, self.dossier.calendar
            self.desk.push_screen(WhatIfScreen(case, calendar, self._supposed), self._suppose)

    def _suppose(self, steps: list[Event] | None) -> None:
        """What was tried out stays at hand while this page is open."""
        self._supposed = steps or []

    def action_papers(self) -> None:
        from tui.screens.case.papers import PapersScreen

        self.desk.push_screen(PapersScreen(self.number), lambda _: self.reload())

    def action_deliver(self) -> None:
        """Of the last answer: an earlier one is corrected among the records."""
        if self.dossier is None:
            return
        from tui.screens.case.correct import Mending
        from tui.screens.case.delivery import DeliveryScreen

        case, calendar = self.dossier.case, self.dossier.calendar
        answer = next((e for e in reversed(case.history) if e.kind in ANSWERS), None)
        if answer is None:
            self.flash("本件还没有答复；登记答复时一并填写送达方式。")
            return
        screen = DeliveryScreen(Mending(case, answer, calendar))
        self.desk.push_screen(screen, self._delivered)

    def _delivered(self, case: CaseFile | None) -> None:
        if case is not None:
            self.flash("已登记送达。")
            self._newest = True
            self.reload()

    def action_disputes(self) -> None:
        self.desk.go(Disputes(case=self.number))

    # -- the cases beside it ------------------------------------------------------------------

    def action_neighbour(self, by: int) -> None:
        """The next case of the list one came from, or the one before."""
        trail = self._trail
        if trail is None:
            self.flash("本件不是从清单打开的，没有上一件、下一件。")
            return

        def answer(found: tuple[int, CaseRow] | None) -> None:
            if found is None:
                self.flash("已是最后一件。" if by > 0 else "已是第一件。")
                return
            trail.step_to(*found)
            self.number = found[1].number
            self.dossier, self._supposed = None, []
            self.query_one("#case-body").scroll_home(animate=False)
            self.reload()

        ask(self, "beside", trail.beside(by), answer)

    # -- reading ----------------------------------------------------------------------------

    def action_back(self) -> None:
        self.dismiss()

    def action_trace(self) -> None:
        if self.dossier is None:
            return
        from tui.screens.case.clock_text import anew_parts, arithmetic_parts, trace_parts

        history, calendar = self.dossier.case.history, self.dossier.calendar
        parts = [
            *arithmetic_parts(history, calendar),
            *trace_parts(history, calendar, self.desk.today),
            *anew_parts(self.dossier.orders, calendar),
        ]
        self.desk.show_text(f"{self.number} 期限说明", *parts, hang=27)

    def action_scroll_body(self, by: int) -> None:
        self.query_one("#case-body").scroll_relative(y=by, animate=False)

    def action_page_body(self, by: int) -> None:
        body = self.query_one("#case-body")
        body.scroll_relative(y=by * max(body.size.height - 1, 1), animate=False)

    def action_first(self) -> None:
        self.query_one("#case-body").scroll_home(animate=False)

    def action_last(self) -> None:
        self.query_one("#case-body").scroll_end(animate=False)


def _steps_in_line(steps: Sequence[Keyed], width: int) -> list[Part]:
    """For a narrow page: keys and names in a paragraph, what is late in one of its own."""

    def said(late: bool) -> list[tuple[str, str]]:
        return [
            (key, step.kind.label + ("!" if step.caution else ""))
            for key, step in steps
            if step.late is late
        ]

    parts = key_parts("现在可以登记  ", said(False), width) if steps else []
    if late := said(True):
        parts += ["\n", *key_parts("可以补登  ", late, width)]
    return parts


def _steps_in_list(steps: Sequence[Keyed]) -> list[Part]:
    """For a wide page: one line each, with what is irregular about it."""
    parts: list[Part] = [("现在可以登记\n", "bold")] if steps else []
    wide = max((len(key) for key, _ in steps), default=0)
    late = False
    for key, step in steps:
        if step.late and not late:
            late = True
            parts.append(("\n可以补登\n", "bold"))
        parts += ["  ", (f"{key:<{wide}}", "bold $accent"), f"  {step.kind.label}"]
        if step.caution:
            parts.append((f"  {step.caution}", "$warning"))
        parts.append("\n")
    return parts
