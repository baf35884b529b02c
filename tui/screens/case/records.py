"""办理记录: a case's records one by one, newest first, to correct, void or undo."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, ClassVar

from textual.binding import BindingType

from db.cases.correcting import last_undoable
from db.errors import ChangedMeanwhile
from db.law.history import place_of
from db.words.vocabulary import EventKind
from tui.actions.keymap import KeyName
from tui.actions.registry import PAGES, bindings
from tui.forms.draft import Outlook
from tui.screens.case.changed import case_changed, news_of
from tui.screens.case.record_text import record_parts
from tui.screens.shared.base import DeskScreen
from tui.screens.shared.list_page import ListPage
from tui.screens.shared.meanwhile import ask_whether_it_stands
from tui.screens.shared.windows import confirm
from tui.text.records import correction_words, record_label, record_name
from tui.widgets.plain import Part

if TYPE_CHECKING:
    from db.calendar.workdays import WorkCalendar
    from db.cases.case_file import CaseFile, Entry
    from db.cases.organs import Organs
    from db.law.event import Event
    from db.storage.transaction import Transaction
    from tui.screens.case.correct import Mending

Found = tuple["CaseFile", "WorkCalendar", "Organs"]


def undo(page: DeskScreen[Any], case: CaseFile) -> None:
    """Name what would be undone, ask, and void it."""
    recorded = [entry.event for entry in case.entries]
    last = last_undoable(recorded)
    if last is None:
        page.desk.show_text(
            "撤销上一步",
            f"没有可以撤销的。\n要恢复已作废的记录，在申请页按 {page.key('case.corrections')} "
            "打开更正，作废那条更正；"
            "整件登记错了，请用作废登记。",
        )
        return
    desk, number, event_id = page.desk, case.number, last.id
    named = record_name(last, recorded)
    if last.kind is EventKind.CORRECTED:
        named += "：" + correction_words(recorded, last)[:120]

    def take_back(seen: int) -> None:
        def question(tx: Transaction) -> CaseFile:
            from db.cases.correcting import correct_event

            return correct_event(tx, number, event_id, "撤销上一步", void=True, seen=seen)

        page.write(question, lambda _: desk.flash("已撤销上一步。"), meanwhile)

    def meanwhile(changed: ChangedMeanwhile) -> None:
        found = case_changed(changed)
        news = replace(
            news_of(found, Outlook()),
            question=f"看过以上情况，仍要撤销 {named} 吗？",
            yes="是，仍要撤销",
            no="否，不撤销",
        )

        def back() -> None:
            pages = [screen for screen in desk.screen_stack if isinstance(screen, DeskScreen)]
            pages[-1].reload()

        ask_whether_it_stands(desk, news, lambda: take_back(changed.version), back)

    confirm(
        page,
        f"要撤销 {named} 吗？\n它会标为作废，仍留在办理记录里。",
        "撤销",
        "不撤销",
        lambda: take_back(case.version),
    )


class RecordsScreen(ListPage[None]):
    """Every record of a case."""

    SCOPES = PAGES["records"]
    HEADING = "更正"
    READS = ("records",)
    FOLLOWS = True
    BINDINGS: ClassVar[list[BindingType]] = bindings("records")
    HANG = 10
    ENTER = "correct"

    def __init__(self, number: str) -> None:
        super().__init__()
        self.number = number
        self.found: Found | None = None

    def on_mount(self) -> None:
        self.entitle(self.number)
        self.reload()

    def reload(self) -> None:
        number = self.number

        def question(tx: Transaction) -> Found:
            from db.cases.case_file import read_case
            from db.cases.organs import read_organs

            return read_case(tx, number), tx.calendar, read_organs(tx.connection)

        self.ask("records", question, self._show)

    def _show(self, found: Found) -> None:
        self.found = found
        case = found[0]
        self.entitle(f"{case.number}  {case.received.applicant or ''}")
        recorded = self._recorded
        newest_first = sorted(case.entries, key=lambda entry: entry.event.id, reverse=True)
        entries = [(str(entry.event.id), record_parts(entry, recorded)) for entry in newest_first]
        self.fill("办理记录，新登记的在前", entries)

    def about(self) -> Sequence[Part]:
        """What can be done with the record under the cursor."""
        entry = self._entry
        return (_possible(entry, self._recorded, self.key),) if entry else ()

    @property
    def _recorded(self) -> list[Event]:
        return [entry.event for entry in self.found[0].entries] if self.found else []

    @property
    def _entry(self) -> Entry | None:
        chosen = self.chosen
        if self.found is None or chosen is None:
            return None
        return next(e for e in self.found[0].entries if str(e.event.id) == chosen)

    def action_correct(self) -> None:
        from tui.screens.case.correct import CorrectScreen

        entry = self._entry
        if entry is None:
            return
        if entry.voided_by is not None or entry.event.kind is EventKind.CORRECTED:
            self.flash("这一条不能改，见下面的说明。")
            return
        self.desk.push_screen(CorrectScreen(self._mending(entry)), self._mended)

    def action_void(self) -> None:
        from tui.screens.case.correct import VoidScreen

        entry = self._entry
        if entry is None:
            return
        if entry.voided_by is not None or entry.event.kind is EventKind.RECEIVED:
            self.flash("这一条不能作废，见下面的说明。")
            return
        self.desk.push_screen(VoidScreen(self._mending(entry)), self._mended)

    def _mending(self, entry: Entry) -> Mending:
        from tui.screens.case.correct import Mending

        if self.found is None:
            raise RuntimeError("nothing is read yet")
        case, calendar, organs = self.found
        today = self.desk.today
        standing = next((e for e in case.history if e.id == entry.event.id), entry.event)
        if standing.organ is not None:  # chosen, as all of them, by what they are called today
            standing = replace(standing, organ=organs.name_on(standing.organ, today))
        names = tuple(organ.name_on(today) for organ in organs.known)
        return Mending(case, standing, calendar, names)

    def _mended(self, case: CaseFile | None) -> None:
        if case is not None:
            self.flash("已更正。" if not case.entries[-1].event.void else "已作废。")
            self.reload()

    def action_undo(self) -> None:
        if self.found is not None:
            undo(self, self.found[0])


def _possible(entry: Entry, recorded: Sequence[Event], key: KeyName) -> str:
    event = entry.event
    correct, void = key("records.correct"), key("records.void")
    if entry.voided_by is not None:
        return f"已被第{place_of(recorded, entry.voided_by)}条更正作废；要恢复它，请作废那条更正。"
    if event.kind is EventKind.CORRECTED:
        name = record_label(event, recorded)
        return f"{name}记录本身不能再更正；{void} 作废它，就恢复{name}前的记录。"
    if event.kind is EventKind.RECEIVED:
        return f"{correct} 更正本件的各项（编号不能改）；整件登记错了，请回申请页作废登记。"
    return f"{correct} 更正这一条；{void} 作废这一条。更正和作废都要写理由，原记录仍然留存。"
