"""What belongs to the office rather than to one case: calendar, disputes, fees."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import BindingType

from tui.actions.registry import bindings
from tui.screens.shared.base import DeskScreen


class OfficeScreen(DeskScreen[None]):
    """A page from which the office's own pages are opened (the actions of scope `office`)."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("office")

    def action_calendar(self) -> None:
        if self.desk.is_open:
            from tui.screens.calendar.calendar import CalendarScreen

            self.desk.push_screen(CalendarScreen(), lambda _: self.reload())

    def action_disputes(self) -> None:
        if self.desk.is_open:
            from tui.screens.disputes.disputes import DisputesScreen

            self.desk.push_screen(DisputesScreen(), lambda _: self.reload())

    def action_fees(self) -> None:
        from tui.screens.case.fees import FeeScreen

        self.desk.push_screen(FeeScreen())
