"""The smallest desk there can be, to be measured beside ours: a line, a list, a page with nothing on it.

python -m benchmarks.bare_desk REGISTER

The list is drawn line by line (`ScrollView.render_line`) over rows in memory. What is typed into the line
is asked of the lookup index as it stands in the file, by plain `sqlite3`, on the loop.
"""

from __future__ import annotations

import sys
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual.app import App, ComposeResult
from textual.geometry import Size
from textual.screen import Screen
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.widgets import Input, Static

from benchmarks.bare_index import ROWS, Row, bare, found
from tui.text.cells import fit

IN_MEMORY = 2_000
WIDTHS = (9, 10, 8, 30, 10)
EMPTY = "空页"
_CURSOR, _PLAIN = Style(reverse=True), Style()


class BareList(ScrollView, can_focus=True):
    BINDINGS: ClassVar = [("down", "move(1)"), ("up", "move(-1)"), ("pagedown", "page(1)")]

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[Row] = []
        self.fitted: dict[int, str] = {}
        self.cursor = 0

    def show(self, rows: list[Row]) -> None:
        self.rows, self.fitted = rows, {}
        self.cursor = 0
        self.virtual_size = Size(self.size.width, len(rows))
        self.scroll_to(y=0, animate=False)
        self.refresh()

    def action_move(self, by: int) -> None:
        self.cursor = max(0, min(self.cursor + by, len(self.rows) - 1))
        top, height = self.scroll_offset.y, self.size.height
        if not top <= self.cursor < top + height:
            self.scroll_to(y=self.cursor - (height - 1 if by > 0 else 0), animate=False)
        self.refresh()

    def action_page(self, by: int) -> None:
        self.action_move(by * (self.size.height - 1))

    def render_line(self, y: int) -> Strip:
        index = self.scroll_offset.y + y
        if index >= len(self.rows):
            return Strip.blank(self.size.width)
        style = _CURSOR if index == self.cursor else _PLAIN
        if index not in self.fitted:
            self.fitted[index] = " ".join(map(fit, self.rows[index], WIDTHS))
        return Strip([Segment(self.fitted[index], style)]).adjust_cell_length(
            self.size.width, style
        )


class EmptyPage(Screen[None]):
    BINDINGS: ClassVar = [("escape", "app.pop_screen")]

    def compose(self) -> ComposeResult:
        yield Static(EMPTY)


class BareDesk(App[None]):
    CSS = "Input { height: 1; border: none; } BareList { height: 1fr; }"
    BINDINGS: ClassVar = [("n", "empty"), ("slash", "line"), ("escape", "clear")]

    def __init__(self, register: str) -> None:
        super().__init__()
        self.animation_level = "none"
        self.db = bare(register)

    def compose(self) -> ComposeResult:
        yield Input()
        yield BareList()

    def on_mount(self) -> None:
        self.query_one(BareList).focus()
        self.call_after_refresh(self.show, "")

    def show(self, typed: str) -> None:
        self.query_one(BareList).show(found(self.db, typed, ROWS if typed else IN_MEMORY))

    def on_input_changed(self, event: Input.Changed) -> None:
        self.show(event.value)

    def action_line(self) -> None:
        self.query_one(Input).focus()

    def action_clear(self) -> None:
        self.query_one(Input).value = ""

    def action_empty(self) -> None:
        self.push_screen(EmptyPage())


if __name__ == "__main__":
    BareDesk(sys.argv[1]).run()
