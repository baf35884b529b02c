"""A list that is scrolled so that its cursor is in sight; the heading takes one line."""

from __future__ import annotations

from textual.geometry import Region, Size
from textual.reactive import Reactive

from tui.widgets.marking import Marking


class CursorInSight(Marking):
    """A list of so many rows under a heading, with a cursor row."""

    virtual_size = Reactive(Size(0, 0), repaint=False)
    """More rows take no other room: only a scroll bar that comes or goes takes another layout, which
    it asks for itself."""

    def watch_virtual_size(self, size: Size) -> None:
        self._scroll_update(size)

    @property
    def total(self) -> int:
        """How many rows there are."""
        raise NotImplementedError

    @property
    def _body_height(self) -> int:
        """Rows in sight; the heading takes one line. Zero before the first layout."""
        return max(self.scrollable_content_region.height - 1, 0)

    @property
    def _in_sight(self) -> range:
        """The places in sight."""
        top = self.scroll_offset.y
        return range(top, top + self._body_height)

    def move_to(self, index: int) -> None:
        left, self.cursor = self.cursor, max(0, min(index, self.total - 1))
        lines = {place - self.scroll_offset.y for place in (left, self.cursor)}
        self._keep_in_sight()  # where it scrolls, all is painted anew
        seen = [line + 1 for line in lines if 0 <= line < self._body_height]
        self.refresh(*(Region(0, y, self.size.width, 1) for y in seen))

    def _fit_height(self) -> None:
        self.virtual_size = Size(self.scrollable_content_region.width, self.total + 1)

    def _keep_in_sight(self) -> None:
        height = self._body_height
        if height < 1:
            return
        top = self.scroll_offset.y
        if self.cursor < top:
            self.scroll_to(y=self.cursor, animate=False, force=True)
        elif self.cursor >= top + height:
            self.scroll_to(y=self.cursor - height + 1, animate=False, force=True)

    def _keep_line(self, line: int | None) -> None:
        """Keep the cursor on a line of the window, or (None) somewhere in sight."""
        if line is not None:
            self.scroll_to(y=self.cursor - line, animate=False, force=True)
        self._keep_in_sight()
