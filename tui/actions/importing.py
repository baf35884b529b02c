"""导入台账: a ledger file read, its faults mended or its words taught, and stored."""

from __future__ import annotations

from collections.abc import Iterator

from tui.actions.action import Action, act


def actions() -> Iterator[Action]:
    yield act(
        "register.import",
        "I",
        "I",
        "导入台账",
        "把 Excel 或 CSV 的旧台账导入登记簿；先核对，再存。",
        method="bring_in",
        palette=False,
    )
    yield act(
        "importing.store",
        "f10,ctrl+s",
        "F10",
        "导入",
        "存进登记簿：全部，或一件不存。",
        footer=True,
    )
    yield act(
        "importing.rows",
        "enter",
        "Enter",
        "看各行",
        "列出光标所在一种问题的每一行。",
        footer=True,
        palette=False,
    )
    yield act(
        "importing.teach",
        "J",
        "J",
        "教",
        "教这个词是什么意思，或这一列是哪一列；以后导入都照此办。",
        footer=True,
    )
    yield act(
        "importing.mark",
        "E",
        "E",
        "标注",
        "另存一份 Excel，有问题的格子标红，写上原因。",
        footer=True,
    )
    yield act("importing.words", "W", "W", "教过的词", "看教过的词，去掉不用的。", footer=True)
    yield act("importing.only_new", "N", "N", "只导新的", "已经登记过的行不导入，只导入其余的。")
    yield act("importing.again", "Y", "Y", "再登记一遍", "已经登记过的行也再登记一遍。")
    yield act("importing.choose", "U", "U", "换文件", "另选一个文件。")
    yield act("importing.reload", "f5,ctrl+r", "F5", "重读", "改过文件以后，重新读一遍。")
    yield act(
        "importing.back",
        "escape",
        "Esc",
        "返回",
        "不导入，回到前一页；正在读或存就取消。",
        footer=True,
        palette=False,
    )
    yield act("taught.forget", "x", "x", "去掉", "不再认这个词。", footer=True, palette=False)
    yield act("taught.back", "escape", "Esc", "返回", "回到前一页。", footer=True, palette=False)
    yield act(
        "files.choose",
        "enter",
        "Enter",
        "选定",
        "打开文件夹，或选定文件。",
        footer=True,
        palette=False,
    )
    yield act(
        "files.complete",
        "tab",
        "Tab",
        "补全",
        "把光标所在的名字填进路径。",
        footer=True,
        palette=False,
    )
    yield act("files.up", "up", "Up", "上一项", "上移。", method="move(-1)", palette=False)
    yield act("files.down", "down", "Down", "下一项", "下移。", method="move(1)", palette=False)
    yield act("files.back", "escape", "Esc", "返回", "不选了。", footer=True, palette=False)
