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
        "把 Excel 或 CSV 的旧台账导入登记簿；先核对，再保存。",
        method="bring_in",
        palette=False,
    )
    yield act(
        "importing.store",
        "f10,ctrl+s",
        "F10",
        "存入",
        "存入登记簿：全部存入，或一件不存。",
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
        "指明含义",
        "指明这个词的含义，或这一列是哪一列；以后导入照此办理。",
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
    yield act("importing.words", "W", "W", "词语对照", "查看词语对照，去除不用的。", footer=True)
    yield act("importing.only_new", "N", "N", "只导入新的", "已经登记过的行不导入，只导入其余的。")
    yield act("importing.again", "Y", "Y", "再次登记", "已经登记过的行也再次登记。")
    yield act("importing.choose", "U", "U", "换文件", "另选一个文件。")
    yield act(
        "importing.disputes",
        "v",
        "v",
        "复议诉讼",
        "另选写有复议诉讼的文件；.xlsx 台账写在第二张工作表里，不用选。",
    )
    yield act("importing.reload", "f5,ctrl+r", "F5", "刷新", "修改文件以后，重新读取。")
    yield act(
        "importing.back",
        "escape",
        "Esc",
        "返回",
        "不导入，回到前一页；正在读取或保存的即取消。",
        footer=True,
        palette=False,
    )
    yield act("taught.forget", "x", "x", "去掉", "不再使用这条对照。", footer=True, palette=False)
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
    yield act(
        "files.whole",
        "f10,ctrl+s",
        "F10",
        "整个文件夹",
        "取现在列出的整个文件夹，连同里面的文件夹。",
        footer=True,
        palette=False,
    )
    yield act("files.up", "up", "Up", "上一项", "上移。", method="move(-1)", palette=False)
    yield act("files.down", "down", "Down", "下一项", "下移。", method="move(1)", palette=False)
    yield act("files.back", "escape", "Esc", "返回", "不选择。", footer=True, palette=False)
