"""恢复: what was typed last time and never saved is offered back."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar, Literal

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical

from tui.actions.registry import bindings
from tui.screens.shared.window import Window
from tui.screens.shared.windows import key_hints
from tui.text.cells import clip
from tui.widgets.plain import PlainText

Choice = Literal["restore", "discard", "leave"]


class DraftOffer(Window[Choice]):
    """Restore, discard, or go back and decide later."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("draft")

    def __init__(self, at: datetime, sample: str) -> None:
        super().__init__()
        self._at = at
        self._sample = sample

    def compose(self) -> ComposeResult:
        at = self._at
        with Vertical(classes="window"):
            yield PlainText("上次没有保存", classes="window-title")
            yield PlainText(
                f"{at.month}月{at.day}日 {at:%H:%M} 未保存的内容仍在：\n",
                (clip(self._sample, 66), "bold"),
                classes="window-text",
            )
            hints = key_hints(
                self,
                (("draft.restore",), "恢复，继续填写"),
                (("draft.discard",), "丢弃，重新填写"),
                (("draft.leave",), "返回，暂不处理"),
            )
            yield PlainText(*hints, classes="window-keys")

    def action_restore(self) -> None:
        self.dismiss("restore")

    def action_discard(self) -> None:
        self.dismiss("discard")

    def action_leave(self) -> None:
        self.dismiss("leave")
