"""设置: organs, who records, folders, colours, keys."""

from __future__ import annotations

from collections.abc import Iterator

from tui.actions.action import Action, act


def actions() -> Iterator[Action]:
    yield act("settings.back", "escape", "Esc", "返回", "回到前一页。", footer=True, palette=False)
    yield act(
        "settings.open",
        "enter",
        "Enter",
        "更改",
        "更改光标所在的一项。",
        footer=True,
        palette=False,
    )
    yield act("settings.add", "n", "n", "添加机关", "在登记簿里添加一个受理机关。", footer=True)
    yield act("settings.reload", "f5,ctrl+r", "F5", "刷新", "重新读取。")
    yield from _roles()
    yield act("keys.up", "up", "Up", "上移", "光标上移。", method="move(-1)", palette=False)
    yield act("keys.down", "down", "Down", "下移", "光标下移。", method="move(1)", palette=False)
    yield act(
        "keys.open",
        "enter",
        "Enter",
        "换键",
        "给光标所在的操作换一个键。",
        footer=True,
        palette=False,
    )
    yield act(
        "keys.save",
        "f10,ctrl+s",
        "F10",
        "保存",
        "保存换过的按键，立即生效。",
        footer=True,
        palette=False,
    )
    yield act(
        "keys.cancel",
        "escape",
        "Esc",
        "返回",
        "不保存，回到设置；有改动时先询问。",
        footer=True,
        palette=False,
    )


def _roles() -> Iterator[Action]:
    yield act("roles.back", "escape", "Esc", "返回", "回到设置。", footer=True, palette=False)
    yield act(
        "roles.open",
        "enter",
        "Enter",
        "更改",
        "更改光标所在一人的角色。",
        footer=True,
        palette=False,
    )
    yield act("roles.add", "n", "n", "添加", "写明一个人的角色。", footer=True, palette=False)
    yield act(
        "roles.drop",
        "x",
        "x",
        "去掉",
        "不再写明光标所在一人的角色。",
        footer=True,
        palette=False,
    )
