"""What 今日 and 台账 share: they open the register, and lead to everything else."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from textual import events

from db.words.text import one_line
from tui.screens.shared.office import OfficeScreen
from tui.widgets.plain import PlainText

if TYPE_CHECKING:
    from db.cases.case_file import CaseFile
    from tui.desk.forerunner import Forerunner
    from tui.desk.opened import Opened


class HomeScreen(OfficeScreen):
    """A page at the bottom of the stack; the other one is a key away."""

    def on_mount(self) -> None:
        self._say_empty("正在打开登记簿")
        # By way of the app: only when it has begun does a refresh paint.
        self.desk.call_later(self.call_after_refresh, self.arrive)

    held = False  # the first frame is an empty one
    leaving = False  # the other page has been asked for: keys wait for it
    arrived = False

    @property
    def ready(self) -> bool:
        return super().ready and not self.leaving

    @property
    def opening(self) -> bool:
        """Whether it is still open what the page will show."""
        return not self.arrived or self.desk.opening is not None

    def on_screen_resume(self) -> None:
        self.leaving = False

    def arrive(self) -> None:
        """The clerk has come to this page."""
        self.arrived = True
        self.say_today()
        if self.desk.is_open:
            self._entitle()
            self.reload()
        elif self.desk.ahead is not None:
            self.told_ahead(self.desk.ahead)
        else:
            self.open_register()

    # -- opening ----------------------------------------------------------------------------

    def open_register(self) -> None:
        """Have the register opened, once the page has been painted, and say how far that is."""
        self.desk.open_register()

        def say() -> None:
            if self.desk.opening is None or self.desk.ahead is not None:
                watch.stop()
            else:
                self._say_empty(self.desk.opening.sentence)

        watch = self.set_interval(0.5, say)
        say()

    def told_ahead(self, forerunner: Forerunner) -> None:
        """The register is still being opened, but a forerunner can be asked already."""
        self.entitle(forerunner.organs[0] if forerunner.organs else "", self.HEADING)

    def when_open(self, act: Callable[[], object]) -> None:
        """Do it with the open register; while only what was seen ahead is shown, keys wait for it."""

        def now() -> None:
            if self.desk.is_open:
                act()

        self.desk.once(lambda: self.desk.ahead is None, now)

    def register_opened(self, opened: Opened | None) -> None:
        if opened is None:
            self._say_empty("这里还没有登记簿。", self._reload_key, "重新查看")
            from tui.desk.places import Welcome

            self.desk.go(Welcome(), self._welcomed)
        else:
            self.adopt(opened)

    def _welcomed(self, opened: Opened | None) -> None:
        if opened is not None:
            self.adopt(opened)

    def adopt(self, opened: Opened) -> None:
        """Show this register from now on."""
        self.desk.adopt(opened)
        self._entitle()
        self.begin()

    def begin(self) -> None:
        """A register has just been opened."""
        self.reload()

    def _entitle(self) -> None:
        opened = self.desk.opened
        self.entitle(opened.organs[0] if opened.organs else "", self.heading_of(opened))

    def heading_of(self, opened: Opened) -> str:
        return opened.heading

    def register_not_opened(self, sentence: str) -> None:
        then = f"再试一次，{self.key('go.backups')} 恢复备份"
        self._say_empty("登记簿没有打开。", self._reload_key, then)
        self.desk.show_error(sentence)

    @property
    def _reload_key(self) -> str:
        return self.key(f"{self.SCOPES[0]}.reload")

    def _say_empty(self, what: str, key: str = "", then: str = "") -> None:
        """Say why the page is empty, and which key goes on."""
        empty = self.query_one("#empty", PlainText)
        empty.say(what, *(("\n\n按 ", (key, "bold $accent"), f" {then}") if key else ()))
        empty.display = True

    def filled(self) -> None:
        """The page shows what has been read: go on with the rest once it is painted."""
        self.call_after_refresh(self.desk.look_after)

    def copied(self) -> None:
        """The day's copy has been made, and the second folder brought in step if it was there."""

    # -- going on ---------------------------------------------------------------------------

    def action_switch(self) -> None:
        """To the other page."""
        from tui.desk.places import Today

        self.desk.go(Today())

    def action_reload(self) -> None:
        if self.desk.is_open:
            self.reload()
        else:
            self.open_register()

    def action_new(self) -> None:
        from tui.desk.places import Intake

        self.when_open(lambda: self.desk.go(Intake(), self._registered))

    def _registered(self, case: CaseFile | None) -> None:
        """An application has been registered, or nothing has."""
        if case is not None:
            self.flash(f"已登记 {case.number}。")
            self.reload()

    def action_year(self) -> None:
        from tui.desk.places import Year

        self.when_open(lambda: self.desk.go(Year()))

    def begin_lookup(self, typed: str = "") -> None:
        """Begin to look for a case, with what has been typed already."""

    def action_lookup(self) -> None:
        self.begin_lookup()

    def on_key(self, event: events.Key) -> None:
        """A Chinese character typed over a list begins a lookup."""
        if not self.writing and self.begins_lookup(event.character or ""):
            event.stop()
            self.begin_lookup(event.character or "")

    def on_paste(self, event: events.Paste) -> None:
        """So does what is pasted there, and what an input method sends as a whole."""
        if not self.writing and (typed := one_line(event.text).strip()):
            event.stop()
            self.begin_lookup(typed)

    def begins_lookup(self, character: str) -> bool:
        """Whether this character, typed over a list, is one of a name rather than a key."""
        return character.isalnum() and not character.isascii()

    @property
    def writing(self) -> bool:
        """Whether a text field has the focus."""
        return False
