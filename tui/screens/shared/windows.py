"""Small windows over a page: text to read, and a question to answer."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Any, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.screen import Screen
from textual.widget import Widget

from db.words.text import shown
from tui.actions.keymap import Keymap
from tui.actions.registry import ACTIONS, SCOPE_LABELS, actions_of, bindings
from tui.actions.roles import needed
from tui.desk.desk import desk_of
from tui.screens.shared.window import Window
from tui.text.cells import CLIPPED, clip, fit, lines_of, plain_quotes, width_of
from tui.widgets.plain import Part, PlainText
from tui.widgets.plain_fields import PlainScroll

if TYPE_CHECKING:
    from db.words.vocabulary import Role


def key_hints(owner: Widget, *hints: tuple[Sequence[str], str]) -> list[Part]:
    """Keys and what they do, for a window's last line: action ids, and words for them."""
    keymap = desk_of(owner).keymap
    known = {action.id: action for action in ACTIONS}
    parts: list[Part] = []
    for names, words in hints:
        keys = " ".join(keymap.first_of(known[name]) for name in names)
        parts += [(keys, "bold $accent"), f" {words}   "]
    return parts


class TextWindow(Window[None]):
    """Text that can be read to its end, and copied."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("modal")
    KIND = ""
    HINTS = (
        (("modal.close",), "关闭"),
        (("modal.copy",), "复制"),
        (("modal.down", "modal.up"), "滚动"),
    )

    def __init__(self, title: str, *parts: Part, hang: int = 0) -> None:
        super().__init__(classes=self.KIND)
        self._hang = hang
        self._title = title
        self._parts = parts

    def compose(self) -> ComposeResult:
        with Vertical(classes="window"):
            yield PlainText(clip(self._title, 72), classes="window-title")
            with PlainScroll(classes="window-body"):
                yield from self.body()
            yield PlainText(*key_hints(self, *self.HINTS), classes="window-keys")

    def body(self) -> Iterable[PlainText]:
        yield PlainText(*self._parts, hang=self._hang, classes="window-text")

    def on_mount(self) -> None:
        self.query_one(PlainScroll).focus()

    @property
    def text(self) -> str:
        return shown("".join(part if isinstance(part, str) else part[0] for part in self._parts))

    def action_close(self) -> None:
        self.dismiss()

    def action_copy(self) -> None:
        self.app.copy_to_clipboard(self.text)
        desk_of(self).flash("已复制。")

    def action_scroll_body(self, by: int) -> None:
        self.query_one(PlainScroll).scroll_relative(y=by, animate=False)


class ErrorWindow(TextWindow):
    """What went wrong, to its end."""

    KIND = "-error"

    def __init__(self, sentence: str, title: str = "操作未完成") -> None:
        super().__init__(title, sentence)


class FaultWindow(TextWindow):
    """An unexpected error. It covers the page, which may be what cannot be painted."""

    KIND = "-error -covering"

    def __init__(self, sentence: str) -> None:
        super().__init__("程序遇到意外", sentence)


class Confirm(Window[bool]):
    """A question answered with y or n; Enter answers nothing, so that no haste agrees."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("confirm")
    WIDTH, LINES = 72, 16
    """Cells and lines of a question: its keys stay in sight at 80x24, whatever it names."""

    def __init__(self, question: str, yes: str, no: str) -> None:
        super().__init__()
        self._question, self._yes, self._no = question, yes, no

    def compose(self) -> ComposeResult:
        with Vertical(classes="window"):
            yield PlainText("请确认", classes="window-title")
            lines = lines_of(plain_quotes(self._question), self.WIDTH)
            if len(lines) > self.LINES:
                lines[self.LINES - 1 :] = [CLIPPED]
            yield PlainText("\n".join(lines), classes="window-text")
            hints = key_hints(self, (("confirm.yes",), self._yes), (("confirm.no",), self._no))
            yield PlainText(*hints, classes="window-keys")

    def action_yes(self) -> None:
        self.dismiss(True)

    def action_no(self) -> None:
        self.dismiss(False)


def confirm(
    screen: Screen[Any], question: str, yes: str, no: str, then: Callable[[], None]
) -> Confirm:
    """Ask, and go on with `then` if the answer is yes; answers the window that asks."""

    def answered(agreed: bool | None) -> None:
        if agreed:
            then()

    window = Confirm(question, yes, no)
    screen.app.push_screen(window, answered)
    return window


class HelpWindow(TextWindow):
    """The keys of a page, from the registry, under what the page itself has to say."""

    def __init__(
        self,
        scopes: Sequence[str],
        topics: Sequence[tuple[str, str]],
        keymap: Keymap,
        allows: Callable[[Role], bool],
    ) -> None:
        """`allows` says whether who is at the desk may do what takes a role."""
        said = keymap.said

        parts: list[Part] = []
        for title, text in topics:
            parts += [(title, "bold $accent"), "\n", plain_quotes(text), "\n", "\n"]
        self._topics = len(parts)
        keys = max(width_of(said(action)) for action in actions_of(*scopes, "app", "go"))
        for scope in (*scopes, "app", "go"):
            parts += [(SCOPE_LABELS[scope], "bold $accent"), "\n"]
            for (label, sentence), alike in groupby(
                (action for action in actions_of(scope) if allows(needed(action))),
                key=lambda action: (action.label, action.help),
            ):
                first, *others = [said(action) for action in alike]
                named = f"{first} - {others[-1]}" if others else first
                parts += [(f"  {fit(named, keys)}  ", "$accent"), f"{label}：{sentence}\n"]
            parts.append("\n")
        super().__init__("帮助", *parts, hang=keys + 4)

    def body(self) -> Iterable[PlainText]:
        if self._topics:
            yield PlainText(*self._parts[: self._topics - 1], classes="window-text")
        yield PlainText(*self._parts[self._topics :], hang=self._hang, classes="window-text")
