"""A list that is scrolled so that its cursor is in sight; the heading takes one line."""

from __future__ import annotations

from textual.geometry import Size

from tui.widgets.marking import Marking


class CursorInSight(Marking):
    """A list of so many rows under a heading, with a cursor row."""

    @property
    def total(self) -> int:
        """How many rows there are."""
        raise NotImplementedError

    @property
    def _body_height(self) -> int:
        """Rows in sight; the heading takes one line. Zero before the first layout."""
        return max(self.scrollable_content_region.height - 1, 0)

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
