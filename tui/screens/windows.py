"""Small windows over a page: text to read, and a question to answer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen, Screen

from db.text import one_line, shown
from tui.actions import SCOPE_LABELS, actions_of, bindings
from tui.widgets.cells import fit, width_of
from tui.widgets.plain import Part, PlainScroll, PlainText, notice


class TextWindow(ModalScreen[None]):
    """Text that can be read to its end, and copied."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("modal")
    KIND = ""

    def __init__(self, title: str, *parts: Part, hang: int = 0) -> None:
        super().__init__(classes=self.KIND)
        self._hang = hang
        self._title = title
        self._parts = parts

    def compose(self) -> ComposeResult:
        with Vertical(classes="window"):
            yield PlainText(one_line(self._title[:200]), classes="window-title")
            with PlainScroll(classes="window-body"):
                yield PlainText(*self._parts, hang=self._hang, classes="window-text")
            yield PlainText("Esc 关闭   c 复制   j k 滚动", classes="window-keys")

    def on_mount(self) -> None:
        self.query_one(PlainScroll).focus()

    @property
    def text(self) -> str:
        return shown("".join(part if isinstance(part, str) else part[0] for part in self._parts))

    def action_close(self) -> None:
        self.dismiss()

    def action_copy(self) -> None:
        self.app.copy_to_clipboard(self.text)
        notice(self.app, "已复制。")

    def action_scroll_body(self, by: int) -> None:
        self.query_one(PlainScroll).scroll_relative(y=by, animate=False)


class ErrorWindow(TextWindow):
    """What went wrong, to its end."""

    KIND = "-error"

    def __init__(self, sentence: str) -> None:
        super().__init__("没有办成", sentence)


class Confirm(ModalScreen[bool]):
    """A question answered with y or n; Enter answers nothing, so that no haste agrees."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("confirm")

    def __init__(self, question: str, yes: str, no: str) -> None:
        super().__init__()
        self._question, self._yes, self._no = question, yes, no

    def compose(self) -> ComposeResult:
        with Vertical(classes="window"):
            yield PlainText("请确认", classes="window-title")
            yield PlainText(self._question, classes="window-text")
            yield PlainText(
                ("y ", "bold $accent"),
                self._yes,
                "   ",
                ("n ", "bold $accent"),
                self._no,
                classes="window-keys",
            )

    def action_yes(self) -> None:
        self.dismiss(True)

    def action_no(self) -> None:
        self.dismiss(False)


def confirm(
    screen: Screen[Any], question: str, yes: str, no: str, then: Callable[[], None]
) -> None:
    """Ask, and go on with `then` if the answer is yes."""

    def answered(agreed: bool | None) -> None:
        if agreed:
            then()

    screen.app.push_screen(Confirm(question, yes, no), answered)


class HelpWindow(TextWindow):
    """The keys of a page, from the registry, under what the page itself has to say."""

    def __init__(self, scopes: Sequence[str], topics: Sequence[tuple[str, str]]) -> None:
        parts: list[Part] = []
        for title, text in topics:
            parts += [(title, "bold $accent"), "\n", text, "\n\n"]
        keys = max(width_of(readable(action.keys)) for action in actions_of(*scopes, "app"))
        for scope in (*scopes, "app"):
            parts += [(SCOPE_LABELS[scope], "bold $accent"), "\n"]
            for action in actions_of(scope):
                parts += [
                    (f"  {fit(readable(action.keys), keys)}  ", "$accent"),
                    f"{action.label}：{action.help}\n",
                ]
            parts.append("\n")
        super().__init__("帮助", *parts)


_READABLE = {
    "slash": "/",
    "escape": "Esc",
    "enter": "Enter",
    "pageup": "PgUp",
    "pagedown": "PgDn",
    "up": "Up",
    "down": "Down",
    "left": "Left",
    "right": "Right",
    "home": "Home",
    "end": "End",
    "space": "空格",
    "left_square_bracket": "[",
    "right_square_bracket": "]",
}


def readable(keys: str) -> str:
    """Keys as they stand on a keyboard: `ctrl+s` as `Ctrl+S`."""
    return " ".join(
        "+".join(
            _READABLE.get(part)
            or (part.upper() if part[0] == "f" and part[1:].isdigit() else part.capitalize())
            if len(part) > 1
            else (part.upper() if "+" in key else part)
            for part in key.split("+")
        )
        for key in keys.split(",")
    )
