"""跳转: a letter over every region that can take the focus; typing it goes there."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.geometry import Size
from textual.widget import Widget

from tui.actions.registry import bindings
from tui.screens.shared.base import DeskScreen
from tui.screens.shared.window import Window
from tui.widgets.field import Field
from tui.widgets.plain import PlainText

LETTERS = "asdfghjklqwertyuiopzxcvbnm"


Target = Widget | Field


def jump_targets(page: DeskScreen[Any]) -> list[Target]:
    """What can take the focus and is in sight, from the top."""
    seen = [target for target in page.targets if _in_sight(target, page)]
    return sorted(seen, key=lambda target: target.region.offset.transpose)[: len(LETTERS)]


def _in_sight(target: Target, page: DeskScreen[Any]) -> bool:
    """Whether its first line is, and not scrolled away inside what holds it."""
    if isinstance(target, Field):
        return target.in_sight
    shown = page.find_widget(target).visible_region
    return bool(shown) and shown.y == target.region.y


class Jump(Window[Target | None]):
    """The letters; answers what was chosen."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("jump")

    def __init__(self, targets: Sequence[Target]) -> None:
        super().__init__()
        self._laid_for = Size(0, 0)
        self._targets = dict(zip(LETTERS, targets, strict=False))

    def compose(self) -> ComposeResult:
        for letter, target in self._targets.items():
            label = PlainText(f" {letter} ", classes="jump-letter")
            region = target.region
            label.styles.offset = (max(region.x - 3, 0), region.y)
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
