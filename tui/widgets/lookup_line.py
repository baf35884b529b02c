"""The lookup bar: chips for the filters, a line for the words, the count."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.message import Message
from textual.widgets import Input

from tui.actions.registry import bindings
from tui.desk.going_on import GoesOn
from tui.text.cells import clip, width_of
from tui.widgets.plain import Part, PlainInput, PlainText

_BLANK = re.compile(r"\s")


class LookupLine(PlainInput):
    """Where the words are typed."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("lookup")

    class Left(Message):
        """The clerk goes on to the list."""

    class Emptied(Message):
        """Backspace at the beginning of the line."""

    def action_down(self) -> None:
        self.post_message(self.Left())

    def action_leave(self) -> None:
        if self.value:
            self.value = ""
        else:
            self.action_down()

    def action_delete_left(self) -> None:
        if self.cursor_position == 0 and self.selection.is_empty:
            self.post_message(self.Emptied())
        else:
            super().action_delete_left()


class LookupBar(GoesOn, Horizontal):
    """What is looked for. A finished filter becomes a chip; Backspace takes the last one away.

    Filters stay in the line with the words until the page has rows: by then what tells them apart
    has been imported, and not on the loop.
    """

    CHIP_WIDTH = 18

    class Changed(Message):
        """Something else is looked for."""

    def __init__(self) -> None:
        super().__init__(id="lookup-bar")
        self.chips: list[str] = []
        self.turn = 0
        """How often something else has been looked for."""
        self._tells_filters = False

    def compose(self) -> ComposeResult:
        yield PlainText("查找", id="lookup-label")
        yield PlainText(id="chips")
        yield LookupLine(placeholder="编号、姓名、内容、文号、承办人；拼音也行", id="lookup")
        yield PlainText("", id="count")

    @property
    def line(self) -> LookupLine:
        return self.query_one(LookupLine)

    @property
    def words(self) -> str:
        """Filters and words together: what `db.lookup.find` is asked."""
        return " ".join([*self.chips, self.line.value]).strip()

    def say_count(self, said: str) -> None:
        self.query_one("#count", PlainText).say(said)

    def look_for(self, words: str) -> None:
        """Look for something else altogether."""
        self.chips = []
        self._set_line(words, whole=True)

    def add_chip(self, word: str) -> None:
        if word not in self.chips:
            self.chips.append(word)
        self._show()

    def drop_chip(self) -> None:
        """Take the last filter away."""
        if self.chips:
            self.chips.pop()
            self._show()

    def has_rows(self) -> None:
        """The page has read rows: from now on filters become chips, those typed already too."""
        if not self._tells_filters:
            self._tells_filters = True
            if _filters(_BLANK.split(self.line.value)):
                self._set_line(self.line.value, whole=not self.line.has_focus)

    def finish(self) -> None:
        """What has been typed is finished: its filters become chips."""
        self._set_line(self.line.value, whole=True)

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        self._set_line(event.value, whole=False)

    @on(LookupLine.Emptied)
    def _emptied(self, event: LookupLine.Emptied) -> None:
        event.stop()
        self.drop_chip()

    def _set_line(self, value: str, *, whole: bool) -> None:
        """Keep the words in the line; of the filters only one that may still be being typed."""
        words = _BLANK.split(value)
        last = [] if whole else words[-1:]
        filters = _filters(words[: len(words) - len(last)]) if self._tells_filters else ()
        if filters:
            self.chips += [word for word in dict.fromkeys(filters) if word not in self.chips]
            value = " ".join(
                [w for w in words[: len(words) - len(last)] if w and w not in filters] + last
            )
        if value != self.line.value:
            with self.prevent(Input.Changed):
                self.line.value = value
                self.line.cursor_position = len(value)
        self._show()

    def _show(self) -> None:
        parts: list[Part] = []
        for word in self.chips:
            parts += [(f"[{clip(_label(word), self.CHIP_WIDTH)}]", "bold $accent"), " "]
        self.query_one("#chips", PlainText).say(*parts)
        self.query_one("#chips").styles.width = sum(
            width_of(part if isinstance(part, str) else part[0]) for part in parts
        )
        self.turn += 1
        self.post_message(self.Changed())


def _filters(words: Iterable[str]) -> Sequence[str]:
    from db.lookup.filters import filter_of

    return [word for word in words if filter_of(word) is not None]


def _label(word: str) -> str:
    from db.lookup.filters import filter_of

    chip = filter_of(word)
    return chip.label if chip is not None else word
