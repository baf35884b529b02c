"""What may be chosen in a field, one under another: a window of a few lines, drawn by the sheet."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import ceil

from rich.cells import set_cell_size
from textual.content import Content

from tui.widgets.plain import Entry, Part, broken, content_of

LONGEST = 200
"""Entries: longer lists are tables."""


class ChoiceLines:
    """Entries of a line or several; at most `most` lines of them are in sight."""

    def __init__(self) -> None:
        self._entries: Sequence[Entry] = ()
        self._hang = 0
        self._width = 0
        self._lines: list[tuple[int, Content]] = []  # of which entry
        self.most = 8
        self.top = 0
        self.highlighted: int | None = None

    def offer(self, entries: Sequence[Entry], *, hang: int) -> None:
        """Show these; none is highlighted."""
        self._entries, self._hang = entries[:LONGEST], hang
        self.top, self.highlighted = 0, None
        self._break()

    def lay(self, width: int, most: int) -> None:
        """Have so many cells and lines."""
        self.most = most
        if width != self._width:
            self._width = width
            self._break()
            self.scroll(0)

    def _break(self) -> None:
        self._lines = [
            (number, line)
            for number, (_, parts) in enumerate(self._entries)
            for line in self._broken(parts).split("\n", allow_blank=True)
        ]

    def _broken(self, parts: tuple[Part, ...]) -> Content:
        return broken(content_of(*parts), self._width - 1, self._hang)  # beside a scroll bar

    @property
    def height(self) -> int:
        return min(len(self._lines), self.most)

    def point(self, at: int | None) -> None:
        """Highlight one, and bring it into sight."""
        self.highlighted = at
        its = [line for line, (number, _) in enumerate(self._lines) if number == at]
        if its:
            self.top = max(min(self.top, its[0]), its[-1] + 1 - self.height)

    def scroll(self, by: int) -> None:
        self.top = max(min(self.top + by, len(self._lines) - self.height), 0)

    def at(self, line: int) -> int | None:
        """The entry that stands in a line of the window."""
        there = self._lines[self.top : self.top + self.height]
        return there[line][0] if 0 <= line < len(there) else None

    def draw(self, cursor: str) -> Iterator[Content]:
        """The lines in sight; the highlighted entry in the cursor's look alone."""
        height, total = self.height, len(self._lines)
        scrolls = total > height
        room = self._width - scrolls
        thumb = max(height * height / total, 1) if scrolls else 0
        start = int((height - thumb) * self.top / (total - height)) if scrolls else 0
        for y, (number, line) in enumerate(self._lines[self.top : self.top + height]):
            here = number == self.highlighted
            shown = content_of((set_cell_size(line.plain, room), cursor)) if here else line
            if scrolls:
                bar = "$scrollbar" if start <= y < start + ceil(thumb) else "$scrollbar-background"
                blanks = " " * (room - shown.cell_length)
                shown = Content("").join([shown, content_of(blanks, (" ", f"on {bar}"))])
            yield shown
