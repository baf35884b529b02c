"""A list that has the cursor: entries of one or several lines, broken as Chinese is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import events
from textual.binding import BindingType
from textual.widgets.option_list import Option

from tui.actions.registry import bindings
from tui.widgets.plain import Entry, broken, content_of
from tui.widgets.plain_fields import PlainOptions


class PickList(PlainOptions, inherit_bindings=False):
    """Entries to choose from; what Enter does is the page's own."""

    LONGEST = 1000
    BINDINGS: ClassVar[list[BindingType]] = bindings("pick")

    def __init__(self, *, hang: int = 0, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self.can_focus = True
        self._hang = hang
        self._entries: Sequence[Entry] = ()
        self._broken_to = 0

    def fill(self, entries: Sequence[Entry], at: str | None = None) -> None:
        """Show these entries; the cursor goes to `at`, or stays on its entry while it is listed."""
        self._entries = tuple(entries[: self.LONGEST])
        self._lay(at)

    def on_resize(self, _: events.Resize) -> None:
        if self._entries and self._width != self._broken_to:
            self._lay()

    @property
    def _width(self) -> int:
        """Cells of a line; before the first layout those of a list that fills the window."""
        if self.size or self.styles.is_auto_height:
            return self.scrollable_content_region.width
        return self.app.size.width - self.styles.gutter.width - self.scrollbar_size_vertical

    def _lay(self, at: str | None = None) -> None:
        kept = at or self.chosen
        self._broken_to = self._width
        keys = [key for key, _ in self._entries]
        self.set_options(
            Option(broken(content_of(*parts), self._width, self._hang), id=key)
            for key, parts in self._entries
        )
        if keys:
            self.highlighted = keys.index(kept) if kept in keys else 0
