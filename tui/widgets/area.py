"""A field of several lines, for what is read as written: a subject, a note."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import events
from textual.actions import SkipAction
from textual.binding import Binding, BindingType
from textual.widgets import TextArea

from db.words.text import shown
from tui.actions.registry import bindings
from tui.desk.desk import desk_of
from tui.desk.going_on import GoesOn
from tui.text.word_bounds import word_end, word_start

_OURS = ("word", "undo", "redo", "select_line", "select_all", "_of_line", "_page_")
_STOCK: list[BindingType] = [
    binding
    for binding in TextArea.BINDINGS
    if isinstance(binding, Binding)
    and binding.key not in ("up", "down")
    and ("line_" in binding.action or not any(name in binding.action for name in _OURS))
]


class PlainArea(GoesOn, TextArea, inherit_bindings=False):
    """Lines kept as pasted; Enter and, at its edges, the arrows up and down belong to the page.

    It passes for an input elsewhere: `value` is its text.
    """

    BINDINGS: ClassVar[list[BindingType]] = [*bindings("editing", "lines"), *_STOCK]

    def __init__(self, value: str = "", *, placeholder: str = "") -> None:
        super().__init__(
            shown(value),
            compact=True,
            highlight_cursor_line=False,
            placeholder=shown(placeholder),
            max_checkpoints=200,
        )
        self.cursor_blink = False
        self.words: Sequence[str] = ()

    def update_suggestion(self) -> None:
        """What begins with all that stands here, while the cursor is at its end."""
        typed = self.text
        wanted = typed.strip() and self.cursor_location == self.document.end
        longer = (word for word in self.words if word.startswith(typed) and word != typed)
        self.suggestion = next(longer, typed)[len(typed) :] if wanted else ""

    @property
    def value(self) -> str:
        return self.text

    @value.setter
    def value(self, text: str) -> None:
        """Replace everything; it can be taken back."""
        self.clear()
        self.insert(shown(text))

    def on_key(self, event: events.Key) -> None:
        """Enter goes to the page; the stock area would make a line of it."""
        if event.key == "enter":
            event.prevent_default()

    def on_paste(self, event: events.Paste) -> None:
        """Keep every line of a paste; drop what a terminal would obey."""
        event.prevent_default()
        event.stop()
        given = event.text.replace("\r\n", "\n").replace("\r", "\n").strip("\n")
        text = "\n".join(line.rstrip() for line in shown(given).split("\n"))
        if not text.strip():
            return
        self._put(text)
        lines = text.count("\n") + 1
        if lines > 1:
            desk_of(self).flash(f"已粘贴 {lines} 行。")
        elif text != given.strip():
            desk_of(self).flash("粘贴内容里的控制字符已去掉。")

    # -- editing (the keys of the scopes `editing` and `lines`) -------------------------------

    def action_newline(self) -> None:
        self._put("\n")

    def _put(self, text: str) -> None:
        """Put text over the selection, as a step of its own to take back."""
        self.history.checkpoint()
        self.replace(text, *self.selection, maintain_selection_offset=False)

    def action_line_up(self) -> None:
        if self._on_edge(up=True):
            raise SkipAction
        self.action_cursor_up()

    def action_line_down(self) -> None:
        if self._on_edge(up=False):
            raise SkipAction
        self.action_cursor_down()

    def _on_edge(self, *, up: bool) -> bool:
        """Whether the cursor stands in the first (last) line as it is painted."""
        row = self.wrapped_document.location_to_offset(self.cursor_location).y
        return row == 0 if up else row == self.wrapped_document.height - 1

    def action_delete_word(self) -> None:
        self.history.checkpoint()
        row, column = self.cursor_location
        line = self.document.get_line(row)
        if not self.selection.is_empty or column == 0:
            self.action_delete_left()
        else:
            self.delete((row, word_start(line, column)), (row, column))

    def action_word_left(self) -> None:
        row, column = self.cursor_location
        if column == 0:
            self.action_cursor_left()
        else:
            self.move_cursor((row, word_start(self.document.get_line(row), column)))

    def action_word_right(self) -> None:
        row, column = self.cursor_location
        line = self.document.get_line(row)
        if column == len(line):
            self.action_cursor_right()
        else:
            self.move_cursor((row, word_end(line, column)))

    def action_delete_start(self) -> None:
        self.history.checkpoint()
        self.action_delete_to_start_of_line()

    def action_delete_end(self) -> None:
        """To the end of the line; at its end the next line joins it."""
        self.history.checkpoint()
        row, column = self.cursor_location
        if column < len(self.document.get_line(row)):
            self.action_delete_to_end_of_line()
        else:
            self.action_delete_right()


class TextBody(PlainArea):
    """A text of its own: Enter makes a line."""

    def on_key(self, event: events.Key) -> None:
        if event.key == "enter":
            event.prevent_default()
            event.stop()
            self.insert("\n")
