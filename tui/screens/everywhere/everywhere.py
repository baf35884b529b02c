"""What works over any page: help, palette, jump, colours, and the windows that tell something."""

from __future__ import annotations

from typing import Any

from textual import events
from textual.screen import Screen

from tui.desk.framework import does_something
from tui.desk.locking import LockingDesk
from tui.desk.state import remember
from tui.look.theme import LABELS, next_theme
from tui.screens.shared.base import DeskScreen
from tui.widgets.title_bar import TitleBar


class EverywhereDesk(LockingDesk):
    """A desk with the actions of scope `app`; its windows are imported when they are shown."""

    few_colours = False
    """Whether the terminal shows 16 colours or none."""

    def action_help(self) -> None:
        from tui.screens.shared.windows import HelpWindow

        screen = self.screen
        if isinstance(screen, DeskScreen):
            self.push_screen(
                HelpWindow(screen.SCOPES, screen.help_topics(), self.keymap, self.allows)
            )

    def action_palette(self) -> None:
        if isinstance(self.screen, DeskScreen):
            from tui.screens.everywhere.palette import Palette

            self.push_screen(Palette(self.screen))

    def action_go(self) -> None:
        from tui.screens.everywhere.going import GoStrip

        if isinstance(self.screen, DeskScreen):
            self.push_screen(GoStrip(), lambda where: self.action_to(where) if where else None)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Where text is typed, `g` is a letter of it."""
        writing = self.focused is not None and self.focused.check_consume_key("g", "g")
        return not (action == "go" and writing) and super().check_action(action, parameters)

    def action_to(self, where: str) -> None:
        from tui.screens.everywhere.going import go_anywhere

        def go() -> None:
            go_anywhere(self, where)

        self.once(lambda: self.ahead is None, go)

    def action_jump(self) -> None:
        from tui.screens.everywhere.jump import Jump, jump_targets

        page = self.screen
        if isinstance(page, DeskScreen):
            self.push_screen(
                Jump(jump_targets(page)), lambda chosen: chosen.focus() if chosen else None
            )

    def action_dark(self) -> None:
        """The next theme; the choice is remembered. Where colours are few there is one that fits."""
        if self.few_colours:
            self.flash("这个终端颜色不够，只用它自己的颜色。")
            return
        self.theme = next_theme(self.theme)
        remember("theme", self.theme)
        self.flash(f"配色：{LABELS[self.theme]}。")

    def action_tour(self) -> None:
        from tui.desk.places import Tour

        remember("tour", True)
        self.go(Tour())

    def action_lock(self) -> None:
        """Lock the desk; without a passphrase, set one first."""
        if self.lock is not None:
            self.cover()
        elif isinstance(self.screen, DeskScreen):
            self.action_lock_settings()

    def action_lock_settings(self) -> None:
        from tui.desk.places import LockSettings
        from tui.screens.everywhere.lock_settings import LockSettingsScreen

        if not isinstance(self.screen, LockSettingsScreen):
            self.go(LockSettings(), lambda done: self.flash(done) if done else None)

    def lock_page(self) -> Screen[None]:
        from tui.screens.everywhere.lock_page import LockPage

        return LockPage()

    def action_help_quit(self) -> None:
        """Ctrl+C copies elsewhere; here it only says how to leave."""
        self.flash("退出按 Ctrl+Q；复制选中文字按 Ctrl+C。")

    def on_key(self, event: events.Key) -> None:
        """A key that does nothing here says what it would do, and where."""
        page = self.screen
        if isinstance(page, DeskScreen) and not does_something(page, event.key):
            from tui.screens.everywhere.dead_keys import dead_key

            if said := dead_key(event.key, page.SCOPES, self.keymap, self.allows):
                self.flash(said)

    # -- telling ----------------------------------------------------------------------------

    def flash(self, text: str) -> None:
        for screen in reversed(self.screen_stack):
            for line in screen.query(TitleBar):
                line.flash(text)
                return

    def show_text(self, title: str, *parts: Any, hang: int = 0) -> None:
        from tui.screens.shared.windows import TextWindow

        self.push_screen(TextWindow(title, *parts, hang=hang))

    def show_error(self, sentence: str, title: str = "操作未完成") -> None:
        from tui.screens.shared.windows import ErrorWindow

        top = self.screen
        if isinstance(top, ErrorWindow) and top.text == sentence:
            return
        self.drop_typed()
        self.push_screen(ErrorWindow(sentence, title))

    def show_fault(self, sentence: str) -> None:
        from tui.screens.shared.windows import FaultWindow

        if not isinstance(self.screen, FaultWindow):  # the first is what others follow from
            self.push_screen(FaultWindow(sentence))
