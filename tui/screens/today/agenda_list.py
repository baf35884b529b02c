"""The sections of 今日, and the kept lookups that are counted there."""

from __future__ import annotations

from collections.abc import Callable

from textual.message import Message

from tui.desk.desk import desk_of
from tui.widgets.pick_list import PickList


class AgendaList(PickList):
    """Its cursor moves once what is listed is `settled`."""

    class LeftBelow(Message):
        """The cursor went down from the last section."""

    def __init__(self, settled: Callable[[], bool], *, hang: int) -> None:
        super().__init__(hang=hang, id="agenda")
        self._settled = settled

    def action_cursor_down(self) -> None:
        desk_of(self).once(self._settled, self._down)

    def _down(self) -> None:
        if self.highlighted == self.option_count - 1:
            self.post_message(self.LeftBelow())
        else:
            super().action_cursor_down()

    def action_cursor_up(self) -> None:
        if self.highlighted:
            super().action_cursor_up()
