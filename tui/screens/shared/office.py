"""What belongs to the office rather than to one case: calendar, disputes, fees, settings."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import BindingType

from tui.actions.registry import bindings
from tui.desk.places import Calendar, Disputes, Fees, Settings
from tui.screens.shared.base import DeskScreen


class OfficeScreen(DeskScreen[None]):
    """A page from which the office's own pages are opened (the actions of scope `office`)."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("office")

    def action_calendar(self) -> None:
        if self.desk.is_open:
            self.desk.go(Calendar())

    def action_disputes(self) -> None:
        if self.desk.is_open:
            self.desk.go(Disputes())

    def action_settings(self) -> None:
        if self.desk.is_open:
            self.desk.go(Settings(), lambda _: self.settled_anew())

    def settled_anew(self) -> None:
        """Back from the settings, where anything may have been changed."""
        self.reload()

    def action_fees(self) -> None:
        self.desk.go(Fees())
