"""Forms and their choices."""

from __future__ import annotations

from collections.abc import Iterator

from tui.actions.action import Action, act


def actions() -> Iterator[Action]:
    yield act("form.save", "f10,ctrl+s", "F10", "保存", "检查各栏并保存。", footer=True)
    yield act(
        "form.cancel",
        "escape",
        "Esc",
        "放弃",
        "不保存，回到前一页；填过内容会先问。",
        footer=True,
        palette=False,
    )
    yield act(
        "form.next",
        "enter,down",
        "Enter",
        "下一栏",
        "到下一栏；选项栏里同时选定。",
        footer=True,
        palette=False,
    )
    yield act(
        "form.previous", "up", "Up", "上一栏", "回到上一栏（Shift+Tab 也行）。", palette=False
    )
    yield act(
        "choices.down",
        "down",
        "Down",
        "下一项",
        "选项栏里移到下一个选项。",
        method="choice(1)",
        palette=False,
    )
    yield act(
        "choices.up",
        "up",
        "Up",
        "上一项",
        "选项栏里移到上一个选项。",
        method="choice(-1)",
        palette=False,
    )
