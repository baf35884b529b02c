"""The line at the top of a page: its name, what it is about, what is said in passing, the day."""

from __future__ import annotations

from rich.cells import set_cell_size
from textual.content import Content
from textual.widget import Widget

from tui.desk.going_on import GoesOn
from tui.text.cells import clip, width_of
from tui.widgets.drawn import Drawn
from tui.widgets.plain import Part, content_of

TOO_SMALL = "窗口太小：请放大到至少 80 列、24 行。"


class TitleBar(GoesOn, Drawn, Widget):
    """Drawn as a whole: a widget for each of its texts takes a good part of what a page takes.

    What is said in passing empties itself. Under it stands, in a window too small, that it is.
    """

    SECONDS = 8.0
    LEAST = 30
    """Cells that what is said in passing has at least; what the page is about gives way."""
    APART = 9
    """Cells of the blanks in the line, those around what is said included."""

    def __init__(self, heading: str, today: str) -> None:
        super().__init__()
        self.heading, self.about, self.today, self.said = heading, "", today, ""
        self._since = 0

    def say(
        self, *, heading: str | None = None, about: str | None = None, today: str | None = None
    ) -> None:
        """Say something else, and the rest as it was."""
        now = self.heading, self.about, self.today
        told = (heading, about, today)
        new = tuple(was if text is None else text for was, text in zip(now, told, strict=True))
        if new != now:
            self.heading, self.about, self.today = new
            self.refresh()

    def flash(self, text: str) -> None:
        """Say it for a while. What must be read to the end belongs in a window."""
        self._since += 1
        this = self._since
        taken = width_of(self.heading) + width_of(self.today) + self.APART
        self.said = f" {clip(text, max(self.app.size.width - taken, self.LEAST))} "
        self.refresh()
        self.set_timer(self.SECONDS, lambda: self._empty(this))

    def _empty(self, since: int) -> None:
        if self._since == since:
            self.said = ""
            self.refresh()

    def render(self) -> Content:
        width, height = self.content_size
        reverse = "bold reverse" if self.app.native_ansi_color else ""
        taken = sum(map(width_of, (self.heading, self.said, self.today)))
        parts: list[Part] = [
            " ",
            (self.heading, "bold $accent"),
            "  ",
            set_cell_size(self.about, max(width - taken - 7, 0)),
            "  ",
            (self.said, reverse or "$background on $accent"),
            " ",
            (self.today, "$quiet"),
        ]
        line = content_of(*parts).truncate(width - 1)
        if height < 2:
            return line
        small = set_cell_size(f" {TOO_SMALL}", width)
        return Content("\n").join([line, content_of((small, reverse or "$background on $warning"))])
