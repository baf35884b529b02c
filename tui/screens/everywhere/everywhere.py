"""What works over any page: help, palette, jump, colours, and the windows that tell something."""

from __future__ import annotations

from typing import Any

from textual.screen import Screen

from tui.desk.locking import LockingDesk
from tui.desk.places import Importing, LockSettings, Tour
from tui.desk.state import remember
from tui.look.theme import LABELS, next_theme
from tui.screens.shared.base import DeskScreen
from tui.widgets.plain import FlashLine


class EverywhereDesk(LockingDesk):
    """A desk with the actions of scope `app`; its windows are imported when they are shown."""

    def action_help(self) -> None:
        from tui.screens.shared.windows import HelpWindow

        screen = self.screen
        if isinstance(screen, DeskScreen):
            self.push_screen(HelpWindow(screen.SCOPES, screen.help_topics(), self.keymap))

    def action_palette(self) -> None:
        if isinstance(self.screen, DeskScreen):
            from tui.screens.everywhere.palette import Palette

            self.push_screen(Palette(self.screen))

    def action_jump(self) -> None:
        from tui.screens.everywhere.jump import Jump, jump_targets

        page = self.screen
        if isinstance(page, DeskScreen):
            self.push_screen(
                Jump(jump_targets(page)), lambda chosen: chosen.focus() if chosen else None
            )

    def action_dark(self) -> None:
        """The next theme; the choice is remembered."""
        self.theme = next_theme(self.theme)
        remember("theme", self.theme)
        self.flash(f"配色：{LABELS[self.theme]}。")

    def action_tour(self) -> None:
        remember("tour", True)
        self.go(Tour())

    def action_import(self) -> None:
        """导入台账, from any page."""
        if not self.is_open:
            self.flash("先建立或打开登记簿，再导入台账。")
        elif isinstance(self.screen, DeskScreen):
            self.go(Importing())

    def action_lock(self) -> None:
        """Lock the desk; without a passphrase, set one first."""
        if self.lock is not None:
            self.cover()
        elif isinstance(self.screen, DeskScreen):
            self.action_lock_settings()

    def action_lock_settings(self) -> None:
        from tui.screens.everywhere.lock_settings import LockSettingsScreen

        if not isinstance(self.screen, LockSettingsScreen):
            self.go(LockSettings(), lambda done: self.flash(done) if done else None)

    def lock_page(self) -> Screen[None]:
        from tui.screens.everywhere.lock_page import LockPage

        return LockPage()

    def action_help_quit(self) -> None:
        """Ctrl+C copies elsewhere; here it only says how to leave."""
        self.flash("退出请按 Ctrl+Q；复制选中的文字用 Ctrl+C。")

    # -- telling ----------------------------------------------------------------------------

    def flash(self, text: str) -> None:
        for screen in reversed(self.screen_stack):
            for line in screen.query(FlashLine):
                line.flash(text)
                return

    def show_text(self, title: str, *parts: Any, hang: int = 0) -> None:
        from tui.screens.shared.windows import TextWindow

        self.push_screen(TextWindow(title, *parts, hang=hang))

    def show_error(self, sentence: str) -> None:
        from tui.screens.shared.windows import ErrorWindow

        top = self.screen
        if isinstance(top, ErrorWindow) and top.text == sentence:
            return
        self.drop_typed()
        self.push_screen(ErrorWindow(sentence))

    def show_fault(self, sentence: str) -> None:
        from tui.screens.shared.windows import FaultWindow

        if not isinstance(self.screen, FaultWindow):  # the first is what others follow from
            self.push_screen(FaultWindow(sentence))
