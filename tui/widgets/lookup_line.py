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
from tui.desk.lookups import add_earlier_lookup, earlier_lookups
from tui.text.cells import clip, width_of
from tui.widgets.plain import Part, PlainText
from tui.widgets.plain_fields import PlainInput

_BLANK = re.compile(r"\s")


class LookupLine(PlainInput):
    """Where the words are typed."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("lookup")

    class Left(Message):
        """The clerk goes on to the list."""

    class Emptied(Message):
        """Backspace at the beginning of the line."""

    class Escaped(Message):
        """Esc in the empty line."""

    class Recalled(Message):
        """An earlier lookup is asked for, or a later one."""

        def __init__(self, by: int) -> None:
            super().__init__()
            self.by = by

    def begin(self, typed: str = "") -> None:
        """Take the focus. With what has been typed already: what follows is typed behind it.

        Without, the words that stand there are selected, for others to take their place.
        """
        self.select_on_focus = not typed
        self.focus()
        if typed:
            self.value = typed
            self.cursor_position = len(typed)

    def action_down(self) -> None:
        self.post_message(self.Left())

    def action_recall(self, by: int) -> None:
        self.post_message(self.Recalled(by))

    def action_leave(self) -> None:
        if self.value:
            self.value = ""
        else:
            self.post_message(self.Escaped())

    def action_delete_left(self) -> None:
        if self.cursor_position == 0 and self.selection.is_empty:
            self.post_message(self.Emptied())
        else:
            super().action_delete_left()


class LookupBar(GoesOn, Horizontal):
    """What is looked for. A finished filter becomes a chip; Backspace takes the last one away.

    Esc takes away first the words, then the filters. The arrows walk through what was looked for
    earlier, and back to what was being typed.

    Filters stay in the line with the words until the page has rows: by then what tells them apart
    has been imported, and not on the loop.
    """

    CHIP_WIDTH = 18
    APART = 2
    """Cells between the words and the count."""

    class Changed(Message):
        """Something else is looked for."""

    def __init__(self) -> None:
        super().__init__(id="lookup-bar")
        self.chips: list[str] = []
        self.line = LookupLine(placeholder="编号、姓名、内容、文号、承办人；拼音均可", id="lookup")
        self._shown_chips, self._count = PlainText(id="chips"), PlainText(id="count")
        self.turn = 0
        """How often something else has been looked for."""
        self._tells_filters = False
        self._room = 0  # cells that the count has
        self._walked: tuple[list[str], int] | None = None  # earlier lookups, and which is shown

    def compose(self) -> ComposeResult:
        yield PlainText("查找", id="lookup-label")
        yield self._shown_chips
        yield self.line
        yield self._count

    @property
    def words(self) -> str:
        """Filters and words together: what `db.lookup.find` is asked."""
        return " ".join([*self.chips, self.line.value]).strip()

    def say_count(self, said: str) -> None:
        """At the end of the line. Its room grows and never shrinks: else each count would lay the
        page anew.
        """
        self._room = max(self._room, width_of(said) + self.APART)
        self._count.styles.width = self._room
        self._count.say(said)

    def look_for(self, words: str) -> None:
        """Look for something else altogether."""
        self._walked = None
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

    @property
    def hiding(self) -> str:
        """The filters in words, where they may hide what the words alone would find."""
        return "、".join(map(_label, self.chips)) if self.line.value.strip() else ""

    def has_rows(self) -> None:
        """The page has read rows: from now on filters become chips, those typed already too."""
        if not self._tells_filters:
            self._tells_filters = True
            if _filters(_BLANK.split(self.line.value)):
                self._set_line(self.line.value, whole=not self.line.has_focus)

    def finish(self) -> None:
        """What has been typed is finished: its filters become chips, and it can be recalled."""
        self._walked = None
        self._set_line(self.line.value, whole=True)
        add_earlier_lookup(self.words)

    @on(LookupLine.Escaped)
    def _escaped(self, event: LookupLine.Escaped) -> None:
        event.stop()
        if self.chips:
            self.chips = []
            self._show()
        else:
            self.post_message(LookupLine.Left())

    @on(LookupLine.Recalled)
    def _recall(self, event: LookupLine.Recalled) -> None:
        """Show an earlier lookup or a later one; past the newest the clerk goes to the list."""
        event.stop()
        if self._walked is None:
            earlier = [words for words in earlier_lookups() if words != self.words]
            self._walked = [self.words, *earlier], 0
        lookups, place = self._walked
        place += event.by
        if place < 0:
            self._walked = None
            self.post_message(LookupLine.Left())
        elif place < len(lookups):
            self.look_for(lookups[place])
            self._walked = lookups, place

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        self._walked = None
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
        self._shown_chips.say(*parts)
        self._shown_chips.styles.width = sum(
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
