"""The line of keys at the foot of a page."""

from __future__ import annotations

from typing import Any

from textual.binding import Binding
from textual.screen import Screen
from textual.widgets import Footer

from tui.desk.going_on import GoesOn


class KeyFooter(GoesOn, Footer):
    """The stock footer, laid anew only when other keys are to be shown.

    The stock one is laid anew whenever the focus moves, and the whole page with it.
    """

    def __init__(self) -> None:
        super().__init__(show_command_palette=False, compact=True)
        self._shown: list[tuple[Binding, bool]] = []

    def bindings_changed(self, screen: Screen[Any]) -> None:
        if self.is_attached and screen is self.screen and screen.app.app_focus:
            active = screen.active_bindings.values()
            shown = [(key.binding, key.enabled) for key in active if key.binding.show]
            if shown == self._shown:
                return
            self._shown = shown
        super().bindings_changed(screen)
