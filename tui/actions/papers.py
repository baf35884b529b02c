"""附卷: the papers of a case."""

from __future__ import annotations

from collections.abc import Iterator

from tui.actions.action import Action, act


def actions() -> Iterator[Action]:
    yield act("papers.back", "escape", "Esc", "返回", "回到申请。", footer=True, palette=False)
    yield act(
        "papers.add",
        "n",
        "n",
        "添加",
        "把一个文件附卷：申请书、签署的答复、送达回证。",
        footer=True,
        words="附件 扫描 上传 材料 归档",
    )
    yield act("papers.open", "enter", "Enter", "取出", "取出光标所在的一份。", footer=True)
    yield act(
        "papers.take", "o", "o", "全部取出", "全部取出到一个文件夹，用原来的文件名。", footer=True
    )
    yield act(
        "papers.void",
        "x",
        "x",
        "作废",
        "作废光标所在的一份，要写理由；记录和文件仍留存。",
        footer=True,
    )
    yield act("papers.reload", "f5,ctrl+r", "F5", "刷新", "重新读取。")
