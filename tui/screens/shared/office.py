"""What belongs to the office rather than to one case: fees."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import BindingType

from tui.actions.registry import bindings
from tui.screens.shared.base import DeskScreen


class OfficeScreen(DeskScreen[None]):
    """A page from which the office's own tools are opened (the actions of scope `office`)."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("office")

    def action_fees(self) -> None:
        from tui.desk.places import Fees

        self.desk.go(Fees())
