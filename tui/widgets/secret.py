"""A field for what nobody may read over a shoulder, from the clipboard, or by taking steps back."""

from __future__ import annotations

from typing import ClassVar

from rich.segment import Segment
from textual.binding import Binding, BindingType
from textual.strip import Strip

from tui.widgets.plain_fields import PlainInput

_SHOWN, _STOCK = "*", "•"
_TELLING = ("copy", "cut", "undo", "redo", "word")


class SecretInput(PlainInput, inherit_bindings=False):
    """A one-line field that shows a star for each character."""

    BINDINGS: ClassVar[list[BindingType]] = [
        binding
        for binding in PlainInput.BINDINGS
        if isinstance(binding, Binding) and not any(word in binding.action for word in _TELLING)
    ]

    def on_mount(self) -> None:
        self.password = True

    def watch_value(self, old: str, new: str) -> None:
        """No step of it is kept."""

    def action_copy(self) -> None:
        """Never into the clipboard."""

    def action_cut(self) -> None:
        """Never into the clipboard."""

    def render_line(self, y: int) -> Strip:
        """The stock sign is of uncertain width."""
        strip = super().render_line(y)
        return Strip(
            [
                Segment(part.text.replace(_STOCK, _SHOWN), part.style, part.control)
                for part in strip
            ],
            strip.cell_length,
        )
