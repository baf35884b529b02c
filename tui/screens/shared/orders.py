"""排序: the orders a list can have, a letter each."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical

from tui.actions.lists import ORDER_KEYS
from tui.actions.registry import bindings
from tui.desk.desk import desk_of
from tui.screens.shared.window import Window
from tui.screens.shared.windows import key_hints
from tui.text.cells import fit
from tui.widgets.case_columns import ALL
from tui.widgets.case_lines import FALLING, RISING
from tui.widgets.plain import Part, PlainText

By = tuple[str, bool] | None
"""The name of a column, and whether it falls; None as the list is by itself."""

FALL_FIRST = ("number", "received", "state")
"""Columns that are first ordered falling: the newest, and what is open, come first."""
_SAID = {
    "number": ("小的在前", "大的在前"),
    "received": ("早的在前", "新的在前"),
    "due": ("早到期的在前", "晚到期的在前"),
    "left": ("最急的在前", "最不急的在前"),
    "state": ("已办结的在前", "在办的在前"),
}
_USUAL = ("顺着排", "倒着排")


def ordered_by(name: str, present: By) -> tuple[str, bool]:
    """By this column; the other way round if it is by this one already."""
    if present is not None and present[0] == name:
        return name, not present[1]
    return name, name in FALL_FIRST


class Orders(Window["tuple[By]"]):
    """Answers the order chosen, in a tuple: it may be none; None when the clerk leaves."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("orders")

    def __init__(self, present: By) -> None:
        super().__init__()
        self._present = present

    def compose(self) -> ComposeResult:
        with Vertical(classes="window"):
            yield PlainText("排序", classes="window-title")
            yield PlainText(*self._lines(), classes="window-text")
            yield PlainText(
                *key_hints(self, (("orders.leave",), "次序不变")), classes="window-keys"
            )

    def _lines(self) -> list[Part]:
        key = desk_of(self).keymap.key
        parts: list[Part] = []
        for name in ORDER_KEYS:
            name_, falls = ordered_by(name, self._present)
            now = self._present is not None and self._present[0] == name_
            sign = (FALLING if not falls else RISING) if now else " "
            title = fit(ALL[name].title, 10)
            then = _SAID.get(name, _USUAL)[falls]
            parts += [
                (key(f"orders.{name}"), "bold $accent"),
                (f"  {title}{sign}  ", "bold" if now else ""),
                (f"现在的次序；再按倒过来，{then}\n" if now else f"{then}\n", "$quiet"),
            ]
        now = self._present is None
        parts += [
            (key("orders.usual"), "bold $accent"),
            (f"  {fit('原来的次序', 10)}   ", "bold" if now else ""),
            ("现在的次序" if now else "新的在前", "$quiet"),
        ]
        return parts

    def action_by(self, name: str) -> None:
        self.dismiss((ordered_by(name, self._present),))

    def action_usual(self) -> None:
        self.dismiss((None,))

    def action_leave(self) -> None:
        self.dismiss(None)
