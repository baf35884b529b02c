"""A window to choose one of many: type to narrow, arrows, Enter."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.widgets import Input, OptionList

from tui.actions.registry import bindings
from tui.screens.shared.window import Window
from tui.screens.shared.windows import key_hints
from tui.text.cells import clip, fit
from tui.widgets.plain import PlainText
from tui.widgets.plain_fields import PlainInput, PlainOptions

Choice = tuple[str, str]
"""The word to choose, and what it means."""


HINTS = (
    (("palette.choose",), "选定"),
    (("palette.up", "palette.down"), "上下移动"),
    (("palette.close",), "关闭"),
)
"""The keys of a window to choose from."""


class Picker(Window[str]):
    """Answers the word chosen; None when the clerk leaves."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("palette")

    def __init__(self, title: str, placeholder: str, choices: Sequence[Choice]) -> None:
        super().__init__()
        self._title = title
        self._placeholder = placeholder
        self._choices = choices

    def compose(self) -> ComposeResult:
        with Vertical(classes="window"):
            yield PlainText(clip(self._title, 72), classes="window-title")
            yield PlainInput(placeholder=self._placeholder, id="palette-words")
            yield PlainOptions(id="palette-options")
            yield PlainText(*key_hints(self, *HINTS), classes="window-keys")

    def on_mount(self) -> None:
        self.query_one(PlainInput).focus()
        self._offer()

    @on(Input.Changed)
    def _offer(self) -> None:
        words = self.query_one(PlainInput).value.casefold().split()
        self.query_one(PlainOptions).offer(
            [
                (str(place), ((fit(word, 30), "bold"), (clip(meaning, 38), "$quiet")))
                for place, (word, meaning) in enumerate(self._choices)
                if all(typed in f"{word} {meaning}".casefold() for typed in words)
            ],
            otherwise="没有这一项",
        )

    def action_close(self) -> None:
        self.dismiss()

    def action_move(self, by: int) -> None:
        self.query_one(PlainOptions).move(by)

    @on(OptionList.OptionSelected)
    def clicked(self) -> None:
        self.action_choose()

    def action_choose(self) -> None:
        chosen = self.query_one(PlainOptions).chosen
        if chosen is not None:
            self.dismiss(self._choices[int(chosen)][0])
