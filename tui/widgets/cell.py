"""One cell of a grid that is typed into: its figure, and beside it the one of the year before."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.message import Message

from tui.actions.registry import bindings
from tui.forms.fields import FieldSpec
from tui.text.cells import clip
from tui.widgets.field import FieldView
from tui.widgets.plain import PlainText
from tui.widgets.plain_fields import PlainInput


class CellInput(PlainInput):
    """The arrows leave it: up and down always, left and right at its ends or while all is chosen."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("cells")

    class Left(Message):
        """The cursor goes to the cell so many rows down and columns right."""

        def __init__(self, down: int, right: int) -> None:
            super().__init__()
            self.down, self.right = down, right

    def action_row(self, by: int) -> None:
        self.post_message(self.Left(by, 0))

    def action_side(self, by: int) -> None:
        edge = len(self.value) if by > 0 else 0
        if self.cursor_position == edge or not self.selection.is_empty:
            self.post_message(self.Left(0, by))
        elif by > 0:
            self.action_cursor_right()
        else:
            self.action_cursor_left()


class CellView(FieldView):
    """The cell as a form keeps it. What is wrong with it is said elsewhere: there is no room."""

    def __init__(self, spec: FieldSpec, last: str, room: int) -> None:
        """`room`: cells for the figure of the year before."""
        super().__init__(spec)
        self.last = last
        self._said = clip(f"({last})", room) if last else ""

    @property
    def _drawn(self) -> bool:
        return False

    def _made(self) -> CellInput:
        return CellInput(self.spec.initial)

    def compose(self) -> ComposeResult:
        yield self.input
        yield PlainText(self._said, classes="cell-last")

    def render(self) -> Content:
        return Content()

    def tell(self, echo: str, fault: str) -> None:
        self.set_class(bool(fault), "-error")
