"""台账: the list of cases, with the lookup line over it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, ClassVar

from textual import events, on
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.widget import Widget
from textual.widgets import Input

from tui.actions import bindings
from tui.screens.base import DeskScreen
from tui.session import Opened
from tui.widgets.asking import ask
from tui.widgets.case_table import CaseTable
from tui.widgets.plain import PlainInput, PlainText

if TYPE_CHECKING:
    from db.cases import CaseFile, CaseRow


class LookupLine(PlainInput):
    """The lookup line: filters as one types."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("lookup")

    def action_down(self) -> None:
        self.screen.query_one(CaseTable).focus()

    def action_leave(self) -> None:
        if self.value:
            self.value = ""
        else:
            self.action_down()


class RegisterScreen(DeskScreen[None]):
    """The page the desk opens on."""

    SCOPES = ("register", "lookup", "table")
    BINDINGS: ClassVar[list[BindingType]] = bindings("register")
    AUTO_FOCUS = "CaseTable"

    def __init__(self) -> None:
        super().__init__()
        self._all = 0

    def body(self) -> Iterable[Widget]:
        with Horizontal(id="lookup-bar"):
            yield PlainText("查找", id="lookup-label")
            yield LookupLine(placeholder="编号、姓名、内容、文号、承办人", id="lookup")
            yield PlainText("", id="count")
        yield CaseTable(id="cases")
        yield PlainText("正在打开登记簿", id="empty")

    def on_mount(self) -> None:
        self.query_one("#empty").display = True
        self.call_after_refresh(self.open_register)

    # -- opening ----------------------------------------------------------------------------

    def open_register(self) -> None:
        """Open the register in a thread, once the page has been painted."""
        ask(self, "open", self.desk.open, self._opened, self._not_opened)

    def _opened(self, opened: Opened | None) -> None:
        if opened is None:
            from tui.screens.welcome import WelcomeScreen

            self._say_empty("这里还没有登记簿。", "F5", "再看一次")
            self.desk.push_screen(WelcomeScreen(), self._welcomed)
        else:
            self.adopt(opened)

    def _welcomed(self, opened: Opened | None) -> None:
        if opened is not None:
            self.adopt(opened)

    def adopt(self, opened: Opened) -> None:
        """Show this register from now on."""
        self.desk.adopt(opened)
        self.entitle(opened.organs[0] if opened.organs else "", opened.heading)
        self.query_one(LookupLine).value = ""
        self._look("")
        self.query_one(CaseTable).focus()

    def _not_opened(self, sentence: str) -> None:
        self._say_empty("登记簿没有打开。", "F5", "再试一次")
        self.desk.show_error(sentence)

    # -- looking up -------------------------------------------------------------------------

    @on(Input.Changed, "#lookup")
    def look_again(self, event: Input.Changed) -> None:
        if self.desk.is_open:
            self._look(event.value)

    def _look(self, words: str, keep: int | None = None) -> None:
        register = self.desk.register

        def source(start: int, length: int) -> tuple[int, Sequence[CaseRow]]:
            from db.lookup import find_cases

            found = find_cases(register, words, limit=length, start=start)
            return found.total, found.cases

        self.query_one(CaseTable).show(source, keep)

    @on(CaseTable.Loaded)
    def count(self, event: CaseTable.Loaded) -> None:
        words = self.query_one(LookupLine).value
        if not words.strip():
            self._all = event.total
            said = f"共 {event.total:,} 件"
        else:
            said = f"找到 {event.total:,} / 共 {max(self._all, event.total):,} 件"
        self.query_one("#count", PlainText).say(said)
        empty = self.query_one("#empty", PlainText)
        empty.display = event.total == 0
        self.query_one(CaseTable).display = event.total > 0
        if event.total == 0 and words.strip():
            self._say_empty(
                f"没有找到“{words.strip()[:30]}”。".translate(_PLAIN), "Esc", "清除查找"
            )
        elif event.total == 0:
            self._say_empty("登记簿是空的。", "n", "登记第一件申请")

    def _say_empty(self, what: str, key: str, then: str) -> None:
        empty = self.query_one("#empty", PlainText)
        empty.say(what, "\n\n按 ", (key, "bold $accent"), f" {then}")
        empty.display = True

    def action_lookup(self) -> None:
        self.query_one(LookupLine).focus()

    def action_clear(self) -> None:
        self.query_one(LookupLine).value = ""

    def on_key(self, event: events.Key) -> None:
        """A Chinese character typed over the list begins a lookup."""
        character = event.character or ""
        if character.isalnum() and not character.isascii() and self.focused is not None:
            line = self.query_one(LookupLine)
            if self.focused is not line:
                event.stop()
                line.focus()
                line.insert_text_at_cursor(character)

    # -- going on ---------------------------------------------------------------------------

    @on(CaseTable.Opened)
    def open_case(self, event: CaseTable.Opened) -> None:
        self.open_number(event.row.number)

    def open_number(self, number: str) -> None:
        """Show a case's page."""
        from tui.screens.case import CaseScreen

        self.desk.push_screen(CaseScreen(number), lambda _: self.reload())

    def action_new(self) -> None:
        if not self.desk.is_open:
            return
        from tui.screens.intake import IntakeScreen

        self.desk.push_screen(IntakeScreen(), self._registered)

    def _registered(self, case: CaseFile | None) -> None:
        if case is None:
            return
        self.notice(f"已登记 {case.number}。")
        self.query_one(CaseTable).display = True
        line = self.query_one(LookupLine)
        if line.value:
            line.value = ""
        self._look("", case.id)
        self.query_one(CaseTable).focus()

    def action_year(self) -> None:
        if self.desk.is_open:
            from tui.screens.year import YearScreen

            self.desk.push_screen(YearScreen(), lambda _: self.reload())

    def action_reload(self) -> None:
        self.reload()

    def reload(self) -> None:
        if self.desk.is_open:
            self.query_one(CaseTable).reload()
        else:
            self.open_register()


_PLAIN = str.maketrans("“”", '""')
