"""跳转: a letter over every region that can take the focus; typing it goes there."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.geometry import Size
from textual.screen import Screen
from textual.widget import Widget

from tui.actions.registry import bindings
from tui.screens.shared.window import Window
from tui.widgets.field import LABEL, FieldView
from tui.widgets.plain import PlainText

LETTERS = "asdfghjklqwertyuiopzxcvbnm"


def jump_targets(page: Screen[Any]) -> list[Widget]:
    """What can take the focus and is in sight, from the top."""
    seen = [widget for widget in page.focus_chain if _in_sight(widget, page)]
    return sorted(seen, key=lambda widget: widget.region.offset.transpose)[: len(LETTERS)]


def _in_sight(widget: Widget, page: Screen[Any]) -> bool:
    """Whether its first line is, and not scrolled away inside what holds it."""
    there = page.find_widget(widget)
    shown = there.visible_region
    return bool(shown) and shown.y == there.region.y


class Jump(Window[Widget | None]):
    """The letters; answers what was chosen."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("jump")

    def __init__(self, targets: Sequence[Widget]) -> None:
        super().__init__()
        self._laid_for = Size(0, 0)
        self._targets = dict(zip(LETTERS, targets, strict=False))

    def compose(self) -> ComposeResult:
        for letter, target in self._targets.items():
            label = PlainText(f" {letter} ", classes="jump-letter")
            region = target.region
            beside = LABEL if isinstance(target, FieldView) else 0
            label.styles.offset = (max(region.x + beside - 3, 0), region.y)
            yield label

    def on_mount(self) -> None:
        self._laid_for = self.app.size

    def on_key(self, event: events.Key) -> None:
        target = self._targets.get((event.character or "").lower())
        if target is not None:
            event.stop()
            self.dismiss(target)

    def on_resize(self, event: events.Resize) -> None:
        """The regions have moved."""
        if event.size != self._laid_for and self.is_current:
            self.dismiss(None)

    def action_leave(self) -> None:
        self.dismiss(None)
