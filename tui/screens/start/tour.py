"""快速入门: the five keys that are enough to begin with, shown once."""

from __future__ import annotations

import re
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical

from tui.actions.registry import BY_ID, bindings
from tui.desk.desk import desk_of
from tui.screens.shared.window import Window
from tui.screens.shared.windows import key_hints
from tui.text.cells import plain_quotes
from tui.widgets.plain import PlainText

STOPS: tuple[tuple[str, str], ...] = (
    ("register.new", "登记一件新收到的申请。填一栏按一次 {form.next}，填完按 {form.save} 保存。"),
    ("register.lookup", "查找：编号、姓名、内容、文号，输入任意几个字，边输入边筛选。"),
    ("table.open", "打开光标所在的一件：期限、办理记录，和现在可以登记的每一步。"),
    ("app.help", "任何时候按它，看这一页的全部按键，和当前一栏依据哪一条。"),
    ("app.palette", "不记得按键时按它，输入要做的事，例如“导出”。"),
)
"""Each an action, and what it is good for; an id in braces stands for that action's key."""


class Tour(Window[None]):
    """One key after another."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("tour")

    def __init__(self) -> None:
        super().__init__()
        self._at = 0

    def compose(self) -> ComposeResult:
        with Vertical(classes="window"):
            yield PlainText(classes="window-title")
            yield PlainText(classes="window-text")
            hints = key_hints(self, (("tour.next",), "下一个"), (("tour.leave",), "跳过"))
            yield PlainText(*hints, classes="window-keys")

    def on_mount(self) -> None:
        self._show()

    def _show(self) -> None:
        name, words = STOPS[self._at]
        key = desk_of(self).keymap.key
        told = _NAMED.sub(lambda found: key(found[1]), words)
        title = f"快速入门  {self._at + 1} / {len(STOPS)}"
        self.query_one(".window-title", PlainText).say(title)
        self.query_one(".window-text", PlainText).say(
            (f"{key(name)}  {BY_ID[name].label}", "bold $accent"), plain_quotes(f"\n\n{told}")
        )

    def action_next(self) -> None:
        if self._at + 1 < len(STOPS):
            self._at += 1
            self._show()
        else:
            self.dismiss()

    def action_leave(self) -> None:
        self.dismiss()


_NAMED = re.compile(r"\{(\w+\.\w+)\}")
