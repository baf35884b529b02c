"""前往: after `g`, the letters of the pages in a strip at the foot; one of them goes there."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import BindingType

from tui.actions.registry import BY_ID, actions_of, bindings
from tui.actions.roles import needed
from tui.desk import places
from tui.desk.desk import Desk, desk_of
from tui.screens.shared.base import DeskScreen
from tui.screens.shared.home import HomeScreen
from tui.screens.shared.window import Window
from tui.text.cells import width_of
from tui.widgets.plain import Part, PlainText

GO: dict[str, Callable[[], places.Place]] = {
    "today": places.Today,
    "register": places.Register,
    "year": places.Year,
    "statistics": places.Statistics,
    "consolidating": places.Consolidating,
    "calendar": places.Calendar,
    "disputes": places.Disputes,
    "backups": places.Backups,
    "settings": places.Settings,
    "importing": places.Importing,
    "fees": places.Fees,
}
"""The places by the names that the actions of scope `go` have for them."""
_CLOSED = ("today", "register", "backups", "fees")
"""Where one can go while no register is open."""


class GoStrip(Window[str]):
    """Answers where to go."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("go")

    def compose(self) -> ComposeResult:
        desk = desk_of(self)
        keymap = desk.keymap
        parts: list[Part] = []
        room = self.app.size.width - 2
        for action in actions_of("go"):
            if not desk.allows(needed(action)):
                continue
            key, label = keymap.own_key(action), f" {action.label}"
            between = "  " if parts else ""
            room -= width_of(between + key + label)
            if room < 0:  # no key is parted from its name
                between = "\n"
                room = self.app.size.width - 2 - width_of(key + label)
            parts += [between, (key, "bold $accent"), label]
        yield PlainText(*parts, id="go-strip")

    def action_to(self, where: str) -> None:
        self.dismiss(where)

    def action_leave(self) -> None:
        self.dismiss(None)

    def on_key(self, event: events.Key) -> None:
        """Any other letter leaves too: what comes after it is meant for the page."""
        if event.is_printable and event.key not in self.active_bindings:
            event.stop()
            self.dismiss(None)
            desk_of(self).flash(f"{event.character} 没有对应的页面。")

    def on_click(self) -> None:
        self.dismiss(None)


def go_anywhere(desk: Desk, where: str) -> bool:
    """Leave the pages in sight for another, if nothing typed is lost by it."""
    pages = [screen for screen in desk.screen_stack if isinstance(screen, DeskScreen)]
    home = next((page for page in pages if isinstance(page, HomeScreen)), None)
    if home is None or desk.locked:
        return False
    if any(page.unsaved() for page in pages):
        desk.flash("填写的内容还没有保存；先保存或放弃。")
        return False
    if not desk.allows(role := needed(BY_ID[f"go.{where}"])):
        desk.flash(f"{BY_ID[f'go.{where}'].label}要由{role.holder}办理。")
        return False
    if not desk.is_open and (where not in _CLOSED or desk.opening is not None):
        desk.flash("登记簿还没有打开。")
        return False
    while desk.screen is not home:
        desk.pop_screen()
    desk.go(GO[where](), lambda _: home.arrive())
    return True
