"""What waits today and is no case: disputes, years to file, a notice to enter."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import BindingType
from textual.widget import Widget
from textual.widgets import OptionList

from db.text import one_line
from tui.actions import bindings
from tui.screens.base import DeskScreen
from tui.widgets.pick_list import PickList
from tui.widgets.plain import PlainText

if TYPE_CHECKING:
    from textual.screen import Screen

    from db.agenda_todo import Todo


class TodosScreen(DeskScreen[None]):
    """A list of things to do; Enter goes where each is done."""

    SCOPES = ("todos", "pick")
    HEADING = "待办"
    BINDINGS: ClassVar[list[BindingType]] = bindings("todos")
    AUTO_FOCUS = "PickList"

    def __init__(self, said: str, todos: tuple[Todo, ...]) -> None:
        super().__init__()
        self._said = said
        self._todos = todos

    def body(self) -> Iterable[Widget]:
        yield PlainText(f"共 {len(self._todos):,} 项", classes="list-line")
        yield PickList(hang=2)

    def on_mount(self) -> None:
        self.entitle(self._said)
        self.query_one(PickList).fill(
            [
                (
                    str(place),
                    (
                        (one_line(todo.what)[:80], "bold"),
                        (f"\n  {one_line(todo.why)[:200]}", "$quiet"),
                    ),
                )
                for place, todo in enumerate(self._todos)
            ]
        )

    @on(OptionList.OptionSelected)
    def clicked(self) -> None:
        self.action_open()

    def action_open(self) -> None:
        chosen = self.query_one(PickList).chosen
        if chosen is None:
            return
        self.desk.push_screen(_where(self._todos[int(chosen)]))

    def action_reload(self) -> None:
        """The list is made by 今日, which reads it again on the way back."""
        self.dismiss()

    def action_back(self) -> None:
        self.dismiss()


def _where(todo: Todo) -> Screen[None]:
    """The page on which something is done."""
    if todo.case is not None:
        from tui.screens.case import CaseScreen

        return CaseScreen(todo.case)
    if todo.organ is not None and todo.year is not None:
        from tui.screens.year import YearScreen

        screen = YearScreen()
        screen.year, screen.organ = todo.year, todo.organ
        return screen
    if todo.year is not None:
        from tui.screens.calendar import CalendarScreen

        return CalendarScreen()
    from tui.screens.disputes import DisputesScreen

    return DisputesScreen()
